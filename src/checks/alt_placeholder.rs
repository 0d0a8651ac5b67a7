//! `alt-placeholder`: an alternative text that is an editor's default, or only the word "image".

use crate::checks::image_link_unnamed::help_in_link;
use crate::document::Element;
use crate::document::ask::accessible_name::is_alt_read;
use crate::rule::repeated::{self, Groups};
use crate::rule::{Check, Context, Finding, Wants};
use crate::text::folded;
use crate::url::host;
use serde::Deserialize;
use std::collections::BTreeSet;

/// Words that do not describe a particular image.
#[derive(Deserialize)]
pub struct AltPlaceholder {
    words: BTreeSet<String>,
}

/// Services for pictures that only fill a design.
const FILLERS: &[&str] = &[
    "baconmockup.com", "dummyimage.com", "fakeimg.pl", "fillmurray.com", "loremflickr.com", "lorempixel.com",
    "picsum.photos", "placebear.com", "placecage.com", "placehold.co", "placehold.it", "placehold.jp",
    "placeholder.com", "placeholder.pics", "placeimg.com", "placekitten.com", "placeskull.com",
];

impl Check for AltPlaceholder {
    fn wants(&self) -> Wants {
        Wants::together(&["img", "area", "input"])
    }

    /// Reports one finding per post for the same placeholder.
    fn elements(&self, context: &mut Context<'_>, elements: &[Element<'_>]) {
        let mut groups = Groups::default();
        for &element in elements {
            let Some(alt) = element.attribute("alt") else { continue };
            let Some(text) = alt.known_value().filter(|text| text.len() <= 200) else { continue };
            let bare = bare(text);
            if self.words.contains(&bare)
                && is_alt_read(element)
                && !is_filler(element)
                && let Some(span) = alt.value_span().or(element.start_tag())
            {
                groups.add(bare, (element, text.trim(), span));
            }
        }
        for (_, group) in groups.into_vec() {
            let Some(&(element, text, span)) = group.first() else { continue };
            let message = match group.len() {
                1 => format!("alt text `{text}` does not describe the image"),
                count => format!("alt text `{text}` does not describe {count} images"),
            };
            let related = repeated::others(group.iter().map(|(.., span)| *span), "nor this one");
            let help = help_in_link(element);
            context.report(Finding { message: Some(message), related, help, ..Finding::at(span) });
        }
    }
}

/// Whether the picture comes from a service for pictures that only fill a design.
fn is_filler(image: Element<'_>) -> bool {
    let source = image.attribute("src").and_then(|src| host(src.value().trim()));
    source.is_some_and(|host| {
        FILLERS
            .iter()
            .any(|filler| host.strip_suffix(filler).is_some_and(|before| before.is_empty() || before.ends_with('.')))
    })
}

/// The text in lower case and NFC, with spaces for hyphens and underscores, without punctuation around it or a number
/// at the end. A long number is kept: it comes from a camera or a messenger, and `alt-filename` reports it.
fn bare(text: &str) -> String {
    let composed = folded(text).replace(['-', '_'], " ");
    let no_number = composed.trim_end_matches(|c: char| !c.is_alphabetic());
    let number = composed.strip_prefix(no_number).unwrap_or("");
    let digits = number.bytes().filter(u8::is_ascii_digit).count();
    let is_file_name = digits >= if no_number.ends_with("img") { 3 } else { 6 };
    let kept = if is_file_name { &composed } else { no_number };
    let words: Vec<&str> = kept.trim_start_matches(|c: char| !c.is_alphanumeric()).split_whitespace().collect();
    words.join(" ")
}
