//! `key-misspelled`: an unknown key that differs from a common one by a typo.

use crate::diagnostic::{Fix, Safety};
use crate::document::edit::front_matter::Wanted;
use crate::document::read::front_matter::types::Resolved;
use crate::document::{Document, Field};
use crate::edit::Edit;
use crate::place::dialect::Generator;
use crate::rule::{Check, Context, Finding, Wants};
use rustc_hash::FxHashMap;
use serde::Deserialize;

#[derive(Deserialize)]
pub struct KeyMisspelled {
    keys: Vec<String>,
    others: Vec<String>,
}

/// Maximum number of findings: the fix of each is verified by parsing the front matter again.
const MAX_FINDINGS: usize = 20;

impl Check for KeyMisspelled {
    fn wants(&self) -> Wants {
        Wants::Document
    }

    fn document(&self, context: &mut Context<'_>, document: &Document<'_>) {
        let Some(block) = document.sound_block() else { return };
        let expected = &context.demands.expected;
        // `key-unknown` has better suggestions, because it knows the expected keys.
        if expected.iter().any(|expected| expected.unknown.is_some()) {
            return;
        }
        let is_declared = |name: &str| expected.iter().any(|expected| expected.known.contains(name));
        let entries = block.mapping.entries.iter().filter_map(|entry| Some((entry, entry.name()?)));
        let entries = entries.filter(|(_, name)| !is_declared(name));
        let mut missing: FxHashMap<&str, bool> = FxHashMap::default();
        let mut is_missing = |key| *missing.entry(key).or_insert_with(|| matches!(document.field(key), Field::Missing));
        let slips = entries.filter_map(|(entry, name)| {
            let meant = self.meant(name, document, &mut is_missing)?;
            // A key that a layout reads is not a typo, however it is spelled.
            document.reader(name).is_none().then_some((entry, name, meant))
        });
        for (entry, name, meant) in slips.take(MAX_FINDINGS) {
            let edit = Edit { span: entry.key.span, text: meant.to_owned() };
            let wanted = Wanted { text: meant, resolved: Resolved::String };
            let edit = document.verified(edit, &entry.key, wanted);
            let fix = edit.map(|edit| Fix::new(format!("rename it to `{meant}`"), Safety::Unsafe, [edit]));
            context.report(Finding {
                message: Some(format!("unknown key `{name}` is similar to `{meant}`, which is not set")),
                help: Some(format!("write `{meant}`, or list `{name}` in the rule's option `others`")),
                fix,
                ..Finding::at(entry.key.span)
            });
        }
    }
}

impl KeyMisspelled {
    /// The known key that is one or two typos from `name`, if it is not set.
    fn meant<'k>(
        &'k self,
        name: &str,
        document: &Document<'_>,
        mut is_missing: impl FnMut(&'k str) -> bool,
    ) -> Option<&'k str> {
        // Hugo's keys are case-insensitive.
        let hugo = document.place.generator == Generator::Hugo;
        let known = |known: &String| known == name || (hugo && known.eq_ignore_ascii_case(name));
        if name.len() > 40 || self.keys.iter().chain(&self.others).any(known) {
            return None;
        }
        self.keys.iter().map(String::as_str).filter(|key| is_slip(name, key)).find(|key| is_missing(key))
    }
}

/// Whether `name` is at most two typos from a long key, or one from a short key. An additional `s` at the end is not a
/// typo.
fn is_slip(name: &str, key: &str) -> bool {
    let allowed = if key.len() >= 8 { 2 } else { 1 };
    let plural = name.strip_suffix('s') == Some(key) || key.strip_suffix('s') == Some(name);
    // Most keys differ in length or at both ends. Skipping the edit distance for them saves 4.0% of the instructions on
    // jekyll-docs, and 10.7% on eleventy-18f.
    let near = name.len().abs_diff(key.len()) <= allowed
        && (name.as_bytes().first() == key.as_bytes().first() || name.as_bytes().last() == key.as_bytes().last());
    key.len() >= 5 && !plural && near && strsim::osa_distance(name, key) <= allowed
}
