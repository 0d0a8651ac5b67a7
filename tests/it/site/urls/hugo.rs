//! Hugo 0.168. <https://gohugo.io/content-management/urls/>

use crate::site::urls::{check, url};

const NEW: (&str, &str) = ("netlify.toml", "[build.environment]\nHUGO_VERSION = \"0.168.0\"\n");

fn with(config: &str, cases: &[(&str, &str, &str)]) {
    check(&[("hugo.yaml", config), NEW], cases);
}

#[test]
fn paths_are_those_of_files() {
    with(
        "baseURL: https://x.example/blog/\n",
        &[
            ("content/_index.md", "", "/blog/"),
            ("content/About Me.md", "", "/blog/about-me/"),
            ("content/posts/B_c.d.md", "", "/blog/posts/b_c.d/"),
            ("content/posts/bundle/index.md", "", "/blog/posts/bundle/"),
            ("content/posts/_index.md", "", "/blog/posts/"),
            ("content/posts/a--b  c.md", "", "/blog/posts/a--b--c/"),
            ("content/posts/서울 뉴스.md", "", "/blog/posts/%EC%84%9C%EC%9A%B8-%EB%89%B4%EC%8A%A4/"),
            ("content/posts/a.fr.md", "", "/blog/posts/a.fr/"),
            ("content/posts/a.en.md", "", "/blog/posts/a/"),
            ("content/tags/foo/_index.md", "", "/blog/tags/foo/"),
            ("README.md", "", "-"),
            ("content/posts/.hidden.md", "", "-"),
        ],
    );
    with(
        "uglyURLs: true\ndisablePathToLower: true\n",
        &[("content/P/A b.md", "", "/P/A-b.html"), ("content/p/_index.md", "", "/p/index.html")],
    );
    with("removePathAccents: true\n", &[("content/p/a.md", "slug: Café à la\n", "/p/cafe-a-la/")]);
}

#[test]
fn front_matter_comes_first() {
    with(
        "baseURL: https://x.example/\n",
        &[
            ("content/p/a.md", "slug: My Slug/x\n", "/p/my-slug/x/"),
            ("content/p/a.md", "Slug: 2024\n", "/p/2024/"),
            ("content/p/a.md", "slug: ''\n", "/p/a/"),
            ("content/p/a.md", "slug: index\n", "/p/"),
            ("content/p/a.md", "url: /Caps/In/URL\n", "/Caps/In/URL/"),
            ("content/p/a.md", "url: rel/y.html\n", "/rel/y.html"),
            ("content/p/a.md", "url: /u/index.html\n", "/u/"),
            ("content/p/a.md", "url: /u/../v/\n", "/v/"),
            ("content/p/a.md", "url: /p/:year/:slug\ndate: 2024-01-02\n", "/p/2024/a-b/"),
        ],
    );
}

#[test]
fn permalinks_are_by_section() {
    let config = "permalinks:\n  posts: /:year/:month/:day/:slug/\n  docs: /:sections[1:]/:title\n  tags: /t/:slug/\n";
    let late = "date: 2024-03-05T23:30:00-08:00\n";
    with(
        config,
        &[
            ("content/posts/a.md", late, "/2024/03/05/a-b/"),
            ("content/posts/a.md", "title: \"C++ & more: C#?\"\ndate: 2024-03-05\n", "/2024/03/05/c-more-c/"),
            ("content/posts/a.md", "title: C# and F#\ndate: 2024-03-05\n", "/2024/03/05/c%23-and-f%23/"),
            ("content/posts/a.md", "publishDate: 2024-03-05\nslug: S\n", "/2024/03/05/s/"),
            ("content/posts/a.md", "", "/1/01/01/a-b/"),
            ("content/posts/_index.md", "", "/posts/"),
            ("content/docs/x/y/a.md", "", "/a-b/"),
            ("content/tags/foo/_index.md", "", "/t/a-b/"),
            ("content/other/a.md", "", "/other/a/"),
        ],
    );
    let config = "permalinks:\n  page:\n    posts: /p/:section/:filename/\n    /: /root/:slug\n  section:\n    posts: /s/:sections/:slug/\n";
    with(
        config,
        &[
            ("content/posts/A b.md", "", "/p/posts/a-b/"),
            ("content/about.md", "", "/root/a-b/"),
            ("content/posts/_index.md", "slug: mine\n", "/s/posts/mine/"),
        ],
    );
    let config = "permalinks:\n  posts: /:2006/:01/:monthname/:yearday/:slugorcontentbasename/\nfrontmatter:\n  date: [':filename', ':default']\n";
    with(config, &[("content/posts/2020-05-06-dated.md", "", "/2020/05/may/127/dated/")]);
    let section =
        [("hugo.yaml", "permalinks:\n  docs: /:sections/:slug\n"), ("content/docs/x/_index.md", "---\n---\n")];
    check(&section, &[("content/docs/x/y/a.md", "", "/docs/x/a-b/")]);
}

#[test]
fn languages_have_folders() {
    let config =
        "defaultContentLanguage: en\nlanguages:\n  en: {weight: 1}\n  fr: {weight: 2}\n  de: {disabled: true}\n";
    with(
        config,
        &[
            ("content/p/a.md", "", "/p/a/"),
            ("content/p/a.fr.md", "", "/fr/p/a/"),
            ("content/p/a.de.md", "", "-"),
            ("content/p/a.fr.md", "url: rel/path\n", "/fr/rel/path/"),
            ("content/p/a.fr.md", "url: /rel/path\n", "/rel/path/"),
            ("content/_index.fr.md", "", "/fr/"),
        ],
    );
    let config = "defaultContentLanguageInSubdir: true\nlanguages:\n  en: {contentDir: content/en}\n  ko: {contentDir: content/ko}\n";
    with(config, &[("content/en/p/a.md", "", "/en/p/a/"), ("content/ko/p/a.md", "", "/ko/p/a/")]);
    let config = "module:\n  mounts:\n  - {source: docs, target: content/manual}\n";
    with(config, &[("docs/a.md", "", "/manual/a/"), ("content/a.md", "", "/a/")]);
    let site = [("hugo.yaml", config), ("docs/z.md", "")];
    check(&site, &[("content/a.md", "", "-")]);
}

/// <https://gohugo.io/configuration/introduction/#configuration-directory>
#[test]
fn languages_may_be_set_in_files_of_their_own() {
    let pages = [("content/en/p/a.md", "", "/p/a/"), ("content/ko/p/a.md", "", "/ko/p/a/")];
    let both = "[en]\ncontentDir = 'content/en'\n[ko]\ncontentDir = 'content/ko'\n";
    check(&[("config/_default/hugo.toml", ""), ("config/_default/languages.toml", both), NEW], &pages);
    let english = ("config/_default/languages.en.toml", "contentDir = 'content/en'\n");
    let korean = ("config/_default/languages.ko.toml", "contentDir = 'content/ko'\n");
    check(&[("config/_default/hugo.toml", ""), english, korean, NEW], &pages);
}

#[test]
fn some_files_are_not_published() {
    with(
        "ignoreFiles: ['skipped\\.md$']\ndisableKinds: [taxonomy]\n",
        &[
            ("content/p/a.md", "draft: true\n", "-"),
            ("content/p/a.md", "date: 2090-01-01\n", "-"),
            ("content/p/a.md", "date: 2020-01-01\npublishDate: 2090-01-01\n", "-"),
            ("content/p/a.md", "expiryDate: 2020-01-01\n", "-"),
            ("content/p/a.md", "build: {render: never}\n", "-"),
            ("content/p/a.md", "build: {render: link}\n", "-"),
            ("content/p/a.md", "build: {list: never}\n", "/p/a/"),
            ("content/p/a/index.md", "headless: true\n", "-"),
            ("content/p/a.md", "outputs: [json]\n", "-"),
            ("content/p/skipped.md", "", "-"),
            ("content/tags/_index.md", "", "-"),
        ],
    );
    let bundle = [("hugo.yaml", ""), ("content/p/b/index.md", "---\n---\n")];
    check(
        &bundle,
        &[("content/p/b/other.md", "", "-"), ("content/p/b/c/_index.md", "", "-"), ("content/p/d.md", "", "/p/d/")],
    );
}

#[test]
fn sections_and_the_config_give_values() {
    let index = "---\ncascade:\n- target: {path: '**/y'}\n  build: {render: never}\n- slug: given\n---\n";
    let site = [("hugo.yaml", ""), ("content/p/_index.md", index), NEW];
    check(
        &site,
        &[
            ("content/p/y.md", "", "-"),
            ("content/p/y.md", "build: {render: always}\n", "/given/given/"),
            ("content/p/x.md", "slug: own\n", "/given/own/"),
        ],
    );
    with(
        "cascade:\n- target: {kind: page, lang: en}\n  draft: true\n",
        &[("content/p/a.md", "", "-"), ("content/p/_index.md", "", "/p/")],
    );
}

/// Sections had no slugs in old versions, so the version must be known.
#[test]
fn slugs_of_sections_depend_on_the_version() {
    let index = ("content/p/_index.md", "---\nslug: mine\n---\n");
    let old = ("netlify.toml", "[build.environment]\nHUGO_VERSION = \"0.120.0\"\n");
    for (version, expected) in [(NEW, "/mine/a/"), (old, "/p/a/"), (("x", ""), "?")] {
        assert_eq!(url(&[("hugo.yaml", ""), index, version, ("content/p/a.md", "")], "content/p/a.md"), expected);
    }
}
