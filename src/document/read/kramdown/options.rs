//! How kramdown is configured.

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
