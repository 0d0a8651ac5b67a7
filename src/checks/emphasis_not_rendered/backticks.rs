//! Backticks that do not match, so that they are printed.

use crate::checks::emphasis_not_rendered::block_of;
use crate::diagnostic::{Fix, Safety};
use crate::document::ask::prose;
use crate::document::edit::element;
use crate::document::{Document, Node};
use crate::rule::Finding;
use crate::source::Span;
use crate::words::counted;

/// Maximum length in bytes of code between backticks that do not match.
const MAX_CODE: usize = 80;

/// Words between two backticks and one, or the other way round. Code ends at as many backticks as it begins with, so both are
/// printed.
pub fn unequal(document: &Document<'_>) -> Vec<Finding> {
    let source = document.source.text();
    let mut found = Vec::new();
    let has_backtick = |node: &Node<'_>| memchr::memchr(b'`', node.text().as_bytes()).is_some();
    for node in document.tree.text_nodes().filter(has_backtick) {
        let text = node.text();
        if !text.contains("``") || block_of(node).is_none() || !prose::is_prose(node) {
            continue;
        }
        let offsets = node.written_offsets();
        let mut runs = runs_in(text).into_iter().peekable();
        while let Some((at, len)) = runs.next() {
            let Some(&(next, next_len)) = runs.peek() else { break };
            let code = text.get(at + len..next).unwrap_or("");
            let is_code = !code.is_empty() && code.len() <= MAX_CODE && code.trim() == code && !code.contains('\n');
            let (Some(start), Some(end)) = (offsets.get(at as u32), offsets.get(next as u32)) else { continue };
            let whole = Span::new(start, end + next_len as u32);
            let is_written = text.get(at..next + next_len) == Some(whole.slice(source));
            if !is_code
                || !is_written
                || len + next_len != 3
                || source.as_bytes().get((start as usize).wrapping_sub(1)) == Some(&b'\\')
            {
                continue;
            }
            let spare = if len == 2 { start } else { end };
            let edit = element::delete(Span::new(spare, spare + 1));
            found.push(Finding {
                message: Some("backticks that do not match are rendered as literal characters".to_owned()),
                label: Some(format!("{} before and {} after", counted(len, "backtick"), counted(next_len, "backtick"))),
                help: Some("write as many backticks before the code as after it".to_owned()),
                fix: Some(Fix::new("write one backtick on each side", Safety::Unsafe, [edit]).about(whole)),
                ..Finding::at(whole)
            });
            runs.next();
        }
    }
    found
}

/// The offset and the length of each run of backticks.
fn runs_in(text: &str) -> Vec<(usize, usize)> {
    let mut runs: Vec<(usize, usize)> = Vec::new();
    for at in memchr::memchr_iter(b'`', text.as_bytes()) {
        match runs.last_mut().filter(|(start, len)| start + len == at) {
            Some((_, len)) => *len += 1,
            None => runs.push((at, 1)),
        }
    }
    runs
}
