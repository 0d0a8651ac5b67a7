//! Which texts each generator parses as a date. YAML's own timestamps are recognized beforehand; these functions are
//! for all other texts.

use regex::Regex;
use std::sync::LazyLock;

/// The formats of `StringToDateInDefaultLocation` in <https://github.com/spf13/cast>, in the notation of `strftime`:
/// `%H` accepts one or two digits, `%S` a fraction, and `%e` a space as the first digit; `%z` is `-0700`, `%:z` is
/// `-07:00`, `%K` is `Z` or `-07:00`, `%k` is `Z` or `-0700`, and `%N` is the name of a zone.
const HUGO: [&str; 21] = [
    "%Y-%m-%d",
    "%Y-%m-%dT%H:%M:%S%K",
    "%Y-%m-%dT%H:%M:%S",
    "%a, %d %b %Y %H:%M:%S %z",
    "%a, %d %b %Y %H:%M:%S %N",
    "%d %b %y %H:%M %z",
    "%d %b %y %H:%M %N",
    "%A, %d-%b-%y %H:%M:%S %N",
    "%Y-%m-%d %H:%M:%S %z %N",
    "%Y-%m-%dT%H:%M:%S%z",
    "%Y-%m-%d %H:%M:%S%k",
    "%Y-%m-%d %H:%M:%S",
    "%a %b %e %H:%M:%S %Y",
    "%a %b %e %H:%M:%S %N %Y",
    "%a %b %d %H:%M:%S %z %Y",
    "%Y-%m-%d %H:%M:%S%K",
    "%d %b %Y",
    "%Y-%m-%d %H:%M:%S %:z",
    "%Y-%m-%d %H:%M:%S %z",
    "%I:%M%p",
    "%b %e %H:%M:%S",
];

/// Whether Hugo parses a text as a date.
pub fn hugo_reads(text: &str) -> bool {
    HUGO.iter().any(|format| matches(format, text))
}

/// Whether Eleventy parses a text as its `date`: Luxon's `DateTime.fromISO`, and words like `Last Modified`.
pub fn eleventy_reads(text: &str) -> bool {
    let words = ["last modified", "created", "git last modified", "git created"];
    words.iter().any(|word| text.eq_ignore_ascii_case(word)) || ISO.as_ref().is_none_or(|iso| iso.is_match(text))
}

/// `isoYmdRegex`, `isoWeekRegex`, `isoOrdinalRegex` and `isoTimeRegex` of Luxon 3 (src/impl/regexParser.js).
static ISO: LazyLock<Option<Regex>> = LazyLock::new(|| {
    let time =
        r"[0-9]{2}(?::?[0-9]{2}(?::?[0-9]{2}(?:[.,][0-9]{1,30})?)?)?(?:Z|z|[+-][0-9]{2}(?::?[0-9]{2})?)?(?:\[.*\])?";
    let date = r"(?:[+-][0-9]{6}|[0-9]{4})(?:-?[0-9]{2}(?:-?[0-9]{2})?|-?W[0-9]{2}(?:-?[0-9])?|-?[0-9]{3})?";
    Regex::new(&format!("^(?:{date}(?:T{time})?|T?{time})$")).ok()
});

/// Whether Ruby's `Time.parse` certainly fails on a text: one with a day of three digits, or a year and a month alone.
/// Verified with Ruby 3.1.
pub fn ruby_refuses(text: &str) -> bool {
    let Some((year, rest)) = text.split_at_checked(4) else { return false };
    let Some(separator) = rest.chars().next().filter(|c| matches!(c, '-' | '/' | '.')) else { return false };
    let mut parts = rest.split(separator).skip(1);
    let digits = |part: &str| part.bytes().take_while(u8::is_ascii_digit).count();
    let month = parts.next().unwrap_or("");
    let is_month = matches!(month.len(), 1 | 2) && digits(month) == month.len();
    is_year(year) && is_month && parts.next().is_none_or(|day| digits(day) > 2)
}

/// Whether JavaScript's `Date` certainly fails on a text: one with the day before the month, as in `13/02/2023`.
/// Verified with Node 20.
pub fn javascript_refuses(text: &str) -> bool {
    ['/', '.', '-'].iter().any(|separator| {
        let mut parts = text.split(*separator);
        let (Some(first), Some(second), Some(year), None) = (parts.next(), parts.next(), parts.next(), parts.next())
        else {
            return false;
        };
        let number = |part: &str| part.parse::<u32>().ok().filter(|_| matches!(part.len(), 1 | 2));
        is_year(year) && number(first).is_some_and(|first| first > 12) && number(second).is_some()
    })
}

fn is_year(text: &str) -> bool {
    text.len() == 4 && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// Whether `text` as a whole matches `format`. Each field is matched greedily, without backtracking.
fn matches(format: &str, text: &str) -> bool {
    let mut rest = text;
    let mut parts = format.chars();
    while let Some(part) = parts.next() {
        let taken = match part {
            '%' => match parts.next() {
                Some(':') => {
                    parts.next();
                    zone(rest, true)
                }
                Some(field) => take(field, rest),
                None => None,
            },
            literal => rest.strip_prefix(literal),
        };
        let Some(left) = taken else { return false };
        rest = left;
    }
    rest.is_empty()
}

/// The rest of `text` after one field at its start; `None` if the field does not match.
fn take(field: char, text: &str) -> Option<&str> {
    match field {
        'Y' => digits(text, 4, 4),
        'm' | 'd' | 'y' | 'M' => digits(text, 2, 2),
        'H' | 'I' => digits(text, 1, 2),
        'e' => digits(text.strip_prefix(' ').unwrap_or(text), 1, 2),
        'S' => {
            let rest = digits(text, 2, 2)?;
            let fraction = rest.strip_prefix(['.', ',']).and_then(|fraction| digits(fraction, 1, usize::MAX));
            Some(fraction.unwrap_or(rest))
        }
        'b' => name(text, &MONTHS, false),
        'a' => name(text, &DAYS, false),
        'A' => name(text, &DAYS, true),
        'p' => text.strip_prefix("AM").or_else(|| text.strip_prefix("PM")),
        'z' => zone(text, false),
        'K' => text.strip_prefix('Z').or_else(|| zone(text, true)),
        'k' => text.strip_prefix('Z').or_else(|| zone(text, false)),
        'N' => {
            let letters = text.bytes().take_while(u8::is_ascii_uppercase).count();
            text.get(letters..).filter(|_| (3..=5).contains(&letters))
        }
        _ => None,
    }
}

fn digits(text: &str, least: usize, most: usize) -> Option<&str> {
    let count = text.bytes().take(most).take_while(u8::is_ascii_digit).count();
    text.get(count..).filter(|_| count >= least)
}

fn zone(text: &str, with_colon: bool) -> Option<&str> {
    let hours = digits(text.strip_prefix(['+', '-'])?, 2, 2)?;
    digits(if with_colon { hours.strip_prefix(':')? } else { hours }, 2, 2)
}

const MONTHS: [&str; 12] = [
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
];
const DAYS: [&str; 7] = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"];

/// Strips one of `names` in any case, in full or only its first three letters.
fn name<'t>(text: &'t str, names: &[&str], whole: bool) -> Option<&'t str> {
    names.iter().find_map(|name| {
        let len = if whole { name.len() } else { 3 };
        let (start, rest) = text.split_at_checked(len)?;
        start.eq_ignore_ascii_case(name.get(..len)?).then_some(rest)
    })
}
