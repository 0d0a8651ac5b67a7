//! Which files a site's own config excludes.

use crate::site::site;
use crate::support::blog::{Blog, stdout};

/// Jekyll's `EntryFilter`, verified with Jekyll 4.3.1.
#[test]
fn jekyll_excludes_by_glob_or_by_prefix() {
    let cases = [
        ("docs", "docs/a.md", true),
        ("docs/", "docs/a.md", true),
        ("/docs", "docs/a.md", true),
        ("docs", "docsearch.md", true),
        ("docs", "a/docs/a.md", false),
        ("*.txt.md", "a/b.txt.md", true),
        ("**/drafts", "a/drafts/b.md", true),
        ("README.md", "README.md", true),
        ("README.md", "a/README.md", false),
        ("[ab].md", "b.md", true),
        ("[!ab].md", "b.md", false),
        ("?.md", "c.md", true),
        ("{a,b}.md", "a.md", false),
    ];
    for (pattern, path, expected) in cases {
        let config = format!("exclude: ['{pattern}']\n");
        let site = site(&[("_config.yml", &config)]).unwrap();
        assert_eq!(site.is_excluded(path), expected, "{pattern} {path}");
    }
}

#[test]
fn jekyll_skips_folders_with_an_underscore_unless_included() {
    let config = "include: [_pages, .well-known]\nexclude: [old]\ncollections: {recipes: {output: true}}\n";
    let site = site(&[("_config.yml", config)]).unwrap();
    let read = [
        "_pages/about.md",
        "_posts/a/_b/2024-01-01-a.md",
        "_drafts/a.md",
        "_recipes/a.md",
        "blog/_posts/2024-01-01-a.md",
    ];
    for path in read {
        assert!(!site.is_excluded(path), "{path}");
    }
    for path in ["_layouts/a.html", "_other/a.md", "a/_other/a.md", "#a.md", "~a.md", "a.md~", "old/a.md"] {
        assert!(site.is_excluded(path), "{path}");
    }
}

#[test]
fn hostile_globs_are_matched_in_bounded_time() {
    let config = format!("exclude: ['{}b']\n", "*a".repeat(2_000));
    let site = site(&[("_config.yml", &config)]).unwrap();
    assert!(!site.is_excluded(&format!("{}.md", "a".repeat(4_000))));
}

#[test]
fn the_folder_of_built_pages_is_excluded() {
    let cases = [
        ("_config.yml", "destination: docs\n", "docs/index.html", true),
        ("_config.yml", "destination: ./docs/\n", "docs/a/index.html", true),
        ("_config.yml", "destination: docs\n", "docs.md", false),
        ("_config.yml", "destination: ../docs\n", "docs/a.md", false),
        ("_config.yml", "destination: .\n", "a.md", false),
        ("_config.yml", "source: src\ndestination: docs\n", "docs/a.md", false),
        ("hugo.toml", "publishDir = 'docs'\n", "docs/index.html", true),
        ("hugo.toml", "publishdir = 'docs'\n", "docs/index.html", true),
        ("zola.toml", "base_url = 'https://a.example'\noutput_dir = 'docs'\n", "docs/index.html", true),
    ];
    for (file, config, path, expected) in cases {
        let site = site(&[(file, config)]).unwrap();
        assert_eq!(site.is_excluded(path), expected, "{config} {path}");
    }
}

/// Templates are not posts, wherever the config keeps them.
#[test]
fn the_folders_of_templates_are_excluded() {
    let cases = [
        ("mkdocs.yml", "site_name: Tea\ntheme:\n  name: material\n  custom_dir: overrides\n", "overrides/main.html"),
        ("mkdocs.yml", "site_name: Tea\ntheme:\n  custom_dir: docs/own/\n", "docs/own/main.html"),
        ("hugo.toml", "layoutDir = 'views'\n", "views/index.html"),
        (
            "eleventy.config.js",
            "module.exports = { dir: { input: 'src', includes: '../parts', layouts: 'frames' } };\n",
            "parts/head.html",
        ),
        ("eleventy.config.js", "module.exports = { dir: { input: 'src', layouts: 'frames' } };\n", "src/frames/a.html"),
    ];
    for (config, text, template) in cases {
        let blog =
            Blog::new(&[(config, text), (template, "<img src=\"/tea.png\">\n"), ("other/a.html", "<p>Tea.</p>\n")]);
        let shown = stdout(&blog.run(&["--show-files", "."]));
        assert!(!shown.contains(template), "{config}: {shown}");
        assert!(shown.contains("other/a.html"), "{config}: {shown}");
    }
}
