//! What pages show of posts that are not their own: lists with the beginnings of posts, redirects, pictures in the head.

use crate::audit::{LAYOUT, Short, audit, of_rule, page, post, site};
use crate::support::blog::Blog;

fn places<'f>(found: &'f [Short], rule: &str) -> Vec<(&'f str, u64)> {
    of_rule(found, rule).into_iter().map(|it| (&*it.0, it.1)).collect()
}

/// A site with a list, whose page is `/blog/index.html`.
fn with_list(body: &str, made: &str) -> Blog {
    let blog = site(&[("The quay", body, made)]);
    blog.write(
        "blog/index.html",
        "---\nlayout: post\ntitle: All\n---\n{% for it in site.posts %}{{ it.excerpt }}{% endfor %}\n",
    );
    blog.write("_site/blog/index.html", &page("All", made));
    blog
}

/// A relative URL is right in the post, and wrong in the list that shows its beginning.
#[test]
fn a_link_that_is_broken_in_a_list_is_changed_in_the_post() {
    let blog = with_list("See [the boats](../boats.html).", "<p>See <a href=\"../boats.html\">the boats</a>.</p>");
    blog.write("_site/2024/05/boats.html", &page("Boats", "<p>Blue.</p>"));
    let (found, _) = audit(&blog, &[]);
    let broken = places(&found, "internal-link-broken");
    assert!(broken.contains(&("_posts/2024-05-01-post1.md", 7)), "{found:?}");
    assert!(!broken.iter().any(|it| it.0.starts_with("_site")), "{found:?}");
}

/// A check of the post says it already.
#[test]
fn markup_that_a_list_shows_is_told_once() {
    let image = "<img src=\"/logo.png\" width=\"1\" height=\"1\" class=\"boat\">";
    let blog = with_list(&format!("{image} Long."), &format!("<p>{image} Long.</p>"));
    let (found, _) = audit(&blog, &[]);
    let missing = places(&found, "alt-missing");
    assert_eq!(missing.iter().filter(|it| it.0.starts_with("_posts")).count(), 1, "{found:?}");
    assert!(!missing.iter().any(|it| it.0.starts_with("_site")), "{found:?}");
}

/// A heading that follows the title of its post in a list, and nothing in the post.
#[test]
fn a_heading_that_a_list_shows_is_changed_in_its_post() {
    let blog = with_list("#### Nets\n\nWet.", "<h4>Nets</h4><p>Wet.</p>");
    blog.write("_site/page2/index.html", &page("More", "<h2>The quay</h2><h4>Nets</h4><p>Wet.</p>"));
    let (found, _) = audit(&blog, &[]);
    assert_eq!(places(&found, "heading-skipped"), [("_posts/2024-05-01-post1.md", 7)], "{found:?}");
}

/// Each page that shows the title has them; a check of the post says it.
#[test]
fn broken_characters_of_a_post_are_told_once() {
    let blog = with_list("Long.", "<p>Long.</p>");
    let title = "The \u{fffd}uay";
    blog.write("_posts/2024-05-01-post1.md", &post(title, "Long."));
    blog.write("_site/2024/05/01/post1.html", &page(title, "<p>Long.</p>"));
    blog.write("_layouts/list.html", &LAYOUT.replace("{{ content }}", "<h2 class=\"entry\">{{ it.title }}</h2>"));
    blog.write("other.md", &post("Other", "Other.").replace("layout: post", "layout: list"));
    blog.write("_site/page2/index.html", &page("More", &format!("<h2 class=\"entry\">{title}</h2>")));
    let (found, _) = audit(&blog, &[]);
    assert_eq!(places(&found, "text-mojibake"), [("_posts/2024-05-01-post1.md", 3)], "{found:?}");
}

/// Plugins make a page of each line: `from: to`. Of several that lead to one page, the name of this page tells the line.
#[test]
fn a_redirect_is_changed_in_the_config() {
    let stub = |url: &str| {
        format!(
            "<!doctype html><html><head><meta charset=\"utf-8\"><title>Redirecting...</title>\
             <link rel=\"canonical\" href=\"{url}\"><meta http-equiv=\"refresh\" content=\"0; url={url}\"></head></html>"
        )
    };
    let blog = site(&[("The quay", "Long.", "<p>Long.</p>")]);
    let config = "title: Harbour news\nurl: https://harbour.example.org\nlang: en\nalias:\n  old/nets.html: new/nets.html\n  \
                  old/a.html: new/gone.html\n  old/b.html: new/gone.html\n";
    blog.write("_config.yml", config);
    blog.write("_site/old/nets.html", &stub("/new/nets.html"));
    blog.write("_site/old/a.html", &stub("/new/gone.html"));
    blog.write("_site/old/b.html", &stub("/new/gone.html"));
    let (found, _) = audit(&blog, &[]);
    let in_config: Vec<u64> =
        places(&found, "internal-link-broken").into_iter().filter(|it| it.0 == "_config.yml").map(|it| it.1).collect();
    assert_eq!(in_config, [5, 6, 7], "{found:?}");
}

/// Generators take the pictures of a post for `og:image`.
#[test]
fn a_picture_in_the_head_is_that_of_the_post() {
    let made = "<p><img src=\"./quay.svg\" alt=\"Quay\" width=\"1\" height=\"1\"></p>";
    let blog = site(&[("The quay", "![Quay](./quay.svg)", made)]);
    let property = "<meta property=\"og:image\" content=\"https://harbour.example.org/2024/05/01/quay.svg\">\n</head>";
    blog.write("_site/2024/05/01/post1.html", &page("The quay", made).replace("</head>", property));
    blog.write("_site/2024/05/01/quay.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\"></svg>");
    let (found, _) = audit(&blog, &[]);
    assert_eq!(places(&found, "og-image-format"), [("_posts/2024-05-01-post1.md", 7)], "{found:?}");
}

/// What is said once for several elements has the place of one whose source is known.
#[test]
fn one_of_several_elements_is_named() {
    let layout = LAYOUT.replace("<footer>", "<a href=\"#\">All of our boats</a>\n<footer>");
    let blog = site(&[("The quay", "Long.", "")]);
    blog.write("_layouts/post.html", &layout);
    let made = page("The quay", "<p>Long.</p>\n<p><a href=\"#\">Made by a plugin</a></p>");
    let made = made.replace("<footer>", "<a href=\"#\">All of our boats</a>\n<footer>");
    blog.write("_site/2024/05/01/post1.html", &made);
    let (found, _) = audit(&blog, &[]);
    let line = layout.lines().position(|line| line.contains("boats")).unwrap() as u64 + 1;
    assert_eq!(places(&found, "href-empty"), [("_layouts/post.html", line)], "{found:?}");
}
