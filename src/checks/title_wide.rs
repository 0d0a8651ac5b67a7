//! `title-wide`: a title wider than search results show, or longer than the config allows.

use crate::document::{Document, Field};
use crate::rule::{Check, Context, Finding, Wants};
use crate::text::decoded;
use crate::width;
use crate::words::counted;
use serde::Deserialize;

#[derive(Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct TitleWide {
    max: f32,
    max_characters: Option<usize>,
    suffix: String,
}

impl Check for TitleWide {
    fn wants(&self) -> Wants {
        Wants::Document
    }

    fn yields_to(&self) -> &'static [&'static str] {
        &["front-matter-schema"]
    }

    fn document(&self, context: &mut Context<'_>, document: &Document<'_>) {
        let Field::Text(title, entry) = document.field("title") else { return };
        if document.is_hidden_from_search() || document.has_unknown_head() {
            return;
        }
        let shown = document.shown(title);
        let title = decoded(&shown);
        let all = title.chars().count();
        if let Some(limit) = self.max_characters {
            if all <= limit {
                return;
            }
            context.report(Finding {
                message: Some(format!("`title` has {all} characters; the limit is {limit}")),
                label: Some(format!("{} too many", counted(all - limit, "character"))),
                ..Finding::at(entry.value.span)
            });
            return;
        }
        let whole = format!("{title}{}", self.suffix);
        let pixels = width::pixels(&whole, width::TITLE_SIZE);
        if pixels <= self.max || !width::is_measurable(&title) {
            return;
        }
        let shown = width::fits(&whole, width::TITLE_SIZE, self.max);
        // Two thirds of a title say what the page is about. If more than half is lost, more than a subtitle is.
        if shown * 3 > all * 2 || shown * 2 > all && is_cut_in_subtitle(&title, shown) {
            return;
        }
        let with = if self.suffix.is_empty() { "" } else { " with the suffix" };
        context.report(Finding {
            message: Some(format!("`title` may be truncated in search results after {shown} of {all} characters")),
            label: Some(format!("{pixels:.0} px wide{with}; about {:.0} px are shown", self.max)),
            ..Finding::at(entry.value.span)
        });
    }
}

/// What separates a title from a subtitle, an aside, or the next item of a list.
const SEPARATORS: &[&str] = &[
    ": ", " - ", " – ", " — ", " | ", "? ", "! ", ", ", "; ", " (", "：", "？", "！", "。", "，", "、", "；", "（",
    "｜", "/",
];

/// Whether the part of the title before a subtitle is shown: all of it but a few characters, and more than a word.
fn is_cut_in_subtitle(title: &str, shown: usize) -> bool {
    let ends = SEPARATORS.iter().flat_map(|separator| title.match_indices(separator));
    ends.map(|(at, _)| title.get(..at).map_or(0, |part| part.chars().count()))
        .any(|end| end * 5 >= shown && end <= shown + NOT_MISSED)
}

/// The number of characters of a word whose loss does not hide what the word is.
const NOT_MISSED: usize = 3;
