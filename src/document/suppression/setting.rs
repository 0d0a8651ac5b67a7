//! Suppressions in the front matter: `postlint: {ignore: …}`, as a list of names or a mapping of names to reasons.

use crate::document::Document;
use crate::document::read::front_matter::value::{Data, Entry, Value};
use crate::document::suppression::{Kind, Name, Scope, Suppression};
use crate::source::Span;

/// The suppression in the front matter.
pub(super) fn find(document: &Document<'_>) -> Option<Suppression> {
    let entry = ignore(document)?;
    let names = match &entry.value.data {
        Data::Sequence { items, .. } => items.iter().filter_map(name).collect(),
        Data::Mapping(reasons) => reasons.entries.iter().filter_map(|entry| name(&entry.key)).collect(),
        Data::Scalar(_) => name(&entry.value).into_iter().collect(),
        Data::Alias { .. } => Vec::new(),
    };
    Some(Suppression { kind: Kind::Setting, span: entry.span(), word: Span::empty(entry.key.span.start), names })
}

/// The `ignore` entry of the `postlint` key.
pub(super) fn ignore<'d>(document: &'d Document<'_>) -> Option<&'d Entry<'d>> {
    document.front_matter.get("postlint")?.value.as_mapping()?.get("ignore")
}

fn name(value: &Value<'_>) -> Option<Name> {
    let text = &*value.as_scalar()?.text;
    let name = Name { text: text.into(), span: value.span, scope: Scope::FILE, ended_by: None };
    (!text.is_empty()).then_some(name)
}
