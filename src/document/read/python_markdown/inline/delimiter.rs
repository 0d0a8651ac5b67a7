//! Emphasis and other elements between equal characters: `DelimiterProcessor` in `inlinepatterns.py`, and in
//! `pymdownx/delimiterprocessor.py`. What each run of such characters may do.

use super::{Cursor, Inline, Step};
use crate::document::read::python_markdown::options::Options;
use regex::Regex;
use std::sync::LazyLock;

/// What a run of delimiters may do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    Start,
    End,
    Both,
}

/// A run of delimiters that is not closed yet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Run {
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) is_ambiguous: bool,
    pub(super) original: usize,
    pub(super) len: usize,
}

/// A delimiter: a character, and the elements that one and two of it make.
#[derive(Clone, Debug)]
pub(super) struct Delimiter {
    pub(super) token: u8,
    /// For two characters, and for one.
    pub(super) tags: [&'static str; 2],
    pub(super) has_two_tags: bool,
    /// Whether a single character is text.
    pub(super) is_double: bool,
    /// Whether `*` in a word is text.
    is_smart: bool,
    /// Whether punctuation beside it counts as in CommonMark; only in pymdownx.
    has_punctuation: bool,
    pub(super) is_pymdownx: bool,
    /// Whether spaces are not allowed between single characters.
    pub(super) no_space: bool,
    pub(super) space_track: i64,
    pub(super) singles: i64,
    pub(super) stack: Vec<Run>,
}

impl Delimiter {
    fn core(token: u8, is_smart: bool) -> Delimiter {
        Delimiter {
            token,
            tags: ["strong", "em"],
            has_two_tags: true,
            is_double: false,
            is_smart,
            has_punctuation: false,
            is_pymdownx: false,
            no_space: false,
            space_track: 0,
            singles: 0,
            stack: Vec::new(),
        }
    }

    fn of_pymdownx(token: u8, tags: [&'static str; 2]) -> Delimiter {
        Delimiter { tags, is_pymdownx: true, ..Delimiter::core(token, false) }
    }

    pub(super) fn max_size(&self) -> usize {
        if self.has_two_tags || self.is_double { 2 } else { 1 }
    }

    pub(super) fn reset(&mut self) {
        self.stack.clear();
        (self.space_track, self.singles) = (0, 0);
    }

    /// What the run at `at` may do, and its length (`boundary`).
    pub(super) fn role(&self, around: &Around) -> Option<(Role, usize)> {
        let Around { before, after, len } = *around;
        let is_token = |c: Option<char>| c == Some(char::from(self.token));
        let is_space = |c: Option<char>| c.is_some_and(is_space);
        let blocked = |c: Option<char>| is_space(c) || is_token(c) || self.has_punctuation && c.is_some_and(is_punct);
        let word = |c: Option<char>| match c {
            Some('_') => self.token == b'_',
            Some(c) => c.is_alphanumeric(),
            None => false,
        };
        let (left_free, right_free) = (!self.is_smart || !word(before), !self.is_smart || !word(after));
        // No run can be followed by its own character: it has all of them.
        let opens = !blocked(after) && after.is_some();
        let closes = before.is_some() && !blocked(before);
        let both = closes && opens && left_free && right_free;
        let punct = |c: Option<char>| c.is_some_and(is_punct);
        let (stx, etx) = (after == Some('\u{2}'), before == Some('\u{3}'));
        let more = self.is_pymdownx && !is_token(before);
        let also_both = more && (punct(before) || etx) && (punct(after) || stx);
        if both || also_both {
            return Some((Role::Both, len));
        }
        let also_end = more && punct(before) && (is_space(after) || stx || punct(after) || after.is_none());
        if closes && right_free || also_end {
            return Some((Role::End, len));
        }
        let also_start = more && (before.is_none_or(|c| is_space(Some(c))) || etx || punct(before)) && punct(after);
        (opens && left_free || also_start).then_some((Role::Start, len))
    }
}

/// A run with the characters beside it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Around {
    pub(super) before: Option<char>,
    pub(super) after: Option<char>,
    pub(super) len: usize,
}

/// `\s` in Python.
fn is_space(c: char) -> bool {
    c.is_whitespace() || ('\u{1c}'..='\u{1f}').contains(&c)
}

static PUNCTUATION: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"^[\p{P}\p{S}]$").ok());

/// Unicode's punctuation and symbols.
fn is_punct(c: char) -> bool {
    if c.is_ascii() {
        return c.is_ascii_punctuation();
    }
    PUNCTUATION.as_ref().is_some_and(|pattern| pattern.is_match(c.encode_utf8(&mut [0; 4])))
}

/// A pair of delimiters: where each begins and ends, and its length.
#[derive(Clone, Copy, Debug)]
pub(super) struct Region {
    pub(super) start: usize,
    pub(super) inner_start: usize,
    pub(super) inner_end: usize,
    pub(super) end: usize,
    pub(super) tag: &'static str,
}

/// Delimiters that are paired together.
#[derive(Debug, Default)]
pub(super) struct Delimiters {
    pub(super) all: Vec<Delimiter>,
    /// Pairs that were found and not returned yet, sorted; the next one.
    pub(super) regions: Vec<Region>,
    pub(super) next: usize,
    /// The end of the element that was returned last: delimiters in between were judged already.
    pub(super) contains_space: Option<(usize, usize)>,
    pub(super) contains_none: Option<(usize, usize)>,
}

impl Delimiters {
    /// `*` and `_` of python-markdown.
    pub(super) fn of_markdown() -> Delimiters {
        Delimiters { all: vec![Delimiter::core(b'*', false), Delimiter::core(b'_', true)], ..Delimiters::default() }
    }

    /// The delimiters of `betterem`, `caret`, `mark` and `tilde`.
    pub(super) fn of_pymdownx(options: &Options) -> Delimiters {
        let mut all = Vec::new();
        if let Some(options) = options.betterem {
            for (token, is_smart) in [(b'*', options.star), (b'_', options.underscore)] {
                let delimiter = Delimiter::of_pymdownx(token, ["strong", "em"]);
                all.push(Delimiter { is_smart, has_punctuation: true, ..delimiter });
            }
        }
        if options.caret {
            all.push(Delimiter { no_space: true, ..Delimiter::of_pymdownx(b'^', ["ins", "sup"]) });
        }
        if options.mark {
            let delimiter = Delimiter::of_pymdownx(b'=', ["mark", "mark"]);
            all.push(Delimiter { has_two_tags: false, is_double: true, has_punctuation: true, ..delimiter });
        }
        if options.tilde {
            all.push(Delimiter { no_space: true, ..Delimiter::of_pymdownx(b'~', ["del", "sub"]) });
        }
        Delimiters { all, ..Delimiters::default() }
    }

    pub(super) fn reset(&mut self) {
        self.all.iter_mut().for_each(Delimiter::reset);
        self.regions.clear();
        self.next = 0;
        (self.contains_space, self.contains_none) = (None, None);
    }

    pub(super) fn index_of(&self, byte: u8) -> Option<usize> {
        self.all.iter().position(|delimiter| delimiter.token == byte)
    }
}

impl Inline<'_, '_> {
    /// The next element that delimiters make (`handleMatch`).
    pub(super) fn delimited(&mut self, which: usize, at: &Cursor<'_>, from: usize) -> Option<Step> {
        let mut delimiters = std::mem::take(self.delimiters.get_mut(which)?);
        let step = self.delimited_by(&mut delimiters, at, from);
        if let Some(place) = self.delimiters.get_mut(which) {
            *place = delimiters;
        }
        step
    }

    fn delimited_by(&mut self, delimiters: &mut Delimiters, at: &Cursor<'_>, from: usize) -> Option<Step> {
        let bytes = at.data.as_str().as_bytes();
        if delimiters.next < delimiters.regions.len() {
            return self.next_region(delimiters, at);
        }
        let start = (from..bytes.len()).find(|&at| bytes.get(at).is_some_and(|&b| delimiters.index_of(b).is_some()))?;
        delimiters.reset();
        let step = delimiters.pair(at, start, &mut self.fuel);
        if delimiters.regions.is_empty() {
            delimiters.reset();
            return Some(Step::Skip(step));
        }
        self.next_region(delimiters, at)
    }
}
