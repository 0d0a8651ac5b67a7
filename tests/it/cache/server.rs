//! The language server uses the cache for the facts of posts that are not open, and fills it.

use super::{Cached, post};
use crate::server::editor::{Editor, pushed, uri};
use postlint::cache::{How, Settings};
use postlint::server::uris;
use serde_json::{Value, json};
use std::fs;

/// Opens a post in an editor, and waits until what is found in it is as `is_expected`.
fn open(site: &Cached, is_expected: impl Fn(&[Value]) -> bool) {
    let folder = uris::uri(&site.blog.0).0;
    let params = json!({
        "processId": null, "rootUri": folder, "capabilities": pushed("utf-16"),
        "workspaceFolders": [{ "uri": folder, "name": "blog" }],
    });
    let mut editor = Editor::with_cache(params, Settings { how: How::ByStamp, named: Some(site.folder.clone()) });
    let uri = uri(&site.blog, "_posts/2024-01-02-b.md");
    editor.open(&uri, &site.blog.read("_posts/2024-01-02-b.md"));
    let found = editor.wait(&uri, &is_expected);
    assert!(is_expected(&found), "{found:?}");
    editor.end();
}

#[test]
fn it_knows_the_facts_of_other_posts() {
    let site = Cached::new(&[
        ("_config.yml", "url: https://example.com\n"),
        ("postlint.yml", "rules: {title-shared: warn}\n"),
        ("_posts/2024-01-01-a.md", &post("The boats", "Text.")),
        ("_posts/2024-01-02-b.md", &post("The boats", "Text.")),
    ]);
    let has = |found: &[Value], rule: &str| found.iter().any(|it| it["code"] == rule);
    // A description that is shared with the title is not reported.
    let shares = |found: &[Value]| has(found, "title-shared");
    let shares_description = |found: &[Value]| has(found, "description-shared");
    open(&site, shares);
    let files = site.files();
    assert!(!files.is_empty(), "the server fills the cache");
    open(&site, shares);
    site.blog.write("_posts/2024-01-01-a.md", &post("The boats", "Text.").replace("title: The boats", "title: Oars"));
    open(&site, shares_description);
    site.blog.write("_posts/2024-01-01-a.md", &post("The boats", "Text."));
    open(&site, shares);
    // A cache that cannot be written does not matter to an editor.
    fs::remove_dir_all(&site.folder).unwrap();
    fs::write(&site.folder, "").unwrap();
    open(&site, shares);
    fs::remove_file(&site.folder).unwrap();
}
