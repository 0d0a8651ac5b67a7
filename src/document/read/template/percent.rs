//! EJS (<https://ejs.co/#docs>): `<%= value %>`, `<%- markup %>`, `<% code %>`, `<%# comment %>`; `<%%` prints `<%`.
//! The layouts of most themes of Hexo are written in it.

use crate::document::read::template::cursor::Cursor;
use crate::document::read::template::region::{Region, Shape};
use crate::source::Span;

/// Finds the templates in `text` from `from` on.
pub(super) fn scan(text: &str, from: usize) -> Vec<Region> {
    let text = text.as_bytes();
    let (mut opens, mut closes) = (Cursor::new("<%"), Cursor::new("%>"));
    let mut regions = Vec::new();
    let mut at = from;
    while let Some(open) = opens.find(text, at) {
        let shape = match text.get(open + 2) {
            Some(b'%') => {
                at = open + 3;
                continue;
            }
            Some(b'=' | b'-') => Shape::Value,
            _ => Shape::Tag,
        };
        let Some(close) = closes.find(text, open + 2) else { break };
        at = close + 2;
        regions.push(Region { span: Span::of(open..at), shape });
    }
    regions
}
