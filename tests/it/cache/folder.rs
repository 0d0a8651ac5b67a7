//! Where the cache is, when there is one, and what happens if it cannot be written.

use super::{Cached, post};
use crate::support::blog::{Blog, code, stderr, stdout};
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::Output;

fn site() -> Cached {
    Cached::new(&[("a.md", &post("The boats", "<img src=\"/a.png\">"))])
}

/// Runs in a home of its own, without naming the folder of the cache.
fn at_home(blog: &Blog, home: &Path, how: &str, arguments: &[&str]) -> Output {
    let mut command = blog.command(arguments);
    command.env("HOME", home).env_remove("XDG_CACHE_HOME").env("POSTLINT_CACHE", how);
    command.output().unwrap()
}

#[test]
fn the_folder_is_that_of_the_system() {
    let home = tempfile::tempdir().unwrap();
    let blog = Blog::new(&[("a.md", &post("The boats", "Text."))]);
    let folder = if cfg!(target_os = "macos") { "Library/Caches/postlint" } else { ".cache/postlint" };
    let folder = home.path().join(folder);
    assert_eq!(stdout(&at_home(&blog, home.path(), "on", &["cache", "dir"])).trim_end(), folder.to_str().unwrap());
    let mut command = blog.command(&["cache", "dir"]);
    let output = command.env("HOME", home.path()).env("POSTLINT_CACHE_DIR", "below").output().unwrap();
    assert!(stdout(&output).trim_end().ends_with("/below"), "{output:?}");
    assert!(!folder.exists(), "asking makes no folder");
    at_home(&blog, home.path(), "on", &[]);
    assert!(folder.join("CACHEDIR.TAG").exists());
    // Others cannot read what is cached of posts.
    assert_eq!(fs::metadata(&folder).unwrap().permissions().mode() & 0o077, 0);
    assert!(
        blog.0.join("a.md").exists() && fs::read_dir(&blog.0).unwrap().count() == 2,
        "nothing is written in the work tree"
    );
}

/// There is a cache in repositories and where a config says that a folder is a blog, and not elsewhere.
#[test]
fn a_folder_without_config_and_repository_has_no_cache() {
    let home = tempfile::tempdir().unwrap();
    let folder = home.path().join(".cache/postlint");
    let text = post("The boats", "Text.");
    let blog = Blog::new(&[("a.md", &text)]);
    fs::remove_dir(blog.0.join(".git")).unwrap();
    at_home(&blog, home.path(), "on", &[]);
    let has_repository_around = blog.0.ancestors().any(|folder| folder.join(".git").exists());
    assert_eq!(folder.exists(), has_repository_around);
    for file in ["postlint.yml", "_config.yml"] {
        let _ = fs::remove_dir_all(&folder);
        blog.write(file, "");
        at_home(&blog, home.path(), "on", &[]);
        assert!(folder.exists(), "{file}");
        fs::remove_file(blog.0.join(file)).unwrap();
    }
}

#[test]
fn it_can_be_turned_off() {
    let site = site();
    site.run(&["--no-cache"]);
    let run = |how: &str| site.command(&[]).env("POSTLINT_CACHE", how).output().unwrap();
    run("off");
    for arguments in [&["--timing"][..], &["--fix"], &["--diff"], &["--add-ignore"]] {
        site.run(arguments);
    }
    assert!(!site.folder.exists());
    run("content");
    assert!(site.folder.exists());
    let output = run("always");
    assert_eq!(code(&output), 2);
    assert!(
        stderr(&output).contains("`POSTLINT_CACHE` is \"always\", not `on`, `content` or `off`"),
        "{}",
        stderr(&output)
    );
}

#[test]
fn clearing_removes_only_what_is_cached() {
    let site = site();
    site.run(&[]);
    fs::write(site.folder.join("letter.txt"), "mine").unwrap();
    fs::create_dir(site.folder.join("photos")).unwrap();
    let output = site.run(&["cache", "clear"]);
    assert!(code(&output) == 0 && stdout(&output).starts_with("removed 0.0 MB from "), "{output:?}");
    let mut left: Vec<String> =
        site.files().iter().map(|file| file.file_name().unwrap().to_str().unwrap().to_owned()).collect();
    left.sort();
    assert_eq!(left, ["CACHEDIR.TAG", "letter.txt"]);
    assert!(site.folder.join("photos").exists());
    assert_eq!(code(&site.run(&["cache", "clear"])), 0, "there may be nothing to remove");
}

/// One warning, and all findings.
#[test]
fn a_folder_that_cannot_be_written_is_one_warning() {
    let site = site();
    // A file in place of the folder: permissions do not hold for root.
    fs::write(&site.folder, "").unwrap();
    let output = site.run(&["--format", "concise"]);
    let text = stderr(&output);
    assert_eq!(text.matches("warning: cannot write the cache in `").count(), 1, "{text}");
    assert!(text.contains("--no-cache"), "{text}");
    let without = site.blog.run(&["--format", "concise"]);
    assert_eq!((code(&output), stdout(&output)), (code(&without), stdout(&without)));
    assert!(!stderr(&site.run(&["-q"])).contains("warning"));
    fs::remove_file(&site.folder).unwrap();
}

/// The disk is full: no file may become larger than nothing.
#[test]
fn a_full_disk_is_one_warning() {
    let site = site();
    let mut command = std::process::Command::new("sh");
    let run = "trap '' XFSZ; ulimit -f 0; exec \"$0\" --format concise";
    command.current_dir(&site.blog.0).args(["-c", run, env!("CARGO_BIN_EXE_postlint")]);
    crate::support::environment::clear(&mut command);
    command.env("POSTLINT_CACHE", "on").env("POSTLINT_CACHE_DIR", &site.folder);
    let output = command.stdout(std::process::Stdio::piped()).stderr(std::process::Stdio::piped()).output().unwrap();
    let text = stderr(&output);
    assert_eq!(text.matches("warning: cannot write the cache in `").count(), 1, "{text}");
    let without = site.blog.run(&["--format", "concise"]);
    assert_eq!((code(&output), stdout(&output)), (code(&without), stdout(&without)));
    site.same(&["--format", "concise"], "a full disk");
}

#[test]
fn a_removed_post_is_forgotten() {
    let site = site();
    let secret = "rowing-boats-are-secret";
    let name = format!("{secret}.md");
    site.blog.write(&name, &post("The boats", "<img src=\"/a.png\">"));
    let is_known = || {
        let has =
            |file: &std::path::PathBuf| fs::read(file).unwrap().windows(secret.len()).any(|it| it == secret.as_bytes());
        site.files().iter().any(has)
    };
    site.run(&[]);
    assert!(is_known());
    fs::remove_file(site.blog.0.join(&name)).unwrap();
    // The file of the cache that it is in is written anew when a post in it changes.
    for number in 0..200 {
        site.blog.write(&format!("c{number}.md"), &post(&number.to_string(), "Text."));
    }
    site.run(&[]);
    assert!(!is_known());
}
