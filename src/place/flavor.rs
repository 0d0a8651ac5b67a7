//! What a Markdown engine adds to CommonMark or changes in it: extensions, heading ids, raw HTML. kramdown has options
//! of its own.

use crate::place::dialect::Generator;

/// What a Markdown engine makes of a post, as far as engines differ. Plain data: [`Flavor::of`] has the defaults of each
/// generator, a site's config may change any field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Flavor {
    /// Tables with pipes. All engines have them; python-markdown and markdown-it can switch them off.
    pub tables: bool,
    /// How the alignment of a column is written on its cells.
    pub alignment: Alignment,
    /// `~~text~~`.
    pub strikethrough: Strikethrough,
    /// `[ ]` at the start of an item is a check box. remark adds classes besides, which are left out here.
    pub task_lists: bool,
    /// `[^name]` and `[^name]: text`.
    pub footnotes: Footnotes,
    /// A term, and lines that begin with `: `.
    pub definition_lists: DefinitionLists,
    /// URLs without `<` and `>` that become links.
    pub autolinks: Autolinks,
    /// The scheme of links to `www.example.com` (Hugo's `linkifyProtocol`).
    pub www_scheme: Scheme,
    /// Which algorithm makes the ids of headings without one.
    pub heading_ids: HeadingIds,
    /// How a heading sets its id itself.
    pub heading_attributes: HeadingAttributes,
    /// Whether `::: tip` opens a container, up to `:::`: VitePress, Docusaurus.
    pub containers: bool,
    /// Whether `{.class}` below a block sets its attributes (Hugo's `parser.attribute.block`).
    pub block_attributes: bool,
    /// Whether lines indented by four columns are code. Eleventy has none since 2.0.
    pub indented_code: bool,
    /// What becomes of HTML in Markdown.
    pub raw_html: RawHtml,
    /// Whether a line end in a paragraph is a `<br>` (marked's and markdown-it's `breaks`, goldmark's `hardWraps`).
    pub hard_breaks: bool,
    /// Whether quotes, dashes and dots are replaced by typographic ones. Texts keep theirs here; the ids of headings are
    /// made of the replaced ones.
    pub typographer: bool,
    /// Whether an image that is alone in its paragraph stays in a `<p>` (Hugo's
    /// `parser.wrapStandAloneImageWithinParagraph`).
    pub images_in_paragraphs: bool,
    /// Whether the shortcode `figure` is Hugo's own, which writes an image.
    pub figures: bool,
}

/// How the alignment of a column is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Alignment {
    /// Not at all.
    Off,
    /// `style="text-align:left"`: markdown-it, Hugo before 0.134.
    Style,
    /// `style="text-align: left"`: pulldown-cmark, Hugo since 0.134.
    SpacedStyle,
    /// `style="text-align: left;"`: python-markdown.
    ClosedStyle,
    /// `align="left"`: remark, marked.
    Attribute,
}

/// Struck out text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Strikethrough {
    /// Not an extension of the engine.
    Off,
    /// `<del>` for one or two tildes: remark, marked, pulldown-cmark, Hugo since 0.134.
    Del,
    /// `<del>` for two tildes only: Hugo before 0.134.
    DelOfTwo,
    /// `<s>` for two tildes: markdown-it.
    SOfTwo,
}

/// The markup of footnotes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Footnotes {
    /// Not an extension of the engine.
    Off,
    /// An unknown engine: each text where it is written, with ids by its name.
    Plain,
    /// goldmark (`extension/footnote.go`): numbered, a list with `<hr>` at the end.
    Goldmark,
    /// remark-rehype (`mdast-util-to-hast`): numbered, a section with a title at the end, ids with `user-content-`.
    Github,
    /// pulldown-cmark's own renderer, as Zola uses it: each text where it is written.
    Pulldown,
    /// python-markdown's `footnotes`: numbered, ids by name, a list with `<hr>` at the end.
    Python,
}

/// Terms with definitions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DefinitionLists {
    /// Not an extension of the engine.
    Off,
    /// pulldown-cmark's.
    Pulldown,
    /// goldmark's (`extension/definition_list.go`): a definition has paragraphs if a blank line is above it, and
    /// whitespace follows its `:`.
    Goldmark,
}

/// URLs that become links without `<` and `>`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Autolinks {
    /// None: markdown-it's default, python-markdown, pulldown-cmark.
    Off,
    /// goldmark's `extension/linkify.go`: URLs, `www.`, e-mail addresses.
    Goldmark,
    /// GitHub's: URLs, `www.`, e-mail addresses (remark-gfm, marked).
    Github,
    /// linkify-it without fuzzy links: URLs with a scheme and e-mail addresses (VitePress).
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

/// The algorithm that makes the ids of headings.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HeadingIds {
    /// Headings have no ids, or unknown ones.
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
    /// The `toc` extension of python-markdown, ASCII only: MkDocs.
    Python,
    /// `toc` with `slugify_unicode` or pymdownx's slugs in lower case.
    PythonUnicode,
    /// Zola with `slugify.anchors = "on"`: as [`Zola`](HeadingIds::Zola) for ASCII headings only; those with other
    /// letters are transliterated, which is not modelled: they get none.
    Zola,
    /// mdBook 0.5.
    MdBook,
    /// hexo-renderer-marked, with `modifyAnchors: 0`.
    Hexo,
}

/// What Hugo makes an id of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HugoInput {
    /// The last line of the heading as it is written, with its markup.
    Source,
    /// The heading's text, after the typographer; an empty heading has no id.
    Text,
}

/// How headings set their ids and other attributes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HeadingAttributes {
    /// They cannot.
    Off,
    /// `{#id .class key=value}`: pulldown-cmark, and unknown engines.
    Pulldown,
    /// `{#id .class key="value"}`: goldmark (`parser.attribute.title`).
    Goldmark,
    /// `{#id}` with any id: Docusaurus.
    Docusaurus,
    /// `{#id .class key=value}`, also without whitespace before: markdown-it-attrs (VitePress).
    MarkdownItAttrs,
    /// `{: #id .class key=value }` and `{ #id }`: `attr_list` of python-markdown.
    PythonAttrList,
    /// `[#id]`: Nextra.
    Nextra,
}

/// What becomes of HTML in Markdown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RawHtml {
    /// It is part of the page.
    Kept,
    /// Tags are left out, what is between inline tags stays: Hugo without `unsafe`.
    Dropped,
    /// It is printed as text: markdown-it without `html`.
    Escaped,
}

impl Flavor {
    /// The defaults of the generator's default engine.
    pub const fn of(generator: Generator) -> Flavor {
        match generator {
            // Jekyll's is kramdown, Gatsby's depends on plugins.
            Generator::Jekyll | Generator::Plain | Generator::Gatsby => Flavor::unknown(),
            // Whether `unsafe` is set is known from the site's config only.
            Generator::Hugo => Flavor { raw_html: RawHtml::Kept, ..Flavor::goldmark() },
            Generator::Astro => Flavor::astro(),
            Generator::Hexo => Flavor::hexo(),
            Generator::Eleventy => Flavor { indented_code: false, raw_html: RawHtml::Kept, ..Flavor::markdown_it() },
            Generator::Docusaurus => Flavor::docusaurus(),
            Generator::VitePress => Flavor::vitepress(),
            Generator::MkDocs => Flavor::mkdocs(),
            Generator::Pelican => Flavor::python_markdown(),
            Generator::Zola => Flavor::zola(),
            Generator::MdBook => Flavor::mdbook(),
            Generator::Next => Flavor::nextra(),
        }
    }

    /// An unknown engine: what most have, without ids and links that only some make.
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
            block_attributes: false,
            indented_code: true,
            raw_html: RawHtml::Kept,
            hard_breaks: false,
            typographer: false,
            images_in_paragraphs: true,
            figures: false,
        }
    }

    /// goldmark with the defaults of the present Hugo (`markup/goldmark/goldmark_config/config.go`).
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

    /// goldmark with the defaults of Hugo 0.`minor`: ids are made of texts since 0.144, cells are aligned by a template
    /// and `~` strikes out since 0.134.
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

    /// remark as Astro configures it (`@astrojs/markdown-remark`); Astro 7's own processor gives the same.
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
            footnotes: Footnotes::Off,
            autolinks: Autolinks::Github,
            heading_attributes: HeadingAttributes::Off,
            ..Flavor::unknown()
        }
    }

    /// hexo-renderer-marked: marked with `breaks`, and ids on headings.
    pub const fn hexo() -> Flavor {
        Flavor { heading_ids: HeadingIds::Hexo, hard_breaks: true, typographer: true, ..Flavor::marked() }
    }

    /// python-markdown with the extensions of MkDocs: `toc`, `tables`, `fenced_code`.
    pub const fn mkdocs() -> Flavor {
        Flavor {
            footnotes: Footnotes::Off,
            definition_lists: DefinitionLists::Off,
            heading_ids: HeadingIds::Python,
            heading_attributes: HeadingAttributes::Off,
            ..Flavor::python_markdown()
        }
    }

    /// python-markdown with `extra`, as Pelican has it.
    pub const fn python_markdown() -> Flavor {
        Flavor {
            alignment: Alignment::ClosedStyle,
            strikethrough: Strikethrough::Off,
            task_lists: false,
            footnotes: Footnotes::Python,
            definition_lists: DefinitionLists::Pulldown,
            heading_attributes: HeadingAttributes::PythonAttrList,
            ..Flavor::unknown()
        }
    }

    /// Zola: pulldown-cmark with its own ids.
    pub const fn zola() -> Flavor {
        Flavor {
            alignment: Alignment::SpacedStyle,
            footnotes: Footnotes::Pulldown,
            heading_ids: HeadingIds::Zola,
            ..Flavor::unknown()
        }
    }

    /// mdBook 0.5: pulldown-cmark with definition lists and its own ids.
    pub const fn mdbook() -> Flavor {
        Flavor { definition_lists: DefinitionLists::Pulldown, heading_ids: HeadingIds::MdBook, ..Flavor::zola() }
    }
}
