//! Parses a post: first its front matter, then its body, with templates masked, by the parser of its dialect.

use crate::document::options::{kramdown_options, python_markdown_options};
use crate::document::read::front_matter::FrontMatter;
use crate::document::read::front_matter::keys::Keys;
use crate::document::read::html::{Reason, Way};
use crate::document::read::{html, kramdown, markdown, python_markdown, template};
use crate::document::tree::build::{Build, Input};
use crate::document::tree::node::Element;
use crate::document::tree::{Origin, ParseNote, Tree};
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
    /// How the tree was built, which makes no difference to it.
    pub way: Way,
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
        Document::parse_with(source, place, true)
    }

    /// Parses a file with the tree constructor only. The result is that of [`parse`](Self::parse), except for
    /// [`way`](Self::way).
    #[doc(hidden)]
    pub fn construct(source: &'s Source, place: &'s Place) -> Self {
        Document::parse_with(source, place, false)
    }

    fn parse_with(source: &'s Source, place: &'s Place, natively: bool) -> Self {
        let front_matter = FrontMatter::parse(source, place.generator);
        let body = Span::new(front_matter.body_start(source), source.text().len() as u32);
        let (tree, way) = parse_body(source.text(), body, place, natively);
        let keys = Keys::of(&front_matter, source.text());
        let [is_page, has_expired] = [OnceLock::new(), OnceLock::new()];
        let given = [OnceLock::new(), OnceLock::new()];
        let layout = OnceLock::new();
        Document { source, place, front_matter, body, tree, way, keys, is_page, has_expired, given, layout }
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
fn parse_body<'s>(source: &'s str, body: Span, place: &Place, natively: bool) -> (Tree<'s>, Way) {
    let masked = template::mask(source, body, place);
    let input = masked.input(source, body);
    let native = if natively { build_natively(&input, place) } else { Err(Reason::NotWanted) };
    let ((mut tree, notes), way) = match native {
        Ok(built) => (built, Way::Native),
        Err(reason) => (construct(&input, place), Way::Constructed(reason)),
    };
    if place.dialect == Dialect::Html {
        return (tree, way);
    }
    tree.notes.extend(notes);
    tree.notes.sort_by_key(|note| note.span);
    if place.flavor.figures {
        template::expand_figures(&mut tree);
    }
    (tree, way)
}

/// A tree and the parser's notes.
type Built<'s> = (Tree<'s>, Vec<ParseNote>);

fn build_natively<'s>(input: &Input<'s, '_>, place: &Place) -> Result<Built<'s>, Reason> {
    if place.dialect == Dialect::Html {
        return Ok((html::parse_natively(input)?, Vec::new()));
    }
    let mut native = html::Native::new(input.source, input.masked, input.templates);
    let notes = emit(input, place, &mut native);
    Ok((native.finish()?, notes))
}

fn construct<'s>(input: &Input<'s, '_>, place: &Place) -> Built<'s> {
    if place.dialect == Dialect::Html {
        return (html::construct(input), Vec::new());
    }
    let mut constructor = html::Constructor::new(input.source, input.masked, html::Mode::Fragment);
    constructor.expect_templates(input.templates.to_vec());
    let notes = emit(input, place, &mut constructor);
    (constructor.finish(input.body.end, input.templates.to_vec()), notes)
}

/// Parses Markdown and emits it to either builder.
fn emit(input: &Input<'_, '_>, place: &Place, mut builder: &mut dyn Build) -> Vec<ParseNote> {
    match place.dialect {
        Dialect::Kramdown => kramdown::build(input, &kramdown_options(&place.kramdown), &mut builder),
        Dialect::PythonMarkdown => {
            python_markdown::build(input, &python_markdown_options(&place.python_markdown), &mut builder)
        }
        dialect => markdown::build(input, (&place.flavor, dialect), &mut builder),
    }
}
