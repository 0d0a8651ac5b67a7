//! Which links of a site are broken, as far as its config and its unpublished pages say.

use crate::support::blog::{Blog, stdout};

const CONFIG: &str = "baseURL = 'https://harbour.example.org/'\nlanguageCode = 'en'\n";

fn post(title: &str, body: &str) -> String {
    format!("---\ntitle: {title}\n---\n\nWhat the boats brought: {title}. {body}\n")
}

/// The broken links of a Hugo site with four pages below `/a/`, the first of which has this body.
fn broken(config: &str, body: &str, others: &[(&str, &str)]) -> String {
    let (config, first) = (format!("{CONFIG}{config}"), post("Nets", body));
    let (second, third, fourth) = (post("Ropes", ""), post("Tides", ""), post("Sails", ""));
    let own = [
        ("content/a/nets.md", &*first),
        ("content/a/ropes.md", &second),
        ("content/a/tides.md", &third),
        ("content/a/sails.md", &fourth),
    ];
    let files: Vec<(&str, &str)> =
        [("hugo.toml", &*config)].into_iter().chain(own).chain(others.iter().copied()).collect();
    let found = Blog::new(&files).run(&["--select", "internal-link-broken", "--format", "concise"]);
    stdout(&found).lines().map(|line| line.split_once("] ").map_or(line, |(_, message)| message)).collect()
}

#[test]
fn the_targets_of_a_cascade_are_no_redirects() {
    let link = "[x](/a/nope/)";
    let message = "no page of this site has the URL `/a/nope/`";
    assert_eq!(broken("", link, &[]), message);
    for path in ["/a/**", "{/a/**,/b/**}", "{/b/**,/a/**}", "/b/**"] {
        let target = format!("path = '{path}'\nkind = 'page'\n");
        let list = format!("[[cascade]]\n[cascade.params]\nx = true\n[cascade.target]\n{target}");
        assert_eq!(broken(&list, link, &[]), message, "{path}");
        let one = format!("[Cascade.params]\nx = true\n[Cascade.target]\n{target}");
        assert_eq!(broken(&one, link, &[]), message, "{path}");
    }
    assert_eq!(broken("[security.exec]\nallow = ['^/a/n$']\n", link, &[]), message);
}

#[test]
fn keys_of_a_cascade_that_urls_depend_on_matter_for_its_targets() {
    let cascade = |path: &str| format!("[[cascade]]\nurl = '/b/nope/'\n[cascade.target]\npath = '{path}'\n");
    let (old, new) = ("[x](/a/ropes/)", "[x](/b/nope/)");
    assert_eq!(broken(&cascade("/a/ropes"), old, &[]), "no page of this site has the URL `/a/ropes/`");
    assert_eq!(broken(&cascade("/a/ropes"), new, &[]), "");
    assert_eq!(broken(&cascade("/b/ropes"), old, &[]), "");
}

#[test]
fn redirects_in_the_config_are_followed() {
    let redirect = |from: &str| format!("[[server.redirects]]\nfrom = '{from}'\nto = '/a/nets/'\n");
    assert_eq!(broken(&redirect("/a/nope/"), "[x](/a/nope/)", &[]), "");
    assert_eq!(broken(&redirect("/a/**"), "[x](/a/nope/)", &[]), "");
}

#[test]
fn redirects_of_hosts_and_servers_are_followed_in_each_spelling() {
    let message = "no page of this site has the URL `/a/nope.html`";
    let link = "[x](/a/nope.html)";
    assert_eq!(broken("", link, &[]), message);
    for (path, text) in [
        ("static/_redirects", "/a/nope.html /a/nets/ 301\n"),
        ("static/_redirects", "/a/nope /a/nets/ 301\n"),
        ("static/.htaccess", "Redirect 301 /a/nope.html /a/nets/\n"),
        ("content/.htaccess", "RewriteRule ^a/nope\\.html$ /a/nets/ [R=301,L]\nRedirect 301 /a/nope.html /a/nets/\n"),
        ("netlify.toml", "[[redirects]]\nfrom = \"/a/nope.html\"\nto = \"/a/nets/\"\n"),
    ] {
        assert_eq!(broken("", link, &[(path, text)]), "", "{path}: {text}");
    }
    assert_eq!(broken("", link, &[("static/_redirects", "/a/other.html /a/nets/ 301\n")]), message);
}

#[test]
fn redirects_at_the_root_of_the_repository_count_for_a_site_in_a_folder() {
    let post = |name: &str, body: &str| (format!("docs/content/a/{name}.md"), post(name, body));
    let posts = [post("nets", "[x](/a/nope.html)"), post("ropes", ""), post("tides", ""), post("sails", "")];
    for (others, expected) in [(vec![], 1), (vec![("content/.htaccess", "Redirect /a/nope.html /a/nets/\n")], 0)] {
        let posts = posts.iter().map(|(path, text)| (path.as_str(), text.as_str()));
        let files: Vec<(&str, &str)> = [("docs/hugo.toml", CONFIG)].into_iter().chain(posts).chain(others).collect();
        let found = Blog::new(&files).run(&["--select", "internal-link-broken", "--format", "concise"]);
        assert_eq!(stdout(&found).lines().count(), expected, "{}", stdout(&found));
    }
}

#[test]
fn a_page_whose_url_depends_on_the_time_zone_is_suggested_with_both() {
    let with_time = "---\ntitle: Nets\ndate: 2024-05-01 23:00:00 -0800\n---\n\nText.\n";
    let linking = "---\ntitle: Ropes\n---\n\n[nets](/blog/2024/04/30/nets.html)\n";
    let others = ["a", "b", "c"].map(|name| (format!("_posts/2024-04-30-{name}.md"), post(name, "")));
    let files: Vec<(&str, &str)> = [
        ("_config.yml", "permalink: /blog/:year/:month/:day/:title.html\n"),
        ("_posts/2024-05-01-nets.md", with_time),
        ("_posts/2024-05-02-ropes.md", linking),
    ]
    .into_iter()
    .chain(others.iter().map(|(path, text)| (path.as_str(), text.as_str())))
    .collect();
    let found = Blog::new(&files).run(&["--select", "internal-link-broken"]);
    let shown = stdout(&found);
    let (one, other) = ("/blog/2024/05/01/nets.html", "/blog/2024/05/02/nets.html");
    let shown = shown.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(shown.contains(&format!("did you mean `{one}`, which is `{other}` in another time zone?")), "{shown}");
}

#[test]
fn an_unpublished_page_is_blamed_for_links_to_its_own_url_only() {
    let never = "---\ntitle: Build\nbuild: {render: never}\n---\n\nHow to build a boat.\n";
    let (link, none) = ("[x](/a/build/)", "no page of this site has the URL `/a/build/`");
    let unpublished = |path: &str| format!("the site does not publish `{path}`, the page of this link");
    for path in ["content/a/build.md", "content/a/build/index.md", "content/a/build/_index.md", "content/a/build.ko.md"]
    {
        assert_eq!(broken("", link, &[(path, never)]), unpublished(path));
    }
    for path in ["content/glossary/build.md", "content/build.md", "content/build/a.md", "content/b/build/index.md"] {
        assert_eq!(broken("", link, &[(path, never)]), none, "{path}");
    }
    let both = [("content/a/build.md", never), ("content/glossary/build.md", never)];
    assert_eq!(broken("", link, &both), unpublished("content/a/build.md"));
    // The folder of a page is not the name of its URL.
    assert_eq!(broken("", link, &[("content/a/build/boat.md", never)]), none);
}

#[test]
fn permalinks_tell_the_folder_of_an_unpublished_page() {
    let draft = "---\ntitle: Boats\ndraft: true\n---\n\nHow to build a boat.\n";
    let message = "the site does not publish `content/a/boats.md`, the page of this link";
    let permalinks = "[permalinks]\na = '/log/:slugorfilename/'\n";
    assert_eq!(broken(permalinks, "[x](/log/boats/)", &[("content/a/boats.md", draft)]), message);
    let new = "[permalinks.page]\na = '/log/:slugorfilename/'\n";
    assert_eq!(broken(new, "[x](/log/boats/)", &[("content/a/boats.md", draft)]), message);
    let other = broken(permalinks, "[x](/log/boats/)", &[("content/b/boats.md", draft)]);
    assert_eq!(other, "no page of this site has the URL `/log/boats/`");
}

#[test]
fn permalinks_of_terms_are_of_pages_without_a_file() {
    let terms = "[taxonomies]\nport = 'ports'\n[permalinks]\nports = '/a/:slug/'\n";
    assert_eq!(broken(terms, "[x](/a/nope/)", &[]), "");
    assert_eq!(broken("[permalinks.term]\ntags = '/a/:slug/'\n", "[x](/a/nope/)", &[]), "");
}

#[test]
fn permalinks_of_jekyll_are_no_redirects() {
    let names = ["nets", "ropes", "tides", "sails"];
    let posts = names.map(|name| {
        let body = if name == "nets" { "[x](/blog/2024/nope/)" } else { "" };
        (format!("_posts/2024-01-01-{name}.md"), post(name, body))
    });
    for (config, expected) in [
        ("permalink: /blog/:year/:title/\n", 1),
        ("defaults:\n  - scope: {path: ''}\n    values: {permalink: '/blog/:year/:title/'}\n", 1),
        ("permalink: /blog/:year/:title/\nredirects: {/blog/2024/nope/: /}\n", 0),
    ] {
        let posts = posts.iter().map(|(path, text)| (path.as_str(), text.as_str()));
        let files: Vec<(&str, &str)> = [("_config.yml", config)].into_iter().chain(posts).collect();
        let found = Blog::new(&files).run(&["--select", "internal-link-broken", "--format", "concise"]);
        assert_eq!(stdout(&found).lines().count(), expected, "{config}{}", stdout(&found));
    }
}

#[test]
fn rehype_external_links_sets_rel_and_changes_no_url() {
    let post = "---\ntitle: Nets\n---\n[Quay](https://harbour.example.org/quay/) and [a boat](https://amzn.to/boat).\n";
    let found = |package: &str, config: &str| {
        let quay = ("src/pages/quay.md", "---\ntitle: Quay\n---\nStones.\n");
        let files = [("package.json", package), ("astro.config.mjs", config), ("src/pages/nets.md", post), quay];
        let select = "internal-link-absolute,paid-link-unqualified";
        let output = Blog::new(&files).run(&["--select", select, "--format", "concise", "--exit-zero", "."]);
        let rule = |line: &str| line.split(['[', ']']).nth(1).unwrap().to_owned();
        stdout(&output).lines().map(rule).collect::<Vec<_>>()
    };
    let plain = "export default { site: 'https://harbour.example.org' };\n";
    let listed = "export default { site: 'https://harbour.example.org', markdown: { rehypePlugins: [own] } };\n";
    let dependency = r#"{"dependencies": {"astro": "5.0.0"}, "devDependencies": {"rehype-external-links": "3.0.0"}}"#;
    let none = r#"{"dependencies": {"astro": "5.0.0"}}"#;
    assert_eq!(found(none, plain), ["internal-link-absolute", "paid-link-unqualified"]);
    assert_eq!(found(dependency, plain), ["internal-link-absolute"]);
    // Others in the config may change URLs as well.
    assert_eq!(found(dependency, listed), [""; 0]);
}
