//! The output formats. The expected text is in `tests/it/cli/expected/`; `UPDATE=1` rewrites it.
use clap::ValueEnum;
use postlint::diagnostic::{Authority, Diagnostic, Fix, Label, Level, Safety};
use postlint::edit::Edit;
use postlint::engine::{FileReport, RuleInfo};
use postlint::output::{self, About, ColumnUnit, Format, Looks, Run, Screen};
use postlint::source::{Source, Span};
use std::collections::BTreeMap;
use std::path::Path;
use std::time::Duration;

pub(super) fn file(path: &str, text: &str, diagnostics: Vec<Diagnostic>) -> FileReport {
    FileReport { path: path.to_owned(), source: Source::new(text), diagnostics }
}

pub(super) fn finding(rule: &str, level: Level, message: &str, span: Span, label: &str) -> Diagnostic {
    Diagnostic {
        rule: rule.into(),
        level,
        authority: Authority::Standard,
        message: message.to_owned(),
        label: Label { span, message: label.to_owned() },
        related: Vec::new(),
        help: None,
        fix: None,
        identity: None,
        is_shared: false,
        sharing: 0,
        elsewhere: Vec::new(),
        more_elsewhere: 0,
    }
}

pub(super) const LOOKS: Looks = Looks { width: 80, color: false, unicode: true };

/// The span of the first `part` of `text`.
pub(super) fn span(text: &str, part: &str) -> Span {
    let start = text.find(part).unwrap();
    Span::of(start..start + part.len())
}

fn rules() -> BTreeMap<String, RuleInfo> {
    let rule = |name: &str, level| {
        let url = format!("https://example.org/rules/{name}");
        (name.to_owned(), RuleInfo { group: "images", url, ..RuleInfo::without_page(name, "", level) })
    };
    BTreeMap::from([
        rule("alt-missing", Level::Error),
        rule("rel-unknown-token", Level::Warn),
        rule("spacer-paragraph", Level::Warn),
    ])
}

pub(super) fn written(format: Format, files: &[FileReport]) -> String {
    with_run(files, |run, out| output::write(format, run, out).unwrap())
}

pub(super) fn with_run(files: &[FileReport], write: impl FnOnce(&Run<'_>, &mut Screen<'_>)) -> String {
    with_run_in(ColumnUnit::Chars, files, write)
}

/// Like [`with_run`], with another unit of columns.
pub(super) fn with_run_in(
    column_unit: ColumnUnit,
    files: &[FileReport],
    write: impl FnOnce(&Run<'_>, &mut Screen<'_>),
) -> String {
    let rules = rules();
    let elapsed = Duration::from_millis(90);
    let passed = vec!["_posts/fine.md".to_owned()];
    let about = About { fail_on: Some(Level::Warn), passed, column_unit, ..About::default() };
    let run = Run { files, rules: &rules, posts: 214, elapsed, looks: LOOKS, about: &about };
    Screen::text(|out| {
        write(&run, out);
        std::io::Result::Ok(())
    })
    .unwrap()
}

/// One finding with one label, as the full format shows it.
fn full(text: &str, span: Span, label: &str) -> String {
    let finding = finding("rel-unknown-token", Level::Warn, "unknown token", span, label);
    written(Format::Full, &[file("_posts/a.md", text, vec![finding])])
}

#[track_caller]
pub(super) fn expect(name: &str, written: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it/cli/expected").join(name);
    if std::env::var_os("UPDATE").is_some() {
        std::fs::write(&path, written).unwrap();
    }
    let expected = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(expected == written, "{} differs; written was:\n{written}", path.display());
}

/// The width in cells of the text before `needle` on its line.
fn cells_before(text: &str, needle: &str) -> usize {
    use unicode_width::UnicodeWidthStr;
    let line = text.lines().find(|line| line.contains(needle)).unwrap();
    line[..line.find(needle).unwrap()].width()
}

#[test]
fn carets_are_aligned_below_korean() {
    let text = "첫 줄\n\n<a href=\"/\" rel=\"dofollow\">오세훈 시장의 만남</a> 속보\n끝\n";
    let shown = full(text, span(text, "속보"), "이 낱말");
    expect("korean.txt", &shown);
    assert_eq!(cells_before(&shown, "속보"), cells_before(&shown, "──┬─"));
}

#[test]
fn tabs_are_shown_as_spaces() {
    let text = "a\tb\t\trel=dofollow\n";
    expect("tabs.txt", &full(text, span(text, "dofollow"), "no link type"));
}

#[test]
fn carets_are_aligned_after_a_joined_emoji() {
    let text = "가족 👩‍👩‍👧‍👦 👍🏽 ❤️ 속보 끝\n";
    let shown = full(text, span(text, "속보"), "here");
    expect("emoji.txt", &shown);
    assert_eq!(cells_before(&shown, "속보"), cells_before(&shown, "──┬─"));
    assert!(!shown.contains('\u{200d}'));
}

#[test]
fn line_ends_are_never_shown() {
    let text = "one\r\ntwo dofollow\r\nthree\r\n";
    let shown = full(text, span(text, "dofollow"), "here");
    expect("crlf.txt", &shown);
    assert!(!shown.contains('\r'));
}

#[test]
fn long_lines_are_trimmed_around_the_label() {
    let long = "가나다라 마바사아 ".repeat(33);
    let text = format!("{long}\n{long}<b>dofollow</b>{long}\n{long}\n");
    let shown = full(&text, span(&text, "dofollow"), "here");
    expect("long-line.txt", &shown);
    assert!(shown.lines().all(|line| unicode_width::UnicodeWidthStr::width(line) <= 80), "{shown}");
    assert_eq!(cells_before(&shown, "dofollow"), cells_before(&shown, "────┬───"));
}

#[test]
fn a_label_longer_than_the_line_is_cut() {
    let text = format!("<p>{}</p>\n", "길다 ".repeat(200));
    let shown = full(&text, Span::new(3, text.len() as u32 - 5), "too long");
    expect("long-label.txt", &shown);
    assert!(shown.lines().all(|line| unicode_width::UnicodeWidthStr::width(line) <= 80), "{shown}");
}

#[test]
fn an_empty_span_at_the_end_has_a_caret() {
    for (name, text) in [("eof.txt", "one\ntwo"), ("eof-line-end.txt", "one\ntwo\n"), ("eof-empty.txt", "")] {
        let shown = full(text, Span::empty(text.len() as u32), "expected `---` here");
        expect(name, &shown);
        assert!(shown.contains('▲'), "{shown}");
    }
}

#[test]
fn an_empty_span_in_a_line_has_a_caret() {
    let text = "<p>가나</p>\n";
    expect("insertion.txt", &full(text, Span::empty(span(text, "나").start), "here"));
}

#[test]
fn control_characters_are_shown_and_never_obeyed() {
    let text = "a\u{1b}[31mred\u{0} \u{202e}abc\u{200b}\u{ad} dofollow\u{7f}\u{9b}\n";
    let finding = finding("rel-unknown-token", Level::Warn, "a\u{1b}[0m\n::error::b", span(text, "dofollow"), "x\ny");
    let shown = written(Format::Full, &[file("a\u{1b}\n.md", text, vec![finding])]);
    expect("control.txt", &shown);
    assert_eq!(cells_before(&shown, "dofollow"), cells_before(&shown, "────┬───"));
    assert!(!shown.contains(|c: char| c.is_control() && c != '\n'), "{shown:?}");
}

#[test]
fn distant_related_labels_have_separate_excerpts() {
    let text = "excerpt: 요약\n\n\n\n\n\nfeature_text: 요약\n";
    let mut finding =
        finding("rel-unknown-token", Level::Warn, "repeats", span(text, "feature_text"), "the same again");
    finding.related.push(Label { span: span(text, "excerpt"), message: "first here".to_owned() });
    finding.help = Some("write it once".to_owned());
    expect("related.txt", &written(Format::Full, &[file("a.md", text, vec![finding])]));
}

#[test]
fn two_labels_on_a_long_line_are_both_shown() {
    let text = format!("<i>one</i>{}<b>two</b>{}\n", "가나다 ".repeat(60), "x ".repeat(90));
    let mut finding = finding("rel-unknown-token", Level::Error, "twice", span(&text, "two"), "again");
    finding.related.push(Label { span: span(&text, "one"), message: "first".to_owned() });
    let shown = written(Format::Full, &[file("a.md", &text, vec![finding])]);
    expect("two-labels.txt", &shown);
    assert!(shown.lines().all(|line| unicode_width::UnicodeWidthStr::width(line) <= 80), "{shown}");
}

#[test]
fn overlapping_labels_become_notes() {
    let text = "<a rel=\"dofollow\">x</a>\n";
    let mut finding =
        finding("rel-unknown-token", Level::Warn, "unknown token", span(text, "dofollow"), "no link type");
    finding.related.push(Label { span: span(text, "rel=\"dofollow\""), message: "in this attribute".to_owned() });
    finding.related.push(Label { span: span(text, "<a"), message: "of this link".to_owned() });
    expect("overlap.txt", &written(Format::Full, &[file("a.md", text, vec![finding])]));
}

#[test]
fn spans_of_several_lines() {
    let text = "a\n<p>\n&nbsp;\n</p>\nb\n";
    expect("lines.txt", &full(text, span(text, "<p>\n&nbsp;\n</p>\n"), "an empty paragraph"));
    let tall = format!("<table>\n{}</table>\nb\n", "<tr></tr>\n".repeat(20));
    expect("tall.txt", &full(&tall, Span::new(0, tall.len() as u32 - 3), "no header"));
}

#[test]
fn ascii_if_the_terminal_lacks_unicode() {
    let text = format!("<i>one</i> {}\n", "word ".repeat(60));
    let finding = finding("rel-unknown-token", Level::Warn, "unknown", span(&text, "one"), "here");
    let files = [file("a.md", &text, vec![finding])];
    let shown = with_run(&files, |run, out| {
        output::write(Format::Full, &Run { looks: Looks { unicode: false, ..LOOKS }, ..*run }, out).unwrap();
    });
    assert!(shown.is_ascii(), "{shown}");
    expect("ascii.txt", &shown);
}

#[test]
fn colours_only_if_requested() {
    let text = "one two\n";
    let make = |level| finding("rel-unknown-token", level, "unknown", span(text, "two"), "here");
    let files = [file("a.md", text, [Level::Error, Level::Warn, Level::Info].map(make).to_vec())];
    let shown = with_run(&files, |run, out| {
        output::write(Format::Full, &Run { looks: Looks { color: true, ..LOOKS }, ..*run }, out).unwrap();
    });
    assert!(
        shown.contains("\u{1b}[1;31merror[rel-unknown-token]") || shown.contains("\u{1b}[31;1merror["),
        "{shown:?}"
    );
    assert!(!written(Format::Full, &files).contains('\u{1b}'));
}

/// Reports of 110 files with many spacers, and with one other finding in the last file.
fn many_spacers() -> Vec<FileReport> {
    let text = "<p>&nbsp;</p>\n\n".repeat(12);
    let spacer = |nth: u32| {
        let span = Span::new(nth * 15, nth * 15 + 13);
        finding("spacer-paragraph", Level::Warn, "paragraph holds nothing", span, "only a space")
    };
    let mut files: Vec<FileReport> = (0..110)
        .map(|nth| {
            file(&format!("_posts/{nth:03}.md"), &text, (0..if nth < 107 { 12 } else { 0 }).map(spacer).collect())
        })
        .collect();
    files[109].diagnostics.push(finding("alt-missing", Level::Error, "no alt", Span::new(0, 3), "here"));
    files
}

#[test]
fn a_rule_with_many_findings_is_collapsed() {
    let files = many_spacers();
    expect("collapse.txt", &written(Format::Full, &files));
    let twenty: Vec<FileReport> = files.into_iter().take(2).collect();
    let shown = written(Format::Full, &twenty);
    assert!(shown.contains("… and 21 more of spacer-paragraph in 2 files"), "{shown}");
    let text = "x\n".repeat(20);
    let at = |nth: u32| finding("spacer-paragraph", Level::Warn, "m", Span::new(nth * 2, nth * 2 + 1), "");
    let shown = written(Format::Full, &[file("a.md", &text, (0..20).map(at).collect())]);
    assert_eq!(shown.matches("warn[spacer-paragraph]").count(), 20);
}

#[test]
fn concise_lines() {
    let text = "---\n---\n오세훈 <a rel=\"dofollow\">속보</a>\n";
    let files = [file(
        "_posts/글.md",
        text,
        vec![
            finding("rel-unknown-token", Level::Warn, "`dofollow` is no link type", span(text, "dofollow"), ""),
            finding("alt-missing", Level::Error, "two\nlines", span(text, "속보"), ""),
        ],
    )];
    assert_eq!(
        written(Format::Concise, &files),
        "_posts/글.md:3:13: warn[rel-unknown-token] `dofollow` is no link type\n\
         _posts/글.md:3:23: error[alt-missing] two\\nlines\n"
    );
}

pub(super) fn with_fix(text: &str) -> Diagnostic {
    let mut finding = finding("rel-unknown-token", Level::Warn, "no link type", span(text, "dofollow"), "here");
    finding.help = Some("remove it".to_owned());
    finding.related.push(Label { span: span(text, "👩"), message: "after this".to_owned() });
    let edit = Edit { span: span(text, " rel=\"dofollow\""), text: String::new() };
    finding.fix = Some(Fix::new("remove `rel`", Safety::Safe, [edit]));
    finding
}

#[test]
fn json_has_exactly_these_fields() {
    let text = "a\n👩 <a rel=\"dofollow\">속보</a>\n";
    let files = [file("a.md", text, vec![with_fix(text)])];
    let shown = written(Format::JsonFlat, &files);
    let mut value: serde_json::Value = serde_json::from_str(&shown).unwrap();
    let fingerprint = value[0]["fingerprint"].take();
    let fingerprint = fingerprint.as_str().unwrap();
    assert!(fingerprint.len() == 16 && fingerprint.chars().all(|c| c.is_ascii_hexdigit()), "{fingerprint}");
    let position = |byte, column, utf16, in_bytes| {
        serde_json::json!({
            "byte": byte, "line": 2, "column": column, "columnUtf16": utf16, "columnByte": in_bytes
        })
    };
    let expected = serde_json::json!([{
        "ruleId": "rel-unknown-token",
        "level": "warn",
        "message": "no link type",
        "help": "remove it",
        "authority": "standard",
        "path": "a.md",
        "line": 2,
        "column": 11,
        "endLine": 2,
        "endColumn": 19,
        "span": { "start": position(15, 11, 12, 14), "end": position(23, 19, 20, 22) },
        "related": [{
            "message": "after this",
            "path": "a.md",
            "span": { "start": position(2, 1, 1, 1), "end": position(6, 2, 3, 5) }
        }],
        "relatedTotal": 1,
        "fix": {
            "title": "remove `rel`",
            "safety": "safe",
            "edits": [{ "span": { "start": position(9, 5, 6, 8), "end": position(24, 20, 21, 23) }, "text": "" }]
        },
        "fingerprint": null,
        "url": "https://example.org/rules/rel-unknown-token",
        "group": "images",
        "label": "here"
    }]);
    assert_eq!(value, expected);
    let keys: Vec<&String> = value[0].as_object().unwrap().keys().collect();
    let expected_keys: Vec<&String> = expected[0].as_object().unwrap().keys().collect();
    assert_eq!(keys, expected_keys, "also in this order");
}

#[test]
fn json_without_findings_or_details() {
    assert_eq!(written(Format::JsonFlat, &[]), "[]\n");
    assert_eq!(written(Format::JsonLines, &[]), "");
    let files = [file("a.md", "x", vec![finding("alt-missing", Level::Error, "m", Span::new(0, 1), "")])];
    let value: serde_json::Value = serde_json::from_str(&written(Format::JsonLines, &files)).unwrap();
    assert_eq!(value["fix"], serde_json::Value::Null);
    assert_eq!(value["help"], serde_json::Value::Null);
    assert_eq!(value["related"], serde_json::json!([]));
}

#[test]
fn json_lines_contain_the_objects_of_json() {
    let files = many_spacers();
    let array: Vec<serde_json::Value> = serde_json::from_str(&written(Format::JsonFlat, &files)).unwrap();
    let shown = written(Format::JsonLines, &files);
    let lines: Vec<serde_json::Value> = shown.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(array.len(), 107 * 12 + 1);
    assert_eq!(array, lines);
}

fn fingerprints(files: &[FileReport]) -> Vec<String> {
    let array: Vec<serde_json::Value> = serde_json::from_str(&written(Format::JsonFlat, files)).unwrap();
    array.iter().map(|record| record["fingerprint"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn fingerprints_do_not_depend_on_lines_above() {
    let body = "<p>&nbsp;</p>\ntext\n<p>&nbsp;</p>\n<b>x</b>\n";
    let in_text = |before: &str| {
        let text = format!("{before}{body}");
        let at = |offset: usize| {
            let start = before.len() + offset;
            finding("spacer-paragraph", Level::Warn, "m", Span::of(start..start + 13), "")
        };
        fingerprints(&[file("a.md", &text, vec![at(0), at(19)])])
    };
    let first = in_text("");
    assert_ne!(first[0], first[1], "the same line twice is two findings");
    assert_eq!(first, in_text("new\n\n속보\n"));
}

#[test]
fn fingerprints_depend_on_rule_path_and_text() {
    let one = |path: &str, text: &str, rule: &str| {
        fingerprints(&[file(path, text, vec![finding(rule, Level::Warn, "m", Span::new(0, 1), "")])]).remove(0)
    };
    let base = one("a.md", "x y", "alt-missing");
    assert_eq!(base, one("a.md", "x \t  y  \n", "alt-missing"), "spaces do not count");
    assert_ne!(base, one("b.md", "x y", "alt-missing"));
    assert_ne!(base, one("a.md", "x z", "alt-missing"));
    assert_ne!(base, one("a.md", "x y", "spacer-paragraph"));
}

#[test]
fn github_escapes_as_its_toolkit_does() {
    let text = "a, b: 100%\nnext\n";
    let mut error = finding("alt-missing", Level::Error, "50%\r\nlost", span(text, "100%"), "");
    error.related.push(Label { span: span(text, "next"), message: "see\nhere".to_owned() });
    error.help = Some("write, it: so".to_owned());
    let info = finding("spacer-paragraph", Level::Info, "::error::no", Span::new(0, 12), "");
    let warn = finding("rel-unknown-token", Level::Warn, "w", span(text, "next"), "");
    let shown = written(Format::Github, &[file("_posts/a,b:c%.md", text, vec![info, error, warn])]);
    expect("github.txt", &shown);
}

#[test]
fn no_line_of_content_is_a_workflow_command() {
    let text = "::error::a\n::warning::b\n";
    let mut finding = finding("alt-missing", Level::Error, "x\n::error::c", span(text, "b"), "y\n::error::d");
    finding.help = Some("z\n::error::e".to_owned());
    finding.related.push(Label { span: span(text, "b"), message: "\n::error::f".to_owned() });
    let files = [file("::error::.md", text, vec![finding])];
    for format in Format::value_variants().iter().filter(|format| **format != Format::Github) {
        let shown = written(*format, &files);
        // The runner also accepts a command after leading whitespace.
        assert!(!shown.lines().any(|line| line.trim_start().starts_with("::")), "{shown}");
    }
    let shown = written(Format::Github, &files);
    assert_eq!(shown.lines().filter(|line| line.trim_start().starts_with("::error ")).count(), 1, "{shown}");
    assert_eq!(shown.lines().filter(|line| line.trim_start().starts_with("::")).count(), 3, "{shown}");
}

#[test]
fn summary_and_statistics() {
    let mut files = many_spacers();
    let fixed = with_fix("👩 dofollow rel=\"dofollow\"");
    files[0].diagnostics.push(Diagnostic { level: Level::Info, ..fixed });
    let summary = with_run(&files, |run, out| output::write_summary(run, out).unwrap());
    assert_eq!(
        summary,
        "1 error, 1,284 warnings, 1 info in 214 posts · up to 1 fixable with --fix · 0.09 s\n\
         why a rule fires and what to do: postlint explain spacer-paragraph\n"
    );
    expect("statistics.txt", &with_run(&files, |run, out| output::write_statistics(Format::Full, run, out).unwrap()));
    let nothing = with_run(&[], |run, out| {
        output::write_summary(&Run { posts: 1, elapsed: Duration::from_millis(2), ..*run }, out).unwrap();
    });
    assert_eq!(nothing, "no findings in 1 post · under 0.01 s\n");
}

#[test]
fn a_page_on_one_line_takes_linear_time() {
    let text = "<p>👩보</p> ".repeat(40_000);
    let at = |nth: u32| finding("alt-missing", Level::Error, "m", Span::new(nth * 15, nth * 15 + 3), "");
    let files = [file("a.md", &text, (0..40_000).map(at).collect())];
    let start = std::time::Instant::now();
    let shown = written(Format::JsonLines, &files);
    assert!(start.elapsed() < Duration::from_secs(20), "{:?}", start.elapsed());
    for (nth, line) in shown.lines().enumerate().step_by(997) {
        let record: serde_json::Value = serde_json::from_str(line).unwrap();
        let start = &record["span"]["start"];
        assert_eq!(start["column"], nth * 10 + 1);
        assert_eq!(start["columnUtf16"], nth * 11 + 1);
        assert_eq!(start["columnByte"], nth * 15 + 1);
    }
}

proptest::proptest! {
    #[test]
    fn any_text_and_any_spans_are_shown(
        text in "(\\PC|[ \t\r\n\u{0}-\u{1f}]|[가-힣]|👩\u{200d}👩|e\u{301}|<p>|\u{200b}|\u{202e}){0,300}",
        spans in proptest::collection::vec((0u32..900, 0u32..200), 1..12),
        width in 0usize..120,
    ) {
        let mut spans = spans.into_iter().map(|(start, len)| Span::new(start, start + len));
        let mut finding = finding("alt-missing", Level::Error, "m", spans.next().unwrap(), "label");
        finding.related = spans.map(|span| Label { span, message: "related".to_owned() }).collect();
        let files = [file("a.md", &text, vec![finding])];
        let shown = with_run(&files, |run, out| {
            output::write(Format::Full, &Run { looks: Looks { width, ..LOOKS }, ..*run }, out).unwrap();
        });
        proptest::prop_assert!(shown.starts_with("error[alt-missing]: m\n"), "{shown}");
        proptest::prop_assert!(shown.contains("─[a.md:") && shown.contains("label"), "{shown}");
        proptest::prop_assert!(!shown.contains(|c: char| c.is_control() && c != '\n'), "{shown:?}");
        for format in [Format::Concise, Format::JsonLines] {
            proptest::prop_assert_eq!(written(format, &files).lines().count(), 1);
        }
    }
}
