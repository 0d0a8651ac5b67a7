//! Where the sources of a site write a value that a page prints: data files, the config, front matter, and quoted texts of
//! layouts. A value that several lines write has no known place.

use crate::built::location::Published;
use crate::rule::across::FileLine;
use crate::source::Span;
use crate::text::{collapsed, letters};
use crate::url::{host, path_and_query, percent_decoded};
use rustc_hash::FxHashMap;
use std::sync::Arc;

/// Maximum number of values that are kept.
const MAX_VALUES: usize = 400_000;
/// Maximum length of a line in which values are looked for: longer ones are written by programs.
const MAX_LINE: usize = 4_000;
/// Maximum length of a tag.
const MAX_TAG: usize = 400;

/// A place where a value is written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Written {
    /// Its line.
    pub line: FileLine,
    /// Its bytes, if the file is a post.
    pub in_post: Option<Span>,
}

/// What kind of a file values are read from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Lines with keys and values.
    Data,
    /// The same, at the beginning of a post.
    FrontMatter,
    /// Texts in quotes.
    Layout,
}

/// Values, each with the only line that writes it; `None` if there are several.
#[derive(Debug, Default)]
pub struct Values {
    published: Published,
    known: FxHashMap<String, Option<Written>>,
}

impl Values {
    /// No values, of a site that is published there.
    pub fn new(published: Published) -> Self {
        Values { published, known: FxHashMap::default() }
    }

    /// Adds the values of a file. Its path is relative to the folder of the site's config.
    pub fn add(&mut self, file: &str, text: &str, kind: Kind) {
        let file: Arc<str> = Arc::from(file);
        let mut at = 0;
        for (index, line) in text.split_inclusive('\n').enumerate() {
            if kind == Kind::FrontMatter && index > 0 && matches!(line.trim_end(), "---" | "+++" | "...") {
                return;
            }
            let here = FileLine { file: file.clone(), line: index as u32 + 1 };
            if line.len() <= MAX_LINE {
                quoted(line, kind).for_each(|part| self.add_value(part, (&here, line, at), kind));
                if kind != Kind::Layout {
                    plain(line).for_each(|part| self.add_value(part, (&here, line, at), kind));
                }
                if kind == Kind::Data
                    && let Some(key) = line.split_once(": ").and_then(|(key, _)| path_key(key))
                {
                    self.insert(key, Written { line: here.clone(), in_post: None });
                }
                tags(line).for_each(|tag| self.insert(tag_key(tag), Written { line: here.clone(), in_post: None }));
            }
            at += line.len();
        }
    }

    /// Where a URL is written.
    pub fn of_url(&self, url: &str) -> Option<&Written> {
        self.known.get(&self.url_key(url)?)?.as_ref()
    }

    /// Where a path is the key of a value: a list of redirects in a config.
    pub fn of_key(&self, path: &str) -> Option<&Written> {
        self.known.get(&path_key(path)?)?.as_ref()
    }

    /// Where a text is written.
    pub fn of_text(&self, text: &str) -> Option<&Written> {
        self.known.get(&text_key(text)?)?.as_ref()
    }

    /// Where a start tag is written as it is.
    pub fn of_tag(&self, tag: &str) -> Option<&Written> {
        self.known.get(&tag_key(tag))?.as_ref()
    }

    fn add_value(&mut self, part: &str, (here, line, at): (&FileLine, &str, usize), kind: Kind) {
        let written = || {
            // A part is a slice of its line.
            let start = at + (part.as_ptr() as usize).saturating_sub(line.as_ptr() as usize);
            let span = Span::of(start..start + part.len());
            Written { line: here.clone(), in_post: (kind == Kind::FrontMatter).then_some(span) }
        };
        if let Some(key) = self.url_key(part) {
            self.insert(key, written());
        }
        if let Some(key) = text_key(part).filter(|_| kind != Kind::Layout) {
            self.insert(key, written());
        }
    }

    fn insert(&mut self, key: String, written: Written) {
        if self.known.len() >= MAX_VALUES {
            return;
        }
        match self.known.get_mut(&key) {
            Some(Some(known)) if known.line == written.line => {}
            // What the config of the site sets, the defaults of its theme do not.
            Some(Some(known)) if is_of_theme(known) != is_of_theme(&written) => {
                if is_of_theme(known) {
                    *known = written;
                }
            }
            Some(known) => *known = None,
            None => drop(self.known.insert(key, Some(written))),
        }
    }

    /// The same for all spellings of a URL of the site.
    fn url_key(&self, url: &str) -> Option<String> {
        let url = url.trim();
        if url.contains(char::is_whitespace) || !url.contains(['/', '.']) || url.contains(['{', '<', '$']) {
            return None;
        }
        let path = match host(url) {
            Some(host) if self.published.has_host(&host) => path_and_query(url),
            Some(_) => return (url.len() > 8).then(|| format!("u{}", url.trim_end_matches('/'))),
            None => url,
        };
        let decoded = percent_decoded(path);
        let bare = decoded.strip_prefix(&*self.published.base).filter(|rest| rest.starts_with('/')).unwrap_or(&decoded);
        let bare = bare.trim_start_matches("./").trim_matches('/');
        let bare = bare.strip_suffix("/index.html").unwrap_or(bare);
        (bare.len() >= 3).then(|| format!("u{bare}"))
    }
}

fn is_of_theme(written: &Written) -> bool {
    written.line.file.starts_with("themes/")
}

fn text_key(text: &str) -> Option<String> {
    let letters = letters(text);
    (letters.chars().count() > 3).then(|| format!("t{letters}"))
}

fn path_key(path: &str) -> Option<String> {
    let path = path.trim().trim_matches(['"', '\'']).trim_matches('/');
    path.contains('/').then(|| format!("k{path}"))
}

fn tag_key(tag: &str) -> String {
    // In a text of a program, quotes are escaped.
    format!("<{}", collapsed(tag.replace("\\\"", "\"").trim()))
}

/// The texts between quotes of a line, but for the keys of data.
fn quoted(line: &str, kind: Kind) -> impl Iterator<Item = &str> {
    ['"', '\'', '`'].into_iter().flat_map(move |quote| {
        // Every other part is inside of quotes; an apostrophe makes it the other ones.
        let mut parts = line.split(quote).skip(1).peekable();
        core::iter::from_fn(move || {
            let part = parts.next()?;
            let is_key = kind != Kind::Layout && parts.peek().is_some_and(|after| after.trim_start().starts_with(':'));
            Some(if is_key { "" } else { part })
        })
    })
}

/// The value after a key or a dash, and its words.
fn plain(line: &str) -> impl Iterator<Item = &str> {
    let value = line.trim().trim_start_matches("- ");
    // The key of what is below it.
    let value = if value.ends_with(':') || value.starts_with('[') && value.ends_with(']') { "" } else { value };
    let value = value.split_once(": ").or_else(|| value.split_once("= ")).map_or(value, |(_, value)| value);
    let value = value.split(" #").next().unwrap_or(value).trim().trim_end_matches([',', ';']);
    let is_quoted = value.starts_with(['"', '\'']);
    let words = value.split([' ', '[', ']', '{', '}', ',', '(', ')']).filter(|word| word.contains('/'));
    let words = words.map(|word| word.trim_matches(['"', '\'']));
    (!is_quoted).then_some(value).into_iter().chain(words.filter(move |word| *word != value))
}

/// The start tags of a line in which no template is.
fn tags(line: &str) -> impl Iterator<Item = &str> {
    line.match_indices('<').filter_map(|(at, _)| {
        let rest = line.get(at..)?;
        let end = rest.find('>')? + 1;
        let tag = rest.get(..end).filter(|_| end <= MAX_TAG)?;
        let is_tag = tag.as_bytes().get(1).is_some_and(u8::is_ascii_alphabetic) && tag.contains('=');
        (is_tag && !tag.contains(['{', '%'])).then_some(tag)
    })
}
