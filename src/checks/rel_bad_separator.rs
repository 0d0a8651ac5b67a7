//! `rel-bad-separator`: link types that are not separated by spaces, so that they are parsed as one word.

use crate::diagnostic::{Fix, Safety};
use crate::document::ask::tokens::tokens;
use crate::document::{Element, Origin};
use crate::rule::{Check, Context, Finding, Wants};
use serde::Deserialize;

/// A token is reported only if it contains a known link type: `rel="shadowbox;width=600"` is the syntax of a script.
#[derive(Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct RelBadSeparator {
    link_types: Vec<String>,
}

impl Check for RelBadSeparator {
    fn wants(&self) -> Wants {
        Wants::elements(&["a", "area", "form"])
    }

    fn element(&self, context: &mut Context<'_>, element: Element<'_>) {
        let Some(rel) = element.attribute("rel").filter(|rel| !rel.is_unknown()) else { return };
        let Some(span) = rel.value_span() else { return };
        let lost = tokens(context.document.source.text(), rel).into_iter().find_map(|token| self.lost(token.text));
        let Some((separator, lost)) = lost else { return };
        let joined: Vec<&str> = rel.value().split(|c: char| c.is_ascii_whitespace() || is_wrong(c)).collect();
        let joined: Vec<&str> = joined.into_iter().filter(|token| !token.is_empty()).collect();
        let is_written = element.origin() == Origin::Html;
        let fix = is_written.then(|| Fix::write(&joined.join(" "), span, Safety::Unsafe));
        let message = format!("`{lost}` is ignored: {} does not separate link types", said(separator));
        context.report(Finding { message: Some(message), fix, ..Finding::at(span) });
    }
}

impl RelBadSeparator {
    /// The wrong separator in a token, and the link type before or after it.
    fn lost<'t>(&self, token: &'t str) -> Option<(char, &'t str)> {
        let separator = token.chars().find(|&c| is_wrong(c))?;
        let known = |part: &&str| self.link_types.iter().any(|known| known.eq_ignore_ascii_case(part));
        token.split(is_wrong).find(known).map(|part| (separator, part))
    }
}

fn is_wrong(c: char) -> bool {
    matches!(c, ',' | ';' | '|' | '\u{200b}' | '\u{feff}') || (c.is_whitespace() && !c.is_ascii())
}

fn said(separator: char) -> String {
    match separator {
        '\u{a0}' => "a no-break space".to_owned(),
        '\u{3000}' => "a full-width space".to_owned(),
        ',' => "a comma".to_owned(),
        ';' => "a semicolon".to_owned(),
        '|' => "`|`".to_owned(),
        other => format!("U+{:04X}", u32::from(other)),
    }
}
