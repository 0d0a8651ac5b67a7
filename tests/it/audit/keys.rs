//! What is missing in a page is set in front matter or in the config: where the other pages have it, or no layout is there.

use crate::audit::{LAYOUT, Short, audit, of_rule, page, post, site};
use crate::support::blog::Blog;
use serde_json::Value;

fn places<'f>(found: &'f [Short], rule: &str) -> Vec<(&'f str, u64)> {
    of_rule(found, rule).into_iter().map(|it| (&*it.0, it.1)).collect()
}

/// `{% seo %}` writes `og:image` of posts that set an image.
#[test]
fn what_one_page_of_many_lacks_is_missing_in_its_front_matter() {
    let head = |image: &str| {
        format!(
            "<meta property=\"og:title\" content=\"T\"><meta property=\"og:type\" content=\"article\">\
             <meta property=\"og:url\" content=\"https://harbour.example.org/\">{image}\n</head>"
        )
    };
    let image = "<meta property=\"og:image\" content=\"https://harbour.example.org/logo.png\">";
    let blog = Blog::new(&[
        ("_config.yml", "title: Harbour news\nurl: https://harbour.example.org\nlang: en\n"),
        ("_layouts/post.html", &LAYOUT.replace("</head>", "{% seo %}\n</head>")),
        ("logo.png", "PNG"),
    ]);
    for day in 1..=20 {
        let title = format!("Day {day}");
        let own = head(if day == 7 { "" } else { image });
        blog.write(&format!("_posts/2024-05-{day:02}-post.md"), &post(&title, "Long."));
        blog.write(
            &format!("_site/2024/05/{day:02}/post.html"),
            &page(&title, "<p>Long.</p>").replace("</head>", &own),
        );
    }
    assert_eq!(places(&audit(&blog, &[]).0, "og-core-missing"), [("_posts/2024-05-07-post.md", 1)]);
}

#[test]
fn dates_are_changed_where_they_are_set() {
    let data = "<script type=\"application/ld+json\">{\"@context\": \"https://schema.org\", \"@type\": \"Article\", \"headline\": \"The quay\", \
                \"datePublished\": \"2024-05-01T00:00:00+00:00\", \"dateModified\": \"2023-05-01T00:00:00+00:00\"}</script>\n</head>";
    let blog = site(&[("The quay", "Long.", "<p>Long.</p>")]);
    let source = post("The quay", "Long.").replace("title:", "last_modified_at: 2023-05-01\ntitle:");
    blog.write("_posts/2024-05-01-post1.md", &source);
    blog.write("_site/2024/05/01/post1.html", &page("The quay", "<p>Long.</p>").replace("</head>", data));
    assert_eq!(places(&audit(&blog, &[]).0, "article-dates-wrong"), [("_posts/2024-05-01-post1.md", 3)]);
}

/// The theme of mdBook prints the description of the book.
#[test]
fn a_key_that_a_theme_prints_is_missing_in_the_config() {
    let made = "<!doctype html><html lang=\"en\"><head><title>Nets</title><meta name=\"description\" content=\"\"></head>\
                <body>\n<h1>Nets</h1><p>Wet. <a href=\"../sails/\">Sails</a> and <a href=\"gone/\">gone</a>.</p></body></html>\n";
    let blog = Blog::new(&[
        (".gitignore", "book/\n"),
        ("book.toml", "# Ours\n[book]\ntitle = \"The harbour\"\n"),
        ("src/SUMMARY.md", "# Summary\n\n- [Nets](nets.md)\n"),
        ("src/nets.md", "# Nets\n\nWet. [Sails](../sails/) and [gone](gone/).\n"),
        ("book/nets.html", made),
    ]);
    let output = blog.run(&["audit", "--format", "json", "--exit-zero"]);
    let json: Value = serde_json::from_slice(&output.stdout).unwrap();
    let of = |rule: &str| -> Vec<Value> {
        json["findings"].as_array().unwrap().iter().filter(|it| it["ruleId"] == rule).cloned().collect()
    };
    let missing = of("description-missing");
    assert_eq!((&missing[0]["path"], &missing[0]["line"]), (&"book.toml".into(), &2.into()));
    assert_eq!(missing[0]["help"], "set `description` in `[book]`");
    // No URL of the site is known: another book may be beside it, as `std` is beside the book of Rust.
    let broken = of("internal-link-broken");
    assert!(broken.iter().all(|it| it["message"].as_str().unwrap().contains("gone")), "{broken:?}");
    assert!(!broken.is_empty());
}

/// The theme of MkDocs is beside the posts.
#[test]
fn a_theme_beside_the_posts_is_read() {
    let head = "<!doctype html><html lang=\"en\"><head><title>Nets</title></head><body>\n";
    let frame = "<iframe class=\"tide\" src=\"https://tides.example.org/\"></iframe>";
    let blog = Blog::new(&[
        (
            "mkdocs.yml",
            "site_name: Harbour\nsite_url: https://harbour.example.org/\ntheme:\n  name: null\n  custom_dir: theme\n",
        ),
        (".postlintignore", "theme/\n"),
        ("theme/main.html", &format!("{head}{{{{ page.content }}}}\n{frame}</body></html>\n")),
        ("docs/index.md", "# Nets\n\nWet.\n"),
        ("site/index.html", &format!("{head}<h1>Nets</h1><p>Wet.</p>\n{frame}</body></html>\n")),
    ]);
    let (found, _) = audit(&blog, &["--built", "site"]);
    assert_eq!(places(&found, "iframe-untitled"), [("theme/main.html", 3)], "{found:?}");
}

/// VitePress writes fragments without accents. Two links have the same text and page.
#[test]
fn of_links_with_the_same_text_the_one_with_the_fragment_is_changed() {
    let made = "<p><a href=\"/tables.html#title\">Table</a> <a href=\"/tables.html#descricao\">Table</a></p>";
    let body = "[Table](/tables.html#title)\n[Table](/tables.html#descrição)";
    let blog = site(&[("The quay", body, made)]);
    blog.write("tables.md", &post("Tables", "## Title"));
    blog.write("_site/tables.html", &page("Tables", "<h2 id=\"title\">Title</h2>"));
    let (found, _) = audit(&blog, &[]);
    assert_eq!(places(&found, "fragment-broken"), [("_posts/2024-05-01-post1.md", 8)], "{found:?}");
}

/// A section of Hugo is a list, which a menu may open and not link.
#[test]
fn sections_are_not_orphans() {
    let made = |title: &str| {
        format!("<!doctype html><html lang=\"en\"><head><title>{title}</title></head><body><p>x</p></body></html>\n")
    };
    let blog = Blog::new(&[
        ("hugo.toml", "baseURL = \"https://harbour.example.org/\"\nlanguageCode = \"en\"\n"),
        ("content/nets/_index.md", "---\ntitle: Nets\n---\n"),
        ("content/nets/blue.md", "---\ntitle: Blue\n---\n\nx\n"),
        ("layouts/_default/single.html", "{{ .Content }}\n"),
        ("public/nets/index.html", &made("Nets")),
        ("public/nets/blue/index.html", &made("Blue")),
    ]);
    let (found, _) = audit(&blog, &["--built", "public"]);
    assert_eq!(places(&found, "page-orphaned"), [("content/nets/blue.md", 1)], "{found:?}");
}

/// Hexo takes the date of the file for the last change, which is that of the checkout on another machine.
#[test]
fn dates_of_a_sitemap_that_hexo_takes_of_the_files_are_of_the_config() {
    let url = |number: u8| {
        format!("<url><loc>https://harbour.example.org/2024/post{number}/</loc><lastmod>2024-06-01</lastmod></url>\n")
    };
    let urls: String = (1..=30).map(url).collect();
    let sitemap = format!("<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n{urls}</urlset>\n");
    let blog = Blog::new(&[
        (
            "_config.yml",
            "title: Harbour news\nurl: https://harbour.example.org\npermalink: :year/:title/\nupdated_option: 'mtime'\n",
        ),
        ("package.json", "{\"dependencies\": {\"hexo\": \"^7.0.0\"}}\n"),
        ("public/sitemap.xml", &sitemap),
        ("public/index.html", &page("Harbour news", "<p>Long.</p>")),
    ]);
    for number in 1..=30 {
        let title = format!("Post {number}");
        blog.write(
            &format!("source/_posts/post{number}.md"),
            &post(&title, "Long.").replace("title:", "date: 2024-05-01\ntitle:"),
        );
        blog.write(&format!("public/2024/post{number}/index.html"), &page(&title, "<p>Long.</p>"));
    }
    assert_eq!(places(&audit(&blog, &[]).0, "lastmod-constant"), [("_config.yml", 4)]);
}

/// Without `url`, jekyll-seo-tag writes paths: one line of the config is the cause of all.
#[test]
fn relative_urls_in_structured_data_are_at_the_empty_url_of_the_config() {
    let made = |name: &str| {
        let data = format!(
            "<script type=\"application/ld+json\">{{\"@context\":\"https://schema.org\",\"@type\":\"WebPage\",\"url\":\"/{name}/\"}}</script>"
        );
        page(name, &format!("{data}<h1>{name}</h1>"))
    };
    let post = |name: &str| format!("---\nlayout: post\ntitle: {name}\n---\n\nAbout the {name}.\n");
    let blog = Blog::new(&[
        ("_config.yml", "title: Harbour news\nbaseurl: \"\"\nurl: # the URL of the site\npermalink: /:title/\n"),
        ("_layouts/post.html", "<!doctype html>\n<html><head>{% seo %}</head><body>{{ content }}</body></html>\n"),
        ("_posts/2024-05-01-tide.md", &post("tide")),
        ("_posts/2024-05-02-quay.md", &post("quay")),
        ("_site/tide/index.html", &made("tide")),
        ("_site/quay/index.html", &made("quay")),
    ]);
    let (found, _) = audit(&blog, &[]);
    let relative: Vec<_> = of_rule(&found, "schema-url-relative").iter().map(|it| (&*it.0, it.1)).collect();
    assert_eq!(relative, [("_config.yml", 3)], "{found:?}");
    // Where the URL is set, another cause writes paths.
    blog.write("_config.yml", "title: Harbour news\nurl: https://harbour.example.org # its URL\npermalink: /:title/\n");
    let (found, _) = audit(&blog, &[]);
    let files: Vec<_> = of_rule(&found, "schema-url-relative").iter().map(|it| it.0.clone()).collect();
    assert!(!files.is_empty() && !files.iter().any(|file| file == "_config.yml"), "{files:?}");
}
