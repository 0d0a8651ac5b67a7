//! Links and images of posts that other pages show: lists with the beginning of each post, feeds in HTML.

use crate::document::Element;
use crate::document::ask::head::text_of;
use crate::engine::audit::in_post::url_attribute;
use crate::facts::PageFacts;
use crate::source::Span;
use crate::text::letters;
use crate::url::percent_decoded;
use rustc_hash::FxHashMap;

/// Maximum number of posts with the same link that are known.
const MAX_POSTS: usize = 8;

/// Where posts write their links and images, by their URLs and texts.
#[derive(Debug, Default)]
pub struct Quotes {
    links: FxHashMap<String, Vec<(usize, Span)>>,
    /// The posts with a heading, by its level and text.
    headings: FxHashMap<String, Vec<usize>>,
}

impl Quotes {
    /// Adds the links and images of the post with this number.
    pub fn add(&mut self, post: usize, facts: &PageFacts) {
        let links = facts.links.iter().filter(|link| !link.is_templated);
        links.for_each(|link| self.insert(key("a", &link.href, &link.text), (post, link.span)));
        let images = facts.images.iter().filter(|image| !image.is_templated && image.key.is_none());
        images.for_each(|image| {
            let alt = image.alt.as_ref().map_or("", |alt| &alt.text);
            self.insert(key("img", &image.src, alt), (post, image.span));
        });
        for heading in facts.outline.iter().flat_map(|outline| &outline.headings) {
            let posts = self.headings.entry(heading_key(heading.level, &heading.text)).or_default();
            if posts.len() < MAX_POSTS && posts.last() != Some(&post) {
                posts.push(post);
            }
        }
    }

    /// The numbers of the posts with a heading.
    pub fn of_heading(&self, heading: Element<'_>) -> &[usize] {
        let key = heading.heading_level().map(|level| heading_key(level, &text_of(heading)));
        key.and_then(|key| self.headings.get(&key)).map_or(&[], Vec::as_slice)
    }

    fn insert(&mut self, key: String, place: (usize, Span)) {
        let places = self.links.entry(key).or_default();
        if places.len() < MAX_POSTS {
            places.push(place);
        }
    }

    /// The numbers of the posts that write an element, each with the place.
    pub fn of(&self, element: Element<'_>) -> &[(usize, Span)] {
        let Some(url) = url_attribute(element).and_then(|it| it.known_value()) else { return &[] };
        let text = match element.name() {
            "img" => element.attribute("alt").map_or(String::new(), |alt| alt.value().to_owned()),
            _ => text_of(element),
        };
        let fragment = || url.find('#').and_then(|at| url.get(at..));
        let found = self.links.get(&key(element.name(), url, &text));
        // Generators write the URL of the page before a fragment.
        let found = found.or_else(|| self.links.get(&key(element.name(), fragment()?, &text)));
        found.map_or(&[], Vec::as_slice)
    }
}

fn key(name: &str, url: &str, text: &str) -> String {
    format!("{name} {} {}", percent_decoded(url), letters(text))
}

fn heading_key(level: u8, text: &str) -> String {
    format!("{level} {}", letters(text))
}
