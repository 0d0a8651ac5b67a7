//! Whether the words after an unquoted ` #` evidently belong to the text before it, and are not a remark.

/// Words after which a text does not end.
const OPEN_WORDS: [&str; 24] = [
    "a", "an", "and", "at", "by", "for", "from", "her", "his", "in", "its", "my", "no", "of", "on", "or", "our", "the",
    "their", "to", "vs", "vs.", "with", "your",
];

/// Pairs of brackets and quotes.
const PAIRS: [(char, char); 11] = [
    ('(', ')'),
    ('[', ']'),
    ('{', '}'),
    ('（', '）'),
    ('「', '」'),
    ('『', '』'),
    ('【', '】'),
    ('《', '》'),
    ('“', '”'),
    ('‘', '’'),
    ('«', '»'),
];

/// Whether `before #lost` is one text.
pub(super) fn is_text(before: &str, lost: &str) -> bool {
    let before = before.trim_end();
    is_sharp(before, lost) || is_number(lost) || is_color(lost) || is_left_open(before, lost) || is_tags(lost)
}

/// Several hashtags: `#busan #fish`.
fn is_tags(lost: &str) -> bool {
    let mut others = lost.split_whitespace().skip(1).peekable();
    lost.starts_with(char::is_alphanumeric) && others.peek().is_some() && others.all(|word| word.starts_with('#'))
}

/// `C #`, `F #과`: the name of a language or a key in music, written with a space.
fn is_sharp(before: &str, lost: &str) -> bool {
    let before = before.trim_end_matches(['"', '\'', '”', '’']);
    let name = before.rsplit(|c: char| !c.is_alphanumeric()).next().unwrap_or("");
    matches!(name, "A" | "C" | "D" | "F" | "G" | "J" | "Q" | "X") && !lost.starts_with(char::is_whitespace)
}

/// `#1`, `#42: the boats`, `#1위`: a number, but not a date.
fn is_number(lost: &str) -> bool {
    let rest = lost.trim_start_matches(|c: char| c.is_ascii_digit());
    let digits = lost.len() - rest.len();
    let is_date = rest.starts_with(['-', '/', '.', '년', '年']) && rest.chars().count() > 1;
    (1..=6).contains(&digits) && !is_date && !rest.starts_with(|c: char| c.is_ascii_alphabetic())
}

/// `#ff0000`, `#FFF`: a color in hexadecimal digits.
fn is_color(lost: &str) -> bool {
    let word = lost.split(|c: char| !c.is_ascii_alphanumeric()).next().unwrap_or("");
    let is_hex = matches!(word.len(), 3 | 4 | 6 | 8) && word.bytes().all(|b| b.is_ascii_hexdigit());
    let first = word.chars().next();
    is_hex && (word.contains(|c: char| c.is_ascii_digit()) || word.chars().all(|c| Some(c) == first))
}

/// Whether the text before ends in the middle: inside brackets or quotes that are closed behind, or after a word or a
/// mark that does not end a text.
fn is_left_open(before: &str, lost: &str) -> bool {
    let is_open = |(open, close): &(char, char)| {
        before.matches(*open).count() > before.matches(*close).count() && lost.contains(*close)
    };
    let is_quoted = |quote: char| before.matches(quote).count() % 2 == 1 && lost.contains(quote);
    let word = before.rsplit(char::is_whitespace).next().unwrap_or("").to_lowercase();
    let reads_on = lost.starts_with(char::is_alphanumeric);
    PAIRS.iter().any(is_open)
        || is_quoted('"')
        || (reads_on
            && (OPEN_WORDS.contains(&word.as_str()) || before.ends_with([',', ':', '&', '+', '/', '，', '、', '：'])))
}
