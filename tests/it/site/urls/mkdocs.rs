//! MkDocs 1.6 and the blog of Material 9. <https://www.mkdocs.org/user-guide/writing-your-docs/>

use crate::site::urls::check;

fn with(config: &str, cases: &[(&str, &str, &str)]) {
    check(&[("mkdocs.yml", &format!("site_name: A\n{config}"))], cases);
}

#[test]
fn pages_are_folders_or_files() {
    with(
        "site_url: https://x.org/sub/\nexclude_docs: |\n  setup/\n",
        &[
            ("index.md", "", "/sub/"),
            ("a/README.md", "", "/sub/a/"),
            ("a/b.c.md", "", "/sub/a/b.c/"),
            ("raw.html", "", "/sub/raw.html"),
            ("x/index.html", "", "/sub/x/"),
            ("setup/a.md", "", "-"),
            ("templates/x.md", "", "-"),
            ("a/.x.md", "", "-"),
        ],
    );
    let files = "use_directory_urls: false\n";
    with(files, &[("index.md", "", "/index.html"), ("a/README.md", "", "/a/index.html"), ("a/b.md", "", "/a/b.html")]);
    check(&[("mkdocs.yml", "site_name: A\n"), ("sub/index.md", "")], &[("sub/README.md", "", "-")]);
}

#[test]
fn plugins_and_hooks_may_change_urls() {
    with("plugins: [search, {minify: {}}]\n", &[("a.md", "", "/a/")]);
    with("plugins: [i18n]\n", &[("a.md", "", "?")]);
    with("INHERIT: base.yml\n", &[("a.md", "", "?")]);
    with("use_directory_urls: !ENV [X, true]\n", &[("a.md", "", "?")]);
    let hooks = "site_name: A\nhooks: [h.py]\n";
    let page = "def on_page_markdown(markdown, **kwargs):\n    return markdown\n";
    check(&[("mkdocs.yml", hooks), ("h.py", page)], &[("a.md", "", "/a/")]);
    check(&[("mkdocs.yml", hooks), ("h.py", "def on_files(files, config):\n    pass\n")], &[("a.md", "", "?")]);
}

#[test]
fn posts_of_the_blog_have_dates() {
    with(
        "plugins: [blog]\n",
        &[
            ("blog/posts/x.md", "date: 2024-03-04\n", "/blog/2024/03/04/a-b/"),
            ("blog/posts/x.md", "date: {created: 2024-03-04}\nslug: own.Slug\n", "/blog/2024/03/04/own.Slug/"),
            ("blog/posts/x.md", "date: 2024-03-04\ndraft: true\n", "-"),
            ("blog/posts/x.md", "", "?"),
            ("blog/index.md", "", "/blog/"),
        ],
    );
    with("plugins: [{blog: {post_url_format: '{slug}'}}]\n", &[("blog/posts/x.md", "date: 2024-03-04\n", "?")]);
}
