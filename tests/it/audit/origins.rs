//! Values and markup of built pages are traced to the place that decides them, and never to a line that only may write them.

use crate::audit::{LAYOUT, Short, audit, of_rule, page, post, site, with_layout};
use crate::support::blog::{Blog, flat, stdout};

/// The line of a file with these words, counted from 1.
fn line_with(blog: &Blog, file: &str, words: &str) -> u64 {
    let text = std::fs::read_to_string(blog.0.join(file)).unwrap();
    text.lines().position(|line| line.contains(words)).unwrap() as u64 + 1
}

/// The place of the only finding of a rule whose message has these words.
fn place<'f>(found: &'f [Short], rule: &str, words: &str) -> (&'f str, u64) {
    let of_words: Vec<&Short> = of_rule(found, rule).into_iter().filter(|it| it.3.contains(words)).collect();
    assert_eq!(of_words.len(), 1, "{rule} {words}: {found:?}");
    (&of_words[0].0, of_words[0].1)
}

#[test]
fn a_value_of_the_config_is_changed_in_the_config() {
    let blog =
        with_layout("<img src=\"{{ site.badge }}\" alt=\"Badge\">", "<img src=\"/img/badge.svg\" alt=\"Badge\">");
    let config = std::fs::read_to_string(blog.0.join("_config.yml")).unwrap();
    blog.write("_config.yml", &format!("{config}badge: /img/badge.svg # of the harbour office\n"));
    let (found, _) = audit(&blog, &[]);
    assert_eq!(place(&found, "image-file-missing", "badge.svg"), ("_config.yml", 4));
    let line = line_with(&blog, "_layouts/post.html", "site.badge");
    let of_layout = of_rule(&found, "image-without-dimensions");
    assert_eq!((&*of_layout[0].0, of_layout[0].1), ("_layouts/post.html", line), "the size is one of the markup");
}

#[test]
fn a_link_of_a_menu_is_changed_in_its_data_file() {
    let menu = "<nav><ul class=\"menu\">{% for it in site.data.menu %}<li><a href=\"{{ it.url }}\">{{ it.title }}</a></li>\
                {% endfor %}</ul></nav>";
    let made = "<nav><ul class=\"menu\"><li><a href=\"/fish/\">Fish</a></li><li><a href=\"/%EB%B0%B0/\">배</a></li></ul></nav>";
    let blog = with_layout(menu, made);
    blog.write("_data/menu.yml", "- title: Fish\n  url: /fish/\n- title: 배\n  url: \"/배/\"\n");
    let (found, _) = audit(&blog, &[]);
    assert_eq!(place(&found, "internal-link-broken", "`/fish`"), ("_data/menu.yml", 2));
    assert_eq!(place(&found, "internal-link-broken", "`/배`"), ("_data/menu.yml", 4));
}

#[test]
fn a_value_that_two_lines_write_has_no_known_place() {
    let blog = with_layout("<img src=\"{{ site.badge }}\" alt=\"\">", "<img src=\"/img/badge.svg\" alt=\"\">");
    blog.write("_data/a.yml", "badge: /img/badge.svg\n");
    blog.write("_data/b.yml", "badge: /img/badge.svg\n");
    let (found, _) = audit(&blog, &[]);
    let (file, _) = place(&found, "image-file-missing", "badge.svg");
    assert!(!file.starts_with("_data"), "{found:?}");
}

#[test]
fn front_matter_is_changed_in_the_post_that_has_it() {
    let hero = "<img class=\"hero\" src=\"{{ page.hero.image }}\" alt=\"\" width=\"9\" height=\"9\">";
    let blog = with_layout(hero, "<img class=\"hero\" src=\"/img/quay.jpg\" alt=\"\" width=\"9\" height=\"9\">");
    let front = "---\ntitle: The quay\ndescription: Words.\nhero:\n  image: img/quay.jpg\n---\n\nLong.\n";
    blog.write("_posts/2024-05-01-post1.md", front);
    let (found, _) = audit(&blog, &[]);
    assert_eq!(place(&found, "image-file-missing", "quay.jpg"), ("_posts/2024-05-01-post1.md", 5));
}

#[test]
fn a_list_that_shows_front_matter_of_a_post_leads_to_that_post() {
    let blog = site(&[("The quay", "Long.", "<p>Long.</p>"), ("The boats", "Blue.", "<p>Blue.</p>")]);
    blog.write(
        "_posts/2024-05-02-post2.md",
        "---\nlayout: post\ntitle: The boats\ndescription: Words.\nteaser: /img/boats.jpg\n---\n\nBlue.\n",
    );
    let list = "{% for it in site.posts %}<img class=\"teaser\" src=\"{{ it.teaser }}\" alt=\"\" width=\"9\" height=\"9\">{% endfor %}";
    blog.write("blog.html", &format!("---\nlayout: post\ntitle: Blog\n---\n{list}\n"));
    let made = "<img class=\"teaser\" src=\"/img/boats.jpg\" alt=\"\" width=\"9\" height=\"9\">";
    blog.write("_site/blog.html", &page("Blog", made));
    let (found, _) = audit(&blog, &[]);
    assert_eq!(place(&found, "image-file-missing", "boats.jpg"), ("_posts/2024-05-02-post2.md", 5));
}

#[test]
fn both_branches_that_lack_an_attribute_are_named() {
    let branches = "{% if page.map %}\n<iframe class=\"map\" src=\"{{ page.map }}\"></iframe>\n{% else %}\n\
                    <iframe class=\"map\" src=\"{{ site.map }}\"></iframe>\n{% endif %}";
    let blog = with_layout(branches, "<iframe class=\"map\" src=\"https://maps.example.org/7\"></iframe>");
    let output = blog.run(&["audit", "--format", "json", "--exit-zero"]);
    let json: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    let mut all = json["findings"].as_array().unwrap().iter().filter(|it| it["ruleId"] == "iframe-untitled");
    let frame = all.next().unwrap();
    let first = line_with(&blog, "_layouts/post.html", "page.map }}\"");
    assert_eq!((&frame["path"], &frame["line"]), (&"_layouts/post.html".into(), &first.into()));
    let wanted = format!("the same in `_layouts/post.html:{}`", first + 2);
    assert!(frame["help"].as_str().unwrap().ends_with(&wanted), "{frame}");
    assert!(all.next().is_none());
}

#[test]
fn the_elements_around_tell_alike_tags_apart() {
    let both = "<div class=\"top\"><p><img src=\"{{ a }}\" alt=\"{{ b }}\"></p></div>\n\
                <div class=\"end\"><p><img src=\"{{ a }}\" alt=\"{{ b }}\"></p></div>";
    let made = "<div class=\"end\"><p><img src=\"/logo.png\" alt=\"Logo\"></p></div>";
    let blog = with_layout(both, made);
    let (found, _) = audit(&blog, &[]);
    let line = line_with(&blog, "_layouts/post.html", "class=\"end\"");
    assert_eq!(place(&found, "image-without-dimensions", ""), ("_layouts/post.html", line));
}

#[test]
fn an_include_writes_markup_and_its_call_has_the_values() {
    let body = "First.\n\n{% include figure.html src=\"/img/gone.png\" alt=\"Gone\" %}";
    let made = "<p>First.</p>\n<figure class=\"wide\"><img src=\"/img/gone.png\" alt=\"Gone\"></figure>";
    let blog = site(&[("The quay", body, made)]);
    blog.write(
        "_includes/figure.html",
        "<figure class=\"wide\"><img src=\"{{ include.src }}\" alt=\"{{ include.alt }}\"></figure>\n",
    );
    let (found, _) = audit(&blog, &[]);
    let line = line_with(&blog, "_posts/2024-05-01-post1.md", "include");
    assert_eq!(place(&found, "image-file-missing", "gone.png"), ("_posts/2024-05-01-post1.md", line));
    assert_eq!(place(&found, "image-without-dimensions", ""), ("_includes/figure.html", 1));
}

#[test]
fn an_entry_of_a_table_of_contents_is_of_its_heading() {
    let body = "Words.\n\n## The [tide](https://tides.example.org/) of May\n\nHigh.";
    let contents = "<nav id=\"contents\"><ul><li><a href=\"#may\">The <a href=\"https://tides.example.org/\">tide</a> of May</a></li></ul></nav>";
    let made = "<h2 id=\"may\">The <a href=\"https://tides.example.org/\">tide</a> of May</h2><p>High.</p>";
    let blog = site(&[("The quay", body, &format!("<h1>The quay</h1>{contents}<p>Words.</p>{made}"))]);
    let (found, _) = audit(&blog, &[]);
    let line = line_with(&blog, "_posts/2024-05-01-post1.md", "##");
    assert_eq!(place(&found, "link-nested", ""), ("_posts/2024-05-01-post1.md", line));
}

/// A Hugo site with a post, a layout, and the page that is made of them.
fn hugo(layout: &str, post: &str, made: &str) -> Blog {
    let head = "<!doctype html><html lang=\"en\"><head><title>The quay</title></head><body>";
    Blog::new(&[
        ("hugo.toml", "baseURL = \"https://harbour.example.org/\"\nlanguageCode = \"en\"\n"),
        ("layouts/_default/single.html", &format!("{head}\n{layout}\n{{{{ .Content }}}}</body></html>\n")),
        ("content/posts/quay.md", &format!("---\ntitle: The quay\ndate: 2024-05-01\n---\n\n{post}\n")),
        ("public/posts/quay/index.html", &format!("{head}\n{made}</body></html>\n")),
    ])
}

#[test]
fn a_tag_in_a_text_of_a_template_is_found() {
    let layout = "{{ .TableOfContents | replaceRE \"<nav>\" \"<nav><a href=\\\"javascript:void(0)\\\" class=\\\"toc\\\"></a>\" }}";
    let blog = hugo(layout, "Long.", "<nav><a href=\"javascript:void(0)\" class=\"toc\"></a></nav><p>Long.</p>");
    let (found, _) = audit(&blog, &[]);
    assert_eq!(place(&found, "link-text-missing", ""), ("layouts/_default/single.html", 2));
}

#[test]
fn arguments_of_a_shortcode_are_in_its_call() {
    let blog = hugo("", "{{< photo src=\"/img/quay.jpg\" >}}", "<img class=\"photo\" src=\"/img/quay.jpg\" alt=\"\">");
    blog.write(
        "layouts/shortcodes/photo.html",
        "<img class=\"photo\" src=\"{{ .Get \"src\" }}\" alt=\"{{ .Get \"alt\" }}\">\n",
    );
    let (found, _) = audit(&blog, &[]);
    assert_eq!(place(&found, "image-file-missing", "quay.jpg"), ("content/posts/quay.md", 6));
    assert_eq!(place(&found, "image-without-dimensions", ""), ("layouts/shortcodes/photo.html", 1));
}

#[test]
fn a_shortcode_of_a_theme_that_is_elsewhere_is_changed_at_its_call() {
    let blog = hugo("", "{{< photo src=\"/img/quay.jpg\" >}}", "<p><img class=\"photo\" src=\"/img/quay.jpg\"></p>");
    blog.write("public/img/quay.jpg", "JPEG");
    let (found, _) = audit(&blog, &[]);
    assert_eq!(place(&found, "alt-missing", ""), ("content/posts/quay.md", 6));
}

#[test]
fn the_theme_of_a_config_in_a_folder_of_its_own_is_found() {
    let blog = with_layout("<img src=\"/wave.png\">", "<img src=\"/wave.png\">");
    let config = std::fs::read_to_string(blog.0.join("_config.yml")).unwrap();
    blog.write("_config.yml", &format!("{config}destination: out\n"));
    std::fs::rename(blog.0.join("_site"), blog.0.join("out")).unwrap();
    let (found, said) = audit(&blog, &[]);
    assert!(said.contains("in `out`"), "{said}");
    let line = line_with(&blog, "_layouts/post.html", "wave.png");
    assert!(
        of_rule(&found, "alt-missing").iter().any(|it| (&*it.0, it.1) == ("_layouts/post.html", line)),
        "{found:?}"
    );
}

/// What a program made is not checked, but it is the place to look at.
#[test]
fn a_source_that_says_that_it_is_generated_is_named() {
    let blog = site(&[("The quay", "Long.", "<p>Long.</p>")]);
    let generated = "---\nlayout: post\ntitle: Options\ndescription: What can be set, in a few words.\n---\n\n\
                     <!-- This file is generated. Do not edit it. -->\n\nSee [the page](/nowhere/).\n";
    blog.write("options.md", generated);
    blog.write("_site/options.html", &page("Options", "<p>See <a href=\"/nowhere/\">the page</a>.</p>"));
    let output = blog.run(&["audit", "--format", "json", "--exit-zero"]);
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(said.contains("skipped 1 file marked as generated"), "{said}");
    let json: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    let found = json["findings"].as_array().unwrap().iter();
    let broken: Vec<_> = found.filter(|it| it["message"].as_str().unwrap().contains("/nowhere")).collect();
    assert_eq!(broken.len(), 1, "{json}");
    assert_eq!((&broken[0]["path"], &broken[0]["line"]), (&"options.md".into(), &9.into()));
    assert!(broken[0]["help"].as_str().unwrap().contains("a program made this file"), "{broken:?}");
}

/// The folder that is named is one of built pages, wherever it lies and however it is named.
#[test]
fn a_named_folder_inside_the_site_is_not_one_of_sources() {
    let picture = "<img src=\"/logo.png\" class=\"logo\" width=\"1\" height=\"1\">";
    for folder in ["public", "./public", "docs"] {
        let blog = site(&[("The quay", "Long.", "<p>Long.</p>"), ("The boats", "Blue.", "<p>Blue.</p>")]);
        let inside = folder.trim_start_matches("./");
        std::fs::rename(blog.0.join("_site"), blog.0.join(inside)).unwrap();
        let (found, said) = audit(&blog, &["--built", folder]);
        let line = line_with(&blog, "_layouts/post.html", picture);
        let missing: Vec<(&str, u64)> = of_rule(&found, "alt-missing").iter().map(|it| (&*it.0, it.1)).collect();
        assert_eq!(missing, [("_layouts/post.html", line)], "{folder}: {said}");
        assert!(!found.iter().any(|it| it.0.starts_with(inside)), "{folder}: {found:?}");
    }
}

/// A URL that a layout makes of the URL of the page is not the permalink of the post.
#[test]
fn a_changed_permalink_is_of_the_layout() {
    let blog = site(&[]);
    let layout = LAYOUT.replace("<footer>", "<p><a href={{ page.url | prepend: '/cn' }}>Chinese</a></p>\n<footer>");
    blog.write("_layouts/post.html", &layout);
    for name in ["ropes", "tides"] {
        let post = post(name, "Long.").replace("layout: post", &format!("layout: post\npermalink: /{name}/"));
        blog.write(&format!("{name}.md"), &post);
        let made = page(name, "<p>Long.</p>")
            .replace("<footer>", &format!("<p><a href=/cn/{name}/>Chinese</a></p>\n<footer>"));
        blog.write(&format!("_site/{name}/index.html"), &made);
    }
    let (found, _) = audit(&blog, &[]);
    let broken = of_rule(&found, "internal-link-broken");
    let chinese: Vec<&str> = broken.iter().filter(|it| it.3.contains("/cn/")).map(|it| &*it.0).collect();
    assert!(!chinese.is_empty() && chinese.iter().all(|it| *it == "_layouts/post.html"), "{found:?}");
}

/// Two headings of layouts: the one with the name of the site is the one to change.
#[test]
fn the_name_of_the_site_is_the_heading_that_is_too_much() {
    let layout = LAYOUT
        .replace("<header>", "<header><h1><a href=\"/\">{{ site.title }}</a></h1>\n")
        .replace("{{ content }}", "<h1>{{ page.title }}</h1>\n{{ content }}");
    let blog = site(&[]);
    blog.write("_layouts/post.html", &layout);
    for (day, title) in [(1, "The quay"), (2, "The boats")] {
        blog.write(&format!("_posts/2024-05-0{day}-post{day}.md"), &post(title, "Long."));
        let made = page(title, "<p>Long.</p>")
            .replace("<header>", "<header><h1><a href=\"/\">Harbour news</a></h1>\n")
            .replace("<p>Long.</p>", &format!("<h1>{title}</h1>\n<p>Long.</p>"));
        blog.write(&format!("_site/2024/05/0{day}/post{day}.html"), &made);
    }
    let (found, _) = audit(&blog, &[]);
    let several: Vec<(&str, u64)> = of_rule(&found, "heading-multiple-h1").iter().map(|it| (&*it.0, it.1)).collect();
    assert_eq!(several, [("_layouts/post.html", line_with(&blog, "_layouts/post.html", "site.title }}</a></h1>"))]);
}

/// A call cannot set what the shortcode does not read, and a shortcode that a post does not call writes nothing of it.
#[test]
fn what_a_shortcode_does_not_read_is_of_the_shortcode() {
    let head = "<!doctype html>\n<html lang=\"en\">\n<head><title>{{ .Title }}</title>\n\
                <meta name=\"description\" content=\"All about it, in a few words.\"></head>\n<body>\n{{ .Content }}\n</body>\n</html>\n";
    let shortcode = |name: &str| {
        format!(
            "<div class=\"{name}\">\n<img src=\"{{{{ .Get \"src\" }}}}\" {{{{ with .Get \"alt\" }}}}alt=\"{{{{ . }}}}\"{{{{ end }}}}>\n</div>\n"
        )
    };
    let blog = Blog::new(&[
        ("hugo.toml", "baseURL = \"https://harbour.example.org/\"\nlanguageCode = \"en\"\ntitle = \"Harbour\"\n"),
        ("layouts/_default/single.html", head),
        ("layouts/shortcodes/picture.html", &shortcode("picture")),
        ("layouts/shortcodes/old-picture.html", &shortcode("picture")),
        ("static/quay.png", "PNG"),
        ("public/quay.png", "PNG"),
    ]);
    let post = "---\ntitle: The quay\ndescription: All about it, in a few words.\ndate: 2024-05-01\n---\n\n{{< picture src=\"/quay.png\" >}}\n";
    blog.write("content/quay.md", post);
    let made = head
        .replace("{{ .Title }}", "The quay")
        .replace("{{ .Content }}", "<div class=\"picture\">\n<img src=\"/quay.png\" >\n</div>");
    blog.write("public/quay/index.html", &made);
    let (found, _) = audit(&blog, &["--built", "public"]);
    let place = |rule: &str| of_rule(&found, rule).iter().map(|it| (it.0.clone(), it.1)).collect::<Vec<_>>();
    assert_eq!(place("image-without-dimensions"), [("layouts/shortcodes/picture.html".to_owned(), 2)], "{found:?}");
    assert_eq!(place("alt-missing"), [("content/quay.md".to_owned(), 7)], "{found:?}");
}

#[test]
fn a_part_of_a_longer_url_is_not_the_url() {
    let switch = "<a class=\"switch\" href={{ other }}>English</a>";
    let blog = with_layout(switch, "<a class=\"switch\" href=\"/tides/\">English</a>");
    let front = "---\nlayout: post\ntitle: The quay\ndescription: What it is about, in a few words.\n\
                 see: /notes/tides/deep\n---\n\nSee `/tides/deep/` and /old/tides/, or x-/tides/.\n";
    blog.write("_posts/2024-05-01-post1.md", front);
    let line = line_with(&blog, "_layouts/post.html", "class=\"switch\"");
    assert_eq!(place(&audit(&blog, &[]).0, "internal-link-broken", "`/tides`"), ("_layouts/post.html", line));
    // Whole, in a call of something that may write the link.
    blog.write("_posts/2024-05-01-post1.md", &front.replace("`/tides/deep/`", "{% switch /tides/ %}."));
    assert_eq!(place(&audit(&blog, &[]).0, "internal-link-broken", "`/tides`"), ("_posts/2024-05-01-post1.md", 8));
}

#[test]
fn a_name_in_a_list_is_changed_there() {
    let related = "{% for it in page.related %}<a class=\"related\" href=\"/notes/{{ it }}/\">{{ it }}</a>{% endfor %}";
    let blog = with_layout(related, "<a class=\"related\" href=\"/notes/knots/\">knots</a>");
    let front = "---\nlayout: post\ntitle: The quay\ndescription: What it is about, in a few words.\n\
                 tags: [knots]\nrelated: [anchors, knots]\n---\n\nLong.\n";
    blog.write("_posts/2024-05-01-post1.md", front);
    assert_eq!(place(&audit(&blog, &[]).0, "internal-link-broken", "knots"), ("_posts/2024-05-01-post1.md", 6));
}

#[test]
fn what_each_loop_of_a_page_writes_is_told_once() {
    let blog = site(&[("The quay", "Long.", "<p>Long.</p>")]);
    let lists =
        "{% for it in site.posts %}\n<a class=\"all\" href=\"/list/{{ it.slug }}/\">{{ it.title }}</a>\n{% endfor %}\n";
    blog.write("all.html", &format!("---\nlayout: post\ntitle: All\npermalink: /all/\n---\n{lists}{lists}"));
    let made = "<a class=\"all\" href=\"/list/quay/\">The quay</a>\n<a class=\"all\" href=\"/list/boats/\">Boats</a>";
    blog.write("_site/all/index.html", &page("All", made));
    let (found, _) = audit(&blog, &[]);
    let of_lists = of_rule(&found, "internal-link-broken").into_iter().filter(|it| it.3.contains("/list/"));
    assert!(of_lists.clone().count() > 0 && of_lists.clone().all(|it| (&*it.0, it.1) == ("all.html", 7)), "{found:?}");
}

#[test]
fn many_targets_of_one_line_of_a_layout_are_one_finding() {
    let names: Vec<String> = (0..20).map(|number| format!("Boat {number}")).collect();
    let links: String =
        (1..=20).map(|day| format!("<a href=\"/2024/05/{day:02}/post{day}.html\">{day} May</a>\n")).collect();
    let posts: Vec<(&str, &str, &str)> = names.iter().map(|name| (&**name, &*links, &*links)).collect();
    let blog = site(&posts);
    let menu = "<a class=\"next\" href=\"{{ next }}\">Next</a>\n<footer>";
    blog.write("_layouts/post.html", &LAYOUT.replace("<footer>", menu));
    // Most links lead somewhere: otherwise the build is taken for incomplete.
    for (number, name) in names.iter().enumerate().take(6) {
        let link = format!("<a class=\"next\" href=\"/next-{number}/\">Next</a>\n<footer>");
        let made = page(name, "<p>Long.</p>").replace("<footer>", &link);
        blog.write(&format!("_site/2024/05/{0:02}/post{0}.html", number + 1), &made);
    }
    let (found, _) = audit(&blog, &[]);
    let (file, at) = place(&found, "internal-link-broken", "/next-");
    assert_eq!((file, at), ("_layouts/post.html", line_with(&blog, "_layouts/post.html", "class=\"next\"")));
    let message = &of_rule(&found, "internal-link-broken").into_iter().find(|it| it.3.contains("next")).unwrap().3;
    assert!(message.ends_with("; the same for 5 more that this line writes"), "{message}");
}

#[test]
fn a_theme_that_is_not_there_is_named_as_the_reason() {
    let blog = Blog::new(&[
        ("hugo.toml", "baseURL = \"https://harbour.example.org/\"\ntitle = \"Harbour\"\ntheme = \"quay\"\n"),
        ("layouts/shortcodes/picture.html", "<img class=\"picture\" src=\"{{ .Get 0 }}\">\n"),
        ("content/quay.md", "---\ntitle: The quay\n---\n\nLong.\n"),
        ("public/quay/index.html", &page("The quay", "<p>Long.</p>")),
    ]);
    let reasons = |blog: &Blog| flat(&stdout(&blog.run(&["audit", "--built", "public", "--exit-zero"])));
    assert!(reasons(&blog).contains("its theme is not in the folder of the site"), "{}", reasons(&blog));
    blog.write("themes/quay/layouts/_default/single.html", "<p class=\"other\">{{ .Content }}</p>\n");
    assert!(!reasons(&blog).contains("its theme is not"), "{}", reasons(&blog));
}
