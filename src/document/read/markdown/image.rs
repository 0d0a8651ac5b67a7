//! Images: only the alternative text of their content becomes part of the tree.

use crate::document::read::markdown::Reader;
use crate::document::read::markdown::inline::{Attributes, Placed, Target};
use crate::document::tree::build::{Build, NewAttribute};
use crate::source::Span;
use html5ever::local_name;
use pulldown_cmark::{Event, TagEnd};
use smallvec::smallvec;

/// An image whose brackets are being parsed.
pub(super) struct Image<'a> {
    written: Span,
    url: Placed<'a>,
    title: Option<Placed<'a>>,
    alt: String,
    /// End of the part of the brackets that has been parsed.
    read_to: u32,
    /// The number of open nested images.
    depth: u32,
}

impl<'a> Image<'a> {
    /// Consumes an event inside the brackets; returns false when the image ends.
    pub(super) fn take<B: Build>(&mut self, reader: &Reader<'a, B>, event: &Event<'a>, written: Span) -> bool {
        match event {
            Event::Start(pulldown_cmark::Tag::Image { .. }) => self.depth += 1,
            Event::End(TagEnd::Image) if self.depth == 0 => return false,
            Event::End(TagEnd::Image) => self.depth -= 1,
            Event::Text(text) => self.alt.push_str(reader.located(text).map_or(text, |span| reader.written(span))),
            Event::Code(text) => self.alt.push_str(text),
            Event::SoftBreak | Event::HardBreak => self.alt.push(' '),
            _ => {}
        }
        if !matches!(event, Event::Start(_)) {
            self.read_to = self.read_to.max(written.end);
        }
        true
    }
}

impl<'a, B: Build> Reader<'a, B> {
    pub(super) fn open_image(&mut self, target: &Target<'a>, written: Span) {
        let (url, title) = self.target(target, written);
        self.image = Some(Image { written, url, title, alt: String::new(), read_to: written.start + 2, depth: 0 });
    }

    pub(super) fn end_image(&mut self, image: Image<'a>) {
        let start = image.written.start + 2;
        let after = self.seen(Span::new(image.read_to.max(start), image.written.end));
        let end = after.find(']').map(|bracket| image.read_to.max(start) + bracket as u32);
        let mut attributes: Attributes<'_> = smallvec![NewAttribute {
            name: local_name!("src"),
            value: image.url.0,
            name_span: None,
            value_span: image.url.1
        }];
        if !image.alt.is_empty() || self.flavor.empty_alt {
            attributes.push(NewAttribute::new(local_name!("alt"), image.alt, end.map(|end| Span::new(start, end))));
        }
        if let Some((value, value_span)) = image.title {
            attributes.push(NewAttribute { name: local_name!("title"), value, name_span: None, value_span });
        }
        self.build.open(local_name!("img"), image.written, &attributes);
    }
}
