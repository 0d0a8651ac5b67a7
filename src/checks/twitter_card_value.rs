//! `twitter-card-value`: a built page asks for a kind of card that X does not have.

use crate::document::Document;
use crate::document::ask::head::metas;
use crate::rule::{Check, Context, Finding, Wants};
use serde::Deserialize;

#[derive(Deserialize)]
pub struct TwitterCardValue {}

/// <https://developer.x.com/en/docs/x-for-websites/cards/overview/markup>
const KINDS: [&str; 4] = ["summary", "summary_large_image", "app", "player"];

impl Check for TwitterCardValue {
    fn wants(&self) -> Wants {
        Wants::Document
    }

    fn document(&self, context: &mut Context<'_>, document: &Document<'_>) {
        let Some(card) = metas(document, "twitter:card").next() else { return };
        if !KINDS.iter().any(|kind| kind.eq_ignore_ascii_case(card.text)) {
            let message = Some(format!("`twitter:card` has no kind `{}`", card.text));
            context.report(Finding { message, ..Finding::at(card.span) });
        }
    }
}
