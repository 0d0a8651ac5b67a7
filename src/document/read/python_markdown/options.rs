//! The extensions of python-markdown and of pymdown-extensions that are on, with their options that change the tree.

/// Which extensions are on.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// `tables`
    pub tables: bool,
    /// `fenced_code`
    pub fenced_code: bool,
    /// `codehilite`, with Pygments: its `css_class`.
    pub codehilite: Option<&'static str>,
    /// `footnotes`
    pub footnotes: bool,
    /// `attr_list`
    pub attr_list: bool,
    /// `def_list`
    pub def_list: bool,
    /// `abbr`
    pub abbr: bool,
    /// `md_in_html`
    pub md_in_html: bool,
    /// `admonition`
    pub admonition: bool,
    /// `meta`
    pub meta: bool,
    /// `nl2br`
    pub nl2br: bool,
    /// `sane_lists`
    pub sane_lists: bool,
    /// `smarty`
    pub smarty: bool,
    /// `toc`
    pub toc: Option<Toc>,
    /// `pymdownx.superfences`
    pub superfences: bool,
    /// A custom fence `mermaid` of `pymdownx.superfences`.
    pub mermaid: bool,
    /// `pymdownx.highlight`, with Pygments.
    pub highlight: bool,
    /// `pymdownx.inlinehilite`
    pub inlinehilite: bool,
    /// `pymdownx.details`
    pub details: bool,
    /// `pymdownx.tabbed`
    pub tabbed: Option<Tabbed>,
    /// `pymdownx.tasklist`
    pub tasklist: Option<Tasklist>,
    /// `pymdownx.tilde`
    pub tilde: bool,
    /// `pymdownx.caret`
    pub caret: bool,
    /// `pymdownx.mark`
    pub mark: bool,
    /// `pymdownx.keys`
    pub keys: bool,
    /// `pymdownx.emoji`: whether ids are made without names of icons. Texts keep them.
    pub emoji: bool,
    /// `pymdownx.smartsymbols`
    pub smartsymbols: bool,
    /// `pymdownx.betterem`
    pub betterem: Option<BetterEm>,
    /// `pymdownx.arithmatex`
    pub arithmatex: Option<Arithmatex>,
    /// `pymdownx.magiclink`
    pub magiclink: Option<Magiclink>,
}

/// Options of `toc`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Toc {
    /// `title`
    pub title: String,
    /// `toc_depth`: the highest and the lowest level in the table of contents.
    pub depth: (u8, u8),
    /// `slugify`
    pub slugify: Slugify,
    /// `baselevel`
    pub base_level: u8,
}

/// The function that makes ids.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Slugify {
    /// `toc.slugify`: ASCII only.
    Ascii,
    /// `toc.slugify_unicode`
    Unicode,
    /// `pymdownx.slugs.slugify`, in lower case or not.
    Pymdown {
        /// `case: lower`
        lower: bool,
    },
}

/// Options of `pymdownx.tabbed`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Tabbed {
    /// `alternate_style`
    pub alternate: bool,
    /// `slugify`
    pub slugify: Option<Slugify>,
    /// `combine_header_slug`
    pub combine: bool,
}

/// Options of `pymdownx.tasklist`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Tasklist {
    /// `custom_checkbox`
    pub custom: bool,
    /// `clickable_checkbox`
    pub clickable: bool,
}

/// `smart_enable` of `pymdownx.betterem`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BetterEm {
    /// Whether `*` inside words is text.
    pub star: bool,
    /// Whether `_` inside words is text.
    pub underscore: bool,
}

/// Options of `pymdownx.arithmatex`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Arithmatex {
    /// `generic`
    pub generic: bool,
}

/// Options of `pymdownx.magiclink`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Magiclink {
    /// `repo_url_shorthand`
    pub shorthand: bool,
    /// `normalize_issue_symbols`
    pub normalize_issues: bool,
    /// `user`
    pub user: String,
    /// `repo`
    pub repo: String,
}
