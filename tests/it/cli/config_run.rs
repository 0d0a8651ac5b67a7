//! The settings of a run in a config file: `fail-on`, `format`, `baseline`, `fix` and `required-version`.

use crate::support::blog::{Blog, code, flat, stderr, stdout};
use clap::ValueEnum;
use postlint::cli::FailOn;
use postlint::config::{FAIL_ON, OUTPUT_FORMATS, parse};
use postlint::output::Format;
use postlint::source::Source;

/// A post with one warning and, in `rel`, one safe fix.
const POST: &str = "---\ntitle: A post\ndescription: What it is about.\n---\n\n\
                    See <a href=\"https://news.example.org/harbor\" rel=\"dofollow\">the news of the harbor</a>.\n";

const FOUND: &str = "a.md:6:52: warn[rel-unknown-token] `dofollow` is not a link type; links are followed by default\n";

fn blog(config: &str) -> Blog {
    Blog::new(&[("postlint.yml", config), ("a.md", POST)])
}

/// What a config file with a mistake makes postlint write.
fn complaint(config: &str) -> String {
    let output = blog(config).run(&[]);
    assert_eq!(code(&output), 2, "{config}: {}", stderr(&output));
    stderr(&output)
}

#[test]
fn the_words_are_those_of_the_command_line() {
    let words = |values: Vec<Option<clap::builder::PossibleValue>>| -> Vec<String> {
        values.into_iter().map(|value| value.unwrap().get_name().to_owned()).collect()
    };
    let levels = words(FailOn::value_variants().iter().map(ValueEnum::to_possible_value).collect());
    assert_eq!(levels, FAIL_ON);
    let formats = words(Format::value_variants().iter().map(ValueEnum::to_possible_value).collect());
    assert_eq!(formats, OUTPUT_FORMATS);
}

#[test]
fn fail_on_sets_what_fails_and_the_command_line_wins() {
    assert_eq!(code(&blog("").run(&[])), 1);
    for (config, exit) in [("fail-on: error\n", 0), ("fail-on: warn\n", 1), ("fail-on: never\n", 0)] {
        assert_eq!(code(&blog(config).run(&[])), exit, "{config}");
    }
    assert_eq!(code(&blog("fail-on: never\n").run(&["--fail-on", "warn"])), 1);
    assert_eq!(code(&blog("fail-on: never\n").run(&["--isolated"])), 1);
}

#[test]
fn format_sets_the_output_and_the_command_line_and_the_variable_win() {
    let blog = blog("format: concise\n");
    assert_eq!(stdout(&blog.run(&[])), FOUND);
    assert!(stdout(&blog.run(&["-f", "full"])).starts_with("warn[rel-unknown-token]: "));
    let by_variable = blog.command(&[]).env("POSTLINT_FORMAT", "json-flat").output().unwrap();
    assert!(stdout(&by_variable).starts_with('['), "{}", stdout(&by_variable));
    let also_to_a_file = blog.run(&["-f", "json=found.json"]);
    assert_eq!(stdout(&also_to_a_file), FOUND, "a file does not replace the format of the screen");
    assert!(blog.read("found.json").starts_with('{'));
    let in_action = blog.command(&[]).env("GITHUB_ACTIONS", "true").output().unwrap();
    assert_eq!(stdout(&in_action), FOUND);
}

#[test]
fn a_config_chooses_no_file_to_write() {
    let told = flat(&complaint("format: json=a.md\n"));
    assert!(told.contains("this names a file") && told.contains("--format json=FILE"), "{told}");
}

#[test]
fn an_error_is_reported_in_the_format_of_the_config() {
    let blog = blog("format: json\n");
    let output = blog.run(&["a.md", "--select", "no-such-rule"]);
    assert_eq!(code(&output), 2);
    let report: serde_json::Value = serde_json::from_str(&stdout(&output)).unwrap();
    assert_eq!(report["errors"][0]["message"], "unknown rule `no-such-rule`");
}

#[test]
fn baseline_names_the_file_relative_to_the_config() {
    let blog =
        Blog::new(&[("config/base.yml", "baseline: known.txt\n"), ("postlint.yml", "extends: config/base.yml\n")]);
    blog.write("posts/a.md", POST);
    let missing = stderr(&blog.run(&[]));
    assert!(missing.contains("the baseline does not exist") && missing.contains("config/base.yml:1:11"), "{missing}");
    let written = blog.run(&["--write-baseline"]);
    assert_eq!(code(&written), 0);
    assert!(!stderr(&written).contains("warn"), "this run writes it: {}", stderr(&written));
    assert!(blog.read("config/known.txt").contains("../posts/a.md\trel-unknown-token"));
    let inside = blog.command(&[]).current_dir(blog.0.join("posts")).output().unwrap();
    assert_eq!(code(&inside), 0, "the same from any folder: {}", stdout(&inside));
    assert!(!stderr(&inside).contains("warn"), "{}", stderr(&inside));
    assert_eq!(code(&blog.run(&["--no-baseline"])), 1);
    assert!(stdout(&blog.run(&["baseline", "show"])).starts_with("config/known.txt: 1 finding in 1 post\n"));
    blog.write("posts/a.md", &POST.replace(" rel=\"dofollow\"", ""));
    assert_eq!(code(&blog.run(&["baseline", "prune"])), 0);
    assert!(!blog.read("config/known.txt").contains("dofollow"));
}

#[test]
fn baseline_false_reports_known_findings() {
    let blog = blog("");
    assert_eq!(code(&blog.run(&["--write-baseline"])), 0);
    assert_eq!(code(&blog.run(&[])), 0);
    blog.write("postlint.yml", "baseline: false\n");
    let unread = "warning: no run reads it, because the config file sets `baseline: false`\n";
    let written = stderr(&blog.run(&["--write-baseline"]));
    assert!(written.ends_with(unread), "{written}");
    let written = stderr(&blog.run(&["--write-baseline", "--baseline", "postlint-baseline.txt"]));
    assert!(!written.contains("no run reads it"), "{written}");
    assert_eq!(code(&blog.run(&[])), 1);
    assert_eq!(code(&blog.run(&["--baseline", "postlint-baseline.txt"])), 0);
}

#[test]
fn fix_applies_safe_fixes_and_no_fix_does_not() {
    for config in ["fix: true\n", "fix: {apply: true, unsafe: [alt-blank]}\n"] {
        let blog = blog(config);
        assert_eq!(code(&blog.run(&["--no-fix"])), 1);
        assert_eq!(blog.read("a.md"), POST);
        let output = blog.run(&[]);
        assert_eq!(code(&output), 0, "{}", stderr(&output));
        assert!(!blog.read("a.md").contains("dofollow"));
    }
    let limited = blog("fix: {apply: true, never: [rel-unknown-token]}\n");
    assert_eq!(code(&limited.run(&[])), 1);
    assert_eq!(limited.read("a.md"), POST);
}

#[test]
fn a_config_does_not_fix_where_nothing_is_to_be_written() {
    let blog = blog("fix: true\n");
    for arguments in [&["--diff"][..], &["--statistics"], &["--show-files"], &["--write-baseline"], &["--no-fix"]] {
        let output = blog.run(arguments);
        assert!(code(&output) < 2, "{arguments:?}: {}", stderr(&output));
        assert_eq!(blog.read("a.md"), POST, "{arguments:?}");
    }
    std::fs::remove_file(blog.0.join("postlint-baseline.txt")).unwrap();
    let by_stdin = blog.run_on(POST, &["-f", "concise", "--stdin-filename", "a.md", "-"]);
    assert_eq!((stdout(&by_stdin).as_str(), code(&by_stdin)), (FOUND, 1), "an editor expects findings");
}

#[test]
fn the_settings_are_those_of_the_posts_that_are_named() {
    let blog = Blog::new(&[("one/postlint.yml", "fail-on: never\n"), ("two/postlint.yml", "fail-on: never\n")]);
    blog.write("one/a.md", POST);
    blog.write("two/a.md", &POST.replace("A post", "Another post"));
    assert_eq!(code(&blog.run(&["one"])), 0);
    assert_eq!(code(&blog.run(&["one/a.md"])), 0);
    assert_eq!(code(&blog.run(&["one", "two"])), 1, "the working directory has no config");
    blog.write("postlint.yml", "fail-on: error\n");
    assert_eq!(code(&blog.run(&["one", "two"])), 0);
}

#[test]
fn a_required_version_that_is_not_met_ends_the_run_with_nothing_else() {
    let told = complaint("required-version: \">=99.1\"\nno-such-key: 1\nrules: {no-such-rule: off}\n");
    assert!(told.contains("postlint.yml:1:19") && told.contains("install a version"), "{told}");
    assert_eq!(told.matches("error[config]").count(), 1, "keys of a later version are not mistakes: {told}");
    for range in ["\">=0.1\"", "0.1", "\">=0.1, <99\"", "\"*\""] {
        assert_eq!(code(&blog(&format!("required-version: {range}\n")).run(&[])), 1, "{range}");
    }
    let extended = Blog::new(&[
        ("base.yml", "required-version: \"<0.1\"\n"),
        ("postlint.yml", "extends: base.yml\n"),
        ("a.md", POST),
    ]);
    assert!(stderr(&extended.run(&[])).contains("base.yml:1:19"));
    assert_eq!(code(&extended.run(&["--isolated"])), 1);
}

#[test]
fn an_invalid_range_is_a_mistake() {
    for range in ["newest", "\">=0.4 <0.6\"", "[1]", "\"\""] {
        let told = complaint(&format!("required-version: {range}\n"));
        assert!(told.contains("expects a range of versions") && told.contains(">=0.4, <0.6"), "{range}: {told}");
    }
}

#[test]
fn wrong_values_have_a_hint() {
    for (config, want) in [
        ("fail-on: eror\n", "did you mean `error`?"),
        ("fail-on: off\n", "expected one of `error`, `warn`, `info`, `never`"),
        ("format: jsn\n", "did you mean `json`?"),
        ("format: [json, full]\n", "write one of"),
        ("baseline: true\n", "not a path"),
        ("baseline: [a, b]\n", "`baseline` expects one path"),
        ("fix: {aply: true}\n", "did you mean `apply`?"),
        ("fix: maybe\n", "write `true`"),
        ("fix: {apply: maybe}\n", "`apply` expects `true` or `false`"),
        ("failon: error\n", "did you mean `fail-on`?"),
        ("alt-missing: off\n", "write `rules: {alt-missing: …}`"),
        ("alt-mising: off\n", "write `rules: {alt-missing: …}`"),
        ("max-warnings: on\n", "expected one of"),
    ] {
        let told = complaint(config);
        let told = flat(&told);
        assert!(told.contains(want), "{config}{want}: {told}");
    }
    let (config, mistakes) = parse(&Source::new("format:\nbaseline:\nfix:\n"));
    assert!(config.run.baseline.is_none() && mistakes.len() == 1, "{mistakes:?}");
}
