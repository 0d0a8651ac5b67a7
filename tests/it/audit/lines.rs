//! Of lines that are alike, the one is named that writes an element; what no line is told from, is told once.

use crate::audit::{Short, audit, of_rule, page, post, site, with_layout};
use crate::support::blog::Blog;

/// Where findings of a rule are, in the order of the report.
fn places(found: &[Short], rule: &str) -> Vec<(String, u64)> {
    let mut all: Vec<(String, u64)> = of_rule(found, rule).into_iter().map(|it| (it.0.clone(), it.1)).collect();
    all.sort();
    all
}

const FRAME: &str = "<iframe class=\"map\" src=\"{{ map }}\"></iframe>";
const MADE: &str = "<iframe class=\"map\" src=\"https://maps.example.org/7\"></iframe>";

#[test]
fn the_words_around_tell_alike_tags_apart() {
    let around = |words: &str, frame: &str| format!("<div>\n{frame}\n<p>{words}</p>\n</div>");
    let (north, south) = ("Ferries leave the northern quay hourly", "Fish is sold beside the southern basin");
    let condition = |words: &str| format!("{{% if there %}}\n{}\n{{% endif %}}", around(words, FRAME));
    let both = format!("{}\n{}", condition(north), condition(south));
    for (words, line) in [(north, 0), (south, 1)] {
        let blog = with_layout(&both, &around(words, MADE));
        let text = std::fs::read_to_string(blog.0.join("_layouts/post.html")).unwrap();
        let lines = (1..).zip(text.lines()).filter(|(_, line)| line.contains("iframe"));
        let wanted: Vec<u64> = lines.map(|(number, _)| number).collect();
        let (found, _) = audit(&blog, &[]);
        assert_eq!(places(&found, "iframe-untitled"), [("_layouts/post.html".to_owned(), wanted[line])], "{words}");
    }
    // A few words in common are not enough. Both lines are to be changed: the first is named.
    let blog = with_layout(&both, &around("Nothing is here that is known", MADE));
    let text = std::fs::read_to_string(blog.0.join("_layouts/post.html")).unwrap();
    let first = text.lines().position(|line| line.contains("iframe")).unwrap() as u64 + 1;
    assert_eq!(places(&audit(&blog, &[]).0, "iframe-untitled"), [("_layouts/post.html".to_owned(), first)]);
}

#[test]
fn as_many_tags_as_elements_are_in_the_same_order() {
    let blog = with_layout(&format!("{FRAME}\n{FRAME}"), &format!("{MADE}\n{}", MADE.replace('7', "8")));
    let lines: Vec<u64> = places(&audit(&blog, &[]).0, "iframe-untitled").into_iter().map(|it| it.1).collect();
    assert_eq!(lines.len(), 2);
    assert_eq!(lines[1], lines[0] + 1);
}

#[test]
fn a_layout_whose_markup_a_page_lacks_did_not_write_it() {
    let blog = with_layout(FRAME, MADE);
    let other = format!("<section class=\"tides\"><h2>High water</h2><p>Low water</p></section>\n{FRAME}\n");
    blog.write("_layouts/tides.html", &other);
    blog.write("_posts/2024-05-03-x.md", &post("X", "Y.").replace("layout: post", "layout: tides"));
    let (found, _) = audit(&blog, &[]);
    let all = places(&found, "iframe-untitled");
    assert_eq!(all.len(), 1, "{all:?}");
    assert_eq!(all[0].0, "_layouts/post.html");
}

/// `{% if %}` chooses one of two links with the same picture: the path that a filter is given tells which.
#[test]
fn the_path_of_a_link_tells_its_picture() {
    let link =
        |path: &str| format!("<a class=\"home\" href=\"{{{{ '{path}' | relative_url }}}}\"><img src=\"/l.png\"></a>");
    let layout = format!("{{% if page.cn %}}\n{}\n{{% else %}}\n{}\n{{% endif %}}", link("/cn"), link("/"));
    let made = |path: &str| format!("<a class=\"home\" href=\"{path}\"><img src=\"/l.png\"></a>");
    let line = |path: &str| {
        let blog = with_layout(&layout, &made(path));
        let found = places(&audit(&blog, &[]).0, "alt-missing");
        let text = std::fs::read_to_string(blog.0.join("_layouts/post.html")).unwrap();
        let line = found.iter().find_map(|(file, line)| {
            let text = text.lines().nth(*line as usize - 1).filter(|_| file == "_layouts/post.html")?;
            text.contains("l.png").then(|| text.to_owned())
        });
        line.unwrap_or_else(|| panic!("{found:?}"))
    };
    assert!(line("/cn").contains("'/cn'"));
    assert!(line("/").contains("'/'"));
}

#[test]
fn properties_that_all_pages_lack_are_one_finding() {
    let blog = site(&[("The quay", "Long.", ""), ("The boats", "Blue.", ""), ("The nets", "Wet.", "")]);
    for (number, title) in [(1, "The quay"), (2, "The boats"), (3, "The nets")] {
        let head = format!("<meta property=\"og:title\" content=\"{title}\">\n</head>");
        let made = page(title, "<p>Long.</p>").replace("</head>", &head);
        blog.write(&format!("_site/2024/05/0{number}/post{number}.html"), &made);
    }
    let (found, _) = audit(&blog, &[]);
    let missing = of_rule(&found, "og-core-missing");
    assert_eq!(missing.len(), 1, "{found:?}");
    assert!(missing[0].3.ends_with("(in 3 built pages)"), "{}", missing[0].3);
}

#[test]
fn a_sitemap_is_changed_where_it_is_written() {
    let blog = site(&[("The quay", "Long.", "<p>Long.</p>")]);
    let layout = "---\n---\n<?xml version=\"1.0\"?>\n<urlset>{% for it in site.posts %}\n<url>\n<loc>{{ it.url }}</loc>\n</url>\n{% endfor %}</urlset>\n";
    blog.write("sitemap.xml", layout);
    let made = "<?xml version=\"1.0\"?>\n<urlset>\n<url>\n<loc>/2024/05/01/post1.html</loc>\n</url>\n</urlset>\n";
    blog.write("_site/sitemap.xml", made);
    assert_eq!(places(&audit(&blog, &[]).0, "sitemap-defect"), [("sitemap.xml".to_owned(), 6)]);
    // Which of two it is, is not known.
    blog.write("other/sitemap.xml", layout);
    assert_eq!(places(&audit(&blog, &[]).0, "sitemap-defect"), [("_site/sitemap.xml".to_owned(), 4)]);
}

/// Hugo takes the template of the site before that of its theme, and `layouts/sitemap.xml` before the one in `_default`.
#[test]
fn of_templates_of_a_sitemap_the_one_is_changed_that_hugo_takes() {
    let head = "<!doctype html><html lang=\"en\"><head><title>The quay</title></head><body>";
    let urls = |loc: &str| format!("<urlset>\n<url>\n<loc>{loc}</loc>\n</url>\n</urlset>\n");
    let template = urls("{{ .RelPermalink }}");
    let blog = Blog::new(&[
        ("hugo.toml", "baseURL = \"https://harbour.example.org/\"\nlanguageCode = \"en\"\ntheme = \"sea\"\n"),
        ("content/quay.md", "---\ntitle: The quay\ndate: 2024-05-01\n---\n\nBoats.\n"),
        ("themes/sea/layouts/_default/sitemap.xml", &template),
        ("themes/sea/layouts/sitemap.xml", &template),
        ("public/quay/index.html", &format!("{head}\n<p>Boats.</p></body></html>\n")),
        ("public/sitemap.xml", &urls("/quay/")),
    ]);
    let of = |blog: &Blog| places(&audit(blog, &["--built", "public"]).0, "sitemap-defect");
    assert_eq!(of(&blog), [("themes/sea/layouts/sitemap.xml".to_owned(), 3)]);
    blog.write("layouts/_default/sitemap.xml", &template);
    assert_eq!(of(&blog), [("layouts/_default/sitemap.xml".to_owned(), 3)]);
}

/// The head of a page is that of the template that the page follows.
#[test]
fn the_head_of_a_page_is_that_of_its_template() {
    let head = |words: &str| {
        format!(
            "{{% block all %}}\n<!doctype html>\n<html lang=\"en\">\n<head>\n<title>{{{{ page.title }}}}</title>\n</head>\n\
                 <body>\n<h2>{words}</h2>\n{{{{ content }}}}\n</body>\n</html>\n{{% endblock %}}\n"
        )
    };
    let made = |words: &str| {
        head(words)
            .replace("{% block all %}\n", "")
            .replace("{% endblock %}\n", "")
            .replace("{{ page.title }}", "The quay")
            .replace("{{ content }}", "<p>Long.</p>")
    };
    let blog = site(&[("The quay", "Long.", "<p>Long.</p>")]);
    blog.write("_posts/2024-05-01-post1.md", "---\nlayout: boats\ntitle: The quay\n---\n\nLong.\n");
    blog.write("_layouts/boats.html", &head("Boats and their owners this summer"));
    blog.write("_layouts/fish.html", &head("Markets where fishermen sell herring"));
    std::fs::remove_file(blog.0.join("_layouts/post.html")).unwrap();
    blog.write("_posts/2024-05-02-post2.md", "---\nlayout: fish\ntitle: The quay\n---\n\nLong.\n");
    blog.write("_site/2024/05/01/post1.html", &made("Boats and their owners this summer"));
    let (found, _) = audit(&blog, &[]);
    assert_eq!(places(&found, "description-missing"), [("_layouts/boats.html".to_owned(), 4)], "{found:?}");
}

/// A fence shows a URL, and a component writes the link.
#[test]
fn a_url_in_code_is_not_that_of_a_link() {
    let body = "```js\nlink: '/tables/may/'\n```\n\n{% include card.html link='/tables/may/' %}";
    let made = "<pre><code>link: '/tables/may/'</code></pre><p><a href=\"/tables/may/\">May</a></p>";
    let blog = site(&[("The tides", body, made)]);
    blog.write("_includes/card.html", "<p><a href=\"{{ include.link }}\">May</a></p>\n");
    let (found, _) = audit(&blog, &[]);
    let in_posts: Vec<_> =
        places(&found, "internal-link-broken").into_iter().filter(|it| it.0.starts_with("_posts")).collect();
    assert_eq!(in_posts, [("_posts/2024-05-01-post1.md".to_owned(), 11)], "{found:?}");
}

/// A call names a picture without its extension; the shortcode has several tags that may write it.
#[test]
fn a_shortcode_with_several_tags_is_changed_at_its_call() {
    let head = "<!doctype html><html lang=\"en\"><head><title>The quay</title></head><body>";
    let tag = "<img src=\"{{ $src }}\" {{ with .Get \"alt\" }}alt=\"{{ . }}\"{{ end }}>";
    let blog = Blog::new(&[
        ("hugo.toml", "baseURL = \"https://harbour.example.org/\"\nlanguageCode = \"en\"\n"),
        ("layouts/_default/single.html", &format!("{head}\n{{{{ .Content }}}}</body></html>\n")),
        ("layouts/shortcodes/img.html", &format!("{{{{ if $local }}}}\n{tag}\n{{{{ else }}}}\n{tag}\n{{{{ end }}}}\n")),
        (
            "content/quay.md",
            "---\ntitle: The quay\ndate: 2024-05-01\n---\n\nBoats are here.\n\n{{< img src=\"lighthouse\" >}}\n",
        ),
        ("public/cdn/lighthouse.jpg", "JPEG"),
        (
            "public/quay/index.html",
            &format!("{head}\n<p>Boats are here.</p>\n<img src=\"/cdn/lighthouse.jpg\"></body></html>\n"),
        ),
    ]);
    let (found, _) = audit(&blog, &["--built", "public"]);
    assert_eq!(places(&found, "alt-missing"), [("content/quay.md".to_owned(), 8)]);
}

/// No branch of the shortcode writes a size, so that no call can give one; the argument has no quotes.
#[test]
fn what_no_branch_of_a_shortcode_writes_is_of_the_shortcode() {
    let head = "<!doctype html><html lang=\"en\"><head><title>The quay</title></head><body>";
    let tag = |name: &str| {
        format!("<img src=\"{{{{ {name} }}}}\" {{{{ with .Get \"alt\" }}}}alt=\"{{{{ . }}}}\"{{{{ end }}}}>")
    };
    let shortcode = format!("{{{{ if $local }}}}\n{}\n{{{{ else }}}}\n{}\n{{{{ end }}}}\n", tag("$a"), tag("$b"));
    let blog = Blog::new(&[
        ("hugo.toml", "baseURL = \"https://harbour.example.org/\"\nlanguageCode = \"en\"\n"),
        ("layouts/_default/single.html", &format!("{head}\n{{{{ .Content }}}}</body></html>\n")),
        ("layouts/shortcodes/img.html", &shortcode),
        ("content/quay.md", "---\ntitle: The quay\ndate: 2024-05-01\n---\n\nBoats.\n\n{{< img src=lighthouse >}}\n"),
        ("public/cdn/lighthouse.jpg", "JPEG"),
        (
            "public/quay/index.html",
            &format!("{head}\n<p>Boats.</p>\n<img src=\"/cdn/lighthouse.jpg\"></body></html>\n"),
        ),
    ]);
    let (found, _) = audit(&blog, &["--built", "public"]);
    assert_eq!(places(&found, "alt-missing"), [("content/quay.md".to_owned(), 8)]);
    assert_eq!(places(&found, "image-without-dimensions"), [("layouts/shortcodes/img.html".to_owned(), 2)]);
}

/// JSX closes any tag at once; HTML would take the rest of the file for the text of the script.
#[test]
fn lines_after_a_script_that_is_closed_at_once_are_read() {
    let head =
        |rest: &str| format!("<html lang=\"en\"><head><title>Quay</title></head><body>\n{rest}\n</body></html>\n");
    let blog = Blog::new(&[
        ("astro.config.mjs", "export default { site: 'https://harbour.example.org' };\n"),
        ("package.json", "{\"dependencies\":{\"astro\":\"^4.0.0\"}}\n"),
        (
            "src/pages/index.astro",
            &format!("---\n---\n{}", head("<script src=\"/a.js\" is:inline />\n<img class=\"buoy\" src=\"/b.png\" />")),
        ),
        ("src/content/blog/quay.md", "---\ntitle: Quay\n---\n\nLong.\n"),
        ("dist/a.js", ""),
        ("dist/b.png", "PNG"),
        ("dist/index.html", &head("<script src=\"/a.js\"></script><img class=\"buoy\" src=\"/b.png\">")),
    ]);
    let (found, _) = audit(&blog, &["--built", "dist"]);
    assert_eq!(places(&found, "alt-missing"), [("src/pages/index.astro".to_owned(), 5)], "{found:?}");
}

#[test]
fn pages_of_no_post_are_not_called_orphaned() {
    let blog = site(&[("The quay", "Long.", "<p>Long.</p>")]);
    blog.write("_site/tags/boats/index.html", &page("Boats", "<p>All.</p>"));
    blog.write("_site/admin/index.html", &page("Admin", "<p>Editor.</p>"));
    // Jekyll writes this URL to a file with the extension.
    blog.write("knots.html", "---\ntitle: Knots\npermalink: /knots\n---\n<p>Knots.</p>\n");
    blog.write("_site/knots.html", &page("Knots", "<p>Knots.</p>"));
    let (found, _) = audit(&blog, &[]);
    let orphaned = of_rule(&found, "page-orphaned");
    let mut files: Vec<&str> = orphaned.iter().map(|it| &*it.0).collect();
    files.sort_unstable();
    assert_eq!(files, ["_posts/2024-05-01-post1.md", "knots.html"]);
}

#[test]
fn a_link_in_an_entry_of_contents_is_taken_out_of_the_heading() {
    let made = "<nav><ul><li><a href=\"#tide\">The <a href=\"/tides/\">tide</a></a></li></ul></nav>\n<h2 id=\"tide\">The tide</h2>";
    let blog = with_layout("{{ toc }}", made);
    let output = blog.run(&["audit", "--format", "json", "--exit-zero"]);
    let json: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    let nested = json["findings"].as_array().unwrap().iter().find(|it| it["ruleId"] == "link-nested").unwrap();
    assert!(nested["help"].as_str().unwrap().contains("take the link out of the heading"), "{nested}");
}

/// A plugin of Pelican computes URLs: the title tells which page a post has become.
#[test]
fn a_page_at_a_computed_url_is_that_of_the_post_with_its_title() {
    let post =
        |title: &str| format!("---\ntitle: {title}\ndate: 2024-05-01\n---\n\nBoats and <img src=\"/quay.png\">.\n");
    let made = |title: &str| page(title, "<p>Boats and <img src=\"/quay.png\">.</p><p><a href=\"/nowhere/\">x</a></p>");
    let conf = "SITENAME = 'Harbour news'\nSITEURL = 'https://harbour.example.org'\nARTICLE_URL = '{computed}'\nPLUGINS = ['own']\n";
    let blog = Blog::new(&[
        ("pelicanconf.py", conf),
        ("content/tide.md", &post("The tide: low and high")),
        ("content/a.md", &post("The same")),
        ("content/b.md", &post("The same")),
        ("output/quay.png", "PNG"),
        ("output/x/1.html", &made("The tide: low and high")),
        ("output/x/2.html", &made("The same")),
    ]);
    let (_, said) = audit(&blog, &["--built", "output"]);
    assert!(said.contains("1 of them of no post"), "{said}");
    // One of two posts with a title may have become the page, or none.
    blog.write("content/c.md", &post("The tide: low and high"));
    let (_, said) = audit(&blog, &["--built", "output"]);
    assert!(said.contains("2 of them of no post"), "{said}");
}

/// Code makes the URLs: a page has the title of its post as a heading, and of two such pages one has its name. A list has the
/// titles of several posts.
#[test]
fn a_page_at_a_computed_url_is_that_of_the_post_with_its_title_and_name() {
    let post = |title: &str| format!("---\ntitle: {title}\ndate: 2024-05-01\n---\n\n### Low water\n\nBoats.\n");
    let made = |title: &str| page("Harbour", &format!("<h1>{title}</h1><h3>Low water</h3><p>Boats.</p>"));
    let blog = Blog::new(&[
        ("astro.config.mjs", "export default { site: 'https://harbour.example.org' };\n"),
        ("src/pages/[kind]/[name].astro", "<h1>{title}</h1><Content />\n"),
        ("src/content/posts/2024-05-01-tide.md", &post("The tide")),
        ("src/content/posts/quay/index.md", &post("The quay")),
        ("dist/news/tide/index.html", &made("The tide")),
        ("dist/news/copy/index.html", &made("The tide")),
        ("dist/news/quay.html", &made("The quay")),
        ("dist/news/index.html", &page("News", "<h1>News</h1><h2>The tide</h2><h2>The quay</h2>")),
    ]);
    let (found, said) = audit(&blog, &["--built", "dist"]);
    assert!(said.contains("2 of them of no post"), "{said}");
    // The heading above it is that of the layout, which a check of the post does not see.
    let mut skipped: Vec<&str> = of_rule(&found, "heading-skipped").iter().map(|it| &*it.0).collect();
    skipped.sort_unstable();
    assert_eq!(skipped, ["src/content/posts/2024-05-01-tide.md", "src/content/posts/quay/index.md"]);
}

/// The name of the site is right in the config, but not as the title of each page.
#[test]
fn a_layout_that_prints_only_the_name_of_the_site_is_one_finding_there() {
    let made = |name: &str| page("Harbour news", &format!("<h1>{name}</h1><p>About the {name}.</p>"));
    let post = |name: &str| format!("---\nlayout: post\ntitle: {name}\n---\n\nAbout the {name}.\n");
    let head = "<!doctype html>\n<html lang=\"en\"><head>\n<title>{{ site.title }}</title>\n</head><body>{{ content }}</body></html>\n";
    let blog = Blog::new(&[
        ("_config.yml", "title: Harbour news\nurl: https://harbour.example.org\npermalink: /:title/\n"),
        ("_layouts/post.html", head),
        ("_posts/2024-05-01-tide.md", &post("tide")),
        ("_posts/2024-05-02-quay.md", &post("quay")),
        ("_site/index.html", &made("harbour")),
        ("_site/tide/index.html", &made("tide")),
        ("_site/quay/index.html", &made("quay")),
        ("_site/page/2/index.html", &made("harbour")),
    ]);
    let (found, _) = audit(&blog, &[]);
    let shared = of_rule(&found, "title-shared");
    assert_eq!(shared.iter().map(|it| (&*it.0, it.1)).collect::<Vec<_>>(), [("_layouts/post.html", 3)], "{shared:?}");
}
