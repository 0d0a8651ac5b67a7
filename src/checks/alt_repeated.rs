//! `alt-repeated`: the same alternative text on several different images of a post.

use crate::document::ask::accessible_name::{is_alt_read, link_named_by};
use crate::document::ask::prose;
use crate::document::ask::section::Sections;
use crate::document::{Attribute, Element};
use crate::rule::repeated::{self, Groups};
use crate::rule::{Check, Context, Finding, Wants};
use crate::text::comparable;
use crate::width::cells;
use serde::Deserialize;
use std::cell::LazyCell;

/// The same image may be shown many times. Different images with the same alternative text are reported.
#[derive(Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct AltRepeated {
    min_pictures: usize,
}

/// An image with the words of its alternative text.
struct Picture<'t> {
    image: Element<'t>,
    alt: Attribute<'t>,
    address: &'t str,
}

impl Check for AltRepeated {
    fn wants(&self) -> Wants {
        Wants::together(&["img"])
    }

    fn yields_to(&self) -> &'static [&'static str] {
        &["alt-filename", "alt-label-only", "alt-placeholder"]
    }

    fn elements(&self, context: &mut Context<'_>, elements: &[Element<'_>]) {
        // Return early: most posts have too few images for a finding.
        if elements.len() < self.min_pictures {
            return;
        }
        let mut groups = Groups::default();
        for &image in elements {
            let (Some(alt), Some(src)) = (image.attribute("alt"), image.attribute("src")) else { continue };
            let (Some(text), Some(address)) = (alt.known_value(), src.known_value().map(str::trim)) else { continue };
            let text = comparable(text);
            // Material for MkDocs and GitHub show one of two pictures, for light or dark pages.
            let is_twin = address.ends_with("#only-dark") || address.ends_with("#gh-dark-mode-only");
            if text.is_empty() || address.is_empty() || is_twin || !is_alt_read(image) {
                continue;
            }
            groups.add(text, Picture { image, alt, address });
        }
        let document = context.document;
        let sections = LazyCell::new(|| Sections::of(&document.tree));
        groups
            .into_vec()
            .iter()
            .filter_map(|(_, group)| self.finding(group, &sections))
            .for_each(|finding| context.report(finding));
    }
}

/// Whether each of the pictures is below another heading, which tells them apart.
fn are_told_apart(group: &[Picture<'_>], sections: &Sections<'_>) -> bool {
    if !group.first().is_some_and(|first| says_something(first.alt.value())) {
        return false;
    }
    let heading = |picture: &Picture<'_>| {
        let heading = sections.heading_above(picture.image.span()?.start)?;
        Some((comparable(&prose::words(heading)), picture.address.to_owned()))
    };
    let Some(mut headings) = group.iter().map(heading).collect::<Option<Vec<_>>>() else { return false };
    headings.sort_unstable();
    headings.dedup();
    headings.windows(2).all(|pair| matches!(pair, [one, other] if one.0 != other.0))
}

/// Whether the text is more than a word that fits any picture, such as `avatar` or `img.png`.
fn says_something(alt: &str) -> bool {
    alt.split_whitespace().nth(1).is_some() || cells(alt) >= 8 && !alt.is_ascii()
}

impl AltRepeated {
    fn finding<'d>(
        &self,
        group: &[Picture<'_>],
        sections: &LazyCell<Sections<'d>, impl FnOnce() -> Sections<'d>>,
    ) -> Option<Finding> {
        let mut addresses: Vec<&str> = group.iter().map(|picture| picture.address).collect();
        addresses.sort_unstable();
        addresses.dedup();
        if addresses.len() < self.min_pictures {
            return None;
        }
        if are_told_apart(group, sections) {
            return None;
        }
        let spans = || group.iter().filter_map(|picture| picture.alt.value_span());
        let first = spans().next()?;
        // Suggest an empty `alt` only outside links: the image may be the only name of its link.
        let is_linked = group.iter().any(|picture| link_named_by(picture.image).is_some());
        Some(Finding {
            message: Some(format!("{} images have the same alt text", addresses.len())),
            related: repeated::others(spans(), "the same text"),
            help: is_linked.then(|| "describe what is different in each image".to_owned()),
            identity: group.first().map(|picture| picture.alt.value().to_owned()),
            ..Finding::at(first)
        })
    }
}
