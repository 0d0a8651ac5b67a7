//! `summary-has-markup`: template syntax or markup in a text that is printed verbatim.

use crate::diagnostic::{Fix, Level, Safety};
use crate::document::Document;
use crate::place::dialect::Generator;
use crate::rule::{Check, Context, Finding, Wants};
use crate::source::Span;
use serde::Deserialize;

#[derive(Deserialize)]
pub struct SummaryHasMarkup {
    keys: Vec<String>,
}

impl Check for SummaryHasMarkup {
    fn wants(&self) -> Wants {
        Wants::Document
    }

    fn document(&self, context: &mut Context<'_>, document: &Document<'_>) {
        let Some(block) = document.sound_block() else { return };
        if document.place.is_part() {
            return;
        }
        for key in &self.keys {
            let Some(value) = block.mapping.get(key).map(|entry| &entry.value) else { continue };
            let Some(text) = value.text() else { continue };
            let written = value.span.slice(document.source.text());
            let Some((mark, level)) = template(text).or_else(|| markup(key, text, document.place.generator)) else {
                continue;
            };
            let at = written.find(mark).map_or(value.span, |at| {
                let start = value.span.start + at as u32;
                Span::new(start, start + mark.len() as u32)
            });
            let message = match level {
                Level::Warn => format!("`{key}` contains a template, but front matter is not rendered"),
                _ => format!("`{key}` contains `{mark}`: {} prints it as text", document.place.generator),
            };
            let is_markup = level == Level::Info;
            let plain = is_markup.then(|| without_markup(text)).flatten();
            let plain = plain.filter(|plain| markup(key, plain, document.place.generator).is_none());
            let fix = plain
                .and_then(|plain| document.rewritten(value, &plain))
                .map(|edit| Fix::new("remove the markup", Safety::Unsafe, [edit]).about(value.span));
            context.report(Finding { message: Some(message), at_most: Some(level), fix, ..Finding::at(at) });
        }
    }
}

/// The first template in a text, such as `{{ site.title }}` or `{% include a.html %}`. A bare `{{ }}`, `{{ message }}`
/// or `{% include %}` may be what a post is about.
fn template(text: &str) -> Option<(&str, Level)> {
    [("{{", "}}"), ("{%", "%}")].iter().find_map(|(open, close)| {
        let start = text.find(open)?;
        let length = text.get(start..)?.find(close)? + close.len();
        let whole = text.get(start..start + length)?;
        let inside = whole.trim_matches(['{', '}', '%', '-', ' ']);
        let is_meant = match *open {
            "{{" => inside.contains('|') || OBJECTS.iter().any(|object| inside.starts_with(object)) || is_key(inside),
            _ => inside.contains(' '),
        };
        (is_meant && !is_quoted(text, start)).then_some((whole, Level::Warn))
    })
}

/// Objects that the templates of common generators use.
const OBJECTS: [&str; 10] =
    ["site.", "page.", "post.", "layout.", "config.", "theme.", ".Site", ".Page", ".Title", ".Params"];

fn is_key(inside: &str) -> bool {
    ["title", "description", "excerpt", "author", "date"].contains(&inside)
}

/// Whether an odd number of backticks precedes `at`, which means that `at` is inside code.
fn is_quoted(text: &str, at: usize) -> bool {
    text.get(..at).is_some_and(|before| before.matches('`').count() % 2 == 1)
}

/// A tag, entity, bold text or link that readers see as written. `None` for Jekyll, where jekyll-seo-tag renders Markdown
/// and strips tags, and for titles, which themes may print as HTML.
fn markup<'t>(key: &str, text: &'t str, generator: Generator) -> Option<(&'t str, Level)> {
    if generator == Generator::Jekyll || key == "title" {
        return None;
    }
    // A tag without an end tag, or with spaces around it, may be what a post is about.
    let pairs = [
        ("<b>", "</b>"),
        ("<strong>", "</strong>"),
        ("<em>", "</em>"),
        ("<i>", "</i>"),
        ("<p>", "</p>"),
        ("<a ", "</a>"),
        ("<span", "</span>"),
        ("<code>", "</code>"),
    ];
    let pair = pairs.into_iter().find(|(open, close)| holds(text, open) && text.contains(close)).map(|(open, _)| open);
    let alone = || {
        ["<br>", "<br/>", "<br />", "&nbsp;"]
            .into_iter()
            .find(|mark| holds(text, mark) && !text.contains(&format!(" {mark} ")))
    };
    let bold = || is_bold(text).then_some("**");
    let link = || text.find("](http").map(|_| "](http");
    pair.or_else(alone).or_else(bold).or_else(link).map(|mark| (mark, Level::Info))
}

/// The words of a text without its markup; `None` if that is not clear, as where code shows some.
fn without_markup(text: &str) -> Option<String> {
    if text.contains(['`', '\n']) {
        return None;
    }
    let mut plain = without_tags(text)?.replace("&nbsp;", " ");
    if is_bold(&plain) {
        plain = plain.replace("**", "");
    }
    let plain = without_links(&plain)?;
    let plain = plain.split_whitespace().collect::<Vec<_>>().join(" ");
    (!plain.is_empty()).then_some(plain)
}

/// The text without the tags that [`markup`] finds; a line break becomes a space. `None` if an attribute may contain `>`.
fn without_tags(text: &str) -> Option<String> {
    const NAMES: [&str; 9] = ["b", "strong", "em", "i", "p", "a", "span", "code", "br"];
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, tag)) = rest.split_once('<') {
        plain.push_str(before);
        let name: &str = tag.trim_start_matches('/').split(|c: char| !c.is_ascii_alphanumeric()).next().unwrap_or("");
        match tag.split_once('>').filter(|_| NAMES.contains(&name)) {
            Some((inside, _)) if inside.matches('"').count() % 2 == 1 || inside.contains('<') => return None,
            Some((_, after)) => {
                plain.push_str(if name == "br" { " " } else { "" });
                rest = after;
            }
            None => {
                plain.push('<');
                rest = tag;
            }
        }
    }
    plain.push_str(rest);
    Some(plain)
}

/// The text with the words of links in place of the links. `None` if one does not end.
fn without_links(text: &str) -> Option<String> {
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, url)) = rest.split_once("](http") {
        let (start, words) = before.rsplit_once('[')?;
        let (inside, after) = url.split_once(')')?;
        if inside.contains(['(', ' ']) || start.ends_with('!') {
            return None;
        }
        plain.extend([start, words]);
        rest = after;
    }
    plain.push_str(rest);
    Some(plain)
}

/// Whether `text` contains `mark` outside code.
fn holds(text: &str, mark: &str) -> bool {
    text.find(mark).is_some_and(|at| !is_quoted(text, at))
}

/// Whether the text contains `**word**` outside code.
fn is_bold(text: &str) -> bool {
    let Some((before, rest)) = text.split_once("**") else { return false };
    let Some((inside, _)) = rest.split_once("**") else { return false };
    let blank_at_end = inside.starts_with(char::is_whitespace) || inside.ends_with(char::is_whitespace);
    !inside.is_empty() && !blank_at_end && !inside.contains('`') && !is_quoted(text, before.len())
}
