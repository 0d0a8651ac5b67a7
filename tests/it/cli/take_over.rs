//! `postlint init --from`: what is taken over from the config of another tool.

use crate::support::blog::{Blog, code, stderr, stdout};

/// The config that is written for a folder with these files.
fn config(tool: &str, files: &[(&str, &str)]) -> String {
    let blog = Blog::new(files);
    let output = blog.run(&["init", "--from", tool]);
    assert_eq!(code(&output), 0, "{}", stderr(&output));
    let check = blog.run(&["-q"]);
    assert_eq!((code(&check), stderr(&check).as_str()), (0, ""), "the config is valid");
    blog.read("postlint.yml")
}

/// The rules that the config turns off.
fn off(config: &str) -> Vec<&str> {
    let rule = |line: &&str| line.starts_with("  ") && line.contains(": off  # MD");
    config.lines().filter(rule).map(|line| line.trim().split(':').next().unwrap()).collect()
}

#[test]
fn rules_with_a_counterpart_are_taken_over_and_the_others_named() {
    let text = "// our style\n{\n  \"default\": true, /* all */\n  \"MD013\": false,\n  \"MD045\": false,\n  \
                \"single-h1\": false,\n  \"MD033\": {\"allowed_elements\": [\"center\", \"kbd\"]},\n}\n";
    let config = config("markdownlint", &[(".markdownlint.jsonc", text)]);
    assert_eq!(
        off(&config),
        ["heading-multiple-h1", "heading-repeats-title-level", "alt-missing", "alt-empty-markdown"]
    );
    for want in [
        "  alt-missing: off  # MD045 is off in .markdownlint.jsonc\n",
        "  heading-multiple-h1: off  # MD025 is off by `single-h1` in .markdownlint.jsonc\n",
        "# Not taken over:\n# MD013, MD033: postlint leaves style to Markdown linters; keep .markdownlint.jsonc\n",
        "# MD033 allows `center`: `element-obsolete` reports them, for all elements or none\n",
    ] {
        assert!(config.contains(want), "{want}: {config}");
    }
}

#[test]
fn tags_defaults_and_the_order_of_keys_are_obeyed() {
    let by_default = config("markdownlint", &[(".markdownlint.yaml", "default: false\nMD001: true\nlinks: warning\n")]);
    assert_eq!(
        off(&by_default),
        [
            "heading-duplicated",
            "heading-multiple-h1",
            "heading-repeats-title-level",
            "heading-faked-in-bold",
            "alt-missing",
            "alt-empty-markdown"
        ]
    );
    assert!(by_default.contains("# MD045 is off by `default` in .markdownlint.yaml"), "{by_default}");
    let by_tag = config("markdownlint", &[(".markdownlint.json", "{\"accessibility\": false, \"md045\": {}}")]);
    assert_eq!(off(&by_tag), ["link-text-generic"]);
    assert_eq!(off(&config("markdownlint", &[(".markdownlint.json", "")])), [""; 0]);
}

#[test]
fn ignored_paths_are_taken_over() {
    let options = "{\"globs\": [\"**/*.md\", \"#node_modules\", \"!./docs/old/**\"], \"ignores\": [\"CHANGELOG.md\", \
                   \"{a,b}/*.md\"], \"config\": {\"MD042\": false}}";
    let files = [(".markdownlint-cli2.jsonc", options), (".markdownlintignore", "# not ours\nvendor/\n\n*.gen.md\n")];
    let blog = Blog::new(&files);
    for file in ["CHANGELOG.md", "docs/old/a.md", "vendor/a.md", "sub/x.gen.md", "kept.md"] {
        blog.write(file, "Text.\n");
    }
    let output = blog.run(&["init", "--from", "markdownlint"]);
    assert!(stdout(&output).starts_with("read 1 post, wrote postlint.yml\n"), "{}", stdout(&output));
    let config = blog.read("postlint.yml");
    let want = "ignore:\n  - \"/CHANGELOG.md\"  # .markdownlint-cli2.jsonc\n  - \"/node_modules\"  # .markdownlint-cli2.jsonc\n  \
                - \"docs/old/**\"  # .markdownlint-cli2.jsonc\n  - \"vendor/\"  # .markdownlintignore\n  \
                - \"*.gen.md\"  # .markdownlintignore\n";
    assert!(config.contains(want), "{config}");
    assert!(config.contains("# `{a,b}/*.md` in .markdownlint-cli2.jsonc: write a line for each"), "{config}");
    assert_eq!(off(&config), ["href-empty"]);
    assert_eq!(stdout(&blog.run(&["--show-files"])), "kept.md\n");
}

#[test]
fn lines_that_match_no_file_are_not_taken_over() {
    let ignored = "/README.md\nREADME.md\nold/\n/kept.md\n*.gen.md\n";
    let blog = Blog::new(&[(".markdownlintignore", ignored), ("kept.md", "Text.\n"), ("a.md", "Text.\n")]);
    blog.run(&["init", "--from", "markdownlint"]);
    let config = blog.read("postlint.yml");
    assert!(config.contains("ignore:\n  - \"/kept.md\"  # .markdownlintignore\n\n"), "{config}");
    for line in ["/README.md", "README.md", "old/", "*.gen.md"] {
        let note = format!("# `{line}` in .markdownlintignore: it matches no file\n");
        assert!(config.contains(&note), "{config}");
    }
    let said = stderr(&blog.run(&["--exit-zero"]));
    assert!(!said.contains("warn[config]"), "{said}");
}

#[test]
fn the_file_of_the_rules_replaces_those_among_the_options() {
    let files = [
        (".markdownlint-cli2.yaml", "config:\n  MD045: false\n"),
        (".markdownlint.yml", "MD051: false\n"),
        (".markdownlint.mjs", "export default {};\n"),
    ];
    let config = config("markdownlint", &files);
    assert_eq!(off(&config), ["fragment-broken"]);
    assert!(config.contains("# .markdownlint.mjs: it is a program, which is not run\n"), "{config}");
}

#[test]
fn rumdls_config_is_taken_over() {
    let text = "exclude = [\"old\"]\n[global]\ndisable = [\"MD013\", \"MD059\"]\n[MD007]\nindent = 4\n[per-file-ignores]\n\
                \"a.md\" = [\"MD045\"]\n";
    let all = config("rumdl", &[(".rumdl.toml", text), ("old/notes.txt", "")]);
    assert_eq!(off(&all), ["link-text-generic"]);
    assert!(
        all.contains("  - \"old\"  # .rumdl.toml\n") && all.contains("# `per-file-ignores` in .rumdl.toml: see"),
        "{all}"
    );
    assert!(all.contains("# MD013, MD007: postlint leaves style"), "{all}");
    let some = config("rumdl", &[("rumdl.toml", "enable = [\"MD045\", \"MD001\", \"MD042\", \"MD051\", \"MD059\"]\n")]);
    assert_eq!(
        off(&some),
        ["heading-duplicated", "heading-multiple-h1", "heading-repeats-title-level", "heading-faked-in-bold"]
    );
}

#[test]
fn without_a_config_or_with_a_broken_one_nothing_is_written() {
    let blog = Blog::new(&[("a.md", "Text.\n")]);
    let output = blog.run(&["init", "--from", "markdownlint"]);
    assert_eq!(code(&output), 2);
    assert!(stderr(&output).contains("no config of markdownlint") && stderr(&output).contains(".markdownlint.json"));
    for (name, text) in
        [(".markdownlint.json", "{\"a\": }"), (".markdownlint.yml", "a: [\n"), (".rumdl.toml", "a = \n")]
    {
        let blog = Blog::new(&[(name, text)]);
        let tool = if name.contains("rumdl") { "rumdl" } else { "markdownlint" };
        let output = blog.run(&["init", "--from", tool]);
        assert_eq!(code(&output), 2, "{name}");
        assert!(stderr(&output).starts_with(&format!("error: cannot parse `{name}`: ")), "{}", stderr(&output));
        assert!(!blog.0.join("postlint.yml").exists());
    }
}
