//! Hostile input: no panic on any bytes, spans that hold, and time that grows with the input.
#![allow(clippy::unwrap_used)]

mod kramdown_support;

use kramdown_support::render_body;
use postlint::document::kramdown::Options;
use postlint::source::Span;
use proptest::prelude::*;
use std::time::{Duration, Instant};

fn check(source: &str) {
    let (_, faults) = render_body(&Options::default(), source, Span::new(0, source.len() as u32));
    assert!(faults.is_empty(), "{faults:?}\n{source:?}");
}

/// Pieces that mean something to kramdown.
const PIECES: &[&str] = &[
    "\n",
    "\n\n",
    " ",
    "    ",
    "\t",
    "\r\n",
    "\r",
    "> ",
    "- ",
    "1. ",
    "# ",
    "* ",
    "```\n",
    "~~~\n",
    "|",
    "---",
    "===",
    ":",
    ": ",
    "<div>",
    "</div>",
    "<div markdown=\"1\">",
    "<p markdown=\"span\">",
    "<b>",
    "</b>",
    "<br/>",
    "<!--",
    "-->",
    "<script>",
    "<a href=\"",
    "\">",
    "<",
    ">",
    "&amp;",
    "&",
    "{:",
    "}",
    "{: .a}",
    "{:toc}",
    "{::comment}",
    "{:/}",
    "{::nomarkdown}",
    "[",
    "]",
    "](",
    ")",
    "![",
    "[x]: u",
    "[^1]",
    "[^1]: ",
    "*[A]: b",
    "A",
    "*",
    "**",
    "_",
    "__",
    "`",
    "``",
    "$$",
    "~~",
    "\"",
    "'",
    "\\",
    "^\n",
    "가",
    "é",
    "\u{feff}",
    "\0",
    "😀",
    "...",
    "<<",
    ">>",
    "{% x %}",
    "{#a}",
    "[ ] ",
];

proptest! {
    #![proptest_config(ProptestConfig { cases: 2000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_pieces(indexes in prop::collection::vec(0..PIECES.len(), 0..60)) {
        check(&indexes.into_iter().map(|index| PIECES[index]).collect::<String>());
    }

    #[test]
    fn any_text(source in "\\PC{0,200}") {
        check(&source);
    }

    #[test]
    fn any_body(source in "[-*>#`|:<a\n\t {}가]{0,60}", start in 0usize..20, end in 0usize..60) {
        let floor = |at: usize| (0..=at.min(source.len())).rev().find(|&at| source.is_char_boundary(at)).unwrap();
        let (start, end) = (floor(start), floor(end));
        if start <= end {
            let (_, faults) = render_body(&Options::default(), &source, Span::of(start..end));
            prop_assert!(faults.is_empty(), "{:?}", faults);
        }
    }
}

/// Openings that, repeated, make a careless parser look ahead again and again.
#[rustfmt::skip]
const REPEATED: &[&str] = &[
        "> ",
        "- ",
        "1. ",
        "*a ",
        "**a ",
        "_a ",
        "*a **b ",
        "[",
        "![",
        "[a](",
        "[a](<",
        "[a](b \"",
        "`",
        "` a ``",
        "<b>",
        "<div>",
        "<a x=\"",
        "<!--",
        "<?",
        "&",
        "$$",
        "~~a",
        "{:",
        "{::comment}\n",
        "{: a",
        "\\",
        "\"",
        "'",
        "|",
        "a|\n",
        "`|\n",
        "<code>|",
        "<b>|\n",
        "```\n~~~\n",
        "```a\n",
        "````a\n```b\n",
        ": ",
        "a\n: ",
        "[a]: b\n",
        "[a]: b \"c\n",
        "[a]: b 'c \"d ",
        "*[a]: b\n",
        "[^a]: b\n",
        "x[^a]\n\n[^a]: y\n",
        "- a\n  - b\n",
        "> a\n> > b\n",
        "<div markdown=\"1\">\n",
        "<p markdown=\"1\">",
        "</div>",
        "</b>",
        "_",
        "*",
        "***",
        "__",
        "\t",
        "- \t",
        "-\n",
        "<b>*a",
        "*a<b>",
        "*a[",
        "[*a",
        "[*a]",
        "*[a](b",
        "~~*a",
        "a_",
        "]",
        "a]",
        "[a][",
        "((((",
        "<div><p>",
        "# a {#\n",
        "{:toc}\n- a\n\n# b\n",
        "$$ a\n\n",
        "^\n",
        "\r",
        "| a\n- b\n",
        "*a\n",
        "<http:",
        "a@",
        "<a@",
        "<x.",
        "&#",
        "..",
        "{:a:",
        "- - ",
        "-\t-\t",
        "1. - ",
        "> - ",
        "* * a\n",
];

#[test]
fn time_grows_with_the_input() {
    let mut slow = Vec::new();
    for case in REPEATED {
        let time = |len: usize| {
            let source = format!("{}\n", case.repeat(len / case.len()));
            let start = Instant::now();
            check(&source);
            start.elapsed()
        };
        let (short, long) = (time(20_000), time(160_000));
        // Eight times the input: linear time with room for a loaded machine; quadratic time is 64 times.
        if long > Duration::from_millis(400) && long > short * 24 {
            slow.push(format!("{case:?}: {short:?} {long:?}"));
        }
        if long > Duration::from_secs(6) {
            slow.push(format!("{case:?}: {long:?}"));
        }
    }
    assert!(slow.is_empty(), "{slow:#?}");
}

#[test]
fn wide_tables_and_many_references_stay_small() {
    let start = Instant::now();
    check(&format!("{}\n{}", "a|".repeat(20_000), "|a\n".repeat(20_000)));
    check(&format!("{{:a: {}}}\n\n{}", "a ".repeat(2_000), "*b*{:a}\n".repeat(2_000)));
    check(&format!("{}\n{}", "{:a: .b c=\"d\"}\n".repeat(2_000), "*b*{:a}\n".repeat(2_000)));
    check(&(0..5_000).map(|number| format!("*[a{number}]: b\n")).chain(["a7 ".repeat(20_000)]).collect::<String>());
    check(&(0..5_000).map(|number| format!("x[^{number}]\n\n[^{number}]: y\n\n")).collect::<String>());
    assert!(start.elapsed() < Duration::from_secs(30), "{:?}", start.elapsed());
}

#[test]
fn deep_nesting_ends_in_text() {
    for depth in [10, 64, 200, 3000] {
        check(&format!("{}x\n", "> ".repeat(depth)));
        check(&format!("{}x\n", "- ".repeat(depth)));
        check(&(0..depth.min(300)).map(|level| format!("{}- x\n", "  ".repeat(level))).collect::<String>());
        check(&format!("{}x\n", "<div markdown=\"1\">\n".repeat(depth)));
        check(&format!("{}x\n", "<div>".repeat(depth)));
        check(&format!("a {}x\n", "<b>".repeat(depth)));
        check(&format!("{}x\n", "<p markdown=\"block\">\n> ".repeat(depth)));
    }
}
