//! What the template of the report calls. Everything that is not markup of ours is escaped, and nothing in it is invisible.

use crate::document::ask::language_tag;
use crate::output::visible;
use crate::output::xml::escape;
use crate::text::plain;
use crate::words;
use minijinja::value::Value;
use minijinja::{Environment, Error, ErrorKind, Output, State};

/// Number of characters of a URL that are shown.
const MAX_URL: usize = 70;

/// Adds the filters, and how values are written.
pub(super) fn add(environment: &mut Environment<'_>) {
    environment.set_formatter(write);
    environment.add_filter("thousands", words::thousands);
    environment.add_filter("counted", |n: usize, noun: &str| words::counted(n, noun));
    environment.add_filter("noun", |n: usize, noun: &str| format!("{noun}{}", if n == 1 { "" } else { "s" }));
    environment.add_filter("code", |text: &str| Value::from_safe_string(code(text)));
    environment.add_filter("prose", plain);
    environment.add_filter("bare", bare);
    environment.add_filter("before", |text: &str, at: usize| text.chars().take(at).collect::<String>());
    environment.add_filter("after", |text: &str, at: usize| text.chars().skip(at).collect::<String>());
    environment.add_filter("anchor", anchor);
    environment.add_filter("lang", |language: Option<String>| Value::from_safe_string(lang(language.as_deref())));
    environment.add_filter("percent", |part: f64, whole: f64| (part * 100.0 / whole).clamp(0.0, 100.0).round() as u32);
}

/// Writes a value: markup as it is, all else escaped, and nothing for what there is not.
fn write(out: &mut Output<'_>, _: &State<'_, '_>, value: &Value) -> Result<(), Error> {
    if value.is_undefined() || value.is_none() {
        return Ok(());
    }
    let written = match value.as_str() {
        Some(text) if value.is_safe() => out.write_str(text),
        Some(text) => out.write_str(&escaped(text)),
        None => out.write_str(&escaped(&value.to_string())),
    };
    written.map_err(|_| Error::new(ErrorKind::WriteFailure, "the report cannot be written"))
}

/// Escapes text for HTML, in elements and in quoted attributes.
fn escaped(text: &str) -> String {
    escape(&visible::piece(text), |c| match c {
        '\'' => Some("&#39;"),
        // In the report, a template of a post is text.
        '{' => Some("&#123;"),
        _ => None,
    })
}

/// What is between backticks as code.
fn code(text: &str) -> String {
    let pieces: Vec<&str> = text.split('`').collect();
    if pieces.len().is_multiple_of(2) {
        return escaped(text);
    }
    let piece = |(nth, piece): (usize, &&str)| match nth % 2 {
        0 => escaped(piece),
        _ => format!("<code>{}</code>", escaped(piece)),
    };
    pieces.iter().enumerate().map(piece).collect()
}

/// A URL as people read it, cut if it is long.
fn bare(url: &str) -> String {
    let bare = url.trim_start_matches("https://").trim_start_matches("http://").trim_end_matches('/');
    match bare.char_indices().nth(MAX_URL) {
        Some((at, _)) => format!("{}…", bare.get(..at).unwrap_or(bare)),
        None => bare.to_owned(),
    }
}

/// A path for an `id` and the fragments that refer to it: an `id` has no whitespace.
fn anchor(path: &str) -> String {
    let mut anchor = String::with_capacity(path.len());
    for c in path.chars() {
        match c {
            '%' => anchor.push_str("%25"),
            c if c.is_whitespace() || c.is_control() => {
                c.encode_utf8(&mut [0; 4]).bytes().for_each(|byte| anchor.push_str(&format!("%{byte:02X}")));
            }
            c => anchor.push(c),
        }
    }
    anchor
}

/// The attribute `lang` for text in a language; empty if its code is not one.
fn lang(language: Option<&str>) -> String {
    match language {
        Some(code) if language_tag::fault(code).is_none() => format!(" lang=\"{}\"", escaped(code)),
        _ => String::new(),
    }
}
