use crate::diagnostic::Label;
use crate::document::Document;
use crate::document::dialect::Generator;
use crate::document::front_matter::Format;
use crate::document::front_matter::value::{Data, Entry, Mapping, Value};
use crate::rule::{Check, Context, Finding, Wants};
use rustc_hash::FxHashMap;
use serde::Deserialize;

/// A key that is set twice in one mapping.
#[derive(Deserialize)]
pub struct FrontMatterDuplicateKey {}

impl Check for FrontMatterDuplicateKey {
    fn wants(&self) -> Wants {
        Wants::Document
    }

    fn document(&self, context: &mut Context<'_>, document: &Document<'_>) {
        let Some(block) = document.front_matter.block() else { return };
        if block.problem.is_some() {
            return;
        }
        let mut open: Vec<&Mapping<'_>> = vec![&block.mapping];
        open.extend(block.other.as_ref().map(mappings).unwrap_or_default());
        while let Some(mapping) = open.pop() {
            for (first, again) in duplicates(mapping) {
                context.report(finding(document.place.generator, block.format, first, again));
            }
            open.extend(mapping.entries.iter().flat_map(|entry| mappings(&entry.value)));
        }
    }
}

/// The nearest mappings at or below a value.
fn mappings<'v, 's>(value: &'v Value<'s>) -> Vec<&'v Mapping<'s>> {
    let mut found = Vec::new();
    let mut open = vec![value];
    while let Some(value) = open.pop() {
        match &value.data {
            Data::Mapping(mapping) => found.push(mapping),
            Data::Sequence { items, .. } => open.extend(items),
            Data::Scalar(_) | Data::Alias { .. } => {}
        }
    }
    found
}

/// Entries whose key was used before, each with the first one. `<<` may stand more than once.
fn duplicates<'v, 's>(mapping: &'v Mapping<'s>) -> Vec<(&'v Entry<'s>, &'v Entry<'s>)> {
    let mut seen: FxHashMap<&str, &Entry<'s>> = FxHashMap::default();
    let named = mapping.entries.iter().filter_map(|entry| Some((entry.name()?, entry)));
    let again = named.filter(|(name, _)| *name != "<<").filter_map(|(name, entry)| match seen.get(name) {
        Some(&first) => Some((first, entry)),
        None => {
            seen.insert(name, entry);
            None
        }
    });
    again.collect()
}

fn finding(generator: Generator, format: Format, first: &Entry<'_>, again: &Entry<'_>) -> Finding {
    let name = again.name().unwrap_or("");
    // js-yaml and the yaml package reject what Ruby and Go take; JSON's last member wins everywhere.
    let refuses = matches!(generator, Generator::Astro | Generator::Hexo | Generator::Eleventy);
    let (message, first_label) = match generator {
        _ if format == Format::Json => (format!("`{name}` is set twice; the last one wins"), "this one is lost"),
        _ if refuses => (format!("`{name}` is set twice; {generator} refuses such a post"), "set here first"),
        Generator::Plain => (format!("`{name}` is set twice"), "set here first"),
        _ => (format!("`{name}` is set twice; {generator} takes the last one"), "this one is lost"),
    };
    let related = vec![Label { span: first.key.span, message: first_label.into() }];
    Finding { message: Some(message), related, ..Finding::at(again.key.span) }
}
