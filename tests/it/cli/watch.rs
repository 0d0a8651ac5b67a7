//! `--watch`: real files are changed while the command runs.
#![cfg(unix)]

use crate::support::blog::{Blog, code, stderr};
use std::io::{BufRead, BufReader, Read};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::thread;
use std::time::Duration;

const CLEAN: &str = "---\ntitle: A post\ndescription: What it is about.\n---\n\nText.\n";
const IMAGE: &str = "---\ntitle: A post\ndescription: What it is about.\n---\n\n<p><img src=\"/a.png\"></p>\n";
const FOUND: &str = "a.md:6:4: error[alt-missing] image has no alternative text";
const WAITS: &str = "watching for changes";

/// How long a run may take on a busy machine.
const PATIENCE: Duration = Duration::from_secs(60);

/// A running command, and the lines that it writes to either stream.
struct Watch {
    child: Child,
    lines: Receiver<String>,
}

impl Watch {
    fn start(blog: &Blog, arguments: &[&str]) -> Self {
        Watch::with(blog, "check", arguments)
    }

    fn with(blog: &Blog, subcommand: &str, arguments: &[&str]) -> Self {
        let all = [&[subcommand, "--watch", "--format", "concise", "--select", "alt-missing"], arguments].concat();
        let mut command = blog.command(&all);
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        let (sender, lines) = channel();
        let streams: [Box<dyn Read + Send>; 2] =
            [Box::new(child.stdout.take().unwrap()), Box::new(child.stderr.take().unwrap())];
        for stream in streams {
            let sender = sender.clone();
            thread::spawn(move || BufReader::new(stream).lines().try_for_each(|line| sender.send(line.unwrap())));
        }
        Watch { child, lines }
    }

    /// The lines of a run up to the one after which the command waits. Findings and messages are two streams, so they are
    /// sorted, and those that follow within a moment belong to the run.
    #[track_caller]
    fn run(&self) -> Vec<String> {
        let mut run = Vec::new();
        let mut patience = PATIENCE;
        loop {
            match self.lines.recv_timeout(patience) {
                Ok(line) if line.starts_with(WAITS) => patience = Duration::from_millis(50),
                // The totals have the time of the run.
                Ok(line) if line.contains(" · ") => {}
                Ok(line) => run.push(line),
                Err(RecvTimeoutError::Timeout) if patience < PATIENCE => break,
                Err(error) => panic!("{error}: {run:?}"),
            }
        }
        run.sort();
        run
    }

    #[track_caller]
    fn is_silent(&self) {
        assert_eq!(self.lines.recv_timeout(Duration::from_millis(700)), Err(RecvTimeoutError::Timeout));
    }

    /// Presses Ctrl-C and returns the exit code.
    fn end(mut self) -> Option<i32> {
        let id = self.child.id().to_string();
        assert!(Command::new("kill").args(["-INT", &id]).status().unwrap().success());
        let status = self.child.wait().unwrap();
        status.code()
    }
}

#[test]
fn files_that_change_are_checked_again() {
    let blog = Blog::new(&[("a.md", CLEAN), ("sub/b.md", CLEAN), (".gitignore", "out/\n"), ("out/c.md", CLEAN)]);
    let watch = Watch::start(&blog, &[]);
    assert_eq!(watch.run(), [""; 0]);
    blog.write("a.md", IMAGE);
    assert_eq!(watch.run(), [FOUND, "changed: a.md"]);
    blog.write("out/c.md", IMAGE);
    watch.is_silent();
    // A file in a new folder, and the config.
    blog.write("new/d.md", IMAGE);
    assert_eq!(watch.run(), [FOUND, "changed: new/d.md", &format!("new/d{}", &FOUND[1..])]);
    blog.write("new/d.md", CLEAN);
    assert_eq!(watch.run(), [FOUND, "changed: new/d.md"]);
    blog.write("postlint.yml", "ignore: [a.md]\n");
    assert_eq!(watch.run(), ["changed: postlint.yml"]);
    blog.write("postlint.yml", "ignroe: [a.md]\n");
    let broken = watch.run();
    assert!(broken.iter().any(|line| line.contains("error[config]: unknown setting `ignroe`")), "{broken:?}");
    std::fs::remove_file(blog.0.join("postlint.yml")).unwrap();
    assert_eq!(watch.run(), [FOUND, "changed: postlint.yml"]);
    assert_eq!(watch.end(), Some(0));
}

#[test]
fn what_a_run_writes_is_not_a_change() {
    let blog = Blog::new(&[("a.md", CLEAN)]);
    let watch = Watch::start(&blog, &["--format", "json=report.json", "--summary-file", "summary.txt"]);
    watch.run();
    watch.is_silent();
    assert!(blog.read("report.json").contains("\"findings\": []"));
    assert_eq!(watch.end(), Some(0));
}

#[test]
fn a_file_that_is_named_counts_even_if_it_is_ignored() {
    let blog = Blog::new(&[("a.md", CLEAN), ("b.md", CLEAN), (".gitignore", "a.md\n")]);
    let watch = Watch::start(&blog, &["a.md", "--quiet"]);
    thread::sleep(Duration::from_secs(2));
    blog.write("a.md", IMAGE);
    assert_eq!(watch.lines.recv_timeout(PATIENCE).unwrap(), FOUND);
    assert_eq!(watch.end(), Some(0));
}

#[test]
fn standard_input_cannot_be_watched() {
    let blog = Blog::new(&[("a.md", CLEAN)]);
    for arguments in [&["--watch", "-"][..], &["--watch", "--files-from", "-"]] {
        let output = blog.run_on("", arguments);
        let said = "error: `--watch` cannot be combined with standard input\n  help: pass files or folders instead\n";
        assert_eq!((code(&output), stderr(&output).as_str()), (2, said), "{arguments:?}");
    }
    assert_eq!(code(&blog.run(&["--watch", "--staged"])), 2);
}

/// The built pages that the command line names, and not what the run writes itself.
#[test]
fn built_pages_are_watched() {
    let page =
        |image: &str| format!("<!doctype html><html lang=\"en\"><title>Low tide</title><p><img{image}></p></html>");
    let blog = Blog::new(&[("a.md", CLEAN), (".gitignore", "_site/\n"), ("_site/index.html", &page(" alt=\"\""))]);
    let watch = Watch::with(&blog, "audit", &["--built", "_site", "--report", "report.html", "--no-cache"]);
    let read = "built pages: 1 page in `_site`";
    assert_eq!(watch.run(), [read, "wrote report.html"]);
    watch.is_silent();
    blog.write("_site/index.html", &page(""));
    let run = watch.run();
    assert!(run.contains(&"changed: _site/index.html".to_owned()), "{run:?}");
    assert!(run.iter().any(|line| line.contains("image has no alternative text")), "{run:?}");
    watch.is_silent();
    assert_eq!(watch.end(), Some(0));
}

#[test]
fn a_watch_says_that_it_leaves_out_built_pages() {
    let blog = Blog::new(&[("a.md", CLEAN)]);
    let watch = Watch::with(&blog, "audit", &["--no-cache"]);
    let waits = "watching for changes, but not of built pages without --built DIR; Ctrl-C ends";
    let line = std::iter::from_fn(|| watch.lines.recv_timeout(PATIENCE).ok()).find(|line| line.starts_with(WAITS));
    assert_eq!(line.as_deref(), Some(waits));
    assert_eq!(watch.end(), Some(0));
}

/// The log of a run grows with each run.
#[test]
fn what_the_output_is_redirected_to_is_not_a_change() {
    for name in ["log.txt", "log.md", "sub/log.json"] {
        let blog = Blog::new(&[("a.md", IMAGE), ("sub/b.md", CLEAN)]);
        let log = std::fs::File::create(blog.0.join(name)).unwrap();
        let mut command = blog.command(&WATCH_IMAGES);
        let child = command.stdout(log.try_clone().unwrap()).stderr(log).spawn().unwrap();
        runs_once_for_a_change(&blog, name, Watch { child, lines: channel().1 });
    }
}

/// A log that another program writes, as in `postlint --watch | tee log`.
#[test]
fn a_log_is_not_a_change() {
    for name in ["log", "postlint.log", "sub/all.log"] {
        let blog = Blog::new(&[("a.md", IMAGE), ("sub/b.md", CLEAN)]);
        let log = std::fs::File::create(blog.0.join(name)).unwrap();
        let mut command = blog.command(&WATCH_IMAGES);
        let mut child = command.stdout(Stdio::null()).stderr(Stdio::piped()).spawn().unwrap();
        let mut output = child.stderr.take().unwrap();
        let tee = thread::spawn(move || std::io::copy(&mut output, &mut &log));
        runs_once_for_a_change(&blog, name, Watch { child, lines: channel().1 });
        tee.join().unwrap().unwrap();
    }
}

const WATCH_IMAGES: [&str; 6] = ["check", "--watch", "--format", "concise", "--select", "alt-missing"];

/// Checks that there is one run first, and one more for a change.
fn runs_once_for_a_change(blog: &Blog, log: &str, watch: Watch) {
    let rounds = || blog.read(log).matches(WAITS).count();
    let wait_for = |count: usize| {
        let start = std::time::Instant::now();
        while rounds() < count && start.elapsed() < PATIENCE {
            thread::sleep(Duration::from_millis(50));
        }
        thread::sleep(Duration::from_millis(1000));
        assert_eq!(rounds(), count, "{log}: {}", blog.read(log));
    };
    wait_for(1);
    blog.write("sub/b.md", IMAGE);
    wait_for(2);
    assert_eq!(watch.end(), Some(0));
}
