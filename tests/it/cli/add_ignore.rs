//! `--add-ignore`: what it writes into posts, and that it changes nothing else.

use crate::support::blog::{Blog, code, stderr, stdout};

const FRONT: &str = "---\ntitle: A post\ndescription: What it is about.\n---\n\n";

/// Runs `--add-ignore` and returns the post. Checks that no findings are left and that a second run changes nothing.
#[track_caller]
fn silenced(name: &str, before: &str, arguments: &[&str]) -> String {
    let blog = Blog::new(&[(name, before)]);
    assert_eq!(code(&blog.run(&["--fail-on", "info"])), 1, "nothing is wrong at first");
    let written = blog.run(&[arguments, &["--fail-on", "info"]].concat());
    let after = blog.read(name);
    assert_eq!(code(&written), 0, "{after}\n{}\n{}", stdout(&written), stderr(&written));
    let again = blog.run(&[arguments, &["--fail-on", "info"]].concat());
    assert_eq!((code(&again), blog.read(name)), (0, after.clone()), "{}", stdout(&again));
    assert!(stderr(&again).contains("suppressed 0 findings in 0 posts"), "{}", stderr(&again));
    after
}

#[test]
fn the_comment_is_above_the_block() {
    let body = "One.\n\n- two\n- <img src=\"/a.png\">\n\n<div>\n  <p>x</p>\n  <p><img src=\"/b.png\"></p>\n</div>\n";
    let expected = "One.\n\n<!-- postlint-ignore alt-missing -->\n- two\n- <img src=\"/a.png\">\n\n<div>\n  <p>x</p>\n  \
                    <!-- postlint-ignore alt-missing -->\n  <p><img src=\"/b.png\"></p>\n</div>\n";
    let after = silenced("_posts/2024-01-01-a.md", &format!("{FRONT}{body}"), &["--add-ignore"]);
    assert_eq!(after, format!("{FRONT}{expected}"));
}

#[test]
fn names_share_a_comment_and_give_the_reason() {
    let body = "<p><img src=\"/a.png\"> <a href=\"/\" rel=\"dofollow\">home of the sea</a></p>\n";
    let after = silenced("a.md", &format!("{FRONT}{body}"), &["--add-ignore=imported in 2012"]);
    assert_eq!(
        after,
        format!("{FRONT}<!-- postlint-ignore alt-missing, rel-unknown-token: imported in 2012 -->\n{body}")
    );
}

#[test]
fn findings_in_the_front_matter_get_a_key() {
    for (before, reason, after) in [
        ("title: TODO\n", "--add-ignore", "title: TODO\npostlint:\n  ignore: [value-placeholder]\n"),
        (
            "title: TODO\n",
            "--add-ignore=it: is \"so\"",
            "title: TODO\npostlint:\n  ignore:\n    value-placeholder: \"it: is \\\"so\\\"\"\n",
        ),
        (
            "title: TODO\npostlint: {ignore: [title-wide]}\n",
            "--add-ignore",
            "title: TODO\npostlint: {ignore: [title-wide, value-placeholder]}\n",
        ),
        (
            "postlint:\n  ignore:\n    - title-wide\ntitle: TODO\n",
            "--add-ignore",
            "postlint:\n  ignore:\n    - title-wide\n    - value-placeholder\ntitle: TODO\n",
        ),
    ] {
        let post = |front: &str| format!("---\n{front}description: What it is about.\n---\n\nText.\n");
        let end = |front: &str| match front.strip_prefix("title: TODO\npostlint:\n") {
            // A new `postlint` key is added at the end of the front matter.
            Some(key) => format!("---\ntitle: TODO\ndescription: What it is about.\npostlint:\n{key}---\n\nText.\n"),
            None => post(front),
        };
        let blog = Blog::new(&[("a.md", &post(before))]);
        let output = blog.run(&[reason, "--ignore", "suppressions"]);
        assert_eq!(blog.read("a.md"), end(after), "{}", stderr(&output));
        assert_eq!(code(&blog.run(&["--ignore", "suppressions"])), 0);
    }
}

#[test]
fn toml_and_mdx_are_written_in_their_own_syntax() {
    let toml = "+++\ntitle = \"TODO\"\ndescription = \"What it is about.\"\n[params]\na = 1\n+++\n\nText.\n";
    let after = silenced("a.md", toml, &["--site", "hugo", "--add-ignore=so"]);
    assert_eq!(after, toml.replacen("+++\n", "+++\npostlint = { ignore = { value-placeholder = \"so\" } }\n", 1));
    let mdx = format!("{FRONT}One.\n\n<p><img src=\"/a.png\" /></p>\n");
    let after = silenced("a.mdx", &mdx, &["--site", "astro", "--add-ignore"]);
    assert_eq!(after, mdx.replace("<p>", "{/* postlint-ignore alt-missing */}\n<p>"));
}

#[test]
fn line_ends_and_byte_order_marks_are_kept() {
    let before =
        "\u{feff}---\r\ntitle: A post\r\ndescription: What it is about.\r\n---\r\n\r\n<p><img src=\"/a.png\"></p>";
    let after = silenced("a.md", before, &["--add-ignore"]);
    assert_eq!(after, before.replace("<p>", "<!-- postlint-ignore alt-missing -->\r\n<p>"));
}

#[test]
fn broken_or_missing_front_matter_gets_a_comment_at_the_end() {
    let missing = "_posts/2024-01-01-a.md";
    let after = silenced(missing, "No front matter.\n", &["--add-ignore"]);
    assert_eq!(after, "No front matter.\n\n<!-- postlint-ignore-file front-matter-missing -->\n");
    let before = "---\ntitle: [TODO] a\ndescription: x\n---\n\nText.\n";
    let after = silenced("_posts/2024-01-01-a.md", before, &["--add-ignore"]);
    assert_eq!(after, format!("{before}\n<!-- postlint-ignore-file front-matter-invalid -->\n"));
}

#[test]
fn only_selected_findings_are_suppressed() {
    let text = format!("{FRONT}<p><img src=\"/a.png\"></p>\n\n<p>x</p>\n<p>&nbsp;</p>\n<p>y</p>\n");
    let blog = Blog::new(&[("a.md", &text)]);
    assert_eq!(code(&blog.run(&["--add-ignore", "--select", "images"])), 0);
    let left = stdout(&blog.run(&["--format", "concise"]));
    assert_eq!(left.lines().count(), 1, "{left}");
    assert!(left.contains("spacer-paragraph"), "{left}");
}

#[test]
fn known_findings_are_left_to_the_baseline() {
    let blog = Blog::new(&[("a.md", &format!("{FRONT}<p><img src=\"/a.png\"></p>\n"))]);
    blog.run(&["--write-baseline"]);
    let before = blog.read("a.md");
    blog.run(&["--add-ignore"]);
    assert_eq!(blog.read("a.md"), before);
}

#[test]
fn a_reason_that_would_end_the_comment_is_an_error() {
    let blog = Blog::new(&[("a.md", &format!("{FRONT}<p><img src=\"/a.png\"></p>\n"))]);
    for reason in ["a --> b", "a */} b", "a\nb"] {
        assert_eq!(code(&blog.run(&[&format!("--add-ignore={reason}")])), 2, "{reason}");
    }
    assert!(!blog.read("a.md").contains("postlint"));
}

#[test]
fn no_temporary_file_is_left() {
    let blog = Blog::new(&[("a.md", &format!("{FRONT}<p><img src=\"/a.png\"></p>\n"))]);
    blog.run(&["--add-ignore"]);
    let mut names: Vec<_> = std::fs::read_dir(&blog.0).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    names.sort();
    assert_eq!(names, [".git", "a.md"]);
}

#[test]
fn findings_across_posts_are_suppressed_with_the_others() {
    let post = |tag: &str| format!("---\ntitle: Nets of {tag}\ntags: [{tag}]\n---\n\n<p><img src=\"/a.png\"></p>\n");
    let (one, two, three) = (post("Seoul"), post("Seoul"), post("seoul"));
    let files = [
        ("_config.yml", "url: https://blog.example.com\n"),
        ("_posts/2024-01-01-a.md", &*one),
        ("_posts/2024-01-02-b.md", &*two),
        ("_posts/2024-01-03-c.md", &*three),
    ];
    let blog = Blog::new(&files);
    let chosen = "taxonomy-variants,alt-missing,suppression-unused";
    let before = stdout(&blog.run(&["--format", "concise", "--select", chosen]));
    assert_eq!(before.matches("[taxonomy-variants]").count(), 1, "{before}");
    assert_eq!(before.matches("[alt-missing]").count(), 3, "{before}");
    let run = blog.run(&["--add-ignore=known", "--select", chosen]);
    assert!(stderr(&run).contains("suppressed 4 findings in 3 posts"), "{}", stderr(&run));
    assert_eq!(stdout(&blog.run(&["--format", "concise", "--select", chosen])), "");
}

/// One finding is about all posts with a value. Without that of one post, the others would have the next finding.
#[test]
fn shared_values_are_suppressed_at_each_place_in_one_run() {
    let text = |number: usize| format!("The boats of day {number} came back with less than the harbour had hoped for.");
    let blog = Blog::new(&[("_config.yml", "url: https://blog.example.com\n")]);
    for number in 1..=9 {
        let images = "![The quay at dawn](/a.png)\n\nMore.\n\n![The quay at dawn](/b.png)";
        let (title, description) = match number {
            ..=5 => ("Nets".to_owned(), format!("What the fishers of day {number} catch.")),
            _ => (format!("Nets of day {number}"), "What the old fishers catch.".to_owned()),
        };
        let front = format!("title: {title}\ndescription: {description}");
        let post = format!("---\n{front}\n---\n\n{}\n\n{images}\n", text(number));
        blog.write(&format!("_posts/2024-01-0{number}-day-{number}.md"), &post);
    }
    let chosen = "title-shared,description-shared,alt-shared,suppression-unused";
    let found = |paths: &[&str]| stdout(&blog.run(&[&["--format", "concise", "--select", chosen], paths].concat()));
    let before = found(&[]);
    for rule in ["title-shared", "description-shared", "alt-shared"] {
        assert_eq!(before.matches(rule).count(), 1, "{before}");
    }
    let one = "_posts/2024-01-03-day-3.md";
    let run = blog.run(&["--add-ignore=known", "--select", chosen, one]);
    assert_eq!((stdout(&run).as_str(), found(&[one]).as_str()), ("", ""), "{}", stderr(&run));
    assert!(!blog.read("_posts/2024-01-04-day-4.md").contains("postlint"), "only the named post is written");
    let run = blog.run(&["--add-ignore=known", "--select", chosen]);
    assert!(stderr(&run).contains("in 8 posts"), "{}", stderr(&run));
    assert_eq!((stdout(&run).as_str(), found(&[]).as_str()), ("", ""), "{}", blog.read(one));
}

#[test]
fn many_read_only_posts_are_counted() {
    let posts: Vec<(String, String)> =
        (1..=8).map(|n| (format!("a{n}.md"), format!("{FRONT}<img src=\"/{n}.png\">\n"))).collect();
    let posts: Vec<(&str, &str)> = posts.iter().map(|(name, text)| (&**name, &**text)).collect();
    for (locked, told, counted) in
        [(8, 5, "cannot write 3 more files: it is read-only"), (5, 5, ""), (6, 5, "1 more file:")]
    {
        let blog = Blog::new(&posts);
        for (name, _) in posts.iter().take(locked) {
            let path = blog.0.join(name);
            let mut permissions = std::fs::metadata(&path).unwrap().permissions();
            permissions.set_readonly(true);
            std::fs::set_permissions(&path, permissions).unwrap();
        }
        let output = blog.run(&["--select", "alt-missing", "--add-ignore"]);
        let said = stderr(&output);
        assert_eq!(code(&output), 2, "{said}");
        assert_eq!(said.matches("error: cannot write `a").count(), told, "{said}");
        assert!(said.contains(counted) && said.contains("more file") != counted.is_empty(), "{said}");
    }
}

/// A value that posts share is one finding, in however many of them it is suppressed.
#[test]
fn shared_findings_are_counted_once() {
    let post =
        |n: usize| format!("---\ntitle: The harbour at night\ndescription: What {n} is about.\n---\n\nText {n}.\n");
    let posts: Vec<(String, String)> =
        (10..34).map(|n| (format!("_posts/2024-01-{n}-a{n}.md").replace("-3", "-03"), post(n))).collect();
    let mut files: Vec<(&str, &str)> = posts.iter().map(|(path, text)| (&**path, &**text)).collect();
    files.push(("_config.yml", "url: https://harbour.example.org\nlang: en\n"));
    let blog = Blog::new(&files);
    let found = stdout(&blog.run(&["--select", "title-shared", "--format", "concise"]));
    assert_eq!(found.lines().count(), 1, "{found}");
    let said = stderr(&blog.run(&["--select", "title-shared", "--add-ignore"]));
    assert!(said.contains("suppressed 1 finding in 24 posts\n"), "{said}");
    let hint =
        "`title-shared` is suppressed in 24 posts: one line of the config, `title-shared: off` under `rules`, does too";
    assert!(said.contains(hint), "{said}");
    assert_eq!(stdout(&blog.run(&["--select", "title-shared", "--format", "concise"])), "");
}
