//! A git repository in a temporary folder, and the command run in it.
#![allow(dead_code)]

use crate::support::environment;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};

/// Variables that git sets for hooks, in which the tests may run.
const OF_HOOKS: [&str; 7] = [
    "GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX", "GIT_DIFF_OPTS", "GIT_EXTERNAL_DIFF", "GIT_COMMON_DIR",
];

/// A repository in a folder of its own, removed at the end. Beside it is a folder for temporary files.
pub struct Repo {
    /// The folder that contains both.
    outer: PathBuf,
    /// The top of the work tree.
    pub top: PathBuf,
}

impl Repo {
    /// A repository with these files in its first commit. `None`, and a printed line, if there is no git.
    pub fn new(files: &[(&str, &str)]) -> Option<Repo> {
        let repo = Repo::empty()?;
        files.iter().for_each(|(path, text)| repo.write(path, text));
        repo.commit("first");
        Some(repo)
    }

    /// A repository without commits.
    pub fn empty() -> Option<Repo> {
        static NEXT: AtomicU32 = AtomicU32::new(0);
        if Command::new("git").arg("--version").output().is_err() {
            eprintln!("skipped: there is no git");
            return None;
        }
        let number = NEXT.fetch_add(1, Ordering::Relaxed);
        let outer = std::env::temp_dir().join(format!("postlint-git-{}-{number}", std::process::id()));
        fs::create_dir_all(outer.join("tmp")).unwrap();
        let outer = outer.canonicalize().unwrap();
        let repo = Repo { top: outer.join("blog"), outer };
        fs::create_dir(&repo.top).unwrap();
        repo.git(&["-c", "init.defaultBranch=main", "init", "-q"]);
        Some(repo)
    }

    /// A command in a folder of the repository, with an environment that is the same everywhere.
    pub fn command(&self, program: &str, folder: &str) -> Command {
        let mut command = Command::new(program);
        command.current_dir(self.top.join(folder)).env("TMPDIR", self.tmp()).env("TEMP", self.tmp());
        command.env("GIT_CONFIG_GLOBAL", self.outer.join("gitconfig")).env("GIT_CONFIG_NOSYSTEM", "1");
        for role in ["AUTHOR", "COMMITTER"] {
            command.env(format!("GIT_{role}_NAME"), "Tester").env(format!("GIT_{role}_EMAIL"), "tester@example.com");
        }
        OF_HOOKS.iter().for_each(|name| _ = command.env_remove(name));
        environment::clear(&mut command);
        command
    }

    /// Runs git, which must succeed, and returns what it writes.
    pub fn git(&self, arguments: &[&str]) -> String {
        let done = self.command("git", "").args(arguments).output().unwrap();
        assert!(done.status.success(), "git {arguments:?}: {}", String::from_utf8_lossy(&done.stderr));
        String::from_utf8_lossy(&done.stdout).trim().to_owned()
    }

    /// Commits all files.
    pub fn commit(&self, message: &str) {
        self.git(&["add", "--all"]);
        self.git(&["commit", "-q", "--allow-empty", "-m", message]);
    }

    /// Runs postlint in a folder of the repository.
    pub fn run_in(&self, folder: &str, arguments: &[&str]) -> Output {
        self.command(env!("CARGO_BIN_EXE_postlint"), folder).args(arguments).output().unwrap()
    }

    /// Runs postlint with `input` as stdin.
    pub fn run_on(&self, input: &[u8], arguments: &[&str]) -> Output {
        let mut command = self.command(env!("CARGO_BIN_EXE_postlint"), "");
        command.args(arguments).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().unwrap();
        let _ = child.stdin.take().unwrap().write_all(input);
        child.wait_with_output().unwrap()
    }

    /// The findings of a run in a folder, each as `path:line rule`.
    #[track_caller]
    pub fn found_in(&self, folder: &str, arguments: &[&str]) -> Vec<String> {
        let output = self.run_in(folder, &[arguments, &["--format", "json"]].concat());
        let text = String::from_utf8_lossy(&output.stderr);
        assert_ne!(output.status.code(), Some(2), "{arguments:?}: {text}");
        assert_eq!(self.temporary(), [""; 0], "{arguments:?} left temporary files");
        found(&output)
    }

    /// The findings of a run, each as `path:line rule`.
    #[track_caller]
    pub fn found(&self, arguments: &[&str]) -> Vec<String> {
        self.found_in("", arguments)
    }

    /// The paths of the findings of `alt-missing`.
    #[track_caller]
    pub fn paths(&self, arguments: &[&str]) -> Vec<String> {
        let found = self.found(&[arguments, &["--select", "alt-missing"]].concat());
        found.iter().map(|line| line.rsplit_once(':').unwrap().0.to_owned()).collect()
    }

    /// The names of temporary files.
    pub fn temporary(&self) -> Vec<String> {
        let entries = fs::read_dir(self.tmp()).unwrap();
        entries.map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned()).collect()
    }

    /// The folder for temporary files.
    pub fn tmp(&self) -> PathBuf {
        self.outer.join("tmp")
    }

    /// A path beside the repository.
    pub fn beside(&self, name: &str) -> PathBuf {
        self.outer.join(name)
    }

    /// Reads a file.
    pub fn read(&self, path: &str) -> String {
        fs::read_to_string(self.top.join(path)).unwrap()
    }

    /// Writes a file.
    pub fn write(&self, path: &str, text: &str) {
        let path = self.top.join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    /// Removes a file.
    pub fn remove(&self, path: &str) {
        fs::remove_file(self.top.join(path)).unwrap();
    }

    /// Moves a file.
    pub fn rename(&self, from: &str, to: &str) {
        let to = self.top.join(to);
        fs::create_dir_all(to.parent().unwrap()).unwrap();
        fs::rename(self.top.join(from), to).unwrap();
    }
}

impl Drop for Repo {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(Path::new(&self.outer));
    }
}

/// The findings in a report of JSON, each as `path:line rule`.
#[track_caller]
pub fn found(output: &Output) -> Vec<String> {
    let report: serde_json::Value = serde_json::from_slice(&output.stdout)
        .unwrap_or_else(|error| panic!("{error}: {}", String::from_utf8_lossy(&output.stderr)));
    let findings = report["findings"].as_array().unwrap().iter();
    let line = |finding: &serde_json::Value| {
        let word = |key: &str| finding[key].as_str().unwrap().to_owned();
        format!("{}:{} {}", word("path"), finding["line"], word("ruleId"))
    };
    findings.map(line).collect()
}

/// A post with a picture on line 7 that lacks its alternative text.
pub fn bad(title: &str) -> String {
    format!("{}<img src=\"https://img.example.com/a.png\">\n", good(title))
}

/// A post without findings of `alt-missing`, of six lines.
pub fn good(title: &str) -> String {
    format!("---\ntitle: {title}\ndescription: All about {title}.\n---\n\nThe boats came back to {title} early.\n")
}
