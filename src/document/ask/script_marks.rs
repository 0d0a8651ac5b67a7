//! Invisible characters that a writing system needs: marks of direction in Arabic, joiners in Persian and emoji, fillers between the letters of Old
//! Korean, tags behind the black flag.

/// Maximum number of bytes examined on each side.
const MAX_BESIDE: usize = 400;

/// Whether the writing around them needs all of the invisible characters `run`, which start at `at` in `text`.
pub fn is_needed(text: &str, run: &str, at: usize) -> bool {
    let first = text.floor_char_boundary(at.saturating_sub(MAX_BESIDE));
    let last = text.floor_char_boundary((at + run.len() + MAX_BESIDE).min(text.len()));
    let before = text.get(first..at).and_then(|head| head.rsplit(['\n', '\r']).next()).unwrap_or("");
    let after = text.get(at + run.len()..last).and_then(|tail| tail.split(['\n', '\r']).next()).unwrap_or("");
    let beside =
        |is: fn(char) -> bool| before.chars().next_back().is_some_and(is) || after.chars().next().is_some_and(is);
    let in_line = |is: fn(char) -> bool| before.contains(is) || after.contains(is);
    run.chars().all(|c| match c {
        '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => {
            in_line(is_right_to_left)
        }
        '\u{200c}' | '\u{200d}' => beside(is_pictured) || in_line(is_of_joined_script),
        '\u{2800}' => in_line(is_braille),
        '\u{e0020}'..='\u{e007f}' => before.ends_with('\u{1f3f4}'),
        // Between Latin letters, it has no effect that readers see.
        '\u{34f}' => beside(|c| c.is_alphabetic() && c >= '\u{370}') || beside(is_combining),
        '\u{115f}' | '\u{1160}' => beside(is_conjoining),
        '\u{17b4}' | '\u{17b5}' => beside(|c| matches!(c, '\u{1780}'..='\u{17ff}')),
        '\u{180e}' => beside(|c| matches!(c, '\u{1800}'..='\u{18af}')),
        '\u{1bca0}'..='\u{1bca3}' => in_line(|c| matches!(c, '\u{1bc00}'..='\u{1bc9f}')),
        '\u{1d173}'..='\u{1d17a}' => in_line(|c| matches!(c, '\u{1d100}'..='\u{1d172}' | '\u{1d17b}'..='\u{1d1ff}')),
        _ => false,
    })
}

/// Hebrew, Arabic, Syriac, Thaana, N'Ko and other scripts that are written from right to left.
fn is_right_to_left(c: char) -> bool {
    let is_in_bmp =
        matches!(c, '\u{590}'..='\u{61b}' | '\u{61d}'..='\u{8ff}' | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{fefc}');
    is_in_bmp || matches!(c, '\u{10800}'..='\u{10fff}' | '\u{1e800}'..='\u{1efff}')
}

/// Arabic, the scripts of India and of South East Asia, Mongolian and others in which joiners change the shape of letters.
fn is_of_joined_script(c: char) -> bool {
    let is_in_bmp = matches!(c, '\u{600}'..='\u{109f}' | '\u{1700}'..='\u{1cff}' | '\u{a800}'..='\u{abff}');
    is_in_bmp || is_right_to_left(c) || matches!(c, '\u{10800}'..='\u{11fff}' | '\u{1e900}'..='\u{1e95f}')
}

/// Emoji, and the selectors of variants behind them.
fn is_pictured(c: char) -> bool {
    matches!(c, '\u{2190}'..='\u{21ff}' | '\u{2300}'..='\u{23ff}' | '\u{25a0}'..='\u{27bf}' | '\u{2b00}'..='\u{2bff}')
        || matches!(c, '\u{fe0f}' | '\u{1f000}'..='\u{1fbff}' | '\u{e0020}'..='\u{e007f}')
}

fn is_braille(c: char) -> bool {
    matches!(c, '\u{2801}'..='\u{28ff}')
}

fn is_combining(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{34e}' | '\u{350}'..='\u{36f}' | '\u{1ab0}'..='\u{1aff}' | '\u{1dc0}'..='\u{1dff}')
}

/// The letters of Korean that compose to syllables.
fn is_conjoining(c: char) -> bool {
    matches!(c, '\u{1100}'..='\u{115e}' | '\u{1161}'..='\u{11ff}' | '\u{a960}'..='\u{a97f}' | '\u{d7b0}'..='\u{d7ff}')
}
