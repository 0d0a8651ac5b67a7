//! `embed-url-insecure`: a frame, a script or a style sheet with an `http://` URL.

use crate::document::Element;
use crate::document::ask::tokens::has_token;
use crate::rule::insecure::Insecure;
use crate::rule::{Check, Context, Wants};
use serde::Deserialize;

/// No options.
#[derive(Deserialize)]
pub struct EmbedUrlInsecure {}

impl Check for EmbedUrlInsecure {
    fn wants(&self) -> Wants {
        Wants::together(&["iframe", "script", "link"])
    }

    fn elements(&self, context: &mut Context<'_>, elements: &[Element<'_>]) {
        let mut insecure = Insecure::default();
        for element in elements.iter().filter(|element| element.is_html()) {
            let (kind, attribute) = match element.name() {
                "iframe" => ("frame", "src"),
                "script" => ("script", "src"),
                _ if element.attribute("rel").is_some_and(|rel| has_token(rel, "stylesheet")) => {
                    ("style sheet", "href")
                }
                _ => continue,
            };
            if let (Some(attribute), Some(tag)) = (element.attribute(attribute), element.start_tag()) {
                insecure.add(kind, attribute, tag);
            }
        }
        insecure.findings(context.document).for_each(|finding| context.report(finding));
    }
}
