//! Start tags and end tags without a match, and the mistakes that explain them.

use crate::checks::markup_broken::broken::{Broken, Opened};
use crate::checks::markup_broken::chain;
use crate::diagnostic::{Fix, Label, Safety};
use crate::rule::Finding;
use crate::source::Span;
use rustc_hash::FxHashSet;

/// Start tags and end tags without a match, both in source order. Tags that are explained by the same mistake are
/// removed together.
pub(super) struct Unmatched {
    pub(super) opened: Vec<Opened>,
    pub(super) closings: Vec<Span>,
}

/// Maximum number of unmatched tags that are compared with each other. If there are more, they are not explained.
const MAX_UNMATCHED: usize = 256;

impl Unmatched {
    pub(super) fn explained(mut self, broken: &Broken<'_, '_>) -> Vec<Finding> {
        let mut found = Vec::new();
        if self.opened.len().max(self.closings.len()) <= MAX_UNMATCHED {
            found = self.slips(broken);
            found.extend(chain::findings(broken, &mut self.opened, &mut self.closings));
            found.extend(self.torn(broken));
            found.extend(self.ended_by_blocks(broken));
        }
        found.extend(self.rest(broken));
        found
    }

    /// Explains `<b>full<b></p>`: the second tag should be the end tag of the first.
    fn slips(&mut self, broken: &Broken<'_, '_>) -> Vec<Finding> {
        let mut found = Vec::new();
        let mut at = 0;
        while let Some(second) = self.opened.get(at) {
            let is_empty = broken.is_followed_by_end_tag(second.tag);
            let before = self.opened.get(..at).unwrap_or(&[]);
            let is_slip = |first: &Opened| is_empty || broken.repeats(first, second);
            let first = before.iter().rposition(|it| it.name == second.name);
            let Some(first) = first.filter(|first| before.get(*first).is_some_and(is_slip)) else {
                at += 1;
                continue;
            };
            let second = self.opened.remove(at);
            let first = self.opened.remove(first);
            at -= 1;
            // An outer element may be unclosed for the same reason: remove it and its unmatched end tag from the lists.
            let next = self.closings.iter().position(|it| it.start > second.tag.start);
            let outer = next.and_then(|next| {
                let name = broken.name(*self.closings.get(next)?);
                Some((next, self.opened.get(..at)?.iter().rposition(|it| it.name == name)?))
            });
            if let Some((next, outer)) = outer {
                self.closings.remove(next);
                self.opened.remove(outer);
                at -= 1;
            }
            found.push(slip(&first, &second));
        }
        found
    }

    /// Explains `<dd><ul></dd></ul>`: an end tag that closes more than its own element.
    fn torn(&mut self, broken: &Broken<'_, '_>) -> Vec<Finding> {
        let mut found = Vec::new();
        let mut at = 0;
        while let Some(&closing) = self.closings.get(at) {
            let name = broken.name(closing);
            let before = |it: &Opened| it.name == name && it.tag.start < closing.start;
            let opened = self.opened.iter().rposition(before);
            let early = opened.and_then(|opened| broken.ended_by(self.opened.get(opened)?, closing));
            let Some((opened, early)) = opened.zip(early) else {
                at += 1;
                continue;
            };
            self.closings.remove(at);
            // The ancestor that `early` closed may have another end tag further down, which is then unmatched.
            let rest = self.closings.get(at..).unwrap_or(&[]);
            if let Some(own) = rest.iter().position(|it| broken.name(*it) == broken.name(early)) {
                self.closings.remove(at + own);
            }
            let opened = self.opened.remove(opened);
            found.push(torn(&opened, broken.document.source.slice(early), early, closing));
        }
        found
    }

    /// Explains `<p><video><p></p></video></p>`: a block that ends the paragraph around it, and what is open there.
    fn ended_by_blocks(&mut self, broken: &Broken<'_, '_>) -> Vec<Finding> {
        let mut found = Vec::new();
        let mut at = 0;
        while let Some(&closing) = self.closings.get(at) {
            let name = broken.name(closing);
            let opened = self.opened.iter().rposition(|it| it.name == name && it.tag.start < closing.start);
            let block = opened.and_then(|opened| broken.block_between(self.opened.get(opened)?, closing));
            let Some((opened, block)) = opened.zip(block) else {
                at += 1;
                continue;
            };
            self.closings.remove(at);
            let opened = self.opened.remove(opened);
            found.push(ended_by_block(&opened, &broken.name(block), block, closing));
        }
        found
    }

    fn rest(self, broken: &Broken<'_, '_>) -> Vec<Finding> {
        let mut found: Vec<Finding> = self.opened.iter().map(|it| broken.unclosed(it)).collect();
        let (parts, others): (Vec<Span>, Vec<Span>) =
            self.closings.into_iter().partition(|it| TABLE_PARTS.contains(&broken.name(*it).as_str()));
        // Report only the first part: a missing `<table>` leaves the tags of all its rows and cells unmatched.
        found.extend(parts.first().map(|part| broken.outside_table(*part)));
        let elements = broken.document.tree.elements().filter(|_| !others.is_empty());
        let tags: FxHashSet<u32> = elements.filter_map(|it| Some(it.start_tag()?.start)).collect();
        found.extend(others.into_iter().map(|it| match broken.unread_tag(it, &tags) {
            Some(start_tag) => unread(&broken.name(it), start_tag, it),
            None => stray(broken.document.source.slice(it), it),
        }));
        found
    }
}

fn slip(first: &Opened, second: &Opened) -> Finding {
    let end_tag = format!("</{}>", second.name);
    Finding {
        message: Some(format!("`<{}>` is opened again where it should be closed", second.name)),
        label: Some(format!("this should be `{end_tag}`")),
        related: vec![Label { span: first.tag, message: "opened here".to_owned() }],
        help: Some(format!("write `{end_tag}`")),
        fix: Some(Fix::write(&end_tag, second.tag, Safety::Unsafe).renesting()),
        ..Finding::at(second.tag)
    }
}

fn torn(opened: &Opened, written: &str, early: Span, closing: Span) -> Finding {
    let name = &opened.name;
    Finding {
        message: Some(format!("`{written}` comes before the end of the `<{name}>` inside")),
        label: Some(format!("this ends the `<{name}>` as well")),
        related: vec![
            Label { span: opened.tag, message: "opened here".to_owned() },
            Label { span: closing, message: "no longer closes an element".to_owned() },
        ],
        help: Some(format!("write `</{name}>` before it, or the name of the element that should end here")),
        ..Finding::at(early)
    }
}

fn ended_by_block(opened: &Opened, block: &str, span: Span, closing: Span) -> Finding {
    let name = &opened.name;
    Finding {
        message: Some(format!("`<{block}>` ends the paragraph around it, and the `<{name}>` in it")),
        label: Some("a paragraph cannot contain this".to_owned()),
        related: vec![
            Label { span: opened.tag, message: "opened here".to_owned() },
            Label { span: closing, message: "no longer closes an element".to_owned() },
        ],
        help: Some(format!("put the `<{name}>` in a block of its own, or remove the tags of the `<{block}>`")),
        ..Finding::at(span)
    }
}

fn unread(name: &str, start_tag: Span, end_tag: Span) -> Finding {
    Finding {
        message: Some(format!("`<{name} …>` is not a valid tag, and is shown as text")),
        label: Some("readers see this".to_owned()),
        related: vec![Label { span: end_tag, message: "so this does not close an element".to_owned() }],
        help: Some("put quotation marks around each value, and a space between attributes".to_owned()),
        ..Finding::at(start_tag)
    }
}

fn stray(written: &str, span: Span) -> Finding {
    Finding {
        message: Some(format!("`{written}` does not close an element")),
        label: Some("no open element has this name".to_owned()),
        help: Some("remove it, or open the element where it should start".to_owned()),
        ..Finding::at(span)
    }
}

/// Elements that the HTML parser drops outside a table.
const TABLE_PARTS: [&str; 9] = ["caption", "col", "colgroup", "tbody", "td", "tfoot", "th", "thead", "tr"];
