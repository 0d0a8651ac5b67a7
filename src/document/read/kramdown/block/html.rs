//! HTML blocks: they end at their end tag, not at a blank line, and contain Markdown only if `markdown="1"` or an
//! option enables it.
//!
//! In kramdown 2.4: `parser/kramdown/html.rb`, `parse_block_html`, and `parser/html.rb`, `parse_raw_html`.

use crate::document::read::kramdown::block::{Reader, Scan};
use crate::document::read::kramdown::blocks::{Block, BlockId, Kind};
use crate::document::read::kramdown::html::{self, Model, Tag};
use crate::document::read::kramdown::lines::{is_space, leading_blanks};
use crate::document::read::kramdown::text::Text;
use crate::document::read::kramdown::unread::{self, is_opaque};
use crate::document::tree::ParseNoteKind;
use std::borrow::Cow;
use std::ops::Range;
use std::rc::Rc;

/// Maximum depth of nested HTML elements that are parsed as Markdown.
const MAX_ELEMENTS: usize = 64;

/// The state of the parser inside HTML that contains no Markdown.
struct RawHtml<'t> {
    /// The open elements and their names.
    open: Vec<(Tag, Cow<'t, str>)>,
    at: usize,
    /// Start of the markup that has not been added as a block yet.
    from: usize,
    /// Start of the text after the last tag.
    text_from: usize,
    /// The number of open elements around a `**` before a tag, and its offset.
    bold: Option<(usize, usize)>,
    /// The number of open elements in which text that resembles Markdown is not reported: see [`is_opaque`].
    opaque: usize,
}

impl<'t> RawHtml<'t> {
    fn new(tag: &Tag, name: &'t str) -> RawHtml<'t> {
        let opaque = usize::from(is_opaque(name));
        RawHtml {
            open: vec![(tag.clone(), name.into())],
            at: tag.end,
            from: tag.end,
            text_from: tag.end,
            bold: None,
            opaque,
        }
    }
}

impl RawHtml<'_> {
    /// The range of `**<b>bold</b>**`, if the text before `end` begins with its end.
    fn bold_around_tags(&mut self, source: &str, end: usize) -> Option<Range<usize>> {
        let text = source.get(self.text_from..end)?;
        let depth = self.open.len();
        let is_inside = self.bold.is_some_and(|(opened, _)| opened < depth);
        let opened = self.bold.take_if(|_| !is_inside).filter(|(opened, _)| *opened == depth && text.starts_with("**"));
        let before = text.strip_suffix("**").filter(|before| !before.ends_with(['*', '\\']) && !is_inside);
        let rest = before.filter(|before| opened.is_none() || !before.is_empty());
        if rest.is_some_and(|before| before.is_empty() || before.ends_with([' ', '\t', '\n', '(', '"', '\''])) {
            self.bold = Some((depth, end - 2));
        }
        let whole = opened.map(|(_, at)| at..self.text_from + 2)?;
        let is_short = whole.len() <= unread::MAX_LEN && !source.get(whole.clone())?.contains('\n');
        is_short.then_some(whole)
    }
}

impl<'s> Reader<'s> {
    pub(super) fn html(&mut self, parent: BlockId, scan: &mut Scan<'s>, blanks: usize) -> bool {
        let text = Rc::clone(&scan.text);
        let source = text.as_str();
        let at = scan.at + blanks;
        if source[at..].starts_with("<!--") {
            if blanks > 0 {
                return false;
            }
            let Some(end) = comment_end(scan, source, at) else { return false };
            let block = self.html_block(parent, scan, at);
            self.markup(block, scan, at..end);
            self.end_html(block, scan, end, true);
            return true;
        }
        let Some(tag) = html::start_tag(source, at) else { return false };
        let name = html::canonical(&source[tag.name.clone()]);
        if html::is_span(&name) {
            return false;
        }
        let block = self.html_block(parent, scan, at);
        let end = self.element(block, scan, &tag, at, &name, false);
        let has_content = !tag.self_closing && !html::is_void(&name) && !matches!(&*name, "script" | "style");
        self.end_html(block, scan, end, has_content);
        true
    }

    /// If this line starts with the end tag of the enclosing element `name`, the end of that tag.
    pub(super) fn end_tag_line(&self, scan: &Scan<'_>, name: &str) -> Option<usize> {
        let source = scan.text.as_str();
        let blanks = leading_blanks(source.get(scan.at..).unwrap_or(""));
        if blanks > 3 {
            return None;
        }
        let (found, end) = html::end_tag(source, scan.at + blanks)?;
        (*html::canonical(&source[found]) == *name).then_some(end)
    }

    fn html_block(&mut self, parent: BlockId, scan: &Scan<'_>, at: usize) -> BlockId {
        self.add(parent, Kind::Html, scan.id, at..at, at..at)
    }

    fn end_html(&mut self, block: BlockId, scan: &mut Scan<'s>, end: usize, skip_line_end: bool) {
        self.blocks.get_mut(block).set_end(end);
        scan.at = if skip_line_end { after_white_line(scan.text.as_str(), end) } else { end };
    }

    /// Parses an element from its start tag on and returns its end. `raw`: whether the enclosing element contains only
    /// HTML.
    fn element(&mut self, block: BlockId, scan: &mut Scan<'s>, tag: &Tag, at: usize, name: &str, raw: bool) -> usize {
        let text = Rc::clone(&scan.text);
        let source = text.as_str();
        let model = self.content_model(source, tag, name, raw);
        self.start_tag(block, scan, tag, at);
        if tag.self_closing || html::is_void(name) {
            return tag.end;
        }
        if matches!(name, "script" | "style") {
            return self.raw_text(block, scan, tag, name);
        }
        if self.depth >= MAX_ELEMENTS {
            self.markup(block, scan, tag.end..source.len());
            return source.len();
        }
        self.depth += 1;
        let end = match model {
            Model::Block => self.block_content(block, scan, tag, name),
            Model::Span => self.span_content(block, scan, tag, name),
            Model::Raw => self.raw_content(block, scan, tag, name),
        };
        self.depth -= 1;
        end
    }

    fn content_model(&self, source: &str, tag: &Tag, name: &str, raw: bool) -> Model {
        let default = html::model(name);
        match tag.markdown.as_ref().map(|(_, value)| &source[value.clone()]) {
            Some("1") => default,
            Some("block") => Model::Block,
            Some("span") => Model::Span,
            Some("0") => Model::Raw,
            _ if self.options.parse_block_html && !raw => default,
            _ => Model::Raw,
        }
    }

    fn start_tag(&mut self, block: BlockId, scan: &Scan<'_>, tag: &Tag, at: usize) {
        match &tag.markdown {
            None => self.markup(block, scan, at..tag.end),
            Some((written, _)) => {
                let kind = Kind::MarkupWithout { from: written.start as u32, to: written.end as u32 };
                self.blocks.push(block, Block::new(kind, scan.id, at..tag.end, at..tag.end));
            }
        }
    }

    /// Parses the content of `<script>` and `<style>`, up to the end tag.
    fn raw_text(&mut self, block: BlockId, scan: &Scan<'_>, tag: &Tag, name: &str) -> usize {
        let source = scan.text.as_str();
        match html::find_end_tag(source, tag.end, name) {
            Some((_, end)) => {
                self.markup(block, scan, tag.end..end);
                end
            }
            None => {
                self.markup(block, scan, tag.end..source.len());
                self.left_open(block, scan, tag);
                source.len()
            }
        }
    }

    fn block_content(&mut self, block: BlockId, scan: &mut Scan<'s>, tag: &Tag, name: &str) -> usize {
        let before = scan.at;
        scan.at = after_white_line(scan.text.as_str(), tag.end);
        let group = self.blocks.push(block, Block::new(Kind::Root, scan.id, tag.end..tag.end, tag.end..tag.end));
        let pending = std::mem::take(&mut self.pending);
        let found = self.read_blocks(group, scan, Some(name));
        self.pending = pending;
        let end = scan.at;
        scan.at = before;
        if found {
            let start = scan.text.as_str()[..end].rfind("</").unwrap_or(end);
            self.markup(block, scan, start..end);
        } else {
            self.left_open(block, scan, tag);
        }
        end
    }

    fn span_content(&mut self, block: BlockId, scan: &Scan<'_>, tag: &Tag, name: &str) -> usize {
        let source = scan.text.as_str();
        let found = html::find_end_tag(source, tag.end, name);
        let (inside, end) = found.unwrap_or((source.len(), source.len()));
        self.blocks.push(block, Block::new(Kind::Inline, scan.id, tag.end..inside, tag.end..inside));
        match found {
            Some(_) => self.markup(block, scan, inside..end),
            None => self.left_open(block, scan, tag),
        }
        end
    }

    /// Parses HTML without Markdown: tags are matched, everything else is text.
    fn raw_content(&mut self, block: BlockId, scan: &mut Scan<'s>, tag: &Tag, name: &str) -> usize {
        let text = Rc::clone(&scan.text);
        let source = text.as_str();
        let mut raw = RawHtml::new(tag, name);
        while let Some(found) = memchr::memchr2(b'<', b'&', source.as_bytes().get(raw.at..).unwrap_or_default()) {
            raw.at += found;
            let at = raw.at;
            if source.as_bytes()[at] == b'&' {
                if !html::is_reference(&source[at..]) {
                    self.characters(block, scan, &mut raw.from, at..at + 1);
                }
                raw.at += 1;
                continue;
            }
            self.unread_markdown(&text, &mut raw, at);
            if let Some(end) = self.verbatim(scan, source, at) {
                raw.at = end;
            } else if let Some(end) = self.template_end(&text, at) {
                self.markup(block, scan, raw.from..at);
                self.blocks.push(block, Block::new(Kind::Template, scan.id, at..end, at..end));
                raw.at = end;
                raw.from = end;
            } else if let Some(tag) = html::start_tag(source, at) {
                self.nested(block, scan, source, tag, &mut raw);
            } else if let Some((closing, end)) = html::end_tag(source, at) {
                if self.closing(block, scan, &mut raw, &source[closing], end) {
                    return end;
                }
            } else {
                let looks_like_tag = source
                    .as_bytes()
                    .get(at + 1)
                    .is_some_and(|byte| byte.is_ascii_alphabetic() || b"/!?".contains(byte));
                if looks_like_tag {
                    self.characters(block, scan, &mut raw.from, at..at + 1);
                }
                raw.at += 1;
            }
            raw.text_from = raw.at;
        }
        self.unread_markdown(&text, &mut raw, source.len());
        self.markup(block, scan, raw.from..source.len());
        for (tag, _) in raw.open.into_iter().rev() {
            self.left_open(block, scan, &tag);
        }
        source.len()
    }

    /// Parses a start tag inside raw HTML.
    fn nested<'t>(&mut self, block: BlockId, scan: &mut Scan<'s>, source: &'t str, tag: Tag, raw: &mut RawHtml<'t>) {
        let name = html::canonical(&source[tag.name.clone()]);
        if tag.markdown.is_none() && !matches!(&*name, "script" | "style") {
            raw.at = tag.end;
            if !tag.self_closing && !html::is_void(&name) {
                raw.opaque += usize::from(is_opaque(&name));
                raw.open.push((tag, name));
            }
            return;
        }
        self.markup(block, scan, raw.from..raw.at);
        raw.at = self.element(block, scan, &tag, raw.at, &name, true);
        raw.from = raw.at;
    }

    /// Parses an end tag inside raw HTML. Returns whether it closes the outermost element. An unmatched end tag is
    /// text.
    fn closing(&mut self, block: BlockId, scan: &Scan<'s>, raw: &mut RawHtml<'_>, name: &str, end: usize) -> bool {
        let matches = raw.open.last().is_some_and(|(_, open)| *html::canonical(name) == **open);
        if !matches {
            self.note(ParseNoteKind::StrayEndTag, scan.text.span(raw.at..end));
            self.characters(block, scan, &mut raw.from, raw.at..end);
        } else if let Some((_, name)) = raw.open.pop() {
            raw.opaque -= usize::from(is_opaque(&name));
        }
        raw.at = end;
        if raw.open.is_empty() {
            self.markup(block, scan, raw.from..end);
        }
        raw.open.is_empty()
    }

    /// Adds notes for text before `end` that resembles Markdown.
    fn unread_markdown(&mut self, text: &Text<'_>, raw: &mut RawHtml<'_>, end: usize) {
        if raw.opaque == 0 && raw.text_from < end {
            let around_tags = raw.bold_around_tags(text.as_str(), end);
            for found in around_tags.into_iter().chain(unread::markdown_in(text.as_str(), raw.text_from..end)) {
                self.note(ParseNoteKind::MarkdownInHtml, text.span(found));
            }
        }
    }

    /// The end of the comment or processing instruction at `at`, inside raw HTML.
    fn verbatim(&self, scan: &mut Scan<'_>, source: &str, at: usize) -> Option<usize> {
        let rest = source.get(at..)?;
        if rest.starts_with("<?") {
            return instruction_end(scan, source, at);
        }
        rest.starts_with("<!--").then(|| comment_end(scan, source, at)).flatten()
    }

    fn markup(&mut self, block: BlockId, scan: &Scan<'_>, range: Range<usize>) {
        if !range.is_empty() {
            self.blocks.push(block, Block::new(Kind::Markup, scan.id, range.clone(), range));
        }
    }

    /// Adds the markup before `range` as a block, and `range`, which resembles a tag, as text.
    fn characters(&mut self, block: BlockId, scan: &Scan<'_>, from: &mut usize, range: Range<usize>) {
        self.markup(block, scan, *from..range.start);
        *from = range.end;
        self.blocks.push(block, Block::new(Kind::Characters, scan.id, range.clone(), range));
    }

    /// Ends an element without an end tag at the end of the text.
    fn left_open(&mut self, block: BlockId, scan: &Scan<'_>, tag: &Tag) {
        self.note(ParseNoteKind::UnclosedHtmlBlock, scan.text.span(tag.name.start - 1..tag.end));
        let end = scan.text.as_str().len();
        self.blocks.push(block, Block::new(Kind::ImpliedEnd, scan.id, end..end, tag.name.clone()));
    }
}

/// The end of the comment that starts at `at`.
fn comment_end(scan: &mut Scan<'_>, source: &str, at: usize) -> Option<usize> {
    if scan.no_comment_end {
        return None;
    }
    let found = memchr::memmem::find(source.as_bytes().get(at + 4..)?, b"-->");
    scan.no_comment_end = found.is_none();
    found.map(|found| at + 4 + found + 3)
}

/// The end of the processing instruction that starts at `at`.
fn instruction_end(scan: &mut Scan<'_>, source: &str, at: usize) -> Option<usize> {
    if scan.no_instruction_end {
        return None;
    }
    let found = memchr::memmem::find(source.as_bytes().get(at + 2..)?, b"?>");
    scan.no_instruction_end = found.is_none();
    found.map(|found| at + 2 + found + 2)
}

/// The offset after the next line ending, if only whitespace precedes it; otherwise `at`.
fn after_white_line(source: &str, at: usize) -> usize {
    let rest = source.as_bytes().get(at..).unwrap_or_default();
    match rest.iter().position(|&byte| byte == b'\n' || !is_space(byte)) {
        Some(white) if rest[white] == b'\n' => at + white + 1,
        Some(_) => at,
        None => source.len(),
    }
}
