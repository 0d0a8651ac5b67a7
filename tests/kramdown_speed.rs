//! How fast posts are read. Run by hand: `cargo test --release --test kramdown_speed -- --ignored --nocapture`.
#![allow(clippy::unwrap_used, clippy::print_stdout)]

mod growth;
mod shared;

use growth::time;
use postlint::document::build::Nowhere;
use postlint::document::dialect::{Dialect, Generator};
use postlint::document::html::{Builder, Mode};
use postlint::document::kramdown::{Options, build};
use postlint::document::markdown;
use postlint::document::template::Masked;
use postlint::source::Span;
use std::time::Duration;

#[test]
#[ignore = "measures, checks nothing"]
fn posts() {
    let Some(shared) = shared::find("") else { return };
    let folders = ["seed-family-scrambled", "jekyll-docs", "jekyll-minimal-mistakes", "jekyll-opensource-guide"];
    let mut all = Vec::new();
    for folder in folders {
        let mut posts = Vec::new();
        collect(&shared.join("corpus").join(folder), &mut posts);
        measure(folder, &posts);
        all.append(&mut posts);
    }
    measure("all", &all);
}

fn measure(folder: &str, posts: &[String]) {
    let bytes: usize = posts.iter().map(String::len).sum();
    let rate = |time: Duration| bytes as f64 / 1e6 / time.as_secs_f64();
    let mut alone = [Duration::MAX; 2];
    let mut tree = [Duration::MAX; 2];
    // In turn, so that a busy machine is as busy for both.
    for _ in 0..20 {
        for (index, dialect) in [Dialect::Kramdown, Dialect::CommonMark].into_iter().enumerate() {
            alone[index] = alone[index].min(time(|| posts.iter().for_each(|post| read(post, dialect))));
            tree[index] = tree[index].min(time(|| posts.iter().for_each(|post| parse(post, dialect))));
        }
    }
    let count = posts.len();
    println!("{folder}: {count} posts; parser {:.0} MB/s, with tree {:.0} MB/s", rate(alone[0]), rate(tree[0]));
    println!("    as CommonMark: parser {:.0} MB/s, with tree {:.0} MB/s", rate(alone[1]), rate(tree[1]));
}

fn read(post: &str, dialect: Dialect) {
    let body = Span::of(0..post.len());
    if dialect == Dialect::Kramdown {
        build(&Options::default(), post, post, body, &[], &mut Nowhere);
    } else {
        markdown::build(post, &Masked::none(post), body, (Generator::Jekyll, dialect), &mut Nowhere);
    }
}

fn parse(post: &str, dialect: Dialect) {
    let body = Span::of(0..post.len());
    let mut builder = Builder::new(post, post, Mode::Fragment);
    if dialect == Dialect::Kramdown {
        build(&Options::default(), post, post, body, &[], &mut builder);
    } else {
        markdown::build(post, &Masked::none(post), body, (Generator::Jekyll, dialect), &mut builder);
    }
    std::hint::black_box(builder.finish(body.end, Vec::new()));
}

fn collect(folder: &std::path::Path, posts: &mut Vec<String>) {
    for entry in std::fs::read_dir(folder).unwrap().flatten() {
        let path = entry.path();
        if path.is_dir() {
            collect(&path, posts);
        } else if path.extension().is_some_and(|extension| extension == "md" || extension == "markdown") {
            posts.extend(std::fs::read_to_string(path));
        }
    }
}
