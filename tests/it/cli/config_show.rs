//! `postlint config show` and `config get`: what differs from the defaults, rules and settings by name.

use crate::support::blog::{Blog, code, flat, stderr, stdout};
use postlint::catalog::Catalog;

const CONFIG: &str = "lang: ko\nown-hosts: [blog.example.com, other.example.com]\nignore: [drafts]\nfail-on: error\n\
                      fix: {apply: true, never: [links]}\nrules:\n  alt-missing: warn\n  title-wide: {options: {max: 500}}\n\
                      overrides:\n  - match: \"_posts/2012-*\"\n    rules: {alt-blank: off}\n";

fn blog() -> Blog {
    let post = "---\ntitle: A post\n---\n\nText.\n";
    let site = "url: https://blog.example.com\n";
    Blog::new(&[("postlint.yml", CONFIG), ("_config.yml", site), ("_posts/2012-01-01-a.md", post)])
}

fn shown(blog: &Blog, arguments: &[&str]) -> String {
    let output = blog.run(&[&["config", "show"], arguments].concat());
    assert_eq!(code(&output), 0, "{}", stderr(&output));
    stdout(&output)
}

/// The value that `config get` prints.
fn got(blog: &Blog, arguments: &[&str]) -> String {
    let output = blog.run(&[&["config", "get"], arguments].concat());
    assert_eq!((code(&output), stderr(&output).as_str()), (0, ""), "{arguments:?}");
    let text = stdout(&output);
    let value = text.strip_suffix('\n').unwrap().to_owned();
    assert!(!value.contains('\n'), "one line: {text}");
    value
}

#[test]
fn show_prints_what_differs_from_the_defaults() {
    let text = shown(&blog(), &[]);
    let squeezed = flat(&text);
    let others = Catalog::builtin().rules().count() - 2;
    let want = format!(
        "# in effect for . # config file: postlint.yml site: jekyll # detected in . lang: ko # postlint.yml:1 own-hosts: - \
         \"blog.example.com\" # the site's config in .; postlint.yml:2 - \"other.example.com\" # postlint.yml:2 ignore: - \
         \"drafts\" # postlint.yml:3 fail-on: error # postlint.yml:4 fix: apply: true # postlint.yml:5 never: - \"links\" # \
         postlint.yml:5 overrides: - match: \"_posts/2012-*\" # postlint.yml:10 rules: {{alt-blank: off}} rules: \
         alt-missing: warn # postlint.yml:7 title-wide: level: info # its page options: max: 500 # postlint.yml:8 \
         # {others} other rules at their defaults: --all shows them, `postlint rules` lists them"
    );
    assert_eq!(squeezed, want);
}

#[test]
fn all_shows_first_what_differs_and_then_each_rule_once() {
    let blog = blog();
    let text = shown(&blog, &["--all"]);
    let at = |line: &str| text.find(line).unwrap_or_else(|| panic!("{line}: {text}"));
    assert!(
        at("\n  title-wide:") < at("  # at their defaults:") && at("  # at their defaults:") < at("\n  alt-blank: ")
    );
    for entry in Catalog::builtin().rules() {
        let name = &entry.page.meta.name;
        assert_eq!(text.matches(&format!("\n  {name}:")).count(), 1, "{name}");
    }
    for default in ["# format: full", "# baseline: the nearest"] {
        assert!(text.contains(default), "{default}: {text}");
    }
    blog.write("shown.yml", &text);
    assert_eq!(code(&blog.run(&["--config", "shown.yml", "-q"])), 0, "it is a valid config");
    assert_eq!(shown(&blog, &["--config", "shown.yml", "alt-missing"]).matches("alt-missing: warn").count(), 1);
}

#[test]
fn show_takes_a_rule_a_group_or_a_setting_and_a_post() {
    let blog = blog();
    let lines = |arguments: &[&str]| -> Vec<String> {
        let squeeze = |line: &str| flat(line);
        shown(&blog, arguments).lines().skip(2).map(squeeze).collect()
    };
    assert_eq!(lines(&["alt-missing"]), ["rules:", "alt-missing: warn # postlint.yml:7"]);
    assert_eq!(lines(&["alt-blank", "_posts/2012-01-01-a.md"]), ["rules:", "alt-blank: off # postlint.yml:11"]);
    assert_eq!(lines(&["_posts/2012-01-01-a.md", "alt-blank"]), ["rules:", "alt-blank: off # postlint.yml:11"]);
    assert_eq!(lines(&["alt-blank"]), ["rules:", "alt-blank: warn # its page"]);
    assert_eq!(lines(&["lang"]), ["lang: ko # postlint.yml:1"]);
    assert_eq!(lines(&["format"]), ["# format: full # default"]);
    let images = Catalog::builtin().resolve("images").unwrap();
    let group = lines(&["images"]);
    assert!(images.iter().all(|name| group.iter().any(|line| line.starts_with(&format!("{name}:")))), "{group:?}");
    assert!(!group.iter().any(|line| line.starts_with("title-wide")), "{group:?}");
    blog.write("images/a.png", "");
    assert_eq!(lines(&["images"]), group, "a name comes before a folder");
    assert!(shown(&blog, &["./images"]).starts_with("# in effect for ./images\n"));
    assert!(shown(&blog, &["images/"]).starts_with("# in effect for images/\n"));
}

#[test]
fn an_unknown_name_is_not_taken_for_a_path() {
    let blog = blog();
    for (name, meant) in
        [("alt-mising", "alt-missing"), ("lnag", "lang"), ("owm-hosts", "own-hosts"), ("imges", "images")]
    {
        for command in ["show", "get"] {
            let output = blog.run(&["config", command, name]);
            assert_eq!((code(&output), stdout(&output).as_str()), (2, ""), "{command} {name}");
            let told = stderr(&output);
            assert!(
                told.contains(&format!("`{name}`")) && told.contains(&format!("did you mean `{meant}`?")),
                "{told}"
            );
        }
    }
    let output = blog.run(&["config", "show", "_posts/2013-01-01-later.md"]);
    assert_eq!(stderr(&output), "warning: there is no `_posts/2013-01-01-later.md`: this is what would be in effect\n");
    assert!(stderr(&blog.run(&["config", "show", "_posts", "."])).contains("the second path"));
}

#[test]
fn get_prints_one_value_on_one_line() {
    let blog = blog();
    for (key, value) in [
        ("lang", "ko"),
        ("site", "jekyll"),
        ("own-hosts", "[\"blog.example.com\",\"other.example.com\"]"),
        ("ignore", "[\"drafts\"]"),
        ("fail-on", "error"),
        ("format", "full"),
        ("baseline", "postlint-baseline.txt"),
        ("fix", "true"),
        ("fix.never", "[\"links\"]"),
        ("required-version", "null"),
        ("site.theme", "null"),
        ("rules-folder", ".postlint/rules"),
        ("alt-missing", "warn"),
        ("rules.alt-missing.level", "warn"),
        ("MD045", "warn"),
        ("title-wide.max", "500"),
        ("title-wide.options.max", "500"),
        ("title-wide.suffix", ""),
        ("heading-skipped.markdown", "false"),
    ] {
        assert_eq!(got(&blog, &[key]), value, "{key}");
    }
    assert_eq!(got(&blog, &["alt-blank"]), "warn");
    assert_eq!(got(&blog, &["alt-blank", "_posts/2012-01-01-a.md"]), "off");
    assert_eq!(got(&blog, &["alt-missing", "--preset", "migration"]), "warn");
}

#[test]
fn get_prints_the_levels_of_a_group() {
    let blog = Blog::new(&[("postlint.yml", "rules: {images: info, alt-missing: off}\n")]);
    let levels = |key: &str| stdout(&blog.run(&["config", "get", key]));
    let images = levels("images");
    assert!(images.contains("alt-missing: off\n") && images.contains("alt-blank: info\n"), "{images}");
    assert!(!images.contains("title-wide"), "{images}");
    assert_eq!(levels("rules.images"), images);
    assert!(levels("all").contains("title-wide: "));
}

#[test]
fn get_says_why_there_is_no_value() {
    let blog = blog();
    for (key, want) in [
        ("title-wide.mx", "its options are `max`"),
        ("alt-missing.max", "it has no options"),
        ("images.max", "is a group of rules"),
        ("overrides", "see `postlint config show overrides`"),
    ] {
        let output = blog.run(&["config", "get", key]);
        assert_eq!(code(&output), 2, "{key}");
        assert!(stderr(&output).contains(want), "{key}: {}", stderr(&output));
    }
}

#[test]
fn known_options_of_a_group_are_listed_once() {
    let blog = Blog::new(&[("postlint.yml", "rules: {images: {options: {x: 1}}}\n"), ("a.md", "Text.\n")]);
    let told = stderr(&blog.run(&[]));
    assert!(told.contains("`images` has no option `x`"), "{told}");
    assert_eq!(told.matches("`patterns`").count(), 1, "{told}");
    assert_eq!(told.matches("`keys`").count(), 1, "{told}");
}
