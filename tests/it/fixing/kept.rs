//! What is proved of edits: everything outside of their reach is the same.

use postlint::document::Document;
use postlint::document::edit::kept::{Loss, Reach};
use postlint::edit::Edit;
use postlint::place::Place;
use postlint::place::dialect::{Dialect, Generator};
use postlint::source::{Source, Span};

/// What is lost if `old` is replaced by `new` in a post. What the fix is about is between `⟦` and `⟧`.
fn loss(marked: &str, edits: &[(&str, &str)], renests: bool) -> Option<Loss> {
    let (start, end) = (marked.find('⟦').unwrap(), marked.find('⟧').unwrap() - '⟦'.len_utf8());
    let text = marked.replace(['⟦', '⟧'], "");
    let source = Source::new(&*text);
    let place = Place::new("_posts/2024-06-01-a.md", Generator::Jekyll, Dialect::Kramdown);
    let document = Document::parse(&source, &place);
    let edit = |(old, new): &(&str, &str)| {
        assert_eq!(text.matches(old).count(), 1, "{old}");
        let at = text.find(old).unwrap();
        Edit { span: Span::of(at..at + old.len()), text: (*new).to_owned() }
    };
    let mut edits: Vec<Edit> = edits.iter().map(edit).collect();
    edits.sort_by_key(|edit| edit.span);
    let reach = Reach::new(&edits, renests, [Span::of(start..end)]);
    document.after(&edits, |after| reach.loss(&document, after)).unwrap().1
}

#[track_caller]
fn keeps(marked: &str, edits: &[(&str, &str)]) {
    assert_eq!(loss(marked, edits, false), None, "{marked}");
}

#[track_caller]
fn loses_body(marked: &str, edits: &[(&str, &str)]) {
    assert_eq!(loss(marked, edits, false), Some(Loss::Body), "{marked}");
}

#[test]
fn edits_inside_of_the_span_keep_the_rest() {
    keeps("One.\n\n⟦<p>&nbsp;</p>⟧\n\nTwo.\n", &[("<p>&nbsp;</p>\n\n", "")]);
    keeps("<a href=\"/\" rel=\"⟦dofollow⟧\">home</a>\n", &[(" rel=\"dofollow\"", "")]);
    keeps("A ⟦** text **⟧ here.\n", &[("** text **", "**text**")]);
    keeps("![a](⟦http://a.example/x y.png⟧)\n", &[("x y", "x%20y")]);
    keeps("![a](⟦http⟧://a.example/x.png) and *more*\n", &[("http:", "https:")]);
}

#[test]
fn what_the_edits_do_not_replace_is_compared() {
    loses_body("One *two ⟦<b>⟧* three</b>\n", &[("<b>", "")]);
    loses_body("<a href=\"/\" ⟦rel⟧=\"x\" title=y>home</a>\n", &[("rel=\"x\" ", "rel=\"x")]);
    loses_body("One ⟦x⟧\n\n## Two\n", &[("x\n\n", "x ")]);
}

#[test]
fn a_missing_blank_line_is_noticed() {
    loses_body("- one\n\n⟦<p>&nbsp;</p>⟧\n\n- two\n", &[("\n<p>&nbsp;</p>\n\n", "")]);
    loses_body("One\n\n⟦<p>&nbsp;</p>⟧\n\nTwo\n", &[("\n\n<p>&nbsp;</p>\n\n", "\n")]);
}

#[test]
fn another_nesting_is_noticed() {
    loses_body("<div>\n<p>⟦<i>one</i>⟧ two</p>\n<p>three</p>\n</div>\n\nFour.\n", &[("one</i>", "one</i><div>")]);
    loses_body("A ⟦*⟧one two* three *four*\n", &[("*one", "one")]);
    let unclosed = "<p><b>one ⟦<b>⟧ two</p>\n\n<p>three</p>\n";
    loses_body(unclosed, &[("one <b>", "one </b>")]);
    assert_eq!(loss(unclosed, &[("one <b>", "one </b>")], true), None);
}

#[test]
fn whitespace_counts_in_preformatted_text_only() {
    keeps("One ⟦a⟧  two\n", &[("One a", "One")]);
    let marked = "One ⟦x⟧\n\n    a  b\n";
    loses_body(marked, &[("x\n\n    a", "x\n    a")]);
}

#[test]
fn keys_outside_of_the_span_keep_their_values() {
    let post = |front: &str| format!("---\n{front}---\n\nText.\n");
    let front = post("title: ⟦A: b⟧\nnext: 1\n");
    // The front matter could not be parsed before; then only what is behind the edits has to be the same.
    assert_eq!(loss(&front, &[("A: b", "\"A: b\"")], false), None);
    let sound = post("title: ⟦yes⟧\nnext: 1\nlast: [a]\n");
    assert_eq!(loss(&sound, &[("yes", "\"yes\"")], false), None);
    assert_eq!(loss(&sound, &[("yes\n", "\"yes\n")], false), Some(Loss::FrontMatter(None)));
    assert_eq!(loss(&sound, &[("yes\nnext", "yes\n next")], false), Some(Loss::FrontMatter(None)));
    assert_eq!(loss(&sound, &[("yes", "yes\nlast: [b]")], false), None, "a key may be added");
    let key = |name: &str| Some(Loss::FrontMatter(Some(name.to_owned())));
    assert_eq!(loss(&post("a: &x ⟦1⟧\nb: *x\nc: 3\n"), &[("&x 1", "1")], false), key("b"));
}
