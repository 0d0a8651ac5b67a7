//! Text: <https://html.spec.whatwg.org/multipage/parsing.html#insert-a-character>.

use crate::document::read::html::native::Native;
use crate::document::read::html::native::reason::Reason;
use crate::document::tree::{NodeKind, Origin};
use crate::source::Span;

impl Native<'_, '_> {
    /// Adds characters. If `is_verbatim`, they are in the file at `written`, apart from template syntax.
    pub(super) fn add_text(
        &mut self,
        mut text: &str,
        mut written: Span,
        is_verbatim: bool,
        origin: Origin,
    ) -> Result<(), Reason> {
        if text.is_empty() {
            return Ok(());
        }
        let is_verbatim = is_verbatim && written.len() as usize == text.len();
        if self.drops_text(text)? {
            return Ok(());
        }
        if std::mem::take(&mut self.drops_line_feed)
            && let Some(rest) = text.strip_prefix('\n')
        {
            text = rest;
            written.start += u32::from(is_verbatim);
            if text.is_empty() {
                return Ok(());
            }
        }
        let is_in_table = self.stack.is_in_table();
        if is_in_table && !text.bytes().all(|byte| byte.is_ascii_whitespace()) {
            return Err(Reason::Fostered);
        }
        let parent = self.stack.top().id;
        let last = self.tree.data(parent).last.filter(|&last| self.tree.data(last).kind == NodeKind::Text);
        let node = match last {
            Some(node) => node,
            None => {
                let node = self.tree.push_text(origin);
                self.tree.append(parent, node);
                if is_in_table {
                    self.table_text = Some(node);
                }
                node
            }
        };
        self.tree.add_piece(node, written, (!is_verbatim).then_some(text));
        Ok(())
    }
}
