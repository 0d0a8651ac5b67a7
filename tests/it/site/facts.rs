//! Facts from each generator's config, with the lines they come from.

use crate::site::site;
use postlint::place::dialect::Dialect;
use postlint::place::engine::Engine;
use postlint::place::flavor::{HeadingIds, RawHtml};
use postlint::site::settings::Fact;
use postlint::site::{Site, slug};
use postlint::{Document, Source};

/// A fact as `value file:line`.
fn told<T: ToString>(fact: &Option<Fact<T>>) -> String {
    match fact {
        Some(Fact { value, from: Some(from) }) => format!("{} {}:{}", value.to_string(), from.file, from.line),
        Some(Fact { value, from: None }) => value.to_string(),
        None => "unknown".to_owned(),
    }
}

fn engine(site: &Site) -> Engine {
    site.engine.as_ref().unwrap().value
}

fn options(site: &Site) -> Vec<String> {
    site.options.iter().map(|it| format!("{}: {}", it.key, it.value.value)).collect()
}

#[test]
fn jekylls_engine_is_the_configured_one() {
    let cases = [
        ("", Engine::Kramdown, true, Dialect::Kramdown),
        ("markdown: kramdown\n", Engine::Kramdown, true, Dialect::Kramdown),
        ("markdown: CommonMark\n", Engine::CommonMark, true, Dialect::CommonMark),
        ("markdown: CommonMarkGhPages\n", Engine::CommonMark, true, Dialect::CommonMark),
        ("markdown: redcarpet\n", Engine::Redcarpet, false, Dialect::CommonMark),
        ("markdown: MyOwnProcessor\n", Engine::Other, false, Dialect::CommonMark),
    ];
    for (config, expected, is_known, dialect) in cases {
        let site = site(&[("_config.yml", config)]).unwrap();
        assert_eq!((engine(&site), site.dialect_is_known), (expected, is_known), "{config}");
        let place = site.place("_posts/2024-01-01-a.md").unwrap();
        assert_eq!((place.dialect, place.dialect_is_known), (dialect, is_known), "{config}");
    }
}

#[test]
fn kramdowns_changed_options_are_listed() {
    let config = "title: Tea\nkramdown:\n  input: GFM\n  parse_block_html: true\n  auto_ids: false\n  toc_levels: 1..6\n  \
                  footnote_nr: 2\n";
    let site = site(&[("_config.yml", config)]).unwrap();
    assert_eq!(options(&site), ["auto_ids: false", "parse_block_html: true", "footnote_nr: 2"]);
    assert_eq!(site.options[1].value.from.as_ref().unwrap().line, 4);
    assert!(site.kramdown.parse_block_html && !site.kramdown.auto_ids && site.kramdown.gfm);
}

#[test]
fn jekylls_version_is_the_locked_one() {
    let lock = "GEM\n  specs:\n    jekyll (4.4.1)\n      addressable (~> 2.4)\n    jekyll-feed (0.17.0)\n";
    let found = site(&[("_config.yml", ""), ("Gemfile.lock", lock)]).unwrap();
    assert_eq!(told(&found.version), "4.4.1 Gemfile.lock:3");
}

#[test]
fn documents_of_collections_without_output_have_no_page() {
    let config =
        "collections:\n  events:\n    output: false\n  talks:\n    output: true\n  people:\n    title: People\n";
    let site = site(&[("_config.yml", config)]).unwrap();
    let has_page = |path: &str| !site.place(path).unwrap().has_no_page;
    assert!(!has_page("_events/a.md") && has_page("_talks/a.md") && !has_page("_people/a.md"));
    assert!(has_page("_posts/2024-01-01-a.md") && has_page("about.md"));
}

#[test]
fn hugos_config_may_be_split_into_files() {
    let files = [
        ("hugo.toml", "baseURL = 'https://tea.example/blog/'\nTitle = 'Tea'\ntheme = ['hugo-PaperMod', 'other']\n"),
        (
            "config/_default/markup.yaml",
            "goldmark:\n  renderer:\n    unsafe: true\n  parser:\n    attribute: {block: true}\n",
        ),
        ("config/_default/params.toml", "description = 'Leaves and water'\n"),
        ("config/_default/languages.ko.toml", "contentDir = 'content/ko'\n"),
        ("content/a.md", ""),
    ];
    let site = site(&files).unwrap();
    assert_eq!(told(&site.title), "Tea hugo.toml:2");
    assert_eq!(told(&site.theme), "papermod hugo.toml:3");
    assert_eq!(told(&site.description), "Leaves and water config/_default/params.toml:1");
    assert_eq!(site.host().unwrap(), "tea.example");
    assert_eq!(options(&site), ["unsafe: true", "block: true"]);
    assert!(site.flavor.raw_html == RawHtml::Kept && site.flavor.block_attributes && site.dialect_is_known);
    assert_eq!(self::site(&[("hugo.toml", "")]).unwrap().flavor.raw_html, RawHtml::Dropped);
}

#[test]
fn hexos_old_renderer_is_unknown() {
    let with =
        |package: &str| site(&[("package.json", package), ("_config.yml", "theme: next\nroot: /tea/\n")]).unwrap();
    let old = with("{\"dependencies\": {\"hexo\": \"3.9.0\", \"hexo-renderer-marked\": \"^0.3.2\"}}");
    assert_eq!((engine(&old), old.dialect_is_known), (Engine::Marked, false));
    assert_eq!(told(&old.version), "3.9.0 package.json:1");
    assert_eq!(told(&old.theme), "next _config.yml:1");
    let new = with("{\"dependencies\": {\"hexo\": \"8.1.2\", \"hexo-renderer-marked\": \"^7.0.0\"}}");
    assert!(new.dialect_is_known);
    let other = with("{\"dependencies\": {\"hexo\": \"8.1.2\", \"hexo-renderer-markdown-it\": \"^7.0.0\"}}");
    assert_eq!(engine(&other), Engine::MarkdownIt);
}

#[test]
fn md_is_mdx_if_the_generator_parses_it_so() {
    let dialect = |files: &[(&str, &str)]| site(files).unwrap().place("docs/a.md").unwrap().dialect;
    assert_eq!(dialect(&[("docusaurus.config.js", "module.exports = {title: 'Tea'};")]), Dialect::Mdx);
    let detect = "export default {markdown: {format: 'detect'}};";
    assert_eq!(dialect(&[("docusaurus.config.ts", detect)]), Dialect::CommonMark);
    let nextra = "{\"dependencies\": {\"next\": \"16\", \"nextra\": \"4\"}}";
    assert_eq!(dialect(&[("package.json", nextra), ("docs/a.md", "")]), Dialect::CommonMark);
    assert_eq!(dialect(&[("astro.config.mjs", "")]), Dialect::CommonMark);
}

#[test]
fn other_generators_have_facts() {
    let docusaurus = "const config = {\n  title: 'Tea',\n  url: 'https://tea.example',\n  baseUrl: '/docs/',\n  \
                      i18n: {defaultLocale: 'ko', locales: ['ko']},\n};\nexport default config;\n";
    let found = site(&[("docusaurus.config.ts", docusaurus)]).unwrap();
    assert_eq!(told(&found.title), "Tea docusaurus.config.ts:2");
    assert_eq!(told(&found.language), "ko docusaurus.config.ts:5");
    assert_eq!((engine(&found), &*told(&found.base_url)), (Engine::Mdx, "/docs/ docusaurus.config.ts:4"));

    let mkdocs = "site_name: Tea\nsite_url: https://tea.example\ntheme:\n  name: material\nmarkdown_extensions:\n  - toc:\n      \
                  permalink: true\n  - footnotes\nexclude_docs: |\n  old/\n";
    let found = site(&[("mkdocs.yml", mkdocs), ("docs/a.md", "")]).unwrap();
    assert_eq!(options(&found), ["toc: true", "footnotes: true"]);
    assert_eq!((&*told(&found.theme), found.source.as_deref()), ("material mkdocs.yml:4", Some("docs")));
    assert!(found.is_excluded("old/a.md") && !found.is_excluded("new/a.md"));

    let zola = "base_url = 'https://tea.example'\ntitle = 'Tea'\n[markdown]\nsmart_punctuation = true\n";
    let found = site(&[("config.toml", zola), ("content/a.md", "")]).unwrap();
    assert_eq!((options(&found), &*told(&found.language)), (vec!["smart_punctuation: true".to_owned()], "en"));

    let book = "[book]\ntitle = 'Tea'\nsrc = 'text'\n";
    assert_eq!(site(&[("book.toml", book)]).unwrap().source.as_deref(), Some("text"));

    let pelican = "SITENAME = 'Tea'\nSITEURL = ''\nTIMEZONE = 'Asia/Seoul'  # here\nPATH = join('a', 'b')\n";
    let found = site(&[("pelicanconf.py", pelican)]).unwrap();
    assert_eq!(
        (&*told(&found.title), &*told(&found.time_zone)),
        ("Tea pelicanconf.py:1", "Asia/Seoul pelicanconf.py:3")
    );

    let vitepress = "import { defineConfig } from 'vitepress'\nexport default defineConfig({\n  title: 'Tea',\n  \
                     srcExclude: ['**/drafts/**'],\n})\n";
    let found = site(&[(".vitepress/config.mts", vitepress)]).unwrap();
    assert_eq!(told(&found.title), "Tea .vitepress/config.mts:3");
    assert!(found.is_excluded("guide/drafts/a.md"));
}

#[test]
fn starlight_says_what_its_site_is() {
    let facts = |options: &str| {
        let config = format!(
            "import starlight from '@astrojs/starlight'\nexport default defineConfig({{\n  site: 'https://t.example',\n  integrations: [\n    starlight({options}),\n  ],\n}})\n"
        );
        let package = "{\"dependencies\": {\"astro\": \"^5.0.0\", \"@astrojs/starlight\": \"^0.36.0\"}}";
        let site = site(&[("astro.config.mjs", &config), ("package.json", package)]).unwrap();
        assert_eq!(told(&site.url), "https://t.example astro.config.mjs:3");
        [told(&site.title), told(&site.language), told(&site.description)]
    };
    let unknown = "unknown".to_owned();
    let on = |value: &str, line: usize| format!("{value} astro.config.mjs:{line}");
    assert_eq!(facts("{ title: 'Tea' }"), [on("Tea", 5), "en".to_owned(), unknown.clone()]);
    let rooted =
        "{\n title: 'Tea', description: 'Of leaves',\n locales: { root: { label: 'Deutsch', lang: 'de' }, en: {} } }";
    assert_eq!(facts(rooted), [on("Tea", 6), on("de", 7), on("Of leaves", 6)]);
    let named = "{ title: { ko: '차', en: 'Tea' }, defaultLocale: 'ko', locales: { ko: { label: '한국어' }, en: {} } }";
    assert_eq!(facts(named), [on("차", 5), on("ko", 5), unknown.clone()]);
    let tagged = "{ title: 'T', defaultLocale: 'br', locales: { br: { lang: 'pt-BR' } } }";
    assert_eq!(facts(tagged), [on("T", 5), on("pt-BR", 5), unknown.clone()]);
    // What a variable says is not known.
    assert_eq!(facts("{ title: 'T', locales }"), [on("T", 5), unknown.clone(), unknown.clone()]);
    assert_eq!(facts("options"), [unknown.clone(), unknown.clone(), unknown]);
}

#[test]
fn themes_are_named_like_their_projects() {
    let cases = [
        ("mmistakes/minimal-mistakes@4.27.1", "minimal-mistakes"),
        ("minimal-mistakes-jekyll", "minimal-mistakes"),
        ("jekyll-theme-chirpy", "chirpy"),
        ("alembic-jekyll-theme", "alembic"),
        ("github.com/adityatelange/hugo-PaperMod", "papermod"),
        ("github.com/nunocoracao/blowfish/v2", "blowfish"),
        ("docsy/theme", "docsy"),
        ("hexo-theme-next", "next"),
        ("minima", "minima"),
    ];
    for (written, expected) in cases {
        assert_eq!(slug(written), expected, "{written}");
    }
}

/// SafeYAML reads an alias without an anchor as nothing.
#[test]
fn defaults_are_read_beside_an_unknown_alias() {
    let config = "author: *name\ndefaults:\n  # all\n  - scope: {path: ''}\n\n    values: {layout: tea}\nlang: en\n";
    let place = Site::jekyll(config).place("blog/a.md").expect("a post");
    assert_eq!(place.default_of("layout").and_then(|value| value.as_str()), Some("tea"));
    assert_eq!(place.language.as_deref(), Some("en"));
}

/// The precedence in <https://github.com/jekyll/jekyll/blob/master/lib/jekyll/frontmatter_defaults.rb>.
#[test]
fn the_more_specific_of_two_defaults_applies() {
    let config = "defaults:\n  - scope: {path: blog/tea}\n    values: {layout: tea}\n  - scope: {path: blog}\n    values: {layout: \
                  blog}\n  - scope: {path: ''}\n    values: {layout: page}\n  - scope: {path: /abc}\n    values: {layout: never}\n";
    let site = site(&[("_config.yml", config)]).unwrap();
    let layout = |path: &str| site.place(path).unwrap().default_of("layout").unwrap().as_str().unwrap().to_owned();
    assert_eq!(layout("blog/tea/a.md"), "tea");
    assert_eq!(layout("blog/a.md"), "blog");
    assert_eq!(layout("blogger/a.md"), "blog");
    assert_eq!((layout("a.md"), layout("abc/a.md")), ("page".to_owned(), "page".to_owned()));
}

#[test]
fn a_config_that_cannot_be_parsed_sets_nothing() {
    for (name, text) in [
        ("_config.yml", "markdown: redcarpet\n\tbad: [\n"),
        ("hugo.toml", "title = \n"),
        ("hugo.json", "{\"title\": }"),
        ("mkdocs.yml", "site_name: \"Tea\n"),
    ] {
        let site = site(&[(name, text), ("content/a.md", "")]).unwrap();
        assert_eq!(&*site.broken.as_ref().unwrap().file, name);
        assert!(site.engine.is_none() && !site.dialect_is_known && site.title.is_none(), "{name}");
        assert_eq!(site.flavor.raw_html, RawHtml::Kept, "{name}");
    }
    let package = [("hugo.toml", "title = 'Tea'\n"), ("package.json", "{"), ("netlify.toml", "[build]\n")];
    assert!(site(&package).unwrap().broken.is_none());
}

#[test]
fn the_host_on_github_pages_comes_from_cname() {
    let site = site(&[("_config.yml", "title: Tea\n"), ("CNAME", "tea.example\n")]).unwrap();
    assert_eq!(told(&site.url), "https://tea.example CNAME:1");
}

/// The images below template nodes, as `src alt`.
fn figures(files: &[(&str, &str)], post: &str) -> Vec<String> {
    let place = site(files).unwrap().place("content/a.md").unwrap();
    let source = Source::new(post);
    let document = Document::parse(&source, &place);
    let images = document.tree.elements().filter(|it| it.name() == "img");
    images
        .map(|image| {
            let value = |name: &str| image.attribute(name).map_or("-", |it| it.known_value().unwrap());
            format!("{} {}", value("src"), value("alt"))
        })
        .collect()
}

#[test]
fn hugos_figures_are_images() {
    let hugo = [("hugo.toml", "baseURL = 'https://a.example/'\n")];
    let cases: [(&str, &[&str]); 9] = [
        ("{{< figure src=\"/a.png\" alt=\"\" >}}", &["/a.png -"]),
        ("{{< figure src=\"/a.png\" caption=\"그림\" >}}", &["/a.png 그림"]),
        ("{{< figure src=\"/a.png\" alt=`b \"c\"` caption=\"d\" />}}", &["/a.png b \"c\""]),
        ("{{% figure\n src=/a.png\n alt=\"a \\\"b\\\"\" %}}", &["/a.png a \"b\""]),
        ("text {{< figure src=\"/a.png\" >}} text {{< figure src=\"/b.png\" >}}", &["/a.png -", "/b.png -"]),
        ("{{< figure \"/a.png\" >}}", &[]),
        ("{{</* figure src=\"/a.png\" */>}}", &[]),
        ("{{< figures src=\"/a.png\" >}}", &[]),
        ("```\n{{< figure src=\"/a.png\" >}}\n```", &["/a.png -"]),
    ];
    for (post, images) in cases {
        assert_eq!(figures(&hugo, post), images, "{post}");
    }
}

#[test]
fn figures_of_a_theme_are_unknown() {
    let post = "{{< figure src=\"/a.png\" >}}";
    let theme = ("hugo.toml", "baseURL = 'https://a.example/'\ntheme = 'tide'\n");
    let own = ("layouts/shortcodes/figure.html", "<img>");
    assert_eq!(figures(&[theme], post), Vec::<String>::new());
    assert_eq!(figures(&[theme, ("themes/tide/layouts/index.html", "")], post), ["/a.png -"]);
    assert_eq!(figures(&[theme, ("themes/tide/layouts/_shortcodes/figure.html", "")], post), Vec::<String>::new());
    assert_eq!(figures(&[("hugo.toml", "baseURL = 'https://a.example/'\n"), own], post), Vec::<String>::new());
}

#[test]
fn extensions_of_python_markdown_are_known_or_not() {
    let mkdocs = |rest: &str| {
        let config = format!("site_name: Tea\n{rest}");
        site(&[("mkdocs.yml", &config), ("docs/a.md", "")]).unwrap()
    };
    let known = [
        "",
        "markdown_extensions: [admonition, pymdownx.details, extra]\n",
        "markdown_extensions:\n  toc:\n    permalink: true\n    slugify: !!python/object/apply:pymdownx.slugs.slugify {kwds: {case: lower}}\n",
        "markdown_extensions:\n  - pymdownx.superfences:\n      custom_fences:\n        - name: mermaid\n          class: mermaid\n",
        "plugins: [search, material/blog]\n",
    ];
    for config in known {
        assert!(mkdocs(config).dialect_is_known, "{config}");
    }
    let unknown = [
        "markdown_extensions: [wikilinks]\n",
        "markdown_extensions:\n  - toc:\n      slugify: !!python/name:mine.slug\n",
        "markdown_extensions:\n  - pymdownx.snippets:\n      auto_append: [a.md]\n",
        "markdown_extensions:\n  - pymdownx.superfences:\n      custom_fences:\n        - name: plot\n          class: plot\n",
        "plugins: [search, macros]\n",
        "hooks: [a.py]\n",
    ];
    for config in unknown {
        assert!(!mkdocs(config).dialect_is_known, "{config}");
    }
    let found = mkdocs("markdown_extensions: [pymdownx.superfences, attr_list]\n");
    let extensions = found.place("docs/a.md").unwrap().python_markdown.extensions.clone();
    assert_eq!(extensions, ["toc", "tables", "pymdownx.superfences", "attr_list"]);
    let setting = "MARKDOWN = {\n    'extension_configs': {\n        'markdown.extensions.toc': {'title': 'Tea', 'permalink': \
                   True},\n        'markdown.extensions.tables': {},\n    },\n    'output_format': 'html5',\n}\n";
    let found = site(&[("pelicanconf.py", setting), ("content/a.md", "")]).unwrap();
    let options = found.place("content/a.md").unwrap().python_markdown;
    assert!(found.dialect_is_known);
    assert_eq!((&*options.extensions, &*options.toc.title), (&["toc", "tables", "meta"][..], "Tea"));
}

#[test]
fn plugins_that_change_images_and_links_are_known() {
    let package = r#"{"dependencies": {"gatsby": "2", "gatsby-transformer-remark": "2", "gatsby-remark-images": "2"}}"#;
    let gatsby = site(&[("gatsby-config.js", "module.exports = {}\n"), ("package.json", package)]).unwrap();
    assert!(gatsby.alt_from_name && !gatsby.dialect_is_known);
    let plain = site(&[
        ("gatsby-config.js", "module.exports = {}\n"),
        ("package.json", r#"{"dependencies": {"gatsby": "5"}}"#),
    ])
    .unwrap();
    assert!(!plain.alt_from_name);
    let astro = |config: &str| site(&[("astro.config.mjs", config)]).unwrap().may_rewrite_links;
    assert!(astro("export default { markdown: { rehypePlugins: [relative] } }\n"));
    assert!(!astro("export default { site: 'https://a.example' }\n"));
}

#[test]
fn facts_name_where_they_are_set() {
    let facts = |files: &[(&str, &str)]| {
        let site = site(files).unwrap();
        let engine = site.engine.as_ref().map(|it| Fact { value: it.value.as_str(), from: it.from.clone() });
        (told(&engine), told(&site.version), told(&site.description))
    };
    let (engine, ..) =
        facts(&[(".eleventy.js", "module.exports = (config) => {\n  config.setLibrary('md', own)\n}\n")]);
    assert_eq!(engine, "markdown-it .eleventy.js:2");
    let markdown = "SITENAME = 'Tides'\nMARKDOWN = {'extensions': ['tables']}\n";
    assert_eq!(facts(&[("pelicanconf.py", markdown)]).0, "python-markdown pelicanconf.py:2");
    let (_, version, description) = facts(&[
        ("_config.yml", "description: >\n  The tides\n  of the harbour\n"),
        ("Gemfile", "source 'https://gems.example'\ngem \"jekyll\", \"~> 4.4\"\n"),
    ]);
    assert_eq!(
        (version.as_str(), description.as_str()),
        ("~> 4.4 Gemfile:2", "The tides of the harbour _config.yml:1")
    );
    assert_eq!(facts(&[("hugo.toml", ""), (".hugo-version", "0.133.1\n")]).1, "0.133.1 .hugo-version:1");
    let requirements = ("requirements.txt", "mkdocs>=1.6,<2 # the last of these\n");
    assert_eq!(facts(&[("mkdocs.yml", "site_name: x\n"), requirements]).1, ">=1.6,<2 requirements.txt:1");
}

#[test]
fn base_paths_have_one_spelling() {
    const HEXO: &str = r#"{"dependencies": {"hexo": "8"}}"#;
    let is_base = |expected: &str, files: &[(&str, &str)]| {
        let found = site(files).unwrap();
        assert_eq!(found.base_path(), expected, "{files:?}");
        assert_eq!(found.place("a.md").unwrap().base_path, expected, "{files:?}");
    };
    for path in
        ["sea", "/sea", "sea/", "/sea/", "https://tides.example/sea", "http://tides.example/sea/", "//x.org/sea/"]
    {
        is_base("/sea", &[("_config.yml", &format!("url: https://tides.example\nbaseurl: '{path}'\n"))]);
        is_base("/sea", &[("_config.yml", &format!("root: '{path}'\n")), ("package.json", HEXO)]);
        is_base("/sea", &[("hugo.toml", &format!("baseURL = '{path}'\n"))]);
        is_base("/sea", &[("mkdocs.yml", &format!("site_name: A\nsite_url: '{path}'\n"))]);
        is_base("/sea", &[(".vitepress/config.mts", &format!("export default {{ base: '{path}' }}\n"))]);
        is_base(
            "/sea",
            &[(".eleventy.js", &format!("module.exports = function (c) {{ return {{ pathPrefix: '{path}' }} }}\n"))],
        );
        is_base("/sea", &[("docusaurus.config.js", &format!("module.exports = {{ baseUrl: '{path}' }};\n"))]);
        is_base("/sea", &[("astro.config.mjs", &format!("export default {{ base: '{path}' }};\n"))]);
        is_base("/sea", &[("gatsby-config.js", &format!("module.exports = {{ pathPrefix: '{path}' }};\n"))]);
        is_base("/sea", &[("book.toml", &format!("[output.html]\nsite-url = '{path}'\n"))]);
    }
    for root in ["", "/", "./", "https://tides.example", "https://tides.example/"] {
        is_base("", &[("_config.yml", &format!("baseurl: '{root}'\n"))]);
        is_base("", &[(".vitepress/config.mts", &format!("export default {{ base: '{root}' }}\n"))]);
    }
    is_base("/sea/바다", &[("_config.yml", "baseurl: /sea/%EB%B0%94%EB%8B%A4/\n")]);
    // Without a setting of its own, it is the path of the URL.
    is_base("/sea", &[("_config.yml", "url: https://tides.example/sea\nbaseurl: ''\n")]);
    is_base("/sea", &[("_config.yml", "url: https://tides.example/blog\nbaseurl: https://x.org/sea\n")]);
    is_base(
        "/sea",
        &[("config.toml", "base_url = 'https://tides.example/sea/'\n"), ("content/a.md", ""), ("templates/a", "")],
    );
    let published = ("publishconf.py", "from pelicanconf import *\nSITEURL = 'https://tides.example/sea'\n");
    is_base("/sea", &[("pelicanconf.py", "SITEURL = ''\n"), published]);
    is_base("/sea", &[("pelicanconf.py", "SITEURL = 'https://tides.example/sea'\n")]);
}

/// The content folders with their lines.
fn content(site: &Site) -> Vec<String> {
    site.content.iter().map(|folder| told(&Some(folder.clone()))).collect()
}

#[test]
fn content_folders_are_those_that_the_config_names() {
    let include = "include: [_pages, .htaccess, _none]\ncollections:\n  docs:\n    output: true\n";
    let found = site(&[("_config.yml", include), ("_pages/a.md", "")]).unwrap();
    assert_eq!(content(&found), ["_posts", "_docs _config.yml:3", "_pages _config.yml:1"]);

    let config = "const config = {\n  presets: [['classic', /** @type {x} */ ({\n    docs: { path: 'manual' },\n    \
                  blog: false,\n  })]],\n  plugins: [\n    ['@docusaurus/plugin-content-docs', { id: 'c', path: \
                  './community' }],\n  ],\n};\nmodule.exports = config;\n";
    let files = [("docusaurus.config.js", config), ("docs/a.md", ""), ("blog/a.md", ""), ("src/pages/a.md", "")];
    let found = site(&files).unwrap();
    let expected = ["src/pages", "manual docusaurus.config.js:3", "community docusaurus.config.js:7"];
    assert_eq!(content(&found), expected);

    let config = "module.exports = {\n  plugins: [\n    { resolve: 'gatsby-source-filesystem',\n      options: { path: \
                  `${__dirname}/content/blog/` } },\n    { resolve: `gatsby-source-filesystem`, options: { path: \
                  path.join(__dirname, 'docs') } },\n    { resolve: `gatsby-source-filesystem`, options: { path: \
                  `${__dirname}/src/images` } },\n  ],\n};\n";
    let found = site(&[("gatsby-config.js", config)]).unwrap();
    assert_eq!(content(&found), ["content/blog gatsby-config.js:4", "docs gatsby-config.js:5"]);
}

#[test]
fn hugos_other_options_are_listed() {
    let config = "baseURL: https://a.org\nenableEmoji: true\nmarkup:\n  goldmark:\n    parser:\n      \
                  autoDefinitionTermID: true\n    extensions:\n      extras:\n        mark:\n          enable: true\n        \
                  insert:\n          enable: false\n";
    let found = site(&[("hugo.yaml", config)]).unwrap();
    assert_eq!(options(&found), ["autoDefinitionTermID: true", "mark: true", "enableEmoji: true"]);
}

#[test]
fn pelicans_theme_has_the_name_of_its_folder() {
    let theme = |written: &str| told(&site(&[("pelicanconf.py", &format!("THEME = '{written}'\n"))]).unwrap().theme);
    assert_eq!(theme("themes/Flex/"), "flex pelicanconf.py:1");
    assert_eq!(theme("notmyidea"), "notmyidea pelicanconf.py:1");
    assert_eq!(theme("content/theme"), "unknown");
}

#[test]
fn a_theme_of_pelican_among_the_content_is_no_page() {
    let is_excluded = |theme: &str| {
        let found = site(&[("pelicanconf.py", &format!("SITENAME = 'Tea'\nTHEME = '{theme}'\n"))]).unwrap();
        found.is_excluded("content/theme/templates/article.html")
    };
    assert!(is_excluded("content/theme") && is_excluded("./content/theme/"));
    assert!(!is_excluded("notmyidea") && !is_excluded("/usr/share/content/theme") && !is_excluded("content/other"));
}

#[test]
fn titles_are_those_of_the_main_language() {
    let hugo = "baseURL: https://a.org\ntitle: A\ndefaultContentLanguage: fr\nlanguages:\n  en:\n    title: B\n  fr:\n    \
                title: C\n    params:\n      description: D\n";
    let found = site(&[("hugo.yaml", hugo)]).unwrap();
    assert_eq!((told(&found.title), told(&found.description)), ("C hugo.yaml:8".into(), "D hugo.yaml:10".into()));
    let vitepress = "export default {\n  title: 'A',\n  lang: 'en',\n  locales: {\n    root: { title: 'B', lang: 'de' },\n    \
                     zh: { title: 'C' },\n  },\n}\n";
    let found = site(&[(".vitepress/config.mjs", vitepress)]).unwrap();
    let file = ".vitepress/config.mjs:5";
    assert_eq!((told(&found.title), told(&found.language)), (format!("B {file}"), format!("de {file}")));
}

#[test]
fn zolas_heading_ids_are_known_by_default() {
    let ids = |config: &str| site(&[("zola.toml", config)]).unwrap().flavor.heading_ids;
    assert_eq!(ids("base_url = 'x'\n"), HeadingIds::Zola);
    assert_eq!(ids("base_url = 'x'\n[slugify]\nanchors = 'on'\n"), HeadingIds::Zola);
    assert_eq!(ids("base_url = 'x'\n[slugify]\nanchors = 'safe'\n"), HeadingIds::Off);
}
