//! `--diff` in a pipe: a patch that git and GNU patch apply, with the same result as `--fix`.

use crate::changes::repo::Repo;
use std::fs;
use std::io::Write;
use std::process::{Command, Stdio};

const FRONT: &str = "---\ntitle: Boats\ndescription: What the boats bring.\n---\n\n";
const SPACER: &str = "<p>One.</p>\n\n<p>&nbsp;</p>\n\n<p>Two.</p>\n";

/// Posts with a spacer, which `--fix` removes.
fn posts() -> Vec<(&'static str, String)> {
    let plain = format!("{FRONT}{SPACER}");
    vec![
        ("posts/plain.md", plain.clone()),
        ("posts/안개 낀 항구.md", plain.clone()),
        ("posts/down/crlf.md", plain.replace('\n', "\r\n")),
        ("posts/mixed.md", format!("{FRONT}{}{SPACER}", "<p>Zero.</p>\r\n\r\n")),
        ("posts/lone-cr.md", format!("{FRONT}{SPACER}\nOne\rline.\n")),
        ("posts/no-end.md", plain.trim_end().to_owned()),
        ("posts/no-end-crlf.md", plain.trim_end().replace('\n', "\r\n")),
        ("posts/end-removed.md", format!("{FRONT}<p>One.</p>\n\n<p>&nbsp;</p>")),
        ("posts/bom.md", format!("\u{feff}{plain}")),
        ("posts/unseen.md", format!("{FRONT}A\u{200b}b\u{ad}c\u{200d}d, 👩\u{200d}🚀\u{fe0f}.\t\u{2028}\n\n{SPACER}")),
        ("posts/control.md", format!("{FRONT}\tRed \u{1b}[31m \u{7f}\u{b}\u{c}.\n\n{SPACER}\n ##[group]x\n")),
        (
            "posts/markers.md",
            format!("{FRONT}{SPACER}\n-- \n--- a/x\n+++ b/x\n@@ -1 +1 @@\n\\ No newline\n::error::x\n"),
        ),
        ("posts/a \"quoted\" \\ name.md", plain.clone()),
        ("posts/날짜\t탭.md", plain),
    ]
}

/// The texts of all posts.
fn texts(repo: &Repo) -> Vec<(&'static str, Vec<u8>)> {
    posts().into_iter().map(|(path, _)| (path, fs::read(repo.top.join(path)).unwrap())).collect()
}

fn apply(repo: &Repo, folder: &str, program: &[&str], patch: &[u8]) {
    let mut command = repo.command(program[0], folder);
    command.args(&program[1..]).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    child.stdin.take().unwrap().write_all(patch).unwrap();
    let done = child.wait_with_output().unwrap();
    let told = [done.stdout, done.stderr].concat();
    assert!(done.status.success(), "{program:?} in {folder:?}: {}", String::from_utf8_lossy(&told));
}

#[test]
#[cfg(not(windows))]
fn git_and_patch_apply_a_diff() {
    let posts = posts();
    let files: Vec<(&str, &str)> = posts.iter().map(|(path, text)| (*path, text.as_str())).collect();
    let Some(repo) = Repo::new(&files) else { return };
    let before = texts(&repo);
    repo.run_in("", &["--fix", "-q"]);
    let fixed = texts(&repo);
    for ((path, before), (_, fixed)) in before.iter().zip(&fixed) {
        assert_ne!(before, fixed, "{path} has something to fix");
    }
    let has_patch = Command::new("patch").arg("--version").output().is_ok();
    let programs: [&[&str]; 2] =
        [&["git", "apply", "--whitespace=nowarn"], &["patch", "-p1", "--no-backup-if-mismatch"]];
    for program in programs.into_iter().filter(|program| program[0] == "git" || has_patch) {
        for folder in ["", "posts"] {
            repo.git(&["checkout", "-q", "--", "."]);
            let diff = repo.run_in(folder, &["--diff"]);
            assert_eq!(diff.status.code(), Some(1));
            apply(&repo, folder, program, &diff.stdout);
            for ((path, now), (_, fixed)) in texts(&repo).iter().zip(&fixed) {
                let words = |text| String::from_utf8_lossy(text).into_owned();
                assert_eq!(words(now), words(fixed), "{path} by {program:?} in {folder:?}");
            }
        }
    }
}

/// The runner of GitHub Actions obeys what is written to it, also a post.
#[test]
fn a_runner_gets_no_commands_from_a_diff() {
    let text = format!("{FRONT}<p>One.</p>\n\n<p>&nbsp;</p>\n\n ##[group]x\n::error::x\n");
    let Some(repo) = Repo::new(&[("a.md", &text)]) else { return };
    let mut command = repo.command(env!("CARGO_BIN_EXE_postlint"), "");
    let diff = command.arg("--diff").env("GITHUB_ACTIONS", "true").output().unwrap();
    let diff = String::from_utf8(diff.stdout).unwrap();
    assert!(diff.contains("\n-<p>&nbsp;</p>\n") && diff.contains("# #[group]x\n : :error::x"), "{diff}");
    assert!(!diff.contains("##[") && !diff.lines().any(|line| line.trim_start().starts_with("::")), "{diff}");
}
