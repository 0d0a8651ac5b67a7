//! Words in angle brackets, `<commit>`, that are parsed as tags: readers do not see them.

use crate::checks::markup_broken::broken::{Broken, tag_name};
use crate::diagnostic::{Fix, Safety};
use crate::document::ask::prose::is_code;
use crate::document::{Element, NodeId, Origin};
use crate::place::dialect::{Dialect, Generator};
use crate::rule::Finding;
use crate::source::Span;
use rustc_hash::FxHashSet;

/// Maximum number of words in angle brackets.
const MAX_WORDS: usize = 4;

/// Maximum number of elements examined around a tag.
const MAX_DEPTH: usize = 64;

/// The findings about tags of elements that HTML does not have.
pub(super) fn findings(broken: &Broken<'_, '_>, reported: &FxHashSet<u32>) -> Vec<Finding> {
    let place = broken.document.place;
    // These parse tags as components.
    let has_components = matches!(
        place.generator,
        Generator::VitePress | Generator::Astro | Generator::Docusaurus | Generator::Gatsby | Generator::Next
    );
    if has_components || matches!(place.dialect, Dialect::Html | Dialect::Mdx) {
        return Vec::new();
    }
    let mut closed = None;
    let mut scripts = None;
    let mut found = Vec::new();
    let is_reported = |it: &Element<'_>| it.start_tag().is_some_and(|tag| reported.contains(&tag.start));
    let mut listings: FxHashSet<NodeId> =
        broken.document.tree.html_elements().filter(is_reported).filter_map(listing_around).collect();
    for element in broken.document.tree.html_elements() {
        let Some(tag) = element.start_tag().filter(|_| is_swallowed(element)) else { continue };
        let name = broken.name(tag);
        let closed = closed.get_or_insert_with(|| names_of_end_tags(broken));
        let is_defined = scripts.get_or_insert_with(|| words_of_scripts(broken)).contains(&name);
        if is_words(broken.document.source.slice(tag))
            && !closed.contains(&name)
            && !is_in_backticks(broken, tag)
            && !reported.contains(&tag.start)
            && !is_defined
            && !broken.depends_on_template(tag, &name)
        {
            // A listing is one mistake, however many types it names.
            if listing_around(element).is_none_or(|listing| listings.insert(listing)) {
                found.push(finding(broken, tag, element.ancestors().take(MAX_DEPTH).any(is_code)));
            }
        }
    }
    found
}

/// The listing that contains the element.
fn listing_around(element: Element<'_>) -> Option<NodeId> {
    element.ancestors().take(MAX_DEPTH).find(|it| it.name() == "pre").map(|it| it.node().id())
}

/// Whether the tag is in code that is not parsed as such because of another tag before it.
fn is_in_backticks(broken: &Broken<'_, '_>, tag: Span) -> bool {
    let text = broken.document.source.text().as_bytes();
    text.get((tag.start as usize).wrapping_sub(1)) == Some(&b'`') && text.get(tag.end as usize) == Some(&b'`')
}

/// Whether the element is one that HTML does not have, and is not in a component.
fn is_swallowed(element: Element<'_>) -> bool {
    let is_foreign = |it: Element<'_>| !it.is_html() || it.name().contains('-') || it.name() == "template";
    let mut above = element.ancestors().take(MAX_DEPTH).filter(|it| it.origin() == Origin::Html);
    element.is_html()
        && element.origin() == Origin::Html
        && element.end_tag().is_none()
        && is_unknown(element.name())
        && !above.any(is_foreign)
}

/// Whether the tag looks like words between angle brackets: no value, no slash at its end.
fn is_words(tag: &str) -> bool {
    let inside = tag.strip_prefix('<').and_then(|rest| rest.strip_suffix('>'));
    inside.is_some_and(|inside| {
        !inside.contains(['=', '"', '\'', '/', ':', '\n']) && inside.split_whitespace().count() <= MAX_WORDS
    })
}

/// Whether HTML neither has nor had such an element. A name with a hyphen is that of a custom element, one with a colon
/// that of another vocabulary.
pub(super) fn is_unknown(name: &str) -> bool {
    let lower = name.to_ascii_lowercase();
    !lower.is_empty() && !lower.contains(['-', ':', '_']) && KNOWN.binary_search(&lower.as_str()).is_err()
}

pub(super) fn finding(broken: &Broken<'_, '_>, tag: Span, in_code: bool) -> Finding {
    let written = broken.document.source.slice(tag);
    let inside = written.trim_start_matches('<').trim_end_matches('>');
    let escaped = format!("&lt;{inside}&gt;");
    Finding {
        message: Some(format!("`{written}` is parsed as a tag, so readers do not see it")),
        label: Some("HTML has no such element".to_owned()),
        help: Some(match in_code {
            true => format!("write `{escaped}`"),
            false => format!("write it as code, or write `{escaped}`"),
        }),
        fix: Some(Fix::write(&escaped, tag, Safety::Unsafe).renesting()),
        ..Finding::at(tag)
    }
}

/// The lower case names of all end tags in the post.
fn names_of_end_tags(broken: &Broken<'_, '_>) -> FxHashSet<String> {
    let text = broken.document.body.slice(broken.document.source.text());
    let starts = memchr::memmem::find_iter(text.as_bytes(), b"</");
    starts.filter_map(|at| text.get(at..)).map(|rest| tag_name(rest).to_ascii_lowercase()).collect()
}

/// The lower case words of the scripts and styles of the post, which may define elements.
fn words_of_scripts(broken: &Broken<'_, '_>) -> FxHashSet<String> {
    let elements = broken.document.tree.html_elements().filter(|it| matches!(it.name(), "script" | "style"));
    let texts = elements.flat_map(|it| it.children().map(|node| node.text()));
    let words = texts.flat_map(|text| text.split(|c: char| !c.is_ascii_alphanumeric()));
    words.map(str::to_ascii_lowercase).collect()
}

/// The elements of HTML, now or once, sorted.
const KNOWN: &[&str] = &[
    "a", "abbr", "acronym", "address", "applet", "area", "article", "aside", "audio", "b", "base", "basefont", "bdi",
    "bdo", "bgsound", "big", "blink", "blockquote", "body", "br", "button", "canvas", "caption", "center", "cite",
    "code", "col", "colgroup", "command", "content", "data", "datalist", "dd", "del", "details", "dfn", "dialog",
    "dir", "div", "dl", "dt", "element", "em", "embed", "fencedframe", "fieldset", "figcaption", "figure", "font",
    "footer", "form", "frame", "frameset", "geolocation", "h1", "h2", "h3", "h4", "h5", "h6", "head", "header",
    "hgroup", "hr", "html", "i", "iframe", "image", "img", "input", "ins", "isindex", "kbd", "keygen", "label",
    "layer", "legend", "li", "link", "listing", "main", "map", "mark", "marquee", "math", "menu", "menuitem", "meta",
    "meter", "multicol", "nav", "nextid", "nobr", "noembed", "noframes", "noscript", "object", "ol", "optgroup",
    "option", "output", "p", "param", "permission", "picture", "plaintext", "portal", "pre", "progress", "q", "rb",
    "rbc", "rp", "rt", "rtc", "ruby", "s", "samp", "script", "search", "section", "select", "selectedcontent",
    "shadow", "slot", "small", "source", "spacer", "span", "strike", "strong", "style", "sub", "summary", "sup", "svg",
    "table", "tbody", "td", "template", "textarea", "tfoot", "th", "thead", "time", "title", "tr", "track", "tt", "u",
    "ul", "var", "video", "wbr", "xmp",
];
