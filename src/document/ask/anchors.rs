//! What a fragment of a URL may refer to in a post.

use crate::document::{Document, Element, NodeKind};
use crate::place::Place;
use crate::place::dialect::{Dialect, Generator};
use crate::place::flavor::HeadingIds;
use crate::source::{Span, overlapping};
use crate::url::fragments_of;
use regex::Regex;
use rustc_hash::FxHashSet;
use serde::{Deserialize, Serialize};
use std::sync::LazyLock;

/// The id in an attribute list.
static LISTED_ID: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r#"(?:#|id=["']?|/\*\s*)([^\s"'}*]+)"#).ok());

/// The generators with which the ids of other pages are known: those of others depend on themes and components.
const KNOWN_ACROSS: [Generator; 9] = [
    Generator::Jekyll,
    Generator::Hugo,
    Generator::Astro,
    Generator::Zola,
    Generator::MdBook,
    Generator::MkDocs,
    Generator::VitePress,
    Generator::Eleventy,
    Generator::Docusaurus,
];

/// What fragments may refer to, as it is written.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Anchors {
    /// The ids and names of elements, composed, without duplicates and in source order.
    pub ids: Vec<String>,
    /// The texts of headings, and of terms in lists of definitions.
    pub headings: Vec<String>,
    /// Whether `ids` are all, because the ids of headings are those that the engine makes. Otherwise it may make any id of the
    /// letters and digits of a heading.
    pub are_exact: bool,
}

/// Marks in a page of MkDocs that plugins replace by text from elsewhere: snippets, macros, included files, and what
/// mkdocstrings writes about a program.
const INSERTED: [&str; 6] = ["--8<--", "{{", "{%", "{!", "::: ", "[TAGS"];

impl Anchors {
    /// The anchors of a post; `None` if it may have others, of a template or a script.
    pub fn known(document: &Document<'_>) -> Option<Self> {
        let place = document.place;
        let other_mdx = place.dialect == Dialect::Mdx && place.generator != Generator::Docusaurus;
        let has_others = other_mdx
            || place.may_add_ids
            || place.is_part()
            || !templates_are_addresses(document)
            || has_inserted(document);
        if has_others { None } else { Anchors::of(document) }
    }

    /// Like [`known`](Self::known), for links in other posts.
    pub fn known_across(document: &Document<'_>) -> Option<Self> {
        Some(document).filter(|document| KNOWN_ACROSS.contains(&document.place.generator)).and_then(Anchors::known)
    }

    /// The anchors of the elements; `None` if one of them may have an id that is not known.
    fn of(document: &Document<'_>) -> Option<Self> {
        let (mut ids, mut seen, mut headings) = (Vec::new(), FxHashSet::default(), Vec::new());
        let mut add = |id| {
            for id in fragments_of(id) {
                if seen.insert(id.clone()) {
                    ids.push(id.into_owned());
                }
            }
        };
        for element in document.tree.elements() {
            let name = element.name();
            if name == "script" || name.contains('-') {
                return None;
            }
            let mut has_id = false;
            for attribute in element.attributes().filter(|attribute| matches!(attribute.name(), "id" | "name")) {
                has_id |= attribute.name() == "id";
                if attribute.name() == "id" && attribute.is_unknown() {
                    return None;
                }
                add(attribute.value());
            }
            let is_heading = element.heading_level().is_some();
            // Hugo gives ids to terms as well, if its config says so.
            if is_heading || name == "dt" {
                let text = heading_text(element);
                if is_heading && !has_known_id(document.place, has_id, &text) {
                    return None;
                }
                headings.push(text);
            }
        }
        let body = document.body.slice(document.source.text());
        for list in attribute_lists(body) {
            let ids = LISTED_ID.as_ref().into_iter().flat_map(|id| id.captures_iter(list));
            ids.filter_map(|found| found.get(1)).for_each(|id| add(id.as_str()));
        }
        Some(Anchors { ids, headings, are_exact: are_exact(document.place) })
    }
}

/// What is between the braces of attribute lists of kramdown and markdown-it, and of their equivalent in MDX: `{: #seoul}`,
/// `{: id="seoul"}`, `{#seoul .wide}`, `{/*seoul*/}`. Few posts have any: the expression for their ids takes a sixth of a run
/// on one post to compile.
fn attribute_lists(body: &str) -> impl Iterator<Item = &str> {
    body.match_indices('{').filter_map(|(at, brace)| {
        let rest = body.get(at + brace.len()..)?;
        let (inside, end) = rest.split_at_checked(rest.find(['{', '}', '\n'])?)?;
        end.starts_with('}').then_some(inside)
    })
}

/// Whether the id of a heading is known. Generators except these leave ids to plugins, and those of Korean headings then
/// depend on the plugin.
fn has_known_id(place: &Place, has_written: bool, text: &str) -> bool {
    matches!(place.generator, Generator::Jekyll | Generator::Hugo | Generator::Astro)
        || place.dialect_is_known && has_written
        || !text.chars().any(|c| c.is_alphanumeric() && !c.is_ascii())
}

/// Whether the ids of headings are those that the engine makes, and no plugin makes others.
fn are_exact(place: &Place) -> bool {
    place.dialect_is_known
        && match place.generator {
            Generator::MkDocs => place.python_markdown.has("toc"),
            Generator::VitePress => place.flavor.heading_ids == HeadingIds::MditVue,
            _ => false,
        }
}

/// Whether a plugin inserts text from elsewhere into a page of MkDocs or VitePress.
fn has_inserted(document: &Document<'_>) -> bool {
    let body = document.body.slice(document.source.text());
    match document.place.generator {
        Generator::MkDocs => INSERTED.iter().any(|mark| body.contains(mark)),
        Generator::VitePress => body.contains("@include:"),
        _ => false,
    }
}

/// Whether all template syntax is in URLs, `alt` or `title`: elsewhere it may print headings and ids.
fn templates_are_addresses(document: &Document<'_>) -> bool {
    let templates = document.tree.templates();
    if templates.is_empty() {
        return true;
    }
    let is_address = |name: &str| matches!(name, "href" | "src" | "srcset" | "alt" | "title");
    let attributes = document.tree.elements().flat_map(Element::attributes);
    let mut values: Vec<Span> =
        attributes.filter(|it| it.is_unknown() && is_address(it.name())).filter_map(|it| it.value_span()).collect();
    values.sort_unstable();
    templates.iter().all(|&template| overlapping(&values, template).any(|value| value.contains(template)))
}

/// The text of a heading, of which an engine makes its id.
pub fn heading_text(heading: Element<'_>) -> String {
    heading.descendants().filter(|node| node.kind() == NodeKind::Text).map(|node| node.text()).collect()
}
