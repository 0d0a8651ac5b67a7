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

/// The URL of the page `about.md` in the folder `www`, which is the `source` of a config.
fn url_in_source(config: &str, plugin: (&str, &str)) -> String {
    let files = [(config, "source: www\nbaseurl: tea\n"), plugin, ("www/about.md", "---\ntitle: About\n---\n")];
    let shown = stdout(&Blog::new(&files).run(&["site", "--urls", "www"]));
    let line = shown.lines().find_map(|line| line.strip_prefix("www/about.md\t"));
    line.map_or(shown.clone(), str::to_owned)
}

#[test]
fn a_source_may_be_beside_the_folder_of_the_config() {
    let moves = "page.data['permalink'] = 1\n";
    for config in ["_config.yml", "conf/_config.yml"] {
        assert_eq!(url_in_source(config, ("www/_plugins/tag.rb", "# a tag\n")), "/tea/about.html", "{config}");
        // Jekyll looks for plugins in the source.
        assert_eq!(url_in_source(config, ("www/_plugins/moves.rb", moves)), "?", "{config}");
        assert_eq!(url_in_source(config, ("_plugins/moves.rb", moves)), "/tea/about.html", "{config}");
    }
    // It is made before the site is built.
    let files = [("_config.yml", "source: .tmp/src\n"), ("src/about.md", "---\ntitle: About\n---\n")];
    assert_eq!(stdout(&Blog::new(&files).run(&["site", "--urls"])), "src/about.md\t?\n");
}
