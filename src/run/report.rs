//! What `postlint check` writes, and its exit code.

use crate::cli::Check;
use crate::diagnostic::Level;
use crate::engine::FileReport;
use crate::output::diff::Audience;
use crate::output::visible::one_line;
use crate::output::{self, Format, Looks, Run, Screen};
use crate::run::error::RunError;
use crate::run::exit::Exit;
use crate::run::fix::Fixing;
use crate::run::narrowing;
use crate::words::counted;
use miette::Diagnostic as _;
use std::collections::BTreeMap;
use std::io::{self, Write};

/// The result of a run, and how to report it.
#[derive(Clone, Copy)]
pub struct Report<'r> {
    /// The command line.
    pub arguments: &'r Check,
    /// The format of the findings.
    pub format: Format,
    /// The findings.
    pub run: &'r Run<'r>,
    /// The fixes.
    pub fixing: &'r Fixing,
    /// Who reads their diff.
    pub audience: Audience,
    /// The errors for files that could not be read or written.
    pub failed: &'r [RunError],
    /// The files passed by name that are not checked, each with the reason.
    pub left_out: &'r [String],
    /// Why nothing was found, if no posts were.
    pub nothing: &'r [String],
    /// Why there are no posts, if the run is limited to some.
    pub none: Option<&'r str>,
}

impl Report<'_> {
    /// Writes the findings. `stdin`: the post on standard input, if it is to be fixed. Then the fixed post is the output,
    /// and the findings are written to `err`, which has `error_looks`.
    pub fn write(
        &self,
        stdin: Option<&[u8]>,
        error_looks: Looks,
        out: &mut Screen<'_>,
        err: &mut Screen<'_>,
    ) -> io::Result<()> {
        let Some(stdin) = stdin else {
            self.write_findings(out)?;
            return out.flush();
        };
        self.write_stdin(stdin, out)?;
        Report { run: &Run { looks: error_looks, ..*self.run }, ..*self }.write_findings(err)
    }

    /// Writes the post that came from standard input, with its fixes. Without any, its bytes are the same.
    fn write_stdin(&self, stdin: &[u8], out: &mut Screen<'_>) -> io::Result<()> {
        let fixed = self.fixing.changes.first().map(|change| change.after.as_bytes());
        out.exact(fixed.unwrap_or(stdin))?;
        out.flush()
    }

    /// Writes the findings, or instead of them what is asked for.
    fn write_findings(&self, out: &mut Screen<'_>) -> io::Result<()> {
        let run = Run { files: if self.arguments.fixes.hides_rest() { &[] } else { self.run.files }, ..*self.run };
        if self.arguments.fixes.diff {
            self.fixing.write_diff(self.audience, out)
        } else if self.arguments.statistics {
            output::write_statistics(self.format, &run, out)
        } else {
            output::write(self.format, &run, out)
        }
    }

    /// Writes the fixes, the errors and the totals, for people.
    pub fn write_rest(&self, err: &mut Screen<'_>) -> io::Result<()> {
        let fixes = &self.arguments.fixes;
        if fixes.show_fixes {
            self.fixing.list(err)?;
        }
        tell_failed(self.failed, err)?;
        let is_error = self.arguments.error_on_no_files;
        if self.arguments.quiet && !(is_error && self.run.posts == 0) {
            return Ok(());
        }
        if fixes.applies() && !self.arguments.quiet {
            self.fixing.tell(fixes, err)?;
        }
        // The errors above explain why no posts were read.
        if self.failed.is_empty() {
            match self.none.filter(|_| self.run.posts == 0 && self.run.files.is_empty()) {
                Some(none) => writeln!(err, "{}{}", if is_error { "error: " } else { "" }, one_line(none))?,
                None => {
                    let level = if is_error { "error" } else { "warning" };
                    narrowing::tell(self.left_out, self.nothing, (self.run.posts, level), err)?;
                }
            }
        }
        if self.run.posts == 0 || self.arguments.quiet {
            return Ok(());
        }
        if self.is_summed_up() {
            return output::write_summary(self.run, err);
        }
        if self.has_totals() { output::write_totals(self.run, err) } else { Ok(()) }
    }

    /// Whether totals follow findings that are a line each.
    pub fn has_totals(&self) -> bool {
        self.format.is_lines() && !self.arguments.fixes.hides_rest() && !self.arguments.quiet && self.run.posts > 0
    }

    /// Whether totals are written.
    pub fn is_summed_up(&self) -> bool {
        let for_people = self.format == Format::Full || self.arguments.statistics;
        for_people && !self.arguments.quiet && !self.arguments.fixes.hides_rest()
    }

    /// The exit code.
    pub fn exit(&self) -> Exit {
        let fixes = &self.arguments.fixes;
        let broke = self.run.files.iter().any(FileReport::has_failed);
        if broke || !self.failed.is_empty() {
            return Exit::Wrong;
        }
        if self.run.posts == 0 && self.arguments.error_on_no_files {
            return Exit::Wrong;
        }
        let is_left = || match self.arguments.max_warnings {
            Some(most) => self.has_more_than(most),
            None => self.fails(|_| true),
        };
        let is_fixed = fixes.diff || fixes.exit_non_zero_on_fix && fixes.writes();
        let fails = is_fixed && self.fixing.is_any() || !fixes.hides_rest() && is_left();
        if fails && !self.arguments.exit_zero { Exit::Findings } else { Exit::Clean }
    }

    /// Says that there are more warnings than are allowed, where that fails the run.
    pub fn tell_limit(&self, err: &mut Screen<'_>) -> io::Result<()> {
        let arguments = self.arguments;
        let is_told = !arguments.quiet && !arguments.exit_zero && !arguments.fixes.hides_rest();
        let Some(most) = arguments.max_warnings.filter(|_| is_told) else { return Ok(()) };
        let warnings = self.count(Level::Warn);
        if warnings <= most {
            return Ok(());
        }
        writeln!(err, "{}, more than --max-warnings {most}", counted(warnings, "warning"))
    }

    /// The number of findings of this level that may fail the run.
    fn count(&self, level: Level) -> usize {
        self.counted().filter(|it| *it == level).count()
    }

    /// Whether there are errors, more than this many warnings, or infos if they fail a run.
    fn has_more_than(&self, warnings: usize) -> bool {
        let (errors, found) = (self.count(Level::Error), self.count(Level::Warn));
        errors > 0 || found > warnings || self.fails(|level| level == Level::Info)
    }

    /// Whether one of the findings at such levels fails the run.
    fn fails(&self, at: impl Fn(Level) -> bool) -> bool {
        self.counted().any(|level| at(level) && self.arguments.fail_on().fails(level))
    }

    /// The levels of the findings that may fail the run: all of them, or the new ones if it is compared with an earlier audit.
    fn counted(&self) -> impl Iterator<Item = Level> {
        let comparison = self.run.about.audit.as_ref().and_then(|audit| audit.comparison.as_ref());
        let is_new = move |nth: usize| comparison.is_none_or(|it| it.is_new.get(nth).copied().unwrap_or(true));
        self.run.findings().enumerate().filter(move |(nth, _)| is_new(*nth)).map(|(_, (_, finding))| finding.level)
    }
}

/// Maximum number of files that are named of those that cannot be written for the same reason.
const MAX_UNWRITABLE: usize = 5;

/// Writes an error line for each file that could not be read or written. Files of a folder that cannot be written are many;
/// after the first ones they are counted.
pub fn tell_failed(failed: &[RunError], err: &mut Screen<'_>) -> io::Result<()> {
    let mut unwritable: BTreeMap<String, usize> = BTreeMap::new();
    for error in failed {
        if let RunError::Unwritable { error: why, .. } = error {
            let told = unwritable.entry(why.to_string()).or_insert(0);
            *told += 1;
            if *told > MAX_UNWRITABLE {
                continue;
            }
        }
        writeln!(err, "error: {}", one_line(&error.to_string()))?;
        if let Some(help) = error.help() {
            writeln!(err, "  help: {}", one_line(&help.to_string()))?;
        }
    }
    let mut rest = unwritable.iter().filter(|(_, count)| **count > MAX_UNWRITABLE);
    rest.try_for_each(|(why, count)| {
        let files = counted(count - MAX_UNWRITABLE, "more file");
        writeln!(err, "error: cannot write {files}: {}", one_line(why))
    })
}
