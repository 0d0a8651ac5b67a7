//! Several paths that refer to the same post are treated as one post.

use super::POST;
use crate::support::blog::{Blog, code, stderr, stdout};
use std::os::unix::fs::symlink;

/// The location of each printed finding: `path:line:column`.
#[track_caller]
fn reported(blog: &Blog, paths: &[&str]) -> Vec<String> {
    let output = blog.run(&[&["--format", "concise"], paths].concat());
    assert!(code(&output) < 2, "{}", stderr(&output));
    stdout(&output).lines().map(|line| line.split(": ").next().unwrap().to_owned()).collect()
}

#[test]
fn each_post_is_reported_once_with_its_simplest_path() {
    let blog = Blog::new(&[("posts/a.md", POST), ("b.md", POST)]);
    symlink("posts", blog.0.join("link")).unwrap();
    symlink("b.md", blog.0.join("c.md")).unwrap();
    let absolute = blog.0.join("posts").to_str().unwrap().to_owned();
    let posts = ["posts/a.md:6:4"];
    for paths in [
        &["posts/../posts"][..],
        &["posts", "posts/../posts"],
        &["posts/../posts/a.md", "posts/a.md"],
        &["./posts", "posts/"],
        &["posts", &absolute],
        &[&absolute, "./posts/a.md", "posts/a.md"],
        &["link", "posts"],
        &["link/a.md", "posts"],
        &["link/../posts", "link"],
    ] {
        assert_eq!(reported(&blog, paths), posts, "{paths:?}");
    }
    assert_eq!(reported(&blog, &["c.md", "b.md"]), ["b.md:6:4"]);
    assert_eq!(reported(&blog, &["c.md"]), ["c.md:6:4"], "alone, it goes by the name it was given");
    assert_eq!(reported(&blog, &[".", "c.md", "link"]), ["b.md:6:4", "posts/a.md:6:4"]);
}

#[test]
fn dots_after_a_symbolic_link_are_resolved_by_the_system() {
    let blog = Blog::new(&[("deep/er/a.md", POST), ("deep/b.md", POST), ("b.md", POST)]);
    symlink("deep/er", blog.0.join("link")).unwrap();
    assert_eq!(reported(&blog, &["link/../b.md"]), ["link/../b.md:6:4"]);
    assert_eq!(reported(&blog, &["link/../b.md", "b.md"]).len(), 2);
    assert_eq!(reported(&blog, &["link/../b.md", "deep/b.md"]), ["deep/b.md:6:4"]);
}

#[test]
fn a_post_with_two_paths_is_written_once() {
    let blog = Blog::new(&[("posts/a.md", POST)]);
    symlink("posts", blog.0.join("link")).unwrap();
    let output = blog.run(&["--add-ignore", "posts", "posts/../posts", "link/a.md"]);
    assert_eq!(code(&output), 0, "{}", stderr(&output));
    assert!(stderr(&output).contains("suppressed 1 finding in 1 post\n"), "{}", stderr(&output));
    assert_eq!(blog.read("posts/a.md").matches("postlint-ignore").count(), 1);
}

#[test]
fn an_excluded_post_passed_by_any_path_is_linted() {
    // A post that the site excludes is linted if it is passed by name.
    let blog = Blog::new(&[("_config.yml", "exclude: [old]\n"), ("old/a.md", POST)]);
    assert_eq!(reported(&blog, &["."]), [""; 0]);
    for paths in [&["old/a.md"][..], &["./old/a.md"], &["old/../old/a.md"], &[".", "old/a.md"], &["old", "./old/a.md"]]
    {
        assert_eq!(reported(&blog, paths), ["old/a.md:6:4"], "{paths:?}");
    }
}
