//! Hostile input: the parser never panics, spans are valid, and the time grows linearly.

use crate::support::growth;
use crate::support::kramdown_support::pieces::PIECES;
use crate::support::kramdown_support::render_body;
use postlint::document::read::html::{Constructor, Mode};
use postlint::document::read::kramdown::{Options, build};
use postlint::document::tree::build::Input;
use postlint::source::Span;
use proptest::prelude::*;
use std::time::Duration;

fn check(source: &str) {
    let (_, faults) = render_body(&Options::default(), source, Span::new(0, source.len() as u32));
    assert!(faults.is_empty(), "{faults:?}\n{source:?}");
}

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

/// Openings that make a naive parser search ahead again for each repetition.
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
    "- a\n{:toc}\n\n# b\n\n",
    "- a[^1]\n{:footnotes}\n\n[^1]: b\n\n",
    "*a*{:.b}",
    "*a*{:.b}{:.c}",
    "[*a*{:.b}](c){:.d}",
    "$$a$${:.b}",
    "$$a$$^\n",
    "<script>a</script>{:.b}",
    "- <div>\n\ta\n",
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
    "<!-- a -->",
    "<div/>",
    "<hr>",
    "<div></div>",
    "<p/><!-- a -->x <!-- b -->",
    "<http://a.b/>",
    "{::comment}x{:/comment}\n",
    "{::nomarkdown}x{:/}",
    "*a*{:.b} {: c ",
    "{:.b}\n",
    "> <p/><!-- a -->",
];

#[test]
fn superlinear_growth_is_detected() {
    let took = |milliseconds: usize| Duration::from_millis(milliseconds as u64);
    assert_eq!(growth::superlinear(100, took), None);
    assert!(growth::superlinear(100, |size| took(size * size / 100)).is_some());
}

#[test]
fn time_grows_linearly_with_repetition() {
    let slow = REPEATED.iter().filter_map(|case| {
        let text = |len: usize| format!("{}\n", case.repeat(len / case.len()));
        Some((case, slowness(40_000, text)?))
    });
    let slow: Vec<_> = slow.collect();
    assert!(slow.is_empty(), "{slow:#?}");
}

/// The times at two sizes, if the time for parsing grows faster than linearly.
fn slowness(size: usize, text: impl Fn(usize) -> String) -> Option<String> {
    growth::superlinear(size, |size| {
        let text = text(size);
        growth::time(|| check(&text))
    })
}

#[test]
fn time_grows_linearly_with_wide_tables_and_many_references() {
    let texts: [&dyn Fn(usize) -> String; 11] = [
        &|n| format!("{}\n{}", "a|".repeat(n), "|a\n".repeat(n)),
        &|n| format!("{{:a: {}}}\n\n{}", "a ".repeat(n / 4), "*b*{:a}\n".repeat(n / 4)),
        &|n| format!("{}\n{}", "{:a: .b c=\"d\"}\n".repeat(n / 4), "*b*{:a}\n".repeat(n / 4)),
        &|n| (0..n).map(|number| format!("*[a{number}]: b\n")).chain(["a7 ".repeat(n * 4)]).collect(),
        &|n| (0..n).map(|number| format!("x[^{number}]\n\n[^{number}]: y\n\n")).collect(),
        &|n| format!("[a]: {}\n\"c\n", "b ".repeat(n * 8)),
        &|n| format!("[a]: {}\n", "b 'c ".repeat(n * 4)),
        &|n| format!("[a]: {}\"\n", "b 'c ".repeat(n * 4)),
        &|n| format!("|{}\n", "<code>|".repeat(n * 3)),
        &|n| format!("b\n{}", (0..n * 2).map(|number| format!("{{:k{number}=\"v\"}}\n")).collect::<String>()),
        &|n| format!("[a]: /x\n{}\n{}", "{:.b}\n".repeat(n * 2), "[a]. ".repeat(n * 2)),
    ];
    for (index, text) in texts.into_iter().enumerate() {
        assert_eq!(slowness(3_000, text), None, "text {index}");
    }
}

#[test]
fn time_grows_linearly_with_backticks_and_broken_tables() {
    let texts: [&dyn Fn(usize) -> String; 3] = [
        &|n| (1..n / 10).rev().map(|len| "`".repeat(len) + " ").collect(),
        &|n| format!("|{}\n", (1..n / 10).rev().map(|len| "`".repeat(len) + "|").collect::<String>()),
        &|n| format!("{}z\n", "x|y\n{:.d|e}\n{:a: b|c}\n{:.d|e}\n".repeat(n)),
    ];
    for (index, text) in texts.into_iter().enumerate() {
        // The runs of lengths 1 to n together have a length proportional to n².
        let size = |n: usize| if index < 2 { (n as f64 * 3_000.0).sqrt() as usize } else { n };
        assert_eq!(slowness(3_000, |n| text(size(n))), None, "text {index}");
    }
}

/// The number of bytes in all attribute values of a post's tree.
fn attribute_bytes(source: &str) -> usize {
    let body = Span::new(0, source.len() as u32);
    let mut builder = Constructor::new(source, source, Mode::Fragment);
    build(&Input::plain(source, body), &Options::default(), &mut builder);
    let tree = builder.finish(body.end, Vec::new());
    tree.elements().flat_map(|element| element.attributes()).map(|attribute| attribute.value().len()).sum()
}

/// Definitions that are used many times: the text before the long part of the definition, the text after it, and one
/// use.
const REFERRED: &[(&str, &str, &str)] = &[
    ("[a]: /x \"", "\"\n\n", "[a]. "),
    ("[a]: /x \"&amp;", "\"\n\n", "[a]\n\n"),
    ("[a]: /", "\n\n", "![b][a]. "),
    ("[a]: /x\n{: title=\"", "\"}\n\n", "[a]. "),
    ("*[HT]: ", "\n\n", "HT "),
    ("*[HT]: x\n{: title=\"", "\"}\n\n", "HT "),
    ("{:a: title=\"", "\"}\n\n", "*b*{:a}\n"),
    ("{:a: .", "}\n\n", "b\n{:a}\n\n"),
    ("{:a: .b .", "}\n{:b: a a}\n{:c: b b}\n\n", "*b*{:c}\n"),
    ("- a\n{:toc #", "}\n\n", "# b\n"),
];

#[test]
fn expanded_references_have_a_limited_size() {
    for (definition, end, used) in REFERRED {
        let text = |len: usize, uses: usize| format!("{definition}{}{end}{}", "t".repeat(len), used.repeat(uses));
        let hostile = text(60_000, 2_000);
        let bytes = attribute_bytes(&hostile);
        assert!(bytes < 8 * hostile.len() + (2 << 20), "{bytes} bytes of {definition:?} for {}", hostile.len());
        // A definition of ordinary length must be inserted at every use.
        let bytes = attribute_bytes(&text(500, 1_000));
        assert!(bytes >= 500_000, "{bytes} bytes of {definition:?}");
    }
}

#[test]
fn deep_nesting_becomes_text() {
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
