//! The Markdown engine of a site, and its options that change the page.

/// A Markdown engine.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Engine {
    /// Jekyll's default.
    Kramdown,
    /// jekyll-commonmark and jekyll-commonmark-ghpages: cmark.
    CommonMark,
    /// Jekyll's default until 3.0.
    Redcarpet,
    /// Hugo's.
    Goldmark,
    /// Hexo's default.
    Marked,
    /// Eleventy's and VitePress's.
    MarkdownIt,
    /// MkDocs' and Pelican's.
    PythonMarkdown,
    /// Astro's until 6, and Gatsby's.
    Remark,
    /// Astro's since 7.
    Satteri,
    /// Of MDX files, and of Docusaurus and Nextra.
    Mdx,
    /// Zola's and mdBook's.
    PulldownCmark,
    /// An engine that no parser here implements: only what all engines have in common is known.
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

    /// Whether a parser here implements it.
    pub const fn is_modelled(self) -> bool {
        !matches!(self, Engine::Redcarpet | Engine::Other)
    }

    /// Its name, as its project writes it, in lower case.
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

/// The options of kramdown that change what is an element.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Kramdown {
    /// `input: GFM`, which is Jekyll's default.
    pub gfm: bool,
    /// `auto_ids`
    pub auto_ids: bool,
    /// Whether `smart_quotes` produces curly quotes.
    pub smart_quotes: bool,
    /// `parse_block_html`
    pub parse_block_html: bool,
    /// `parse_span_html`
    pub parse_span_html: bool,
}

impl Kramdown {
    /// Jekyll's defaults.
    pub const JEKYLL: Kramdown =
        Kramdown { gfm: true, auto_ids: true, smart_quotes: true, parse_block_html: false, parse_span_html: true };
}
