//! Finds duplicate keys.

use crate::document::read::front_matter::types::Engine;
use crate::document::read::front_matter::value::{Data, Mapping, Value};
use crate::source::Span;
use rustc_hash::FxHashMap;

/// A key that occurs again in the same mapping.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Duplicate<'v> {
    /// The key's text.
    pub name: &'v str,
    /// Byte span of its first occurrence.
    pub first: Span,
    /// Byte span of a later occurrence; the last one wins.
    pub later: Span,
}

pub(super) fn find<'v>(mapping: &'v Mapping<'_>, other: Option<&'v Value<'_>>) -> Vec<Duplicate<'v>> {
    let mut found = Vec::new();
    in_mapping(mapping, &mut found);
    if let Some(value) = other {
        in_value(value, &mut found);
    }
    found.sort_unstable_by_key(|duplicate| duplicate.later.start);
    found
}

/// Searches a value for duplicates. Recursion is safe: the parser limits the depth of the tree.
fn in_value<'v>(value: &'v Value<'_>, found: &mut Vec<Duplicate<'v>>) {
    match &value.data {
        Data::Mapping(mapping) => in_mapping(mapping, found),
        Data::Sequence { items, .. } => items.iter().for_each(|item| in_value(item, found)),
        Data::Scalar(_) | Data::Alias { .. } => {}
    }
}

fn in_mapping<'v>(mapping: &'v Mapping<'_>, found: &mut Vec<Duplicate<'v>>) {
    let mut seen: FxHashMap<(&str, bool), Span> = FxHashMap::default();
    for entry in &mapping.entries {
        if let Some(name) = entry.name().filter(|_| !entry.is_merge()) {
            // `1` and `"1"` are different keys, `title` and `"title"` are the same.
            let text =
                entry.key.resolve(Engine::Core) == Some(crate::document::read::front_matter::types::Resolved::String);
            let first = *seen.entry((name, text)).or_insert(entry.key.span);
            if first != entry.key.span {
                found.push(Duplicate { name, first, later: entry.key.span });
            }
        }
        in_value(&entry.value, found);
    }
}
