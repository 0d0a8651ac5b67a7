//! `image-repeats-feature-image`: a post that opens with the image its theme prints above it.

use crate::diagnostic::{Fix, Label, Safety};
use crate::document::ask::accessible_name::is_blank;
use crate::document::edit::element;
use crate::document::read::front_matter::value::Entry;
use crate::document::{Document, Element, Field, NodeKind, Origin};
use crate::rule::{Check, Context, Finding, Wants};
use crate::source::Span;
use serde::Deserialize;

/// The keys depend on the theme: only some themes print the image of the front matter.
#[derive(Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct ImageRepeatsFeatureImage {
    keys: Vec<String>,
    path_keys: Vec<String>,
}

impl Check for ImageRepeatsFeatureImage {
    fn wants(&self) -> Wants {
        Wants::Document
    }

    fn document(&self, context: &mut Context<'_>, document: &Document<'_>) {
        let mut images = document.tree.elements().filter(|it| it.name() == "img" && it.origin() != Origin::Clone);
        let Some(image) = images.next() else { return };
        let Some(src) = image.attribute("src") else { return };
        let Some(address) = src.known_value().map(bare).filter(|address| !address.is_empty()) else { return };
        let feature = self.keys.iter().find_map(|key| self.feature_image(document.field(key)));
        if let Some((feature, at)) = feature.filter(|(feature, _)| bare(feature) == address)
            && let Some(span) = src.value_span().or(image.start_tag())
        {
            let message = format!("the post opens with its own feature image `{feature}`");
            let related = vec![Label { span: at, message: "the feature image".to_owned() }];
            let whole = image.parent().filter(|block| is_alone(image, *block)).unwrap_or(image);
            let edits = whole.span().map(|span| vec![element::remove_block(document.source.text(), span)]);
            let title = "remove the image from the text".to_owned();
            let fix = edits.map(|edits| Fix::new(title, Safety::Unsafe, edits));
            context.report(Finding { message: Some(message), related, fix, ..Finding::at(span) });
        }
    }
}

impl ImageRepeatsFeatureImage {
    /// The URL of the image, from `image: a.png` or from `image: {path: a.png}`.
    fn feature_image<'d>(&self, field: Field<'d>) -> Option<(&'d str, Span)> {
        match field {
            Field::Text(text, entry) => Some((text, entry.value_or_key())),
            Field::Nested(entry) => {
                let parts = entry.value.as_mapping()?;
                let path: &Entry<'_> = self.path_keys.iter().find_map(|key| parts.get(key))?;
                Some((&path.value.as_scalar()?.text, path.value_or_key()))
            }
            _ => None,
        }
    }
}

/// Whether the image is the only content of a paragraph.
fn is_alone(image: Element<'_>, block: Element<'_>) -> bool {
    let mut others = block.node().children().filter(|node| node.id() != image.node().id());
    block.name() == "p" && others.all(|node| node.kind() == NodeKind::Text && is_blank(node.text()))
}

fn bare(address: &str) -> &str {
    let path = address.trim();
    path.strip_prefix("./").unwrap_or(path).trim_start_matches('/')
}
