//! Looking at lines: where they end, how far they are indented, what they start with.

/// The offset after the line that holds `at`, its line end included.
pub(super) fn line_end(text: &str, at: usize) -> usize {
    let rest = text.as_bytes().get(at..).unwrap_or_default();
    memchr::memchr(b'\n', rest).map_or(text.len(), |found| at + found + 1)
}

/// The line that starts at `at`, without its line end.
pub(super) fn line(text: &str, at: usize) -> &str {
    split_line(text, at).0
}

/// The line that starts at `at`, without its line end, and the offset after that.
pub(super) fn split_line(text: &str, at: usize) -> (&str, usize) {
    let end = line_end(text, at);
    let line = text.get(at..end).unwrap_or("");
    (line.strip_suffix('\n').unwrap_or(line), end)
}

/// True for Ruby's `\s`.
pub(super) const fn is_space(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t' | b'\n' | b'\r' | 0x0b | 0x0c)
}

/// True for a blank or a tab.
pub(super) const fn is_blank_byte(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t')
}

/// True when nothing but white space stands on the line.
pub(super) fn is_blank(line: &str) -> bool {
    line.bytes().all(is_space)
}

/// How many blanks the text starts with.
pub(super) fn leading_blanks(text: &str) -> usize {
    text.bytes().take_while(|&byte| byte == b' ').count()
}

/// How many blanks and tabs the text starts with.
pub(super) fn leading_white(text: &str) -> usize {
    text.bytes().take_while(|&byte| is_blank_byte(byte)).count()
}

/// How many bytes of white space the text starts with.
pub(super) fn leading_space(text: &str) -> usize {
    text.bytes().take_while(|&byte| is_space(byte)).count()
}

/// The line without up to three blanks; `None` where more stand, or a tab.
pub(super) fn unindented(line: &str) -> Option<&str> {
    let blanks = leading_blanks(line);
    let rest = line.get(blanks..)?;
    (blanks <= 3 && !rest.starts_with('\t')).then_some(rest)
}

/// Bytes of a code block's indentation: one tab or four blanks.
pub(super) fn code_indent(line: &str) -> Option<usize> {
    if line.starts_with('\t') {
        Some(1)
    } else if line.starts_with("    ") {
        Some(4)
    } else {
        None
    }
}

/// True for a character of Ruby's `\w` in kramdown's names: ASCII letters, digits, `_`.
pub(super) const fn is_word_byte(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_'
}

/// The length of a name in an attribute list, a footnote or a reference: a word character, then those, `:` and `-`.
pub(super) fn name_len(text: &str) -> usize {
    let bytes = text.as_bytes();
    if !bytes.first().is_some_and(|&byte| is_word_byte(byte)) {
        return 0;
    }
    bytes.iter().take_while(|&&byte| is_word_byte(byte) || byte == b':' || byte == b'-').count()
}

/// `range` without white space at both ends.
pub(super) fn trim(text: &str, range: std::ops::Range<usize>) -> std::ops::Range<usize> {
    let Some(slice) = text.get(range.clone()) else { return range };
    let start = range.start + leading_space(slice);
    let end = range.end - slice.bytes().rev().take_while(|&byte| is_space(byte)).count();
    start..end.max(start)
}
