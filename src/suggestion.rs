//! The known word that an unknown one was probably meant to be.

use unicode_normalization::UnicodeNormalization;

/// The candidate most like `word`, when it is like enough to be what was meant.
pub fn nearest<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    // Letters are compared, not syllables: in Hangul one wrong vowel would otherwise be half a word.
    let letters = |text: &str| text.nfd().collect::<String>();
    let word = letters(word);
    let score = |candidate: &str| strsim::jaro_winkler(&word, &letters(candidate));
    let scored = candidates.into_iter().map(|candidate| (score(candidate), candidate));
    // clap asks 0.7 of its own suggestions; rule names share many letters, so a little more is asked here.
    scored.filter(|(score, _)| *score > 0.8).max_by(|a, b| a.0.total_cmp(&b.0)).map(|(_, candidate)| candidate)
}

/// The candidate that is fewest slips of the finger from `word`, if these are at most a third of its characters. For
/// names of files: those of posts begin alike, so that [`nearest`] would take one day's post for another's.
pub fn slip<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let most = word.chars().count() / 3;
    let counted = candidates.into_iter().map(|candidate| (strsim::damerau_levenshtein(word, candidate), candidate));
    counted.filter(|(slips, _)| *slips <= most).min().map(|(_, candidate)| candidate)
}
