//! Links, and constructs that the parser reports as one event: line endings, code spans, rules, check boxes.

use crate::document::read::markdown::Reader;
use crate::document::read::markdown::destination::{self, Destination};
use crate::document::tree::build::{Build, NewAttribute};
use crate::source::Span;
use html5ever::local_name;
use pulldown_cmark::{CowStr, Event, LinkType};
use smallvec::{SmallVec, smallvec};
use std::borrow::Cow;
use std::ops::Range;

/// A link or an image as reported by pulldown-cmark.
pub(super) struct Target<'a> {
    pub kind: LinkType,
    pub url: CowStr<'a>,
    pub title: CowStr<'a>,
    /// Range of the reference definition in the text.
    pub definition: Option<Range<usize>>,
}

/// The attributes of a construct. Few constructs have more than three.
pub(super) type Attributes<'a> = SmallVec<[NewAttribute<'a>; 3]>;

impl<'a, B: Build> Reader<'a, B> {
    pub(super) fn leaf(&mut self, event: Event<'a>, written: Span) {
        match event {
            Event::Text(text) => self.text(&text, written),
            Event::Code(text) => {
                self.build.open(local_name!("code"), written, &[]);
                self.code_text(&text, written);
                self.build.close(local_name!("code"), Span::empty(written.end));
            }
            Event::Html(text) => self.html_block_line(&text, written),
            Event::InlineHtml(text) => self.inline_html(&text, written),
            Event::FootnoteReference(label) => self.footnote_reference(&label, written),
            Event::SoftBreak => self.soft_break(written),
            Event::HardBreak => self.hard_break(written),
            Event::Rule => self.build.open(local_name!("hr"), self.without_line_end(written), &[]),
            Event::TaskListMarker(checked) => self.check_box(checked, written),
            _ => {}
        }
    }

    /// Emits a line ending in text: LF is verbatim, CRLF and a line ending in a quote are converted to LF.
    fn line_end(&mut self, written: Span) {
        match self.written(written) {
            "\n" => self.build.text(written),
            _ => self.build.decoded_text(written, "\n"),
        }
    }

    fn soft_break(&mut self, written: Span) {
        if self.flavor.hard_breaks { self.hard_break(written) } else { self.line_end(written) }
    }

    /// Emits `<br>` and a line ending for a backslash or two spaces before a line ending.
    fn hard_break(&mut self, written: Span) {
        let mark = self.without_line_end(written);
        self.build.open(local_name!("br"), mark, &[]);
        self.line_end(Span::new(mark.end, written.end));
    }

    fn without_line_end(&self, written: Span) -> Span {
        let line = self.seen(written);
        let len = line.find(['\r', '\n']).unwrap_or(line.len());
        Span::new(written.start, written.start + len as u32)
    }

    fn check_box(&mut self, checked: bool, written: Span) {
        let mut attributes: Attributes<'_> = smallvec![
            NewAttribute::new(local_name!("disabled"), "", None),
            NewAttribute::new(local_name!("type"), "checkbox", None),
        ];
        if checked {
            attributes.push(NewAttribute::new(local_name!("checked"), "", None));
        }
        self.build.open(local_name!("input"), written, &attributes);
    }

    pub(super) fn open_link(&mut self, target: &Target<'a>, written: Span) {
        self.open_links += 1;
        let (url, title) = self.target(target, written);
        let mut attributes: Attributes<'_> =
            smallvec![NewAttribute { name: local_name!("href"), value: url.0, name_span: None, value_span: url.1 }];
        if let Some((value, value_span)) = title {
            attributes.push(NewAttribute { name: local_name!("title"), value, name_span: None, value_span });
        }
        self.build.open(local_name!("a"), written, &attributes);
    }

    /// The destination and title of a link or image, decoded, with their spans.
    pub(super) fn target(&mut self, target: &Target<'a>, written: Span) -> (Placed<'a>, Option<Placed<'a>>) {
        let parts = self.target_parts(target, written);
        let url = match target.kind {
            LinkType::Email => {
                let address = Span::new(written.start + 1, written.end.saturating_sub(1).max(written.start + 1));
                (Cow::Owned(format!("mailto:{}", target.url)), Some(address))
            }
            LinkType::Autolink => {
                let url = Span::new(written.start + 1, written.end.saturating_sub(1).max(written.start + 1));
                self.placed(&target.url, Some(url))
            }
            _ => self.placed(&target.url, parts.as_ref().map(|parts| parts.url)),
        };
        let title = (!target.title.is_empty()).then(|| self.placed(&target.title, parts.and_then(|parts| parts.title)));
        (url, title)
    }

    fn target_parts(&mut self, target: &Target<'a>, written: Span) -> Option<Destination> {
        let (text, base) = (self.text, self.base);
        let in_text = |span: Span| Span::new(span.start - base, span.end - base);
        let mut parts = match (target.kind, &target.definition) {
            (LinkType::Autolink | LinkType::Email, _) => return None,
            (LinkType::Inline, _) => {
                // If the parser borrowed the destination, its position is known: the title follows it.
                let url = self.located(&target.url).filter(|url| !url.is_empty()).map(in_text);
                match url {
                    Some(url) if target.title.is_empty() => destination::without_title(url),
                    Some(url) => {
                        let angle = self.text.get(..url.start as usize).is_some_and(|before| before.ends_with('<'));
                        destination::read(self.text, url.start - u32::from(angle))?
                    }
                    None => destination::of_inline(self.text, in_text(written))?,
                }
            }
            (_, Some(definition)) => {
                let span = Span::of(definition.clone());
                (*self.definitions.entry(span.start).or_insert_with(|| destination::of_definition(text, span)))?
            }
            _ => return None,
        };
        parts.shift(self.base);
        Some(parts)
    }

    /// Returns a value with its span. In a verbatim value, template syntax is restored from the file.
    fn placed(&self, value: &CowStr<'a>, span: Option<Span>) -> Placed<'a> {
        match span {
            Some(span) if self.seen(span) == &**value => (Cow::Borrowed(self.written(span)), Some(span)),
            _ => (Cow::Owned(value.to_string()), span),
        }
    }
}

/// A value and its byte span in the file.
pub(super) type Placed<'a> = (Cow<'a, str>, Option<Span>);
