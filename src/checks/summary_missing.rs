//! `summary-missing`: a post without a description: no key, and no text that the generator could use instead.

use crate::document::{Document, Field};
use crate::place::dialect::Generator;
use crate::rule::{Check, Context, Finding, Wants};
use crate::width::cells;
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
        let poor = poor_excerpt(document);
        let taken = || document.is_made_by_template() || poor.is_none() && document.has_automatic_summary();
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
        let message = poor.map(|poor| format!("without a description, Docusaurus takes the first line, `{poor}`"));
        context.report(Finding { message, ..Finding::at(blank.unwrap_or(fence)) });
    }
}

/// The first line of a page of Docusaurus, which becomes its meta description, if that is poor: the start of a comment, or
/// in a post of a blog a heading of one word. `createExcerpt` in `@docusaurus/utils` removes markup from each line, but reads no comment of
/// several lines.
fn poor_excerpt<'d>(document: &'d Document<'_>) -> Option<&'d str> {
    if document.place.generator != Generator::Docusaurus {
        return None;
    }
    let body = document.body.slice(document.source.text());
    let mut lines = body.lines().map(str::trim).peekable();
    let mut is_import = false;
    loop {
        let line = lines.next()?;
        is_import = !line.is_empty() && (is_import || line.starts_with("import ") || line.starts_with("export "));
        let is_underlined = lines.peek().is_some_and(|next| next.starts_with('='));
        let is_title = line.starts_with("# ") || line.starts_with('=') || is_underlined;
        if line.is_empty() || is_import || is_title || line.starts_with("<!--") && line.ends_with("-->") {
            continue;
        }
        if line.starts_with("<!--") {
            return (!line.contains('>')).then_some(line);
        }
        let heading = line.trim_start_matches('#');
        let word = heading.trim_matches(['#', ' ']);
        let is_word = !word.is_empty()
            && word.chars().all(char::is_alphanumeric)
            && cells(word) <= if word.is_ascii() { 2 * MAX_WORD } else { MAX_WORD };
        // In a manual, nearly every page begins with such a heading.
        return (heading.len() < line.len() && is_word && document.is_article()).then_some(word);
    }
}

/// Maximum width of such a heading, in cells of a terminal: four Han characters, or twice as many
/// letters.
const MAX_WORD: usize = 8;

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
