//! Posts of a site that change one after another: what is found in named posts is what a run over the whole site finds in
//! them.

use crate::support::blog::{Blog, stderr, stdout};
use serde_json::Value;
use std::collections::BTreeSet;
use std::fs;

const CONFIG: &str = "title: Harbour\nurl: https://harbour.example.org\nlang: en\npermalink: /:title/\n\
    plugins: [jekyll-redirect-from]\n";
const POSTS: u32 = 60;

/// Posts are a day apart, so that the path of the newer one is the greater one.
fn path(number: u32) -> String {
    format!("_posts/2024-{:02}-{:02}-boat-{number}.md", 1 + number / 28, 1 + number % 28)
}

/// A post with a picture, tags, and links to the post before it and one after it.
fn post(number: u32) -> String {
    let (before, after) = (number.max(1) - 1, (number + 7) % POSTS);
    format!(
        "---\nlayout: post\ntitle: Boat number {number}\ndescription: {number} crates in boat {number}.\n\
         tags: [sea travel, quay {}]\nimage: /img/boat-{number}.png\n---\n\nBoat {number} came after \
         [boat {before}](/boat-{before}/#cargo-{before}) and before [boat {after}]({{% post_url {} %}}).\n\n\
         ## Cargo {number}\n\n![Boat {number} at the quay](/img/boat-{number}.png)\n",
        number % 5,
        path(after).trim_start_matches("_posts/").trim_end_matches(".md")
    )
}

fn site() -> Blog {
    let blog = Blog::new(&[("_config.yml", CONFIG)]);
    for number in 0..POSTS {
        blog.write(&path(number), &post(number));
        blog.write(&format!("img/boat-{number}.png"), "");
    }
    blog
}

/// A change: what it is, how it is made, the posts to name after it, and a rule that then has a finding.
type Change<'c> = (&'c str, &'c dyn Fn(), &'c [String], &'c str);

/// A finding as it is compared: path, line, rule and message.
type Line = (String, u64, String, String);

/// The findings in these posts; in all of them if there are none.
fn findings(blog: &Blog, named: &[String]) -> Vec<Value> {
    let options = ["--format", "json", "--exit-zero"];
    let named: Vec<&str> = named.iter().map(String::as_str).collect();
    let output = blog.run(&[&options[..], &named].concat());
    let report: Value = serde_json::from_str(&stdout(&output)).unwrap_or_else(|_| panic!("{}", stderr(&output)));
    report["findings"].as_array().unwrap().clone()
}

fn line(place: &Value, finding: &Value) -> Line {
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    let line = place["line"].as_u64().or(place["span"]["start"]["line"].as_u64()).unwrap();
    (text(&place["path"]), line, text(&finding["ruleId"]), text(&finding["message"]))
}

/// What a run over these posts finds, according to one over all of them. What several posts share is reported at the newest
/// one that was asked for.
fn expected(all: &[Value], named: &[String]) -> BTreeSet<Line> {
    let in_named = |finding: &Value| {
        let related = finding["related"].as_array().unwrap();
        assert!(related.len() < 5, "more posts than a finding lists: {finding}");
        let places = std::iter::once(finding).chain(related).map(|place| line(place, finding));
        places.filter(|(path, ..)| named.contains(path)).max()
    };
    all.iter().filter_map(in_named).collect()
}

/// Compares runs over named posts with one over the whole site, and returns the rules of all findings.
fn compare(blog: &Blog, change: &str, named: &[&[String]]) -> BTreeSet<String> {
    let all = findings(blog, &[]);
    for named in named {
        let found = findings(blog, named).iter().map(|finding| line(finding, finding)).collect::<BTreeSet<_>>();
        assert_eq!(found, expected(&all, named), "{change}, {named:?}");
    }
    all.iter().map(|finding| finding["ruleId"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn after_each_change_named_posts_have_the_findings_of_a_run_over_all() {
    let blog = site();
    let edit = |number: u32, from: &str, to: &str| {
        let text = blog.read(&path(number));
        assert!(text.contains(from), "{text}");
        blog.write(&path(number), &text.replace(from, to));
    };
    let renamed = path(10).replace("boat-10", "ship-10");
    let changes: [Change<'_>; 10] = [
        (
            "a post is renamed",
            &|| fs::rename(blog.0.join(path(10)), blog.0.join(&renamed)).unwrap(),
            &[path(11), renamed.clone()],
            "internal-link-broken",
        ),
        (
            "a post is deleted",
            &|| fs::remove_file(blog.0.join(path(20))).unwrap(),
            &[path(21), path(13)],
            "internal-link-broken",
        ),
        ("a new title", &|| edit(30, "Boat number 30", "Boat number 33"), &[path(30), path(33)], "title-shared"),
        (
            "a picture is moved",
            &|| fs::rename(blog.0.join("img/boat-5.png"), blog.0.join("img/Boat-5.PNG")).unwrap(),
            &[path(5), path(6)],
            "image-file-missing",
        ),
        ("a new tag", &|| edit(8, "sea travel", "Sea-Travel"), &[path(8), path(9)], "taxonomy-variants"),
        ("another heading", &|| edit(40, "## Cargo 40", "## Passengers"), &[path(41), path(40)], "fragment-broken"),
        (
            "a copied description",
            &|| edit(50, "50 crates in boat 50", "51 crates in boat 51"),
            &[path(50), path(51)],
            "description-shared",
        ),
        (
            "a URL of another post",
            &|| edit(15, "layout: post", "layout: post\npermalink: /boat-16/"),
            &[path(15), path(16)],
            "permalink-collision",
        ),
        (
            "a redirect",
            &|| edit(25, "layout: post", "layout: post\npermalink: /new-25/\nredirect_from: /boat-25/"),
            &[path(26), path(25)],
            "redirect-chain",
        ),
        (
            "a suppression",
            &|| edit(33, "Boat number 33", "Boat number 33 # postlint-ignore-line title-shared"),
            &[path(33), path(30)],
            "internal-link-broken",
        ),
    ];
    assert_eq!(compare(&blog, "nothing", &[&[path(3)]]), BTreeSet::new());
    for (change, make, named, rule) in changes {
        make();
        let rules = compare(&blog, change, &[&named[..1], named]);
        assert!(rules.contains(rule), "{change}: {rules:?}");
    }
}
