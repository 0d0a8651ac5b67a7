//! `--format json`: one object with everything about a run, whatever the exit code.

use super::harbor;
use crate::support::blog::{Blog, code, stdout};
use serde_json::{Value, json};

fn report(blog: &Blog, arguments: &[&str]) -> (i32, Value) {
    let output = blog.run(&[arguments, &["--format", "json"]].concat());
    let report: Value = serde_json::from_slice(&output.stdout).unwrap_or_else(|error| panic!("{error}: {output:?}"));
    let keys: Vec<&String> = report.as_object().unwrap().keys().collect();
    assert_eq!(keys, ["version", "tool", "sites", "summary", "findings", "fixed", "errors"], "{arguments:?}");
    assert_eq!(report["version"], 1);
    assert_eq!(report["tool"], json!({"name": "postlint", "version": env!("CARGO_PKG_VERSION")}));
    (code(&output), report)
}

#[test]
fn the_report_has_sites_totals_findings_and_fixes() {
    let picture = ("assets/img/harbor.png", "");
    let config = ("_config.yml", "title: Harbor\nlang: ko\n");
    let blog = Blog::new(&[config, ("_posts/2024-06-01-harbor.md", &harbor()), picture]);
    let (exit, before) = report(&blog, &[]);
    assert_eq!(exit, 1);
    assert_eq!(before["sites"], json!([{"path": ".", "generator": "jekyll", "posts": 1}]));
    let summary = json!({
        "posts": 1, "findings": 17, "errors": 0, "warnings": 16, "infos": 1, "fixable": 13, "unsafeFixable": 1,
        "fixed": 0, "withheld": 0
    });
    assert_eq!(before["summary"], summary);
    let flat: Value = serde_json::from_str(&stdout(&blog.run(&["--format", "json-flat"]))).unwrap();
    assert_eq!(before["findings"], flat);
    assert_eq!((&flat[3]["group"], &flat[3]["label"]), (&json!("markup"), &json!("this only adds space")));
    assert_eq!((&before["fixed"], &before["errors"]), (&json!([]), &json!([])));
    let (exit, after) = report(&blog, &["--fix"]);
    assert_eq!((exit, after["fixed"].as_array().unwrap().len()), (1, 13));
    let first = json!({
        "ruleId": "spacer-paragraph", "path": "_posts/2024-06-01-harbor.md", "line": 16, "title": "remove the spacer",
        "safety": "safe"
    });
    assert_eq!(after["fixed"][0], first);
    assert_eq!((&after["summary"]["fixed"], &after["summary"]["findings"]), (&json!(13), &json!(4)));
}

#[test]
fn a_run_that_fails_is_a_report_too() {
    let blog = Blog::new(&[("a.md", "Text.\n"), ("b.yml", "rules:\n  alt-mising: off\n"), ("old.md", "x")]);
    let (exit, missing) = report(&blog, &["gone.md"]);
    assert_eq!((exit, missing["errors"].as_array().unwrap().len()), (2, 1));
    let (exit, unknown) = report(&blog, &["--select", "alt-mising"]);
    let error = json!({
        "message": "unknown rule `alt-mising`", "help": "did you mean `alt-missing`?", "path": null, "line": null,
        "column": null
    });
    assert_eq!((exit, &unknown["errors"]), (2, &json!([error])));
    let (exit, broken) = report(&blog, &["--config", "b.yml"]);
    assert_eq!((exit, &broken["errors"][0]["path"], &broken["errors"][0]["line"]), (2, &json!("b.yml"), &json!(2)));
    let (exit, wrong) = report(&blog, &["--fix", "--write-baseline"]);
    assert_eq!(exit, 2);
    assert!(wrong["errors"][0]["message"].as_str().unwrap().contains("--write-baseline"));
}

#[test]
fn an_unreadable_post_is_an_error_beside_the_findings() {
    let blog = Blog::new(&[("a.md", "<p><img src=\"/a.png\"></p>\n")]);
    std::fs::File::create(blog.0.join("b.md")).unwrap().set_len(1 << 32).unwrap();
    let (exit, found) = report(&blog, &["--select", "alt-missing"]);
    assert_eq!(exit, 2);
    assert_eq!(found["findings"].as_array().unwrap().len(), 1);
    assert_eq!(found["errors"][0]["path"], "b.md");
}

#[test]
fn rows_of_statistics_and_results_of_search_are_arrays() {
    let blog = Blog::new(&[("a.md", "<p><img src=\"/a.png\"></p>\n")]);
    for arguments in [&["--statistics", "--format", "json-flat"][..], &["search", "img", "--format", "json"]] {
        let value: Value = serde_json::from_str(&stdout(&blog.run(arguments))).unwrap();
        assert_eq!(value.as_array().unwrap().len(), 1, "{arguments:?}: {value}");
    }
}

#[test]
fn a_wrong_command_line_is_a_report_too() {
    let blog = Blog::new(&[("a.md", "Text.\n")]);
    let (exit, wrong) = report(&blog, &["--fxi", "a.md"]);
    let error = json!({
        "message": "unexpected argument '--fxi' found", "help": "to pass '--fxi' as a value, use '-- --fxi'", "path": null,
        "line": null, "column": null
    });
    assert_eq!((exit, &wrong["errors"]), (2, &json!([error])));
    let (exit, wrong) = report(&blog, &["fix", "--fail-on", "never-ever"]);
    assert_eq!((exit, wrong["errors"].as_array().unwrap().len()), (2, 1));
    for other in [&["search", "p", "--format", "json", "--fxi"][..], &["--format", "concise", "--fxi"], &["--fxi"]] {
        let output = blog.run(other);
        assert_eq!((code(&output), stdout(&output).as_str()), (2, ""), "{other:?}");
    }
    let help = blog.run(&["--format", "json", "--help"]);
    assert_eq!((code(&help), stdout(&help).starts_with('{')), (0, false));
}
