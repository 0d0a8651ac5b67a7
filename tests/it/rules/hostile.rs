//! Hostile input: the time for parsing grows linearly.

use crate::support::growth;
use postlint::document::Document;
use postlint::document::read::{kramdown, markdown, template};
use postlint::document::tree::build::Nowhere;
use postlint::place::Place;
use postlint::place::dialect::{Dialect, Generator};
use postlint::place::flavor::Flavor;
use postlint::source::{Source, Span};
use rayon::prelude::*;
use std::time::Duration;

/// The size of the shorter input in bytes; the longer one is four times as long.
const SIZE: usize = 40_000;

/// The start, the part that is repeated up to the full size, and the end.
const PATTERNS: &[(&str, &str, &str)] = &[
    ("", "{{", ""),
    ("", "{{ a }} ", ""),
    ("", "{%", ""),
    ("", "{% raw %}", ""),
    ("", "{% raw %}\n", ""),
    ("", "{% raw %} endraw ", ""),
    ("", "{% comment %}{{", ""),
    ("", "{% if a %}\n", ""),
    ("", "<{{ a", "}}"),
    ("", "<{{a}}", ""),
    ("", "{{< a", ""),
    ("", "{{< highlight >}}\n", ""),
    ("", "{{% /highlight", ""),
    ("", "{", ""),
    ("", "{'", ""),
    ("", "{\"'`", ""),
    ("", "{/*", ""),
    ("", "{ //", ""),
    ("", "{`${", ""),
    ("", "{\\'", ""),
    ("", "<A b={", ""),
    ("", "<A \"", ""),
    ("", "<A '\"", ""),
    ("", "export const a = {\n\n", ""),
    ("", "import a\n", ""),
    ("", "<div>", ""),
    ("", "<div>\n", ""),
    ("", "<div>\n\n", ""),
    ("", "<p><b>\n\n", ""),
    ("", "<div \"\n", ""),
    ("", "<div '\"\n", ">"),
    ("", "<!--\n", ""),
    ("", "<!--{{a}}", ""),
    ("", "<script>\n", ""),
    ("", "<script>{{a}}", ""),
    ("", "</p>", ""),
    ("", "<br>\n", ""),
    ("", "<", ""),
    ("", "<a ", ""),
    ("", "> ", ""),
    ("", "> ", "<div\n"),
    ("", "> <a\n", ""),
    ("", "* ", ""),
    ("", "- a\n\n", ""),
    ("", "1. ", ""),
    ("", "[", ""),
    ("", "![", ""),
    ("", "![a]", ""),
    ("", "[a](", ""),
    ("[", "](", "&amp;)"),
    ("", "[a](&amp; \"", ""),
    ("", "[a](\\&)", ""),
    ("", "[^a]", ""),
    ("", "[^a]: b\n\n[^a] ", ""),
    ("", "*_", ""),
    ("", "**a", ""),
    ("", "*a **b ", ""),
    ("", "`", ""),
    ("", "a`", "``"),
    ("", "`` ` ", ""),
    ("", "```\n", ""),
    ("", "~~~a\n", ""),
    ("", "|", ""),
    ("|a|b|\n|-|-|\n", "|a|b|\n", ""),
    ("|a|b|\n|-|-|\n", "|`a\\|b`", ""),
    ("", "{: .a}", ""),
    ("", "*a*{: .a}", ""),
    ("", "{: .a}\n", ""),
    ("", "{:", ""),
    ("", "&amp;", ""),
    ("", "&", ""),
    ("", "\\", ""),
    ("", "\0", ""),
    ("", "\r", ""),
    ("", "\t", ""),
    ("", "a\t", ""),
    ("", "# a {#", ""),
    ("", ": a\n", ""),
    ("", "가 ", ""),
];

const PLACES: &[(Generator, Dialect)] = &[
    (Generator::Jekyll, Dialect::Kramdown),
    (Generator::Hugo, Dialect::CommonMark),
    (Generator::Hexo, Dialect::CommonMark),
    (Generator::Plain, Dialect::CommonMark),
    (Generator::Astro, Dialect::Mdx),
    (Generator::Jekyll, Dialect::Html),
];

fn read(source: &str, generator: Generator, dialect: Dialect) -> Duration {
    growth::time(|| {
        let body = Span::of(0..source.len());
        let masked = template::mask(source, body, &Place::new("a.md", generator, dialect));
        if dialect == Dialect::Kramdown {
            kramdown::build(&masked.input(source, body), &kramdown::Options::default(), &mut Nowhere);
        } else {
            markdown::build(&masked.input(source, body), (&Flavor::of(generator), dialect), &mut Nowhere);
        }
    })
}

fn parse(source: &Source, generator: Generator, dialect: Dialect) -> Duration {
    let place = Place::new("a", generator, dialect);
    growth::time(|| {
        let document = Document::parse(source, &place);
        assert!(document.tree.root().descendants().count() > 0);
    })
}

fn slowness((before, pattern, after): (&str, &str, &str), generator: Generator, dialect: Dialect) -> Option<String> {
    growth::superlinear(SIZE, |size| {
        let source = Source::new(format!("{before}{}{after}", pattern.repeat(size / pattern.len())));
        // For nested `<div>`, measure the Markdown parser alone: the time for building the tree grows with the depth
        // until the limit is reached.
        if pattern.starts_with("<div>") {
            read(source.text(), generator, dialect)
        } else {
            parse(&source, generator, dialect)
        }
    })
}

#[test]
fn a_definition_used_by_many_links_is_parsed_once() {
    let blanks = |len: usize| " ".repeat(len);
    let texts: [&dyn Fn(usize) -> String; 4] = [
        &|n| format!("[a]:{}/x\n\n{}", blanks(n / 2), "[a] ".repeat(n / 8)),
        &|n| format!("[a]: /x{}'y'\n\n{}", blanks(n / 2), "[a] ".repeat(n / 8)),
        &|n| (0..n / 26).map(|number| format!("[a{number}]: b\n(c\n\n[a{number}]\n\n")).collect(),
        // The apparent end of each link is inside code, and the link's title extends beyond it.
        &|n| "[`](\\&amp; \"`](&amp; 'c') ".repeat(n / 27),
    ];
    for (index, text) in texts.into_iter().enumerate() {
        for (generator, dialect) in [(Generator::Hugo, Dialect::CommonMark), (Generator::Jekyll, Dialect::Kramdown)] {
            let slow = growth::superlinear(SIZE, |size| parse(&Source::new(text(size)), generator, dialect));
            assert_eq!(slow, None, "text {index} for {generator}");
        }
    }
}

#[test]
fn nothing_is_slow() {
    // Without templates, the generators differ only in their Markdown.
    let matters =
        |pattern: &str, generator| pattern.contains('{') || matches!(generator, Generator::Jekyll | Generator::Astro);
    let cases: Vec<_> = PATTERNS.iter().flat_map(|&case| PLACES.iter().map(move |&place| (case, place))).collect();
    let slow: Vec<_> = cases
        .into_par_iter()
        .filter(|&((_, pattern, _), (generator, _))| matters(pattern, generator))
        .filter_map(|(case, (generator, dialect))| Some((case, dialect, slowness(case, generator, dialect)?)))
        .collect();
    assert!(slow.is_empty(), "{slow:#?}");
}
