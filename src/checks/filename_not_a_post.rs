//! `filename-not-a-post`: a file in `_posts` whose name has no date, which Jekyll silently ignores.

use crate::document::Document;
use crate::document::ask::page::{after_date, dated_slug};
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
            let rest = after_date(stem);
            let why = if rest.is_some() { "has no `-` after its date" } else { "does not begin with a date" };
            let message = format!("Jekyll skips this post: `{name}` {why}");
            let help = rest.map(|rest| format!("name the file `{}`", hyphenated(name, stem, rest)));
            context.report(Finding { message: Some(message), help, ..Finding::at(fence) });
        }
    }
}

/// The name with a `-` between the date and the words, instead of what separates them.
fn hyphenated(name: &str, stem: &str, after_date: &str) -> String {
    let words = after_date.trim_start_matches(|c: char| !c.is_alphanumeric());
    let words = if words.is_empty() { "words" } else { words };
    let (date, ending) = (stem.strip_suffix(after_date).unwrap_or(stem), name.strip_prefix(stem).unwrap_or(""));
    format!("{date}-{words}{ending}")
}
