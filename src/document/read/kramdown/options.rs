//! kramdown's options.

use std::sync::Arc;

/// kramdown's options. The defaults are Jekyll's.
#[derive(Clone, Debug)]
pub struct Options {
    /// GitHub's dialect: backtick fences, `~~strike~~`, task lists; headers, quotes, lists and fenced code may follow a
    /// paragraph without a blank line.
    pub gfm: bool,
    /// Whether headers get an `id` generated from their text.
    pub auto_ids: bool,
    /// Whether straight quotes become curly.
    pub smart_quotes: bool,
    /// Whether HTML blocks contain Markdown by default.
    pub parse_block_html: bool,
    /// Whether inline HTML elements contain Markdown.
    pub parse_span_html: bool,
    /// Whether a line ending becomes `<br>`, with `gfm`.
    pub hard_wrap: bool,
    /// The start of each generated id.
    pub auto_id_prefix: Option<Arc<str>>,
    /// How many levels deeper headers are than they are written.
    pub header_offset: i8,
}

impl Default for Options {
    fn default() -> Self {
        Options {
            gfm: true,
            auto_ids: true,
            smart_quotes: true,
            parse_block_html: false,
            parse_span_html: true,
            hard_wrap: false,
            auto_id_prefix: None,
            header_offset: 0,
        }
    }
}
