//! Users' own JSON Schemas, and posts that are validated with them.

use super::config::{BAD_ONES, POST};

const CONFIG: &str = "front-matter:\n  - match: \"*.md\"\n    schema: s.json\n";

/// Deeply nested lists inside mappings with long keys.
macro_rules! nest {
    ($($indent:literal)*) => {
        concat!(
            "---\n",
            $($indent, "a234567890123456789012345678901234567890123456789012345678901234567890",
            "a234567890123456789012345678901234567890123456789012345678901234567890:\n",)*
            "⟦                - a\n⟧---\n"
        )
    };
}

pub(super) const RUNS: &[super::Run] = &[
    (
        "schema properties",
        &[],
        &[
            ("postlint.yml", CONFIG),
            ("s.json", "{\"properties\": {⟦\"a%N\": {\"type\": \"number\"}, ⟧\"b\": {}}}"),
            ("a.md", BAD_ONES),
        ],
    ),
    (
        "schema patterns",
        &[],
        &[
            ("postlint.yml", CONFIG),
            ("s.json", "{\"patternProperties\": {⟦\"^a%N$\": {\"type\": \"number\"}, ⟧\"b\": {}}}"),
            ("a.md", BAD_ONES),
        ],
    ),
    (
        "schema any of many",
        &[],
        &[
            ("postlint.yml", CONFIG),
            ("s.json", "{\"anyOf\": [⟦{\"required\": [\"c%N\"]}, ⟧{\"required\": [\"d\"]}]}"),
            ("a.md", BAD_ONES),
        ],
    ),
    (
        "schema one of many",
        &[],
        &[("postlint.yml", CONFIG), ("s.json", "{\"oneOf\": [⟦{\"required\": [\"a%N\"]}, ⟧{}]}"), ("a.md", BAD_ONES)],
    ),
    ("schema nested", &[], &[("postlint.yml", CONFIG), ("s.json", "⟦{\"not\": ⟧{}⟦}⟧"), ("a.md", POST)]),
    (
        "schema references doubling",
        &[],
        &[
            ("postlint.yml", CONFIG),
            (
                "s.json",
                "{\"allOf\": [{\"$ref\": \"#/$defs/a0\"}], \"$defs\": {⟦\"a%N\": {\"allOf\": [{\"$ref\": \"#/$defs/a%N0\"}, {\"$ref\": \"#/$defs/a%N0\"}]}, ⟧\"b\": {}}}",
            ),
            ("a.md", POST),
        ],
    ),
    (
        "schema references itself",
        &[],
        &[("postlint.yml", CONFIG), ("s.json", "{\"allOf\": [⟦{\"$ref\": \"#\"}, ⟧{}]}"), ("a.md", POST)],
    ),
    (
        "schema values",
        &[],
        &[
            ("postlint.yml", CONFIG),
            ("s.json", "{\"properties\": {\"title\": {\"enum\": [⟦\"a%N\", ⟧\"b\"]}}}"),
            ("a.md", POST),
        ],
    ),
    (
        "schema items unique",
        &[],
        &[
            ("postlint.yml", CONFIG),
            ("s.json", "{\"properties\": {\"tags\": {\"uniqueItems\": true}}}"),
            ("a.md", "---\ntags: [⟦a%N, ⟧b]\n---\n"),
        ],
    ),
    (
        "schema items unique, lists",
        &[],
        &[
            ("postlint.yml", CONFIG),
            ("s.json", "{\"properties\": {\"tags\": {\"uniqueItems\": true}}}"),
            ("a.md", "---\ntags: [⟦[a, %N], ⟧b]\n---\n"),
        ],
    ),
    (
        "schema items contained",
        &[],
        &[
            ("postlint.yml", CONFIG),
            ("s.json", "{\"properties\": {\"tags\": {\"contains\": {\"const\": \"c\"}}}}"),
            ("a.md", "---\ntags: [⟦a%N, ⟧b]\n---\n"),
        ],
    ),
    (
        "schema any of many values",
        &[],
        &[
            ("postlint.yml", CONFIG),
            (
                "s.json",
                "{\"anyOf\": [⟦{\"properties\": {\"title\": {\"enum\": [\"b%N\"]}}}, ⟧{\"required\": [\"c\"]}]}",
            ),
            ("a.md", BAD_ONES),
        ],
    ),
    (
        "schema one of many patterns",
        &[],
        &[
            ("postlint.yml", CONFIG),
            ("s.json", "{\"oneOf\": [⟦{\"properties\": {\"title\": {\"pattern\": \"b%N$\"}}}, ⟧{}]}"),
            ("a.md", BAD_ONES),
        ],
    ),
    (
        "schema all of many",
        &[],
        &[
            ("postlint.yml", CONFIG),
            ("s.json", "{\"allOf\": [⟦{\"properties\": {\"title\": {\"maxLength\": %N}}}, ⟧{}]}"),
            ("a.md", BAD_ONES),
        ],
    ),
    (
        "schema patterns of letters",
        &[],
        &[
            ("postlint.yml", CONFIG),
            ("s.json", "{\"patternProperties\": {⟦\"^\\\\w%N\": {\"type\": \"number\"}, ⟧\"b\": {}}}"),
            ("a.md", BAD_ONES),
        ],
    ),
    (
        "schema required",
        &[],
        &[("postlint.yml", CONFIG), ("s.json", "{\"required\": [⟦\"c%N\", ⟧\"b\"]}"), ("a.md", BAD_ONES)],
    ),
    (
        "schema required without regard to case",
        &["--site", "hugo"],
        &[("postlint.yml", CONFIG), ("s.json", "{\"required\": [⟦\"A%N\", ⟧\"b\"]}"), ("a.md", BAD_ONES)],
    ),
    (
        "schema properties without regard to case",
        &["--site", "hugo"],
        &[("postlint.yml", CONFIG), ("s.json", "{\"properties\": {⟦\"C%N\": {}, ⟧\"b\": {}}}"), ("a.md", BAD_ONES)],
    ),
    (
        "schema required of items",
        &[],
        &[
            ("postlint.yml", CONFIG),
            ("s.json", "{\"properties\": {\"tags\": {\"items\": {\"required\": [⟦\"c%N\", ⟧\"b\"]}}}}"),
            ("a.md", "---\ntags:\n⟦- a: b\n⟧---\n"),
        ],
    ),
    (
        "schema dependent",
        &[],
        &[
            ("postlint.yml", CONFIG),
            ("s.json", "{\"dependentRequired\": {⟦\"a%N\": [\"c%N\"], ⟧\"b\": []}}"),
            ("a.md", BAD_ONES),
        ],
    ),
    (
        "schema closed",
        &[],
        &[
            ("postlint.yml", CONFIG),
            ("s.json", "{\"additionalProperties\": false, \"properties\": {⟦\"c%N\": {}, ⟧\"b\": {}}}"),
            ("a.md", BAD_ONES),
        ],
    ),
    (
        "schema long keys",
        &[],
        &[
            ("postlint.yml", CONFIG),
            ("s.json", DEEP),
            ("a.md", nest!["" " " "  " "   " "    " "     " "      " "       " "        " "         " "          "]),
        ],
    ),
    (
        "schema one long key",
        &[],
        &[("postlint.yml", CONFIG), ("s.json", DEEP), ("a.md", "---\n\"⟦key⟧\":\n⟦- a\n⟧---\n")],
    ),
];

/// A schema that accepts numbers at any depth.
const DEEP: &str = concat!(
    "{\"$ref\": \"#/$defs/n\", \"$defs\": {\"n\": {\"type\": [\"object\", \"array\", \"number\"], ",
    "\"additionalProperties\": {\"$ref\": \"#/$defs/n\"}, \"items\": {\"type\": \"number\"}}}}"
);
