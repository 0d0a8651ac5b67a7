//! Overwrites template syntax, byte for byte, with a mask that both parsers parse as intended: letters for printed
//! values, spaces between attributes, a declaration (`<!x…>`) for a template that is a node of its own.

use crate::document::read::template::context::{Context, Where};
use crate::document::read::template::masked::Masked;
use crate::document::read::template::region::{Region, Shape};
use crate::place::dialect::Dialect;
use crate::source::Span;
use std::borrow::Cow;

/// Masks `regions`, which are sorted and do not overlap.
pub(super) fn apply<'s>(source: &'s str, body: Span, regions: &[Region], dialect: Dialect) -> Masked<'s> {
    if regions.is_empty() {
        return Masked::none(source);
    }
    let alone = alone(source.as_bytes(), body, regions);
    let mut html = source.as_bytes().to_vec();
    let mut context = Context::new(source.as_bytes(), body.start as usize, dialect != Dialect::Html);
    let (mut templates, mut blocks) = (Vec::with_capacity(regions.len()), Vec::new());
    let mut done = body.start;
    for (index, region) in regions.iter().enumerate() {
        if region.span.start < done {
            continue;
        }
        let place = context.advance(region.span.start as usize);
        let span = match place {
            Where::Text => with_tag_around(source.as_bytes(), done, region.span, next_start(regions, index)),
            _ => region.span,
        };
        let Some(bytes) = html.get_mut(span.range()) else { continue };
        let is_node = alone.get(index) == Some(&true) && span == region.span;
        match place {
            Where::Text if is_node && span.len() >= 4 => {
                blocks.push(span);
                fill_declaration(bytes);
            }
            // `<>` is too short for a declaration.
            Where::Text if is_node => bytes.fill(b' '),
            Where::Tag => bytes.fill(b' '),
            Where::BeforeValue if region.shape == Shape::Expression => fill_quoted(bytes),
            _ => bytes.fill(b'x'),
        }
        templates.push(span);
        context.skip(span.end as usize);
        done = span.end;
    }
    let html = simdutf8::basic::from_utf8(&html).map_or(Cow::Borrowed(source), |html| Cow::Owned(html.to_owned()));
    Masked { html, templates, blocks }
}

fn next_start(regions: &[Region], index: usize) -> u32 {
    regions.get(index + 1).map_or(u32::MAX, |next| next.span.start)
}

/// For each region, whether only tags are on its lines.
fn alone(text: &[u8], body: Span, regions: &[Region]) -> Vec<bool> {
    let blank = |byte: &&u8| matches!(byte, b' ' | b'\t');
    let mut alone = vec![false; regions.len()];
    let mut first = 0;
    while first < regions.len() {
        let mut last = first;
        while let Some([left, right]) = regions.get(last..last + 2)
            && text
                .get(left.span.end as usize..right.span.start as usize)
                .is_some_and(|gap| gap.iter().all(|byte| blank(&byte)))
        {
            last += 1;
        }
        let group = &regions[first..=last];
        let before = text.get(body.start as usize..group[0].span.start as usize).unwrap_or(&[]);
        let after = text.get(group[group.len() - 1].span.end as usize..body.end as usize).unwrap_or(&[]);
        let starts = before.iter().rev().find(|byte| !blank(byte)).is_none_or(|byte| *byte == b'\n');
        let ends = after.iter().find(|byte| !blank(byte)).is_none_or(|byte| matches!(byte, b'\n' | b'\r'));
        let tags = group.iter().all(|region| region.shape != Shape::Value);
        alone[first..=last].fill(starts && ends && tags);
        first = last + 1;
    }
    alone
}

/// The span of the whole tag if a template is in place of its name (`<{{ tag }} class="x">`, `</{{ tag }}>`, `<{{ url
/// }}>`).
fn with_tag_around(text: &[u8], done: u32, span: Span, next: u32) -> Span {
    let before = text.get(done as usize..span.start as usize).unwrap_or(&[]);
    let start = match before {
        [.., b'<', b'/'] => span.start - 2,
        [.., b'<'] => span.start - 1,
        _ => return span,
    };
    let rest = text.get(span.end as usize..(next as usize).min(text.len())).unwrap_or(&[]);
    let end = match rest.iter().position(|byte| matches!(byte, b'<' | b'>' | b'\n')) {
        Some(at) if rest.get(at) == Some(&b'>') => span.end + at as u32 + 1,
        _ => span.end,
    };
    Span::new(start, end)
}

/// Fills the bytes with a declaration, which is an HTML block of a single line for CommonMark, and a comment for HTML.
fn fill_declaration(bytes: &mut [u8]) {
    bytes.fill(b'x');
    if let [first, second, .., last] = bytes {
        (*first, *second, *last) = (b'<', b'!', b'>');
    }
}

/// Fills the bytes with a quoted attribute value, so that the value ends where the expression ends, whatever follows.
fn fill_quoted(bytes: &mut [u8]) {
    bytes.fill(b'x');
    if let [first, .., last] = bytes {
        (*first, *last) = (b'"', b'"');
    }
}
