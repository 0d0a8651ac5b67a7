//! Docusaurus 3.10. <https://docusaurus.io/docs/create-doc#doc-urls>

use crate::site::urls::check;

fn config(settings: &str, docs: &str) -> String {
    format!(
        "/** @type {{import('@docusaurus/types').Config}} */\nconst config = {{ {settings}, presets: [['classic', \
         /** @type {{x}} */ ({{ docs: {docs} }})]] }};\nmodule.exports = config;\n"
    )
}

fn with(settings: &str, docs: &str, cases: &[(&str, &str, &str)]) {
    check(&[("docusaurus.config.js", &config(settings, docs)), ("docs/t.md", "# T\n"), ("blog/t.md", "# T\n")], cases);
}

#[test]
fn docs_have_the_path_of_their_files_without_numbers() {
    with(
        "baseUrl: '/rn/'",
        "{ path: 'docs' }",
        &[
            ("docs/01-Getting Started/02_sub/03 - name.mdx", "", "/rn/docs/Getting%20Started/sub/name"),
            ("docs/01-Getting Started/README.md", "", "/rn/docs/Getting%20Started/"),
            ("docs/a/2021-11-foo.md", "", "/rn/docs/a/2021-11-foo"),
            ("docs/a/7.0-x.md", "", "/rn/docs/a/7.0-x"),
            ("docs/a/4-keep.md", "parse_number_prefixes: false\n", "/rn/docs/a/4-keep"),
            ("docs/guides/Guides.md", "", "/rn/docs/guides/"),
            ("docs/guides/index.md", "slug: z\n", "/rn/docs/guides/z"),
            ("docs/guides/up.md", "slug: ../x/./y\n", "/rn/docs/x/y"),
            ("docs/guides/abs.md", "slug: /abs/\n", "/rn/docs/abs/"),
            ("docs/guides/1-a.md", "id: own\n", "/rn/docs/guides/own"),
            ("docs/d.md", "draft: true\n", "-"),
            ("docs/_partial.md", "", "-"),
            ("README.md", "", "-"),
        ],
    );
    let root = "{ routeBasePath: '/', numberPrefixParser: false, exclude: ['guides/**'] }";
    let cases = [("docs/01-a.md", "", "/01-a"), ("docs/guides/a.md", "", "-"), ("docs/_a.md", "", "/_a")];
    with("baseUrl: '/'", root, &cases);
    with("baseUrl: '/'", "{ include: ['**/*.md'] }", &[("docs/a.md", "", "?")]);
}

#[test]
fn posts_have_dates_and_pages_have_routes() {
    with(
        "baseUrl: '/', trailingSlash: true",
        "false",
        &[
            ("blog/2015-03-26-react.md", "", "/blog/2015/03/26/react/"),
            ("blog/2020/01/02-nested/index.md", "", "/blog/2020/01/02/nested/"),
            ("blog/plain/2021-01-02.md", "", "/blog/2021/01/02/plain/"),
            ("blog/plain/deep/index.md", "", "/blog/plain/deep/"),
            ("blog/q.mdx", "slug: own/slug\n", "/blog/own/slug/"),
            ("src/pages/index.md", "", "/"),
            ("src/pages/a/index.md", "", "/a/"),
            ("src/pages/a/b/c d.mdx", "", "/a/b/c%20d/"),
            ("src/pages/s.md", "slug: /sl\n", "/sl/"),
            ("docs/a.md", "", "-"),
        ],
    );
}

#[test]
fn versions_and_locales_are_parts_of_the_path() {
    let config = config("baseUrl: '/', i18n: { defaultLocale: 'en', locales: ['en', 'fr'] }", "{}");
    let versions = [
        ("docusaurus.config.js", config.as_str()),
        ("versions.json", "[\"2.0\", \"1.0\"]"),
        ("docs/a.md", "# A\n"),
        ("versioned_docs/version-2.0/a.md", "# A\n"),
    ];
    check(
        &versions,
        &[
            ("docs/a.md", "", "/docs/next/a"),
            ("versioned_docs/version-2.0/a.md", "", "/docs/a"),
            ("versioned_docs/version-1.0/a.md", "", "/docs/1.0/a"),
            ("versioned_docs/version-0.5/a.md", "", "-"),
            ("i18n/fr/docusaurus-plugin-content-docs/current/a.md", "", "/fr/docs/next/a"),
            ("i18n/fr/docusaurus-plugin-content-docs/version-2.0/a.md", "", "/fr/docs/a"),
            ("i18n/en/docusaurus-plugin-content-docs/current/a.md", "", "/docs/next/a"),
            ("i18n/fr/docusaurus-plugin-content-docs/current/b.md", "", "-"),
        ],
    );
}

#[test]
fn plugins_have_folders_of_their_own() {
    let plugins = "baseUrl: '/', plugins: [['@docusaurus/plugin-content-docs', { id: 'c', path: 'community', \
                   routeBasePath: 'join' }], function own() {}]";
    with(plugins, "{}", &[("community/a.md", "", "/join/a"), ("docs/a.md", "", "/docs/a"), ("x/a.md", "", "?")]);
    with("baseUrl: process.env.BASE", "{}", &[("docs/a.md", "", "?")]);
    with("...shared", "{}", &[("docs/a.md", "", "?")]);
    with("baseUrl: '/'", "{ ...options }", &[("docs/a.md", "", "?"), ("blog/a.md", "", "/blog/a")]);
}
