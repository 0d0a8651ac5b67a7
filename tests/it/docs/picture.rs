//! The picture of a run in the README and the documentation: SVG made from what the program prints. `UPDATE=1` draws it
//! again.
//!
//! Each run of text has its place and its width from the columns it takes in a terminal, whatever fonts the reader has.
//! Without that, the labels under Korean text would be somewhere else (crates that draw terminals leave it to the font).

use super::{printed, root};
use std::fmt::Write;
use unicode_width::UnicodeWidthChar;

const PICTURE: &str = "docs/src/first-run.svg";
const ARGUMENTS: &str = "-q --select summary-duplicated,rel-unknown-token,front-matter-invalid fixtures/sites/jekyll";

/// The size of a column and of a line, in pixels.
const COLUMN: f64 = 8.4;
const LINE: usize = 18;
const MARGIN: usize = 14;

#[test]
fn the_picture_shows_the_real_output() {
    let arguments: Vec<&str> = ["--color", "always"].into_iter().chain(ARGUMENTS.split(' ')).collect();
    let printed = printed(&arguments);
    let drawn = picture(&format!("\x1b[2m$\x1b[0m postlint {ARGUMENTS}\n{printed}"));
    let path = root().join(PICTURE);
    if std::env::var_os("UPDATE").is_some() {
        std::fs::write(&path, &drawn).unwrap();
    }
    let kept = std::fs::read_to_string(path).unwrap().replace("\r\n", "\n");
    assert!(kept == drawn, "{PICTURE} is not what postlint prints: run `UPDATE=1 cargo test --test it picture`");
}

#[test]
fn wide_characters_take_two_columns() {
    let drawn = picture("ab 항구 c\n\x1b[31;1m   ────\x1b[0m");
    let widths = [("ab", 14.0, 16.8), ("항구", 39.2, 33.6), ("c", 81.2, 8.4)];
    for (text, x, width) in widths {
        assert!(drawn.contains(&format!("x=\"{x:.1}\" y=\"28\" textLength=\"{width:.1}\"")), "{text}: {drawn}");
    }
    assert!(
        drawn.contains("x=\"39.2\" y=\"46\" textLength=\"33.6\" lengthAdjust=\"spacingAndGlyphs\" class=\"c31 c1\"")
    );
}

/// Text in one style, all of it wide or all of it narrow.
struct Run {
    column: usize,
    columns: usize,
    is_wide: bool,
    style: String,
    text: String,
}

/// The output of a program with colours, as SVG.
fn picture(printed: &str) -> String {
    let lines: Vec<Vec<Run>> = printed.trim_end().lines().map(runs).collect();
    let columns = lines.iter().flatten().map(|run| run.column + run.columns).max().unwrap_or(0);
    let width = (columns as f64 * COLUMN).ceil() as usize + 2 * MARGIN;
    let height = lines.len() * LINE + 2 * MARGIN;
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height}\" width=\"{width}\" height=\"{height}\">\n\
         <title>A run of postlint on the sample site</title>\n\
         <style>\n\
         text {{ font: 14px ui-monospace, SFMono-Regular, Menlo, Consolas, \"DejaVu Sans Mono\", monospace; fill: #d8dce4; \
         white-space: pre }}\n\
         .c1 {{ font-weight: bold }} .c2 {{ opacity: 0.6 }} .c4 {{ text-decoration: underline }}\n\
         .c31 {{ fill: #ff7b72 }} .c33 {{ fill: #e3b341 }} .c36 {{ fill: #76d4e6 }}\n\
         </style>\n\
         <rect width=\"100%\" height=\"100%\" rx=\"6\" fill=\"#1c1f26\"/>\n"
    );
    for (number, line) in lines.iter().enumerate() {
        for run in line {
            let (x, length) = (MARGIN as f64 + run.column as f64 * COLUMN, run.columns as f64 * COLUMN);
            // Wide characters of a narrower font are spread; narrow ones are stretched, so that lines have no gaps.
            let adjust = if run.is_wide { "spacing" } else { "spacingAndGlyphs" };
            let y = MARGIN + 14 + number * LINE;
            let text = run.text.replace('&', "&amp;").replace('<', "&lt;");
            let class = if run.style.is_empty() { String::new() } else { format!(" class=\"{}\"", run.style) };
            writeln!(
                svg,
                "<text x=\"{x:.1}\" y=\"{y}\" textLength=\"{length:.1}\" lengthAdjust=\"{adjust}\"{class}>{text}</text>"
            )
            .unwrap();
        }
    }
    svg + "</svg>\n"
}

/// The runs of a line. Spaces between words of different width are left out, since each run has its place.
fn runs(line: &str) -> Vec<Run> {
    let mut runs: Vec<Run> = Vec::new();
    let (mut column, mut style, mut is_new) = (0, Vec::new(), true);
    let mut rest = line.chars();
    while let Some(character) = rest.next() {
        if character == '\x1b' {
            let codes: String = rest.by_ref().skip(1).take_while(|c| *c != 'm').collect();
            style = codes.split(';').filter(|code| *code != "0").map(|code| format!("c{code}")).collect();
            is_new = true;
            continue;
        }
        let width = character.width().unwrap_or(0);
        if character == ' ' && (is_new || runs.last().is_some_and(|run| run.is_wide)) {
            (column, is_new) = (column + 1, true);
            continue;
        }
        let is_wide = width == 2;
        if is_new || runs.last().is_none_or(|run| run.is_wide != is_wide) {
            runs.push(Run { column, columns: 0, is_wide, style: style.join(" "), text: String::new() });
        }
        let run = runs.last_mut().unwrap();
        run.text.push(character);
        run.columns += width;
        (column, is_new) = (column + width, false);
    }
    // A space at the end of a run has no width in some browsers.
    for run in &mut runs {
        let kept = run.text.trim_end_matches(' ').len();
        run.columns -= run.text.len() - kept;
        run.text.truncate(kept);
    }
    runs
}
