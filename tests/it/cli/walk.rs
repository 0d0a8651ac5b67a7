//! Which files are found when a folder is linted.
use postlint::cli::SUBCOMMANDS;
use postlint::walk::{Walk, WalkError, printed, walk};
use std::path::{Path, PathBuf};

/// A separate folder for each test, removed at the end.
struct Site(PathBuf);

impl Site {
    fn new(name: &str, files: &[&str]) -> Site {
        let root = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("walk-{name}-{}", std::process::id()));
        let site = Site(root);
        for file in files {
            site.write(file, "");
        }
        site
    }

    fn write(&self, file: &str, text: &str) {
        let path = self.0.join(file);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    }

    fn walk(&self, paths: &[&str], force_exclude: bool) -> Result<Vec<String>, WalkError> {
        let paths: Vec<PathBuf> = paths.iter().map(|path| self.0.join(path)).collect();
        let found = walk(&Walk { paths: &paths, root: &self.0, force_exclude, commands: &[] })?;
        assert!(found.unreadable.is_empty(), "{:?}", found.unreadable);
        Ok(found.files.iter().map(|file| printed(file, &self.0)).collect())
    }

    fn found(&self, paths: &[&str]) -> Vec<String> {
        self.walk(paths, false).unwrap()
    }
}

impl Drop for Site {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

#[test]
fn posts_by_extension_in_order() {
    let site = Site::new(
        "extensions",
        &[
            "b.md", "a.MARKDOWN", "c/x.mkd", "c/글.mdx", "d.html", "e.HTM", "f.txt", "md", ".hidden.md", ".dir/a.md",
            "g.html.ko", "g.html.pt-BR", "g.html.en.utf8", "g.html.ko.euc-kr", "g.html.js", "h.mdown",
        ],
    );
    assert_eq!(
        site.found(&["."]),
        [
            "a.MARKDOWN", "b.md", "c/x.mkd", "c/글.mdx", "d.html", "e.HTM", "g.html.en.utf8", "g.html.ko",
            "g.html.pt-BR", "h.mdown"
        ]
    );
}

#[test]
fn ignore_files_count_without_git_too() {
    let site = Site::new("ignored", &["a.md", "b.md", "drafts/a.md", "sub/c.md", "sub/d.md", "sub/e.md"]);
    site.write(".gitignore", "b.md\ndrafts/\nsub/*\n!sub/d.md\n");
    site.write(".postlintignore", "a.md\n!sub/e.md\n");
    assert_eq!(site.found(&["."]), ["sub/d.md", "sub/e.md"]);
    assert_eq!(site.found(&["sub"]), ["sub/d.md", "sub/e.md"], "ignore files of parent folders count");
}

#[test]
fn build_output_and_packages_are_skipped_below_the_given_folders() {
    let site = Site::new(
        "generated",
        &["a.md", "_site/a.html", "docs/_site/a.html", "node_modules/x/README.md", "vendor/bundle/x.md", "vendor/x.md"],
    );
    assert_eq!(site.found(&["."]), ["a.md", "vendor/x.md"]);
    assert_eq!(site.found(&["_site"]), ["_site/a.html"]);
    assert_eq!(site.found(&["vendor/bundle"]), ["vendor/bundle/x.md"]);
}

#[test]
fn files_passed_by_name_are_always_linted() {
    let site = Site::new("named", &["a.txt", ".hidden.md", "_site/a.html", "b.md"]);
    site.write(".gitignore", "b.md\n");
    let names = ["b.md", "a.txt", ".hidden.md", "_site/a.html", "./b.md"];
    assert_eq!(site.found(&names), [".hidden.md", "_site/a.html", "a.txt", "b.md"]);
}

#[test]
fn forced_exclusion_applies_to_files_passed_by_name() {
    let site = Site::new("forced", &["a.md", "a.txt", ".h.md", "_site/a.html", "b.md", "sub/c.md", "sub/x/d.md"]);
    site.write(".gitignore", "b.md\n");
    site.write("sub/.postlintignore", "x/\n");
    let names = ["a.md", "a.txt", ".h.md", "_site/a.html", "b.md", "sub/c.md", "sub/x/d.md"];
    assert_eq!(site.walk(&names, true).unwrap(), ["a.md", "a.txt", "sub/c.md"]);
}

#[test]
fn forced_exclusion_outside_the_root_uses_the_files_folder() {
    let site = Site::new("outside", &["root/a.md", "other/b.md", "other/c.md"]);
    site.write("other/.gitignore", "c.md\n");
    let paths = ["root/a.md", "other/b.md", "other/c.md"].map(|path| site.0.join(path));
    let root = site.0.join("root");
    let found = walk(&Walk { paths: &paths, root: &root, force_exclude: true, commands: &[] }).unwrap();
    assert_eq!(found.files, [site.0.join("other/b.md"), site.0.join("root/a.md")]);
}

#[test]
fn each_file_once() {
    let site = Site::new("once", &["sub/a.md", "sub/b.md"]);
    assert_eq!(site.found(&["sub/b.md", ".", "sub", "sub/a.md"]), ["sub/a.md", "sub/b.md"]);
}

#[test]
fn missing_paths_are_all_reported_with_hints() {
    let site = Site::new("missing", &["_posts/a.md"]);
    let WalkError::Missing(missing) = site.walk(&["_post", "_posts/a.md", "zzz"], false).unwrap_err() else {
        panic!("not missing");
    };
    assert_eq!(missing.len(), 2);
    assert!(missing[0].hint.as_ref().unwrap().contains("_posts`"), "{missing:?}");
    assert_eq!(missing[1].hint, None);
}

#[test]
fn mistyped_and_misplaced_subcommands() {
    let hint = |word: &str| {
        let paths = [PathBuf::from(word)];
        let root = Path::new(".");
        let walked = walk(&Walk { paths: &paths, root, force_exclude: false, commands: &SUBCOMMANDS });
        miette::Diagnostic::help(&walked.unwrap_err()).map(|help| help.to_string())
    };
    assert_eq!(hint("chekc").unwrap(), "did you mean the subcommand `check`?");
    assert_eq!(hint("explian").unwrap(), "did you mean the subcommand `explain`?");
    assert_eq!(hint("explain").unwrap(), "write the subcommand first: `postlint explain …`");
    assert_eq!(hint("no-such-thing-anywhere"), None);
}

#[cfg(target_os = "linux")]
#[test]
fn file_names_that_are_not_utf8_are_supported() {
    use std::os::unix::ffi::OsStrExt;
    let site = Site::new("bytes", &["a.md"]);
    let name = std::ffi::OsStr::from_bytes(b"\xff\xfe.md");
    std::fs::write(site.0.join(name), "").unwrap();
    let paths = [site.0.clone()];
    let found = walk(&Walk { paths: &paths, root: &site.0, force_exclude: false, commands: &[] }).unwrap();
    assert_eq!(found.files, [site.0.join("a.md"), site.0.join(name)]);
    assert_eq!(printed(&found.files[1], &site.0), "\u{fffd}\u{fffd}.md");
}

#[test]
fn printed_paths_are_relative() {
    let below = Path::new("/blog");
    assert_eq!(printed(Path::new("/blog/_posts/a.md"), below), "_posts/a.md");
    assert_eq!(printed(Path::new("./_posts/a.md"), below), "_posts/a.md");
    assert_eq!(printed(Path::new("../a.md"), below), "../a.md");
    assert_eq!(printed(Path::new("/other/a.md"), below), "/other/a.md");
}
