//! Themes of Hexo are written in EJS.

use crate::audit::{audit, of_rule};
use crate::support::blog::Blog;

const HEAD: &str = "<!doctype html>\n<html lang=\"en\"><head><title>The quay</title></head><body>";

/// A site of Hexo with a template in the layout, and what is made of it.
fn hexo(template: &str, made: &str) -> Blog {
    let page = |inside: &str| format!("{HEAD}\n{inside}\n</body></html>\n");
    Blog::new(&[
        ("_config.yml", "title: Harbour news\nurl: https://harbour.example.org\ntheme: sea\npermalink: :title/\n"),
        ("package.json", "{\"dependencies\": {\"hexo\": \"^7.0.0\"}}\n"),
        ("source/_posts/quay.md", "---\ntitle: The quay\ndate: 2024-05-01\n---\n\nLong.\n"),
        ("themes/sea/layout/layout.ejs", &page("<%- partial('_partial/header') %>\n<%- body %>")),
        ("themes/sea/layout/_partial/header.ejs", template),
        ("themes/sea/layout/post.ejs", "<article><%- page.content %></article>\n"),
        ("public/quay/index.html", &page(&format!("{made}\n<article><p>Long.</p></article>"))),
    ])
}

/// The lines of the header with findings of a rule.
fn lines(blog: &Blog, rule: &str) -> Vec<u64> {
    let (found, _) = audit(blog, &["--built", "public"]);
    of_rule(&found, rule).iter().filter(|it| it.0 == "themes/sea/layout/_partial/header.ejs").map(|it| it.1).collect()
}

#[test]
fn a_tag_between_templates_is_found() {
    let template = "<% if (theme.menu) { %>\n<ul class=\"<%= page.path === '' ? 'now' : 'old' %>\">\n<% for (var it in theme.menu) { %>\n\
                    <li><a class=\"icon\" href=\"<%= theme.menu[it] || '#' %>\"></a></li>\n<% } %>\n</ul>\n<% } %>\n";
    let made = "<ul class=\"old\"><li><a class=\"icon\" href=\"https://a.example.org/\"></a></li>\
                <li><a class=\"icon\" href=\"https://b.example.org/\"></a></li></ul>";
    assert_eq!(lines(&hexo(template, made), "link-text-missing"), [4]);
}

/// A `>` in a template does not end the tag that the template is in.
#[test]
fn a_template_in_a_tag_is_no_part_of_it() {
    let template = "<%# the <img> of the harbour %>\n<img <% if (a > b) { %>class=\"<%= a %>\"<% } %> src=\"<%- url_for('/buoy.png') %>\" width=\"9\" height=\"9\">\n";
    let made = "<img src=\"/buoy.png\" width=\"9\" height=\"9\">";
    assert_eq!(lines(&hexo(template, made), "alt-missing"), [2]);
}

/// Without a post that ends its excerpt, Hexo writes whole posts.
#[test]
fn a_list_writes_excerpts_only_if_there_are_any() {
    let template = "<div class=\"entries\">\n<% if (post.excerpt) { %>\n<%- post.excerpt %>\n<% } else { %>\n<%- post.content %>\n<% } %>\n</div>\n";
    let twice = "<div class=\"entries\"><h2 id=\"nets\">Nets</h2><h2 id=\"nets\">Nets</h2></div>";
    for (text, line) in [("Long.", 5), ("Long.\n\n<!-- more -->\n\nBlue.", 3)] {
        let blog = hexo(template, "");
        blog.write("source/_posts/quay.md", &format!("---\ntitle: The quay\ndate: 2024-05-01\n---\n\n{text}\n"));
        blog.write("public/page/2/index.html", &format!("{HEAD}\n{twice}\n</body></html>\n"));
        assert_eq!(lines(&blog, "id-duplicate"), [line], "{text}");
    }
}

#[test]
fn an_escaped_mark_begins_no_template() {
    let template = "<p>Write <%% here</p>\n<img class=\"buoy\" src=\"/buoy.png\">\n<%= 'x' %>\n";
    let made = "<p>Write <% here</p>\n<img class=\"buoy\" src=\"/buoy.png\">\nx\n";
    assert_eq!(lines(&hexo(template, made), "alt-missing"), [2]);
}
