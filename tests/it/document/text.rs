//! Text in the forms in which it is compared and shown.

use postlint::text::{Scripts, comparable, count_words, plain};
use regex::Regex;

#[test]
fn comparison_ignores_normal_form_and_whitespace() {
    assert_eq!(comparable("  <b>서울</b>\n  시장 "), "서울 시장");
    assert_eq!(comparable("\u{1112}\u{1161}\u{11ab}"), "한");
    assert_eq!(comparable("ＳＥＯ\u{3000}１２"), "SEO 12");
}

#[test]
fn text_that_is_not_a_tag_is_kept() {
    assert_eq!(comparable("1 < 2 > 1"), "1 < 2 > 1");
    assert_eq!(comparable("a <b c"), "a <b c");
    assert_eq!(comparable("<!-- x -->y</p>"), "y");
}

#[test]
fn markdown_markers_are_removed() {
    assert_eq!(plain("The [market](https://example.com) is **wide** awake."), "The market is wide awake.");
    assert_eq!(plain("**서울**은\n<br>넓다"), "서울은 넓다");
    assert_eq!(plain("# Market\n\nAt four."), "Market At four.");
    assert_eq!(plain("![Fish](a.png)"), "");
}

#[test]
fn words_are_separated_by_any_whitespace() {
    let long = "a bc\td\n".repeat(300);
    let unseparated = "x".repeat(1000);
    for text in
        ["", " ", "a", " a", "a ", "a  b", "a\u{a0}b\u{3000}c", "a\u{b}b", "서울 시장", "“a” b", &long, &unseparated]
    {
        assert_eq!(count_words(text), text.split_whitespace().count(), "{text:?}");
        assert_eq!(count_words(&text.repeat(51)), text.repeat(51).split_whitespace().count(), "{text:?}");
    }
}

#[test]
fn letters_are_counted_by_script() {
    let scripts = Scripts::of("서울 Seoul 東京, カナ 12!");
    assert_eq!(scripts, Scripts { letters: 11, hangul: 2, kana: 2, han: 2 });
    assert!(scripts.east_asian(50));
    assert!(!scripts.east_asian(60));
    assert!(!Scripts::of("12!").east_asian(0));
}

#[test]
fn scripts_of_letters_are_those_of_unicode() {
    let letters = |of: &str| Regex::new(&format!(r"[\p{{Alphabetic}}&&[{of}]]")).unwrap();
    let hangul = letters(r"\p{scx=Hangul}");
    let kana = letters(r"\p{scx=Hiragana}\p{scx=Katakana}");
    // Unlike Unicode, postlint does not count `〼` as Han: it occurs between kana.
    let han = letters(r"\p{scx=Han}--〼");
    // The Unicode version of `regex` may be older than that of the standard library.
    let unassigned = Regex::new(r"\p{Unassigned}").unwrap();
    for c in '\0'..=char::MAX {
        let text = c.to_string();
        let counted = Scripts::of(&text);
        assert_eq!(counted.letters, usize::from(c.is_alphabetic()), "U+{:04X}", u32::from(c));
        let expected = [&hangul, &kana, &han].map(|script| usize::from(script.is_match(&text)));
        let is_so = [counted.hangul, counted.kana, counted.han] == expected;
        assert!(is_so || unassigned.is_match(&text), "U+{:04X}", u32::from(c));
    }
}
