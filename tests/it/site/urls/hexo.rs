//! Hexo 8.1. <https://hexo.io/docs/permalinks>

use crate::site::urls::check;

const PACKAGE: (&str, &str) = ("package.json", "{\"hexo\": {}}");
const DATE: &str = "date: 2024-03-05 23:30:00\n";

fn with(config: &str, cases: &[(&str, &str, &str)]) {
    check(&[PACKAGE, ("_config.yml", config)], cases);
}

#[test]
fn posts_have_the_permalink_of_the_config() {
    with(
        "",
        &[
            ("source/_posts/hello.md", DATE, "/2024/03/05/hello/"),
            ("source/_posts/sub/dir post.md", DATE, "/2024/03/05/sub/dir%20post/"),
            ("source/_posts/tz.md", "date: 2024-03-05T23:30:00-05:00\n", "/2024/03/06/tz/"),
            ("source/_posts/a.md", "date: 2024/3/5 10:00:00\n", "/2024/03/05/a/"),
            ("source/_posts/a.md", "", "?"),
            ("source/_posts/a.md", "permalink: my/own/\n", "/my/own/"),
            ("source/_posts/a.md", "permalink: /my/file.html\n", "/my/file.html"),
            ("source/_posts/a.html", DATE, "/2024/03/05/a/"),
        ],
    );
    let config = "root: /blog/\npermalink: :category/:name/\nfilename_case: 1\n";
    with(
        config,
        &[
            ("source/_posts/x/a.md", "categories: [Foo Bar, Baz]\n", "/blog/foo-bar/baz/a/"),
            ("source/_posts/a.md", "category: Ünï Cat\n", "/blog/uni-cat/a/"),
            ("source/_posts/a.md", "", "/blog/uncategorized/a/"),
            ("source/_posts/a.md", "categories: [[A], [B]]\n", "?"),
        ],
    );
    let config = "permalink: :lang/:i_month/:post_title.html\npermalink_defaults: {lang: en}\nnew_post_name: :year-:month-:day-:title.md\ncategory_map: {News: nn}\n";
    with(
        config,
        &[
            ("source/_posts/2020-05-06-dated.md", "", "/en/5/a-b.html"),
            (
                "source/_posts/a.md",
                "lang: fr\ntitle: Hello World & More\ndate: 2024-03-05\n",
                "/fr/3/hello-world-more.html",
            ),
        ],
    );
    with(
        "permalink: /:title\npost_asset_folder: true\nnew_post_name: :lang/:title.md\n",
        &[("source/_posts/en/a.md", "", "/a/")],
    );
    with("permalink: :hash/\n", &[("source/_posts/a.md", DATE, "?")]);
}

/// Hexo takes a date for one in `timezone`, and shows it in the zone of the machine.
#[test]
fn a_time_zone_moves_days() {
    let config = "timezone: America/New_York\n";
    with(config, &[("source/_posts/a.md", DATE, "?"), ("source/_posts/a.md", "date: 2024-03-05\n", "/2024/03/05/a/")]);
    let built = [PACKAGE, ("_config.yml", config), ("netlify.toml", "[build]\n")];
    check(&built, &[("source/_posts/a.md", DATE, "/2024/03/06/a/")]);
}

#[test]
fn pages_are_at_their_paths() {
    with(
        "skip_render: skip/**\n",
        &[
            ("source/about/index.md", "", "/about/index.html"),
            ("source/Caps Space.md", "", "/Caps%20Space.html"),
            ("source/a.md", "permalink: foo/bar\n", "/foo/bar.html"),
            ("source/a.md", "permalink: foo/baz/\n", "/foo/baz/index.html"),
            ("source/skip/a.md", "", "-"),
            ("source/skip/a.html", "", "/skip/a.html"),
            ("source/_dir/x.md", "", "-"),
            ("README.md", "", "-"),
        ],
    );
    let pretty = "pretty_urls: {trailing_index: false, trailing_html: false}\n";
    with(pretty, &[("source/about/index.md", "", "/about/"), ("source/about/me.md", "", "/about/me")]);
}

#[test]
fn some_files_are_not_published() {
    with(
        "future: false\n",
        &[
            ("source/_posts/a.md", "date: 2024-03-05\npublished: false\n", "-"),
            ("source/_posts/a.md", "date: 2090-03-05\n", "-"),
            ("source/_posts/_hidden.md", DATE, "-"),
            ("source/_drafts/a.md", DATE, "-"),
        ],
    );
    with("render_drafts: true\npermalink: :title/\n", &[("source/_drafts/a.md", "", "/a/")]);
}
