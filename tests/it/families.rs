//! Lints the hostile families in small sizes with all rules: the time must grow linearly. `benches/families.rs` runs
//! them in full size with the release binary.

use crate::support::blog::Blog;
use crate::support::families::{self, Case};
use crate::support::{growth, sound};
use postlint::document::Document;
use postlint::engine::lint;
use postlint::schema::Demands;
use postlint::source::Source;
use rayon::prelude::*;
use std::process::Stdio;
use std::time::Duration;
use wait4::Wait4;

/// The size of the shorter input in bytes; the longer one has four times as many. Inputs that seem slow are tried again
/// at a larger size.
const SIZE: usize = 1_500;
/// The size in bytes for families that start a process.
const RUN_SIZE: usize = 5_000;

/// The processor time of a postlint process, for families that consist of more than one post.
fn run(case: &Case, size: usize) -> Duration {
    let files = case.files(size);
    let files: Vec<(&str, &str)> = files.iter().map(|(path, text)| (*path, text.as_str())).collect();
    let blog = Blog::new(&files);
    let arguments: Vec<&str> = case.arguments.iter().map(String::as_str).collect();
    let mut command = blog.command(&arguments);
    command.env("RAYON_NUM_THREADS", "1").stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    let used = command.spawn().unwrap().wait4().unwrap();
    assert!(used.status.code().is_some(), "{} ends by a signal", case.name);
    used.rusage.utime + used.rusage.stime
}

#[test]
fn every_family_takes_linear_time() {
    assert!(families::count() > 200);
    let rules = sound::all_rules();
    let read = |case: &Case, size: usize| match case.post(size) {
        Some((text, place)) => growth::time(|| {
            let source = Source::new(text);
            lint(&Document::parse(&source, &place), &rules, &Demands::default()).len()
        }),
        None => run(case, size),
    };
    let slow: Vec<String> = families::all()
        .par_iter()
        // The bench covers the other places of each family.
        .filter(|case| case.is_first)
        .filter_map(|case| {
            let read = |size| read(case, size);
            let slow = match case.is_post() {
                true => growth::superlinear_of_suspect(SIZE, read),
                false => growth::superlinear(RUN_SIZE, read),
            };
            Some(format!("{}: {}", case.name, slow?))
        })
        .collect();
    assert!(slow.is_empty(), "{slow:#?}");
}
