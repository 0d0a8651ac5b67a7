//! Finds the line of a layout that writes an element of a page: the start tag that says the most of what is the same in all of
//! them. Where several lines say as much, none is known.

use crate::document::ask::head::text_of;
use crate::document::{Document, Element};
use crate::place::Place;
use crate::place::dialect::{Dialect, Generator, extension_of};
use crate::rule::across::FileLine;
use crate::source::{Source, Span};
use crate::text::letters;
use rustc_hash::FxHashMap;
use std::sync::Arc;

/// Extensions of files in which layouts are written.
const EXTENSIONS: [&str; 16] = [
    "html", "htm", "liquid", "njk", "jinja", "jinja2", "j2", "hbs", "ejs", "swig", "astro", "vue", "svelte", "jsx",
    "tsx", "webc",
];

/// Whether the name of a file is that of a layout, or of a part of one.
pub fn may_be_layout(path: &str) -> bool {
    extension_of(path).is_some_and(|extension| EXTENSIONS.contains(&&*extension))
}

/// A start tag of a layout.
#[derive(Debug)]
struct Tag {
    at: FileLine,
    attributes: Vec<(String, Pattern)>,
    /// Whether a template may add attributes.
    is_open: bool,
    /// The letters of its text, if no template is in it.
    text: Option<String>,
}

/// What is known of a value.
#[derive(Debug)]
struct Pattern {
    /// The texts between templates, in order.
    parts: Vec<String>,
    /// Whether some of them may be left out.
    is_conditional: bool,
    /// The templates, which may name what they print: `{{ "fonts/a.woff2" | relative_url }}`.
    code: String,
}

/// The start tags of all layouts, by name.
#[derive(Debug, Default)]
pub struct Layouts {
    tags: FxHashMap<String, Vec<Tag>>,
}

impl Layouts {
    /// Adds the start tags of a layout. Its path is relative to the folder of the site's config.
    pub fn add(&mut self, file: &str, source: &Source, generator: Generator) {
        let place = Place::new(file, generator, Dialect::Html);
        let document = Document::parse(source, &place);
        let file: Arc<str> = Arc::from(file);
        for element in document.tree.html_elements() {
            let Some(span) = element.start_tag() else { continue };
            let pattern = |value: Span| Pattern::of(&document, value);
            let attributes = element.attributes().map(|attribute| {
                let name = if attribute.name() == "classname" { "class" } else { attribute.name() };
                (name.to_owned(), attribute.value_span().map_or(Pattern::of_text(""), pattern))
            });
            let inside = element.span().unwrap_or(span);
            let is_plain = !document.tree.has_template(inside) && element.child_elements().next().is_none();
            let tag = Tag {
                at: FileLine { file: file.clone(), line: source.line_of(span.start) },
                attributes: attributes.collect(),
                is_open: element.has_unknown_attributes(),
                text: is_plain.then(|| letters(&text_of(element))).filter(|text| !text.is_empty()),
            };
            self.tags.entry(element.name().to_owned()).or_default().push(tag);
        }
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.tags.is_empty()
    }

    /// The line that writes an element.
    pub fn line_of(&self, element: Element<'_>) -> Option<FileLine> {
        let tags = self.tags.get(element.name())?;
        let mut best: Option<(usize, Vec<&Tag>)> = None;
        for tag in tags {
            let Some(score) = tag.score(element) else { continue };
            match &mut best {
                Some((most, _)) if *most > score => {}
                Some((most, found)) if *most == score => found.push(tag),
                _ => best = Some((score, vec![tag])),
            }
        }
        let (score, found) = best?;
        let lone = found.first().filter(|first| found.iter().all(|tag| tag.at == first.at))?;
        // A tag without any of that is only known if there is no other of its name.
        (score > 0 || tags.len() == 1).then(|| lone.at.clone())
    }
}

impl Tag {
    /// How much of an element this tag says; `None` if it writes another one.
    fn score(&self, element: Element<'_>) -> Option<usize> {
        let mut score = 0;
        for (name, pattern) in &self.attributes {
            match element.attribute(name) {
                Some(attribute) => score += 1 + pattern.score(attribute.value())?,
                None if self.is_open => {}
                None => return None,
            }
        }
        let is_known = |name: &str| self.attributes.iter().any(|(it, _)| it == name);
        if !self.is_open && element.attributes().any(|attribute| !is_known(attribute.name())) {
            return None;
        }
        if let Some(text) = &self.text {
            if *text != letters(&text_of(element)) {
                return None;
            }
            score += text.len();
        }
        Some(score)
    }
}

impl Pattern {
    fn of(document: &Document<'_>, value: Span) -> Self {
        let text = document.source.text();
        let mut parts = Vec::new();
        let (mut at, mut is_conditional, mut code) = (value.start, false, String::new());
        for template in document.tree.templates_in(value) {
            let start = template.start.max(at);
            parts.push(Span::new(at, start).slice(text).to_owned());
            is_conditional |= is_control(template.slice(text));
            code.push_str(template.slice(text));
            at = template.end.min(value.end).max(start);
        }
        parts.push(Span::new(at, value.end).slice(text).to_owned());
        // Values in braces are expressions in JSX and its relatives.
        if let [only] = &*parts
            && only.starts_with('{')
        {
            return Pattern { code: only.clone(), parts: vec![String::new(), String::new()], is_conditional };
        }
        Pattern { parts, is_conditional, code }
    }

    fn of_text(text: &str) -> Self {
        Pattern { parts: vec![text.to_owned()], is_conditional: false, code: String::new() }
    }

    /// Number of the letters of a value that are known; `None` if it cannot be this one.
    fn score(&self, value: &str) -> Option<usize> {
        let end = value.trim_end_matches('/').rsplit('/').next().unwrap_or("");
        let is_named = end.len() > 3 && self.code.contains(end);
        Some(self.known(value)? + if is_named { end.len() } else { 0 })
    }

    fn known(&self, value: &str) -> Option<usize> {
        match &*self.parts {
            [whole] => {
                let whole = crate::text::decoded(whole);
                (whole.trim() == value.trim()).then_some(whole.len())
            }
            [first, ..] if self.is_conditional => value.starts_with(first.trim_start()).then_some(first.len()),
            [first, middle @ .., last] => {
                let mut rest = value.strip_prefix(&**first)?;
                for part in middle.iter().filter(|part| !part.is_empty()) {
                    rest = rest.get(rest.find(&**part)? + part.len()..)?;
                }
                rest.ends_with(&**last).then(|| self.parts.iter().map(String::len).sum())
            }
            [] => Some(0),
        }
    }
}

/// Whether a template chooses what is written.
fn is_control(template: &str) -> bool {
    let inside = template.trim_start_matches(['{', '%', '<', '-', ' ', '#']);
    let word = inside.split(|c: char| !c.is_alphanumeric()).next().unwrap_or("");
    template.starts_with("{%")
        || template.starts_with("<%")
        || matches!(word, "if" | "else" | "end" | "range" | "with" | "for" | "unless" | "case" | "block" | "define")
}
