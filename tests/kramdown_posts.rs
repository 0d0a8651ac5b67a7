//! Real posts give the page that Ruby's kramdown makes of them. Skipped without the shared corpus or Ruby.
#![allow(clippy::unwrap_used, clippy::print_stderr)]

mod kramdown_support;
mod shared;

use kramdown_support::{difference, outline, render_body, tree_outline};
use postlint::document::kramdown::Options;
use postlint::source::Span;
use std::collections::BTreeMap;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

const FOLDERS: &[&str] = &[
    "jekyll-alembic",
    "jekyll-docs",
    "jekyll-made-mistakes",
    "jekyll-minimal-mistakes",
    "jekyll-opensource-guide",
    "seed-family-scrambled",
];

#[test]
fn posts_without_templates_are_read_as_kramdown_reads_them() {
    let Some(shared) = shared::find("") else { return };
    let Some(rendered) = render_with_ruby(&shared) else { return };
    let (mut same, mut total) = (0, 0);
    let mut different = Vec::new();
    let mut by_folder: BTreeMap<String, (usize, usize)> = BTreeMap::new();
    for line in rendered.lines() {
        let page: serde_json::Value = serde_json::from_str(line).unwrap();
        let Some(expected) = page["html"].as_str() else { continue };
        let path = page["path"].as_str().unwrap();
        let source = fs::read_to_string(shared.join(path)).unwrap();
        let body = Span::new(body_start(&source), source.len() as u32);
        let (html, faults) = render_body(&Options::default(), &source, body);
        assert!(faults.is_empty(), "{path}: {faults:?}");
        let folder = path.split('/').nth(1).unwrap().to_owned();
        let counts = by_folder.entry(folder).or_default();
        counts.1 += 1;
        total += 1;
        let (tree, faults) = tree_outline(&Options::default(), &source, body);
        assert!(faults.is_empty(), "{path}: {faults:?}");
        let expected = outline(expected);
        let difference = difference(&outline(&html), &expected).or_else(|| difference(&tree, &expected));
        match difference {
            None => {
                same += 1;
                counts.0 += 1;
            }
            Some(difference) => different.push(format!("{path}\n{difference}")),
        }
    }
    if std::env::var_os("SHOW").is_some() {
        for post in &different {
            eprintln!("{post}\n");
        }
    }
    eprintln!("{same} of {total}: {by_folder:?}");
    assert!(same * 100 >= total * 99, "{same} of {total}\n{}", different.join("\n\n"));
}

/// Where the body starts: after the front matter, as Jekyll finds it.
fn body_start(source: &str) -> u32 {
    let bom = if source.starts_with('\u{feff}') { 3 } else { 0 };
    let text = &source[bom..];
    let pattern = regex::Regex::new(r"\A(?s:(---\s*\n.*?\n?))(?m:^(---|\.\.\.)\s*$)\n?").unwrap();
    (bom + pattern.find(text).map_or(0, |found| found.end())) as u32
}

fn render_with_ruby(shared: &Path) -> Option<String> {
    let mut paths = Vec::new();
    for folder in FOLDERS {
        collect(&shared.join("corpus").join(folder), &mut paths);
    }
    let names: Vec<String> =
        paths.iter().filter_map(|path| Some(path.strip_prefix(shared).ok()?.to_str()?.replace('\\', "/"))).collect();
    let mut child = Command::new("ruby")
        .arg(shared.join("tools/kramdown-render.rb"))
        .current_dir(shared)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .ok()?;
    let mut input = child.stdin.take()?;
    let writer = std::thread::spawn(move || input.write_all(names.join("\n").as_bytes()));
    let output = child.wait_with_output().ok()?;
    writer.join().ok()?.ok()?;
    output.status.success().then(|| String::from_utf8(output.stdout).unwrap()).filter(|text| !text.is_empty())
}

fn collect(folder: &Path, paths: &mut Vec<PathBuf>) {
    let Ok(entries) = fs::read_dir(folder) else { return };
    let mut entries: Vec<_> = entries.flatten().map(|entry| entry.path()).collect();
    entries.sort();
    for path in entries {
        if path.is_dir() {
            collect(&path, paths);
        } else if path.extension().is_some_and(|extension| extension == "md" || extension == "markdown") {
            paths.push(path);
        }
    }
}
