//! Special files in a blog's folder, and how files are written.

mod kills;
mod outside;
mod port;
mod reading;
mod spelling;
mod writing;

use crate::support::blog::Blog;
use crate::support::environment;
use std::process::{Output, Stdio};
use std::time::{Duration, Instant};

/// A post with one finding.
const POST: &str = "---\ntitle: A good title\ndescription: What it is about.\n---\n\n<p><img src=\"/a.png\"></p>\n";

/// Runs postlint from a shell that executes `limits` first, with a timeout in case it blocks.
fn limited(blog: &Blog, limits: &str, arguments: &[&str]) -> Output {
    let mut command = std::process::Command::new("sh");
    command.current_dir(&blog.0).args(["-c", &format!("{limits}; exec \"$0\" \"$@\""), env!("CARGO_BIN_EXE_postlint")]);
    command.args(arguments).stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    environment::clear(&mut command);
    let mut child = command.spawn().unwrap();
    let start = Instant::now();
    while child.try_wait().unwrap().is_none() {
        if start.elapsed() > Duration::from_secs(60) {
            child.kill().unwrap();
            panic!("still running: {arguments:?}");
        }
        std::thread::sleep(Duration::from_millis(5));
    }
    child.wait_with_output().unwrap()
}

/// The names in the folder of the blog that are not among `known`.
fn new_names(blog: &Blog, known: &[&str]) -> Vec<String> {
    let names = std::fs::read_dir(&blog.0).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
    let mut names: Vec<String> = names.filter(|name| name != ".git" && !known.contains(&&**name)).collect();
    names.sort();
    names
}
