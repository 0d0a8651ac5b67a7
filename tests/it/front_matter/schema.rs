//! Validation of front matter: declared fields, profiles and JSON Schema files, with the span of every finding.

use crate::support::blog::{Blog, stderr, stdout};
use crate::support::{demands, oracle};
use postlint::config::profile::PROFILES;
use postlint::config::{parse, read_schema};
use postlint::diagnostic::Level;
use postlint::document::Document;
use postlint::document::read::front_matter::value::Entry;
use postlint::place::Place;
use postlint::place::dialect::{Dialect, Generator};
use postlint::schema::{Demands, Violation};
use postlint::site::pages::ListedSite;
use postlint::source::Source;
use std::process::Command;
use std::sync::Arc;

/// The violations in `post` for one item of the config's `front-matter:`.
fn declared(item: &str, post: &str) -> Vec<(String, Violation)> {
    let config = format!("front-matter:\n  - {}\n", item.trim().replace('\n', "\n    "));
    let (config, problems) = parse(&Source::new(config));
    assert!(problems.is_empty(), "{problems:#?}");
    let place = Place::new("_posts/a.md", Generator::Jekyll, Dialect::Kramdown);
    violations(post, &place, &demands(&config))
}

fn by_schema(schema: &str, post: &str) -> Vec<(String, Violation)> {
    let place = Place::new("a.md", Generator::Astro, Dialect::CommonMark);
    let mut demands = Demands::default();
    demands.add(&[], &[Arc::new(read_schema(&Source::new(schema)).unwrap())]);
    violations(post, &place, &demands)
}

fn violations(post: &str, place: &Place, demands: &Demands) -> Vec<(String, Violation)> {
    let source = Source::new(format!("---\n{post}\n---\n"));
    let document = Document::parse(&source, place);
    let found = demands.violations(&document).into_iter();
    found.map(|violation| (source.slice(violation.span).to_owned(), violation)).collect()
}

#[track_caller]
fn assert_places(found: &[(String, Violation)], want: &[(&str, &str)]) {
    let got: Vec<(&str, &str)> =
        found.iter().map(|(at, violation)| (at.as_str(), violation.message.as_str())).collect();
    assert_eq!(got, want);
}

#[test]
fn wrong_values_are_marked_at_the_value_and_items_at_the_item() {
    let fields = "fields:\n  title: {max-length: 3, type: string}\n  categories: {list: true, one-of: [news, travel], max: 1}\n  \
                  weight: {type: integer, min: 1, max: 9}\n  slug: {pattern: \"^[a-z]+$\"}\n  url: {format: uri}";
    let post = "title: abcd\ncategories: [news, travl]\nweight: 10\nslug: A b\nurl: nowhere";
    assert_places(
        &declared(fields, post),
        &[
            ("abcd", "`title` has too many characters: 4"),
            ("[news, travl]", "`categories` has too many items: 2"),
            ("travl", "`travl` is not an allowed value of `categories[1]`"),
            ("10", "`weight` is not an allowed number"),
            ("A b", "`slug` does not match the required pattern"),
            ("nowhere", "`url` is not a URL with a scheme (`https:`)"),
        ],
    );
    let suggestion = declared(fields, post).into_iter().find(|(at, _)| at == "travl").unwrap();
    assert_eq!(suggestion.1.help.unwrap(), "did you mean `travel`?");
}

#[test]
fn a_value_of_the_wrong_type_is_reported_with_the_type_it_has() {
    let found = declared("fields: {title: {type: string}, tags: {list: true}}", "title: 0755\ntags: a b");
    assert_places(
        &found,
        &[("0755", "`title` is a whole number here, not text"), ("a b", "`tags` is text here, not a list")],
    );
    assert_eq!(found[0].1.help.as_deref(), Some("quote it to keep it verbatim"));
}

#[test]
fn fixes_quote_a_number_and_write_the_nearest_value() {
    let fields = "fields: {title: {type: string}, tags: {list: true, one-of: [정치, 경제, \"a b\"]}}";
    let found = declared(fields, "title: 0755\ntags: [경재, 'a c', zzz]");
    let fixed: Vec<Option<&str>> =
        found.iter().map(|(_, violation)| violation.fix.as_ref().map(|fix| fix.edits()[0].text.as_str())).collect();
    assert_eq!(fixed, [Some("\"0755\""), Some("경제"), Some("\"a b\""), None]);
}

#[test]
fn a_condition_may_require_a_key() {
    let fields = "fields: {works_on: {required: {when: {product: gateway}}}}";
    assert_places(&declared(fields, "product: gateway"), &[("---", "missing required key `works_on`")]);
    assert_places(&declared(fields, "product: gateway\nworks_on:"), &[("---", "missing required key `works_on`")]);
    assert_places(&declared(fields, "product: gateway\nworks_on: a"), &[]);
    assert_places(&declared(fields, "product: mesh"), &[]);
}

#[test]
fn conditions_include_the_sites_defaults() {
    let (config, _) = parse(&Source::new(
        "front-matter: [{fields: {source: {required: {when: {layout: review, stars: 3}}}, layout: {one-of: [x]}}}]",
    ));
    let mut place = Place::new("_posts/a.md", Generator::Jekyll, Dialect::Kramdown);
    let demands = demands(&config);
    let mut found = |layout: &str, post: &str| {
        place.defaults = vec![("layout".into(), layout.into()), ("stars".into(), 3.into())];
        violations(post, &place, &demands)
            .into_iter()
            .map(|(at, violation)| format!("{at} {}", violation.message))
            .collect::<Vec<_>>()
    };
    assert_eq!(found("review", "title: A"), ["--- missing required key `source`"]);
    assert_eq!(found("post", "title: A"), [""; 0]);
    assert_eq!(found("review", "layout: x"), [""; 0], "the post has the last word");
    assert_eq!(found("review", "stars: 4"), [""; 0]);
}

#[test]
fn texts_must_differ_and_times_must_have_a_zone() {
    let fields = "fields: {feature_text: {differs-from: excerpt}, date: {type: date, offset: required}}";
    let found = declared(fields, "excerpt: the  same\nfeature_text: the same\ndate: 2024-07-30 10:00:00");
    assert_places(
        &found,
        &[("the same", "`feature_text` repeats `excerpt`"), ("2024-07-30 10:00:00", "`date` has no time zone")],
    );
    for date in ["2024-07-30", "2024-07-30 10:00:00 +0900", "2024-07-30 10:00 +0900", "2024-07-30T10:00:00Z"] {
        assert_places(&declared(fields, &format!("date: {date}")), &[]);
    }
    assert_places(&declared(fields, "date: 2024-02-30"), &[("2024-02-30", "`date` is not a date (`2024-07-30`)")]);
    assert_places(&declared("fields: {title: {max-width: 600}}", &format!("title: {}", "가".repeat(30))), &[]);
    assert_eq!(declared("fields: {title: {max-width: 600}}", &format!("title: {}", "가".repeat(40))).len(), 1);
}

#[test]
fn a_date_is_what_its_generator_parses() {
    let fields = "fields: {date: {type: date, offset: required}}";
    let zoned = ["Jul 08 2022", "2013/7/13", "Tue, 30 Jul 2024 10:00:00 GMT", "30 July 2024", "2024.07.30"];
    for date in zoned {
        assert_places(&declared(fields, &format!("date: {date}")), &[]);
    }
    for date in ["2013/7/13 20:46:25", "Tue Jul 30 2024 10:00"] {
        assert_places(&declared(fields, &format!("date: {date}")), &[(date, "`date` has no time zone")]);
    }
    for date in ["yesterday", "Jul 45 2022", "2024", "2013/13/13", "2024/7/30 25:00"] {
        assert_eq!(declared(fields, &format!("date: '{date}'")).len(), 1, "{date}");
    }
}

#[test]
fn keys_of_hugo_are_case_insensitive() {
    let text = "front-matter: [{extends: hugo, fields: {linkTitle: {type: string, max-length: 3}, a: {required: {when: {b: c}}}}, \
                unknown: warn}]";
    let (config, _) = parse(&Source::new(text));
    let demands = demands(&config);
    let found = |generator: Generator, post: &str| {
        let place = Place::new("a.md", generator, Dialect::CommonMark);
        violations(post, &place, &demands).into_iter().map(|(at, _)| at).collect::<Vec<_>>()
    };
    assert_eq!(found(Generator::Hugo, "linktitle: long\nB: c\nA: d"), ["long"]);
    assert_eq!(found(Generator::Hugo, "B: c"), ["---"]);
    assert_eq!(found(Generator::Jekyll, "linktitle: long\nB: c"), [""; 0]);
}

#[test]
fn templates_aliases_and_broken_front_matter_are_skipped() {
    let fields = "fields: {title: {type: integer}, tags: {list: true, min: 3}}";
    assert_places(&declared(fields, "title: \"{{ site.title }}\"\ntags: [\"{% if a %}\"]"), &[]);
    assert_places(&declared(fields, "base: &b [1]\ntags: *b"), &[]);
    assert_places(&declared(fields, "title: [a"), &[]);
}

#[test]
fn mappings_and_items_of_lists_may_have_fields() {
    let fields = "fields:\n  author: {fields: {name: {required: true}, mail: {format: email}}}\n  \
                  image: {type: [string, object], fields: {alt: {required: {when: {kind: photo}}}}}\n  \
                  parts: {list: true, fields: {at: {fields: {x: {type: integer}}}}}";
    assert_places(
        &declared(
            fields,
            "author: {mail: x}\nimage:\n  kind: photo\nparts:\n  - at: {x: 1}\n  - at:\n      x: far\n  - word",
        ),
        &[
            ("author", "missing required key `name`"),
            ("x", "`author.mail` is not an email address"),
            ("image", "missing required key `alt`"),
            ("far", "`parts[1].at.x` is text here, not a whole number"),
            ("word", "`parts[2]` is text here, not a mapping"),
        ],
    );
    assert_places(&declared(fields, "author: mina"), &[("mina", "`author` is text here, not a mapping")]);
    assert_places(&declared(fields, "image: /a.png\nparts: []"), &[]);
    assert_places(&declared(fields, "other: what is not declared"), &[]);
}

#[test]
fn unknown_keys_inside_fields_are_found() {
    let fields = "fields: {author: {fields: {name: {}}}}\nunknown: info";
    let found = declared(fields, "author: {nmae: a, name: b}");
    assert_places(&found, &[("nmae", "unknown key `nmae`")]);
    assert_eq!((found[0].1.is_unknown_key, found[0].1.at_most), (true, Some(Level::Info)));
    assert_eq!(found[0].1.fix, None, "`name` is there already");
    let fix = declared(fields, "author: {nmae: a}").remove(0).1.fix.unwrap();
    assert_eq!(fix.edits()[0].text, "name");
    assert_places(&declared("fields: {author: {fields: {name: {}}}}", "author: {nmae: a}"), &[]);
}

#[test]
fn the_constraints_of_a_list_apply_to_its_items() {
    let fields = "fields: {tags: {list: true, type: string, max-length: 3, pattern: \"^[a-z]\", max: 3}}";
    assert_places(
        &declared(fields, "tags: [abc, abcd, 12, A, b]"),
        &[
            ("[abc, abcd, 12, A, b]", "`tags` has too many items: 5"),
            ("abcd", "`tags[1]` has too many characters: 4"),
            ("12", "`tags[2]` is a whole number here, not text"),
            ("A", "`tags[3]` does not match the required pattern"),
        ],
    );
}

/// The files that do not exist for a field with `exists: true`, as `value → help`.
fn missing(generator: Generator, path: &str, base_path: &str, files: &[&str], post: &str) -> Vec<String> {
    let (config, problems) =
        parse(&Source::new("front-matter: [{fields: {a: {exists: true}, b: {list: true, exists: true}}}]"));
    assert!(problems.is_empty(), "{problems:#?}");
    let mut place = Place::new(path, generator, Dialect::CommonMark);
    place.folders =
        Some(Arc::new(ListedSite::new(place.generator, files.iter().map(|file| (*file).to_owned()).collect())));
    base_path.clone_into(&mut place.base_path);
    let found = violations(post, &place, &demands(&config)).into_iter();
    found.map(|(at, violation)| format!("{at} → {}", violation.help.unwrap())).collect()
}

#[test]
fn files_are_looked_for_where_the_generator_looks() {
    let jekyll = |post: &str| missing(Generator::Jekyll, "_posts/a.md", "/blog", &["img/a.png", "_posts/b.png"], post);
    for found in ["/img/a.png", "img/a.png", "/blog/img/a.png", "./b.png", "b.png", "../img/a.png", "/img/a.png?v=2#x"]
    {
        assert_eq!(jekyll(&format!("a: '{found}'")), [""; 0], "{found}");
    }
    for unknown in ["https://example.com/x.png", "//example.com/x.png", "data:x", "~/x.png", "@/x.png", "{{ x }}", " "]
    {
        assert_eq!(jekyll(&format!("a: \"{unknown}\"")), [""; 0], "{unknown}");
    }
    assert_eq!(jekyll("a: /img/A.PNG"), ["/img/A.PNG → did you mean `/img/a.png`?"]);
    assert_eq!(jekyll("a: /img/none.svg"), ["/img/none.svg → looked for `img/none.svg`"]);
    assert_eq!(jekyll("a: {path: /img/none.svg, alt: x}"), ["/img/none.svg → looked for `img/none.svg`"]);
    assert_eq!(jekyll("a: {alt: x}"), [""; 0]);
    assert_eq!(jekyll("b: [/img/a.png, /blog/x.svg]"), ["/blog/x.svg → looked for `x.svg`, `blog/x.svg`"]);
    assert_eq!(jekyll("a: 3\nb: 4").len(), 1, "a number is no file; and no list");
    let hugo = |post: &str| {
        let files = ["static/a.png", "assets/b.png", "content/posts/x/c.png", "img/d.png"];
        missing(Generator::Hugo, "content/posts/x/index.md", "", &files, post)
    };
    assert_eq!(hugo("b: [/a.png, a.png, b.png, c.png, /posts/x/c.png]"), [""; 0]);
    assert_eq!(
        hugo("a: /img/d.png"),
        ["/img/d.png → looked for `static/img/d.png`, `assets/img/d.png`, `content/img/d.png`"]
    );
    let astro = |post: &str| {
        missing(Generator::Astro, "src/content/blog/a.md", "", &["public/a.png", "src/assets/b.png"], post)
    };
    assert_eq!(astro("b: [/a.png, ../../assets/b.png, /src/assets/b.png, ../../../../out.png]"), [""; 0]);
    assert_eq!(astro("a: ../assets/b.jpeg").len(), 1);
    let hexo = |post: &str| missing(Generator::Hexo, "source/_posts/a.md", "", &["source/_posts/a/x.png"], post);
    assert_eq!((hexo("a: x.png").len(), hexo("a: /x.png").len()), (0, 1));
    let plain =
        |post: &str| missing(Generator::Plain, "site/posts/a.md", "", &["site/img/a.png", "public/b.png"], post);
    assert_eq!(plain("b: [/img/a.png, /b.png]"), [""; 0]);
    assert_eq!(missing(Generator::Plain, "web/blog/a.md", "", &["web/static/c.png"], "a: /c.png"), [""; 0]);
}

#[test]
fn file_names_are_compared_in_normal_form() {
    let hangul = ["img/서울 역.png", "img/\u{1109}\u{1165}.png"];
    let jekyll = |post: &str| missing(Generator::Jekyll, "_posts/a.md", "", &hangul, post);
    assert_eq!(jekyll("b: [/img/서울 역.png, /img/%EC%84%9C%EC%9A%B8%20%EC%97%AD.png, /img/서.png]"), [""; 0]);
    let place = Place::new("a.md", Generator::Jekyll, Dialect::Kramdown);
    assert_eq!(place.missing_file("/none.png"), None, "nothing is known of the files");
}

#[test]
fn own_fields_replace_those_of_the_profile() {
    let post = "title: 3\ntags: 3\n";
    let both =
        [("3", "`title` is a whole number here, not text"), ("3", "`tags` is a whole number here, not text or a list")];
    assert_places(&declared("extends: jekyll-post", post), &both);
    assert_places(&declared("fields: {title: {type: integer}}\nextends: jekyll-post", post), &both[1..]);
    let (config, _) =
        parse(&Source::new("front-matter: [{extends: astro-blog, fields: {pubDate: {required: false}}}]"));
    assert_eq!(config.front_matter[0].required, ["title", "description"]);
}

#[test]
fn profiles_have_no_mistakes() {
    for profile in PROFILES {
        let (_, problems) = parse(&Source::new(format!(
            "front-matter:\n  - fields:\n      {}",
            profile.text.trim().replace('\n', "\n      ")
        )));
        assert!(problems.is_empty(), "{}: {problems:#?}", profile.name);
    }
}

#[test]
fn json_schema_marks_missing_keys_at_the_fence_or_the_parent() {
    let schema = r#"{"required": ["title"], "properties": {"image": {"type": "object", "required": ["alt"],
        "additionalProperties": false, "properties": {"alt": {}, "path": {}}}}, "dependentRequired": {"a": ["b"]}}"#;
    let found = by_schema(schema, "image:\n  pth: x\na: 1");
    let places: Vec<(&str, &str)> = found.iter().map(|(at, violation)| (at.as_str(), &*violation.path)).collect();
    assert_eq!(places, [("---", ""), ("a", ""), ("image", "/image"), ("pth", "/image/pth")]);
    assert_eq!(found[3].1.help.as_deref(), Some("did you mean `path`?"));
}

#[test]
fn any_of_reports_the_closest_alternative() {
    let schema = r#"{"properties": {"image": {"oneOf": [{"type": "string"}, {"type": "object", "properties": {"w": {"type": "integer"}}}]}}}"#;
    assert_places(&by_schema(schema, "image: {w: wide}"), &[("wide", "`image.w` is text here, not a whole number")]);
}

#[test]
fn mistakes_in_a_schema_are_marked_in_it() {
    let schema =
        "{\"properties\": {\"a\": {\"unevaluatedItems\": 1, \"pattern\": \"(\"},\n \"b\": {\"$ref\": \"x.json\"}}}";
    let source = Source::new(schema);
    let problems = read_schema(&source).unwrap_err();
    let places: Vec<&str> = problems.iter().map(|problem| source.slice(problem.span)).collect();
    assert_eq!(places, ["\"pattern\"", "\"unevaluatedItems\"", "\"$ref\""], "{problems:#?}");
}

#[test]
fn a_schema_that_refers_to_itself_ends() {
    assert_places(&by_schema(r##"{"$ref": "#"}"##, "a: 1"), &[]);
    assert_places(
        &by_schema(r##"{"anyOf": [{"$ref": "#"}, {"$ref": "#"}], "allOf": [{"$ref": "#"}, {"$ref": "#"}]}"##, "a: 1"),
        &[],
    );
}

#[test]
fn mistakes_in_fields_are_all_reported() {
    let text = "front-matter:\n  - extends: jekyl-post\n    fields:\n      a: {requird: true, type: strng, pattern: \"(\"}\n      \
                b: {required: maybe, one-of: x, min: few}\n    unknown: loud\n";
    let (_, problems) = parse(&Source::new(text));
    let messages: Vec<&str> = problems.iter().map(|problem| problem.message.as_str()).collect();
    for want in [
        "unknown profile `jekyl-post`",
        "unknown field setting `requird`",
        "unknown type `strng`",
        "invalid regular expression",
        "`required` expects `true` or a condition",
        "`one-of` expects a list of values",
        "`min` expects a number",
        "unknown level `loud`",
    ] {
        assert!(messages.contains(&want), "{want}: {messages:#?}");
    }
}

/// For each pair, the paths at which Python's `jsonschema` reports errors; `None` if it is not installed.
fn validated(pairs: &[(&str, serde_json::Value)]) -> Option<Vec<Vec<String>>> {
    let program = "import json, sys, jsonschema\n\
        out = []\n\
        for schema, value in json.load(sys.stdin):\n\
        \u{20}   found = jsonschema.Draft202012Validator(json.loads(schema)).iter_errors(value)\n\
        \u{20}   out.append(sorted({''.join('/' + str(p) for p in e.absolute_path) for e in found}))\n\
        json.dump(out, sys.stdout)";
    if !oracle::runs("python3", &["-c", "import jsonschema"]) {
        return None;
    }
    let answer = oracle::answer(Command::new("python3").args(["-c", program]), serde_json::to_string(pairs).unwrap());
    Some(serde_json::from_str(&answer).unwrap())
}

/// Compares schemas with every keyword and values of every type with Python's `jsonschema`.
#[test]
fn schemas_agree_with_a_standard_validator() {
    let schemas = [
        r#"{"type": "string"}"#,
        r#"{"type": ["integer", "array"]}"#,
        r#"{"type": "number"}"#,
        r#"{"enum": [1, "a", null, true, [1, 2], {"a": 1}]}"#,
        r#"{"const": {"a": [1, "b"]}}"#,
        r#"{"minLength": 2, "maxLength": 3}"#,
        r#"{"pattern": "^a"}"#,
        r#"{"minimum": 2, "maximum": 10}"#,
        r#"{"exclusiveMinimum": 2, "exclusiveMaximum": 10, "multipleOf": 2}"#,
        r#"{"required": ["a", "b"]}"#,
        r#"{"properties": {"a": {"type": "integer"}}, "additionalProperties": {"type": "string"}}"#,
        r#"{"patternProperties": {"^a": {"type": "string"}}, "additionalProperties": false}"#,
        r#"{"propertyNames": {"maxLength": 1}, "minProperties": 1, "maxProperties": 1}"#,
        r#"{"dependentRequired": {"a": ["b"]}}"#,
        r#"{"items": {"type": "integer"}, "minItems": 2, "maxItems": 2, "uniqueItems": true}"#,
        r#"{"contains": {"const": "b"}}"#,
        r#"{"allOf": [{"minimum": 3}, {"maximum": 5}]}"#,
        r#"{"anyOf": [{"type": "string"}, {"minimum": 5}]}"#,
        r#"{"oneOf": [{"type": "integer"}, {"minimum": 5}]}"#,
        r#"{"not": {"type": "string"}}"#,
        r#"{"if": {"type": "string"}, "then": {"minLength": 3}, "else": {"type": "array"}}"#,
        r##"{"$ref": "#/$defs/x", "$defs": {"x": {"type": ["object", "string"], "properties": {"a": {"$ref": "#/$defs/x"}}}}}"##,
        "true",
        "false",
    ];
    let values = [
        "null",
        "true",
        "false",
        "0",
        "1",
        "2",
        "4",
        "10",
        "1.5",
        "2.0",
        "-3",
        "\"\"",
        "\"a\"",
        "\"ab\"",
        "\"abcd\"",
        "\"한글\"",
        "\"1\"",
        "[]",
        "[1]",
        "[1, 2]",
        "[1, 1]",
        "[1, 1.0]",
        "[\"a\", \"b\"]",
        "[[1], [1]]",
        "{}",
        "{\"a\": 1}",
        "{\"a\": \"x\"}",
        "{\"a\": {\"a\": 3}}",
        "{\"a\": [1, \"b\"]}",
        "{\"b\": 1}",
        "{\"a\": 1, \"b\": \"c\"}",
        "{\"ab\": 1}",
        "{\"x\": null}",
    ];
    let mut pairs = Vec::new();
    let mut ours = Vec::new();
    for schema in schemas {
        for value in values {
            let root = format!(
                "{{\"properties\": {{\"key\": {schema}}}, \"$defs\": {{\"x\": {{\"type\": [\"object\", \"string\"], \
                                \"properties\": {{\"a\": {{\"$ref\": \"#/$defs/x\"}}}}}}}}}}"
            );
            let found = by_schema(&root, &format!("key: {value}"));
            ours.push(found.iter().any(|_| true));
            pairs.push((root, serde_json::json!({"key": serde_json::from_str::<serde_json::Value>(value).unwrap()})));
        }
    }
    let borrowed: Vec<(&str, serde_json::Value)> =
        pairs.iter().map(|(root, value)| (root.as_str(), value.clone())).collect();
    let Some(theirs) = validated(&borrowed) else { return };
    assert_eq!(theirs.len(), ours.len());
    for (((schema, value), theirs), ours) in pairs.iter().zip(&theirs).zip(&ours) {
        assert_eq!(*ours, !theirs.is_empty(), "{schema} {value}: {theirs:?}");
    }
}

#[test]
fn a_schema_file_is_read_beside_the_config_and_its_mistakes_are_shown_in_it() {
    let blog = Blog::new(&[
        ("postlint.yml", "front-matter:\n  - match: \"_posts/**\"\n    schema: post.schema.json\n"),
        ("_posts/2024-01-01-a.md", "---\ntitle: A\ndescription: B c d.\nkind: x\n---\n\nText.\n"),
    ]);
    let run = || blog.run(&["-q", "--format", "concise"]);
    blog.write("post.schema.json", r#"{"properties": {"kind": {"enum": ["post", "note"]}}}"#);
    let text = stdout(&run());
    assert_eq!(text, "_posts/2024-01-01-a.md:4:7: error[front-matter-schema] `x` is not an allowed value of `kind`\n");
    blog.write("post.schema.json", "{\"properties\": {\"kind\": {\n\"enm\": [1]}}}");
    let text = stderr(&run());
    assert!(text.contains("post.schema.json:2:1") && text.contains("`enm` is not supported"), "{text}");
    std::fs::remove_file(blog.0.join("post.schema.json")).unwrap();
    let text = stderr(&run());
    assert!(text.contains("postlint.yml:3:13") && text.contains("the schema cannot be read"), "{text}");
}

#[test]
fn the_number_of_patterns_is_limited() {
    let schema = |count: usize| {
        let patterns: Vec<String> = (0..count).map(|n| format!("\"^a{n}$\": {{\"type\": \"number\"}}")).collect();
        format!("{{\"patternProperties\": {{{}}}}}", patterns.join(", "))
    };
    assert_places(&by_schema(&schema(300), "a299: b"), &[("b", "`a299` is text here, not a number")]);
    let problems = read_schema(&Source::new(schema(301))).unwrap_err();
    let messages: Vec<&str> = problems.iter().map(|problem| &*problem.message).collect();
    assert_eq!(messages, ["there are more than 300 different patterns"]);
    let fields: String = (0..301).map(|n| format!("a{n}: {{pattern: b{n}}}, ")).collect();
    let (_, problems) = parse(&Source::new(format!("front-matter: [{{fields: {{{fields}}}}}]")));
    let messages: Vec<&str> = problems.iter().map(|problem| &*problem.message).collect();
    assert_eq!(messages, ["there are more than 300 different patterns"]);
    let problems = read_schema(&Source::new("{\"pattern\": \"(\\\\w{1,100}){1,100}\"}")).unwrap_err();
    assert_eq!(problems[0].message, "this regular expression is too large: it takes more than 1024 KB in memory");
}

#[test]
fn of_many_equal_keys_the_last_one_is_validated() {
    let keys: String = (0..40).map(|n| format!("{}: {n}\n", ["a", "B", "c", "b"][n % 4])).collect();
    let schema = r#"{"required": ["a", "b", "B", "d"], "properties": {"x": {"differsFrom": "b"}}}"#;
    assert_places(
        &by_schema(schema, &format!("{keys}x: '39'")),
        &[("---", "missing required key `d`"), ("'39'", "`x` repeats `b`")],
    );
    let text = format!("---\n{keys}---\n");
    let source = Source::new(text);
    let place = Place::new("a.md", Generator::Hugo, Dialect::CommonMark);
    let document = Document::parse(&source, &place);
    let mapping = &document.front_matter.block().unwrap().mapping;
    let value = |entry: Option<&Entry<'_>>| entry.map(|entry| entry.value.span.slice(source.text()).to_owned());
    assert_eq!(value(mapping.get("a")).as_deref(), Some("36"));
    assert_eq!(value(mapping.get("B")).as_deref(), Some("37"));
    assert_eq!(value(mapping.get_in_any_case("B")).as_deref(), Some("39"));
    assert_eq!((value(mapping.get("C")), value(mapping.get_in_any_case("C")).as_deref()), (None, Some("38")));
    assert_eq!(value(mapping.get_in_any_case("d")), None);
}

#[test]
fn a_long_path_is_shortened_to_its_end() {
    let name = |letter: &str| letter.repeat(150);
    let keys: String = ["a", "b", "c", "d", "e", "f"].map(|letter| format!("{{{}: ", name(letter))).concat();
    let schema = r##"{"additionalProperties": {"$ref": "#/$defs/n"}, "$defs": {"n": {"type": ["object", "number"],
        "additionalProperties": {"$ref": "#/$defs/n"}}}}"##;
    let found = by_schema(schema, &format!("x: {keys}y{}", "}".repeat(6)));
    assert_eq!(found.len(), 1);
    let message = &found[0].1.message;
    assert!(message.contains("`…") && message.contains(&format!("{}.{}` is text", name("e"), name("f"))), "{message}");
    assert!(message.len() < 700 && !message.contains("aaa"), "{message}");
}
