//! `invisible-characters`: invisible characters that break something or have no effect.

use crate::diagnostic::{Fix, Level, Safety};
use crate::document::Document;
use crate::document::ask::prose::Code;
use crate::document::edit::element;
use crate::edit::Edit;
use crate::rule::{Check, Context, Finding, Wants};
use crate::source::{Span, holds};
use regex::{Match, Regex};
use serde::Deserialize;
use std::sync::LazyLock;

/// No options. Characters written as entities (`&shy;`) are intentional and are not reported.
#[derive(Deserialize)]
pub struct InvisibleCharacters {}

/// Zero-width space, word joiner, byte order mark, soft hyphen, and bidirectional control characters. Joiners (U+200C,
/// U+200D) are needed for Persian, Hindi and emoji, and are not reported.
static INVISIBLE: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new("[\u{200b}\u{2060}\u{feff}\u{ad}\u{202a}-\u{202e}\u{2066}-\u{2069}]+").ok());

/// What a run of invisible characters is part of.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Where {
    FrontMatter,
    Url,
    Name,
    Code,
    Prose,
}

impl Check for InvisibleCharacters {
    fn wants(&self) -> Wants {
        Wants::Document
    }

    fn document(&self, context: &mut Context<'_>, document: &Document<'_>) {
        let text = document.source.text();
        // A byte order mark at the start does not count.
        if !holds_invisible(text.trim_start_matches('\u{feff}').as_bytes()) {
            return;
        }
        let Some(invisible) = INVISIBLE.as_ref() else { return };
        let mut places = None;
        let (mut in_prose, mut in_code): (Vec<Span>, Vec<Match<'_>>) = (Vec::new(), Vec::new());
        for run in invisible.find_iter(text).filter(|run| run.start() > 0) {
            let places = places.get_or_insert_with(|| Places::of(document));
            let place = places.at(document, run.start() as u32);
            let span = Span::of(run.range());
            match place {
                Where::Prose if is_useless(text, &run) => in_prose.push(span),
                Where::Prose => {}
                Where::Code => in_code.push(run),
                Where::FrontMatter | Where::Name if is_only(&run, '\u{ad}') || is_bidi(&run) => {}
                _ => context.report(finding(place, &run, span)),
            }
        }
        report_code(context, &in_code);
        report_prose(context, &in_prose);
    }
}

/// Whether the text may contain one of [`INVISIBLE`]. A cheap check first: running the regex on all texts costs 1.8%
/// more instructions on hexo-site.
fn holds_invisible(text: &[u8]) -> bool {
    memchr::memchr3_iter(0xe2, 0xef, 0xc2, text).any(|at| match text.get(at..at + 3) {
        Some([0xe2, 0x80, last]) => matches!(last, 0x8b | 0xaa..=0xae),
        Some([0xe2, 0x81, _] | [0xef, 0xbb, 0xbf]) => true,
        Some([0xc2, next, _]) => *next == 0xad,
        Some(_) => false,
        None => true,
    })
}

/// Reports one finding per post: text copied from a terminal has the characters in every line.
fn report_code(context: &mut Context<'_>, runs: &[Match<'_>]) {
    let Some(first) = runs.first() else { return };
    let finding = finding(Where::Code, first, Span::of(first.range()));
    let edits: Vec<Edit> = runs.iter().map(|run| element::delete(Span::of(run.range()))).collect();
    let message = match runs.len() {
        1 => finding.message,
        count => finding.message.map(|message| format!("{message}, and {} more", count - 1)),
    };
    let fix = finding.fix.map(|fix| Fix::new(fix.title, fix.safety, edits));
    context.report(Finding { message, fix, identity: Some("code".to_owned()), ..finding });
}

/// Reports one finding per post, at level `info`.
fn report_prose(context: &mut Context<'_>, spans: &[Span]) {
    let Some(&first) = spans.first() else { return };
    let edits: Vec<Edit> = spans.iter().map(|&span| element::delete(span)).collect();
    let text = context.document.source.text();
    let count: usize = spans.iter().map(|span| span.slice(text).chars().count()).sum();
    let (message, help) = match count {
        1 => ("zero-width character next to a space".to_owned(), "remove it"),
        _ if spans.len() == 1 => (format!("{count} zero-width characters next to a space"), "remove them"),
        _ => (format!("{count} zero-width characters next to spaces"), "remove all of them"),
    };
    context.report(Finding {
        message: Some(message),
        label: Some("invisible and without effect here".to_owned()),
        help: Some(help.to_owned()),
        fix: Some(Fix::new("remove the zero-width characters", Safety::Unsafe, edits)),
        at_most: Some(Level::Info),
        identity: Some("prose".to_owned()),
        ..Finding::at(first)
    });
}

fn finding(place: Where, run: &Match<'_>, span: Span) -> Finding {
    let (inside, label, safety) = match place {
        Where::FrontMatter => ("the front matter", "it becomes part of the value", Safety::Safe),
        Where::Url => ("a URL", "it becomes part of the URL", Safety::Safe),
        Where::Name => ("text for screen readers", "some screen readers read it out", Safety::Safe),
        Where::Code | Where::Prose => ("code", "it is copied together with the code", Safety::Unsafe),
    };
    let c = run.as_str().chars().next().unwrap_or_default();
    Finding {
        message: Some(format!("{} in {inside}", said(c))),
        label: Some(label.to_owned()),
        fix: Some(Fix::new("remove it", safety, [element::delete(span)])),
        ..Finding::at(span)
    }
}

fn said(c: char) -> String {
    match c {
        '\u{200b}' => "zero-width space".to_owned(),
        '\u{2060}' => "word joiner".to_owned(),
        '\u{feff}' => "byte order mark".to_owned(),
        '\u{ad}' => "soft hyphen".to_owned(),
        other => format!("bidirectional control character U+{:04X}", u32::from(other)),
    }
}

fn is_only(run: &Match<'_>, wanted: char) -> bool {
    run.as_str().chars().all(|c| c == wanted)
}

fn is_bidi(run: &Match<'_>) -> bool {
    run.as_str().chars().any(|c| matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}'))
}

/// Whether the characters have no effect. A zero-width space allows a line break inside a word, so it is useless next
/// to a space or a line break. A byte order mark inside a text is always useless. A line that consists only of such
/// characters is left to `spacer-paragraph`: it is a paragraph, not a blank line.
fn is_useless(text: &str, run: &Match<'_>) -> bool {
    let before = text.get(..run.start()).and_then(|head| head.chars().next_back());
    let after = text.get(run.end()..).and_then(|tail| tail.chars().next());
    let is_blank = |c: Option<char>| c.is_none_or(char::is_whitespace);
    let zero_width = run.as_str().chars().all(|c| matches!(c, '\u{200b}' | '\u{feff}' | '\u{2060}'));
    let alone = is_blank(before) && is_blank(after) && !(before == Some(' ') && after == Some(' '));
    let shown = is_blank(before) || is_blank(after) || run.as_str().contains('\u{feff}');
    // Next to `*` and other markup, the characters may be needed for emphasis to be parsed.
    let mark = |c: Option<char>| c.is_some_and(|c| matches!(c, '*' | '_' | '`' | '~' | '<' | '>' | '|'));
    zero_width && shown && !alone && !mark(before) && !mark(after)
}

/// The spans of URLs, names and code in a post.
struct Places {
    urls: Vec<Span>,
    names: Vec<Span>,
    code: Code,
}

impl Places {
    fn of(document: &Document<'_>) -> Self {
        let mut places = Places { urls: Vec::new(), names: Vec::new(), code: Code::of(&document.tree) };
        for element in document.tree.elements() {
            if !element.is_written() {
                continue;
            }
            for attribute in element.attributes() {
                let Some(span) = attribute.value_span() else { continue };
                match attribute.name() {
                    "href" | "src" | "srcset" | "poster" | "action" | "cite" => places.urls.push(span),
                    "alt" | "title" | "aria-label" => places.names.push(span),
                    _ => {}
                }
            }
        }
        places.urls.sort_unstable();
        places.names.sort_unstable();
        places
    }

    fn at(&self, document: &Document<'_>, offset: u32) -> Where {
        if offset < document.body.start {
            Where::FrontMatter
        } else if holds(&self.urls, offset) {
            Where::Url
        } else if holds(&self.names, offset) {
            Where::Name
        } else if self.code.holds(offset) {
            Where::Code
        } else {
            Where::Prose
        }
    }
}
