//! Writes what is known about the theme of a site, as rows of text and as JSON.

use crate::place::theme::{Evidence, Layout, Read, Theme, VisibleTitle};
use serde_json::{Map, Value, json};

/// A name, a value, and the place that the value comes from.
pub type Row = (String, String, String);

const UNKNOWN: &str = "unknown";

/// The rows of a theme. `root` is the site's root, as printed.
pub fn rows(theme: Option<&Theme>, root: &str) -> Vec<Row> {
    let layout = theme.and_then(Theme::main);
    let mut rows = keys("title keys", layout.and_then(title_keys), layout, root);
    rows.extend(keys("description keys", layout.and_then(description_keys), layout, root));
    let visible = match layout {
        Some(layout) => match &layout.visible_title {
            Some(title) => (spoken(title), shown(&title.read.from, layout, root)),
            None if layout.is_whole => ("none".to_owned(), String::new()),
            None => (UNKNOWN.to_owned(), String::new()),
        },
        None => (UNKNOWN.to_owned(), String::new()),
    };
    rows.push(("visible title".to_owned(), visible.0, visible.1));
    let reads = theme.map(|theme| &theme.own).filter(|reads| !reads.is_empty());
    let (count, names) = match reads {
        Some(reads) => (reads.len().to_string(), reads.keys().cloned().collect::<Vec<_>>().join(", ")),
        None => (UNKNOWN.to_owned(), String::new()),
    };
    rows.push(("keys read".to_owned(), count, names));
    rows
}

fn spoken(title: &VisibleTitle) -> String {
    match title.level {
        Some(level) => format!("{} (h{level})", title.read.key),
        None => format!("{} (no heading)", title.read.key),
    }
}

fn keys(name: &str, reads: Option<&[Read]>, layout: Option<&Layout>, root: &str) -> Vec<Row> {
    let (Some(reads), Some(layout)) = (reads, layout) else {
        return vec![(name.to_owned(), UNKNOWN.to_owned(), String::new())];
    };
    if reads.is_empty() {
        return vec![(name.to_owned(), "none".to_owned(), String::new())];
    }
    let row = |(nth, read): (usize, &Read)| {
        let name = if nth == 0 { name.to_owned() } else { String::new() };
        (name, read.key.clone(), shown(&read.from, layout, root))
    };
    reads.iter().enumerate().map(row).collect()
}

/// The keys of the title: empty if there is no title, `None` if they are not known.
fn title_keys(layout: &Layout) -> Option<&[Read]> {
    let is_known = !layout.title.is_empty() || layout.is_whole && layout.title_tag.is_some();
    is_known.then_some(&layout.title)
}

fn description_keys(layout: &Layout) -> Option<&[Read]> {
    (!layout.description.is_empty() || layout.is_whole && layout.title_tag.is_some()).then_some(&layout.description)
}

fn shown(from: &Evidence, layout: &Layout, root: &str) -> String {
    if layout.is_elsewhere || matches!(root, "" | ".") { from.to_string() } else { format!("{root}/{from}") }
}

/// Adds `titleKeys`, `descriptionKeys`, `visibleTitle` and `keysRead` to `record`, and the place of each to `evidence`,
/// under the same names.
pub fn record(theme: Option<&Theme>, root: &str, record: &mut Map<String, Value>, evidence: &mut Map<String, Value>) {
    let layout = theme.and_then(Theme::main);
    let lists = [("titleKeys", layout.and_then(title_keys)), ("descriptionKeys", layout.and_then(description_keys))];
    for (name, reads) in lists {
        let names = reads.map(|reads| reads.iter().map(|read| Value::from(read.key.clone())).collect());
        record.insert(name.to_owned(), names.unwrap_or(Value::Null));
        if let (Some(reads), Some(layout)) = (reads.filter(|reads| !reads.is_empty()), layout) {
            let places = reads.iter().map(|read| Value::from(shown(&read.from, layout, root))).collect();
            evidence.insert(name.to_owned(), places);
        }
    }
    let title = layout.and_then(|layout| Some((layout, layout.visible_title.as_ref()?)));
    let visible = title.map_or(Value::Null, |(_, title)| json!({ "key": title.read.key, "level": title.level }));
    record.insert("visibleTitle".to_owned(), visible);
    if let Some((layout, title)) = title {
        evidence.insert("visibleTitle".to_owned(), Value::from(shown(&title.read.from, layout, root)));
    }
    let reads = theme.map(|theme| &theme.own).filter(|reads| !reads.is_empty());
    let names = reads.map_or(Value::Null, |reads| reads.keys().cloned().map(Value::from).collect());
    record.insert("keysRead".to_owned(), names);
    if let Some(reads) = reads {
        let here = Layout::default();
        let places = reads.values().map(|from| Value::from(shown(from, &here, root))).collect();
        evidence.insert("keysRead".to_owned(), places);
    }
}
