//! Links to devices, named pipes, sockets, folders and endless files, in every place where a file is opened.

use super::{POST, limited};
use crate::support::blog::{Blog, code, stderr, stdout};
use std::fs::{self, File};
use std::os::unix::fs::symlink;
use std::os::unix::net::UnixListener;
use std::path::Path;
use std::process::Command;

/// The kinds of paths that are not regular files, and the message for each.
const KINDS: [(&str, &str); 7] = [
    ("zero", "this is a device, not a file"),
    ("pipe", "this is a named pipe, not a file"),
    ("socket", "this is a socket, not a file"),
    ("folder", "this is a folder"),
    ("sparse", "this is larger than"),
    ("dangling", "this is a dangling symbolic link"),
    ("circle", "this is a loop of symbolic links"),
];

fn make(kind: &str, path: &Path) {
    match kind {
        "zero" => symlink("/dev/zero", path).unwrap(),
        "pipe" => assert!(Command::new("mkfifo").arg(path).status().unwrap().success()),
        "socket" => drop(UnixListener::bind(path).unwrap()),
        "folder" => fs::create_dir(path).unwrap(),
        "sparse" => File::create(path).unwrap().set_len(10 << 30).unwrap(),
        "dangling" => symlink("nowhere", path).unwrap(),
        "circle" => symlink(path.file_name().unwrap(), path).unwrap(),
        _ => unreachable!(),
    }
}

/// A memory limit that suffices for a run, but not for reading one of the endless files.
const MEMORY: &str = "ulimit -v 1500000";

#[test]
fn files_found_by_name_are_read_or_an_error() {
    let ignore_files = [".gitignore", ".ignore", ".postlintignore", "sub/.gitignore"];
    let others = ["_config.yml", "package.json", "postlint.yml", "postlint-baseline.txt", ".postlint/rules/own.md"];
    for name in ignore_files.iter().chain(&others) {
        for (kind, said) in KINDS {
            if ignore_files.contains(name) && kind == "dangling" {
                continue; // Git ignores such a link as well.
            }
            let blog = Blog::new(&[("a.md", POST), ("sub/b.md", POST), (".postlint/rules/README.md", "")]);
            make(kind, &blog.0.join(name));
            let output = limited(&blog, MEMORY, &[]);
            let told = stderr(&output);
            assert_eq!(code(&output), 2, "{name} {kind}: {told}");
            assert!(told.contains(&format!("cannot read `{name}`: {said}")), "{name} {kind}: {told}");
        }
    }
}

#[test]
fn files_named_in_a_config_are_read_or_an_error() {
    for (kind, said) in KINDS {
        for config in ["extends: ./x.yml\n", "front-matter: [{match: \"*\", schema: x.yml}]\n"] {
            let blog = Blog::new(&[("a.md", POST), ("postlint.yml", config)]);
            make(kind, &blog.0.join("x.yml"));
            let output = limited(&blog, MEMORY, &[]);
            assert_eq!(code(&output), 2, "{kind}: {}", stderr(&output));
            assert!(stderr(&output).contains(said), "{kind}: {}", stderr(&output));
        }
        let blog = Blog::new(&[("a.md", POST)]);
        make(kind, &blog.0.join("x"));
        for named in [["--config", "x"], ["--baseline", "x"]] {
            let output = limited(&blog, MEMORY, &named);
            assert_eq!(code(&output), 2, "{named:?} {kind}: {}", stderr(&output));
            assert!(stderr(&output).contains(&format!("cannot read `x`: {said}")), "{kind}: {}", stderr(&output));
        }
    }
}

#[test]
fn posts_passed_by_name_are_read_or_an_error() {
    for (kind, said) in KINDS.into_iter().filter(|(kind, _)| *kind != "folder") {
        let blog = Blog::new(&[("a.md", POST)]);
        make(kind, &blog.0.join("x.md"));
        for arguments in [&["x.md"][..], &["tree", "x.md"], &["search", "p", "x.md"], &["x.md", "--add-ignore"]] {
            let output = limited(&blog, MEMORY, arguments);
            let told = stderr(&output);
            assert_eq!(code(&output), 2, "{kind} {arguments:?}: {told}");
            assert!(told.contains(&format!("cannot read `x.md`: {said}")), "{kind} {arguments:?}: {told}");
            assert!(!told.contains("no findings"), "nothing was read: {kind} {arguments:?}: {told}");
        }
        // When linting a folder, only a file that is too large is reported as an unreadable post; the others are
        // skipped.
        let output = limited(&blog, MEMORY, &["--format", "concise"]);
        assert_eq!(code(&output), if kind == "sparse" { 2 } else { 1 }, "{kind}: {}", stderr(&output));
        assert!(stdout(&output).starts_with("a.md:6:4: "), "the others are checked: {}", stdout(&output));
    }
}

#[test]
fn a_dangling_link_is_not_reported_as_a_typo() {
    let blog = Blog::new(&[("a.md", POST)]);
    symlink("gone.md", blog.0.join("b.md")).unwrap();
    let output = blog.run(&["b.md", "c.md"]);
    assert_eq!(
        stderr(&output),
        "error: no such file or folder: `c.md`; cannot read `b.md`: this is a dangling symbolic link\n  \
         help: there is no `gone.md`; did you mean `a.md`?\n"
    );
}

#[test]
fn a_dangling_link_is_never_suggested() {
    let blog = Blog::new(&[]);
    symlink("gone.md", blog.0.join("b.md")).unwrap();
    assert_eq!(
        stderr(&blog.run(&["b.md/"])),
        "error: cannot read `b.md/`: this is a dangling symbolic link\n  help: there is no `gone.md`\n"
    );
    assert_eq!(stderr(&blog.run(&["c.md"])), "error: no such file or folder: `c.md`\n");
}

#[test]
fn posts_that_cannot_be_read_are_not_counted() {
    let blog = Blog::new(&[("a.md", POST)]);
    make("pipe", &blog.0.join("x.md"));
    let told = stderr(&blog.run(&["a.md", "x.md"]));
    assert!(told.contains("1 error in 1 post ·"), "{told}");
}

#[test]
fn standard_input_has_a_maximum_size() {
    let blog = Blog::new(&[]);
    let output = limited(&blog, &format!("{MEMORY}; exec < /dev/zero"), &["--stdin-filename", "a.md", "-"]);
    assert_eq!((code(&output), stdout(&output).as_str()), (2, ""));
    assert!(stderr(&output).contains("cannot read `-`: this is larger than 32 MB"), "{}", stderr(&output));
}

#[test]
fn a_git_work_tree_may_refer_to_special_files() {
    let blog = Blog::new(&[("a.md", POST), ("git/config", "")]);
    fs::remove_dir(blog.0.join(".git")).unwrap();
    blog.write(".git", &format!("gitdir: {}\n", blog.0.join("git").display()));
    make("pipe", &blog.0.join("git/commondir"));
    let output = limited(&blog, MEMORY, &[]);
    assert_eq!(code(&output), 2);
    assert!(stderr(&output).contains("commondir`: this is a named pipe, not a file"), "{}", stderr(&output));
}

#[test]
fn invalid_thread_counts_and_lack_of_memory_are_errors() {
    let blog = Blog::new(&[("a.md", POST)]);
    for wrong in ["abc", "0", "-1", "100000", "99999999999999999999"] {
        let output = limited(&blog, &format!("export RAYON_NUM_THREADS={wrong}"), &[]);
        let said = format!("error: `RAYON_NUM_THREADS` is \"{wrong}\", not a number of threads");
        assert_eq!(code(&output), 2, "{wrong}");
        assert!(stderr(&output).contains(&said), "{}", stderr(&output));
    }
    assert_eq!(code(&limited(&blog, "export RAYON_NUM_THREADS=2", &[])), 1);
    // The address space is too small for the stacks of 1,000 threads.
    let output = limited(&blog, "export RAYON_NUM_THREADS=1000; ulimit -v 300000", &[]);
    assert_eq!(code(&output), 2, "{}", stderr(&output));
    assert!(stderr(&output).contains("cannot start the threads that read posts"), "{}", stderr(&output));
    let output = limited(&blog, "mkdir gone; cd gone; rmdir ../gone", &[]);
    assert_eq!(code(&output), 2);
    assert!(stderr(&output).contains("the working directory cannot be read"), "{}", stderr(&output));
}
