//! Actions: fixes, suppressions, and all safe fixes at once.

use crate::server::editor::{Editor, offset, pushed, uri};
use crate::support::blog::{Blog, code};
use serde_json::{Value, json};

const NAME: &str = "_posts/2024-05-01-a.md";
const POST: &str = "---\nlayout: post\ntitle: 항구 👩\n---\n\n가나 👩 <a href=\"https://a.example/\" rel=\"nofollow dofollow\">끝</a>\n\n#제목\n\n<img src=\"/a.jpg\">\n";

fn blog() -> Blog {
    Blog::new(&[("_config.yml", "title: Harbour\n"), (NAME, POST)])
}

/// The text after the edits of an action.
fn applied(text: &str, edit: &Value) -> String {
    let edits = match edit.get("documentChanges") {
        Some(changes) => changes[0]["edits"].clone(),
        None => edit["changes"].as_object().unwrap().values().next().unwrap().clone(),
    };
    let span = |edit: &Value, end| offset(text, &edit["range"][end], "utf-16");
    let mut edits: Vec<(usize, usize, String)> = edits
        .as_array()
        .unwrap()
        .iter()
        .map(|edit| (span(edit, "start"), span(edit, "end"), edit["newText"].as_str().unwrap().to_owned()))
        .collect();
    edits.sort();
    let mut text = text.to_owned();
    for (start, end, new) in edits.into_iter().rev() {
        text.replace_range(start..end, &new);
    }
    text
}

fn actions(editor: &mut Editor, uri: &str, only: Option<&str>) -> Vec<Value> {
    let range = json!({ "start": { "line": 0, "character": 0 }, "end": { "line": 99, "character": 0 } });
    let mut context = json!({ "diagnostics": [] });
    if let Some(only) = only {
        context["only"] = json!([only]);
    }
    let params = json!({ "textDocument": { "uri": uri }, "range": range, "context": context });
    editor.request("textDocument/codeAction", params).unwrap().as_array().unwrap().clone()
}

fn named<'a>(actions: &'a [Value], title: &str) -> &'a Value {
    let titles: Vec<_> = actions.iter().map(|action| &action["title"]).collect();
    actions
        .iter()
        .find(|action| action["title"].as_str().unwrap().contains(title))
        .unwrap_or_else(|| panic!("{title}: {titles:#?}"))
}

#[test]
fn a_safe_fix_is_preferred_and_removes_its_finding() {
    let (blog, mut editor) = (blog(), Editor::new(&blog().0, pushed("utf-16")));
    let uri = uri(&blog, NAME);
    editor.open(&uri, POST);
    let found = actions(&mut editor, &uri, Some("quickfix"));
    let fix = named(&found, "(rel-unknown-token)");
    assert_eq!((&fix["isPreferred"], &fix["kind"]), (&json!(true), &json!("quickfix")), "{fix:#}");
    assert_eq!(fix["diagnostics"][0]["code"], "rel-unknown-token");
    assert_eq!(applied(POST, &fix["edit"]), POST.replace("nofollow dofollow", "nofollow"));
    assert_eq!(fix["edit"]["documentChanges"][0]["textDocument"]["version"], 1);
    for fix in found.iter().filter(|action| action["title"].as_str().unwrap().ends_with("(unsafe)")) {
        assert_eq!(fix.get("isPreferred"), None, "{fix:#}");
    }
    editor.end();
}

#[test]
fn a_suppression_is_written_as_the_command_line_writes_it() {
    let blog = blog();
    let mut editor = Editor::new(&blog.0, pushed("utf-16"));
    let uri = uri(&blog, NAME);
    editor.open(&uri, POST);
    let found = actions(&mut editor, &uri, Some("quickfix"));
    let after = applied(POST, &named(&found, "Ignore alt-missing here")["edit"]);
    let arguments = ["check", "--select", "alt-missing", "--add-ignore=say why", NAME];
    assert_eq!(code(&blog.run(&arguments)), 0);
    assert_eq!(after, blog.read(NAME));
    editor.replace(&uri, 2, &after);
    let left = actions(&mut editor, &uri, Some("quickfix"));
    assert!(!left.iter().any(|action| action["title"].as_str().unwrap().contains("alt-missing")), "{left:#?}");
    editor.end();
}

#[test]
fn all_safe_fixes_are_those_of_fix() {
    let blog = blog();
    let mut editor = Editor::new(&blog.0, pushed("utf-16"));
    let uri = uri(&blog, NAME);
    editor.open(&uri, POST);
    for only in ["source.fixAll.postlint", "source.fixAll", "source"] {
        let found = actions(&mut editor, &uri, Some(only));
        assert_eq!(found.len(), 1, "{found:#?}");
        assert_eq!(found[0]["kind"], "source.fixAll.postlint");
        let after = applied(POST, &found[0]["edit"]);
        blog.write(NAME, POST);
        blog.run(&["fix", "--exit-zero", NAME]);
        assert_ne!(after, POST);
        assert_eq!(after, blog.read(NAME));
    }
    assert_eq!(actions(&mut editor, &uri, Some("source.fixAll.eslint")), [] as [Value; 0]);
    assert_eq!(actions(&mut editor, &uri, Some("refactor")), [] as [Value; 0]);
    editor.end();
}

#[test]
fn clients_that_resolve_get_edits_later() {
    let blog = blog();
    let resolves = json!({
        "textDocument": { "codeAction": { "resolveSupport": { "properties": ["edit"] } }, "publishDiagnostics": {} },
    });
    let mut editor = Editor::new(&blog.0, resolves);
    let uri = uri(&blog, NAME);
    editor.open(&uri, POST);
    let found = actions(&mut editor, &uri, None);
    let ignore = named(&found, "Ignore alt-missing here").clone();
    assert_eq!(ignore.get("edit"), None);
    let resolved = editor.request("codeAction/resolve", ignore.clone()).unwrap();
    assert!(applied(POST, &resolved["edit"]).contains("postlint-ignore alt-missing"), "{resolved:#}");
    let all = editor.request("codeAction/resolve", named(&found, "all safe fixes").clone()).unwrap();
    assert!(!applied(POST, &all["edit"]).contains("dofollow"), "{all:#}");
    editor.replace(&uri, 2, "# other\n");
    assert_eq!(editor.request("codeAction/resolve", ignore).unwrap_err()["code"], -32801);
    editor.end();
}
