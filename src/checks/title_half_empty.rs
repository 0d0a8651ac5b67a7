//! `title-half-empty`: the title of a built page lacks one of its parts, as in `| Harbour news`.

use crate::document::Document;
use crate::document::ask::head::{is_redirect, known_text, titles};
use crate::rule::{Check, Context, Finding, Wants};
use serde::Deserialize;

#[derive(Deserialize)]
pub struct TitleHalfEmpty {}

/// What layouts write between the title of a page and the name of the site.
const SEPARATORS: [char; 8] = ['|', '-', '–', '—', '·', '•', '»', '｜'];

impl Check for TitleHalfEmpty {
    fn wants(&self) -> Wants {
        Wants::Document
    }

    fn document(&self, context: &mut Context<'_>, document: &Document<'_>) {
        let Some(title) = titles(document).next().filter(|_| !is_redirect(document)) else { return };
        let (Some(text), Some(span)) = (known_text(title), title.start_tag()) else { return };
        if is_half_empty(&text) {
            let message = Some(format!("a part of the title `{text}` is empty"));
            context.report(Finding { message, ..Finding::at(span) });
        }
    }
}

/// Whether a separator is at the start or the end. One without a space is a part of a word: `-webkit-mask`.
fn is_half_empty(title: &str) -> bool {
    let is_apart =
        |rest: Option<&str>| rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(char::is_whitespace));
    let is_apart_before = |rest: Option<&str>| rest.is_some_and(|rest| rest.ends_with(char::is_whitespace));
    is_apart(title.strip_prefix(SEPARATORS)) || is_apart_before(title.strip_suffix(SEPARATORS))
}
