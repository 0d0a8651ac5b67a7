//! `postlint links`: the links of posts, and what each leads to.

use crate::support::blog::{Blog, code, stdout};
use serde_json::Value;

const STORM: &str = "_posts/2024-05-08-storm.md";
const BOAT: &str = "_posts/2024-05-01-boat.md";

fn blog() -> Blog {
    let config = "url: https://harbour.example.org\nbaseurl: /blog\n";
    let boat = "---\ntitle: The harbour\nredirect_from: /old/\n---\n\n## The quay\n";
    let storm = "---\ntitle: A storm\n---\n\n\
                 [one](/blog/2024/05/01/boat.html#the-quay) [two]({% post_url 2024-05-01-boat %})\n\
                 [three](https://sea.example.com/a?b=c) [three again](https://sea.example.com/a?b=c)\n\
                 [four](#here) [five](/shop/) [six]({{ page.previous.url }}) [seven](mailto:boat@example.org)\n\
                 [eight](https://harbour.example.org/blog/old/) [nine](/blog/2024/05/01/goat.html)\n";
    Blog::new(&[("_config.yml", config), (BOAT, boat), (STORM, storm)])
}

#[test]
fn each_link_is_listed_with_the_file_it_leads_to() {
    let blog = blog();
    let output = blog.run(&["links"]);
    assert_eq!(code(&output), 0);
    let shown = stdout(&output);
    let lines: Vec<&str> = shown.lines().collect();
    assert_eq!(lines.len(), 10, "{shown}");
    assert_eq!(lines[0], format!("{STORM}:5:7\t/blog/2024/05/01/boat.html#the-quay\t{BOAT}"));
    assert!(lines[1].ends_with(BOAT), "{shown}");
    assert_eq!(lines[2], format!("{STORM}:6:9\thttps://sea.example.com/a?b=c\t-"));
    assert!(lines[9].ends_with("\t?"), "{shown}");
}

#[test]
fn external_links_are_urls_for_other_programs() {
    assert_eq!(stdout(&blog().run(&["links", "--external"])), "https://sea.example.com/a?b=c\n");
}

#[test]
fn internal_links_are_those_of_the_site() {
    let shown = stdout(&blog().run(&["links", "--internal", STORM]));
    assert_eq!(shown.lines().count(), 4, "{shown}");
}

#[test]
fn the_links_to_a_page_are_found_by_its_file_its_url_and_its_old_url() {
    let blog = blog();
    let count = |to: &str| stdout(&blog.run(&["links", "--to", to])).lines().count();
    let urls = [
        "/blog/2024/05/01/boat.html",
        "/blog/2024/05/01/boat",
        "https://harbour.example.org/blog/2024/05/01/boat.html",
    ];
    for to in urls.into_iter().chain([BOAT]) {
        assert_eq!(count(to), 3, "{to}");
    }
    assert_eq!(count("/blog/2024/05/01/goat.html"), 1);
    assert_eq!(count("https://sea.example.com/a?b=c"), 2);
    assert_eq!(count("/blog/nowhere/"), 0);
}

#[test]
fn json_has_every_link_with_its_place_and_target() {
    let shown: Value = serde_json::from_slice(&blog().run(&["links", "--format", "json"]).stdout).unwrap();
    let links = shown["links"].as_array().unwrap();
    assert_eq!(links.len(), 10);
    let kinds: Vec<&str> = links.iter().map(|link| link["kind"].as_str().unwrap()).collect();
    assert_eq!(
        kinds,
        [
            "internal", "internal", "external", "external", "same-page", "same-host", "unknown", "other", "internal",
            "internal"
        ]
    );
    assert_eq!(links[0]["page"], BOAT);
    assert_eq!(links[0]["target"], "/blog/2024/05/01/boat.html");
    assert_eq!(links[0]["fragment"], "the-quay");
    assert_eq!(links[0]["text"], "one");
    assert_eq!((&links[0]["line"], &links[0]["column"]), (&5.into(), &7.into()));
}
