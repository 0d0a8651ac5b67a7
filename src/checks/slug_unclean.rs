//! `slug-unclean`: a URL that contains spaces, or characters that make it hard to type and to share.

use crate::diagnostic::Level;
use crate::document::{Document, Field};
use crate::place::dialect::Generator;
use crate::rule::{Check, Context, Finding, Wants};
use crate::url::scheme;
use serde::Deserialize;

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
            context.report(Finding { message: Some(message), at_most, ..Finding::at(entry.value.span) });
        }
    }
}

const SPACE: &str = "contains a space";

fn broken(path: &str) -> Option<&'static str> {
    if path.contains(char::is_whitespace) || path.contains("%20") {
        return Some(SPACE);
    }
    path.contains("//").then_some("has an empty part between two slashes")
}

fn untidy(path: &str) -> Option<&'static str> {
    let name = path.trim_end_matches('/').rsplit('/').next().unwrap_or("");
    if path.contains(|c: char| c.is_ascii_uppercase()) {
        return Some("has capital letters");
    }
    if name.contains("__") || name.contains("--") || name.ends_with(['-', '_']) {
        return Some("has repeated or trailing hyphens or underscores");
    }
    let encoded: usize = path.bytes().map(|byte| if byte.is_ascii() { 1 } else { 3 }).sum();
    (encoded > MAX_ENCODED).then_some("is longer than 115 characters when percent-encoded")
}
