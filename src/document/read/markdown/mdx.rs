//! Blocks that MDX reads otherwise than CommonMark: it has no indented code, and Markdown may follow a tag without a blank
//! line. <https://mdxjs.com/docs/what-is-mdx/#markdown>

use crate::document::read::markdown::Reader;
use crate::document::tree::build::Build;
use crate::place::dialect::Dialect;
use crate::source::Span;
use pulldown_cmark::{CodeBlockKind, CowStr, TagEnd};
use std::ops::Range;

/// Elements whose content is not Markdown, and those in which a line of text is not a paragraph.
const WITHOUT_BLOCKS: [&str; 20] = [
    "pre", "script", "style", "textarea", "svg", "p", "h1", "h2", "h3", "h4", "h5", "h6", "a", "span", "summary",
    "button", "label", "em", "strong", "code",
];

impl<'a, B: Build> Reader<'a, B> {
    /// Whether an HTML block has lines of Markdown between lines of whole tags. In quotes and lists, lines have marks before
    /// them: such blocks are left to CommonMark.
    pub(super) fn is_mixed_block(&self, block: &Range<usize>) -> bool {
        if self.dialect != Dialect::Mdx || self.depth > 0 || self.open_svgs > 0 {
            return false;
        }
        let inside = self.text.get(block.clone()).unwrap_or("");
        let mut lines = inside.lines().map(str::trim).filter(|line| !line.is_empty());
        let is_text = |line: &str| !line.contains(['<', '>', '{', '}']);
        let is_marked =
            |line: &str| tagged(line).is_some_and(|text| line.get(text).is_some_and(|it| it.contains(MARKS)));
        lines.clone().any(|line| is_text(line) || is_marked(line))
            && lines.all(|line| is_text(line) || is_line_of_tags(line) || tagged(line).is_some())
    }

    /// Parses the lines of Markdown in a mixed block, and the tags around them.
    pub(super) fn mixed_block(&mut self, block: Range<usize>) {
        let Some(inside) = self.text.get(block.clone()) else { return };
        let mut at = block.start;
        let mut part: Option<(bool, usize)> = None;
        for line in inside.split_inclusive('\n') {
            let is_tags = line.trim_start().starts_with('<');
            if let Some((of_tags, start)) = part.filter(|(of_tags, _)| *of_tags != is_tags) {
                self.mixed_part(of_tags, start..at);
                part = None;
            }
            part = part.or(Some((is_tags, at)));
            at += line.len();
        }
        if let Some((of_tags, start)) = part {
            self.mixed_part(of_tags, start..at);
        }
    }

    fn mixed_part(&mut self, of_tags: bool, part: Range<usize>) {
        if !of_tags {
            return self.unindented(part);
        }
        let Some(inside) = self.text.get(part.clone()) else { return };
        let (mut at, mut emitted) = (part.start, part.start);
        for line in inside.split_inclusive('\n') {
            if let Some(text) = tagged(line) {
                self.read(emitted..at + text.start);
                self.is_in_tags = true;
                self.read(at + text.start..at + text.end);
                self.is_in_tags = false;
                emitted = at + text.end;
            }
            at += line.len();
        }
        self.read(emitted..part.end);
    }

    /// Parses indented lines, without the indentation of the first line of each paragraph and of all lines of code.
    pub(super) fn unindented(&mut self, block: Range<usize>) {
        let Some(inside) = self.text.get(block.clone()) else { return };
        let mut at = block.start;
        let mut paragraph = None;
        let mut lines = inside.split_inclusive('\n');
        while let Some(line) = lines.next() {
            let start = at;
            at += line.len();
            if let Some(fence) = Fence::of(line) {
                paragraph.take().into_iter().for_each(|from| self.read(from..start));
                let content = at;
                let mut end = at;
                for line in lines.by_ref() {
                    (end, at) = (at, at + line.len());
                    if fence.is_closed_by(line) {
                        break;
                    }
                    end = at;
                }
                self.fenced(&fence, start..at, content..end);
            } else if line.trim().is_empty() {
                paragraph.take().into_iter().for_each(|from| self.read(from..start));
            } else if paragraph.is_none() {
                paragraph = Some(at - line.trim_start().len());
            }
        }
        paragraph.into_iter().for_each(|from| self.read(from..at));
    }

    /// Emits code between fences.
    fn fenced(&mut self, fence: &Fence<'a>, block: Range<usize>, content: Range<usize>) {
        self.flush();
        let span = |range: &Range<usize>| Span::new(self.base + range.start as u32, self.base + range.end as u32);
        let start = block.start + fence.indent;
        let end = start + self.text.get(start..block.end).map_or(0, |written| written.trim_end().len());
        let (written, at) = (span(&(start..end)), Span::empty(self.base + end as u32));
        self.open_code_block(&CodeBlockKind::Fenced(CowStr::Borrowed(fence.info)), written);
        let mut at_line = content.start;
        for line in self.text.get(content).unwrap_or("").split_inclusive('\n') {
            let indent = fence.indent.min(line.len() - line.trim_start_matches([' ', '\t']).len());
            self.verbatim(Span::new(self.base + (at_line + indent) as u32, self.base + (at_line + line.len()) as u32));
            at_line += line.len();
        }
        self.end(TagEnd::CodeBlock, at);
    }
}

/// The line that opens a block of code.
struct Fence<'t> {
    mark: u8,
    len: usize,
    indent: usize,
    info: &'t str,
}

impl<'t> Fence<'t> {
    fn of(line: &'t str) -> Option<Self> {
        let text = line.trim_start_matches([' ', '\t']);
        let mark = text.bytes().next().filter(|byte| matches!(byte, b'`' | b'~'))?;
        let len = text.bytes().take_while(|byte| *byte == mark).count();
        let info = text.get(len..)?.trim();
        (len >= 3 && !(mark == b'`' && info.contains('`'))).then_some(Fence {
            mark,
            len,
            indent: line.len() - text.len(),
            info,
        })
    }

    fn is_closed_by(&self, line: &str) -> bool {
        let text = line.trim();
        text.len() >= self.len && text.bytes().all(|byte| byte == self.mark)
    }
}

/// Marks of Markdown in a line.
const MARKS: [char; 5] = ['*', '_', '`', '[', '!'];

/// The text of an element that is on one line: `<summary>**More**</summary>`. What would begin a block is not taken.
fn tagged(line: &str) -> Option<Range<usize>> {
    let start = line.len() - line.trim_start().len();
    let name = line.get(start..)?.strip_prefix('<')?;
    let len = name.bytes().take_while(u8::is_ascii_alphanumeric).count();
    let (name, rest) = name.split_at_checked(len)?;
    let open = start + 1 + len + rest.find('>')? + 1;
    let close = line.trim_end().strip_suffix(&format!("</{name}>"))?.len();
    let text = line.get(open..close)?;
    let is_verbatim =
        ["pre", "script", "style", "textarea", "svg", "code"].iter().any(|it| name.eq_ignore_ascii_case(it));
    let begins = text.starts_with(|c: char| c.is_alphanumeric() || matches!(c, '[' | '`' | '"' | '(') || !c.is_ascii())
        || text.starts_with("**")
        || text.starts_with("![");
    let is_number = text.starts_with(|c: char| c.is_ascii_digit());
    (!name.is_empty() && !is_verbatim && begins && !is_number && !text.contains(['<', '>', '{', '}']))
        .then_some(open..close)
}

/// Whether the line consists of whole tags, none of which has text only.
fn is_line_of_tags(line: &str) -> bool {
    let mut rest = line;
    while let Some(after) = rest.strip_prefix('<') {
        let name = after.strip_prefix('/').unwrap_or(after);
        let len = name.bytes().take_while(|byte| byte.is_ascii_alphanumeric() || *byte == b'-').count();
        let name = name.get(..len).unwrap_or("").to_ascii_lowercase();
        let Some(end) = after.find('>').filter(|_| !name.is_empty() && !WITHOUT_BLOCKS.contains(&name.as_str())) else {
            return false;
        };
        if after.get(..end).is_some_and(|tag| tag.contains('<')) {
            return false;
        }
        rest = after.get(end + 1..).unwrap_or("").trim_start();
    }
    rest.is_empty()
}
