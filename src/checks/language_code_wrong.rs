//! `language-code-wrong`: a code for a country, or a name, where a language's code belongs.

use crate::diagnostic::{Edit, Fix, Safety};
use crate::document::front_matter::types::Resolved;
use crate::document::front_matter::verified::Wanted;
use crate::document::text::Scripts;
use crate::document::tokens::verbatim;
use crate::document::{Document, Element, Field, Origin, prose};
use crate::rule::{Check, Context, Finding, Wants, edit};
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
            let Some((wrong, right)) = self.slip(document, text) else { continue };
            let span = entry.value.span;
            let written = span.slice(document.source.text());
            let fix = written.find(wrong).and_then(|at| {
                let start = span.start + at as u32;
                let edit = Edit { span: Span::new(start, start + wrong.len() as u32), text: right.to_owned() };
                let text = text.replacen(wrong, right, 1);
                let wanted = Wanted { text: &text, resolved: Resolved::String };
                document.verified(edit, &entry.value, wanted)
            });
            context.report(Finding {
                message: Some(what(wrong)),
                help: Some(format!("write `{right}`")),
                fix: fix.map(|edit| Fix { title: format!("write `{right}`"), safety: Safety::Safe, edits: vec![edit] }),
                ..Finding::at(span)
            });
        }
        if memchr::memmem::find(document.source.text().as_bytes(), b"lang=").is_some() {
            document.tree.elements().for_each(|element| self.attribute(context, element));
        }
    }
}

impl LanguageCodeWrong {
    /// The wrong part of a language tag, and what belongs there.
    fn slip<'a>(&'a self, document: &Document<'_>, tag: &'a str) -> Option<(&'a str, &'a str)> {
        let code = tag.trim();
        let primary = code.split(['-', '_']).next().unwrap_or("");
        let known = |code: &'a str| self.codes.get(&code.to_lowercase()).map(|right| (code, right.as_str()));
        known(code).or_else(|| known(primary)).filter(|(wrong, _)| !is_kanuri(wrong, document))
    }

    /// `<html lang="kr">`, and a passage in another language.
    fn attribute(&self, context: &mut Context<'_>, element: Element<'_>) {
        let document = context.document;
        // In a block of code it is the language of the code.
        let is_text = element.origin() == Origin::Html && element.is_html() && !prose::is_code(element.name());
        let Some(lang) = element.attribute("lang").filter(|_| is_text) else { return };
        let Some((wrong, right)) = lang.known_value().and_then(|tag| self.slip(document, tag)) else { return };
        let Some(span) = lang.value_span().or(element.start_tag()) else { return };
        let fix = verbatim(document.source.text(), lang).map(|written| Fix {
            title: format!("write `{right}`"),
            safety: Safety::Safe,
            edits: vec![edit::replace(written, &lang.value().trim().replacen(wrong, right, 1))],
        });
        context.report(Finding {
            message: Some(what(wrong)),
            help: Some(format!("write `{right}`")),
            fix,
            ..Finding::at(span)
        });
    }
}

/// What is wrong with it; the help says what is right.
fn what(wrong: &str) -> String {
    match wrong {
        "kr" => "`kr` is the code of Kanuri, not of Korean".to_owned(),
        _ if wrong.contains(['-', '_']) => format!("`{wrong}` names no region"),
        _ => format!("`{wrong}` is no language's code"),
    }
}

/// `kr` is Kanuri, spoken in Nigeria, unless the post is written in Hangul.
fn is_kanuri(code: &str, document: &Document<'_>) -> bool {
    let body = || Scripts::of(document.body.slice(document.source.text())).hangul > 0;
    let title = || document.field("title").text().is_some_and(|title| Scripts::of(title).hangul > 0);
    code.eq_ignore_ascii_case("kr") && !(title() || body())
}
