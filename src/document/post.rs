//! Parses a post: first its front matter, then its body, with templates masked, by the parser of its dialect.

use crate::document::options::{kramdown_options, python_markdown_options};
use crate::document::read::front_matter::FrontMatter;
use crate::document::read::front_matter::keys::Keys;
use crate::document::read::{html, kramdown, markdown, python_markdown, template};
use crate::document::tree::node::Element;
use crate::document::tree::{Origin, Tree};
use crate::place::Place;
use crate::place::dialect::Dialect;
use crate::place::theme::{Chosen, Supplied};
use crate::source::{Source, Span};
use std::sync::OnceLock;

/// A parsed post. Parsing never fails: defects are recorded as notes for rules to report.
#[derive(Debug)]
pub struct Document<'s> {
    /// The file's text.
    pub source: &'s Source,
    /// What the site's configuration determines about the post.
    pub place: &'s Place,
    /// The front matter, or its absence.
    pub front_matter: FrontMatter<'s>,
    /// Byte span of the body.
    pub body: Span,
    /// The parsed body.
    pub tree: Tree<'s>,
    pub(in crate::document) keys: Keys,
    /// Cached result of [`is_page`](Self::is_page), which a dozen rules use: computing it each time costs 2.4% more
    /// instructions on jekyll-docs.
    pub(in crate::document) is_page: OnceLock<bool>,
    /// Cached result of [`has_expired`](Self::has_expired), which every rule uses.
    pub(in crate::document) has_expired: OnceLock<bool>,
    /// The layout and the type that the site gives to the post: asking each time took 18% of the instructions on
    /// eleventy-18f.
    pub(in crate::document) given: [OnceLock<Option<Supplied>>; 2],
    /// Cached result of [`layout`](Self::layout).
    pub(in crate::document) layout: OnceLock<Option<Chosen>>,
}

impl<'s> Document<'s> {
    /// Parses a file.
    pub fn parse(source: &'s Source, place: &'s Place) -> Self {
        let front_matter = FrontMatter::parse(source, place.generator);
        let body = Span::new(front_matter.body_start(source), source.text().len() as u32);
        let tree = parse_body(source.text(), body, place);
        let keys = Keys::of(&front_matter, source.text());
        let [is_page, has_expired] = [OnceLock::new(), OnceLock::new()];
        let given = [OnceLock::new(), OnceLock::new()];
        let layout = OnceLock::new();
        Document { source, place, front_matter, body, tree, keys, is_page, has_expired, given, layout }
    }

    /// Whether the element is in the source: a finding for a generated element would refer to the bytes of another one,
    /// or to none. In MDX, `<Image>` is a component, although HTML parses it as `<img>`.
    pub fn shows(&self, element: Element<'_>) -> bool {
        let capital = |tag: Span| self.source.slice(tag).as_bytes().get(1).is_some_and(u8::is_ascii_uppercase);
        match element.origin() {
            Origin::Html => self.place.dialect != Dialect::Mdx || !element.start_tag().is_some_and(capital),
            Origin::Markdown | Origin::Shortcode => true,
            Origin::Implied | Origin::Clone => false,
        }
    }
}

/// Parses the body. Templates are masked first, so that the parsers do not see them.
fn parse_body<'s>(source: &'s str, body: Span, place: &Place) -> Tree<'s> {
    let masked = template::mask(source, body, place.generator, place.dialect);
    let input = masked.input(source, body);
    if place.dialect == Dialect::Html {
        return html::parse(&input);
    }
    let mut builder = html::Builder::new(source, &masked.html, html::Mode::Fragment);
    builder.expect_templates(masked.templates.clone());
    let notes = match place.dialect {
        Dialect::Kramdown => kramdown::build(&input, &kramdown_options(&place.kramdown), &mut builder),
        Dialect::PythonMarkdown => {
            let options = python_markdown_options(&place.python_markdown);
            python_markdown::build(&input, &options, &mut builder)
        }
        dialect => markdown::build(&input, (&place.flavor, dialect), &mut builder),
    };
    let mut tree = builder.finish(body.end, masked.templates);
    tree.notes.extend(notes);
    tree.notes.sort_by_key(|note| note.span);
    if place.flavor.figures {
        template::expand_figures(&mut tree);
    }
    tree
}
