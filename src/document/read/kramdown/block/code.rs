//! Code blocks: indented and fenced.
//!
//! In kramdown 2.4: `parser/kramdown/codeblock.rb`, `parse_codeblock` and `parse_codeblock_fenced`.

use crate::document::read::kramdown::block::{Reader, Scan, extension, is_end_of_block};
use crate::document::read::kramdown::blocks::{BlockId, Kind};
use crate::document::read::kramdown::html;
use crate::document::read::kramdown::lines::{
    code_indent, is_blank, is_space, leading_blanks, leading_white, line, line_end, split_line, unindented,
};
use crate::document::read::kramdown::text::{Text, TextBuilder};
use std::rc::Rc;

impl<'s> Reader<'s> {
    pub(super) fn indented_code(&mut self, parent: BlockId, scan: &mut Scan<'s>) {
        let text = Rc::clone(&scan.text);
        let end = code_end(&text, scan.at);
        let code = dedented(&text, scan.at, end);
        let range = scan.at..end;
        scan.at = end;
        let id = self.texts.len() as u32;
        let all = 0..code.as_str().len();
        self.texts.push(Rc::new(code));
        // The range of this block refers to the enclosing text; a child block refers to the code, a text of its own.
        let block = self.add(parent, Kind::Code { language: (0, 0) }, scan.id, range, 0..0);
        let inside = crate::document::read::kramdown::blocks::Block::new(Kind::Raw, id, all.clone(), all);
        self.blocks.push(block, inside);
    }

    pub(super) fn fenced_code(&mut self, parent: BlockId, scan: &mut Scan<'s>, first: &str) -> bool {
        let text = Rc::clone(&scan.text);
        let source = text.as_str();
        let blanks = leading_blanks(first);
        if !self.options.gfm && blanks > 0 {
            return false;
        }
        let body = first.get(blanks..).unwrap_or("");
        let start = line_end(source, scan.at);
        // If no line closes the fence, a shorter one is tried: the remaining marks then belong to the language.
        let mut longest = usize::MAX;
        let (fence, end) = loop {
            let unclosed = &mut scan.unclosed_fences[usize::from(body.starts_with('~'))];
            longest = longest.min(unclosed.saturating_sub(1));
            let Some(fence) = Fence::open(body, longest, self.options.gfm) else { return false };
            match fence.closing_line(source, start, self.options.gfm) {
                Ok(end) => break (fence, end),
                Err(longest_there) => *unclosed = (longest_there + 1).min(*unclosed),
            }
        };
        let base = scan.at + blanks;
        let language = ((base + fence.language.0) as u32, (base + fence.language.1) as u32);
        let line_end = line_end(source, end);
        let block = self.push_with(parent, Kind::Code { language }, scan, line_end, start..end);
        let closing = line(source, end);
        self.blocks.get_mut(block).set_end(end + closing.trim_end().len());
        true
    }
}

/// The opening line of a fenced code block.
struct Fence {
    mark: u8,
    len: usize,
    /// Byte range of the language, relative to the end of the opening line's indentation.
    language: (usize, usize),
}

impl Fence {
    /// Parses an opening line. The fence has at most `longest` marks.
    fn open(body: &str, longest: usize, gfm: bool) -> Option<Fence> {
        let mark = *body.as_bytes().first().filter(|&&mark| mark == b'~' || (gfm && mark == b'`'))?;
        let len = body.bytes().take(longest).take_while(|&byte| byte == mark).count();
        if len < 3 {
            return None;
        }
        let info = body.get(len..)?;
        let start = len + leading_white(info);
        let word = body.get(start..)?.trim_end();
        let end = start + word.len();
        // A parameter after `?` does not belong to the language.
        let language = word.char_indices().skip(1).find(|&(_, c)| c == '?').map_or(end, |(at, _)| start + at);
        (!word.bytes().any(is_space)).then_some(Fence { mark, len, language: (start, language) })
    }

    /// The start of the line that closes the fence. If there is none, `Err` with the number of marks of the longest
    /// line that is too short.
    fn closing_line(&self, source: &str, start: usize, gfm: bool) -> Result<usize, usize> {
        let mut at = start;
        let mut longest = 0;
        while at < source.len() {
            let (line, end) = split_line(source, at);
            let marks = self.closing_marks(line, gfm);
            if marks >= self.len {
                return Ok(at);
            }
            longest = longest.max(marks);
            at = end;
        }
        Err(longest)
    }

    /// The number of marks on a line that could close a fence.
    fn closing_marks(&self, line: &str, gfm: bool) -> usize {
        let blanks = leading_blanks(line);
        let body = line.get(blanks..).unwrap_or("");
        let marks = body.bytes().take_while(|&byte| byte == self.mark).count();
        let alone = blanks <= if gfm { 3 } else { 0 } && is_blank(body.get(marks..).unwrap_or(""));
        if alone { marks } else { 0 }
    }
}

/// Whether the line starts with a fence, which ends a paragraph.
pub(super) fn starts_fence(body: &str) -> bool {
    body.starts_with("```") || body.starts_with("~~~")
}

/// The end of the indented lines from `at` on, with the lazy continuation lines after them, without trailing blank
/// lines.
pub(super) fn code_end(text: &Text<'_>, at: usize) -> usize {
    let source = text.as_str();
    let (mut at, mut end) = (at, at);
    let mut lazy = false;
    while at < source.len() {
        let (line, next) = split_line(source, at);
        if is_blank(line) {
            lazy = false;
        } else if code_indent(line).is_some() {
            lazy = true;
            end = next;
        } else if lazy && !ends_code(source, at, line) {
            end = next;
        } else {
            break;
        }
        at = next;
    }
    end
}

fn ends_code(source: &str, at: usize, line: &str) -> bool {
    let Some(body) = unindented(line) else { return false };
    extension::is_attribute_list_line(line)
        || is_end_of_block(line)
        || html::ends_lazy(source.get(at + line.len() - body.len()..).unwrap_or(""))
}

/// The lines without their indentation. A lazy continuation line is joined to the previous line.
fn dedented<'s>(text: &Text<'s>, start: usize, end: usize) -> Text<'s> {
    let source = text.as_str();
    let mut built = TextBuilder::default();
    let mut at = start;
    while at < end {
        let next = line_end(source, at).min(end);
        let line = line(source, at);
        let indent = code_indent(line).unwrap_or(0);
        let follows = source.get(next..end).filter(|rest| !rest.is_empty());
        let joins = !is_blank(line)
            && follows.is_some_and(|_| {
                let after = self::line(source, next);
                code_indent(after).is_none() && !is_blank(after)
            });
        let lazy = indent == 0 && !is_blank(line);
        let from = at + if lazy { leading_white(line) } else { indent.min(line.len()) };
        if joins {
            built.push(text, from..at + line.trim_end().len().max(from - at));
            built.push_blanks(1, text.position(at + line.len()));
        } else {
            built.push(text, from..next);
        }
        at = next;
    }
    built.finish()
}
