//! Extracts literals from a config file in JavaScript or TypeScript: strings, numbers, `true`, `false`, and lists and
//! objects of these. Everything else is unknown. No code is run.

use crate::site::settings::{Datum, Setting};

/// Maximum nesting depth; deeper values are unknown.
const MAX_DEPTH: usize = 32;

/// Maximum number of objects parsed after each word of [`STARTS`], because they may be nested in each other.
const MAX_STARTS: usize = 20;

/// Words before an object that may be the config, the most reliable first. An object after `return` may be the result
/// of any function.
const STARTS: [&str; 4] = ["export default", "module.exports", "const", "return"];

/// The entries of all objects in the file that may be its config. Those of the most reliable one come last, because the
/// last entry with a name takes precedence.
pub fn read(text: &str) -> Datum {
    let mut entries = Vec::new();
    for start in STARTS.iter().rev() {
        for (at, _) in text.match_indices(start).take(MAX_STARTS) {
            let before = text.get(..at).unwrap_or("");
            let is_word = |c: char| c.is_alphanumeric() || c == '_' || c == '$' || c == '.';
            let after = text.get(at + start.len()..).unwrap_or("");
            if before.ends_with(is_word) || after.starts_with(is_word) && !start.ends_with("exports") {
                continue;
            }
            let Some(open) = object_after(after) else { continue };
            let mut reader = Reader::at(text, at + start.len() + open);
            if let Datum::Map(found) = reader.value(0).value {
                entries.extend(found);
            }
            if entries.len() > MAX_ENTRIES {
                return Datum::Map(entries);
            }
        }
    }
    Datum::Map(entries)
}

/// The object that the file exports as its config, directly or by a name. `None` if it is made in another way.
pub fn exported(text: &str) -> Option<Datum> {
    let export = |word: &str| text.rfind(word).map(|at| at + word.len());
    let at = export("export default").or_else(|| export("module.exports ="))?;
    let after = text.get(at..)?;
    let literal = |at: usize| match literal(text, at).value {
        Datum::Map(entries) => Some(Datum::Map(entries)),
        _ => None,
    };
    if let Some(open) = object_after(after) {
        return literal(at + open);
    }
    let statement = after.trim_start().split(['\n', ';']).next()?.trim_end();
    // The innermost of `withPlugin(defineConfig(config))`.
    let name = statement.rsplit('(').next()?.trim_end_matches(')').split_whitespace().next()?;
    let is_name = !name.is_empty() && name.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '$'));
    let found = ["const", "let", "var"].iter().filter(|_| is_name).find_map(|word| {
        let declared = format!("{word} {name}");
        let is_whole = |at: &usize| !text.get(at + declared.len()..).unwrap_or("").starts_with(char::is_alphanumeric);
        text.match_indices(&declared).map(|(at, _)| at).find(is_whole).map(|at| at + declared.len())
    })?;
    literal(found + object_after(text.get(found..)?)?)
}

/// The literal at an offset, in Python as well.
pub fn literal(text: &str, at: usize) -> Setting {
    Reader::at(text, at).value(0)
}

/// The name of an entry for all those of another object.
pub const SPREAD: &str = "...";

/// Maximum number of entries of all objects together; a file with more is not a config.
const MAX_ENTRIES: usize = 2_000;

/// The offset of the `{` of an object that is exported, assigned or returned, possibly as the argument of a call: `=
/// {`, `defineConfig({`, `: Config = {`.
fn object_after(text: &str) -> Option<usize> {
    let statement = text.get(..text.floor_char_boundary(200)).unwrap_or(text);
    let open = statement.find('{')?;
    let between = statement.get(..open)?;
    let is_plain = |c: char| c.is_alphanumeric() || c.is_whitespace() || matches!(c, '=' | '(' | ':' | '_' | '.' | '$');
    let is_function = between.contains("=>") || between.contains("function");
    (between.chars().all(is_plain) && !is_function).then_some(open)
}

struct Reader<'t> {
    text: &'t str,
    at: usize,
    line: u32,
}

impl<'t> Reader<'t> {
    fn at(text: &'t str, at: usize) -> Self {
        let before = text.as_bytes().get(..at).unwrap_or_default();
        Reader { text, at, line: 1 + memchr::memchr_iter(b'\n', before).count() as u32 }
    }

    fn rest(&self) -> &'t str {
        self.text.get(self.at..).unwrap_or("")
    }

    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    fn advance(&mut self, bytes: usize) {
        let passed = self.text.as_bytes().get(self.at..self.at + bytes).unwrap_or_default();
        self.line += memchr::memchr_iter(b'\n', passed).count() as u32;
        self.at = (self.at + bytes).min(self.text.len());
    }

    /// Skips whitespace and comments.
    fn skip(&mut self) {
        loop {
            let rest = self.rest();
            let blank = rest.len() - rest.trim_start().len();
            self.advance(blank);
            let rest = self.rest();
            let comment = if rest.starts_with("//") {
                rest.find('\n').unwrap_or(rest.len())
            } else if rest.starts_with("/*") {
                rest.find("*/").map_or(rest.len(), |end| end + 2)
            } else {
                return;
            };
            self.advance(comment);
        }
    }

    /// Parses a value, up to the `,`, `]` or `}` after it. The result is unknown if it is not a literal.
    fn value(&mut self, depth: usize) -> Setting {
        self.skip();
        let line = self.line;
        let value = match self.peek() {
            Some(b'{') if depth < MAX_DEPTH => self.object(depth),
            Some(b'[') if depth < MAX_DEPTH => self.list(depth),
            Some(b'(') if depth < MAX_DEPTH => self.parenthesized(depth),
            Some(b'\'' | b'"' | b'`') => self.string().map_or(Datum::Unknown, Datum::Text),
            _ => self.word(),
        };
        self.skip();
        // The type of a value in TypeScript.
        if self.rest().starts_with("satisfies ") || self.rest().starts_with("as ") {
            self.skip_expression();
        }
        // In `'a' + b` or `[…].concat(…)`, the literal is only a part of the value.
        let is_whole = matches!(self.peek(), None | Some(b',' | b']' | b'}' | b')' | b';')) || depth == 0;
        if !is_whole {
            self.skip_expression();
        }
        Setting { value: if is_whole { value } else { Datum::Unknown }, line }
    }

    /// Parses `('a')`, and `(a, b)` as unknown.
    fn parenthesized(&mut self, depth: usize) -> Datum {
        self.advance(1);
        let value = self.value(depth + 1).value;
        self.skip();
        let is_whole = self.peek() == Some(b')');
        while !matches!(self.peek(), None | Some(b')')) {
            self.skip_expression();
            if matches!(self.peek(), Some(b',' | b']' | b'}')) {
                self.advance(1);
            }
        }
        self.advance(1);
        if is_whole { value } else { Datum::Unknown }
    }

    fn word(&mut self) -> Datum {
        let rest = self.rest();
        let is_part = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '-' | '+');
        let end = rest.find(|c| !is_part(c)).unwrap_or(rest.len());
        let word = rest.get(..end).unwrap_or("");
        self.advance(end);
        match word {
            "true" | "True" => Datum::Bool(true),
            "false" | "False" => Datum::Bool(false),
            "null" | "undefined" | "None" => Datum::Null,
            // The name of a package.
            "require.resolve" if self.peek() == Some(b'(') => self.parenthesized(MAX_DEPTH - 1),
            number if number.parse::<f64>().is_ok() => Datum::Other(number.to_owned()),
            _ => {
                self.skip_expression();
                Datum::Unknown
            }
        }
    }

    /// Parses a string. `None` for a template literal with expressions.
    fn string(&mut self) -> Option<String> {
        let quote = self.peek()?;
        let mut text = String::new();
        let mut is_literal = true;
        let mut chars = self.rest().char_indices().skip(1);
        let mut end = self.rest().len();
        while let Some((at, c)) = chars.next() {
            match c {
                '\\' => match chars.next() {
                    Some((_, 'n')) => text.push('\n'),
                    Some((_, 'u' | 'x')) => is_literal = false,
                    Some((_, '\n')) | None => {}
                    Some((_, other)) => text.push(other),
                },
                c if c == char::from(quote) => {
                    end = at + 1;
                    break;
                }
                '\n' if quote != b'`' => {
                    end = at;
                    is_literal = false;
                    break;
                }
                '$' if quote == b'`' => is_literal = false,
                c => text.push(c),
            }
        }
        self.advance(end);
        is_literal.then_some(text)
    }

    fn list(&mut self, depth: usize) -> Datum {
        let mut items = Vec::new();
        self.each(b']', |reader| items.push(reader.value(depth + 1)));
        Datum::List(items)
    }

    fn object(&mut self, depth: usize) -> Datum {
        let mut entries = Vec::new();
        self.each(b'}', |reader| entries.extend(reader.entry(depth)));
        Datum::Map(entries)
    }

    /// Parses items separated by `,`, between an opening bracket and `close`.
    fn each(&mut self, close: u8, mut item: impl FnMut(&mut Self)) {
        self.advance(1);
        loop {
            self.skip();
            match self.peek() {
                None => return,
                Some(byte) if byte == close => return self.advance(1),
                Some(b',') => self.advance(1),
                Some(_) => {
                    let start = self.at;
                    item(self);
                    self.never_stay(start);
                }
            }
        }
    }

    /// Parses `key: value` or `'key': value`. A method or `[computed]` key has no name; that of `...spread` is [`SPREAD`].
    fn entry(&mut self, depth: usize) -> Option<(String, Setting)> {
        let line = self.line;
        if self.rest().starts_with(SPREAD) {
            self.skip_expression();
            return Some((SPREAD.to_owned(), Setting { line, value: Datum::Unknown }));
        }
        let name = match self.peek()? {
            b'\'' | b'"' => self.string(),
            _ => {
                let rest = self.rest();
                let end = rest.find(|c: char| !(c.is_alphanumeric() || matches!(c, '_' | '$'))).unwrap_or(rest.len());
                self.advance(end);
                rest.get(..end).filter(|name| !name.is_empty()).map(str::to_owned)
            }
        };
        self.skip();
        let (Some(name), Some(b':')) = (name, self.peek()) else {
            self.skip_expression();
            return None;
        };
        self.advance(1);
        Some((name, Setting { line, ..self.value(depth + 1) }))
    }

    /// Skips to the `,` or closing bracket that ends an expression. Brackets and strings inside the expression are
    /// skipped as a whole.
    fn skip_expression(&mut self) {
        let mut open = 0_usize;
        while let Some(byte) = self.peek() {
            match byte {
                b'\'' | b'"' | b'`' => {
                    self.string();
                    continue;
                }
                b'(' | b'[' | b'{' => open += 1,
                b')' | b']' | b'}' if open > 0 => open -= 1,
                b',' | b')' | b']' | b'}' if open == 0 => return,
                b'/' if self.rest().starts_with("//") || self.rest().starts_with("/*") => {
                    self.skip();
                    continue;
                }
                _ => {}
            }
            let width = self.rest().chars().next().map_or(1, char::len_utf8);
            self.advance(width);
        }
    }

    /// Skips a character if nothing was parsed since `start`, so that parsing always terminates.
    fn never_stay(&mut self, start: usize) {
        if self.at == start {
            let width = self.rest().chars().next().map_or(1, char::len_utf8);
            self.advance(width);
        }
    }
}
