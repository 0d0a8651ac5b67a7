//! The path of a value in the front matter, in readable notation, and its position.

use crate::schema::compile::escaped;
use crate::source::Span;
use std::rc::Rc;

/// Maximum length in bytes of a key in a path, and of a path: every violation contains a path.
const MAX_NAME: usize = 200;
const MAX_PATH: usize = 600;

/// The position and the path of a subject.
#[derive(Clone)]
pub(super) struct At {
    pub(super) span: Span,
    /// The key to report if a key is missing inside the subject: its own key, or the first key for an item of a list.
    pub(super) key: Span,
    pub(super) path: Rc<str>,
    pub(super) depth: usize,
}

impl At {
    /// The front matter as a whole, which has no span of its own.
    pub(super) fn root(fence: Span) -> At {
        At { span: fence, key: fence, path: Rc::from(""), depth: 0 }
    }

    pub(super) fn inside(&self, name: &str, span: Span, key: Span) -> At {
        let name = name.get(..name.floor_char_boundary(MAX_NAME)).unwrap_or(name);
        let path = format!("{}/{}", self.path, escaped(name));
        // Shorten a long path at the start, because its end is more specific.
        let end = path.get(path.ceil_char_boundary(path.len().saturating_sub(MAX_PATH))..).unwrap_or("");
        let path = if end.len() < path.len() { Rc::from(format!("/…{end}")) } else { Rc::from(path) };
        At { span, key, path, depth: self.depth + 1 }
    }
}

/// Formats a path: `categories[1]`, `image.path`.
pub(super) fn named(path: &str) -> String {
    if path.is_empty() {
        return "the front matter".to_owned();
    }
    let mut name = String::new();
    for part in path.split('/').skip(1) {
        let part = part.replace("~1", "/").replace("~0", "~");
        match part.parse::<usize>() {
            Ok(index) if !name.is_empty() => name.push_str(&format!("[{index}]")),
            _ if name.is_empty() => name.push_str(&part),
            _ => name.push_str(&format!(".{part}")),
        }
    }
    format!("`{name}`")
}
