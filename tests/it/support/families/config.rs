//! Families that need more than a post: config files, users' own rules, baselines, output formats.

/// A post with many constructs.
pub(super) const POST: &str = "---\ntitle: A good title\nname: abc\n---\n\n<p>text <b>a</b></p>\n\n![](a.png)\n";
const MANY: &str = "⟦<p>text <b class=c>a</b></p>\n⟧";
const PICTURES: &str = "⟦<img src=a.png>\n⟧";
pub(super) const BAD_ONES: &str = "---\ntitle: \"⟦word ⟧\"\n⟦a%N: b\n⟧---\n";

/// The text of a rule page with this `match:`.
macro_rules! page {
    ($($match:literal)*) => {
        concat!(
            "---\nsummary: s\ngroup: markup\nlevel: warn\nmatch:\n", $($match,)* "label: l\nhelp: h\n---\n\n# Why\n\nx\n\n",
            "# Examples\n\n```html bad\n<b>x</b>\n```\n\n```html good\n<i>x</i>\n```\n\n# Fix\n\nnone\n"
        )
    };
}

const RULE: &str = ".postlint/rules/own.md";

pub(super) const RUNS: &[super::Run] = &[
    // Users' own rules.
    ("own rule any of many", &[], &[(RULE, page!["  any:\n⟦    - select: b\n⟧"]), ("a.md", POST)]),
    ("own rule any of many, many found", &[], &[(RULE, page!["  any:\n⟦    - select: b\n⟧"]), ("a.md", MANY)]),
    ("own rule any of different", &[], &[(RULE, page!["  any:\n⟦    - select: b%N\n⟧"]), ("a.md", MANY)]),
    ("own rule any of different classes", &[], &[(RULE, page!["  any:\n⟦    - select: b.c%N\n⟧"]), ("a.md", MANY)]),
    ("own rule any of different texts", &[], &[(RULE, page!["  any:\n⟦    - text: 'text%N'\n⟧"]), ("a.md", MANY)]),
    (
        "own rule any of different keys",
        &[],
        &[(RULE, page!["  any:\n⟦    - {front-matter: a%N, longer-than: 9}\n⟧"]), ("a.md", BAD_ONES)],
    ),
    ("own rule all of many", &[], &[(RULE, page!["  all:\n⟦    - select: b\n⟧"]), ("a.md", MANY)]),
    (
        "own rule all of not",
        &[],
        &[(RULE, page!["  all:\n    - select: b\n⟦    - not: {select: i}\n⟧"]), ("a.md", MANY)],
    ),
    ("own rule any of texts", &[], &[(RULE, page!["  any:\n⟦    - text: 'text'\n⟧"]), ("a.md", MANY)]),
    (
        "own rule any of front matter",
        &[],
        &[(RULE, page!["  any:\n⟦    - {front-matter: title, longer-than: 1}\n⟧"]), ("a.md", MANY)],
    ),
    ("own rule nested", &[], &[(RULE, page!["  any: [⟦{any: [⟧{select: b}⟦]}⟧]\n"]), ("a.md", MANY)]),
    ("own rule nested not", &[], &[(RULE, page!["  all: [{select: b}, ⟦{not: ⟧{select: i}⟦}⟧]\n"]), ("a.md", MANY)]),
    ("own rule selector list", &[], &[(RULE, page!["  select: '⟦b, ⟧b'\n"]), ("a.md", MANY)]),
    ("own rule selector list of different", &[], &[(RULE, page!["  select: '⟦b%N, ⟧b'\n"]), ("a.md", MANY)]),
    ("own rule selector list of classes", &[], &[(RULE, page!["  select: '⟦b.c%N, ⟧b'\n"]), ("a.md", MANY)]),
    (
        "own rule selector of a hundred classes",
        &[],
        &[
            (
                RULE,
                page!["  select: 'b:is("
                ".d0, .d1, .d2, .d3, .d4, .d5, .d6, .d7, .d8, .d9, .d10, .d11, .d12, .d13, .d14, .d15, .d16, .d17, .d18, .d19, "
                ".d20, .d21, .d22, .d23, .d24, .d25, .d26, .d27, .d28, .d29, .d30, .d31, .d32, .d33, .d34, .d35, .d36, .d37, .d38, .d39, "
                ".d40, .d41, .d42, .d43, .d44, .d45, .d46, .d47, .d48, .d49, .d50, .d51, .d52, .d53, .d54, .d55, .d56, .d57, .d58, .d59, "
                ".d60, .d61, .d62, .d63, .d64, .d65, .d66, .d67, .d68, .d69, .d70, .d71, .d72, .d73, .d74, .d75, .d76, .d77, .d78, .d79, "
                ".d80, .d81, .d82, .d83, .d84, .d85, .d86, .d87, .d88, .d89, .d90, .d91, .d92, .d93, .d94, .d95, .d96, .d97, .d98, .d99"
                ")'\n"],
            ),
            ("a.md", MANY),
        ],
    ),
    ("own rule selector of descendants", &[], &[(RULE, page!["  select: '⟦div ⟧b'\n"]), ("a.html", "⟦<div>⟧⟦<b>⟧")]),
    (
        "own rule selector of a few descendants",
        &[],
        &[(RULE, page!["  select: 'div p div p div p div q b'\n"]), ("a.html", "⟦<div><p>⟧⟦<b>x</b>⟧")],
    ),
    (
        "own rule selector of siblings",
        &[],
        &[(RULE, page!["  select: 'i ~ u ~ b'\n"]), ("a.html", "⟦<u>a</u><b>c</b>⟧")],
    ),
    (
        "own rule selector of children",
        &[],
        &[(RULE, page!["  select: 'b:nth-child(2n+1)'\n"]), ("a.html", "⟦<b>a</b>⟧")],
    ),
    (
        "own rule selector of last children",
        &[],
        &[(RULE, page!["  select: 'b:nth-last-of-type(3n)'\n"]), ("a.html", "⟦<b>a</b><i>c</i>⟧")],
    ),
    (
        "own rule selector of children that match",
        &[],
        &[(RULE, page!["  select: 'b:nth-child(2 of .c)'\n"]), ("a.html", "⟦<b>a</b>⟧")],
    ),
    ("own rule selector has", &[], &[(RULE, page!["  select: 'div:has(u)'\n"]), ("a.html", "⟦<div><b>x</b>⟧")]),
    (
        "own rule selector has, again",
        &[],
        &[(RULE, page!["  select: 'div:has(p:has(u))'\n"]), ("a.html", "⟦<div><p><b>x</b>⟧")],
    ),
    ("own rule selector has a sibling", &[], &[(RULE, page!["  select: 'b:has(~ u)'\n"]), ("a.html", "⟦<b>x</b>⟧")]),
    ("own rule selector not", &[], &[(RULE, page!["  select: 'b⟦:not(i)⟧'\n"]), ("a.md", MANY)]),
    ("own rule selector not nested", &[], &[(RULE, page!["  select: '⟦:not(⟧b⟦)⟧'\n"]), ("a.md", POST)]),
    ("own rule selector is nested", &[], &[(RULE, page!["  select: '⟦:is(⟧b⟦)⟧'\n"]), ("a.md", POST)]),
    ("own rule selector open", &[], &[(RULE, page!["  select: '⟦:not(⟧'\n"]), ("a.md", POST)]),
    ("own rule selector brackets", &[], &[(RULE, page!["  select: '⟦[⟧'\n"]), ("a.md", POST)]),
    ("own rule selector classes", &[], &[(RULE, page!["  select: 'b⟦.c⟧'\n"]), ("a.md", MANY)]),
    (
        "own rule selector attribute",
        &[],
        &[(RULE, page!["  select: '[class*=\"⟦c⟧\"]'\n"]), ("a.html", "<b class=\"⟦c ⟧\">a</b>")],
    ),
    (
        "own rule selector attribute of many",
        &[],
        &[(RULE, page!["  select: '[class~=d]'\n"]), ("a.html", "<b class=\"⟦c ⟧\">a</b>")],
    ),
    ("own rule text", &[], &[(RULE, page!["  text: '(a|aa)+$'\n"]), ("a.md", "⟦a⟧!\n")]),
    ("own rule text found often", &[], &[(RULE, page!["  text: 'a'\n"]), ("a.md", "⟦a ⟧\n")]),
    ("own rule text found empty", &[], &[(RULE, page!["  text: 'x*'\n"]), ("a.md", "⟦가 ⟧\n")]),
    ("own rule text to the end", &[], &[(RULE, page!["  text: 'a.*z'\n"]), ("a.md", "⟦a ⟧\n")]),
    ("own rule text counted", &[], &[(RULE, page!["  text: '(a{1,100}){1,100}b'\n"]), ("a.md", "⟦a⟧\n")]),
    ("own rule text counted, with gaps", &[], &[(RULE, page!["  text: '(a.{0,20}){1,30}b'\n"]), ("a.md", "⟦a ⟧\n")]),
    (
        "own rule text of letters counted",
        &[],
        &[(RULE, page!["  text: '(a|\\w){1,12}([a-z]{1,90}){1,50}!'\n"]), ("a.md", "⟦aab ⟧\n")],
    ),
    ("own rule text of many letters", &[], &[(RULE, page!["  text: '⟦\\w%N|⟧b'\n"]), ("a.md", "⟦a⟧\n")]),
    // Matching takes time in proportion to the product of the sizes of pattern and text. The limit on patterns
    // (`pattern::LONGEST`) keeps it linear in the text.
    ("own rule text long", &[], &[(RULE, page!["  text: '⟦a⟧'\n"]), ("a.md", POST)]),
    ("own rule text of alternatives", &[], &[(RULE, page!["  text: '⟦a%N|⟧b'\n"]), ("a.md", "⟦a⟧\n")]),
    ("own rule text nested", &[], &[(RULE, page!["  text: '⟦(⟧a⟦)⟧'\n"]), ("a.md", POST)]),
    ("own rule text open", &[], &[(RULE, page!["  text: '⟦(⟧'\n"]), ("a.md", POST)]),
    (
        "own rule front matter matches",
        &[],
        &[(RULE, page!["  front-matter: title\n  matches: '(a|b)*c'\n"]), ("a.md", "---\ntitle: ⟦ab⟧\n---\n")],
    ),
    (
        "own rule front matter not in",
        &[],
        &[(RULE, page!["  front-matter: title\n  not-in: [⟦a%N, ⟧b]\n"]), ("a.md", POST)],
    ),
    (
        "own rule prose long",
        &[],
        &[
            (
                RULE,
                concat!(
                    "---\nsummary: s\ngroup: markup\nlevel: warn\nmatch: {select: u}\nlabel: l\nhelp: h\n---\n\n",
                    "⟦# Why\n\n```html bad\n<b>x</b>\n```\n\n⟧"
                ),
            ),
            ("a.md", POST),
        ],
    ),
    ("own rule unknown keys", &[], &[(RULE, "---\nsummary: s\n⟦levle%N: warn\n⟧---\n"), ("a.md", POST)]),
    ("own rule labels long", &[], &[(RULE, page!["  select: b\nsince: \"⟦a ⟧\"\n"]), ("a.md", MANY)]),
    (
        "own rule fixes",
        &["--add-ignore=x"],
        &[(RULE, page!["  select: b\nfix: {title: t, safety: safe, rename-tag: em}\n"]), ("a.md", MANY)],
    ),
    // Config files.
    (
        "config overrides",
        &[],
        &[("postlint.yml", "overrides:\n⟦  - {match: \"a%N*.md\", rules: {alt-missing: off}}\n⟧"), ("a.md", POST)],
    ),
    (
        "config overrides that match",
        &[],
        &[("postlint.yml", "overrides:\n⟦  - {match: \"**/*.md\", rules: {alt-missing: off}}\n⟧"), ("a.md", POST)],
    ),
    (
        "config globs",
        &[],
        &[
            ("postlint.yml", "overrides:\n  - match: [⟦\"a%N\", ⟧\"b\"]\n    rules: {alt-missing: off}\n"),
            ("a.md", POST),
        ],
    ),
    (
        "config glob of stars",
        &[],
        &[("postlint.yml", "overrides:\n  - match: \"⟦*a⟧b\"\n    rules: {alt-missing: off}\n"), ("a.md", POST)],
    ),
    (
        "config glob of double stars",
        &[],
        &[("postlint.yml", "overrides:\n  - match: \"⟦**/⟧b\"\n    rules: {alt-missing: off}\n"), ("a.md", POST)],
    ),
    (
        "config glob of alternatives",
        &[],
        &[("postlint.yml", "overrides:\n  - match: \"{⟦a%N,⟧b}\"\n    rules: {alt-missing: off}\n"), ("a.md", POST)],
    ),
    (
        "config glob of nested alternatives",
        &[],
        &[("postlint.yml", "overrides:\n  - match: \"⟦{a,⟧b⟦}⟧\"\n    rules: {alt-missing: off}\n"), ("a.md", POST)],
    ),
    (
        "config glob of braces",
        &[],
        &[("postlint.yml", "overrides:\n  - match: \"⟦{⟧b⟦}⟧\"\n    rules: {alt-missing: off}\n"), ("a.md", POST)],
    ),
    ("config ignores of braces", &[], &[("postlint.yml", "ignore: [\"⟦{⟧b⟦}⟧\"]\n"), ("a.md", POST)]),
    ("config ignore file of braces", &[], &[(".gitignore", "⟦{⟧b⟦}⟧\n"), ("a.md", POST)]),
    (
        "config of the site, braces",
        &[],
        &[
            ("_config.yml", "exclude: [\"⟦{⟧b⟦}⟧\"]\ndefaults:\n  - scope: {path: \"*⟦{⟧b⟦}⟧\"}\n    values: {a: b}\n"),
            ("_posts/2024-01-01-a.md", POST),
        ],
    ),
    (
        "config glob of classes",
        &[],
        &[("postlint.yml", "overrides:\n  - match: \"[⟦a⟧]\"\n    rules: {alt-missing: off}\n"), ("a.md", POST)],
    ),
    ("config ignores", &[], &[("postlint.yml", "ignore: [⟦a%N/, ⟧b/]\n"), ("a.md", POST)]),
    ("config ignore file", &[], &[(".postlintignore", "⟦a%N/**\n⟧"), ("a.md", POST)]),
    ("config ignore file of negations", &[], &[(".gitignore", "⟦*.md\n!*.md\n⟧"), ("a.md", POST)]),
    (
        "config fields",
        &[],
        &[
            ("postlint.yml", "front-matter:\n  - match: \"*.md\"\n    fields:\n⟦      a%N: {required: true}\n⟧"),
            ("a.md", POST),
        ],
    ),
    (
        "config fields and keys",
        &[],
        &[
            (
                "postlint.yml",
                "front-matter:\n  - match: \"*.md\"\n    unknown: warn\n    fields:\n⟦      a%N: {type: string}\n⟧",
            ),
            ("a.md", BAD_ONES),
        ],
    ),
    (
        "config fields not met",
        &[],
        &[
            ("postlint.yml", "front-matter:\n  - match: \"*.md\"\n    fields:\n⟦      a%N: {type: number}\n⟧"),
            ("a.md", BAD_ONES),
        ],
    ),
    (
        "config unknown keys",
        &[],
        &[
            (
                "postlint.yml",
                "front-matter:\n  - match: \"*.md\"\n    unknown: warn\n    fields: {title: {}, description: {}}\n",
            ),
            ("a.md", BAD_ONES),
        ],
    ),
    (
        "config order",
        &[],
        &[
            ("postlint.yml", "front-matter:\n  - match: \"*.md\"\n    order: [⟦a%N, ⟧b]\n"),
            ("a.md", "---\nb: c\n⟦a%N: b\n⟧---\n"),
        ],
    ),
    (
        "config order without regard to case",
        &["--site", "hugo"],
        &[("postlint.yml", "front-matter:\n  - match: \"*.md\"\n    order: [⟦A%N, ⟧b]\n"), ("a.md", BAD_ONES)],
    ),
    (
        "config fields required",
        &[],
        &[
            ("postlint.yml", "front-matter:\n  - match: \"*.md\"\n    fields:\n⟦      b%N: {required: true}\n⟧"),
            ("a.md", BAD_ONES),
        ],
    ),
    (
        "config fields known without regard to case",
        &["--site", "hugo"],
        &[
            (
                "postlint.yml",
                "front-matter:\n  - match: \"*.md\"\n    unknown: warn\n    fields:\n⟦      B%N: {required: true}\n⟧",
            ),
            ("a.md", BAD_ONES),
        ],
    ),
    (
        "config field condition of many",
        &[],
        &[
            (
                "postlint.yml",
                "front-matter:\n  - match: \"*.md\"\n    fields:\n      t: {required: {when: {⟦a%N: b, ⟧c: d}}}\n",
            ),
            ("a.md", BAD_ONES),
        ],
    ),
    (
        "config field patterns",
        &[],
        &[
            ("postlint.yml", "front-matter:\n  - match: \"*.md\"\n    fields:\n⟦      a%N: {pattern: '\\w%N'}\n⟧"),
            ("a.md", BAD_ONES),
        ],
    ),
    (
        "config option of patterns",
        &[],
        &[
            ("postlint.yml", "rules: {alt-filename: {options: {patterns: [⟦'a%N', ⟧b]}}}\n"),
            ("a.md", "⟦![b%N](c.png)\n⟧"),
        ],
    ),
    (
        "config fields nested",
        &[],
        &[("postlint.yml", "front-matter:\n  - match: \"*.md\"\n    fields: ⟦{a: {fields: ⟧{}⟦}}⟧\n"), ("a.md", POST)],
    ),
    (
        "config field values",
        &[],
        &[
            ("postlint.yml", "front-matter:\n  - match: \"*.md\"\n    fields:\n      title: {one-of: [⟦a%N, ⟧b]}\n"),
            ("a.md", POST),
        ],
    ),
    (
        "config field values of lists",
        &[],
        &[
            (
                "postlint.yml",
                "front-matter:\n  - match: \"*.md\"\n    fields:\n      tags: {list: true, one-of: [⟦a%N, ⟧b]}\n",
            ),
            ("a.md", "---\ntags: [⟦c%N, ⟧d]\n---\n"),
        ],
    ),
    (
        "config field pattern",
        &[],
        &[
            ("postlint.yml", "front-matter:\n  - match: \"*.md\"\n    fields:\n      title: {pattern: \"(a|aa)*$\"}\n"),
            ("a.md", "---\ntitle: ⟦a⟧!\n---\n"),
        ],
    ),
    (
        "config field lengths",
        &[],
        &[
            (
                "postlint.yml",
                "front-matter:\n  - match: \"*.md\"\n    fields:\n      title: {max-length: 10, max-width: 10, format: uri}\n",
            ),
            ("a.md", "---\ntitle: \"⟦a ⟧\"\n---\n"),
        ],
    ),
    (
        "config field differs",
        &[],
        &[
            ("postlint.yml", "front-matter:\n  - match: \"*.md\"\n    fields:\n⟦      a%N: {differs-from: title}\n⟧"),
            ("a.md", BAD_ONES),
        ],
    ),
    (
        "config field conditions",
        &[],
        &[
            (
                "postlint.yml",
                "front-matter:\n  - match: \"*.md\"\n    fields:\n⟦      b%N: {required: {when: {a%N: b}}}\n⟧",
            ),
            ("a.md", BAD_ONES),
        ],
    ),
    ("config mistakes", &[], &[("postlint.yml", "⟦rulse%N: a\n⟧"), ("a.md", POST)]),
    ("config mistakes in rules", &[], &[("postlint.yml", "rules:\n⟦  alt-misssing%N: warn\n⟧"), ("a.md", POST)]),
    (
        "config mistakes in one line",
        &[],
        &[("postlint.yml", "rules: {⟦alt-misssing%N: warn, ⟧all: on}\n"), ("a.md", POST)],
    ),
    ("config rules same", &[], &[("postlint.yml", "rules:\n⟦  alt-missing: warn\n⟧"), ("a.md", POST)]),
    (
        "config options long",
        &[],
        &[
            ("postlint.yml", "rules:\n  link-text-generic:\n    options:\n      words: [⟦a%N, ⟧b]\n"),
            ("a.md", "⟦[a](b) ⟧\n"),
        ],
    ),
    (
        "config host list",
        &[],
        &[("postlint.yml", "own-hosts: [⟦a%N.com, ⟧b.com]\n"), ("a.md", "⟦[a](http://c%N.com/) ⟧\n")],
    ),
    ("config nested", &[], &[("postlint.yml", "rules: ⟦[⟧⟦]⟧\n"), ("a.md", POST)]),
    ("config extends itself", &[], &[("postlint.yml", "extends: [⟦postlint.yml, ⟧recommended]\n"), ("a.md", POST)]),
    ("config extends presets", &[], &[("postlint.yml", "extends: [⟦recommended, ⟧strict]\n"), ("a.md", POST)]),
    (
        "config extends in a fan",
        &[],
        &[
            ("postlint.yml", "extends: [⟦b.yml, ⟧b.yml]\n"),
            ("b.yml", "extends: [⟦c.yml, ⟧c.yml]\n"),
            ("c.yml", "lang: ko\n"),
            ("a.md", POST),
        ],
    ),
    ("config long scalar", &[], &[("postlint.yml", "lang: \"⟦ko-⟧\"\n"), ("a.md", POST)]),
    ("config comments", &[], &[("postlint.yml", "⟦# a\n⟧lang: ko\n"), ("a.md", POST)]),
    ("config of the site", &[], &[("_config.yml", "⟦a%N: b\n⟧title: c\n"), ("_posts/2024-01-01-a.md", POST)]),
    (
        "config of the site, defaults",
        &[],
        &[
            ("_config.yml", "defaults:\n⟦  - scope: {path: \"\"}\n    values: {a%N: b}\n⟧"),
            ("_posts/2024-01-01-a.md", POST),
        ],
    ),
    (
        "config of the site, defaults for keys",
        &[],
        &[
            ("_config.yml", "defaults:\n⟦  - scope: {path: \"\"}\n    values: {a%N: b}\n⟧"),
            ("_posts/2024-01-01-a.md", BAD_ONES),
        ],
    ),
    // Output formats and written files.
    ("format concise", &["--format", "concise"], &[("a.html", PICTURES)]),
    ("format json", &["--format", "json"], &[("a.html", PICTURES)]),
    ("format json lines", &["--format", "json-lines"], &[("a.html", PICTURES)]),
    ("format github", &["--format", "github"], &[("a.html", PICTURES)]),
    ("format github, one line", &["--format", "github"], &[("a.html", "⟦<img src=a>⟧")]),
    ("format json, one line", &["--format", "json"], &[("a.html", "⟦<img src=a>⟧")]),
    ("format json lines, one line of hangul", &["--format", "json-lines"], &[("a.html", "⟦가<img src=a>⟧")]),
    ("format concise, one line", &["--format", "concise"], &[("a.html", "⟦<img src=a>⟧")]),
    ("format statistics", &["--statistics"], &[("a.html", PICTURES)]),
    ("format timing", &["--timing"], &[("a.html", PICTURES)]),
    ("format full in colour", &["--color", "always"], &[("a.html", PICTURES)]),
    ("format full with tabs", &[], &[("a.html", "⟦\t⟧\n⟦\t<img src=a>\n⟧")]),
    ("add suppressions", &["--add-ignore=x"], &[("a.html", PICTURES)]),
    ("add suppressions in Markdown", &["--add-ignore=x"], &[("a.md", "⟦![](a.png)\n\n⟧")]),
    ("add suppressions in one line", &["--add-ignore=x"], &[("a.md", "⟦![](a.png) ⟧\n")]),
    ("add suppressions in a list", &["--add-ignore=x"], &[("a.md", "⟦- ![](a.png)\n⟧")]),
    ("add suppressions in a table", &["--add-ignore=x"], &[("a.md", "| a |\n|---|\n⟦| ![](a.png) |\n⟧")]),
    ("add suppressions in MDX", &["--add-ignore=x"], &[("a.mdx", "⟦![](a.png)\n\n⟧")]),
    ("add suppressions in front matter", &["--add-ignore=x"], &[("a.md", "---\n⟦titel%N: a\n⟧---\n")]),
    ("write a baseline", &["--write-baseline"], &[("a.html", PICTURES)]),
    ("write a baseline of different", &["--write-baseline"], &[("a.html", "⟦<img src=a%N.png>\n⟧")]),
    ("write a baseline of long lines", &["--write-baseline"], &[("a.html", "⟦word ⟧⟦<img src=a%N.png>⟧")]),
    (
        "baseline long",
        &[],
        &[("postlint-baseline.txt", "⟦a%N.md alt-missing 0000000000000000 1 x\n⟧"), ("a.html", PICTURES)],
    ),
    (
        "baseline counts",
        &[],
        &[("postlint-baseline.txt", "⟦a.html\talt-missing\t0000000000000000\t1\tx\n⟧"), ("a.html", PICTURES)],
    ),
    ("select many", &["--select", "all,all,all,all,all,all,all,all,all,all,all"], &[("a.html", PICTURES)]),
];
