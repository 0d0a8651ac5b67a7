//! `alt-placeholder`: an alternative text that is an editor's default, or only the word "image".

use crate::checks::image_link_unnamed::help_in_link;
use crate::document::ask::accessible_name::is_alt_read;
use crate::document::ask::lone_image::is_alone;
use crate::document::{Document, Element, Node};
use crate::rule::repeated::{self, Groups};
use crate::rule::{Check, Context, Finding, Wants};
use crate::text::folded;
use crate::url::{file_name, host};
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
            let is_number = is_number(text) && is_picture(element);
            let is_dash = is_dash(text) && is_picture(element);
            let is_letter = is_letter(element, text);
            let bare = if is_number { NUMBER.to_owned() } else { bare(text) };
            let is_caption_number = |bare: &str| {
                NUMBERED.contains(&bare) && (!is_picture(element) || has_caption(context.document, element, text))
            };
            let is_placeholder =
                is_number || is_dash || is_letter || self.words.contains(&bare) && !is_caption_number(&bare);
            if is_placeholder
                && is_alt_read(element)
                && !is_filler(element)
                && let Some(span) = alt.value_span().or(element.start_tag())
            {
                groups.add(bare, (element, text.trim(), span));
            }
        }
        for (kind, group) in groups.into_vec() {
            let Some(&(element, text, span)) = group.first() else { continue };
            let message = match group.len() {
                1 => format!("alt text `{text}` does not describe the image"),
                count if kind == NUMBER => format!("numbers as alt text do not describe {count} images"),
                count => format!("alt text `{text}` does not describe {count} images"),
            };
            let related = repeated::others(group.iter().map(|(.., span)| *span), "nor this one");
            let help = help_in_link(element);
            context.report(Finding { message: Some(message), related, help, ..Finding::at(span) });
        }
    }
}

/// The group of all numbers, which is not a word.
const NUMBER: &str = "0";

/// Minimum size in pixels of a picture that is more than the sign for a number.
const MIN_SIZE: u32 = 100;

/// Names of files with signs for numbers.
const SIGNS: [&str; 14] = [
    "badge", "bullet", "callout", "circle", "digit", "divider", "hr.", "icon", "line", "num", "pixel", "separator",
    "spacer", "step",
];

/// Words with which captions number pictures: where there is a caption, the alternative text may refer to it.
const NUMBERED: [&str; 2] = ["fig", "figure"];

/// Whether the picture is in a figure with a caption, or a text begins with its number: `Figure 1: the boats`.
fn has_caption(document: &Document<'_>, image: Element<'_>, alt: &str) -> bool {
    let is_figure = |it: &Element<'_>| it.name() == "figure";
    let is_caption = |node: Node<'_>| node.as_element().is_some_and(|it| it.name() == "figcaption");
    let in_figure = image.ancestors().find(is_figure).is_some_and(|figure| figure.descendants().any(is_caption));
    let number: String = alt.chars().filter(char::is_ascii_digit).collect();
    let begins_so = |node: Node<'_>| {
        let text = folded(node.text());
        let start = text.trim_start().get(..alt.len().max(12)).unwrap_or(text.trim_start());
        let first: String = start.chars().take_while(|c| c.is_alphabetic()).collect();
        let rest = start.get(first.len()..).unwrap_or("").trim_start_matches([' ', '.', '-', '\u{a0}']);
        let digits: String = rest.chars().take_while(char::is_ascii_digit).collect();
        NUMBERED.contains(&&*first) && digits == number
    };
    in_figure || document.tree.text_nodes().any(begins_so)
}

/// Whether the text is only a number.
fn is_number(text: &str) -> bool {
    let number = text.trim_matches(|c: char| c.is_whitespace() || matches!(c, '#' | '(' | ')' | '（' | '）' | '.'));
    (1..=2).contains(&number.chars().count()) && number.chars().all(|c| c.is_ascii_digit() || is_wide(c))
}

/// Whether the text is only a Latin letter that was typed to have one, and the name of the file does not have it as a word: a
/// picture may be that of a letter, or the part of a figure with this letter.
fn is_letter(image: Element<'_>, text: &str) -> bool {
    let text = text.trim();
    if text.len() != 1 || !text.bytes().all(|byte| byte.is_ascii_alphabetic()) || !is_picture(image) {
        return false;
    }
    let file = image.attribute("src").map(|src| file_name(src.value()).to_lowercase()).unwrap_or_default();
    let names_it = || file.split(|c: char| !c.is_alphanumeric()).any(|word| word.eq_ignore_ascii_case(text));
    // `X` is also a company.
    !file.is_empty() && !names_it() && !LETTERS.iter().any(|sign| file.contains(sign))
}

/// Words in the names of files that show a letter.
const LETTERS: [&str; 6] = ["alphabet", "char", "glyph", "letter", "logo", "twitter"];

/// Whether the text is only a dash or underscores, which are written where an editor demands a text.
fn is_dash(text: &str) -> bool {
    let text = text.trim();
    !text.is_empty() && text.chars().all(|c| matches!(c, '-' | '_' | '–' | '—' | '.'))
}

/// Whether the picture is a block, and not the sign for a number or a line.
fn is_picture(image: Element<'_>) -> bool {
    if image.name() != "img" || !is_alone(image) {
        return false;
    }
    let size = |name| image.attribute(name)?.value().trim().trim_end_matches("px").parse::<u32>().ok();
    let is_small = ["width", "height"].into_iter().filter_map(size).any(|size| size < MIN_SIZE);
    let file = image.attribute("src").map(|src| file_name(src.value()).to_lowercase()).unwrap_or_default();
    !is_small && !file.ends_with(".svg") && !SIGNS.iter().any(|sign| file.contains(sign))
}

/// Whether this is a digit as wide as a Han character.
fn is_wide(c: char) -> bool {
    ('０'..='９').contains(&c)
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
