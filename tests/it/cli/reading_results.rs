//! How results are printed for readers: counts, times, and the pages of rules.

use crate::support::blog::{Blog, code, stderr, stdout};
use serde_json::Value;

const POST: &str = "---\ntitle: A post\ndescription: What it is about.\n---\n\n<p><img src=\"/a.png\"></p>\n\n<p><img src=\"/b.png\"></p>\n";

fn blog() -> Blog {
    Blog::new(&[("_posts/2024-01-01-a.md", POST), ("_posts/2024-01-02-b.md", POST)])
}

fn json(text: &str) -> Value {
    serde_json::from_str(text).unwrap_or_else(|error| panic!("{error}: {text}"))
}

#[test]
fn statistics_are_a_table_or_json() {
    let blog = blog();
    blog.write("clean.md", "---\ntitle: Clean\ndescription: Without findings.\n---\n\nText.\n");
    let table = stdout(&blog.run(&["--statistics", "--select", "alt-missing"]));
    assert_eq!(
        table,
        "count  level  rule         group   posts  fixable\n    \
             4  error  alt-missing  images      2        0\n\n\
         4 findings in 2 of 3 posts\n"
    );
    let report = json(&stdout(&blog.run(&["--statistics", "--format", "json", "--select", "alt-missing"])));
    let rows = serde_json::json!([{
        "rule": "alt-missing", "group": "images", "level": "error", "count": 4, "posts": 2, "fixable": 0,
        "sample": "_posts/2024-01-01-a.md:6:4"
    }]);
    let summary = serde_json::json!({ "findings": 4, "postsWithFindings": 2, "posts": 3, "fixable": 0 });
    assert_eq!(report, serde_json::json!({ "summary": summary, "rules": rows, "errors": [] }));
    let flat = json(&stdout(&blog.run(&["--statistics", "--format", "json-flat", "--select", "alt-missing"])));
    assert_eq!(flat, rows);
    let nothing = json(&stdout(&blog.run(&["--statistics", "--format", "json", "--select", "social"])));
    assert_eq!(nothing["rules"], Value::Array(vec![]));
    // A fixable finding, and the widest names there are.
    blog.write("b.md", "---\ntitle: A\ndescription: b\n---\n\n# A\n\n<p>&nbsp;</p>\n\n<p>&nbsp;</p>\n\nText.\n");
    let all = stdout(&blog.run(&["--statistics", "--select", "all"]));
    assert!(all.contains("image-without-dimensions") && all.lines().all(|line| line.len() <= 80), "{all}");
    assert!(all.lines().last().unwrap().contains(" in 4 of 4 posts, up to "), "{all}");
}

#[test]
fn timing_lists_the_time_of_each_rule() {
    let blog = blog();
    let plain = blog.run(&["--format", "json"]);
    let timed = blog.run(&["--format", "json", "--timing"]);
    assert_eq!((stdout(&plain), code(&plain)), (stdout(&timed), code(&timed)));
    assert!(!stderr(&plain).contains("share"));
    let table = stderr(&blog.run(&["--timing", "--select", "alt-missing", "--format", "concise"]));
    let cells = |name: &str| {
        let row = table.lines().find(|line| line.starts_with(name)).unwrap_or_else(|| panic!("{table}"));
        let cells: Vec<&str> = row.split_whitespace().collect();
        (cells[2].trim_end_matches('%').parse::<f64>().unwrap(), cells[3].to_owned())
    };
    let ((rule, calls), (reading, posts)) = (cells("alt-missing "), cells("(reading) "));
    assert_eq!((calls.as_str(), posts.as_str()), ("4", "2"), "{table}");
    assert!((rule + reading - 100.0).abs() < 0.2, "{table}");
}

#[test]
fn explain_is_written_for_the_terminal() {
    let blog = blog();
    let page = blog.command(&["explain", "title-wide"]).env("COLUMNS", "60").output().unwrap();
    let text = stdout(&page);
    assert!(text.starts_with("title-wide: the title may be truncated in search results\n"), "{text}");
    assert!(!text.contains('\u{1b}') && !text.contains("```") && !text.contains("\n---\nsummary"), "{text}");
    let prose = text.lines().filter(|line| !line.starts_with("  ") && !line.starts_with("http"));
    assert!(prose.clone().all(|line| line.chars().count() <= 60), "{text}");
    assert!(text.contains("\nWhy\n\n") && text.contains("\n    title: What the auctioneers"), "{text}");
    assert!(text.contains("`max: 600`"), "{text}");
    let colored = stdout(&blog.run(&["explain", "title-wide", "--color", "always"]));
    assert!(colored.contains("\u{1b}[1mWhy\u{1b}[0m"), "{colored}");
}

#[test]
fn explain_prints_json_and_rules_prints_markdown() {
    let blog = blog();
    let pages = json(&stdout(&blog.run(&["explain", "title-wide", "--format", "json"])));
    let page = &pages[0];
    assert_eq!((&page["name"], &page["group"], &page["builtin"]), (&"title-wide".into(), &"seo".into(), &true.into()));
    assert!(
        page["options"].as_array().unwrap().iter().any(|option| option["name"] == "max" && option["default"] == 600)
    );
    let promises: Vec<&Value> =
        page["examples"].as_array().unwrap().iter().map(|example| &example["promise"]).collect();
    assert!(promises.contains(&&"bad".into()) && promises.contains(&&"good".into()), "{promises:?}");
    let list = stdout(&blog.run(&["rules", "--format", "md"]));
    assert!(list.contains("| [alt-missing](rules/alt-missing.md) | error | image has no alternative text |"), "{list}");
}
