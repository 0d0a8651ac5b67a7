//! `docs/build/rules.py`, run as mdBook runs it. It needs Python; without it nothing is tested.

use super::root;
use serde_json::{Value, json};
use std::io::Write;
use std::process::{Command, Stdio};

/// The book after the preprocessor; nothing without Python.
fn processed(content: &str) -> Option<Result<Value, String>> {
    let chapter = json!({
        "name": "Rules", "content": content, "number": [1], "sub_items": [], "path": "rules.md",
        "source_path": "rules.md", "parent_names": [],
    });
    let mut child = Command::new("python3")
        .arg("-B")
        .arg(root().join("docs/build/rules.py"))
        .env("POSTLINT", env!("CARGO_BIN_EXE_postlint"))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .map_err(|_| eprintln!("skipped: there is no python3"))
        .ok()?;
    let input = json!([{}, {"items": [{"Chapter": chapter}]}]).to_string();
    child.stdin.take().unwrap().write_all(input.as_bytes()).unwrap();
    let output = child.wait_with_output().unwrap();
    if !output.status.success() {
        return Some(Err(String::from_utf8(output.stderr).unwrap()));
    }
    Some(Ok(serde_json::from_slice(&output.stdout).unwrap()))
}

#[test]
fn each_rule_has_a_page_with_its_facts_and_examples() {
    let Some(book) = processed("# Rules\n\n<!-- rules -->\n") else { return };
    let book = book.unwrap();
    let rules = &book["items"][0]["Chapter"];
    let groups = rules["sub_items"].as_array().unwrap();
    let pages: Vec<&Value> =
        groups.iter().flat_map(|group| group["Chapter"]["sub_items"].as_array().unwrap()).collect();
    let files = std::fs::read_dir(root().join("rules")).unwrap().count();
    assert_eq!(pages.len(), files);

    let overview = rules["content"].as_str().unwrap();
    let page = |name: &str| {
        let found = pages.iter().find(|page| page["Chapter"]["name"] == name).unwrap();
        found["Chapter"]["content"].as_str().unwrap()
    };
    for file in std::fs::read_dir(root().join("rules")).unwrap() {
        let path = file.unwrap().path();
        let name = path.file_stem().unwrap().to_str().unwrap();
        assert!(overview.contains(&format!("](rules/{name}.md)")), "{name} is not listed");
        let content = page(name);
        assert!(!content.contains("\nauthority: ") && !content.contains("``` bad"), "{name} is shown as it is written");
        assert!(content.contains("class=\"example bad\"") && content.contains("\n## Fix\n"), "{name} lacks a part");
    }
    let rel = page("rel-unknown-token");
    assert!(rel.contains("<dt>Level</dt><dd>warn, on by default</dd>"), "{rel}");
    assert!(rel.contains("<dt>Fix</dt><dd><a href=\"#fix\">yes</a></dd>"), "{rel}");
    assert!(page("alt-long").contains("<dd>off by default</dd>"));
    assert!(page("alt-filename").contains("<a href=\"#fix\">none</a>"));
    assert!(page("emphasis-not-rendered").contains("sites whose Markdown engine is known"));
}

#[test]
fn links_that_leave_the_book_are_resolved() {
    let Some(book) = processed("[a](../../rules/alt-long.md#fix) [b](../../action.yml)") else { return };
    let content = book.unwrap()["items"][0]["Chapter"]["content"].clone();
    let expected = "[a](rules/alt-long.md#fix) [b](https://github.com/postlint/postlint/blob/main/action.yml)";
    assert_eq!(content, expected);
    let error = processed("[a](../../rules/nowhere.md)").unwrap().unwrap_err();
    assert!(error.contains("rules.md: there is no rules/nowhere.md"), "{error}");
}
