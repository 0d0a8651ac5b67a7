//! `description-wide`: a description wider than search results show, or longer than the config allows.

use crate::document::read::front_matter::value::Entry;
use crate::document::{Document, Field};
use crate::place::dialect::Generator;
use crate::rule::{Check, Context, Finding, Wants};
use crate::text::{decoded, plain};
use crate::width;
use crate::words::counted;
use serde::Deserialize;

#[derive(Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct DescriptionWide {
    max: f32,
    max_characters: Option<usize>,
    descriptions: bool,
    desktop: f32,
    mobile: f32,
}

impl Check for DescriptionWide {
    fn wants(&self) -> Wants {
        Wants::Document
    }

    fn yields_to(&self) -> &'static [&'static str] {
        &["front-matter-schema"]
    }

    fn document(&self, context: &mut Context<'_>, document: &Document<'_>) {
        if document.is_hidden_from_search() || document.has_unknown_head() {
            return;
        }
        let Some((text, entry)) = description(document) else { return };
        // Search results show no tags, although most generators write them into the page.
        let shown = if text.contains("</") { plain(text) } else { document.shown(text) };
        let text = decoded(&shown);
        let name = entry.name().unwrap_or("");
        let all = text.chars().count();
        if let Some(limit) = self.max_characters {
            if all <= limit {
                return;
            }
            context.report(Finding {
                message: Some(format!("`{name}` has {all} characters; the limit is {limit}")),
                label: Some(format!("{} too many", counted(all - limit, "character"))),
                help: Some(format!("put the important part before “{}”", ending_at(&text, limit))),
                ..Finding::at(entry.value.span)
            });
            return;
        }
        if matches!(name, "description" | "summary") && !self.descriptions {
            return;
        }
        let pixels = width::pixels(&text, width::DESCRIPTION_SIZE);
        if pixels <= self.max || !width::is_measurable(&text) {
            return;
        }
        let (desktop, mobile) = (
            width::fits(&text, width::DESCRIPTION_SIZE, self.desktop),
            width::fits(&text, width::DESCRIPTION_SIZE, self.mobile),
        );
        // Who writes a description for search results puts the important part first; an excerpt is written for lists.
        let says_it = || name == "description" && desktop * 3 > all && has_clause(&text, desktop);
        if desktop * 10 > all * 7 || says_it() {
            return;
        }
        let is_cut = match name {
            "description" => "may be truncated",
            _ => "becomes the meta description, probably truncated",
        };
        context.report(Finding {
            message: Some(format!("`{name}` {is_cut} after {desktop} of {all} characters")),
            label: Some(format!(
                "{pixels:.0} px wide; results show about {:.0} px, phones {:.0} px ({mobile} characters)",
                self.desktop, self.mobile
            )),
            help: Some(format!("put the important part before “{}”", ending_at(&text, desktop))),
            ..Finding::at(entry.value.span)
        });
    }
}

/// The text that becomes the meta description, if the post itself sets it: the key that the layout reads, or else the
/// one that the generator's usual plugin reads.
fn description<'d>(document: &'d Document<'_>) -> Option<(&'d str, &'d Entry<'d>)> {
    let layout = document.layout().filter(|layout| layout.description_tag.is_some());
    let keys: Vec<&str> = match (layout, document.place.generator) {
        (Some(layout), _) if layout.is_whole || !layout.description.is_empty() => {
            layout.description.iter().map(|read| read.key.as_str()).collect()
        }
        // jekyll-seo-tag 2.9 and Hexo's `open_graph` helper read these keys.
        (_, Generator::Jekyll | Generator::Hexo) => vec!["description", "excerpt"],
        _ => vec!["description"],
    };
    let set =
        keys.into_iter().map(|key| document.field(key)).find(|field| !matches!(field, Field::Missing | Field::Null(_)));
    match set {
        Some(Field::Text(text, entry)) => Some((text, entry)),
        _ => None,
    }
}

/// Whether a sentence or a clause ends behind the first two fifths of what is shown: it says what matters.
fn has_clause(text: &str, shown: usize) -> bool {
    let rest = text.chars().take(shown).skip(shown * 2 / 5).chain([' ']);
    let pairs = rest.clone().zip(rest.skip(1));
    pairs.into_iter().any(|(c, next)| {
        let is_full_width = matches!(c, '。' | '！' | '？' | '，' | '、' | '；' | '：' | '—' | '–');
        is_full_width || next == ' ' && ".!?,;:".contains(c) || c == ' ' && matches!(next, '(' | '-')
    })
}

/// Maximum number of characters of the words before the cut.
const MAX_ENDING: usize = 24;

/// The last words before the cut: as many as are needed for 12 characters, and whole ones only.
pub fn ending_at(text: &str, characters: usize) -> String {
    let cut = text.char_indices().nth(characters).map_or(text.len(), |(at, _)| at);
    let (shown, rest) = text.split_at(cut);
    let is_inside_word = shown.ends_with(char::is_alphanumeric) && rest.starts_with(char::is_alphanumeric);
    let whole = shown.trim_end_matches(|c: char| !c.is_whitespace());
    let count = |text: &str| text.chars().count();
    // Japanese and Chinese have no spaces between words.
    let has_words = !whole.trim().is_empty() && count(shown) - count(whole) <= MAX_ENDING;
    let shown = if is_inside_word && has_words { whole } else { shown };
    let mut words: Vec<&str> = Vec::new();
    let mut length = 0;
    for word in shown.split_whitespace().rev() {
        if length > 0 && length + count(word) > MAX_ENDING {
            break;
        }
        words.push(word);
        length += count(word);
        if length >= 12 {
            break;
        }
    }
    words.reverse();
    let tail: String = words.join(" ");
    let start = if words.len() == 1 { count(&tail).saturating_sub(MAX_ENDING) } else { 0 };
    format!("…{}", tail.chars().skip(start).collect::<String>())
}
