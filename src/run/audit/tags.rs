//! What start tags of built pages say of the theme that writes them.

use crate::engine::audit::without_language;

/// The name and the classes of a start tag, which one line of a theme writes in each page. `None` if it has no classes: it may be
/// of a post.
pub fn kind_of_tag(tag: &str) -> Option<String> {
    let name = tag.split(|c: char| c.is_whitespace() || c == '>').next()?;
    Some(format!("{name} {}", value(tag, " class=")?))
}

/// Whether a link leads from a page to what would be its translation: themes link all languages of a page, also those in which it
/// is not there.
pub fn is_of_translation(tag: &str, page: &str, base: &str) -> bool {
    let bare = |url| without_language(url, base).unwrap_or(url).trim_end_matches('/');
    let bare_page = |url| bare(url).trim_end_matches(".html");
    let href = value(tag, " href=").map(|href| href.split(['#', '?']).next().unwrap_or(href));
    href.is_some_and(|href| href.starts_with('/') && bare_page(href) == bare_page(page) && href != page)
}

/// The value of an attribute, whose name is given with a space before it and `=` after it.
fn value<'t>(tag: &'t str, name: &str) -> Option<&'t str> {
    let rest = tag.split_once(name)?.1;
    match rest.chars().next().filter(|c| matches!(c, '"' | '\'')) {
        Some(quote) => rest.split(quote).nth(1),
        None => rest.split(|c: char| c.is_whitespace() || c == '>').next(),
    }
}
