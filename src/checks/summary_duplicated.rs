//! `summary-duplicated`: keys with the same text that a page shows next to each other.

use crate::diagnostic::{Fix, Label, Safety};
use crate::document::read::front_matter::Format;
use crate::document::read::front_matter::value::Entry;
use crate::document::{Document, Field};
use crate::edit::Edit;
use crate::place::dialect::Generator;
use crate::rule::{Check, Context, Finding, Wants};
use crate::text::comparable;
use crate::width::cells;
use serde::Deserialize;
use std::cell::OnceCell;

#[derive(Deserialize)]
pub struct SummaryDuplicated {
    pairs: Vec<(String, String)>,
}

/// Minimum weight: shorter texts may be equal by chance.
const MIN_EQUAL: usize = 20;
/// Minimum weight of a title that is the description of a post.
const MIN_TITLE: usize = 8;
/// Minimum weight of a text that another one contains.
const MIN_CONTAINED: usize = 40;
/// Minimum length of the contained text, in percent of the containing one.
const MIN_SHARE_PERCENT: usize = 80;

/// The result of comparing two texts: the share of the longer one that both have in common.
struct Shared {
    characters: usize,
    of: usize,
}

impl Check for SummaryDuplicated {
    fn wants(&self) -> Wants {
        Wants::Document
    }

    fn yields_to(&self) -> &'static [&'static str] {
        &["front-matter-schema"]
    }

    fn document(&self, context: &mut Context<'_>, document: &Document<'_>) {
        let mut groups: Vec<Group<'_>> = Vec::new();
        let mut read: Vec<Read<'_>> = Vec::new();
        for (left, right) in &self.pairs {
            let [Some(a), Some(b)] = [left, right].map(|key| Read::find(&mut read, document, key)) else { continue };
            let (Some(a), Some(b)) = (read.get(a), read.get(b)) else { continue };
            let (left, right) = (a.entry, b.entry);
            let (earlier, later) = if left.key.span < right.key.span { (left, right) } else { (right, left) };
            // A post needs a description that says more than its title, however short that is.
            let has =
                |names: &[&str]| [left, right].iter().any(|entry| entry.name().is_some_and(|it| names.contains(&it)));
            let is_titled = has(&["title"]) && has(&["description", "excerpt", "summary"]);
            // Readers do not search for the page that says that there is none.
            let is_error = document.place.file_name().starts_with("404.");
            let is_description = || !is_error && [left, right].iter().any(|entry| is_meta_description(document, entry));
            let least = if is_titled && (document.is_article() || is_description()) { MIN_TITLE } else { MIN_EQUAL };
            let shared = shared(a.comparable(), b.comparable(), least);
            let Some(shared) = shared.filter(|_| shows(document, [left, right])) else { continue };
            let pair = Pair { earlier, later, shared };
            match groups.iter_mut().find(|group| group.iter().any(|it| it.shares_a_key(&pair))) {
                Some(group) => group.push(pair),
                None => groups.push(vec![pair]),
            }
        }
        groups.iter().filter_map(|group| finding(document, group)).for_each(|finding| context.report(finding));
    }
}

/// A key with text, which several pairs may name.
struct Read<'d> {
    key: &'d str,
    entry: &'d Entry<'d>,
    text: &'d str,
    comparable: OnceCell<String>,
}

impl<'d> Read<'d> {
    /// The index of the key in `read`, to which it is added. `None` if it has no text.
    fn find(read: &mut Vec<Read<'d>>, document: &'d Document<'_>, key: &'d str) -> Option<usize> {
        if let Some(known) = read.iter().position(|it| it.key == key) {
            return Some(known);
        }
        let Field::Text(text, entry) = document.field(key) else { return None };
        read.push(Read { key, entry, text, comparable: OnceCell::new() });
        Some(read.len() - 1)
    }

    fn comparable(&self) -> &str {
        self.comparable.get_or_init(|| comparable(self.text))
    }
}

/// Two keys with the same text, in the order in which they are written.
struct Pair<'d> {
    earlier: &'d Entry<'d>,
    later: &'d Entry<'d>,
    shared: Shared,
}

/// Pairs that have keys in common: one finding says it for all of them.
type Group<'d> = Vec<Pair<'d>>;

impl Pair<'_> {
    fn shares_a_key(&self, other: &Pair<'_>) -> bool {
        let starts = |pair: &Pair<'_>| [pair.earlier.key.span.start, pair.later.key.span.start];
        starts(self).iter().any(|start| starts(other).contains(start))
    }
}

/// Whether readers may see both keys. They do not if all templates are known and do not read one of the keys. Zola itself
/// shows only the title.
fn shows(document: &Document<'_>, entries: [&Entry<'_>; 2]) -> bool {
    let is_whole = document.theme().is_some_and(|theme| theme.is_whole && theme.elsewhere.is_none());
    let is_read = |entry: &&Entry<'_>| entry.name().is_none_or(|name| document.reader(name).is_some());
    let is_title = |entry: &&Entry<'_>| entry.name() == Some("title");
    match document.place.generator {
        _ if may_be_zola(document) => entries.iter().all(|entry| is_title(entry) || is_read(entry)),
        _ => !is_whole || entries.iter().all(is_read),
    }
}

/// Whether the post is one of Zola, or of an unknown generator with front matter in TOML.
fn may_be_zola(document: &Document<'_>) -> bool {
    let is_toml = || document.front_matter.block().is_some_and(|block| block.format == Format::Toml);
    match document.place.generator {
        Generator::Zola => true,
        Generator::Plain => is_toml(),
        _ => false,
    }
}

fn finding(document: &Document<'_>, group: &[Pair<'_>]) -> Option<Finding> {
    let mut entries: Vec<&Entry<'_>> = group.iter().flat_map(|pair| [pair.earlier, pair.later]).collect();
    entries.sort_unstable_by_key(|entry| entry.key.span.start);
    entries.dedup_by_key(|entry| entry.key.span.start);
    let name = |entry: &Entry<'_>| entry.name().unwrap_or("").to_owned();
    let (first, again) = entries.split_first()?;
    let later = again.first()?;
    let Shared { characters, of } = &group.first()?.shared;
    let amount = if characters == of { format!("{of}") } else { format!("{characters} of {of}") };
    let names: Vec<String> = again.iter().map(|entry| format!("`{}`", name(entry))).collect();
    let verb = if names.len() == 1 { "repeats" } else { "repeat" };
    let others = again.iter().skip(1).map(|entry| Label { span: entry.value.span, message: "and again".into() });
    let start = Label { span: first.value.span, message: "first used here".into() };
    let is_needed = entries.iter().any(|entry| is_needed(document, entry, &entries));
    let help = is_needed.then(|| "write a description that says more than the title".to_owned());
    Some(Finding {
        fix: if is_needed { None } else { removal(document, &entries, group) },
        help,
        message: Some(format!("{} {verb} `{}` ({amount} characters)", names.join(" and "), name(first))),
        related: std::iter::once(start).chain(others).collect(),
        ..Finding::at(later.value.span)
    })
}

/// Whether the layout in sight writes the key as the meta description of this post.
fn is_meta_description(document: &Document<'_>, entry: &Entry<'_>) -> bool {
    let Some(layout) = document.layout().filter(|layout| layout.description_tag.is_some()) else { return false };
    let used = layout.description.iter().find(|read| document.is_set(&read.key));
    used.is_some_and(|read| entry.name() == Some(&*read.key))
}

/// Whether the key is a description that repeats the title, and without it nothing better would take its place: Jekyll makes
/// an excerpt of the first block of a post.
fn is_needed(document: &Document<'_>, entry: &Entry<'_>, entries: &[&Entry<'_>]) -> bool {
    let repeats_title = entries.iter().any(|other| other.name() == Some("title"));
    if !repeats_title || !matches!(entry.name(), Some("description" | "excerpt" | "summary")) {
        return false;
    }
    let is_jekyll_post = document.place.generator == Generator::Jekyll && document.place.is_post();
    let excerpt = document.first_paragraph().filter(|_| is_jekyll_post).map(|text| comparable(&text));
    let title = comparable(document.field("title").text().unwrap_or(""));
    excerpt.is_none_or(|excerpt| excerpt.starts_with(without_stop(&title)) || weight(&excerpt) < MIN_EQUAL)
}

/// The fix that keeps one of the texts: the title, which every page needs, or else the first.
fn removal(document: &Document<'_>, entries: &[&Entry<'_>], group: &[Pair<'_>]) -> Option<Fix> {
    let is_title = |entry: &&&Entry<'_>| entry.name() == Some("title");
    let kept = entries.iter().find(is_title).or(entries.first())?.key.span.start;
    let spare: Vec<&&Entry<'_>> = entries.iter().filter(|entry| entry.key.span.start != kept).collect();
    // Jekyll makes no excerpt of a page, so without the key the site's description would take its place.
    let is_page = document.place.generator == Generator::Jekyll && !document.place.is_post();
    let is_kept = |entry: &&&Entry<'_>| is_page && matches!(entry.name(), Some("excerpt" | "description"));
    if group.iter().any(|pair| pair.shared.characters != pair.shared.of) || spare.iter().any(is_kept) {
        return None;
    }
    let names: Vec<String> = spare.iter().map(|entry| format!("`{}`", entry.name().unwrap_or(""))).collect();
    let edits: Vec<Edit> = spare.iter().map(|entry| document.without(entry)).collect::<Option<_>>()?;
    Some(Fix::new(format!("remove {}", names.join(" and ")), Safety::Unsafe, edits))
}

/// What two texts have in common. `least`: the minimum weight of equal texts.
fn shared(a: &str, b: &str, least: usize) -> Option<Shared> {
    let length = |text: &str| text.chars().count();
    let (short, long) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    let of = length(long);
    if without_stop(short) == without_stop(long) {
        return (weight(long) >= least).then_some(Shared { characters: of, of });
    }
    let characters = length(short);
    if weight(short) >= MIN_CONTAINED && characters * 100 >= of * MIN_SHARE_PERCENT && long.contains(short) {
        return Some(Shared { characters, of });
    }
    let beginning = without_ellipsis(short).filter(|beginning| long.starts_with(beginning))?;
    let characters = length(beginning);
    (weight(beginning) >= MIN_EQUAL).then_some(Shared { characters, of })
}

/// The length in Latin letters of a text that says as much: a Han character or a Hangul syllable, which takes two cells,
/// counts as two and a half.
fn weight(text: &str) -> usize {
    let characters = text.chars().count();
    let wide = cells(text).saturating_sub(characters);
    characters + wide + wide / 2
}

fn without_stop(text: &str) -> &str {
    text.trim_end_matches(['.', '!', '。'])
}

/// The text before a trailing `…`, `...`, `[…]` or `(...)`.
fn without_ellipsis(text: &str) -> Option<&str> {
    let open = text.trim_end_matches([']', ')']);
    let cut = open.strip_suffix('…').or_else(|| open.strip_suffix("..."))?;
    Some(cut.trim_end_matches(['.', '…', '[', '(', ' ']))
}
