//! `title-shouting`: a title in capitals or with several exclamation marks in a row.

use crate::document::{Document, Field};
use crate::rule::{Check, Context, Finding, Wants};
use serde::Deserialize;

#[derive(Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct TitleShouting {
    marks: usize,
    capitals: usize,
    words: usize,
}

impl Check for TitleShouting {
    fn wants(&self) -> Wants {
        Wants::Document
    }

    fn document(&self, context: &mut Context<'_>, document: &Document<'_>) {
        let Field::Text(title, entry) = document.field("title") else { return };
        let marks = title.chars().filter(|c| matches!(c, '!' | '?' | '！' | '？')).count();
        let row = ["!!", "！！", "??", "？？"].iter().any(|row| title.contains(row));
        let message = if marks >= self.marks || row {
            format!("the title has {marks} exclamation and question marks")
        } else if self.is_in_capitals(title) {
            "the title is written in capitals".into()
        } else {
            return;
        };
        context.report(Finding { message: Some(message), ..Finding::at(entry.value.span) });
    }
}

impl TitleShouting {
    fn is_in_capitals(&self, title: &str) -> bool {
        let cased: Vec<char> = title.chars().filter(|c| c.is_uppercase() || c.is_lowercase()).collect();
        let upper = cased.iter().filter(|c| c.is_uppercase()).count();
        // In a Hangul or Han title, capitals are Latin names: these scripts have no case.
        let letters = title.chars().filter(|c| c.is_alphabetic()).count();
        let is_cased = cased.len() * 100 >= letters * self.capitals;
        is_cased
            && title.split_whitespace().count() >= self.words
            && upper > 0
            && upper * 100 >= cased.len() * self.capitals
    }
}
