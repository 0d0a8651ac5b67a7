//! The text of an element without markup, of which ids are made (`render_inner_html`, `strip_tags` in
//! `extensions/toc.py`).

use crate::document::read::python_markdown::block::Parser;
use crate::document::read::python_markdown::emit::{decoded, escape_at};
use crate::document::read::python_markdown::inline::markup_len;
use crate::document::read::python_markdown::stash::{self, Stashed};
use crate::document::read::python_markdown::tree::NodeId;
use regex::Regex;
use std::borrow::Cow;
use std::sync::LazyLock;

/// The text of an element on one line, references to characters decoded.
pub(super) fn words(parser: &Parser<'_>, id: NodeId) -> String {
    let mut html = String::new();
    push_inner(parser, id, &mut html, 0);
    let bare = without_tags(&html);
    let words: Vec<&str> = bare.split_whitespace().collect();
    decoded(&words.join(" ")).into_owned()
}

fn push_inner(parser: &Parser<'_>, id: NodeId, html: &mut String, depth: usize) {
    let node = parser.nodes.get(id);
    let is_code = &*node.tag == "code";
    if let Some(text) = &node.text {
        let text = if is_code { Cow::Borrowed(text.as_str()) } else { shown(parser, text.as_str()) };
        push_escaped(parser, &text, is_code, html);
    }
    for &child in node.children.iter().filter(|_| depth < 100) {
        let below = parser.nodes.get(child);
        let is_footnote = below.attribute("id").is_some_and(|id| id.value.as_str().starts_with("fnref"));
        if !(is_footnote && &*below.tag == "sup") {
            push_inner(parser, child, html, depth + 1);
        }
        if let Some(tail) = &below.tail {
            push_escaped(parser, &shown(parser, tail.as_str()), false, html);
        }
    }
}

/// A text without the names of icons, which are pictures: `:smile:`, `:octicons-image-16:`.
fn shown<'t>(parser: &Parser<'_>, text: &'t str) -> Cow<'t, str> {
    static ICON: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r":(?:[+-]1|100|[a-z][a-z0-9_+-]*):").ok());
    match &*ICON {
        Some(icon) if parser.options.emoji && text.contains(':') => icon.replace_all(text, ""),
        _ => Cow::Borrowed(text),
    }
}

/// Adds a text as it is written in HTML; raw HTML in it is added as it is.
fn push_escaped(parser: &Parser<'_>, text: &str, is_code: bool, html: &mut String) {
    let mut at = 0;
    while let Some(c) = text.get(at..).and_then(|rest| rest.chars().next()) {
        if c == stash::STX {
            if let Some(found) = stash::html_at_start(text.get(at..).unwrap_or("")) {
                match parser.stash.get(found.index) {
                    Some(Stashed::Html(raw) | Stashed::Characters(raw)) => html.push_str(raw.as_str()),
                    Some(Stashed::Ordinal(number, letters)) => {
                        html.push_str(number.as_str());
                        html.push_str(letters.as_str());
                    }
                    _ => {}
                }
                at += found.end;
                continue;
            }
            if let Some((len, c)) = escape_at(text.get(at..).unwrap_or("")) {
                push_character(c, true, html);
                at += len;
                continue;
            }
        }
        let is_reference =
            !is_code && crate::document::read::python_markdown::emit::is_reference(text.get(at..).unwrap_or(""));
        push_character(c, !is_reference, html);
        at += c.len_utf8();
    }
}

fn push_character(c: char, escapes: bool, html: &mut String) {
    match c {
        '&' if escapes => html.push_str("&amp;"),
        '<' => html.push_str("&lt;"),
        '>' => html.push_str("&gt;"),
        c => html.push(c),
    }
}

fn without_tags(html: &str) -> String {
    let mut bare = String::with_capacity(html.len());
    let mut at = 0;
    while let Some(found) = html.get(at..).and_then(|rest| rest.find('<')) {
        bare.push_str(html.get(at..at + found).unwrap_or(""));
        at += found;
        let rest = html.get(at..).unwrap_or("");
        let comment = rest.starts_with("<!--").then(|| rest.find("-->").map(|end| end + 3)).flatten();
        match comment.or_else(|| markup_len(rest).ok()) {
            Some(len) => at += len,
            None => {
                bare.push('<');
                at += 1;
            }
        }
    }
    bare.push_str(html.get(at..).unwrap_or(""));
    bare
}
