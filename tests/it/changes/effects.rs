//! What changes cause in posts that have not changed.

use crate::changes::repo::{Repo, found, good};
use crate::support::blog::{code, stderr, stdout};

const CONFIG: &str = "url: https://harbour.example.org\nlang: en\n";
const BOATS: &str = "_posts/2024-05-01-boats.md";
const STORM: &str = "_posts/2024-05-08-storm.md";
const NETS: &str = "_posts/2024-05-09-nets.md";

fn post(title: &str, body: &str) -> String {
    format!(
        "---\nlayout: post\ntitle: The harbour {title}\ndescription: All about {title} in the harbour.\n---\n\n{body}\n"
    )
}

/// A blog with a page, a post with a link to it and a picture, and one with a link that was broken before.
fn repo() -> Option<Repo> {
    let storm = "It was calm [last week](/2024/05/01/boats.html).\n\n![The quay at dawn](/assets/img/quay.png)";
    let repo = Repo::new(&[
        ("_config.yml", CONFIG),
        ("assets/img/quay.png", ""),
        (BOATS, &post("and its boats", "Boats at the quay.")),
        (STORM, &post("in a storm", storm)),
        (NETS, &post("and its nets", "Read [about the tides](/2024/05/01/never.html), says the sailor.")),
        // Where there are others, a page that is not there is certainly missing.
        ("_posts/2024-05-01-one.md", &post("at one", "One.")),
        ("_posts/2024-05-01-two.md", &post("at two", "Two.")),
        ("_posts/2024-05-01-three.md", &post("at three", "Three.")),
    ])?;
    repo.git(&["checkout", "-q", "-b", "work"]);
    Some(repo)
}

const SINCE: [&str; 2] = ["--since", "main"];
const LINK: &str = "_posts/2024-05-08-storm.md:7 internal-link-broken";
const PICTURE: &str = "_posts/2024-05-08-storm.md:9 image-file-missing";

#[test]
fn links_to_a_deleted_page() {
    let Some(repo) = repo() else { return };
    repo.remove(BOATS);
    assert_eq!(repo.found(&SINCE), [LINK]);
    let said = stderr(&repo.run_in("", &SINCE));
    assert!(said.contains("1 finding in 1 unchanged post: caused by changes since `main`"), "{said}");
    // The post with it counts, although no post was changed.
    assert!(said.contains("1 error in 1 post ·") && !said.contains("no posts found"), "{said}");
    repo.commit("second");
    assert_eq!(repo.found(&SINCE), [LINK]);
    assert_eq!(repo.found(&["--since", "main", "--ignore", "internal-link-broken"]), [""; 0]);
    assert_eq!(repo.found(&["--since", "main", NETS]), [""; 0], "in the paths only");
    assert_eq!(repo.found(&["--since", "main", "--changed-lines"]), [""; 0]);
    assert_eq!(repo.found_in("_posts", &SINCE), ["2024-05-08-storm.md:7 internal-link-broken"]);
}

#[test]
fn a_deleted_page_without_links() {
    let Some(repo) = repo() else { return };
    repo.remove(NETS);
    let said = stderr(&repo.run_in("", &SINCE));
    let expected = "no post was changed since `main`, and what was deleted causes no findings in other posts\n";
    assert_eq!(said, expected, "the other posts were checked");
    let said = stderr(&repo.run_in("", &["--since", "main", "--changed-lines"]));
    assert_eq!(said, "nothing to check: no post was changed since `main`\n");
}

#[test]
fn a_renamed_page_and_a_changed_url() {
    let Some(repo) = repo() else { return };
    repo.rename(BOATS, "_posts/2024-05-01-ships.md");
    assert_eq!(repo.found(&SINCE), [LINK]);
    repo.rename("_posts/2024-05-01-ships.md", BOATS);
    assert_eq!(repo.found(&SINCE), [""; 0]);
    repo.write(BOATS, &repo.read(BOATS).replace("layout: post", "layout: post\npermalink: /ships/"));
    assert_eq!(repo.found(&SINCE), [LINK]);
}

#[test]
fn pictures_that_are_deleted_or_renamed() {
    let Some(repo) = repo() else { return };
    repo.remove("assets/img/quay.png");
    assert_eq!(repo.found(&SINCE), [PICTURE]);
    repo.write("assets/img/quays.png", "");
    repo.commit("second");
    assert_eq!(repo.found(&SINCE), [PICTURE]);
}

#[test]
fn a_heading_that_was_reworded() {
    let Some(repo) = repo() else { return };
    repo.git(&["checkout", "-q", "main"]);
    repo.write(BOATS, &post("and its boats", "## The quay\n\nBoats."));
    repo.write(STORM, &post("in a storm", "See [the quay](/2024/05/01/boats.html#the-quay)."));
    repo.commit("second");
    repo.git(&["checkout", "-q", "-B", "work"]);
    assert_eq!(repo.found(&SINCE), [""; 0]);
    repo.write(BOATS, &post("and its boats", "## The pier\n\nBoats."));
    assert_eq!(repo.found(&SINCE), ["_posts/2024-05-08-storm.md:7 fragment-broken"]);
}

#[test]
fn shared_values_are_reported_once() {
    let Some(repo) = repo() else { return };
    repo.write("_posts/2024-05-02-new.md", &post("in a storm", "Something else that was never said before."));
    let found = repo.found(&SINCE);
    assert_eq!(found.iter().filter(|line| line.ends_with("title-shared")).count(), 1, "{found:?}");
    assert!(found.iter().all(|line| line.starts_with("_posts/2024-05-02-new.md")), "{found:?}");
    repo.commit("second");
    assert_eq!(repo.found(&["--since", "HEAD"]), [""; 0], "they were there before");
}

#[test]
fn known_and_suppressed_findings_are_not_reported() {
    let Some(repo) = repo() else { return };
    repo.remove(BOATS);
    repo.run_in("", &["--write-baseline"]);
    assert_eq!(repo.found(&SINCE), [""; 0]);
    repo.remove("postlint-baseline.txt");
    repo.write("postlint.yml", "rules: {internal-link-broken: off}\n");
    assert_eq!(repo.found(&SINCE), [""; 0]);
}

#[test]
fn a_change_of_the_config() {
    let Some(repo) = repo() else { return };
    repo.write("_config.yml", &format!("{CONFIG}exclude: [{BOATS}]\n"));
    assert_eq!(repo.found(&SINCE), [LINK], "no post was changed, but its link leads nowhere now");
    let output = repo.run_in("", &[&SINCE[..], &["--format", "json"]].concat());
    assert_eq!((code(&output), found(&output).len()), (1, 1));
}

#[test]
fn fixes_leave_unchanged_posts_alone() {
    let Some(repo) = repo() else { return };
    repo.rename("assets/img/quay.png", "assets/img/Quay.png");
    let before = repo.read(STORM);
    assert_eq!(repo.found(&[&SINCE[..], &["--fix"]].concat()), [PICTURE]);
    assert_eq!(repo.read(STORM), before);
}

/// A change that no other post can feel costs one run, and reports what is in the changed post.
#[test]
fn findings_of_changed_posts_are_reported_once() {
    let Some(repo) = repo() else { return };
    repo.write(NETS, &format!("{}More words.\n", repo.read(NETS)));
    assert_eq!(repo.found(&SINCE), ["_posts/2024-05-09-nets.md:7 internal-link-broken"]);
    repo.write("README.txt", &good("x"));
    assert_eq!(repo.found(&SINCE), ["_posts/2024-05-09-nets.md:7 internal-link-broken"]);
}

/// A finding in the config of the site is reported if the config was changed, or the change has caused it.
#[test]
fn findings_in_a_config() {
    let Some(repo) = repo() else { return };
    let wrong = CONFIG.replace("https://harbour.example.org", "http://localhost:4000");
    let line = "_config.yml:1 deploy-leftover";
    repo.write("_config.yml", &wrong);
    assert_eq!(repo.found(&SINCE), [line]);
    repo.write(BOATS, &format!("{}More.\n", repo.read(BOATS)));
    assert_eq!(repo.found(&SINCE), [line], "once");
    assert_eq!(repo.found(&["--since", "main", "--changed-lines"]), [line]);
    repo.commit("second");
    repo.write(BOATS, &format!("{}More.\n", repo.read(BOATS)));
    assert_eq!(repo.found(&["--since", "HEAD"]), [""; 0], "it was there before");
    repo.write("_config.yml", &format!("# A comment.\n{wrong}"));
    assert_eq!(repo.found(&["--since", "HEAD", "--changed-lines"]), [""; 0]);
}

/// Which findings are new cannot be told then.
#[test]
fn a_config_that_was_broken_before() {
    let Some(repo) = repo() else { return };
    repo.write("postlint.yml", "rulez: {}\n");
    repo.commit("second");
    repo.remove("postlint.yml");
    repo.remove(BOATS);
    assert_eq!(repo.found(&["--since", "HEAD"]), [""; 0]);
    assert_eq!(repo.found(&SINCE), [LINK]);
}

/// Below the root and in folders with few pages, a URL that leads to nothing is usually unknown; not if a page had it before.
#[test]
fn links_to_a_page_at_the_root_that_was_deleted() {
    let about = "---\ntitle: About the harbour\nredirect_from: /who/\n---\n\nWho we are.\n";
    let text = "See [us](/about/), [them](/who/), [the tides](/tides/) and [the plugin](/plugin/).";
    let Some(repo) = Repo::new(&[
        ("_config.yml", "url: https://harbour.example.org\nplugins: [jekyll-redirect-from]\n"),
        ("about.md", &about.replace("title", "permalink: /about/\ntitle")),
        ("tides/index.md", "---\ntitle: The tides of the harbour\n---\n\nHigh and low.\n"),
        (STORM, &post("in a storm", text)),
        (BOATS, &post("and its boats", "Boats at the quay.")),
    ]) else {
        return;
    };
    repo.git(&["checkout", "-q", "-b", "work"]);
    let broken = |repo: &Repo| {
        let output = repo.run_in("", &[&SINCE[..], &["--format", "json", "--select", "internal-link-broken"]].concat());
        let report: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
        let findings = report["findings"].as_array().unwrap().clone();
        findings
            .iter()
            .map(|it| it["message"].as_str().unwrap().replace("no page of this site has the URL ", ""))
            .collect()
    };
    let about_text = repo.read("about.md");
    let found: Vec<String> = broken(&repo);
    assert_eq!(found, [""; 0]);
    repo.remove("about.md");
    let found: Vec<String> = broken(&repo);
    assert_eq!(found, ["`/about/`", "`/who/`"], "a deleted page, and the old URL that led to it");
    repo.write("team.md", &about_text);
    let found: Vec<String> = broken(&repo);
    assert_eq!(found, [""; 0], "the same URL from another file");
    repo.write("team.md", &about_text.replace("/about/", "/team/"));
    let found: Vec<String> = broken(&repo);
    assert_eq!(found, ["`/about/`"], "another URL, which the old one does not lead to");
    repo.write("team.md", &about_text.replace("/about/", "/team/").replace("/who/", "[/who/, /about/]"));
    let found: Vec<String> = broken(&repo);
    assert_eq!(found, [""; 0], "a redirect");
    repo.remove("team.md");
    repo.write("about.md", &about_text.replace("permalink: /about/", "permalink: /us/"));
    let found: Vec<String> = broken(&repo);
    assert_eq!(found, ["`/about/`"], "the same file with another URL");
    repo.write("about.md", &about_text.replace("permalink: /about/", "published: false"));
    let output = repo.found(&SINCE);
    assert_eq!(output.iter().filter(|line| line.ends_with("internal-link-broken")).count(), 2, "{output:?}");
    repo.write("about.md", &about_text);
    repo.remove("tides/index.md");
    let found: Vec<String> = broken(&repo);
    assert_eq!(found, ["`/tides/`"], "an index page");
    repo.write("_redirects", "/tides/ /\n");
    let found: Vec<String> = broken(&repo);
    assert_eq!(found, [""; 0], "the host redirects");
}

#[test]
fn links_to_a_page_of_hugo_that_was_deleted() {
    let text = "See [us](/about/), [the notes](/notes/) and [the fish](/tags/fish/).";
    let Some(repo) = Repo::new(&[
        ("hugo.toml", "baseURL = 'https://harbour.example.org/'\n"),
        ("content/about.md", "---\ntitle: About\n---\n\nWho we are.\n"),
        ("content/notes/_index.md", "---\ntitle: Notes\n---\n\nAll of them.\n"),
        ("content/notes/storm.md", &post("in a storm", text)),
        ("content/tags/fish/_index.md", "---\ntitle: Fish\n---\n\nWhat swims.\n"),
    ]) else {
        return;
    };
    repo.git(&["checkout", "-q", "-b", "work"]);
    repo.remove("content/notes/_index.md");
    repo.remove("content/tags/fish/_index.md");
    assert_eq!(repo.found(&SINCE), [""; 0], "lists are there without a file");
    repo.remove("content/about.md");
    assert_eq!(repo.found(&SINCE), ["content/notes/storm.md:7 internal-link-broken"]);
    assert_eq!(repo.found_in("content/notes", &SINCE), ["storm.md:7 internal-link-broken"]);
}

#[test]
fn findings_are_sorted_by_path() {
    let Some(repo) = repo() else { return };
    repo.remove(BOATS);
    repo.write("_posts/2024-05-20-late.md", &post("at last", "<img src=\"https://img.example.com/a.png\">"));
    repo.write("404.md", &post("at first", "<img src=\"https://img.example.com/a.png\">"));
    let late = "_posts/2024-05-20-late.md:7 alt-missing";
    assert_eq!(repo.found(&SINCE), ["404.md:7 alt-missing", LINK, late]);
    let concise = stdout(&repo.run_in("", &["--since", "main", "--format", "concise"]));
    let paths: Vec<&str> = concise.lines().map(|line| line.split(':').next().unwrap()).collect();
    assert!(paths.is_sorted(), "{paths:?}");
}
