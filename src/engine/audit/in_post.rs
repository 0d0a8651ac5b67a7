//! Finds the element of a post that became an element of its built page: by its URL, its text, and its order among those that
//! are alike.

use crate::document::ask::head::text_of;
use crate::document::read::front_matter::value::{Data, Value};
use crate::document::{Document, Element};
use crate::source::Span;
use crate::text::letters;
use crate::url::{path_and_query, percent_decoded};

/// What identifies an element in both of them.
#[derive(PartialEq, Eq)]
struct Identity {
    /// The letters and digits of its text: engines change quotes, dashes and spaces.
    text: String,
    /// The end of its URL, if it has one that is known.
    url: Option<String>,
    has_url: bool,
}

/// Elements whose children say more about them than their own text.
const URL_ATTRIBUTES: [&str; 5] = ["href", "src", "data", "poster", "action"];

impl Identity {
    fn of(element: Element<'_>) -> Self {
        let attribute = URL_ATTRIBUTES.iter().find_map(|name| element.attribute(name));
        let url = attribute.and_then(|attribute| attribute.known_value()).map(end_of_url);
        let described = || element.attribute("alt").map_or(String::new(), |alt| letters(alt.value()));
        let text = if element.name() == "img" { described() } else { letters(&text_of(element)) };
        Identity { text, url, has_url: attribute.is_some() }
    }

    /// Whether this element of a post may have become the other one.
    fn becomes(&self, built: &Identity) -> bool {
        let same_url = self.url.is_none() || self.url == built.url;
        let is_told = !self.text.is_empty() || self.url.as_ref().is_some_and(|url| !url.is_empty());
        is_told && self.has_url == built.has_url && same_url && self.text == built.text
    }
}

/// Parts of a page in which a template writes what posts do not.
const AROUND: [&str; 4] = ["nav", "footer", "aside", "head"];

/// The place in a post of what became an element of its page, or of one of its attributes.
pub fn in_post(element: Element<'_>, attribute: Option<&str>, post: &Document<'_>) -> Option<Span> {
    let name = element.name();
    let identity = Identity::of(element);
    let all = post.tree.elements().filter(|it| it.name() == name && post.shows(*it));
    let found: Vec<Element<'_>> = all.filter(|it| Identity::of(*it).becomes(&identity)).collect();
    let first = found.first()?;
    let alike = element.tree().html_elements().filter(|it| it.name() == name && Identity::of(*it) == identity);
    let alike: Vec<Element<'_>> = alike.collect();
    let nth = alike.iter().position(|it| it.node().id() == element.node().id()).unwrap_or(0);
    let is_same_number = alike.len() == found.len();
    if !is_same_number && element.ancestors().any(|around| AROUND.contains(&around.name())) {
        return None;
    }
    let source = if is_same_number { found.get(nth).unwrap_or(first) } else { first };
    let value = attribute.and_then(|name| source.attribute(name)?.value_span());
    value.or_else(|| source.start_tag())
}

/// The last part of the path of a URL, without what generators add or take away.
fn end_of_url(address: &str) -> String {
    let path = path_and_query(address).split(['#', '?']).next().unwrap_or("");
    let decoded = percent_decoded(path);
    let trimmed = decoded.trim_end_matches('/');
    let trimmed =
        ["/index.html", "/index.md", "/_index.md"].iter().find_map(|it| trimmed.strip_suffix(it)).unwrap_or(trimmed);
    let name = trimmed.rsplit('/').next().unwrap_or(trimmed);
    let bare = [".html", ".htm", ".md", ".markdown", ".mdx"].iter().find_map(|it| name.strip_suffix(it));
    if name.is_empty() { address.to_owned() } else { bare.unwrap_or(name).to_lowercase() }
}

/// How deep values are looked for in front matter.
const MAX_DEPTH: usize = 3;

/// The front matter value of a post that a page prints: a text, or the end of a URL.
pub fn in_front_matter(printed: &str, post: &Document<'_>) -> Option<Span> {
    let block = post.sound_block()?;
    let wanted = letters(printed);
    if wanted.chars().count() < 3 {
        return None;
    }
    block.mapping.entries.iter().find_map(|entry| printed_by(&entry.value, &wanted, 0))
}

fn printed_by(value: &Value<'_>, wanted: &str, depth: usize) -> Option<Span> {
    match &value.data {
        Data::Scalar(scalar) => {
            let own = letters(&scalar.text);
            let is_path = scalar.text.contains(['/', '.']) && own.chars().count() >= 5;
            (own == wanted || is_path && wanted.ends_with(&own)).then_some(value.span)
        }
        Data::Mapping(mapping) if depth < MAX_DEPTH => {
            mapping.entries.iter().find_map(|entry| printed_by(&entry.value, wanted, depth + 1))
        }
        Data::Sequence { items, .. } if depth < MAX_DEPTH => {
            items.iter().find_map(|item| printed_by(item, wanted, depth + 1))
        }
        _ => None,
    }
}
