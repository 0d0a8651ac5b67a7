//! HTML, references to characters, line breaks, and URLs in `<>` (`HtmlInlineProcessor`, `AutolinkInlineProcessor`,
//! `AutomailInlineProcessor`, `SubstituteTagInlineProcessor`).

use super::{Cursor, Found, Held, Inline, Step};
use crate::document::read::python_markdown::stash::{self, Stashed};
use crate::document::read::python_markdown::text::Text;
use crate::document::read::python_markdown::tree::{Node, NodeId};

impl Inline<'_, '_> {
    pub(super) fn line_break(&mut self, at: &Cursor<'_>, from: usize) -> Option<Step> {
        let text = at.data.as_str();
        let start = from + memchr::memmem::find(text.as_bytes().get(from..)?, b"  \n")?;
        Some(self.br(at.data, start, start + 3))
    }

    pub(super) fn new_line(&mut self, at: &Cursor<'_>, from: usize) -> Option<Step> {
        let start = from + memchr::memchr(b'\n', at.data.as_str().as_bytes().get(from..)?)?;
        Some(self.br(at.data, start, start + 1))
    }

    fn br(&mut self, data: &Text, start: usize, end: usize) -> Step {
        let node = Node::named("br", data.span(start..end));
        Step::Replace(start, end, Found::Node(self.nodes().detached(node)))
    }

    pub(super) fn html(&mut self, at: &Cursor<'_>, from: usize) -> Option<Step> {
        let data = at.data;
        let start = from + memchr::memchr(b'<', data.as_str().as_bytes().get(from..)?)?;
        if !self.take_fuel(0) {
            return None;
        }
        match markup_len(data.get(start..data.len())) {
            Ok(len) => Some(self.stash_html(data, start, start + len)),
            Err(read) => {
                self.take_fuel(read);
                Some(Step::Skip(start + 1))
            }
        }
    }

    pub(super) fn entity(&mut self, at: &Cursor<'_>, from: usize) -> Option<Step> {
        let data = at.data;
        let start = from + memchr::memchr(b'&', data.as_str().as_bytes().get(from..)?)?;
        match reference_len(data.get(start..data.len())) {
            Some(len) => Some(self.stash_html(data, start, start + len)),
            None => Some(Step::Skip(start + 1)),
        }
    }

    fn stash_html(&mut self, data: &Text, start: usize, end: usize) -> Step {
        let html = self.written(&data.slice(start..end));
        let placeholder = self.parser.stash.store(Stashed::Html(html));
        Step::Replace(start, end, Found::Stashed(Text::of(&placeholder, data.span(start..end))))
    }

    /// The text with what was written for its inline placeholders (`HtmlInlineProcessor.unescape`).
    pub(super) fn written(&self, text: &Text) -> Text {
        let mut out = Text::default();
        let mut start = 0;
        while let Some(found) = stash::next_inline(text.as_str(), start) {
            out.push(text, start..found.start);
            match self.held.get(found.index) {
                Some(Held::Node(id)) => self.push_html_of(*id, &mut out, 0),
                _ => self.parser.push_written(&mut out, text.span(found.start..found.end)),
            }
            start = found.end;
        }
        out.push(text, start..text.len());
        out
    }

    /// An element in an attribute, as HTML: python-markdown does not know that it is in one.
    fn push_html_of(&self, id: NodeId, out: &mut Text, depth: usize) {
        let node = self.parser.nodes.get(id);
        let span = node.span.unwrap_or_default();
        let (start, end) = (crate::source::Span::empty(span.start), crate::source::Span::empty(span.end));
        out.push_str(&format!("<{}", node.tag), start);
        for attribute in &node.attributes {
            out.push_str(&format!(" {}=\"", attribute.name), start);
            out.push_all(&attribute.value);
            out.push_str("\"", start);
        }
        out.push_str(">", start);
        for text in node.text.iter().filter(|_| depth < 20) {
            out.push_all(&self.written(text));
        }
        for &child in node.children.iter().filter(|_| depth < 20) {
            self.push_html_of(child, out, depth + 1);
            if let Some(tail) = &self.parser.nodes.get(child).tail {
                out.push_all(&self.written(tail));
            }
        }
        if !matches!(&*node.tag, "img" | "br") {
            out.push_str(&format!("</{}>", node.tag), end);
        }
    }

    pub(super) fn autolink(&mut self, at: &Cursor<'_>, from: usize) -> Option<Step> {
        let data = at.data;
        let start = from + memchr::memchr(b'<', data.as_str().as_bytes().get(from..)?)?;
        let rest = data.get(start + 1..data.len());
        let scheme = rest.bytes().take_while(|b| b.is_ascii_alphanumeric() || matches!(b, b'+' | b'.' | b'-')).count();
        let is_scheme = rest.starts_with(|c: char| c.is_ascii_alphabetic());
        let after = rest.get(scheme..).and_then(|rest| rest.strip_prefix("://"));
        let close = after.filter(|_| is_scheme).and_then(|after| {
            let len = after.find(['<', '>'])?;
            after.get(len..)?.starts_with('>').then_some(len)
        });
        let Some(len) = close else { return Some(Step::Skip(start + 1)) };
        let url = data.slice(start + 1..start + 1 + scheme + 3 + len);
        let end = start + 1 + url.len() + 1;
        let mut node = Node::named("a", data.span(start..end));
        node.set_written("href", self.unescaped(&url));
        node.text = Some(url.atomic());
        Some(Step::Replace(start, end, Found::Node(self.nodes().detached(node))))
    }

    pub(super) fn mail(&mut self, at: &Cursor<'_>, from: usize) -> Option<Step> {
        let data = at.data;
        let start = from + memchr::memchr(b'<', data.as_str().as_bytes().get(from..)?)?;
        let rest = data.get(start + 1..data.len());
        let name = rest.find(['<', '>', ' ', '!', '@']).filter(|&len| len > 0);
        let host = name.and_then(|len| {
            let host = rest.get(len..)?.strip_prefix('@')?;
            let end = host.find(['<', '>', ' ', '@'])?;
            (end > 0 && host.get(end..)?.starts_with('>')).then_some(len + 1 + end)
        });
        let Some(len) = host else { return Some(Step::Skip(start + 1)) };
        let written = data.slice(start + 1..start + 1 + len);
        let address = self.unescaped(&written);
        let bare = if address.as_str().starts_with("mailto:") { address.slice(7..address.len()) } else { address };
        let end = start + len + 2;
        let mut node = Node::named("a", data.span(start..end));
        let mut href = Text::of("mailto:", crate::source::Span::empty(bare.offset(0)));
        href.push_all(&bare);
        node.set_written("href", href);
        node.text = Some(bare.atomic());
        Some(Step::Replace(start, end, Found::Node(self.nodes().detached(node))))
    }
}

/// The length of a reference to a character (`ENTITY_RE`).
pub(super) fn reference_len(text: &str) -> Option<usize> {
    let body = text.as_bytes().get(1..)?;
    let count = |bytes: &[u8], wants: fn(&u8) -> bool| bytes.iter().take(64).take_while(|byte| wants(byte)).count();
    let len = match body {
        [b'#', b'x', digits @ ..] => count(digits, u8::is_ascii_hexdigit).checked_sub(1)? + 3,
        [b'#', digits @ ..] => count(digits, u8::is_ascii_digit).checked_sub(1)? + 2,
        letters => count(letters, u8::is_ascii_alphanumeric).checked_sub(1)? + 1,
    };
    (body.get(len) == Some(&b';')).then_some(len + 2)
}

/// The length of the markup at the start of the text (`HTML_RE`), or how far it was read without a match.
pub(in super::super) fn markup_len(text: &str) -> Result<usize, usize> {
    let bytes = text.as_bytes();
    match bytes.get(1) {
        Some(b'!') if text.starts_with("<!--") => until(text, 4, "<!--", "-->"),
        Some(b'!') if text.starts_with("<![CDATA[") => until(text, 9, "<![CDATA[", "]]>"),
        Some(b'?') => until(text, 2, "<?", "?>"),
        Some(b'/' | b'a'..=b'z' | b'A'..=b'Z') => tag_len(text),
        _ => Err(1),
    }
}

/// The length up to `end`, which must come before another start.
fn until(text: &str, from: usize, open: &str, close: &str) -> Result<usize, usize> {
    let rest = text.get(from..).unwrap_or("");
    let end = rest.find(close).ok_or(text.len())?;
    match rest.get(..end).unwrap_or("").find(open) {
        Some(again) => Err(from + again),
        None => Ok(from + end + close.len()),
    }
}

fn tag_len(text: &str) -> Result<usize, usize> {
    let bytes = text.as_bytes();
    let mut at = 1 + usize::from(bytes.get(1) == Some(&b'/'));
    if !bytes.get(at).is_some_and(u8::is_ascii_alphabetic) {
        return Err(at);
    }
    let rest = |at: usize| text.get(at..).unwrap_or("");
    let span = |at: usize, stop: fn(char) -> bool| rest(at).find(stop).unwrap_or(text.len() - at);
    at += span(at, |c| c.is_whitespace() || matches!(c, '"' | '\'' | '<' | '>' | '@'));
    loop {
        let spaces = span(at, |c| !c.is_whitespace());
        let name = span(at + spaces, |c| c.is_whitespace() || matches!(c, '"' | '\'' | '=' | '<' | '>'));
        if spaces == 0 || name == 0 {
            at += spaces;
            break;
        }
        at += spaces + name;
        let before = span(at, |c| !c.is_whitespace());
        if bytes.get(at + before) == Some(&b'=') {
            let value = at + before + 1;
            let value = value + span(value, |c| !c.is_whitespace());
            at = value_end(text, value).ok_or(value)?;
        }
    }
    at += usize::from(bytes.get(at) == Some(&b'/') && bytes.get(at + 1) == Some(&b'>'));
    if bytes.get(at) == Some(&b'>') { Ok(at + 1) } else { Err(at) }
}

fn value_end(text: &str, start: usize) -> Option<usize> {
    let rest = text.get(start..)?;
    match rest.chars().next()? {
        quote @ ('"' | '\'') => Some(start + 1 + rest.get(1..)?.find(quote)? + 1),
        _ => {
            let len = rest.find(|c: char| c.is_whitespace() || matches!(c, '"' | '\'' | '=' | '<' | '>'))?;
            (len > 0).then_some(start + len)
        }
    }
}
