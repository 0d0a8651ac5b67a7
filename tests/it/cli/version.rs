//! `--version`, and where the build script finds the commit.

#[path = "../../../build/commit.rs"]
mod commit;

use crate::support::blog::{Blog, code, stdout};
use commit::Commit;
use std::fs;
use std::path::Path;
use std::process::Command;

const VERSION: &str = env!("CARGO_PKG_VERSION");

#[test]
fn the_version_is_one_line_and_all_of_it_with_verbose() {
    let blog = Blog::new(&[]);
    for option in ["--version", "-V"] {
        let output = blog.run(&[option]);
        let said = stdout(&output);
        assert_eq!((code(&output), said.lines().count()), (0, 1));
        assert!(said.trim_end() == format!("postlint {VERSION}") || said.starts_with(&format!("postlint {VERSION} (")));
    }
    for options in [&["--version", "--verbose"][..], &["-V", "-v"], &["-vV"], &["-v", "--version"]] {
        let said = stdout(&blog.command(options).env("TERM", "xterm-256color").output().unwrap());
        let keys: Vec<&str> = said.lines().skip(1).map(|line| line.split(": ").next().unwrap()).collect();
        assert_eq!(keys, ["commit", "date", "target", "rustc", "os", "terminal"], "{options:?}: {said}");
        assert!(said.contains("\nterminal: no, TERM=xterm-256color, "), "{said}");
    }
    assert_eq!(code(&blog.run(&["--verbose"])), 2);
}

fn of(root: &Path, variables: &[(&str, &str)]) -> (String, String) {
    let variable = |name: &str| variables.iter().find(|(it, _)| *it == name).map(|(_, value)| (*value).to_owned());
    let commit = Commit::of(root, variable, true);
    (commit.id.clone(), commit.suffix())
}

#[test]
fn the_commit_is_that_of_git_of_the_package_or_of_the_environment() {
    let folder = tempfile::tempdir().unwrap();
    let inner = folder.path().join("postlint");
    fs::create_dir(&inner).unwrap();
    let epoch = ("SOURCE_DATE_EPOCH", "951782400");
    assert_eq!(of(&inner, &[]).1, "");
    assert_eq!(of(&inner, &[epoch]).1, " (2000-02-29)");
    assert_eq!(of(&inner, &[("POSTLINT_COMMIT", "269342b1c0ffee"), epoch]).1, " (269342b1c 2000-02-29)");
    let git = |arguments: &[&str]| {
        let identity = ["-c", "user.name=A", "-c", "user.email=a@example.com"];
        let mut command = Command::new("git");
        command.arg("-C").arg(folder.path()).args(identity).args(arguments);
        command.env("GIT_COMMITTER_DATE", "2026-11-22T01:00:00+09:00").output().is_ok_and(|it| it.status.success())
    };
    if !git(&["init", "--quiet"]) {
        eprintln!("skipped: there is no git");
        return;
    }
    assert!(git(&["commit", "--quiet", "--allow-empty", "--message", "first"]));
    let (id, suffix) = of(folder.path(), &[]);
    assert!(id.len() == 9 && id.bytes().all(|byte| byte.is_ascii_hexdigit()), "{id}");
    assert_eq!(suffix, format!(" ({id} 2026-11-22)"));
    assert_eq!(of(folder.path(), &[epoch]).1, format!(" ({id} 2000-02-29)"));
    assert!(Commit::of(folder.path(), |_| None, true).log.unwrap().exists());
    assert_eq!(Commit::of(folder.path(), |_| None, false), Commit::default(), "git is not asked");
    assert_eq!(of(&inner, &[]).1, "", "an archive in another repository");
    let packaged =
        "{\n  \"git\": {\n    \"sha1\": \"0123456789abcdef0123456789abcdef01234567\"\n  },\n  \"path_in_vcs\": \"\"\n}";
    fs::write(inner.join(".cargo_vcs_info.json"), packaged).unwrap();
    assert_eq!(of(&inner, &[]).1, " (012345678)");
}
