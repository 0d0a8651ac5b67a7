//! `href-empty`: a link without a target.

use crate::diagnostic::Level;
use crate::document::ask::accessible_name::{may_be_named, shown_text};
use crate::document::ask::filler::is_filler;
use crate::document::ask::prose;
use crate::document::ask::scripted::has_script;
use crate::document::{Element, NodeId, Origin};
use crate::rule::repeated::{self, Groups};
use crate::rule::{Check, Context, Finding, Wants};
use crate::source::Span;
use rustc_hash::FxHashMap;
use serde::Deserialize;

/// `[text]()` in Markdown is left to Markdown linters (MD042).
#[derive(Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct HrefEmpty {
    link_attributes: Vec<String>,
    top_words: Vec<String>,
}

/// Number of links without a target from which on a post without others is a mock-up.
const MOCK_UP: usize = 3;

impl Check for HrefEmpty {
    fn wants(&self) -> Wants {
        Wants::together(&["a", "area"])
    }

    fn elements(&self, context: &mut Context<'_>, elements: &[Element<'_>]) {
        let document = context.document;
        if self.is_mock_up(elements) {
            return;
        }
        let mut to_the_top = Vec::new();
        let mut to_nothing = Vec::new();
        let mut without_address = Groups::default();
        let mut demos = Demos::default();
        for &element in elements {
            if element.origin() != Origin::Html || !element.is_html() || belongs_to_a_script(element) {
                continue;
            }
            // A script may find the link by its class.
            let hooked = element.has_attribute("class") || element.has_attribute("id");
            // It may be a piece of a form that a script fills.
            let is_filled = || !may_be_named(element) && has_script(&document.tree);
            let Some(href) = element.attribute("href") else {
                let Some((what, span)) = self.without_address(element).filter(|_| !is_filled()) else { continue };
                if !demos.hold(element) {
                    without_address.add(what, span);
                }
                continue;
            };
            match href.known_value().map(str::trim) {
                Some("") if !(is_filled() || hooked && has_script(&document.tree) || demos.hold(element)) => {
                    to_nothing.extend(href.span());
                }
                Some("#")
                    if !hooked && !self.leads_to_the_top(element) && !is_shown_off(element) && !demos.hold(element) =>
                {
                    to_the_top.extend(href.span());
                }
                _ => {}
            }
        }
        report_empty(context, &to_nothing);
        without_address.into_vec().iter().for_each(|(what, spans)| report_missing(context, what, spans));
        if !document.place.is_part() {
            report_top(context, &to_the_top);
        }
    }
}

/// Reports one finding per post for `href=""`.
fn report_empty(context: &mut Context<'_>, spans: &[Span]) {
    let Some(&first) = spans.first() else { return };
    let message = match spans.len() {
        1 => None,
        count => Some(format!("{} have no URL", repeated::subject("link", "link", count))),
    };
    let related = repeated::others(spans.iter().copied(), "no URL either");
    context.report(Finding { message, related, ..Finding::at(first) });
}

/// Reports one finding per post for links that have an attribute but no `href`.
fn report_missing(context: &mut Context<'_>, what: &str, spans: &[Span]) {
    let Some(&first) = spans.first() else { return };
    let others = match spans.len() {
        1 => "",
        2 => ", and so has another link",
        _ => ", and so have other links",
    };
    context.report(Finding {
        message: Some(format!("{what}{others}")),
        label: Some("not a link".to_owned()),
        related: repeated::others(spans.iter().copied(), "not a link either"),
        ..Finding::at(first)
    });
}

/// Reports one finding per post, at level `info`: authors often leave many links without a target at the same time.
fn report_top(context: &mut Context<'_>, spans: &[Span]) {
    let Some(&first) = spans.first() else { return };
    let verb = if spans.len() == 1 { "leads" } else { "lead" };
    let message = format!("{} {verb} to `#`, the top of this page", repeated::subject("link", "link", spans.len()));
    let help = (spans.len() > 1).then(|| "add the URLs that the links should lead to, or remove the links".to_owned());
    let label = Some("this looks like a placeholder".to_owned());
    let related = repeated::others(spans.iter().copied(), "to the top as well");
    let message = Some(message);
    context.report(Finding { message, label, help, related, at_most: Some(Level::Info), ..Finding::at(first) });
}

/// Whether the link is inside an element with `data-proofer-ignore`, which excludes it from html-proofer: it is
/// probably an example.
fn is_shown_off(element: Element<'_>) -> bool {
    element.ancestors().any(|above| above.has_attribute("data-proofer-ignore"))
}

/// The blocks of a post that only show a design, each examined once.
#[derive(Default)]
struct Demos(FxHashMap<NodeId, bool>);

impl Demos {
    /// Whether the link is in filler text, or in a carousel that shows how carousels are made.
    fn hold(&mut self, link: Element<'_>) -> bool {
        let is_slide = |it: Element<'_>| {
            it.attribute("aria-roledescription").is_some_and(|role| matches!(role.value().trim(), "carousel" | "slide"))
        };
        let mut above = link.ancestors();
        let block = above.find(|it| !matches!(it.name(), "b" | "em" | "i" | "small" | "span" | "strong"));
        let block = block.filter(|block| matches!(block.name(), "p" | "li" | "td" | "dd"));
        let is_filler = block
            .is_some_and(|block| *self.0.entry(block.node().id()).or_insert_with(|| is_filler(&prose::words(block))));
        is_filler || link.ancestors().any(is_slide)
    }
}

impl HrefEmpty {
    /// Whether four in five links of the post lead nowhere, as in a page that only shows its design.
    fn is_mock_up(&self, elements: &[Element<'_>]) -> bool {
        let is_empty = |element: &&Element<'_>| match element.attribute("href") {
            Some(href) => href.known_value().is_some_and(|value| matches!(value.trim(), "" | "#")),
            None => self.without_address(**element).is_some(),
        };
        let is_link = |element: &&Element<'_>| element.has_attribute("href") || is_empty(element);
        let links = elements.iter().filter(is_link).count();
        let empty = elements.iter().filter(is_empty).count();
        empty >= MOCK_UP && empty * 5 >= links * 4
    }

    /// Reports `<a target="_blank">`, an attribute that only links have, and `<a>https://…</a>`, both without `href`. An
    /// `<a name>` is an anchor.
    fn without_address(&self, element: Element<'_>) -> Option<(String, Span)> {
        if element.has_attribute("id") || element.has_attribute("name") {
            return None;
        }
        let (name, tag) = (element.name(), element.start_tag()?);
        let attribute = element.attributes().find(|it| self.link_attributes.iter().any(|name| name == it.name()));
        match attribute {
            Some(attribute) => Some((format!("`<{name}>` has `{}` but no `href`", attribute.name()), tag)),
            None if is_around_url(element) => Some((format!("`<{name}>` around a URL has no `href`"), tag)),
            None => None,
        }
    }

    fn leads_to_the_top(&self, element: Element<'_>) -> bool {
        // If the text cannot be determined, the link may consist of an icon, such as an arrow.
        let text = shown_text(element).map(|text| text.to_lowercase());
        text.is_none_or(|text| self.top_words.iter().any(|word| contains_word(&text, word)))
    }
}

/// Whether the link has no attributes, and its text is a URL.
fn is_around_url(element: Element<'_>) -> bool {
    let is_url = |text: &str| {
        let host = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"));
        host.is_some_and(|host| host.contains('.') && !host.contains(char::is_whitespace))
    };
    element.attributes().next().is_none() && shown_text(element).is_some_and(|text| is_url(text.trim()))
}

/// Whether a text contains a word. An ASCII word is not found inside another one, such as `top` in `stop`.
fn contains_word(text: &str, word: &str) -> bool {
    let is_letter = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric());
    text.match_indices(word).any(|(at, _)| {
        let (before, rest) = text.split_at(at);
        let after = rest.strip_prefix(word).unwrap_or("");
        !word.is_ascii() || !is_letter(before.chars().next_back()) && !is_letter(after.chars().next())
    })
}

/// Whether a script or a component handles clicks on the link.
fn belongs_to_a_script(element: Element<'_>) -> bool {
    let prefixes = ["on", "data-", "aria-", "v-", "ng-", "x-", ":", "@", "(", "["];
    element.has_unknown_attributes()
        || element.attributes().any(|attribute| {
            let name = attribute.name();
            matches!(name, "role" | "tabindex" | "to" | "slot") || prefixes.iter().any(|it| name.starts_with(it))
        })
}
