//! `fragment-broken`: a link to a fragment of the same post that does not exist.

use crate::document::{Document, Element, NodeKind, Origin};
use crate::place::dialect::{Dialect, Generator};
use crate::rule::{Check, Context, Finding, Wants};
use crate::source::{Span, overlapping};
use crate::url::comparable_fragment;
use crate::words::nearest;
use regex::Regex;
use rustc_hash::FxHashSet;
use serde::Deserialize;
use std::sync::LazyLock;
use unicode_normalization::UnicodeNormalization;

/// Maximum number of ids that are compared to suggest one.
const MAX_CANDIDATES: usize = 200;

/// Maximum number of links per post that get a suggestion.
const MAX_SUGGESTIONS: usize = 100;

/// Reports nothing if an `id` may come from something that is not visible in the post.
#[derive(Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct FragmentBroken {
    layout_ids: Vec<String>,
    markdown_links: bool,
}

/// Matches attribute lists of kramdown and markdown-it, and their equivalent in MDX: `{: #seoul}`, `{: id="seoul"}`,
/// `{#seoul .wide}`, `{/*seoul*/}`.
static ATTRIBUTE_LIST: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"\{:?[^{}\n]*\}").ok());
static LISTED_ID: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r#"(?:#|id=["']?|/\*\s*)([^\s"'}*]+)"#).ok());

impl Check for FragmentBroken {
    fn wants(&self) -> Wants {
        Wants::together(&["a", "area"])
    }

    fn elements(&self, context: &mut Context<'_>, elements: &[Element<'_>]) {
        let document = context.document;
        let links: Vec<(Element<'_>, String)> =
            elements.iter().filter_map(|&link| Some((link, self.fragment(link)?))).collect();
        if links.is_empty() || !is_all_there_is(document) {
            return;
        }
        let places = Places::of(document);
        let mut suggestions = 0;
        for (link, fragment) in links {
            if places.has(&fragment) || self.layout_ids.contains(&fragment.to_lowercase()) {
                continue;
            }
            let Some(href) = link.attribute("href") else { continue };
            if let Some(span) = href.value_span().or(link.start_tag()) {
                let ids = places.first_ids.iter().map(String::as_str).filter(|_| suggestions < MAX_SUGGESTIONS);
                let meant = nearest(&fragment, ids);
                suggestions += 1;
                let help = meant.map(|id| format!("did you mean `#{id}`?"));
                let message = format!("no element in this post has the id `{fragment}`");
                context.report(Finding { message: Some(message), help, ..Finding::at(span) });
            }
        }
    }
}

impl FragmentBroken {
    /// The decoded fragment of a link within the page, if it refers to an element.
    fn fragment(&self, link: Element<'_>) -> Option<String> {
        let fragment = link.attribute("href")?.known_value()?.trim().strip_prefix('#')?;
        let written = link.origin() == Origin::Html || (self.markdown_links && link.origin() == Origin::Markdown);
        if !written || link.has_unknown_attributes() {
            return None;
        }
        // A script that shows tabs or slides may interpret fragments differently.
        let scripted = |name: &str| name.starts_with("on") || name.starts_with("data-") || name == "role";
        if link.attributes().any(|attribute| scripted(attribute.name())) {
            return None;
        }
        let fragment = fragment.split(":~:").next().unwrap_or("");
        // `#!/path` and `#page=2` are interpreted by scripts and PDF viewers. The targets of footnotes are created by
        // the generator.
        let other = fragment.starts_with(['!', '/']) || fragment.contains(['=', '{', '<', '$']);
        let top = fragment.is_empty() || fragment.eq_ignore_ascii_case("top") || fragment.starts_with("fn");
        (!other && !top).then(|| comparable_fragment(fragment))
    }
}

/// Whether all ids of the page's content can be found in the post.
fn is_all_there_is(document: &Document<'_>) -> bool {
    let place = document.place;
    if place.dialect == Dialect::Mdx || place.is_part() || !templates_are_addresses(document) {
        return false;
    }
    // Other generators leave the ids of headings to plugins, and the ids of Korean headings then depend on the plugin.
    let slugs_are_known = matches!(place.generator, Generator::Jekyll | Generator::Hugo | Generator::Astro);
    document.tree.elements().all(|element| {
        let makes_ids = element.name() == "script" || element.name().contains('-');
        let foreign = element.heading_level().is_some() && !slugs_are_known && !heading_text(element).is_ascii();
        !makes_ids && !foreign && !element.attribute("id").is_some_and(|id| id.is_unknown())
    })
}

/// Whether all template syntax is in URLs, `alt` or `title`: elsewhere it may print headings and ids.
fn templates_are_addresses(document: &Document<'_>) -> bool {
    let templates = document.tree.templates();
    if templates.is_empty() {
        return true;
    }
    let is_address = |name: &str| matches!(name, "href" | "src" | "srcset" | "alt" | "title");
    let attributes = document.tree.elements().flat_map(Element::attributes);
    let mut values: Vec<Span> =
        attributes.filter(|it| it.is_unknown() && is_address(it.name())).filter_map(|it| it.value_span()).collect();
    values.sort_unstable();
    templates.iter().all(|&template| overlapping(&values, template).any(|value| value.contains(template)))
}

/// The targets that a fragment may refer to.
#[derive(Default)]
struct Places {
    ids: FxHashSet<String>,
    /// The first [`MAX_CANDIDATES`] ids in source order, for suggestions.
    first_ids: Vec<String>,
    /// Headings reduced to letters and digits, because generators differ in how they treat all other characters.
    headings: FxHashSet<String>,
    /// Headings with emoji and other symbols, reduced in the same way: some generators replace symbols with their
    /// names.
    beginnings: Vec<String>,
}

/// Maximum number of headings with emoji that are kept.
const MAX_BEGINNINGS: usize = 100;

impl Places {
    fn of(document: &Document<'_>) -> Self {
        let mut places = Places::default();
        for element in document.tree.elements() {
            for attribute in ["id", "name"].into_iter().filter_map(|name| element.attribute(name)) {
                places.add_id(attribute.value());
            }
            if element.heading_level().is_some() {
                places.add_heading(&heading_text(element));
            }
        }
        let body = document.body.slice(document.source.text());
        if let (Some(lists), Some(id)) = (ATTRIBUTE_LIST.as_ref(), LISTED_ID.as_ref()) {
            let ids = lists.find_iter(body).flat_map(|list| id.captures_iter(list.as_str()));
            ids.filter_map(|found| found.get(1)).for_each(|id| places.add_id(id.as_str()));
        }
        places
    }

    fn add_id(&mut self, id: &str) {
        let id: String = id.nfc().collect();
        if !self.ids.contains(&id) {
            if self.first_ids.len() < MAX_CANDIDATES {
                self.first_ids.push(id.clone());
            }
            self.ids.insert(id);
        }
    }

    fn add_heading(&mut self, text: &str) {
        let no_number = text.trim_start_matches(|c: char| !c.is_alphabetic());
        let ascii: String = text.chars().filter(char::is_ascii).collect();
        for variant in [text, no_number, &ascii, &text.replace('&', "and"), &text.replace("C#", "csharp")] {
            self.headings.insert(skeleton(variant));
        }
        if text.chars().any(|c| !c.is_ascii() && !c.is_alphanumeric()) && self.beginnings.len() < MAX_BEGINNINGS {
            self.beginnings.push(skeleton(text));
        }
        // kramdown uses the id `section` for a heading without ASCII letters. Accept it whenever there is a heading.
        self.headings.insert("section".to_owned());
    }

    fn has(&self, fragment: &str) -> bool {
        if self.ids.contains(fragment) {
            return true;
        }
        let skeleton = skeleton(fragment.strip_prefix("user-content-").unwrap_or(fragment));
        // The second heading with the same text gets a number.
        self.headings.contains(&skeleton)
            || self.headings.contains(skeleton.trim_end_matches(|c: char| c.is_ascii_digit()))
            || self.beginnings.iter().any(|beginning| skeleton.starts_with(beginning.as_str()))
    }
}

fn heading_text(heading: Element<'_>) -> String {
    heading.descendants().filter(|node| node.kind() == NodeKind::Text).map(|node| node.text()).collect()
}

fn skeleton(text: &str) -> String {
    text.nfc().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}
