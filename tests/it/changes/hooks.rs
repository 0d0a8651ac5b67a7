//! postlint as a hook of git itself, which sets variables for it.
#![cfg(unix)]

use crate::changes::repo::{Repo, bad, good};
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::process::Output;

/// A repository whose hook checks what is staged, and writes what it says to `said.log`.
fn repo() -> Option<Repo> {
    let repo = Repo::new(&[("a.md", &good("a")), ("b.md", &good("b")), (".gitignore", "said.log\n")])?;
    let hook = repo.top.join(".git/hooks/pre-commit");
    let program = env!("CARGO_BIN_EXE_postlint");
    let line = format!("'{program}' --staged --select alt-missing --format concise -q");
    fs::create_dir_all(hook.parent().unwrap()).unwrap();
    fs::write(&hook, format!("#!/bin/sh\n{line} >said.log 2>&1 || exit 1\n")).unwrap();
    fs::set_permissions(&hook, fs::Permissions::from_mode(0o755)).unwrap();
    Some(repo)
}

fn commit(repo: &Repo, folder: &str, arguments: &[&str]) -> Output {
    let done = repo.command("git", folder).args(["commit", "-q", "-m", "x"]).args(arguments).output().unwrap();
    assert_eq!(repo.temporary(), [""; 0]);
    done
}

/// The paths that the hook reported.
fn said(repo: &Repo) -> Vec<String> {
    let said = repo.read("said.log");
    said.lines().map(|line| line.split(':').next().unwrap().to_owned()).collect()
}

#[test]
fn a_commit_of_what_is_staged() {
    let Some(repo) = repo() else { return };
    repo.write("a.md", &bad("a"));
    assert!(!commit(&repo, "", &[]).status.success(), "there is nothing to commit");
    repo.git(&["add", "a.md"]);
    repo.write("a.md", &good("a"));
    repo.write("b.md", &bad("b"));
    assert!(!commit(&repo, "", &[]).status.success());
    assert_eq!(said(&repo), ["a.md"]);
    repo.git(&["add", "a.md"]);
    repo.write("c.md", &good("c"));
    repo.git(&["add", "c.md"]);
    let done = commit(&repo, "", &[]);
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
}

/// `git commit -a` and `git commit PATH` make an index of their own for the hook.
#[test]
fn commits_of_all_and_of_some_files() {
    let Some(repo) = repo() else { return };
    repo.write("a.md", &bad("a"));
    assert!(!commit(&repo, "", &["-a"]).status.success());
    assert_eq!(said(&repo), ["a.md"]);
    repo.write("b.md", &good("another b"));
    repo.git(&["add", "a.md"]);
    let done = commit(&repo, "", &["b.md"]);
    assert!(done.status.success(), "only b.md: {}", String::from_utf8_lossy(&done.stderr));
    repo.write("b.md", &bad("b"));
    assert!(!commit(&repo, "", &["b.md"]).status.success());
    assert_eq!(said(&repo), ["b.md"]);
}

#[test]
fn commits_in_a_subfolder_and_in_a_worktree() {
    let Some(repo) = repo() else { return };
    repo.write("sub/c.md", &bad("c"));
    repo.git(&["add", "--all"]);
    assert!(!commit(&repo, "sub", &[]).status.success());
    assert_eq!(said(&repo), ["sub/c.md"]);
    repo.git(&["reset", "-q", "--hard"]);
    repo.git(&["worktree", "add", "-q", "-b", "work", "../tree"]);
    repo.write("../tree/a.md", &bad("a"));
    assert!(!commit(&repo, "../tree", &["-a"]).status.success());
    assert_eq!(repo.read("../tree/said.log").split(':').next(), Some("a.md"));
}

#[test]
fn the_first_commit() {
    let Some(repo) = repo() else { return };
    repo.git(&["checkout", "-q", "--orphan", "fresh"]);
    repo.write("a.md", &bad("a"));
    repo.git(&["add", "--all"]);
    assert!(!commit(&repo, "", &[]).status.success());
    assert_eq!(said(&repo), ["a.md"]);
}

/// An amended commit has what is staged besides.
#[test]
fn an_amended_commit() {
    let Some(repo) = repo() else { return };
    repo.write("b.md", &bad("b"));
    repo.git(&["add", "--all"]);
    assert!(!commit(&repo, "", &["--amend"]).status.success());
    assert_eq!(said(&repo), ["b.md"]);
}
