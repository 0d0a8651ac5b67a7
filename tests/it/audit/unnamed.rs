//! Elements that no tag of a layout is known to write: helpers, calls, lists of posts, files that a bundler renamed.

use crate::audit::{LAYOUT, Short, audit, of_rule, page, post, site};
use crate::support::blog::Blog;

fn places<'f>(found: &'f [Short], rule: &str) -> Vec<(&'f str, u64)> {
    of_rule(found, rule).into_iter().map(|it| (&*it.0, it.1)).collect()
}

/// `{% seo %}` writes the properties of the head.
#[test]
fn a_property_of_the_head_is_changed_where_its_helper_is_called() {
    let blog = site(&[("The quay", "Long.", "<p>Long.</p>")]);
    blog.write("_layouts/post.html", &LAYOUT.replace("</head>", "{% seo title=false %}\n</head>"));
    let head = "<meta property=\"og:title\" content=\"The quay\">\n</head>";
    blog.write("_site/2024/05/01/post1.html", &page("The quay", "<p>Long.</p>").replace("</head>", head));
    let line = LAYOUT.lines().position(|line| line == "</head>").unwrap() as u64 + 1;
    assert_eq!(places(&audit(&blog, &[]).0, "og-core-missing"), [("_layouts/post.html", line)]);
    // Two of them: which one writes it is not known.
    blog.write("_includes/head.html", "{% seo %}\n");
    blog.write("_layouts/old.html", "{% include head.html %}{{ content }}\n");
    blog.write("old.md", &post("Old", "Old.").replace("layout: post", "layout: old"));
    assert_eq!(places(&audit(&blog, &[]).0, "og-core-missing")[0].0, "_site/2024/05/01/post1.html");
}

/// Each post may have a heading of the same name, and a list shows several posts.
#[test]
fn ids_of_a_list_are_changed_where_it_writes_the_posts() {
    let heading = |id: &str| format!("<h2 id=\"{id}\">Tides</h2><p>High.</p>");
    let bodies = ["## Tides\n\nHigh.", "## Tides\n\nHigh.", "## Nets\n\n## Tides"];
    let posts: Vec<_> = ["The quay", "The boats", "The nets"].into_iter().zip(bodies).collect();
    let made = [heading("tides"), heading("tides"), format!("<h2 id=\"nets\">Nets</h2>{}", heading("tides"))];
    let of_site = |list: &str, made: &[String]| {
        let all: Vec<(&str, &str, &str)> =
            posts.iter().zip(made).map(|((title, body), made)| (*title, *body, &**made)).collect();
        let blog = site(&all);
        blog.write("_layouts/list.html", &LAYOUT.replace("{{ content }}", list));
        let shown = made.concat() + &made.concat();
        let list = format!("<section class=\"all-posts\">\n{shown}\n</section>");
        blog.write("_site/page2/index.html", &page("All", &list));
        blog.write("other.md", &post("Other", "Other.").replace("layout: post", "layout: list"));
        blog
    };
    let list = "<section class=\"all-posts\">\n{% for it in posts %}\n{% if it.excerpt %}\n{{ it.content }}\n{% endif %}\n{% endfor %}\n</section>";
    let line = LAYOUT.lines().position(|line| line == "{{ content }}").unwrap() as u64 + 4;
    let (found, _) = audit(&of_site(list, &made), &[]);
    assert_eq!(places(&found, "id-duplicate"), [("_layouts/list.html", line)], "{found:?}");
    // Where no line of the site writes them, they are one finding as well.
    let (found, _) = audit(&of_site("{% for it in posts %}{{ it.html }}{% endfor %}", &made), &[]);
    let all = of_rule(&found, "id-duplicate");
    assert_eq!(all.len(), 1, "{found:?}");
    assert!(all[0].0 == "_site/page2/index.html" && all[0].3.contains("; the same for 1 more"), "{all:?}");
}

/// Of two sites, a named folder belongs to the one whose pages it has.
#[test]
fn a_named_folder_is_that_of_its_site() {
    let blog = Blog::new(&[
        ("old/_config.yml", "title: Old harbour\nurl: https://old.example.org\nlang: en\n"),
        ("old/_posts/2019-05-01-ropes.md", &post("Ropes", "Old.")),
        ("site/_config.yml", "title: Harbour news\nurl: https://harbour.example.org\nlang: en\n"),
        ("site/_layouts/post.html", LAYOUT),
        ("site/_posts/2024-05-01-quay.md", &post("The quay", "Long.")),
        ("made/2024/05/01/quay.html", &page("The quay", "<p>Long.</p>")),
    ]);
    let (found, _) = audit(&blog, &["--built", "made"]);
    assert!(places(&found, "alt-missing").iter().any(|it| it.0 == "site/_layouts/post.html"), "{found:?}");
}

/// The config of VitePress is in a folder that no list of files has.
#[test]
fn a_value_in_a_hidden_config_is_changed_there() {
    let head = "<!doctype html>\n<html lang=\"en\"><head><title>The quay</title>\
                <link rel=\"icon\" href=\"/anchor.png\"></head><body>";
    let blog = Blog::new(&[
        (
            ".vitepress/config.ts",
            "export default {\n  title: 'Harbour',\n  head: [\n    ['link', { rel: 'icon', href: '/anchor.png' }]\n  ]\n}\n",
        ),
        ("package.json", "{\"devDependencies\": {\"vitepress\": \"^1.0.0\"}}\n"),
        ("quay.md", "---\ntitle: The quay\ndescription: How long it is.\n---\n\n# The quay\n\nLong.\n"),
        ("made/quay.html", &format!("{head}\n<h1>The quay</h1><p>Long.</p></body></html>\n")),
    ]);
    let (found, _) = audit(&blog, &["--built", "made"]);
    assert_eq!(places(&found, "internal-link-broken"), [(".vitepress/config.ts", 4)], "{found:?}");
}

/// Bundlers rename pictures, and write small ones into the page: they are still those of the post.
#[test]
fn a_picture_that_a_bundler_renamed_is_that_of_the_post() {
    for src in [
        "/assets/harbour-plan-0a1b2c3d4e5f.png",
        "/_astro/harbour-plan.D4xk9_Z1abc.webp",
        "data:image/png;base64,iVBORw0KGgo=",
    ] {
        let made = format!("<p><img src=\"{src}\" alt=\"harbour-plan.png\" width=\"1\" height=\"1\"></p>");
        let blog = site(&[("The quay", "![harbour-plan.png](./harbour-plan.png)", &made)]);
        blog.write("_posts/harbour-plan.png", "PNG");
        let (found, _) = audit(&blog, &[]);
        assert_eq!(places(&found, "alt-filename"), [("_posts/2024-05-01-post1.md", 7)], "{src}: {found:?}");
    }
}

/// Docusaurus writes the URL of the page before a fragment.
#[test]
fn a_fragment_of_the_post_is_known_behind_the_url_of_the_page() {
    let made = "<p>See <a href=\"/2024/05/01/post1.html#boats\">the boats</a>.</p>";
    let blog = site(&[("The quay", "See [the boats](#boats).", made)]);
    let (found, _) = audit(&blog, &[]);
    assert!(!places(&found, "fragment-broken").iter().any(|it| it.0.starts_with("_site")), "{found:?}");
    assert!(places(&found, "fragment-broken").contains(&("_posts/2024-05-01-post1.md", 7)), "{found:?}");
}

/// `{% youtube dQw4w9WgXcQ %}`
#[test]
fn an_element_of_a_tag_plugin_is_changed_at_its_call() {
    let frame = "<div><iframe src=\"https://www.youtube.com/embed/dQw4w9WgXcQ\"></iframe></div>";
    let blog = site(&[("The quay", "Look:\n\n{% youtube dQw4w9WgXcQ %}", &format!("<p>Look:</p>\n{frame}"))]);
    let (found, _) = audit(&blog, &[]);
    assert_eq!(places(&found, "iframe-untitled"), [("_posts/2024-05-01-post1.md", 9)], "{found:?}");
}

/// The call names the picture, and no call can give it a size: its template is changed.
#[test]
fn what_a_shortcode_cannot_be_given_is_changed_in_its_template() {
    let head = "<!doctype html><html lang=\"en\"><head><title>The quay</title></head><body>\n";
    let blog = Blog::new(&[
        ("hugo.toml", "baseURL = \"https://harbour.example.org/\"\nlanguageCode = \"en\"\n"),
        (
            "content/quay.md",
            "---\ntitle: The quay\ndate: 2024-05-01\n---\n\nBoats.\n\n{{< picture src=harbour-plan-1 >}}\n",
        ),
        (
            "layouts/shortcodes/picture.html",
            "<figure>\n<img src=\"{{ $url }}\" {{ with .Get \"alt\" }}alt=\"{{ . }}\"{{ end }}>\n</figure>\n",
        ),
        (
            "layouts/_default/single.html",
            &format!(
                "{head}{{{{ .Content }}}}\n<aside><img src=\"{{{{ .x }}}}\" width=\"{{{{ .w }}}}\"></aside>\n</body></html>\n"
            ),
        ),
        (
            "public/quay/index.html",
            &format!(
                "{head}<p>Boats.</p>\n<figure>\n<img src=\"/i/harbour-plan-1.png\" >\n</figure>\n</body></html>\n"
            ),
        ),
        ("public/i/harbour-plan-1.png", "PNG"),
    ]);
    let (found, _) = audit(&blog, &["--built", "public"]);
    assert_eq!(places(&found, "image-without-dimensions"), [("layouts/shortcodes/picture.html", 2)], "{found:?}");
    assert_eq!(places(&found, "alt-missing"), [("content/quay.md", 8)], "{found:?}");
}

/// Docusaurus writes the folder of a language before the links of its menu.
#[test]
fn a_url_of_the_config_is_known_in_the_folder_of_a_language() {
    let blog = site(&[("The quay", "Long.", "<p>Long.</p>")]);
    blog.write("_data/menu.yml", "main:\n  - title: Download\n    url: /download/\n");
    let menu = "<nav><ul><li><a href=\"/ko/download/\">Download</a></li></ul></nav>\n<footer>";
    blog.write("_site/2024/05/01/post1.html", &page("The quay", "<p>Long.</p>").replace("<footer>", menu));
    let (found, _) = audit(&blog, &[]);
    assert!(places(&found, "internal-link-broken").contains(&("_data/menu.yml", 3)), "{found:?}");
}

/// A picture in most pages is that of the config: its size is changed there.
#[test]
fn a_picture_of_the_config_is_changed_there() {
    let logo = "<p>Long.</p><img class=\"brand\" src=\"/ko/anchor.svg\" alt=\"Harbour\">";
    let blog = site(&[("The quay", "Long.", logo), ("The boats", "Long.", logo)]);
    blog.write("_data/theme.yml", "logo:\n  src: /anchor.svg\n");
    blog.write("_site/ko/anchor.svg", "<svg></svg>");
    let (found, _) = audit(&blog, &[]);
    assert_eq!(places(&found, "image-without-dimensions"), [("_data/theme.yml", 2)], "{found:?}");
}

/// Plugins that load pictures late add attributes, and keep the URL in another one.
#[test]
fn a_picture_that_is_loaded_late_is_the_one_that_is_written() {
    let blog = site(&[("The quay", "![boat.png](/boat.png)", "<p><img data-src=\"/boat.png\" alt=\"boat.png\"></p>")]);
    blog.write("boat.png", "PNG");
    blog.write("_site/boat.png", "PNG");
    let frame = "<img class=\"tide\" src=\"/tide.png\">";
    blog.write("_layouts/post.html", &LAYOUT.replace("<footer>", &format!("{frame}\n<footer>")));
    let late = "<img class=\"tide\" src=\"/wait.gif\" data-src=\"/tide.png\" lazyload loading=\"lazy\">\n<footer>";
    let made = page("The quay", "<p><img data-src=\"/boat.png\" alt=\"boat.png\"></p>").replace("<footer>", late);
    blog.write("_site/2024/05/01/post1.html", &made);
    let (found, _) = audit(&blog, &[]);
    let line = LAYOUT.lines().position(|line| line.starts_with("<footer>")).unwrap() as u64 + 1;
    assert!(places(&found, "alt-missing").contains(&("_layouts/post.html", line)), "{found:?}");
    assert_eq!(places(&found, "alt-filename"), [("_posts/2024-05-01-post1.md", 7)], "{found:?}");
}

/// A macro makes ids of the texts that a post gives it.
#[test]
fn a_text_that_a_post_gives_twice_is_changed_in_the_post() {
    let body = "{% shots items: \"The first view\",\n  \"The quay\",\n  \"The first view\" %}";
    let made = "<div class=\"shot\" id=\"the-first-view\">1</div><div class=\"shot\" id=\"the-quay\">2</div>\
                <div class=\"shot\" id=\"the-first-view\">3</div>";
    let blog = site(&[("The quay", body, made)]);
    blog.write("_includes/shots.html", "<div class=\"shot\" id=\"{{ it | slugify }}\">{{ n }}</div>\n");
    blog.write("_layouts/post.html", &LAYOUT.replace("<footer>", "{% include shots.html %}\n<footer>"));
    let (found, _) = audit(&blog, &[]);
    assert_eq!(places(&found, "id-duplicate"), [("_posts/2024-05-01-post1.md", 9)], "{found:?}");
}

/// A theme has the defaults of the config that a site copies.
#[test]
fn a_value_of_the_site_comes_before_that_of_its_theme() {
    let head = "<!doctype html><html lang=\"en\"><head><title>The quay</title>\
                <link rel=\"icon\" href=\"/img/anchor.png\"></head><body>\n";
    let config = "# Those of the theme.\nfavicon: /img/anchor.png\navatar:\n  size: 9\n";
    let blog = Blog::new(&[
        ("_config.yml", "title: Harbour news\nurl: https://harbour.example.org\ntheme: sea\npermalink: :title/\n"),
        ("package.json", "{\"dependencies\": {\"hexo\": \"^7.0.0\"}}\n"),
        ("_config.sea.yml", config),
        ("themes/sea/_config.yml", config),
        ("themes/sea/layout/post.pug", "img(src=theme.avatar)\n"),
        ("source/_posts/quay.md", "---\ntitle: The quay\ndate: 2024-05-01\n---\n\nLong.\n"),
        (
            "public/quay/index.html",
            &format!("{head}<p>Long.</p><img src=\"/quay.png\" alt=\"avatar\"></body></html>\n"),
        ),
        ("public/quay.png", "PNG"),
    ]);
    let output = blog.run(&["audit", "--built", "public", "--format", "json", "--exit-zero"]);
    let json: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    let of = |rule: &str| json["findings"].as_array().unwrap().iter().find(|it| it["ruleId"] == rule).unwrap().clone();
    let broken = of("internal-link-broken");
    assert_eq!((&broken["path"], &broken["line"]), (&"_config.sea.yml".into(), &2.into()));
    // A key is not a value, and the theme is there, though in a language that is not read.
    let alt = of("alt-placeholder");
    assert_eq!(alt["path"], "public/quay/index.html");
    assert!(alt["help"].as_str().unwrap().contains("no line of a post, a layout or the config"), "{alt}");
}

/// `.TableOfContents` of Hugo has an id that a page may have once only.
#[test]
fn the_table_of_contents_is_changed_where_it_is_printed() {
    let head = "<!doctype html><html lang=\"en\"><head><title>The quay</title></head><body>\n";
    let contents = "<nav id=\"TableOfContents\"><ul><li><a href=\"#nets\">Nets</a></li></ul></nav>\n";
    let layout = format!(
        "{head}<div>\n{{{{ .TableOfContents }}}}\n</div>\n<aside>\n{{{{ .TableOfContents }}}}\n</aside>\n{{{{ .Content }}}}</body></html>\n"
    );
    let made =
        layout.replace("{{ .TableOfContents }}", contents).replace("{{ .Content }}", "<h2 id=\"nets\">Nets</h2>");
    let blog = Blog::new(&[
        ("hugo.toml", "baseURL = \"https://harbour.example.org/\"\nlanguageCode = \"en\"\n"),
        ("config/_default/markup.toml", "[tableOfContents]\nstartLevel = 2\n"),
        ("content/quay.md", "---\ntitle: The quay\ndate: 2024-05-01\n---\n\n## Nets\n"),
        ("layouts/_default/single.html", &layout),
        ("public/quay/index.html", &made),
    ]);
    let (found, _) = audit(&blog, &["--built", "public"]);
    assert_eq!(places(&found, "id-duplicate"), [("layouts/_default/single.html", 3)], "{found:?}");
}

/// mdBook makes a page to print of all chapters, and one with the contents.
#[test]
fn pages_that_mdbook_makes_of_all_others_are_not_checked() {
    let head = "<!doctype html><html lang=\"en\"><head><title>The harbour</title></head><body>\n";
    let two = format!("{head}<h1>Nets</h1><h1>Boats</h1></body></html>\n");
    let blog = Blog::new(&[
        (".gitignore", "book/\n"),
        ("book.toml", "[book]\ntitle = \"The harbour\"\n"),
        ("src/SUMMARY.md", "# Summary\n\n- [Nets](nets.md)\n"),
        ("src/nets.md", "# Nets\n\nWet.\n"),
        ("book/nets.html", &two),
        ("book/print.html", &two),
        ("book/toc.html", "<!doctype html><html lang=\"en\"><head></head><body><p>Nets</p></body></html>\n"),
    ]);
    let (found, _) = audit(&blog, &[]);
    assert_eq!(places(&found, "heading-multiple-h1"), [("src/nets.md", 1)], "{found:?}");
    assert_eq!(places(&found, "title-element-missing"), []);
}

/// A heading has a link to itself without a text.
#[test]
fn a_link_of_a_heading_to_itself_is_changed_in_the_heading() {
    let made = "<h2 id=\"ne-ts\">Nets<a class=\"mark\" href=\"#nets\" title=\"Link\"></a></h2>";
    let blog = site(&[("The quay", "## Nets", made)]);
    let (found, _) = audit(&blog, &[]);
    assert_eq!(places(&found, "fragment-broken"), [("_posts/2024-05-01-post1.md", 7)], "{found:?}");
}

/// The pictures of a theme that is not there are one finding.
#[test]
fn elements_of_the_same_classes_have_one_cause() {
    let face =
        |name: &str| format!("<p>Long.</p><img class=\"avatar small\" src=\"/faces/{name}.png\" alt=\"{name}\">");
    let (one, two) = (face("Ada"), face("Bo"));
    let blog = site(&[("The quay", "Long.", &one), ("The boats", "Long.", &two)]);
    for file in ["_site/faces/Ada.png", "_site/faces/Bo.png"] {
        blog.write(file, "PNG");
    }
    let (found, _) = audit(&blog, &[]);
    assert_eq!(places(&found, "image-without-dimensions"), [("_site/2024/05/01/post1.html", 10)], "{found:?}");
}
