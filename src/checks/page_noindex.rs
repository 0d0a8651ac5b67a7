//! `page-noindex`: a post that asks search engines not to index it, or that has unknown robots rules.

use crate::diagnostic::Level;
use crate::document::ask::head::is_error_page;
use crate::document::{Document, Element, Field};
use crate::place::dialect::Dialect;
use crate::rule::{Check, Context, Finding, Wants};
use crate::source::Span;
use html5ever::local_name;
use serde::Deserialize;
use std::cell::LazyCell;

#[derive(Deserialize)]
pub struct PageNoindex {
    keys: Vec<String>,
    switches: Vec<String>,
}

/// Robots rules that search engines know. Rules with a value are compared up to the colon.
/// <https://developers.google.com/search/docs/crawling-indexing/robots-meta-tag>
const KNOWN: [&str; 17] = [
    "all", "none", "index", "follow", "noindex", "nofollow", "nosnippet", "indexifembedded", "notranslate",
    "noimageindex", "noodp", "noarchive", "nocache", "max-snippet", "max-image-preview", "max-video-preview",
    "unavailable_after",
];

impl Check for PageNoindex {
    fn wants(&self) -> Wants {
        Wants::Document
    }

    fn document(&self, context: &mut Context<'_>, document: &Document<'_>) {
        for key in &self.keys {
            let Field::Text(text, entry) = document.field(key) else { continue };
            let finding = judged(key, text, || is_post(document), entry.value.span);
            finding.into_iter().for_each(|finding| context.report(finding));
        }
        for key in &self.switches {
            if let Field::Text(text, entry) = document.field(key)
                && text.eq_ignore_ascii_case("true")
                && is_post(document)
            {
                let message = format!("`{key}` asks search engines not to index this post");
                let at_most = Some(Level::Info);
                let label = Some("this excludes the post from search results".to_owned());
                context.report(Finding { message: Some(message), label, at_most, ..Finding::at(entry.value.span) });
            }
        }
        let is_page = document.place.dialect == Dialect::Html;
        if is_page && memchr::memmem::find(document.source.text().as_bytes(), b"bot").is_some() {
            let is_article = LazyCell::new(|| is_article(document));
            let found = document.tree.elements().filter_map(|it| meta(it, || *is_article));
            found.for_each(|finding| context.report(finding));
        }
    }
}

/// Checks a list of robots rules. `name` is the key or attribute that contains them.
fn judged(name: &str, text: &str, is_post: impl Fn() -> bool, span: Span) -> Option<Finding> {
    let rules = || text.split(',').map(|rule| rule.split(':').next().unwrap_or("").trim().to_lowercase());
    let (message, help, at_most) = if let Some((rule, meant)) = rules().find_map(slip) {
        let message = format!("search engines do not know `{rule}`");
        (message, Some(format!("write `{meant}`, or remove it")), None)
    } else if rules().any(|rule| matches!(rule.as_str(), "noindex" | "none")) && is_post() {
        (format!("`{name}` asks search engines not to index this post"), None, Some(Level::Info))
    } else if text.split(',').any(hides_text) && is_post() {
        let help = "remove it if search results should show a snippet";
        (
            format!("`{name}` asks search engines not to show a snippet of this post"),
            Some(help.to_owned()),
            Some(Level::Info),
        )
    } else {
        return None;
    };
    Some(Finding { message: Some(message), help, at_most, ..Finding::at(span) })
}

/// Whether the rule hides all text of a search result: `nosnippet`, or `max-snippet:0`, which is equivalent.
fn hides_text(rule: &str) -> bool {
    let (name, value) = rule.split_once(':').unwrap_or((rule, ""));
    let is = |known: &str| name.trim().eq_ignore_ascii_case(known);
    is("nosnippet") || is("max-snippet") && value.trim() == "0"
}

/// Checks `<meta name="robots" content="noindex">` in an HTML page.
fn meta(element: Element<'_>, is_article: impl Fn() -> bool) -> Option<Finding> {
    if *element.local_name() != local_name!("meta") || !element.is_written() {
        return None;
    }
    let name = element.attribute("name")?.known_value()?.trim();
    let is_for_search = ["robots", "googlebot", "bingbot"].iter().any(|known| known.eq_ignore_ascii_case(name));
    let content = element.attribute("content").filter(|_| is_for_search)?;
    judged(name, content.known_value()?, is_article, content.value_span()?)
}

/// Whether the page declares itself an article and does not redirect.
fn is_article(document: &Document<'_>) -> bool {
    let has = |element: Element<'_>, name: &str, value: &str| {
        element.attribute(name).is_some_and(|it| it.value().trim().eq_ignore_ascii_case(value))
    };
    let says = |element: Element<'_>| element.name() == "article" || has(element, "content", "article");
    let mut elements = document.tree.elements();
    let leads_on = document.tree.elements().any(|element| has(element, "http-equiv", "refresh"));
    !leads_on && !document.place.is_index() && !is_error_page(document) && elements.any(says)
}

/// The known rule that differs from `rule` by one or two typos, such as `no-index` or `nofolow`.
fn slip(rule: String) -> Option<(String, &'static str)> {
    if rule.len() < 5 || rule.len() > 30 || KNOWN.contains(&rule.as_str()) {
        return None;
    }
    let meant = KNOWN.iter().find(|known| known.len() >= 5 && strsim::osa_distance(&rule, known) <= 2)?;
    Some((rule, meant))
}

/// Whether the page is a post: for lists, tags and search pages, `noindex` is justified.
fn is_post(document: &Document<'_>) -> bool {
    let dated = ["date", "pubDate", "pubDatetime"].iter().any(|key| !document.field(key).is_blank());
    (document.place.is_post() || dated) && document.is_page()
}
