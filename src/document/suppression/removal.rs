//! Removes names from suppressions.

use crate::document::Document;
use crate::document::read::front_matter::Format;
use crate::document::read::front_matter::value::{Data, Mapping};
use crate::document::suppression::{Kind, Name, Suppression, setting};
use crate::edit::{Edit, lines};
use crate::source::Span;
use std::collections::BTreeSet;

/// Maximum number of names for which removals are computed. Real suppressions have far fewer.
const MOST_NAMES: usize = 256;

/// The edits that remove `names` from `suppression`, one of `written`, and from the `postlint-ignore-end` that ends
/// them. A suppression that would have no names left is removed as a whole. `None` if its notation does not allow such
/// an edit.
pub fn removal<'w>(
    document: &Document<'_>,
    written: impl Iterator<Item = &'w Suppression> + Clone,
    suppression: &Suppression,
    names: &[Name],
) -> Option<Vec<Edit>> {
    let text = document.source.text();
    let is_small = |it: &Suppression| it.names.len() <= MOST_NAMES;
    if !is_small(suppression) {
        return None;
    }
    if suppression.kind == Kind::Setting {
        return Some(vec![from_setting(document, names)?]);
    }
    let mut edits = vec![from_comment(text, suppression, names)];
    let ends: BTreeSet<Span> = names.iter().filter_map(|name| name.ended_by).collect();
    for at in ends {
        let end = written.clone().find(|it| it.span == at).filter(|it| is_small(it))?;
        let others = written.clone().flat_map(|start| &start.names).filter(|name| !is_among(name, names));
        let kept: Vec<&str> = others.filter(|name| name.ended_by == Some(at)).map(|name| &*name.text).collect();
        if end.names.is_empty() && kept.is_empty() {
            edits.push(from_comment(text, end, &[]));
        } else if !end.names.is_empty() {
            let is_gone = |name: &&Name| names.iter().any(|it| it.text == name.text) && !kept.contains(&&*name.text);
            let gone: Vec<Name> = end.names.iter().filter(is_gone).cloned().collect();
            if !gone.is_empty() {
                edits.push(from_comment(text, end, &gone));
            }
        }
    }
    edits.sort_by_key(|edit| edit.span);
    Some(edits)
}

/// Whether this name is one of `names`. Compares spans, because a name may be written twice.
fn is_among(name: &Name, names: &[Name]) -> bool {
    names.iter().any(|it| it.span == name.span)
}

fn from_comment(text: &str, comment: &Suppression, names: &[Name]) -> Edit {
    let kept = comment.names.iter().filter(|name| !is_among(name, names));
    let kept: Vec<&str> = kept.map(|name| &*name.text).collect();
    match (comment.names.first(), comment.names.last()) {
        (Some(first), Some(last)) if !kept.is_empty() => {
            Edit { span: first.span.join(last.span), text: kept.join(", ") }
        }
        _ => Edit { span: lines::suppression(text, comment.span), text: String::new() },
    }
}

fn from_setting(document: &Document<'_>, names: &[Name]) -> Option<Edit> {
    let text = document.source.text();
    let block = document.front_matter.block()?;
    let ignore = setting::ignore(document)?;
    // The span to remove for each name, and the span of the name itself.
    let (items, flow): (Vec<(Span, Span)>, bool) = match &ignore.value.data {
        Data::Sequence { items, flow } => (items.iter().map(|item| (item.full_span, item.span)).collect(), *flow),
        Data::Mapping(Mapping { entries, flow, .. }) => {
            (entries.iter().map(|entry| (entry.span(), entry.key.span)).collect(), *flow)
        }
        Data::Scalar(_) => (vec![(ignore.value.full_span, ignore.value.span)], false),
        Data::Alias { .. } => return None,
    };
    let goes = |name: Span| names.iter().any(|it| it.span == name);
    let kept: Vec<&str> =
        items.iter().filter(|(_, name)| !goes(*name)).map(|(written, _)| written.slice(text)).collect();
    if kept.is_empty() {
        let postlint = document.front_matter.get("postlint")?;
        let alone = postlint.value.as_mapping()?.entries.len() == 1;
        let entry = if alone { postlint } else { ignore };
        return (block.format == Format::Yaml)
            .then(|| Edit { span: lines::suppression(text, entry.span()), text: String::new() });
    }
    if flow || block.format != Format::Yaml {
        let all = items.first()?.0.join(items.last()?.0);
        return Some(Edit { span: all, text: kept.join(", ") });
    }
    // If there is one name per line, removing several at once would require adjacent edits.
    let [name] = names else { return None };
    let (item, _) = *items.iter().find(|(_, it)| *it == name.span)?;
    let before = text.get(..item.start as usize)?;
    let dash = before.trim_end_matches(' ').strip_suffix('-').map_or(before.len(), str::len);
    Some(Edit { span: lines::suppression(text, Span::new(dash as u32, item.end)), text: String::new() })
}
