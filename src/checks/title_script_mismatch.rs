//! `title-script-mismatch`: a title in a script other than the post's.

use crate::document::ask::prose;
use crate::document::{Document, Field};
use crate::rule::{Check, Context, Finding, Wants};
use crate::text::Scripts;
use serde::Deserialize;

#[derive(Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct TitleScriptMismatch {
    percent: usize,
    words: usize,
}

/// Minimum number of letters needed to determine a post's language.
const MIN_LETTERS: usize = 100;

impl Check for TitleScriptMismatch {
    fn wants(&self) -> Wants {
        Wants::Document
    }

    fn document(&self, context: &mut Context<'_>, document: &Document<'_>) {
        let Field::Text(title, entry) = document.field("title") else { return };
        let scripts = Scripts::of(title);
        let latin = title.split(|c: char| !c.is_alphabetic()).filter(|word| word.chars().count() >= 2);
        let words: Vec<String> = latin.map(str::to_lowercase).collect();
        if scripts.hangul + scripts.kana + scripts.han > 0 || words.len() < self.words {
            return;
        }
        let prose = || document.tree.text_nodes().filter(|node| prose::is_prose(*node));
        if !prose().any(|node| Scripts::may_be_east_asian(node.text())) {
            return;
        }
        let written = prose().map(|node| Scripts::of(node.text())).fold(Scripts::default(), Scripts::and);
        if written.letters < MIN_LETTERS || !written.east_asian(self.percent) {
            return;
        }
        // The name of a product or a film would also occur in the post's text.
        let body = prose::of_nodes(prose()).to_lowercase();
        if !words.iter().any(|word| body.contains(word.as_str())) {
            context.report(Finding::at(entry.value.span));
        }
    }
}
