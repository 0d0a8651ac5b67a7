//! `text-mojibake`: text that was decoded in the wrong encoding and saved again.

use crate::document::Document;
use crate::document::ask::prose::Code;
use crate::rule::{Check, Context, Finding, Wants};
use crate::source::{Span, holds};
use regex::Regex;
use serde::Deserialize;
use std::sync::LazyLock;

/// Reports one finding per file: if one character was decoded wrongly, most were.
#[derive(Deserialize)]
pub struct TextMojibake {}

/// The characters of windows-1252 for the bytes 0x80 to 0x9F.
const WINDOWS_1252: &str = "€\u{81}‚ƒ„…†‡ˆ‰Š‹Œ\u{8d}Ž\u{8f}\u{90}‘’“”•–—˜™š›œ\u{9d}žŸ";

/// Matches UTF-8 that was decoded as windows-1252, and U+FFFD, including its bytes decoded as EUC-KR (`占쏙옙`).
static BROKEN: LazyLock<Option<Regex>> = LazyLock::new(|| {
    let later = format!("[\u{80}-\u{bf}{WINDOWS_1252}]");
    let pattern = format!(
        "\u{fffd}+|占쏙옙|ï»¿|ï¿½|â€[\u{80}-\u{9f}¦¢œ™˜”“]|Ã[\u{80}-\u{bf}]|Â[\u{a0}©®°·±²³½¼]|(?:[ÐÑ]{later}){{3,}}|(?:[ã-í]{later}{{2}}){{2,}}"
    );
    Regex::new(&pattern).ok()
});

impl Check for TextMojibake {
    fn wants(&self) -> Wants {
        Wants::Document
    }

    fn document(&self, context: &mut Context<'_>, document: &Document<'_>) {
        let text = document.source.text();
        if !may_be_broken(text) {
            return;
        }
        let Some(broken) = BROKEN.as_ref() else { return };
        let (mut code, mut data) = (None, None);
        let mut found = broken.find_iter(text).filter(|found| is_broken(text, found.range())).filter(|found| {
            let code = code.get_or_insert_with(|| Code::of(&document.tree));
            let data = data.get_or_insert_with(|| data_attributes(document));
            !code.holds(found.start() as u32) && !holds(data, found.start() as u32)
        });
        let Some(first) = found.next() else { return };
        let more = found.count();
        let written: String = first.as_str().chars().take(8).collect();
        let message = match decoded(first.as_str()) {
            Some(meant) => {
                format!(
                    "`{written}` was `{}` before it was decoded with the wrong encoding",
                    meant.trim_end_matches('\u{fffd}')
                )
            }
            None => format!("`{written}` replaces text that was lost in decoding"),
        };
        let help = match more {
            0 => None,
            1 => Some("copy the text from its source again as UTF-8: one more place is affected".to_owned()),
            more => Some(format!("copy the text from its source again as UTF-8: {more} more places are affected")),
        };
        let span = Span::of(first.range());
        context.report(Finding { message: Some(message), help, ..Finding::of_post(span) });
    }
}

/// The attributes with data for scripts, such as the code that a button copies, in source order.
fn data_attributes(document: &Document<'_>) -> Vec<Span> {
    let all = document.tree.elements().flat_map(|element| element.attributes());
    let mut spans: Vec<Span> = all.filter(|it| it.name().starts_with("data-")).filter_map(|it| it.span()).collect();
    spans.sort_unstable_by_key(|span| span.start);
    spans
}

/// A cheap check that returns false for most posts: every match begins with U+FFFD, `占`, or a letter of Latin-1 from
/// `À` on (lead byte 0xC3) followed by a character outside ASCII.
fn may_be_broken(text: &str) -> bool {
    let bytes = text.as_bytes();
    let begins = |at: usize| match bytes.get(at..at + 3) {
        Some([0xc3, _, next]) => !next.is_ascii(),
        Some(letter) => letter == "\u{fffd}".as_bytes() || letter == "占".as_bytes(),
        None => false,
    };
    memchr::memchr3_iter(0xc3, 0xe5, 0xef, bytes).any(begins)
}

/// Whether a match is mojibake. A short one like `Ã©` in `MAÇÃ©` may be the end of a word in capitals; a longer one
/// must decode as UTF-8.
fn is_broken(text: &str, range: std::ops::Range<usize>) -> bool {
    let found = text.get(range.clone()).unwrap_or("");
    let before = text.get(..range.start).and_then(|head| head.chars().next_back());
    match found.chars().next() {
        Some('Ã' | 'Â') => !before.is_some_and(char::is_uppercase),
        Some('Ð' | 'Ñ' | 'ã'..='í') => decoded(found).is_some(),
        _ => true,
    }
}

/// Decodes text whose UTF-8 bytes were decoded as windows-1252.
fn decoded(broken: &str) -> Option<String> {
    let byte = |c: char| match u32::from(c) {
        code @ 0..=0xff => Some(code as u8),
        _ => WINDOWS_1252.chars().position(|known| known == c).map(|at| 0x80 + at as u8),
    };
    let bytes: Vec<u8> = broken.chars().take(60).map(byte).collect::<Option<_>>()?;
    let text = String::from_utf8(bytes).ok().filter(|text| !text.contains(['\u{fffd}', '\u{feff}']))?;
    (text.chars().count() < broken.chars().count()).then_some(text)
}
