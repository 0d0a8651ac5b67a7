//! `postlint site --urls`.

use crate::support::blog::{Blog, code, stderr, stdout};
use serde_json::Value;

fn blog() -> Blog {
    Blog::new(&[
        ("_config.yml", "baseurl: /tea\npermalink: /:title/\n"),
        ("_posts/2024-01-01-a.md", "---\ntitle: A\n---\n"),
        ("_posts/2024-01-02-b.md", "---\ntitle: B\npublished: false\n---\n"),
        ("_posts/2024-01-03-c.md", "---\ntitle: [\n---\n"),
    ])
}

#[test]
fn a_line_has_a_path_and_a_url() {
    let output = blog().run(&["site", "--urls"]);
    assert_eq!(code(&output), 0, "{}", stderr(&output));
    let expected = "_posts/2024-01-01-a.md\t/tea/a/\n_posts/2024-01-02-b.md\t-\n_posts/2024-01-03-c.md\t?\n";
    assert_eq!(stdout(&output), expected);
}

#[test]
fn json_tells_unpublished_from_unknown() {
    let output = blog().run(&["site", "--urls", "--format", "json"]);
    let json: Value = serde_json::from_str(&stdout(&output)).unwrap();
    let site = &json["sites"][0];
    assert_eq!((&site["root"], &site["generator"]), (&".".into(), &"jekyll".into()));
    let page = |at: usize| (&site["pages"][at]["url"], &site["pages"][at]["published"]);
    assert_eq!(page(0), (&"/tea/a/".into(), &true.into()));
    assert_eq!(page(1), (&Value::Null, &false.into()));
    assert_eq!(page(2), (&Value::Null, &Value::Null));
}
