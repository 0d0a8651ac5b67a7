//! Detects a site's generator by all names that its config may have.

use crate::site::site;
use postlint::place::dialect::Generator;

fn generator(files: &[(&str, &str)]) -> Option<Generator> {
    site(files).map(|site| site.generator)
}

#[test]
fn config_names_of_a_single_generator() {
    let cases = [
        ("astro.config.mjs", Generator::Astro),
        ("astro.config.mts", Generator::Astro),
        (".eleventy.js", Generator::Eleventy),
        ("eleventy.config.cjs", Generator::Eleventy),
        ("docusaurus.config.ts", Generator::Docusaurus),
        (".vitepress/config.mts", Generator::VitePress),
        (".vitepress/config/index.ts", Generator::VitePress),
        ("gatsby-config.js", Generator::Gatsby),
        ("hugo.toml", Generator::Hugo),
        ("hugo.yaml", Generator::Hugo),
        ("hugo.json", Generator::Hugo),
        ("zola.toml", Generator::Zola),
        ("mkdocs.yml", Generator::MkDocs),
        ("book.toml", Generator::MdBook),
        ("pelicanconf.py", Generator::Pelican),
        ("_config.yml", Generator::Jekyll),
        ("_config.toml", Generator::Jekyll),
    ];
    for (name, expected) in cases {
        assert_eq!(generator(&[(name, ""), ("a.md", "")]), Some(expected), "{name}");
    }
}

#[test]
fn config_names_that_hugo_and_zola_share_with_others() {
    let hugo = "baseurl: https://tea.example\n";
    for name in ["config.yaml", "config.yml"] {
        assert_eq!(generator(&[(name, hugo), ("content/a.md", "")]), Some(Generator::Hugo), "{name}");
    }
    assert_eq!(
        generator(&[("config.json", "{\"languageCode\": \"ko\"}"), ("layouts/a.html", "")]),
        Some(Generator::Hugo)
    );
    assert_eq!(generator(&[("config.toml", "BaseURL = \"https://tea.example\"")]), Some(Generator::Hugo));
    let zola = "base_url = \"https://tea.example\"\n[markdown]\n";
    assert_eq!(generator(&[("config.toml", zola), ("content/a.md", "")]), Some(Generator::Zola));
    // The config files of Cargo and of other programs.
    assert_eq!(generator(&[("config.toml", "[build]\njobs = 1\n"), ("content/a.md", "")]), None);
    assert_eq!(generator(&[("config.yaml", "name: tea\n"), ("content/a.md", "")]), None);
    assert_eq!(generator(&[("config.yaml", "theme: dark\n")]), None);
}

#[test]
fn hugo_may_have_only_a_config_folder() {
    for name in ["hugo.toml", "config.toml", "config.yaml", "hugo.json"] {
        let path = format!("config/_default/{name}");
        assert_eq!(generator(&[(&path, ""), ("content/a.md", "")]), Some(Generator::Hugo), "{name}");
    }
    assert_eq!(
        generator(&[("config/a.toml", ""), ("content/a.md", ""), ("archetypes/a.md", "")]),
        Some(Generator::Hugo)
    );
    assert_eq!(generator(&[("config/_default/routes.yaml", ""), ("content/a.md", "")]), None);
    assert_eq!(generator(&[("config/application.rb", ""), ("content/a.md", "")]), None);
}

#[test]
fn dependencies_identify_a_generator() {
    let package = |name: &str| format!("{{\"devDependencies\": {{\"{name}\": \"^1.0.0\"}}}}");
    let cases = [
        ("hexo", Generator::Hexo),
        ("astro", Generator::Astro),
        ("@11ty/eleventy", Generator::Eleventy),
        ("gatsby", Generator::Gatsby),
    ];
    for (name, expected) in cases {
        let text = package(name);
        assert_eq!(generator(&[("package.json", &text), ("src/a.md", "")]), Some(expected), "{name}");
    }
    // `package.json` has Hexo's own key, and the config has the name of Jekyll's.
    let own = [("package.json", "{\"hexo\": {\"version\": \"8.1.2\"}}"), ("_config.yml", "title: Tea\n")];
    assert_eq!(generator(&own), Some(Generator::Hexo));
    assert_eq!(generator(&[("_config.yml", "title: Tea\nsource_dir: source\n")]), Some(Generator::Hexo));
    let nextra = "{\"dependencies\": {\"next\": \"16\", \"nextra\": \"4\"}}";
    assert_eq!(generator(&[("package.json", nextra), ("content/a.mdx", "")]), Some(Generator::Next));
    // A generator's name in a description is not a dependency.
    assert_eq!(generator(&[("package.json", "{\"description\": \"like \\\"hexo\\\"\"}")]), None);
    // A Hugo site whose tools depend on another generator.
    assert_eq!(generator(&[("hugo.toml", ""), ("package.json", &package("astro"))]), Some(Generator::Hugo));
    // The root `package.json` of a monorepo, whose own folder is not a site.
    assert_eq!(generator(&[("package.json", &package("astro")), ("packages/a/a.md", "")]), None);
}

#[test]
fn a_gemfile_beside_posts_identifies_jekyll() {
    let gems = "source 'https://rubygems.org'\ngem 'github-pages', group: :jekyll_plugins\n";
    let found = site(&[("Gemfile", gems), ("_posts/2024-01-01-a.md", "")]).unwrap();
    assert_eq!((found.generator, &*found.sign.file, found.sign.line), (Generator::Jekyll, "Gemfile", 2));
    assert_eq!(generator(&[("Gemfile", "gem 'rails'\n"), ("_posts/2024-01-01-a.md", "")]), None);
}
