//! The posts of the shared corpus are rendered as by Ruby's kramdown. Skipped without the corpus or Ruby.

use crate::support::kramdown_support::{difference, outline, render_body, tree_outline};
use crate::support::{oracle, shared};
use postlint::document::read::kramdown::Options;
use postlint::source::Span;
use std::collections::BTreeMap;
use std::fs;

const FOLDERS: &[&str] = &[
    "jekyll-alembic",
    "jekyll-docs",
    "jekyll-made-mistakes",
    "jekyll-minimal-mistakes",
    "jekyll-opensource-guide",
    "seed-family-scrambled",
];

struct Post {
    folder: &'static str,
    path: String,
    source: String,
    body: Span,
}

/// The posts without templates, because these tests do not run Liquid.
fn posts() -> Option<Vec<Post>> {
    let corpus = shared::find("corpus")?;
    let mut posts = Vec::new();
    for folder in FOLDERS {
        for path in shared::files(&corpus.join(folder), &["md", "markdown"]) {
            let Ok(source) = String::from_utf8(fs::read(&path).unwrap()) else { continue };
            if !source.contains("{{") && !source.contains("{%") {
                let body = Span::new(body_start(&source), source.len() as u32);
                posts.push(Post { folder, path: path.display().to_string(), source, body });
            }
        }
    }
    Some(posts)
}

#[test]
fn posts_without_templates_are_rendered_as_by_kramdown() {
    let Some(posts) = posts() else { return };
    let bodies: Vec<&str> = posts.iter().map(|post| post.body.slice(&post.source)).collect();
    let Some(pages) = oracle::kramdown(&bodies) else { return };
    let (mut same, mut total) = (0, 0);
    let mut different = Vec::new();
    let mut by_folder: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
    for (Post { folder, path, source, body }, page) in posts.iter().zip(pages) {
        let Some(page) = page else { continue };
        let (html, faults) = render_body(&Options::default(), source, *body);
        assert!(faults.is_empty(), "{path}: {faults:?}");
        let counts = by_folder.entry(folder).or_default();
        counts.1 += 1;
        total += 1;
        let (tree, faults) = tree_outline(&Options::default(), source, *body);
        assert!(faults.is_empty(), "{path}: {faults:?}");
        let expected = outline(&page);
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
    assert!(total > 700 && same * 100 >= total * 99, "{same} of {total}\n{}", different.join("\n\n"));
}

/// The offset of the body, after the front matter as Jekyll finds it.
fn body_start(source: &str) -> u32 {
    let bom = if source.starts_with('\u{feff}') { 3 } else { 0 };
    let text = &source[bom..];
    let pattern = regex::Regex::new(r"\A(?s:(---\s*\n.*?\n?))(?m:^(---|\.\.\.)\s*$)\n?").unwrap();
    (bom + pattern.find(text).map_or(0, |found| found.end())) as u32
}
