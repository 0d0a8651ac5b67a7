//! Text widths as in search results.

use postlint::width::{cells, fits, is_measurable, pixels};

/// The expected width, from Arial's own metrics with 2048 units per em.
fn arial(units: u32, size: f32) -> f32 {
    units as f32 / 2048.0 * size
}

#[test]
fn latin_is_as_wide_as_in_arial() {
    assert_eq!(pixels("A", 20.0), arial(1366, 20.0));
    assert_eq!(pixels("il", 14.0), arial(455 + 455, 14.0));
    assert_eq!(pixels("Ж", 20.0), arial(1891, 20.0));
    assert_eq!(pixels("", 20.0), 0.0);
}

#[test]
fn ambiguous_punctuation_is_not_full_width() {
    assert_eq!(pixels("‘’", 20.0), arial(455 + 455, 20.0));
    assert_eq!(pixels("…", 20.0), arial(2048, 20.0));
    assert_eq!(pixels("·", 20.0), arial(682, 20.0));
}

#[test]
fn east_asian_letters_are_full_width() {
    assert_eq!(pixels("한글", 10.0), 18.8);
    assert_eq!(pixels("漢かカ！", 10.0), 40.0);
    assert_eq!(pixels("ｶﾅ", 10.0), 10.0);
}

#[test]
fn decomposed_hangul_is_as_wide_as_composed() {
    assert_eq!(pixels("\u{1112}\u{1161}\u{11ab}", 10.0), pixels("한", 10.0));
}

#[test]
fn combining_marks_and_invisible_characters_have_no_width() {
    assert_eq!(pixels("e\u{301}", 20.0), pixels("e", 20.0));
    assert_eq!(pixels("\u{200b}\u{feff}\u{ad}", 20.0), 0.0);
}

#[test]
fn a_korean_title_of_28_characters_fits() {
    let title = "‘협력관계’ 복원이란 오세훈과 베이징 시장의 만남!";
    let width = pixels(title, 20.0);
    assert!((410.0..=442.0).contains(&width), "{width}");
    assert_eq!(fits(title, 20.0, 600.0), 28);
}

#[test]
fn text_that_fits_ends_before_the_limit() {
    assert_eq!(fits("한글한글", 10.0, 28.2), 3);
    assert_eq!(fits("한글한글", 10.0, 28.1), 2);
    assert_eq!(fits("한글한글", 10.0, 0.0), 0);
}

#[test]
fn scripts_without_known_widths_are_not_measured() {
    assert!(is_measurable("서울과 Beijing, 東京"));
    assert!(is_measurable("done ✔ and dusted"));
    assert!(!is_measurable("الجانب القانوني"));
    assert!(!is_measurable("अपने प्रोजेक्ट के लिए"));
}

#[test]
fn cells_are_counted_as_in_a_terminal() {
    assert_eq!(cells("ab"), 2);
    assert_eq!(cells("한글"), 4);
    assert_eq!(cells("e\u{301}"), 1);
}
