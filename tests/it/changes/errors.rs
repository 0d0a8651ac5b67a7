//! Wrong use, and what git cannot answer: exit code 2 with a message and help.

use crate::changes::repo::{Repo, bad};
use crate::support::blog::{Blog, code, stderr, stdout};
use std::fs;
use std::process::Output;

#[track_caller]
fn fails(output: &Output, said: &[&str]) {
    let text = stderr(output);
    assert_eq!((code(output), &*stdout(output)), (2, ""), "{text}");
    said.iter().for_each(|words| assert!(text.contains(words), "{words}: {text}"));
}

#[test]
fn options_that_do_not_go_together() {
    let Some(repo) = Repo::new(&[("a.md", &bad("a")), ("list", "a.md\n")]) else { return };
    let wrong: [(&[&str], &str, &str); 15] = [
        (
            &["--files-from", "list", "a.md"],
            "`--files-from` cannot be combined with PATHS",
            "write all paths into the list",
        ),
        (
            &["--files-from", "list", "--since", "main"],
            "`--files-from` cannot be combined with `--since`",
            "choose one",
        ),
        (&["--files-from", "list", "--staged"], "`--files-from` cannot be combined with `--staged`", "choose one"),
        (&["--since", "main", "--staged"], "`--since` cannot be combined with `--staged`", "choose one"),
        (&["--staged", "--fix"], "`--staged` cannot be combined with `--fix`", "the index is only read"),
        (&["fix", "--staged"], "`--staged` cannot be combined with `--fix`", "the index is only read"),
        (&["--staged", "--fix-only"], "`--staged` cannot be combined with `--fix-only`", "stage the files again"),
        (&["--staged", "--diff"], "`--staged` cannot be combined with `--diff`", "the index is only read"),
        (&["--staged", "--show-fixes"], "`--staged` cannot be combined with `--show-fixes`", "the index is only read"),
        (&["--staged", "--add-ignore"], "`--staged` cannot be combined with `--add-ignore`", "the index is only read"),
        (&["--staged", "--write-baseline"], "`--staged` cannot be combined with `--write-baseline`", "only read"),
        (&["--changed-lines", "--fix"], "`--changed-lines` cannot be combined with `--fix`", "for whole posts"),
        (&["--changed-lines", "--write-baseline"], "cannot be combined with `--write-baseline`", "for whole posts"),
        (&["--since", "main", "--stdin-filename", "a.md"], "a post on standard input", "check the file instead"),
        (&["--files-from", "-", "--stdin-filename", "a.md"], "a post on standard input", "check the file instead"),
    ];
    for (arguments, message, help) in wrong {
        fails(&repo.run_in("", arguments), &["error: ", message, "  help: ", help]);
    }
    fails(&repo.run_in("", &["--files-from", "lists"]), &["error: cannot read `lists`: file not found"]);
    fails(&repo.run_in("", &["--files-from", "."]), &["error: cannot read `.`: this is a folder"]);
}

#[test]
fn errors_are_in_the_report() {
    let Some(repo) = Repo::new(&[("a.md", &bad("a"))]) else { return };
    let output = repo.run_in("", &["--since", "nowhere", "--format", "json"]);
    let report: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!((code(&output), &report["errors"][0]["message"]), (2, &"git does not know `nowhere`".into()));
}

#[test]
fn unknown_revisions() {
    let Some(repo) = Repo::new(&[("a.md", &bad("a"))]) else { return };
    repo.git(&["tag", "tree", "HEAD^{tree}"]);
    for name in ["nowhere", "main:a.md", "tree", "0000000000000000000000000000000000000000", "main..HEAD"] {
        let said = format!("error: git does not know `{name}`");
        fails(&repo.run_in("", &["--since", name]), &[&said, "`git branch --all` lists branches"]);
    }
    for name in ["--since=-x", "--since=--all", "--since=--output=pwned"] {
        fails(&repo.run_in("", &[name]), &["git does not know `-", "help: "]);
    }
    assert!(!repo.top.join("pwned").exists());
    fails(&repo.run_in("", &["--since", ""]), &["git does not know ``", "write a branch, a tag or a commit"]);
}

#[test]
fn outside_of_a_repository() {
    let blog = Blog::new(&[("a.md", "text\n")]);
    // Its `.git` is only a marker, so the search would go on above it.
    let run = |arguments: &[&str]| blog.command(arguments).env("GIT_CEILING_DIRECTORIES", &blog.0).output().unwrap();
    let Some(repo) = Repo::empty() else { return };
    for arguments in [&["--since", "main"][..], &["--staged"], &["--changed-lines"]] {
        fails(&run(arguments), &["error: the working directory is not in the work tree of a git repository", "help: "]);
        fails(&repo.run_in(".git", arguments), &["is not in the work tree of a git repository"]);
    }
}

#[test]
fn without_git() {
    let Some(repo) = Repo::new(&[("a.md", &bad("a"))]) else { return };
    for arguments in [&["--since", "main"][..], &["--staged"], &["--changed-lines"]] {
        let mut command = repo.command(env!("CARGO_BIN_EXE_postlint"), "");
        let output = command.args(arguments).env("PATH", repo.tmp()).output().unwrap();
        fails(&output, &["error: cannot start `git`: ", "help: install git"]);
    }
}

#[test]
fn without_a_commit_or_a_common_one() {
    let Some(repo) = Repo::empty() else { return };
    fails(&repo.run_in("", &["--since", "main"]), &["git does not know `main`"]);
    repo.write("a.md", &bad("a"));
    repo.commit("first");
    repo.git(&["checkout", "-q", "--orphan", "other"]);
    fails(&repo.run_in("", &["--since", "main"]), &["there is no commit yet", "--staged checks"]);
    repo.commit("another first");
    fails(&repo.run_in("", &["--since", "main"]), &["`main` and HEAD have no common commit", "help: write a branch"]);
}

#[test]
fn a_shallow_clone() {
    let Some(repo) = Repo::new(&[("a.md", &bad("a"))]) else { return };
    repo.git(&["checkout", "-q", "-b", "work"]);
    repo.write("a.md", &bad("b"));
    repo.commit("second");
    repo.git(&["checkout", "-q", "main"]);
    repo.write("b.md", &bad("b"));
    repo.commit("meanwhile");
    let url = format!("file://{}", repo.top.display());
    repo.git(&["clone", "-q", "--depth", "1", "--branch", "work", &url, "../clone"]);
    let shallow = ["help: this clone is shallow: set `fetch-depth: 0`", "git fetch --unshallow"];
    let since = |name: &str| repo.run_in("../clone", &["--since", name]);
    fails(&since("origin/main"), &["error: git does not know `origin/main`", shallow[0], shallow[1]]);
    repo.git(&["-C", "../clone", "fetch", "-q", "--depth", "1", "origin", "main:main"]);
    fails(&since("main"), &["error: `main` and HEAD have no common commit", shallow[0], shallow[1]]);
    repo.git(&["-C", "../clone", "fetch", "-q", "--unshallow", "origin", "main", "work"]);
    let found = repo.found_in("../clone", &["--since", "main", "--select", "alt-missing"]);
    assert_eq!(found, ["a.md:7 alt-missing"]);
}

#[test]
fn a_path_in_another_repository() {
    let Some(repo) = Repo::new(&[("a.md", &bad("a"))]) else { return };
    fs::create_dir(repo.beside("other")).unwrap();
    fs::write(repo.beside("other/b.md"), bad("b")).unwrap();
    repo.write("a.md", &bad("b"));
    repo.git(&["add", "--all"]);
    fails(&repo.run_in("", &["--staged", "../other"]), &["error: `../other` is not in this git repository", "help: "]);
    assert_eq!(repo.paths(&["--since", "HEAD", "../other"]), [""; 0]);
}
