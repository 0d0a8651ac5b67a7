//! Template syntax, found before Markdown and HTML are parsed and masked at equal length, so that both parsers see a
//! text without it while every offset stays that of the file. What the templates would print is not known here.

mod code;
mod context;
mod cursor;
mod fill;
mod jsx;
mod liquid;
mod shortcode;

use crate::site::dialect::{Dialect, Generator};
use crate::source::Span;
use liquid::Liquid;
use std::borrow::Cow;

/// A file whose template syntax is masked.
#[derive(Debug)]
pub struct Masked<'s> {
    /// The file, byte for byte as long as it was: what the parsers see.
    pub html: Cow<'s, str>,
    /// Every stretch of template syntax, ascending, none overlapping.
    pub templates: Vec<Span>,
    /// Those of `templates` that stand as nodes of their own: `html` has a declaration (`<!x…>`) there.
    pub blocks: Vec<Span>,
}

impl<'s> Masked<'s> {
    /// A file without templates.
    pub fn none(source: &'s str) -> Self {
        Masked { html: Cow::Borrowed(source), templates: Vec::new(), blocks: Vec::new() }
    }

    /// The blocks that lie inside `span`.
    pub(crate) fn blocks_in(&self, span: Span) -> &[Span] {
        let first = self.blocks.partition_point(|block| block.start < span.start);
        let rest = self.blocks.get(first..).unwrap_or(&[]);
        rest.get(..rest.partition_point(|block| block.end <= span.end)).unwrap_or(&[])
    }
}

/// A stretch of template syntax, before it is decided how to mask it.
#[derive(Clone, Copy, Debug)]
struct Region {
    span: Span,
    shape: Shape,
}

/// What a stretch of template syntax may be masked as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Shape {
    /// Prints into the text around it: `{{ … }}`.
    Value,
    /// A block of its own where it stands alone on its lines: `{% … %}`, `{{< … >}}`, `<Component>`.
    Tag,
    /// A JSX expression: as `Tag`, and a whole attribute value after `=`.
    Expression,
}

/// Finds and masks the templates that `generator` knows in the `body` of a file.
pub fn mask(source: &str, body: Span, generator: Generator, dialect: Dialect) -> Masked<'_> {
    let Some(text) = source.get(..body.end as usize).filter(|text| text.is_char_boundary(body.start as usize)) else {
        return Masked::none(source);
    };
    let from = body.start as usize;
    if dialect == Dialect::Mdx {
        let code = code::find(text, from);
        return fill::apply(source, body, &jsx::scan(text, from, &code), dialect);
    }
    let regions = match generator {
        Generator::Astro => return Masked::none(source),
        Generator::Jekyll => liquid::scan(text, from, &Liquid::JEKYLL, &[]),
        Generator::Eleventy => liquid::scan(text, from, &Liquid::ELEVENTY, &[]),
        Generator::Hugo => shortcode::scan(text, from),
        Generator::Hexo => liquid::scan(text, from, &Liquid::HEXO, &code_outside_html(text, from, dialect)),
        Generator::Plain => liquid::scan(text, from, &Liquid::ANY, &code_outside_html(text, from, dialect)),
    };
    fill::apply(source, body, &regions, dialect)
}

/// HTML has no Markdown code in it.
fn code_outside_html(text: &str, from: usize, dialect: Dialect) -> Vec<Span> {
    let has_template = memchr::memmem::find(text.as_bytes(), b"{{").is_some()
        || memchr::memmem::find(text.as_bytes(), b"{%").is_some();
    if dialect == Dialect::Html || !has_template { Vec::new() } else { code::find(text, from) }
}
