//! Descriptions that generators make of excerpts, where several posts begin with the same text.

use crate::support::blog::{Blog, stdout};

/// A layout with jekyll-seo-tag.
const SEO: (&str, &str) = ("_layouts/post.html", "<html lang=\"en\"><head>{% seo %}</head>{{ content }}");
const CONFIG: (&str, &str) = ("_config.yml", "title: News\nplugins: [jekyll-seo-tag]\n");
/// A layout of Hugo.
const HEAD: (&str, &str) = (
    "layouts/_default/single.html",
    "<head><title>{{ .Title }}</title><meta name=\"description\" content=\"{{ with .Description }}{{ . }}{{ else }}{{ \
     .Summary | plainify }}{{ end }}\"></head>{{ .Content }}",
);

/// The lines with findings of two posts of a site with these bodies.
fn lines(files: &[(&str, &str)], folder: &str, bodies: [&str; 2]) -> Vec<String> {
    let post = |day: usize, body: &str| {
        let path = format!("{folder}/2024-05-0{day}-boat.md");
        (path, format!("---\nlayout: post\ntitle: Boat {day}\ndate: 2024-05-0{day}\n---\n{body}\n\nDay {day}.\n"))
    };
    let [first, second] = [post(1, bodies[0]), post(2, bodies[1])];
    let posts = [(&*first.0, &*first.1), (&*second.0, &*second.1)];
    let found =
        Blog::new(&[files, &posts].concat()).run(&["--select", "description-shared", "--format", "concise", "."]);
    let place = |line: &str| line.split(" warn").next().unwrap().trim_end_matches(':').to_owned();
    stdout(&found).lines().map(place).collect()
}

fn jekyll(bodies: [&str; 2]) -> Vec<String> {
    lines(&[CONFIG, SEO], "_posts", bodies)
}

#[test]
fn jekyll_describes_a_post_by_its_first_block() {
    let newest = ["_posts/2024-05-02-boat.md:7:1"];
    assert_eq!(jekyll(["\nHello sailors!", "\nHello  *sailors*!"]), newest);
    assert_eq!(jekyll(["\n## 들어가며", "\n## 들어가며"]), newest);
    assert_eq!(jekyll(["Hello!", "\nHello!"]), newest);
    assert_eq!(jekyll(["\n> Hello sailors!", "\nHello sailors!"]), newest);
    // What is in it tells them apart, or is not known.
    assert_eq!(jekyll(["\nRelease `1`", "\nRelease `2`"]), [""; 0]);
    assert_eq!(jekyll(["\nHello:\n- one", "\nHello:\n- two"]), [""; 0]);
    assert_eq!(jekyll(["\nHello {{ page.title }}", "\nHello {{ page.title }}"]), [""; 0]);
    assert_eq!(jekyll(["\n![boat](/boat.png)", "\n![boat](/boat.png)"]), [""; 0]);
    // Jekyll's excerpt is what is before the first blank line: this comment.
    assert_eq!(jekyll(["\n<!-- a -->\n\nHello!", "\n<!-- a -->\n\nHello!"]), [""; 0]);
    // Without a blank line, all is the excerpt.
    assert_eq!(jekyll(["\r\nHello!\r\n\r\nOne", "\r\nHello!\r\n\r\nTwo"]), [""; 0]);
}

#[test]
fn an_excerpt_ends_at_its_separator() {
    let with = |separator: &str, bodies| {
        let config = format!("{}excerpt_separator: \"{separator}\"\n", CONFIG.1);
        lines(&[("_config.yml", &*config), SEO], "_posts", bodies)
    };
    let newest = ["_posts/2024-05-02-boat.md:7:1"];
    assert_eq!(with("<!--more-->", ["\nHello!\n\n<!--more-->", "\nHello!\n<!--more-->"]), newest);
    assert_eq!(with("<!--more-->", ["\nHello!", "\nHello!"]), [""; 0]);
    assert_eq!(with("<!--more-->", ["\nHello!\n\nOne.\n<!--more-->", "\nHello!\n\nTwo.\n<!--more-->"]), [""; 0]);
    assert_eq!(with("", ["\nHello!", "\nHello!"]), [""; 0]);
}

#[test]
fn only_a_layout_that_prints_the_excerpt_makes_a_description_of_it() {
    let same = ["\nHello!", "\nHello!"];
    let other = ("_layouts/post.html", "<head><title>{{ page.title }}</title></head>{{ page.excerpt }}{{ content }}");
    assert_eq!(lines(&[CONFIG, other], "_posts", same), [""; 0]);
    assert_eq!(lines(&[CONFIG], "_posts", same), [""; 0]);
    assert_eq!(lines(&[("_config.yml", "theme: minima\n")], "_posts", same).len(), 1);
    let defaults = "title: News\ndefaults:\n- scope: {path: ''}\n  values: {description: The news}\n";
    assert_eq!(lines(&[("_config.yml", defaults), SEO], "_posts", same), [""; 0]);
    // Pages have no excerpt.
    assert_eq!(lines(&[CONFIG, SEO], "notes", same), [""; 0]);
}

#[test]
fn hugo_and_hexo_take_what_is_before_a_comment() {
    let config = ("hugo.toml", "baseURL = \"https://harbour.example.org/\"\n");
    let hugo = |bodies| lines(&[config, HEAD], "content/posts", bodies);
    let newest = ["content/posts/2024-05-02-boat.md:7:1"];
    assert_eq!(hugo(["\n안녕하세요!\n\n<!--more-->", "\n안녕하세요!\n<!--more-->"]), newest);
    assert_eq!(hugo(["\nHello!", "\nHello!"]), [""; 0]);
    assert_eq!(hugo(["\nHello!\n\nOne.\n\n<!--more-->", "\nHello!\n\nTwo.\n\n<!--more-->"]), [""; 0]);
    let config = ("_config.yml", "title: News\ntheme: next\n");
    let hexo = ("package.json", "{\"dependencies\": {\"hexo\": \"7.0.0\"}}");
    let found = lines(&[config, hexo], "source/_posts", ["\n你好!\n\n<!-- more -->", "\n你好!\n\n<!--MORE-->"]);
    assert_eq!(found, ["source/_posts/2024-05-02-boat.md:7:1"]);
}
