//! A post written in a visual editor has exactly the expected findings, as Markdown and as HTML.

use crate::support::blog::Blog;
use crate::support::environment;
use crate::support::shared;
use serde_json::Value;
use std::fs;
use std::path::{Path, PathBuf};

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn findings(path: &Path) -> Vec<Value> {
    let output = environment::postlint().args(["--format", "json-flat"]).arg(path).output().unwrap();
    serde_json::from_slice(&output.stdout).unwrap_or_else(|error| panic!("{error}: {output:?}"))
}

/// A finding as `rule level line:column start..end`.
fn short(finding: &Value) -> String {
    let word = |key: &str| finding[key].as_str().unwrap().to_owned();
    format!(
        "{} {} {}:{} {}..{}",
        word("ruleId"),
        word("level"),
        finding["line"],
        finding["column"],
        finding["span"]["start"]["byte"],
        finding["span"]["end"]["byte"],
    )
}

fn all_short(path: &Path) -> Vec<String> {
    findings(path).iter().map(short).collect()
}

const SEED: [&str; 17] = [
    "description-wide info 6:3 120..436",
    "summary-duplicated warn 8:3 455..771",
    "alt-label-only warn 12:46 857..868",
    "spacer-paragraph warn 16:1 942..977",
    "spacer-paragraph warn 20:1 1918..1953",
    "spacer-paragraph warn 24:1 2027..2062",
    "spacer-paragraph warn 28:1 2853..2888",
    "spacer-paragraph warn 32:1 2960..2995",
    "spacer-paragraph warn 36:1 3801..3836",
    "spacer-paragraph warn 40:1 3901..3936",
    "spacer-paragraph warn 44:1 4606..4641",
    "spacer-paragraph warn 48:1 4700..4735",
    "spacer-paragraph warn 52:1 5361..5396",
    "table-without-headers warn 54:1 5398..5426",
    "spacer-paragraph warn 69:1 6011..6046",
    "spacer-paragraph warn 73:1 6057..6092",
    "rel-unknown-token warn 76:62 6664..6672",
];

#[test]
fn seed_post_gives_its_17_findings() {
    let Some(post) = shared::find("seed/_posts/2024-07-30-seoul.md") else { return };
    assert_eq!(all_short(&post), SEED);
    let found = findings(&post);
    let duplicated = found.iter().find(|f| f["ruleId"] == "summary-duplicated").unwrap();
    let related = &duplicated["related"][0]["span"];
    assert_eq!((&related["start"]["byte"], &related["end"]["byte"]), (&120.into(), &436.into()));
    assert_eq!((&related["start"]["line"], &related["start"]["column"]), (&6.into(), &3.into()));
    assert!(duplicated["message"].as_str().unwrap().contains("129 characters"), "{}", duplicated["message"]);
    let rel = found.iter().find(|f| f["ruleId"] == "rel-unknown-token").unwrap();
    let start = &rel["span"]["start"];
    assert_eq!((&start["column"], &start["columnByte"]), (&62.into(), &90.into()));
}

#[test]
fn seed_post_as_html_gives_the_same() {
    let Some(post) = shared::find("seed/_posts/2024-07-30-seoul.md") else { return };
    let name = "_posts/2024-07-30-seoul.html";
    let blog = Blog::new(&[(name, &fs::read_to_string(post).unwrap())]);
    assert_eq!(all_short(&blog.0.join(name)), SEED);
}

/// A post with the structure of the seed post and other text. `UPDATE=1` rewrites the expected findings.
#[test]
fn harbor_post_gives_the_expected_findings() {
    let folder = root().join("fixtures/posts");
    let output = environment::postlint()
        .current_dir(&folder)
        .args(["--format", "concise", "-q", "_posts/2024-06-01-harbor.md"])
        .output()
        .unwrap();
    let found = String::from_utf8(output.stdout).unwrap();
    let expected = folder.join("2024-06-01-harbor.expected.txt");
    if std::env::var_os("UPDATE").is_some() {
        fs::write(&expected, &found).unwrap();
    }
    assert_eq!(found, fs::read_to_string(expected).unwrap());
    assert_eq!(found.lines().count(), 17);
    assert_eq!(output.status.code(), Some(1));
}

#[test]
fn the_picture_of_the_seed_post_is_missed_in_its_site() {
    let Some(post) = shared::find("seed/_posts/2024-07-30-seoul.md") else { return };
    let name = "_posts/2024-07-30-seoul.md";
    let config = ("_config.yml", "url: https://blog.example.com\nlang: ko\n");
    let blog = Blog::new(&[config, (name, &fs::read_to_string(post).unwrap())]);
    let missing = |arguments: &[&str]| {
        let output = blog.run(arguments);
        let lines = String::from_utf8(output.stdout).unwrap();
        let places: Vec<String> = lines
            .lines()
            .filter(|line| line.contains("[image-file-missing]"))
            .filter_map(|line| line.strip_prefix(name)?.split(": ").next().map(str::to_owned))
            .collect();
        places
    };
    for arguments in [&["--format", "concise"][..], &["--format", "concise", "--ignore", "site"]] {
        assert_eq!(missing(arguments), [":9:9", ":12:14"], "{arguments:?}");
    }
    blog.write("assets/img/newspaper.png", "");
    assert_eq!(missing(&["--format", "concise"]), [""; 0]);
    assert_eq!(all_short(&blog.0.join(name)), SEED);
}
