//! Which pictures of a site are missing, as far as its layouts and its URLs say.

use crate::support::blog::{Blog, stdout};

/// Number of missing pictures in the sections of a site with these layouts.
fn missing(layouts: &[(&str, &str)]) -> usize {
    let text = "---\ntitle: Boats\n---\n\n![Boats](/images/boats.png)\n";
    let site = [
        ("hugo.toml", "baseURL = 'https://harbour.example.org/'\n"),
        ("static/images/quay.png", ""),
        ("content/_index.md", text),
        ("content/a/_index.ko.md", text),
        // These are no sections.
        ("archetypes/_index.md", text),
        ("content/a/_part.md", text),
    ];
    let blog = Blog::new(&[&site, layouts].concat());
    let found = blog.run(&["--select", "image-file-missing", "--format", "concise"]);
    stdout(&found).lines().filter(|line| line.contains("the site has no file `static/images/boats.png`")).count()
}

#[test]
fn pictures_of_sections_are_missing_unless_no_layout_prints_them() {
    let single = ("layouts/_default/single.html", "{{ .Content }}");
    let list = ("layouts/_default/list.html", "<h1>{{ .Title }}</h1>{{ partial \"body.html\" . }}");
    assert_eq!(missing(&[]), 2);
    assert_eq!(missing(&[single]), 2);
    assert_eq!(missing(&[single, list]), 0);
    assert_eq!(missing(&[single, list, ("layouts/partials/body.html", "{{ .Content }}")]), 2);
    assert_eq!(missing(&[single, ("layouts/section.html", "{{ with .Content }}{{ . }}{{ end }}")]), 2);
    assert_eq!(missing(&[list, ("layouts/shortcodes/a.html", "{{ .Page.Content }}")]), 0);
}

#[test]
fn paths_relative_to_the_url_of_a_jekyll_post_are_reported_unless_a_layout_sets_the_base() {
    let post = "---\nlayout: post\ntitle: Boats\n---\n\n![Boats](img/boats.png)\n";
    let found = |config: &str, layout: &str| {
        let blog = Blog::new(&[
            ("_config.yml", config),
            (
                "_layouts/post.html",
                &format!("<html lang=\"en\"><head>{layout}</head><body>{{{{ content }}}}</body></html>"),
            ),
            ("_posts/2024-05-01-boats.md", post),
            ("img/boats.png", ""),
        ]);
        stdout(&blog.run(&["--select", "image-file-missing", "--format", "concise"]))
    };
    let title = "<title>{{ page.title }}</title>";
    let missing = "the site has no file `2024/05/01/img/boats.png`";
    assert!(found("title: Harbour\n", title).contains(missing));
    assert!(found("baseurl: /blog\n", title).contains(missing));
    assert_eq!(found("title: Harbour\n", &format!("<base href=\"/\">{title}")), "");
    assert_eq!(found("permalink: /:title.html\n", title), "");
    assert_eq!(found("permalink: /:title/\n", title).matches("no file `boats/img/boats.png`").count(), 1);
}
