//! Whatever changes in a site, a run with a cache finds what one without it finds.

use super::{Cached, post};
use crate::support::blog::Blog;
use std::fs::{self, File};
use std::time::Duration;

/// A file of a site, and the texts that it may have; `None`: there is no file.
type Choices = (&'static str, Vec<Option<String>>);

fn texts(texts: &[&str]) -> Vec<Option<String>> {
    texts.iter().map(|text| Some((*text).to_owned())).chain([None]).collect()
}

/// The files of a Jekyll site of which findings depend on each other.
fn jekyll() -> Vec<Choices> {
    let boats = [
        post("The boats", "![A boat](/images/boat.jpg)\n\n[Nets](/2024/01/02/nets.html)\n\n<img src=\"a.png\">"),
        post("The boats", "![A boat](/images/bOat.jpg)\n\n[Nets](/2024/01/02/nets.html#knots)\n\n<img src=\"a.png\">"),
        post("The nets", "Text with [a link](https://example.com/2024/01/02/nets/).\n\n<center>Old</center>"),
        format!("{}\n<!-- postlint-ignore-file alt-missing -->\n", post("The boats", "<img src=\"/images/boat.jpg\">")),
        "no front matter\n\n<img src=\"/images/boat.jpg\">\n".to_owned(),
        post("Far away", "Text.").replace("layout: post", "layout: post\ndate: 2999-01-01"),
    ];
    let nets = [post("The nets", "## Knots\n\nText of it."), post("The nets", "Text of it."), post("Nets", "Text.")];
    let owned = |posts: &[String]| posts.iter().cloned().map(Some).chain([None]).collect::<Vec<_>>();
    let config = "url: https://example.com\ntitle: Sea\npermalink: /:year/:month/:day/:title.html\n";
    vec![
        ("_posts/2024-01-01-boats.md", owned(&boats)),
        ("_posts/2024-01-02-nets.md", owned(&nets)),
        // The pictures are at the same bytes, and not in the same columns.
        (
            "_posts/2024-01-03-oars.md",
            owned(&[
                post("The oars", "[Boats](/2024/01/01/boats.html) [Old](/old/)"),
                post("The oars", "é ![A boat](/images/other.jpg)"),
                post("The oars", "to ![A boat](/images/other.jpg)"),
            ]),
        ),
        ("_redirects", texts(&["/old/ /2024/01/02/nets.html 301\n", "/older/ /about/ 301\n"])),
        ("about.md", texts(&["---\nlayout: page\ntitle: About\n---\n\n<img src=\"/images/boat.jpg\">\n"])),
        ("images/boat.jpg", texts(&["a picture"])),
        ("images/other.jpg", texts(&["a picture"])),
        (
            "_config.yml",
            texts(&[
                config,
                &format!("{config}markdown: CommonMark\n"),
                &config.replace("title.html", "title/"),
                &format!("{config}defaults:\n- scope: {{path: ''}}\n  values: {{lang: en, description: The same.}}\n"),
                "title: [broken\n",
            ]),
        ),
        (
            "_layouts/post.html",
            texts(&[
                "<html lang=\"en\"><head><title>{{ page.title }}</title></head><body><h1>{{ page.title }}</h1>{{ content }}</body></html>\n",
                "<html><head><title>{{ page.headline }}</title><meta name=\"robots\" content=\"noindex\"></head>{{ content }}</html>\n",
            ]),
        ),
        (
            "postlint.yml",
            texts(&[
                "rules: {element-obsolete: error}\n",
                "extends: base.yml\n",
                "front-matter:\n- required: [author]\n",
                "overrides:\n- match: _posts/2024-01-01-*\n  rules: {alt-missing: off}\n",
            ]),
        ),
        ("base.yml", texts(&["rules: {alt-missing: info}\n", "rules: {all: warn}\n"])),
        (
            ".postlint/rules/text-old.md",
            texts(&[
                "---\nsummary: old text\ngroup: text\nlevel: warn\nmatch: {select: center}\nlabel: this is old\n---\n\nBad.\n",
            ]),
        ),
        (".gitignore", texts(&["images/\n", "about.md\n"])),
    ]
}

/// The files of a Hugo site.
fn hugo() -> Vec<Choices> {
    let page = |title: &str, more: &str, body: &str| {
        Some(format!(
            "---\ntitle: {title}\ndate: 2024-01-01\ndescription: What {title} is about.\n{more}---\n\n{body}\n"
        ))
    };
    let boats = vec![
        page("The boats", "", "[Nets]({{< ref \"nets\" >}})\n\n![A boat](boat.jpg)"),
        page("The nets", "aliases: [/old/]\n", "[Nets](/posts/nets/#knots)\n\n<img src=\"/boat.jpg\">"),
        page("The boats", "draft: true\n", "Text."),
        None,
    ];
    let index = |more: &str| Some(format!("---\ntitle: Posts\n{more}---\n"));
    vec![
        ("content/posts/boats.md", boats.clone()),
        ("content/posts/boats/index.md", boats),
        ("content/posts/nets.md", vec![page("The nets", "", "## Knots\n\n[Boats](/posts/boats/)"), None]),
        (
            "content/posts/_index.md",
            vec![index(""), index("cascade: {draft: true}\n"), index("cascade: {url: /same/}\n"), None],
        ),
        ("content/_index.md", vec![index("cascade: {layout: wide, description: The same.}\n"), None]),
        ("content/posts/boat.jpg", texts(&["a picture"])),
        ("static/boat.jpg", texts(&["a picture"])),
        (
            "hugo.toml",
            texts(&["baseURL = 'https://example.com/'\n", "baseURL = 'https://example.com/'\nuglyURLs = true\n"]),
        ),
        (
            "layouts/_default/single.html",
            texts(&["<html><title>{{ .Title }}</title><h1>{{ .Title }}</h1>{{ .Content }}</html>\n"]),
        ),
        ("postlint.yml", texts(&["rules: {alt-missing: error}\n"])),
    ]
}

/// The files of an Eleventy site.
fn eleventy() -> Vec<Choices> {
    let page =
        |title: &str, body: &str| Some(format!("---\ntitle: {title}\ndescription: What it is.\n---\n\n{body}\n"));
    vec![
        (
            "posts/boats.md",
            vec![page("The boats", "[Nets](/posts/nets/)\n\n<img src=\"/a.jpg\">"), page("The nets", "Text."), None],
        ),
        ("posts/nets.md", vec![page("The nets", "[Boats](/posts/boats/)"), None]),
        (
            "posts/posts.json",
            texts(&[
                "{\"layout\": \"post.njk\"}\n",
                "{\"permalink\": \"/same/\"}\n",
                "{\"layout\": \"other.njk\", \"lang\": \"en\"}\n",
            ]),
        ),
        ("_includes/post.njk", texts(&["<title>{{ title }}</title><h1>{{ title }}</h1>{{ content }}\n"])),
        (
            "_includes/other.njk",
            texts(&["<html lang=\"{{ lang }}\"><title>{{ heading }}</title>{{ content }}</html>\n"]),
        ),
        (
            "eleventy.config.js",
            texts(&[
                "module.exports = function (config) { return {}; };\n",
                "module.exports = function (config) { return { dir: { input: \".\" } }; };\n",
            ]),
        ),
        ("a.jpg", texts(&["a picture"])),
    ]
}

/// Numbers that look random, and are the same in each run.
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % end
    }
}

/// Gives a file a text, or removes it. Where both texts have the same length, its time of modification stays.
fn set(blog: &Blog, name: &str, text: Option<&String>) {
    let path = blog.0.join(name);
    let Some(text) = text else {
        let _ = fs::remove_file(path);
        return;
    };
    let before = fs::metadata(&path).ok();
    blog.write(name, text);
    if let Some(before) = before.filter(|before| before.len() == text.len() as u64) {
        File::options().append(true).open(path).unwrap().set_modified(before.modified().unwrap()).unwrap();
    }
}

/// Changes files of a site at random, and compares runs over all of it and over one post.
fn changes(files: &[Choices], steps: usize, seed: u64) {
    let site = Cached::new(&[]);
    for (name, choices) in files {
        set(&site.blog, name, choices[0].as_ref());
    }
    let mut numbers = Numbers(seed);
    let (mut distinct, mut after) = (std::collections::BTreeSet::new(), "nothing".to_owned());
    for step in 0..steps {
        let arguments: &[&str] = if step % 3 == 2 { &["--select", "all"] } else { &[] };
        let arguments = [arguments, &["--format", "json", "--fail-on", "info"]].concat();
        if site.blog.0.join(files[0].0).exists() && step % 2 == 1 {
            site.same(&[&arguments[..], &[files[0].0]].concat(), &after);
        }
        distinct.insert(site.same(&arguments, &after));
        site.same(&arguments, &format!("{after}, and a run"));
        let (name, choices) = &files[numbers.below(files.len())];
        let number = numbers.below(choices.len());
        set(&site.blog, name, choices[number].as_ref());
        after = format!("step {step}: text {number} in {name}");
    }
    assert!(distinct.len() > 6, "the changes change what is found: {}", distinct.len());
}

/// Number of changes in each site, from `POSTLINT_CACHE_CHANGES`.
fn steps() -> usize {
    std::env::var("POSTLINT_CACHE_CHANGES").ok().and_then(|number| number.parse().ok()).unwrap_or(40)
}

#[test]
fn anything_may_change_in_a_site_of_jekyll() {
    changes(&jekyll(), steps(), 34);
}

#[test]
fn anything_may_change_in_a_site_of_hugo() {
    changes(&hugo(), steps(), 2);
}

#[test]
fn anything_may_change_in_a_site_of_eleventy() {
    changes(&eleventy(), steps(), 3);
}

/// A change that keeps the size of a file and its time of modification is seen: right after a run, and when the file was old.
#[test]
fn a_change_that_keeps_size_and_time_is_seen() {
    let site = Cached::new(&[("a.md", &post("The boats", "<img src=\"/a.png\">"))]);
    for wait in [Duration::ZERO, Duration::from_millis(2_300)] {
        set(&site.blog, "a.md", Some(&post("The boats", "<img src=\"/a.png\">")));
        std::thread::sleep(wait);
        let arguments = ["--format", "concise", "--select", "alt-missing"];
        assert!(site.same(&arguments, "nothing").contains("alt-missing"));
        set(&site.blog, "a.md", Some(&post("The boats", "<img alt=\"/a.pn\">")));
        assert_eq!(site.same(&arguments, "a change"), "");
    }
}

/// A post that expires while it is in the cache, and one whose day has come.
#[test]
fn time_passes() {
    use postlint::place::notes;
    let (years, asked) = notes::during(|| notes::has_come(100, 99) || notes::has_come(50, 99));
    assert!(years);
    assert_eq!((asked.since, asked.until), (50, 100));
    assert!(asked.hold_at(99) && asked.hold_at(50) && !asked.hold_at(100) && !asked.hold_at(49));
}
