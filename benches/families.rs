//! Runs postlint on every family of hostile posts at five sizes, each twice as large as the one before, and prints
//! those whose time or memory grows faster than linearly, and those that are slow or crash. `CONTRIBUTING.md` describes
//! how to run it.
#![allow(missing_docs, clippy::unwrap_used, clippy::print_stdout)]

#[path = "../tests/it/support/families/mod.rs"]
mod families;

use families::Case;
use std::path::PathBuf;
use std::process::{Command, Output, Stdio};
use std::{env, fs};
use wait4::Wait4;

/// Size of the smallest input in bytes, and the number of sizes.
const SMALLEST: usize = 100_000;
const SIZES: usize = 5;
/// With `--quick`: the only input size in bytes, and the maximum processor time in seconds per megabyte of input.
const QUICK_SIZE: usize = 400_000;
const QUICK_PACE: f64 = 0.3;
/// Maximum factor by which time and memory may grow when the input size doubles.
const GROWTH: f64 = 2.4;
/// Maximum processor time in seconds per megabyte of input.
const PACE: f64 = 1.0;
/// Minimum values in seconds, bytes and instructions: lower ones are noise, and are raised to these before the growth
/// is computed.
const FLOOR: f64 = 0.04;
const FLOOR_BYTES: f64 = 16e6;
const FLOOR_INSTRUCTIONS: f64 = 50e6;
/// Time limit of a run in seconds. If a run takes more than a quarter of it, larger sizes are skipped.
const LIMIT: f64 = 60.0;
const QUICK_LIMIT: f64 = 4.0;
/// Number of runs before a family is reported as slow; the best time counts.
const TRIES: usize = 4;
/// Limits the processor time (`-t`, in seconds) and the virtual memory (`-v`, in KiB). Exceeding a limit counts as a
/// crash.
const LIMITS: &str = "ulimit -t \"$LIMIT\"; ulimit -v 6000000; exec \"$0\" \"$@\"";
/// The rules that are measured: all of them, and the default ones.
const RULES: [&[&str]; 2] = [&["--select", "all"], &[]];

/// The cost of a run.
#[derive(Clone, Copy)]
struct Cost {
    /// Processor time in seconds, above that of an empty run.
    time: f64,
    /// Peak memory in bytes, above that of an empty run.
    memory: f64,
    /// The exit code; `None` if a signal ended the process.
    code: Option<i32>,
}

impl Cost {
    fn figures(&self, size: usize) -> String {
        let end = match self.code {
            None => " KILLED".to_owned(),
            Some(0 | 1) => String::new(),
            Some(code) => format!(" exit {code}"),
        };
        format!("{}K {:.2}s {:.0}M{end}", size / 1000, self.time, self.memory / 1e6)
    }
}

/// Measures a run with these arguments, in instructions or in bytes of peak heap. `None` if valgrind is not installed.
type Count = fn(&Bench, &[&str]) -> Option<f64>;

struct Bench {
    program: PathBuf,
    folder: PathBuf,
    sizes: Vec<usize>,
    limit: f64,
    pace: f64,
    base: Cost,
}

fn main() {
    let arguments: Vec<String> = env::args().skip(1).filter(|argument| argument != "--bench").collect();
    let is_quick = arguments.iter().any(|argument| argument == "--quick");
    let is_first_only = is_quick || arguments.iter().any(|argument| argument == "--first");
    let (part, parts) = arguments.iter().find_map(|argument| part(argument)).unwrap_or((0, 1));
    let names: Vec<&String> = arguments.iter().filter(|argument| !argument.starts_with("--")).collect();
    let sizes = if is_quick { vec![QUICK_SIZE] } else { (0..SIZES).map(|power| SMALLEST << power).collect() };
    let (limit, pace) = if is_quick { (QUICK_LIMIT, QUICK_PACE) } else { (LIMIT, PACE) };
    let program = env::var_os("POSTLINT").map_or_else(|| env!("CARGO_BIN_EXE_postlint").into(), PathBuf::from);
    let folder = env::temp_dir().join(format!("postlint-families-{}", std::process::id()));
    let base = Cost { time: 0.0, memory: 0.0, code: None };
    let mut bench = Bench { program, folder, sizes, limit, pace, base };
    bench.lay(&[("a.md", String::new())]);
    bench.base = bench.least(&[], TRIES);
    let cases: Vec<Case> = families::all()
        .into_iter()
        .filter(|case| names.is_empty() || names.iter().any(|name| case.name.contains(*name)))
        .filter(|case| !is_first_only || case.is_first)
        .enumerate()
        .filter(|(index, _)| index % parts == part)
        .map(|(_, case)| case)
        .collect();
    let rules = if is_quick { &RULES[..1] } else { &RULES };
    let runs = || cases.iter().flat_map(|case| rules.iter().map(move |rules| (case, *rules)));
    let bad = runs().filter(|(case, rules)| bench.judge(case, rules)).count();
    println!("{} of {} runs are bad ({} families in all)", bad, runs().count(), families::count());
    let _ = fs::remove_dir_all(&bench.folder);
}

/// Parses `--part=2/3` as the second third of the families.
fn part(argument: &str) -> Option<(usize, usize)> {
    let (part, parts) = argument.strip_prefix("--part=")?.split_once('/')?;
    let (part, parts): (usize, usize) = (part.parse().ok()?, parts.parse().ok()?);
    (1..=parts).contains(&part).then(|| (part - 1, parts))
}

impl Bench {
    /// Runs a case at every size. Prints the case and returns true if it exceeds a limit.
    fn judge(&self, case: &Case, rules: &[&str]) -> bool {
        let arguments: Vec<&str> = case.arguments.iter().map(String::as_str).chain(rules.iter().copied()).collect();
        let mut costs: Vec<(usize, Cost)> = Vec::new();
        for &size in &self.sizes {
            let cost = self.cost(case, &arguments, size, 1);
            costs.push((size, cost));
            if cost.code.is_none() || cost.time > self.limit / 4.0 {
                break;
            }
        }
        if self.faults(case, &costs).is_empty() {
            return false;
        }
        // Measure again, because another program may have slowed down the first run.
        for (size, cost) in costs.iter_mut().filter(|(_, cost)| cost.code.is_some() && cost.time < self.limit / 8.0) {
            let again = self.cost(case, &arguments, *size, TRIES - 1);
            *cost = Cost { time: cost.time.min(again.time), memory: cost.memory.min(again.memory), code: again.code };
        }
        let mut faults = self.faults(case, &costs);
        // Processor time varies with the load of the machine and its cache sizes, and resident memory includes freed
        // memory that the allocator keeps. Valgrind counts instructions and allocated bytes exactly.
        for (measure, counter) in [
            ("time", (Self::instructions as Count, FLOOR_INSTRUCTIONS)),
            ("memory", (Self::heap as Count, FLOOR_BYTES)),
        ] {
            if faults.iter().any(|fault| fault.starts_with(measure))
                && let Some(growth) = self.exact_growth(case, &arguments, &costs, counter)
            {
                faults.retain(|fault| !fault.starts_with(measure));
                faults.extend((growth > GROWTH).then(|| format!("{measure}, counted exactly, {growth:.1}x")));
            }
        }
        if !faults.is_empty() {
            let figures: Vec<String> = costs.iter().map(|(size, cost)| cost.figures(*size)).collect();
            let rules = rules.last().unwrap_or(&"default");
            println!("{} [{rules}] {}: {}", case.name, faults.join(", "), figures.join(", "));
        }
        !faults.is_empty()
    }

    fn faults(&self, case: &Case, costs: &[(usize, Cost)]) -> Vec<String> {
        let mut faults = Vec::new();
        if costs.iter().any(|(_, cost)| cost.code.is_none()) {
            faults.push("crash or limit".to_owned());
        }
        // Exit code 2 is allowed for a broken config, but not for a post.
        if case.is_post() && costs.iter().any(|(_, cost)| cost.code == Some(2)) {
            faults.push("exit 2".to_owned());
        }
        let (mut time, mut memory, mut pace) = (0.0_f64, 0.0_f64, 0.0_f64);
        for pair in costs.windows(2) {
            let doublings = (pair[1].0 as f64 / pair[0].0 as f64).log2();
            let growth = |less: f64, more: f64, floor: f64| (more.max(floor) / less.max(floor)).powf(1.0 / doublings);
            time = time.max(growth(pair[0].1.time, pair[1].1.time, FLOOR));
            memory = memory.max(growth(pair[0].1.memory, pair[1].1.memory, FLOOR_BYTES));
        }
        for (size, cost) in costs.iter().filter(|(_, cost)| cost.time > 2.0 * FLOOR) {
            pace = pace.max(cost.time / (*size as f64 / 1e6));
        }
        let checks = [("time", time, GROWTH, "x"), ("memory", memory, GROWTH, "x"), ("pace", pace, self.pace, " s/MB")];
        faults
            .extend(checks.iter().filter(|it| it.1 > it.2).map(|(name, is, _, unit)| format!("{name} {is:.1}{unit}")));
        faults
    }

    fn cost(&self, case: &Case, arguments: &[&str], size: usize, tries: usize) -> Cost {
        self.lay(&case.files(size));
        let cost = self.least(arguments, tries);
        Cost {
            time: (cost.time - self.base.time).max(0.0),
            memory: (cost.memory - self.base.memory).max(0.0),
            code: cost.code,
        }
    }

    /// The largest growth of a count from one size to the next, if valgrind can count it.
    fn exact_growth(
        &self,
        case: &Case,
        arguments: &[&str],
        costs: &[(usize, Cost)],
        (count, floor): (Count, f64),
    ) -> Option<f64> {
        self.lay(&[("a.md", String::new())]);
        let base = count(self, &[])?;
        let mut counts = Vec::new();
        for (size, _) in costs {
            self.lay(&case.files(*size));
            counts.push((count(self, arguments)? - base).max(floor));
        }
        Some(counts.windows(2).map(|pair| pair[1] / pair[0]).fold(0.0, f64::max))
    }

    fn instructions(&self, arguments: &[&str]) -> Option<f64> {
        let output = self.valgrind(&["--tool=callgrind", "--callgrind-out-file=/dev/null"], arguments)?;
        let report = String::from_utf8_lossy(&output.stderr).into_owned();
        let (_, count) = report.lines().find(|line| line.contains("Collected :"))?.rsplit_once(": ")?;
        count.trim().parse().ok()
    }

    /// The peak of the allocated bytes.
    fn heap(&self, arguments: &[&str]) -> Option<f64> {
        let profile = self.folder.with_extension("massif");
        self.valgrind(&["--tool=massif", &format!("--massif-out-file={}", profile.display())], arguments)?;
        let snapshots = fs::read_to_string(&profile).ok()?;
        fs::remove_file(&profile).ok()?;
        snapshots.lines().filter_map(|line| line.strip_prefix("mem_heap_B=")?.parse().ok()).reduce(f64::max)
    }

    fn valgrind(&self, tool: &[&str], arguments: &[&str]) -> Option<Output> {
        let mut command = Command::new("valgrind");
        command.args(tool).arg(&self.program).args(arguments);
        command.current_dir(&self.folder).env("RAYON_NUM_THREADS", "1").output().ok()
    }

    /// Writes the files into a new, empty folder.
    fn lay(&self, files: &[(&str, String)]) {
        let _ = fs::remove_dir_all(&self.folder);
        fs::create_dir_all(self.folder.join(".git")).unwrap();
        for (path, text) in files {
            let path = self.folder.join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        }
    }

    /// The lowest cost of several runs.
    fn least(&self, arguments: &[&str], tries: usize) -> Cost {
        let costs: Vec<Cost> = (0..tries).map(|_| self.run(arguments)).collect();
        let least = |of: fn(&Cost) -> f64| costs.iter().map(of).fold(f64::MAX, f64::min);
        let ended = costs.iter().all(|cost| cost.code.is_some());
        Cost { time: least(|cost| cost.time), memory: least(|cost| cost.memory), code: costs[0].code.filter(|_| ended) }
    }

    fn run(&self, arguments: &[&str]) -> Cost {
        let mut command = Command::new("sh");
        command.args(["-c", LIMITS]).arg(&self.program).args(arguments).current_dir(&self.folder);
        command
            .env("RAYON_NUM_THREADS", "1")
            .env("LIMIT", self.limit.to_string())
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null());
        let used = command.spawn().unwrap().wait4().unwrap();
        let time = used.rusage.utime + used.rusage.stime;
        Cost { time: time.as_secs_f64(), memory: used.rusage.maxrss as f64, code: used.status.code() }
    }
}
