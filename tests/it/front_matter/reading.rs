//! Parsing of front matter: fences, values with their spans, types, problems.
use Generator::{Astro, Eleventy, Hexo, Hugo, Jekyll, Plain};
use postlint::document::read::front_matter::types::{Engine, Resolved, resolve};
use postlint::document::read::front_matter::value::{Data, Kind, Style, Value};
use postlint::document::read::front_matter::{Block, Format, FrontMatter};
use postlint::place::dialect::Generator;
use postlint::source::{Source, Span};

/// Parses `text` and passes its front matter to `look`.
fn with_block<T>(text: &str, generator: Generator, look: impl FnOnce(&Source, &Block<'_>) -> T) -> T {
    let source = Source::new(text);
    let front_matter = FrontMatter::parse(&source, generator);
    match front_matter.block() {
        Some(block) => look(&source, block),
        None => panic!("no front matter in {text:?} for {generator}: {front_matter:?}"),
    }
}

/// The front matter that a file starts with, as `FORMAT KEYS | BODY`, `unclosed FENCE` or `missing`.
fn start(text: &str, generator: Generator) -> String {
    let source = Source::new(text);
    match FrontMatter::parse(&source, generator) {
        FrontMatter::Missing => "missing".to_owned(),
        FrontMatter::Unclosed { fence } => format!("unclosed {}", source.slice(fence)),
        FrontMatter::Present(block) => {
            let keys: Vec<&str> = block.mapping.entries.iter().filter_map(|entry| entry.name()).collect();
            format!("{} {} | {}", block.format.as_str(), keys.join(","), &text[block.span.end as usize..])
        }
    }
}

/// The source text of a value, the same with its anchor and tag, and the parsed text.
fn value_of(text: &str, key: &str) -> (String, String, String) {
    with_block(text, Jekyll, |source, block| {
        let value = &block.mapping.get(key).unwrap().value;
        let slice = |span: Span| source.slice(span).to_owned();
        (slice(value.span), slice(value.full_span), value.text().unwrap_or("-").to_owned())
    })
}

fn strings(parts: (&str, &str, &str)) -> (String, String, String) {
    (parts.0.to_owned(), parts.1.to_owned(), parts.2.to_owned())
}

// ---- fences ----

#[test]
fn jekylls_front_matter_is_what_its_regex_matches() {
    assert_eq!(start("---\ntitle: 서울\n---\n본문", Jekyll), "YAML title | 본문");
    assert_eq!(start("---  \ntitle: a\n---\t\nb", Jekyll), "YAML title | b");
    assert_eq!(start("---\ntitle: a\n...\nb", Jekyll), "YAML title | b");
    assert_eq!(start("---\r\ntitle: a\r\n---\r\nb", Jekyll), "YAML title | b");
    assert_eq!(start("\u{feff}---\ntitle: a\n---\nb", Jekyll), "YAML title | b");
    assert_eq!(start("---\n---\nb", Jekyll), "YAML  | b");
    assert_eq!(start("---\ntitle: a\n---", Jekyll), "YAML title | ");
    assert_eq!(start("---\ntitle: a\n--- x\n---\nb", Jekyll), "YAML title | b");
    assert_eq!(start("\n---\ntitle: a\n---\nb", Jekyll), "missing");
    assert_eq!(start("---yaml\ntitle: a\n---\nb", Jekyll), "missing");
    assert_eq!(start("+++\ntitle = 'a'\n+++\nb", Jekyll), "missing");
    assert_eq!(start("---\rtitle: a\r---\rb", Jekyll), "missing");
    assert_eq!(start("", Jekyll), "missing");
    assert_eq!(start("---", Jekyll), "missing");
}

#[test]
fn a_thematic_break_is_not_an_unclosed_fence() {
    for generator in Generator::ALL {
        assert_eq!(start("---\n\nSome prose: with a colon.\n", generator), "missing", "{generator}");
        assert_eq!(start("---\ntitle: 서울\nimage: /a.png\n\n본문\n", generator), "unclosed ---", "{generator}");
        assert_eq!(start("본문\n\n---\n\n본문\n", generator), "missing", "{generator}");
        assert_eq!(start("제목\n---\n\n본문\n", generator), "missing", "{generator}");
    }
    assert_eq!(start("---\n\nprose\n\n---\n\nprose\n", Plain), "missing");
}

#[test]
fn every_generator_has_specific_fences() {
    assert_eq!(start("\n\n---\ntitle: a\n---\nb", Hugo), "YAML title | b");
    assert_eq!(start("+++\ntitle = 'a'\n+++\nb", Hugo), "TOML title | b");
    assert_eq!(start("+++\ntitle = 'a'\n\nb", Hugo), "unclosed +++");
    assert_eq!(start("\n+++\ntitle = 'a'\n+++   \nb", Generator::Zola), "TOML title | b");
    assert_eq!(start("{\"title\": \"}\", \"n\": {}}\nb", Hugo), "JSON title,n | b");
    assert_eq!(start("{\"title\": \"a\"\n\nb", Hugo), "unclosed {");
    assert_eq!(start("{{< figure src=\"a.png\" >}}\n", Hugo), "missing");
    assert_eq!(start("\n+++\ntitle = 'a'\n+++\nb", Astro), "TOML title | b");
    assert_eq!(start("---\ntitle: a\n---b", Astro), "YAML title | b");
    assert_eq!(start("---json\n{\"title\": \"a\"}\n---\nb", Eleventy), "JSON title | b");
    assert_eq!(start("----\ntitle: a\n---\nb", Eleventy), "missing");
    assert_eq!(start("title: a\ndate: 2024-07-30\n---\nb", Hexo), "YAML title,date | b");
    assert_eq!(start("\"title\": \"a\",\n\"n\": 1\n;;;\nb", Hexo), "missing");
    assert_eq!(start(";;;\n\"title\": \"a\",\n\"n\": 1\n;;;\nb", Hexo), "JSON title,n | b");
    assert_eq!(start("-----\ntitle: a\n-----\nb", Hexo), "YAML title | b");
    assert_eq!(start("+++\ntitle = 'a'\n+++\nb", Plain), "TOML title | b");
    assert_eq!(start("---\rtitle: a\r---\rb", Plain), "YAML title | b");
}

#[test]
fn javascript_front_matter_is_not_parsed() {
    with_block("---js\n{ title: 'a' }\n---\nb", Eleventy, |_, block| {
        assert_eq!(block.format, Format::JavaScript);
        assert!(!block.is_readable() && block.problem.is_none() && block.mapping.entries.is_empty());
    });
}

#[test]
fn the_spans_of_a_block_contain_its_parts() {
    for text in ["---\ntitle: 서울\n# 주석\n---\n본문", "\u{feff}---\r\ntitle: 서울\r\n# 주석\r\n---\r\n본문"]
    {
        with_block(text, Jekyll, |source, block| {
            assert_eq!(source.slice(block.fence), "---");
            assert_eq!(
                source.slice(block.content).trim_end(),
                source.slice(block.content).replace("---", "").trim_end()
            );
            assert!(source.slice(block.span).trim_end().ends_with("---"));
            assert_eq!(source.text()[block.span.end as usize..], *"본문");
            assert_eq!(block.comments.iter().map(|span| source.slice(*span)).collect::<Vec<_>>(), ["# 주석"]);
        });
    }
}

// ---- values ----

#[test]
fn spans_contain_their_values() {
    let text = "---\na: 서울 시장\nb: '인용'\nc: \"x\\ty\"\nd: !!str &name 1 # 주석\ne:\n  - 정치\n  - 경제\nf: [정치, 경제]\n\
                g:\n- 하나\n- 둘\nh: *name\ni:\nj: {k: v}\n---\n";
    let expected = [
        ("a", ("서울 시장", "서울 시장", "서울 시장")),
        ("b", ("'인용'", "'인용'", "인용")),
        ("c", ("\"x\\ty\"", "\"x\\ty\"", "x\ty")),
        ("d", ("1", "!!str &name 1", "1")),
        ("e", ("- 정치\n  - 경제", "- 정치\n  - 경제", "-")),
        ("f", ("[정치, 경제]", "[정치, 경제]", "-")),
        ("g", ("- 하나\n- 둘", "- 하나\n- 둘", "-")),
        ("h", ("*name", "*name", "-")),
        ("i", ("", "", "")),
        ("j", ("{k: v}", "{k: v}", "-")),
    ];
    for (key, parts) in expected {
        assert_eq!(value_of(text, key), strings(parts), "{key}");
    }
    with_block(text, Jekyll, |source, block| {
        for entry in &block.mapping.entries {
            assert_eq!(source.text().as_bytes()[entry.separator.unwrap() as usize], b':');
        }
        let absent = &block.mapping.get("i").unwrap();
        assert_eq!(absent.value.span, Span::empty(absent.separator.unwrap() + 1));
        assert_eq!(source.slice(block.mapping.get("d").unwrap().span()), "d: !!str &name 1");
    });
}

#[test]
fn the_span_of_a_block_scalar_is_its_text() {
    for end in ["\n", "\r\n"] {
        let lines = ["---", "a: >", "  첫 줄", "  둘째 줄", "", "b: |-  # why", "  글", "c: >", "d: |+", "", "---", ""];
        let text = lines.join(end);
        let folded = format!("첫 줄{end}  둘째 줄");
        assert_eq!(value_of(&text, "a"), strings((&folded, &format!(">{end}  {folded}"), "첫 줄 둘째 줄\n")));
        assert_eq!(value_of(&text, "b"), strings(("글", &format!("|-  # why{end}  글"), "글")));
        assert_eq!(value_of(&text, "c").0, "");
        assert_eq!(value_of(&text, "d"), strings(("", "|+", "\n")));
    }
}

#[test]
fn keys_are_in_source_order_and_the_last_one_wins() {
    let text = "---\ntitle: one\n\"title\": two\nnested:\n  a: 1\n  b: 2\n  a: 3\n1: x\n\"1\": y\nlist:\n- k: 1\n  k: 2\n---\n";
    with_block(text, Jekyll, |source, block| {
        assert_eq!(block.mapping.get("title").unwrap().value.text(), Some("two"));
        let found: Vec<_> = block
            .duplicates()
            .iter()
            .map(|twice| (twice.name, source.slice(twice.first), source.slice(twice.later), twice.later.start))
            .collect();
        let at = |needle: &str| text.rfind(needle).unwrap() as u32;
        assert_eq!(
            found,
            [
                ("title", "title", "\"title\"", at("\"title\"")),
                ("a", "a", "a", at("a: 3")),
                ("k", "k", "k", at("k: 2"))
            ]
        );
    });
}

#[test]
fn aliases_and_merges_are_resolved() {
    with_block("---\na: &x 1\nb: *x\nc: *nope\n<<: {d: 1}\n---\n", Jekyll, |_, block| {
        let defined = |key: &str| match &block.mapping.get(key).unwrap().value.data {
            Data::Alias { defined, .. } => *defined,
            other => panic!("{other:?}"),
        };
        assert!(defined("b") && !defined("c") && block.mapping.has_merge());
    });
}

#[test]
fn front_matter_may_not_be_a_mapping() {
    with_block("---\n그냥 글\n---\n", Jekyll, |source, block| {
        assert_eq!(source.slice(block.other.as_ref().unwrap().span), "그냥 글");
    });
    with_block("---\n# 주석만\n---\n", Jekyll, |_, block| assert!(block.other.is_none() && block.problem.is_none()));
}

#[test]
fn toml_keeps_keys_values_and_types() {
    let text = "+++\ntitle = \"서울\"\ndate = 2024-07-30\nn = 1_000\ntags = ['a', \"b\"]\na.b = true\n[params]\nx = 0x1F\n\
                [[menu]]\nname = 'm'\n+++\n";
    with_block(text, Hugo, |source, block| {
        assert!(block.problem.is_none());
        let names: Vec<_> = block.mapping.entries.iter().map(|entry| entry.name().unwrap()).collect();
        assert_eq!(names, ["title", "date", "n", "tags", "a", "params", "menu"]);
        let value = |key: &str| &block.mapping.get(key).unwrap().value;
        assert_eq!(source.slice(value("title").span), "\"서울\"");
        assert_eq!(value("title").text(), Some("서울"));
        assert_eq!(value("date").as_scalar().unwrap().style, Style::Typed(Kind::Date));
        assert_eq!(value("n").resolve(Engine::Core), Some(Resolved::Int(1000)));
        assert_eq!(source.slice(value("tags").span), "['a', \"b\"]");
        let inner = value("params").as_mapping().unwrap().get("x").unwrap();
        assert_eq!(inner.value.resolve(Engine::Core), Some(Resolved::Int(31)));
        assert_eq!(value("menu").as_sequence().unwrap().len(), 1);
        assert_eq!(source.text().as_bytes()[inner.separator.unwrap() as usize], b'=');
    });
}

#[test]
fn toml_errors_leave_the_other_keys() {
    with_block("+++\ntitle = 한글\nimage = '/a.png'\n+++\n", Hugo, |source, block| {
        let problem = block.problem.as_ref().unwrap();
        assert_eq!(source.slice(problem.span), "한글");
        assert_eq!(problem.label, "text needs quotes in TOML");
        assert_eq!(block.mapping.get("image").unwrap().value.text(), Some("/a.png"));
    });
    let dots = "a.".repeat(50_000);
    for deep in [
        format!("{dots}x = 1"),
        format!("[{dots}x]"),
        format!("x = {{{dots}x = 1}}"),
        format!("x = {}", "[".repeat(50_000)),
    ] {
        with_block(&format!("+++\n{deep}\n+++\n"), Hugo, |_, block| {
            assert_eq!(block.problem.as_ref().unwrap().label, "this is nested too deeply");
        });
    }
}

#[test]
fn json_keeps_keys_values_and_types() {
    let text = "{\n  \"title\": \"서울 \\\"시장\\\"\",\n  \"draft\": false,\n  \"n\": 1.5,\n  \"x\": null\n}\n본문";
    with_block(text, Hugo, |source, block| {
        assert!(block.problem.is_none());
        let value = |key: &str| &block.mapping.get(key).unwrap().value;
        assert_eq!(value("title").text(), Some("서울 \"시장\""));
        assert_eq!(source.slice(value("title").span), "\"서울 \\\"시장\\\"\"");
        assert_eq!(value("draft").resolve(Engine::Core), Some(Resolved::Bool(false)));
        assert_eq!(value("n").resolve(Engine::Core), Some(Resolved::Float(1.5)));
        assert!(value("x").is_blank(Engine::Core));
    });
    with_block(";;;\n\"title\": \"서울\",\n\"n\": 1\n;;;\n", Hexo, |source, block| {
        let title = block.mapping.get("title").unwrap();
        assert_eq!((source.slice(title.key.span), source.slice(title.value.span)), ("\"title\"", "\"서울\""));
    });
    with_block("{\n  \"title\": \"a\",\n}\n", Hugo, |source, block| {
        let problem = block.problem.as_ref().unwrap();
        assert_eq!(problem.label, "a comma before a closing bracket");
        assert_eq!(source.slice(problem.span), "}");
        assert!(block.mapping.get("title").is_some());
    });
}

#[test]
fn hexo_replaces_tabs_by_spaces() {
    let text = "---\ntags:\n\t- 정치\n\t- 경제\n---\n";
    with_block(text, Hexo, |source, block| {
        assert!(block.problem.is_none());
        let tags: Vec<_> = block.mapping.get("tags").unwrap().value.as_sequence().unwrap().to_vec();
        assert_eq!(tags.iter().map(|tag| source.slice(tag.span)).collect::<Vec<_>>(), ["정치", "경제"]);
    });
    with_block(text, Jekyll, |_, block| assert!(block.problem.is_some()));
}

// ---- types ----

#[test]
fn each_engine_has_its_own_types() {
    use Resolved::{Bool, Float, Int, Null, String, Symbol};
    let table = [
        ("yes", Bool(true), Bool(true), String, String),
        ("oFF", Bool(false), Bool(false), String, String),
        ("y", String, String, String, String),
        ("~", Null, Null, Null, Null),
        ("010", Int(8), Int(8), Int(10), Int(10)),
        ("0o10", String, String, Int(8), Int(8)),
        ("1,000", Int(1000), Int(1000), String, String),
        ("10,20", Int(1020), Int(1020), String, String),
        ("12:30", Float(750.0), Float(750.0), String, String),
        ("1e3", String, String, Float(1000.0), Float(1000.0)),
        ("1.5e+3", Float(1500.0), Float(1500.0), Float(1500.0), Float(1500.0)),
        (":foo", String, Symbol, String, String),
        ("서울", String, String, String, String),
        ("-", String, String, String, String),
        ("2024-02-30", String, String, resolve("2024-02-30", Engine::JsYaml), String),
        ("2024-07-30 10:00 +0900", String, String, String, String),
    ];
    for (text, jekyll, psych, js, core) in table {
        assert_eq!(resolve(text, Engine::Jekyll), jekyll, "{text} in Jekyll");
        assert_eq!(resolve(text, Engine::Psych), psych, "{text} in Psych");
        assert_eq!(resolve(text, Engine::JsYaml), js, "{text} in js-yaml");
        assert_eq!(resolve(text, Engine::Core), core, "{text} in the core schema");
    }
    assert!(matches!(resolve("2024-02-30", Engine::JsYaml), Resolved::Date(date) if !date.exists()));
    assert!(matches!(resolve("2024-07-30", Engine::Jekyll), Resolved::Date(date) if date.exists()));
}

#[test]
fn times_know_their_zone() {
    let seoul = resolve("2024-07-30 10:00:00 +0900", Engine::Jekyll);
    let utc = resolve("2024-07-30T01:00:00Z", Engine::Jekyll);
    let bare = resolve("2024-07-30 01:00:00", Engine::Jekyll);
    let (Resolved::Time(seoul), Resolved::Time(utc), Resolved::Time(bare)) = (seoul, utc, bare) else {
        panic!("not three times");
    };
    assert_eq!((seoul.offset, utc.offset, bare.offset), (Some(540), Some(0), None));
    assert_eq!(seoul.unix_seconds(), 1_722_301_200);
    assert_eq!((utc.unix_seconds(), bare.unix_seconds()), (1_722_301_200, 1_722_301_200));
    assert_eq!(resolve("2024-07-30 10:00:00 +0900", Engine::JsYaml), Resolved::String);
}

#[test]
fn blank_is_absent_null_or_empty() {
    let text = "---\na:\nb: ''\nc: '  '\nd: []\ne: null\nf: 0\ng: false\nh: x\n---\n";
    with_block(text, Jekyll, |_, block| {
        let blank = |value: &Value<'_>| value.is_blank(Engine::Jekyll);
        let found: String =
            block.mapping.entries.iter().filter(|entry| blank(&entry.value)).filter_map(|entry| entry.name()).collect();
        assert_eq!(found, "abcde");
    });
}

// ---- problems ----

/// The source text of a problem's span, its label, and the suggested quoted value.
fn problem(yaml: &str) -> (String, String, Option<String>) {
    with_block(&format!("---\n{yaml}\nimage: /a.png\n---\n"), Jekyll, |source, block| {
        let problem = block.problem.as_ref().unwrap();
        let kept = block.mapping.get("image").map(|entry| source.slice(entry.value.span));
        assert_eq!(kept, Some("/a.png"), "{yaml}");
        let quoted = problem.quoted.as_ref().map(|(_, text)| text.clone());
        (source.slice(problem.span).to_owned(), problem.label.clone(), quoted)
    })
}

#[test]
fn problems_have_the_span_of_their_cause() {
    let cases = [
        ("title: [속보] 서울시장 방문", "[", "`[` starts a list here", Some("\"[속보] 서울시장 방문\"")),
        ("title: '인용' 뒤", "뒤", "text after the closing quote", Some("\"'인용' 뒤\"")),
        ("title: \"속보\" 방문 'x'", "방문 'x'", "text after the closing quote", Some("'\"속보\" 방문 ''x'''")),
        ("title: 'don't do it'", "t do it'", "text after the closing quote", Some("\"don't do it\"")),
        ("title: Rust: the parts", ":", "a colon and a space inside an unquoted value", Some("\"Rust: the parts\"")),
        ("title: 왜 그런가:", ":", "a colon at the end of an unquoted value", Some("\"왜 그런가:\"")),
        ("title: @handle says", "@", "an unquoted value cannot start with `@`", Some("\"@handle says\"")),
        ("title: `code` first", "`", "an unquoted value cannot start with a backtick", Some("\"`code` first\"")),
        ("title: *강조* 제목", "*", "`*` refers to an anchor here", Some("\"*강조* 제목\"")),
        ("title: | 파이프", "|", "`|` starts a block of text here", Some("\"| 파이프\"")),
        ("title: - 대시", "-", "`-` starts a list item here", Some("\"- 대시\"")),
        ("title: {{ a }} b", "{{", "`{{` opens a mapping here, not a template", Some("\"{{ a }} b\"")),
        ("title: \"열린 따옴표", "\"", "this quote is never closed", Some("\"열린 따옴표\"")),
        ("tags:\n\t- 정치", "\t", "this line is indented with a tab", None),
        ("title:제목", ":", "no space after this colon", None),
        ("title: a\n둘째 줄", "둘째 줄", "this line has no `key:`", None),
        ("title:\u{a0}제목\nb: 1", "\u{a0}", "not a regular space", None),
        ("a: 1\n b: 2", " ", "indented differently from the lines above", None),
        ("a: x\u{1}y", "\u{1}", "an invisible character (U+0001)", None),
        ("a: x\u{fffe}y", "\u{fffe}", "an invisible character (U+FFFE)", None),
        ("a: |\n\ttab", "\t", "this line is indented with a tab", None),
        ("tags: [a, b", "[", "`[` starts a list here", Some("\"[a, b\"")),
    ];
    for (yaml, bytes, label, quoted) in cases {
        let expected = (bytes.to_owned(), label.to_owned(), quoted.map(str::to_owned));
        assert_eq!(problem(yaml), expected, "{yaml}");
    }
}

#[test]
fn quoting_the_suggested_value_fixes_the_file() {
    let text = "---\r\nlayout: post\r\ntitle: [속보] 서울: 방문\r\ntags:\r\n  - 정치\r\n---\r\n본문\r\n";
    let (span, quoted) = with_block(text, Jekyll, |source, block| {
        let (span, quoted) = block.problem.as_ref().unwrap().quoted.clone().unwrap();
        assert_eq!(source.slice(span), "[속보] 서울: 방문");
        let keys: Vec<_> = block.mapping.entries.iter().map(|entry| entry.name().unwrap()).collect();
        assert_eq!(keys, ["layout", "title", "tags"]);
        assert_eq!(block.mapping.get("tags").unwrap().value.as_sequence().unwrap().len(), 1);
        (span, quoted)
    });
    let mut mended = text.to_owned();
    mended.replace_range(span.range(), &quoted);
    with_block(&mended, Jekyll, |_, block| {
        assert!(block.problem.is_none());
        assert_eq!(block.mapping.get("title").unwrap().value.text(), Some("[속보] 서울: 방문"));
    });
}

#[test]
fn a_possible_comment_prevents_quoting() {
    let (.., quoted) = problem("title: [속보] 서울 # 주석일까");
    assert_eq!(quoted, None);
}
