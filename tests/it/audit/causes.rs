//! One cause is one finding: a setting, an incomplete build, the layout that is in use.

use crate::audit::{LAYOUT, audit, of_rule, page, site};
use crate::support::blog::Blog;

/// The files and lines of the findings of a rule.
fn places(blog: &Blog, rule: &str) -> Vec<(String, u64)> {
    let (found, _) = audit(blog, &[]);
    of_rule(&found, rule).into_iter().map(|it| (it.0.clone(), it.1)).collect()
}

#[test]
fn a_base_path_that_is_a_whole_url_is_one_finding() {
    let link =
        |day: u32| format!("<p><a href=\"/https://harbour.example.org/2024/05/0{day}/post{day}.html\">Day</a></p>");
    let (one, two) = (link(2), link(1));
    let posts = [
        ("The quay", "[Day]({% post_url 2024-05-02-post2 %})", &*one),
        ("The boats", "[Day]({% post_url 2024-05-01-post1 %})", &*two),
    ];
    let blog = site(&posts);
    let config =
        "title: Harbour news\nurl: https://harbour.example.org\nbaseurl: https://harbour.example.org\nlang: en\n";
    blog.write("_config.yml", config);
    let (found, _) = audit(&blog, &[]);
    let broken: Vec<_> =
        of_rule(&found, "internal-link-broken").into_iter().filter(|it| it.3.contains("https:")).collect();
    assert_eq!(broken.len(), 1, "{found:?}");
    assert_eq!((&*broken[0].0, broken[0].1), ("_config.yml", 3));
    // How many pages have them is not known: one may have both.
    assert!(broken[0].3.ends_with("and 1 more"), "{broken:?}");
}

#[test]
fn a_url_without_its_scheme_is_one_finding_of_each_kind() {
    let made = |day: u32| {
        format!("<p><img src=\"harbour.example.org/quay{day}.png\" alt=\"Quay\" width=\"1\" height=\"1\"></p>")
    };
    let (one, two) = (made(1), made(2));
    let image =
        |day: u32| format!("<img src=\"{{{{ site.url }}}}/quay{day}.png\" alt=\"Quay\" width=\"1\" height=\"1\">");
    let (body1, body2) = (image(1), image(2));
    let blog = site(&[("The quay", &body1, &one), ("The boats", &body2, &two)]);
    blog.write("_config.yml", "title: Harbour news\nurl: harbour.example.org\nlang: en\n");
    for file in ["quay1.png", "quay2.png", "_site/quay1.png", "_site/quay2.png"] {
        blog.write(file, "PNG");
    }
    assert_eq!(places(&blog, "image-file-missing"), [("_config.yml".to_owned(), 2)]);
}

/// A link that a post writes itself is changed there, whatever the settings are.
#[test]
fn a_url_in_a_post_is_not_one_of_the_settings() {
    let link = "<a href=\"/https://harbour.example.org/gone.html\">gone</a>";
    let blog = site(&[("The quay", &format!("It is {link}."), &format!("<p>It is {link}.</p>"))]);
    let config =
        "title: Harbour news\nurl: https://harbour.example.org\nbaseurl: https://harbour.example.org\nlang: en\n";
    blog.write("_config.yml", config);
    let found = places(&blog, "internal-link-broken");
    assert!(found.contains(&("_posts/2024-05-01-post1.md".to_owned(), 7)), "{found:?}");
    assert!(!found.iter().any(|it| it.0 == "_config.yml"), "{found:?}");
}

#[test]
fn an_include_that_nothing_uses_writes_no_page() {
    let blog = site(&[("The quay", "Long.", "<p>Long.</p>")]);
    let layout = LAYOUT.replace("<meta name=\"description\" content=\"{{ page.description }}\">\n", "");
    blog.write("_layouts/post.html", &format!("{layout}{{% include end.html %}}\n"));
    blog.write("_includes/end.html", "{% include last.html %}<p>End</p>\n");
    blog.write("_includes/last.html", "<img src=\"{{ site.x }}\" class=\"last\">\n");
    blog.write("_includes/head.html", "<head><title>{{ site.title }}</title></head>{% include old.html %}\n");
    blog.write("_includes/old.html", "<img src=\"{{ site.x }}\" class=\"last\" width=\"{{ w }}\">\n");
    blog.write("_layouts/old.html", "<img src=\"{{ site.x }}\" class=\"last\">\n");
    let made = page("The quay", "<p>Long.</p><p>End</p><img src=\"/logo.png\" class=\"last\">");
    let made = made.lines().filter(|line| !line.contains("description")).collect::<Vec<_>>().join("\n");
    blog.write("_site/2024/05/01/post1.html", &made);
    let head = layout.lines().position(|line| line == "<head>").unwrap() as u64 + 1;
    assert_eq!(places(&blog, "description-missing"), [("_layouts/post.html".to_owned(), head)]);
    let alt = places(&blog, "alt-missing");
    assert!(alt.contains(&("_includes/last.html".to_owned(), 1)), "{alt:?}");
    // A computed name may be that of any of them, and so may a variable.
    blog.write("_includes/last.html", "<img src=\"{{ site.x }}\" class=\"last\">{% include widget %}\n");
    let alt = places(&blog, "alt-missing");
    assert!(!alt.contains(&("_includes/last.html".to_owned(), 1)), "{alt:?}");
    blog.write("_includes/last.html", "<img src=\"{{ site.x }}\" class=\"last\">{% include {{ page.widget }} %}\n");
    let alt = places(&blog, "alt-missing");
    assert!(alt.contains(&("_site/2024/05/01/post1.html".to_owned(), made.lines().count() as u64 - 3)), "{alt:?}");
}

#[test]
fn layouts_below_a_source_folder_are_found_from_a_config_elsewhere() {
    let blog = Blog::new(&[
        ("conf/_config.yml", "source: www\ndestination: _site\nurl: https://harbour.example.org\nlang: en\n"),
        ("www/_layouts/post.html", LAYOUT),
        ("www/_posts/2024-05-01-post1.md", &crate::audit::post("The quay", "Long.")),
        ("_site/2024/05/01/post1.html", &page("The quay", "<p>Long.</p>")),
        ("_site/logo.png", "PNG"),
    ]);
    let line = LAYOUT.lines().position(|line| line.contains("logo")).unwrap() as u64 + 1;
    assert_eq!(places(&blog, "alt-missing"), [("www/_layouts/post.html".to_owned(), line)]);
}

#[test]
fn branches_are_told_apart_by_what_is_inside() {
    let branches = "{% for it in site.pages %}\n{% if it.link %}\n<a href=\"{{ it.url }}\" rel=\"permalink\"><i class=\"x\"></i><span>More</span></a>\n\
                    {% else %}\n<a href=\"{{ it.url }}\" rel=\"permalink\">{{ it.title }}</a>\n{% endif %}\n{% endfor %}";
    let link = "<a href=\"/logo.png\" rel=\"permalink\"></a>";
    let blog = site(&[("The quay", "Long.", &format!("<p>Long.</p>\n{link}"))]);
    let layout = LAYOUT.replace("{{ content }}", &format!("{{{{ content }}}}\n{branches}"));
    blog.write("_layouts/post.html", &layout);
    let line = layout.lines().position(|line| line.contains("it.title")).unwrap() as u64 + 1;
    assert_eq!(places(&blog, "link-text-missing"), [("_layouts/post.html".to_owned(), line)]);
    // Texts between templates are the same in all pages.
    let both = "<h4>By {{ page.author }}</h4>\n<h4>On {{ page.day }}</h4>";
    let layout = LAYOUT.replace("{{ content }}", &format!("{{{{ content }}}}\n{both}"));
    blog.write("_layouts/post.html", &layout);
    blog.write("_site/2024/05/01/post1.html", &page("The quay", "<h2>Sea</h2><h4>On Monday</h4><p>Long.</p>"));
    let line = layout.lines().position(|line| line.contains("page.day")).unwrap() as u64 + 1;
    assert_eq!(places(&blog, "heading-skipped"), [("_layouts/post.html".to_owned(), line)]);
}

#[test]
fn a_second_level_1_heading_is_that_of_the_post_if_it_writes_one() {
    let layout = LAYOUT.replace(
        "{{ content }}",
        "<h1><a href=\"/logo.png\">Harbour news</a></h1>\n<h1>{{ page.title }}</h1>\n{{ content }}",
    );
    let both = "<h1><a href=\"/logo.png\">Harbour news</a></h1>\n<h1>The quay</h1>";
    let blog = site(&[("The quay", "Long.", &format!("{both}\n<p>Long.</p>"))]);
    blog.write("_layouts/post.html", &layout);
    let line = layout.lines().position(|line| line.contains("Harbour news</a></h1>")).unwrap() as u64 + 1;
    assert_eq!(
        places(&blog, "heading-multiple-h1"),
        [("_layouts/post.html".to_owned(), line)],
        "the layout writes both: the name of the site is the one too many"
    );
    // The layout writes the second, and the post the first.
    let blog = site(&[(
        "The quay",
        "# The pier\n\nLong.",
        "<h1 id=\"the-pier\">The pier</h1>\n<p>Long.</p><h1>The quay</h1>",
    )]);
    blog.write("_layouts/post.html", &LAYOUT.replace("{{ content }}", "{{ content }}<h1>{{ page.title }}</h1>"));
    assert_eq!(places(&blog, "heading-multiple-h1"), [("_posts/2024-05-01-post1.md".to_owned(), 7)]);
}

#[test]
fn two_rules_do_not_tell_of_one_link() {
    let link = "<a href=\"www.boats.example.com/may\">May</a>";
    let blog = site(&[("The quay", &format!("<p>{link}</p>"), &format!("<p>{link}</p>"))]);
    let (found, _) = audit(&blog, &[]);
    let in_post: Vec<&str> = found.iter().filter(|it| it.0.contains("post1") && it.1 == 7).map(|it| &*it.2).collect();
    assert_eq!(in_post, ["url-malformed"], "{found:?}");
}

#[test]
fn a_picture_without_a_url_is_not_asked_for_its_size() {
    let image = "<img src=\"\" alt=\"The quay\">";
    let blog = site(&[("The quay", image, &format!("<p>{image}</p>"))]);
    let (found, _) = audit(&blog, &[]);
    assert_eq!(of_rule(&found, "image-src-bad").len(), 1, "{found:?}");
    assert!(of_rule(&found, "image-without-dimensions").is_empty(), "{found:?}");
}

/// Words that a template prints are changed where they are written.
#[test]
fn words_of_a_post_are_not_those_of_the_layout_or_of_a_list() {
    let wrong = "It isnâ€™t far";
    let blog = site(&[(wrong, "Long.", "<p>Long.</p>"), ("The boats", "It isnâ€™t blue.", "<p>It isnâ€™t blue.</p>")]);
    blog.write("_includes/note.html", "<p class=\"note\">Donâ€™t feed the gulls</p>\n");
    let note = "{{ content }}{% include note.html %}";
    blog.write("_layouts/post.html", &LAYOUT.replace("{{ content }}", note));
    let list = "{% for it in site.posts %}<h2><a href=\"{{ it.url }}\">{{ it.title }}</a></h2>{% endfor %}";
    blog.write("blog.html", &format!("---\nlayout: post\ntitle: Blog\n---\n{list}\n"));
    blog.write("_site/blog.html", &page("Blog", &format!("<h2><a href=\"/2024/05/01/post1.html\">{wrong}</a></h2>")));
    let made = page("The market", "<p>Loud.</p><p class=\"note\">Donâ€™t feed the gulls</p>");
    blog.write("_posts/2024-05-03-post3.md", &crate::audit::post("The market", "Loud."));
    blog.write("_site/2024/05/03/post3.html", &made);
    let wanted = ["_includes/note.html", "_posts/2024-05-01-post1.md", "_posts/2024-05-02-post2.md"];
    let found: Vec<String> = places(&blog, "text-mojibake").into_iter().map(|it| it.0).collect();
    assert_eq!(found, wanted);
}

/// A component writes no attribute whose value is not set, and a list its pictures in the same elements.
#[test]
fn what_components_write_is_one_finding_at_their_line() {
    let head =
        "<html lang=\"en\"><head><title>{title}</title>\n<meta name=\"description\" content={description} /></head>";
    let list = "<ul>{posts.map((post) => (\n<li><a href={`/${post.id}/`}><img src={post.hero} /> {post.title}</a></li>))}</ul>";
    let made_head = "<!doctype html><html lang=\"en\"><head><title>Blog</title><meta name=\"description\"></head>";
    let entry = |name: &str| format!("<li><a href=\"/{name}/\"><img src=\"/{name}.jpg\"> {name}</a></li>");
    let made = format!("{made_head}<body><ul>{}{}</ul></body></html>", entry("quay"), entry("boats"));
    let post = |name: &str| {
        format!("{made_head}<body><img width=\"9\" height=\"9\" alt=\"\" src=\"/{name}.jpg\"></body></html>")
    };
    let blog = Blog::new(&[
        ("astro.config.mjs", "export default { site: 'https://harbour.example.org' }\n"),
        ("package.json", "{\"dependencies\": {\"astro\": \"^5.0.0\"}}\n"),
        ("src/pages/quay.md", "---\ntitle: The quay\nlayout: ../layouts/Post.astro\n---\n\nLong.\n"),
        ("src/pages/boats.md", "---\ntitle: The boats\nlayout: ../layouts/Post.astro\n---\n\nBlue.\n"),
        ("src/pages/index.astro", &format!("---\nconst posts = [];\n---\n{head}<body>{list}</body></html>\n")),
        (
            "src/layouts/Post.astro",
            "<html lang=\"en\"><body><img width={9} height={9} alt=\"\" src={hero} /><slot /></body></html>\n",
        ),
        ("dist/index.html", &made),
        ("dist/quay/index.html", &post("quay")),
        ("dist/boats/index.html", &post("boats")),
        ("dist/quay.jpg", "JPEG"),
        ("dist/boats.jpg", "JPEG"),
    ]);
    assert_eq!(places(&blog, "alt-missing"), [("src/pages/index.astro".to_owned(), 6)]);
    assert_eq!(places(&blog, "description-missing"), [("src/pages/index.astro".to_owned(), 5)]);
}

/// A canonical URL that the layout writes out makes all pages copies of the home page.
#[test]
fn the_home_page_as_canonical_url_of_all_pages_is_one_finding() {
    for (home, base) in [("https://harbour.example.org/", ""), ("https://harbour.example.org/blog/", "/blog")] {
        let blog = site(&[("The quay", "Long.", "<p>Long.</p>"), ("The boats", "Blue.", "<p>Blue.</p>")]);
        let link = format!("<link rel=\"canonical\" href=\"{home}\">");
        let with_link = |page: &str| page.replace("</head>", &format!("{link}\n</head>"));
        let config = format!("title: Harbour news\nurl: https://harbour.example.org\nbaseurl: \"{base}\"\nlang: en\n");
        blog.write("_config.yml", &config);
        blog.write("_layouts/post.html", &with_link(LAYOUT));
        for (file, title) in [
            ("2024/05/01/post1.html", "The quay"),
            ("2024/05/02/post2/index.html", "The boats"),
            ("about/index.html", "About"),
            ("index.html", "Home"),
            ("ko/index.html", "Start"),
            ("blog/page/2/index.html", "Page 2"),
            ("page3/index.html", "Page 3"),
        ] {
            blog.write(&format!("_site/{file}"), &with_link(&page(title, &format!("<p>{title} is here.</p>"))));
        }
        std::fs::remove_file(blog.0.join("_site/2024/05/02/post2.html")).unwrap();
        let (found, _) = audit(&blog, &[]);
        let found = of_rule(&found, "canonical-wrong");
        let text = blog.read("_layouts/post.html");
        let line = text.lines().position(|line| line.contains("canonical")).unwrap() as u64 + 1;
        assert_eq!(found.len(), 1, "{found:?}");
        assert_eq!((&*found[0].0, found[0].1), ("_layouts/post.html", line), "{found:?}");
        assert!(found[0].3.contains("leads to a home page"), "{found:?}");
    }
}
