//! Quotes values.

/// The text that the author intended: without quotes that enclose all of `value`. Quotes around the first word only are
/// part of the text.
pub(super) fn inside_quotes(value: &str) -> &str {
    let Some(quote) = value.chars().next().filter(|&first| matches!(first, '"' | '\'')) else { return value };
    let rest = value.get(1..).unwrap_or_default();
    let Some(inside) = rest.strip_suffix(quote) else {
        return if rest.contains(quote) { value } else { rest };
    };
    let Some(next) = inside.find(quote) else { return inside };
    let before = inside.get(..next).and_then(|before| before.chars().next_back());
    let after = inside.get(next + 1..).and_then(|after| after.chars().next());
    let opens_another = before.is_none_or(char::is_whitespace);
    let letter = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphabetic());
    let apostrophe = quote == '\'' && letter(before) && letter(after);
    if opens_another || apostrophe || before == Some('\\') { inside } else { value }
}

/// `text` as a quoted YAML scalar on one line; `None` if it contains characters that need uncommon escapes.
pub(crate) fn quote(text: &str) -> Option<String> {
    if text.chars().any(|c| c.is_control() || matches!(c, '\u{2028}' | '\u{2029}' | '\u{feff}')) {
        return None;
    }
    Some(match (text.contains(['"', '\\']), text.contains('\'')) {
        (false, _) => format!("\"{text}\""),
        (true, false) => format!("'{text}'"),
        (true, true) => format!("'{}'", text.replace('\'', "''")),
    })
}
