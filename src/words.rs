//! Helpers for messages: formatted numbers, and suggestions for unknown words.

use unicode_normalization::UnicodeNormalization;

/// Maximum length in bytes of a word that is compared with others: the time is proportional to the product of both
/// lengths.
const LONGEST: usize = 256;

/// The candidate most similar to `word`, if it is similar enough to be the intended word. Of equally similar ones, the
/// first.
pub fn nearest<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    if word.len() > LONGEST {
        return None;
    }
    // Compare letters and not syllables: in Hangul, one wrong vowel would otherwise count as half a word.
    let letters = |text: &str| text.nfd().collect::<String>();
    let word = letters(word);
    let score = |candidate: &str| strsim::jaro_winkler(&word, &letters(candidate));
    let short = candidates.into_iter().filter(|candidate| candidate.len() <= LONGEST);
    let scored = short.map(|candidate| (score(candidate), candidate));
    // clap requires a similarity of 0.7 for its suggestions. Rule names have many letters in common, so require more.
    let close = scored.filter(|(score, _)| *score > 0.8);
    close.reduce(|best, next| if next.0 > best.0 { next } else { best }).map(|(_, candidate)| candidate)
}

/// The candidate with the fewest typos, if these are at most a third of the characters of `word`. For file names, which
/// often have the same date or prefix: [`nearest`] would suggest the post of another day.
pub fn slip<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    if word.len() > LONGEST {
        return None;
    }
    let characters = word.chars().count();
    let most = characters / 3;
    // Each typo makes a word longer or shorter by one character at most.
    let is_as_long = |candidate: &str| candidate.chars().count().abs_diff(characters) <= most;
    let short = candidates.into_iter().filter(|candidate| candidate.len() <= LONGEST && is_as_long(candidate));
    let counted = short.map(|candidate| (strsim::damerau_levenshtein(word, candidate), candidate));
    counted.filter(|(slips, _)| *slips <= most).min().map(|(_, candidate)| candidate)
}

/// Formats `n` with commas as thousands separators.
pub fn thousands(n: usize) -> String {
    let digits = n.to_string();
    let mut shown = String::with_capacity(digits.len() + digits.len() / 3);
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            shown.push(',');
        }
        shown.push(digit);
    }
    shown
}

/// Formats `n` with a noun whose plural ends in `s`: `1 post`, `1,024 posts`.
pub fn counted(n: usize, noun: &str) -> String {
    format!("{} {noun}{}", thousands(n), if n == 1 { "" } else { "s" })
}

/// The sum, saturated at the largest number.
pub fn total(counts: impl IntoIterator<Item = usize>) -> usize {
    counts.into_iter().fold(0, usize::saturating_add)
}

/// The first 30 characters of a text, with `…` if there are more.
pub fn shortened(text: &str) -> String {
    match text.char_indices().nth(30) {
        Some((at, _)) => format!("{}…", text.get(..at).unwrap_or(text).trim_end()),
        None => text.to_owned(),
    }
}
