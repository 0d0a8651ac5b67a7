//! Character references (<https://html.spec.whatwg.org/multipage/parsing.html#character-reference-state>).

use crate::document::read::html::native::reason::Reason;
use html5ever::data::NAMED_ENTITIES;

/// Length of the longest name that is valid without a semicolon.
const MAX_BARE_NAME: usize = 6;

/// A character reference.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Reference {
    /// Its length in bytes.
    pub len: usize,
    /// The characters that it means; most references have no second one.
    pub characters: (char, Option<char>),
}

/// The character reference at the start of `text`, which starts with `&`; `None` if the `&` is only a character.
pub(super) fn reference(text: &str, in_attribute: bool) -> Result<Option<Reference>, Reason> {
    match text.as_bytes().get(1) {
        Some(b'#') => numeric(text),
        Some(byte) if byte.is_ascii_alphanumeric() => Ok(named(text, in_attribute)),
        _ => Ok(None),
    }
}

fn numeric(text: &str) -> Result<Option<Reference>, Reason> {
    let bytes = text.as_bytes();
    let is_hex = matches!(bytes.get(2), Some(b'x' | b'X'));
    let start = if is_hex { 3 } else { 2 };
    let is_digit = |byte: &&u8| if is_hex { byte.is_ascii_hexdigit() } else { byte.is_ascii_digit() };
    let digits = bytes.iter().skip(start).take_while(is_digit).count();
    if digits == 0 {
        return Ok(None);
    }
    let end = start + digits;
    let number = text.get(start..end).and_then(|digits| u32::from_str_radix(digits, if is_hex { 16 } else { 10 }).ok());
    // Some numbers stand for other characters than their own.
    let number = number.filter(|number| !matches!(number, 0 | 0x0d | 0x80..=0x9f));
    let character = number.and_then(char::from_u32).ok_or(Reason::CharacterReference)?;
    let len = end + usize::from(bytes.get(end) == Some(&b';'));
    Ok(Some(Reference { len, characters: (character, None) }))
}

fn named(text: &str, in_attribute: bool) -> Option<Reference> {
    let name = text.get(1..)?;
    let letters = name.bytes().take_while(u8::is_ascii_alphanumeric).count();
    if name.as_bytes().get(letters) == Some(&b';')
        && let Some(characters) = lookup(name.get(..=letters)?)
    {
        return Some(Reference { len: letters + 2, characters });
    }
    let (len, characters) =
        (2..=letters.min(MAX_BARE_NAME)).rev().find_map(|len| Some((len, lookup(name.get(..len)?)?)))?;
    let continues = |next: &u8| *next == b'=' || next.is_ascii_alphanumeric();
    let is_text = in_attribute && name.as_bytes().get(len).is_some_and(continues);
    (!is_text).then_some(Reference { len: len + 1, characters })
}

fn lookup(name: &str) -> Option<(char, Option<char>)> {
    let &(first, second) = NAMED_ENTITIES.get(name)?;
    // The table contains the beginnings of names as well, without characters.
    let first = char::from_u32(first).filter(|first| *first != '\0')?;
    Some((first, char::from_u32(second).filter(|second| *second != '\0')))
}
