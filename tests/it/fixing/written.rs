//! How `--fix` writes posts. The writer itself is tested in `files`.
#![cfg(unix)]

use crate::support::blog::{Blog, code, said, stderr};
use std::fs::{self, Permissions};
use std::os::unix::fs::{MetadataExt, PermissionsExt, symlink};
use std::process::Stdio;

const OLD: &str =
    "---\ntitle: A good title\ndescription: What it is about.\n---\n\n<p>One.</p>\n\n<p>&nbsp;</p>\n\n<p>Two.</p>\n";

fn new() -> String {
    OLD.replace("<p>&nbsp;</p>\n\n", "")
}

fn names(blog: &Blog) -> Vec<String> {
    let mut names: Vec<String> =
        fs::read_dir(&blog.0).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.retain(|name| name != ".git");
    names.sort();
    names
}

#[test]
fn mode_and_links_are_kept() {
    let blog = Blog::new(&[("real/a.md", OLD)]);
    let (real, link) = (blog.0.join("real/a.md"), blog.0.join("a.md"));
    symlink("real/a.md", &link).unwrap();
    fs::set_permissions(&real, Permissions::from_mode(0o640)).unwrap();
    let before = fs::metadata(&real).unwrap();
    assert_eq!(code(&blog.run(&["--fix", "a.md"])), 0);
    let after = fs::metadata(&real).unwrap();
    assert_eq!((after.mode(), after.uid(), after.gid()), (before.mode(), before.uid(), before.gid()));
    assert!(link.is_symlink());
    assert_eq!((blog.read("real/a.md"), names(&blog)), (new(), vec!["a.md".to_owned(), "real".to_owned()]));
}

#[test]
fn posts_that_cannot_be_written_are_named_and_do_not_stop_the_others() {
    let blog = Blog::new(&[("linked.md", OLD), ("locked.md", OLD), ("plain.md", OLD)]);
    fs::hard_link(blog.0.join("linked.md"), blog.0.join("linked.txt")).unwrap();
    fs::set_permissions(blog.0.join("locked.md"), Permissions::from_mode(0o444)).unwrap();
    let output = blog.run(&["--fix", "--format", "concise"]);
    assert_eq!(code(&output), 2);
    let expected = "error: cannot write `linked.md`: it has 2 hard links, which a new file would break\n\
                error: cannot write `locked.md`: it is read-only\nfixed 1 finding in 1 post\n";
    assert_eq!(said(&output), expected);
    let texts = ["linked.md", "linked.txt", "locked.md", "plain.md"].map(|name| blog.read(name));
    assert_eq!(texts, [OLD.to_owned(), OLD.to_owned(), OLD.to_owned(), new()]);
    let left = String::from_utf8(output.stdout).unwrap();
    assert_eq!(left.matches("spacer-paragraph").count(), 2, "what is not written is still there: {left}");
}

#[test]
fn a_full_disk_changes_nothing() {
    let blog = Blog::new(&[("a.md", OLD), ("b.md", OLD)]);
    let mut command = std::process::Command::new("sh");
    let run = "trap '' XFSZ; ulimit -f 0; exec \"$0\" --fix --format concise";
    command.env("POSTLINT_CACHE", "off");
    command.current_dir(&blog.0).args(["-c", run, env!("CARGO_BIN_EXE_postlint")]);
    let output = command.stdout(Stdio::piped()).stderr(Stdio::piped()).output().unwrap();
    assert_eq!(code(&output), 2);
    assert_eq!(stderr(&output).matches("error: cannot write `").count(), 2, "{}", stderr(&output));
    assert_eq!([blog.read("a.md"), blog.read("b.md")], [OLD, OLD]);
    assert_eq!(names(&blog), ["a.md", "b.md"]);
}

#[test]
fn files_that_are_not_text_are_never_written() {
    let blog = Blog::new(&[]);
    let (latin, zero) = ([OLD.as_bytes(), b"caf\xe9\n"].concat(), [OLD.as_bytes(), b"a\0b\n"].concat());
    fs::write(blog.0.join("latin.md"), &latin).unwrap();
    fs::write(blog.0.join("zero.md"), &zero).unwrap();
    let output = blog.run(&["--fix", "--unsafe-fixes", "--select", "all"]);
    assert!(stderr(&output).contains("fixed 0 findings in 0 posts"), "{}", stderr(&output));
    assert_eq!((fs::read(blog.0.join("latin.md")).unwrap(), fs::read(blog.0.join("zero.md")).unwrap()), (latin, zero));
}

#[test]
fn two_runs_at_once_lose_nothing() {
    let posts: Vec<String> = (0..30).map(|number| format!("post{number}.md")).collect();
    let blog = Blog::new(&[("postlint.yml", "")]);
    for _ in 0..3 {
        posts.iter().for_each(|name| blog.write(name, OLD));
        let start = || blog.command(&["--fix"]).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        let runs = [start(), start()].map(|run| run.wait_with_output().unwrap());
        for output in &runs {
            let errors: Vec<&str> = std::str::from_utf8(&output.stderr).unwrap().lines().collect();
            let wrong = errors.iter().filter(|line| line.starts_with("error: "));
            assert!(wrong.clone().all(|line| line.ends_with("it has changed since it was read")), "{errors:?}");
            assert_eq!(code(output), if wrong.count() == 0 { 0 } else { 2 });
        }
        assert!(posts.iter().all(|name| blog.read(name) == new()));
        assert_eq!(names(&blog).len(), posts.len() + 1);
    }
}

#[test]
fn a_post_edited_meanwhile_is_left_alone() {
    let posts: Vec<String> = (0..60).map(|number| format!("post{number:02}.md")).collect();
    let blog = Blog::new(&[("postlint.yml", "")]);
    posts.iter().for_each(|name| blog.write(name, OLD));
    let run = blog.command(&["--fix"]).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let edited = format!("{OLD}\n<p>Three.</p>\n");
    // An editor replaces files as postlint does: in one step.
    let edit = |name: &String| {
        blog.write("draft.tmp", &edited);
        fs::rename(blog.0.join("draft.tmp"), blog.0.join(name)).unwrap();
    };
    posts.iter().rev().for_each(edit);
    run.wait_with_output().unwrap();
    let fixed = edited.replace("<p>&nbsp;</p>\n\n", "");
    for name in &posts {
        let text = blog.read(name);
        assert!(text == edited || text == fixed, "{name}: the edit is lost:\n{text}");
    }
}
