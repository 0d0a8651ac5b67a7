//! `--files-from`: which paths of a list are checked.

use crate::changes::repo::{Repo, bad, found};
use crate::support::blog::{code, stderr, stdout};

const BAD: [&str; 6] = ["a.md", "둘 째.md", "-c.md", "d.markdown", "e.html", "not listed.md"];

fn repo() -> Option<Repo> {
    let posts: Vec<(&str, String)> = BAD.iter().map(|name| (*name, bad(name))).collect();
    let mut files: Vec<(&str, &str)> = posts.iter().map(|(name, text)| (*name, text.as_str())).collect();
    files.extend([("notes.txt", "<img src=a.png>\n"), ("folder/f.md", "text\n")]);
    Repo::new(&files)
}

fn paths(output: &std::process::Output) -> Vec<String> {
    assert!(code(output) < 2, "{}", stderr(output));
    found(output).iter().map(|line| line.rsplit_once(':').unwrap().0.to_owned()).collect()
}

const OPTIONS: [&str; 5] = ["--select", "alt-missing", "--format", "json", "--files-from"];

#[test]
fn lines_of_a_file_or_of_standard_input() {
    let Some(repo) = repo() else { return };
    let list = "a.md\r\n\n./둘 째.md\n-c.md\nd.markdown\ngone.md\nnotes.txt\nfolder\ne.html\na.md\n";
    repo.write("list", list);
    let expected = ["-c.md", "a.md", "d.markdown", "e.html", "둘 째.md"];
    assert_eq!(paths(&repo.run_in("", &[&OPTIONS[..], &["list"]].concat())), expected);
    assert_eq!(paths(&repo.run_on(list.as_bytes(), &[&OPTIONS[..], &["-"]].concat())), expected);
}

#[test]
fn paths_are_relative_to_the_working_directory() {
    let Some(repo) = repo() else { return };
    repo.write("list", "../a.md\nf.md\n");
    assert_eq!(paths(&repo.run_in("folder", &[&OPTIONS[..], &["../list"]].concat())), ["../a.md"]);
}

#[test]
#[cfg(unix)]
fn paths_that_end_in_nul_may_have_line_feeds() {
    let Some(repo) = repo() else { return };
    repo.write("line\nfeed.md", &bad("feed"));
    let found = paths(&repo.run_on("line\nfeed.md\0a.md\0gone.md\0".as_bytes(), &[&OPTIONS[..], &["-"]].concat()));
    assert_eq!(found, ["a.md", "line\nfeed.md"]);
}

/// `git diff --name-only` without `-z`.
#[test]
#[cfg(unix)]
fn paths_that_git_quotes_are_understood() {
    let Some(repo) = repo() else { return };
    repo.write("say \"boat\".md", &bad("said"));
    repo.git(&["add", "--all"]);
    repo.git(&["rm", "-q", "--cached", "둘 째.md"]);
    repo.git(&["commit", "-q", "-m", "second"]);
    repo.git(&["add", "--all"]);
    let list = repo.git(&["diff", "--name-only", "--cached"]);
    assert_eq!(list, r#""\353\221\230 \354\247\270.md""#);
    let list = format!("{list}\n{}\n", r#""say \"boat\".md""#);
    let output = repo.run_on(list.as_bytes(), &[&OPTIONS[..], &["-"]].concat());
    assert_eq!(paths(&output), ["say \"boat\".md", "둘 째.md"]);
}

#[test]
fn an_empty_list_is_nothing_to_do() {
    let Some(repo) = repo() else { return };
    for (list, missing) in [("", 0), ("\n", 0), ("gone.md\n", 1), ("gone.md\0docs/a.md\0", 2)] {
        let output = repo.run_on(list.as_bytes(), &["--files-from", "-"]);
        assert_eq!((code(&output), &*stdout(&output)), (0, ""));
        let why = match missing {
            0 => "the list has no post".to_owned(),
            missing => format!(
                "the list has no post; paths in it that do not exist here: {missing} (in a folder of the repository, \
                 list what changed with `git diff --relative`)"
            ),
        };
        assert_eq!(stderr(&output), format!("nothing to check: {why}\n"), "{list:?}");
    }
    let output = repo.run_on(b"notes.txt\n", &["--files-from", "-"]);
    assert_eq!((code(&output), &*stderr(&output)), (0, "nothing to check: the list has no post\n"));
    let output = repo.run_on(b"", &["--files-from", "-", "--format", "json"]);
    assert_eq!((code(&output), found(&output)), (0, Vec::new()), "a report all the same");
}

/// A list of git has the folders of submodules.
#[test]
fn folders_are_not_searched() {
    let Some(repo) = repo() else { return };
    repo.write("folder/g.md", &bad("g"));
    for (list, more) in [
        ("folder\n", "folders in it, which are not searched: 1 (list the files in them)"),
        ("folder/\0.\0", "folders in it, which are not searched: 2 (list the files in them)"),
    ] {
        let output = repo.run_on(list.as_bytes(), &["--files-from", "-"]);
        let said = format!("nothing to check: the list has no post; {more}\n");
        assert_eq!((code(&output), &*stderr(&output)), (0, &*said), "{list:?}");
    }
    let both = stderr(&repo.run_on(b"folder\ngone.md\n", &["--files-from", "-"]));
    assert!(both.contains("searched: 1 (") && both.contains("do not exist here: 1 ("), "{both}");
    assert_eq!(paths(&repo.run_on(b"folder\na.md\n", &[&OPTIONS[..], &["-"]].concat())), ["a.md"]);
}

#[test]
fn excluded_posts_are_skipped() {
    let Some(repo) = repo() else { return };
    repo.write(".postlintignore", "d.markdown\n");
    repo.write("postlint.yml", "ignore: [\"e.*\"]\n");
    repo.write("node_modules/x/readme.md", &bad("x"));
    let list = "a.md\nd.markdown\ne.html\nnode_modules/x/readme.md\n";
    assert_eq!(paths(&repo.run_on(list.as_bytes(), &[&OPTIONS[..], &["-"]].concat())), ["a.md"]);
}
