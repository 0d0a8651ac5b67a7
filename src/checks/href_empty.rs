//! `href-empty`: a link that leads nowhere.

use crate::diagnostic::Level;
use crate::document::name::shown_text;
use crate::document::{Document, Element, Origin};
use crate::rule::{Check, Context, Finding, Wants};
use serde::Deserialize;

/// Markdown's `[text]()` is left to Markdown linters (MD042).
#[derive(Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct HrefEmpty {
    link_attributes: Vec<String>,
    top_words: Vec<String>,
}

impl Check for HrefEmpty {
    fn wants(&self) -> Wants {
        Wants::elements(&["a", "area"])
    }

    fn element(&self, context: &mut Context<'_>, element: Element<'_>) {
        if element.origin() != Origin::Html || !element.is_html() || belongs_to_a_script(element) {
            return;
        }
        // A class is what a script finds the link by.
        let hooked = element.has_attribute("class") || element.has_attribute("id");
        let finding = match element.attribute("href") {
            None => self.without_address(element),
            Some(href) if href.is_unknown() => None,
            Some(href) => match href.value().trim() {
                "" if !(hooked && has_script(context.document)) => href.span().map(Finding::at),
                "#" if !hooked && !context.document.place.is_part() && !self.leads_to_the_top(element) => {
                    href.span().map(|span| Finding {
                        message: Some("link leads to `#`, the top of this page".to_owned()),
                        at_most: Some(Level::Info),
                        ..Finding::at(span)
                    })
                }
                _ => None,
            },
        };
        if let Some(finding) = finding {
            context.report(finding);
        }
    }
}

impl HrefEmpty {
    /// `<a target="_blank">`: an attribute that only a link can have, but no address. An anchor to jump to has a name.
    fn without_address(&self, element: Element<'_>) -> Option<Finding> {
        let anchor = element.has_attribute("id") || element.has_attribute("name");
        let attribute = element.attributes().find(|it| self.link_attributes.iter().any(|name| name == it.name()));
        let name = attribute.filter(|_| !anchor)?.name();
        let message = format!("`<{}>` has `{name}` but no `href`", element.name());
        Some(Finding {
            message: Some(message),
            label: Some("this is no link".to_owned()),
            ..Finding::at(element.start_tag()?)
        })
    }

    fn leads_to_the_top(&self, element: Element<'_>) -> bool {
        // What cannot be read may be an arrow.
        let text = shown_text(element).map(|text| text.to_lowercase());
        text.is_none_or(|text| self.top_words.iter().any(|word| text.contains(word.as_str())))
    }
}

/// Elements that are looked through for a script.
const MAX_ELEMENTS: usize = 500;

fn has_script(document: &Document<'_>) -> bool {
    let mut elements = document.tree.elements().enumerate();
    elements.any(|(count, element)| element.name() == "script" || count == MAX_ELEMENTS)
}

/// True where a script or a component makes something else of the link.
fn belongs_to_a_script(element: Element<'_>) -> bool {
    let prefixes = ["on", "data-", "aria-", "v-", "ng-", "x-", ":", "@", "(", "["];
    element.has_unknown_attributes()
        || element.attributes().any(|attribute| {
            let name = attribute.name();
            matches!(name, "role" | "tabindex" | "to" | "slot") || prefixes.iter().any(|it| name.starts_with(it))
        })
}
