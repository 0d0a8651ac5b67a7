//! The parser's events with their ranges in the text, and lookahead.

use pulldown_cmark::{Event, OffsetIter, Options, Parser, Tag, TagEnd};
use std::collections::VecDeque;
use std::ops::Range;

/// An event and the range in the text that it was parsed from.
pub(super) type Placed<'a> = (Event<'a>, Range<usize>);

/// The events of a part of the text.
pub(super) struct Events<'a> {
    parser: OffsetIter<'a>,
    /// The offset of the part in the text.
    offset: usize,
    /// Events that are returned before those of the parser.
    ahead: VecDeque<Placed<'a>>,
}

impl<'a> Events<'a> {
    /// Parses `part`, which is at `offset` in the text.
    pub(super) fn of(part: &'a str, offset: usize, options: Options) -> Self {
        let parser = Parser::new_ext(part, options).into_offset_iter();
        Events { parser, offset, ahead: VecDeque::new() }
    }

    fn parse(&mut self) -> Option<Placed<'a>> {
        let (event, range) = self.parser.next()?;
        Some((event, range.start + self.offset..range.end + self.offset))
    }

    /// Puts events back, so that they are returned before all others.
    pub(super) fn replay(&mut self, events: Vec<Placed<'a>>) {
        events.into_iter().rev().for_each(|event| self.ahead.push_front(event));
    }

    /// The range of a link reference definition.
    pub(super) fn definition(&self, label: &str) -> Option<Range<usize>> {
        let definition = self.parser.reference_definitions().get(label)?;
        Some(definition.span.start + self.offset..definition.span.end + self.offset)
    }

    /// Takes the events up to the end of the footnote that has just begun.
    pub(super) fn take_footnote(&mut self) -> Vec<Placed<'a>> {
        let mut open = 1;
        let mut taken = Vec::new();
        for (event, range) in self.by_ref() {
            match &event {
                Event::Start(Tag::FootnoteDefinition(_)) => open += 1,
                Event::End(TagEnd::FootnoteDefinition) => open -= 1,
                _ => {}
            }
            if open == 0 {
                break;
            }
            taken.push((event, range));
        }
        taken
    }

    /// The events up to the end of the heading that has just begun. They are not consumed.
    pub(super) fn heading(&mut self) -> impl Iterator<Item = &Placed<'a>> {
        let is_end = |(event, _): &Placed<'_>| matches!(event, Event::End(TagEnd::Heading(_)));
        let mut end = self.ahead.iter().position(is_end);
        while end.is_none() {
            let Some(next) = self.parse() else { break };
            end = is_end(&next).then_some(self.ahead.len());
            self.ahead.push_back(next);
        }
        self.ahead.iter().take(end.unwrap_or(usize::MAX))
    }

    /// Whether the paragraph that has just begun contains only an image.
    pub(super) fn is_lone_image(&mut self) -> bool {
        let mut at = 0;
        let mut images = 0;
        loop {
            if at == self.ahead.len() {
                let Some(next) = self.parse() else { return false };
                self.ahead.push_back(next);
            }
            match self.ahead.get(at).map(|(event, _)| event) {
                Some(Event::Start(Tag::Image { .. })) if at == 0 || images > 0 => images += 1,
                Some(Event::End(TagEnd::Image)) if images > 1 => images -= 1,
                Some(Event::End(TagEnd::Image)) => {
                    if at + 1 == self.ahead.len() {
                        let Some(next) = self.parse() else { return false };
                        self.ahead.push_back(next);
                    }
                    let next = self.ahead.get(at + 1).map(|(event, _)| event);
                    return matches!(next, Some(Event::End(TagEnd::Paragraph)));
                }
                _ if images == 0 => return false,
                _ => {}
            }
            at += 1;
        }
    }
}

impl<'a> Iterator for Events<'a> {
    type Item = Placed<'a>;

    fn next(&mut self) -> Option<Placed<'a>> {
        match self.ahead.pop_front() {
            Some(event) => Some(event),
            None => self.parse(),
        }
    }
}
