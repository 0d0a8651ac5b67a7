//! Edits and fixes: which lines a removal includes, and what a fix may contain.

use postlint::diagnostic::{Fix, Safety};
use postlint::edit::{Edit, lines};
use postlint::source::Span;

fn of(text: &str, word: &str) -> Span {
    let start = text.find(word).unwrap();
    Span::of(start..start + word.len())
}

fn without(text: &str, removed: Span) -> String {
    Edit::apply(text, &[Edit { span: removed, text: String::new() }]).unwrap()
}

#[test]
fn removing_a_block_removes_one_blank_line() {
    for (text, after) in [
        ("a\n\nX\n\nb\n", "a\n\nb\n"),
        ("a\nX\n \nb\n", "a\nb\n"),
        ("a\n\t\r\n  X \r\nb", "a\nb"),
        ("X", ""),
        ("a X b\n", "a  b\n"),
    ] {
        assert_eq!(without(text, lines::block(text, of(text, "X"))), after, "{text:?}");
    }
}

#[test]
fn removing_a_suppression_keeps_a_blank_line() {
    for (text, after) in [
        ("a\n\nX\n\nb\n", "a\n\nb\n"),
        ("a\nX\n\nb\n", "a\n\nb\n"),
        ("a\r\n\r\n  X\r\nb", "a\r\n\r\nb"),
        ("X\n\nb", "b"),
        ("a X b\n", "a b\n"),
        ("aX b\n", "a b\n"),
    ] {
        assert_eq!(without(text, lines::suppression(text, of(text, "X"))), after, "{text:?}");
    }
}

#[test]
fn removing_an_entry_removes_its_comment() {
    let text = "a: 1\r\nX: 2 # b\r\nc: 3\r\n";
    assert_eq!(without(text, lines::entry(text, of(text, "X: 2")).unwrap()), "a: 1\r\nc: 3\r\n");
    let text = "{a: 1, X: 2}\n";
    assert_eq!(lines::entry(text, of(text, "X: 2")), None);
}

#[test]
fn the_edits_of_a_fix_are_sorted_and_fit_the_text() {
    let edit = |start: u32, end: u32| Edit { span: Span::new(start, end), text: "-".to_owned() };
    let fix = |edits: &[Edit]| Fix::new("a", Safety::Safe, edits);
    assert_eq!(fix(&[edit(4, 5), edit(0, 1)]).edits(), [edit(0, 1), edit(4, 5)]);
    for (edits, is_applicable) in [
        (vec![edit(0, 2), edit(2, 2), edit(2, 5)], true),
        (vec![edit(0, 2), edit(1, 3)], false),
        (vec![edit(5, 6)], false),
        (vec![edit(2, 3)], false),
    ] {
        let fix = fix(&edits);
        assert_eq!(fix.is_applicable("ab글"), is_applicable, "{edits:?}");
        assert_eq!(Edit::apply("ab글", fix.edits()).is_some(), is_applicable, "{edits:?}");
    }
}
