//! `alt-repeats-text`: an alternative text that says what is written right beside the picture.

use crate::diagnostic::Label;
use crate::document::text::comparable;
use crate::document::{Element, Node, NodeKind};
use crate::rule::{Check, Context, Finding, Wants};
use serde::Deserialize;

/// Nodes of a link or a figure that are read.
const MAX_NODES: usize = 500;

/// No options.
#[derive(Deserialize)]
pub struct AltRepeatsText {}

impl Check for AltRepeatsText {
    fn wants(&self) -> Wants {
        Wants::elements(&["img"])
    }

    fn element(&self, context: &mut Context<'_>, element: Element<'_>) {
        let Some(alt) = element.attribute("alt") else { return };
        let Some(text) = alt.known_value().map(comparable).filter(|text| !text.is_empty()) else { return };
        let around = |name: &str| element.ancestors().take(6).find(|above| above.name() == name);
        let caption = || {
            let figure = around("figure")?;
            figure.descendant_elements().take(MAX_NODES).find(|inner| inner.name() == "figcaption")
        };
        let link = || around("a").or_else(|| around("button"));
        let places = [(caption(), "the caption of the figure"), (link(), "the text of the link")];
        for (place, what) in places {
            let Some(place) = place.filter(|place| read(*place) == text) else { continue };
            let message = format!("alt text repeats {what}");
            let related = place.start_tag().map(|span| Label { span, message: "the same words".to_owned() });
            if let Some(span) = alt.value_span().or(element.start_tag()) {
                let related = related.into_iter().collect();
                context.report(Finding { message: Some(message), related, ..Finding::at(span) });
            }
            return;
        }
    }
}

fn read(element: Element<'_>) -> String {
    let is_text = |node: &Node<'_>| node.kind() == NodeKind::Text;
    comparable(&element.descendants().take(MAX_NODES).filter(is_text).map(Node::text).collect::<String>())
}
