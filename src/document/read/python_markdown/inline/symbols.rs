//! Typographic characters for plain ones (`extensions/smarty.py`, `pymdownx/smartsymbols.py`).

use super::patterns::Pattern;
use super::{Cursor, Found, Inline, Step};
use crate::document::read::python_markdown::stash::Stashed;
use crate::document::read::python_markdown::text::Text;

/// The patterns of `smarty`, by priority: dashes, then quotes, then dots.
pub(in super::super) fn smarty() -> Vec<Pattern> {
    (0..18).map(Pattern::Smarty).collect()
}

/// The patterns of `smartsymbols`.
pub(in super::super) fn symbols() -> Vec<Pattern> {
    (0..9).map(Pattern::Symbol).collect()
}

/// A match of a pattern of `smarty`: its range, and what is kept of it before and after the new characters.
type Quoted = (usize, usize, &'static str, (usize, usize));

impl Inline<'_, '_> {
    pub(super) fn smarty(&mut self, index: usize, at: &Cursor<'_>, from: usize) -> Option<Step> {
        let data = at.data;
        let bytes = data.as_str().as_bytes();
        let mut next = from;
        loop {
            let start = next
                + memchr::memchr3(b'-', b'.', b'"', bytes.get(next..)?)
                    .into_iter()
                    .chain(memchr::memchr(b'\'', bytes.get(next..)?))
                    .min()?;
            next = start + 1;
            let found = match index {
                0 => run_of(at, start, "---", "—"),
                1 => run_of(at, start, "--", "–"),
                17 => run_of(at, start, "...", "…"),
                _ => quote(index - 2, at, start).filter(|found| found.0 >= from),
            };
            let Some((start, end, made, (before, after))) = found else { continue };
            let span = data.span(start + before..end - after);
            let mut text = Text::default();
            text.push(data, start..start + before);
            let placeholder = self.parser.stash.store(Stashed::Characters(Text::of(made, span)));
            text.push_str(&placeholder, span);
            text.push(data, end - after..end);
            return Some(Step::Replace(start, end, Found::Text(text)));
        }
    }

    pub(super) fn symbol(&mut self, index: usize, at: &Cursor<'_>, from: usize) -> Option<Step> {
        let data = at.data;
        let bytes = data.as_str().as_bytes();
        let mut next = from;
        while let Some(ahead) = bytes.get(next..)?.iter().position(|&byte| may_begin(index, byte)) {
            let start = next + ahead;
            next = start + 1;
            if index == 7 {
                let Some((digits, len)) = ordinal(at, start) else { continue };
                let raised = data.slice(start + digits..start + len);
                let stashed = Stashed::Ordinal(data.slice(start..start + digits), raised);
                let span = data.span(start..start + len);
                let placeholder = self.parser.stash.store(stashed);
                return Some(Step::Replace(start, start + len, Found::Text(Text::of(&placeholder, span))));
            }
            let Some((len, made)) = symbol_at(index, at, start) else { continue };
            let span = data.span(start..start + len);
            let stashed = Stashed::Characters(Text::of(made, span));
            let placeholder = self.parser.stash.store(stashed);
            return Some(Step::Replace(start, start + len, Found::Text(Text::of(&placeholder, span))));
        }
        None
    }
}

/// A run of exactly these characters.
fn run_of(at: &Cursor<'_>, start: usize, wanted: &str, made: &'static str) -> Option<Quoted> {
    let rest = at.data.get(start..at.data.len());
    let mark = wanted.chars().next()?;
    let is_whole = rest.starts_with(wanted) && !rest.get(wanted.len()..)?.starts_with(mark);
    (is_whole && at.before(start) != Some(mark)).then_some((start, start + wanted.len(), made, (0, 0)))
}

fn is_word(c: Option<char>) -> bool {
    c.is_some_and(|c| c.is_alphanumeric() || c == '_')
}

/// One of the patterns of quotes, in the order of `educateQuotes`.
fn quote(index: usize, at: &Cursor<'_>, start: usize) -> Option<Quoted> {
    let rest = at.data.get(start..at.data.len());
    let mark = rest.chars().next().filter(|c| matches!(c, '"' | '\''))?;
    let mut after = rest.chars().skip(1);
    let (next, second) = (after.next(), after.next());
    let before = at.before(start);
    let (double, single) = (mark == '"', mark == '\'');
    let is_punct = next.is_some_and(|c| c.is_ascii_punctuation() && c != '&');
    // `\B` after punctuation: no word begins there.
    let starts = before.is_none() && is_punct && !is_word(second);
    let closes =
        before.is_some_and(|c| !matches!(c, ' ' | '\t' | '\r' | '\n' | '[' | '{' | '(' | '-' | '\u{2}' | '\u{3}'));
    let is_space = next.is_some_and(char::is_whitespace);
    let ends_in_s = next == Some('s') && !is_word(second);
    let whole = |made| Some((start, start + 1, made, (0, 0)));
    let both = |made| Some((start, start + 2, made, (0, 0)));
    match index {
        0 if single && starts => whole("’"),
        1 if double && starts => whole("”"),
        2 if double && next == Some('\'') && is_word(second) => both("“‘"),
        3 if single && next == Some('"') && is_word(second) => both("‘“"),
        4 if single && next == Some('"') && closes => both("’”"),
        5 if double && next == Some('\'') && closes => both("”’"),
        6 if single && !is_word(before) && is_decade(rest) => whole("’"),
        7 if single && is_word(next) => opening(at, start, "‘"),
        8 if single && closes && !is_space && !ends_in_s && !next.is_some_and(char::is_numeric) => whole("’"),
        9 if single && is_space => {
            let len = next.map_or(0, char::len_utf8);
            Some((start, start + 1 + len, "’", (0, len)))
        }
        9 if single && ends_in_s => Some((start, start + 2, "’", (0, 1))),
        10 if single => whole("‘"),
        11 if double && is_word(next) => opening(at, start, "“"),
        12 if double && is_space => whole("”"),
        13 if double && closes => whole("”"),
        14 if double => whole("“"),
        _ => None,
    }
}

/// `'80s`
fn is_decade(rest: &str) -> bool {
    let bytes = rest.as_bytes();
    let digit = |index: usize| bytes.get(index).is_some_and(u8::is_ascii_digit);
    digit(1) && digit(2) && bytes.get(3) == Some(&b's')
}

/// A quote after whitespace or a dash, which is replaced with it (`openingQuotesBase`).
fn opening(at: &Cursor<'_>, start: usize, made: &'static str) -> Option<Quoted> {
    if at.any && start <= at.replaced {
        return None;
    }
    let text = at.data.get(0..start);
    const BEFORE: [&str; 8] = ["&nbsp;", "--", "–", "—", "&mdash;", "&ndash;", "&#8211;", "&#8212;"];
    let space = text.chars().next_back().filter(|c| c.is_whitespace()).map(char::len_utf8);
    let len = space.or_else(|| BEFORE.iter().find(|before| text.ends_with(**before)).map(|before| before.len()))?;
    let is_free = !at.any || start - len >= at.replaced;
    is_free.then_some((start - len, start + 1, made, (len, 0)))
}

const SYMBOLS: [(&str, &str); 5] = [("(tm)", "™"), ("(c)", "©"), ("(r)", "®"), ("+/-", "±"), ("=/=", "≠")];
const FRACTIONS: [(&str, &str); 15] = [
    ("1/4", "¼"),
    ("1/2", "½"),
    ("3/4", "¾"),
    ("1/3", "⅓"),
    ("2/3", "⅔"),
    ("1/5", "⅕"),
    ("2/5", "⅖"),
    ("3/5", "⅗"),
    ("4/5", "⅘"),
    ("1/6", "⅙"),
    ("5/6", "⅚"),
    ("1/8", "⅛"),
    ("3/8", "⅜"),
    ("5/8", "⅝"),
    ("7/8", "⅞"),
];

/// Whether a symbol may begin with this byte.
fn may_begin(index: usize, byte: u8) -> bool {
    match index {
        0..=2 => byte == b'(',
        3 => byte == b'+',
        4 => matches!(byte, b'<' | b'-'),
        5 => byte == b'=',
        6 | 7 => byte.is_ascii_digit(),
        8 => byte == b'c',
        _ => false,
    }
}

/// The length of a symbol at `start`, and what it becomes.
fn symbol_at(index: usize, at: &Cursor<'_>, start: usize) -> Option<(usize, &'static str)> {
    let rest = at.data.get(start..at.data.len());
    let before = at.before(start);
    let digit = |c: Option<char>| c.is_some_and(char::is_numeric);
    let after = |len: usize| rest.get(len..).and_then(|rest| rest.chars().next());
    match index {
        0..=3 => {
            let (written, made) = SYMBOLS.get(index)?;
            rest.starts_with(written).then_some((written.len(), *made))
        }
        4 if rest.starts_with("<-->") => Some((4, "↔")),
        4 if rest.starts_with("-->") && before != Some('-') => Some((3, "→")),
        4 if rest.starts_with("<--") && after(3) != Some('-') => Some((3, "←")),
        5 => rest.starts_with("=/=").then_some((3, "≠")),
        6 if !digit(before) => {
            let (_, made) = FRACTIONS.iter().find(|(written, _)| rest.starts_with(written))?;
            (!digit(after(3))).then_some((3, *made))
        }
        8 => (rest.starts_with("c/o") && !is_word(before) && !is_word(after(3))).then_some((3, "℅")),
        _ => None,
    }
}

/// The digits of an ordinal number, and the length of it with its letters: `1st`, `12th`.
fn ordinal(at: &Cursor<'_>, start: usize) -> Option<(usize, usize)> {
    let rest = at.data.get(start..at.data.len());
    let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
    let number =
        rest.get(..digits).filter(|number| number.len() == 1 || number.len() > 1 && !number.starts_with('0'))?;
    let letters = rest.get(digits..digits + 2)?;
    let is_teen = number.len() > 1 && number.as_bytes().iter().rev().nth(1) == Some(&b'1');
    let fits = match number.as_bytes().last()? {
        b'1'..=b'3' if is_teen && letters == "th" => true,
        b'1' => letters == "st",
        b'2' => letters == "nd",
        b'3' => letters == "rd",
        _ => letters == "th",
    };
    let after = rest.get(digits + 2..).and_then(|rest| rest.chars().next());
    (fits && !is_word(at.before(start)) && !is_word(after)).then_some((digits, digits + 2))
}
