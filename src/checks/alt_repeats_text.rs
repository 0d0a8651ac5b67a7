//! `alt-repeats-text`: an alternative text that repeats the text next to the image.

use crate::diagnostic::Label;
use crate::document::ask::accessible_name::{is_alt_read, link_named_by};
use crate::document::ask::hidden::{Effect, effect};
use crate::document::{Element, Node, NodeKind, Origin};
use crate::place::dialect::Dialect;
use crate::place::flavor::RawHtml;
use crate::rule::repeated::{self, Groups};
use crate::rule::{Check, Context, Finding, Wants};
use crate::text::{comparable, folded};
use serde::Deserialize;

/// Maximum number of nodes of a link or a figure that are examined.
const MAX_NODES: usize = 500;

#[derive(Deserialize)]
pub struct AltRepeatsText {}

impl Check for AltRepeatsText {
    fn wants(&self) -> Wants {
        Wants::together(&["img"])
    }

    fn elements(&self, context: &mut Context<'_>, elements: &[Element<'_>]) {
        let mut found = Groups::default();
        for &element in elements {
            if let Some((what, finding)) = finding(context, element) {
                found.add(what, finding);
            }
        }
        // In a page of HTML, a template wrote what repeats.
        let is_page = context.document.place.dialect == Dialect::Html;
        for (what, findings) in found.into_vec() {
            match &findings[..] {
                [first, ..] if is_page && findings.len() >= MANY => context.report(together(what, first, &findings)),
                _ => findings.into_iter().for_each(|finding| context.report(finding)),
            }
        }
    }
}

/// Number of images of a page of HTML from which on they are reported together.
const MANY: usize = 5;

fn together(what: &str, first: &Finding, all: &[Finding]) -> Finding {
    let message = format!("alt text of {} images repeats {what}", all.len());
    let related = repeated::others(all.iter().map(|finding| finding.span), "repeated here too");
    Finding { message: Some(message), related, help: first.help.clone(), ..Finding::at(first.span) }
}

/// What the alternative text of an image repeats, and the finding.
fn finding(context: &Context<'_>, element: Element<'_>) -> Option<(&'static str, Finding)> {
    let alt = element.attribute("alt")?;
    let text = alt.known_value().map(same_words).filter(|text| !text.is_empty())?;
    let around = |name: &str| element.ancestors().take(6).find(|above| above.name() == name);
    let caption = || {
        let figure = around("figure")?;
        // kramdown uses the alternative text of a `{:standalone}` image as its caption: an author cannot set only
        // one of them.
        let is_caption = |inner: &Element<'_>| inner.name() == "figcaption" && inner.origin() == Origin::Html;
        figure.descendant_elements().take(MAX_NODES).find(is_caption)
    };
    // Captions are often written on the line below a Markdown image, in its paragraph.
    let block = || element.ancestors().take(6).find(|above| matches!(above.name(), "p" | "li" | "td" | "th"));
    let silent = "use empty alt text: the text next to the image is enough";
    let places = [
        (caption(), "the caption of the figure", None),
        (around("a"), "the text of the link", Some(silent)),
        (around("button"), "the text of the button", Some(silent)),
        (block(), "the text next to it", None),
    ];
    for (place, what, help) in places {
        let Some(place) = place.filter(|place| reads(*place, &text) && is_alt_read(element)) else { continue };
        let message = format!("alt text repeats {what}");
        let related = place.start_tag().map(|span| Label { span, message: "the same text".to_owned() });
        let span = alt.value_span().or(element.start_tag())?;
        let related = related.into_iter().collect();
        // In a link that gets its name from the image, `alt` must not be empty.
        let in_link = || link_named_by(element).map(|_| "describe what the caption leaves out");
        // Markdown has no syntax for an image without a text: `![](…)` is an omission.
        let in_markdown = || {
            let can_be_html = context.document.place.flavor.raw_html != RawHtml::Dropped;
            (element.origin() == Origin::Markdown).then_some(match can_be_html {
                true => "describe what the text leaves out, or write the image as `<img>` with `alt=\"\"`",
                false => "describe what the text leaves out",
            })
        };
        let help = in_markdown().or(help).or_else(in_link).map(str::to_owned);
        return Some((what, Finding { message: Some(message), related, help, ..Finding::at(span) }));
    }
    None
}

/// How many bytes of a text may become one when it is made comparable: a letter of Hangul in three parts.
const COMPOSED: usize = 3;

/// Whether an element has this text, without what is hidden in it.
fn reads(element: Element<'_>, text: &str) -> bool {
    let is_hidden = |node: &Node<'_>| {
        let inner = node.ancestors().take_while(|above| above.node().id() != element.node().id());
        inner.map(effect).any(|effect| !matches!(effect, Effect::None | Effect::Shows))
    };
    let is_text = |node: &Node<'_>| node.kind() == NodeKind::Text && !is_hidden(node);
    let mut written = String::new();
    for node in element.descendants().take(MAX_NODES).filter(is_text) {
        written.push_str(node.text());
        // Comparing long paragraphs took 9% of the instructions on opensource-guide.
        if written.split_whitespace().map(str::len).sum::<usize>() > COMPOSED * text.len() {
            return false;
        }
    }
    same_words(&written) == text
}

/// A text to compare with another: a screen reader reads capitals and small letters alike.
fn same_words(text: &str) -> String {
    folded(&comparable(text)).into_owned()
}
