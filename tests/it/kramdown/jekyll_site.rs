//! A small site is rendered as by Jekyll, apart from the output of Liquid. Skipped without Jekyll.

use crate::support::kramdown_support::{difference, outline, outline_of};
use postlint::document::Document;
use postlint::place::Place;
use postlint::place::dialect::{Dialect, Generator};
use postlint::source::Source;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// The output of Liquid for a template of the site.
fn written_by_liquid(template: &str) -> String {
    match template {
        "{{ site.price }}" => "8000".to_owned(),
        "{{ island }}" => "울릉도".to_owned(),
        tag if tag.starts_with("{%") => String::new(),
        other => panic!("{other} is no template of the site"),
    }
}

#[test]
fn posts_are_rendered_as_by_jekyll() {
    let site = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/sites/kramdown");
    let built = Path::new(env!("CARGO_TARGET_TMPDIR")).join("kramdown-site");
    if !build(&site, &built) {
        return;
    }
    let mut different = Vec::new();
    let posts: Vec<PathBuf> = fs::read_dir(site.join("_posts")).unwrap().map(|entry| entry.unwrap().path()).collect();
    assert_eq!(posts.len(), 5);
    for post in posts {
        let name = post.file_stem().unwrap().to_str().unwrap();
        let page = built.join(name.replacen('-', "/", 3)).with_extension("html");
        let page = fs::read_to_string(&page).unwrap();
        let content = page.split_once("<!-- content -->").unwrap().1.split_once("<!-- /content -->").unwrap().0;
        let (ours, theirs) = (read(&post, name), without_highlighted_code(outline(content)));
        different.extend(difference(&ours, &theirs).map(|difference| format!("{name}\n{difference}")));
    }
    assert!(different.is_empty(), "{}", different.join("\n\n"));
}

/// The outline of the post, with the output of Liquid in place of its templates.
fn read(post: &Path, name: &str) -> Vec<String> {
    let source = Source::new(fs::read_to_string(post).unwrap());
    let place = Place::new(format!("_posts/{name}.md"), Generator::Jekyll, Dialect::Kramdown);
    let document = Document::parse(&source, &place);
    let (lines, faults) = outline_of(&document.tree, source.text(), &written_by_liquid);
    assert!(faults.is_empty(), "{name}: {faults:?}");
    lines
}

/// Removes the figure that `{% highlight %}` renders, which is a template for postlint.
fn without_highlighted_code(mut lines: Vec<String>) -> Vec<String> {
    let end = lines.iter().position(|line| line == "/figure");
    if let (Some(start), Some(end)) = (lines.iter().position(|line| line == "<figure class=highlight"), end) {
        lines.drain(start..=end);
    }
    lines
}

/// Whether Jekyll is installed and has built the site.
fn build(site: &Path, destination: &Path) -> bool {
    let mut jekyll = Command::new("jekyll");
    jekyll.arg("build").arg("--quiet").arg("--disable-disk-cache").env("LC_ALL", "C.UTF-8");
    jekyll.arg("--source").arg(site).arg("--destination").arg(destination);
    let Ok(output) = jekyll.stdin(Stdio::null()).output() else { return false };
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    true
}
