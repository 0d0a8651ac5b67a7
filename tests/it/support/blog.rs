//! A blog in a temporary folder, and the command run in it.
#![allow(dead_code, clippy::unwrap_used)]

use crate::support::environment;
use std::fs;
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};

/// A separate folder for each test, removed at the end.
pub struct Blog(pub PathBuf);

impl Blog {
    pub fn new(files: &[(&str, &str)]) -> Self {
        static NEXT: AtomicU32 = AtomicU32::new(0);
        let number = NEXT.fetch_add(1, Ordering::Relaxed);
        let folder = std::env::temp_dir().join(format!("postlint-cli-{}-{number}", std::process::id()));
        // A `.git` stops the search for config files above the folder.
        fs::create_dir_all(folder.join(".git")).unwrap();
        let blog = Blog(folder);
        files.iter().for_each(|(name, text)| blog.write(name, text));
        blog
    }

    /// A blog whose posts have titles and descriptions of their own, instead of the usual ones of a test's posts: pages that
    /// share them would be findings.
    pub fn of_distinct(files: &[(&str, &str)]) -> Self {
        let own = |name: &str, text: &str| {
            let stem = Path::new(name).file_stem().unwrap().to_str().unwrap().to_owned();
            let stem = stem.trim_start_matches(|c: char| c.is_ascii_digit() || c == '-');
            text.replacen("title: A post\n", &format!("title: A post, {stem}\n"), 1).replacen(
                "description: What it is about.\n",
                &format!("description: What {stem} is about.\n"),
                1,
            )
        };
        let files: Vec<(&str, String)> = files.iter().map(|(name, text)| (*name, own(name, text))).collect();
        Blog::new(&files.iter().map(|(name, text)| (*name, text.as_str())).collect::<Vec<_>>())
    }

    pub fn command(&self, arguments: &[&str]) -> Command {
        let mut command = environment::postlint();
        command.current_dir(&self.0).args(arguments);
        environment::clear(&mut command);
        command
    }

    pub fn run(&self, arguments: &[&str]) -> Output {
        self.command(arguments).output().unwrap()
    }

    /// Runs postlint with `input` as stdin.
    pub fn run_on(&self, input: &str, arguments: &[&str]) -> Output {
        let mut command = self.command(arguments);
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().unwrap();
        // After a wrong use, postlint may end before it reads anything.
        match child.stdin.take().unwrap().write_all(input.as_bytes()) {
            Err(error) if error.kind() != ErrorKind::BrokenPipe => panic!("stdin: {error}"),
            _ => {}
        }
        child.wait_with_output().unwrap()
    }

    /// Reads a file of the blog.
    pub fn read(&self, name: &str) -> String {
        fs::read_to_string(self.0.join(name)).unwrap()
    }

    /// Writes a file of the blog.
    pub fn write(&self, name: &str, text: &str) {
        let path = self.0.join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
}

impl Drop for Blog {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(Path::new(&self.0));
    }
}

/// The standard output of a run.
pub fn stdout(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

/// The standard error of a run without its totals, which have the time that it took.
pub fn said(output: &Output) -> String {
    let text = stderr(output);
    text.lines().filter(|line| !line.contains(" · ")).map(|line| format!("{line}\n")).collect()
}

/// A text with one space for each run of whitespace: messages are wrapped at words.
pub fn flat(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The standard error of a run.
pub fn stderr(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

/// The exit code of a run.
pub fn code(output: &Output) -> i32 {
    output.status.code().unwrap()
}
