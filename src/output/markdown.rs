//! Writes findings as Markdown of GitHub and GitLab: a comment for a pull request, and the summary of a job.

use crate::diagnostic::{Diagnostic, Safety};
use crate::engine::FileReport;
use crate::output::{Run, Screen, has_fix, markdown_audit, summary, visible};
use crate::words::{counted, thousands};
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::io::{self, Write as _};

/// The size of a comment in UTF-16 units. GitHub rejects more than 65,536 characters; the rest is left for a heading
/// that a workflow adds.
const COMMENT: usize = 65_000;

/// What is kept free for the last line, which tells how many findings are left out.
const LAST_LINE: usize = 200;

/// The number of files in the summary of a job.
const MOST_FILES: usize = 20;

/// Writes a comment: the totals and a table of findings, those of the worst level first, and new ones before others.
pub(super) fn write(run: &Run<'_>, out: &mut Screen<'_>) -> io::Result<()> {
    let mut page = Page::new(COMMENT, |line| line.encode_utf16().count());
    page.heading(run);
    if let Some(audit) = &run.about.audit {
        markdown_audit::add(&mut page, audit);
    }
    page.findings(run);
    out.write_all(page.text.as_bytes())
}

/// The summary of a job in at most `budget` bytes: the totals, the rules, the files with most findings, the findings.
pub fn step_summary(run: &Run<'_>, budget: usize) -> io::Result<String> {
    let mut page = Page::new(budget, str::len);
    page.heading(run);
    match &run.about.audit {
        Some(audit) => markdown_audit::add(&mut page, audit),
        None => page.rules(run),
    }
    page.files(run);
    page.findings(run);
    Screen::text(|out| out.write_all(page.text.as_bytes()))
}

/// A text that ends before it is too large, always after a whole line.
pub(super) struct Page {
    text: String,
    /// How much fits.
    left: usize,
    size_of: fn(&str) -> usize,
}

impl Page {
    fn new(budget: usize, size_of: fn(&str) -> usize) -> Self {
        Page { text: String::new(), left: budget.saturating_sub(LAST_LINE), size_of }
    }

    /// Adds lines, and returns whether they fit.
    pub(super) fn add(&mut self, lines: &str) -> bool {
        let size = (self.size_of)(lines);
        let fits = size <= self.left;
        // Once something is left out, all that follows is: rows are in order of their importance.
        self.left = if fits { self.left - size } else { 0 };
        if fits {
            self.text.push_str(lines);
        }
        fits
    }

    fn heading(&mut self, run: &Run<'_>) {
        let is_failed = run.posts == 0 && !run.about.errors.is_empty();
        let found = if is_failed { "the run failed".to_owned() } else { summary::found(run) };
        self.add(&format!("### postlint: {found}\n"));
        for (nth, error) in run.about.errors.iter().enumerate() {
            self.add(&format!("{}- **error:** {}\n", if nth == 0 { "\n" } else { "" }, inline(&error.message)));
            if let Some(help) = &error.help {
                self.add(&format!("  {}\n", inline(help)));
            }
        }
    }

    /// Adds a table of the rules, the most frequent first.
    fn rules(&mut self, run: &Run<'_>) {
        let mut rules: BTreeMap<&str, (usize, usize, BTreeSet<&str>)> = BTreeMap::new();
        for (file, finding) in run.findings() {
            let (found, fixable, posts) = rules.entry(&finding.rule).or_default();
            *found += 1;
            *fixable += usize::from(has_fix(finding, Safety::Safe));
            posts.insert(&file.path);
        }
        let mut rules: Vec<_> = rules.into_iter().collect();
        rules.sort_by_key(|(_, (found, ..))| Reverse(*found));
        if rules.is_empty() || !self.add("\n| rule | findings | posts | fixable |\n| --- | ---: | ---: | ---: |\n") {
            return;
        }
        for (rule, (found, fixable, posts)) in rules {
            let [found, posts, fixable] = [found, posts.len(), fixable].map(thousands);
            self.add(&format!("| {} | {found} | {posts} | {fixable} |\n", link(run, rule)));
        }
    }

    /// Adds a table of the files with most findings.
    fn files(&mut self, run: &Run<'_>) {
        let mut files: Vec<&FileReport> = run.files.iter().collect();
        files.sort_by_key(|file| Reverse(file.diagnostics.len()));
        if files.is_empty() || !self.add("\n| file | findings |\n| --- | ---: |\n") {
            return;
        }
        for file in files.iter().take(MOST_FILES) {
            let (path, found) = (visible::path(&run.path_of(file)).into_owned(), thousands(file.diagnostics.len()));
            self.add(&format!("| {} | {found} |\n", code(&path)));
        }
        if let Some(more) = files.len().checked_sub(MOST_FILES).filter(|more| *more > 0) {
            self.add(&format!("\n… and {}\n", counted(more, "more file")));
        }
    }

    /// Adds a table of the findings, and how many do not fit.
    fn findings(&mut self, run: &Run<'_>) {
        let new = run.new_findings();
        let mut findings = run.worst_first();
        findings.sort_by_key(|(_, finding)| !new.has(finding));
        if findings.is_empty() {
            return;
        }
        let mut shown = 0;
        if self.add("\n| level | place | rule | finding |\n| --- | --- | --- | --- |\n") {
            shown = findings
                .iter()
                .take_while(|(file, finding)| self.add(&row(run, file, finding, new.mark(finding))))
                .count();
        }
        if shown < findings.len() {
            let left_out = counted(findings.len() - shown, "more finding");
            self.text.push_str(&format!("\n{left_out} would be too long to show here.\n"));
        }
    }
}

fn row(run: &Run<'_>, file: &FileReport, finding: &Diagnostic, mark: &str) -> String {
    let place = code(&run.place_in_repository(file, finding.label.span));
    let mut row = format!("| {}{mark} | {place} | {} | ", finding.level.as_str(), link(run, &finding.rule));
    row.push_str(&inline(&finding.message));
    for other in finding.elsewhere.iter().filter_map(|other| run.elsewhere_in_repository(other)) {
        let _ = write!(row, "<br>{}", inline(&other));
    }
    if let Some(help) = &finding.help {
        let _ = write!(row, "<br>{}", inline(help));
    }
    row.push_str(" |\n");
    row
}

/// The name of a rule, as a link to its page.
fn link(run: &Run<'_>, rule: &str) -> String {
    match run.rules.get(rule).map(|rule| rule.url.as_str()).filter(|url| !url.is_empty()) {
        Some(url) => format!("[{}]({url})", inline(rule)),
        None => inline(rule),
    }
}

/// Text for a cell of a table, with what is between backticks as code. All else that Markdown, HTML or a forge gives a
/// meaning to is shown as it is written.
pub(super) fn inline(text: &str) -> String {
    let text = visible::one_line(text);
    let pieces: Vec<&str> = text.split('`').collect();
    if pieces.len().is_multiple_of(2) {
        return escaped(&text, true);
    }
    let piece = |(nth, piece): (usize, &&str)| if nth % 2 == 1 { code(piece) } else { escaped(piece, true) };
    pieces.iter().enumerate().map(piece).collect()
}

/// Code for a cell of a table. Backticks would not do: in them, nothing can be escaped.
pub(super) fn code(text: &str) -> String {
    format!("<code>{}</code>", escaped(&visible::one_line(text), false))
}

/// Escapes all ASCII punctuation that may be markup as character references, which never are. `is_prose`: `@` and `#`
/// mention people and issues outside of code; the space without width keeps them from doing so.
fn escaped(text: &str, is_prose: bool) -> String {
    let mut escaped = String::with_capacity(text.len());
    let mut before = ' ';
    let mut rest = text.chars();
    while let Some(c) = rest.next() {
        let is_plain = match c {
            ',' | ';' | '?' | '(' | ')' | '-' | '/' | '=' | '"' | '\'' => true,
            // GitHub makes links of `https://` and `www.`.
            ':' => !rest.as_str().starts_with('/'),
            '.' => !matches!(before, 'w' | 'W'),
            c => !c.is_ascii_punctuation(),
        };
        if is_plain {
            escaped.push(c);
        } else {
            let _ = write!(escaped, "&#{};", u32::from(c));
            if is_prose && matches!(c, '@' | '#') {
                escaped.push_str("&#8203;");
            }
        }
        before = c;
    }
    escaped
}
