//! The width of text: in pixels, as in search results, and in terminal cells. Without shaping and kerning.

mod arimo;

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// Width of a Hangul syllable in em: 0.92 in Noto Sans KR, 0.94 in Nanum Gothic. All syllables of a font have the same
/// width.
const HANGUL: f32 = 0.94;
/// Width in em of kana, Han, full-width forms and any character that is not in a table.
const FULL: f32 = 1.0;
/// Width in em of half-width kana and Hangul.
const HALF: f32 = 0.5;

/// Font size of titles in search results (Arial), in pixels.
pub const TITLE_SIZE: f32 = 20.0;

/// Font size of descriptions in search results (Arial), in pixels.
pub const DESCRIPTION_SIZE: f32 = 14.0;

/// Width in pixels of `text` at a font size in pixels.
pub fn pixels(text: &str, size: f32) -> f32 {
    text.chars().map(em).sum::<f32>() * size
}

/// The number of characters (Unicode scalar values) of `text` that fit into `limit` pixels at a font size in pixels.
pub fn fits(text: &str, size: f32, limit: f32) -> usize {
    let mut used = 0.0;
    text.chars()
        .take_while(|&c| {
            used += em(c) * size;
            used <= limit
        })
        .count()
}

/// Whether the widths of at least nine in ten characters are known. Arabic, Thai and Indic scripts are not in the
/// table, so the width of such texts cannot be measured.
pub fn is_measurable(text: &str) -> bool {
    let unknown = text.chars().filter(|&c| known(c).is_none()).count();
    unknown * 10 <= text.chars().count()
}

/// Width of `text` in terminal cells: 2 for Han, kana and Hangul, 0 for combining marks.
pub fn cells(text: &str) -> usize {
    text.width()
}

/// Advance of a character in em.
fn em(c: char) -> f32 {
    known(c).unwrap_or(FULL)
}

/// Advance in em, if a table has the character. East Asian *ambiguous* characters (`‘ ’ “ ” · …`) have the width that
/// they have in Arial.
fn known(c: char) -> Option<f32> {
    const SOFT_HYPHEN: char = '\u{ad}';
    match c {
        SOFT_HYPHEN => Some(0.0),
        '\u{1100}'..='\u{115f}' | '\u{3131}'..='\u{318e}' | '\u{ac00}'..='\u{d7a3}' => Some(HANGUL),
        '\u{ff61}'..='\u{ffdc}' => Some(HALF),
        _ => match c.width().unwrap_or(0) {
            0 => Some(0.0),
            1 => latin(c),
            _ => Some(FULL),
        },
    }
}

/// Advance in em of a character in Arial.
fn latin(c: char) -> Option<f32> {
    let code = c as u32;
    let after = arimo::BLOCKS.partition_point(|&(first, _)| first <= code);
    let (first, widths) = arimo::BLOCKS.get(after.checked_sub(1)?)?;
    let width = *widths.get((code - first) as usize)?;
    (width > 0).then(|| f32::from(width) / arimo::UNITS_PER_EM)
}
