//! `postlint explain` and `postlint rules`: what they say of rules that read built pages.

use crate::support::blog::{Blog, code, flat, stdout};
use serde_json::Value;

fn explained(rule: &str) -> String {
    let output = Blog::new(&[]).run(&["explain", rule]);
    assert_eq!(code(&output), 0);
    flat(&stdout(&output))
}

#[test]
fn rules_of_audits_say_which_pages_they_read() {
    let only = "reads built pages only, in `postlint audit`";
    let too = "reads posts, and in `postlint audit` the built pages too";
    for (rule, level, reads) in [
        ("image-file-heavy", "level off in posts, info in audits", only),
        ("page-orphaned", "level off in posts, info in audits", too),
        ("image-without-dimensions", "level off in posts, info in audits", too),
        ("og-image-format", "level off in posts, warn in audits", too),
        ("head-broken", "level error, authority", only),
        ("alt-missing", "level error, authority", too),
    ] {
        let page = explained(rule);
        assert!(page.contains(level) && page.contains(reads), "{rule}: {page}");
    }
    let page = explained("title-missing");
    assert!(!page.contains("audit`") && !page.contains("in audits"), "{page}");
}

#[test]
fn a_group_lists_its_rules() {
    let blog = Blog::new(&[]);
    let images = stdout(&blog.run(&["explain", "images"]));
    assert!(images.starts_with("images\n  alt-blank ") && images.contains("\n  alt-missing "), "{images}");
    assert!(
        !images.contains("title-wide") && images.ends_with("`postlint explain RULE` shows one of them.\n"),
        "{images}"
    );
    let all = stdout(&blog.run(&["explain", "all"]));
    assert!(all.contains("\n  alt-missing ") && all.contains("\n  title-wide "), "{all}");
    let json = blog.run(&["explain", "images", "--format", "json"]);
    let pages: Vec<Value> = serde_json::from_slice(&json.stdout).unwrap();
    assert!(pages.len() > 5 && pages.iter().all(|page| page["group"] == "images" && page["page"].is_string()));
    assert_eq!(code(&blog.run(&["explain", "imges"])), 2);
}

#[test]
fn json_has_the_level_in_audits() {
    let output = Blog::new(&[]).run(&["rules", "--format", "json"]);
    let rules: Vec<Value> = serde_json::from_slice(&output.stdout).unwrap();
    let of = |name: &str| {
        let rule = rules.iter().find(|rule| rule["name"] == name).unwrap();
        (rule["level"].clone(), rule["auditLevel"].clone(), rule["built"].clone())
    };
    assert_eq!(of("image-file-heavy"), ("off".into(), "info".into(), "only".into()));
    assert_eq!(of("alt-missing"), ("error".into(), Value::Null, "too".into()));
    assert_eq!(of("title-missing"), ("error".into(), Value::Null, Value::Null));
}

/// A page is a post of ours too, and suppresses what its examples show.
#[test]
fn suppressions_of_a_page_are_not_shown() {
    let blog = Blog::new(&[]);
    for rule in ["spacer-paragraph", "invisible-characters"] {
        for format in [&[][..], &["--format", "json"]] {
            let page = stdout(&blog.run(&[&["explain", rule], format].concat()));
            assert!(!page.contains("<!-- postlint-ignore-file invisible-characters"), "{rule}: {page}");
        }
    }
    let page = explained("heading-multiple-h1");
    assert!(page.contains("<!-- postlint-ignore-file heading-repeats-title-level"), "an example has it: {page}");
}
