//! `encoding-not-utf8`: a file in an encoding other than UTF-8.

use crate::document::Document;
use crate::place::dialect::Generator;
use crate::rule::{Check, Context, Finding, Wants};
use crate::source::Span;
use serde::Deserialize;

#[derive(Deserialize)]
pub struct EncodingNotUtf8 {}

impl Check for EncodingNotUtf8 {
    fn wants(&self) -> Wants {
        Wants::NotUtf8
    }

    fn document(&self, context: &mut Context<'_>, document: &Document<'_>) {
        let Some(not_utf8) = document.source.not_utf8() else { return };
        let looks_like = not_utf8.looks_like;
        let message = match document.place.generator {
            // Observed with `jekyll build` 4.3 and a Korean post in EUC-KR; the exit code is 0.
            Generator::Jekyll if document.place.is_post() => {
                format!("Jekyll skips this post: it is not UTF-8 but looks like {looks_like}")
            }
            _ => format!("this file is not UTF-8 but looks like {looks_like}"),
        };
        // In the decoded text, the first invalid byte is a U+FFFD at the same offset.
        let start = not_utf8.offset;
        let replaced = Span::new(start, start + char::REPLACEMENT_CHARACTER.len_utf8() as u32);
        context.report(Finding { message: Some(message), ..Finding::of_post(replaced) });
    }
}
