//! Input made to be slow or to break something: 200 KB of it is read in well under a second, unoptimised.
#![allow(clippy::unwrap_used, clippy::panic, clippy::print_stderr)]

use postlint::document::dialect::{Dialect, Generator};
use postlint::document::{Document, Place};
use postlint::source::Source;
use std::time::{Duration, Instant};

const SIZE: usize = 200_000;
const LIMIT: Duration = Duration::from_secs(1);

/// Each is repeated to the full size, after the first part and before the last.
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

#[test]
fn nothing_is_slow() {
    let mut slow = Vec::new();
    for (before, pattern, after) in PATTERNS {
        let size: usize = std::env::var("SIZE").ok().and_then(|s| s.parse().ok()).unwrap_or(SIZE);
        let source = Source::new(format!("{before}{}{after}", pattern.repeat(size / pattern.len())));
        for &(generator, dialect) in PLACES {
            let place = Place::new("a", generator, dialect);
            let start = Instant::now();
            let document = Document::parse(&source, &place);
            let time = start.elapsed();
            assert!(document.tree.root().descendants().count() > 0);
            if time > std::env::var("MS").map_or(LIMIT, |s| Duration::from_millis(s.parse().unwrap())) {
                eprintln!("{time:?} for {before:?}{pattern:?}{after:?} in {generator:?}, {dialect:?}");
                slow.push(pattern);
            }
        }
    }
    assert!(slow.is_empty(), "{slow:?}");
}
