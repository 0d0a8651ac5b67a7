//! Errors in how postlint is called: each has a specific help, and is printed only once.

use crate::support::blog::{Blog, code, stderr, stdout};

const POST: &str = "---\ntitle: A post\ndescription: What it is about.\n---\n\n<p><img src=\"/a.png\"></p>\n";

/// Runs an invalid command and returns its standard error.
#[track_caller]
fn told(arguments: &[&str]) -> String {
    let blog = Blog::new(&[("a.md", POST), ("b.md", POST), ("notes.txt", "Text.\n")]);
    let output = blog.run_on(POST, arguments);
    assert_eq!((code(&output), stdout(&output).as_str()), (2, ""), "{arguments:?}");
    assert_eq!(blog.read("a.md"), POST, "{arguments:?}");
    stderr(&output)
}

#[test]
fn each_kind_of_wrong_use_has_a_specific_help() {
    for (arguments, error, help) in [
        (
            &["tree", "notes.txt"][..],
            "`notes.txt` is neither Markdown nor HTML",
            "the names of posts end in .md, .markdown, .mkd, .mkdn, .mkdown, .mdown, .mdwn, .mdx, .html, .htm",
        ),
        (
            &["--quiet", "--add-ignore=a -- b", "a.md"],
            "a reason must be one line without `--` or `*/`: it is written into a comment",
            "rephrase it, for example `--add-ignore='drawn by a script'`",
        ),
        (
            &["-"],
            "`-` needs --stdin-filename: the path determines how the post is read",
            "`postlint --stdin-filename _posts/a.md -` reads a post from stdin",
        ),
        (
            &["--stdin-filename", "a.md", "-", "--add-ignore"],
            "standard input cannot be combined with --write-baseline or --add-ignore",
            "pass the path of the post instead: these options need it",
        ),
        (
            &["new-rule", "images"],
            "`images` cannot be the name of a rule",
            "it is the name of a group of rules: choose another",
        ),
        (&["--select", "strict"], "unknown rule `strict`", "`strict` is a preset: `--preset strict` uses it"),
        (&["--extend-select", "images,naver"], "unknown rule `naver`", "`naver` is a preset: `--preset naver` uses it"),
        (&["--select", "migraton"], "unknown rule `migraton`", "did you mean `--preset migration`?"),
        (&["explain", "recomended"], "unknown rule `recomended`", "did you mean `--preset recommended`?"),
        (&["--ignore", "image"], "unknown rule `image`", "did you mean `images`?"),
        (&["--ignore", "xyzzy"], "unknown rule `xyzzy`", "`postlint rules` lists all rules"),
        (
            &["test"],
            "there are no rules of your own to test",
            "`postlint new-rule NAME` writes one, `--all` tests the built-in ones",
        ),
    ] {
        assert_eq!(told(arguments), format!("error: {error}\n  help: {help}\n"), "{arguments:?}");
    }
}

#[test]
fn standard_input_is_checked_alone() {
    for paths in [&["b.md"][..], &["-", "b.md"], &["b.md", "-"], &["-", "-"]] {
        let arguments = [&["--stdin-filename", "a.md"][..], paths].concat();
        assert_eq!(
            told(&arguments),
            "error: standard input cannot be checked together with other paths\n  \
             help: check the files in a separate run, without --stdin-filename and `-`\n",
            "{paths:?}"
        );
    }
}

#[test]
fn stdin_filename_implies_stdin() {
    let blog = Blog::new(&[("other.md", POST)]);
    let found = "a.md:6:4: error[alt-missing] image has no alternative text\n";
    for paths in [&[][..], &["-"]] {
        let arguments = [&["--format", "concise", "--stdin-filename", "a.md"][..], paths].concat();
        let output = blog.run_on(POST, &arguments);
        assert_eq!((stdout(&output).as_str(), code(&output)), (found, 1), "{paths:?}: {}", stderr(&output));
    }
}

#[test]
fn files_other_than_posts_are_not_counted() {
    let output = Blog::new(&[]).run_on("Text.\n", &["--stdin-filename", "notes.txt", "-"]);
    assert_eq!(
        (code(&output), stderr(&output).as_str()),
        (
            0,
            "warning: no posts found (looked for .md, .markdown, .mkd, .mkdn, .mkdown, .mdown, .mdwn, .mdx, .html, .htm)\n"
        )
    );
}

#[test]
fn paths_in_errors_are_relative_as_in_findings() {
    let blog = Blog::new(&[("sub/a.md", POST), ("sub/postlint.yml", "site: jekil\n")]);
    let missing = blog.run(&["tree", blog.0.join("sub/b.md").to_str().unwrap()]);
    assert_eq!(stderr(&missing), "error: cannot read `sub/b.md`: file not found\n");
    let broken = stderr(&blog.run(&["sub/a.md"]));
    assert!(broken.contains("[sub/postlint.yml:1:7]"), "{broken}");
    // Errors are in colour if `--color` requests it for standard error.
    let painted = stderr(&blog.run(&["--color", "always", "sub/a.md"]));
    assert!(painted.contains("\u{1b}[") && !broken.contains('\u{1b}'), "{painted}");
}
