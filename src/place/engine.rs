//! The Markdown engine of a site, and its options that change the page.

use std::sync::Arc;

/// A Markdown engine.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Engine {
    /// kramdown: Jekyll's default.
    Kramdown,
    /// cmark: used by jekyll-commonmark and jekyll-commonmark-ghpages.
    CommonMark,
    /// Redcarpet: Jekyll's default until 3.0.
    Redcarpet,
    /// goldmark: used by Hugo.
    Goldmark,
    /// marked: Hexo's default.
    Marked,
    /// markdown-it: used by Eleventy and VitePress.
    MarkdownIt,
    /// Python-Markdown: used by MkDocs and Pelican.
    PythonMarkdown,
    /// remark: used by Astro until 6, and by Gatsby.
    Remark,
    /// Sätteri: used by Astro since 7.
    Satteri,
    /// MDX: used for MDX files, and by Docusaurus and Nextra.
    Mdx,
    /// pulldown-cmark: used by Zola and mdBook.
    PulldownCmark,
    /// Any other engine, which postlint does not implement: only what all engines have in common is known.
    Other,
}

impl Engine {
    /// All engines, in the order of the documentation.
    pub const ALL: [Engine; 12] = [
        Engine::Kramdown,
        Engine::CommonMark,
        Engine::Redcarpet,
        Engine::Goldmark,
        Engine::Marked,
        Engine::MarkdownIt,
        Engine::PythonMarkdown,
        Engine::Remark,
        Engine::Satteri,
        Engine::Mdx,
        Engine::PulldownCmark,
        Engine::Other,
    ];

    /// Whether postlint implements the engine.
    pub const fn is_modelled(self) -> bool {
        !matches!(self, Engine::Redcarpet | Engine::Other)
    }

    /// The engine's name in lower case.
    pub const fn as_str(self) -> &'static str {
        match self {
            Engine::Kramdown => "kramdown",
            Engine::CommonMark => "commonmark",
            Engine::Redcarpet => "redcarpet",
            Engine::Goldmark => "goldmark",
            Engine::Marked => "marked",
            Engine::MarkdownIt => "markdown-it",
            Engine::PythonMarkdown => "python-markdown",
            Engine::Remark => "remark",
            Engine::Satteri => "satteri",
            Engine::Mdx => "mdx",
            Engine::PulldownCmark => "pulldown-cmark",
            Engine::Other => "unknown",
        }
    }
}

impl std::str::FromStr for Engine {
    type Err = ();

    fn from_str(word: &str) -> Result<Self, ()> {
        Engine::ALL.into_iter().find(|engine| engine.as_str() == word).ok_or(())
    }
}

/// The options of kramdown that affect which elements a post has.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kramdown {
    /// `input: GFM`, which is Jekyll's default.
    pub gfm: bool,
    /// Whether headers get generated ids.
    pub auto_ids: bool,
    /// Whether `smart_quotes` produces curly quotes.
    pub smart_quotes: bool,
    /// Whether HTML blocks contain Markdown.
    pub parse_block_html: bool,
    /// Whether inline HTML contains Markdown.
    pub parse_span_html: bool,
    /// Whether a line ending in a paragraph becomes `<br>`.
    pub hard_wrap: bool,
    /// The start of each generated id.
    pub auto_id_prefix: Option<Arc<str>>,
    /// How many levels deeper headers are than they are written.
    pub header_offset: i8,
}

impl Kramdown {
    /// Jekyll's defaults.
    pub const JEKYLL: Kramdown = Kramdown {
        gfm: true,
        auto_ids: true,
        smart_quotes: true,
        parse_block_html: false,
        parse_span_html: true,
        hard_wrap: false,
        auto_id_prefix: None,
        header_offset: 0,
    };
}
