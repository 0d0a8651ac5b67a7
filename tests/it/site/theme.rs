//! How a site's layouts use front matter, and how rules take that into account.

use super::{Files, site};
use crate::support::blog::{Blog, stdout};
use postlint::place::theme::{Layout, Theme};
use postlint::site::theme::read;
use serde_json::Value;

/// The theme of a site with these files.
fn theme(files: &[(&str, &str)]) -> Theme {
    read(&Files::new(files), &site(files).unwrap())
}

fn title_keys(layout: &Layout) -> Vec<&str> {
    layout.title.iter().map(|read| read.key.as_str()).collect()
}

fn description_keys(layout: &Layout) -> Vec<&str> {
    layout.description.iter().map(|read| read.key.as_str()).collect()
}

fn visible(layout: &Layout) -> Option<(&str, Option<u8>)> {
    layout.visible_title.as_ref().map(|title| (title.read.key.as_str(), title.level))
}

/// The rule and the level of each finding in a site with these files.
fn rules(files: &[(&str, &str)]) -> Vec<(String, String)> {
    let output = Blog::new(files).run(&["--format", "json-flat", "--exit-zero", "."]);
    let json: Value = serde_json::from_str(&stdout(&output)).unwrap();
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    json.as_array().unwrap().iter().map(|finding| (text(&finding["ruleId"]), text(&finding["level"]))).collect()
}

fn has(files: &[(&str, &str)], rule: &str) -> bool {
    rules(files).iter().any(|(name, _)| name == rule)
}

const HEAD: &str = "<html lang=\"en\"><head>\n<title>{% if page.title %}{{ page.title }} – {% endif %}{{ site.title \
                    }}</title>\n<meta name=\"description\" content=\"{{ page.description | default: page.excerpt \
                    }}\"></head>{{ content }}";

#[test]
fn jekyll_layouts_are_followed_through_includes_and_parents() {
    let theme = theme(&[
        ("_config.yml", "title: Boats\n"),
        ("_layouts/default.html", HEAD),
        ("_layouts/post.html", "---\nlayout: default\n---\n{% include top.html heading=page.title %}\n"),
        ("_includes/top.html", "\n<h2 class=\"a\">{{ include.heading }}</h2>{{ page.mood }}"),
    ]);
    let layout = &theme.layouts["post"];
    assert_eq!(title_keys(layout), ["title"]);
    assert_eq!(description_keys(layout), ["description", "excerpt"]);
    assert_eq!(visible(layout), Some(("title", Some(2))));
    assert_eq!(layout.visible_title.as_ref().unwrap().read.from.to_string(), "_includes/top.html:2");
    assert_eq!(layout.title[0].from.to_string(), "_layouts/default.html:2");
    assert_eq!(layout.language.as_ref().unwrap().to_string(), "_layouts/default.html:1");
    assert!(layout.is_whole && theme.is_whole && layout.empty_description_is_none);
    let read: Vec<&str> = theme.reads.keys().map(String::as_str).collect();
    assert_eq!(read, ["description", "excerpt", "mood", "title"]);
}

#[test]
fn missing_includes_make_a_layout_incomplete() {
    let files = [
        ("_config.yml", "remote_theme: someone/unheard-of\n"),
        ("_layouts/post.html", "---\nlayout: default\n---\n{% include elsewhere.html %}{{ page.title }}\n"),
    ];
    let theme = theme(&files);
    let layout = &theme.layouts["post"];
    assert!(!layout.is_whole && !theme.is_whole && layout.title_tag.is_none());
    assert_eq!(visible(layout), None);
    assert!(super::theme::theme(&[("_config.yml", "theme: minima\n")]).elsewhere.is_some());
}

#[test]
fn variables_and_captures_are_traced_to_keys() {
    let theme = theme(&[
        ("_config.yml", ""),
        (
            "_layouts/post.html",
            "{% assign text = page.excerpt %}{% if page.lead %}{% assign text = page.lead %}{% endif %}{% capture name \
             %}{{ page.headline | default: page.title }}{% endcapture %}<title>{{ name }}</title><meta content=\"{{ text \
             }}\" name='description'>{% for post in site.posts %}<h1>{{ post.title }}</h1>{% endfor %}<h3>{{ \
             name }}</h3>",
        ),
    ]);
    let layout = &theme.layouts["post"];
    assert_eq!(title_keys(layout), ["headline", "title"]);
    assert_eq!(description_keys(layout), ["lead", "excerpt"]);
    assert_eq!(visible(layout), Some(("headline", Some(3))));
}

#[test]
fn tags_of_several_branches_are_one_heading() {
    let theme = theme(&[
        ("_config.yml", ""),
        (
            "_layouts/post.html",
            "<div class=\"{% if a %}x\"{% else %}y\"{% endif %}><{% if a %}h2{% else %}h1{% endif %}>{{ page.title \
             }}</{% if a %}h2{% else %}h1{% endif %}><p>",
        ),
    ]);
    assert_eq!(visible(&theme.layouts["post"]), Some(("title", Some(1))));
}

#[test]
fn hugo_templates_are_merged_with_their_base() {
    let theme = theme(&[
        ("hugo.toml", "theme = 'sea'\n"),
        (
            "themes/sea/layouts/_default/baseof.html",
            "<title>{{ block \"title\" . }}{{ .Site.Title }}{{ end }}</title>\n{{ partial \"head/meta.html\" . }}{{ block \"main\" . }}{{ end }}",
        ),
        (
            "themes/sea/layouts/_default/single.html",
            "{{ define \"title\" }}{{ .Title }}{{ end }}{{ define \"main\" }}<h1>{{ .Title | markdownify }}</h1>{{ range .Pages }}<h2>{{ .Title }}</h2>{{ end }}{{ end }}",
        ),
        (
            "themes/sea/layouts/partials/head/meta.html",
            "{{ $text := .Site.Params.about }}{{ with .Params.summary }}{{ $text = . }}{{ end }}<meta name=description content=\"{{ $text }}\">{{ with .Params.canonicalURL }}<link href=\"{{ . }}\">{{ end }}{{ .Param \"toc\" }}",
        ),
        ("layouts/news/single.html", "{{ define \"main\" }}<h3>{{ .Title }}</h3>{{ end }}"),
    ]);
    let layout = &theme.layouts["_default/single"];
    assert_eq!(title_keys(layout), ["title"]);
    assert_eq!(description_keys(layout), ["summary"]);
    assert_eq!(visible(layout), Some(("title", Some(1))));
    assert_eq!(visible(&theme.layouts["news/single"]), Some(("title", Some(3))));
    assert!(theme.reader("CANONICALurl", true).is_some() && theme.reader("canonicalurl", false).is_none());
    assert!(theme.reads.contains_key("toc") && !theme.reads.contains_key("about"));
}

#[test]
fn nunjucks_blocks_ejs_and_astro() {
    let zola = theme(&[
        ("config.toml", "base_url = 'https://a.example'\ntitle='A'\n[markdown]\n"),
        ("content/a.md", ""),
        (
            "templates/index.html",
            "<title>{% block title %}{{ config.title }}{% endblock %}</title>{% block content %}{% for page in section.pages %}<h1>{{ page.title }}</h1>{% endfor %}{% endblock %}",
        ),
        (
            "templates/page.html",
            "{% extends \"index.html\" %}{% block title %}{{ page.title }}{% endblock title %}{% block content %}<h2>{{page.title}}</h2>{{ page.extra.mood }}{% endblock %}",
        ),
    ]);
    let layout = &zola.layouts["page.html"];
    assert_eq!((title_keys(layout), visible(layout)), (vec!["title"], Some(("title", Some(2)))));
    assert!(zola.reads.contains_key("mood"));
    let hexo = theme(&[
        ("_config.yml", "theme: sea\n"),
        ("package.json", "{\"dependencies\": {\"hexo\": \"7\"}}"),
        ("source/_posts/a.md", ""),
        (
            "themes/sea/layout/layout.ejs",
            "<title><% var t = page.title; if (is_tag()){ t = page.tag } %><%= t %></title><%- open_graph() %><%- body %>",
        ),
        ("themes/sea/layout/post.ejs", "<%- partial('_partial/top', {post: page}) %>"),
        ("themes/sea/layout/_partial/top.ejs", "<h1 class=\"x\"><%= post.title %></h1>"),
    ]);
    let layout = &hexo.layouts["post"];
    assert_eq!((title_keys(layout), visible(layout)), (vec!["title"], Some(("title", Some(1)))));
    assert_eq!(description_keys(layout), ["description", "excerpt"]);
    let astro = theme(&[
        ("astro.config.mjs", "export default {}"),
        (
            "src/layouts/Post.astro",
            "---\nconst { title, lead = '' } = Astro.props;\nconst whole = `${title} | A`;\n---\n<title>{whole}</title><meta name=\"description\" content={lead} /><h1>{title}</h1>{lead && <p>{lead}</p>}",
        ),
    ]);
    let layout = &astro.layouts["*"];
    assert_eq!((title_keys(layout), visible(layout)), (vec!["title"], Some(("title", Some(1)))));
    assert_eq!(description_keys(layout), ["lead"]);
}

#[test]
fn hostile_templates_terminate() {
    let nested = "{% if a %}{% include a.html %}".repeat(300);
    let open = "{{ {% {# <title>{{ page.a[".repeat(5000);
    let tags = "<h1 <title \"".repeat(5000);
    let files = [
        ("_config.yml", ""),
        ("_layouts/a.html", "---\nlayout: a\n---\n{% include a.html %}{% include b.html %}{% include c.html %}"),
        ("_includes/a.html", nested.as_str()),
        ("_includes/b.html", open.as_str()),
        ("_includes/c.html", tags.as_str()),
    ];
    assert!(!theme(&files).layouts["a"].is_whole);
}

const HUGO: &str = "<title>{{ .Title }}</title>{{ with .Description }}<meta name=\"description\" content=\"{{ . }}\">{{ end \
                    }}<h1>{{ .Title }}</h1>{{ .Params.canonicalURL }}{{ .Content }}";

#[test]
fn a_section_has_its_own_layout_in_each_language() {
    let post = "---\ntitle: Nets\ndate: 2024-01-01\ndescription: How a net is mended.\n---\n<h1>Tools</h1>\n";
    let small = HUGO.replace("h1>", "h3>");
    for (path, expected) in [
        ("content/news/a.html", false),
        ("content/en/news/a.html", false),
        ("content/zh-cn/news/b/index.html", false),
        ("content/posts/a.html", true),
        ("content/en/posts/a.html", true),
    ] {
        let files = [
            ("hugo.toml", ""),
            ("layouts/_default/single.html", HUGO),
            ("layouts/news/single.html", small.as_str()),
            (path, post),
        ];
        let is_index = path.contains("index");
        assert_eq!(has(&files, "heading-repeats-title-level"), expected && !is_index, "{path}");
    }
}

fn post(front_matter: &str) -> String {
    format!("---\n{front_matter}---\n\nText.\n")
}

#[test]
fn the_title_may_come_from_another_key() {
    let layout = "<title>{{ newstitle or pageTitle or eleventyNavigation.key }}</title>{{ content | safe }}";
    let given = "---\neleventyComputed:\n  title: \"{{ newstitle }}\"\n---\n<title>{{ title }}</title>";
    let fixed = "<title>Boats</title>";
    let cases: [(&str, &str, &str, bool); 10] = [
        (layout, "layout: base.njk\n", "{\"eleventyNavigation\": {\"parent\": \"Boats\"}}", true),
        (layout, "layout: base.njk\nnewstitle: Ten\n", "{}", false),
        (layout, "layout: base\npageTitle: Ten\n", "{}", false),
        (layout, "layout: base.njk\neleventyNavigation:\n  key: Ten\n", "{}", false),
        (layout, "layout: base.njk\neleventyNavigation:\n  order: 10\n", "{}", true),
        (layout, "layout: base.njk\nsubtitle: Ten\n", "{}", true),
        (layout, "layout: base.njk\n", "{\"title\": \"Boats\"}", false),
        (given, "date: 2024-01-01\n", "{\"layout\": \"base.njk\"}", false),
        (fixed, "layout: base.njk\n", "{}", false),
        ("<title>{{ title }}</title>", "layout: base.njk\npageTitle: Ten\n", "{}", true),
    ];
    for (layout, front_matter, data, expected) in cases {
        let post = post(front_matter);
        let files = [
            ("eleventy.config.js", "export default function (c) { return { dir: { input: \"src\" } }; }"),
            ("src/_includes/base.njk", layout),
            ("src/blog/blog.json", data),
            ("src/blog/a.md", post.as_str()),
        ];
        assert_eq!(has(&files, "title-missing"), expected, "{layout} {front_matter} {data}");
    }
}

#[test]
fn the_title_is_a_heading_of_the_layouts_level() {
    let post = "---\nlayout: post\ntitle: Nets\ndescription: How a net is mended.\n---\n<p>Look.</p>\n<h1>Tools</h1>\n\
                <p>A needle.</p>\n";
    let cases = [
        (Some("<h2><a href=\"/\">{{ page.title }}</a></h2>{{ content }}"), false),
        (Some("<div class=title>{{ page.title }}</div>{{ content }}"), false),
        (Some("{{ content }}"), false),
        (Some("<h1>{{ page.title }}</h1>{{ content }}"), true),
        (Some("<h1>{{ site.title }}</h1><h2>{{ page.title }}</h2>{{ content }}"), false),
        (Some("{% include elsewhere.html %}{{ content }}"), true),
        (Some("{% if page.x %}<h1>{% else %}<h3>{% endif %}{{ page.title }}{{ content }}"), true),
        (None, true),
    ];
    for (layout, expected) in cases {
        let mut files = vec![("_config.yml", "title: Boats\n"), ("_posts/2024-07-30-a.html", post)];
        files.extend(layout.map(|layout| ("_layouts/post.html", layout)));
        assert_eq!(has(&files, "heading-repeats-title-level"), expected, "{layout:?}");
    }
}

#[test]
fn a_key_that_a_layout_reads_is_not_misspelled() {
    let cases = [
        ("hugo.toml", "layouts/_default/single.html", HUGO, "content/posts/a.md", "canonicalUrl: /x\n", false),
        ("hugo.toml", "layouts/_default/single.html", HUGO, "content/posts/a.md", "descripton: x\n", true),
        (
            "hugo.toml",
            "layouts/a.html",
            "{{ .Site.Params.canonicalURL }}",
            "content/posts/a.md",
            "canonicalUrl: /x\n",
            true,
        ),
        (
            "_config.yml",
            "_layouts/post.html",
            "{{ page.categorie }}",
            "_posts/2024-01-01-a.md",
            "categorie: x\n",
            false,
        ),
        ("_config.yml", "_layouts/post.html", "{{ page.Categorie }}", "_posts/2024-01-01-a.md", "categorie: x\n", true),
        (
            "_config.yml",
            "_includes/loose.html",
            "{{ page['categorie'] }}",
            "_posts/2024-01-01-a.md",
            "categorie: x\n",
            false,
        ),
    ];
    for (config, path, layout, file, front_matter, expected) in cases {
        let post = post(&format!("title: Nets\n{front_matter}"));
        let config = (config, "title: Boats\nbaseURL: 'https://a.example'\n");
        let config = if config.0 == "hugo.toml" { (config.0, "title = 'Boats'\n") } else { config };
        let files = [config, (path, layout), (file, post.as_str())];
        assert_eq!(has(&files, "key-misspelled"), expected, "{layout} {front_matter}");
    }
}

#[test]
fn an_empty_description_may_count_as_none() {
    let level = |files: &[(&str, &str)]| {
        rules(files).into_iter().find(|(rule, _)| rule == "value-placeholder").map(|(_, level)| level)
    };
    let hugo = post("title: Nets\nDescription: \"\"\ndate: 2024-07-30\n");
    let always = HUGO.replace("{{ with .Description }}", "").replace("{{ . }}\">{{ end }}", "{{ .Description }}\">");
    let or = HUGO
        .replace("{{ with .Description }}", "")
        .replace("{{ . }}\">{{ end }}", "{{ .Description | default .Site.Title }}\">");
    for (layout, expected) in [(HUGO, "info"), (&*always, "warn"), (&*or, "info")] {
        let files =
            [("hugo.toml", ""), ("layouts/_default/single.html", layout), ("content/posts/a.md", hugo.as_str())];
        assert_eq!(level(&files).as_deref(), Some(expected), "{layout}");
    }
    let jekyll = post("title: Nets\nlayout: post\ndescription: \"\"\n");
    // In Liquid, an empty string is truthy.
    let cases = [
        ("{% if page.description %}<meta name=\"description\" content=\"{{ page.description }}\">{% endif %}", "warn"),
        (
            "{% if page.description != '' %}<meta name=\"description\" content=\"{{ page.description }}\">{% endif %}",
            "info",
        ),
        ("<meta name=\"description\" content=\"{{ page.description | default: site.title }}\">", "info"),
        ("{% seo %}", "info"),
    ];
    for (layout, expected) in cases {
        let files = [("_config.yml", ""), ("_layouts/post.html", layout), ("_posts/2024-01-01-a.md", jekyll.as_str())];
        assert_eq!(level(&files).as_deref(), Some(expected), "{layout}");
    }
}

#[test]
fn the_description_is_the_key_that_the_layout_takes() {
    let long = "A long text about boats and nets, the wind and the tide, and all that is in a harbour. ".repeat(4);
    let one = post(&format!("title: Nets\nlayout: post\ntldr: {long}\n"));
    let other = post(&format!("title: Nets\nlayout: post\ndescription: {long}\n"));
    let layout = "<title>{{ page.title }}</title><meta name=\"description\" content=\"{{ page.tldr }}\">";
    for (post, expected) in [(&one, true), (&other, false)] {
        let files = [("_config.yml", ""), ("_layouts/post.html", layout), ("_posts/2024-01-01-a.md", post.as_str())];
        assert_eq!(has(&files, "description-wide"), expected, "{post}");
    }
    let image = |key: &str| format!("---\ntitle: Nets\nlayout: post\n{key}\n---\n\n![A net](/a.jpg)\n\nText.\n");
    for (key, layout, expected) in [
        ("tldr: How a net is mended.", layout, false),
        ("mood: calm", layout, true),
        (
            "mood: calm",
            "<title>{{ page.title }}</title><meta name=description content=\"{{ site.description }}\">",
            false,
        ),
        ("tldr: How a net is mended.", "{% include elsewhere.html %}", true),
    ] {
        let post = image(key);
        let files = [("_config.yml", ""), ("_layouts/post.html", layout), ("_posts/2024-01-01-a.md", post.as_str())];
        assert_eq!(has(&files, "summary-missing"), expected, "{key} {layout}");
    }
}

#[test]
fn equal_keys_are_reported_if_both_may_be_shown() {
    let text = "Before dawn the harbour is awake, and the boats come in.";
    let post = post(&format!("title: Nets\nlayout: post\nexcerpt: {text}\nfeature_text: {text}\n"));
    for (layout, expected) in [
        (None, true),
        (Some("{{ page.excerpt }}{{ page.feature_text }}"), true),
        (Some("{{ page.excerpt }}"), false),
        (Some("{{ page.excerpt }}{% include elsewhere.html %}"), true),
        (Some("{{ page[include.key] }}"), true),
    ] {
        let mut files = vec![("_config.yml", ""), ("_posts/2024-01-01-a.md", post.as_str())];
        files.extend(layout.map(|layout| ("_layouts/post.html", layout)));
        assert_eq!(has(&files, "summary-duplicated"), expected, "{layout:?}");
    }
}

#[test]
fn the_config_overrides_what_is_known_of_the_theme() {
    let layout = ("_layouts/post.html", HEAD);
    let post =
        ("_posts/2024-01-01-a.md", "---\nlayout: post\nheadline: Boats at dawn\ndescription: Tea.\n---\nText.\n");
    let files = [("_config.yml", "title: Boats\n"), layout, post];
    assert!(has(&files, "title-missing"));
    let config = ("postlint.yml", "site:\n  generator: jekyll\n  title-key: headline\n");
    let files = [("_config.yml", "title: Boats\n"), layout, post, config];
    assert!(!has(&files, "title-missing"));
    let blog = Blog::new(&files);
    let site: Value = serde_json::from_str(&stdout(&blog.run(&["site", "--format", "json"]))).unwrap();
    assert_eq!(site["sites"][0]["titleKeys"], serde_json::json!(["headline"]), "{site}");
    assert!(stdout(&blog.run(&["site"])).contains("postlint.yml:3"), "{}", stdout(&blog.run(&["site"])));
}

#[test]
fn the_config_sets_facts_where_no_site_is_found() {
    let post = ("content/posts/a.md", "---\nheadline: Boats\ndescription: Tea.\ndate: 2024-05-01\n---\nText.\n");
    let of = |config: &str| has(&[post, ("postlint.yml", config)], "title-missing");
    assert!(of("site: {generator: hugo}\n"));
    assert!(of("site: {generator: hugo, theme: hugo-PaperMod}\n"));
    assert!(!of("site: {generator: hugo, theme: hugo-PaperMod, title-key: headline}\n"));
    let broken = Blog::new(&[post, ("postlint.yml", "site: {theme: [a]}\n")]);
    let output = broken.run(&["."]);
    assert_eq!(output.status.code(), Some(2));
}

#[test]
fn pages_that_search_engines_leave_out_need_no_text_for_them() {
    let long = "A very long title about the market by the harbor that opens at four and sells its clams and crabs all day long";
    let post = |front: &str| format!("---\nlayout: post\ntitle: {long}\ndate: 2024-07-30\n{front}---\n\nAt four.\n");
    let checked = |head: &str, front: &str| {
        let layout = format!("<html><head>{head}<title>{{{{ page.title }}}}</title></head>{{{{ content }}}}");
        let post = post(front);
        let files = [
            ("_config.yml", "title: Boats\n"),
            ("_layouts/post.html", layout.as_str()),
            ("_posts/2024-07-30-market.md", post.as_str()),
        ];
        has(&files, "title-wide")
    };
    assert!(checked("", ""));
    assert!(!checked("<meta name=\"robots\" content=\"noindex\">", ""));
    assert!(!checked("<META content='noindex nofollow' name=robots>", ""));
    assert!(!checked("", "robots: noindex, follow\n"));
    assert!(!checked("", "noindex: true\n"));
    assert!(checked("<meta name=\"robots\" content=\"index, follow\">", ""));
    assert!(checked("<meta name=\"robots\" content=\"nofollow\">", "noindex: false\n"));
    assert!(checked("{% if page.hidden %}<meta name=\"robots\" content=\"noindex\">{% endif %}", ""));
    assert!(checked("<meta name=\"robots\" content=\"{{ page.robots | default: 'noindex' }}\">", ""));
}

#[test]
fn a_page_of_astro_that_search_engines_leave_out_is_one_page() {
    let tag = "<html><head><meta name=\"robots\" content=\"noindex\"><title>Print</title></head></html>";
    let files = [
        ("astro.config.mjs", "export default {};\n"),
        ("src/layouts/Post.astro", "---\nconst { title } = Astro.props;\n---\n<title>{title}</title>"),
        ("src/pages/print.astro", tag),
    ];
    assert!(theme(&files).layouts.values().all(|layout| layout.noindex.is_none()));
}

#[test]
fn pages_that_a_layout_sends_away_have_no_readers() {
    let layout = "<html><head>{{ if .Params.source_url }}<meta http-equiv=\"refresh\" content=\"0; url={{- \
                  .Params.source_url -}}\">{{ end }}<title>{{ .Title }}</title></head>{{ .Content }}</html>";
    let of = |front: &str| {
        let post = format!("---\n{front}---\n\nThe tide is low.\n");
        has(
            &[("hugo.toml", ""), ("layouts/_default/single.html", layout), ("content/posts/a.md", &post)],
            "title-missing",
        )
    };
    assert!(of("date: 2024-01-01\n"));
    assert!(of("date: 2024-01-01\nsource_url: ''\n"));
    assert!(!of("date: 2024-01-01\nsource_url: https://tide.example/\n"));
}

/// The keys that are certainly those of a page.
fn own(files: &[(&str, &str)]) -> Vec<String> {
    theme(files).own.into_keys().collect()
}

#[test]
fn keys_read_are_those_of_front_matter() {
    let zola = "{{ page.title }} {{ page.permalink }} {{ page.extra.mood }} {{ page.lower.title }} \
                {% for it in section.pages %}{{ it.weight }}{% endfor %}";
    assert_eq!(own(&[("zola.toml", "base_url = \"x\"\n"), ("templates/page.html", zola)]), ["mood", "title"]);

    let pelican = "{{ article.title }} {{ article.locale_date }} {{ article.mood }} {{ article.metadata.x }}";
    let files = [("pelicanconf.py", "SITENAME = 'A'\n"), ("theme/templates/article.html", pelican)];
    assert_eq!(own(&files), ["mood", "title"]);

    let eleventy = "{% set heading = title %}{% block side %}{{ mood }}{% endblock %}{{ heading }}{{ side }}\
                    {% macro card(href) %}{{ href }}{% endmacro %}{% for post in posts %}{{ post.data.x }}{% endfor %}";
    let files = [("eleventy.config.js", "export default {}\n"), ("_includes/a.njk", eleventy)];
    assert_eq!(own(&files), ["mood", "posts", "title"]);

    let astro = "---\nconst { label, href } = Astro.props;\nconst { title } = post.data;\n---\n<a href={href}>{label}</a>\
                 {title}{frontmatter.mood}";
    let files = [
        ("astro.config.mjs", "export default {}\n"),
        ("package.json", "{\"dependencies\": {\"astro\": \"5\"}}"),
        ("src/components/Card.astro", astro),
    ];
    assert_eq!(own(&files), ["mood", "title"]);
}

#[test]
fn more_themes_are_known() {
    let found = theme(&[("_config.yml", "remote_theme: just-the-docs/just-the-docs@v0.10.0\n")]);
    let layout = found.elsewhere.unwrap();
    assert_eq!((title_keys(&layout), visible(&layout)), (vec!["title"], None));
    assert_eq!(description_keys(&layout), ["description", "excerpt"]);
    let files = [("_config.yml", "theme: butterfly\n"), ("package.json", "{\"dependencies\": {\"hexo\": \"^8\"}}")];
    let layout = theme(&files).elsewhere.unwrap();
    assert_eq!((title_keys(&layout), visible(&layout)), (vec!["title"], Some(("title", Some(1)))));
}
