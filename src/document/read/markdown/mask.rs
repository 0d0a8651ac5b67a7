//! Masks, at equal length, what an engine does not parse as markup: Markdown in bare URLs, tags, colons, whole lines.

use crate::document::read::markdown::autolink;
use crate::place::dialect::Dialect;
use crate::place::flavor::{Autolinks, DefinitionLists, Flavor, RawHtml};
use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};
use std::borrow::Cow;
use std::ops::Range;

/// The text for the parser. `lines` are replaced by spaces.
pub(super) fn prepared<'t>(
    text: &'t str,
    (flavor, dialect): (&Flavor, Dialect),
    options: Options,
    lines: impl Iterator<Item = Range<usize>>,
) -> Cow<'t, str> {
    let mut masks: Vec<(usize, u8)> = lines.flatten().map(|at| (at, b' ')).collect();
    if dialect == Dialect::Mdx && may_interrupt(text) {
        tag_lines(text, options, &mut masks);
    }
    if flavor.raw_html == RawHtml::Escaped {
        tags(text, &mut masks);
    }
    if flavor.definition_lists == DefinitionLists::Goldmark {
        colons(text, &mut masks);
    }
    if flavor.autolinks != Autolinks::Off {
        let urls = urls_with_marks(text, flavor);
        if !urls.is_empty() {
            let in_text = in_text(text, &urls, options);
            let marks = in_text.into_iter().flat_map(|url| url.filter(|&at| is_mark(text.as_bytes(), at)));
            masks.extend(marks.map(|at| (at, b'x')));
        }
    }
    if masks.is_empty() {
        return Cow::Borrowed(text);
    }
    let mut bytes = text.as_bytes().to_vec();
    for (at, with) in masks {
        bytes[at] = with;
    }
    // The result is valid UTF-8, because whole characters were replaced by ASCII.
    String::from_utf8(bytes).map_or(Cow::Borrowed(text), Cow::Owned)
}

/// Whether a line that may consist of tags is right below a line of text, or has several tags. Lines of fenced code do not
/// count: examples of components are full of such lines, and finding them takes another parser.
fn may_interrupt(text: &str) -> bool {
    let (mut is_below_text, mut fences) = (false, Fences::default());
    text.lines().any(|line| {
        if fences.hold(line, is_below_text) {
            is_below_text = true;
            return false;
        }
        let inside = line.trim_start_matches([' ', '\t', '>']).trim_end();
        let is_part = is_below_text || inside.matches('<').count() > 1;
        let is_candidate = is_part && inside.starts_with('<') && inside.ends_with('>');
        is_below_text = !inside.is_empty();
        is_candidate
    })
}

/// Fenced code that is certainly that: its fence is not indented, below a blank line, and after no HTML that may contain blank
/// lines.
#[derive(Default)]
struct Fences<'t> {
    /// The fence of the code that is open.
    open: Option<&'t str>,
    is_unsure: bool,
}

impl<'t> Fences<'t> {
    /// Whether the line belongs to fenced code.
    fn hold(&mut self, line: &'t str, is_below_text: bool) -> bool {
        let mark = |line: &'t str| {
            let first = line.chars().next().filter(|c| matches!(c, '`' | '~'))?;
            let len = line.len() - line.trim_start_matches(first).len();
            line.split_at_checked(len).filter(|_| len >= 3)
        };
        if let Some(fence) = self.open {
            let closes = |(mark, rest): (&str, &str)| mark.starts_with(fence) && rest.trim().is_empty();
            if mark(line.trim_start_matches(' ')).is_some_and(closes) && !line.starts_with("    ") {
                self.open = None;
            }
            return true;
        }
        self.is_unsure |= memchr::memchr_iter(b'<', line.as_bytes()).any(|at| may_hold_blank_lines(line, at));
        let has_mark = memchr::memchr2(b'`', b'~', line.as_bytes()).is_some();
        if has_mark && (line.contains("```") || line.contains("~~~")) {
            let is_certain = |(_, rest): &(&str, &str)| !self.is_unsure && !is_below_text && !rest.contains('`');
            self.open = mark(line).filter(is_certain).map(|(fence, _)| fence);
            self.is_unsure |= self.open.is_none();
        }
        self.open.is_some()
    }
}

/// Whether the HTML that begins at the offset may contain blank lines.
/// <https://spec.commonmark.org/0.31.2/#html-blocks>
fn may_hold_blank_lines(line: &str, at: usize) -> bool {
    let tag = line.get(at + 1..).unwrap_or("");
    let begins = |name: &&str| tag.get(..name.len()).is_some_and(|start| start.eq_ignore_ascii_case(name));
    tag.starts_with(['!', '?']) || ["pre", "script", "style", "textarea"].iter().any(begins)
}

/// Masks the name of the first tag on each line of tags that CommonMark parses as a part of a paragraph or of a table:
/// in MDX, such a line is a block of its own. `<!A` begins an HTML block that ends on the same line.
fn tag_lines(text: &str, options: Options, masks: &mut Vec<(usize, u8)>) {
    let mut line: Option<Range<usize>> = None;
    let tags = Parser::new_ext(text, options).into_offset_iter();
    for (_, tag) in tags.filter(|(event, _)| matches!(event, Event::InlineHtml(_))) {
        let gap = line.as_ref().and_then(|line| text.get(line.end..tag.start));
        match line.take() {
            Some(line_of_tags) if gap.is_some_and(|gap| gap.trim_matches([' ', '\t']).is_empty()) => {
                line = Some(line_of_tags.start..tag.end);
            }
            before => {
                masks.extend(before.into_iter().flat_map(|before| declaration(text, &before)));
                line = begins_line(text, tag.start).then_some(tag);
            }
        }
    }
    masks.extend(line.into_iter().flat_map(|line| declaration(text, &line)));
}

/// Whether only marks of quotes are before the offset in its line.
fn begins_line(text: &str, at: usize) -> bool {
    let above = text.get(..at).unwrap_or("").trim_end_matches([' ', '\t', '>']);
    above.is_empty() || above.ends_with('\n')
}

/// The masks for tags if nothing follows them in their line.
fn declaration(text: &str, tags: &Range<usize>) -> Vec<(usize, u8)> {
    let inside = text.get(tags.clone()).unwrap_or("");
    let rest = text.get(tags.end..).unwrap_or("").trim_start_matches([' ', '\t']);
    let is_line = !inside.contains('\n') && (rest.is_empty() || rest.starts_with(['\n', '\r']));
    match inside.as_bytes() {
        // `<b>` is too short for a declaration.
        [b'<', first, second, ..] if is_line && *first != b'!' && *first != b'?' && *second != b'>' => {
            vec![(tags.start + 1, b'!'), (tags.start + 2, b'A')]
        }
        _ => Vec::new(),
    }
}

/// Masks each `:` at the start of a line that goldmark does not parse as a definition, because no space follows it.
fn colons(text: &str, masks: &mut Vec<(usize, u8)>) {
    let bytes = text.as_bytes();
    for at in memchr::memchr_iter(b':', bytes) {
        let indent = bytes[..at].iter().rev().take(4).take_while(|byte| **byte == b' ').count();
        let begins = indent < 4 && bytes[..at - indent].last() == Some(&b'\n');
        if begins && bytes.get(at + 1).is_some_and(|byte| !byte.is_ascii_whitespace() && *byte != b'-') {
            masks.push((at, b';'));
        }
    }
}

/// Masks each `<` that would begin a tag, a comment or a declaration, because the engine prints it as text.
fn tags(text: &str, masks: &mut Vec<(usize, u8)>) {
    for (at, _) in text.match_indices('<') {
        let rest = &text[at + 1..];
        let name =
            rest.len() - rest.trim_start_matches(|c: char| c.is_ascii_alphanumeric() || ".+-_".contains(c)).len();
        let is_link = name > 1 && matches!(rest.as_bytes().get(name), Some(b':' | b'@'));
        if !is_link && rest.starts_with(|c: char| c.is_ascii_alphabetic() || matches!(c, '/' | '!' | '?')) {
            masks.push((at, b';'));
        }
    }
}

/// Whether the byte may be Markdown syntax inside a URL.
fn is_mark(text: &[u8], at: usize) -> bool {
    let between_words = || {
        let word = |byte: Option<&u8>| byte.is_some_and(u8::is_ascii_alphanumeric);
        at > 0 && word(text.get(at - 1)) && word(text.get(at + 1))
    };
    match text.get(at) {
        Some(b'_') => !between_words(),
        Some(b'&') => text.get(at + 1).is_some_and(|next| next.is_ascii_alphabetic() || *next == b'#'),
        Some(b'*' | b'~' | b'[' | b']' | b'`' | b'\\' | b'^' | b'!') => true,
        _ => false,
    }
}

/// Finds bare URLs that contain Markdown syntax, except those that are obviously the destination of a link.
fn urls_with_marks(text: &str, flavor: &Flavor) -> Vec<Range<usize>> {
    let bytes = text.as_bytes();
    let mut urls = Vec::new();
    let mut from = 0;
    while let Some(found) = autolink::next(text, from, false, flavor) {
        from = found.end;
        let url = found.start..found.end;
        let before = bytes.get(..found.start).unwrap_or(&[]);
        let is_destination = before.ends_with(b"](") || before.ends_with(b"<") || before.ends_with(b"]: ");
        if !is_destination && url.clone().any(|at| is_mark(bytes, at)) {
            urls.push(url);
        }
    }
    urls
}

/// Returns those of the sorted `urls` that begin in text and are not inside a link.
fn in_text(text: &str, urls: &[Range<usize>], options: Options) -> Vec<Range<usize>> {
    let mut kept = Vec::new();
    let (mut next, mut links, mut in_code) = (0, 0_u32, false);
    for (event, range) in Parser::new_ext(text, options).into_offset_iter() {
        match event {
            Event::Start(Tag::Link { .. } | Tag::Image { .. }) => links += 1,
            Event::End(TagEnd::Link | TagEnd::Image) => links = links.saturating_sub(1),
            Event::Start(Tag::CodeBlock(_) | Tag::HtmlBlock) => in_code = true,
            Event::End(TagEnd::CodeBlock | TagEnd::HtmlBlock) => in_code = false,
            Event::Text(_) if links == 0 && !in_code => {
                while urls.get(next).is_some_and(|url| url.start < range.end) {
                    kept.extend(urls.get(next).filter(|url| url.start >= range.start).cloned());
                    next += 1;
                }
            }
            _ => {}
        }
    }
    kept
}
