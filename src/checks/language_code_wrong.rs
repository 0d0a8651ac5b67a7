//! `language-code-wrong`: a code for a country, or a name, where a language's code belongs.

use crate::diagnostic::{Edit, Fix, Safety};
use crate::document::front_matter::types::Resolved;
use crate::document::front_matter::verified::Wanted;
use crate::document::text::Scripts;
use crate::document::{Document, Field};
use crate::rule::{Check, Context, Finding, Wants};
use crate::source::Span;
use serde::Deserialize;
use std::collections::BTreeMap;

#[derive(Deserialize)]
pub struct LanguageCodeWrong {
    keys: Vec<String>,
    codes: BTreeMap<String, String>,
}

impl Check for LanguageCodeWrong {
    fn wants(&self) -> Wants {
        Wants::Document
    }

    fn document(&self, context: &mut Context<'_>, document: &Document<'_>) {
        for key in &self.keys {
            let Field::Text(text, entry) = document.field(key) else { continue };
            let code = text.trim();
            let primary = code.split(['-', '_']).next().unwrap_or("");
            let found = self.codes.get(&code.to_lowercase()).map(|right| (code, right));
            let found = found.or_else(|| self.codes.get(&primary.to_lowercase()).map(|right| (primary, right)));
            let Some((wrong, right)) = found.filter(|(wrong, _)| !is_kanuri(wrong, document)) else { continue };
            let span = entry.value.span;
            let written = span.slice(document.source.text());
            let fix = written.find(wrong).and_then(|at| {
                let start = span.start + at as u32;
                let edit = Edit { span: Span::new(start, start + wrong.len() as u32), text: right.clone() };
                let text = text.replacen(wrong, right, 1);
                let wanted = Wanted { text: &text, resolved: Resolved::String };
                document.verified(edit, &entry.value, wanted)
            });
            context.report(Finding {
                message: Some(format!("`{wrong}` is no language: its code is `{right}`")),
                help: Some(format!("write `{right}`")),
                fix: fix.map(|edit| Fix { title: format!("write `{right}`"), safety: Safety::Safe, edits: vec![edit] }),
                ..Finding::at(span)
            });
        }
    }
}

/// `kr` is Kanuri, spoken in Nigeria, unless the post is written in Hangul.
fn is_kanuri(code: &str, document: &Document<'_>) -> bool {
    let body = || Scripts::of(document.body.slice(document.source.text())).hangul > 0;
    let title = || document.field("title").text().is_some_and(|title| Scripts::of(title).hangul > 0);
    code.eq_ignore_ascii_case("kr") && !(title() || body())
}
