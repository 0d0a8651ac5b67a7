//! Front matter that a Hugo site gives to its pages by `cascade`. The answers are those of Hugo 0.168.

use crate::support::blog::{Blog, stdout};
use serde_json::Value;

/// Whether `rule` reports the post at `path`.
fn reports(files: &[(&str, &str)], rule: &str, path: &str) -> bool {
    let output = Blog::new(files).run(&["--format", "json-lines", "--exit-zero", "--select", rule, "."]);
    let found = stdout(&output);
    found.lines().any(|line| serde_json::from_str::<Value>(line).unwrap()["path"] == path)
}

const CONFIG: (&str, &str) = ("hugo.toml", "title = 'x'\n");
const WITHOUT_TITLE: &str = "---\ndate: 2024-01-01\n---\nThe tide is low.\n";

#[test]
fn files_that_a_section_does_not_render_are_no_pages() {
    let in_section = |cascade: &str| {
        let index = format!("---\ntitle: Parts\n{cascade}---\n");
        let files = [CONFIG, ("content/parts/_index.md", index.as_str()), ("content/parts/one.md", WITHOUT_TITLE)];
        reports(&files, "title-missing", "content/parts/one.md")
    };
    assert!(in_section(""));
    assert!(!in_section("cascade:\n  build: {render: never, list: never}\n"));
    assert!(!in_section("cascade:\n  - _build:\n      render: false\n"));
    assert!(!in_section("cascade: {draft: true}\n"));
    assert!(in_section("cascade:\n  build: {render: always}\n"));
    assert!(in_section("cascade:\n  - build: {render: never}\n    target: {path: '/other/**'}\n"));
    assert!(!in_section("cascade:\n  - build: {render: never}\n    target: {path: '/parts/**'}\n"));
    assert!(!in_section("cascade:\n  - build: {render: never}\n    target: {kind: page}\n"));
}

#[test]
fn the_config_may_say_so_of_folders_anywhere() {
    let config = "title: x\ncascade:\n  - build: {render: never}\n    target: {path: '{,/**}/_shared{,/**}'}\n";
    let files = [
        ("hugo.yaml", config),
        ("content/a/_shared/one.md", WITHOUT_TITLE),
        ("content/a/shared/two.md", WITHOUT_TITLE),
    ];
    assert!(!reports(&files, "title-missing", "content/a/_shared/one.md"));
    assert!(reports(&files, "title-missing", "content/a/shared/two.md"));
}

#[test]
fn what_a_section_gives_is_not_missing() {
    let demand = ("postlint.yml", "front-matter: [{match: content/**, required: [author]}]\n");
    let index = "---\ntitle: A\ncascade:\n  params: {author: The harbour office}\n---\n";
    let post = "---\ntitle: Low tide\n---\nThe tide is low.\n";
    let files = [CONFIG, demand, ("content/a/_index.md", index), ("content/a/b/p.md", post), ("content/c/p.md", post)];
    assert!(!reports(&files, "required-key-missing", "content/a/b/p.md"));
    assert!(reports(&files, "required-key-missing", "content/c/p.md"));
}

#[test]
fn sections_of_a_language_give_to_pages_in_it() {
    let config = "languages: {en: {weight: 1}, ko: {weight: 2}}\n";
    let index = "---\ntitle: A\ncascade: {build: {render: never}}\n---\n";
    let files = [
        ("hugo.yaml", config),
        ("content/a/_index.ko.md", index),
        ("content/a/p.ko.md", WITHOUT_TITLE),
        ("content/a/p.md", WITHOUT_TITLE),
    ];
    assert!(!reports(&files, "title-missing", "content/a/p.ko.md"));
    assert!(reports(&files, "title-missing", "content/a/p.md"));
}
