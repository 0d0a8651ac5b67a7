//! Which end tag closes which start tag, by counting the tags of one name: found for a whole text in one pass.

use rustc_hash::FxHashMap;

/// Elements by where they start.
pub(super) struct Elements {
    /// Offset of the start tag → (end of the start tag, end of the element).
    ends: FxHashMap<usize, (usize, usize)>,
}

/// Elements without end tag.
const VOID: [&str; 4] = ["br", "col", "hr", "img"];

impl Elements {
    /// Finds the elements and comments in `text` from `from` on.
    pub(super) fn find(text: &str, from: usize) -> Elements {
        let bytes = text.as_bytes();
        let mut ends = FxHashMap::default();
        let mut open: FxHashMap<String, Vec<(usize, usize)>> = FxHashMap::default();
        let mut no_comment_end = false;
        // Quotes that are never closed must not make every tag read the whole text.
        let mut budget = bytes.len().saturating_mul(16);
        let mut at = from;
        while let Some(found) = bytes.get(at..).and_then(|rest| memchr::memchr(b'<', rest)) {
            let start = at + found;
            at = start + 1;
            let rest = text.get(at..).unwrap_or("");
            if rest.starts_with("!--") {
                let end = if no_comment_end { None } else { rest.find("-->").map(|end| at + end + 3) };
                no_comment_end = end.is_none();
                if let Some(end) = end {
                    ends.insert(start, (end, end));
                    at = end;
                }
                continue;
            }
            let name = super::tag_name(text.get(start..).unwrap_or(""));
            if name.is_empty() {
                continue;
            }
            let tag_end = tag_end(bytes, start + 1 + name.len(), &mut budget);
            let Some(tag_end) = tag_end else { continue };
            at = tag_end;
            let name = name.to_ascii_lowercase();
            let self_closing = bytes.get(tag_end.wrapping_sub(2)) == Some(&b'/');
            if rest.starts_with('/') {
                if let Some((start, start_end)) = open.get_mut(&name).and_then(Vec::pop) {
                    ends.insert(start, (start_end, tag_end));
                }
            } else if self_closing || VOID.contains(&&*name) {
                ends.insert(start, (tag_end, tag_end));
            } else {
                open.entry(name).or_default().push((start, tag_end));
            }
        }
        Elements { ends }
    }

    /// The ends of the start tag and of the element that starts at `at`.
    pub(super) fn at(&self, at: usize) -> Option<(usize, usize)> {
        self.ends.get(&at).copied()
    }
}

/// The offset after the `>` that ends a tag, quotes minded.
fn tag_end(bytes: &[u8], from: usize, budget: &mut usize) -> Option<usize> {
    let mut quote = 0;
    let rest = bytes.get(from..)?;
    let len = rest.iter().take(*budget).position(|&byte| {
        match byte {
            _ if quote != 0 => quote = if byte == quote { 0 } else { quote },
            b'"' | b'\'' => quote = byte,
            b'>' => return true,
            _ => {}
        }
        false
    });
    *budget = budget.saturating_sub(len.unwrap_or(rest.len()));
    len.map(|len| from + len + 1)
}
