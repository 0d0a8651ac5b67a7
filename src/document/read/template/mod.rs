//! Template syntax, found before Markdown and HTML are parsed and masked at equal length, so that both parsers see a
//! text without it while every offset stays that of the file. What the templates would print is not known here.

mod code;
mod context;
mod cursor;
mod fill;
mod jsx;
mod liquid;
mod masked;
mod region;
mod shortcode;

use crate::place::dialect::{Dialect, Generator};
use crate::source::Span;
use liquid::Liquid;
pub use masked::Masked;

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
