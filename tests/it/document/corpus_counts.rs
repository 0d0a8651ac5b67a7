//! Compares counts over the shared corpus, if it is available, with those of an independent program. That program does
//! not support kramdown, so all Markdown is parsed as CommonMark.

use crate::support::shared;
use postlint::document::read::front_matter::value::Entry;
use postlint::document::tree::node::{Element, Node};
use postlint::document::{Document, NodeKind};
use postlint::place::Place;
use postlint::place::dialect::Dialect;
use postlint::source::Source;
use rayon::prelude::*;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use unicode_normalization::UnicodeNormalization;

/// The names of the counts, in the order of [`ours`] and [`theirs`].
const KINDS: [&str; 6] =
    ["nbsp spacers", "images", "images without alt", "rel tokens", "tables without th", "equal keys"];

fn ours(document: &Document<'_>) -> [String; 6] {
    let elements: Vec<Element<'_>> = document.tree.elements().collect();
    let count = |wanted: &dyn Fn(Element<'_>) -> bool| elements.iter().filter(|e| wanted(**e)).count().to_string();
    let mut rel: BTreeMap<String, u64> = BTreeMap::new();
    for link in elements.iter().filter(|element| element.name() == "a") {
        for token in link.attribute("rel").map_or("", |rel| rel.value()).split_ascii_whitespace() {
            *rel.entry(token.to_ascii_lowercase()).or_default() += 1;
        }
    }
    [
        count(&|element| element.name() == "p" && is_nbsp_spacer(element)),
        count(&|element| element.name() == "img"),
        count(&|element| element.name() == "img" && !element.has_attribute("alt")),
        format!("{rel:?}"),
        count(&|element| {
            element.name() == "table" && element.descendant_elements().all(|inside| inside.name() != "th")
        }),
        format!("{:?}", equal_keys(document)),
    ]
}

fn theirs(expected: &Value) -> [String; 6] {
    let count = |path: &str| expected.pointer(path).and_then(Value::as_u64).unwrap_or(0).to_string();
    let rel: BTreeMap<String, u64> = expected["dom_rel"]
        .as_object()
        .map(|tokens| tokens.iter().map(|(token, count)| (token.clone(), count.as_u64().unwrap())).collect())
        .unwrap_or_default();
    let equal: BTreeSet<Vec<String>> = expected["equal"]
        .as_array()
        .map(|pairs| pairs.iter().map(|pair| serde_json::from_value(pair.clone()).unwrap()).map(sorted).collect())
        .unwrap_or_default();
    [
        count("/dom_spacer/nbsp"),
        count("/dom/img"),
        count("/dom/img_noalt"),
        format!("{rel:?}"),
        count("/dom/table_noth"),
        format!("{equal:?}"),
    ]
}

fn sorted(mut pair: Vec<String>) -> Vec<String> {
    pair.sort();
    pair
}

/// Whether a paragraph is empty apart from whitespace and at least one no-break space.
fn is_nbsp_spacer(paragraph: Element<'_>) -> bool {
    let is_seen = |node: Node<'_>| match node.kind() {
        NodeKind::Text => !node.text().chars().all(|c| c.is_whitespace() || matches!(c, '\u{200b}' | '\u{feff}')),
        NodeKind::Template => true,
        NodeKind::Element => node.as_element().is_some_and(|element| {
            let named = element.has_attribute("id") || element.has_attribute("name");
            matches!(
                element.name(),
                "img" | "iframe" | "video" | "svg" | "hr" | "input" | "table" | "figure" | "script"
            ) || (element.name() == "a" && named)
        }),
        _ => false,
    };
    paragraph.descendants().all(|node| !is_seen(node))
        && paragraph.descendants().any(|node| node.kind() == NodeKind::Text && node.text().contains('\u{a0}'))
}

const TEXT_KEYS: [&str; 13] = [
    "title", "subtitle", "excerpt", "feature_text", "description", "summary", "lead", "intro", "abstract",
    "og_description", "seo_title", "subheadline", "linkTitle",
];

/// Groups of keys with the same text, in front matter that parses.
fn equal_keys(document: &Document<'_>) -> BTreeSet<Vec<String>> {
    if document.front_matter.block().is_none_or(|block| block.problem.is_some()) {
        return BTreeSet::new();
    }
    let said = |key: &str| {
        let entry: &Entry<'_> = document.front_matter.get(key)?;
        let text: String = entry.value.as_scalar()?.text.nfc().collect();
        let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
        (!text.is_empty()).then_some((key.to_owned(), text))
    };
    let said: Vec<_> = TEXT_KEYS.iter().filter_map(|key| said(key)).collect();
    let mut equal = BTreeSet::new();
    for (index, (key, text)) in said.iter().enumerate() {
        for (other, _) in said.iter().skip(index + 1).filter(|(_, other)| other == text) {
            equal.insert(sorted(vec![key.clone(), other.clone()]));
        }
    }
    equal
}

struct File {
    folder: String,
    path: PathBuf,
    expected: Value,
}

fn expected_files(root: &Path, expected: &Path) -> Vec<File> {
    let mut files = Vec::new();
    for list in shared::files(expected, &["jsonl"]) {
        let folder = list.file_stem().unwrap().to_string_lossy().into_owned();
        for line in std::fs::read_to_string(&list).unwrap().lines() {
            let expected: Value = serde_json::from_str(line).unwrap();
            let path = root.join(&folder).join(expected["path"].as_str().unwrap());
            files.push(File { folder: folder.clone(), path, expected });
        }
    }
    files
}

fn compare(file: &File) -> Option<([String; 6], [String; 6])> {
    let source = Source::from_bytes(std::fs::read(&file.path).ok()?);
    let guessed = shared::place(&format!("{}/a.html", file.folder))?;
    let dialect = match file.expected["kind"].as_str()? {
        "html" => Dialect::Html,
        "mdx" => Dialect::Mdx,
        // All posts of these two sites are MDX.
        "md" if file.folder.starts_with("docusaurus") || file.folder.starts_with("mdx") => Dialect::Mdx,
        _ => Dialect::CommonMark,
    };
    let place = Place::new(file.path.to_string_lossy(), guessed.generator, dialect);
    Some((ours(&Document::parse(&source, &place)), theirs(&file.expected)))
}

#[test]
fn counts_are_those_of_an_independent_program() {
    let Some((root, expected)) = shared::find("corpus").zip(shared::find("corpus-expected")) else { return };
    let files = expected_files(&root, &expected);
    let results: Vec<_> = files.par_iter().filter_map(|file| Some((file, compare(file)?))).collect();
    let mut too_few = Vec::new();
    for (index, kind) in KINDS.iter().enumerate() {
        let different: Vec<_> = results.iter().filter(|(_, (ours, theirs))| ours[index] != theirs[index]).collect();
        let share = 100.0 * (1.0 - different.len() as f64 / results.len() as f64);
        eprintln!("{kind}: {} of {} files differ, {share:.2}% equal", different.len(), results.len());
        for (file, (ours, theirs)) in different.iter().take(40) {
            eprintln!("  {}: {} / {}", file.path.display(), ours[index], theirs[index]);
        }
        if share < 99.5 {
            too_few.push(*kind);
        }
    }
    assert!(results.len() > 1000 && too_few.is_empty(), "{} files: {too_few:?}", results.len());
}
