//! Pairs delimiters, and makes elements of the pairs (`handleMatch`, `_build_element`).

use super::delimiter::{Around, Delimiters, Region, Role, Run};
use super::{Cursor, Found, Inline, Step};
use crate::document::read::python_markdown::text::Text;
use crate::document::read::python_markdown::tree::{Node, NodeId, Nodes};

/// A run that was found: which delimiter, what it may do, and where it is.
struct Next {
    index: usize,
    role: Role,
    start: usize,
    len: usize,
}

/// What is left of a run that closes.
struct Closing {
    start: usize,
    current: usize,
    is_start: bool,
    is_end: bool,
}

/// Whether the lengths of two runs keep them from being a pair.
const fn rule_of_3(opener: usize, closer: usize) -> bool {
    (opener + closer).is_multiple_of(3) && (!opener.is_multiple_of(3) || !closer.is_multiple_of(3))
}

impl Delimiters {
    /// Pairs the delimiters from the one at `start` on, as far as any is open. Returns where to go on if there is no
    /// pair.
    pub(super) fn pair(&mut self, at: &Cursor<'_>, start: usize, fuel: &mut usize) -> usize {
        let bytes = at.data.as_str().as_bytes();
        let Some(index) = bytes.get(start).and_then(|&byte| self.index_of(byte)) else { return start + 1 };
        let run_end = start + super::code::run(bytes, start, bytes.get(start).copied().unwrap_or(0));
        let Some(first) = self.role_at(at, start, index).filter(|next| next.role != Role::End) else { return run_end };
        if self.all.get(index).is_some_and(|it| it.is_double && first.len < 2) || *fuel == 0 {
            return start + 1;
        }
        let mut end = start + first.len;
        self.push(
            index,
            Run { start, end, is_ambiguous: first.role == Role::Both, original: first.len, len: first.len },
        );
        while self.all.iter().any(|delimiter| !delimiter.stack.is_empty()) {
            let Some(next) = self.search(at, end) else { break };
            end = next.start + next.len;
            if !self.handle(at, next) {
                break;
            }
        }
        let mut open: Vec<Run> = self.all.iter().flat_map(|delimiter| delimiter.stack.iter().copied()).collect();
        open.sort_by_key(|run| run.start);
        self.regions.sort_by_key(|region| region.start);
        if self.regions.is_empty() {
            *fuel = fuel.saturating_sub(bytes.len() - start);
        }
        let is_pymdownx = self.all.first().is_some_and(|delimiter| delimiter.is_pymdownx);
        match open.last().filter(|_| !is_pymdownx || open.len() > 1) {
            Some(last) => last.end,
            None => start + 1,
        }
    }

    fn role_at(&self, at: &Cursor<'_>, start: usize, index: usize) -> Option<Next> {
        let delimiter = self.all.get(index)?;
        let len = super::code::run(at.data.as_str().as_bytes(), start, delimiter.token);
        let after = at.data.get(start + len..at.data.len()).chars().next();
        let mut before = at.before(start);
        // The rest of a run that closed an element is judged by what is before the run.
        if delimiter.is_pymdownx
            && before == Some('\u{3}')
            && at.data.byte(start.wrapping_sub(1)) == Some(delimiter.token)
        {
            let token = char::from(delimiter.token);
            before = at.data.get(0..start).trim_end_matches(token).chars().next_back();
        }
        let (role, len) = delimiter.role(&Around { before, after, len })?;
        Some(Next { index, role, start, len })
    }

    fn search(&self, at: &Cursor<'_>, from: usize) -> Option<Next> {
        let bytes = at.data.as_str().as_bytes();
        let mut start = from;
        while let Some(&byte) = bytes.get(start) {
            if let Some(index) = self.index_of(byte)
                && let Some(next) = self.role_at(at, start, index)
                && (next.role != Role::End || self.all.get(index).is_some_and(|it| !it.stack.is_empty()))
            {
                return Some(next);
            }
            start += 1;
        }
        None
    }

    fn push(&mut self, index: usize, run: Run) {
        let Some(delimiter) = self.all.get_mut(index) else { return };
        delimiter.stack.push(run);
        self.track(index, run.len, 1);
    }

    fn pop(&mut self, index: usize) -> Option<Run> {
        self.all.get_mut(index)?.stack.pop()
    }

    fn last(&self, index: usize) -> Option<Run> {
        self.all.get(index)?.stack.last().copied()
    }

    fn is_other_open(&self, index: usize) -> bool {
        self.all.iter().enumerate().any(|(other, delimiter)| other != index && !delimiter.stack.is_empty())
    }

    fn reset_one(&mut self, index: usize) {
        if let Some(delimiter) = self.all.get_mut(index) {
            delimiter.reset();
        }
    }

    /// `increment_space_trackers`, `decrement_space_trackers`
    fn track(&mut self, index: usize, len: usize, by: i64) {
        let Some(delimiter) = self.all.get_mut(index).filter(|it| it.no_space && it.has_two_tags) else { return };
        if len == 1 {
            delimiter.singles += by;
        }
        if len != 2 {
            delimiter.space_track += by;
        }
    }

    fn add_region(&mut self, index: usize, (start, inner_start): (usize, usize), (inner_end, end): (usize, usize)) {
        let Some(delimiter) = self.all.get(index) else { return };
        let tag = if end - inner_end == 2 { delimiter.tags[0] } else { delimiter.tags[1] };
        self.regions.push(Region { start, inner_start, inner_end, end, tag });
        for other in 0..self.all.len() {
            while let Some(run) = self.last(other).filter(|run| start <= run.start && run.start < end) {
                self.pop(other);
                self.track(other, run.len, -1);
            }
        }
    }

    /// Handles the next run; returns whether to go on.
    fn handle(&mut self, at: &Cursor<'_>, next: Next) -> bool {
        let index = next.index;
        let is_ambiguous = next.role == Role::Both;
        let mut closing = Closing {
            start: next.start,
            current: next.len,
            is_start: next.role != Role::End,
            is_end: next.role != Role::Start,
        };
        let mut last = self.last(index).map_or(0, |run| run.len);
        if is_ambiguous && self.last(index).is_some_and(|run| next.len != run.len && rule_of_3(run.original, next.len))
        {
            last = self.matching(index, next.len).unwrap_or(last);
        }
        let original_of_last = self.last(index).map_or(0, |run| run.original);
        let may_pair = next.len > last && (!is_ambiguous || !rule_of_3(original_of_last, next.len));
        let fits = may_pair || next.len == last || next.len >= 3;
        if self.last(index).is_some() && closing.is_end && fits {
            closing.is_start = false;
            match self.consume(at, &next, &mut closing, &mut last) {
                Some(true) => {}
                Some(false) => return true,
                None => return false,
            }
        }
        let longer = last > closing.current && (last >= 3 || !is_ambiguous);
        if self.last(index).is_some() && closing.is_end && longer {
            match self.close_part(at, index, &mut closing, last) {
                Some(true) => {}
                Some(false) => return true,
                None => return false,
            }
        }
        self.open(at, &next, &closing)
    }

    /// An opener below the last one that has this length and may be paired with it.
    fn matching(&mut self, index: usize, len: usize) -> Option<usize> {
        let delimiter = self.all.get(index)?;
        // Openers are looked through this far; python-markdown remembers where it found none.
        let below = delimiter.stack.iter().enumerate().rev().skip(1).take(200);
        let found = below.clone().find(|(_, run)| run.len == len && !rule_of_3(run.original, len))?.0;
        if delimiter.is_pymdownx {
            while self.all.get(index).is_some_and(|delimiter| delimiter.stack.len() > found + 1) {
                let run = self.pop(index)?;
                self.track(index, run.len, -1);
            }
        }
        Some(len)
    }

    /// Pairs openers until the run is used up. `Some(false)`: go on with the next run; `None`: stop.
    fn consume(&mut self, at: &Cursor<'_>, next: &Next, closing: &mut Closing, last: &mut usize) -> Option<bool> {
        let index = next.index;
        let original = closing.current;
        let furthest = self.last(index)?;
        let (max_size, has_two_tags, is_double, is_pymdownx, no_space) = {
            let it = self.all.get(index)?;
            (it.max_size(), it.has_two_tags, it.is_double, it.is_pymdownx, it.no_space)
        };
        while closing.current > 0 && *last <= closing.current {
            let Some(mut opener) = self.pop(index) else { break };
            if no_space {
                match self.with_allowed_spaces(at, index, closing, opener, last) {
                    Some(found) => opener = found,
                    None if self.is_other_open(index) => {
                        self.reset_one(index);
                        break;
                    }
                    None => {
                        self.push_untracked(index, furthest);
                        break;
                    }
                }
            }
            let most = if has_two_tags && opener.len == 3 && !is_pymdownx { 1 } else { max_size };
            let size = opener.len.min(most);
            self.add_region(index, (opener.end - size, opener.end), (closing.start, closing.start + size));
            closing.start += size;
            closing.current -= size.min(closing.current);
            let left = opener.len - size;
            if left > 0 && (!is_double || left != 1) {
                self.push_run(index, Run { end: opener.end - size, len: left, ..opener }, is_pymdownx);
            }
            match self.last(index) {
                Some(run) => *last = run.len,
                None if self.is_other_open(index) => {
                    self.reset_one(index);
                    break;
                }
                None => {
                    closing.is_end = false;
                    break;
                }
            }
        }
        if original >= 3 && closing.current > 0 && next.role == Role::Both {
            let start = next.start + (original - closing.current);
            let run = Run { start, end: next.start + next.len, is_ambiguous: false, original, len: closing.current };
            self.push_run(index, run, is_pymdownx);
            closing.is_end = false;
        } else {
            closing.is_end = closing.current > 0 && self.last(index).is_some() && *last > closing.current;
        }
        Some(true)
    }

    fn push_run(&mut self, index: usize, run: Run, is_tracked: bool) {
        if is_tracked { self.push(index, run) } else { self.push_untracked(index, run) }
    }

    fn push_untracked(&mut self, index: usize, run: Run) {
        if let Some(delimiter) = self.all.get_mut(index) {
            delimiter.stack.push(run);
        }
    }

    /// The opener, or one before it, whose content has no spaces where none are allowed.
    fn with_allowed_spaces(
        &mut self,
        at: &Cursor<'_>,
        index: usize,
        closing: &Closing,
        opener: Run,
        last: &mut usize,
    ) -> Option<Run> {
        let mut opener = opener;
        loop {
            let tracked = self.all.get(index).is_some_and(|it| it.space_track != 0 || !it.has_two_tags);
            let is_bad = (tracked || closing.current == 1) && self.has_space(at, opener.end, closing.start);
            self.track(index, opener.len, -1);
            if !is_bad {
                return Some(opener);
            }
            opener = self.pop(index)?;
            *last = opener.len;
        }
    }

    /// `check_space`
    fn has_space(&mut self, at: &Cursor<'_>, start: usize, end: usize) -> bool {
        let last = end.saturating_sub(1);
        let overlaps = |known: Option<(usize, usize)>| known.is_some_and(|(a, b)| start.max(a) <= last.min(b));
        let joined =
            |known: Option<(usize, usize)>| Some(known.map_or((start, last), |(a, b)| (a.min(start), b.max(last))));
        if overlaps(self.contains_space) {
            self.contains_space = joined(self.contains_space);
            return true;
        }
        if overlaps(self.contains_none) {
            self.contains_none = joined(self.contains_none);
            return false;
        }
        let found = at.data.get(start..end).contains(char::is_whitespace);
        match found {
            true => self.contains_space = joined(self.contains_space),
            false => self.contains_none = joined(self.contains_none),
        }
        found
    }

    /// A run that closes a part of a longer one: `***em*`.
    fn close_part(&mut self, at: &Cursor<'_>, index: usize, closing: &mut Closing, last: usize) -> Option<bool> {
        let mut last = last;
        let mut opener = self.pop(index)?;
        while opener.len != 3 && opener.is_ambiguous {
            let Some(before) = self.pop(index) else { break };
            self.track(index, opener.len, -1);
            opener = before;
            last = opener.len;
        }
        if opener.is_ambiguous && opener.len != 3 {
            if self.is_other_open(index) {
                self.reset_one(index);
                return Some(false);
            }
            return None;
        }
        let (max_size, has_two_tags, is_double, is_pymdownx, no_space) = {
            let it = self.all.get(index)?;
            (it.max_size(), it.has_two_tags, it.is_double, it.is_pymdownx, it.no_space)
        };
        if no_space && (closing.current == 1 || !has_two_tags) && self.has_space(at, opener.end, closing.start) {
            self.push_untracked(index, opener);
            return Some(true);
        }
        self.track(index, opener.len, -1);
        closing.is_start = false;
        let mut end = opener.end;
        while closing.current > 0 && (!is_double || closing.current != 1) && last > 0 {
            let most = if has_two_tags && closing.current == 3 && !is_pymdownx { 1 } else { max_size };
            let size = closing.current.min(most).min(last);
            self.add_region(index, (opener.start + last - size, end), (closing.start, closing.start + size));
            closing.start += size;
            closing.current -= size;
            last -= size;
            end -= size;
        }
        if last > 0 && (!is_double || last > 1) {
            self.push(
                index,
                Run { start: opener.start, end, is_ambiguous: false, original: opener.original, len: last },
            );
        }
        Some(true)
    }

    /// Opens the run, if it may; returns whether to go on.
    fn open(&mut self, at: &Cursor<'_>, next: &Next, closing: &Closing) -> bool {
        let index = next.index;
        let Some(delimiter) = self.all.get(index) else { return false };
        if !closing.is_start || delimiter.is_double && closing.current == 1 {
            return true;
        }
        let is_single = !delimiter.has_two_tags;
        let (tracked, singles) = (delimiter.space_track, delimiter.singles);
        if delimiter.no_space
            && (tracked != 0 || is_single)
            && let Some(run) = delimiter.stack.last().copied()
            && self.has_space(at, run.end, closing.start)
        {
            if tracked > 1 || singles != 0 || is_single {
                if !self.is_other_open(index) {
                    return false;
                }
                self.reset_one(index);
            }
            return true;
        }
        let end = next.start + next.len;
        self.push(
            index,
            Run {
                start: closing.start,
                end,
                is_ambiguous: next.role == Role::Both,
                original: closing.current,
                len: closing.current,
            },
        );
        true
    }
}

impl Inline<'_, '_> {
    /// The element of the next pair, with those inside it.
    pub(super) fn next_region(&mut self, delimiters: &mut Delimiters, at: &Cursor<'_>) -> Option<Step> {
        let first = *delimiters.regions.get(delimiters.next)?;
        let inside = delimiters.regions.iter().skip(delimiters.next).take_while(|region| region.start < first.end);
        let inside: Vec<Region> = inside.copied().collect();
        delimiters.next += inside.len();
        if delimiters.next >= delimiters.regions.len() {
            delimiters.reset();
        }
        let node = self.region_nodes(at.data, &inside);
        Some(Step::Replace(first.start, first.end, Found::Node(node)))
    }

    /// Elements for pairs in each other; the first pair is around all of them.
    fn region_nodes(&mut self, data: &Text, regions: &[Region]) -> NodeId {
        let mut open: Vec<(NodeId, Region)> = Vec::new();
        let mut root = Nodes::ROOT;
        for &region in regions {
            while open.last().is_some_and(|(_, outer)| outer.inner_end <= region.start) {
                open.pop();
            }
            let node = Node::named(region.tag, data.span(region.start..region.end));
            let id = self.nodes().detached(node);
            match open.last() {
                Some(&(outer, _)) => self.nodes().get_mut(outer).children.push(id),
                None => root = id,
            }
            open.push((id, region));
        }
        self.region_texts(data, regions, root);
        root
    }

    /// The text of each element is what is before its first child, its tail what is after it in its parent.
    fn region_texts(&mut self, data: &Text, regions: &[Region], root: NodeId) {
        let ids = self.nodes().descendants(root);
        let mut ends: rustc_hash::FxHashMap<NodeId, Region> =
            ids.iter().copied().zip(regions.iter().copied()).collect();
        for id in ids {
            let Some(region) = ends.get(&id).copied() else { continue };
            let children = self.nodes().get(id).children.clone();
            let starts = children.iter().filter_map(|child| ends.get(child).map(|region| region.start));
            let mut stops: Vec<usize> = starts.chain([region.inner_end]).collect();
            let text = data.slice(region.inner_start..stops.remove(0));
            self.nodes().get_mut(id).text = Some(text);
            for (child, stop) in children.into_iter().zip(stops) {
                let from = ends.get(&child).map_or(stop, |region| region.end);
                let tail = data.slice(from..stop.max(from));
                self.nodes().get_mut(child).tail = (!tail.is_empty()).then_some(tail);
            }
        }
        ends.clear();
    }
}
