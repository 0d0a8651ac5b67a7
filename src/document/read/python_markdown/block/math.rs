//! Formulas that are blocks: `$$`, `\[` and `\begin` (`BlockArithmatexProcessor` in `pymdownx/arithmatex.py`).

use super::Parser;
use crate::document::read::python_markdown::lines::Block;
use crate::document::read::python_markdown::tree::{Node, NodeId};
use std::ops::Range;

impl Parser<'_> {
    pub(super) fn math(&mut self, parent: NodeId, block: &Block) -> bool {
        let begins = |line| ["$$", "\\[", "\\begin{"].iter().any(|mark| self.buffer.line(line).starts_with(mark));
        if !block.line(0).is_some_and(begins) {
            return false;
        }
        let text = self.buffer.joined(block.lines());
        let Some(inside) = formula(text.as_str()) else { return false };
        let content = text.slice(inside);
        let span = self.span_of(block.lines()).unwrap_or_default();
        let mut node = Node::named("div", span);
        node.set("class", "arithmatex");
        if self.options.arithmatex.is_some_and(|options| options.generic) {
            node.text = Some(self.wrapped_math(&content, ("\\[", "\\]")));
        } else {
            let mut preview = Node::named("div", content.whole());
            preview.set("class", "MathJax_Preview");
            preview.text = Some(content.clone().atomic());
            let mut script = Node::named("script", content.whole());
            script.set("type", "math/tex; mode=display");
            script.text = Some(content.atomic());
            for child in [preview, script] {
                let child = self.nodes.detached(child);
                node.children.push(child);
            }
        }
        self.nodes.push(parent, node);
        true
    }
}

/// The formula that is all of the text.
fn formula(text: &str) -> Option<Range<usize>> {
    let bare = text.trim_end_matches(' ');
    let between = |open: &str, close: &str| {
        let inside = bare.strip_prefix(open)?.strip_suffix(close)?;
        let is_one = !inside.is_empty() && !escaped_find(inside, close);
        is_one.then(|| open.len()..open.len() + inside.len())
    };
    if bare.starts_with("\\begin{") {
        let name = bare.strip_prefix("\\begin{")?.split('}').next()?;
        let is_name = !name.is_empty() && name.trim_end_matches('*').bytes().all(|byte| byte.is_ascii_lowercase());
        return (is_name && bare.ends_with(&format!("\\end{{{name}}}"))).then_some(0..bare.len());
    }
    between("$$", "$$").or_else(|| between("\\[", "\\]"))
}

/// Whether the mark occurs outside of an escape.
fn escaped_find(text: &str, mark: &str) -> bool {
    let mut at = 0;
    while let Some(rest) = text.get(at..).filter(|rest| !rest.is_empty()) {
        if rest.starts_with(mark) {
            return true;
        }
        let is_escape = rest.starts_with('\\');
        at += rest.chars().take(1 + usize::from(is_escape)).map(char::len_utf8).sum::<usize>();
    }
    false
}
