//! What the columns in `path:line:column` count: `--column-unit`.

use super::output::{file, finding, span, with_run_in};
use crate::support::blog::{Blog, code, stderr, stdout};
use postlint::diagnostic::{Elsewhere, Label, Level};
use postlint::output::{self, ColumnUnit, Format};
use postlint::source::{Source, Span};
use proptest::prelude::*;
use unicode_width::UnicodeWidthChar;

/// A line with a wide character, a tab and an emoji before what is found, and the column of that in each unit.
const LINE: &str = "가\t👩 <img src=\"/a.png\"> 끝";
const COLUMNS: [(&str, ColumnUnit, u32); 4] = [
    ("chars", ColumnUnit::Chars, 5),
    ("utf16", ColumnUnit::Utf16, 6),
    ("bytes", ColumnUnit::Bytes, 10),
    ("cells", ColumnUnit::Cells, 12),
];

fn blog() -> Blog {
    let post = format!("---\ntitle: A post\ndescription: What it is about.\n---\n\n{LINE}\n");
    Blog::new(&[("_posts/2024-01-01-a.md", &post)])
}

#[test]
fn text_formats_count_what_is_asked_for() {
    let blog = blog();
    for (unit, _, column) in COLUMNS {
        let place = format!("_posts/2024-01-01-a.md:6:{column}");
        for format in ["concise", "full", "github", "markdown", "junit"] {
            let arguments = ["-q", "--select", "alt-missing", "--format", format, "--column-unit", unit];
            let shown = stdout(&blog.run(&arguments)).replace("&#95;", "_");
            assert!(shown.contains(&place), "{format}, {unit}: {shown}");
        }
        let counted = stdout(&blog.run(&["--statistics", "--format", "json", "--column-unit", unit]));
        assert!(counted.contains(&format!("\"{place}\"")), "{counted}");
        let variable = blog.command(&["-q", "--format", "concise"]).env("POSTLINT_COLUMN_UNIT", unit).output().unwrap();
        assert!(stdout(&variable).starts_with(&format!("{place}: ")), "{}", stdout(&variable));
        let search = blog.run(&["search", "img", "--format", "concise", "--column-unit", unit]);
        assert!(stdout(&search).starts_with(&format!("{place}: ")), "{}", stdout(&search));
    }
}

#[test]
fn formats_for_programs_have_units_of_their_own() {
    let blog = blog();
    for format in ["json", "json-flat", "json-lines", "sarif", "gitlab", "checkstyle"] {
        let shown = |unit: &str| stdout(&blog.run(&["-q", "--format", format, "--column-unit", unit]));
        assert_eq!(shown("chars"), shown("bytes"), "{format}");
    }
}

#[test]
fn an_unknown_unit_is_an_error() {
    let output = blog().run(&["--column-unit", "byte"]);
    assert_eq!(code(&output), 2);
    assert!(stderr(&output).contains("a similar value exists: 'bytes'"), "{}", stderr(&output));
}

#[test]
fn notes_and_places_in_other_files_count_the_same() {
    let text = format!("{LINE}\n");
    let mut found = finding("alt-missing", Level::Warn, "m", span(&text, "<img"), "first");
    // Labels that overlap are notes.
    found.related.push(Label { span: span(&text, "img"), message: "again".to_owned() });
    let path = "b.md".to_owned();
    let mut there =
        Elsewhere { path, span: span(&text, "끝"), ends: None, cell_column: None, message: "끝".to_owned() };
    there.locate(&Source::new(&*text));
    found.elsewhere.push(there);
    let files = [file("a.md", &text, vec![found])];
    let ends = [24, 25, 29, 31];
    for ((_, unit, column), end) in COLUMNS.into_iter().zip(ends) {
        let shown = with_run_in(unit, &files, |run, out| output::write(Format::Full, run, out).unwrap());
        for place in [format!("[a.md:1:{column}]"), format!("(a.md:1:{})", column + 1), format!("b.md:1:{end}: 끝")] {
            assert!(shown.contains(&place), "{unit:?}: no {place} in {shown}");
        }
    }
}

/// The column in cells, character by character.
fn cell_column(line: &str) -> u32 {
    line.chars().fold(1, |column, c| match c {
        '\t' => (column - 1) / 8 * 8 + 9,
        c => column + c.width().unwrap_or(2) as u32,
    })
}

proptest! {
    /// Long lines are counted from milestones.
    #[test]
    fn cells_are_counted_from_the_start_of_the_line(
        parts in proptest::collection::vec(("[가a\t👩\u{200d}\u{1b}é\u{301}]{0,12}", 0..300usize, "(\n|\r\n|\r|)"), 0..8),
        bom in any::<bool>(),
    ) {
        let parts = parts.into_iter().map(|(text, times, end)| format!("{}{end}", text.repeat(times)));
        let text = format!("{}{}", if bom { "\u{feff}" } else { "" }, parts.collect::<String>());
        let source = Source::new(&*text);
        for line in 1..=source.line_count() {
            let span = source.line_span(line);
            let written = source.slice(span);
            let ends = written.char_indices().map(|(at, _)| at).chain([written.len()]);
            for at in ends.step_by(97) {
                prop_assert_eq!(source.cell_column(span.start + at as u32), cell_column(&written[..at]));
            }
        }
        prop_assert_eq!(source.cell_column(u32::MAX), source.cell_column(text.len() as u32));
    }
}

#[test]
fn ends_of_lines_and_marks_have_columns() {
    let source = Source::new("\u{feff}가\r\n나");
    let columns: Vec<u32> = [0, 2, 3, 6, 8, 11].into_iter().map(|at| source.cell_column(at)).collect();
    assert_eq!(columns, [1, 1, 1, 3, 1, 3]);
    assert_eq!(Span::new(3, 6).slice(source.text()), "가");
}
