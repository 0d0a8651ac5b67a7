//! `postlint audit`: the command, and the places at which findings in built pages are reported.

mod baseline;
mod causes;
mod ejs;
mod headings;
mod hostile;
mod inventory;
mod keys;
mod lines;
mod never_flagged;
mod origins;
mod quiet;
mod shown;
mod tracing;
mod unnamed;

use crate::support::blog::Blog;
use serde_json::Value;

/// The layout of a small Jekyll site.
pub const LAYOUT: &str = "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
    <title>{{ page.title }} | {{ site.title }}</title>\n\
    <meta name=\"description\" content=\"{{ page.description }}\">\n</head>\n<body>\n\
    <header><img src=\"/logo.png\" class=\"logo\" width=\"1\" height=\"1\"></header>\n{{ content }}\n\
    <footer><a href=\"/gone/\">All posts</a></footer>\n</body>\n</html>\n";

/// A post of it.
pub fn post(title: &str, body: &str) -> String {
    format!("---\nlayout: post\ntitle: {title}\ndescription: What {title} is about, in a few words.\n---\n\n{body}\n")
}

/// The page that Jekyll makes of it.
pub fn page(title: &str, body: &str) -> String {
    LAYOUT
        .replace("{{ page.title }}", title)
        .replace("{{ page.description }}", &format!("What {title} is about, in a few words."))
        .replace("{{ site.title }}", "Harbour news")
        .replace("{{ content }}", body)
}

/// A Jekyll site and its built pages, for each post its title, its body, and the markup that is made of it.
pub fn site(posts: &[(&str, &str, &str)]) -> Blog {
    let blog = Blog::new(&[
        ("_config.yml", "title: Harbour news\nurl: https://harbour.example.org\nlang: en\n"),
        ("_layouts/post.html", LAYOUT),
        ("logo.png", "PNG"),
        ("_site/logo.png", "PNG"),
    ]);
    for (number, (title, body, made)) in posts.iter().enumerate() {
        let day = number + 1;
        blog.write(&format!("_posts/2024-05-{day:02}-post{day}.md"), &post(title, body));
        blog.write(&format!("_site/2024/05/{day:02}/post{day}.html"), &page(title, made));
    }
    blog
}

/// A site of one post with something in its layout, and in the page that is made of it.
pub fn with_layout(added: &str, made: &str) -> Blog {
    let blog = site(&[("The quay", "Long.", "<p>Long.</p>")]);
    blog.write("_layouts/post.html", &LAYOUT.replace("<footer>", &format!("{added}\n<footer>")));
    let page = page("The quay", "<p>Long.</p>").replace("<footer>", &format!("{made}\n<footer>"));
    blog.write("_site/2024/05/01/post1.html", &page);
    blog
}

/// A finding: the file, the line, the rule and the message.
pub type Short = (String, u64, String, String);

/// The findings of an audit, and what was said.
pub fn audit(blog: &Blog, arguments: &[&str]) -> (Vec<Short>, String) {
    let output = blog.run(&[&["audit", "--format", "json", "--exit-zero"], arguments].concat());
    let said = String::from_utf8(output.stderr).unwrap();
    let json: Value = serde_json::from_slice(&output.stdout).unwrap_or_else(|error| panic!("{error}: {said}"));
    let text = |it: &Value| it.as_str().unwrap().to_owned();
    let found = json["findings"].as_array().unwrap().iter();
    let short =
        |it: &Value| (text(&it["path"]), it["line"].as_u64().unwrap(), text(&it["ruleId"]), text(&it["message"]));
    (found.map(short).collect(), said)
}

/// The findings of a rule.
pub fn of_rule<'f>(found: &'f [Short], rule: &str) -> Vec<&'f Short> {
    found.iter().filter(|it| it.2 == rule).collect()
}

#[test]
fn an_audit_is_a_check_with_the_built_pages() {
    let blog = site(&[("The quay", "![](/quay.png)", "<p><img src=\"/quay.png\" alt=\"\"></p>")]);
    blog.write("quay.png", "PNG");
    blog.write("_site/quay.png", "PNG");
    let (found, said) = audit(&blog, &[]);
    assert!(said.contains("built pages: 1 page in `_site`"), "{said}");
    assert!(found.iter().any(|it| it.0 == "_posts/2024-05-01-post1.md"), "{found:?}");
    let checked = blog.run(&["check", "--format", "json", "--exit-zero"]);
    let json: Value = serde_json::from_slice(&checked.stdout).unwrap();
    let in_posts = found.iter().filter(|it| it.0.starts_with("_posts") && it.2 != "page-orphaned").count();
    assert_eq!(json["findings"].as_array().unwrap().len(), in_posts, "what check sees is said once");
    assert!(found.iter().any(|it| it.2 == "internal-link-broken"), "{found:?}");
}

#[test]
fn without_built_pages_it_says_how_to_name_them() {
    let blog = site(&[("The quay", "It is long.", "<p>It is long.</p>")]);
    std::fs::remove_dir_all(blog.0.join("_site")).unwrap();
    let (_, said) = audit(&blog, &[]);
    assert!(said.contains("no built pages: `_site` is not there") && said.contains("--built DIR"), "{said}");
    blog.write("_site/other/index.html", "<!doctype html><title>Another site</title>");
    let (found, said) = audit(&blog, &[]);
    assert!(said.contains("`_site` does not hold the pages of the site"), "{said}");
    assert!(!found.iter().any(|it| it.0.starts_with("_site")), "{found:?}");
    let missing = blog.run(&["audit", "--built", "nowhere"]);
    assert_eq!(missing.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&missing.stderr).contains("nowhere"));
}

#[test]
fn folders_of_sources_are_not_taken_for_built_pages() {
    let blog = Blog::new(&[
        ("astro.config.mjs", "export default { site: 'https://harbour.example.org' }\n"),
        ("package.json", "{\"dependencies\": {\"astro\": \"^5.0.0\"}}\n"),
        ("src/pages/quay.md", "---\ntitle: The quay\ndescription: How long it is.\n---\n\nIt is long.\n"),
        ("public/quay/index.html", "<!doctype html><title></title>"),
    ]);
    let (_, said) = audit(&blog, &[]);
    assert!(said.contains("no built pages: `dist` is not there"), "{said}");
}

#[test]
fn a_folder_without_sources_is_audited_by_itself() {
    let blog =
        Blog::new(&[("out/index.html", "<!doctype html><html><head></head><body><a href=\"/x\">y</a></body></html>")]);
    let (found, said) = audit(&blog, &["--built", "out"]);
    assert_eq!(of_rule(&found, "title-element-missing").len(), 1, "{found:?} {said}");
    assert_eq!(of_rule(&found, "internal-link-broken").len(), 1, "{found:?}");
}

#[test]
fn a_base_path_is_in_urls_and_not_in_folders() {
    let blog = site(&[("The quay", "It is [long](/blog/2024/05/01/post1.html).", "")]);
    blog.write("_config.yml", "title: Harbour news\nurl: https://harbour.example.org\nbaseurl: /blog\nlang: en\n");
    let body = "<p>It is <a href=\"/blog/2024/05/01/post1.html\">long</a> and <a href=\"/shop/\">for sale</a>.</p>";
    let made = page("The quay", body).replace("/logo.png", "/blog/logo.png").replace("/gone/", "/blog/gone/");
    blog.write("_site/2024/05/01/post1.html", &made);
    let (found, _) = audit(&blog, &[]);
    let broken = of_rule(&found, "internal-link-broken");
    assert_eq!(broken.len(), 1, "other programs may publish what is outside of the base path: {found:?}");
    assert!(broken[0].3.contains("`/blog/gone`"), "{broken:?}");
}

/// The page that old URLs send their readers to is linked.
#[test]
fn the_target_of_redirects_is_not_orphaned() {
    let blog = site(&[("The quay", "Long.", "<p>Long.</p>")]);
    blog.write(
        "index.html",
        "---\nlayout: post\ntitle: Home\ndescription: All of the harbour, in a few words.\n---\n\nHome.\n",
    );
    blog.write("_site/index.html", &page("Home", "<p>Home.</p>"));
    let orphaned = |blog: &Blog| of_rule(&audit(blog, &[]).0, "page-orphaned").len();
    assert_eq!(orphaned(&blog), 1);
    let stub = "<!doctype html><html><head><title>Old</title><meta http-equiv=\"refresh\" \
                content=\"0; url=https://harbour.example.org/2024/05/01/post1.html\"></head></html>";
    blog.write("_site/old/index.html", stub);
    assert_eq!(orphaned(&blog), 0);
}
