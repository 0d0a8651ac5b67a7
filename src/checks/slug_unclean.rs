//! `slug-unclean`: a URL that contains spaces, or characters that make it hard to type and to share.

use crate::diagnostic::{Fix, Level, Safety};
use crate::document::{Document, Field};
use crate::facts::{SiteFacts, Spot, Term};
use crate::place::dialect::Generator;
use crate::rule::{Check, Context, Finding, Shared, SiteContext, Wants};
use crate::url::scheme;
use serde::Deserialize;
use std::collections::BTreeSet;

#[derive(Deserialize)]
pub struct SlugUnclean {
    keys: Vec<String>,
    strict: bool,
}

/// Maximum length of a percent-encoded URL in bytes: Screaming Frog's limit.
const MAX_ENCODED: usize = 115;

impl Check for SlugUnclean {
    fn wants(&self) -> Wants {
        Wants::Document
    }

    fn document(&self, context: &mut Context<'_>, document: &Document<'_>) {
        for key in &self.keys {
            let Field::Text(path, entry) = document.field(key) else { continue };
            let path = path.trim();
            // In link blogs, `url` is the target of the post on another site.
            if scheme(path).is_some() {
                continue;
            }
            // Placeholders such as `:title` are not faults: the generator replaces them.
            let (fault, at_most) = if let Some(fault) = broken(path) {
                // Hugo replaces whitespace in a `slug` with hyphens, but not in a `url`.
                if document.place.generator == Generator::Hugo && key == "slug" && fault == SPACE {
                    continue;
                }
                (fault, None)
            } else if let Some(fault) = untidy(path).filter(|_| self.strict) {
                (fault, Some(Level::Info))
            } else {
                continue;
            };
            let message = format!("`{key}` {fault}");
            let fix = tidied(path, fault)
                .and_then(|text| Some((document.rewritten(&entry.value, &text)?, text)))
                .map(|(edit, text)| Fix::new(format!("write `{text}`"), Safety::Unsafe, [edit]));
            context.report(Finding { message: Some(message), at_most, fix, ..Finding::at(entry.value.span) });
        }
    }

    fn wants_site(&self) -> bool {
        true
    }

    /// Reports the categories of Jekyll whose spaces are in the URLs of posts: once, since one line of the config decides.
    fn site(&self, context: &mut SiteContext<'_>, site: &SiteFacts<'_>) {
        let all = site.indexed().flat_map(|(page, facts)| facts.spaced_categories.iter().map(move |it| (page, it)));
        let all: Vec<(usize, &Term)> = all.collect();
        let spots: Vec<Spot> = all.iter().map(|(page, it)| Spot { page: *page, span: it.span }).collect();
        let names: BTreeSet<String> = all.iter().map(|(_, it)| it.text.to_lowercase()).collect();
        let shared = Shared { value: "categories", at_least: 1, label: "this one as well" };
        context.report_shared(&spots, shared, |posts| {
            let urls =
                if posts == 1 { "the URL of this post".to_owned() } else { format!("the URLs of {posts} posts") };
            let message = match names.first().filter(|_| names.len() == 1) {
                Some(name) => format!("the category `{name}` puts a space into {urls}"),
                None => format!("{} categories put spaces into {urls}", names.len()),
            };
            let label = Some("`%20` in the URL".to_owned());
            Finding { message: Some(message), label, help: Some(HELP.to_owned()), ..Finding::default() }
        });
    }
}

const HELP: &str = "write hyphens in categories, or `:slugified_categories` in the `permalink` of the config; redirect the \
                    URLs of published posts";

const SPACE: &str = "contains a space";
const EMPTY_PART: &str = "has an empty part between two slashes";
const CAPITALS: &str = "has capital letters";
const REPEATED: &str = "has repeated or trailing hyphens or underscores";

/// The path without `fault`; `None` if words would have to be left out, or if nothing is left of a part.
fn tidied(path: &str, fault: &str) -> Option<String> {
    let tidy = |part: &str| match fault {
        SPACE => part.replace("%20", " ").split_whitespace().collect::<Vec<_>>().join("-"),
        CAPITALS => part.to_ascii_lowercase(),
        REPEATED => joined_by_one(part),
        _ => part.to_owned(),
    };
    let is_kept = |part: &&str| fault != EMPTY_PART || !part.is_empty();
    let (inner, end) = path.strip_suffix('/').map_or((path, ""), |inner| (inner, "/"));
    let (start, inner) = inner.strip_prefix('/').map_or(("", inner), |inner| ("/", inner));
    let parts: Vec<String> = inner.split('/').filter(is_kept).map(tidy).collect();
    let tidied = format!("{start}{}{end}", parts.join("/"));
    (tidied != path && parts.iter().all(|part| !part.is_empty())).then_some(tidied)
}

/// The words of a part with the first of the hyphens or underscores between them.
fn joined_by_one(part: &str) -> String {
    let mut joined = String::with_capacity(part.len());
    for c in part.chars() {
        if !(matches!(c, '-' | '_') && joined.ends_with(['-', '_'])) {
            joined.push(c);
        }
    }
    joined.trim_end_matches(['-', '_']).to_owned()
}

fn broken(path: &str) -> Option<&'static str> {
    if path.contains(char::is_whitespace) || path.contains("%20") {
        return Some(SPACE);
    }
    path.contains("//").then_some(EMPTY_PART)
}

fn untidy(path: &str) -> Option<&'static str> {
    let name = path.trim_end_matches('/').rsplit('/').next().unwrap_or("");
    if path.contains(|c: char| c.is_ascii_uppercase()) {
        return Some(CAPITALS);
    }
    if name.contains("__") || name.contains("--") || name.ends_with(['-', '_']) {
        return Some(REPEATED);
    }
    let encoded: usize = path.bytes().map(|byte| if byte.is_ascii() { 1 } else { 3 }).sum();
    (encoded > MAX_ENCODED).then_some("is longer than 115 characters when percent-encoded")
}
