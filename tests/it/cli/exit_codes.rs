//! Exit codes, and errors with their help: stdin, config, suppressions.

use crate::support::blog::{Blog, code, stderr, stdout};
use std::fs;

const BAD: &str = "---\ntitle: A post\ndescription: What it is about.\n---\n\n<p><img src=\"/a.png\"></p>\n";
const GOOD: &str = "---\ntitle: A post\ndescription: What it is about.\n---\n\nText.\n";

#[test]
fn findings_exit_with_1_and_clean_posts_with_0() {
    let blog = Blog::of_distinct(&[("_posts/2024-01-01-bad.md", BAD), ("_posts/2024-01-02-good.md", GOOD)]);
    let all = blog.run(&["--format", "concise"]);
    assert_eq!(stdout(&all), "_posts/2024-01-01-bad.md:6:4: error[alt-missing] image has no alternative text\n");
    assert_eq!(code(&all), 1);
    assert_eq!(code(&blog.run(&["check", "_posts/2024-01-02-good.md"])), 0);
    assert_eq!(code(&blog.run(&["--exit-zero"])), 0);
    assert_eq!(code(&blog.run(&["--fail-on", "never"])), 0);
    assert_eq!(code(&blog.run(&["--ignore", "alt-missing"])), 0);
    assert_eq!(code(&blog.run(&["--select", "links"])), 0);
    assert_eq!(code(&blog.run(&["--select", "images"])), 1);
}

#[test]
fn wrong_use_exits_with_2_and_a_help() {
    let blog = Blog::new(&[("a.md", GOOD)]);
    let missing = blog.run(&["b.md"]);
    assert_eq!(code(&missing), 2);
    assert!(stderr(&missing).contains("`b.md`"), "{}", stderr(&missing));
    let rule = blog.run(&["--select", "alt-mising"]);
    assert_eq!(code(&rule), 2);
    assert!(stderr(&rule).contains("did you mean `alt-missing`?"), "{}", stderr(&rule));
    // The words of a name in another order, or some of them.
    let meant = [
        ("missing-alt", "alt-missing"),
        ("broken-link", "internal-link-broken"),
        ("link_broken", "internal-link-broken"),
        ("Broken-Internal-Link", "internal-link-broken"),
        ("redundant-alt", "alt-redundant-word"),
        ("skipped-heading", "heading-skipped"),
    ];
    for (word, name) in meant {
        for option in ["--select", "--ignore", "--extend-select"] {
            let said = stderr(&blog.run(&[option, word]));
            assert!(said.contains(&format!("did you mean `{name}`?")), "{option} {word}: {said}");
        }
    }
    let unlike = stderr(&blog.run(&["--select", "photosynthesis"]));
    assert!(unlike.contains("`postlint rules` lists all rules"), "{unlike}");
    let explain = blog.run(&["explain", "spacer-paragraf"]);
    assert_eq!(code(&explain), 2);
    assert!(stderr(&explain).contains("`spacer-paragraph`"), "{}", stderr(&explain));
    let subcommand = blog.run(&["chekc"]);
    assert_eq!(code(&subcommand), 2);
    assert!(stderr(&subcommand).contains("check"), "{}", stderr(&subcommand));
}

#[test]
fn stdin_is_parsed_like_the_file_named_by_stdin_filename() {
    let blog = Blog::new(&[]);
    let output = blog.run_on(BAD, &["--format", "concise", "--stdin-filename", "_posts/2024-01-01-a.md", "-"]);
    assert!(stdout(&output).starts_with("_posts/2024-01-01-a.md:6:4: error[alt-missing]"), "{}", stdout(&output));
    assert_eq!(code(&output), 1);
    assert_eq!(code(&blog.run(&["-"])), 2);
}

#[test]
fn config_sets_levels_options_and_required_keys() {
    let config = "rules:\n  alt-missing: warn\nfront-matter:\n  - match: \"_posts/**\"\n    required: [image]\n";
    let blog = Blog::new(&[("postlint.yml", config), ("_posts/2024-01-01-bad.md", BAD)]);
    let output = blog.run(&["--format", "concise"]);
    let text = stdout(&output);
    assert!(text.contains("warn[alt-missing]"), "{text}");
    assert!(text.contains("error[required-key-missing]"), "{text}");
    assert_eq!(code(&blog.run(&["--fail-on", "error", "--ignore", "required-key-missing"])), 0);
}

#[test]
fn config_mistakes_are_all_shown_with_suggestions() {
    let config =
        "sit: jekyll\nsite: jekyl\nrules:\n  alt-mising: off\n  title-wide: loud\n  alt-blank:\n    leve: off\n";
    let blog = Blog::new(&[("postlint.yml", config), ("a.md", GOOD)]);
    let output = blog.run(&[]);
    let text = stderr(&output);
    for hint in ["did you mean `site`", "did you mean `jekyll`", "unknown level `loud`", "did you mean `level`"] {
        assert!(text.contains(hint), "{hint}: {text}");
    }
    assert_eq!(code(&output), 2);
    let rule = Blog::new(&[("postlint.yml", "rules:\n  alt-mising: off\n"), ("a.md", GOOD)]);
    let text = stderr(&rule.run(&[]));
    assert!(text.contains("did you mean `alt-missing`") && text.contains("postlint.yml:2:3"), "{text}");
}

#[test]
fn suppressions_apply_to_the_next_block_the_file_or_a_rule() {
    let body = "<p><img src=\"/a.png\"></p>\n\n<p><img src=\"/b.png\"></p>\n";
    let front = "---\ntitle: A post\ndescription: What it is about.\n---\n\n";
    let next = format!("{front}<!-- postlint-ignore alt-missing: drawn by a script -->\n\n{body}");
    let file = format!("{front}<!-- postlint-ignore-file alt-missing -->\n\n{body}");
    let group = format!("{front}<!-- postlint-ignore-file images -->\n\n{body}");
    let key =
        format!("---\ntitle: A post\ndescription: What it is.\npostlint: {{ignore: [alt-missing]}}\n---\n\n{body}");
    let blog = Blog::new(&[("next.md", &next), ("file.md", &file), ("group.md", &group), ("key.md", &key)]);
    for site in ["jekyll", "hugo"] {
        let output = blog.run(&["--site", site, "--format", "concise"]);
        assert_eq!(stdout(&output).lines().count(), 1, "{site}: {}", stdout(&output));
        assert!(stdout(&output).starts_with("next.md:10:4:"), "{site}: {}", stdout(&output));
    }
}

#[test]
fn github_format_is_chosen_inside_github_actions() {
    let blog = Blog::new(&[("_posts/2024-01-01-bad.md", BAD)]);
    let output = blog.command(&[]).env("GITHUB_ACTIONS", "true").output().unwrap();
    assert!(stdout(&output).starts_with("::error file=_posts/2024-01-01-bad.md,line=6"), "{}", stdout(&output));
}

#[test]
fn a_file_that_is_not_utf8_is_one_finding_and_the_run_goes_on() {
    let blog = Blog::new(&[("_posts/2024-01-01-bad.md", BAD)]);
    fs::write(blog.0.join("_posts/2024-01-02-euc.md"), b"---\ntitle: \xc7\xd1\xb1\xdb\n---\n\nText\n").unwrap();
    let output = blog.run(&["--format", "concise"]);
    let text = stdout(&output);
    assert!(text.contains("2024-01-02-euc.md:2:8: error[encoding-not-utf8]"), "{text}");
    assert!(text.contains("alt-missing"), "{text}");
    assert_eq!(text.lines().count(), 2, "{text}");
}

#[test]
fn output_is_deterministic() {
    let posts: Vec<(String, &str)> = (1..40).map(|n| (format!("_posts/2024-01-01-post-{n}.md"), BAD)).collect();
    let files: Vec<(&str, &str)> = posts.iter().map(|(name, text)| (name.as_str(), *text)).collect();
    let blog = Blog::new(&files);
    for format in ["full", "concise", "json", "json-flat", "json-lines", "github"] {
        assert_eq!(stdout(&blog.run(&["--format", format])), stdout(&blog.run(&["--format", format])), "{format}");
    }
}

#[test]
fn tree_shows_the_spans_of_every_part() {
    let blog = Blog::new(&[("a.md", "![alt](b.png)\n\n<p id=x>hi</p>\n")]);
    let json = stdout(&blog.run(&["tree", "--format", "json", "a.md"]));
    let tree: serde_json::Value = serde_json::from_str(&json).unwrap_or_else(|error| panic!("{error}: {json}"));
    assert_eq!(tree["kind"], "document");
    let text = stdout(&blog.run(&["tree", "a.md"]));
    assert!(text.contains("<img> 0..13"), "{text}");
    assert!(text.contains("id=\"x\" name 18..20 value 21..22"), "{text}");
}

#[test]
fn rules_and_explain_read_the_pages() {
    let blog = Blog::new(&[]);
    let table = stdout(&blog.run(&["rules"]));
    assert!(table.contains("spacer-paragraph"), "{table}");
    let rules: serde_json::Value = serde_json::from_str(&stdout(&blog.run(&["rules", "--format", "json"]))).unwrap();
    assert!(rules.as_array().unwrap().iter().any(|rule| rule["name"] == "alt-missing"));
    let page = stdout(&blog.run(&["explain", "MD045"]));
    assert!(page.starts_with("alt-empty-markdown: ") && page.contains("\nalt-missing: "), "{page}");
    assert_eq!(page.lines().filter(|line| *line == "Why").count(), 2, "{page}");
}

#[test]
fn a_group_selects_what_is_on_at_its_level_and_a_level_in_the_config_holds() {
    let post = "<p><a href=\"#\">The boats of the harbour</a> <img src=\"a.png\" alt=\"image of a boat\"></p>\n";
    let found = |blog: &Blog, arguments: &[&str]| {
        let output = blog.run(&[arguments, &["--format", "concise", "--exit-zero"]].concat());
        let rule = |line: &str| line.split(": ").nth(1).unwrap_or("").split(']').next().unwrap_or("").to_owned();
        stdout(&output).lines().map(rule).collect::<Vec<_>>()
    };
    let blog = Blog::new(&[("a.html", post)]);
    assert_eq!(found(&blog, &["--select", "links"]), ["info[href-empty"]);
    assert!(!found(&blog, &["--select", "images"]).iter().any(|it| it.contains("alt-redundant-word")));
    let of_off = ["--select", "alt-redundant-word"];
    assert_eq!(found(&blog, &of_off), ["info[alt-redundant-word"]);
    let all = |arguments: &[&str]| {
        let mut all = found(&blog, arguments);
        all.sort();
        all
    };
    assert_eq!(all(&["--select", "all"]), all(&["--preset", "strict"]));
    let set = Blog::new(&[("postlint.yml", "rules: {href-empty: error}\n"), ("a.html", post)]);
    assert_eq!(found(&set, &["--select", "links"]), ["error[href-empty"]);
}
