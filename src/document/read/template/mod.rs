//! Finds template syntax before Markdown and HTML are parsed, and masks it at equal length.
//!
//! Parsers must not see template syntax: Markdown would parse `{% … %}` as text and `{{ a | b }}` as a table, and HTML
//! a `>` in a Liquid tag as the end of a tag. Removing it would shift every offset after it, and each parser would need
//! a map back to the file. With a mask of equal length, all offsets remain offsets in the file. The cost: a parser sees
//! letters where the page has something else, so every string of the tree has to be taken from the file instead (see
//! `Unmasked` in kramdown, `unmasked` in HTML), values with a template in them are unknown to rules, and the choice of
//! a mask is a guess about what the template prints. The output of templates is never known here.

mod code;
mod context;
mod cursor;
mod figure;
mod fill;
mod jsx;
mod liquid;
mod masked;
mod never;
mod percent;
mod region;
mod shortcode;

use crate::place::Place;
use crate::place::dialect::{Dialect, Generator};
use crate::source::Span;
pub(in crate::document) use figure::expand as expand_figures;
use liquid::Liquid;
pub use masked::Masked;

/// Finds and masks the templates in the `body` of the file at `place`: those of its generator, unless its extension names others.
pub fn mask<'s>(source: &'s str, body: Span, place: &Place) -> Masked<'s> {
    let dialect = place.dialect;
    let Some(text) = source.get(..body.end as usize).filter(|text| text.is_char_boundary(body.start as usize)) else {
        return Masked::none(source);
    };
    let from = body.start as usize;
    if dialect == Dialect::Mdx {
        let code = code::find(text, from);
        return fill::apply(source, body, &jsx::scan(text, from, &code), dialect);
    }
    let regions = match place.generator {
        _ if place.path.ends_with(".ejs") => percent::scan(text, from),
        Generator::Astro => return Masked::none(source),
        Generator::Jekyll => liquid::scan(text, from, &Liquid::JEKYLL, &[]),
        Generator::Eleventy => liquid::scan(text, from, &Liquid::ELEVENTY, &[]),
        Generator::Hugo => shortcode::scan(text, from),
        Generator::Hexo => liquid::scan(text, from, &Liquid::HEXO, &code_outside_html(text, from, dialect)),
        _ => liquid::scan(text, from, &Liquid::ANY, &code_outside_html(text, from, dialect)),
    };
    fill::apply(source, body, &regions, dialect)
}

/// The spans of Markdown code; none in HTML.
fn code_outside_html(text: &str, from: usize, dialect: Dialect) -> Vec<Span> {
    let has_template = memchr::memmem::find(text.as_bytes(), b"{{").is_some()
        || memchr::memmem::find(text.as_bytes(), b"{%").is_some();
    if dialect == Dialect::Html || !has_template { Vec::new() } else { code::find(text, from) }
}
