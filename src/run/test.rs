//! `postlint test`: runs the examples of rule pages and prints those that fail.

use crate::authored::listed;
use crate::catalog::{Catalog, Entry};
use crate::diagnostic::{Diagnostic, Level, Mistake};
use crate::engine::examples::{Example, Promise, SETTINGS, WORDS, examples, fences};
use crate::engine::{FileReport, Fixed, RuleInfo};
use crate::files::Disk;
use crate::output::{self, About, Format, Looks, Run, Screen};
use crate::place::dialect::Generator;
use crate::project::{BrokenFile, ConfigError, rules_folder};
use crate::rule::Page;
use crate::ruleset::{ActiveRule, Ruleset};
use crate::run::error::RunError;
use crate::run::exit::Exit;
use crate::run::invocation::Invocation;
use crate::run::mistakes::{RULE_PAGE, rendered};
use crate::source::Source;
use crate::words::{counted, nearest};
use crate::{config, walk};
use std::fmt;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::time::Duration;

/// Runs the command.
pub fn test(path: Option<&Path>, all: bool, invocation: &Invocation, out: &mut Screen<'_>) -> Result<Exit, RunError> {
    let working_directory = &invocation.working_directory;
    let pages = pages(path, working_directory)?;
    let entries = match path {
        // The text of a page passed on the command line is always shown in mistakes.
        Some(_) => rules_folder::read(&Disk, &pages)?,
        None => rules_folder::read_shown(&Disk, &pages, working_directory)?,
    };
    if entries.is_empty() && !all {
        return Err(RunError::NoOwnRules);
    }
    let mut failures = Vec::new();
    let mut rules = 0;
    // The page of a rule that no longer exists has no examples.
    for (entry, page) in entries.iter().zip(&pages).filter(|(entry, _)| entry.page.meta.retired.is_none()) {
        failures.extend(test_page(entry, page, &alone(entry), out)?);
        rules += 1;
    }
    if all {
        for entry in Catalog::builtin().rules() {
            let page = PathBuf::from(format!("rules/{}.md", entry.page.meta.name));
            failures.extend(test_page(entry, &page, &defaults_with(entry), out)?);
            rules += 1;
        }
    }
    let count = failures.len();
    for failure in failures {
        failure.write(invocation, out)?;
    }
    writeln!(out, "\n{} in {}", counted(count, "failure"), counted(rules, "rule"))?;
    Ok(if count == 0 { Exit::Clean } else { Exit::Findings })
}

/// How an example, or a page, fails.
#[derive(Debug)]
pub struct Broken {
    message: String,
    label: &'static str,
    help: String,
    /// The actual result.
    detail: String,
}

/// A failure with its position.
struct Failure {
    page: PathBuf,
    text: String,
    /// The line of the fence, or 1 if there is none.
    line: usize,
    broken: Broken,
}

impl Broken {
    fn new(message: &str, label: &'static str, help: &str) -> Self {
        Broken { message: message.to_owned(), label, help: help.to_owned(), detail: String::new() }
    }

    fn with_detail(self, detail: String) -> Self {
        Broken { detail, ..self }
    }
}

impl fmt::Display for Broken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}\n\n{}", self.message, self.detail)
    }
}

impl Failure {
    fn write(self, invocation: &Invocation, out: &mut Screen<'_>) -> Result<(), RunError> {
        let source = Source::new(self.text);
        let span = source.line_span(self.line as u32);
        let mistake = Mistake::at(span, &*self.broken.message, self.broken.label).with_help(&*self.broken.help);
        let path = PathBuf::from(walk::printed(&self.page, &invocation.working_directory));
        let file = BrokenFile { path, source, mistakes: vec![mistake] };
        let shown = rendered(RULE_PAGE, "an example that fails", vec![file], Level::Error, invocation.looks)?;
        out.painted(&format!("\n{}\n", shown.trim_end()))?;
        match self.broken.detail.trim_end() {
            "" => Ok(()),
            detail => Ok(writeln!(out, "\n{detail}")?),
        }
    }
}

fn pages(path: Option<&Path>, working_directory: &Path) -> Result<Vec<PathBuf>, ConfigError> {
    match path {
        Some(path) if path.is_dir() => rules_folder::pages(&Disk, path),
        Some(page) => Ok(vec![page.to_owned()]),
        None => rules_folder::of(&Disk, working_directory)?
            .map_or_else(|| Ok(Vec::new()), |folder| rules_folder::pages(&Disk, &folder)),
    }
}

/// Runs the examples of one page, prints the result on one line, and returns the failures.
fn test_page(entry: &Entry, page: &Path, rules: &Ruleset, out: &mut Screen<'_>) -> Result<Vec<Failure>, RunError> {
    let name = &*entry.page.meta.name;
    let examples = examples(&entry.page);
    let missing = missing_examples(&examples).map(|broken| (1, broken));
    let mut found: Vec<(usize, Broken)> = missing.chain(misspelt(&entry.page)).collect();
    let verdicts = examples.iter().map(|example| (example.line, verdict(name, example, rules)));
    found.extend(verdicts.filter_map(|(line, verdict)| Some((line, verdict.err()?))));
    let word = if found.is_empty() { "ok  " } else { "FAIL" };
    writeln!(out, "{word}  {name} ({})", counted(examples.len(), "example"))?;
    let failure = |(line, broken)| Failure { page: page.to_owned(), text: entry.page.text.to_string(), line, broken };
    Ok(found.into_iter().map(failure).collect())
}

/// Mistakes in the fences of a page, each with its line: misspelled words, unknown generators, invalid configs.
fn misspelt(page: &Page) -> Vec<(usize, Broken)> {
    let mut found = Vec::new();
    for fence in fences(page) {
        let mut words = fence.info.split_whitespace();
        found.extend(words.clone().skip(1).filter_map(misspelt_word).map(|broken| (fence.line, broken)));
        if words.any(|word| word == "config") {
            let source = Source::new(fence.body);
            let mistakes = config::parse(&source).1;
            found.extend(mistakes.into_iter().map(|mistake| {
                let line = fence.line + source.position(mistake.span.start).line as usize;
                (line, Broken::new(&mistake.message, "on this line", &mistake.help.unwrap_or_default()))
            }));
        }
    }
    found
}

/// A misspelled keyword after the language of a fence.
fn misspelt_word(word: &str) -> Option<Broken> {
    let (name, value) = word.split_once('=').map_or((word, None), |(name, value)| (name, Some(value)));
    let known: &[&str] = if value.is_some() { &SETTINGS } else { &WORDS };
    if !known.contains(&name) {
        let message = format!("`{name}` is not a keyword of an example");
        let help = format!("did you mean `{}`?", nearest(name, known.iter().copied())?);
        return Some(Broken::new(&message, "this has no effect", &help));
    }
    let known = Generator::ALL.map(Generator::as_str);
    let site = value.filter(|site| name == "site" && !known.contains(site))?;
    let help = match nearest(site, known) {
        Some(meant) => format!("did you mean `{meant}`?"),
        None => format!("expected one of {}", listed(&known)),
    };
    Some(Broken::new(&format!("unknown site generator `{site}`"), "no such site generator", &help))
}

fn missing_examples(examples: &[Example]) -> impl Iterator<Item = Broken> {
    let promises = [(Promise::Bad, "bad"), (Promise::Good, "good")];
    let missing = promises.into_iter().filter(|(promise, _)| !examples.iter().any(|it| it.promise == *promise));
    missing.map(|(_, word)| {
        let help = format!("write one below a line ```html {word}, or ```md {word}, and close it with ```");
        Broken::new(&format!("the page has no `{word}` example"), "a rule needs `bad` and `good` examples", &help)
    })
}

/// A ruleset with only this rule.
pub fn alone(entry: &Entry) -> Ruleset {
    let mut rules = Ruleset::empty(Catalog::builtin());
    add(entry, &mut rules);
    rules
}

/// The default rules and this one, even if it is off by default.
pub fn defaults_with(entry: &Entry) -> Ruleset {
    let mut rules = Ruleset::recommended(Catalog::builtin());
    if !rules.all().any(|rule| rule.meta.name == entry.page.meta.name) {
        add(entry, &mut rules);
    }
    rules
}

fn add(entry: &Entry, rules: &mut Ruleset) {
    let level = entry.page.meta.level.level().unwrap_or(Level::Warn);
    rules.add(ActiveRule::new(entry.page.meta.clone(), level, entry.check().clone()));
}

/// Runs an example of the rule `name`. Returns how it fails with `rules`.
pub fn verdict(name: &str, example: &Example, rules: &Ruleset) -> Result<(), Broken> {
    let found = example.lint(rules);
    let own: Vec<&Diagnostic> = found.iter().filter(|finding| &*finding.rule == name).collect();
    match example.promise {
        Promise::Good if !found.is_empty() => {
            let help = "fix `match`, or the example if the finding is right";
            let broken = Broken::new("a `good` example has findings", "no finding is expected here", help);
            return Err(broken.with_detail(printed(example, found, rules)));
        }
        Promise::Bad if own.is_empty() => {
            let help = "fix `match` or the example; `postlint tree FILE` shows a post as rules see it";
            let broken = Broken::new("a `bad` example has no finding", "the rule does not report this", help);
            let others = if found.is_empty() { String::new() } else { printed(example, found, rules) };
            return Err(broken.with_detail(others));
        }
        _ => {}
    }
    if let Some(want) = &example.fixed {
        fixed(name, example, &own, want, rules)?;
    }
    match &example.output {
        Some((want, _)) if printed(example, found.clone(), rules) != *want => {
            let got = printed(example, found, rules);
            let broken = Broken::new("the output differs", "for this example", "correct the `output` fence below it");
            Err(broken.with_detail(format!("expected\n{want}\ngot\n{got}")))
        }
        _ => Ok(()),
    }
}

/// Checks that the fixes of `own` turn the example into `want`, and that the rule has no findings in the result.
fn fixed(name: &str, example: &Example, own: &[&Diagnostic], want: &str, rules: &Ruleset) -> Result<(), Broken> {
    let Some(Fixed { source, findings }) = example.fixed(own.iter().copied(), rules) else {
        return Err(Broken::new(
            "the fixes overlap",
            "in this example",
            "each fix may change only the place of its finding",
        ));
    };
    let got = source.text();
    if got != want {
        let broken =
            Broken::new("the result of the fix differs", "in this example", "correct `fix`, or the `fixed` fence");
        return Err(broken.with_detail(format!("expected\n{want}\ngot\n{got}")));
    }
    if findings.iter().any(|finding| &*finding.rule == name) {
        let broken = Broken::new(
            "still found after the fix",
            "in this example",
            "correct `fix`: its result must have no findings",
        );
        return Err(broken.with_detail(printed(example, findings, rules)));
    }
    Ok(())
}

/// The output of `postlint check` for the example, 80 cells wide and without colours.
pub fn printed(example: &Example, diagnostics: Vec<Diagnostic>, rules: &Ruleset) -> String {
    let info = |rule: &ActiveRule| RuleInfo::without_page(&rule.meta.name, &rule.meta.summary, rule.level);
    let infos = rules.all().map(info).map(|info| (info.name.clone(), info)).collect();
    let file = FileReport { path: example.file.clone(), source: example.source(&example.text), diagnostics };
    let run = Run {
        files: &[file],
        rules: &infos,
        posts: 1,
        elapsed: Duration::ZERO,
        looks: Looks { unicode: true, ..Looks::default() },
        about: &About::default(),
    };
    // Writing to memory does not fail.
    let shown = Screen::text(|out| output::write(Format::Full, &run, out)).unwrap_or_default();
    format!("{}\n", shown.trim_end())
}
