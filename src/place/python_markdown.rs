//! The extensions of python-markdown that a site has on, and their options.

use crate::place::dialect::Generator;
use std::sync::{Arc, LazyLock};

/// Which extensions are on, with the options of them that change the page. Plain data.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PythonMarkdown {
    /// Names of extensions, as [`EXTENSIONS`] has them.
    pub extensions: Vec<&'static str>,
    /// `toc`
    pub toc: Toc,
    /// `codehilite`: whether `css_class` is `highlight` instead of `codehilite`
    pub is_highlight_class: bool,
    /// `pymdownx.superfences`: whether there is a custom fence `mermaid`.
    pub mermaid: bool,
    /// `pymdownx.tabbed`
    pub tabbed: Tabbed,
    /// `pymdownx.tasklist`: `custom_checkbox`
    pub custom_checkbox: bool,
    /// `pymdownx.tasklist`: `clickable_checkbox`
    pub clickable_checkbox: bool,
    /// `pymdownx.betterem`: `smart_enable` for `*`
    pub smart_star: bool,
    /// `pymdownx.betterem`: `smart_enable` for `_`
    pub smart_underscore: bool,
    /// `pymdownx.arithmatex`: `generic`
    pub generic_math: bool,
    /// `pymdownx.magiclink`
    pub magiclink: Magiclink,
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
    /// `markdown.extensions.toc.slugify`
    Ascii,
    /// `markdown.extensions.toc.slugify_unicode`
    Unicode,
    /// `pymdownx.slugs.slugify`
    Pymdown,
    /// `pymdownx.slugs.slugify` with `case: lower`
    PymdownLower,
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

/// Options of `pymdownx.magiclink`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
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

/// The extensions that the parser knows, without `markdown.extensions.`. `emoji` and `snippets` leave texts as they are
/// written, and so do those that only load others.
pub const EXTENSIONS: [&str; 30] = [
    "abbr",
    "admonition",
    "attr_list",
    "codehilite",
    "def_list",
    "fenced_code",
    "footnotes",
    "md_in_html",
    "meta",
    "nl2br",
    "pymdownx.arithmatex",
    "pymdownx.betterem",
    "pymdownx.caret",
    "pymdownx.details",
    "pymdownx.emoji",
    "pymdownx.highlight",
    "pymdownx.inlinehilite",
    "pymdownx.keys",
    "pymdownx.magiclink",
    "pymdownx.mark",
    "pymdownx.smartsymbols",
    "pymdownx.snippets",
    "pymdownx.superfences",
    "pymdownx.tabbed",
    "pymdownx.tasklist",
    "pymdownx.tilde",
    "sane_lists",
    "smarty",
    "tables",
    "toc",
];

/// `extra`
const EXTRA: [&str; 7] = ["abbr", "attr_list", "def_list", "fenced_code", "footnotes", "md_in_html", "tables"];

/// `pymdownx.extra`
const MORE_EXTRA: [&str; 8] =
    ["abbr", "attr_list", "def_list", "footnotes", "md_in_html", "pymdownx.betterem", "pymdownx.superfences", "tables"];

impl PythonMarkdown {
    /// The defaults of a generator, which all its posts share. Those of MkDocs apply to generators with another engine.
    pub fn of(generator: Generator) -> Arc<PythonMarkdown> {
        static DEFAULTS: LazyLock<[Arc<PythonMarkdown>; 2]> =
            LazyLock::new(|| [PythonMarkdown::mkdocs(), PythonMarkdown::pelican()].map(Arc::new));
        let [mkdocs, pelican] = &*DEFAULTS;
        Arc::clone(if generator == Generator::Pelican { pelican } else { mkdocs })
    }

    /// No extension.
    pub fn plain() -> PythonMarkdown {
        PythonMarkdown {
            extensions: Vec::new(),
            toc: Toc { title: String::new(), depth: (1, 6), slugify: Slugify::Ascii, base_level: 1 },
            is_highlight_class: false,
            mermaid: false,
            tabbed: Tabbed { alternate: false, slugify: None, combine: false },
            custom_checkbox: false,
            clickable_checkbox: false,
            smart_star: false,
            smart_underscore: true,
            generic_math: false,
            magiclink: Magiclink::default(),
        }
    }

    /// Those that MkDocs has on without any setting.
    pub fn mkdocs() -> PythonMarkdown {
        PythonMarkdown { extensions: vec!["toc", "tables", "fenced_code"], ..PythonMarkdown::plain() }
    }

    /// Those that Pelican has on without any setting.
    pub fn pelican() -> PythonMarkdown {
        let mut options = PythonMarkdown { is_highlight_class: true, ..PythonMarkdown::plain() };
        ["codehilite", "extra", "meta"].into_iter().for_each(|name| {
            options.turn_on(name);
        });
        options
    }

    /// Whether the extension is on.
    pub fn has(&self, name: &str) -> bool {
        self.extensions.contains(&name)
    }

    /// Turns an extension on; returns whether the parser knows it.
    pub fn turn_on(&mut self, name: &str) -> bool {
        let name = name.strip_prefix("markdown.extensions.").unwrap_or(name);
        let wanted: &[&str] = match name {
            "extra" => &EXTRA,
            "pymdownx.extra" => &MORE_EXTRA,
            name => match EXTENSIONS.iter().find(|known| **known == name) {
                Some(known) => std::slice::from_ref(known),
                None => return false,
            },
        };
        for name in wanted {
            if !self.extensions.contains(name) {
                self.extensions.push(name);
            }
        }
        true
    }
}
