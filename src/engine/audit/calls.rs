//! Lines of layouts that write elements without a tag: helpers for the head of a page, and the texts of posts in a list.

use crate::document::Element;
use crate::rule::across::FileLine;
use rustc_hash::FxHashMap;
use std::sync::Arc;

/// A helper that writes elements of the head.
struct Helper {
    /// What a line with a call of it contains.
    call: &'static str,
    /// The beginnings of the names of what it writes: of `<meta>`, `<link rel>`, or an element.
    writes: &'static [&'static str],
}

const SEO_TAG: &[&str] = &["title", "description", "og:", "twitter:", "article:", "canonical", "prev", "next"];

/// The helpers, as their documentation describes them: <https://jekyll.github.io/jekyll-seo-tag/>,
/// <https://hexo.io/docs/helpers#open-graph>, <https://gohugo.io/templates/embedded/>.
const HELPERS: [Helper; 6] = [
    Helper { call: "{% seo", writes: SEO_TAG },
    Helper { call: "{%- seo", writes: SEO_TAG },
    Helper { call: "open_graph(", writes: &["description", "og:", "twitter:", "article:", "fb:"] },
    Helper { call: "opengraph.html\"", writes: &["og:", "article:"] },
    Helper { call: "twitter_cards.html\"", writes: &["twitter:"] },
    Helper {
        call: "schema.html\"",
        writes: &["name", "description", "datePublished", "dateModified", "wordCount", "image"],
    },
];

/// A part of a config in which a key is set that the pages need, where a rule finds that they lack it.
struct Missing {
    /// What the name of the file begins with.
    file: &'static str,
    /// What the line contains at which the part begins.
    line: &'static str,
    rule: &'static str,
    advice: &'static str,
}

/// <https://docusaurus.io/docs/api/themes/configuration#meta-image>, <https://starlight.astro.build/reference/configuration/>,
/// <https://rust-lang.github.io/mdBook/format/configuration/general.html>, <https://www.mkdocs.org/user-guide/configuration/>,
/// <https://hexo.io/docs/configuration#Date-Time-format>.
const MISSING: [Missing; 6] = [
    Missing {
        file: "docusaurus.config.",
        line: "themeConfig",
        rule: "og-core-missing",
        advice: "set `image` and `metadata` in `themeConfig`",
    },
    Missing {
        file: "astro.config.",
        line: "starlight(",
        rule: "og-core-missing",
        advice: "set it in `head` of the options of Starlight",
    },
    Missing {
        file: "astro.config.",
        line: "starlight(",
        rule: "description-missing",
        advice: "set `description` in the options of Starlight, or in the pages",
    },
    Missing { file: "book.toml", line: "[book]", rule: "description-missing", advice: "set `description` in `[book]`" },
    Missing { file: "mkdocs.yml", line: "site_name:", rule: "description-missing", advice: "set `site_description`" },
    Missing {
        file: "_config.yml",
        line: "updated_option:",
        rule: "lastmod-constant",
        advice: "Hexo takes the date of the file, which a new checkout changes: set `updated_option: date`, or write `updated` in the posts",
    },
];

/// Keys of configs without a value, whose lines begin like this.
const UNSET: [Missing; 1] = [Missing {
    file: "_config.yml",
    line: "url:",
    rule: "schema-url-relative",
    advice: "set `url` to the URL of the site, beginning with `https://`: jekyll-seo-tag and the layouts write it before paths",
}];

/// <https://gohugo.io/methods/page/tableofcontents/>
const CONTENTS: &str = ".TableOfContents";

/// Properties of a post with its text.
const TEXTS: [&str; 7] = [".content", ".excerpt", ".summary", ".templateContent", ".Content", ".Summary", ".more"];

/// What has such a property, and is not a post of a list.
const OTHERS: [&str; 7] = ["page", "site", "layout", "this", "self", "config", "Params"];

/// Filters that leave no markup, or do not print the text.
const PLAIN: [&str; 11] = [
    "strip", "plain", "truncat", "words", "wordcount", "length", "size", "toc(", "| number", "markdownify",
    "content=\"",
];

/// The lines with calls.
#[derive(Debug, Default)]
pub struct Calls {
    /// The lines with a call of each helper.
    helpers: FxHashMap<&'static str, Vec<FileLine>>,
    /// The lines of each file that write the texts of posts.
    texts: FxHashMap<Arc<str>, Vec<FileLine>>,
    /// Whether no post has an excerpt, so that no line writes one.
    pub lacks_excerpts: bool,
    /// The lines of configs at which a key may be missing, by rule, with the advice.
    missing: FxHashMap<&'static str, Vec<(FileLine, &'static str)>>,
}

impl Calls {
    /// Adds the lines of a layout.
    pub fn add(&mut self, file: &str, text: &str) {
        let file: Arc<str> = Arc::from(file);
        for (line, number) in text.lines().zip(1..) {
            let here = || FileLine { file: file.clone(), line: number };
            for helper in HELPERS.iter().filter(|helper| line.contains(helper.call)) {
                self.helpers.entry(helper.call).or_default().push(here());
            }
            if line.contains(CONTENTS) && !line.contains("if ") && !line.contains("with ") {
                self.helpers.entry(CONTENTS).or_default().push(here());
            }
            if writes_text(line) && !(self.lacks_excerpts && line.contains(".excerpt")) {
                self.texts.entry(file.clone()).or_default().push(here());
            }
        }
    }

    /// Adds the lines of a config.
    pub fn add_config(&mut self, file: &str, text: &str) {
        let name = file.rsplit('/').next().unwrap_or(file);
        let set = MISSING.iter().map(|missing| (missing, text.lines().position(|line| line.contains(missing.line))));
        let unset = UNSET.iter().map(|unset| (unset, text.lines().position(|line| is_unset(line, unset.line))));
        for (missing, index) in set.chain(unset).filter(|(missing, _)| name.starts_with(missing.file)) {
            let Some(index) = index else { continue };
            let here = FileLine { file: Arc::from(file), line: index as u32 + 1 };
            self.missing.entry(missing.rule).or_default().push((here, missing.advice));
        }
    }

    /// The line of the config at which a key is set whose absence a rule finds, with the advice. Several configs are those of
    /// several sites.
    pub fn missing(&self, rule: &str) -> Option<&(FileLine, &'static str)> {
        match self.missing.get(rule)?.as_slice() {
            [only] => Some(only),
            _ => None,
        }
    }

    /// The lines with the helper that writes an element of the head, if they are all in one file.
    pub fn of_head(&self, element: Element<'_>) -> Option<&[FileLine]> {
        let named = ["property", "name", "rel", "itemprop"].iter().find_map(|name| element.attribute(name));
        let name = named.map_or(element.name(), |it| it.value());
        let is_it = |helper: &&Helper| helper.writes.iter().any(|start| name.starts_with(start));
        let mut found = HELPERS.iter().filter(is_it).filter_map(|helper| self.helpers.get(helper.call));
        let lines = found.next().filter(|_| found.next().is_none())?;
        FileLine::are_in_one_file(lines).then_some(lines.as_slice())
    }

    /// The lines that write the table of contents of a page in Hugo, which has this id.
    pub fn of_contents(&self) -> &[FileLine] {
        self.helpers.get(CONTENTS).map_or(&[], Vec::as_slice)
    }

    /// The lines of a file that write the texts of posts.
    pub fn texts_in(&self, file: &str) -> &[FileLine] {
        self.texts.get(file).map_or(&[], Vec::as_slice)
    }
}

/// Whether a post of Hexo has an excerpt: it ends at a comment. <https://hexo.io/docs/tag-plugins#Post-Excerpt>
pub fn has_excerpt(text: &str) -> bool {
    ["<!-- more", "<!--more", "\nexcerpt:"].iter().any(|mark| text.contains(mark))
}

/// Whether a line of YAML begins with a key and has no value.
fn is_unset(line: &str, key: &str) -> bool {
    let value = line.strip_prefix(key).map(|rest| rest.split(" #").next().unwrap_or(rest));
    value.is_some_and(|value| matches!(value.trim(), "" | "\"\"" | "''"))
}

/// Whether a line writes the text of a post, with its markup.
fn writes_text(line: &str) -> bool {
    let is_it = |text: &str, at: usize| {
        let before = line.get(..at).unwrap_or("");
        let owner = before.rsplit(|c: char| !c.is_alphanumeric() && c != '_').next().unwrap_or("");
        let after = line.get(at + text.len()..).unwrap_or("");
        let is_whole = !after.starts_with(|c: char| c.is_alphanumeric() || matches!(c, '_' | '.' | '('));
        // In Hugo, what is before the dot may be nothing.
        let is_owned = !owner.is_empty() || text.as_bytes().get(1).is_some_and(u8::is_ascii_uppercase);
        is_whole && is_owned && !OTHERS.contains(&owner) && is_printed(before)
    };
    !PLAIN.iter().any(|word| line.contains(word))
        && TEXTS.iter().any(|text| line.match_indices(text).any(|(at, _)| is_it(text, at)))
}

/// Whether what follows is printed: the template around it is not a condition, a loop or an assignment.
fn is_printed(before: &str) -> bool {
    let printing = ["{{", "<%-", "<%=", "<%~"].iter().filter_map(|open| Some(before.rfind(open)? + open.len())).max();
    let other = ["{%", "<%", "}}", "%>"].iter().filter_map(|mark| Some(before.rfind(mark)? + mark.len())).max();
    let Some(start) = printing.filter(|start| other.is_none_or(|other| other <= *start)) else { return false };
    let inside = before.get(start..).unwrap_or("").trim_start_matches(['-', ' ']);
    !["if ", "else", "with ", "range ", "$"].iter().any(|word| inside.starts_with(word))
}
