//! The diagnostic format of reviewdog: `rdjson` and `rdjsonl`.

use super::formats::sample;
use super::output::{file, finding, span, written};
use crate::support::blog::{Blog, code, stdout};
use crate::support::environment;
use postlint::diagnostic::{Fix, Level, Safety};
use postlint::edit::Edit;
use postlint::output::Format;
use postlint::source::Span;
use serde_json::{Value, json};
use std::fs;
use std::path::Path;

fn object(text: &str) -> Value {
    serde_json::from_str(text).unwrap_or_else(|error| panic!("{error}: {text}"))
}

#[test]
fn rdjson_has_exactly_these_fields() {
    let report = object(&written(Format::Rdjson, &sample()));
    assert_eq!(report["source"], json!({ "name": "postlint", "url": "https://github.com/postlint/postlint" }));
    let path = "_posts/한 글:a%|<b>.md";
    let range = |line: u32, start: u32, end: u32| json!({ "start": { "line": line, "column": start }, "end": { "line": line, "column": end } });
    let expected = json!({
        "message": "no link type\nhelp: remove it",
        "location": { "path": path, "range": range(2, 14, 22) },
        "severity": "WARNING",
        "code": { "value": "rel-unknown-token", "url": "https://example.org/rules/rel-unknown-token" },
        "suggestions": [{ "range": range(2, 8, 23), "text": "" }],
        "related_locations": [
            { "message": "after this", "location": { "path": path, "range": range(2, 1, 5) } },
            { "message": "also [here](7)", "location": { "path": "_posts/b.md", "range": range(1, 5, 7) } },
        ],
    });
    assert_eq!(report["diagnostics"][1], expected);
    let severities = report["diagnostics"].as_array().unwrap().iter().map(|it| it["severity"].as_str().unwrap());
    assert_eq!(severities.collect::<Vec<_>>(), ["INFO", "WARNING", "ERROR"]);
    // A rule of the user's own has no page.
    assert_eq!(report["diagnostics"][0]["code"], json!({ "value": "own-rule" }));
    assert_eq!(object(&written(Format::Rdjson, &[]))["diagnostics"], json!([]));
}

#[test]
fn rdjsonl_has_the_same_diagnostics_with_their_source() {
    let report = object(&written(Format::Rdjson, &sample()));
    let lines: Vec<Value> = written(Format::Rdjsonl, &sample()).lines().map(object).collect();
    assert_eq!(lines.len(), 3);
    for (line, diagnostic) in lines.into_iter().zip(report["diagnostics"].as_array().unwrap()) {
        let mut line = line;
        assert_eq!(line.as_object_mut().unwrap().remove("source"), Some(report["source"].clone()));
        assert_eq!(&line, diagnostic);
    }
    assert_eq!(written(Format::Rdjsonl, &[]), "");
}

#[test]
fn an_error_of_the_run_is_a_diagnostic() {
    let blog = Blog::new(&[("postlint.yml", "rulse: {}\n"), ("a.md", "A.\n")]);
    let output = blog.run(&["--format", "rdjson"]);
    assert_eq!(code(&output), 2);
    let told = object(&stdout(&output))["diagnostics"].take();
    assert_eq!(told.as_array().unwrap().len(), 1);
    assert_eq!(told[0]["code"]["value"], "run-error");
    assert_eq!(told[0]["location"], json!({ "path": "postlint.yml", "range": { "start": { "line": 1 } } }));
    let unknown = stdout(&blog.run(&["--isolated", "--format", "rdjsonl", "--select", "no-such-rule"]));
    let told = object(&unknown);
    assert_eq!((&told["location"], &told["severity"]), (&json!({ "path": "." }), &json!("ERROR")));
}

#[test]
fn edits_that_belong_together_are_one_suggestion() {
    let text = "<i>속보</i> 끝\r\n";
    let edits =
        |end: Span| [Edit { span: span(text, "<i>"), text: "*".to_owned() }, Edit { span: end, text: "*".to_owned() }];
    let mut found = finding("own-rule", Level::Info, "m", span(text, "속보"), "");
    found.fix = Some(Fix::new("write `*`", Safety::Safe, edits(span(text, "</i>"))));
    let report = object(&written(Format::Rdjson, &[file("a.md", text, vec![found])]));
    let range = json!({ "start": { "line": 1, "column": 1 }, "end": { "line": 1, "column": 14 } });
    assert_eq!(report["diagnostics"][0]["suggestions"], json!([{ "range": range, "text": "*속보*" }]));
}

#[test]
fn edits_that_are_far_apart_are_not_suggested() {
    let text = format!("<i>{}</i>\n", "속보\n".repeat(10_000));
    let edits = ["<i>", "</i>"].map(|tag| Edit { span: span(&text, tag), text: String::new() });
    let mut found = finding("own-rule", Level::Info, "m", Span::new(0, 3), "");
    found.fix = Some(Fix::new("remove it", Safety::Safe, edits));
    let report = object(&written(Format::Rdjson, &[file("a.md", &text, vec![found])]));
    assert_eq!(report["diagnostics"][0]["suggestions"], Value::Null);
}

/// The offset of a position with a column in bytes, as reviewdog counts it.
fn offset(text: &str, position: &Value) -> usize {
    let number = |key: &str| usize::try_from(position[key].as_u64().unwrap()).unwrap();
    let line = text.split_inclusive('\n').take(number("line") - 1).map(str::len).sum::<usize>();
    line + number("column") - 1
}

/// What reviewdog proposes is what `--fix` writes.
#[test]
fn suggestions_are_the_fixes() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures");
    let run = |format: &str| {
        let mut command = environment::postlint();
        let arguments = ["-q", "--isolated", "--select", "all", "--format", format, "posts", "sites"];
        object(&stdout(&command.args(arguments).current_dir(&root).output().unwrap()))
    };
    let (findings, report) = (run("json-flat"), run("rdjson"));
    let (findings, diagnostics) = (findings.as_array().unwrap(), report["diagnostics"].as_array().unwrap());
    assert_eq!(findings.len(), diagnostics.len());
    let mut suggestions = 0;
    for (finding, diagnostic) in findings.iter().zip(diagnostics) {
        let path = diagnostic["location"]["path"].as_str().unwrap();
        let text = fs::read_to_string(root.join(path)).unwrap();
        let range = &diagnostic["location"]["range"];
        let ends = [offset(&text, &range["start"]), offset(&text, &range["end"])];
        let byte = |end: &str| usize::try_from(finding["span"][end]["byte"].as_u64().unwrap()).unwrap();
        assert_eq!(ends, [byte("start"), byte("end")], "{path}: {finding}");
        let Some(suggestion) = diagnostic["suggestions"].get(0) else { continue };
        let mut fixed = text.clone();
        for edit in finding["fix"]["edits"].as_array().unwrap().iter().rev() {
            let at = |end: &str| usize::try_from(edit["span"][end]["byte"].as_u64().unwrap()).unwrap();
            fixed.replace_range(at("start")..at("end"), edit["text"].as_str().unwrap());
        }
        let mut suggested = text.clone();
        let range = &suggestion["range"];
        let replaced = offset(&text, &range["start"])..offset(&text, &range["end"]);
        suggested.replace_range(replaced, suggestion["text"].as_str().unwrap());
        assert_eq!(suggested, fixed, "{path}: {diagnostic}");
        suggestions += 1;
    }
    assert!(suggestions > 20, "only {suggestions}");
}
