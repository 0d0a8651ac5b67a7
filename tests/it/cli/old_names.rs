//! Earlier names of rules, and rules that no longer exist: their names are accepted everywhere, with one notice each.

use crate::support::blog::{Blog, code, stderr, stdout};

const POST: &str = "---\ntitle: A post\ndescription: What it is about.\n---\n\nPress <u>here</u>.\n";

const RENAMED: &str = "---\nsummary: text is underlined\ngroup: markup\nlevel: warn\nformerly: [u-used, underline]\n\
                       match: {select: u}\n---\n\n# Why\n\nReaders take it for a link.\n";

const RETIRED: &str = "---\nsummary: text in red\ngroup: markup\nlevel: off\nretired: style sheets say it better\n---\n\n\
                       # Why\n\nIt was not reliable.\n";

const NOTICE: &str = "the rule `u-used` is now `text-underlined`";

fn blog(files: &[(&str, &str)]) -> Blog {
    let rules = [(".postlint/rules/text-underlined.md", RENAMED), (".postlint/rules/text-red.md", RETIRED)];
    Blog::new(&[&rules, &[("a.md", POST)][..], files].concat())
}

#[test]
fn an_old_name_in_the_config_is_the_new_rule_with_a_notice_at_its_place() {
    let blog = blog(&[("postlint.yml", "rules:\n  u-used: off\nfix: {never: [u-used]}\n")]);
    let output = blog.run(&[]);
    assert_eq!(code(&output), 0, "{}", stdout(&output));
    let told = stderr(&output);
    assert_eq!(told.matches(NOTICE).count(), 1, "{told}");
    assert!(told.contains("postlint.yml:2:3") && told.contains("write `text-underlined`"), "{told}");
}

#[test]
fn an_old_name_on_the_command_line_is_the_new_rule_with_a_notice() {
    let blog = blog(&[]);
    let found = "a.md:6:7: warn[text-underlined] text is underlined\n";
    let selected = blog.run(&["-f", "concise", "--select", "u-used,underline"]);
    assert_eq!(stdout(&selected), found);
    let told = stderr(&selected);
    let other = NOTICE.replace("u-used", "underline");
    assert!(told.starts_with(&format!("warning: {NOTICE}\nwarning: {other}\n")), "{told}");
    assert_eq!(code(&blog.run(&["--ignore", "u-used"])), 0);
    assert!(!stderr(&blog.run(&["--ignore", "text-underlined"])).contains("is now"));
}

#[test]
fn an_old_name_in_suppressions_is_told_once() {
    let suppressed = POST.replace("Press", "<!-- postlint-ignore-file u-used: a joke -->\n\nPress");
    let other = suppressed.replace("A post", "B post").replace("What", "Of what");
    let blog = blog(&[("a.md", &suppressed), ("b.md", &other)]);
    let output = blog.run(&[]);
    assert_eq!(code(&output), 0, "{}", stdout(&output));
    assert_eq!(stderr(&output).matches(NOTICE).count(), 1, "{}", stderr(&output));
}

#[test]
fn explain_shows_the_rule_of_an_old_name() {
    let text = stdout(&blog(&[]).run(&["explain", "u-used"]));
    assert!(
        text.starts_with("text-underlined: text is underlined\n") && text.contains("formerly u-used, underline\n"),
        "{text}"
    );
    assert!(stderr(&blog(&[]).run(&["explain", "text-undelined"])).contains("did you mean `text-underlined`?"));
}

#[test]
fn a_baseline_knows_findings_by_the_old_name() {
    let blog = blog(&[]);
    blog.run(&["--write-baseline"]);
    let old = blog.read("postlint-baseline.txt").replace("text-underlined", "u-used");
    blog.write("postlint-baseline.txt", &old);
    let output = blog.run(&[]);
    assert_eq!(code(&output), 0, "{}", stdout(&output));
    assert!(stderr(&output).contains("1 known finding hidden"), "{}", stderr(&output));
    blog.run(&["baseline", "prune"]);
    assert!(blog.read("postlint-baseline.txt").contains("text-underlined"));
}

#[test]
fn a_retired_name_has_no_effect_and_a_notice_with_the_reason() {
    let config = "rules: {text-red: {level: error, options: {words: 3}}, text-underlined: off}\n";
    let blog = blog(&[("postlint.yml", config)]);
    let output = blog.run(&["--ignore", "text-red"]);
    assert_eq!(code(&output), 0, "{}", stderr(&output));
    let told = stderr(&output);
    let notice = "the rule `text-red` was retired: style sheets say it better";
    assert_eq!(told.matches(notice).count(), 2, "in the config, and on the command line: {told}");
    assert!(told.contains("help: remove it"), "{told}");
    let page = stdout(&blog.run(&["explain", "text-red"]));
    assert!(page.contains("retired: style sheets say it better\n") && page.contains("It was not reliable."), "{page}");
    assert!(!stdout(&blog.run(&["rules"])).contains("text-red"));
    let tested = stdout(&blog.run(&["test", ".postlint/rules/text-red.md"]));
    assert_eq!(tested, "\n0 failures in 0 rules\n", "its page needs no examples");
}

#[test]
fn a_suppression_of_a_retired_rule_is_unused() {
    let suppressed = POST.replace("Press <u>here</u>", "<!-- postlint-ignore-file text-red -->\n\nPress");
    let output = blog(&[("a.md", &suppressed)]).run(&["-f", "concise"]);
    assert!(stdout(&output).contains("suppression-unused"), "{}", stdout(&output));
    assert!(!stdout(&output).contains("suppression-unknown"), "{}", stdout(&output));
}

#[test]
fn the_schema_knows_old_names_as_deprecated() {
    let schema: serde_json::Value = serde_json::from_str(&stdout(&blog(&[]).run(&["schema"]))).unwrap();
    let rules = &schema["$defs"]["rules"]["properties"];
    assert_eq!(rules["u-used"]["deprecated"], true);
    assert_eq!(rules["text-red"]["deprecated"], true);
    assert!(rules["text-underlined"]["deprecated"].is_null());
}
