//! The formats for forges, CI services and editors. `UPDATE=1` rewrites the expected text, like that of `output`.

use super::output::{expect, file, finding, span, with_fix, with_run, written};
use crate::support::runner;
use clap::ValueEnum;
use postlint::diagnostic::{Elsewhere, Label, Level};
use postlint::engine::FileReport;
use postlint::output::visible::one_line;
use postlint::output::{Format, step_summary};
use postlint::source::{Source, Span};
use proptest::prelude::*;
use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};
use serde_json::{Value, json};

const TEXT: &str = "a\n👩 <a rel=\"dofollow\">속보</a>\n";

/// A file with a fix, related places, and text that formats must escape.
pub(super) fn sample() -> Vec<FileReport> {
    let mut warn = with_fix(TEXT);
    let (path, message) = ("_posts/b.md".to_owned(), "also [here](7)".to_owned());
    let mut elsewhere = Elsewhere { path, span: Span::new(4, 6), ends: None, cell_column: None, message };
    elsewhere.locate(&Source::new("abcdef\n"));
    warn.elsewhere.push(elsewhere);
    let mut error = finding("alt-missing", Level::Error, "`<b>|` & @all #1 [x](y)\u{1b}", span(TEXT, "속보"), "");
    error.help = Some("write `a|b`".to_owned());
    let info = finding("own-rule", Level::Info, "::error::\r::error::a\n", Span::new(0, 9), "");
    vec![file("_posts/한 글:a%|<b>.md", TEXT, vec![info, warn, error])]
}

#[test]
fn sarif_has_exactly_these_fields() {
    let log: Value = serde_json::from_str(&written(Format::Sarif, &sample())).unwrap();
    let run = &log["runs"][0];
    assert_eq!((&log["version"], &run["columnKind"]), (&json!("2.1.0"), &json!("unicodeCodePoints")));
    assert_eq!(run["newlineSequences"], json!(["\r\n", "\n", "\r"]));
    assert_eq!(run["invocations"], json!([{ "executionSuccessful": true, "toolExecutionNotifications": [] }]));
    let levels: Vec<&str> = run["results"].as_array().unwrap().iter().map(|it| it["level"].as_str().unwrap()).collect();
    assert_eq!(levels, ["error", "warning", "note"]);
    let uri = json!({ "uri": "_posts/%ED%95%9C%20%EA%B8%80%3Aa%25%7C%3Cb%3E.md", "uriBaseId": "%SRCROOT%" });
    let region = |line: u32, column: u32, end: u32| json!({ "startLine": line, "startColumn": column, "endLine": line, "endColumn": end });
    let mut result = run["results"][1].clone();
    let fingerprint = result["partialFingerprints"]["postlint/v1"].take();
    assert_eq!(fingerprint.as_str().unwrap().len(), 16);
    let expected = json!({
        "ruleId": "rel-unknown-token",
        "ruleIndex": 2,
        "level": "warning",
        "message": { "text": "no link type: [after this](1), [also \\[here\\](7)](2)\nhelp: remove it" },
        "locations": [{ "physicalLocation": { "artifactLocation": uri, "region": region(2, 11, 19) } }],
        "partialFingerprints": { "postlint/v1": null },
        "relatedLocations": [
            {
                "id": 1,
                "physicalLocation": { "artifactLocation": uri, "region": region(2, 1, 2) },
                "message": { "text": "after this" },
            },
            {
                "id": 2,
                "physicalLocation": {
                    "artifactLocation": { "uri": "_posts/b.md", "uriBaseId": "%SRCROOT%" },
                    "region": region(1, 5, 7),
                },
                "message": { "text": "also [here](7)" },
            },
        ],
        "fixes": [{
            "description": { "text": "remove `rel`" },
            "artifactChanges": [{ "artifactLocation": uri, "replacements": [{ "deletedRegion": region(2, 5, 20) }] }],
            "properties": { "safety": "safe" },
        }],
    });
    assert_eq!(result, expected);
    let message = &run["results"][0]["message"]["text"];
    assert_eq!(message, "`<b>|` & @all #1 \\[x](y)\u{1b}\nhelp: write `a|b`");
    let ids: Vec<&str> = rules(run).map(|rule| rule["id"].as_str().unwrap()).collect();
    assert_eq!(ids, ["alt-missing", "own-rule", "rel-unknown-token"]);
}

fn rules(run: &Value) -> impl Iterator<Item = &Value> {
    run["tool"]["driver"]["rules"].as_array().unwrap().iter()
}

#[test]
fn sarif_keeps_the_worst_5000_and_tells_it() {
    let at = |nth: u32| {
        let level = if nth < 4000 { Level::Info } else { Level::Error };
        finding("alt-missing", level, "m", Span::new(nth * 2, nth * 2 + 1), "")
    };
    let files = [file("a.md", &"x\n".repeat(8000), (0..8000).map(at).collect())];
    let log: Value = serde_json::from_str(&written(Format::Sarif, &files)).unwrap();
    let run = &log["runs"][0];
    let results = run["results"].as_array().unwrap();
    assert_eq!(results.len(), 5000);
    assert!(results[..4000].iter().all(|result| result["level"] == "error"));
    assert!(results[4000..].iter().all(|result| result["level"] == "note"));
    let notification = &run["invocations"][0]["toolExecutionNotifications"][0];
    assert_eq!(
        notification["message"]["text"],
        "This log has 5,000 of 8,000 findings, those of the worst level first."
    );
    let fingerprints: std::collections::BTreeSet<&str> =
        results.iter().map(|result| result["partialFingerprints"]["postlint/v1"].as_str().unwrap()).collect();
    assert_eq!(fingerprints.len(), 5000);
}

#[test]
fn gitlab_fields() {
    let issues: Value = serde_json::from_str(&written(Format::Gitlab, &sample())).unwrap();
    let severities: Vec<&str> =
        issues.as_array().unwrap().iter().map(|issue| issue["severity"].as_str().unwrap()).collect();
    assert_eq!(severities, ["info", "minor", "major"]);
    let mut issue = issues[1].clone();
    issue["fingerprint"].take();
    assert_eq!(
        issue,
        json!({
            "description": "rel-unknown-token: no link type",
            "check_name": "rel-unknown-token",
            "fingerprint": null,
            "severity": "minor",
            "location": { "path": "_posts/한 글:a%|<b>.md", "lines": { "begin": 2, "end": 2 } },
        })
    );
    assert_eq!(written(Format::Gitlab, &[]), "[]\n");
}

#[test]
fn junit_and_checkstyle() {
    expect("junit.xml", &written(Format::Junit, &sample()));
    expect("checkstyle.xml", &written(Format::Checkstyle, &sample()));
    let nothing = written(Format::Checkstyle, &[]);
    assert!(roxmltree::Document::parse(&nothing).unwrap().root_element().children().all(|node| node.is_text()));
}

#[test]
fn markdown_and_the_summary_of_a_job() {
    expect("markdown.txt", &written(Format::Markdown, &sample()));
    let summary = with_run(&sample(), |run, out| {
        use std::io::Write;
        out.write_all(step_summary(run, 10_000).unwrap().as_bytes()).unwrap();
    });
    expect("summary.txt", &summary);
    assert_eq!(written(Format::Markdown, &[]), "### postlint: no findings in 214 posts\n");
}

/// Reports of 30 files with 100 findings each, the last of which is the only error.
fn many() -> Vec<FileReport> {
    let text = "속보 👩\n".repeat(100);
    let line = "속보 👩\n".len() as u32;
    let at =
        |nth: u32| finding("spacer-paragraph", Level::Warn, "속보 👩 `|`", Span::new(nth * line, nth * line + 3), "");
    let mut files: Vec<FileReport> =
        (0..30).map(|nth| file(&format!("_posts/{nth:02}.md"), &text, (0..100).map(at).collect())).collect();
    files[29].diagnostics[99].level = Level::Error;
    files
}

#[test]
fn long_markdown_ends_after_a_row_and_tells_how_much_is_left_out() {
    let files = many();
    let comment = written(Format::Markdown, &files);
    let size = comment.encode_utf16().count();
    assert!((60_000..65_536).contains(&size), "{size}");
    for budget in [0, 100, 1000, 3000, 50_000, 900_000] {
        let summary = with_run(&files, |run, out| {
            use std::io::Write;
            out.write_all(step_summary(run, budget).unwrap().as_bytes()).unwrap();
        });
        assert!(summary.len() <= budget.max(200), "{budget}: {}", summary.len());
        check_rows(&summary, budget < 900_000);
    }
    check_rows(&comment, true);
    assert!(
        comment.lines().nth(4).unwrap().starts_with("| error | <code>&#95;posts/29.md:100:1</code> |"),
        "{comment}"
    );
}

fn check_rows(markdown: &str, is_cut: bool) {
    let shown = markdown.lines().filter(|line| line.starts_with("| warn |") || line.starts_with("| error |")).count();
    let last = markdown.lines().last().unwrap();
    if is_cut {
        let left_out = postlint::words::thousands(3000 - shown);
        assert_eq!(last, format!("{left_out} more findings would be too long to show here."));
    } else {
        assert_eq!(shown, 3000);
    }
    assert!(markdown.lines().filter(|line| line.starts_with('|')).all(|line| line.ends_with('|')));
}

#[test]
fn github_annotates_ten_of_each_level() {
    let shown = written(Format::Github, &many());
    let count = |start: &str| shown.lines().filter(|line| line.starts_with(start)).count();
    assert_eq!([count("::error "), count("::warning "), count("::notice ")], [1, 10, 0]);
    assert!(shown.starts_with("::error file=_posts/29.md,line=100,"), "{shown}");
    let told = "\n10 of 2,999 warnings are annotations, which is GitHub's limit; all are below\n\
                ::group::postlint: 1 error, 2,999 warnings in 214 posts\n";
    assert!(shown.contains(told), "{}", &shown[..5000]);
    assert_eq!(shown.matches("─[_posts/").count(), 3000, "the text has all of them");
    assert!(shown.ends_with("\n::endgroup::\n"));
}

/// What a reader sees of `text` in Markdown.
fn read(text: &str) -> String {
    let text = one_line(text).into_owned();
    if text.split('`').count() % 2 == 1 { text.replace('`', "") } else { text }
}

/// The cells of the last table. Panics if there is anything beside headings, paragraphs and tables, or a link that is not
/// ours.
fn cells(markdown: &str) -> Vec<String> {
    let mut cells: Vec<String> = Vec::new();
    for event in Parser::new_ext(markdown, Options::ENABLE_TABLES) {
        match event {
            Event::Start(Tag::Table(_)) => cells.clear(),
            Event::Start(Tag::TableCell) => cells.push(String::new()),
            Event::Text(text) => cells.last_mut().into_iter().for_each(|cell| cell.push_str(&text)),
            Event::InlineHtml(html) => assert!(matches!(&*html, "<code>" | "</code>" | "<br>"), "{html}"),
            Event::Start(Tag::Link { dest_url, .. }) => assert!(dest_url.starts_with("https://example.org/rules/")),
            Event::Start(Tag::Heading { .. } | Tag::TableHead | Tag::TableRow) => {}
            Event::End(
                TagEnd::Heading(_)
                | TagEnd::Table
                | TagEnd::TableHead
                | TagEnd::TableRow
                | TagEnd::TableCell
                | TagEnd::Link,
            ) => {}
            other => panic!("{other:?} in {markdown:?}"),
        }
    }
    cells
}

proptest! {
    /// Whatever posts and paths contain, it stays text in every format.
    #[test]
    fn no_text_is_markup_or_a_command(
        text in "(\\PC|[\\x00-\\x1f]|\\||`|<!--|\\]\\]>|&|::error::|##\\[|\\]\\(|@a|#1|https://|www\\.|\u{2028}|\u{85}|\u{fffe}|\u{ffff}|[\r\n]){0,40}",
        path in "(\\PC|::|##\\[|\\||<|&|\"|`|[\r\n\t]|\u{fffe}){1,20}",
    ) {
        let mut warn = finding("rel-unknown-token", Level::Warn, &text, Span::new(0, 1), &text);
        warn.help = Some(text.clone());
        warn.related.push(Label { span: Span::new(1, 2), message: text.clone() });
        let files = [file(&path, &text, vec![warn.clone(), warn])];
        for format in Format::value_variants() {
            let shown = written(*format, &files);
            let commands = runner::lines(&shown).map(runner::command).collect::<Result<Vec<_>, _>>();
            let commands = commands.map_err(TestCaseError::fail)?.into_iter().flatten();
            let expected = if *format == Format::Github { 4 } else { 0 };
            prop_assert_eq!(commands.count(), expected, "{:?}: {:?}", format, shown);
            prop_assert!(!shown.contains(|c: char| c.is_control() && !matches!(c, '\n' | '\t')), "{format:?}: {shown:?}");
        }
        let log: Value = serde_json::from_str(&written(Format::Sarif, &files)).unwrap();
        let related = &log["runs"][0]["results"][0]["relatedLocations"][0];
        prop_assert_eq!(related["message"]["text"].as_str().unwrap_or_default(), &text);
        let issues: Value = serde_json::from_str(&written(Format::Gitlab, &files)).unwrap();
        prop_assert_eq!(&issues[0]["location"]["path"], &json!(path));
        prop_assert!(issues[0]["fingerprint"] != issues[1]["fingerprint"]);

        let seen = one_line(&text).replace(['\u{fffe}', '\u{ffff}'], "");
        for format in [Format::Junit, Format::Checkstyle] {
            let xml = written(format, &files);
            let document = roxmltree::Document::parse(&xml).map_err(|error| TestCaseError::fail(error.to_string()))?;
            let named = |name: &str| document.descendants().filter(|node| node.has_tag_name(name)).collect::<Vec<_>>();
            let told = if format == Format::Junit { named("failure") } else { named("error") };
            prop_assert_eq!(told.len(), 2);
            let message = told[0].attribute("message").unwrap();
            // A space keeps the runner from reading a command of the old syntax.
            prop_assert_eq!(message.replace("# #", "##").replace("# #", "##"), seen.replace("# #", "##").replace("# #", "##"));
        }

        let markdown = written(Format::Markdown, &files);
        let cells = cells(&markdown);
        prop_assert_eq!(cells.len(), 4 * 3, "{}", markdown);
        let visible = cells[7].replace('\u{200b}', "");
        // Cells are trimmed, and a run of `#` is written apart.
        let expected = format!("{}{}", read(&text), read(&text));
        let words = |text: &str| text.split_whitespace().collect::<String>();
        prop_assert_eq!(words(&visible), words(&expected), "{}", markdown);
        prop_assert!(!markdown.replace("https://example.org/", "").contains("://") && !markdown.contains("www."));
    }
}

/// The attributes that `from_json` of none-ls reads by default, with what it makes of them ([diagnostics.lua]). It converts
/// the column from code points to bytes with `vim.str_byteindex`.
///
/// [diagnostics.lua]: https://github.com/nvimtools/none-ls.nvim/blob/main/lua/null-ls/helpers/diagnostics.lua
#[test]
fn json_flat_is_what_none_ls_reads_by_default() {
    let records: Value = serde_json::from_str(&written(Format::JsonFlat, &sample())).unwrap();
    let attributes = ["line", "column", "endLine", "endColumn", "ruleId", "level", "message"];
    for record in records.as_array().unwrap() {
        let [row, col, end_row, end_col, code, severity, message] = attributes.map(|name| &record[name]);
        assert!(code.is_string() && message.is_string(), "{record}");
        assert!(["error", "warn", "info"].contains(&severity.as_str().unwrap()), "{record}");
        // All count from 1, and the end is exclusive.
        let [row, col, end_row, end_col] =
            [row, col, end_row, end_col].map(|number| usize::try_from(number.as_u64().unwrap()).unwrap());
        assert!(row >= 1 && col >= 1 && (row, col) <= (end_row, end_col), "{record}");
    }
    let line: Vec<char> = TEXT.lines().nth(1).unwrap().chars().collect();
    let named = |record: &Value| {
        let column = |name: &str| usize::try_from(record[name].as_u64().unwrap()).unwrap() - 1;
        line[column("column")..column("endColumn")].iter().collect::<String>()
    };
    assert_eq!((named(&records[1]), named(&records[2])), ("dofollow".to_owned(), "속보".to_owned()));
}
