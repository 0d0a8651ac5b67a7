//! `invisible-characters`: invisible characters that break something or have no effect.

use crate::diagnostic::{Fix, Level, Safety};
use crate::document::Document;
use crate::document::ask::prose::Code;
use crate::document::ask::script_marks::is_needed;
use crate::document::edit::element;
use crate::edit::Edit;
use crate::rule::{Check, Context, Finding, Wants};
use crate::source::{Span, holds};
use crate::words::counted;
use regex::{Match, Regex};
use serde::Deserialize;
use std::ops::Range;
use std::sync::LazyLock;

/// No options. Characters written as entities (`&shy;`) are intentional and are not reported.
#[derive(Deserialize)]
pub struct InvisibleCharacters {}

/// Characters that Unicode calls default ignorable; blank letters and the blank Braille pattern; separators of lines and
/// paragraphs; the object replacement character; control characters that HTML does not allow. Selectors of
/// variants are needed for Mongolian and emoji, and are not reported.
static INVISIBLE: LazyLock<Option<Regex>> = LazyLock::new(|| {
    let selectors = r"\x{180b}-\x{180d}\x{180f}\x{fe00}-\x{fe0f}\x{e0100}-\x{e01ef}";
    let others = r"\x{2800}\x{85}\x{2028}\x{2029}\x{fffc}\x{1}-\x{8}\x{b}\x{e}-\x{1f}\x{7f}";
    Regex::new(&format!(r"[[\p{{Default_Ignorable_Code_Point}}--[{selectors}]]{others}]+")).ok()
});

/// What a run of invisible characters is part of.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Where {
    FrontMatter,
    Url,
    Name,
    Heading,
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
        let (mut in_headings, mut in_values, mut controls) = (Vec::new(), Vec::new(), Vec::new());
        for run in invisible.find_iter(text).filter(|run| run.start() > 0) {
            let places = places.get_or_insert_with(|| Places::of(document));
            let place = places.at(document, run.start() as u32);
            let span = Span::of(run.range());
            match place {
                Where::Heading if !may_be_useful(&run) && !is_needed(text, run.as_str(), run.start()) => {
                    in_headings.push(run);
                }
                Where::Prose | Where::Heading if is_useless(text, &run) || joins_nothing(text, &run) => {
                    in_prose.extend((!is_needed(text, run.as_str(), run.start())).then_some(span));
                }
                Where::Prose if is_control(&run) => controls.push(run),
                Where::Prose | Where::Heading => {}
                _ if is_needed(text, run.as_str(), run.start()) => {}
                Where::FrontMatter | Where::Name if is_only(&run, '\u{ad}') => {}
                Where::Code => in_code.push(run),
                Where::FrontMatter => in_values.push(run),
                _ => context.report(finding(place, &run, span)),
            }
        }
        report_values(context, document, &in_values);
        report_together(context, Where::Heading, &in_headings);
        report_together(context, Where::Code, &in_code);
        report_together(context, Where::Prose, &controls);
        report_prose(context, &in_prose);
    }
}

/// Whether the text may contain one of [`INVISIBLE`]. A cheap check first: running the regex on all texts costs 1.8%
/// more instructions on hexo-site, and looking at each byte by itself 8% more on hugo-flink-web.
fn holds_invisible(text: &[u8]) -> bool {
    let is_control = |byte: u8| matches!(byte, 0x01..=0x08 | 0x0b | 0x0e..=0x1f | 0x7f);
    let is_start = |byte: u8| is_control(byte) | matches!(byte, 0xc2 | 0xcd | 0xd8 | 0xe1..=0xe3 | 0xef..=0xf3);
    // Without a branch for each byte, the compiler compares many at once.
    let any_start = |block: &[u8]| match block.is_ascii() {
        true => block.iter().fold(false, |any, &byte| any | is_control(byte)),
        false => block.iter().fold(false, |any, &byte| any | is_start(byte)),
    };
    let blocks = text.chunks(64).enumerate().filter(|(_, block)| any_start(block));
    let starts = blocks.flat_map(|(index, block)| (index * 64..).zip(block).filter(|(_, byte)| is_start(**byte)));
    starts.map(|(at, _)| at).any(|at| match text.get(at..at + 3) {
        Some([0xe2, 0x80, last]) => matches!(last, 0x8b..=0x8f | 0xa8..=0xae),
        Some([0xe2, 0x81, last]) => *last >= 0xa0,
        Some([0xe2, 0xa0, last]) => *last == 0x80,
        Some([0xe2, ..]) => false,
        Some([0xef, 0xbb | 0xbe | 0xbf, _]) => true,
        Some([0xef, ..]) => false,
        Some([0xc2, next, _]) => matches!(next, 0x85 | 0xad),
        Some([0xcd, next, _]) => *next == 0x8f,
        Some([0xd8, next, _]) => *next == 0x9c,
        Some([0xe1, next, _]) => matches!(next, 0x85 | 0x9e | 0xa0),
        Some([0xe3, next, last]) => (*next, *last) == (0x85, 0xa4),
        Some([0xf0, next, _]) => matches!(next, 0x9b | 0x9d),
        Some([0xf1 | 0xf2, ..]) => false,
        Some(_) | None => true,
    })
}

/// Reports one finding for each value of the front matter: marks of direction come in pairs.
fn report_values(context: &mut Context<'_>, document: &Document<'_>, runs: &[Match<'_>]) {
    let values = document.front_matter.block().into_iter().flat_map(|block| block.mapping.values());
    let scalars: Vec<Span> = values.filter(|it| it.as_scalar().is_some()).map(|it| it.full_span).collect();
    let value_at = |run: &Match<'_>| scalars.partition_point(|span| span.end <= run.start() as u32);
    for runs in runs.chunk_by(|one, other| value_at(one) == value_at(other)) {
        report_together(context, Where::FrontMatter, runs);
    }
}

/// Reports one finding for all runs: text copied from a terminal or a document has the characters in every line.
fn report_together(context: &mut Context<'_>, place: Where, runs: &[Match<'_>]) {
    let Some(first) = runs.first() else { return };
    let finding = finding(place, first, Span::of(first.range()));
    let is_shown = matches!(place, Where::Heading | Where::FrontMatter);
    let edit = |run: &Match<'_>| match is_shown && is_separator(run) {
        true => element::replace(Span::of(run.range()), " "),
        false => element::delete(Span::of(run.range())),
    };
    let edits: Vec<Edit> = runs.iter().map(edit).collect();
    let message = match runs.len() {
        1 => finding.message,
        count => finding.message.map(|message| format!("{message}, and {} more", count - 1)),
    };
    let text = context.document.source.text();
    let is_hyphen = place == Where::Code && runs.iter().any(|run| is_hyphen(text, run));
    let is_known = (is_shown || !runs.iter().any(is_separator)) && !is_hyphen;
    let is_safe = runs.iter().all(may_be_useful);
    let safety = |fix: &Fix| if is_safe { fix.safety } else { Safety::Unsafe };
    let fix = finding.fix.filter(|_| is_known).map(|fix| Fix::new(fix.title.clone(), safety(&fix), edits));
    let help = if is_hyphen { Some("write `-` if a hyphen is meant, or remove it".to_owned()) } else { finding.help };
    // Marks of direction alone do not show: only the address of the heading may contain them.
    let is_mark = |run: &Match<'_>| run.as_str().chars().all(|c| matches!(c, '\u{200e}' | '\u{200f}' | '\u{61c}'));
    let at_most = (place == Where::Heading && runs.iter().all(is_mark)).then_some(Level::Info);
    let identity = match place {
        Where::Heading => Some("heading".to_owned()),
        Where::Prose => Some("text".to_owned()),
        Where::FrontMatter => finding.identity,
        _ => Some("code".to_owned()),
    };
    context.report(Finding { message, help, fix, at_most, identity, ..finding });
}

/// Reports one finding per post, at level `info`.
fn report_prose(context: &mut Context<'_>, spans: &[Span]) {
    let Some(&first) = spans.first() else { return };
    let edits: Vec<Edit> = spans.iter().map(|&span| element::delete(span)).collect();
    let text = context.document.source.text();
    let count: usize = spans.iter().map(|span| span.slice(text).chars().count()).sum();
    let are_by_spaces = spans.iter().all(|span| {
        let (before, after) = beside(text, span.start as usize..span.end as usize);
        before.is_none_or(char::is_whitespace) || after.is_none_or(char::is_whitespace)
    });
    let (message, help) = match count {
        _ if !are_by_spaces => {
            let help = if count == 1 { "remove it" } else { "remove them" };
            (format!("{} in the text", counted(count, "zero-width character")), help)
        }
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
        Where::Heading => ("a heading", "it becomes part of the heading", Safety::Unsafe),
        Where::Prose => ("the text", "HTML does not allow it", Safety::Unsafe),
        Where::Code => ("code", "it is copied together with the code", Safety::Unsafe),
    };
    let c = run.as_str().chars().next().unwrap_or_default();
    // Without a separator, the words beside it would be one; some programs show the others as a space, or obey them.
    let safety = if may_be_useful(run) { safety } else { Safety::Unsafe };
    let is_space = is_separator(run) && matches!(place, Where::FrontMatter | Where::Name | Where::Heading);
    let (title, edit) = match is_space {
        true => ("write a space", element::replace(span, " ")),
        false => ("remove it", element::delete(span)),
    };
    Finding {
        message: Some(format!("{} in {inside}", said(c))),
        label: Some(label.to_owned()),
        help: is_space.then(|| "write a space instead".to_owned()),
        fix: Some(Fix::new(title, safety, [edit])),
        ..Finding::at(span)
    }
}

fn said(c: char) -> String {
    match c {
        '\u{200b}' => "zero-width space".to_owned(),
        '\u{200c}' => "zero-width non-joiner".to_owned(),
        '\u{200d}' => "zero-width joiner".to_owned(),
        '\u{2060}' => "word joiner".to_owned(),
        '\u{feff}' => "byte order mark".to_owned(),
        '\u{ad}' => "soft hyphen".to_owned(),
        '\u{34f}' => "combining grapheme joiner".to_owned(),
        '\u{2028}' => "line separator (U+2028)".to_owned(),
        '\u{2029}' => "paragraph separator (U+2029)".to_owned(),
        '\u{2800}' => "blank Braille pattern (U+2800)".to_owned(),
        '\u{fffc}' => "object replacement character (U+FFFC)".to_owned(),
        '\u{115f}' | '\u{1160}' | '\u{3164}' | '\u{ffa0}' => format!("Hangul filler (U+{:04X})", u32::from(c)),
        '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => {
            format!("bidirectional control character U+{:04X}", u32::from(c))
        }
        other if other.is_control() => format!("control character U+{:04X}", u32::from(other)),
        other => format!("invisible character U+{:04X}", u32::from(other)),
    }
}

/// Whether this is a soft hyphen in code between letters or digits, where PDFs and word processors write `-` as one.
fn is_hyphen(text: &str, run: &Match<'_>) -> bool {
    let (before, after) = beside(text, run.range());
    is_only(run, '\u{ad}') && before.is_some_and(char::is_alphanumeric) && after.is_some_and(char::is_alphanumeric)
}

/// Whether the characters include a control character of ASCII. `text-mojibake` reports U+0085 in a sentence, and U+001B
/// begins the codes for colors in text that a script formats.
fn is_control(run: &Match<'_>) -> bool {
    run.as_str().chars().any(|c| c.is_ascii_control() && c != '\u{1b}')
}

fn is_only(run: &Match<'_>, wanted: char) -> bool {
    run.as_str().chars().all(|c| c == wanted)
}

/// Whether the characters allow line breaks or hyphens, or prevent them.
fn may_be_useful(run: &Match<'_>) -> bool {
    is_zero_width(run) || is_only(run, '\u{ad}')
}

fn is_zero_width(run: &Match<'_>) -> bool {
    run.as_str().chars().all(|c| matches!(c, '\u{200b}'..='\u{200d}' | '\u{feff}' | '\u{2060}'))
}

fn is_separator(run: &Match<'_>) -> bool {
    run.as_str().chars().any(|c| matches!(c, '\u{85}' | '\u{2028}' | '\u{2029}'))
}

/// Whether the characters have no effect. A zero-width space allows a line break inside a word, so it is useless next
/// to a space or a line break. A byte order mark inside a text is always useless. A line that consists only of such
/// characters is left to `spacer-paragraph`: it is a paragraph, not a blank line.
fn is_useless(text: &str, run: &Match<'_>) -> bool {
    let (before, after) = beside(text, run.range());
    let is_blank = |c: Option<char>| c.is_none_or(char::is_whitespace);
    let alone = is_blank(before) && is_blank(after) && !(before == Some(' ') && after == Some(' '));
    let shown = is_blank(before) || is_blank(after) || run.as_str().contains('\u{feff}');
    // Next to `*` and other markup, the characters may be needed for emphasis to be parsed.
    let mark = |c: Option<char>| c.is_some_and(|c| matches!(c, '*' | '_' | '`' | '~' | '<' | '>' | '|'));
    is_zero_width(run) && shown && !alone && !mark(before) && !mark(after)
}

/// Whether the characters are between letters or the punctuation of sentences and have no effect there: joiners, since no
/// letter here has a form that they choose, and several in a row, since one is enough. Within the joined scripts and
/// those without spaces between words, they are left to the author; so they are beside the signs of markup, a host or an
/// `@`, which they may keep from being parsed.
fn joins_nothing(text: &str, run: &Match<'_>) -> bool {
    let (Some(before), Some(after)) = beside(text, run.range()) else { return false };
    let is_joined_script =
        |c: char| matches!(c, '\u{600}'..='\u{109f}' | '\u{1200}'..='\u{1cff}' | '\u{a800}'..='\u{abff}');
    let is_wide_mark = |c: char| matches!(c, '、' | '。' | '，' | '！' | '？' | '：' | '；' | '“' | '”' | '「' | '」');
    let is_letter = |c: char| c.is_alphanumeric() && !is_joined_script(c) || is_wide_mark(c);
    let ends_sentence = matches!(before, '.' | ',' | '!' | '?') && after.is_uppercase();
    let is_beside_letters = (is_letter(before) || ends_sentence) && is_letter(after);
    let is_several = run.as_str().chars().nth(1).is_some();
    is_zero_width(run) && is_beside_letters && (is_several || !ends_sentence && is_only(run, '\u{200d}'))
}

/// The characters before and after a range.
fn beside(text: &str, range: Range<usize>) -> (Option<char>, Option<char>) {
    let before = text.get(..range.start).and_then(|head| head.chars().next_back());
    (before, text.get(range.end..).and_then(|tail| tail.chars().next()))
}

/// The spans of URLs, names and code in a post.
struct Places {
    urls: Vec<Span>,
    names: Vec<Span>,
    headings: Vec<Span>,
    code: Code,
}

impl Places {
    fn of(document: &Document<'_>) -> Self {
        let mut places =
            Places { urls: Vec::new(), names: Vec::new(), headings: Vec::new(), code: Code::of(&document.tree) };
        for element in document.tree.elements() {
            if !element.is_written() {
                continue;
            }
            if element.heading_level().is_some() {
                places.headings.extend(element.span());
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
        places.headings.sort_unstable();
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
        } else if holds(&self.headings, offset) {
            Where::Heading
        } else {
            Where::Prose
        }
    }
}
