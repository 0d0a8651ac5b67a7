//! The output of `postlint site`.

use crate::support::blog::{Blog, code, flat, stderr, stdout};
use serde_json::Value;
use std::io::Read;
use std::process::Stdio;
use std::time::Duration;
use wait4::Wait4;

const POST: &str = "---\ntitle: A cup of tea\n---\n\nTea.\n";

fn blog() -> Blog {
    let config = "title: Tea\nurl: https://tea.example\nremote_theme: mmistakes/minimal-mistakes@4.27.1\nkramdown:\n  \
                  parse_block_html: true\n";
    Blog::new(&[
        ("_config.yml", config),
        ("_posts/2024-01-01-a.md", POST),
        ("_posts/2024-01-02-b.md", POST),
        ("about.md", POST),
    ])
}

#[test]
fn every_fact_has_its_source() {
    let output = blog().run(&["site"]);
    assert_eq!(code(&output), 0, "{}", stderr(&output));
    let expected = "\
site              .
generator         jekyll                  _config.yml
version           unknown
engine            kramdown                default
                  parse_block_html: true  _config.yml:5
content           _posts                  default
theme             minimal-mistakes        _config.yml:3
title keys        title                   mmistakes/minimal-mistakes/_includes/seo.html
description keys  description             mmistakes/minimal-mistakes/_includes/seo.html
                  excerpt                 mmistakes/minimal-mistakes/_includes/seo.html
visible title     title (h1)              mmistakes/minimal-mistakes/_layouts/single.html
keys read         unknown
title             Tea                     _config.yml:1
url               https://tea.example     _config.yml:2
own host          tea.example             _config.yml:2
posts             3                       2 in _posts, 1 in pages
";
    assert_eq!(stdout(&output), expected);
}

#[test]
fn json_has_the_same_facts() {
    let output = blog().run(&["site", "--format", "json"]);
    let json: Value = serde_json::from_str(&stdout(&output)).unwrap();
    let site = &json["sites"][0];
    assert_eq!((&site["generator"], &site["engine"]), (&"jekyll".into(), &"kramdown".into()));
    assert_eq!((&site["options"]["parse_block_html"], &site["version"]), (&true.into(), &Value::Null));
    assert_eq!((&site["theme"], &site["ownHosts"][0]), (&"minimal-mistakes".into(), &"tea.example".into()));
    assert_eq!((&site["titleKeys"][0], &site["descriptionKeys"][1]), (&"title".into(), &"excerpt".into()));
    assert_eq!((&site["visibleTitle"]["level"], &site["keysRead"]), (&1.into(), &Value::Null));
    assert_eq!((&site["posts"]["_posts"], &site["evidence"]["theme"]), (&2.into(), &"_config.yml:3".into()));
}

#[test]
fn what_the_config_sets_is_shown_instead() {
    let settings = "site:\n  generator: jekyll\n  engine: commonmark\n  options:\n    auto_ids: false\n";
    let files = [("_config.yml", "markdown: kramdown\n"), ("_posts/2024-01-01-a.md", POST), ("postlint.yml", settings)];
    let text = stdout(&Blog::new(&files).run(&["site"]));
    assert!(text.contains("generator         jekyll           postlint.yml:2\n"), "{text}");
    assert!(text.contains("engine            commonmark       postlint.yml:3\n"), "{text}");
    assert!(text.contains("                  auto_ids: false  postlint.yml:5\n"), "{text}");
    let json: Value = serde_json::from_str(&stdout(&Blog::new(&files).run(&["site", "--format", "json"]))).unwrap();
    let site = &json["sites"][0];
    assert_eq!((&site["engine"], &site["options"]["auto_ids"]), (&"commonmark".into(), &false.into()));
    assert_eq!(
        (&site["evidence"]["engine"], &site["evidence"]["auto_ids"]),
        (&"postlint.yml:3".into(), &"postlint.yml:5".into())
    );

    let plain = Blog::new(&[("a.md", POST), ("postlint.yml", "site: hugo\n")]);
    let text = stdout(&plain.run(&["site"]));
    assert!(text.contains("generator  hugo  postlint.yml:1\n"), "{text}");
}

#[test]
fn known_layouts_are_listed_with_their_lines() {
    let layout = "---\n---\n<title>{{ page.headline | default: page.title }}</title>\n<h2>{{ page.headline }}</h2>\n";
    let files = [("a/_config.yml", ""), ("a/_layouts/post.html", layout), ("a/_posts/2024-01-01-a.md", POST)];
    let output = Blog::new(&files).run(&["site", "a"]);
    let text = stdout(&output);
    let lines: Vec<&str> = text.lines().skip_while(|line| !line.starts_with("title keys")).take(5).collect();
    let expected = [
        "title keys        headline       a/_layouts/post.html:3",
        "                  title          a/_layouts/post.html:3",
        "description keys  none",
        "visible title     headline (h2)  a/_layouts/post.html:4",
        "keys read         2              headline, title",
    ];
    assert_eq!(lines, expected);
    let output = Blog::new(&files).run(&["site", "a", "--format", "json"]);
    let json: Value = serde_json::from_str(&stdout(&output)).unwrap();
    let site = &json["sites"][0];
    assert_eq!(site["titleKeys"], serde_json::json!(["headline", "title"]));
    assert_eq!(site["descriptionKeys"], serde_json::json!([]));
    assert_eq!(site["visibleTitle"], serde_json::json!({"key": "headline", "level": 2}));
    assert_eq!(site["keysRead"], serde_json::json!(["headline", "title"]));
    assert_eq!(site["evidence"]["visibleTitle"], "a/_layouts/post.html:4");
    assert_eq!(site["evidence"]["keysRead"][1], "a/_layouts/post.html:3");
}

#[test]
fn several_sites_are_listed_separately() {
    let blog = Blog::new(&[
        ("README.md", "# Two sites\n"),
        ("docs/mkdocs.yml", "site_name: Tea\n"),
        ("docs/docs/a.md", "# A\n"),
        ("blog/hugo.toml", ""),
        ("blog/content/posts/a.md", POST),
        ("blog/themes/t/hugo.toml", ""),
        ("blog/themes/t/README.md", "# A theme\n"),
    ]);
    let output = blog.run(&["site", "--format", "json"]);
    let json: Value = serde_json::from_str(&stdout(&output)).unwrap();
    let sites = json["sites"].as_array().unwrap();
    let shown: Vec<_> =
        sites.iter().map(|site| (site["root"].as_str().unwrap(), site["generator"].as_str().unwrap())).collect();
    assert_eq!(shown, [("blog", "hugo"), ("docs/docs", "mkdocs"), (".", "plain")]);
    assert_eq!(sites[0]["posts"], serde_json::json!({"content/posts": 1}));
}

#[test]
fn unknown_sites_are_reported_and_missing_paths_are_errors() {
    let blog = Blog::new(&[("a.md", POST)]);
    let output = blog.run(&["site", "."]);
    assert!(
        stdout(&output).contains("generator  plain  assumed: no config file of a site generator"),
        "{}",
        stdout(&output)
    );
    let output = blog.run(&["site", "nowhere"]);
    assert_eq!(code(&output), 2);
    assert!(stderr(&output).contains("nowhere"), "{}", stderr(&output));
}

#[test]
fn hugo_files_without_a_page_need_no_title() {
    let untitled = "---\ndescription: Leaves and water.\n---\n\nTea.\n";
    let blog = Blog::new(&[
        ("hugo.toml", "baseURL = 'https://tea.example/'\n"),
        ("content/posts/cup/index.md", untitled),
        ("content/posts/cup/notes.md", untitled),
        ("content/posts/cup/more/notes.md", untitled),
        ("content/posts/pot.md", untitled),
        ("README.md", untitled),
    ]);
    let found = stdout(&blog.run(&["--select", "title-missing", "--format", "concise"]));
    let paths: Vec<&str> = found.lines().filter_map(|line| line.split(':').next()).collect();
    assert_eq!(paths, ["content/posts/cup/index.md", "content/posts/pot.md"]);
}

#[test]
fn a_config_may_override_single_facts() {
    let post = "---\ntitle: A cup of tea\ndescription: How it is made.\n---\n\none | two\n\n<div>\n**bold**\n</div>\n";
    let found = |config: &str| {
        let blog = Blog::new(&[("_config.yml", ""), ("_posts/2024-01-01-a.md", post), ("postlint.yml", config)]);
        let found = stdout(&blog.run(&["--format", "concise"]));
        let rules: Vec<String> =
            found.lines().filter_map(|line| line.split(['[', ']']).nth(1)).map(str::to_owned).collect();
        (rules, stdout(&blog.run(&["config", "show"])))
    };
    let (rules, _) = found("");
    assert_eq!(rules, ["pipe-makes-table", "markdown-inert-in-html"]);
    let (rules, shown) = found("site:\n  engine: redcarpet\n");
    assert_eq!(rules, [""; 0]);
    assert!(shown.contains("site:\n  generator: jekyll"), "{shown}");
    assert!(shown.contains("  engine: redcarpet") && shown.contains("# postlint.yml:2"), "{shown}");
    let (rules, shown) = found("site: {generator: jekyll, options: {parse_block_html: true}}\n");
    assert_eq!(rules, ["pipe-makes-table"]);
    assert!(shown.contains("  options:\n    parse_block_html: true"), "{shown}");
    assert_eq!(found(&shown).0, rules);
    assert_eq!(found("site: plain\n").0, [""; 0]);
}

#[test]
fn mistakes_in_the_facts_of_a_site_are_reported() {
    let blog =
        Blog::new(&[("a.md", POST), ("postlint.yml", "site: {engine: kramdwn, optoins: {}, options: {unsafe: 1}}\n")]);
    let told = stderr(&blog.run(&[]));
    for part in ["unknown Markdown engine `kramdwn`", "did you mean `kramdown`?", "unknown `site` setting `optoins`"] {
        assert!(told.contains(part), "{told}");
    }
}

#[test]
fn a_broken_config_is_a_warning_and_a_root_outside_is_ignored() {
    let blog = Blog::new(&[("_config.yml", "title: \"Tea\n"), ("_posts/2024-01-01-a.md", POST)]);
    let output = blog.run(&[]);
    assert!(
        stderr(&output).contains("warning: cannot parse `_config.yml`: its settings are not known"),
        "{}",
        stderr(&output)
    );
    let shown = stdout(&blog.run(&["site"]));
    assert!(shown.contains("config cannot be parsed: its settings are not known  _config.yml"), "{shown}");
    let blog = Blog::new(&[("sub/book.toml", "[book]\nsrc = '../..'\n"), ("sub/src/a.md", POST)]);
    let shown = stdout(&blog.run(&["site", "sub"]));
    assert_eq!(shown.lines().next().unwrap().split_whitespace().collect::<Vec<_>>(), ["site", "sub"]);
}

#[test]
fn a_source_that_is_not_there_is_a_warning() {
    let blog = Blog::new(&[("docs/_config.yml", "source: .tmp/src\n"), ("docs/_posts/2024-01-01-a.md", POST)]);
    let said = stderr(&blog.run(&[]));
    let wanted = "warning: `docs/.tmp/src`, the `source` of the site, is not there: URLs are not known";
    assert!(said.contains(wanted), "{said}");
    assert!(said.contains("build it first if a program does, or correct `source` in `docs/_config.yml`"), "{said}");
    blog.write("docs/.tmp/src/_posts/2024-01-01-a.md", POST);
    assert!(!stderr(&blog.run(&[])).contains("is not there"));
}

#[test]
fn a_configured_generator_selects_its_engine() {
    let blog = Blog::new(&[
        ("a.md", "# A cup\n\nSee https://tea.example now.\n"),
        ("mkdocs.yml", "site_name: Tea\n"),
        ("docs/b.md", "# A cup\n"),
    ]);
    let tree = |path: &str| stdout(&blog.run(&["tree", "--site", "hugo", path]));
    assert!(
        tree("a.md").contains("id=\"a-cup\"") && tree("a.md").contains("href=\"https://tea.example\""),
        "{}",
        tree("a.md")
    );
    assert!(tree("docs/b.md").contains("id=\"a-cup\""), "{}", tree("docs/b.md"));
}

#[test]
fn a_config_in_a_folder_of_its_own_names_the_site_beside_it() {
    let blog = Blog::new(&[
        ("conf/_config.yml", "title: Tea\nsource: www\n"),
        ("conf/README.md", "# The config\n"),
        ("www/_posts/2024-01-01-a.md", POST),
        ("www/docs/b.md", POST),
    ]);
    let sites = |folder: &str| {
        let output = blog.run(&["site", "--format", "json", folder]);
        let json: Value = serde_json::from_str(&stdout(&output)).unwrap();
        let sites = json["sites"].as_array().cloned().unwrap_or_default();
        let of = |site: &Value| (site["root"].clone(), site["generator"].clone(), site["title"].clone());
        sites.iter().map(of).collect::<Vec<_>>()
    };
    for folder in [".", "www", "www/docs"] {
        let found = sites(folder);
        let jekyll: Vec<_> = found.iter().filter(|(_, generator, _)| *generator == "jekyll").collect();
        assert_eq!(jekyll.len(), 1, "{folder}: {found:?}");
        assert_eq!(jekyll[0].2, "Tea", "{folder}");
    }
}

#[test]
fn a_config_with_many_keys_takes_linear_time() {
    const COUNT: usize = 30_000;
    let lines = |line: &dyn Fn(usize) -> String| (0..COUNT).map(line).collect::<String>();
    let config = [
        lines(&|n| format!("key{n}: {n}\n")),
        format!("collections:\n{}", lines(&|n| format!("  c{n}:\n    output: true\n"))),
        format!("defaults:\n  - values:\n{}", lines(&|n| format!("      k{n}: v\n"))),
        format!("include:\n{}", lines(&|n| format!("  - _e{n}\n"))),
        format!("exclude:\n{}", lines(&|n| format!("  - _e{n}\n"))),
    ];
    let blog = Blog::new(&[("_config.yml", &config.concat()), ("_posts/2024-01-01-a.md", POST)]);
    // Without optimization, linear time is six seconds, and quadratic time two minutes.
    let mut time = Duration::ZERO;
    for (arguments, expected) in [
        (["check", "--exit-zero", "."].as_slice(), ""),
        (&["site", "--urls"], "_posts/2024-01-01-a.md\t/2024/01/01/a.html\n"),
    ] {
        let mut child = blog.command(arguments).stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
        let mut text = String::new();
        child.stdout.take().unwrap().read_to_string(&mut text).unwrap();
        let used = child.wait4().unwrap();
        assert!(used.status.success(), "{arguments:?}");
        assert_eq!(text, expected, "{arguments:?}");
        time += used.rusage.utime;
    }
    assert!(time < Duration::from_secs(40), "{time:?}");
}

#[test]
fn files_without_a_page_are_counted_apart() {
    let blog = Blog::new(&[
        ("_config.yml", "title: Tea\n"),
        ("_posts/2024-01-01-a.md", POST),
        ("_posts/2024-01-02-b.md", "---\ntitle: B\npublished: false\n---\n"),
        ("_drafts/c.md", POST),
        ("README.md", "# Tea\n"),
    ]);
    let output = blog.run(&["site"]);
    let text = stdout(&output);
    let plain = flat(&text);
    let note = "not pages 3 a run checks them too, and counts 4 posts";
    assert!(plain.ends_with(&format!("posts 1 1 in _posts {note}")), "{text}");
    let run = stderr(&blog.run(&["--exit-zero"]));
    assert!(run.starts_with("Jekyll site, 4 posts\n") && run.contains(" in 4 posts "), "{run}");
    let json: Value = serde_json::from_str(&stdout(&blog.run(&["site", "--format", "json"]))).unwrap();
    assert_eq!(json["sites"][0]["notPages"], 3);
}
