//! Characters that would vanish, move the cursor or turn the text around are shown as something that stays in its cell.

use std::borrow::Cow;

/// What stands for `c` in an excerpt; `None` when it can be printed as it is.
///
/// What only shapes the character before it (joiner, variation selector, skin tone) is left out: terminals disagree
/// about the width of the joined picture, and carets below it would be off.
pub(super) fn stand_in(c: char) -> Option<&'static str> {
    match c {
        '\t' => None,
        '\0' => Some("␀"),
        '\u{1b}' => Some("␛"),
        '\u{7f}' => Some("␡"),
        c if c.is_control() => Some("\u{fffd}"),
        '\u{200d}' | '\u{fe0e}' | '\u{fe0f}' | '\u{1f3fb}'..='\u{1f3ff}' => Some(""),
        '\u{ad}' => Some("⟨SHY⟩"),
        '\u{200b}' => Some("⟨ZWSP⟩"),
        '\u{200c}' => Some("⟨ZWNJ⟩"),
        '\u{2060}' => Some("⟨WJ⟩"),
        '\u{feff}' => Some("⟨BOM⟩"),
        '\u{2028}' => Some("⟨LS⟩"),
        '\u{2029}' => Some("⟨PS⟩"),
        '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => Some("⟨BIDI⟩"),
        '\u{e0000}'..='\u{e007f}' => Some("⟨TAG⟩"),
        _ => None,
    }
}

/// `text` on one line, with nothing in it that a terminal obeys.
pub(super) fn one_line(text: &str) -> Cow<'_, str> {
    let escape = |c| match c {
        '\n' => Some("\\n"),
        '\r' => Some("\\r"),
        '\t' => Some("\\t"),
        // Outside an excerpt nothing is aligned, so emoji may keep their joiners.
        c => stand_in(c).filter(|shown| !shown.is_empty()),
    };
    if text.bytes().all(|byte| matches!(byte, b' '..=b'~')) || !text.chars().any(|c| escape(c).is_some()) {
        return Cow::Borrowed(text);
    }
    let mut line = String::with_capacity(text.len() + 16);
    for c in text.chars() {
        match escape(c) {
            Some(shown) => line.push_str(shown),
            None => line.push(c),
        }
    }
    Cow::Owned(line)
}

/// A path on one line. A line of output that starts with `::` is a command to GitHub's runner, so a path never does.
pub(super) fn path(path: &str) -> Cow<'_, str> {
    if path.trim_start().starts_with(':') { Cow::Owned(format!("./{}", one_line(path))) } else { one_line(path) }
}
