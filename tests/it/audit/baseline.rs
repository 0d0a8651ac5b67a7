//! What an audit has recorded in a baseline is known to a check of the posts, which cannot find it again.

use crate::audit::{page, post, site};
use crate::support::blog::{Blog, code, stderr, stdout};
use std::fs;

const FILE: &str = "postlint-baseline.txt";
const POST: &str = "_posts/2024-05-01-post1.md";
const SPACED: &str = "<p>Long.</p>\n<p>&nbsp;</p>\n<p>Wide.</p>";
const SPACERS: &str = "Long.\n\n<p>&nbsp;</p>\n\nWide.";

/// A site whose findings, of which a check sees the spacer only, an audit has recorded.
fn recorded() -> Blog {
    let blog = site(&[("The quay", SPACERS, SPACED)]);
    blog.write("_site/tides.html", &page("The tides", "<p>Twice a day.</p><img src=\"/logo.png\" alt=\" \">"));
    let written = blog.run(&["audit", "--write-baseline"]);
    assert_eq!(code(&written), 0, "{}", stderr(&written));
    let known = blog.read(FILE);
    for (path, rule) in [
        (POST, "page-orphaned"),
        (POST, "spacer-paragraph"),
        ("_layouts/post.html", "alt-missing"),
        ("*", "internal-link-broken"),
    ] {
        assert!(known.contains(&format!("\n{path}\t{rule}\t")), "{path} {rule}: {known}");
    }
    assert!(known.contains("\n_site/"), "{known}");
    blog
}

fn gone(blog: &Blog, arguments: &[&str]) -> Vec<String> {
    let said = stderr(&blog.run(arguments));
    said.lines().filter(|line| line.contains("gone")).map(str::to_owned).collect()
}

#[test]
fn a_check_keeps_what_only_an_audit_finds() {
    let blog = recorded();
    let known = blog.read(FILE);
    for is_built in [true, false] {
        if !is_built {
            fs::remove_dir_all(blog.0.join("_site")).unwrap();
        }
        assert_eq!(gone(&blog, &[]), [""; 0], "built: {is_built}");
        for command in [&["baseline", "prune"][..], &["--write-baseline"], &["--write-baseline", POST]] {
            let output = blog.run(command);
            assert_eq!(code(&output), 0, "{}", stderr(&output));
            assert_eq!(blog.read(FILE), known, "built: {is_built}, {command:?}: {}", stderr(&output));
        }
    }
}

#[test]
fn an_audit_after_a_prune_finds_nothing_new() {
    let blog = recorded();
    blog.run(&["baseline", "prune"]);
    let again = blog.run(&["audit", "--format", "concise"]);
    assert_eq!((code(&again), stdout(&again).as_str()), (0, ""), "{}", stderr(&again));
}

#[test]
fn what_a_check_finds_is_gone_as_before() {
    let blog = recorded();
    blog.write(POST, &post("The quay", "Long.\n\nWide."));
    let told = gone(&blog, &[]);
    assert_eq!(told, ["1 known finding in postlint-baseline.txt is gone: run `postlint baseline prune` to update it"]);
    blog.run(&["baseline", "prune"]);
    let known = blog.read(FILE);
    assert!(!known.contains("spacer-paragraph") && known.contains("\tpage-orphaned\t"), "{known}");
}

#[test]
fn what_an_audit_finds_is_gone_for_an_audit() {
    let blog = recorded();
    let list = "<p>All of <a href=\"/2024/05/01/post1.html\">The quay</a>.</p>";
    blog.write("_site/index.html", &page("All posts", list));
    assert_eq!(gone(&blog, &[]), [""; 0]);
    let told = gone(&blog, &["audit"]);
    let update = "run `postlint audit --write-baseline` to update it";
    assert!(told.len() == 1 && told[0].ends_with(update), "{told:?}");
    blog.run(&["audit", "--write-baseline"]);
    assert!(!blog.read(FILE).contains(&format!("\n{POST}\tpage-orphaned\t")), "{}", blog.read(FILE));
}

/// Nobody audits here: a picture that was corrected is gone, although an audit may find more of them.
#[test]
fn a_baseline_of_a_check_is_pruned_as_a_whole() {
    let picture = "<p><img src=\"/logo.png\" width=\"1\" height=\"1\"></p>";
    let blog = site(&[("The quay", picture, picture)]);
    blog.run(&["--write-baseline"]);
    assert!(blog.read(FILE).contains("\talt-missing\t"), "{}", blog.read(FILE));
    blog.write(POST, &post("The quay", "A page."));
    assert_eq!(gone(&blog, &[]).len(), 1);
    blog.run(&["baseline", "prune"]);
    assert!(!blog.read(FILE).contains("alt-missing"), "{}", blog.read(FILE));
}
