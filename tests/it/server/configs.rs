//! Config files and pages of rules that are open.

use crate::server::editor::{Editor, pushed, uri};
use crate::support::blog::Blog;
use serde_json::{Value, json};

const NAME: &str = "_posts/2024-05-01-a.md";
const POST: &str = "---\nlayout: post\ntitle: Harbour\n---\n\n<img src=\"/a.jpg\">\n";

fn has(rule: &'static str) -> impl Fn(&[Value]) -> bool {
    move |found| found.iter().any(|it| it["code"] == rule)
}

/// The messages that the client was shown.
fn shown(editor: &Editor) -> Vec<String> {
    let messages = editor.told.iter().filter(|(method, _)| method == "window/showMessage");
    messages.map(|(_, params)| params["message"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn without_good_settings_the_default_ones_apply() {
    let other = "---\nlayout: post\ntitle: Harbour\n---\n\n[a](/2024/05/01/b.html)\n";
    let (site, broken) = ("title: Harbour\nurl: https://harbour.example\n", "rules: {nope: off, alt-missing: off}\n");
    let files = [("_config.yml", site), ("postlint.yml", broken), (NAME, POST), ("_posts/2024-05-02-b.md", other)];
    let blog = Blog::new(&files);
    let (post, config) = (uri(&blog, NAME), uri(&blog, "postlint.yml"));
    let mut editor = Editor::new(&blog.0, pushed("utf-16"));
    editor.open(&post, POST);
    let all = |found: &[Value]| has("alt-missing")(found) && has("title-shared")(found);
    let found = editor.wait(&post, all);
    assert!(all(&found), "{found:#?}");
    let messages = shown(&editor);
    assert_eq!(messages.len(), 1, "{messages:?}");
    assert!(messages[0].contains("postlint.yml:1: "), "{messages:?}");
    assert!(messages[0].ends_with("; until it is corrected, the default settings apply"), "{messages:?}");
    // While it is typed, there is no other message.
    editor.open(&config, broken);
    editor.replace(&config, 2, "rules: {nop: off, alt-missing: off}\n");
    assert_eq!(editor.wait(&config, |found| found.len() == 1).len(), 1);
    editor.replace(&config, 3, "rules: {alt-missing: off}\n");
    let off = |found: &[Value]| !has("alt-missing")(found) && has("title-shared")(found);
    let found = editor.wait(&post, off);
    assert!(off(&found), "{found:#?}");
    assert_eq!(shown(&editor), messages);
    // With settings that were good, these apply.
    editor.notify("textDocument/didClose", json!({ "textDocument": { "uri": config } }));
    editor.replace(&post, 2, &format!("{POST}\n<img src=\"/b.jpg\">\n"));
    editor.wait_for_version(&post, 2);
    let found = editor.wait(&post, off);
    assert!(off(&found), "{found:#?}");
    let messages = shown(&editor);
    assert_eq!(messages.len(), 2, "{messages:?}");
    assert!(messages[1].ends_with("; until it is corrected, the last good settings apply"), "{messages:?}");
    editor.end();
}

#[test]
fn files_that_are_opened_with_unsaved_text_count_at_once() {
    let layout = |body: &str| format!("<html><head></head><body>{body}{{{{ content }}}}</body></html>\n");
    let data = "---\nlayout: post\ntitle: Harbour\n---\n\n<h1>Boats</h1>\n";
    let (plain, heading) = (layout("<p>{{ page.title }}</p>"), layout("<h1>{{ page.title }}</h1>"));
    let files = [
        ("_config.yml", "title: Harbour\n"),
        ("postlint.yml", "rules: {}\n"),
        ("_layouts/post.html", &plain),
        (NAME, data),
        ("b.md", "---\ntitle: Boats\n---\n\n<img src=\"/a.jpg\">\n"),
    ];
    let blog = Blog::new(&files);
    let post = uri(&blog, "b.md");
    let mut editor = Editor::new(&blog.0, pushed("utf-16"));
    editor.open(&post, &blog.read("b.md"));
    assert!(has("alt-missing")(&editor.wait(&post, has("alt-missing"))));
    let off = |found: &[Value]| !has("alt-missing")(found);
    for (name, text) in
        [("postlint.yml", "rules: {alt-missing: off}\n"), ("_config.yml", "title: Harbour\nexclude: [b.md]\n")]
    {
        let file = uri(&blog, name);
        editor.open(&file, text);
        assert!(off(&editor.wait(&post, off)), "{name}");
        editor.notify("textDocument/didClose", json!({ "textDocument": { "uri": file } }));
        assert!(has("alt-missing")(&editor.wait(&post, has("alt-missing"))), "{name}");
    }
    // A config that is not saved yet.
    let file = uri(&blog, "sub/postlint.yml");
    let inner = uri(&blog, "sub/c.md");
    let text = "---\ntitle: Nets\n---\n\n<img src=\"/a.jpg\">\n";
    editor.open(&inner, text);
    assert!(has("alt-missing")(&editor.wait(&inner, has("alt-missing"))));
    editor.open(&file, "rules: {alt-missing: off}\n");
    assert!(off(&editor.wait(&inner, off)));
    editor.notify("textDocument/didClose", json!({ "textDocument": { "uri": file } }));
    assert!(has("alt-missing")(&editor.wait(&inner, has("alt-missing"))));
    // A layout that shows the title as the heading of the page, so that one more heading of that level is wrong.
    let (post, layout) = (uri(&blog, NAME), uri(&blog, "_layouts/post.html"));
    editor.open(&post, data);
    let repeated = has("heading-repeats-title-level");
    editor.wait_for_version(&post, 1);
    assert!(!repeated(&editor.wait(&post, |_| true)));
    editor.open(&layout, &heading);
    assert!(repeated(&editor.wait(&post, &repeated)));
    editor.notify("textDocument/didClose", json!({ "textDocument": { "uri": layout } }));
    assert!(!repeated(&editor.wait(&post, |found| !repeated(found))));
    editor.end();
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
    assert_eq!(shown(&editor), [] as [String; 0], "its diagnostic is enough");
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
