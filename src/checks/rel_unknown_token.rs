//! `rel-unknown-token`: words in `rel` that are not link types but are written as if they were.

use crate::diagnostic::{Fix, Safety};
use crate::document::ask::tokens::{Token, tokens};
use crate::document::edit::element;
use crate::document::{Attribute, Element, Origin};
use crate::rule::{Check, Context, Finding, Wants};
use serde::Deserialize;
use std::collections::BTreeMap;

/// Words that are known to be wrong. Other unknown words may be defined by a theme and are not reported.
#[derive(Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct RelUnknownToken {
    meaningless: BTreeMap<String, String>,
    misspelled: BTreeMap<String, String>,
    not_on_links: Vec<String>,
}

impl Check for RelUnknownToken {
    fn wants(&self) -> Wants {
        Wants::elements(&["a", "area", "form"])
    }

    fn element(&self, context: &mut Context<'_>, element: Element<'_>) {
        let Some(rel) = element.attribute("rel").filter(|rel| !rel.is_unknown()) else { return };
        for token in tokens(context.document.source.text(), rel) {
            if let Some(finding) = self.finding(context, element, rel, token) {
                context.report(finding);
            }
        }
    }
}

impl RelUnknownToken {
    fn finding(
        &self,
        context: &Context<'_>,
        element: Element<'_>,
        rel: Attribute<'_>,
        token: Token<'_>,
    ) -> Option<Finding> {
        let source = context.document.source.text();
        let word = token.text.to_ascii_lowercase();
        let written = token.span.filter(|_| element.origin() == Origin::Html);
        let (message, help, fix) = if let Some(reason) = self.meaningless.get(&word) {
            let title = format!("remove `{}`", token.text);
            let remove = written.and_then(|span| element::remove_token(source, rel, span));
            let fix = remove.map(|edit| Fix::new(title, Safety::Safe, [edit]));
            (format!("`{}` is not a link type; {reason}", token.text), format!("remove `{}`", token.text), fix)
        } else if let Some(right) = self.misspelled.get(&word) {
            let fix = written.map(|span| Fix::write(right, span, Safety::Unsafe));
            let message = format!("`{}` is not a link type; `{right}` is", token.text);
            (message, format!("write `{right}` if that is what you mean: it changes how the link is treated"), fix)
        } else if self.not_on_links.contains(&word) {
            let message = format!("`{}` has no meaning on `<{}>`", token.text, element.name());
            (message, "remove it: it belongs in the head of the page, not on a link".to_owned(), None)
        } else {
            return None;
        };
        let span = token.span.or(rel.value_span()).or(element.start_tag())?;
        Some(Finding { message: Some(message), help: Some(help), fix, ..Finding::at(span) })
    }
}
