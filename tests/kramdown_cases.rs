//! Runs kramdown's own test cases. Skipped without the shared conformance data.
#![allow(clippy::unwrap_used)]

#[path = "it/support/kramdown_support/mod.rs"]
mod kramdown_support;
#[path = "it/support/shared.rs"]
mod shared;

use kramdown_support::{difference, outline, render};
use libtest_mimic::{Arguments, Trial};
use postlint::document::read::kramdown::Options;
use std::fs;
use std::path::Path;
use std::process::ExitCode;

/// Cases that are not run: name, whitespace, reason.
const LEFT_OUT: &str = include_str!("kramdown_cases_left_out.txt");

fn main() -> ExitCode {
    let arguments = Arguments::from_args();
    let mut trials = Vec::new();
    if let Some(root) = shared::find("conformance/kramdown/testcases") {
        let cases = shared::files(&root, &["text"]).into_iter();
        for case in cases.filter(|case| case.with_extension("html").exists()) {
            let name = case.strip_prefix(&root).unwrap().with_extension("").to_str().unwrap().replace('\\', "/");
            let left_out = LEFT_OUT.lines().any(|line| line.split_whitespace().next() == Some(&name));
            trials.push(Trial::test(name, move || check(&case).map_err(Into::into)).with_ignored_flag(left_out));
        }
    }
    libtest_mimic::run(&arguments, trials).exit_code()
}

fn check(case: &Path) -> Result<(), String> {
    let source = fs::read_to_string(case).unwrap();
    let expected = fs::read_to_string(case.with_extension("html")).unwrap();
    let html = render(&options(case), &source);
    // The cases come from a newer version of kramdown than Jekyll uses, which puts the roles of footnotes on other
    // elements.
    let without_roles = |html: &str| {
        let lines = outline(html).into_iter();
        lines.map(|line| line.replace(" role=doc-noteref", "").replace(" role=doc-endnote", "")).collect::<Vec<_>>()
    };
    difference(&without_roles(&html), &without_roles(&expected))
        .map_or(Ok(()), |difference| Err(format!("{difference}\n\n{html}")))
}

/// The options of a case. By default, kramdown's test suite generates no ids, unless the case has an options file.
fn options(case: &Path) -> Options {
    let plain = Options { gfm: false, auto_ids: false, ..Options::default() };
    let Ok(written) = fs::read_to_string(case.with_extension("options")) else { return plain };
    let mut options = Options { auto_ids: true, ..plain };
    for line in written.lines() {
        match line.trim_start_matches(':').split_once(": ") {
            Some(("auto_ids", value)) => options.auto_ids = value == "true",
            Some(("parse_block_html", value)) => options.parse_block_html = value == "true",
            Some(("smart_quotes", value)) => options.smart_quotes = !value.starts_with("apos"),
            _ => {}
        }
    }
    options
}
