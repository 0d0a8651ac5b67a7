//! Finds the place at which a finding in a built page is changed.

use crate::document::ask::head::text_of;
use crate::document::{Document, Element};
use crate::engine::audit::in_post::{in_front_matter, in_post};
use crate::engine::audit::layouts::Layouts;
use crate::rule::across::FileLine;
use crate::rule::built::PRINTED;
use crate::site::Site;
use crate::site::settings::Fact;
use crate::source::Span;
use crate::text::letters;

/// The place at which a finding is changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Origin {
    /// An element of the post.
    Element(Span),
    /// A value in the front matter of the post.
    Value(Span),
    /// A line of the site's config or of a layout.
    Line(FileLine),
    /// Not known.
    Unknown,
}

/// Finds origins in the files of a site.
pub struct Tracer<'a> {
    /// The site, if it is known.
    pub site: Option<&'a Site>,
    /// Its layouts.
    pub layouts: &'a Layouts,
}

impl Tracer<'_> {
    /// The origin of what is at a span of a built page.
    pub fn origin(&self, page: &Document<'_>, span: Span, post: Option<&Document<'_>>) -> Origin {
        let Some(element) = element_at(page, span) else { return Origin::Unknown };
        let is_at = |value: Span| value.start <= span.start && span.start <= value.end;
        let attribute = element.attributes().find(|attribute| attribute.span().is_some_and(is_at));
        // Of a reference to a file, only the start is known.
        let url = || ["href", "src", "data", "poster"].iter().find_map(|name| element.attribute(name));
        let attribute = if span.is_empty() { url() } else { attribute };
        let name = attribute.map(|attribute| attribute.name());
        if PRINTED.contains(&element.name()) {
            let value = element.attribute("content").or(element.attribute("href")).or(attribute);
            let printed = value.map_or_else(|| text_of(element), |value| value.value().to_owned());
            if let Some(span) = post.and_then(|post| in_front_matter(&printed, post)) {
                return Origin::Value(span);
            }
            // The URL of the site is right wherever a link to it is not.
            if element.name() != "link"
                && let Some(line) = self.in_config(&printed)
            {
                return Origin::Line(line);
            }
        } else if let Some(span) = post.and_then(|post| in_post(element, name, post)) {
            return Origin::Element(span);
        }
        self.layouts.line_of(element).map_or(Origin::Unknown, Origin::Line)
    }

    /// The line of the config with a value that a page prints.
    fn in_config(&self, printed: &str) -> Option<FileLine> {
        let site = self.site?;
        let facts = [&site.title, &site.description, &site.url, &site.language, &site.author];
        let is_it = |fact: &&Fact<String>| letters(&fact.value) == letters(printed) && !letters(printed).is_empty();
        let fact = facts.into_iter().flatten().find(is_it)?;
        let from = fact.from.as_ref()?;
        (from.line > 0).then(|| FileLine { file: from.file.clone(), line: from.line })
    }
}

/// The innermost element that a span is in: the one whose start tag it is in, else the last one around it.
fn element_at<'d>(page: &'d Document<'_>, span: Span) -> Option<Element<'d>> {
    let mut around = None;
    for element in page.tree.html_elements() {
        let Some(tag) = element.start_tag() else { continue };
        if tag.start > span.start {
            break;
        }
        if span.start < tag.end {
            return Some(element);
        }
        if element.span().is_some_and(|whole| span.start < whole.end) {
            around = Some(element);
        }
    }
    around
}
