//! `summary-duplicated`: keys with the same text that a page shows next to each other.

use crate::diagnostic::{Fix, Label, Safety};
use crate::document::read::front_matter::value::Entry;
use crate::document::{Document, Field};
use crate::place::dialect::Generator;
use crate::rule::{Check, Context, Finding, Wants};
use crate::text::comparable;
use crate::width::cells;
use serde::Deserialize;

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

    fn document(&self, context: &mut Context<'_>, document: &Document<'_>) {
        let mut reported: Vec<u32> = Vec::new();
        for (left, right) in &self.pairs {
            let (Field::Text(a, left), Field::Text(b, right)) = (document.field(left), document.field(right)) else {
                continue;
            };
            let (earlier, later) = if left.key.span < right.key.span { (left, right) } else { (right, left) };
            // Report a text that repeats two others only once.
            if reported.contains(&later.key.span.start) {
                continue;
            }
            // A post needs a description that says more than its title, however short that is.
            let has =
                |names: &[&str]| [left, right].iter().any(|entry| entry.name().is_some_and(|it| names.contains(&it)));
            let is_titled = has(&["title"]) && has(&["description", "excerpt", "summary"]);
            let least = if is_titled && is_post(document) { MIN_TITLE } else { MIN_EQUAL };
            let shared = shared(&comparable(a), &comparable(b), least);
            if let Some(shared) = shared.filter(|_| shows(document, [left, right])) {
                reported.push(later.key.span.start);
                context.report(finding(document, earlier, later, &shared));
            }
        }
    }
}

/// Whether readers may see both keys. They do not if all templates are known and do not read one of the keys.
fn shows(document: &Document<'_>, entries: [&Entry<'_>; 2]) -> bool {
    let is_whole = document.theme().is_some_and(|theme| theme.is_whole && theme.elsewhere.is_none());
    let is_read = |entry: &&Entry<'_>| entry.name().is_none_or(|name| document.reader(name).is_some());
    !is_whole || entries.iter().all(is_read)
}

fn finding(document: &Document<'_>, earlier: &Entry<'_>, later: &Entry<'_>, shared: &Shared) -> Finding {
    let (first, again) = (earlier.name().unwrap_or(""), later.name().unwrap_or(""));
    let Shared { characters, of } = shared;
    let amount = if characters == of { format!("{of}") } else { format!("{characters} of {of}") };
    // Keep the title, which every page needs.
    let (spare, name) = if again == "title" { (earlier, first) } else { (later, again) };
    // Jekyll makes no excerpt of a page, so without the key the site's description would take its place.
    let is_page = document.place.generator == Generator::Jekyll && !document.place.is_post();
    let is_needed = is_page && matches!(name, "excerpt" | "description");
    let removed = (characters == of && !is_needed).then(|| document.without(spare)).flatten();
    let fix = removed.map(|edit| Fix::new(format!("remove `{name}`"), Safety::Unsafe, [edit]));
    Finding {
        fix,
        message: Some(format!("`{again}` repeats `{first}` ({amount} characters)")),
        related: vec![Label { span: earlier.value.span, message: "first used here".into() }],
        ..Finding::at(later.value.span)
    }
}

fn is_post(document: &Document<'_>) -> bool {
    document.place.is_post() || !document.field("date").is_blank()
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
