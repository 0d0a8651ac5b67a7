//! Which files and rules a run is narrowed or widened to, and what it says of files that it leaves out.

use crate::support::blog::{Blog, code, stderr, stdout};

const BAD: &str = "---\ntitle: A post\ndescription: What it is about.\n---\n\n<p><img src=\"/a.png\"></p>\n";

fn concise(blog: &Blog, arguments: &[&str]) -> String {
    stdout(&blog.run(&[arguments, &["--format", "concise"]].concat()))
}

#[test]
fn extend_select_adds_rules_to_those_of_the_config() {
    let blog = Blog::new(&[
        ("a.md", "---\ntitle: A post\ndescription: What it is about.\n---\n\n<p><img src=\"/a.png\" alt=\"\"></p>\n"),
        ("postlint.yml", "rules: {alt-missing: off}\n"),
    ]);
    let added = concise(&blog, &["--extend-select", "image-without-dimensions"]);
    assert_eq!(added.lines().count(), 1, "{added}");
    assert!(added.contains("[image-without-dimensions]"), "{added}");
    blog.write("a.md", BAD);
    assert_eq!(concise(&blog, &[]), "");
    assert!(concise(&blog, &["--extend-select", "images"]).contains("[alt-missing]"), "the group turns it on again");
    let both = blog.run(&["--select", "images", "--extend-select", "links"]);
    assert_eq!(code(&both), 2, "{}", stderr(&both));
    assert_eq!(concise(&blog, &["--extend-select", "images", "--extend-ignore", "alt-missing"]), "");
    assert!(stderr(&blog.run(&["--extend-select", "alt-mising"])).contains("did you mean `alt-missing`?"));
}

#[test]
fn isolated_ignores_config_files() {
    let blog = Blog::new(&[("a.md", BAD), ("postlint.yml", "rules: {all: off}\n")]);
    assert_eq!(concise(&blog, &[]), "");
    assert!(concise(&blog, &["--isolated"]).contains("[alt-missing]"));
    assert_eq!(code(&blog.run(&["--isolated", "--config", "postlint.yml"])), 2);
    assert!(stderr(&blog.run(&["--isolated", "--select", "alt-mising"])).contains("did you mean `alt-missing`?"));
    blog.write("postlint.yml", "rules: [\n");
    assert_eq!(code(&blog.run(&["--isolated"])), 1, "a broken config is not read either");
}

#[test]
fn excluded_files_are_not_checked_unless_they_are_named() {
    let blog = Blog::of_distinct(&[("a.md", BAD), ("drafts/b.md", BAD), ("초안/c 1.md", BAD)]);
    let paths = |output: String| -> Vec<String> { output.lines().map(|line| line[..4].to_owned()).collect() };
    assert_eq!(paths(concise(&blog, &["--exclude", "drafts/", "--exclude", "초안"])), ["a.md"]);
    assert_eq!(concise(&blog, &["--exclude", "*.md", "--exclude", "!a.md"]).lines().count(), 1);
    assert_eq!(concise(&blog, &["--exclude", "drafts/", "drafts/b.md"]).lines().count(), 1);
    assert_eq!(concise(&blog, &["--exclude", "drafts/", "--force-exclude", "drafts/b.md"]), "");
    for pattern in ["[a", "drafts/[한", "!x[", "{a", "[z-a]", "a{b"] {
        let wrong = blog.run(&["--exclude", pattern, "."]);
        assert_eq!(code(&wrong), 2, "{pattern}");
        let said = format!("`--exclude {pattern}` is not a valid pattern");
        assert!(stderr(&wrong).contains(&said), "{}", stderr(&wrong));
    }
    let wrong = blog.run(&["--exclude", "{a", "."]);
    assert_eq!(code(&wrong), 2);
    assert!(stderr(&wrong).contains("`--exclude {a` is not a valid pattern"), "{}", stderr(&wrong));
}

#[test]
fn show_files_lists_what_would_be_checked() {
    let blog = Blog::of_distinct(&[("a.md", BAD), ("drafts/b.md", BAD), ("notes.txt", "Text.\n")]);
    let output = blog.run(&["--show-files", "--exclude", "drafts/"]);
    assert_eq!((stdout(&output).as_str(), code(&output)), ("a.md\n", 0));
    let none = blog.run(&["--show-files", "--error-on-no-files", "--exclude", "*"]);
    assert_eq!((stdout(&none).as_str(), code(&none)), ("", 2));
    assert!(stderr(&none).starts_with("error: no posts found (looked for "), "{}", stderr(&none));
}

#[test]
fn show_files_says_what_is_left_out_and_why() {
    let blog = Blog::of_distinct(&[
        ("_config.yml", "title: x\nexclude: [out/]\n"),
        (".gitignore", "/old/\n*.tmp.md\n*.css\n"),
        ("postlint.yml", "ignore: [README.md]\n"),
        ("a.md", BAD),
        ("b.tmp.md", BAD),
        ("c.css", "p {}\n"),
        ("README.md", BAD),
        ("old/a.md", BAD),
        ("old/deep/b.md", BAD),
        (".notes/a.md", BAD),
        ("node_modules/x/a.md", BAD),
        ("out/a.md", BAD),
        ("drafts/a.md", BAD),
    ]);
    (0..7).for_each(|nth| blog.write(&format!("more/{nth}.md"), BAD));
    let output = blog.run(&["--show-files", "--exclude", "drafts/", "--exclude", "more"]);
    assert_eq!((stdout(&output).as_str(), code(&output)), ("a.md\n", 0));
    let said = stderr(&output);
    let mut lines: Vec<&str> = said.lines().collect();
    lines.sort_unstable();
    assert_eq!(
        lines,
        [
            "left out: 2 more files are ignored by `--exclude more`",
            "left out: `.notes/` is ignored: it is hidden",
            "left out: `README.md` is ignored by `ignore` in `postlint.yml:1`: `README.md`",
            "left out: `b.tmp.md` is ignored by `.gitignore:2`: `*.tmp.md`",
            "left out: `drafts/a.md` is ignored by `--exclude drafts/`",
            "left out: `more/0.md` is ignored by `--exclude more`",
            "left out: `more/1.md` is ignored by `--exclude more`",
            "left out: `more/2.md` is ignored by `--exclude more`",
            "left out: `more/3.md` is ignored by `--exclude more`",
            "left out: `more/4.md` is ignored by `--exclude more`",
            "left out: `node_modules/` is ignored: it has built pages or packages",
            "left out: `old/` is ignored by `.gitignore:1`: `/old/`",
            "left out: `out/a.md` is ignored: the Jekyll site leaves it out",
        ]
    );
    assert_eq!(stderr(&blog.run(&["--show-files", "-q"])), "");
    assert_eq!(stderr(&blog.run(&["--show-files", "old/deep", "README.md"])), "", "what is asked for is not left out");
    let named = stderr(&blog.run(&["--show-files", "--force-exclude", "b.tmp.md", "c.css"]));
    let want = "warning: `b.tmp.md` is ignored by `.gitignore:2`: `*.tmp.md`\nwarning: `c.css` is not a post\n";
    assert_eq!(named, want);
}

#[test]
fn globs_are_expanded_where_no_file_has_the_name() {
    let blog = Blog::of_distinct(&[
        ("postlint.yml", "ignore: [_posts/2024-03-*]\n"),
        (".gitignore", "_posts/2024-04-04-d.md\n"),
        ("_posts/2023-01-01-a.md", BAD),
        ("_posts/2024-02-02-b.md", BAD),
        ("_posts/2024-03-03-c.md", BAD),
        ("_posts/2024-04-04-d.md", BAD),
        ("_posts/old/2024-05-05-e.md", BAD),
        ("_posts/notes.txt", "Text.\n"),
        ("[a].md", BAD),
        ("a.md", BAD),
    ]);
    let shown = |paths: &[&str]| {
        let output = blog.run(&[&["--show-files", "-q"], paths].concat());
        assert_eq!(code(&output), 0, "{paths:?}: {}", stderr(&output));
        stdout(&output).lines().map(|line| line.rsplit(['-', '/']).next().unwrap().to_owned()).collect::<Vec<_>>()
    };
    // As in a search, what is ignored is left out, and what is not a post.
    assert_eq!(shown(&["_posts/*"]), ["a.md", "b.md", "e.md"]);
    assert_eq!(shown(&["_posts/*.md"]), ["a.md", "b.md"]);
    assert_eq!(shown(&["./_posts/**/2024-*.md"]), ["b.md", "e.md"]);
    assert_eq!(shown(&["**/*-[ab].md"]), ["a.md", "b.md"]);
    assert_eq!(shown(&["_posts/{old,new}"]), ["e.md"]);
    assert_eq!(shown(&["_p?sts/old/"]), ["e.md"]);
    assert_eq!(shown(&["_posts/2024-02-*", "_posts/*-b.md", "_posts/2024-02-02-b.md"]), ["b.md"], "each once");
    assert_eq!(shown(&[&format!("{}/_posts/old/*.md", blog.0.display())]), ["e.md"]);
    assert_eq!(shown(&["[a].md"]), ["[a].md"], "the file of this name, not `a.md`");
    for none in ["_posts/*.html", "_post/*.md", "_posts/*.txt", "_posts/[.md", "_posts/{a"] {
        let output = blog.run(&[none]);
        let said = stderr(&output);
        let want = format!("error: no such file or folder: `{none}`\n");
        assert!(code(&output) == 2 && said.starts_with(&want), "{none}: {said}");
    }
    assert!(stderr(&blog.run(&["_posts/*.html"])).contains("\n  help: this glob matches no post\n"));
    assert_eq!(concise(&blog, &["_posts/old/*"]).lines().count(), 1, "the others are not checked");
    assert_eq!(code(&blog.run(&["--fix", "_posts/*.md", "b/*.md"])), 2);
}

#[test]
fn patterns_of_exclude_that_match_nothing_are_told_once() {
    let blog = Blog::of_distinct(&[
        ("_posts/2023-01-01-a.md", BAD),
        ("notes/x.txt", "Text.\n"),
        (".gitignore", "/out/\n"),
        ("out/x.md", BAD),
    ]);
    let warnings = |arguments: &[&str]| -> Vec<String> {
        let said = stderr(&blog.run(arguments));
        let is_it =
            |line: &&str| line.starts_with("warning: `--exclude") || line.starts_with("  help: did you mean `_p");
        said.lines().filter(is_it).map(str::to_owned).collect()
    };
    let none = "matches no file";
    assert_eq!(
        warnings(&["--exclude", "_post/", "--exclude", "b.md", "--exclude", "_posts"]),
        [
            format!("warning: `--exclude _post/` {none}"),
            "  help: did you mean `_posts`?".to_owned(),
            format!("warning: `--exclude b.md` {none}")
        ]
    );
    // What is there, whether it is a post or not, and what may be there at another time.
    for used in ["*.txt", "notes/", "/notes", "out", "node_modules", "_drafts/", ".cache/", "*-a.md", "!b.md"] {
        assert_eq!(warnings(&["--exclude", used]), [""; 0], "{used}");
    }
    assert_eq!(warnings(&["-q", "--exclude", "b.md"]), [""; 0]);
    assert_eq!(warnings(&["--fix", "--exclude", "b.md"]).len(), 1);
}

#[test]
fn files_that_are_left_out_are_named() {
    let blog = Blog::of_distinct(&[("a.md", BAD), ("notes.txt", "Text.\n"), (".gitignore", "b.md\n"), ("b.md", BAD)]);
    let output = blog.run(&["--exit-zero", "a.md", "notes.txt"]);
    assert!(stderr(&output).contains("warning: `notes.txt` is not a post\n"), "{}", stderr(&output));
    let output = blog.run(&["--exit-zero", "--force-exclude", "b.md"]);
    assert!(stderr(&output).contains("warning: `b.md` is ignored by `.gitignore:1`: `b.md`\n"), "{}", stderr(&output));
    assert_eq!(code(&blog.run(&["notes.txt"])), 0);
    let said = stderr(&blog.run(&["notes.txt"]));
    assert!(said.contains("\nwarning: no posts found (looked for "), "{said}");
    let none = blog.run(&["--error-on-no-files", "notes.txt"]);
    assert_eq!(code(&none), 2);
    assert!(stderr(&none).contains("\nerror: no posts found (looked for "), "{}", stderr(&none));
    let quiet = blog.run(&["-q", "--error-on-no-files", "notes.txt"]);
    assert_eq!(code(&quiet), 2);
    assert!(stderr(&quiet).contains("error: no posts found"), "an error is said although -q: {}", stderr(&quiet));
    assert_eq!(stderr(&blog.run(&["-q", "notes.txt"])), "");
}

#[test]
fn what_ignores_a_file_is_named() {
    let blog = Blog::of_distinct(&[
        ("_config.yml", "title: x\nexclude: [out/]\n"),
        (".gitignore", "# drafts\n\nold/*.md\n!old/kept.md\nold/b?.md\nold/*.md  \n!old/kept.md\n/deep/\n"),
        (".ignore", "own.md\n"),
        (".postlintignore", "/own.md\nwide.*\n"),
        ("sub/.gitignore", "!/draft.md\ndraft.md\n!/kept.md\n"),
        ("sub/.postlintignore", "!wide.md\n"),
        ("postlint.yml", "rules: {all: off}\nignore:\n  - \"*.html\"\n  - 'notes/'\n  - \"*.html\"\n"),
        ("old/a.md", BAD),
        ("old/kept.md", BAD),
        ("own.md", BAD),
        ("wide.md", BAD),
        ("sub/wide.md", BAD),
        ("sub/draft.md", BAD),
        ("deep/a/b/c.md", BAD),
        (".notes/a.md", BAD),
        (".a.md", BAD),
        ("_site/a.md", BAD),
        ("a.html", BAD),
        ("notes/n/a.md", BAD),
        ("out/a.md", BAD),
        ("x.md", BAD),
    ]);
    for (path, cause) in [
        ("old/a.md", " by `.gitignore:6`: `old/*.md`"),
        ("own.md", " by `.postlintignore:1`: `/own.md`"),
        ("wide.md", " by `.postlintignore:2`: `wide.*`"),
        ("sub/draft.md", " by `sub/.gitignore:2`: `draft.md`"),
        ("deep/a/b/c.md", " by `.gitignore:8`: `/deep/`"),
        (".notes/a.md", ": `.notes` is hidden"),
        (".a.md", ": it is hidden"),
        ("_site/a.md", ": `_site` has built pages or packages"),
        ("a.html", " by `ignore` in `postlint.yml:5`: `*.html`"),
        ("notes/n/a.md", " by `ignore` in `postlint.yml:4`: `notes/`"),
        ("out/a.md", ": the Jekyll site leaves it out"),
        ("x.md", " by `--exclude x*`"),
    ] {
        let output = blog.run(&["--force-exclude", "--exclude", "x*", path]);
        let said = stderr(&output);
        assert!(said.starts_with(&format!("warning: `{path}` is ignored{cause}\n")), "{path}: {said}");
        let absolute = blog.0.join(path);
        let said = stderr(&blog.run(&["--force-exclude", "--exclude", "x*", absolute.to_str().unwrap()]));
        assert!(said.starts_with(&format!("warning: `{path}` is ignored{cause}\n")), "{path}: {said}");
        let said = stderr(&blog.run(&["--exclude", "x*", path]));
        assert!(!said.contains("ignored"), "{path} is checked without --force-exclude: {said}");
    }
    for path in ["old/kept.md", "sub/wide.md"] {
        let said = stderr(&blog.run(&["--force-exclude", path]));
        assert!(!said.contains("ignored"), "{path}: {said}");
    }
}

#[test]
fn so_many_warnings_are_allowed() {
    let rules = "rules: {alt-missing: warn}\n";
    let blog = Blog::of_distinct(&[("a.md", BAD), ("b.md", BAD), ("postlint.yml", rules)]);
    assert_eq!(code(&blog.run(&[])), 1);
    assert_eq!(code(&blog.run(&["--max-warnings", "2"])), 0);
    let more = "2 warnings, more than --max-warnings 1\n";
    for format in ["full", "concise", "json", "github"] {
        let output = blog.run(&["--max-warnings", "1", "--format", format]);
        assert_eq!(code(&output), 1);
        assert!(stderr(&output).ends_with(more) && !stdout(&output).contains(more), "{format}: {}", stderr(&output));
    }
    for silent in
        [&["--max-warnings", "2"][..], &["--max-warnings", "1", "-q"], &["--max-warnings", "1", "--exit-zero"]]
    {
        assert!(!stderr(&blog.run(silent)).contains("more than"), "{silent:?}");
    }
    blog.write("postlint.yml", "rules: {alt-missing: error}\n");
    assert_eq!(code(&blog.run(&["--max-warnings", "9"])), 1, "errors always fail");
}

#[test]
fn config_files_have_several_names_and_places() {
    for name in ["postlint.yml", "postlint.yaml", ".postlint.yml", ".postlint.yaml", ".config/postlint.yml"] {
        let blog = Blog::new(&[("a.md", BAD), (name, "rules: {all: off}\nignore: [drafts/]\n"), ("drafts/b.md", BAD)]);
        assert_eq!(concise(&blog, &["--ignore", "site"]), "", "{name}");
        let checked = stdout(&blog.run(&["--show-files"]));
        assert_eq!(checked, "a.md\n", "paths are relative to the folder above .config: {name}");
    }
    for (name, said) in [("config/postlint.yml", "`config/postlint.yml`"), ("postlint.toml", "`postlint.toml`")] {
        let blog = Blog::new(&[("a.md", BAD), (name, "")]);
        for command in [&[][..], &["config", "show"], &["config", "show", "a.md"]] {
            let err = stderr(&blog.run(command));
            assert!(
                err.contains(&format!("warning: {said} is not read: a config file is named `postlint.yml`")),
                "{err}"
            );
        }
    }
    let two = Blog::new(&[("a.md", BAD), ("postlint.yml", ""), (".config/postlint.yml", "")]);
    let output = two.run(&[]);
    assert_eq!(code(&output), 2);
    assert!(
        stderr(&output).contains("this folder has both `postlint.yml` and `.config/postlint.yml`"),
        "{}",
        stderr(&output)
    );
}

#[test]
fn rules_lists_a_group() {
    let blog = Blog::new(&[]);
    let images = stdout(&blog.run(&["rules", "images"]));
    assert!(images.contains("alt-missing") && !images.contains("href-empty"), "{images}");
    assert_eq!(code(&blog.run(&["rules", "imags"])), 2);
}

/// As a hook calls it, a post on standard input is ignored where its file is.
#[test]
fn a_post_on_stdin_is_ignored_like_its_file() {
    let blog = Blog::of_distinct(&[("drafts/a.md", BAD), ("a.md", BAD), (".gitignore", "drafts/\n")]);
    let run = |path: &str| blog.run_on(BAD, &["--force-exclude", "--stdin-filename", path, "-"]);
    let ignored = run("drafts/a.md");
    assert_eq!((code(&ignored), stdout(&ignored).as_str()), (0, ""));
    let told = "warning: `drafts/a.md` is ignored by `.gitignore:1`: `drafts/`\n";
    assert!(stderr(&ignored).contains(told), "{}", stderr(&ignored));
    blog.write("postlint.yml", "ignore: [old/]\n");
    let told = "warning: `old/a.md` is ignored by `ignore` in `postlint.yml:1`: `old/`\n";
    assert!(stderr(&run("old/a.md")).contains(told), "{}", stderr(&run("old/a.md")));
    assert_eq!(code(&run("a.md")), 1);
}

/// A post that is named by a symbolic link besides is checked by its own path.
#[test]
#[cfg(unix)]
fn links_to_checked_posts_are_not_left_out() {
    let post = "---\ntitle: A post\ndescription: What it is about.\n---\n\nText.\n";
    let blog = Blog::new(&[("posts/a.md", post), ("postlint.yml", "ignore: [ignored.md]\n"), ("ignored.md", post)]);
    std::os::unix::fs::symlink("posts/a.md", blog.0.join("link.md")).unwrap();
    for arguments in [&["link.md"][..], &[".", "link.md"], &["posts/a.md", "link.md"], &["--force-exclude", "link.md"]]
    {
        let output = blog.run(arguments);
        assert!(!stderr(&output).contains("warning"), "{arguments:?}: {}", stderr(&output));
        assert!(stderr(&output).contains("1 post"), "{arguments:?}: {}", stderr(&output));
    }
}
