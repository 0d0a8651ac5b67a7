//! `filename-not-a-post`: a file in `_posts` whose name has no date, which Jekyll silently ignores.

use crate::document::Document;
use crate::document::ask::page::dated_slug;
use crate::rule::{Check, Context, Finding, Wants};
use serde::Deserialize;

#[derive(Deserialize)]
pub struct FilenameNotAPost {}

impl Check for FilenameNotAPost {
    fn wants(&self) -> Wants {
        Wants::Document
    }

    fn document(&self, context: &mut Context<'_>, document: &Document<'_>) {
        let place = document.place;
        let name = place.file_name();
        // Jekyll ignores files that start with these characters, so they are not expected to be posts.
        let hidden = name.starts_with(['.', '_', '#', '~']);
        if !place.is_post() || hidden || place.is_part() {
            return;
        }
        let Some(fence) = document.sound_fence().filter(|_| !document.field("published").is_word("false")) else {
            return;
        };
        let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
        if dated_slug(stem).is_none() && !document.field("title").is_blank() {
            let message = format!("Jekyll skips this post: `{name}` does not begin with a date");
            context.report(Finding { message: Some(message), ..Finding::at(fence) });
        }
    }
}
