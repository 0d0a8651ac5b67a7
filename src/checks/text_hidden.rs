//! `text-hidden`: words or links that an inline style hides from readers, but not from search engines.

use crate::document::Element;
use crate::document::ask::prose;
use crate::document::ask::scripted::is_followed_by_script;
use crate::rule::{Check, Context, Finding, Wants};
use serde::Deserialize;

/// Allows a few hidden words: they may be a label or a counter.
#[derive(Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct TextHidden {
    min_words: usize,
}

/// The number of CJK characters that count as one word.
const CHARACTERS_PER_WORD: usize = 3;

impl Check for TextHidden {
    fn wants(&self) -> Wants {
        Wants::elements_with("style")
    }

    fn element(&self, context: &mut Context<'_>, element: Element<'_>) {
        let Some(style) = element.attribute("style") else { return };
        let Some(how) = style.known_value().and_then(hiding) else { return };
        if !holds_text(element)
            || is_shown_later(element)
            || element.ancestors().any(|it| matches!(it.name(), "template" | "noscript" | "svg"))
        {
            return;
        }
        let has_link = leads_away(element) || element.descendant_elements().any(leads_away);
        let words = prose::words(element);
        let count = words
            .split_whitespace()
            .count()
            .max(words.chars().filter(|c| *c > '\u{2e80}').count() / CHARACTERS_PER_WORD);
        if (has_link && !words.is_empty()) || count >= self.min_words {
            let what = if has_link { "a link" } else { "text" };
            let span = style.value_span().or(element.start_tag());
            let message = format!("{what} is hidden with `{how}`");
            context.report(Finding { message: Some(message), ..Finding::at(span.unwrap_or_default()) });
        }
    }
}

fn holds_text(element: Element<'_>) -> bool {
    matches!(
        element.name(),
        "div" | "p" | "span" | "section" | "article" | "a" | "ul" | "ol" | "li" | "font" | "b" | "h1" | "h2" | "h3"
    )
}

/// Whether a link leads to another page. Links to a fragment of the page, such as "skip to content", are for keyboard
/// users.
fn leads_away(element: Element<'_>) -> bool {
    let href = element.attribute("href").filter(|_| element.name() == "a");
    href.is_some_and(|href| !href.value().trim_start().starts_with('#'))
}

/// The CSS declaration that hides the element.
fn hiding(style: &str) -> Option<&'static str> {
    let style = style.to_ascii_lowercase();
    style.split(';').find_map(|declaration| {
        let (name, value) = declaration.split_once(':')?;
        let value = value.trim().trim_end_matches("!important").trim_end();
        let is_zero = matches!(value, "0" | "0px" | "0pt" | "0em" | "0%" | "0.0" | "0rem");
        match name.trim() {
            "display" if value == "none" => Some("display: none"),
            "visibility" if value == "hidden" => Some("visibility: hidden"),
            "font-size" if is_zero => Some("font-size: 0"),
            "opacity" if is_zero => Some("opacity: 0"),
            "text-indent" if is_far(value) => Some("text-indent"),
            "left" if is_far(value) && style.contains("position") => Some("left"),
            "top" if is_far(value) && style.contains("position") => Some("top"),
            _ => None,
        }
    })
}

/// Whether a position moves the text off the page, such as `-9999px`.
fn is_far(value: &str) -> bool {
    let number = value.trim_end_matches(|c: char| c.is_ascii_alphabetic() || c == '%');
    number.parse::<f64>().is_ok_and(|number| number <= -900.0)
}

/// Whether a script or a style sheet may show the element: a tab, a menu, a message.
fn is_shown_later(element: Element<'_>) -> bool {
    let handle = |it: Element<'_>| {
        it.has_unknown_attributes()
            || it.attributes().any(|attribute| {
                let name = attribute.name();
                matches!(name, "id" | "class" | "hidden") || name.starts_with("data-") || name.starts_with("on")
            })
    };
    handle(element)
        || element.parent().is_some_and(|parent| parent.name() == "details")
        || is_followed_by_script(element)
}
