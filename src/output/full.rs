//! Writes findings for readers: the message, an excerpt of the post in which the span is marked, and the help.

use crate::diagnostic::{Diagnostic, Label, Level, Safety};
use crate::engine::FileReport;
use crate::engine::audit_summary::ALL_SHOWN;
use crate::output::view::{CONTEXT_LINES, Frame, TAB_WIDTH, View, ViewLabel};
use crate::output::wrap::{self, wrapped};
use crate::output::{NewFindings, PLACES_SHOWN, Run, Screen, visible};
use crate::source::Span;
use crate::words::{counted, thousands};
use miette::{GraphicalReportHandler, GraphicalTheme, LabeledSpan, SourceCode, ThemeCharacters, ThemeStyles};
use rustc_hash::{FxHashMap, FxHashSet};
use std::fmt;
use std::io::{self, Write};
use std::ptr;
use unicode_width::UnicodeWidthStr;

/// Number of findings shown if a rule has more.
const SHOWN_OF_COLLAPSED: usize = 3;
/// Minimum number of cells for the lines of a label. A label too far to the right becomes a note.
const LABEL_WIDTH: usize = 16;

/// Writes all findings, a blank line after each.
pub(super) fn write(run: &Run<'_>, out: &mut Screen<'_>) -> io::Result<()> {
    let style = Style::new(run);
    let new = &style.new;
    let hidden = hidden(run, new);
    let mut shown: FxHashMap<&str, usize> = FxHashMap::default();
    for (file, finding) in run.findings() {
        let Some(hidden) = hidden.get(&*finding.rule) else {
            write_finding(&style, file, finding, out)?;
            continue;
        };
        if !hidden.findings.contains(&ptr::from_ref(finding)) {
            write_finding(&style, file, finding, out)?;
            let shown = shown.entry(&finding.rule).or_default();
            *shown += 1;
            if *shown == SHOWN_OF_COLLAPSED {
                write_hidden(&style, &finding.rule, hidden, out)?;
            }
        }
    }
    Ok(())
}

/// Writes all findings of all rules.
pub(super) fn write_every(run: &Run<'_>, out: &mut Screen<'_>) -> io::Result<()> {
    let style = Style::new(run);
    run.findings().try_for_each(|(file, finding)| write_finding(&style, file, finding, out))
}

/// The findings of one rule that are not shown.
#[derive(Default)]
struct Hidden<'a> {
    /// Where they are in memory.
    findings: FxHashSet<*const Diagnostic>,
    /// Number of new ones.
    new: usize,
    files: FxHashSet<&'a str>,
}

/// The first findings of a rule are shown; new ones before others.
fn hidden<'a>(run: &Run<'a>, new: &NewFindings) -> FxHashMap<&'a str, Hidden<'a>> {
    let mut times: FxHashMap<&str, usize> = FxHashMap::default();
    let mut hidden: FxHashMap<&str, Hidden<'_>> = FxHashMap::default();
    let (first, others): (Vec<_>, Vec<_>) = run.findings().partition(|(_, finding)| new.has(finding));
    for (file, finding) in first.into_iter().chain(others) {
        let times = times.entry(&finding.rule).or_default();
        *times += 1;
        if *times > SHOWN_OF_COLLAPSED {
            let hidden = hidden.entry(&finding.rule).or_default();
            hidden.findings.insert(ptr::from_ref(finding));
            hidden.new += usize::from(new.has(finding));
            hidden.files.insert(&file.path);
        }
    }
    hidden.retain(|_, hidden| hidden.findings.len() + SHOWN_OF_COLLAPSED > ALL_SHOWN);
    hidden
}

fn write_hidden(style: &Style, rule: &str, hidden: &Hidden<'_>, out: &mut Screen<'_>) -> io::Result<()> {
    let (more, files) = (thousands(hidden.findings.len()), counted(hidden.files.len(), "file"));
    let new = if hidden.new > 0 { format!(", {} new", thousands(hidden.new)) } else { String::new() };
    let text = format!("and {more} more of {rule} in {files}{new} (see all: --format concise --select {rule})");
    writeln!(out, "{}\n", wrapped(&format!("{} ", style.frame.ellipsis), &text, "  ", style.frame.width))
}

fn write_finding(style: &Style, file: &FileReport, finding: &Diagnostic, out: &mut Screen<'_>) -> io::Result<()> {
    let head = format!("{}[{}]", finding.level.as_str(), finding.rule);
    let head = format!("{}{}: ", style.paint(finding.level, &head), style.new.mark(finding));
    let message = visible::one_line(&finding.message);
    out.painted(&format!("{}\n", wrapped(&head, &message, "  ", style.frame.width)))?;
    let excerpt = Excerpt::new(style, file, finding);
    out.painted(&excerpt.draw(style, finding.level))?;
    for note in &excerpt.notes {
        out.painted(&style.remark("note", note))?;
    }
    if let Some(help) = &finding.help {
        out.painted(&style.remark("help", &visible::one_line(help)))?;
    }
    if let Some(fix) = finding.fix.as_ref().filter(|_| style.marks_fixes) {
        let options = if fix.safety == Safety::Safe { "--fix" } else { "--fix --unsafe-fixes" };
        let title = visible::one_line(&fix.title);
        out.painted(&style.remark("fix", &format!("{title} ({options})")))?;
    }
    writeln!(out)
}

/// The width, colours and characters of a run's output.
struct Style {
    theme: GraphicalTheme,
    frame: Frame,
    /// Whether to say which findings can be fixed.
    marks_fixes: bool,
    /// The findings to mark as new.
    new: NewFindings,
}

impl Style {
    fn new(run: &Run<'_>) -> Style {
        let characters = if run.looks.unicode { ThemeCharacters::unicode() } else { ThemeCharacters::ascii() };
        let mut styles = if run.looks.color { ThemeStyles::ansi() } else { ThemeStyles::none() };
        if run.looks.color {
            styles.error = styles.error.bold();
            styles.warning = styles.warning.bold();
            styles.advice = styles.advice.bold();
        }
        let ellipsis = if run.looks.unicode { "…" } else { "..." };
        Style {
            theme: GraphicalTheme { characters, styles },
            frame: Frame { width: run.looks.width, ellipsis, unit: run.about.column_unit },
            marks_fixes: run.about.marks_fixes,
            new: run.new_findings(),
        }
    }

    fn paint(&self, level: Level, text: &str) -> String {
        let styles = &self.theme.styles;
        let style = match level {
            Level::Error => styles.error,
            Level::Warn => styles.warning,
            Level::Info => styles.advice,
        };
        style.style(text).to_string()
    }

    /// A line below the excerpt, such as `  help: …`, wrapped to the width.
    fn remark(&self, kind: &str, text: &str) -> String {
        let head = format!("  {} ", self.theme.styles.help.style(format_args!("{kind}:")));
        let indent = " ".repeat(kind.len() + 4);
        format!("{}\n", wrapped(&head, text, &indent, self.frame.width))
    }

    /// The theme for `labels` labels, in which the label with the index `primary` has the colour of `level`.
    fn highlighting(&self, primary: usize, labels: usize, level: Level) -> GraphicalTheme {
        let mut theme = self.theme.clone();
        theme.styles.highlights = vec![theme.styles.help; labels.max(1)];
        if let Some(style) = theme.styles.highlights.get_mut(primary) {
            *style = match level {
                Level::Error => theme.styles.error,
                Level::Warn => theme.styles.warning,
                Level::Info => theme.styles.advice,
            };
        }
        theme
    }
}

/// The excerpt for one finding, for miette: source and labels, without a message.
#[derive(Debug)]
struct Excerpt {
    view: View,
    labels: Vec<LabeledSpan>,
    notes: Vec<String>,
}

impl Excerpt {
    fn new(style: &Style, file: &FileReport, finding: &Diagnostic) -> Excerpt {
        let shown: Vec<&Label> =
            std::iter::once(&finding.label).chain(finding.related.iter().take(PLACES_SHOWN)).collect();
        let spans: Vec<Span> = shown.iter().map(|label| label.span).collect();
        let view = View::new(&visible::path(&file.path), &file.source, &spans, style.frame);
        let unit = style.frame.unit;
        let mut drawn: Vec<(&ViewLabel, LabeledSpan)> = Vec::with_capacity(shown.len());
        let mut notes = Vec::new();
        for (nth, label) in view.labels().iter().enumerate() {
            // miette would misplace one of two labels that overlap on a line, so list this one as a note.
            let is_drawn = !drawn.iter().any(|(other, _)| label.collides(other));
            let text = label_text(&shown[nth].message, label);
            let lines = is_drawn.then(|| label_lines(&text, view.room(label, style.frame.width))).flatten();
            if lines.is_none() && !text.is_empty() {
                notes.push(format!("{text} ({})", unit.place(&file.path, &file.source, spans[nth])));
            }
            if is_drawn {
                drawn.push((label, labeled_span(nth == 0, lines, label)));
            }
        }
        let elsewhere: Vec<String> =
            finding.elsewhere.iter().filter_map(|place| unit.elsewhere(place, &place.path)).collect();
        let left = PLACES_SHOWN.saturating_sub(finding.related.len());
        notes.extend(elsewhere.iter().take(left).cloned());
        let listed = (finding.related.len() + elsewhere.len()).saturating_sub(PLACES_SHOWN);
        let more = listed + finding.more_elsewhere;
        if more > 0 {
            notes.push(format!("and {}", counted(more, "more place")));
        }
        drawn.sort_by_key(|(label, _)| label.range.start);
        let labels = drawn.into_iter().map(|(_, span)| span).collect();
        Excerpt { labels, notes, view }
    }

    fn draw(&self, style: &Style, level: Level) -> String {
        let primary = self.labels.iter().position(LabeledSpan::primary).unwrap_or(0);
        let handler = GraphicalReportHandler::new_themed(style.highlighting(primary, self.labels.len(), level))
            .with_context_lines(CONTEXT_LINES as usize)
            .tab_width(TAB_WIDTH)
            .with_urls(false)
            .with_wrap_lines(false);
        let mut drawn = String::new();
        if handler.render_report(&mut drawn, self).is_err() {
            return String::new();
        }
        // miette begins with a line for the message, which is empty here, and leaves trailing spaces after a line
        // number.
        drawn.lines().skip(1).flat_map(|line| [line.trim_end(), "\n"]).collect()
    }
}

fn label_text(message: &str, label: &ViewLabel) -> String {
    let text = visible::one_line(message);
    match label.continues_to {
        Some(line) => format!("{text} (to line {line})").trim_start().to_owned(),
        None => text.into_owned(),
    }
}

/// A label in lines of `room` cells; `None` if it does not fit.
fn label_lines(text: &str, room: usize) -> Option<String> {
    let fits = text.width() <= room || room >= LABEL_WIDTH;
    (fits && !text.is_empty()).then(|| wrap::lines(text, room).join("\n"))
}

fn labeled_span(primary: bool, text: Option<String>, label: &ViewLabel) -> LabeledSpan {
    let span = (label.range.start, label.range.len());
    match primary {
        true => LabeledSpan::new_primary_with_span(text, span),
        false => LabeledSpan::new_with_span(text, span),
    }
}

impl fmt::Display for Excerpt {
    fn fmt(&self, _: &mut fmt::Formatter<'_>) -> fmt::Result {
        Ok(())
    }
}

impl std::error::Error for Excerpt {}

impl miette::Diagnostic for Excerpt {
    fn source_code(&self) -> Option<&dyn SourceCode> {
        Some(&self.view)
    }

    fn labels(&self) -> Option<Box<dyn Iterator<Item = LabeledSpan> + '_>> {
        Some(Box::new(self.labels.iter().cloned()))
    }
}
