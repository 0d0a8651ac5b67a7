//! `og-locale-mismatch`: `og:locale` names another language than that in which the page is written.

use crate::document::ask::head::metas;
use crate::document::{Document, NodeKind};
use crate::rule::{Check, Context, Finding, Wants};
use crate::text::Scripts;
use serde::Deserialize;

#[derive(Deserialize)]
pub struct OgLocaleMismatch {}

/// Number of letters that are looked at.
const MOST: usize = 4_000;
/// Number of letters without which the language is not known.
const LEAST: usize = 80;

impl Check for OgLocaleMismatch {
    fn wants(&self) -> Wants {
        Wants::Document
    }

    fn document(&self, context: &mut Context<'_>, document: &Document<'_>) {
        let Some(locale) = metas(document, "og:locale").find(|locale| !locale.text.is_empty()) else { return };
        let language = locale.text.split(['_', '-']).next().unwrap_or("").to_ascii_lowercase();
        let scripts = scripts(document);
        // `language-code-wrong` reports the countries.
        let is_meant = matches!(&*language, "ko" | "ja" | "zh" | "kr" | "jp" | "cn");
        if scripts.letters < LEAST || !scripts.east_asian(60) || is_meant {
            return;
        }
        let (written, code) = match () {
            () if scripts.hangul >= scripts.kana.max(scripts.han) => ("Korean", "ko"),
            () if scripts.kana * 5 >= scripts.letters => ("Japanese", "ja"),
            () => ("Chinese", "zh"),
        };
        let message = Some(format!("`og:locale` is `{}`, and the page is {written}", locale.text));
        let help =
            Some(format!("set the language of the page, or that of the site if all pages have it: `lang: {code}`"));
        context.report(Finding { message, help, ..Finding::at(locale.span) });
    }
}

/// The scripts of the text of the page, without code.
fn scripts(document: &Document<'_>) -> Scripts {
    let mut all = Scripts::default();
    for node in document.tree.text_nodes().filter(|node| node.kind() == NodeKind::Text) {
        if all.letters >= MOST {
            break;
        }
        let is_prose = !node.ancestors().any(|it| matches!(it.name(), "head" | "script" | "style" | "pre" | "code"));
        if is_prose {
            all = all.and(Scripts::of(node.text()));
        }
    }
    all
}
