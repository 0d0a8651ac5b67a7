//! `merge-list-breaks-jekyll`: `<<: [*a, *b]`, which Jekyll's YAML parser cannot merge.

use crate::document::Document;
use crate::document::read::front_matter::value::Entry;
use crate::rule::{Check, Context, Finding, Wants};
use serde::Deserialize;

#[derive(Deserialize)]
pub struct MergeListBreaksJekyll {}

impl Check for MergeListBreaksJekyll {
    fn wants(&self) -> Wants {
        Wants::Document
    }

    fn document(&self, context: &mut Context<'_>, document: &Document<'_>) {
        let Some(block) = document.sound_block() else { return };
        let nested = block.mapping.values().filter_map(|value| value.as_mapping());
        let merges = std::iter::once(&block.mapping).chain(nested).flat_map(|mapping| &mapping.entries);
        for entry in merges.filter(|entry| Entry::is_merge(entry) && entry.value.as_sequence().is_some()) {
            context.report(Finding::at(entry.value.span));
        }
    }
}
