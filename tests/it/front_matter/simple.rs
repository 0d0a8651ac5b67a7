//! Front matter that is parsed without the parser of all YAML gives what that parser gives.

use postlint::document::read::front_matter::FrontMatter;
use postlint::place::dialect::Generator;
use postlint::source::Source;
use proptest::prelude::*;

/// The entries after the first line, with all their spans. `None` if the front matter is not valid.
fn entries(first: &str, inside: &str) -> Option<Vec<String>> {
    let source = Source::new(format!("---\n{first}\n{inside}---\n"));
    let front_matter = FrontMatter::parse(&source, Generator::Hugo);
    let block = front_matter.block()?;
    let entries = block.mapping.entries.iter().skip(1);
    block.problem.is_none().then(|| entries.map(|entry| format!("{entry:?}")).collect())
}

/// Lines as in front matter, and some that only look like it.
fn lines() -> impl Strategy<Value = String> {
    let starts = [
        "a: ",
        "title: ",
        "b:",
        "- ",
        "  - ",
        " ",
        "  ",
        "# ",
        "",
        "c-d_1.e: ",
        "? ",
        "'q': ",
        "date: ",
        "tags:\n",
        "  e: ",
        "  f:",
        "    g: ",
        "  - h: ",
        "    - ",
        "- i: ",
        "    # ",
        "  - j:",
        "  -  k: ",
        "l: &m ",
        "n: *",
        "o: >\n  ",
        "p: |-\n    ",
        "q: >-\n ",
        "r: |\n    a\n",
        "  s: >-\n    a\n    b\n",
    ];
    let values = [
        "x",
        "서울 시장",
        "a b",
        "2024-01-01",
        "\"a\"",
        "'b'",
        "\"a\\\"b\"",
        "'it''s'",
        "[a, b]",
        "[\"a\", 'b', ]",
        "[]",
        "[ ]",
        "[a, [b]]",
        "{a: b}",
        "{a: [b, c], d: {e: 'f'}}",
        "{a}",
        "{ }",
        "{a:b}",
        "{a: }",
        "{a: b,, c: d}",
        "[http://a.b, c]",
        "[a:]",
        "[\"a\":b]",
        "{a: b:c}",
        "[a b, 서울]",
        "{a: - b}",
        "[ a ,b ]",
        "[a]]",
        "http://a.b/c",
        "a: b",
        "a:",
        "a #b",
        "a#b",
        "-1",
        "-",
        "- x",
        ">",
        "&m",
        "&m b",
        "& b",
        "&m 'b'",
        "&m &n c",
        "&m *m",
        "*m",
        "*m b",
        "*서울",
        "|",
        "| # a",
        ">2",
        ">-\n  a\n\n  b",
        ">-\n  a\n\n\n  b",
        "|\n  a\n   b\n\n",
        "|\n  a\n\n  b\n",
        ">\n  # a\n  b: c\n  - d",
        ">\n  a \n  b",
        ">\n\n  a",
        ">-\n  서울\n  시장\n\n\n",
        "|-\na",
        "|",
        "~",
        "*a",
        "&a b",
        "!t b",
        "%",
        "@a",
        "`a`",
        "=",
        ".5",
        "/a",
        "\"a\" b",
        "\"a\" # b",
        "[a] b",
        "[a, b",
        "",
        " ",
        "\"",
        "'",
        "a\u{a0}b",
        "\u{a0}",
        "\u{2028}",
        "\t",
        "x\ty",
        "🎉",
        "a, b",
        "[a: b]",
        "[#a]",
        "[a #b]",
        "? a",
        ",",
        "...",
        "---",
        "\\n",
        "\"'\"",
        "'\"'",
        "a\r",
    ];
    let line =
        (prop::sample::select(starts.to_vec()), prop::sample::select(values.to_vec()), prop::bool::weighted(0.1));
    let line = line.prop_map(|(start, value, has_cr)| format!("{start}{value}{}", if has_cr { "\r\n" } else { "\n" }));
    prop::collection::vec(line, 1..9).prop_map(|lines| lines.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 4000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn both_ways_to_parse_give_the_same(inside in lines()) {
        // Only the parser of all YAML knows tags.
        prop_assert_eq!(entries("zzz: abcde x", &inside), entries("zzz: !!str x", &inside));
    }
}
