//! Parses tags like kramdown, which is stricter than HTML: everything else is text.

use crate::document::read::kramdown::lines::{is_space, is_word_byte};
use std::ops::Range;

/// How kramdown parses the content of an element in which Markdown is enabled.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Model {
    Raw,
    Span,
    Block,
}

/// A start tag.
#[derive(Clone, Debug)]
pub(super) struct Tag {
    pub(super) name: Range<usize>,
    /// `markdown="…"`: its range with the whitespace before it, and the range of its value.
    pub(super) markdown: Option<(Range<usize>, Range<usize>)>,
    /// Whether it is written like `<br />`.
    pub(super) self_closing: bool,
    pub(super) end: usize,
}

/// The ranges of an attribute's name and value.
#[derive(Clone, Debug)]
pub(super) struct TagAttribute {
    pub(super) name: Range<usize>,
    pub(super) value: Option<Range<usize>>,
    /// End of the attribute, after its quotes.
    end: usize,
}

/// Parses the start tag at `at`.
pub(super) fn start_tag(text: &str, at: usize) -> Option<Tag> {
    let mut markdown = None;
    let (name, end, self_closing) = scan_tag(text, at, |start, attribute| {
        if &text[attribute.name.clone()] == "markdown" {
            let value = attribute.value.clone().unwrap_or(attribute.end..attribute.end);
            markdown = Some((start..attribute.end, value));
        }
    })?;
    Some(Tag { name, markdown, self_closing, end })
}

/// Parses the attributes of the start tag at `at`.
pub(super) fn tag_attributes(text: &str, at: usize) -> Vec<TagAttribute> {
    let mut attributes = Vec::new();
    scan_tag(text, at, |_, attribute| attributes.push(attribute.clone()));
    attributes
}

fn scan_tag(text: &str, at: usize, mut take: impl FnMut(usize, &TagAttribute)) -> Option<(Range<usize>, usize, bool)> {
    let bytes = text.as_bytes();
    if bytes.get(at) != Some(&b'<') {
        return None;
    }
    let name_end = at + 1 + tag_name_len(text.get(at + 1..)?);
    if name_end == at + 1 {
        return None;
    }
    let mut position = name_end;
    loop {
        let start = position;
        while bytes.get(position).copied().is_some_and(is_space) {
            position += 1;
        }
        match bytes.get(position)? {
            b'>' => return Some((at + 1..name_end, position + 1, false)),
            b'/' if bytes.get(position + 1) == Some(&b'>') => return Some((at + 1..name_end, position + 2, true)),
            _ if position == start => return None,
            _ => {}
        }
        let attribute = attribute(text, position)?;
        take(start, &attribute);
        position = attribute.end;
    }
}

fn attribute(text: &str, at: usize) -> Option<TagAttribute> {
    let bytes = text.as_bytes();
    let len = tag_name_len(text.get(at..)?);
    if len == 0 {
        return None;
    }
    let name = at..at + len;
    let skip = |mut at: usize| {
        while bytes.get(at).copied().is_some_and(is_space) {
            at += 1;
        }
        at
    };
    let equals = skip(name.end);
    if bytes.get(equals) != Some(&b'=') {
        return Some(TagAttribute { end: name.end, name, value: None });
    }
    let start = skip(equals + 1);
    match bytes.get(start)? {
        quote @ (b'"' | b'\'') => {
            let len = memchr::memchr(*quote, &bytes[start + 1..])?;
            let value = start + 1..start + 1 + len;
            Some(TagAttribute { name, end: value.end + 1, value: Some(value) })
        }
        _ => {
            let len: usize = text[start..].chars().take_while(|c| is_word(*c)).map(char::len_utf8).sum();
            (len > 0).then_some(TagAttribute { name, value: Some(start..start + len), end: start + len })
        }
    }
}

/// The end tag at `at`: the range of its name and its end.
pub(super) fn end_tag(text: &str, at: usize) -> Option<(Range<usize>, usize)> {
    let rest = text.get(at..)?.strip_prefix("</")?;
    let len = tag_name_len(rest);
    let white = crate::document::read::kramdown::lines::leading_space(rest.get(len..)?);
    let closed = rest.as_bytes().get(len + white) == Some(&b'>');
    (len > 0 && closed).then_some((at + 2..at + 2 + len, at + 2 + len + white + 1))
}

/// Start and end of the next end tag of this name from `at` on.
pub(super) fn find_end_tag(text: &str, at: usize, name: &str) -> Option<(usize, usize)> {
    let bytes = text.as_bytes();
    let mut from = at;
    loop {
        let start = from + memchr::memmem::find(bytes.get(from..)?, b"</")?;
        if let Some((found, end)) = end_tag(text, start)
            && text[found].eq_ignore_ascii_case(name)
        {
            return Some((start, end));
        }
        from = start + 2;
    }
}

/// The length in bytes of a tag or attribute name: letters, digits, `-`, `.` and `_`, starting with a letter or `_`; or
/// two such names separated by a colon.
pub(super) fn tag_name_len(text: &str) -> usize {
    let first = plain_name_len(text);
    if first == 0 {
        return 0;
    }
    match text[first..].strip_prefix(':').map(plain_name_len) {
        Some(second) if second > 0 => first + 1 + second,
        _ => first,
    }
}

fn plain_name_len(text: &str) -> usize {
    let bytes = text.as_bytes();
    match bytes.first() {
        Some(byte) if byte.is_ascii_alphabetic() || *byte == b'_' => {}
        Some(byte) if !byte.is_ascii() && text.chars().next().is_some_and(char::is_alphabetic) => {}
        _ => return 0,
    }
    let ascii = bytes.iter().position(|&byte| !NAME[byte as usize]).unwrap_or(bytes.len());
    if bytes.get(ascii).is_none_or(u8::is_ascii) {
        return ascii;
    }
    text.chars().take_while(|&c| is_word(c) || matches!(c, '-' | '.')).map(char::len_utf8).sum()
}

/// Whether an ASCII byte may occur in a name.
const NAME: [bool; 256] = {
    let mut table = [false; 256];
    let mut byte = 0;
    while byte < 128 {
        table[byte as usize] = is_word_byte(byte) || byte == b'-' || byte == b'.';
        byte += 1;
    }
    table
};

fn is_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

/// Whether `&` at the start of the text begins a character reference, which must end in `;`.
pub(super) fn is_reference(text: &str) -> bool {
    let body = text.as_bytes().get(1..).unwrap_or_default();
    let is_name = |byte: &u8| is_word_byte(*byte) || matches!(byte, b'-' | b'.' | b':' | b'#');
    let len = body.iter().take(MAX_REFERENCE).take_while(|byte| is_name(byte)).count();
    len > 0 && body.get(len) == Some(&b';')
}

/// Maximum length of the name of a character reference, in bytes.
const MAX_REFERENCE: usize = 32;

/// Whether the text starts with a tag that ends lazy continuation: any but those of inline elements and `script`.
pub(super) fn ends_lazy(text: &str) -> bool {
    let Some(rest) = text.strip_prefix('<') else { return false };
    match rest.strip_prefix('/') {
        Some(rest) => {
            let len = tag_name_len(rest);
            let white = crate::document::read::kramdown::lines::leading_space(rest.get(len..).unwrap_or(""));
            len > 0 && rest.as_bytes().get(len + white) == Some(&b'>') && !starts_like_span(rest)
        }
        None => tag_name_len(rest) > 0 && !starts_like_span(rest),
    }
}

/// Whether the word characters at the start of the name are the name of an inline element or `script`.
fn starts_like_span(name: &str) -> bool {
    let len = name.chars().take_while(|&c| is_word(c)).map(char::len_utf8).sum();
    let word: &str = name.get(..len).unwrap_or("");
    word == "script" || SPAN.binary_search(&word).is_ok()
}

/// Whether this is the (lower case) name of an element that does not start a block.
pub(super) fn is_span(name: &str) -> bool {
    SPAN.binary_search(&name).is_ok()
}

/// Whether this is the name of an element that is not allowed inside a line.
pub(super) fn is_block(name: &str) -> bool {
    BLOCK.binary_search(&name).is_ok()
}

/// Whether this is the name of an element without content.
pub(super) fn is_void(name: &str) -> bool {
    matches!(
        name,
        "area"
            | "base"
            | "br"
            | "col"
            | "command"
            | "embed"
            | "hr"
            | "img"
            | "input"
            | "keygen"
            | "link"
            | "meta"
            | "param"
            | "source"
            | "track"
            | "wbr"
    )
}

/// Whether kramdown knows this name; names that it does not know keep their case.
pub(super) fn is_known(name: &str) -> bool {
    is_span(name) || is_block(name) || is_void(name) || OTHER.binary_search(&name).is_ok()
}

/// How the content of an element in which Markdown is enabled is parsed.
pub(super) fn model(name: &str) -> Model {
    if SPAN_MODEL.binary_search(&name).is_ok() {
        Model::Span
    } else if BLOCK_MODEL.binary_search(&name).is_ok() {
        Model::Block
    } else {
        Model::Raw
    }
}

/// A tag's name, in lower case if kramdown knows it.
pub(super) fn canonical(name: &str) -> std::borrow::Cow<'_, str> {
    if name.bytes().any(|byte| byte.is_ascii_uppercase()) {
        let lower = name.to_ascii_lowercase();
        if is_known(&lower) {
            return lower.into();
        }
    }
    name.into()
}

// Sorted, like all lists below.
const SPAN: &[&str] = &[
    "a", "abbr", "acronym", "b", "bdo", "big", "br", "button", "cite", "code", "del", "dfn", "em", "i", "img", "input",
    "ins", "kbd", "label", "mark", "option", "q", "rb", "rbc", "rp", "rt", "rtc", "ruby", "samp", "select", "small",
    "span", "strong", "sub", "sup", "textarea", "tt", "u", "var",
];
const BLOCK: &[&str] = &[
    "address", "applet", "article", "aside", "blockquote", "body", "caption", "col", "colgroup", "dd", "div", "dl",
    "dt", "fieldset", "figcaption", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "head", "header", "hgroup",
    "hr", "html", "iframe", "legend", "li", "main", "map", "menu", "nav", "ol", "optgroup", "p", "pre", "section",
    "summary", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul",
];
const OTHER: &[&str] = &["details", "figure", "math", "noscript", "object", "script", "style"];
const SPAN_MODEL: &[&str] = &[
    "a", "abbr", "acronym", "b", "bdo", "big", "button", "caption", "cite", "del", "dfn", "dt", "em", "h1", "h2", "h3",
    "h4", "h5", "h6", "i", "ins", "label", "legend", "optgroup", "p", "q", "rb", "rbc", "rp", "rt", "rtc", "ruby",
    "select", "small", "span", "strong", "sub", "sup", "th", "tt",
];
const BLOCK_MODEL: &[&str] = &[
    "address", "applet", "article", "aside", "blockquote", "body", "dd", "details", "div", "dl", "fieldset",
    "figcaption", "figure", "footer", "form", "header", "hgroup", "iframe", "li", "main", "map", "menu", "nav",
    "noscript", "object", "section", "summary", "td",
];
