//! Writes the `postlint` key of the front matter.

use crate::document::Document;
use crate::document::read::front_matter::value::{Data, Mapping};
use crate::document::read::front_matter::{Block, Format};
use crate::edit::Edit;
use crate::engine::suppression_writer::insert;
use crate::engine::suppression_writer::spot::line_end;
use crate::source::Span;

/// Adds `names` to the key's `ignore`. `None` if they cannot be added in the present notation.
pub(super) fn edit(document: &Document<'_>, names: &[&str], reason: &str) -> Option<Edit> {
    let block = document.front_matter.block()?;
    if block.problem.is_some() || block.other.is_some() || block.mapping.flow {
        return None;
    }
    let text = document.source.text();
    match (block.mapping.get("postlint"), block.format) {
        (Some(entry), Format::Yaml) => {
            let ignore = entry.value.as_mapping()?.get("ignore")?;
            extend(text, &ignore.value.data, names, reason)
        }
        (None, Format::Yaml) => Some(new_yaml(text, block, names, reason)),
        (None, Format::Toml) => new_toml(text, block, names, reason),
        _ => None,
    }
}

fn new_yaml(text: &str, block: &Block<'_>, names: &[&str], reason: &str) -> Edit {
    let end = line_end(text);
    let value = if reason.is_empty() {
        format!(" [{}]", names.join(", "))
    } else {
        names.iter().map(|name| format!("{end}    {name}: {}", quoted(reason))).collect()
    };
    let lines = format!("postlint:{end}  ignore:{value}");
    let content = block.content.slice(text);
    if content.is_empty() || content.ends_with(['\n', '\r']) {
        insert(block.content.end, format!("{lines}{end}"))
    } else {
        insert(block.content.end, format!("{end}{lines}"))
    }
}

/// Adds the key at the top: below a `[table]`, it would belong to that table.
fn new_toml(text: &str, block: &Block<'_>, names: &[&str], reason: &str) -> Option<Edit> {
    if !text.get(..block.content.start as usize)?.ends_with(['\n', '\r']) {
        return None;
    }
    let value = if reason.is_empty() {
        let names: Vec<String> = names.iter().map(|name| quoted(name)).collect();
        format!("[{}]", names.join(", "))
    } else {
        let names: Vec<String> = names.iter().map(|name| format!("{name} = {}", quoted(reason))).collect();
        format!("{{ {} }}", names.join(", "))
    };
    Some(insert(block.content.start, format!("postlint = {{ ignore = {value} }}{}", line_end(text))))
}

/// Adds names to an existing list or mapping.
fn extend(text: &str, ignored: &Data<'_>, names: &[&str], reason: &str) -> Option<Edit> {
    let with_reason = |name: &&str| format!("{name}: {}", quoted(reason));
    let (last, flow, items): (Span, bool, Vec<String>) = match ignored {
        Data::Sequence { items, flow } => {
            (items.last()?.full_span, *flow, names.iter().map(|name| (*name).to_owned()).collect())
        }
        Data::Mapping(Mapping { entries, flow, .. }) => {
            (entries.last()?.span(), *flow, names.iter().map(with_reason).collect())
        }
        Data::Scalar(_) | Data::Alias { .. } => return None,
    };
    if flow {
        return Some(insert(last.end, items.iter().map(|item| format!(", {item}")).collect()));
    }
    let before = text.get(..last.start as usize)?;
    let line = before.rfind(['\n', '\r']).map_or(0, |at| at + 1);
    // The indentation of the item, and the dash of a list.
    let start = before.get(line..)?;
    let end = line_end(text);
    let is_start = start.chars().all(|c| c == ' ' || c == '-');
    is_start.then(|| insert(last.end, items.iter().map(|item| format!("{end}{start}{item}")).collect()))
}

/// The text as a JSON string, which is also valid in YAML and TOML.
fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}
