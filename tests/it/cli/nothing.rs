//! What a run says that finds no posts, and one that cannot read all of them.

use crate::support::blog::{Blog, code, stderr, stdout};

const POST: &str = "---\ntitle: A post\ndescription: What it is about.\n---\n\nText.\n";

fn lines(blog: &Blog, arguments: &[&str]) -> Vec<String> {
    let output = blog.run(arguments);
    assert_eq!((code(&output), stdout(&output).as_str()), (0, ""));
    let said = stderr(&output);
    let mut lines = said.lines();
    assert!(lines.next().unwrap().starts_with("warning: no posts found (looked for .md, "), "{said}");
    lines.map(str::to_owned).collect()
}

#[test]
fn a_folder_without_posts_says_where_they_would_be() {
    let none = "  no site generator is recognized here: all files with these endings would be posts";
    assert_eq!(lines(&Blog::new(&[]), &[]), [none]);
    let hugo = Blog::new(&[("hugo.toml", "baseURL = 'https://example.com'\n")]);
    assert_eq!(lines(&hugo, &[]), ["  this is a Hugo site, whose posts are in `content`"]);
    assert_eq!(lines(&hugo, &["."]), lines(&hugo, &[]));
}

#[test]
fn skipped_files_are_counted_by_kind() {
    let blog = Blog::new(&[
        ("_config.yml", "title: x\n"),
        (".gitignore", "draft*\nprivate/\n"),
        (".postlintignore", "old/\n"),
        ("draft-1.md", POST),
        ("_posts/draft-2.md", POST),
        ("private/a.md", POST),
        ("old/a.md", POST),
        ("old/.b.md", POST),
        (".notes/a.md", POST),
        ("_site/index.html", "<p>x</p>\n"),
        ("image.png", ""),
    ]);
    assert_eq!(
        lines(&blog, &[]),
        [
            "  this is a Jekyll site, whose posts are in `_posts`",
            "  3 files are ignored by .gitignore",
            "  1 file is ignored by .postlintignore",
            "  2 files are hidden, or in a hidden folder",
            "  `_site` is skipped: it has built pages or packages",
            "  a file that is passed by name is checked all the same",
        ]
    );
    let left_out = Blog::new(&[("a.md", POST), ("postlint.yml", "ignore: [a.md]\n")]);
    assert!(
        lines(&left_out, &[])
            .contains(&"  1 file is left out by `ignore` in the config, by the site or by --exclude".to_owned())
    );
}

#[test]
fn deep_globs_of_ignored_folders_are_not_parsed() {
    let deep = "{a,".repeat(100_000) + &"}".repeat(100_000);
    let blog = Blog::new(&[(".gitignore", "out/\n"), ("out/.gitignore", &deep), ("out/a.md", POST)]);
    assert_eq!(lines(&blog, &[]).len(), 1);
}

#[test]
fn an_error_of_the_search_has_its_path() {
    let deep = "{a,".repeat(17) + &"}".repeat(17);
    let blog = Blog::new(&[("a.md", POST), ("sub/.gitignore", &deep), ("sub/b.md", POST)]);
    let output = blog.run(&["--format", "json"]);
    let report: serde_json::Value = serde_json::from_str(&stdout(&output)).unwrap();
    assert_eq!((code(&output), &report["errors"][0]["path"]), (2, &"sub/.gitignore".into()));
    assert_eq!(report["summary"]["posts"], 1);
}

#[cfg(unix)]
#[test]
fn what_cannot_be_read_is_told_and_the_result_is_incomplete() {
    let blog = Blog::new(&[("a.md", POST)]);
    std::os::unix::fs::symlink("nowhere.md", blog.0.join("b.md")).unwrap();
    let output = blog.run(&["a.md", "b.md"]);
    let told = "error: cannot read `b.md`: this is a dangling symbolic link\n  help: there is no `nowhere.md`\n";
    assert_eq!(code(&output), 2);
    assert!(stderr(&output).starts_with(told), "{}", stderr(&output));
    std::fs::remove_file(blog.0.join("b.md")).unwrap();
    // A socket has the name of a post and cannot be read, whoever runs the test.
    let _socket = std::os::unix::net::UnixListener::bind(blog.0.join("d.md")).unwrap();
    let output = blog.run(&["a.md", "d.md"]);
    let said = stderr(&output);
    assert_eq!(code(&output), 2);
    assert!(said.starts_with("error: cannot read `d.md`: this is a socket, not a file\n"), "{said}");
    assert!(said.contains("no findings in 1 post · incomplete: see the error above · "), "{said}");
}

const BAD: &str = "---\ntitle: A post\n---\n\n<p><img src=\"/a.png\"></p>\n";

#[test]
fn a_missing_path_does_not_keep_the_others_from_being_checked() {
    let blog = Blog::new(&[("_posts/a.md", BAD), ("b.md", BAD), ("c.md", POST)]);
    let told = "error: no such file or folder: `_post`, `gone.md`\n  help: did you mean `_posts`?\n";
    let found = |path: &str| format!("{path}:5:4: error[alt-missing] image has no alternative text\n");
    let concise = ["--format", "concise", "--select", "alt-missing"];
    let output = blog.run(&[&concise[..], &["_post", "b.md", "gone.md"]].concat());
    assert_eq!((code(&output), stdout(&output)), (2, found("b.md")));
    assert!(stderr(&output).contains(told), "{}", stderr(&output));
    assert!(stderr(&output).contains("incomplete: see the error above"), "{}", stderr(&output));
    let output = blog.run(&[&concise[..], &["-q", "_post", "_posts", "gone.md", "."]].concat());
    let all = found("_posts/a.md") + &found("b.md");
    assert_eq!((code(&output), stdout(&output), stderr(&output).as_str()), (2, all.clone(), told));
    let output = blog.run(&[&["audit"][..], &concise, &["-q", "_post", ".", "gone.md"]].concat());
    assert_eq!((code(&output), stdout(&output), stderr(&output).as_str()), (2, all, told));
    let output = blog.run(&["--show-files", "_post", "b.md", "gone.md"]);
    assert_eq!((code(&output), stdout(&output).as_str(), stderr(&output).as_str()), (2, "b.md\n", told));
    let output = blog.run(&["-q", "--exit-zero", "c.md", "gone.md"]);
    assert_eq!((code(&output), stderr(&output).as_str()), (2, "error: no such file or folder: `gone.md`\n"));
    let output = blog.run(&["--format", "json", "_post", "c.md", "gone.md"]);
    let report: serde_json::Value = serde_json::from_str(&stdout(&output)).unwrap();
    assert_eq!((code(&output), &report["summary"]["posts"]), (2, &1.into()));
    assert_eq!(report["errors"][0]["message"], "no such file or folder: `_post`, `gone.md`");
    assert_eq!(report["errors"][0]["help"], "did you mean `_posts`?");
}

#[test]
fn a_missing_path_does_not_keep_the_others_from_being_fixed() {
    let fixable = "---\ntitle: A post\n---\n\n<a href=\"https://example.com/\" rel=\"dofollow\">Harbour news</a>\n";
    let blog = Blog::new(&[("a.md", fixable)]);
    let output = blog.run(&["fix", "-q", "--select", "rel-unknown-token", "a.md", "gone.md"]);
    assert_eq!((code(&output), stderr(&output).as_str()), (2, "error: no such file or folder: `gone.md`\n"));
    assert!(!blog.read("a.md").contains("dofollow"), "{}", blog.read("a.md"));
    // If none is there, or a command looks at one path, the run ends as before.
    for arguments in
        [&["fix", "gone.md"][..], &["gone.md", "gone-2.md"], &["--show-files", "gone.md"], &["site", "gone.md"]]
    {
        let output = blog.run(arguments);
        assert_eq!((code(&output), stdout(&output).as_str()), (2, ""), "{arguments:?}");
        assert!(stderr(&output).starts_with("error: no such file or folder: `gone.md`"), "{arguments:?}");
    }
    for command in ["links", "search"] {
        let arguments = [&[command][..], if command == "search" { &["a"] } else { &[] }, &["a.md", "gone.md"]].concat();
        let output = blog.run(&arguments);
        assert_eq!((code(&output), stdout(&output).as_str()), (2, ""), "{command}: nothing is left out unnoticed");
    }
}

#[test]
fn every_format_for_programs_has_the_error_of_a_failed_run() {
    let blog = Blog::new(&[("a.md", POST)]);
    let message = "unknown rule `alt-mising`";
    let run = |format: &str| {
        let output = blog.run(&["--format", format, "--select", "alt-mising"]);
        assert_eq!(code(&output), 2, "{format}");
        stdout(&output)
    };
    let json = |format: &str| -> serde_json::Value { serde_json::from_str(&run(format)).unwrap() };
    assert_eq!(json("json")["errors"][0]["message"], message);
    for flat in [json("json-flat")[0].clone(), json("json-lines")] {
        assert_eq!(
            (&flat["ruleId"], &flat["level"], &flat["message"]),
            (&"run-error".into(), &"error".into(), &message.into())
        );
        assert_eq!(flat["help"], "did you mean `alt-missing`?");
    }
    assert_eq!(json("gitlab")[0]["description"], format!("run-error: {message}"));
    let invocation = &json("sarif")["runs"][0]["invocations"][0];
    assert_eq!(invocation["executionSuccessful"], false);
    assert!(invocation["toolExecutionNotifications"][0]["message"]["text"].as_str().unwrap().starts_with(message));
    for format in ["junit", "checkstyle"] {
        let text = run(format);
        let document = roxmltree::Document::parse(&text).unwrap();
        assert!(document.descendants().any(|node| node.attribute("message") == Some(message)), "{text}");
    }
    assert_eq!(run("github"), format!("::error title=postlint::{message}%0A  help: did you mean `alt-missing`?\n"));
    assert!(run("markdown").contains("**error:** unknown rule <code>alt-mising</code>"));
    for format in ["full", "concise"] {
        assert_eq!(run(format), "");
    }
    // Also if the command line does not parse.
    let wrong = blog.run(&["--format", "json-lines", "--fxi"]);
    let record: serde_json::Value = serde_json::from_str(&stdout(&wrong)).unwrap();
    assert_eq!((code(&wrong), &record["message"]), (2, &"unexpected argument '--fxi' found".into()));
}

#[test]
fn a_run_that_has_to_find_posts_has_its_error_in_the_report() {
    let blog = Blog::new(&[("notes.txt", "Text.\n"), (".gitignore", "b.md\n"), ("b.md", POST)]);
    let message = "no posts found (looked for .md, ";
    for arguments in [&[][..], &["notes.txt"], &["--force-exclude", "b.md"], &["-q"]] {
        let run = |more: &[&str]| {
            let output = blog.run(&[arguments, &["--format", "json"], more].concat());
            let report: serde_json::Value = serde_json::from_str(&stdout(&output)).unwrap();
            (code(&output), report["errors"].as_array().unwrap().clone())
        };
        let (status, errors) = run(&["--error-on-no-files"]);
        assert_eq!((status, errors.len()), (2, 1), "{arguments:?}: {errors:?}");
        assert!(errors[0]["message"].as_str().unwrap().starts_with(message), "{errors:?}");
        assert_eq!(run(&[]), (0, Vec::new()), "{arguments:?}");
    }
    let missing = blog.run(&["--error-on-no-files", "--format", "json", "gone.md"]);
    let report: serde_json::Value = serde_json::from_str(&stdout(&missing)).unwrap();
    assert_eq!(report["errors"].as_array().unwrap().len(), 1, "the path explains it: {report}");
    let github = stdout(&blog.run(&["--error-on-no-files", "--format", "github"]));
    assert!(github.starts_with(&format!("::error title=postlint::{message}")), "{github}");
}
