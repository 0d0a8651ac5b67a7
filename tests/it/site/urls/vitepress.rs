//! VitePress 1.6. <https://vitepress.dev/guide/routing>

use crate::site::urls::check;

fn with(config: &str, cases: &[(&str, &str, &str)]) {
    let config = format!("import {{ defineConfig }} from 'vitepress'\nexport default defineConfig({{ {config} }})\n");
    check(&[(".vitepress/config.mts", &config)], cases);
}

#[test]
fn pages_have_the_path_of_their_files() {
    with(
        "base: '/sub/', srcExclude: ['**/ko/**']",
        &[
            ("index.md", "", "/sub/"),
            ("guide/index.md", "", "/sub/guide/"),
            ("guide/Some Page.md", "", "/sub/guide/Some%20Page.html"),
            ("guide/README.md", "", "/sub/guide/README.html"),
            ("ko/a.md", "", "-"),
            ("dist/a.md", "", "-"),
            ("public/raw.html", "", "/sub/raw.html"),
            ("packages/[name].md", "", "?"),
        ],
    );
    with("cleanUrls: true", &[("a.md", "", "/a"), ("b/index.md", "", "/b/")]);
    check(&[(".vitepress/theme/index.ts", "export default {}\n")], &[("a.md", "", "/a.html")]);
}

#[test]
fn rewrites_are_followed() {
    with(
        "rewrites: { 'en/guide/:page': 'g/:page', 'en/:x/:y.md': 'e/:y/:x.md', 'es/:rest(.*)': 'spanish/:rest', \
         'fr/:rest*': ':rest*' }",
        &[
            ("en/guide/a.md", "", "/g/a.html"),
            ("en/reference/b.md", "", "/e/b/reference.html"),
            ("es/a/b.md", "", "/spanish/a/b.html"),
            ("fr/index.md", "", "/"),
            ("en/x.md", "", "/en/x.html"),
        ],
    );
    with("rewrites: (page) => page", &[("a.md", "", "?")]);
    with("rewrites: { '^en/(.*)': '$1' }", &[("a.md", "", "?")]);
}

#[test]
fn what_is_computed_is_unknown() {
    with("base: process.env.BASE", &[("a.md", "", "?")]);
    with("...shared, title: 'A'", &[("a.md", "", "?")]);
    with("extends: shared", &[("a.md", "", "?")]);
    let named =
        "const config = { cleanUrls: true }\nconst other = { base: '/no/' }\nexport default withPlugin(config)\n";
    check(&[(".vitepress/config.js", named)], &[("a.md", "", "/a")]);
    check(&[(".vitepress/config.js", "export default async () => ({ base: '/x/' })\n")], &[("a.md", "", "?")]);
}
