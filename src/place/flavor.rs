//! The extensions and differences of a Markdown engine, compared to CommonMark: tables, heading ids, raw HTML and more.
//! kramdown has separate options.

use crate::place::dialect::Generator;

/// The differences between Markdown engines. Plain data: [`Flavor::of`] returns the defaults of each generator, and a
/// site's config may change any field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Flavor {
    /// Whether tables with pipes are supported. All engines do by default; Python-Markdown and markdown-it can disable
    /// them.
    pub tables: bool,
    /// How the alignment of a column is set on its cells.
    pub alignment: Alignment,
    /// The syntax and element of `~~text~~`.
    pub strikethrough: Strikethrough,
    /// Whether `[ ]` at the start of an item is a check box. remark also adds classes, which postlint omits.
    pub task_lists: bool,
    /// The markup of `[^name]` and `[^name]: text`.
    pub footnotes: Footnotes,
    /// The syntax of definition lists: a term, and lines that begin with `: `.
    pub definition_lists: DefinitionLists,
    /// Which bare URLs, without `<` and `>`, become links.
    pub autolinks: Autolinks,
    /// The scheme of links to `www.example.com` (Hugo's `linkifyProtocol`).
    pub www_scheme: Scheme,
    /// The algorithm that generates the ids of headings.
    pub heading_ids: HeadingIds,
    /// The syntax in which a heading sets its id and attributes.
    pub heading_attributes: HeadingAttributes,
    /// Whether `::: tip` opens a container, up to `:::`: VitePress, Docusaurus.
    pub containers: bool,
    /// Whether an image without a text has an empty `alt`. hexo-renderer-marked leaves the attribute out.
    pub empty_alt: bool,
    /// Whether a quote that begins with `[!NOTE]` is a container (VitePress).
    pub alerts: bool,
    /// Whether `{.class}` below a block sets its attributes (Hugo's `parser.attribute.block`).
    pub block_attributes: bool,
    /// Whether lines indented by four columns are code. They are not in Eleventy since 2.0.
    pub indented_code: bool,
    /// What the engine does with HTML in Markdown.
    pub raw_html: RawHtml,
    /// Whether a line ending in a paragraph becomes `<br>` (marked's and markdown-it's `breaks`, goldmark's
    /// `hardWraps`).
    pub hard_breaks: bool,
    /// Whether quotes, dashes and ellipses are replaced by typographic characters. postlint keeps the original text,
    /// except for generating the ids of headings.
    pub typographer: bool,
    /// Whether an image that is alone in its paragraph stays in a `<p>` (Hugo's
    /// `parser.wrapStandAloneImageWithinParagraph`).
    pub images_in_paragraphs: bool,
    /// Whether the shortcode `figure` is Hugo's own, which writes an image.
    pub figures: bool,
}

/// How the alignment of a column is set on its cells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Alignment {
    /// Not set.
    Off,
    /// `style="text-align:left"`: markdown-it, Hugo before 0.134.
    Style,
    /// `style="text-align: left"`: pulldown-cmark, Hugo since 0.134.
    SpacedStyle,
    /// `align="left"`: remark, marked.
    Attribute,
}

/// The syntax and element of strikethrough.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Strikethrough {
    /// Not supported.
    Off,
    /// `<del>` for one or two tildes at the borders of words, as for emphasis: remark, Hugo since 0.134.
    Del,
    /// `<del>` for one or two tildes, of which two may begin it after a letter and before punctuation: marked,
    /// pulldown-cmark.
    DelInWord,
    /// `<del>` for two tildes only: Hugo before 0.134.
    DelOfTwo,
    /// `<s>` for two tildes: markdown-it.
    SOfTwo,
}

/// The markup of footnotes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Footnotes {
    /// Not supported.
    Off,
    /// For unknown engines: each footnote is where it is defined, with an id made from its name.
    Plain,
    /// goldmark (`extension/footnote.go`): numbered, in a list after `<hr>` at the end.
    Goldmark,
    /// remark-rehype (`mdast-util-to-hast`): numbered, in a section with a title at the end, with ids that begin with
    /// `user-content-`.
    Github,
    /// pulldown-cmark's own renderer, used by Zola: each footnote is where it is defined.
    Pulldown,
}

/// The syntax of definition lists.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DefinitionLists {
    /// Not supported.
    Off,
    /// As in pulldown-cmark.
    Pulldown,
    /// As in goldmark (`extension/definition_list.go`): a definition has paragraphs if it follows a blank line, and its
    /// `:` must be followed by whitespace.
    Goldmark,
}

/// Which bare URLs, without `<` and `>`, become links.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Autolinks {
    /// None: markdown-it's default, Python-Markdown, pulldown-cmark.
    Off,
    /// As in goldmark's `extension/linkify.go`: URLs, `www.`, e-mail addresses.
    Goldmark,
    /// As on GitHub: URLs, `www.`, e-mail addresses (remark-gfm, marked).
    Github,
    /// As in linkify-it without fuzzy links: URLs with a scheme, and e-mail addresses (VitePress).
    LinkifyIt,
}

/// The scheme of links to a `www.` host.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scheme {
    /// `http://`
    Http,
    /// `https://`
    Https,
}

/// The algorithm that generates the ids of headings.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HeadingIds {
    /// Headings have no ids, or the algorithm is not known.
    Off,
    /// Hugo's `github` (`markup/goldmark/autoid.go`).
    Hugo(HugoInput),
    /// Hugo's `github-ascii`.
    HugoAscii(HugoInput),
    /// Hugo's `blackfriday`.
    HugoBlackfriday(HugoInput),
    /// github-slugger: Astro, Docusaurus, Nextra (there from level 2 on), Gatsby with a plugin.
    GithubSlugger,
    /// `@mdit-vue/shared`, VitePress.
    MditVue,
    /// Zola with `slugify.anchors = "on"`, its default: other letters are transliterated.
    Zola,
    /// mdBook 0.5.
    MdBook,
    /// hexo-renderer-marked, with `modifyAnchors: 0`.
    Hexo,
}

/// The text from which Hugo generates an id.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HugoInput {
    /// The source of the heading's last line, with its markup.
    Source,
    /// The text of the heading, after typographic replacements. An empty heading has no id.
    Text,
}

/// The syntax in which headings set their ids and other attributes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HeadingAttributes {
    /// Not supported.
    Off,
    /// `{#id .class key=value}`: pulldown-cmark, and unknown engines.
    Pulldown,
    /// `{#id .class key="value"}`: goldmark (`parser.attribute.title`).
    Goldmark,
    /// `{#id}` with any characters: Docusaurus.
    Docusaurus,
    /// `{#id .class key=value}`, also without whitespace before it: markdown-it-attrs (VitePress).
    MarkdownItAttrs,
    /// `[#id]`: Nextra.
    Nextra,
}

/// What the engine does with HTML in Markdown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RawHtml {
    /// HTML is part of the page.
    Kept,
    /// Tags are removed, and the text between inline tags is kept: Hugo without `unsafe`.
    Dropped,
    /// HTML is printed as text: markdown-it without `html`.
    Escaped,
}

impl Flavor {
    /// The defaults of the generator's default engine.
    pub const fn of(generator: Generator) -> Flavor {
        match generator {
            // kramdown and python-markdown, which Jekyll, MkDocs and Pelican use, are not described by a flavor. The engine
            // of Gatsby depends on plugins.
            Generator::Jekyll | Generator::MkDocs | Generator::Pelican | Generator::Plain | Generator::Gatsby => {
                Flavor::unknown()
            }
            // Whether `unsafe` is set is known only from the site's config. Assume that it is, to avoid reporting HTML
            // as dropped.
            Generator::Hugo => Flavor { raw_html: RawHtml::Kept, ..Flavor::goldmark() },
            Generator::Astro => Flavor::astro(),
            Generator::Hexo => Flavor::hexo(),
            Generator::Eleventy => Flavor { indented_code: false, raw_html: RawHtml::Kept, ..Flavor::markdown_it() },
            Generator::Docusaurus => Flavor::docusaurus(),
            Generator::VitePress => Flavor::vitepress(),
            Generator::Zola => Flavor::zola(),
            Generator::MdBook => Flavor::mdbook(),
            Generator::Next => Flavor::nextra(),
        }
    }

    /// For unknown engines: what most engines have in common, without ids and autolinks.
    pub const fn unknown() -> Flavor {
        Flavor {
            tables: true,
            alignment: Alignment::Off,
            strikethrough: Strikethrough::Del,
            task_lists: true,
            footnotes: Footnotes::Plain,
            definition_lists: DefinitionLists::Off,
            autolinks: Autolinks::Off,
            www_scheme: Scheme::Http,
            heading_ids: HeadingIds::Off,
            heading_attributes: HeadingAttributes::Pulldown,
            containers: false,
            alerts: false,
            empty_alt: true,
            block_attributes: false,
            indented_code: true,
            raw_html: RawHtml::Kept,
            hard_breaks: false,
            typographer: false,
            images_in_paragraphs: true,
            figures: false,
        }
    }

    /// goldmark with the defaults of the current version of Hugo (`markup/goldmark/goldmark_config/config.go`).
    pub const fn goldmark() -> Flavor {
        Flavor {
            alignment: Alignment::SpacedStyle,
            footnotes: Footnotes::Goldmark,
            definition_lists: DefinitionLists::Goldmark,
            autolinks: Autolinks::Goldmark,
            www_scheme: Scheme::Https,
            heading_ids: HeadingIds::Hugo(HugoInput::Text),
            heading_attributes: HeadingAttributes::Goldmark,
            raw_html: RawHtml::Dropped,
            typographer: true,
            ..Flavor::unknown()
        }
    }

    /// goldmark with the defaults of Hugo 0.`minor`. Since 0.144, ids are generated from the heading's text; since
    /// 0.134, the alignment of a cell has a space after the colon, and a single `~` strikes out text.
    pub const fn hugo(minor: u32) -> Flavor {
        let mut flavor = Flavor::goldmark();
        if minor < 144 {
            flavor.heading_ids = HeadingIds::Hugo(HugoInput::Source);
        }
        if minor < 134 {
            flavor.alignment = Alignment::Style;
            flavor.strikethrough = Strikethrough::DelOfTwo;
        }
        flavor
    }

    /// remark with remark-gfm, remark-rehype and raw HTML, without heading ids.
    pub const fn remark() -> Flavor {
        Flavor {
            alignment: Alignment::Attribute,
            footnotes: Footnotes::Github,
            autolinks: Autolinks::Github,
            heading_attributes: HeadingAttributes::Off,
            ..Flavor::unknown()
        }
    }

    /// remark as Astro configures it (`@astrojs/markdown-remark`). The processor of Astro 7 produces the same.
    pub const fn astro() -> Flavor {
        Flavor { heading_ids: HeadingIds::GithubSlugger, typographer: true, ..Flavor::remark() }
    }

    /// remark as Docusaurus configures it (`@docusaurus/mdx-loader`).
    pub const fn docusaurus() -> Flavor {
        Flavor {
            containers: true,
            heading_ids: HeadingIds::GithubSlugger,
            heading_attributes: HeadingAttributes::Docusaurus,
            ..Flavor::remark()
        }
    }

    /// remark as Nextra configures it (`nextra/dist/server/compile.js`).
    pub const fn nextra() -> Flavor {
        Flavor {
            heading_ids: HeadingIds::GithubSlugger,
            heading_attributes: HeadingAttributes::Nextra,
            ..Flavor::remark()
        }
    }

    /// markdown-it's preset `default` (`lib/presets/default.mjs`).
    pub const fn markdown_it() -> Flavor {
        Flavor {
            alignment: Alignment::Style,
            strikethrough: Strikethrough::SOfTwo,
            task_lists: false,
            footnotes: Footnotes::Off,
            heading_attributes: HeadingAttributes::Off,
            raw_html: RawHtml::Escaped,
            ..Flavor::unknown()
        }
    }

    /// VitePress (`createMarkdownRenderer`).
    pub const fn vitepress() -> Flavor {
        Flavor {
            autolinks: Autolinks::LinkifyIt,
            containers: true,
            alerts: true,
            heading_ids: HeadingIds::MditVue,
            heading_attributes: HeadingAttributes::MarkdownItAttrs,
            raw_html: RawHtml::Kept,
            ..Flavor::markdown_it()
        }
    }

    /// marked with `gfm`, its default.
    pub const fn marked() -> Flavor {
        Flavor {
            alignment: Alignment::Attribute,
            strikethrough: Strikethrough::DelInWord,
            footnotes: Footnotes::Off,
            autolinks: Autolinks::Github,
            heading_attributes: HeadingAttributes::Off,
            ..Flavor::unknown()
        }
    }

    /// hexo-renderer-marked: marked with `breaks`, and ids on headings.
    pub const fn hexo() -> Flavor {
        Flavor {
            empty_alt: false,
            heading_ids: HeadingIds::Hexo,
            hard_breaks: true,
            typographer: true,
            ..Flavor::marked()
        }
    }

    /// Zola: pulldown-cmark with Zola's heading ids.
    pub const fn zola() -> Flavor {
        Flavor {
            alignment: Alignment::SpacedStyle,
            strikethrough: Strikethrough::DelInWord,
            footnotes: Footnotes::Pulldown,
            heading_ids: HeadingIds::Zola,
            ..Flavor::unknown()
        }
    }

    /// mdBook 0.5: pulldown-cmark with definition lists and mdBook's heading ids.
    pub const fn mdbook() -> Flavor {
        Flavor { definition_lists: DefinitionLists::Pulldown, heading_ids: HeadingIds::MdBook, ..Flavor::zola() }
    }
}
