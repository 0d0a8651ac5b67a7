//! `value-wrong-type`: a boolean that is a word in quotes, and a text that is a list.

use crate::diagnostic::{Fix, Level, Safety};
use crate::document::edit::front_matter::Wanted;
use crate::document::read::front_matter::types::{Engine, Resolved};
use crate::document::read::front_matter::value::{Data, Entry, Value};
use crate::document::{Document, Field};
use crate::edit::Edit;
use crate::place::dialect::Generator;
use crate::rule::{Check, Context, Finding, Wants};
use serde::Deserialize;

#[derive(Deserialize)]
pub struct ValueWrongType {
    switches: Vec<String>,
    texts: Vec<String>,
    lists: Vec<String>,
}

/// Maximum number of items reported per list: each fix is verified by parsing the front matter again.
const MAX_ITEMS: usize = 20;

impl Check for ValueWrongType {
    fn wants(&self) -> Wants {
        Wants::Document
    }

    fn document(&self, context: &mut Context<'_>, document: &Document<'_>) {
        for key in &self.switches {
            if let Field::Text(text, entry) = document.field(key)
                && let Some(finding) = switch(document, key, text, entry)
            {
                context.report(finding);
            }
        }
        for key in ["slug", "permalink"] {
            if let Field::Text(_, entry) = document.field(key)
                && let Some(finding) = part_of_address(document, key, entry)
            {
                context.report(finding);
            }
        }
        for key in &self.lists {
            if let Field::Nested(entry) = document.field(key) {
                items(document, key, entry).into_iter().for_each(|finding| context.report(finding));
            }
        }
        for key in &self.texts {
            if let Field::Nested(entry) = document.field(key) {
                let list = matches!(entry.value.data, Data::Sequence { .. });
                // Eleventy allows a mapping: `permalink: {build: …}`.
                if !list && key == "permalink" && document.place.reader() == Generator::Eleventy {
                    continue;
                }
                let (what, help) = match list {
                    true => ("a list", "put the value in quotes if the brackets are text, or write a single value"),
                    false => ("a mapping", "put the value in quotes if it is text"),
                };
                let message = format!("`{key}` is {what}, not text");
                let help = Some(help.to_owned());
                context.report(Finding { message: Some(message), help, ..Finding::at(entry.value.span) });
            }
        }
    }
}

/// Reports `- 공지: 새해`, a tag that a space after its colon turns into a mapping. Docusaurus, which is otherwise treated
/// like Astro, allows mappings as tags, and what other generators allow is not known.
fn items(document: &Document<'_>, key: &str, entry: &Entry<'_>) -> Vec<Finding> {
    let Data::Sequence { items, .. } = &entry.value.data else { return Vec::new() };
    if matches!(document.place.reader(), Generator::Astro | Generator::Plain) {
        return Vec::new();
    }
    let is_slip = |item: &&Value<'_>| {
        let entries = item.as_mapping().map(|mapping| &mapping.entries[..]);
        let written = item.full_span.slice(document.source.text());
        matches!(entries, Some([only]) if only.value.text().is_some()) && !written.starts_with('{')
    };
    let finding = |item: &Value<'_>| {
        let text = item.full_span.slice(document.source.text()).trim_end();
        let fix =
            document.quoted(item, item.full_span, text).map(|edit| Fix::new("quote the value", Safety::Safe, [edit]));
        let message = Some(format!("an item of `{key}` is a mapping, not text"));
        let label = Some("the colon turns the text before it into a key".to_owned());
        let help = Some("put the value in quotes".to_owned());
        Finding { message, label, help, fix, ..Finding::at(item.full_span) }
    };
    items.iter().filter(is_slip).take(MAX_ITEMS).map(finding).collect()
}

/// Reports a number, a date or `true` in keys on which Jekyll 4.3 calls string methods: the build stops with a
/// `NoMethodError`.
fn part_of_address(document: &Document<'_>, key: &str, entry: &Entry<'_>) -> Option<Finding> {
    if document.place.generator != Generator::Jekyll || !document.place.is_post() {
        return None;
    }
    let what = match entry.value.resolve(Engine::Jekyll)? {
        Resolved::Int(_) | Resolved::Float(_) => "a number",
        Resolved::Date(_) | Resolved::Time(_) => "a date",
        Resolved::Bool(true) => "`true`",
        _ => return None,
    };
    let fix = document
        .quoted(&entry.value, entry.value.span, entry.value.text()?)
        .map(|edit| Fix::new("quote the value", Safety::Safe, [edit]));
    let message = format!("Jekyll stops the build: `{key}` is {what}, not text");
    let help = Some("put the value in quotes".to_owned());
    Some(Finding { message: Some(message), help, fix, ..Finding::at(entry.value.span) })
}

/// Reports `"false"`: a non-empty text counts as true in Liquid, JavaScript and Ruby.
fn switch(document: &Document<'_>, key: &str, text: &str, entry: &Entry<'_>) -> Option<Finding> {
    let generator = document.place.reader();
    let engine = Engine::of(generator);
    let is_text = entry.value.resolve(engine) == Some(Resolved::String);
    let no = ["false", "no", "off"].iter().any(|word| text.trim().eq_ignore_ascii_case(word));
    // Hugo converts `"false"` to false.
    if !is_text || !no || matches!(generator, Generator::Hugo | Generator::Plain) {
        return None;
    }
    let message = match (generator, key) {
        (Generator::Jekyll | Generator::Hexo, "published") => {
            format!("{generator} publishes this post: `{}` is text, and so counts as true", text.trim())
        }
        _ => format!("`{key}` counts as true: `{}` is text", text.trim()),
    };
    let edit = Edit { span: entry.value.span, text: "false".into() };
    let wanted = Wanted { text: "false", resolved: Resolved::Bool(false) };
    let fix =
        document.verified(edit, &entry.value, wanted).map(|edit| Fix::new("write `false`", Safety::Unsafe, [edit]));
    let help = Some("write `false` without quotes".to_owned());
    // A theme may compare the value with the text `"false"`.
    let at_most = (!matches!(key, "published" | "draft")).then_some(Level::Warn);
    Some(Finding { message: Some(message), help, fix, at_most, ..Finding::at(entry.value.span) })
}
