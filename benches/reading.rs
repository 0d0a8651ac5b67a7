//! Measures how fast the posts of the shared corpus are parsed, as kramdown and as CommonMark.
#![allow(clippy::print_stdout)]

#[path = "../tests/it/support/growth.rs"]
mod growth;
#[path = "../tests/it/support/shared.rs"]
mod shared;

use growth::time;
use postlint::document::read::html::{Constructor, Mode, Native};
use postlint::document::read::kramdown::{Options, build};
use postlint::document::read::markdown;
use postlint::document::tree::build::{Build, Input, Nowhere};
use postlint::place::dialect::Dialect;
use postlint::place::flavor::Flavor;
use postlint::source::Span;
use std::time::Duration;

const FOLDERS: &[&str] =
    &["seed-family-scrambled", "jekyll-docs", "jekyll-minimal-mistakes", "jekyll-opensource-guide"];

fn main() {
    let Some(corpus) = shared::find("corpus") else { return };
    let mut all = Vec::new();
    for folder in FOLDERS {
        let paths = shared::files(&corpus.join(folder), &["md", "markdown"]);
        let posts: Vec<String> = paths.iter().filter_map(|path| std::fs::read_to_string(path).ok()).collect();
        measure(folder, &posts);
        all.extend(posts);
    }
    measure("all", &all);
}

fn measure(folder: &str, posts: &[String]) {
    let bytes: usize = posts.iter().map(String::len).sum();
    let rate = |time: Duration| bytes as f64 / 1e6 / time.as_secs_f64();
    let mut alone = [Duration::MAX; 2];
    let mut tree = [Duration::MAX; 2];
    // Alternate between the two, so that other load on the machine affects both.
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
    emit(post, dialect, &mut Nowhere);
}

fn emit(post: &str, dialect: Dialect, builder: &mut impl Build) {
    let input = Input::plain(post, Span::of(0..post.len()));
    if dialect == Dialect::Kramdown {
        build(&input, &Options::default(), builder);
    } else {
        markdown::build(&input, (&Flavor::unknown(), dialect), builder);
    }
}

fn parse(post: &str, dialect: Dialect) {
    let mut native = Native::new(post, post, &[]);
    emit(post, dialect, &mut native);
    let tree = native.finish().unwrap_or_else(|_| {
        let mut constructor = Constructor::new(post, post, Mode::Fragment);
        emit(post, dialect, &mut constructor);
        constructor.finish(post.len() as u32, Vec::new())
    });
    std::hint::black_box(tree);
}
