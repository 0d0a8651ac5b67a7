//! The space-separated tokens of an attribute value (`rel`, `class`), with their byte spans where possible.

use crate::document::Attribute;
use crate::source::Span;

/// One token of an attribute value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Token<'t> {
    /// The token, decoded.
    pub text: &'t str,
    /// Its byte span; `None` if the value contains entities, so that no bytes are exactly this token.
    pub span: Option<Span>,
}

/// The tokens of a value, split as HTML splits them: at ASCII whitespace only.
pub fn tokens<'t>(source: &str, attribute: Attribute<'t>) -> Vec<Token<'t>> {
    let value = attribute.value();
    let start = verbatim(source, attribute).map(|span| span.start);
    let mut found = Vec::new();
    let mut rest = value;
    while let Some(first) = rest.find(|c: char| !c.is_ascii_whitespace()) {
        let from_token = &rest[first..];
        let len = from_token.find(|c: char| c.is_ascii_whitespace()).unwrap_or(from_token.len());
        let at = (value.len() - from_token.len()) as u32;
        let span = start.map(|start| Span::new(start + at, start + at + len as u32));
        found.push(Token { text: &from_token[..len], span });
        rest = &from_token[len..];
    }
    found
}

/// The byte span of a value that is verbatim in the file, without entities or escapes.
pub fn verbatim(source: &str, attribute: Attribute<'_>) -> Option<Span> {
    attribute.value_span().filter(|span| span.slice(source) == attribute.value())
}

/// Whether a value that is a list of tokens contains this one, ignoring ASCII case.
pub fn has_token(attribute: Attribute<'_>, token: &str) -> bool {
    attribute.value().split_ascii_whitespace().any(|it| it.eq_ignore_ascii_case(token))
}

/// Whether `class` contains one of `classes`, ignoring ASCII case.
pub fn has_class(element: crate::document::Element<'_>, classes: &[&str]) -> bool {
    let value = element.attribute("class").map_or("", Attribute::value);
    value.split_ascii_whitespace().any(|class| classes.iter().any(|known| class.eq_ignore_ascii_case(known)))
}
