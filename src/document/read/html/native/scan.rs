//! Scans raw HTML: text, comments and tags (<https://html.spec.whatwg.org/multipage/parsing.html#tokenization>).

use crate::document::read::html::native::reason::Reason;
use crate::document::read::html::native::references::{Reference, reference};
use crate::document::read::html::native::start::StartTag;
use crate::document::read::html::native::{Native, RawText};
use crate::document::tree::build::PositionMap;
use crate::document::tree::{Origin, Piece};
use crate::source::{Span, overlapping};
use memchr::{memchr, memchr2, memmem};
use std::ops::Range;

/// A part of the raw HTML, and the position in it.
pub(super) struct Scan<'a, 'b, 's, 'm> {
    pub native: &'a mut Native<'s, 'm>,
    pub input: &'b str,
    pub map: PositionMap<'b>,
    pub at: usize,
}

/// Whether the tokenizer treats `byte` as whitespace between attributes.
pub(super) fn is_space(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t' | b'\n' | b'\r' | 0x0c)
}

impl<'a, 'b, 's, 'm> Scan<'a, 'b, 's, 'm> {
    pub fn new(native: &'a mut Native<'s, 'm>, input: &'b str, map: PositionMap<'b>) -> Self {
        Scan { native, input, map, at: 0 }
    }

    /// Scans all of the input.
    pub fn run(mut self) -> Result<(), Reason> {
        while self.at < self.input.len() {
            match self.native.raw_text {
                Some(raw_text) => self.raw_text(raw_text)?,
                None => self.content()?,
            }
        }
        Ok(())
    }

    pub fn byte(&self, at: usize) -> Option<u8> {
        self.input.as_bytes().get(at).copied()
    }

    pub fn span(&self, range: Range<usize>) -> Span {
        self.map.span(range)
    }

    /// Scans text up to markup, and the markup.
    fn content(&mut self) -> Result<(), Reason> {
        let markup = self.next_markup();
        self.text(self.at..markup.unwrap_or(self.input.len()), true)?;
        let Some(start) = markup else { return Ok(()) };
        match (self.byte(start + 1), self.byte(start + 2)) {
            (Some(b'!'), _) => self.declaration(start),
            (Some(b'?'), _) => self.bogus_comment(start, start + 1),
            (Some(b'/'), Some(letter)) if letter.is_ascii_alphabetic() => self.end_tag(start),
            // `</>` is dropped.
            (Some(b'/'), Some(b'>') | None) => Err(Reason::Declaration),
            (Some(b'/'), _) => self.bogus_comment(start, start + 2),
            _ => self.start_tag(start),
        }
    }

    /// Where the next tag or comment starts.
    fn next_markup(&mut self) -> Option<usize> {
        let bytes = self.input.as_bytes();
        let mut from = self.at;
        loop {
            let start = from + memchr(b'<', bytes.get(from..)?)?;
            match bytes.get(start + 1) {
                Some(next) if next.is_ascii_alphabetic() || matches!(next, b'/' | b'!' | b'?') => return Some(start),
                _ => from = start + 1,
            }
        }
    }

    /// Scans the text of an element that contains only text, up to its end tag.
    fn raw_text(&mut self, raw_text: RawText) -> Result<(), Reason> {
        let bytes = self.input.as_bytes();
        let name = self.native.stack.top().name.clone();
        let is_end_tag = |start: usize| {
            let after = start + 2 + name.len();
            let written = bytes.get(start + 2..after)?;
            written.eq_ignore_ascii_case(name.as_bytes()).then(|| bytes.get(after).copied())
        };
        let mut end = None;
        for found in memmem::find_iter(bytes.get(self.at..).unwrap_or(&[]), "</") {
            match is_end_tag(self.at + found) {
                Some(Some(next)) if is_space(next) || matches!(next, b'/' | b'>') => {
                    end = Some(self.at + found);
                    break;
                }
                Some(None) => return Err(Reason::Unfinished),
                _ => {}
            }
        }
        let range = self.at..end.unwrap_or(self.input.len());
        if raw_text == RawText::Script && self.input.get(range.clone()).is_some_and(|text| text.contains("<!--")) {
            return Err(Reason::EscapedScript);
        }
        self.text(range, raw_text == RawText::WithReferences)?;
        end.map_or(Ok(()), |start| self.end_tag(start))
    }

    /// Adds the text at `range` and moves the position to its end.
    fn text(&mut self, range: Range<usize>, has_references: bool) -> Result<(), Reason> {
        self.at = range.end;
        if range.is_empty() {
            return Ok(());
        }
        let span = self.span(range.clone());
        let has_templates = self.native.raw_text.is_none() && !self.native.templates.is_empty();
        let templates = match has_templates && overlapping(self.native.templates, span).next().is_some() {
            true => self.native.templates,
            false => &[],
        };
        let mut text = Text { templates, last: None };
        let mut from = range.start;
        let mut searched = range.start;
        while let Some(found) = memchr2(b'&', b'\r', self.input.as_bytes().get(searched..range.end).unwrap_or(&[])) {
            let at = searched + found;
            searched = at + 1;
            if self.byte(at) == Some(b'\r') {
                text.add_verbatim(self, from..at)?;
                searched += usize::from(searched < range.end && self.byte(searched) == Some(b'\n'));
                text.add_decoded(self, at..searched, "\n")?;
            } else if has_references
                && let Some(Reference { len, characters: (first, second) }) =
                    reference(self.input.get(at..range.end).unwrap_or(""), false)?
            {
                text.add_verbatim(self, from..at)?;
                searched = at + len;
                let decoded: String = [Some(first), second].into_iter().flatten().collect();
                text.add_decoded(self, at..searched, &decoded)?;
            } else {
                continue;
            }
            from = searched;
        }
        text.add_verbatim(self, from..range.end)
    }

    fn end_tag(&mut self, start: usize) -> Result<(), Reason> {
        let name = self.tag_name(start + 2);
        self.skip_attributes()?;
        let span = self.span(start..self.at);
        self.native.end(&name, span, Origin::Html)
    }

    fn start_tag(&mut self, start: usize) -> Result<(), Reason> {
        let name = self.tag_name(start + 1);
        let attributes = self.native.tree.attributes.len();
        self.attributes(attributes)?;
        let span = self.span(start..self.at);
        self.native.start(StartTag { name, span, origin: Origin::Html, attributes })
    }

    fn declaration(&mut self, start: usize) -> Result<(), Reason> {
        let rest = self.input.get(start + 2..).unwrap_or("");
        let starts_with = |word: &str| rest.get(..word.len()).is_some_and(|written| written.eq_ignore_ascii_case(word));
        if starts_with("doctype") {
            return self.doctype(start);
        }
        if starts_with("[cdata[") {
            return Err(Reason::Declaration);
        }
        if !rest.starts_with("--") {
            return self.bogus_comment(start, start + 2);
        }
        let content = start + 4;
        let bytes = self.input.as_bytes().get(content..).unwrap_or(&[]);
        let Some(len) = memmem::find(bytes, b"-->") else { return Err(Reason::Unfinished) };
        let written = self.input.get(content..content + len).unwrap_or("");
        // `<!-->` and `<!--->` are comments, `--!>` ends one.
        if written.starts_with('>') || written.starts_with("->") || written.contains("--!") || written.contains("<!-") {
            return Err(Reason::Declaration);
        }
        self.comment(start, content..content + len, content + len + 3)
    }

    fn doctype(&mut self, start: usize) -> Result<(), Reason> {
        let rest = self.input.get(start + "<!doctype".len()..).unwrap_or("");
        let (rest, _) = rest.split_once('>').ok_or(Reason::Unfinished)?;
        self.at = start + "<!doctype".len() + rest.len() + 1;
        let span = self.span(start..self.at);
        self.native.add_doctype(span, rest)
    }

    /// Scans a comment without the delimiters of comments: `<!x>`, `<?x>`, `</ x>`.
    fn bogus_comment(&mut self, start: usize, content: usize) -> Result<(), Reason> {
        let Some(len) = memchr(b'>', self.input.as_bytes().get(content..).unwrap_or(&[])) else {
            return Err(Reason::Unfinished);
        };
        self.comment(start, content..content + len, content + len + 1)
    }

    fn comment(&mut self, start: usize, content: Range<usize>, end: usize) -> Result<(), Reason> {
        let span = self.span(start..end);
        self.at = end;
        let text = self.input.get(content.clone()).unwrap_or("");
        let has_carriage_return = memchr(b'\r', text.as_bytes()).is_some();
        let piece = if has_carriage_return || !self.map.is_contiguous(content.clone()) {
            if self.native.is_masked {
                return Err(Reason::Declaration);
            }
            let text = text.replace("\r\n", "\n").replace('\r', "\n");
            Piece { written: span, decoded: Some(self.native.tree.push_string(&text)) }
        } else if self.native.is_masked || self.span(content.clone()).slice(self.native.source) == text {
            Piece { written: self.span(content), decoded: None }
        } else {
            Piece { written: span, decoded: Some(self.native.tree.push_string(text)) }
        };
        self.native.add_comment(span, piece);
        Ok(())
    }
}

/// A run of text, in which each template becomes a separate node.
struct Text<'m> {
    templates: &'m [Span],
    /// The last template that was added.
    last: Option<Span>,
}

impl Text<'_> {
    fn add_decoded(&self, scan: &mut Scan<'_, '_, '_, '_>, range: Range<usize>, text: &str) -> Result<(), Reason> {
        let written = scan.span(range);
        scan.native.add_text(text, written, false, Origin::Html)
    }

    fn add_verbatim(&mut self, scan: &mut Scan<'_, '_, '_, '_>, range: Range<usize>) -> Result<(), Reason> {
        if range.is_empty() {
            return Ok(());
        }
        let (map, input, native) = (scan.map, scan.input, &mut *scan.native);
        let mut result = Ok(());
        map.each_piece(range, |range, written| {
            if result.is_ok() {
                result = self.add_piece(native, input.get(range).unwrap_or(""), written);
            }
        });
        result
    }

    fn add_piece(&mut self, native: &mut Native<'_, '_>, text: &str, written: Span) -> Result<(), Reason> {
        if self.templates.is_empty() || text.len() != written.len() as usize {
            return native.add_text(text, written, true, Origin::Html);
        }
        let offset = |at: u32| (at - written.start) as usize;
        let mut at = written.start;
        for template in overlapping(self.templates, written) {
            if at < template.start {
                let before = text.get(offset(at)..offset(template.start)).unwrap_or("");
                native.add_text(before, Span::new(at, template.start), true, Origin::Html)?;
            }
            if self.last.replace(template) != Some(template) {
                native.add_template(template);
            }
            at = template.end.min(written.end);
        }
        let after = text.get(offset(at)..).unwrap_or("");
        native.add_text(after, Span::new(at, written.end), true, Origin::Html)
    }
}
