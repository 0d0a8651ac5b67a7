//! Zola 0.22. <https://www.getzola.org/documentation/content/page/>

use crate::site::urls::check;

#[test]
fn pages_and_sections_have_the_path_of_their_files() {
    let config = "base_url = \"https://x.org/base\"\nignored_content = [\"*/ignored.md\"]\n[languages.fr]\n";
    let drafts = "---\ndraft: true\n---\n";
    check(
        &[("config.toml", config), ("content/off/_index.md", drafts)],
        &[
            ("content/_index.md", "", "/base/"),
            ("content/blog/_index.md", "", "/base/blog/"),
            ("content/blog/_index.fr.md", "", "/base/fr/blog/"),
            ("content/blog/2020-01-02-hello_World.md", "", "/base/blog/hello-world/"),
            ("content/blog/2021-02-03T04:05:06Z_x y.md", "", "/base/blog/x-y/"),
            ("content/blog/2020-01-02.md", "", "/base/blog/2020-01-02/"),
            ("content/blog/2020-01-02-dir/index.md", "", "/base/blog/dir/"),
            ("content/blog/a.fr.md", "", "/base/fr/blog/a/"),
            ("content/blog/a.en.md", "", "/base/blog/a-en/"),
            ("content/blog/a.es.md", "", "?"),
            ("content/blog/b.md", "slug: Own Slug\n", "/base/blog/own-slug/"),
            ("content/blog/c.md", "path: /own/Path\n", "/base/own/Path/"),
            ("content/blog/c.fr.md", "path: own/fr\n", "/base/own/fr/"),
            ("content/blog/d.md", "draft: true\n", "-"),
            ("content/blog/e.md", "render: false\n", "-"),
            ("content/blog/ignored.md", "", "-"),
            ("content/off/a.md", "", "-"),
            ("content/off/sub/_index.md", "", "-"),
            ("content/é b/Ünïcode 日本.md", "", "/base/%C3%A9%20b/unicode-ri-ben/"),
            ("README.md", "", "-"),
        ],
    );
}

#[test]
fn names_may_stay_as_they_are() {
    let config = |paths: &str| format!("base_url = \"https://x.org\"\n[slugify]\npaths = \"{paths}\"\n");
    let (off, safe) = (config("off"), config("safe"));
    check(
        &[("zola.toml", &off)],
        &[
            ("content/a/Some Page.md", "", "/a/Some%20Page/"),
            ("content/a/2020-01-02_x.md", "", "/a/x/"),
            ("content/a/x.fr.md", "", "/a/x.fr/"),
        ],
    );
    // Versions of Zola differ about spaces.
    check(
        &[("zola.toml", &safe)],
        &[("content/a/Some-Page.md", "", "/a/Some-Page/"), ("content/a/Some Page.md", "", "?")],
    );
    let keeps = format!("{safe}paths_keep_dates = true\n");
    check(&[("zola.toml", &keeps)], &[("content/2020-01-02-a.md", "", "/2020-01-02-a/")]);
}
