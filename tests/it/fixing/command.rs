//! `--fix` and its relatives on the command line.

use super::harbor;
use crate::support::blog::{Blog, code, said, stderr, stdout};

const NAME: &str = "_posts/2024-06-01-harbor.md";
const FRONT: &str = "---\ntitle: A post\ndescription: What it is about.\n---\n\n";

fn blog() -> Blog {
    Blog::new(&[(NAME, &harbor())])
}

/// A post with a safe fix, an unsafe one, and a finding without a fix.
fn three() -> String {
    format!(
        "{FRONT}<p>One.</p>\n\n<p>&nbsp;</p>\n\n<p>Two.</p>\n\n<p><img src=\"/a.png\"></p>\n\n\
         <p><img src=\"http://cdn.example.com/b.png\" alt=\"boats in the harbor\"></p>\n"
    )
}

#[test]
fn fix_applies_safe_fixes_and_exits_by_what_is_left() {
    let blog = blog();
    let fixed = blog.run(&["--fix", "--format", "concise"]);
    assert_eq!(code(&fixed), 1, "{}", stderr(&fixed));
    assert_eq!(said(&fixed), "Jekyll site, 1 post\nfixed 13 findings in 1 post\n");
    let rules: Vec<String> = stdout(&fixed).lines().map(|line| line.split(['[', ']']).nth(1).unwrap().into()).collect();
    assert_eq!(rules, ["description-wide", "summary-duplicated", "alt-label-only", "table-without-headers"]);
    let after = blog.read(NAME);
    let again = blog.run(&["--fix", "--format", "concise"]);
    assert_eq!(
        (said(&again), blog.read(NAME)),
        ("Jekyll site, 1 post\nfixed 0 findings in 0 posts\n".to_owned(), after)
    );
    assert_eq!(stdout(&again), stdout(&fixed));
}

#[test]
fn nothing_is_written_without_being_asked() {
    let blog = blog();
    for (arguments, expected) in [
        (&["--format", "concise"][..], 1),
        (&["--diff"], 1),
        (&["--diff", "--fix"], 1),
        (&["--diff", "--fix-only", "--unsafe-fixes"], 1),
        (&["--show-fixes"], 1),
        (&["--unsafe-fixes"], 1),
        (&["--diff", "--exit-zero"], 0),
        (&["--diff", "--select", "alt-missing"], 0),
    ] {
        let output = blog.run(arguments);
        assert_eq!((code(&output), blog.read(NAME)), (expected, harbor()), "{arguments:?}: {}", stderr(&output));
    }
}

#[test]
fn fix_only_is_silent_about_the_rest() {
    for (arguments, expected) in [
        (&["--fix-only"][..], 0),
        (&["--fix-only", "--exit-non-zero-on-fix"], 1),
        (&["fix", "--fix-only", "-q"], 0),
        (&["check", "--fix-only", "--exit-non-zero-on-fix", "--exit-zero"], 0),
    ] {
        let blog = blog();
        let output = blog.run(arguments);
        assert_eq!((code(&output), stdout(&output).as_str()), (expected, ""), "{arguments:?}: {}", stderr(&output));
        assert_ne!(blog.read(NAME), harbor());
        assert_eq!(code(&blog.run(arguments)), 0, "nothing is left to fix");
    }
}

#[test]
fn exit_codes_with_nothing_left() {
    let text = format!("{FRONT}<p>One.</p>\n\n<p>&nbsp;</p>\n\n<p>Two.</p>\n");
    for (arguments, expected) in [(&["fix"][..], 0), (&["--fix", "--exit-non-zero-on-fix"], 1)] {
        let blog = Blog::new(&[("a.md", &text)]);
        assert_eq!(code(&blog.run(arguments)), expected);
        assert_eq!(code(&blog.run(arguments)), 0);
        assert!(!blog.read("a.md").contains("nbsp"));
    }
}

#[test]
fn unsafe_fixes_are_applied_only_on_request() {
    let blog = Blog::new(&[("a.md", &three())]);
    let listed = blog.run(&["--fix", "--show-fixes", "--format", "concise"]);
    let list = "a.md:\n  line 8: spacer-paragraph: remove the spacer\nfixed 1 finding in 1 post\n";
    assert_eq!(said(&listed), list);
    assert!(blog.read("a.md").contains("http://cdn"));
    let listed = blog.run(&["--fix", "--unsafe-fixes", "--show-fixes", "--format", "concise"]);
    let list = "a.md:\n  line 12: image-url-insecure: write `https://` (unsafe)\nfixed 1 finding in 1 post\n";
    assert_eq!(said(&listed), list);
    assert!(blog.read("a.md").contains("https://cdn"));
    assert_eq!(stdout(&listed).lines().count(), 1, "{}", stdout(&listed));
}

#[test]
fn findings_and_totals_say_what_can_be_fixed() {
    let blog = Blog::new(&[("a.md", &three())]);
    let output = blog.run(&[]);
    assert!(stdout(&output).contains("\n  fix: remove the spacer (--fix)\n"), "{}", stdout(&output));
    assert!(stdout(&output).contains("\n  fix: write `https://` (--fix --unsafe-fixes)\n"), "{}", stdout(&output));
    let totals = "in 1 post · up to 1 fixable with --fix, 1 more with --unsafe-fixes · ";
    assert!(stderr(&output).contains(totals), "{}", stderr(&output));
}

#[test]
fn a_diff_is_shown_and_coloured_on_request() {
    let blog = Blog::new(&[("a.md", &three()), ("b.md", &format!("{FRONT}Text.\n"))]);
    let diff = "--- a/a.md\n+++ b/a.md\n@@ -5,8 +5,6 @@\n \n <p>One.</p>\n \n-<p>&nbsp;</p>\n-\n <p>Two.</p>\n \n \
                <p><img src=\"/a.png\"></p>\n";
    let output = blog.run(&["--diff"]);
    assert_eq!((code(&output), stdout(&output).as_str()), (1, diff));
    assert_eq!(stderr(&output), "would fix 1 finding in 1 post\n");
    let colored = stdout(&blog.run(&["--diff", "--color", "always"]));
    assert!(colored.contains("\u{1b}[31m-<p>&nbsp;</p>\u{1b}[0m\n"), "{colored}");
    let plain =
        colored.replace("\u{1b}[0m", "").replace("\u{1b}[31m", "").replace("\u{1b}[36m", "").replace("\u{1b}[1m", "");
    assert_eq!(plain, diff);
}

#[test]
fn a_diff_shows_no_control_characters() {
    let text = format!("{FRONT}<p>One \u{1b}[31mred\u{7}.</p>\n\n<p>&nbsp;</p>\n\n::error::x");
    let blog = Blog::new(&[("a.md", &text)]);
    let diff = stdout(&blog.run(&["--diff", "--color", "always"]));
    assert!(diff.contains("␛[31mred\u{fffd}"), "{diff}");
    assert!(!diff.lines().any(|line| line.trim_start().starts_with("::")), "{diff}");
    assert!(diff.contains("\\ No newline at end of file"), "{diff}");
}

#[test]
fn standard_input_is_fixed_to_standard_output() {
    let blog = Blog::new(&[]);
    let output = blog.run_on(&three(), &["--fix", "--stdin-filename", "a.md", "--format", "concise", "-"]);
    assert_eq!(stdout(&output), three().replacen("<p>&nbsp;</p>\n\n", "", 1));
    let lines = stderr(&output);
    assert!(lines.contains("a.md:10:4: error[alt-missing]"), "{lines}");
    assert!(!lines.contains("spacer-paragraph"), "{lines}");
    assert_eq!(code(&output), 1);
    let odd = "\u{feff}---\r\ntitle: A post\ndescription: x\n---\n\nNothing to fix,\r\nwith \u{1b}[1m and ::error::";
    for arguments in [&["--fix", "--stdin-filename", "a.md"][..], &["--fix-only", "--stdin-filename", "a.txt", "-"]] {
        assert_eq!(stdout(&blog.run_on(odd, arguments)), odd, "{arguments:?}");
    }
    assert!(std::fs::read_dir(&blog.0).unwrap().count() == 1, "no file is written");
    let diff = blog.run_on(&three(), &["--diff", "--stdin-filename", "a.md", "-"]);
    assert!(stdout(&diff).starts_with("--- a/a.md\n+++ b/a.md\n@@"), "{}", stdout(&diff));
}

#[test]
fn wrong_use_is_explained() {
    let blog = blog();
    for (arguments, message) in [
        (&["--fix", "--write-baseline"][..], "`--fix` cannot be combined with `--write-baseline`"),
        (&["--fix", "--add-ignore"], "`--fix` cannot be combined with `--add-ignore`"),
        (&["fix", "--statistics"], "`--fix` cannot be combined with `--statistics`"),
        (&["--diff", "--statistics"], "`--diff` cannot be combined with `--statistics`"),
        (&["--fix-only", "--add-ignore=x"], "`--fix-only` cannot be combined with `--add-ignore`"),
        (&["--fix", "-"], "`-` needs --stdin-filename"),
    ] {
        let output = blog.run(arguments);
        assert_eq!(code(&output), 2, "{arguments:?}");
        assert!(stderr(&output).contains(message) && stderr(&output).contains("  help: "), "{}", stderr(&output));
        assert_eq!(stdout(&output), "");
    }
    assert_eq!(blog.read(NAME), harbor());
}

#[test]
fn suppressed_and_known_findings_are_left_alone() {
    let spacer = "<p>&nbsp;</p>\n\n";
    let two = format!(
        "{FRONT}<p>One.</p>\n\n<!-- postlint-ignore spacer-paragraph -->\n{spacer}<p>Two.</p>\n\n{spacer}<p>Three.</p>\n"
    );
    let blog = Blog::new(&[("a.md", &two)]);
    assert_eq!(code(&blog.run(&["--fix"])), 0);
    assert_eq!(blog.read("a.md").matches(spacer).count(), 1, "{}", blog.read("a.md"));
    let blog = Blog::new(&[("a.md", &two)]);
    blog.run(&["--write-baseline"]);
    let added = two.replace("<p>Three.</p>\n", "<p>Three.</p>\n\n<p>&nbsp; </p>\n\n<p>Four.</p>\n");
    blog.write("a.md", &added);
    assert_eq!(code(&blog.run(&["--fix"])), 0);
    assert_eq!(blog.read("a.md"), two.replace("<p>Three.</p>\n", "<p>Three.</p>\n\n<p>Four.</p>\n"));
    assert!(stderr(&blog.run(&["--fix", "--no-baseline"])).contains("fixed 1 finding in 1 post"));
    assert_eq!(code(&blog.run(&["baseline", "prune"])), 0);
    assert!(!blog.read("postlint-baseline.txt").contains("spacer-paragraph"), "{}", blog.read("postlint-baseline.txt"));
}

#[test]
fn unused_suppressions_are_removed() {
    let text = format!("{FRONT}One.\n\n<!-- postlint-ignore spacer-paragraph -->\n\nTwo.\n");
    let blog = Blog::new(&[("a.md", &text)]);
    let output = blog.run(&["--fix"]);
    assert_eq!(code(&output), 0, "{}", stdout(&output));
    assert_eq!(blog.read("a.md"), format!("{FRONT}One.\n\nTwo.\n"));
}

#[test]
fn a_config_limits_fixes() {
    for (config, safe, with_unsafe) in [
        ("fix: {never: [spacer-paragraph]}\n", 0, 1),
        ("fix: {unsafe: [links, spacer-paragraph]}\n", 0, 2),
        ("fix: {never: all, unsafe: all}\n", 0, 0),
        ("fix:\n", 1, 2),
    ] {
        for (arguments, count) in [(&["--fix-only"][..], safe), (&["--fix-only", "--unsafe-fixes"], with_unsafe)] {
            let blog = Blog::new(&[("a.md", &three()), ("postlint.yml", config)]);
            let output = blog.run(arguments);
            assert!(stderr(&output).contains(&format!("fixed {count} finding")), "{config}: {}", stderr(&output));
        }
    }
    let blog = Blog::new(&[("postlint.yml", "fix: {never: [spacer-paragraf], unsafe: [links]}\n")]);
    assert!(stderr(&blog.run(&[])).contains("did you mean `spacer-paragraph`?"));
    blog.write("postlint.yml", "fix: {never: [spacer-paragraph], unsafe: [links]}\n");
    let shown = stdout(&blog.run(&["config", "show"]));
    assert!(shown.contains("fix:\n  unsafe:\n    - \"links\" "), "{shown}");
    assert!(shown.contains("\n  never:\n    - \"spacer-paragraph\" "), "{shown}");
}

#[test]
fn own_rules_are_proved_too() {
    let page = |fix: &str| {
        format!(
            "---\nsummary: text is underlined\nlabel: here\ngroup: markup\nlevel: warn\nmatch: {{select: u, at: start-tag}}\n\
             fix: {{title: write another tag, safety: safe, {fix}}}\n---\n\n# Examples\n\n```html bad\n<u>a</u>\n```\n\n\
             ```html good\n<b>a</b>\n```\n"
        )
    };
    let text = format!("{FRONT}<p>Open <u>here</u> now.</p>\n\n<p>Two.</p>\n");
    let blog = Blog::new(&[("a.md", &text), (".postlint/rules/text-underlined.md", &page("replace: '<b>'"))]);
    let output = blog.run(&["--fix", "--show-fixes", "--format", "concise"]);
    let listed = "a.md:\n  withheld: line 6: text-underlined: write another tag: `markup-broken` would have a new finding\n\
                  fixed 0 findings in 0 posts; 1 fix withheld\n";
    assert_eq!((said(&output).as_str(), blog.read("a.md")), (listed, text.clone()));
    assert_eq!(code(&output), 1);
    blog.write(".postlint/rules/text-underlined.md", &page("rename-tag: b"));
    assert_eq!(code(&blog.run(&["--fix"])), 0);
    assert_eq!(blog.read("a.md"), text.replace("<u>", "<b>").replace("</u>", "</b>"));
}

/// Runs git in the folder of a blog; `None` if there is no git.
fn git(blog: &Blog, arguments: &[&str]) -> Option<()> {
    let identity = ["-c", "user.name=A", "-c", "user.email=a@example.com", "-c", "commit.gpgsign=false"];
    let mut command = std::process::Command::new("git");
    let done = command.current_dir(&blog.0).args(identity).args(arguments).output().ok()?;
    assert!(done.status.success(), "{arguments:?}: {}", stderr(&done));
    Some(())
}

#[test]
fn unsafe_fixes_warn_once_about_uncommitted_changes() {
    let blog = Blog::new(&[("a.md", &three()), ("b c.md", &three()), ("d.md", &three())]);
    std::fs::remove_dir(blog.0.join(".git")).unwrap();
    if git(&blog, &["init", "-q"]).is_none() {
        return;
    }
    git(&blog, &["add", "."]);
    git(&blog, &["commit", "-q", "-m", "posts"]);
    let warned = |blog: &Blog, arguments: &[&str]| -> Vec<String> {
        let output = stderr(&blog.run(arguments));
        output.lines().filter(|line| line.contains("uncommitted")).map(str::to_owned).collect()
    };
    for name in ["b c.md", "d.md"] {
        blog.write(name, &format!("{}\nMore.\n", three()));
    }
    let nothing: [String; 0] = [];
    assert_eq!(warned(&blog, &["--unsafe-fixes", "--diff"]), nothing, "nothing is written");
    assert_eq!(warned(&blog, &["--fix", "--unsafe-fixes", "a.md"]), nothing, "a committed post");
    assert_eq!(warned(&blog, &["--fix"]), nothing, "safe fixes");
    assert_eq!(
        warned(&blog, &["--fix", "--unsafe-fixes", "."]),
        ["warning: unsafe fixes are now mixed with uncommitted changes in 2 posts, such as b c.md"]
    );
    let blog = Blog::new(&[("a.md", &three())]);
    assert_eq!(warned(&blog, &["--fix", "--unsafe-fixes"]), nothing, "no git work tree");
    assert_ne!(blog.read("a.md"), three());
}
