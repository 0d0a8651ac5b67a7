//! Finds the start tag of a layout that writes an element of a page: the one that says the most of what is the same in all of
//! them, of its attributes, its text and the elements around it. Where several lines say as much, none is known.

use crate::document::{Document, Element, Origin};
use crate::engine::audit::in_post::{by_number, may_be_added, url_attribute};
use crate::engine::audit::inside::Inside;
use crate::engine::audit::marks::{Marks, NEAR, Overlap, PageMarks};
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

/// Those of languages in which any tag may be closed at once: `<script src="…" />`.
const COMPONENTS: [&str; 5] = ["astro", "vue", "svelte", "jsx", "tsx"];

/// Elements whose inside is text in HTML, which such a tag would begin, each with a tag of the same length.
const RAW: [(&str, &str); 4] =
    [("<script", "<meta  "), ("<style", "<meta "), ("<title", "<meta "), ("<textarea", "<input   ")];

/// The text of a component, with other tags for those of raw texts that are closed at once: they have no end tag.
fn without_closed_tags(text: &str) -> String {
    let mut text = text.to_owned();
    for (raw, other) in RAW {
        let mut at = 0;
        while let Some(start) = text.get(at..).and_then(|rest| rest.find(raw)).map(|found| at + found) {
            at = start + raw.len();
            let Some(rest) = text.get(at..) else { break };
            // A `>` in a value ends the tag too early, and nothing is replaced.
            let is_closed = rest.find('>').is_some_and(|end| rest.get(..end).is_some_and(|tag| tag.ends_with('/')));
            if is_closed && rest.starts_with(|c: char| c.is_whitespace() || c == '/') {
                text.replace_range(start..at, other);
            }
        }
    }
    text
}

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
/// Maximum number of tags whose surroundings are compared.
const MAX_COMPARED: usize = 64;
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
    /// The element that it is in.
    parent: Span,
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
    /// Its attributes of whose value something is known.
    attributes: Vec<(String, Pattern)>,
    /// Whether no other element is between this one and the one before it.
    is_direct: bool,
}

/// The start tags of all layouts, by name.
#[derive(Debug, Default)]
pub struct Layouts {
    tags: FxHashMap<String, Vec<Tag>>,
    marks: FxHashMap<Arc<str>, Marks>,
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
    /// None of them is known to: these may, as they may write any other element of the name.
    Unknown(Vec<&'l Tag>),
}

impl<'l> Writers<'l> {
    /// All tags that may write an element.
    pub fn of(tags: Vec<&'l Tag>) -> Self {
        match &*tags {
            [] => Writers::Unknown(tags),
            [first, others @ ..] if others.iter().all(|other| other.at == first.at) => Writers::One(first),
            _ => Writers::Several(tags),
        }
    }
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
        match extension_of(file) {
            Some(extension) if COMPONENTS.contains(&&*extension) => {
                let source = Source::new(without_closed_tags(source.text()));
                self.add_layout(file, &Document::parse(&source, &place));
            }
            _ => self.add_layout(file, &Document::parse(source, &place)),
        }
    }

    fn add_layout(&mut self, file: &str, document: &Document<'_>) {
        self.marks.insert(Arc::from(file), Marks::of_layout(document));
        self.add_document(file, document);
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

    /// What writes an element of a page.
    pub fn writers(&self, element: Element<'_>, page: &PageMarks<'_, '_>) -> Writers<'_> {
        let (fit, found) = self.best(element, |_| true);
        let found = self.by_surroundings(found, element, page);
        let is_only = self.tags.get(element.name()).is_some_and(|tags| tags.len() == 1)
            || self.are_all && matches!(&*found, [tag] if element.heading_level().is_some() || tag.around.len() > 1);
        // Without a common character it may be any other element, unless it is the only tag of its name, or the only one that fits
        // among all tags of the site: plugins write no headings, and not in the same elements.
        if fit.letters == 0 && !is_only {
            // Each page has one of these elements, so that a layout with its tag writes it.
            let is_single = matches!(element.name(), "html" | "head" | "body" | "title") && self.are_all;
            let is_of = |tag: &&Tag| {
                self.marks.get(&tag.at.file).is_some_and(|marks| page.inside(&tag.at.file, marks).is_most())
            };
            return match &*found {
                [_, _, ..] if is_single => Writers::Several(found),
                [tag] if is_single && is_of(tag) => Writers::One(tag),
                _ => Writers::Unknown(found),
            };
        }
        Writers::of(found)
    }

    /// What writes an element of a page, if that is a tag of one of the files.
    pub fn writers_in(
        &self,
        element: Element<'_>,
        page: &PageMarks<'_, '_>,
        is_file: impl Fn(&str) -> bool,
    ) -> Writers<'_> {
        let (_, found) = self.best(element, |tag| is_file(&tag.at.file));
        Writers::of(self.by_surroundings(found, element, page))
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
        let (fit, found) = self.best(element, |_| true);
        found.first().filter(|_| fit.letters > 0).copied()
    }

    /// Of tags that fit an element as well, those with clearly more of what is around it, and in files of which clearly more is in
    /// the page.
    fn by_surroundings<'l>(
        &'l self,
        found: Vec<&'l Tag>,
        element: Element<'_>,
        page: &PageMarks<'_, '_>,
    ) -> Vec<&'l Tag> {
        let Some(at) = element.start_tag().filter(|_| (2..=MAX_COMPARED).contains(&found.len())) else { return found };
        let marks = |tag: &Tag| self.marks.get(&tag.at.file);
        let of_file = |tag: &Tag| marks(tag).map_or(Overlap::default(), |marks| page.inside(&tag.at.file, marks));
        let near = |tag: &Tag, (is_inside, number): (bool, usize)| {
            let within = |parent: Span| if is_inside { parent } else { EVERYWHERE };
            let (here, there) = ((at, within(parent_of(element))), (tag.span, within(tag.parent)));
            marks(tag).map_or(Overlap::default(), |marks| page.around(here, marks, (there, number)))
        };
        let of_files = clearest(found, of_file);
        let clear = NEAR.iter().fold(of_files, |tags, stage| clearest(tags, |tag| near(tag, *stage)));
        if clear.len() > 1 { self.by_number(clear, element) } else { clear }
    }

    /// Of lines of a file that write as many elements of a page as there are, the one with the number of this one.
    fn by_number<'l>(&'l self, tags: Vec<&'l Tag>, element: Element<'_>) -> Vec<&'l Tag> {
        let is_in_one_file = tags.windows(2).all(|pair| matches!(pair, [a, b] if a.at.file == b.at.file));
        let is_alike = |it: Element<'_>| it.name() == element.name() && tags.iter().all(|tag| tag.fit(it).is_some());
        let tag = if is_in_one_file { by_number(element, is_alike, &tags) } else { None };
        tag.map_or(tags, |tag| vec![tag])
    }

    /// The tags that fit an element best, among some of them.
    fn best(&self, element: Element<'_>, is_one: impl Fn(&Tag) -> bool) -> (Fit, Vec<&Tag>) {
        let mut best = (Fit::default(), Vec::new());
        for tag in self.tags.get(element.name()).into_iter().flatten().filter(|tag| is_one(tag)) {
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
            parent: parent_of(element),
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

    /// Whether what is wrong with one of these tags is wrong with all of them: those of one file that are the same, or to which no
    /// template adds the attribute that is `missing`.
    pub fn are_alike(tags: &[&Tag], missing: Option<&str>) -> bool {
        let lacks = |tag: &Tag| missing.is_some_and(|name| !tag.may_add(name));
        let is_same = |a: &Tag, b: &Tag| (&a.attributes, &a.written) == (&b.attributes, &b.written);
        tags.windows(2).all(|pair| match pair {
            [a, b] => a.at.file == b.at.file && (is_same(a, b) || lacks(a) && lacks(b)),
            _ => true,
        })
    }

    /// Whether the layout itself writes all of the text in the element.
    pub fn writes_text(&self) -> bool {
        matches!(self.inside, Inside::Text { is_whole: true, .. })
    }

    /// How much of an element this tag says; `None` if it writes another one.
    fn fit(&self, element: Element<'_>) -> Option<Fit> {
        let mut fit = Fit { score: 0, letters: 0 };
        for (name, pattern) in &self.attributes {
            let late = || url_attribute(element).filter(|_| name == "src");
            match element.attribute(name).or_else(late) {
                Some(attribute) => fit.add(1, pattern.score(attribute.value())?),
                None if self.is_open || pattern.may_be_left_out() => {}
                None => return None,
            }
        }
        let is_known = |name: &str| self.attributes.iter().any(|(it, _)| it == name);
        let is_own = |name: &str| !is_known(name) && !may_be_added(element, name);
        if !self.is_open && element.attributes().any(|attribute| is_own(attribute.name())) {
            return None;
        }
        let mut ancestors = element.ancestors();
        for around in &self.around {
            let letters = match around.is_direct {
                true => around.letters(ancestors.next()?)?,
                false => ancestors.find_map(|it| around.letters(it))?,
            };
            fit.add(1, letters);
        }
        fit.add(0, self.inside.score(element)?);
        Some(fit)
    }
}

const EVERYWHERE: Span = Span { start: 0, end: u32::MAX };

/// The element that an element is in.
fn parent_of(element: Element<'_>) -> Span {
    element.parent().and_then(|parent| parent.span()).unwrap_or(EVERYWHERE)
}

/// The tags of which no other has clearly more in common with a page.
fn clearest(tags: Vec<&Tag>, overlap: impl Fn(&Tag) -> Overlap) -> Vec<&Tag> {
    let all: Vec<(&Tag, Overlap)> = tags.into_iter().map(|tag| (tag, overlap(tag))).collect();
    let is_clear = |(_, own): &&(&Tag, Overlap)| !all.iter().any(|(_, other)| own.is_less_than(*other));
    all.iter().filter(is_clear).map(|(tag, _)| *tag).collect()
}

impl Fit {
    fn add(&mut self, score: usize, letters: usize) {
        self.score += score + letters;
        self.letters += letters;
    }
}

impl Around {
    /// The number of characters that an element has in common with it; `None` if it is another one.
    fn letters(&self, element: Element<'_>) -> Option<usize> {
        let known = |(name, pattern): &(String, Pattern)| pattern.score(element.attribute(name)?.value());
        if element.name() == self.name { self.attributes.iter().map(known).sum() } else { None }
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
        let known = |value: Span| Some(Pattern::of(document, value)).filter(Pattern::is_sure);
        let attributes = element.attributes().filter_map(|it| Some((it.name().to_owned(), known(it.value_span()?)?)));
        found.push(Around { name: element.name().to_owned(), attributes: attributes.collect(), is_direct });
        is_direct = true;
    }
    found
}
