//! `summary-missing`: a post without a description: no key, and no text that the generator could use instead.

use crate::document::{Document, Field};
use crate::rule::{Check, Context, Finding, Wants};
use serde::Deserialize;

#[derive(Deserialize)]
pub struct SummaryMissing {
    keys: Vec<String>,
}

impl Check for SummaryMissing {
    fn wants(&self) -> Wants {
        Wants::Document
    }

    fn document(&self, context: &mut Context<'_>, document: &Document<'_>) {
        let demands = context.demands;
        let Some(fence) = document.sound_fence() else { return };
        let described = self.keys.iter().any(|key| !document.field(key).is_blank());
        let taken = || document.is_made_by_template() || document.has_automatic_summary();
        // If the project's config requires one of them, `required-key-missing` reports it.
        let is_required = || self.keys.iter().any(|key| demands.requires(key));
        if described
            || document.is_hidden_from_search()
            || document.has_unknown_head()
            || taken()
            || is_required()
            || document.has_no_content()
            || self.comes_from_elsewhere(document)
        {
            return;
        }
        let blank = self.keys.iter().find_map(|key| match document.field(key) {
            Field::Null(entry) | Field::Text(_, entry) => Some(entry.value_or_key()),
            _ => None,
        });
        context.report(Finding::at(blank.unwrap_or(fence)));
    }
}

impl SummaryMissing {
    /// Whether a data file or another key that the layout reads sets the description, or the templates read none of the
    /// rule's keys, so that setting one would have no effect.
    fn comes_from_elsewhere(&self, document: &Document<'_>) -> bool {
        if document.supplied("description").is_some() {
            return true;
        }
        document.layout().is_some_and(|layout| {
            let is_fixed = layout.is_whole && layout.title_tag.is_some() && layout.description.is_empty();
            let is_read = || self.keys.iter().any(|key| document.reader(key).is_some());
            document.sets_any(&layout.description) || is_fixed && !is_read()
        })
    }
}
