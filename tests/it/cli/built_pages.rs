//! Pages that a generator built: skipped beside their sources, and what their template causes is reported once.

use crate::support::blog::Blog;

fn page(name: usize, generator: &str, body: &str) -> (String, String) {
    let head = format!("<meta charset=utf-8>{generator}<title>Page {name} of the market</title>");
    let text = format!("<!DOCTYPE html>\n<html lang=en>\n<head>{head}</head>\n<body>\n{body}\n</body>\n</html>\n");
    (format!("public-pages/{name}/index.html"), text)
}

const HUGO: &str = r#"<meta name="generator" content="Hugo 0.124.1">"#;

fn blog(files: &[(String, String)]) -> Blog {
    let files: Vec<(&str, &str)> = files.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
    Blog::new(&files)
}

fn printed(blog: &Blog, arguments: &[&str]) -> (String, String) {
    let output = blog.run(arguments);
    (String::from_utf8(output.stdout).unwrap(), String::from_utf8(output.stderr).unwrap())
}

fn source() -> Vec<(String, String)> {
    let post = "---\ntitle: A morning at the market\ndescription: At four the market by the harbor is wide awake.\n---\n\n\
                At four the market is wide awake.\n";
    vec![
        ("docs/hugo.toml".to_owned(), "baseURL = 'https://market.example/'\n".to_owned()),
        ("docs/content/a.md".to_owned(), post.to_owned()),
    ]
}

#[test]
fn pages_are_skipped_beside_their_sources_only() {
    let built: Vec<_> = (0..3).map(|name| page(name, HUGO, r#"<img src="a.png">"#)).collect();
    let both = blog(&[source(), built.clone()].concat());
    let (out, err) = printed(&both, &["."]);
    assert_eq!(out, "");
    assert!(err.contains("skipped 3 pages that Hugo built: the sources are checked"), "{err}");
    let (out, err) = printed(&both, &["--format", "concise", "public-pages"]);
    assert_eq!(out.matches("alt-missing").count(), 3, "{out}");
    assert!(!err.contains("skipped"), "{err}");
    let (out, _) = printed(&both, &["--format", "concise", "docs", "public-pages/1/index.html"]);
    assert_eq!(out.matches("alt-missing").count(), 1, "files passed by name are checked: {out}");
}

#[test]
fn pages_of_another_generator_or_by_hand_are_checked() {
    let others =
        ["", r#"<meta name="generator" content="Jekyll v4.3.1">"#, r#"<meta name="generator" content="Word">"#];
    let built: Vec<_> = (0..).zip(others).map(|(name, other)| page(name, other, r#"<img src="a.png">"#)).collect();
    let (out, err) = printed(&blog(&[source(), built].concat()), &["--format", "concise", "."]);
    assert_eq!(out.matches("alt-missing").count(), 3, "{out}");
    assert!(!err.contains("skipped"), "{err}");
}

#[test]
fn what_the_template_causes_is_reported_once() {
    let body =
        |name: usize| format!("<header><img src=\"/logo.png\"></header>\n<main>\n<img src=\"/{name}.png\">\n</main>");
    let pages = |count: usize| -> Vec<_> { (0..count).map(|name| page(name, HUGO, &body(name))).collect() };
    let (out, _) = printed(&blog(&pages(6)), &["."]);
    assert_eq!(out.matches("alt-missing]").count(), 7, "{out}");
    assert!(out.contains("the same markup is in 5 other pages: change the template that makes them"), "{out}");
    let (out, _) = printed(&blog(&pages(4)), &["."]);
    assert_eq!(out.matches("alt-missing]").count(), 8, "{out}");
    assert!(!out.contains("other pages"), "{out}");
}

#[test]
fn a_suppression_in_one_page_is_used() {
    let comment = "<!-- postlint-ignore alt-missing: decoration -->";
    let body = format!("{comment}\n<img src=\"/logo.png\">");
    let pages: Vec<_> = (0..6).map(|name| page(name, HUGO, &body)).collect();
    let (out, _) = printed(&blog(&pages), &["."]);
    assert_eq!(out, "");
}
