//! kramdown as Jekyll runs it: a parser of its own that says what it read to a [`Build`], every part with its bytes.
//! Written from kramdown's syntax reference and checked against kramdown itself; it does not highlight or typeset.

mod attributes;
mod block;
mod blocks;
mod emit;
mod entities;
mod html;
mod ids;
mod inline;
mod lines;
mod text;

use super::build::Build;
use super::tree::Fact;
use crate::source::Span;

/// How kramdown is configured. The default is what Jekyll sets.
#[derive(Clone, Debug)]
pub struct Options {
    /// GitHub's dialect: backtick fences, `~~strike~~`, task lists; any block may follow a paragraph without a blank line.
    pub gfm: bool,
    /// Headers get an `id` made of their text.
    pub auto_ids: bool,
    /// Quotes become curly.
    pub smart_quotes: bool,
    /// HTML blocks hold Markdown without asking for it.
    pub parse_block_html: bool,
    /// HTML elements within a line hold Markdown.
    pub parse_span_html: bool,
}

impl Default for Options {
    fn default() -> Self {
        Options { gfm: true, auto_ids: true, smart_quotes: true, parse_block_html: false, parse_span_html: true }
    }
}

/// Reads `body`, a span of the file.
///
/// `parsed` is the whole file with template syntax masked at equal length: by letters, or as `<!x…>` where it stands
/// alone on its lines. `templates` are the masked spans, ascending. All offsets given to `out` are the file's. Returns
/// what is broken in the source but leaves no trace in the tree, in source order.
pub fn build(options: &Options, parsed: &str, body: Span, templates: &[Span], out: &mut impl Build) -> Vec<Fact> {
    let (reader, root) = block::Reader::read(options.clone(), parsed, body, templates);
    emit::emit(reader, root, out)
}
