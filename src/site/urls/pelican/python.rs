//! The assignments of a settings module, as far as they are literals. No code is run.

use crate::site::script;
use crate::site::settings::{Datum, Setting};

/// The names that a module assigns, each with the last value.
#[derive(Clone, Debug, Default)]
pub struct Module {
    values: Vec<(String, Setting)>,
    /// Whether names may come from elsewhere.
    has_others: bool,
}

impl Module {
    /// Reads a program.
    pub fn read(text: &str) -> Self {
        let mut module = Module::default();
        let mut at = 0;
        for (number, line) in text.split_inclusive('\n').enumerate() {
            let from = at;
            at += line.len();
            let written = line.trim_start();
            let is_indented = written.len() < line.len();
            if written.starts_with("from ") && written.contains("import *") {
                // `publishconf.py` does so with the settings that it changes.
                module.has_others |= !written.starts_with("from pelicanconf ");
            }
            let end = written.find(|c: char| !(c.is_ascii_uppercase() || c.is_ascii_digit() || c == '_')).unwrap_or(0);
            let (name, rest) = written.split_at_checked(end).unwrap_or(("", ""));
            let after = rest.trim_start();
            if name.is_empty() || after.starts_with("==") || !after.starts_with(['=', '+', '.', '[', ':']) {
                continue;
            }
            let offset = from + (line.len() - written.len()) + end + (rest.len() - after.len()) + 1;
            let line = number as u32 + 1;
            // A value in an `if` or in a list may not be the one that counts.
            let is_plain = after.starts_with('=') && !is_indented;
            let value = if is_plain { value(text, offset) } else { Datum::Unknown };
            if !is_indented || after.starts_with('=') {
                module.values.push((name.to_owned(), Setting { value, line }));
            }
        }
        module
    }

    /// The value of a name. It is unknown if the name is assigned in more than one way.
    pub fn get(&self, name: &str) -> Option<&Setting> {
        let of_name = |(it, _): &&(String, Setting)| it == name;
        let unknown = self.values.iter().find(|entry| of_name(entry) && entry.1.value == Datum::Unknown);
        let found = unknown.or_else(|| self.values.iter().rev().find(of_name));
        found.map(|(_, setting)| setting)
    }

    /// Whether names may come from elsewhere.
    pub fn is_unknown(&self) -> bool {
        self.has_others
    }
}

/// The value at an offset, up to the end of its statement.
fn value(text: &str, at: usize) -> Datum {
    let rest = text.get(at..).unwrap_or("");
    let at = at + (rest.len() - rest.trim_start_matches([' ', '\t']).len());
    let rest = text.get(at..).unwrap_or("");
    let Some(raw) = rest.strip_prefix(['r', 'R']).filter(|raw| raw.starts_with(['\'', '"'])) else {
        return whole(text, at).unwrap_or(Datum::Unknown);
    };
    let quote = raw.chars().next().unwrap_or('\'');
    match raw.get(1..).and_then(|raw| raw.split_once(quote)) {
        Some((literal, rest)) if !literal.is_empty() && ends(rest) => Datum::Text(literal.to_owned()),
        _ => Datum::Unknown,
    }
}

/// The literal at an offset, if nothing follows it on its line.
fn whole(text: &str, at: usize) -> Option<Datum> {
    let rest = text.get(at..)?;
    if rest.starts_with("\"\"\"") || rest.starts_with("'''") {
        return None;
    }
    let quote = rest.chars().next()?;
    let after = match quote {
        '\'' | '"' => {
            let inner = rest.get(1..)?;
            let end = inner
                .find([quote, '\\', '\n'])
                .filter(|end| inner.get(*end..).is_some_and(|it| it.starts_with(quote)))?;
            inner.get(end + 1..)?
        }
        '[' | '{' | '(' => {
            // Comments of Python are none of JavaScript: without them, the literal ends where its brackets do.
            let plain = rest.get(..closing(rest)?)?;
            let cleaned: String = plain.lines().map(without_comment).collect::<Vec<_>>().join("\n");
            let cleaned = cleaned.replace('(', "[").replace(')', "]");
            return ends(rest.get(plain.len()..)?).then(|| script::literal(&cleaned, 0).value);
        }
        _ => rest.trim_start_matches(|c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_')),
    };
    ends(after).then(|| script::literal(rest, 0).value)
}

/// Whether a statement ends here.
fn ends(rest: &str) -> bool {
    let line = rest.lines().next().unwrap_or("").trim();
    line.is_empty() || line.starts_with('#')
}

/// The end of the bracket that a text begins with.
fn closing(text: &str) -> Option<usize> {
    let mut open = 0_usize;
    let mut quote = None;
    let mut in_comment = false;
    for (at, c) in text.char_indices() {
        match (quote, c) {
            (_, '\n') => (in_comment, quote) = (false, None),
            _ if in_comment => {}
            (Some(it), c) if it == c => quote = None,
            (Some(_), _) => {}
            (None, '\'' | '"') => quote = Some(c),
            (None, '#') => in_comment = true,
            (None, '[' | '{' | '(') => open += 1,
            (None, ']' | '}' | ')') => {
                open = open.checked_sub(1)?;
                if open == 0 {
                    return Some(at + 1);
                }
            }
            _ => {}
        }
    }
    None
}

/// A line up to its comment.
fn without_comment(line: &str) -> &str {
    let mut quote = None;
    for (at, c) in line.char_indices() {
        match (quote, c) {
            (None, '#') => return line.get(..at).unwrap_or(line),
            (None, '\'' | '"') => quote = Some(c),
            (Some(it), c) if it == c => quote = None,
            _ => {}
        }
    }
    line
}
