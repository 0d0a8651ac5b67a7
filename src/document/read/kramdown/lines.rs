//! Splits text into lines and examines how they start.

/// The offset after the line that contains `at`, including its line ending.
pub fn line_end(text: &str, at: usize) -> usize {
    let rest = text.as_bytes().get(at..).unwrap_or_default();
    memchr::memchr(b'\n', rest).map_or(text.len(), |found| at + found + 1)
}

/// The line that starts at `at`, without its line ending.
pub(super) fn line(text: &str, at: usize) -> &str {
    split_line(text, at).0
}

/// The line that starts at `at`, without its line ending, and the offset after the line ending.
pub(super) fn split_line(text: &str, at: usize) -> (&str, usize) {
    let end = line_end(text, at);
    let line = text.get(at..end).unwrap_or("");
    (line.strip_suffix('\n').unwrap_or(line), end)
}

/// Whether Ruby's `\s` matches this byte.
pub const fn is_space(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t' | b'\n' | b'\r' | 0x0b | 0x0c)
}

/// Whether the byte is a space or a tab.
pub(super) const fn is_blank_byte(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t')
}

/// Whether the line contains only whitespace.
pub(super) fn is_blank(line: &str) -> bool {
    line.bytes().all(is_space)
}

/// The number of spaces at the start of the text.
pub(super) fn leading_blanks(text: &str) -> usize {
    text.bytes().take_while(|&byte| byte == b' ').count()
}

/// The number of spaces and tabs at the start of the text.
pub(super) fn leading_white(text: &str) -> usize {
    text.bytes().take_while(|&byte| is_blank_byte(byte)).count()
}

/// The number of whitespace bytes at the start of the text.
pub(super) fn leading_space(text: &str) -> usize {
    text.bytes().take_while(|&byte| is_space(byte)).count()
}

/// The line without its indentation of up to three spaces; `None` if there are more, or a tab.
pub(super) fn unindented(line: &str) -> Option<&str> {
    let blanks = leading_blanks(line);
    let rest = line.get(blanks..)?;
    (blanks <= 3 && !rest.starts_with('\t')).then_some(rest)
}

/// The length of a code block's indentation, in bytes: one tab or four spaces.
pub(super) fn code_indent(line: &str) -> Option<usize> {
    if line.starts_with('\t') {
        Some(1)
    } else if line.starts_with("    ") {
        Some(4)
    } else {
        None
    }
}

/// Whether Ruby's `\w` matches this byte: ASCII letters, digits, `_`.
pub(super) const fn is_word_byte(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_'
}

/// The length of a name in an attribute list, a footnote or a reference: a word character, followed by word characters,
/// `:` and `-`.
pub(super) fn name_len(text: &str) -> usize {
    let bytes = text.as_bytes();
    if !bytes.first().is_some_and(|&byte| is_word_byte(byte)) {
        return 0;
    }
    bytes.iter().take_while(|&&byte| is_word_byte(byte) || byte == b':' || byte == b'-').count()
}

/// Returns `range` without the whitespace at both ends.
pub(super) fn trim(text: &str, range: std::ops::Range<usize>) -> std::ops::Range<usize> {
    let Some(slice) = text.get(range.clone()) else { return range };
    let start = range.start + leading_space(slice);
    let end = range.end - slice.bytes().rev().take_while(|&byte| is_space(byte)).count();
    start..end.max(start)
}
