//! Lines in braces: attribute lists, their definitions, and the extensions `comment`, `nomarkdown` and `options`.
//!
//! In kramdown 2.4: `parser/kramdown/extensions.rb`, `parse_block_extensions` and `handle_extension`.

use crate::document::read::kramdown::attributes::{AttributeList, list_len};
use crate::document::read::kramdown::block::{Reader, Scan};
use crate::document::read::kramdown::blocks::{BlockId, Kind};
use crate::document::read::kramdown::lines::{is_blank, leading_blanks, line, line_end, name_len, unindented};
use std::ops::Range;
use std::rc::Rc;

impl<'s> Reader<'s> {
    pub(super) fn extension(&mut self, parent: BlockId, scan: &mut Scan<'s>, first: &str) -> bool {
        let Some(inside) = unindented(first).and_then(|body| body.strip_prefix("{:")) else { return false };
        if inside.starts_with(':') {
            return self.named_extension(parent, scan, first);
        }
        if inside.starts_with('/') {
            return false;
        }
        if let Some((name, list)) = definition(inside) {
            return self.attribute_definition(parent, scan, inside, name, list);
        }
        if is_attribute_list_line(first) {
            return self.attribute_list(parent, scan, first, inside);
        }
        false
    }

    fn attribute_definition(
        &mut self,
        parent: BlockId,
        scan: &mut Scan<'s>,
        inside: &str,
        name: usize,
        list: Range<usize>,
    ) -> bool {
        let text = Rc::clone(&scan.text);
        let base = scan.at + leading_blanks(line(text.as_str(), scan.at)) + 2;
        let parsed = AttributeList::parse(&text, base + list.start..base + list.end);
        for &span in &parsed.malformed {
            self.note(crate::document::tree::ParseNoteKind::MalformedAttributeList, span);
        }
        self.definitions.add(&inside[..name], parsed);
        let end = line_end(text.as_str(), scan.at);
        self.push(parent, Kind::Boundary(true), scan, end);
        true
    }

    /// Parses `{: …}` on its own line, which applies to the block before it, or else to the block after it.
    fn attribute_list(&mut self, parent: BlockId, scan: &mut Scan<'s>, first: &str, inside: &str) -> bool {
        let text = Rc::clone(&scan.text);
        let base = scan.at + leading_blanks(first) + 2;
        let len = list_len(inside).unwrap_or(0);
        let list = self.keep_list(AttributeList::parse(&text, base..base + len));
        scan.at = line_end(text.as_str(), scan.at);
        match self.blocks.last(parent).map(|last| (last, self.blocks.kind(last))) {
            Some((_, Kind::LinkDefinition(link))) => self.links[link as usize].attributes.push(list),
            Some((last, Kind::Abbreviation)) => {
                let name = text.as_str().get(self.blocks.get(last).content()).unwrap_or("");
                if let Some(abbreviation) = self.abbreviations.get_mut(name) {
                    abbreviation.attributes.push(list);
                }
            }
            Some((last, kind)) if !matches!(kind, Kind::Blank | Kind::Boundary(_) | Kind::Template) => {
                self.blocks.get_mut(last).attributes.push(list);
            }
            _ => self.pending.push(list),
        }
        true
    }

    fn named_extension(&mut self, parent: BlockId, scan: &mut Scan<'s>, first: &str) -> bool {
        let text = Rc::clone(&scan.text);
        let source = text.as_str();
        let blanks = leading_blanks(first);
        let Some(tag) = StartTag::parse(first.get(blanks..).unwrap_or("")) else { return false };
        if !is_blank(first.get(blanks + tag.len..).unwrap_or("")) || !is_known(tag.name) {
            return false;
        }
        let start = line_end(source, scan.at);
        let list = AttributeList::parse(&text, scan.at + blanks + tag.list.start..scan.at + blanks + tag.list.end);
        let (content, end) = if tag.closed {
            (start..start, start)
        } else {
            let name = tag.name.to_owned();
            match self.stop_tag(scan, source, start, &name) {
                Some((content, end)) => (content, end),
                None => return false,
            }
        };
        let kind = match tag.name {
            "comment" => Kind::Comment,
            "nomarkdown" if list.value("type").is_none_or(|types| types.split(' ').any(|word| word == "html")) => {
                Kind::Raw
            }
            "options" => {
                self.set_options(&list);
                Kind::Boundary(true)
            }
            _ => Kind::Boundary(true),
        };
        self.push_with(parent, kind, scan, end, content);
        true
    }

    /// The range of an extension's body, which begins at `start`, and the start of the line after its stop tag.
    fn stop_tag(&self, scan: &mut Scan<'s>, source: &str, start: usize, name: &str) -> Option<(Range<usize>, usize)> {
        if scan.unclosed_extensions.iter().any(|unclosed| unclosed == name) {
            return None;
        }
        let mut at = start;
        while at < source.len() {
            let end = line_end(source, at);
            let stop = unindented(line(source, at)).and_then(|body| body.strip_prefix("{:/"));
            if let Some(rest) = stop {
                let rest = rest.strip_prefix(name).unwrap_or(rest);
                if rest.strip_prefix('}').is_some_and(is_blank) {
                    return Some((start..at, end));
                }
            }
            at = end;
        }
        scan.unclosed_extensions.push(name.to_owned());
        None
    }

    /// Applies `{::options …}`.
    pub(super) fn set_options(&mut self, list: &AttributeList) {
        for (key, value) in list.pairs() {
            let on = value == "true";
            match key {
                "auto_ids" => self.options.auto_ids = on,
                "parse_block_html" => self.options.parse_block_html = on,
                "parse_span_html" => self.options.parse_span_html = on,
                _ => {}
            }
        }
    }
}

/// A start tag `{::name attributes}` or `{::name attributes /}`.
pub(in crate::document::read::kramdown) struct StartTag<'a> {
    pub(in crate::document::read::kramdown) name: &'a str,
    /// Range of the attributes in the text that the tag was parsed from.
    pub(in crate::document::read::kramdown) list: Range<usize>,
    /// Whether the tag has no body (`/}`).
    pub(in crate::document::read::kramdown) closed: bool,
    pub(in crate::document::read::kramdown) len: usize,
}

impl<'a> StartTag<'a> {
    pub(in crate::document::read::kramdown) fn parse(text: &'a str) -> Option<StartTag<'a>> {
        let inside = text.strip_prefix("{::")?;
        let name = inside.bytes().take_while(|&byte| byte.is_ascii_alphanumeric() || byte == b'_').count();
        if name == 0 {
            return None;
        }
        let end = list_len(inside)?;
        let closed = inside.get(..end)?.ends_with('/');
        let list = name..end - usize::from(closed);
        let separated =
            inside.get(list.clone())?.bytes().next().is_none_or(crate::document::read::kramdown::lines::is_space);
        separated.then_some(StartTag {
            name: inside.get(..name)?,
            list: list.start + 3..list.end + 3,
            closed,
            len: end + 4,
        })
    }
}

/// Whether kramdown has an extension of this name.
pub(in crate::document::read::kramdown) fn is_known(name: &str) -> bool {
    matches!(name, "comment" | "nomarkdown" | "options")
}

/// Whether the line consists of an attribute list.
pub(super) fn is_attribute_list_line(line: &str) -> bool {
    let Some(body) = unindented(line) else { return false };
    attribute_list_end(body).is_some_and(|end| body.get(end..).is_some_and(is_blank))
}

/// Whether the text starts with an attribute list.
pub(super) fn starts_with_attribute_list(body: &str) -> bool {
    attribute_list_end(body).is_some()
}

/// The end of the attribute list at the start of the text; `None` for definitions and extensions.
pub(in crate::document::read::kramdown) fn attribute_list_end(body: &str) -> Option<usize> {
    let inside = body.strip_prefix("{:")?;
    if inside.starts_with([':', '/', '}']) {
        return None;
    }
    let len = list_len(inside)?;
    let named = inside.as_bytes().get(name_len(inside).saturating_sub(1)) == Some(&b':') && name_len(inside) > 1;
    (!named).then_some(len + 3)
}

/// For `name: list}` up to the end of the line, the length of the name and the range of the list.
fn definition(inside: &str) -> Option<(usize, Range<usize>)> {
    // A name may contain colons, so the last one of the run separates it from the list.
    let run = name_len(inside);
    let name = inside.get(..run)?.rfind(':').filter(|&at| at > 0)?;
    let end = list_len(inside)?;
    (name + 1 < end && is_blank(inside.get(end + 1..)?)).then_some((name, name + 1..end))
}
