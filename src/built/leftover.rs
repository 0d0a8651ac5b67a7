//! URLs in a built page whose host only the author's own network can reach.

use crate::document::ask::tokens::has_token;
use crate::document::{Document, Element};
use crate::source::Span;
use crate::url::{host, is_private_host};
use html5ever::local_name;

/// Such a URL.
#[derive(Clone, Debug)]
pub struct Leftover {
    /// The URL.
    pub url: String,
    /// Where it is written.
    pub span: Span,
    /// Whether it says where the page itself is, or its files: the canonical URL, previews, style sheets, scripts.
    pub is_of_page: bool,
}

/// Maximum number of these that are kept of a page.
const MAX_LEFTOVERS: usize = 4;

/// Those of a page. Instructions link to such hosts on purpose, so links need a second look.
pub(super) fn of(document: &Document<'_>) -> Vec<Leftover> {
    let all = document.tree.html_elements().filter(|element| element.is_html()).filter_map(leftover);
    all.take(MAX_LEFTOVERS).collect()
}

fn leftover(element: Element<'_>) -> Option<Leftover> {
    let (name, is_of_page) = match *element.local_name() {
        local_name!("meta") if is_url(element) => ("content", true),
        local_name!("link") if is_of_page(element) => ("href", true),
        local_name!("script") => ("src", true),
        local_name!("a") => ("href", false),
        _ => return None,
    };
    let attribute = element.attribute(name)?;
    let url = attribute.known_value()?.trim();
    let is_private = url.starts_with("http") && host(url).is_some_and(|host| is_private_host(&host));
    let span = attribute.value_span().filter(|_| is_private)?;
    Some(Leftover { url: url.to_owned(), span, is_of_page })
}

/// Whether the content of a `<meta>` is a URL of the page.
fn is_url(meta: Element<'_>) -> bool {
    let name = meta.attribute("property").or(meta.attribute("name"));
    let names = ["og:url", "og:image", "og:image:url", "og:image:secure_url", "twitter:image", "twitter:url"];
    name.is_some_and(|name| names.iter().any(|it| name.value().trim().eq_ignore_ascii_case(it)))
}

fn is_of_page(link: Element<'_>) -> bool {
    let tokens = ["canonical", "alternate", "stylesheet", "icon", "next", "prev", "manifest", "preload"];
    link.attribute("rel").is_some_and(|rel| tokens.into_iter().any(|token| has_token(rel, token)))
}
