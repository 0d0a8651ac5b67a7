//! Site generators, and the languages in which they parse posts.

use serde::{Deserialize, Serialize};
use std::fmt;

/// A site generator.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Generator {
    /// kramdown, Liquid, SafeYAML.
    Jekyll,
    /// goldmark, shortcodes, YAML/TOML/JSON front matter.
    Hugo,
    /// CommonMark (remark), MDX, no templates in Markdown.
    Astro,
    /// CommonMark (marked), Nunjucks tags.
    Hexo,
    /// CommonMark (markdown-it), Liquid or Nunjucks.
    Eleventy,
    /// MDX, also in `.md` files.
    Docusaurus,
    /// CommonMark (markdown-it), compiled as a Vue template.
    VitePress,
    /// Python-Markdown.
    MkDocs,
    /// CommonMark (pulldown-cmark), shortcodes, TOML front matter.
    Zola,
    /// CommonMark (pulldown-cmark), no front matter.
    MdBook,
    /// Python-Markdown, metadata lines instead of front matter.
    Pelican,
    /// CommonMark (remark).
    Gatsby,
    /// MDX in a Next.js site, and Markdown beside it.
    Next,
    /// An unknown generator: CommonMark, no further assumptions.
    #[default]
    Plain,
}

impl Generator {
    /// All generators, in the order of the documentation.
    pub const ALL: [Generator; 14] = [
        Generator::Jekyll,
        Generator::Hugo,
        Generator::Astro,
        Generator::Hexo,
        Generator::Eleventy,
        Generator::Docusaurus,
        Generator::VitePress,
        Generator::MkDocs,
        Generator::Zola,
        Generator::MdBook,
        Generator::Pelican,
        Generator::Gatsby,
        Generator::Next,
        Generator::Plain,
    ];

    /// The word used in config files and on the command line.
    pub const fn as_str(self) -> &'static str {
        match self {
            Generator::Jekyll => "jekyll",
            Generator::Hugo => "hugo",
            Generator::Astro => "astro",
            Generator::Hexo => "hexo",
            Generator::Eleventy => "eleventy",
            Generator::Docusaurus => "docusaurus",
            Generator::VitePress => "vitepress",
            Generator::MkDocs => "mkdocs",
            Generator::Zola => "zola",
            Generator::MdBook => "mdbook",
            Generator::Pelican => "pelican",
            Generator::Gatsby => "gatsby",
            Generator::Next => "next",
            Generator::Plain => "plain",
        }
    }

    /// The generator, if rules know how it processes front matter, dates and titles; otherwise `Plain`.
    pub const fn known(self) -> Generator {
        match self {
            Generator::Jekyll | Generator::Hugo | Generator::Astro | Generator::Hexo | Generator::Eleventy => self,
            _ => Generator::Plain,
        }
    }

    /// The generator's name as its project spells it.
    pub const fn display_name(self) -> &'static str {
        match self {
            Generator::Jekyll => "Jekyll",
            Generator::Hugo => "Hugo",
            Generator::Astro => "Astro",
            Generator::Hexo => "Hexo",
            Generator::Eleventy => "Eleventy",
            Generator::Docusaurus => "Docusaurus",
            Generator::VitePress => "VitePress",
            Generator::MkDocs => "MkDocs",
            Generator::Zola => "Zola",
            Generator::MdBook => "mdBook",
            Generator::Pelican => "Pelican",
            Generator::Gatsby => "Gatsby",
            Generator::Next => "Next.js",
            Generator::Plain => "plain",
        }
    }
}

impl std::str::FromStr for Generator {
    type Err = ();

    fn from_str(word: &str) -> Result<Self, ()> {
        Generator::ALL.into_iter().find(|g| g.as_str() == word).ok_or(())
    }
}

impl fmt::Display for Generator {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.display_name())
    }
}

/// Extensions of Markdown files, in lower case: those of Jekyll's `markdown_ext`, Hugo, Astro and Hexo.
const MARKDOWN: [&str; 7] = ["md", "markdown", "mkd", "mkdn", "mkdown", "mdown", "mdwn"];

/// Extensions of two letters that are not languages, after `.html`: scripts, compressed files, templates.
const PROGRAMS: [&str; 8] = ["br", "ep", "gz", "in", "js", "md", "ts", "tt"];

/// The extension of a file in lower case, without the dot. For `index.html.ko` and `index.html.en.utf8` (Apache's
/// content negotiation by language), it is `html`.
pub fn extension_of(name: &str) -> Option<String> {
    let name = name.rsplit('/').next().unwrap_or(name);
    let (stem, extension) = name.rsplit_once('.')?;
    let by_language = || {
        let (stem, language) = if extension == "utf8" { stem.rsplit_once('.')? } else { (stem, extension) };
        let (language, region) = language.split_once(['-', '_']).unwrap_or((language, "xx"));
        let is_code = |code: &str| code.len() == 2 && code.bytes().all(|byte| byte.is_ascii_alphabetic());
        (is_code(language) && is_code(region) && !PROGRAMS.contains(&language) && stem.ends_with(".html"))
            .then(|| "html".to_owned())
    };
    Some(by_language().unwrap_or_else(|| extension.to_ascii_lowercase()))
}

/// The language in which a post's body is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Dialect {
    /// HTML without Markdown.
    Html,
    /// CommonMark with tables, strikethrough, footnotes and task lists.
    CommonMark,
    /// kramdown as Jekyll runs it.
    Kramdown,
    /// CommonMark with JSX.
    Mdx,
    /// python-markdown.
    PythonMarkdown,
}

impl Dialect {
    /// The dialect in which `generator` reads files with this extension (lower case, no dot); `None` for files that are
    /// not posts.
    pub fn of_extension(extension: &str, generator: Generator) -> Option<Dialect> {
        match extension {
            "md" if generator == Generator::Docusaurus => Some(Dialect::Mdx),
            markdown if MARKDOWN.contains(&markdown) => Some(match generator {
                Generator::Jekyll => Dialect::Kramdown,
                Generator::MkDocs | Generator::Pelican => Dialect::PythonMarkdown,
                _ => Dialect::CommonMark,
            }),
            "mdx" => Some(Dialect::Mdx),
            "html" | "htm" => Some(Dialect::Html),
            _ => None,
        }
    }
}
