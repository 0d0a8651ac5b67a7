//! Files are written completely, in place of the old ones, and with their metadata.

use super::{POST, limited, new_names};
use crate::support::blog::{Blog, code, stderr};
use postlint::engine::baseline::Baseline;
use postlint::files::{WriteError, Writer};
use std::fs::{self, File, Permissions};
use std::os::unix::fs::{MetadataExt, PermissionsExt, symlink};
use std::process::Stdio;

/// A shell command after which writing any file fails, as on a full disk.
const FULL: &str = "trap '' XFSZ; ulimit -f 0";
const BASELINE: &str = "postlint-baseline.txt";

#[test]
fn a_full_disk_leaves_nothing_behind() {
    let blog = Blog::new(&[("a.md", POST)]);
    let new = [
        &["init"][..],
        &["new-rule", "own-rule"],
        &["search", "img", "--as-rule", "own-rule"],
        &["--write-baseline"],
        &["--add-ignore"],
    ];
    for arguments in new {
        let output = limited(&blog, FULL, arguments);
        assert_eq!(code(&output), 2, "{arguments:?}");
        let told = stderr(&output);
        assert!(told.contains("cannot write `") && !told.contains("`/"), "{arguments:?}: {told}");
        assert_eq!(new_names(&blog, &["a.md"]), [""; 0], "{arguments:?}");
        assert_eq!(blog.read("a.md"), POST);
    }
    // Without the limit, the same commands write their files.
    for arguments in new {
        assert!(code(&blog.run(arguments)) < 2 || arguments.contains(&"--as-rule"), "{arguments:?}");
    }
    let known = ["a.md", ".postlint", BASELINE, "postlint.yml"];
    assert_eq!(new_names(&blog, &known), [""; 0]);
    // Existing files remain unchanged.
    let before = known.map(|name| fs::read(blog.0.join(name)).unwrap_or_default());
    blog.write("b.md", POST);
    for arguments in [&["init", "--force"][..], &["--write-baseline"], &["--add-ignore", "--no-baseline"]] {
        assert_eq!(code(&limited(&blog, FULL, arguments)), 2, "{arguments:?}");
    }
    assert_eq!(known.map(|name| fs::read(blog.0.join(name)).unwrap_or_default()), before);
    assert_eq!(new_names(&blog, &[&known[..], &["b.md"]].concat()), [""; 0]);
}

#[test]
fn an_existing_folder_is_kept_if_writing_fails() {
    let blog = Blog::new(&[]);
    fs::create_dir(blog.0.join(".postlint")).unwrap();
    assert_eq!(code(&limited(&blog, FULL, &["new-rule", "own-rule"])), 2);
    assert_eq!(fs::read_dir(blog.0.join(".postlint")).unwrap().count(), 0);
}

#[test]
fn file_names_may_have_the_maximum_length() {
    for name in [format!("{}.md", "가".repeat(84)), format!("{}.md", "a".repeat(252))] {
        let blog = Blog::new(&[(&name, POST)]);
        let output = blog.run(&["--add-ignore", &name]);
        assert_eq!(code(&output), 0, "{}", stderr(&output));
        assert!(blog.read(&name).contains("postlint-ignore alt-missing"));
        assert_eq!(new_names(&blog, &[&name]), [""; 0]);
    }
}

#[test]
fn one_post_that_cannot_be_written_does_not_stop_the_others() {
    let blog = Blog::new(&[("a.md", POST), ("b.md", POST), ("c.md", POST)]);
    fs::set_permissions(blog.0.join("b.md"), Permissions::from_mode(0o444)).unwrap();
    let output = blog.run(&["--add-ignore", "--format", "concise"]);
    let told = stderr(&output);
    assert_eq!(code(&output), 2, "{told}");
    assert!(told.contains("suppressed 2 findings in 2 posts; 1 post could not be written\n"), "{told}");
    assert!(told.contains("error: cannot write `b.md`: it is read-only\n"), "{told}");
    let written = ["a.md", "b.md", "c.md"].map(|name| blog.read(name).contains("postlint-ignore"));
    assert_eq!(written, [true, false, true]);
}

#[test]
fn a_post_with_hard_links_is_not_written() {
    let blog = Blog::new(&[("a.md", POST)]);
    fs::hard_link(blog.0.join("a.md"), blog.0.join("a.txt")).unwrap();
    let output = blog.run(&["--add-ignore"]);
    let said = "cannot write `a.md`: it has 2 hard links, which a new file would break";
    assert_eq!(code(&output), 2);
    assert!(stderr(&output).contains(said), "{}", stderr(&output));
    assert_eq!((blog.read("a.md"), blog.read("a.txt")), (POST.to_owned(), POST.to_owned()));
}

#[test]
fn mode_owner_attributes_and_links_are_kept() {
    let blog = Blog::new(&[("real/a.md", POST)]);
    let (real, link) = (blog.0.join("real/a.md"), blog.0.join("a.md"));
    symlink("real/a.md", &link).unwrap();
    fs::set_permissions(&real, Permissions::from_mode(0o640)).unwrap();
    // Only root may change the owner, and not every file system has extended attributes.
    let given = std::os::unix::fs::chown(&real, Some(1234), Some(1234)).is_ok();
    let named = xattr::set(&real, "user.postlint", b"kept").is_ok();
    for what in [(!given, "owner"), (!named, "extended attributes")].iter().filter(|(skip, _)| *skip) {
        eprintln!("not tested here: {}", what.1);
    }
    let before = fs::metadata(&real).unwrap();
    let output = blog.run(&["--add-ignore", "a.md"]);
    assert_eq!(code(&output), 0, "{}", stderr(&output));
    let after = fs::metadata(&real).unwrap();
    assert_eq!((after.mode(), after.uid(), after.gid()), (before.mode(), before.uid(), before.gid()));
    assert_ne!(after.ino(), before.ino(), "it was replaced in one step");
    assert!(link.is_symlink() && blog.read("real/a.md").contains("postlint-ignore"));
    if named {
        assert_eq!(xattr::get(&real, "user.postlint").unwrap().unwrap(), b"kept");
    }
}

#[test]
fn new_files_get_the_mode_of_the_umask() {
    let blog = Blog::new(&[("a.md", POST)]);
    limited(&blog, "umask 027", &["--write-baseline"]);
    assert_eq!(fs::metadata(blog.0.join(BASELINE)).unwrap().mode() & 0o777, 0o640);
}

#[test]
fn a_file_changed_during_the_run_is_not_overwritten() {
    let blog = Blog::new(&[("a.md", "old")]);
    let error = Writer::default().replace_if(&blog.0.join("a.md"), b"new", || false).unwrap_err();
    assert!(matches!(error, WriteError::Changed), "{error}");
    assert_eq!(blog.read("a.md"), "old");
    let error = Writer::default().create(&blog.0.join("a.md"), b"new").unwrap_err();
    assert!(matches!(error, WriteError::Exists), "{error}");
    assert_eq!((blog.read("a.md"), new_names(&blog, &["a.md"])), ("old".to_owned(), Vec::new()));
}

#[test]
fn temporary_files_of_killed_runs_are_removed() {
    let ours = [".postlint-a1B2c3.tmp", ".postlint-zzzzzz.tmp"];
    let theirs = [".postlint-notes.tmp", ".postlint-a1B2c3.md", "postlint-a1B2c3.tmp", ".postlint-a-b-c.tmp"];
    let blog = Blog::new(&[("a.md", POST)]);
    ours.iter().chain(&theirs).for_each(|name| blog.write(name, "x"));
    // The temporary file of another run that is still writing.
    let other = ".postlint-other1.tmp";
    blog.write(other, "x");
    let held = File::open(blog.0.join(other)).unwrap();
    held.lock().unwrap();
    assert_eq!(code(&blog.run(&["--write-baseline"])), 0);
    let mut left: Vec<&str> = theirs.into_iter().chain(["a.md", BASELINE, other]).collect();
    assert_eq!(new_names(&blog, &left), [""; 0]);
    assert!(left.iter().all(|name| blog.0.join(name).exists()));
    drop(held);
    blog.run(&["--write-baseline"]);
    left.pop();
    assert_eq!(new_names(&blog, &left), [""; 0], "it is nobody's now");
}

#[test]
fn concurrent_runs_lose_nothing() {
    let folders: Vec<String> = (0..8).map(|number| format!("part{number}")).collect();
    let blog = Blog::new(&[("postlint.yml", "")]);
    folders.iter().for_each(|folder| blog.write(&format!("{folder}/a.md"), POST));
    for _ in 0..5 {
        let _ = fs::remove_file(blog.0.join(BASELINE));
        let start = |folder: &String| {
            let mut command = blog.command(&["-q", "--write-baseline", folder]);
            command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap()
        };
        let runs: Vec<_> = folders.iter().map(start).collect();
        runs.into_iter().for_each(|mut run| assert!(run.wait().unwrap().success()));
        let known = Baseline::parse(&blog.read(BASELINE)).unwrap();
        assert_eq!(known.paths().count(), folders.len(), "{}", blog.read(BASELINE));
    }
}

#[test]
fn counts_stop_at_the_largest_number() {
    for count in ["18446744073709551615", "99999999999999999999999"] {
        let line = |content: &str| format!("gone.md\talt-missing\t{content}\t{count}\tx\n");
        let blog = Blog::new(&[("a.md", POST), (BASELINE, &(line("c") + &line("d")))]);
        for arguments in [&[][..], &["baseline", "show"], &["baseline", "prune"]] {
            let output = blog.run(arguments);
            let told = stderr(&output) + &String::from_utf8(output.stdout.clone()).unwrap();
            assert!(told.contains(&usize::MAX.to_string()) || told.contains("18,446,744,073,709,551,615"), "{told}");
        }
    }
    let blog = Blog::new(&[("a.md", POST), (BASELINE, "a.md\talt-missing\tc\t-1\tx\n")]);
    assert!(stderr(&blog.run(&[])).contains("line 1: the count is not a number"));
}

/// `한글/각.md` in NFD, as macOS writes it.
const DECOMPOSED: &str = "\u{1112}\u{1161}\u{11ab}\u{1100}\u{1173}\u{11af}/\u{1100}\u{1161}\u{11a8}.md";
const COMPOSED: &str = "한글/각.md";

#[test]
fn decomposed_file_names_are_the_same_names() {
    for (name, written) in [(DECOMPOSED, DECOMPOSED), (DECOMPOSED, COMPOSED), (COMPOSED, DECOMPOSED)] {
        let blog = Blog::new(&[("postlint.yml", ""), (name, POST)]);
        blog.run(&["--write-baseline"]);
        assert!(blog.read(BASELINE).contains(COMPOSED));
        // Replace the name in the baseline by its form on the other system.
        blog.write(BASELINE, &blog.read(BASELINE).replace(COMPOSED, written));
        assert_eq!(code(&blog.run(&[])), 0, "{}", stderr(&blog.run(&[])));
        let pruned = blog.run(&["baseline", "prune"]);
        assert!(stderr(&pruned).contains("0 known findings forgotten"), "{}", stderr(&pruned));
        blog.write("sub/b.md", POST);
        blog.run(&["--write-baseline", "sub"]);
        assert_eq!(code(&blog.run(&[])), 0, "{}", blog.read(BASELINE));
        let in_folder = blog.run(&["--write-baseline", name.split('/').next().unwrap()]);
        assert_eq!(code(&in_folder), 0);
        assert_eq!(code(&blog.run(&[])), 0, "{}", blog.read(BASELINE));
        assert_eq!(blog.read(BASELINE).matches("alt-missing").count(), 2, "{}", blog.read(BASELINE));
        fs::remove_file(blog.0.join(name)).unwrap();
        blog.run(&["baseline", "prune"]);
        assert_eq!(blog.read(BASELINE).matches("alt-missing").count(), 1, "what is gone is forgotten");
    }
}
