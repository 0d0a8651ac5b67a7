//! Mistakes in config files, rule pages and other files written for postlint: their place, message and help.

use crate::support::blog::{Blog, code, stderr, stdout};

const POST: (&str, &str) = ("_posts/2024-01-01-a.md", "---\ntitle: A post\ndescription: About it.\n---\n\nText.\n");

/// Config files, and the mistakes in each as `line:column message → help`.
const CONFIGS: &[(&str, &[&str])] = &[
    ("rulez:\n  alt-missing: off\n", &["1:1 unknown setting `rulez` → did you mean `rules`?"]),
    ("rules:\n  alt-mising: off\n", &["2:3 unknown rule `alt-mising` → did you mean `alt-missing`?"]),
    ("rules:\n  alt-missing: warning\n", &["2:16 unknown level `warning` → did you mean `warn`?"]),
    (
        "rules:\n  title-wide: {options: {max: lots}}\n",
        &["2:31 `max` does not accept this value → `postlint explain title-wide` describes its options"],
    ),
    (
        "rules:\n  title-wide: {options: {maximum: 500}}\n",
        &["2:26 `title-wide` has no option `maximum` → did you mean `max`?"],
    ),
    (
        "rules:\n  alt-missing: {options: {min: 5}}\n",
        &["2:27 `alt-missing` has no option `min` → remove it: `alt-missing` has no options"],
    ),
    ("rules:\n  alt-missing: {levle: warn}\n", &["2:17 unknown rule setting `levle` → did you mean `level`?"]),
    (
        "overrides:\n  - match: \"_posts/[2012\"\n    rules: {alt-missing: off}\n",
        &["2:12 invalid glob → `*` matches within a name, `**` any folders; write `[[]` for a literal `[`"],
    ),
    (
        "ignore: [\"_posts/{a\", \"x[\"]\n",
        &[
            "1:10 invalid glob → `*` matches within a name, `**` any folders; write `[[]` for a literal `[`",
            "1:23 invalid glob → `*` matches within a name, `**` any folders; write `[[]` for a literal `[`",
        ],
    ),
    (
        "front-matter:\n  - match: \"**\"\n    fields:\n      title: {pattern: \"(a\"}\n",
        &["4:24 invalid regular expression → write `\\(` for a literal `(`; see https://docs.rs/regex for the syntax"],
    ),
    ("extends: [never]\n", &["1:11 unknown preset `never` → did you mean `naver`?"]),
    ("rules:\n  alt-missing: off\nrules:\n  alt-long: off\n", &["3:1 `rules` is set twice → keep one of the two"]),
    ("rules:\n  alt-missing: off\n  alt-missing: warn\n", &["3:3 `alt-missing` is set twice → keep one of the two"]),
    ("rules:\n\talt-missing: off\n", &["2:1 the config file is not valid YAML → indent with spaces"]),
    ("extends: [base.yml]\n", &["1:11 the extended file cannot be read → the path is relative to this file"]),
    (
        "extends: [postlint.yml]\n",
        &["1:11 the config file extends itself → remove it, or move what both files need to a third one"],
    ),
    ("site: jekill\n", &["1:7 unknown site generator `jekill` → did you mean `jekyll`?"]),
    (
        "overrides:\n  - rules: {alt-missing: off}\n",
        &["2:5 an override needs `match` → add `match: \"_posts/2012-*\"`"],
    ),
    (
        "rules: [alt-missing, alt-long]\n",
        &["1:8 a mapping is expected here → write `name: level` lines, such as `alt-missing: warn`"],
    ),
    (
        "rules:\n  - alt-missing: off\n",
        &["2:3 a mapping is expected here → write `name: level` lines, such as `alt-missing: warn`"],
    ),
    (
        "- a\n- b\n",
        &[
            "1:1 a mapping of settings is expected → write `key: value` lines; `postlint init` writes a file to start from",
        ],
    ),
    (
        "lang: Korean!\n",
        &["1:7 `lang` expects a language tag (BCP 47) → write a tag such as `ko`, `en-GB` or `zh-Hant`"],
    ),
    ("lang: en_US\n", &["1:7 `lang` expects a language tag (BCP 47) → write `en-US`"]),
    ("lang: zh_Hant_TW\n", &["1:7 `lang` expects a language tag (BCP 47) → write `zh-Hant-TW`"]),
    ("lang: ko_KR.UTF-8\n", &["1:7 `lang` expects a language tag (BCP 47) → write `ko-KR`"]),
    ("lang: xx_YY\n", &["1:7 `lang` expects a language tag (BCP 47) → write a tag such as `ko`, `en-GB` or `zh-Hant`"]),
    (
        "own-hosts: [\"https://blog.example.com/\"]\n",
        &["1:13 `own-hosts` expects host names → write `blog.example.com`"],
    ),
    (
        "front-matter:\n  - match: \"**\"\n    fields: {title: {requird: true, typ: strng}}\n",
        &[
            "3:22 unknown field setting `requird` → did you mean `required`?",
            "3:37 unknown field setting `typ` → did you mean `type`?",
        ],
    ),
    ("front-matter:\n  - extends: jekyl-post\n", &["2:14 unknown profile `jekyl-post` → did you mean `jekyll-post`?"]),
    ("front-matter:\n  - schema: nope.json\n", &["2:13 the schema cannot be read → the path is relative to this file"]),
    ("lang: \"ko\nrules:\n  alt-missing: off\n", &["1:7 the config file is not valid YAML → add the closing `\"`"]),
    ("rules\n  alt-missing: off\n", &["1:1 the config file is not valid YAML → write `rules:`"]),
    (
        "front-matter:\n  - fields: {title: {max-width: wide}}\n",
        &["2:33 `max-width` expects a number → write it in digits, such as `max-width: 60`"],
    ),
    (
        "front-matter:\n  - fields: {a: {list: maybe, exists: 1, min: 1.5}}\n",
        &[
            "2:24 `list` expects `true` or `false` → write `list: true` or `list: false`",
            "2:39 `exists` expects `true` or `false` → write `exists: true` or `exists: false`",
        ],
    ),
    (
        "front-matter:\n  - fields: {a: {list: true, min: 1.5, max-length: few, pattern: [a], differs-from: }}\n",
        &[
            "2:35 `min` expects a whole number of at least 0 → write it in digits, such as `min: 1`",
            "2:52 `max-length` expects a whole number of at least 0 → write it in digits, such as `max-length: 60`",
            "2:66 `pattern` expects a regular expression → write `pattern: \"^[a-z]\"`",
            "2:84 `differs-from` expects the name of a key → write `differs-from: excerpt`",
        ],
    ),
    (
        "front-matter:\n  - fields: {a: {required: maybe, one-of: [], offset: require}}\n",
        &[
            "2:28 `required` expects `true` or a condition → write `true`, or `{when: {layout: post}}`",
            "2:43 `one-of` expects a list of values → write `[one, two]`",
            "2:55 unknown offset `require` → did you mean `required`?",
        ],
    ),
    (
        "front-matter:\n  - fields:\n      a: {required: {whn: {b: c}}}\n      b: {required: {when: c}}\n",
        &[
            "3:22 unknown `required` setting `whn` → did you mean `when`?",
            "4:28 `when` expects keys with values → write `{when: {layout: post}}`",
        ],
    ),
    (
        "front-matter:\n  - fields: {seo.name: {}, a: {fields: {b: {typ: x}, c.d: {}}}}\n    required: [e.f]\n    order: [g.h]\n",
        &[
            "2:14 `seo.name` is the path of a nested key → write `fields: {seo: {fields: {name: …}}}`",
            "2:45 unknown field setting `typ` → did you mean `type`?",
            "2:54 `c.d` is the path of a nested key → write `fields: {c: {fields: {d: …}}}`",
            "3:16 `e.f` is the path of a nested key → write `fields: {e: {fields: {f: …}}}`",
            "4:13 `g.h` is the path of a nested key → write `fields: {g: {fields: {h: …}}}`",
        ],
    ),
    (
        "front-matter:\n  - fields: {slug: {unique: site}}\n",
        &[
            "2:21 unknown field setting `unique` → expected one of `required`, `type`, `list`, `fields`, `one-of`, `min`, `max`, \
             `min-length`, `max-length`, `max-width`, `pattern`, `format`, `exists`, `differs-from`, `offset`",
        ],
    ),
    (
        "front-matter:\n  - schema: [a.json, b.json]\n",
        &["2:13 `schema` expects one path → write `schema: post.schema.json`"],
    ),
    ("rules-folder: [a]\n", &["1:15 `rules-folder` expects one path → write `rules-folder: .postlint/rules`"]),
    (
        "rules-folder: no/rules\n",
        &["1:15 the folder of rules cannot be read → the path is relative to this file; `postlint new-rule NAME` \
             creates the folder"],
    ),
    (
        "rules: {alt-missing: off\n",
        &["1:8 the config file is not valid YAML → close it with `}`, and write nothing after it"],
    ),
    (
        "rules: {alt-missing: }\n",
        &["1:21 a level is expected here → write one of `error`, `warn`, `info`, `on`, `off`"],
    ),
    (
        "front-matter:\n  - fields: {a: {min: 3, max: 1}, b: {list: true, min-length: 3, max-length: 3}}\n",
        &["2:31 `max` is less than `min` → write at least 3"],
    ),
    ("rule-folder: a\n", &["1:1 unknown setting `rule-folder` → did you mean `rules-folder`?"]),
    (
        "overrides:\n  - match: a\n    rules: {alt-mising: off}\n",
        &["3:13 unknown rule `alt-mising` → did you mean `alt-missing`?"],
    ),
    ("rules:\n  alt-missing: 2\n", &["2:16 unknown level `2` → expected one of `error`, `warn`, `info`, `on`, `off`"]),
    (
        "rules:\n  alt-missing: [error]\n",
        &["2:16 a level is expected here → write one of `error`, `warn`, `info`, `on`, `off`"],
    ),
    (
        "front-matter:\n  title: {required: true}\n",
        &["2:3 `front-matter` expects a list → write `- match: …` items, or `- fields: …`"],
    ),
    ("alt-missing: off\n", &["1:1 unknown setting `alt-missing` → write `rules: {alt-missing: …}`"]),
    (
        "overrides:\n  - match:\n    rules: {alt-missing: off}\n",
        &["2:5 an override needs `match` → add `match: \"_posts/2012-*\"`"],
    ),
];

/// The front matter of rule pages, and the mistakes in each in the same form.
const PAGES: &[(&str, &[&str])] = &[
    (
        "# Why\n\nBecause.\n",
        &["1:1 the page has no front matter → put `---` before and after the keys; `postlint new-rule NAME` shows how"],
    ),
    (
        "",
        &["1:1 the page has no front matter → put `---` before and after the keys; `postlint new-rule NAME` shows how"],
    ),
    (
        "---\nsumary: underlined\ngroup: markup\nlevel: warn\nmatch: {select: u}\nlabel: this\nhelp: write em\n---\n",
        &["2:1 unknown key `sumary` → did you mean `summary`?"],
    ),
    (
        "---\nsummary: underlined\ngroup: markup\nlevel: warn\nmatch: {select: \"u[\"}\nlabel: this\nhelp: write em\n---\n",
        &["5:17 invalid CSS selector → `postlint search SELECTOR` lists the matches; use `text:` to find words"],
    ),
    (
        "---\nsummary: underlined\ngroup: markup\nlevel: warn\nmatch: {select: \"a:contains(x)\"}\nlabel: this\nhelp: write em\n---\n",
        &["5:17 invalid CSS selector → `postlint search SELECTOR` lists the matches; use `text:` to find words"],
    ),
    (
        "---\nsummary: underlined\ngroup: markup\nlevel: warn\nlabel: this\nhelp: write em\n---\n",
        &["1:1 the page has no `match` → add `match:` with one of `select`, `front-matter`, `text`, `all`, `any`"],
    ),
    (
        "---\nsummary: underlined\ngroup: markup\nlevel: warn\nmatch: {select: u}\nlabel: this\nhelp: write em\nfix: {title: x, safety: safe, unwarp: true}\n---\n",
        &["8:31 unknown `fix` setting `unwarp` → did you mean `unwrap`?"],
    ),
    (
        "---\nsummary: underlined\ngroup: markup\nlevel: warn\nmatch: {select: u}\nlabel: this\nhelp: write em\nfix: {title: x, unwrap: true}\n---\n",
        &["8:6 the fix has no `safety` → add `safety: safe` if the page stays the same, otherwise `safety: unsafe`"],
    ),
    (
        "---\nsummary: underlined\ngroup: markup\nlevel: warning\nmatch: {select: u}\nlabel: this\nhelp: write em\n---\n",
        &["4:8 unknown level `warning` → did you mean `warn`?"],
    ),
    (
        "---\nsummary: underlined\ngroup: marckup\nlevel: warn\nmatch: {select: u}\nlabel: this\nhelp: write em\n---\n",
        &["3:8 unknown group `marckup` → did you mean `markup`?"],
    ),
    (
        "---\nsummary: underlined\ngroup: markup\nlevel: warn\nmatch: {text: \"(a\"}\nlabel: this\nhelp: write em\n---\n",
        &["5:15 invalid regular expression → write `\\(` for a literal `(`; see https://docs.rs/regex for the syntax"],
    ),
    (
        "---\nsummary: underlined\ngroup: markup\nlevel: warn\nmatch: {text: \"a(?=b)\"}\nlabel: this\nhelp: write em\n---\n",
        &["5:15 invalid regular expression → write `\\(` for a literal `(`; see https://docs.rs/regex for the syntax"],
    ),
    (
        "---\nsummary: underlined\ngroup: markup\nlevel: warn\nmatch: {select: u, text: a}\nlabel: this\nhelp: write em\n---\n",
        &["5:20 `select` and `text` are mutually exclusive → write a pattern for each below `all:` or `any:`"],
    ),
    (
        "---\nsummary: underlined\ngroup: markup\nlevel: warn\nmatch: {front-matter: image, mising: true}\nlabel: this\nhelp: write em\n---\n",
        &["5:30 unknown `match` setting `mising` → did you mean `missing`?"],
    ),
    (
        "---\nsummary: underlined\ngroup: markup\nlevel: warn\nmatch: {select: u}\nlabel: this: that\nhelp: write em\n---\n",
        &["6:12 the page's front matter is not valid YAML → put the whole value in quotes"],
    ),
    (
        "---\nsummary: underlined\ngroup: markup\nlevel: warn\nmatch: {select: u}\nlabel: this\nhelp: write em\n\n# Why\n",
        &[
            "1:1 the page's front matter is not closed → put `---` before and after the keys; `postlint new-rule NAME` shows how",
        ],
    ),
    (
        "---\nsummary: underlined\ngroup: markup\nlevel: warn\nmatch: {select: u}\nlabel: this\nhelp: write em\nlevel: info\n---\n",
        &["8:1 `level` is set twice → keep one of the two"],
    ),
    (
        "---\nsummary: underlined\ngroup: markup\nlevel: warn\nmatch: {select: u}\nlabel: this\nhelp: write em\noptions: {min: {default: 3, doc: x}}\n---\n",
        &["8:1 a rule of your own cannot have `options` → write the values into `match`"],
    ),
    (
        "---\nsummary: underlined\ngroup: markup\nlevel: warn\nmatch: {select: u, at: attr}\nlabel: this\nhelp: write em\n---\n",
        &["5:24 unknown place `attr` → did you mean `attr:NAME`?"],
    ),
    (
        "---\nsummary: underlined\ngroup: markup\nlevel: warn\nmatch: {text: \"a*\"}\n---\n",
        &["5:15 this regular expression matches empty text → use `+` instead of `*`, or add a required character"],
    ),
    (
        "---\nsummary: underlined\ngroup: markup\nlevel: warn\nmatch: {front-matter: image.alt, missing: yes}\n---\n",
        &[
            "5:23 `image.alt` is the path of a nested key → write `front-matter: [{fields: {image: {fields: {alt: …}}}}]` into \
             `postlint.yml` instead",
            "5:43 `missing` must be `true` → write `missing: true`, or remove it",
        ],
    ),
    (
        "---\nsummary: underlined\ngroup: markup\nlevel: warn\nmatch: {select: u}\nfix: {title: a, safety: safe, rename-tag: <em>}\n---\n",
        &["6:43 `<em>` is not a valid element name → use letters, digits and `-`, and begin with a letter"],
    ),
    (
        "---\nsummary: underlined\ngroup: markup\nlevel:\nmatch: {select: u}\nfix: {title: a, safety: safe, set-attr: {name: a b, value: c}}\n---\n",
        &[
            "4:7 a level is expected here → write one of `error`, `warn`, `info`, `off`",
            "6:41 `a b` is not a valid attribute name → use letters, digits and `-`, and begin with a letter",
        ],
    ),
    (
        "---\nsummary: underlined\ngroup: markup\nlevel: warn\nmatch: {select: u\n---\n",
        &["5:8 the page's front matter is not valid YAML → close it with `}`, and write nothing after it"],
    ),
    (
        "---\nsummary: underlined\ngroup: markup\nlevel: warn\nmatch: {select: u}\napplies-to: {generator: [jekill], page: no, front-matter: sound}\n---\n",
        &[
            "6:26 unknown site generator `jekill` → did you mean `jekyll`?",
            "6:41 `page` must be `true` → write `page: true`, or remove it",
            "6:59 unknown `front-matter` setting `sound` → expected `valid`",
        ],
    ),
    (
        "---\nsummary: underlined\ngroup: markup\nlevel: warn\nmatch: {select: u}\napplies-to: {generators: [jekyll], generator: }\n---\n",
        &[
            "6:14 unknown `applies-to` setting `generators` → did you mean `generator`?",
            "6:46 `generator` expects site generators → write one or more of `jekyll`, `hugo`, `astro`, `hexo`, `eleventy`, `docusaurus`, `vitepress`, `mkdocs`, `zola`, `mdbook`, `pelican`, `gatsby`, `next`, `plain`, or remove it",
        ],
    ),
    (
        "---\nsummary: underlined\ngroup: markup\nlevel: warn\nmatch: {select: u}\napplies-to: jekyll\n---\n",
        &[
            "6:13 a mapping is expected here → write `{generator: [jekyll], page: true, front-matter: valid, dialect: known}`, or one of these",
        ],
    ),
    (
        "---\nsummary: underlined\ngroup: markup\nlevel: warn\nmatch: {at: text}\nfix: {title: a, safety: safe, replace: [a]}\n---\n",
        &[
            "5:8 `match` has no pattern → add one of `select`, `front-matter`, `text`, `all`, `any`, `not`",
            "6:40 `replace` expects text → write `replace: \"<hr>\"`",
        ],
    ),
];

/// Parses the printed mistakes into the form of [`CONFIGS`].
fn mistakes(printed: &str, file: &str) -> Vec<String> {
    let blocks = printed.split("\n\n").map(str::trim).filter(|block| !block.is_empty());
    let line = |block: &str| {
        let what = block.lines().next().and_then(|first| first.split_once("]: ")).unwrap().1;
        let place = block.split_once(&format!("[{file}:")).and_then(|(_, rest)| rest.split_once(']')).unwrap().0;
        let help = block.split_once("\n  help: ").unwrap().1;
        assert!(block.contains("╰──"), "no caret: {block}");
        format!("{place} {what} → {help}")
    };
    blocks.map(line).collect()
}

fn says(file: &str, text: &str, expected: &[&str]) {
    let blog = Blog::new(&[POST, (file, text)]);
    let output = blog.command(&[]).env("COLUMNS", "200").output().unwrap();
    assert_eq!((code(&output), stdout(&output).as_str()), (2, ""), "{text}\n{}", stderr(&output));
    assert_eq!(mistakes(&stderr(&output), file), expected, "{text}");
}

#[test]
fn in_a_config_file() {
    for (text, expected) in CONFIGS {
        says("postlint.yml", text, expected);
    }
}

#[test]
fn in_a_json_schema() {
    for (schema, expected) in [
        ("{\n\"enm\": [1]}", "2:1 `enm` is not supported → did you mean `enum`?"),
        (
            "{\"unevaluatedProperties\": false}",
            "1:2 `unevaluatedProperties` is not supported → `postlint explain front-matter-schema` lists the supported keywords",
        ),
        (
            "{\"required\": true}",
            "1:2 `required` expects a list of keys → `postlint explain front-matter-schema` lists the supported keywords",
        ),
        (
            "{\"properties\": {\"a\": {\"type\": \"strng\"}}}",
            "1:23 `type` expects one or more of `string`, `number`, `integer`, `boolean`, `array`, `object`, `null` → `postlint explain front-matter-schema` lists the supported keywords",
        ),
        (
            "{\"properties\": {\"a\": {\"maxLength\": \"9\"}}}",
            "1:23 `maxLength` expects a whole number → `postlint explain front-matter-schema` lists the supported keywords",
        ),
        (
            "{\"$ref\": \"other.json\"}",
            "1:2 `$ref` refers to a schema that this file does not define → write `#/$defs/NAME`, and the schema below `$defs`; other files are not read",
        ),
        (
            "{\"properties\": {\"a\": {\"pattern\": \"(\"}}}",
            "1:23 invalid regular expression: unclosed group → write `\\(` for a literal `(`, in JSON `\\\\(`; see https://docs.rs/regex for the syntax",
        ),
    ] {
        let config = ("postlint.yml", "front-matter: [{schema: post.schema.json}]\n");
        let blog = Blog::new(&[POST, config, ("post.schema.json", schema)]);
        let output = blog.command(&[]).env("COLUMNS", "200").output().unwrap();
        assert_eq!(code(&output), 2, "{}", stderr(&output));
        assert_eq!(mistakes(&stderr(&output), "post.schema.json"), [expected], "{schema}");
    }
}

#[test]
fn in_a_file_named_twice_reported_once() {
    let blog = Blog::new(&[
        POST,
        ("postlint.yml", "extends: [a.yml, b.yml]\nfront-matter: [{schema: s.json}, {schema: s.json}]\n"),
        ("a.yml", "extends: ./base.yml\n"),
        ("b.yml", "extends: ./base.yml\n"),
        ("base.yml", "lang: ko_KR\n"),
        ("s.json", "{\"enm\": 1}"),
    ]);
    let said = stderr(&blog.run(&[]));
    assert_eq!(said.matches("error[config]").count(), 2, "{said}");
}

#[test]
fn two_config_files_in_one_folder() {
    let other = POST.1.replace("A post", "Another post").replace("About", "All about");
    let blog = Blog::new(&[POST, ("blog/postlint.yml", ""), ("blog/postlint.yaml", ""), ("blog/a.md", &other)]);
    let said = "error: `blog` has both `postlint.yml` and `postlint.yaml`\n  help: keep one of them: merge both into `postlint.yml`\n";
    let output = blog.run(&[]);
    assert_eq!((code(&output), stderr(&output).as_str(), stdout(&output).as_str()), (2, said, ""));
    for command in [&["rules"][..], &["config", "show"], &["schema"], &["test"], &["new-rule", "a-b"]] {
        let output = blog.command(command).current_dir(blog.0.join("blog")).output().unwrap();
        assert!(
            stderr(&output).starts_with("error: this folder has both `postlint.yml`"),
            "{command:?} {}",
            stderr(&output)
        );
        assert_eq!(code(&output), 2, "{command:?}");
    }
    assert_eq!(code(&blog.run(&["--config", "blog/postlint.yml", "_posts"])), 0, "`--config` decides");
}

#[test]
fn in_a_rule_page() {
    for (keys, expected) in PAGES {
        says(".postlint/rules/own-rule.md", keys, expected);
    }
}

#[test]
fn all_of_one_file_at_once() {
    let values = ["site: jekill\n", "lang: ko_KR\n", "extends: [never]\n", "ignore: [\"{a\"]\n"];
    let expected = ["1:7 unknown site", "2:7 `lang` expects", "3:11 unknown preset", "4:10 invalid glob"];
    let blog = Blog::new(&[POST, ("postlint.yml", &values.concat())]);
    let found = mistakes(&stderr(&blog.run(&[])), "postlint.yml");
    assert_eq!(found.len(), expected.len(), "{found:?}");
    assert!(found.iter().zip(expected).all(|(found, start)| found.starts_with(start)), "{found:?}");

    // The name, the group, the level and the options are wrong, and `match:` is missing.
    let page = "---\nsummary: wrong\ngroup: markups\nlevel: loud\noptions: {}\n---\n";
    let blog = Blog::new(&[POST, (".postlint/rules/alt-missing.md", page)]);
    let mut found = mistakes(&stderr(&blog.run(&[])), ".postlint/rules/alt-missing.md");
    found.sort();
    let expected =
        ["1:1 `alt-missing` cannot", "1:1 the page has no `match`", "3:8 unknown", "4:8 unknown", "5:1 a rule of"];
    assert_eq!(found.len(), expected.len(), "{found:?}");
    assert!(found.iter().zip(expected).all(|(found, start)| found.starts_with(start)), "{found:?}");
}

#[test]
fn in_the_examples_of_a_page() {
    let head = "---\nsummary: wrong\ngroup: markup\nlevel: warn\nmatch: {select: u}\n---\n\n";
    let tested = |fences: &str| {
        let blog = Blog::new(&[(".postlint/rules/own-rule.md", &format!("{head}{fences}"))]);
        let output = blog.run(&["test"]);
        assert_eq!(code(&output), 1, "{}", stderr(&output));
        stdout(&output)
    };
    let (bad, good) = ("```html bad\n<p><u>a</u></p>\n```\n\n", "```html good\n<p>a</p>\n```\n");
    let b = bad.replace("<u>a</u>", "<b>a</b>");
    let u = good.replace("<p>a</p>", "<u>a</u>");
    for (fences, expected) in [
        (good.to_owned(), "1:1 the page has no `bad` example → write one below a line ```html bad"),
        (bad.to_owned(), "1:1 the page has no `good` example → write one below a line ```html good"),
        (format!("{b}{good}"), "8:1 a `bad` example has no finding → fix `match` or the example"),
        (format!("{bad}{u}"), "12:1 a `good` example has findings → fix `match`, or the example"),
        (
            format!("{bad}{good}\n```html baad\n```\n"),
            "16:1 `baad` is not a keyword of an example → did you mean `bad`?",
        ),
        (
            bad.replace("bad", "bad flie=a.md") + good,
            "8:1 `flie` is not a keyword of an example → did you mean `file`?",
        ),
        (bad.replace("bad", "bad site=hugi") + good, "8:1 unknown site generator `hugi` → did you mean `hugo`?"),
        (
            format!("```yaml config\nlang: ko\nrulez: {{}}\n```\n\n{bad}{good}"),
            "10:1 unknown setting `rulez` → did you mean `rules`?",
        ),
    ] {
        let shown = tested(&fences);
        let errors = shown.split("\n\n").filter(|block| block.starts_with("error[rule-page]"));
        let found = mistakes(&errors.collect::<Vec<_>>().join("\n\n"), ".postlint/rules/own-rule.md");
        assert!(matches!(&*found, [one] if one.starts_with(expected)), "{expected}: {shown}");
    }
}
