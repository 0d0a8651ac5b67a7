//! Links that the Markdown engine makes of bare URLs.

use crate::document::{Element, Origin};

/// Whether the author wrote the link as a bare URL or e-mail address.
pub fn is_bare_link(element: Element<'_>) -> bool {
    element.name() == "a"
        && element.origin() == Origin::Markdown
        && element
            .attribute("href")
            .is_some_and(|href| href.value_span().is_some() && href.value_span() == element.span())
}
