//! `--since`: which posts count as changed.

use crate::changes::repo::{Repo, bad, good};
use crate::support::blog::{code, stderr, stdout};
use std::fs;

/// A repository whose branch `work` has one commit more than `main`.
fn repo(before: &[(&str, &str)], after: impl Fn(&Repo)) -> Option<Repo> {
    let repo = Repo::new(before)?;
    repo.git(&["checkout", "-q", "-b", "work"]);
    after(&repo);
    repo.commit("second");
    Some(repo)
}

#[test]
fn changes_that_are_committed_staged_or_neither_and_new_files() {
    let names = ["committed.md", "staged.md", "edited.md", "same.md", "deleted.md", "removed.md"];
    let posts: Vec<(&str, String)> = names.iter().map(|name| (*name, bad(name))).collect();
    let mut files: Vec<(&str, &str)> = posts.iter().map(|(name, text)| (*name, text.as_str())).collect();
    files.push((".gitignore", "ignored.md\n"));
    let touch = |repo: &Repo, name: &str| repo.write(name, &format!("{}More.\n", bad(name)));
    let Some(repo) = repo(&files, |repo| touch(repo, "committed.md")) else { return };
    touch(&repo, "staged.md");
    repo.write("added.md", &bad("added"));
    repo.git(&["add", "--all"]);
    ["edited.md", "new/한 글.md", "ignored.md"].iter().for_each(|name| touch(&repo, name));
    repo.remove("deleted.md");
    repo.git(&["rm", "-q", "removed.md"]);
    let expected = ["added.md", "committed.md", "edited.md", "new/한 글.md", "staged.md"];
    assert_eq!(repo.paths(&["--since", "main"]), expected);
    assert_eq!(repo.paths(&["--since", "main", "new", "staged.md"]), ["new/한 글.md", "staged.md"]);
    assert_eq!(repo.paths(&["--since", "main", "same.md"]), [""; 0]);
    assert_eq!(repo.paths(&["--since", "HEAD"]), ["added.md", "edited.md", "new/한 글.md", "staged.md"]);
    assert_eq!(repo.paths(&["--since=main^{commit}"]), expected, "any revision");
}

#[test]
fn without_changes_there_is_nothing_to_do() {
    let Some(repo) = Repo::new(&[("a.md", &bad("a"))]) else { return };
    let output = repo.run_in("", &["--since", "main"]);
    assert_eq!((code(&output), &*stdout(&output)), (0, ""));
    assert_eq!(stderr(&output), "nothing to check: no post was changed since `main`\n");
    repo.write("code.rs", "fn main() {}\n");
    assert_eq!(stderr(&repo.run_in("", &["--since", "main"])), "nothing to check: no post was changed since `main`\n");
}

/// What happened on the other branch in the meantime is none of the changes.
#[test]
fn the_merge_base_is_what_counts() {
    let Some(repo) = repo(&[("a.md", &good("a")), ("b.md", &bad("b"))], |repo| repo.write("a.md", &bad("a"))) else {
        return;
    };
    repo.git(&["checkout", "-q", "main"]);
    repo.write("b.md", &bad("something else"));
    repo.commit("meanwhile");
    repo.git(&["checkout", "-q", "work"]);
    assert_eq!(repo.paths(&["--since", "main"]), ["a.md"]);
    repo.git(&["checkout", "-q", "--detach"]);
    assert_eq!(repo.paths(&["--since", "main"]), ["a.md"], "a detached HEAD");
}

#[test]
#[cfg(unix)]
fn names_with_spaces_quotes_and_line_feeds() {
    let names = [
        "with space.md", "say \"hi\".md", "line\nfeed.md", "tab\tbed.md", "한글/둘 째.md", "back\\slash.md",
        ":(top)x.md",
    ];
    let Some(repo) = repo(&[("a.md", &bad("a"))], |repo| {
        names.iter().for_each(|name| repo.write(name, &bad("x")));
    }) else {
        return;
    };
    let mut expected = names.to_vec();
    expected.sort_unstable();
    assert_eq!(repo.paths(&["--since", "main"]), expected);
}

#[test]
fn renamed_posts_are_checked_at_their_new_path() {
    let Some(repo) = repo(&[("a.md", &bad("a")), ("b.md", &bad("b"))], |repo| {
        repo.rename("a.md", "new/a.md");
        repo.remove("b.md");
        repo.write("c.md", &bad("b").replace("early", "late"));
    }) else {
        return;
    };
    assert_eq!(repo.paths(&["--since", "main"]), ["c.md", "new/a.md"]);
}

#[test]
fn in_a_subfolder_the_posts_below_it() {
    let Some(repo) = repo(&[("sub/a.md", &good("a"))], |repo| {
        repo.write("sub/a.md", &bad("a"));
        repo.write("other/b.md", &bad("b"));
    }) else {
        return;
    };
    assert_eq!(repo.found_in("sub", &["--since", "main", "--select", "alt-missing"]), ["a.md:7 alt-missing"]);
    let found = repo.found_in("sub", &["--since", "main", "--select", "alt-missing", "..", "a.md"]);
    assert_eq!(found, ["../other/b.md:7 alt-missing", "a.md:7 alt-missing"]);
    let path = repo.top.join("other");
    let found = repo.found_in("sub", &["--since", "main", "--select", "alt-missing", path.to_str().unwrap()]);
    assert_eq!(found, [format!("{}:7 alt-missing", path.join("b.md").display())]);
}

/// What a run without `--since` skips is skipped: ignored files, hidden ones, and data of tests beside other posts.
#[test]
fn only_what_a_whole_run_checks() {
    let Some(repo) = repo(&[("a.md", &good("a")), (".postlintignore", "drafts\n")], |repo| {
        for name in ["drafts/x.md", ".hidden/x.md", "node_modules/x/x.md", "tests/fixtures/x.md"] {
            repo.write(name, &bad("x"));
        }
    }) else {
        return;
    };
    assert_eq!(repo.paths(&["--since", "main"]), [""; 0]);
    assert_eq!(repo.paths(&["--since", "main", "drafts/x.md"]), ["drafts/x.md"], "unless it is named");
}

#[test]
fn worktrees_are_repositories_of_their_own() {
    let Some(repo) = Repo::new(&[("a.md", &good("a"))]) else { return };
    repo.git(&["worktree", "add", "-q", "-b", "work", "../tree"]);
    repo.write("../tree/a.md", &bad("a"));
    assert_eq!(repo.found_in("../tree", &["--since", "main", "--select", "alt-missing"]), ["a.md:7 alt-missing"]);
    repo.git(&["-C", "../tree", "add", "--all"]);
    assert_eq!(repo.found_in("../tree", &["--staged", "--select", "alt-missing"]), ["a.md:7 alt-missing"]);
    assert_eq!(repo.paths(&["--since", "main"]), [""; 0]);
}

/// A repository inside of another one has its own history.
#[test]
fn submodules_are_skipped() {
    let Some(repo) = Repo::new(&[("a.md", &good("a"))]) else { return };
    repo.write("theme/x.md", &good("x"));
    repo.git(&["-C", "theme", "init", "-q"]);
    repo.git(&["-C", "theme", "add", "--all"]);
    repo.git(&["-C", "theme", "commit", "-q", "-m", "theme"]);
    repo.write("a.md", &bad("a"));
    repo.write("theme/x.md", &bad("x"));
    assert_eq!(repo.paths(&["--since", "main"]), ["a.md"], "an untracked repository");
    repo.git(&["-c", "advice.addEmbeddedRepo=false", "add", "--all"]);
    assert_eq!(repo.paths(&["--since", "main"]), ["a.md"], "a staged submodule");
    assert_eq!(repo.paths(&["--staged"]), ["a.md"]);
    repo.commit("second");
    repo.write("theme/x.md", &bad("y"));
    assert_eq!(repo.paths(&["--since", "HEAD"]), [""; 0], "changes in a submodule");
    assert_eq!(repo.paths(&["--changed-lines"]), [""; 0]);
}

#[test]
fn pictures_and_posts_that_git_takes_for_binary() {
    let Some(repo) = repo(&[("a.md", &good("a")), ("b.md", &good("b"))], |repo| {
        fs::write(repo.top.join("a.png"), b"\x89PNG\0\x01").unwrap();
        repo.write("a.md", &bad("a").replace("early", "ear\0ly"));
    }) else {
        return;
    };
    assert_eq!(repo.paths(&["--since", "main"]), ["a.md"]);
    assert_eq!(repo.paths(&["--since", "main", "--changed-lines"]), ["a.md"], "all lines");
}

#[test]
fn fixes_only_change_changed_posts() {
    let post = |title: &str| format!("{}<p>a</p>\n<p>&nbsp;</p>\n<p>b</p>\n", good(title));
    let Some(repo) = repo(&[("a.md", &good("a")), ("b.md", &post("b"))], |repo| repo.write("a.md", &post("a"))) else {
        return;
    };
    let output = repo.run_in("", &["--since", "main", "--fix", "--select", "spacer-paragraph"]);
    assert_eq!(code(&output), 0, "{}", stderr(&output));
    assert!(!repo.read("a.md").contains("&nbsp;") && repo.read("b.md").contains("&nbsp;"));
}

#[test]
fn nothing_is_written_to_the_repository() {
    let Some(repo) = repo(&[("a.md", &good("a"))], |repo| repo.write("a.md", &bad("a"))) else { return };
    // The time of a file that git would note in the index.
    repo.write("a.md", &repo.read("a.md"));
    let index = || fs::read(repo.top.join(".git/index")).unwrap();
    let before = index();
    for arguments in [&["--since", "main"][..], &["--staged"], &["--changed-lines"]] {
        repo.paths(arguments);
        assert!(index() == before, "{arguments:?}");
    }
}
