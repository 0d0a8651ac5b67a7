//! Line ends after breaks, and what is left of code at its end (`PrettifyTreeprocessor`). Whitespace between blocks is left
//! out: no rule sees it.

use crate::document::read::python_markdown::block::Parser;
use crate::document::read::python_markdown::text::Text;
use crate::document::read::python_markdown::tree::Nodes;
use crate::source::Span;

pub(super) fn tidy(parser: &mut Parser<'_>) {
    for id in parser.nodes.descendants(Nodes::ROOT) {
        if parser.nodes.tag(id) == "br" {
            let node = parser.nodes.get_mut(id);
            let end = node.span.map_or(0, |span| span.end);
            let mut tail = Text::of("\n", Span::empty(end));
            if let Some(rest) = node.tail.take().filter(|rest| !rest.as_str().trim().is_empty()) {
                tail.push_all(&rest);
            }
            node.tail = Some(tail);
        }
        let Some(code) = parser.nodes.code_of(id) else { continue };
        let node = parser.nodes.get_mut(code);
        if node.children.is_empty()
            && let Some(text) = &mut node.text
        {
            let bare = text.as_str().trim_end().len();
            text.truncate(bare);
            let end = text.whole().end;
            text.push_str("\n", Span::empty(end));
        }
    }
}
