//! Headers: `# text` and text underlined by `===` or `---`.
//!
//! In kramdown 2.4: `parser/kramdown/header.rb`, `parse_atx_header` and `parse_setext_header`.

use crate::document::read::kramdown::attributes::AttributeList;
use crate::document::read::kramdown::block::{Reader, Scan};
use crate::document::read::kramdown::blocks::{BlockId, Kind};
use crate::document::read::kramdown::lines::{is_blank, is_blank_byte, line, line_end, trim};
use std::ops::Range;
use std::rc::Rc;

impl<'s> Reader<'s> {
    pub(super) fn atx_header(&mut self, parent: BlockId, scan: &mut Scan<'s>, line: &str) -> bool {
        if !is_atx(line, self.options.gfm) || !(self.options.gfm || self.after_boundary(parent)) {
            return false;
        }
        let level = line.bytes().take_while(|&byte| byte == b'#').count().min(6);
        let content = scan.at + level..scan.at + line.len();
        self.header(parent, scan, level as u8, content, scan.at + line.len(), true);
        scan.at = line_end(scan.text.as_str(), scan.at);
        true
    }

    /// Parses a header whose underline is on the line that starts at `second`.
    pub(super) fn setext_header(&mut self, parent: BlockId, scan: &mut Scan<'s>, first: &str, second: usize) -> bool {
        let text = Rc::clone(&scan.text);
        let source = text.as_str();
        let level = match source.as_bytes().get(second) {
            Some(b'=') => 1,
            Some(b'-') => 2,
            _ => return false,
        };
        let underline = line(source, second);
        let marks = underline.bytes().take_while(|&byte| byte == underline.as_bytes()[0]).count();
        if !is_blank(underline.get(marks..).unwrap_or("")) || !self.after_boundary(parent) {
            return false;
        }
        let content = scan.at..scan.at + first.len();
        self.header(parent, scan, level, content, second + marks, false);
        scan.at = line_end(source, second);
        true
    }

    fn header(
        &mut self,
        parent: BlockId,
        scan: &mut Scan<'s>,
        level: u8,
        content: Range<usize>,
        end: usize,
        closing_marks: bool,
    ) {
        let text = Rc::clone(&scan.text);
        let source = text.as_str();
        let mut content = trim(source, content);
        let id = written_id(&source[content.clone()]);
        if let Some((name, before)) = &id {
            let name = content.start + name.start..content.start + name.end;
            content.end = content.start + before;
            let list = self.keep_list(AttributeList::of_id(&text, name));
            self.pending.insert(0, list);
        }
        if closing_marks {
            content = without_closing_marks(source, content);
        }
        self.push_with(parent, Kind::Heading(level), scan, end, trim(source, content));
    }
}

/// Whether the line is one to six `#` followed by text. GitHub's dialect requires whitespace in between.
pub(super) fn is_atx(line: &str, gfm: bool) -> bool {
    let marks = line.bytes().take_while(|&byte| byte == b'#').count();
    if marks == 0 {
        return false;
    }
    let rest = line.get(marks.min(6)..).unwrap_or("");
    if gfm { marks <= 6 && rest.bytes().next().is_some_and(is_blank_byte) && !is_blank(rest) } else { !is_blank(rest) }
}

/// `{#id}` at the end of a header's text: the range of the id and the end of the text before it.
fn written_id(content: &str) -> Option<(Range<usize>, usize)> {
    let inside = content.strip_suffix('}')?;
    let open = inside.rfind("{#")?;
    let id = inside.get(open + 2..)?;
    let first = id.chars().next()?;
    let valid = (first.is_alphabetic() || first == '_')
        && id.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | ':' | '-' | '.'));
    let before = content.get(..open)?;
    let trimmed = before.trim_end_matches([' ', '\t']);
    (valid && trimmed.len() < before.len()).then_some((open + 2..open + 2 + id.len(), trimmed.len()))
}

/// The range of the text of `## text ##`, without the closing marks.
fn without_closing_marks(source: &str, content: Range<usize>) -> Range<usize> {
    let slice = source.get(content.clone()).unwrap_or("");
    let open = slice.trim_end_matches('#');
    if open.len() == slice.len() || open.ends_with('\\') {
        return content;
    }
    content.start..content.start + open.len()
}
