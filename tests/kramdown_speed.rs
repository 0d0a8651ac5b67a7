//! How fast posts are read. Run by hand: `cargo test --release --test kramdown_speed -- --ignored --nocapture`.
#![allow(clippy::unwrap_used, clippy::print_stdout)]

mod shared;

use postlint::document::build::{Build, NewAttribute, PositionMap};
use postlint::document::html::{Builder, Mode};
use postlint::document::kramdown::{Options, build};
use postlint::source::Span;
use std::time::Duration;

struct Nowhere;

impl Build for Nowhere {
    fn open(&mut self, _: html5ever::LocalName, _: Span, _: &[NewAttribute<'_>]) {}
    fn close(&mut self, _: html5ever::LocalName, _: Span) {}
    fn text(&mut self, _: Span) {}
    fn decoded_text(&mut self, _: Span, _: &str) {}
    fn template(&mut self, _: Span) {}
    fn html(&mut self, _: &str, _: PositionMap<'_>) {}
}

#[test]
#[ignore = "measures, checks nothing"]
fn posts() {
    let Some(shared) = shared::find("") else { return };
    for folder in ["seed-family-scrambled", "jekyll-docs", "jekyll-minimal-mistakes", "jekyll-opensource-guide"] {
        let mut posts = Vec::new();
        collect(&shared.join("corpus").join(folder), &mut posts);
        let bytes: usize = posts.iter().map(String::len).sum();
        let options = Options::default();
        let alone = best(|| {
            for post in &posts {
                build(&options, post, post, Span::new(0, post.len() as u32), &[], &mut Nowhere);
            }
        });
        let tree = best(|| {
            for post in &posts {
                let body = Span::new(0, post.len() as u32);
                let mut builder = Builder::new(post, post, Mode::Fragment);
                build(&options, post, post, body, &[], &mut builder);
                std::hint::black_box(builder.finish(body.end, Vec::new()));
            }
        });
        let rate = |time: Duration| bytes as f64 / 1e6 / time.as_secs_f64();
        println!("{folder}: {} posts, parser {:.0} MB/s, with tree {:.0} MB/s", posts.len(), rate(alone), rate(tree));
    }
}

/// Time this thread has run: other programs do not count.
fn cpu_time() -> Duration {
    let written = std::fs::read_to_string("/proc/thread-self/schedstat").unwrap();
    Duration::from_nanos(written.split(' ').next().unwrap().parse().unwrap())
}

fn best(mut work: impl FnMut()) -> Duration {
    let pass = |_| {
        let start = cpu_time();
        work();
        cpu_time() - start
    };
    (0..20).map(pass).min().unwrap()
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
