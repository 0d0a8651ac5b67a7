//! Kills postlint while it writes: each file is either the old or the new one, and the next run removes temporary
//! files.

use super::{POST, new_names};
use crate::support::blog::{Blog, code, stderr};
use std::fs;
use std::process::Stdio;
use std::time::{Duration, Instant};

const POSTS: usize = 40;

fn blog() -> (Blog, Vec<String>) {
    let names: Vec<String> = (0..POSTS).map(|number| format!("post{number}.md")).collect();
    let blog = Blog::new(&[("postlint.yml", "")]);
    names.iter().for_each(|name| blog.write(name, POST));
    (blog, names)
}

/// Starts the command and kills it: in even rounds at some time during `whole`, the duration of a full run; in odd
/// rounds shortly after a new file appears.
fn killed(blog: &Blog, arguments: &[&str], round: usize, known: &[&str], whole: Duration) {
    let mut command = blog.command(arguments);
    let mut child = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
    // 7919 is a prime, so that the times of the rounds are spread evenly.
    let part = (round as u32 * 7919) % 1000;
    if round.is_multiple_of(2) {
        std::thread::sleep(whole * part / 1000);
    } else {
        while new_names(blog, known).is_empty() && child.try_wait().unwrap().is_none() {}
        std::thread::sleep(Duration::from_micros(u64::from(part) * 10));
    }
    child.kill().unwrap();
    child.wait().unwrap();
}

/// The number of rounds, from `POSTLINT_KILLS`. Before a release, 200 are run.
fn rounds() -> usize {
    std::env::var("POSTLINT_KILLS").ok().and_then(|number| number.parse().ok()).unwrap_or(12)
}

/// The number of posts to fix, from `POSTLINT_KILL_POSTS`. Before a release, 500.
fn posts() -> usize {
    std::env::var("POSTLINT_KILL_POSTS").ok().and_then(|number| number.parse().ok()).unwrap_or(POSTS)
}

#[test]
fn suppressions_are_written_whole_or_not_at_all() {
    let (blog, names) = blog();
    let start = Instant::now();
    blog.run(&["--add-ignore"]);
    let whole = start.elapsed();
    let (old, new) = (POST.to_owned(), blog.read(&names[0]));
    assert_ne!(old, new);
    let known: Vec<&str> = names.iter().map(String::as_str).chain(["postlint.yml"]).collect();
    let (mut between, mut left) = (0, 0);
    for round in 0..rounds() {
        names.iter().for_each(|name| blog.write(name, POST));
        killed(&blog, &["--add-ignore"], round, &known, whole);
        let texts: Vec<String> = names.iter().map(|name| blog.read(name)).collect();
        assert!(texts.iter().all(|text| *text == old || *text == new));
        between += usize::from(texts.contains(&old) && texts.contains(&new));
        left += new_names(&blog, &known).len();
        let next = blog.run(&["--add-ignore"]);
        assert_eq!(code(&next), 0, "{}", stderr(&next));
        assert!(names.iter().all(|name| blog.read(name) == new));
        if texts.contains(&old) {
            assert_eq!(new_names(&blog, &known), [""; 0]);
        }
    }
    eprintln!("{} kills, {between} between two posts, {left} temporary files left and swept", rounds());
}

#[test]
fn fixes_are_written_whole_or_not_at_all() {
    let old = POST.replace("<p>", "<p>&nbsp;</p>\n\n<p>");
    let names: Vec<String> = (0..posts()).map(|number| format!("post{number}.md")).collect();
    let blog = Blog::new(&[("postlint.yml", "")]);
    names.iter().for_each(|name| blog.write(name, &old));
    let start = Instant::now();
    blog.run(&["--fix"]);
    let whole = start.elapsed();
    assert_eq!(blog.read(&names[0]), POST);
    let known: Vec<&str> = names.iter().map(String::as_str).chain(["postlint.yml"]).collect();
    let (mut between, mut left) = (0, 0);
    for round in 0..rounds() {
        names.iter().for_each(|name| blog.write(name, &old));
        killed(&blog, &["--fix"], round, &known, whole);
        let texts: Vec<String> = names.iter().map(|name| blog.read(name)).collect();
        assert!(texts.iter().all(|text| *text == old || *text == POST));
        between += usize::from(texts.contains(&old) && texts.iter().any(|text| text == POST));
        left += new_names(&blog, &known).len();
        assert_eq!(code(&blog.run(&["--fix-only"])), 0);
        assert!(names.iter().all(|name| blog.read(name) == POST));
        if texts.contains(&old) {
            assert_eq!(new_names(&blog, &known), [""; 0]);
        }
    }
    eprintln!("{} kills, {between} between two posts, {left} temporary files left and swept", rounds());
}

#[test]
fn baselines_are_written_whole_or_not_at_all() {
    let (blog, names) = blog();
    let file = blog.0.join("postlint-baseline.txt");
    let start = Instant::now();
    blog.run(&["--write-baseline"]);
    let whole = start.elapsed();
    let new = fs::read(&file).unwrap();
    blog.write("postlint-baseline.txt", "");
    blog.run(&["--write-baseline", &names[0]]);
    let old = fs::read(&file).unwrap();
    assert_ne!(old, new);
    let known: Vec<&str> = names.iter().map(String::as_str).chain(["postlint.yml", "postlint-baseline.txt"]).collect();
    let (mut written, mut left) = (0, 0);
    for round in 0..rounds() {
        fs::write(&file, &old).unwrap();
        killed(&blog, &["--write-baseline"], round, &known, whole);
        let now = fs::read(&file).unwrap();
        assert!(now == old || now == new, "{}", String::from_utf8_lossy(&now));
        written += usize::from(now == new);
        left += new_names(&blog, &known).len();
        assert_eq!(code(&blog.run(&["--write-baseline"])), 0);
        assert_eq!(fs::read(&file).unwrap(), new);
        assert_eq!(new_names(&blog, &known), [""; 0]);
    }
    eprintln!("{} kills, {written} after writing, {left} temporary files left and swept", rounds());
}
