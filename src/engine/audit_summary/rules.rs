//! The findings of an audit by rule, and the rules to begin with.

use crate::diagnostic::{Diagnostic, Level, Safety};
use crate::engine::audit_summary::AuditedFile;
use crate::engine::audit_summary::cause;
use crate::engine::audit_summary::hygiene;
use crate::engine::audit_summary::totals::Scope;
use crate::engine::{FileReport, RuleInfo};
use crate::source::Span;
use serde::Serialize;
use std::cmp::Reverse;
use std::collections::BTreeMap;

/// Number of findings of a rule that are shown with an excerpt.
const MAX_EXCERPTS: usize = 20;
/// Number of other places of a finding that are listed.
const MAX_ELSEWHERE: usize = 3;
/// Number of blockers that are listed.
const MAX_BLOCKERS: usize = 50;
/// Maximum number of findings of a rule that are all shown on a terminal.
pub const ALL_SHOWN: usize = 20;
/// Number of rules to begin with.
const MAX_FIRST: usize = 5;
/// Number of suppressions that are listed.
const MAX_WAIVERS: usize = 200;
/// Number of characters of a line that are shown on each side of a finding.
const AROUND: usize = 60;
/// Number of characters of a finding's own text that are shown.
const MAX_MARKED: usize = 160;

/// The findings of a rule.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct RuleFindings {
    /// The rule's name.
    pub rule: String,
    /// What it finds, in one line.
    pub summary: String,
    /// The worst level of its findings.
    pub level: &'static str,
    /// Whether its findings keep pages from being published or found.
    pub is_blocker: bool,
    /// The kind of source it is based on.
    pub authority: &'static str,
    /// The group that it belongs to.
    pub group: &'static str,
    /// Its page.
    pub url: String,
    /// The sources it is based on.
    pub references: Vec<String>,
    /// Why it matters, as Markdown: the first paragraph of its page.
    pub why: String,
    /// Number of findings.
    pub findings: usize,
    /// Number of files with findings.
    pub files: usize,
    /// Number of findings with a safe fix.
    pub fixable: usize,
    /// Number of findings with a fix that must be looked at.
    pub unsafe_fixable: usize,
    /// The command that fixes its findings, or shows them.
    pub command: String,
    /// What most of its findings have in common, with what to do instead of correcting each.
    pub cause: Option<String>,
    /// The first findings.
    pub excerpts: Vec<Excerpt>,
    /// Number of findings that have no excerpt here.
    pub left_out: usize,
}

/// A finding with the text around it.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Excerpt {
    /// The path of the file, as printed.
    pub path: String,
    /// The line, from 1.
    pub line: u32,
    /// The column in characters, from 1.
    pub column: u32,
    /// What is wrong.
    pub message: String,
    /// What to do.
    pub help: Option<String>,
    /// What the fix does.
    pub fix: Option<String>,
    /// Whether the fix is safe.
    pub is_fix_safe: bool,
    /// The text before it on its line.
    pub before: String,
    /// Its own text.
    pub marked: String,
    /// The text after it on its line.
    pub after: String,
    /// Other places that belong to it, the first of them.
    pub elsewhere: Vec<String>,
    /// Number of further places.
    pub more_elsewhere: usize,
}

/// A rule to begin with.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct FixFirst {
    /// The rule's name.
    pub rule: String,
    /// What it finds, in one line.
    pub summary: String,
    /// The worst level of its findings.
    pub level: &'static str,
    /// The kind of source it is based on.
    pub authority: &'static str,
    /// Number of findings.
    pub findings: usize,
    /// Number of files with findings.
    pub files: usize,
    /// Number of findings with a safe fix.
    pub fixable: usize,
    /// Why it matters, as Markdown.
    pub why: String,
    /// The command that fixes its findings, or shows them.
    pub command: String,
    /// What most of its findings have in common, with what to do instead of correcting each.
    pub cause: Option<String>,
}

/// The findings that keep pages from being published or found.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Blockers {
    /// Number of them.
    pub total: usize,
    /// The first of them.
    pub shown: Vec<Blocker>,
}

/// A finding that keeps a page from being published or found.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Blocker {
    /// The rule's name.
    pub rule: String,
    /// Its level.
    pub level: &'static str,
    /// The kind of source the rule is based on.
    pub authority: &'static str,
    /// The path of the file, as printed.
    pub path: String,
    /// The line, from 1.
    pub line: u32,
    /// What is wrong.
    pub message: String,
}

/// A suppression.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Waiver {
    /// The path of the post, as printed.
    pub path: String,
    /// The line, from 1.
    pub line: u32,
    /// The comment or the key as it is written, with its reason.
    pub text: String,
}

impl Blockers {
    pub(super) fn of(files: &[AuditedFile<'_>]) -> Self {
        let mut blockers = Blockers { total: 0, shown: Vec::new() };
        for file in files {
            let found = file.report.diagnostics.iter().filter(|finding| hygiene::is_blocker(&finding.rule));
            for finding in found {
                blockers.total += 1;
                if blockers.shown.len() < MAX_BLOCKERS {
                    blockers.shown.push(Blocker {
                        rule: finding.rule.to_string(),
                        level: finding.level.as_str(),
                        authority: finding.authority.as_str(),
                        path: file.report.path.clone(),
                        line: file.report.source.position(finding.label.span.start).line,
                        message: finding.message.clone(),
                    });
                }
            }
        }
        blockers
    }
}

/// The findings by rule, in the order in which they should be looked at.
pub(super) fn by_rule(
    files: &[AuditedFile<'_>],
    infos: &BTreeMap<String, RuleInfo>,
    scope: &Scope,
) -> Vec<RuleFindings> {
    let mut rows: BTreeMap<&str, Row<'_>> = BTreeMap::new();
    for (report, finding) in files.iter().flat_map(|file| file.report.diagnostics.iter().map(|it| (file.report, it))) {
        let new = || Row { row: row(finding, infos.get(&*finding.rule)), last_path: "", level: Level::Info, reach: 0 };
        let Row { row, last_path, level, reach } = rows.entry(&finding.rule).or_insert_with(new);
        row.findings += 1;
        *level = (*level).max(finding.level);
        *reach += 1 + finding.elsewhere.len() + finding.more_elsewhere;
        row.fixable += usize::from(finding.has_safe_fix());
        row.unsafe_fixable += usize::from(finding.fix.as_ref().is_some_and(|fix| fix.safety == Safety::Unsafe));
        // Findings are sorted by file.
        row.files += usize::from(std::mem::replace(last_path, &report.path) != report.path);
        if row.excerpts.len() < MAX_EXCERPTS {
            row.excerpts.push(Excerpt::of(report, finding));
        }
    }
    let mut rows: Vec<Row<'_>> = rows.into_values().collect();
    for Row { row, level, .. } in &mut rows {
        row.level = level.as_str();
        row.left_out = row.findings - row.excerpts.len();
        row.command = command(row, scope);
        row.cause = (row.rule == cause::RULE).then(|| cause::of_broken_links(files)).flatten();
    }
    rows.sort_by_key(|it| Reverse((it.row.is_blocker, it.level, it.weight(), it.row.findings)));
    rows.into_iter().map(|it| it.row).collect()
}

/// The findings of a rule while they are added up.
struct Row<'f> {
    row: RuleFindings,
    last_path: &'f str,
    /// The worst level.
    level: Level,
    /// Number of places, with those that findings only count: one may stand for many posts or pages.
    reach: usize,
}

impl Row<'_> {
    /// How much is gained by looking at the rule: in how many places, and whether that takes a command only.
    fn weight(&self) -> usize {
        self.reach * if self.row.fixable > 0 { 2 } else { 1 }
    }
}

fn row(finding: &Diagnostic, info: Option<&RuleInfo>) -> RuleFindings {
    RuleFindings {
        rule: finding.rule.to_string(),
        summary: info.map_or_else(|| finding.message.clone(), |info| info.summary.clone()),
        level: finding.level.as_str(),
        is_blocker: hygiene::is_blocker(&finding.rule),
        authority: finding.authority.as_str(),
        group: info.map_or("", |info| info.group),
        url: info.map_or_else(String::new, |info| info.url.clone()),
        references: info.map_or_else(Vec::new, |info| info.references.clone()),
        why: info.map_or_else(String::new, |info| why(&info.prose)),
        findings: 0,
        files: 0,
        fixable: 0,
        unsafe_fixable: 0,
        command: String::new(),
        cause: None,
        excerpts: Vec::new(),
        left_out: 0,
    }
}

/// The command that fixes the findings of a rule if that is safe, or else shows them.
fn command(row: &RuleFindings, scope: &Scope) -> String {
    match row.fixable {
        0 => {
            // The other formats show the first of many findings.
            let all = if row.findings > ALL_SHOWN { " --format concise" } else { "" };
            format!("postlint audit --select {}{all}{}{}", row.rule, scope.built_option, scope.tail)
        }
        _ => format!("postlint fix --select {}{}", row.rule, scope.tail),
    }
}

/// The first paragraph of the section "Why" of a rule's page, on one line.
fn why(prose: &str) -> String {
    let mut lines =
        prose.lines().skip_while(|line| line.trim() != "# Why").skip(1).skip_while(|it| it.trim().is_empty());
    let paragraph: Vec<&str> = lines.by_ref().take_while(|line| !line.trim().is_empty()).collect();
    let why = paragraph.join(" ");
    // Without the example that follows.
    why.strip_suffix(':').map_or_else(|| why.clone(), |why| format!("{why}."))
}

/// The rules to begin with: what is objectively or very probably wrong, the most important first.
pub(super) fn fix_first(rows: &[RuleFindings]) -> Vec<FixFirst> {
    let first = |row: &RuleFindings| FixFirst {
        rule: row.rule.clone(),
        summary: row.summary.clone(),
        level: row.level,
        authority: row.authority,
        findings: row.findings,
        files: row.files,
        fixable: row.fixable,
        why: row.why.clone(),
        command: row.command.clone(),
        cause: row.cause.clone(),
    };
    rows.iter().filter(|row| row.is_blocker || row.level != Level::Info.as_str()).take(MAX_FIRST).map(first).collect()
}

impl Excerpt {
    fn of(report: &FileReport, finding: &Diagnostic) -> Self {
        let (source, span) = (&report.source, finding.label.span);
        let start = source.position(span.start);
        let line = source.line_span(start.line);
        let end = span.end.clamp(span.start, line.end.max(span.start));
        let before = last(source.slice(Span::new(line.start.min(span.start), span.start)).trim_start(), AROUND);
        let after = first(source.slice(Span::new(end, line.end.max(end))).trim_end(), AROUND);
        let marked = first(source.slice(Span::new(span.start, end)).trim_end(), MAX_MARKED);
        let elsewhere = finding.elsewhere.iter().map(|place| {
            let line = place.ends.map_or_else(String::new, |ends| format!(":{}", ends[0].line));
            format!("{}{line}", place.path)
        });
        Excerpt {
            path: report.path.clone(),
            line: start.line,
            column: start.column,
            message: finding.message.clone(),
            help: finding.help.clone(),
            fix: finding.fix.as_ref().map(|fix| fix.title.clone()),
            is_fix_safe: finding.has_safe_fix(),
            before,
            marked,
            after,
            elsewhere: elsewhere.take(MAX_ELSEWHERE).collect(),
            more_elsewhere: finding.elsewhere.len().saturating_sub(MAX_ELSEWHERE) + finding.more_elsewhere,
        }
    }
}

/// The first characters of a text.
fn first(text: &str, most: usize) -> String {
    match text.char_indices().nth(most) {
        Some((at, _)) => format!("{}…", text.get(..at).unwrap_or(text)),
        None => text.to_owned(),
    }
}

/// The last characters of a text.
fn last(text: &str, most: usize) -> String {
    match text.char_indices().rev().nth(most.saturating_sub(1)) {
        Some((at, _)) if at > 0 => format!("…{}", text.get(at..).unwrap_or(text)),
        _ => text.to_owned(),
    }
}

/// The suppressions, in order of their places.
pub(super) fn waivers(files: &[AuditedFile<'_>]) -> Vec<Waiver> {
    let of_file = |file: &AuditedFile<'_>| {
        let source = &file.report.source;
        let waiver = |span: &Span| Waiver {
            path: file.report.path.clone(),
            line: source.position(span.start).line,
            text: first(&source.slice(*span).split_whitespace().collect::<Vec<_>>().join(" "), MAX_MARKED),
        };
        file.post.iter().flat_map(|post| &post.settled.waivers).map(waiver).collect::<Vec<_>>()
    };
    files.iter().flat_map(of_file).take(MAX_WAIVERS).collect()
}
