//! Config files and pages of rules that are open.

use crate::server::editor::{Editor, pushed, uri};
use crate::support::blog::Blog;
use serde_json::{Value, json};

const NAME: &str = "_posts/2024-05-01-a.md";
const POST: &str = "---\nlayout: post\ntitle: Harbour\n---\n\n<img src=\"/a.jpg\">\n";

fn has(rule: &'static str) -> impl Fn(&[Value]) -> bool {
    move |found| found.iter().any(|it| it["code"] == rule)
}

#[test]
fn posts_follow_the_config_as_it_is_typed() {
    let blog = Blog::new(&[("_config.yml", "title: Harbour\n"), ("postlint.yml", "rules: {}\n"), (NAME, POST)]);
    let (post, config) = (uri(&blog, NAME), uri(&blog, "postlint.yml"));
    let mut editor = Editor::new(&blog.0, pushed("utf-16"));
    editor.open(&post, POST);
    assert!(has("alt-missing")(&editor.wait(&post, has("alt-missing"))));
    editor.open(&config, "rules: {}\n");
    assert_eq!(editor.wait(&config, |_| true), [] as [Value; 0]);
    editor.replace(&config, 2, "rules: {alt-missing: off}\n");
    let off = |found: &[Value]| !has("alt-missing")(found);
    assert!(off(&editor.wait(&post, off)));
    // While it is broken, the last good settings apply.
    editor.replace(&config, 3, "rules: {alt-missin: error}\n");
    let found = editor.wait(&config, |found| found.len() == 1);
    assert_eq!((&found[0]["code"], &found[0]["severity"]), (&json!("config"), &json!(1)), "{found:#?}");
    assert_eq!(found[0]["range"]["start"], json!({ "line": 0, "character": 8 }));
    assert!(found[0]["message"].as_str().unwrap().contains("alt-missing"), "{found:#?}");
    let shown: Vec<_> = editor.told.iter().filter(|(method, _)| method == "window/showMessage").collect();
    assert_eq!(shown.len(), 1, "{shown:#?}");
    assert!(shown[0].1["message"].as_str().unwrap().contains("postlint.yml:1: "), "{shown:#?}");
    editor.replace(&post, 2, &format!("{POST}\nMore.\n"));
    editor.listen(std::time::Duration::from_millis(300));
    assert!(off(&editor.wait(&post, |_| true)));
    editor.notify("textDocument/didClose", json!({ "textDocument": { "uri": config } }));
    assert!(has("alt-missing")(&editor.wait(&post, has("alt-missing"))), "the file on the disk counts again");
    editor.end();
}

#[test]
fn mistakes_in_settings_for_some_posts_only_and_in_rule_pages() {
    let page = "---\nname: harbour\n---\n\nText.\n";
    let blog = Blog::new(&[
        ("postlint.yml", "overrides:\n  - match: \"x/*.md\"\n    rules: {title-length: {options: {nonsense: 1}}}\n"),
        (".postlint/rules/harbour.md", page),
        (NAME, POST),
    ]);
    let mut editor = Editor::new(&blog.0, pushed("utf-8"));
    let rule = uri(&blog, ".postlint/rules/harbour.md");
    editor.open(&rule, page);
    let found = editor.wait(&rule, |found| !found.is_empty());
    assert_eq!(found[0]["code"], "rule-page", "{found:#?}");
    editor.end();
    std::fs::remove_file(blog.0.join(".postlint/rules/harbour.md")).unwrap();
    let mut editor = Editor::new(&blog.0, pushed("utf-8"));
    let config = uri(&blog, "postlint.yml");
    editor.open(&config, &blog.read("postlint.yml"));
    let found = editor.wait(&config, |found| !found.is_empty());
    assert_eq!((&found[0]["code"], &found[0]["range"]["start"]["line"]), (&json!("config"), &json!(2)), "{found:#?}");
    editor.end();
}

#[test]
fn each_folder_has_its_own_config() {
    let (one, other) =
        (Blog::new(&[(NAME, POST)]), Blog::new(&[(NAME, POST), ("postlint.yml", "rules: {alt-missing: off}\n")]));
    let folder = |blog: &Blog| json!({ "uri": uri(blog, ""), "name": "blog" });
    let mut editor = Editor::with(json!({
        "processId": null, "rootUri": null, "capabilities": pushed("utf-16"), "workspaceFolders": [folder(&one)],
    }));
    let change = json!({ "event": { "added": [folder(&other)], "removed": [] } });
    editor.notify("workspace/didChangeWorkspaceFolders", change);
    let (first, second) = (uri(&one, NAME), uri(&other, NAME));
    editor.open(&first, POST);
    editor.open(&second, POST);
    assert!(has("alt-missing")(&editor.wait(&first, has("alt-missing"))));
    assert!(!has("alt-missing")(&editor.wait(&second, |_| true)));
    // A file outside of all folders is checked as in its repository.
    let change = json!({ "event": { "added": [], "removed": [folder(&other)] } });
    editor.notify("workspace/didChangeWorkspaceFolders", change);
    editor.replace(&second, 2, &format!("{POST}\n"));
    editor.listen(std::time::Duration::from_millis(300));
    assert!(!has("alt-missing")(&editor.wait(&second, |_| true)));
    editor.end();
}
