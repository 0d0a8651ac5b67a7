//! `title-generic`: a title that would fit any page.

use crate::document::{Document, Field};
use crate::rule::{Check, Context, Finding, Wants};
use serde::Deserialize;

#[derive(Deserialize)]
pub struct TitleGeneric {
    titles: Vec<String>,
}

impl Check for TitleGeneric {
    fn wants(&self) -> Wants {
        Wants::Document
    }

    fn document(&self, context: &mut Context<'_>, document: &Document<'_>) {
        let Field::Text(title, entry) = document.field("title") else { return };
        let bare = title.trim().trim_end_matches(['.', '!', '…', '?']).to_lowercase();
        // A page in `page.md` about the word `Page`, and `hello-world.md` in a manual, are titled after their subject.
        let stem = document.place.file_name().split('.').next().unwrap_or("");
        let names_subject = !document.place.is_post() && stem.eq_ignore_ascii_case(&bare.replace(' ', "-"));
        // The title of a home page is not generic: themes show the site's own title.
        if names_subject || document.place.is_index() || !self.titles.contains(&bare) {
            return;
        }
        let message = format!("`{}` does not describe this page", title.trim());
        context.report(Finding { message: Some(message), ..Finding::at(entry.value.span) });
    }
}
