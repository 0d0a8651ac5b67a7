//! Which files become pages that search engines see, and the title and description that a generator derives itself.

use crate::document::ask::field::Field;
use crate::document::ask::prose;
use crate::document::read::front_matter::Block;
use crate::document::read::front_matter::calendar::{Date, Written};
use crate::document::read::front_matter::date_formats::hugo_reads;
use crate::document::read::front_matter::value::Mapping;
use crate::document::{Document, Node, NodeKind};
use crate::place::dialect::{Dialect, Generator};
use crate::place::notes::has_come;
use crate::place::theme::Supplied;
use crate::place::{Place, is_dated};
use crate::text;

impl Place {
    /// Whether the file is hidden, or is a part of pages, data, a draft or a scaffold, according to its folders or to
    /// an underscore at the start of its name. Such files are not pages. In Jekyll, other folders with an underscore
    /// are collections.
    pub fn is_part(&self) -> bool {
        self.is_in_part() || self.file_name().starts_with('_')
    }

    /// Whether the file has the content of a section or of the home page of a Hugo site.
    pub fn is_section_of_hugo(&self) -> bool {
        self.generator == Generator::Hugo && !self.is_in_part() && self.file_name().starts_with("_index.")
    }

    /// Whether one of the folders contains parts.
    fn is_in_part(&self) -> bool {
        let (folders, _) = self.path.rsplit_once('/').unwrap_or(("", &self.path));
        let is_jekyll = self.generator == Generator::Jekyll;
        let holds_parts = |folder: &[u8]| match folder {
            b"_includes" | b"_layouts" | b"_data" | b"_drafts" | b"_sass" | b"_plugins" => true,
            b"archetypes" | b"layouts" | b"scaffolds" => true,
            b"_posts" | b"." | b".." => false,
            [b'.', ..] => true,
            [b'_', ..] => !is_jekyll,
            _ => false,
        };
        folders.as_bytes().split(|byte| *byte == b'/').any(holds_parts)
    }

    /// Whether the file belongs to another Hugo page, as does every file below a folder with an `index.*` file, except
    /// that file. <https://gohugo.io/content-management/page-bundles/>
    fn is_bundled(&self) -> bool {
        let Some(folders) = self.folders.as_deref().filter(|_| self.generator == Generator::Hugo) else { return false };
        let (mut folder, name) = self.path.rsplit_once('/').unwrap_or(("", &self.path));
        let mut is_index = name.starts_with("index.");
        while !folder.is_empty() {
            let holds_page = folders.has_file_like(folder, "index.");
            if holds_page && !is_index {
                return true;
            }
            is_index = false;
            folder = folder.rsplit_once('/').map_or("", |(above, _)| above);
        }
        false
    }

    /// Whether this is a list, a section or a home page: `index.md`, `_index.md` or similar, at any depth.
    pub fn is_index(&self) -> bool {
        matches!(self.file_name().split('.').next(), Some("index" | "_index"))
    }

    /// The title that the generator derives from the file name if the front matter has none.
    /// Jekyll does so for posts and everything else in a collection: `2024-07-30-seoul-news.md` is "Seoul News".
    pub fn title_from_name(&self) -> Option<String> {
        let in_collection = self.path.rsplit_once('/').is_some_and(|(dir, _)| dir.split('/').any(is_collection));
        if self.generator != Generator::Jekyll || !in_collection {
            return None;
        }
        let name = self.file_name();
        let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
        let slug = dated_slug(stem).unwrap_or(stem);
        Some(slug.split('-').map(capitalized).collect::<Vec<_>>().join(" "))
    }
}

fn is_collection(folder: &str) -> bool {
    folder.starts_with('_')
}

fn capitalized(word: &str) -> String {
    let mut chars = word.chars();
    chars
        .next()
        .map_or_else(String::new, |first| first.to_uppercase().chain(chars.flat_map(char::to_lowercase)).collect())
}

/// The part after the date in a name like `2024-07-30-seoul`; `None` if Jekyll does not find a date.
pub fn dated_slug(stem: &str) -> Option<&str> {
    after_date(stem)?.strip_prefix('-')
}

/// What follows the date at the start of a name, whether Jekyll finds the date or not.
pub fn after_date(stem: &str) -> Option<&str> {
    let mut rest = stem;
    for (nth, digits) in [2..=4, 1..=2, 1..=2].into_iter().enumerate() {
        if nth > 0 {
            rest = rest.strip_prefix('-')?;
        }
        let after = rest.trim_start_matches(|c: char| c.is_ascii_digit());
        if !digits.contains(&(rest.len() - after.len())) {
            return None;
        }
        rest = after;
    }
    Some(rest)
}

/// Keys of themes and plugins that redirect readers to another page.
const REDIRECTS: [&str; 7] =
    ["redirect", "redirect_to", "redirect-to", "redirectTo", "redirectto", "redirect_url", "redirectUrl"];

/// Maximum number of elements in which the title of a page is searched.
const MAX_HEAD: usize = 50;

/// Keys of a post's date.
pub const DATES: [&str; 5] = ["date", "pubDate", "pubDatetime", "publishDate", "publishedAt"];

impl Document<'_> {
    /// Whether the file has front matter that parses and becomes a separate page: not an include, a redirect or a
    /// draft.
    pub fn is_page(&self) -> bool {
        *self.is_page.get_or_init(|| self.becomes_a_page())
    }

    fn becomes_a_page(&self) -> bool {
        let no_layout = ["null", "none", "false", "nil"].iter().any(|word| self.field("layout").is_word(word))
            || matches!(self.field("layout"), Field::Null(_));
        let never = self.field("published").is_word("false")
            || self.field("draft").is_word("true")
            || self.field("headless").is_word("true")
            || self.field("permalink").is_word("false")
            || self.place.generator == Generator::Zola && self.field("render").is_word("false")
            || self.is_kept_from_pages();
        let sends_away =
            || self.layout().is_some_and(|layout| layout.redirects.iter().any(|read| self.is_set(&read.key)));
        let redirects = REDIRECTS.iter().any(|key| !self.field(key).is_blank()) || sends_away();
        self.sound_fence().is_some()
            && !self.place.is_part()
            && !self.place.has_no_page
            && !self.place.is_bundled()
            && !(no_layout || never || redirects || self.is_never_rendered() || self.is_other_file())
            // If the generator is unknown and there is no body, a template may produce the whole page.
            && !(self.place.generator.known() == Generator::Plain && self.is_empty())
    }

    /// Whether `render` in `build` has a value other than `always`, so that Hugo does not render the page.
    fn is_never_rendered(&self) -> bool {
        ["build", "_build"].iter().any(|key| match self.field(key) {
            Field::Nested(entry) => {
                let render = entry.value.as_mapping().and_then(|build| build.get("render"));
                render.and_then(|render| render.value.as_scalar()).is_some_and(|how| &*how.text != "always")
            }
            _ => false,
        })
    }

    /// Whether a section or the config of a Hugo site says that the file is not a page.
    fn is_kept_from_pages(&self) -> bool {
        let is_true = |key: &str| self.field(key).is_blank() && self.inherits(key, |text| text == "true");
        let is_never = |key: &str| {
            self.field(key).is_blank()
                && self.inherits(&format!("{key}.render"), |how| !matches!(how, "always" | "true"))
        };
        self.place.generator == Generator::Hugo
            && (is_true("draft") || is_true("headless") || is_never("build") || is_never("_build"))
    }

    fn inherits(&self, key: &str, is_it: impl Fn(&str) -> bool) -> bool {
        matches!(self.supplied(key), Some(Supplied::Text(text)) if is_it(&text))
    }

    /// Whether Hugo no longer publishes the post: the day of `expiryDate` is over in every time zone.
    pub fn has_expired(&self) -> bool {
        *self.has_expired.get_or_init(|| self.is_over())
    }

    fn is_over(&self) -> bool {
        let Some(now) = self.place.now.filter(|_| self.place.generator == Generator::Hugo) else { return false };
        let field = ["expiryDate", "unpublishdate"].map(|key| self.field(key)).into_iter().find(|it| !it.is_blank());
        let text = field.and_then(Field::text).map(str::trim).filter(|text| hugo_reads(text));
        let date = text.and_then(Written::read).map(|written| written.date);
        // A day ends twelve hours later west of Greenwich.
        let end = |date: Date| (date.days() + 1) * 86_400 + 43_200;
        date.is_some_and(|date| date.exists() && has_come(end(date) + 1, now))
    }

    /// Whether the permalink has the extension of a file that is not an HTML page, such as `/feed.xml`.
    fn is_other_file(&self) -> bool {
        let name = self.field("permalink").text().and_then(|path| path.rsplit('/').next()).unwrap_or("");
        name.rsplit_once('.').is_some_and(|(_, extension)| !extension.starts_with("htm") && !extension.is_empty())
    }

    /// Whether this is a page without a body whose front matter names a template that makes the whole page, including
    /// its title and description. In Jekyll these come from the front matter or the site's config only.
    pub fn is_made_by_template(&self) -> bool {
        let names_one = || ["template", "layout"].iter().any(|key| !self.field(key).is_blank());
        self.place.generator != Generator::Jekyll && self.is_empty() && names_one()
    }

    /// Whether the generator, or a common theme, derives a description from the body if the post has none.
    pub fn has_automatic_summary(&self) -> bool {
        match self.place.generator.known() {
            // jekyll-seo-tag uses the excerpt, which is the first block of a post. Pages have none and are not
            // reported.
            Generator::Jekyll => !self.place.is_post() || self.has_words_before(self.first_block_end()),
            // Hugo's own templates use `.Summary`, and Hexo's `open_graph` uses the content.
            Generator::Hugo | Generator::Hexo => self.has_words_before(u32::MAX),
            // Unknown generators may do the same.
            Generator::Plain => !self.is_dated() || self.has_words_before(u32::MAX),
            // These generators have no automatic description. Report only posts: manuals and lists of tags are rarely
            // found by searching.
            _ => !self.is_dated(),
        }
    }

    /// Whether this is an article, and not a page of a manual or of the site: by its folder, its date, or its file name.
    pub fn is_article(&self) -> bool {
        let place = &self.place;
        place.is_post() || place.is_in_blog() || self.is_dated() || is_dated(place.file_name())
    }

    /// Whether the front matter has a date under one of the usual names.
    fn is_dated(&self) -> bool {
        DATES.iter().any(|key| !self.field(key).is_blank())
    }

    /// A front matter value as readers of the page see it. jekyll-seo-tag renders Markdown; the other generators print
    /// the value verbatim.
    pub fn shown(&self, value: &str) -> String {
        match self.place.generator {
            Generator::Jekyll => text::plain(value),
            _ => text::collapsed(value).into_owned(),
        }
    }

    /// The end of Jekyll's excerpt: at `excerpt_separator` of the post or the site, by default a blank line.
    fn first_block_end(&self) -> u32 {
        let body = self.body.slice(self.source.text());
        let text = body.trim_start();
        let of_site = self.place.excerpt_separator.as_deref();
        let own = self.field("excerpt_separator").text().or(of_site).and_then(|separator| text.find(separator));
        // The usual separators, for sites whose config does not set one.
        let marked = text.find("<!--more-->").or_else(|| text.find("<!-- more -->"));
        let length =
            own.or(marked).or_else(|| text.find("\n\n")).or_else(|| text.find("\r\n\r\n")).unwrap_or(text.len());
        self.body.start + (body.len() - text.len() + length) as u32
    }

    /// Whether the front matter names another repository, so that the page is probably a copy of its README: it is
    /// written there.
    pub fn is_copied(&self) -> bool {
        let is_named = |block: &Block<'_>| self.names_repository(&block.mapping);
        self.sound_block().is_some_and(is_named) || self.is_copied_readme()
    }

    /// Whether a program copied the page from another repository, which it names where only templates look.
    pub fn is_copied_readme(&self) -> bool {
        let extra = self.sound_block().and_then(|block| block.mapping.get("extra")?.value.as_mapping());
        extra.is_some_and(|extra| self.names_repository(extra))
    }

    fn names_repository(&self, mapping: &Mapping<'_>) -> bool {
        let named = ["repository", "repo", "upstream"].iter().find_map(|key| mapping.get(key));
        let address = named.and_then(|entry| entry.value.text()).unwrap_or("");
        address.contains("://") && !self.place.is_own_address(address)
    }

    /// Whether the page of HTML sets its readers a task, so that what is wrong with it is theirs to repair.
    pub fn is_exercise(&self) -> bool {
        const WORDS: [&str; 5] = ["assignment", "challenge", "exercise", "task", "test your skills"];
        let is_number = |rest: &str| rest.trim_start_matches([' ', '#', ':']).starts_with(|c: char| c.is_ascii_digit());
        let is_named = |title: &str| WORDS.iter().any(|word| title.split(word).skip(1).any(is_number));
        let mut titles = self.tree.elements().take(MAX_HEAD).filter(|it| it.name() == "title");
        self.place.dialect == Dialect::Html
            && titles.next().is_some_and(|title| is_named(&prose::words(title).to_ascii_lowercase()))
    }

    /// The text of the paragraph with which the body begins: without an `excerpt`, Jekyll makes one of the first block.
    pub fn first_paragraph(&self) -> Option<String> {
        let is_frame =
            |node: &Node<'_>| node.as_element().is_some_and(|it| matches!(it.name(), "html" | "head" | "body"));
        let is_blank = |node: &Node<'_>| node.kind() == NodeKind::Text && node.text().trim().is_empty();
        let mut nodes = self.tree.root().descendants();
        let first = nodes.find(|node| !is_frame(node) && !is_blank(node) && node.kind() != NodeKind::Comment)?;
        let paragraph = first.as_element().filter(|it| it.name() == "p")?;
        let is_known = paragraph.descendants().all(|node| node.kind() != NodeKind::Template);
        is_known.then(|| prose::text(paragraph).into_owned())
    }

    /// Whether the body is empty or only whitespace.
    pub fn is_empty(&self) -> bool {
        self.body.slice(self.source.text()).trim().is_empty()
    }

    /// Whether the body has nothing to describe: no text, image or other element, only comments.
    pub fn has_no_content(&self) -> bool {
        self.tree.root().descendants().all(|node| match node.kind() {
            NodeKind::Text => node.text().trim().is_empty(),
            NodeKind::Template => false,
            NodeKind::Element => node.as_element().is_none_or(|it| matches!(it.name(), "html" | "head" | "body" | "p")),
            _ => true,
        })
    }

    /// Whether the body up to `end` has words that could be a summary, or a template that may print some.
    pub fn has_words_before(&self, end: u32) -> bool {
        let mut nodes = self.tree.root().descendants();
        nodes.any(|node| {
            let before = node.span().is_some_and(|span| span.start < end);
            let silent = || node.parent().and_then(|parent| parent.as_element()).is_some_and(|e| is_silent(e.name()));
            match node.kind() {
                NodeKind::Text => before && node.text().contains(|c: char| c.is_alphanumeric()) && !silent(),
                NodeKind::Template => before,
                _ => false,
            }
        })
    }
}

fn is_silent(name: &str) -> bool {
    matches!(name, "script" | "style" | "template" | "noscript")
}
