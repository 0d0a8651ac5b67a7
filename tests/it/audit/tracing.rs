//! Where findings in built pages are reported.

use crate::audit::{LAYOUT, audit, of_rule, page, post, site};
use crate::support::blog::Blog;

#[test]
fn what_a_layout_repeats_is_one_finding_at_its_line() {
    let bodies = [
        ("The quay", "Long.", "<p>Long.</p>"),
        ("The boats", "Blue.", "<p>Blue.</p>"),
        ("The sea", "Deep.", "<p>Deep.</p>"),
    ];
    let blog = site(&bodies);
    let (found, _) = audit(&blog, &[]);
    let alt = of_rule(&found, "alt-missing");
    let line = LAYOUT.lines().position(|line| line.contains("logo")).unwrap() as u64 + 1;
    assert_eq!(alt.len(), 1, "{found:?}");
    assert_eq!((&*alt[0].0, alt[0].1), ("_layouts/post.html", line));
    assert!(alt[0].3.ends_with("(in 3 built pages)"), "{alt:?}");
    let broken = of_rule(&found, "internal-link-broken");
    let line = LAYOUT.lines().position(|line| line.contains("/gone/")).unwrap() as u64 + 1;
    assert_eq!((broken.len(), &*broken[0].0, broken[0].1), (1, "_layouts/post.html", line), "{broken:?}");
}

#[test]
fn a_comment_in_the_layout_suppresses_it() {
    let blog = site(&[("The quay", "Long.", "<p>Long.</p>")]);
    let ignored = LAYOUT.replace("<header>", "<!-- postlint-ignore alt-missing: it is decoration -->\n<header>");
    blog.write("_layouts/post.html", &ignored);
    let (found, _) = audit(&blog, &[]);
    assert!(of_rule(&found, "alt-missing").is_empty(), "{found:?}");
}

#[test]
fn a_link_is_reported_in_the_post_that_has_it() {
    let made = "<p>See <a href=\"/tables/may/\">the tables</a> and <a href=\"/tables/june/\">more</a>.</p>";
    let blog = site(&[("The tides", "See [the tables](/tables/may/) and\n[more](/tables/june/).", made)]);
    let (found, _) = audit(&blog, &[]);
    let lines: Vec<(&str, u64)> = of_rule(&found, "internal-link-broken")
        .iter()
        .map(|it| (&*it.0, it.1))
        .filter(|it| it.0 != "_layouts/post.html")
        .collect();
    assert_eq!(lines, [("_posts/2024-05-01-post1.md", 7), ("_posts/2024-05-01-post1.md", 8)], "{found:?}");
}

#[test]
fn a_suppression_in_the_post_counts() {
    let made = "<p>See <a href=\"/tables/may/\">the tables</a>.</p>";
    let body = "<!-- postlint-ignore internal-link-broken -->\nSee [the tables](/tables/may/).";
    let blog = site(&[("The tides", body, made)]);
    let (found, _) = audit(&blog, &[]);
    assert!(!of_rule(&found, "internal-link-broken").iter().any(|it| it.0.starts_with("_posts")), "{found:?}");
    assert!(of_rule(&found, "suppression-unused").is_empty(), "{found:?}");
}

/// Only an audit knows whether a suppression is needed of what it alone finds.
#[test]
fn a_suppression_that_an_audit_needs_is_not_unused_in_a_check() {
    let image = "<img src=\"/quay.png\" alt=\"The quay\">";
    let link = "<a href=\"/tables/may/\">the tables</a>";
    let body = format!(
        "<!-- postlint-ignore image-without-dimensions, alt-missing -->\n<p>{image}</p>\n\n\
         <!-- postlint-ignore internal-link-broken, link-text-missing -->\n<p>See {link}.</p>"
    );
    let blog = site(&[("The quay", &body, &format!("<p>{image}</p><p>See {link}.</p>"))]);
    ["quay.png", "_site/quay.png"].iter().for_each(|file| blog.write(file, "PNG"));
    let path = "_posts/2024-05-01-post1.md";
    let key = "layout: post\npostlint: {ignore: [page-noindex]}\n";
    blog.write(path, &blog.read(path).replace("layout: post\n", key));
    let unused = |command: &str| {
        let output = blog.run(&[command, "--format", "json", "--exit-zero", "--no-cache"]);
        let json: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
        let found = json["findings"].as_array().unwrap().iter().filter(|it| it["ruleId"] == "suppression-unused");
        let name = |message: &str| message.split('`').nth(1).unwrap().to_owned();
        found.map(|it| name(it["message"].as_str().unwrap())).collect::<Vec<_>>()
    };
    assert_eq!(
        unused("check"),
        ["alt-missing", "link-text-missing"],
        "elements are checked as they are written in the post"
    );
    assert_eq!(unused("audit"), ["page-noindex", "alt-missing", "link-text-missing"]);
}

#[test]
fn a_target_is_reported_at_each_place_that_links_it() {
    let made = "<p><a href=\"/tables/may/\">May</a></p><p><a href=\"/tables/may/\">All</a></p>";
    let body = "[May](/tables/may/)\n\n[All](/tables/may/)";
    let quay = "<p><a href=\"/gone/\">All of them</a></p>";
    let posts = [("The tides", body, made), ("The quay", "[All of them](/gone/)", quay), ("The boats", body, made)];
    let blog = site(&posts);
    let quoted = format!("{made}\n{made}\n{quay}");
    blog.write("blog.html", "---\nlayout: post\ntitle: Blog\n---\n{% for it in site.posts %}{{ it }}{% endfor %}\n");
    blog.write("_site/blog.html", &page("Blog", &quoted));
    let (found, _) = audit(&blog, &[]);
    let places = |url: &str| -> Vec<(String, bool)> {
        let of_target = found.iter().filter(|it| it.3.contains(url));
        of_target.map(|it| (it.0.clone(), it.3.contains("built pages"))).collect()
    };
    let at = |number: usize| (format!("_posts/2024-05-0{number}-post{number}.md"), false);
    assert_eq!(
        places("/tables/may`"),
        [at(1), at(1), at(3), at(3)],
        "a list that quotes them is no other place: {found:?}"
    );
    assert_eq!(places("/gone`"), [("_layouts/post.html".to_owned(), true), at(2)], "{found:?}");
}

#[test]
fn a_picture_of_the_post_is_left_to_check() {
    let made = "<p><img src=\"/quay.png\"></p>";
    let blog = site(&[("The quay", "<img src=\"/quay.png\">", made)]);
    for file in ["quay.png", "_site/quay.png"] {
        blog.write(file, "PNG");
    }
    let (found, _) = audit(&blog, &[]);
    let alt: Vec<&str> = of_rule(&found, "alt-missing").iter().map(|it| &*it.0).collect();
    assert_eq!(alt, ["_layouts/post.html", "_posts/2024-05-01-post1.md"], "{found:?}");
}

#[test]
fn what_nothing_is_known_to_write_is_reported_in_the_built_page() {
    let blog = site(&[("The quay", "Long.", "<p>Long.</p><iframe src=\"https://maps.example.org/\"></iframe>")]);
    let (found, _) = audit(&blog, &[]);
    let frames = of_rule(&found, "iframe-untitled");
    assert_eq!((frames.len(), &*frames[0].0), (1, "_site/2024/05/01/post1.html"), "{found:?}");
}

#[test]
fn a_page_that_is_older_than_its_post_is_told_once() {
    let blog = site(&[("The quay", "Long.", "<p>Long.</p>"), ("The boats", "Blue.", "<p>Blue.</p>")]);
    blog.write("_site/2024/05/01/post1.html", &page("The old quay wall", "<p>Long.</p>").replace("The quay", "x"));
    std::fs::remove_file(blog.0.join("_site/2024/05/02/post2.html")).unwrap();
    let (_, said) = audit(&blog, &[]);
    assert!(said.contains("1 post without a built page"), "{said}");
    assert!(said.contains("1 with another title than their post"), "{said}");
    assert!(said.contains("build the site again"), "{said}");
}

#[test]
fn korean_urls_and_titles_are_the_same_in_every_spelling() {
    let made = "<p><a href=\"/%ED%95%AD%EA%B5%AC/\">항구</a></p>";
    let blog = site(&[("항구의 아침", "[항구](/항구/)", made)]);
    let (found, said) = audit(&blog, &[]);
    assert!(!said.contains("another title"), "{said}");
    let broken: Vec<_> = found.iter().filter(|it| it.3.contains("/항구`")).collect();
    assert_eq!((broken.len(), &*broken[0].0), (1, "_posts/2024-05-01-post1.md"), "{found:?}");
    blog.write("_site/항구/index.html", &page("항구", "<p>배</p>"));
    let (found, _) = audit(&blog, &[]);
    assert!(!found.iter().any(|it| it.3.contains("/항구`")), "{found:?}");
}

/// A date with an offset, and no time zone in the config: the day in the URL is that of the machine that builds the site.
#[test]
fn a_page_of_one_of_two_days_is_that_of_its_post() {
    let blog = site(&[("The quay", "It is long.", "<p>It is long.</p>")]);
    let dated = post("The boats", "<img src=\"/logo.png\" width=\"1\" height=\"1\">");
    blog.write("_posts/2024-05-07-boats.md", &dated.replace("---\n\n", "date: 2024-05-07 22:26:00 -04:00\n---\n\n"));
    let made = "<img src=\"/logo.png\" width=\"1\" height=\"1\">";
    blog.write("_site/2024/05/08/boats.html", &page("The boats", made));
    let (found, said) = audit(&blog, &[]);
    assert!(said.contains("0 of them of no post"), "{said}");
    let of_post: Vec<_> = of_rule(&found, "alt-missing").into_iter().filter(|it| it.0.contains("boats")).collect();
    assert_eq!(of_post.len(), 1, "check says it: {found:?}");
}

#[test]
fn a_folder_is_that_of_a_site_whose_days_depend_on_a_time_zone() {
    let blog = Blog::new(&[
        ("_config.yml", "url: https://harbour.example.org\n"),
        ("_posts/2024-05-07-boats.md", "---\ntitle: The boats\ndate: 2024-05-07 22:26:00 -04:00\n---\n\nBlue.\n"),
        ("_site/2024/05/08/boats.html", &page("The boats", "<p>Blue.</p>")),
    ]);
    let (_, said) = audit(&blog, &[]);
    assert!(said.contains("built pages: 1 page in `_site`"), "{said}");
}

/// Three pictures of a list of data are three findings at one line, and in two pages.
#[test]
fn a_page_with_several_of_the_same_line_counts_once() {
    let list = "{% for it in site.data.team %}<img src=\"{{ it.file }}\" class=\"member\">{% endfor %}";
    let made: String = ["a", "b", "c"].map(|name| format!("<img src=\"/{name}.png\" class=\"member\">")).concat();
    let blog = site(&[("The quay", "Long.", &made), ("The market", "Loud.", &made)]);
    blog.write("_layouts/post.html", &LAYOUT.replace("{{ content }}", &format!("{{{{ content }}}}{list}")));
    let (found, _) = audit(&blog, &["--format", "concise=found.txt"]);
    let line = of_rule(&found, "alt-missing").into_iter().filter(|it| it.0 == "_layouts/post.html").count();
    let text = std::fs::read_to_string(blog.0.join("found.txt")).unwrap();
    assert!(line > 0 && !text.contains("in 6 built pages") && text.contains("in 2 built pages"), "{text}");
}

/// Two headings of level 1, of which the post writes the second.
#[test]
fn what_is_wrong_with_a_page_is_shown_where_it_begins_in_the_post() {
    let blog = site(&[(
        "The quay",
        "# The pier\n\nLong.",
        "<h1>The quay</h1>\n<h1 id=\"the-pier\">The pier</h1>\n<p>Long.</p>",
    )]);
    let (found, _) = audit(&blog, &["--extend-select", "heading-multiple-h1"]);
    let of_page = of_rule(&found, "heading-multiple-h1");
    assert_eq!(of_page.len(), 1, "{found:?}");
    assert_eq!((&*of_page[0].0, of_page[0].1), ("_posts/2024-05-01-post1.md", 7));
}
