//! `--changed-lines`: which findings are about changed lines.

use crate::changes::repo::{Repo, bad, good};
use std::fs;

const IMAGE: &str = "<img src=\"https://img.example.com/a.png\">\n";

/// A post with a picture on line 7 and another one on line 11.
fn two() -> String {
    format!("{}\nThe sea.\n\n{IMAGE}", bad("a"))
}

fn lines(repo: &Repo, arguments: &[&str]) -> Vec<String> {
    repo.found(&[arguments, &["--changed-lines", "--select", "alt-missing"]].concat())
}

#[test]
fn against_head_alone() {
    let Some(repo) = Repo::new(&[("a.md", &two()), ("b.md", &bad("b"))]) else { return };
    assert_eq!(lines(&repo, &[]), [""; 0]);
    repo.write("a.md", &two().replacen("png", "jpg", 1));
    assert_eq!(lines(&repo, &[]), ["a.md:7 alt-missing"]);
    repo.git(&["add", "--all"]);
    assert_eq!(lines(&repo, &[]), ["a.md:7 alt-missing"]);
    repo.write("a.md", &format!("{}{IMAGE}", repo.read("a.md")));
    assert_eq!(lines(&repo, &[]), ["a.md:7 alt-missing", "a.md:12 alt-missing"]);
    assert_eq!(lines(&repo, &["--staged"]), ["a.md:7 alt-missing"]);
    repo.write("a.md", &two().replace("The sea.\n", ""));
    assert_eq!(lines(&repo, &[]), [""; 0], "lines were only removed");
}

#[test]
fn since_a_merge_base() {
    let Some(repo) = Repo::new(&[("a.md", &two())]) else { return };
    repo.git(&["checkout", "-q", "-b", "work"]);
    repo.write("a.md", &two().replacen("png", "jpg", 1));
    repo.commit("second");
    repo.write("a.md", &format!("{}{IMAGE}", repo.read("a.md")));
    assert_eq!(lines(&repo, &["--since", "main"]), ["a.md:7 alt-missing", "a.md:12 alt-missing"]);
    assert_eq!(lines(&repo, &[]), ["a.md:12 alt-missing"]);
    repo.write("list", "a.md\n");
    assert_eq!(lines(&repo, &["--files-from", "list"]), ["a.md:12 alt-missing"]);
}

/// The lines of the index, which differ from those of the work tree.
#[test]
fn staged_lines() {
    let Some(repo) = Repo::new(&[("a.md", &two())]) else { return };
    let staged = format!("{}{IMAGE}", two());
    repo.write("a.md", &staged);
    repo.git(&["add", "--all"]);
    repo.write("a.md", &staged.replace("The boats", "New\nlines\n\nThe boats"));
    assert_eq!(lines(&repo, &["--staged"]), ["a.md:12 alt-missing"]);
    assert_eq!(lines(&repo, &[]), ["a.md:15 alt-missing"]);
}

#[test]
fn new_files_and_renames() {
    let Some(repo) = Repo::new(&[("a.md", &two()), ("b.md", &two().replace("sea", "lake"))]) else { return };
    repo.write("new.md", &bad("new"));
    assert_eq!(lines(&repo, &[]), ["new.md:7 alt-missing"]);
    repo.git(&["mv", "a.md", "moved a.md"]);
    repo.git(&["mv", "b.md", "moved b.md"]);
    repo.write("moved b.md", &two().replace("sea", "lake").replacen("png", "jpg", 1));
    repo.git(&["add", "--all"]);
    let expected = ["moved b.md:7 alt-missing", "new.md:7 alt-missing"];
    assert_eq!(lines(&repo, &[]), expected);
    assert_eq!(lines(&repo, &["--staged"]), expected);
    assert_eq!(lines(&repo, &["--since", "HEAD"]), expected);
}

#[test]
fn what_is_missing_counts_if_the_front_matter_was_changed() {
    let post = "---\ntitle: Boats\ndate: 2024-05-01\n---\n\nThe boats.\n";
    let config = "front-matter: [{match: \"*\", required: [image]}]\n";
    let Some(repo) = Repo::new(&[("postlint.yml", config), ("a.md", post)]) else { return };
    let found = |text: &str| {
        repo.write("a.md", text);
        repo.found(&["--changed-lines", "--select", "required-key-missing"])
    };
    let missing = ["a.md:1 required-key-missing"];
    assert_eq!(found(&post.replace("The boats", "Boats")), [""; 0]);
    assert_eq!(found(&post.replace("title: Boats", "title: Ships")), missing);
    assert_eq!(found(&post.replace("date", "tags: [a]\ndate")), missing);
    assert_eq!(found(&post.replace("date: 2024-05-01\n", "")), missing, "a key was removed");
    assert_eq!(found(&post.replace("---\n\nThe", "---\nThe")), [""; 0], "a line behind it was removed");
    assert_eq!(found(&post.replace("The boats.\n", "")), [""; 0]);
    assert_eq!(found(&format!("{post}---\n")), [""; 0]);
}

/// Lines of posts may look like those of a diff.
#[test]
fn lines_that_look_like_headers() {
    let head = "++ b/a.md\n-- a/a.md\n@@ -1 +1,99 @@\n\n";
    let Some(repo) = Repo::new(&[("a.md", &format!("{}\n{head}{IMAGE}", good("a"))), ("b.md", &bad("b"))]) else {
        return;
    };
    repo.write(
        "a.md",
        &format!("{}\n{}", repo.read("a.md").replace("@@ -1", "@@ -2"), "++ b/b.md\n@@ -0,0 +1,99 @@\n"),
    );
    assert_eq!(lines(&repo, &[]), [""; 0]);
    repo.write("a.md", &repo.read("a.md").replace("a.png", "c.png"));
    assert_eq!(lines(&repo, &[]), ["a.md:12 alt-missing"]);
}

#[test]
#[cfg(unix)]
fn names_that_git_quotes() {
    let names = ["with space.md", "say \"hi\".md", "line\nfeed.md", "둘 째.md", "tab\t.md", "back\\slash.md"];
    let files: Vec<(&str, String)> = names.iter().map(|name| (*name, two())).collect();
    let files: Vec<(&str, &str)> = files.iter().map(|(name, text)| (*name, text.as_str())).collect();
    let Some(repo) = Repo::new(&files) else { return };
    names.iter().for_each(|name| repo.write(name, &two().replacen("png", "jpg", 1)));
    let mut expected = names.map(|name| format!("{name}:7 alt-missing"));
    expected.sort_unstable();
    assert_eq!(lines(&repo, &[]), expected);
}

/// Settings that change how people see a diff.
#[test]
fn settings_of_users_do_not_matter() {
    let Some(repo) = Repo::new(&[("a.md", &two()), ("sub/b.md", &two())]) else { return };
    let settings = "[diff]\n\tnoprefix = true\n\tmnemonicPrefix = true\n\trelative = true\n\tinterHunkContext = 9\n\
                    \texternal = false\n\trenames = false\n\tcontext = 20\n\
                    [core]\n\tquotePath = true\n\tfsmonitor = false\n\tpager = false\n[color]\n\tui = always\n";
    fs::write(repo.beside("gitconfig"), settings).unwrap();
    let edited = two().replacen("png", "jpg", 1).replace("The sea", "A lake");
    repo.write("a.md", &edited);
    repo.write("sub/b.md", &edited);
    assert_eq!(lines(&repo, &[]), ["a.md:7 alt-missing", "sub/b.md:7 alt-missing"]);
    let output = repo
        .command(env!("CARGO_BIN_EXE_postlint"), "sub")
        .args(["--changed-lines", "--select", "alt-missing", "--format", "json"])
        .envs([("GIT_DIFF_OPTS", "-u20"), ("GIT_EXTERNAL_DIFF", "false"), ("GIT_LITERAL_PATHSPECS", "1")])
        .output()
        .unwrap();
    assert_eq!(crate::changes::repo::found(&output), ["b.md:7 alt-missing"]);
}

#[test]
fn windows_line_endings() {
    let text = two().replace('\n', "\r\n");
    let Some(repo) = Repo::new(&[("a.md", &text)]) else { return };
    repo.write("a.md", &text.replacen("png", "jpg", 1));
    assert_eq!(lines(&repo, &[]), ["a.md:7 alt-missing"]);
}
