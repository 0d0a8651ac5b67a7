//! `rel-duplicate-token`: a repeated link type, or one together with its opposite.

use crate::diagnostic::{Fix, Label, Safety};
use crate::document::ask::tokens::{Token, tokens};
use crate::document::edit::element;
use crate::document::{Element, Origin};
use crate::rule::{Check, Context, Finding, Wants};
use serde::Deserialize;

#[derive(Deserialize)]
pub struct RelDuplicateToken {}

impl Check for RelDuplicateToken {
    fn wants(&self) -> Wants {
        Wants::elements(&["a", "area", "form"])
    }

    fn element(&self, context: &mut Context<'_>, element: Element<'_>) {
        let Some(rel) = element.attribute("rel").filter(|rel| !rel.is_unknown()) else { return };
        let Some(value) = rel.value_span() else { return };
        let source = context.document.source.text();
        let mut seen: Vec<Token<'_>> = Vec::new();
        for token in tokens(source, rel) {
            // Limit the number of tokens, because each is compared with all others.
            if seen.len() > 32 {
                return;
            }
            let is = |other: &&Token<'_>, word: &str| other.text.eq_ignore_ascii_case(word);
            let first = seen.iter().find(|other| is(other, token.text)).copied();
            let opposite = opposite_of(token.text).and_then(|word| seen.iter().find(|other| is(other, word)));
            let message = match (first, opposite) {
                (Some(_), _) => format!("`{}` is listed twice in `rel`", token.text),
                (None, Some(opposite)) => format!("`{}` contradicts `{}`", token.text, opposite.text),
                (None, None) => {
                    seen.push(token);
                    continue;
                }
            };
            let written = token.span.filter(|_| first.is_some() && element.origin() == Origin::Html);
            let remove = written.and_then(|span| element::remove_token(source, rel, span));
            let title = format!("remove the second `{}`", token.text);
            let fix = remove.map(|edit| Fix::new(title, Safety::Safe, [edit]));
            let earlier = first.or(opposite.copied()).and_then(|token| token.span);
            let said = if first.is_some() { "first listed here" } else { "the opposite is listed here" };
            let related = earlier.map(|span| Label { span, message: said.to_owned() });
            let label = first.is_none().then(|| "only one of the two can apply".to_owned());
            let help = first.is_none().then(|| "keep only one of them".to_owned());
            context.report(Finding {
                message: Some(message),
                label,
                help,
                related: related.into_iter().collect(),
                fix,
                ..Finding::at(token.span.unwrap_or(value))
            });
        }
    }
}

fn opposite_of(word: &str) -> Option<&'static str> {
    match word.to_ascii_lowercase().as_str() {
        "opener" => Some("noopener"),
        "noopener" => Some("opener"),
        _ => None,
    }
}
