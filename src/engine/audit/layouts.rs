//! Finds the start tag of a layout that writes an element of a page: the one that says the most of what is the same in all of
//! them, of its attributes, its text and the elements around it. Where several lines say as much, none is known.

use crate::document::{Document, Element, Origin};
use crate::engine::audit::inside::Inside;
use crate::engine::audit::pattern::Pattern;
use crate::place::Place;
use crate::place::dialect::{Dialect, Generator, extension_of};
use crate::rule::across::FileLine;
use crate::source::{Source, Span};
use rustc_hash::FxHashMap;
use std::sync::Arc;

/// Extensions of files in which layouts are written.
const EXTENSIONS: [&str; 16] = [
    "html", "htm", "liquid", "njk", "jinja", "jinja2", "j2", "hbs", "ejs", "swig", "astro", "vue", "svelte", "jsx",
    "tsx", "webc",
];

/// Whether the name of a file is that of a layout, or of a part of one.
pub fn may_be_layout(path: &str) -> bool {
    let is_include = || path.starts_with("_includes/") || path.contains("/_includes/");
    match extension_of(path) {
        Some(extension) => EXTENSIONS.contains(&&*extension),
        None => is_include(),
    }
}

/// Maximum number of tags of one name that are compared.
const MAX_TAGS: usize = 2_000;
/// Maximum number of elements around a tag that are compared.
const MAX_AROUND: usize = 5;
/// Maximum number of lines that are named where several may write an element.
const MAX_LINES: usize = 3;

/// A start tag of a layout.
#[derive(Debug)]
pub struct Tag {
    /// Its line.
    pub at: FileLine,
    /// The tag.
    pub span: Span,
    attributes: Vec<(String, Pattern)>,
    /// Whether a template may add attributes.
    is_open: bool,
    /// The tag as it is written, if it is open.
    written: String,
    inside: Inside,
    /// The elements around it, from the inside.
    around: Vec<Around>,
}

/// An element around a tag of a layout.
#[derive(Debug)]
struct Around {
    name: String,
    /// Its attributes without templates.
    attributes: Vec<(String, String)>,
    /// Whether no other element is between this one and the one before it.
    is_direct: bool,
}

/// The start tags of all layouts, by name.
#[derive(Debug, Default)]
pub struct Layouts {
    tags: FxHashMap<String, Vec<Tag>>,
    /// Whether the site has no other layouts, such as those of a theme that is elsewhere.
    pub are_all: bool,
}

/// What layouts say of who writes an element.
#[derive(Debug)]
pub enum Writers<'l> {
    /// This tag.
    One(&'l Tag),
    /// One of these, which are in several lines.
    Several(Vec<&'l Tag>),
    /// None of them.
    Unknown,
}

/// How well a tag fits an element.
#[derive(Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
struct Fit {
    /// All that is the same.
    score: usize,
    /// Number of characters that are the same.
    letters: usize,
}

impl Layouts {
    /// Adds the start tags of a layout. Its path is relative to the folder of the site's config.
    pub fn add(&mut self, file: &str, source: &Source, generator: Generator) {
        // Templates of Go are masked as those in double braces of unknown generators; posts of Hugo have shortcodes only.
        let reader = if generator == Generator::Hugo { Generator::Plain } else { generator };
        let place = Place::new(file, reader, Dialect::Html);
        self.add_document(file, &Document::parse(source, &place));
    }

    /// Adds the start tags that are written as HTML.
    pub fn add_document(&mut self, file: &str, document: &Document<'_>) {
        let file: Arc<str> = Arc::from(file);
        for element in document.tree.html_elements().filter(|element| element.origin() == Origin::Html) {
            let Some(span) = element.start_tag() else { continue };
            let tags = self.tags.entry(element.name().to_owned()).or_default();
            if tags.len() < MAX_TAGS {
                let at = FileLine { file: file.clone(), line: document.source.line_of(span.start) };
                tags.push(Tag::of(document, element, (at, span)));
            }
        }
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.tags.is_empty()
    }

    /// What writes an element.
    pub fn writers(&self, element: Element<'_>) -> Writers<'_> {
        let (fit, found) = self.best(element);
        let is_only = self.tags.get(element.name()).is_some_and(|tags| tags.len() == 1)
            || self.are_all && matches!(&*found, [tag] if element.heading_level().is_some() || tag.around.len() > 1);
        // Without a common character it may be any other element, unless it is the only tag of its name, or the only one that fits
        // among all tags of the site: plugins write no headings, and not in the same elements.
        if fit.letters == 0 && !is_only {
            // Each page has one of these elements, so that a layout with its tag writes it.
            let is_single = matches!(element.name(), "html" | "head" | "body") && self.are_all;
            return if is_single && found.len() > 1 { Writers::Several(found) } else { Writers::Unknown };
        }
        match &*found {
            [] => Writers::Unknown,
            [first, others @ ..] if others.iter().all(|other| other.at == first.at) => Writers::One(first),
            _ => Writers::Several(found),
        }
    }

    /// The lines of tags, the first of them.
    pub fn lines(tags: &[&Tag]) -> Vec<FileLine> {
        let mut lines: Vec<FileLine> = tags.iter().map(|tag| tag.at.clone()).collect();
        lines.dedup();
        lines.truncate(MAX_LINES);
        lines
    }

    /// The tag that has the most in common with an element, and not its name alone. Of equal ones in one file, such as the loops of
    /// a page, the first: what is to change in it is to change in all of them.
    pub fn own_writer(&self, element: Element<'_>) -> Option<&Tag> {
        let (fit, found) = self.best(element);
        found.first().filter(|_| fit.letters > 0).copied()
    }

    /// The tags that fit an element best.
    fn best(&self, element: Element<'_>) -> (Fit, Vec<&Tag>) {
        let mut best = (Fit::default(), Vec::new());
        for tag in self.tags.get(element.name()).into_iter().flatten() {
            let Some(fit) = tag.fit(element) else { continue };
            if best.1.is_empty() || fit > best.0 {
                best = (fit, vec![tag]);
            } else if fit == best.0 {
                best.1.push(tag);
            }
        }
        best
    }
}

impl Tag {
    fn of(document: &Document<'_>, element: Element<'_>, (at, span): (FileLine, Span)) -> Self {
        let is_plain_name = |name: &str| !name.contains(['{', '}', ':', '@', '.']);
        let known = element.attributes().filter(|attribute| is_plain_name(attribute.name()));
        let attributes = known.map(|attribute| {
            let name = if attribute.name() == "classname" { "class" } else { attribute.name() };
            let pattern = |value: Span| Pattern::of(document, value);
            (name.to_owned(), attribute.value_span().map_or(Pattern::of_text(""), pattern))
        });
        // `{...rest}`, `class:list`, `:href`: programs add attributes.
        let is_open = element.has_unknown_attributes() || element.attributes().any(|it| !is_plain_name(it.name()));
        Tag {
            at,
            span,
            attributes: attributes.collect(),
            is_open,
            written: if is_open { document.source.slice(span).to_ascii_lowercase() } else { String::new() },
            inside: Inside::of(document, element),
            around: around(document, element),
        }
    }

    /// Whether the layout itself writes the value that an attribute of an element has.
    pub fn says(&self, name: &str, value: &str) -> bool {
        self.attributes.iter().any(|(it, pattern)| it == name && pattern.says(value))
    }

    /// Whether a template may add attributes: what the element lacks may then be added elsewhere.
    pub fn is_open(&self) -> bool {
        self.is_open
    }

    /// Whether a template may add an attribute of this name, because the tag names it.
    pub fn may_add(&self, name: &str) -> bool {
        self.is_open && (self.written.contains(name) || self.written.contains("..."))
    }

    /// Whether the layout itself writes all of the text in the element.
    pub fn writes_text(&self) -> bool {
        matches!(self.inside, Inside::Text { is_whole: true, .. })
    }

    /// How much of an element this tag says; `None` if it writes another one.
    fn fit(&self, element: Element<'_>) -> Option<Fit> {
        let mut fit = Fit { score: 0, letters: 0 };
        for (name, pattern) in &self.attributes {
            match element.attribute(name) {
                Some(attribute) => fit.add(1, pattern.score(attribute.value())?),
                None if self.is_open || pattern.may_be_left_out() => {}
                None => return None,
            }
        }
        let is_known = |name: &str| self.attributes.iter().any(|(it, _)| it == name);
        if !self.is_open && element.attributes().any(|attribute| !is_known(attribute.name())) {
            return None;
        }
        let mut ancestors = element.ancestors();
        for around in &self.around {
            let is_it = |it: &Element<'_>| around.is(*it);
            match around.is_direct {
                true => ancestors.next().filter(is_it)?,
                false => ancestors.find(is_it)?,
            };
            fit.add(1, around.attributes.iter().map(|(_, value)| value.len()).sum());
        }
        fit.add(0, self.inside.score(element)?);
        Some(fit)
    }
}

impl Fit {
    fn add(&mut self, score: usize, letters: usize) {
        self.score += score + letters;
        self.letters += letters;
    }
}

impl Around {
    fn is(&self, element: Element<'_>) -> bool {
        let has = |(name, value): &(String, String)| element.attribute(name).is_some_and(|it| it.value() == value);
        element.name() == self.name && self.attributes.iter().all(has)
    }
}

/// The elements around one of a layout. Those without an end tag may be one of several that a condition chooses from, or begin in
/// one file and end in another; components write elements of other names.
fn around(document: &Document<'_>, element: Element<'_>) -> Vec<Around> {
    let mut found = Vec::new();
    let mut is_direct = true;
    for element in element.ancestors() {
        if matches!(element.name(), "html" | "head" | "body" | "template") || found.len() == MAX_AROUND {
            break;
        }
        let Some(tag) = element.start_tag() else {
            is_direct = false;
            continue;
        };
        let is_component = document.source.slice(tag).as_bytes().get(1).is_some_and(u8::is_ascii_uppercase);
        if element.end_tag().is_none() || is_component || element.name().contains(['-', ':']) {
            is_direct = false;
            continue;
        }
        let literal = |value: Span| Pattern::of(document, value).literal().map(str::to_owned);
        let attributes = element.attributes().filter_map(|it| Some((it.name().to_owned(), literal(it.value_span()?)?)));
        found.push(Around { name: element.name().to_owned(), attributes: attributes.collect(), is_direct });
        is_direct = true;
    }
    found
}
