//! Definition lists: a paragraph of terms and `: ` definitions.
//!
//! In kramdown 2.4: `parser/kramdown/list.rb`, `parse_definition_list`.

use crate::document::read::kramdown::block::list::{ItemText, item_attributes, marker_ends};
use crate::document::read::kramdown::block::{Reader, Scan, is_end_of_block};
use crate::document::read::kramdown::blocks::{Block, BlockId, Kind};
use crate::document::read::kramdown::lines::{is_blank, leading_blanks, line_end, split_line, trim};
use std::rc::Rc;

impl<'s> Reader<'s> {
    pub(super) fn definition_list(&mut self, parent: BlockId, scan: &mut Scan<'s>, first: &str) -> bool {
        if !starts_definition(first, 3) {
            return false;
        }
        let Some((paragraph, after_blank)) = self.terms_before(parent, scan) else { return false };
        if after_blank {
            self.blocks.pop(parent);
        }
        self.blocks.pop(parent);
        let start = self.blocks.get(paragraph).range().start;
        let list = self.blocks.detached(Block::new(Kind::DefinitionList, scan.id, start..start, start..start));
        self.blocks.get_mut(list).attributes = std::mem::take(&mut self.pending);
        let mut lists = std::mem::take(&mut self.blocks.get_mut(paragraph).attributes);
        self.blocks.get_mut(list).attributes.append(&mut lists);
        self.terms(list, paragraph);
        self.definitions_of(list, scan, after_blank);
        let end = trim(Rc::clone(&scan.text).as_str(), start..scan.at).end;
        self.blocks.get_mut(list).set_end(end);
        let blank = self.settle_definitions(list);
        self.join_list(parent, list);
        if let Some(blank) = blank {
            self.blocks.append(parent, blank);
        }
        true
    }

    /// The paragraph whose lines are the terms, and whether a blank line follows it.
    fn terms_before(&self, parent: BlockId, scan: &Scan<'_>) -> Option<(BlockId, bool)> {
        let last = self.blocks.last(parent)?;
        let is_paragraph = |id| self.blocks.kind(id) == Kind::Paragraph(false) && self.blocks.get(id).text == scan.id;
        // An attribute list after the paragraph ends it.
        let adjoins = |id| {
            let between = scan.text.as_str().get(self.blocks.get(id).range().end..scan.at);
            between.is_some_and(is_blank)
        };
        if is_paragraph(last) {
            return adjoins(last).then_some((last, false));
        }
        let blank = self.blocks.get(last);
        let one_line = blank.kind == Kind::Blank
            && scan
                .text
                .as_str()
                .get(blank.range())
                .is_some_and(|text| text.bytes().filter(|&b| b == b'\n').count() == 1);
        let before = self.blocks.previous(last)?;
        (one_line && is_paragraph(before) && adjoins(before)).then_some((before, true))
    }

    fn terms(&mut self, list: BlockId, paragraph: BlockId) {
        let content = self.blocks.get(paragraph).content();
        let id = self.blocks.get(paragraph).text;
        let text = Rc::clone(&self.texts[id as usize]);
        let mut at = content.start;
        while at < content.end {
            let end = line_end(text.as_str(), at).min(content.end);
            let term = trim(text.as_str(), at..end);
            let block = self.blocks.push(list, Block::new(Kind::Term, id, term.clone(), term.clone()));
            if let Some((attributes, len)) = item_attributes(&text, term.start) {
                let attributes = self.keep_list(attributes);
                let start = term.start + len;
                let mut new = Block::new(Kind::Term, id, term.clone(), start..term.end.max(start));
                new.attributes.push(attributes);
                self.blocks.pop(list);
                self.blocks.push(list, new);
            } else if term.is_empty() {
                self.blocks.pop(list);
                let _ = block;
            }
            at = end;
        }
    }

    fn definitions_of(&mut self, list: BlockId, scan: &mut Scan<'s>, mut after_blank: bool) {
        let text = Rc::clone(&scan.text);
        let source = text.as_str();
        let mut limit = 3;
        let mut blank_before = false;
        let mut item: Option<(BlockId, ItemText<'s>)> = None;
        while !scan.at_end() {
            let (line, end) = split_line(source, scan.at);
            if starts_definition(line, limit) {
                self.read_definition(item.take());
                let mut block = Block::new(Kind::Definition, scan.id, scan.at..end, scan.at..end);
                // The end of the content records whether a blank line precedes the definition.
                block.set_content_end(if after_blank { end } else { scan.at });
                let id = self.blocks.push(list, block);
                let new = self.first_line(id, &text, scan.at, 1);
                limit = new.indent.saturating_sub(1).min(3);
                (after_blank, blank_before) = (false, false);
                item = Some((id, new));
            } else if is_end_of_block(line) {
                break;
            } else if let Some((id, item)) = item.as_mut() {
                if is_blank(line) {
                    (after_blank, blank_before) = (true, true);
                    item.push_line(&text, scan.at, 0, 0, end);
                } else if item.take_definition_line(&text, scan.at, blank_before) {
                    (after_blank, blank_before) = (false, false);
                    self.blocks.get_mut(*id).set_end(end);
                } else {
                    break;
                }
            }
            scan.at = end;
        }
        self.read_definition(item.take());
    }

    fn read_definition(&mut self, item: Option<(BlockId, ItemText<'s>)>) {
        let Some((id, item)) = item else { return };
        let text = Rc::clone(&self.texts[self.blocks.get(id).text as usize]);
        let end = trim(text.as_str(), self.blocks.get(id).range()).end;
        self.blocks.get_mut(id).set_end(end);
        for part in item.parts {
            self.read_container(id, part.finish());
        }
    }

    /// Determines which definitions contain text without a paragraph. Returns the blank line after the last one.
    fn settle_definitions(&mut self, list: BlockId) -> Option<BlockId> {
        let items: Vec<BlockId> = self.blocks.children(list).collect();
        let mut trailing = None;
        for item in items {
            let Some(first) = self.blocks.first(item) else { continue };
            if self.blocks.kind(item) != Kind::Definition {
                continue;
            }
            trailing = None;
            if self.blocks.last(item).is_some_and(|last| self.blocks.kind(last) == Kind::Blank) {
                trailing = self.blocks.pop(item);
            }
            let after_blank = !self.blocks.get(item).content().is_empty();
            if !after_blank && self.blocks.kind(first) == Kind::Paragraph(false) {
                self.blocks.get_mut(first).kind = Kind::Paragraph(true);
            }
        }
        trailing
    }

    /// Joins the list to the definition list before it, if there is one.
    fn join_list(&mut self, parent: BlockId, list: BlockId) {
        let last = self.blocks.last(parent);
        let is_list = |id: &BlockId| self.blocks.kind(*id) == Kind::DefinitionList;
        let before =
            last.filter(|&last| self.blocks.kind(last) == Kind::Blank).and_then(|last| self.blocks.previous(last));
        let (last, before) = (last.filter(is_list), before.filter(is_list));
        let target = match (last, before) {
            (Some(last), _) => last,
            (None, Some(before)) => {
                self.blocks.pop(parent);
                before
            }
            (None, None) => return self.blocks.append(parent, list),
        };
        let end = self.blocks.get(list).range().end;
        self.blocks.move_children(list, target);
        self.blocks.get_mut(target).set_end(end);
    }
}

fn starts_definition(line: &str, limit: usize) -> bool {
    let blanks = leading_blanks(line);
    let body = line.get(blanks..).unwrap_or("");
    blanks <= limit && body.starts_with(':') && marker_ends(body, 1)
}
