//! What an audit shows of a post besides the facts that rules across posts need: its keys, its headings, and how many of the
//! elements it has that rules count.

use crate::document::ask::prose;
use crate::document::read::front_matter::FrontMatter;
use crate::document::read::front_matter::types::{Engine, Resolved};
use crate::document::read::front_matter::value::{Data, Entry, Value};
use crate::document::{Document, Element, Field, Origin};
use crate::place::dialect::Generator;
use serde::{Deserialize, Serialize};

/// What an audit shows of a post.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Outline {
    /// Whether it has front matter, or the beginning of some.
    pub has_front_matter: bool,
    /// Its keys, in source order. Empty if the front matter does not parse.
    pub keys: Vec<Key>,
    /// Its headings, in source order.
    pub headings: Vec<Heading>,
    /// Number of characters of its prose, without whitespace.
    pub characters: usize,
    /// Whether it has a title, in whatever way its generator takes it.
    pub has_title: bool,
    /// Whether it has a description, in whatever way its generator takes it.
    pub has_description: bool,
    /// Whether its front matter or its layout asks search engines not to show it.
    pub is_hidden_from_search: bool,
    /// How many elements it has.
    pub elements: Elements,
    /// Whether the rule at each index of the ruleset applies to it.
    pub applies: Vec<bool>,
    /// Number of links to it in other posts of its site; `None` if that is not known.
    pub links_in: Option<usize>,
}

/// A key of the front matter.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Key {
    /// Its name.
    pub name: Box<str>,
    /// The type that the generator gives to its value.
    pub kind: ValueKind,
}

/// The type of a value, as people know it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ValueKind {
    /// Text.
    Text,
    /// A list.
    List,
    /// A mapping.
    Mapping,
    /// A day or a time.
    Date,
    /// A number.
    Number,
    /// `true` or `false`.
    Boolean,
    /// No value.
    Empty,
    /// An alias, or a value that a template makes.
    Unknown,
}

impl ValueKind {
    /// The word for it.
    pub const fn as_str(self) -> &'static str {
        match self {
            ValueKind::Text => "text",
            ValueKind::List => "list",
            ValueKind::Mapping => "mapping",
            ValueKind::Date => "date",
            ValueKind::Number => "number",
            ValueKind::Boolean => "boolean",
            ValueKind::Empty => "empty",
            ValueKind::Unknown => "unknown",
        }
    }

    fn of(value: &Value<'_>, generator: Generator) -> Self {
        match &value.data {
            Data::Sequence { .. } => ValueKind::List,
            Data::Mapping(_) => ValueKind::Mapping,
            Data::Alias { .. } => ValueKind::Unknown,
            Data::Scalar(_) => match value.resolve(Engine::of(generator)) {
                Some(Resolved::Null) | None => ValueKind::Empty,
                Some(Resolved::Bool(_)) => ValueKind::Boolean,
                Some(Resolved::Int(_) | Resolved::Float(_)) => ValueKind::Number,
                Some(Resolved::Date(_) | Resolved::Time(_) | Resolved::Clock) => ValueKind::Date,
                Some(Resolved::Symbol | Resolved::String) => ValueKind::Text,
            },
        }
    }
}

/// A heading.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Heading {
    /// Its level, from 1 to 6.
    pub level: u8,
    /// Its text, with whitespace collapsed.
    pub text: Box<str>,
}

/// Numbers of elements that readers can see.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "the names say it")]
pub struct Elements {
    pub images: usize,
    pub images_with_alt: usize,
    pub markdown_images: usize,
    pub links: usize,
    pub links_around_images: usize,
    pub links_with_rel: usize,
    pub headings: usize,
    pub tables: usize,
    pub iframes: usize,
    pub with_role: usize,
    pub with_id: usize,
    pub json_ld: usize,
}

impl Outline {
    /// The outline of a parsed post. `applies`: whether each rule of its ruleset applies to it.
    pub fn of(document: &Document<'_>, has_description: bool, applies: Vec<bool>) -> Self {
        let mut outline = Outline {
            has_front_matter: !matches!(document.front_matter, FrontMatter::Missing),
            has_description,
            keys: keys(document),
            characters: characters(document),
            has_title: !matches!(document.field("title"), Field::Missing | Field::Null(_)),
            is_hidden_from_search: document.is_hidden_from_search(),
            applies,
            ..Outline::default()
        };
        for element in document.tree.elements().filter(|element| document.shows(*element)) {
            outline.elements.count(element);
            if let Some(level) = element.heading_level() {
                outline.headings.push(Heading { level, text: prose::words(element).into() });
            }
        }
        outline.headings.shrink_to_fit();
        outline
    }
}

fn keys(document: &Document<'_>) -> Vec<Key> {
    let Some(block) = document.sound_block() else { return Vec::new() };
    let key = |entry: &Entry<'_>| {
        let name = entry.name()?;
        let kind = match document.field(name) {
            Field::Unknown => ValueKind::Unknown,
            _ => ValueKind::of(&entry.value, document.place.generator),
        };
        Some(Key { name: name.into(), kind })
    };
    block.mapping.entries.iter().filter_map(key).collect()
}

fn characters(document: &Document<'_>) -> usize {
    let texts = document.tree.text_nodes().filter(|node| prose::is_prose(*node));
    texts.map(|node| node.text().chars().filter(|c| !c.is_whitespace()).count()).sum()
}

impl Elements {
    fn count(&mut self, element: Element<'_>) {
        let has = |name: &str| element.attribute(name).is_some();
        let mut add = |counter: fn(&mut Elements) -> &mut usize| *counter(self) += 1;
        match element.name() {
            "img" => {
                add(|it| &mut it.images);
                if has("alt") {
                    add(|it| &mut it.images_with_alt);
                }
                if element.origin() == Origin::Markdown {
                    add(|it| &mut it.markdown_images);
                }
            }
            "a" | "area" if has("href") => {
                add(|it| &mut it.links);
                if has("rel") {
                    add(|it| &mut it.links_with_rel);
                }
                if element.descendant_elements().any(|inner| inner.name() == "img") {
                    add(|it| &mut it.links_around_images);
                }
            }
            "table" => add(|it| &mut it.tables),
            "iframe" => add(|it| &mut it.iframes),
            "script" if element.attribute("type").is_some_and(|it| it.value() == "application/ld+json") => {
                add(|it| &mut it.json_ld);
            }
            _ if element.heading_level().is_some() => add(|it| &mut it.headings),
            _ => {}
        }
        if has("role") {
            add(|it| &mut it.with_role);
        }
        if has("id") {
            add(|it| &mut it.with_id);
        }
    }
}
