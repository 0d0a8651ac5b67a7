//! What may be written at a position: front matter keys and their values, links, fragments and images.

use crate::config::profile::Profile;
use crate::document::Document as Parsed;
use crate::engine::front_matter_key::{constraint, meaning, word};
use crate::place::Place;
use crate::place::all_files::is_picture;
use crate::place::dialect::Generator;
use crate::place::files::relative;
use crate::project::Post;
use crate::server::background::{PageSeen, Seen};
use crate::source::Source;
use gen_lsp_types::{
    CompletionItem, CompletionItemKind as Kind, Documentation, MarkupContent, MarkupKind, Range, TextEdit,
};
use serde_json::Value as Json;
use std::collections::{BTreeMap, BTreeSet};

/// Maximum number of items: clients filter them, and a site may have any number of pages.
const MOST: usize = 5_000;

/// A list of items that replace the same range.
pub struct Items {
    range: Range,
    items: Vec<CompletionItem>,
}

impl Items {
    /// Without items.
    pub fn new(range: Range) -> Self {
        Items { range, items: Vec::new() }
    }

    fn add(&mut self, text: &str, kind: Kind, detail: Option<String>) -> Option<&mut CompletionItem> {
        if self.items.len() >= MOST {
            return None;
        }
        let edit = TextEdit { range: self.range, new_text: text.to_owned() };
        let item = CompletionItem {
            label: text.trim_end_matches([':', ' ', '=']).to_owned(),
            kind: Some(kind),
            detail,
            text_edit: Some(edit.into()),
            ..CompletionItem::default()
        };
        self.items.push(item);
        self.items.last_mut()
    }

    /// All of them.
    pub fn into_vec(self) -> Vec<CompletionItem> {
        self.items
    }

    /// The keys that are known for the post, and that it does not have.
    pub fn add_keys(&mut self, source: &Source, post: &Post) {
        let document = Parsed::parse(source, &post.place);
        let used: BTreeSet<&str> = document
            .front_matter
            .block()
            .iter()
            .flat_map(|block| &block.mapping.entries)
            .filter_map(|it| it.name())
            .collect();
        let separator = if source.text().trim_start_matches('\u{feff}').starts_with("+++") { " = " } else { ": " };
        for (key, detail) in known_keys(&document, post) {
            if used.contains(key.as_str()) {
                continue;
            }
            if let Some(item) = self.add(&format!("{key}{separator}"), Kind::Property, detail) {
                let facts: String =
                    meaning(&document, &post.demands, &key).iter().map(|line| format!("- {line}\n")).collect();
                let facts = MarkupContent { kind: MarkupKind::Markdown, value: facts };
                item.documentation = Some(Documentation::MarkupContent(facts));
            }
        }
    }

    /// The values that are known for a key without the other posts.
    pub fn add_values(&mut self, key: &str, post: &Post) {
        let expected = post.demands.expected.iter().filter_map(|it| it.schema.as_ref()?.property(key).cloned());
        let profile = Profile::of(post.place.generator, post.place.is_post());
        let usual = profile.and_then(|profile| profile.field(key));
        for property in expected.chain(usual) {
            let of_items = property.get("items").and_then(|items| items.get("enum"));
            let values = [property.get("enum"), of_items].into_iter().flatten().filter_map(Json::as_array);
            for value in values.flatten() {
                self.add(&word(value), Kind::EnumMember, None);
            }
            let may_be = |kind: &str| match property.get("type") {
                Some(Json::Array(kinds)) => kinds.iter().any(|it| it == kind),
                Some(it) => it == kind,
                None => false,
            };
            if may_be("boolean") {
                ["true", "false"].into_iter().for_each(|value| _ = self.add(value, Kind::Value, None));
            }
        }
        if key == "layout"
            && let Some(themes) = &post.place.themes
        {
            for name in themes.theme().layouts.keys() {
                self.add(name, Kind::File, Some("a layout of the site".to_owned()));
            }
        }
        self.items.dedup_by(|one, other| one.label == other.label);
    }

    /// The terms of other posts.
    pub fn add_terms(&mut self, key: &str, terms: &BTreeMap<String, BTreeMap<String, usize>>) {
        for (term, posts) in terms.get(key).into_iter().flatten() {
            let detail = if *posts == 1 { "1 post".to_owned() } else { format!("{posts} posts") };
            if let Some(item) = self.add(term, Kind::Value, Some(detail)) {
                // The most frequent ones first.
                item.sort_text = Some(format!("{:08}", 99_999_999 - posts.min(&99_999_999)));
            }
        }
    }

    /// The pages of the site, as links to them are written in its posts.
    pub fn add_pages(&mut self, pages: &[PageSeen], place: &Place) {
        for page in pages {
            let Some(link) = link_to(page, place) else { continue };
            if let Some(item) = self.add(&link, Kind::Reference, page.title.clone()) {
                item.filter_text = page.title.as_ref().map(|title| format!("{link} {title}"));
            }
        }
    }

    /// The ids of a page.
    pub fn add_anchors(&mut self, ids: &[String]) {
        ids.iter().for_each(|id| _ = self.add(id, Kind::Reference, None));
    }

    /// The pictures of the site, at the URLs at which they are certainly found.
    pub fn add_pictures(&mut self, place: &Place) {
        let Some(folders) = &place.folders else { return };
        let all = folders.all();
        let mut paths: Vec<&str> = all.paths().filter(|path| is_picture(path)).collect();
        paths.sort_unstable();
        for path in paths {
            let published = STATIC.iter().find_map(|folder| path.strip_prefix(folder)).unwrap_or(path);
            let beside =
                place.path.rsplit_once('/').and_then(|(folder, _)| path.strip_prefix(folder)?.strip_prefix('/'));
            let urls = [beside.map(str::to_owned), Some(format!("/{published}"))];
            let found = urls.into_iter().flatten().find(|url| place.missing_file(url).is_none());
            found.iter().for_each(|url| _ = self.add(url, Kind::File, None));
        }
    }
}

/// Folders whose files are published at the root of the site.
const STATIC: [&str; 4] = ["static/", "public/", "source/", "assets/static/"];

/// Completes a list with what the site says. A key of the front matter comes with the terms that its list already has.
pub fn complete(
    mut items: Items,
    seen: &Seen,
    (key, listed): (&str, &BTreeSet<String>),
    place: &Place,
) -> Vec<CompletionItem> {
    match seen {
        Seen::Terms(terms) => {
            items.add_terms(key, terms);
            items.items.retain(|item| !listed.contains(&item.label));
        }
        Seen::Pages(pages) => items.add_pages(pages, place),
        Seen::Anchors(ids) => items.add_anchors(ids),
        Seen::File(_) | Seen::Places(_) => {}
    }
    items.into_vec()
}

/// The keys that the config, the templates and the generator know, each with what is said of it in a few words.
fn known_keys(document: &Parsed<'_>, post: &Post) -> BTreeMap<String, Option<String>> {
    let mut keys: BTreeMap<String, Option<String>> = BTreeMap::new();
    for (key, field) in Profile::of(post.place.generator, post.place.is_post()).map(Profile::fields).unwrap_or_default()
    {
        keys.insert(key, constraint(&field).map(|says| says.replace('`', "")));
    }
    let own = document.theme().into_iter().flat_map(|theme| &theme.own);
    for (key, from) in own.filter(|(key, _)| !key.contains('.')) {
        keys.entry(key.clone()).or_insert_with(|| Some(format!("read in {from}")));
    }
    for expected in &post.demands.expected {
        let known = expected.schema.iter().flat_map(|schema| schema.keys()).map(str::to_owned);
        known.chain(expected.known.iter().cloned()).for_each(|key| _ = keys.entry(key).or_default());
    }
    for key in &post.demands.required {
        keys.insert(key.clone(), Some("required by the config".to_owned()));
    }
    keys
}

/// A link to a page, as the generator wants it to be written.
fn link_to(page: &PageSeen, place: &Place) -> Option<String> {
    match place.generator {
        // These resolve links to files.
        Generator::MkDocs | Generator::MdBook | Generator::Docusaurus | Generator::VitePress => {
            Some(relative(&place.path, &page.path))
        }
        Generator::Zola => page.path.strip_prefix("content/").map(|path| format!("@/{path}")),
        _ => page.url.clone(),
    }
}
