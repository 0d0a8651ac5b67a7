//! What changes cause in posts that have not changed.

use crate::changes::repo::{Repo, found, good};
use crate::support::blog::{code, stderr};

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
