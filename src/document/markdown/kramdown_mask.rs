//! Makes a CommonMark parser read like kramdown where the two differ most, by masking at equal length: an HTML block
//! runs to its matching end tag, a span-level tag does not start a block, attribute lists (`{: .wide}`) are no text.
//!
//! This is not a kramdown parser; lists, header-less tables and `markdown="1"` are read as CommonMark does.

mod elements;

use crate::source::Span;
use elements::Elements;
use std::borrow::Cow;

/// A body masked for a CommonMark parser.
#[derive(Debug)]
pub(super) struct KramdownMask<'m> {
    /// The file as the parser is to see it.
    pub text: Cow<'m, str>,
    /// What was masked, ascending.
    pub regions: Vec<Region>,
}

/// A masked stretch.
#[derive(Clone, Copy, Debug)]
pub(super) struct Region {
    pub span: Span,
    pub kind: Kind,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// An element from its start tag to its end tag, or a comment: the parser sees an HTML block of one line.
    HtmlBlock,
    /// The tag of a span-level element alone on its line: the parser sees a word.
    SpanTag,
    /// `{: … }`: the parser sees a word, or an HTML block.
    AttributeList,
}

impl<'m> KramdownMask<'m> {
    /// Nothing masked.
    pub(super) fn none(html: &'m str) -> Self {
        KramdownMask { text: Cow::Borrowed(html), regions: Vec::new() }
    }

    /// The regions inside `span`.
    pub(super) fn regions_in(&self, span: Span) -> &[Region] {
        let first = self.regions.partition_point(|region| region.span.start < span.start);
        let rest = self.regions.get(first..).unwrap_or(&[]);
        rest.get(..rest.partition_point(|region| region.span.end <= span.end)).unwrap_or(&[])
    }

    /// The first region that shares a byte with `span`.
    pub(super) fn region_in(&self, span: Span) -> Option<Region> {
        let first = self.regions.partition_point(|region| region.span.end <= span.start);
        self.regions.get(first).copied().filter(|region| region.span.start < span.end)
    }
}

/// Masks the `body` of `html`.
pub(super) fn mask(html: &str, body: Span) -> KramdownMask<'_> {
    let Some(text) = html.get(..body.end as usize) else { return KramdownMask::none(html) };
    let mut masker = Masker { text, elements: None, regions: Vec::new(), masked: Vec::new() };
    masker.lines(body.start as usize);
    if masker.regions.is_empty() {
        return KramdownMask::none(html);
    }
    let Masker { regions, mut masked, .. } = masker;
    masked.extend_from_slice(html.as_bytes().get(masked.len()..).unwrap_or(&[]));
    match String::from_utf8(masked) {
        Ok(text) => KramdownMask { text: Cow::Owned(text), regions },
        Err(_) => KramdownMask::none(html),
    }
}

struct Masker<'t> {
    text: &'t str,
    /// Found when the first block-level tag starts a line.
    elements: Option<Elements>,
    regions: Vec<Region>,
    masked: Vec<u8>,
}

impl Masker<'_> {
    fn lines(&mut self, from: usize) {
        let text = self.text;
        let mut fence: Option<(u8, usize)> = None;
        let mut at = from;
        while let Some(rest) = text.get(at..).filter(|rest| !rest.is_empty()) {
            let line = rest.split('\n').next().unwrap_or("");
            let end = at + line.len();
            let content = line.trim_start_matches(' ');
            let indent = line.len() - content.len();
            let content = content.trim_end();
            if let Some((mark, len)) = fence {
                if content.len() >= len && content.bytes().all(|byte| byte == mark) {
                    fence = None;
                }
            } else if content.starts_with("```") || content.starts_with("~~~") {
                let mark = content.as_bytes()[0];
                fence = Some((mark, content.bytes().take_while(|byte| *byte == mark).count()));
            } else if indent < 4 && content.starts_with('<') {
                if let Some(block_end) = self.tag_line(at + indent, end) {
                    at = block_end;
                    continue;
                }
            } else if content.starts_with("{:") && content.ends_with('}') {
                self.attribute_list_line(Span::of(at + indent..at + indent + content.len()));
            } else if content.contains("{:") {
                self.attribute_lists(Span::of(at..end));
            }
            at = end + 1;
        }
    }

    /// A line that starts with a tag at `at`. When a block was masked, the answer is where to go on.
    fn tag_line(&mut self, at: usize, line_end: usize) -> Option<usize> {
        let text = self.text;
        let name = tag_name(text.get(at..line_end)?);
        if !text.get(at..)?.starts_with("<!--") && (name.is_empty() || !is_block(name)) {
            self.span_tag(name, Span::of(at..line_end));
            return None;
        }
        let elements = self.elements.get_or_insert_with(|| Elements::find(text, at));
        let (tag_end, end) = elements.at(at)?;
        if text.get(at..tag_end)?.contains("markdown=") || end - at < 4 {
            return None;
        }
        let rest_of_line = text.get(end..)?.trim_start_matches([' ', '\t']);
        let is_last = rest_of_line.is_empty() || rest_of_line.starts_with(['\n', '\r']);
        let region = Region { span: Span::of(at..end), kind: Kind::HtmlBlock };
        self.fill(region, |bytes| fill_block(bytes, !is_last));
        Some(if text.as_bytes().get(end) == Some(&b'\n') { end + 1 } else { end })
    }

    /// A span-level tag alone on its line starts a paragraph, not an HTML block.
    fn span_tag(&mut self, name: &str, line: Span) {
        let text = line.slice(self.text);
        if name.is_empty() || text.as_bytes().get(name.len() + 1) == Some(&b':') {
            return;
        }
        let Some(end) = text.find('>').map(|end| end + 1) else { return };
        if text.get(1..end).is_some_and(|inside| inside.contains('<')) {
            return;
        }
        if text.get(end..).is_some_and(|rest| rest.trim().is_empty()) {
            let span = Span::new(line.start, line.start + end as u32);
            self.fill(Region { span, kind: Kind::SpanTag }, |bytes| bytes.fill(b'x'));
        }
    }

    fn attribute_list_line(&mut self, span: Span) {
        self.fill(Region { span, kind: Kind::AttributeList }, |bytes| fill_block(bytes, false));
    }

    /// `{: … }` right after a span.
    fn attribute_lists(&mut self, line: Span) {
        let text = line.slice(self.text);
        let mut at = 0;
        while let Some(start) = text.get(at..).and_then(|rest| rest.find("{:")).map(|found| at + found) {
            let Some(len) = text.get(start..).and_then(|rest| rest.find('}')) else { return };
            at = start + len + 1;
            let before = text.get(..start).unwrap_or("");
            if before.ends_with([')', ']', '*', '_', '`', '>']) {
                let span = Span::new(line.start + start as u32, line.start + at as u32);
                self.fill(Region { span, kind: Kind::AttributeList }, |bytes| bytes.fill(b'x'));
            }
        }
    }

    fn fill(&mut self, region: Region, fill: impl FnOnce(&mut [u8])) {
        let text = self.text.as_bytes();
        let done = self.masked.len();
        self.masked.extend_from_slice(text.get(done..region.span.end as usize).unwrap_or(&[]));
        if let Some(bytes) = self.masked.get_mut(region.span.range()) {
            fill(bytes);
            self.regions.push(region);
        }
    }
}

/// One line that CommonMark takes for an HTML block which ends right there (`<!x…>`). With `cut` the line ends inside,
/// so that what follows starts a new block.
fn fill_block(bytes: &mut [u8], cut: bool) {
    bytes.fill(b'x');
    if cut && let [_, _, _, _, .., last] = bytes {
        *last = b'\n';
    }
    let len = bytes.len() - usize::from(cut && bytes.len() > 4);
    if let Some([first, second, .., last]) = bytes.get_mut(..len) {
        (*first, *second, *last) = (b'<', b'!', b'>');
    }
}

/// The name in `<name` or `</name`.
fn tag_name(tag: &str) -> &str {
    let name = tag.strip_prefix("</").or_else(|| tag.strip_prefix('<')).unwrap_or("");
    let len = name.bytes().take_while(u8::is_ascii_alphanumeric).count();
    name.get(..len).unwrap_or("")
}

/// Elements that kramdown takes for blocks.
const BLOCKS: [&str; 61] = [
    "address",
    "applet",
    "article",
    "aside",
    "audio",
    "blockquote",
    "body",
    "caption",
    "center",
    "col",
    "colgroup",
    "dd",
    "details",
    "div",
    "dl",
    "dt",
    "fieldset",
    "figcaption",
    "figure",
    "footer",
    "form",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "head",
    "header",
    "hgroup",
    "hr",
    "html",
    "iframe",
    "legend",
    "li",
    "main",
    "map",
    "menu",
    "nav",
    "noscript",
    "object",
    "ol",
    "optgroup",
    "option",
    "p",
    "pre",
    "script",
    "section",
    "style",
    "summary",
    "table",
    "tbody",
    "td",
    "textarea",
    "tfoot",
    "th",
    "thead",
    "title",
    "tr",
    "ul",
    "video",
];

fn is_block(name: &str) -> bool {
    BLOCKS.iter().any(|block| block.eq_ignore_ascii_case(name))
}
