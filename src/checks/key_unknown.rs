//! `key-unknown`: keys that are neither in the project's config nor in its JSON Schema.

use crate::document::Document;
use crate::rule::{Check, Context, Finding, Wants};
use crate::schema::renamed;
use crate::source::Span;
use crate::words::nearest;
use serde::Deserialize;
use std::collections::BTreeSet;

#[derive(Deserialize)]
pub struct KeyUnknown {}

/// Maximum number of keys that get a suggestion.
const MAX_SUGGESTIONS: usize = 100;

/// The key for suppressions, which is always known.
const OWN_KEY: &str = "postlint";

impl Check for KeyUnknown {
    fn wants(&self) -> Wants {
        Wants::Document
    }

    fn document(&self, context: &mut Context<'_>, document: &Document<'_>) {
        let demands = context.demands;
        let mut reported: BTreeSet<Span> = BTreeSet::new();
        for violation in context.violations().iter().filter(|violation| violation.is_unknown_key) {
            if reported.insert(violation.span) {
                context.report(Finding {
                    message: Some(violation.message.clone()),
                    help: violation.help.clone(),
                    fix: violation.fix.clone(),
                    at_most: violation.at_most,
                    ..Finding::at(violation.span)
                });
            }
        }
        let expected = &demands.expected;
        let Some(level) = expected.iter().filter_map(|expected| expected.unknown).max() else { return };
        let known: BTreeSet<&str> = expected.iter().flat_map(|expected| &expected.known).map(String::as_str).collect();
        let known: BTreeSet<&str> = known.into_iter().chain(demands.required.iter().map(String::as_str)).collect();
        let lower: BTreeSet<String> = match document.place.is_any_case() {
            true => known.iter().map(|key| key.to_ascii_lowercase()).collect(),
            false => BTreeSet::new(),
        };
        let Some(block) = document.sound_block() else { return };
        let mut missing: Option<Vec<&str>> = None;
        let mut suggestions = 0..MAX_SUGGESTIONS;
        for entry in &block.mapping.entries {
            let is_known = |name: &str| {
                let is_other_case = || !lower.is_empty() && lower.contains(&name.to_ascii_lowercase());
                known.contains(name) || is_other_case() || name == OWN_KEY
            };
            let Some(name) = entry.name().filter(|name| !is_known(name)) else { continue };
            if entry.is_merge() || !reported.insert(entry.key.span) {
                continue;
            }
            // A key that is already set cannot be the intended one.
            let absent = || known.iter().copied().filter(|key| block.mapping.get(key).is_none()).collect();
            let missing = missing.get_or_insert_with(absent);
            // A key that a layout reads is not a typo.
            let suggestion = suggestions.next().filter(|_| document.reader(name).is_none());
            let suggestion = suggestion.and_then(|_| nearest(name, missing.iter().copied()));
            context.report(Finding {
                message: Some(format!("unknown key `{name}`")),
                help: suggestion.map(|suggestion| format!("did you mean `{suggestion}`?")),
                fix: suggestion.and_then(|suggestion| renamed(entry, suggestion)),
                at_most: Some(level),
                ..Finding::at(entry.key.span)
            });
        }
    }
}
