//! Writes findings for readers: the message, an excerpt of the post in which the span is marked, and the help.

use crate::diagnostic::{Diagnostic, Label, Level, Safety};
use crate::engine::FileReport;
use crate::output::view::{CONTEXT_LINES, Frame, TAB_WIDTH, View, ViewLabel};
use crate::output::{Run, Screen, elsewhere, place, visible};
use crate::source::Span;
use crate::words::{counted, thousands};
use miette::{GraphicalReportHandler, GraphicalTheme, LabeledSpan, SourceCode, ThemeCharacters, ThemeStyles};
use rustc_hash::{FxHashMap, FxHashSet};
use std::fmt;
use std::io::{self, Write};

/// Maximum number of findings of a rule that are all shown.
const COLLAPSE_ABOVE: usize = 20;
/// Number of findings shown if a rule has more.
const SHOWN_OF_COLLAPSED: usize = 3;
/// Maximum number of related spans marked in an excerpt; the others are only counted.
const RELATED_SHOWN: usize = 6;

/// Writes all findings, a blank line after each.
pub(super) fn write(run: &Run<'_>, out: &mut Screen<'_>) -> io::Result<()> {
    let style = Style::new(run);
    let hidden = hidden(run);
    let mut shown: FxHashMap<&str, usize> = FxHashMap::default();
    for (file, finding) in run.findings() {
        let Some(hidden) = hidden.get(&*finding.rule) else {
            write_finding(&style, file, finding, out)?;
            continue;
        };
        let nth = shown.entry(&finding.rule).or_default();
        *nth += 1;
        if *nth <= SHOWN_OF_COLLAPSED {
            write_finding(&style, file, finding, out)?;
        }
        if *nth == SHOWN_OF_COLLAPSED {
            write_hidden(&style, &finding.rule, hidden, out)?;
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
    findings: usize,
    files: FxHashSet<&'a str>,
}

fn hidden<'a>(run: &Run<'a>) -> FxHashMap<&'a str, Hidden<'a>> {
    let mut times: FxHashMap<&str, usize> = FxHashMap::default();
    let mut hidden: FxHashMap<&str, Hidden<'_>> = FxHashMap::default();
    for (file, finding) in run.findings() {
        let times = times.entry(&finding.rule).or_default();
        *times += 1;
        if *times > SHOWN_OF_COLLAPSED {
            let hidden = hidden.entry(&finding.rule).or_default();
            hidden.findings += 1;
            hidden.files.insert(&file.path);
        }
    }
    hidden.retain(|_, hidden| hidden.findings + SHOWN_OF_COLLAPSED > COLLAPSE_ABOVE);
    hidden
}

fn write_hidden(style: &Style, rule: &str, hidden: &Hidden<'_>, out: &mut Screen<'_>) -> io::Result<()> {
    writeln!(
        out,
        "{} and {} more of {rule} in {} (see all: --format concise --select {rule})\n",
        style.frame.ellipsis,
        thousands(hidden.findings),
        counted(hidden.files.len(), "file"),
    )
}

fn write_finding(style: &Style, file: &FileReport, finding: &Diagnostic, out: &mut Screen<'_>) -> io::Result<()> {
    let head = format!("{}[{}]", finding.level.as_str(), finding.rule);
    out.painted(&format!("{}: {}\n", style.paint(finding.level, &head), visible::one_line(&finding.message)))?;
    let excerpt = Excerpt::new(style, file, finding);
    out.painted(&excerpt.draw(style, finding.level))?;
    for note in &excerpt.notes {
        out.painted(&format!("  {} {note}\n", style.theme.styles.help.style("note:")))?;
    }
    if let Some(help) = &finding.help {
        out.painted(&format!("  {} {}\n", style.theme.styles.help.style("help:"), visible::one_line(help)))?;
    }
    if let Some(fix) = finding.fix.as_ref().filter(|_| style.marks_fixes) {
        let options = if fix.safety == Safety::Safe { "--fix" } else { "--fix --unsafe-fixes" };
        let title = visible::one_line(&fix.title);
        out.painted(&format!("  {} {title} ({options})\n", style.theme.styles.help.style("fix:")))?;
    }
    writeln!(out)
}

/// The width, colours and characters of a run's output.
struct Style {
    theme: GraphicalTheme,
    frame: Frame,
    /// Whether to say which findings can be fixed.
    marks_fixes: bool,
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
            frame: Frame { width: run.looks.width, ellipsis },
            marks_fixes: run.about.marks_fixes,
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
            std::iter::once(&finding.label).chain(finding.related.iter().take(RELATED_SHOWN)).collect();
        let spans: Vec<Span> = shown.iter().map(|label| label.span).collect();
        let view = View::new(&visible::path(&file.path), &file.source, &spans, style.frame);
        let mut drawn: Vec<(usize, &ViewLabel)> = Vec::with_capacity(shown.len());
        let mut notes = Vec::new();
        for (nth, label) in view.labels().iter().enumerate() {
            if drawn.iter().any(|(_, other)| label.collides(other)) {
                // miette would misplace one of two labels that overlap on a line, so list this one as a note.
                let message = visible::one_line(&shown[nth].message);
                notes.extend((!message.is_empty()).then(|| format!("{message} ({})", place(file, spans[nth]))));
            } else {
                drawn.push((nth, label));
            }
        }
        if finding.related.len() > RELATED_SHOWN {
            notes.push(format!("and {}", counted(finding.related.len() - RELATED_SHOWN, "more place")));
        }
        notes.extend(finding.elsewhere.iter().filter_map(|place| elsewhere(place, &place.path)));
        drawn.sort_by_key(|(_, label)| label.range.start);
        let labels = drawn.iter().map(|&(nth, label)| labeled_span(nth == 0, &shown[nth].message, label)).collect();
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

fn labeled_span(primary: bool, message: &str, label: &ViewLabel) -> LabeledSpan {
    let mut text = visible::one_line(message).into_owned();
    if let Some(line) = label.continues_to {
        text = format!("{text} (to line {line})").trim_start().to_owned();
    }
    let text = Some(text).filter(|text| !text.is_empty());
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
