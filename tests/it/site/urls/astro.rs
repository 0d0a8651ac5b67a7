//! Astro 6 and 7, Starlight 0.42. <https://docs.astro.build/en/guides/routing/>

use crate::site::urls::check;

const PACKAGE: (&str, &str) = ("package.json", "{\"dependencies\": {\"astro\": \"^7.0.0\"}}");

fn with(config: &str, cases: &[(&str, &str, &str)]) {
    let config = format!("export default defineConfig({{ {config} }});\n");
    check(&[PACKAGE, ("astro.config.mjs", &config)], cases);
}

#[test]
fn files_are_routes() {
    with(
        "",
        &[
            ("src/pages/index.md", "", "/"),
            ("src/pages/Caps Page.md", "", "/Caps%20Page/"),
            ("src/pages/blog/index.md", "", "/blog/"),
            ("src/pages/blog/a.b.md", "", "/blog/a.b/"),
            ("src/pages/raw.html", "", "/raw/"),
            ("src/pages/_hidden.md", "", "-"),
            ("src/pages/_dir/x.md", "", "-"),
            ("README.md", "", "-"),
        ],
    );
    let file = "base: '/base', trailingSlash: 'never', build: { format: 'file' }";
    with(file, &[("src/pages/a.md", "", "/base/a.html"), ("src/pages/b/index.md", "", "/base/b.html")]);
    let preserved = "trailingSlash: 'always', build: { format: 'preserve' }";
    with(preserved, &[("src/pages/a.md", "", "/a.html"), ("src/pages/b/index.md", "", "/b/")]);
    with("trailingSlash: 'never'", &[("src/pages/a.md", "", "/a"), ("src/pages/index.md", "", "/")]);
    with("base: process.env.BASE", &[("src/pages/a.md", "", "?")]);
}

#[test]
fn collections_have_an_evident_route_or_none() {
    let config =
        "const notes = defineCollection({ loader: glob({ pattern: '**/*.md', base: './src/content/notes' }) });\n";
    let route = "---\nexport async function getStaticPaths() {\n  const all = await getCollection('notes');\n  \
                 return all.map((post) => ({ params: { slug: post.id }, props: { post } }));\n}\n---\n";
    let cases = [
        ("src/content/notes/hello.md", "", "/n/hello/"),
        ("src/content/notes/Sub Dir/Deep Post.md", "", "/n/sub-dir/deep-post/"),
        ("src/content/notes/folder/index.md", "", "/n/folder/"),
        ("src/content/notes/v1.2.md", "", "/n/v12/"),
        ("src/content/notes/a.md", "slug: my/Own Slug\n", "/n/my/Own%20Slug/"),
        ("src/content/notes/a.md", "draft: true\n", "?"),
        ("src/content/other/a.md", "", "?"),
    ];
    let astro = ("astro.config.mjs", "export default {};\n");
    check(&[PACKAGE, astro, ("src/content.config.ts", config), ("src/pages/n/[...slug].astro", route)], &cases);
    let made = config.replace("base:", "generateId: own, base:");
    let site = [PACKAGE, astro, ("src/content.config.ts", made.as_str()), ("src/pages/n/[...slug].astro", route)];
    check(&site, &[("src/content/notes/hello.md", "", "?")]);
    let own = route.replace("post.id", "post.data.year + post.id");
    let site = [PACKAGE, astro, ("src/content.config.ts", config), ("src/pages/n/[...slug].astro", own.as_str())];
    check(&site, &[("src/content/notes/hello.md", "", "?")]);
}

#[test]
fn the_parts_of_a_dated_name_are_parameters() {
    let config =
        "const notes = defineCollection({ loader: glob({ pattern: '**/*.md', base: './src/content/notes' }) });\n";
    let site = |name: &str, body: &str, cases: &[(&str, &str, &str)]| {
        let text = format!(
            "---\nexport async function getStaticPaths() {{\n  const notes = await getCollection('notes', isPublished);\n  \
             return notes.map((note) => {{\n    {body}\n  }});\n}}\nconst {{ year }} = Astro.params;\n---\n"
        );
        let astro = ("astro.config.mjs", "export default {};\n");
        check(&[PACKAGE, astro, ("src/content.config.ts", config), (name, text.as_str())], cases);
    };
    let dated = "src/content/notes/2024-05-01-tides.md";
    let matched = r"const found = note.id.match(/^(\d{4})-(\d{2})-(\d{2})-(.+)$/);";
    let named =
        "const [, year, month, day, slug] = found;\nreturn { params: { year, month, day, slug }, props: { note } };";
    let cases = [
        (dated, "", "/2024/05/01/tides/"),
        // The route publishes only what has a date.
        ("src/content/notes/tides.md", "", "?"),
        (dated, "published: false\n", "?"),
    ];
    let route = "src/pages/[year]/[month]/[day]/[slug].astro";
    site(route, &format!("{matched}\nif (found) {{ {named} }}\nreturn null;"), &cases);
    let numbered = "return { params: { year: found[1], slug: found[4] }, props: { note } };";
    site("src/pages/n/[year]/[...slug].astro", &format!("{matched} {numbered}"), &[(dated, "", "/n/2024/tides/")]);
    // A parameter that is computed in another way, a group that is missing, and an expression that is not known.
    let other = named.replace("slug }", "slug: slugOf(note) }");
    site(route, &format!("{matched} {other}"), &[(dated, "", "?")]);
    site(route, &format!("{matched} {}", numbered.replace("found[4]", "found[7]")), &[(dated, "", "?")]);
    site(route, &format!("{} {named}", matched.replace("(.+)", "(?<!x)(.+)")), &[(dated, "", "?")]);
}

#[test]
fn starlight_publishes_docs() {
    let package = ("package.json", "{\"dependencies\": {\"astro\": \"^7.2.0\", \"@astrojs/starlight\": \"^0.42.0\"}}");
    let config = ("astro.config.mjs", "export default defineConfig({ base: '/d', integrations: [starlight({})] });\n");
    check(
        &[package, config],
        &[
            ("src/content/docs/index.md", "", "/d/"),
            ("src/content/docs/guides/Getting Started.md", "", "/d/guides/getting-started/"),
            ("src/content/docs/ko/index.md", "", "/d/ko/"),
            ("src/content/docs/reference/v1.0.md", "", "/d/reference/v10/"),
            ("src/content/docs/s.md", "slug: some/Where\n", "/d/some/Where/"),
            ("src/content/docs/d.md", "draft: true\n", "-"),
            ("src/content/docs/404.md", "", "?"),
        ],
    );
}
