//! Formulas: `$x$` and `\(x\)` (`pymdownx/arithmatex.py`).

use super::code::{backslashes, run};
use super::{Cursor, Found, Inline, Step};
use crate::document::read::python_markdown::text::Text;
use crate::document::read::python_markdown::tree::Node;
use std::ops::Range;

impl Inline<'_, '_> {
    pub(super) fn math(&mut self, at: &Cursor<'_>, from: usize) -> Option<Step> {
        let data = at.data;
        let bytes = data.as_str().as_bytes();
        let mut next = from;
        loop {
            let start = next + memchr::memchr2(b'\\', b'$', bytes.get(next..)?)?;
            let is_escaped = at.before(start) == Some('\\');
            if bytes.get(start) == Some(&b'$') {
                next = start + 1;
                if !is_escaped && self.take_fuel(0) {
                    match dollars(data, start) {
                        Ok(inside) => return Some(self.math_node(data, start..inside.end + 1, inside)),
                        Err(read) => {
                            self.take_fuel(read);
                        }
                    }
                }
                continue;
            }
            let count = run(bytes, start, b'\\');
            next = start + count;
            if is_escaped {
                continue;
            }
            let after = bytes.get(start + count);
            let pairs = count - count % 2;
            if count % 2 == 1 && after == Some(&b'(') && count == 1 && self.take_fuel(0) {
                match brackets(data, start + 2) {
                    Ok(inside) => return Some(self.math_node(data, start..inside.end + 2, inside)),
                    Err(read) => {
                        self.take_fuel(read);
                    }
                }
            } else if pairs > 0 && matches!(after, Some(b'$')) && count.is_multiple_of(2) {
                return Some(Step::Replace(start, start + pairs, Found::Text(backslashes(data, start, pairs))));
            }
        }
    }

    fn math_node(&mut self, data: &Text, all: Range<usize>, inside: Range<usize>) -> Step {
        let mut node = Node::named("span", data.span(all.clone()));
        node.set("class", "arithmatex");
        let content = data.slice(inside.clone());
        let generic = self.parser.options.arithmatex.is_some_and(|options| options.generic);
        if generic {
            node.text = Some(self.parser.wrapped_math(&content, ("\\(", "\\)")));
        } else {
            let mut preview = Node::named("span", data.span(inside.clone()));
            preview.set("class", "MathJax_Preview");
            preview.text = Some(content.clone().atomic());
            let mut script = Node::named("script", data.span(inside));
            script.set("type", "math/tex");
            script.text = Some(content.atomic());
            for child in [preview, script] {
                let child = self.nodes().detached(child);
                node.children.push(child);
            }
        }
        Step::Replace(all.start, all.end, Found::Node(self.nodes().detached(node)))
    }
}

/// The formula after the `$` at `start`: no whitespace beside the dollars (`RE_SMART_DOLLAR_INLINE`).
fn dollars(data: &Text, start: usize) -> Result<Range<usize>, usize> {
    let bytes = data.as_str().as_bytes();
    let is_space = |at: usize| data.get(at..data.len()).starts_with(char::is_whitespace);
    if is_space(start + 1) {
        return Err(1);
    }
    let mut at = start + 1;
    while let Some(&byte) = bytes.get(at) {
        match byte {
            b'\\' => at += 1 + data.get(at + 1..data.len()).chars().next().map_or(0, char::len_utf8),
            2 | 3 => break,
            b'$' => {
                let is_spaced = data.get(0..at).ends_with(char::is_whitespace);
                return if at > start + 1 && !is_spaced { Ok(start + 1..at) } else { Err(at - start) };
            }
            _ => at += 1,
        }
    }
    Err(at - start)
}

/// The formula up to `\)`.
fn brackets(data: &Text, start: usize) -> Result<Range<usize>, usize> {
    let bytes = data.as_str().as_bytes();
    let mut at = start;
    while let Some(&byte) = bytes.get(at) {
        match byte {
            b'\\' if bytes.get(at + 1) == Some(&b')') => {
                return if at > start { Ok(start..at) } else { Err(2) };
            }
            b'\\' => at += 1 + data.get(at + 1..data.len()).chars().next().map_or(0, char::len_utf8),
            2 | 3 => break,
            _ => at += 1,
        }
    }
    Err(at - start)
}
