//! References to links and footnotes (`ReferenceInlineProcessor`, `ShortReferenceInlineProcessor`;
//! `FootnoteInlineProcessor` in `extensions/footnotes.py`).

use super::patterns::Context;
use super::{Cursor, Found, Inline, Step};
use crate::document::read::python_markdown::text::Text;
use crate::document::read::python_markdown::tree::Node;

/// Maximum length of a name in bytes: names are compared as strings.
const MAX_NAME: usize = 2000;

impl Inline<'_, '_> {
    pub(super) fn reference(
        &mut self,
        at: &Cursor<'_>,
        context: &Context,
        from: usize,
        (is_image, is_short): (bool, bool),
    ) -> Option<Step> {
        if self.parser.definitions.references.is_empty() && is_short {
            return None;
        }
        let (open, label) = Self::label(at, context, from, is_image)?;
        let Some(label) = label else { return Some(Step::Skip(open + 1)) };
        let data = at.data;
        let text = label.text.clone();
        let (mut name, mut end) = (text.clone(), text.end + 1);
        if !is_short {
            let rest = data.get(end..data.len());
            let space = rest.chars().next().filter(|c| c.is_whitespace()).map_or(0, char::len_utf8);
            let inside = rest.get(space..).and_then(|rest| rest.strip_prefix('['));
            let Some(len) = inside.and_then(|inside| inside.find(']')) else { return Some(Step::Skip(open + 1)) };
            let start = end + space + 1;
            end = start + len + 1;
            if len > 0 {
                name = start..start + len;
            }
        }
        if name.len() > MAX_NAME {
            return Some(Step::Skip(open + 1));
        }
        let name = spaces_folded(&data.get(name).to_lowercase());
        let Some(target) = self.parser.definitions.references.get(&name).cloned() else {
            return Some(Step::Skip(end));
        };
        let span = data.span(label.start..end);
        let title = target.title.filter(|title| !title.is_empty());
        let node = self.link_node(&data.slice(text), target.url, title, span, is_image);
        Some(Step::Replace(label.start, end, Found::Node(node)))
    }

    pub(super) fn footnote(&mut self, at: &Cursor<'_>, from: usize) -> Option<Step> {
        let data = at.data;
        let start = from + memchr::memmem::find(data.as_str().as_bytes().get(from..)?, b"[^")?;
        let rest = data.get(start + 2..data.len());
        let len = rest.find(']')?;
        let end = start + 2 + len + 1;
        let name = rest.get(..len)?;
        let Some(&index) = self.parser.definitions.footnote_indexes.get(name) else { return Some(Step::Skip(end)) };
        let uses = self.footnote_uses.entry(name.to_owned()).or_default();
        *uses += 1;
        let id = if *uses == 1 { format!("fnref:{name}") } else { format!("fnref{uses}:{name}") };
        let span = data.span(start..end);
        let mut link = Node::named("a", span);
        let mut href = Text::of("#fn:", crate::source::Span::empty(span.start));
        href.push(data, start + 2..start + 2 + len);
        link.set_written("href", href);
        link.set("class", "footnote-ref");
        link.text = Some(Text::of(&(index + 1).to_string(), span));
        let mut node = Node::named("sup", span);
        node.set("id", &id);
        let link = self.nodes().detached(link);
        node.children.push(link);
        Some(Step::Replace(start, end, Found::Node(self.nodes().detached(node))))
    }
}

fn spaces_folded(name: &str) -> String {
    let mut folded = String::with_capacity(name.len());
    let mut was_space = false;
    for c in name.chars() {
        if !c.is_whitespace() {
            folded.push(c);
        } else if !was_space {
            folded.push(' ');
        }
        was_space = c.is_whitespace();
    }
    folded
}
