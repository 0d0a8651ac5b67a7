//! Eleventy 3.1. <https://www.11ty.dev/docs/permalinks/>

use crate::site::urls::check;

const CONFIG: (&str, &str) = ("eleventy.config.js", "module.exports = function(c) { return {}; };\n");

#[test]
fn paths_are_those_of_files() {
    check(
        &[CONFIG, (".eleventyignore", "ignored/\n")],
        &[
            ("index.md", "", "/"),
            ("posts/2024-01-02-hello.md", "", "/posts/2024-01-02-hello/"),
            ("posts/posts.md", "", "/posts/"),
            ("posts/Caps And Space.md", "", "/posts/Caps%20And%20Space/"),
            ("a.html", "", "/a/"),
            ("_includes/a.md", "", "-"),
            ("ignored/a.md", "", "-"),
        ],
    );
    let config = "module.exports = function(c) { return {dir: {input: 'src'}, pathPrefix: '/pre/', templateFormats: ['md']}; };\n";
    let site = [("eleventy.config.js", config)];
    check(&site, &[("src/a.md", "", "/pre/a/"), ("README.md", "", "-"), ("src/a.html", "", "-")]);
}

#[test]
fn permalinks_may_have_variables_that_are_known() {
    check(
        &[CONFIG],
        &[
            ("p/a.md", "permalink: /x/y/\n", "/x/y/"),
            ("p/a.md", "permalink: x/y.html\n", "/x/y.html"),
            ("p/a.md", "permalink: /x/index.html\n", "/x/"),
            ("p/a.md", "permalink: //dbl//x/../z/\n", "/dbl/z/"),
            ("p/a.md", "permalink: ''\n", "/p/a/"),
            ("p/a.md", "permalink: false\n", "-"),
            ("p/2024-05-06-a.md", "permalink: '/s/{{ page.fileSlug }}/'\n", "/s/a/"),
            ("p/2020-01-01-index.md", "permalink: '/s/{{ page.fileSlug }}/'\n", "/s/p/"),
            ("p/a.md", "permalink: '{{ page.filePathStem }}.html'\n", "/p/a.html"),
            ("p/a.md", "title: It's A Test & More\npermalink: '/{{ title | slugify }}/'\n", "/its-a-test-and-more/"),
            ("p/a.md", "title: CamelCase XMLHttp 2\npermalink: '/{{ title | slugify }}/'\n", "/camelcase-xmlhttp-2/"),
            ("p/a.md", "permalink: \"{{ page.filePathStem | replace('p/', '') }}/\"\n", "/a/"),
            ("p/a.md", "permalink: '/{{ page.date }}/'\n", "?"),
            ("p/a.md", "permalink: '{% if x %}a{% endif %}'\n", "?"),
            ("p/a.md", "eleventyComputed: {permalink: '/x/'}\n", "?"),
        ],
    );
    let config = ("eleventy.config.js", "module.exports = c => { c.addFilter('slugify', x => x); };\n");
    check(&[config], &[("a.md", "permalink: '/{{ title | slugify }}/'\n", "?")]);
}

#[test]
fn data_files_and_layouts_give_permalinks() {
    let site = [
        CONFIG,
        ("d/d.json", "{\"permalink\": \"/d/{{ page.fileSlug }}/\"}"),
        ("d/e/e.11tydata.js", "module.exports = { permalink: '/e/{{ page.fileSlug }}.html' };\n"),
        ("f/f.11tydata.js", "module.exports = { permalink: (data) => '/f/' };\n"),
        ("g/g.json", "{\"layout\": \"outer.html\"}"),
        ("_includes/outer.html", "---\nlayout: inner.html\n---\n"),
        ("_includes/inner.html", "---\npermalink: '/g/{{ page.fileSlug }}/'\n---\n"),
    ];
    check(
        &site,
        &[
            ("d/a.md", "", "/d/a/"),
            ("d/a.md", "permalink: /own/\n", "/own/"),
            ("d/e/a.md", "", "/e/a.html"),
            ("f/a.md", "", "?"),
            ("g/a.md", "", "/g/a/"),
        ],
    );
}

#[test]
fn drafts_are_left_out_by_code() {
    let config = ("eleventy.config.js", "module.exports = c => { c.addPreprocessor('drafts', '*', () => false); };\n");
    check(&[config], &[("a.md", "draft: true\n", "?"), ("a.md", "", "/a/")]);
    check(&[CONFIG], &[("a.md", "draft: true\n", "/a/")]);
}
