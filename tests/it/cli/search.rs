//! `postlint search`: its matches in the formats of findings, and the rule page that it writes.

use crate::support::blog::{Blog, code, stderr, stdout};
use std::fs;

const MARKET: &str = "---\ntitle: Market\n---\n\n![새벽 시장](a.png)\n\n<!-- postlint-ignore-file all -->\n";
const BOAT: &str =
    "---\ntitle: Boat\n---\n\n<p>A <img src=\"b.png\"> and <a href=\"http://example.com\">a link</a>.</p>\n";

fn blog() -> Blog {
    Blog::new(&[("_posts/2024-01-01-market.md", MARKET), ("_posts/2024-01-02-boat.md", BOAT)])
}

#[test]
fn search_lists_every_match_with_its_span() {
    let blog = blog();
    let output = blog.run(&["search", "img", "--format", "concise"]);
    assert_eq!(
        stdout(&output),
        "_posts/2024-01-01-market.md:5:1: info[search] ![새벽 시장](a.png)\n\
         _posts/2024-01-02-boat.md:5:6: info[search] <img src=\"b.png\">\n"
    );
    assert_eq!((stderr(&output).as_str(), code(&output)), ("2 places in 2 of 2 posts\n", 0));
    let json: serde_json::Value =
        serde_json::from_str(&stdout(&blog.run(&["search", "a[href^='http:']", "--format", "json"]))).unwrap();
    let (start, end) = (&json[0]["span"]["start"]["byte"], &json[0]["span"]["end"]["byte"]);
    let bytes = start.as_u64().unwrap() as usize..end.as_u64().unwrap() as usize;
    assert_eq!(&BOAT[bytes], "<a href=\"http://example.com\">");
    assert_eq!(json.as_array().unwrap().len(), 1);
}

#[test]
fn search_lists_everything_in_the_paths_passed() {
    let many = format!("{}\n", "<b>x</b> ".repeat(50));
    let blog = Blog::new(&[("many.md", &many), ("other.md", "<b>y</b>\n")]);
    let full = stdout(&blog.run(&["search", "b", "many.md"]));
    assert_eq!(full.matches("info[search]").count(), 50, "nothing is collapsed");
    assert!(!full.contains("other.md"));
    assert_eq!(code(&blog.run(&["search", "b", "missing.md"])), 2);
    let none = blog.run(&["search", "video"]);
    assert_eq!((code(&none), stderr(&none).as_str()), (0, "0 places in 0 of 2 posts\n"));
}

#[test]
fn an_invalid_selector_is_shown() {
    let output = blog().run(&["search", "img["]);
    let text = stderr(&output);
    assert!(
        code(&output) == 2 && text.contains("the selector ends too early") && text.contains("SELECTOR:1:1"),
        "{text}"
    );
}

#[test]
fn a_search_becomes_a_rule_that_passes_its_tests() {
    let blog = blog();
    let output = blog.run(&["search", "a[href^='http:']", "--as-rule", "link-insecure"]);
    assert_eq!(code(&output), 0, "{}", stderr(&output));
    let page = fs::read_to_string(blog.0.join(".postlint/rules/link-insecure.md")).unwrap();
    assert!(page.contains("<a href=\"http://example.com\">a link</a>\n```"), "{page}");
    let tested = blog.run(&["test"]);
    assert_eq!(code(&tested), 0, "{}", stdout(&tested));
    let found = stdout(&blog.run(&["--select", "link-insecure", "--format", "concise"]));
    assert!(found.starts_with("_posts/2024-01-02-boat.md:5:28: warn[link-insecure]"), "{found}");
    assert_eq!(code(&blog.run(&["search", "p", "--as-rule", "link-insecure"])), 2, "no page is overwritten");
    assert_eq!(code(&blog.run(&["search", "p", "--as-rule", "alt-missing"])), 2);
}

#[test]
fn a_rule_page_without_matches_needs_a_bad_example() {
    let blog = blog();
    let output = blog.run(&["search", "video", "--as-rule", "video-used"]);
    assert!(stdout(&output).contains("the page has no `bad` example yet: add one"), "{}", stdout(&output));
    assert_eq!(code(&blog.run(&["test"])), 1);
}
