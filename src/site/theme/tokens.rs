//! Splits template code into tokens: paths of names, strings, and signs. The template languages are similar enough to
//! share one tokenizer.

/// A token.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Token<'c> {
    /// A path of names: `page.title`, `page["title"]`, `.Params.title`. Go's leading `.` is an empty name.
    Path(Vec<&'c str>),
    /// The content of a string literal.
    Text(&'c str),
    /// Any other token.
    Sign(&'c str),
}

/// The placeholder for a computed name in a path: `page[key]`.
pub const COMPUTED: &str = "[]";

/// Maximum number of bytes of a key in brackets.
const LONGEST_KEY: usize = 200;

/// Splits code into tokens.
pub fn tokens(code: &str) -> Vec<Token<'_>> {
    let mut found = Vec::new();
    collect(code, &mut found, 0);
    found
}

/// Adds the tokens of `code` to `found`. `depth` is the nesting of template strings, which is limited.
fn collect<'c>(code: &'c str, found: &mut Vec<Token<'c>>, depth: usize) {
    let mut rest = code;
    while let Some(first) = rest.chars().next() {
        let second = rest.chars().nth(1);
        match first {
            '\'' | '"' | '`' => {
                let (text, after) = string(rest, first);
                found.push(Token::Text(text));
                if first == '`' && depth < 4 {
                    values_in(text, found, depth + 1);
                }
                rest = after;
            }
            '.' if second.is_none_or(|c| !(is_name(c) || c == '.')) => {
                found.push(Token::Path(vec![""]));
                rest = rest.get(1..).unwrap_or("");
            }
            c if is_first(c) || c == '.' && second.is_some_and(is_first) => {
                let (path, after) = path(rest);
                found.push(Token::Path(path));
                rest = after;
            }
            c if c.is_ascii_digit() => rest = rest.trim_start_matches(|c: char| c.is_ascii_digit() || c == '.'),
            c if c.is_whitespace() => rest = rest.trim_start(),
            c => {
                let two = rest.get(..2).filter(|two| matches!(*two, "||" | "??" | "&&" | ":=" | "==" | "=>" | "!="));
                let length = two.map_or(c.len_utf8(), str::len);
                found.push(Token::Sign(rest.get(..length).unwrap_or("")));
                rest = rest.get(length..).unwrap_or("");
            }
        }
    }
}

/// Adds the tokens inside `${…}`.
fn values_in<'c>(text: &'c str, found: &mut Vec<Token<'c>>, depth: usize) {
    let parts = text.split("${").skip(1);
    for part in parts {
        collect(part.split('}').next().unwrap_or(part), found, depth);
    }
}

/// The string literal at the start of `code`, and the rest.
fn string(code: &str, quote: char) -> (&str, &str) {
    let inside = code.get(1..).unwrap_or("");
    let mut is_escaped = false;
    for (at, c) in inside.char_indices() {
        match c {
            _ if is_escaped => is_escaped = false,
            '\\' => is_escaped = true,
            c if c == quote => return (inside.get(..at).unwrap_or(""), inside.get(at + 1..).unwrap_or("")),
            _ => {}
        }
    }
    (inside, "")
}

fn is_first(c: char) -> bool {
    c.is_alphabetic() || matches!(c, '_' | '$')
}

fn is_name(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '_' | '$')
}

/// The path at the start of `code`, and the rest.
fn path(code: &str) -> (Vec<&str>, &str) {
    let mut names = Vec::new();
    let mut rest = code;
    loop {
        let (name, after) = name(rest);
        names.push(name);
        let after = after.strip_prefix('?').filter(|it| it.starts_with('.')).unwrap_or(after);
        match after.strip_prefix('[') {
            Some(inside) => {
                let end = inside.bytes().take(LONGEST_KEY).position(|byte| byte == b']');
                let Some((key, behind)) = end.and_then(|end| inside.split_at_checked(end)) else {
                    return (names, after);
                };
                let behind = behind.get(1..).unwrap_or("");
                let key = key.trim();
                let quoted = key.trim_matches(['\'', '"']);
                if quoted.len() < key.len() {
                    names.push(quoted);
                } else if !key.bytes().all(|byte| byte.is_ascii_digit()) {
                    names.push(COMPUTED);
                }
                match behind.strip_prefix('.') {
                    Some(next) if next.starts_with(is_first) => rest = next,
                    _ => return (names, behind),
                }
            }
            None => match after.strip_prefix('.') {
                Some(next) if next.starts_with(is_first) => rest = next,
                _ => return (names, after),
            },
        }
    }
}

/// The name at the start of `code`, which may contain hyphens (`page.modified-date`), and the rest.
fn name(code: &str) -> (&str, &str) {
    let mut end = 0;
    for (at, c) in code.char_indices() {
        let is_inside = || {
            let next = code.get(at + 1..).and_then(|rest| rest.chars().next());
            c == '-' && at > 0 && next.is_some_and(char::is_alphanumeric)
        };
        if !is_name(c) && !is_inside() {
            break;
        }
        end = at + c.len_utf8();
    }
    code.split_at_checked(end).unwrap_or((code, ""))
}
