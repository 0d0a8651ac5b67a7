//! The config file: layers, presets, overrides, mistakes, the effective config and the JSON Schema.

use crate::support::blog::{Blog, code, flat, stderr, stdout};
use crate::support::oracle;
use postlint::catalog::Catalog;
use postlint::config::parse;
use postlint::ruleset::{Ruleset, Selection, settle};
use postlint::source::Source;
use std::fs;
use std::process::Command;

const FRONT: &str = "---\ntitle: A post\ndescription: What it is about.\n---\n\n";

/// The findings in concise format, one per line.
fn findings(blog: &Blog, arguments: &[&str]) -> String {
    let output = blog.run(&[&["--format", "concise"], arguments].concat());
    assert!(code(&output) < 2, "{}", stderr(&output));
    stdout(&output)
}

fn post(body: &str) -> String {
    format!("{FRONT}{body}\n")
}

#[test]
fn files_override_what_they_extend_and_later_ones_earlier_ones() {
    let image = post("<p><img src=\"/a.png\"></p>\n\n![](b.png)");
    let files = [
        ("shared/base.yml", "rules: {alt-missing: info, alt-empty-markdown: info}\n"),
        ("shared/later.yml", "rules: {alt-empty-markdown: error}\n"),
        ("postlint.yml", "extends: [shared/base.yml, ./shared/later.yml]\nrules:\n  alt-missing: warn\n"),
        ("_posts/2024-01-01-a.md", &image),
    ];
    let found = findings(&Blog::new(&files), &[]);
    assert!(found.contains("warn[alt-missing]") && found.contains("error[alt-empty-markdown]"), "{found}");
}

#[test]
fn overrides_apply_to_matching_posts() {
    let image = post("<p><img src=\"/a.png\"></p>");
    let config = "overrides:\n  - match: \"_posts/2012-*\"\n    rules: {images: off}\n  - match: [\"_posts/2013-*\"]\n    \
                  rules: {alt-missing: info}\n";
    let files = [
        ("postlint.yml", config),
        ("_posts/2012-01-01-a.md", &*image),
        ("_posts/2013-01-01-b.md", &image),
        ("_posts/2014-01-01-c.md", &image),
    ];
    let found = findings(&Blog::of_distinct(&files), &[]);
    assert!(!found.contains("2012") && found.contains("2013-01-01-b.md:6:4: info[alt-missing]"), "{found}");
    assert!(found.contains("2014-01-01-c.md:6:4: error[alt-missing]"), "{found}");
}

#[test]
fn a_specific_name_counts_in_any_order() {
    let image = post("<p><img src=\"/a.png\"></p>\n\n[click here](/a/)\n\n![](b.png)");
    let levels = |rules: &str| {
        let files = [("postlint.yml", rules), ("_posts/2024-01-01-a.md", &*image)];
        let found = findings(&Blog::new(&files), &["--ignore", "site,image-without-dimensions"]);
        found
            .lines()
            .filter_map(|line| Some(line.split_once(": ")?.1.split(']').next()?.to_owned()))
            .collect::<Vec<_>>()
    };
    for rules in
        ["{alt-missing: info, all: off}", "{all: off, alt-missing: info}", "{images: off, alt-missing: info, all: off}"]
    {
        assert_eq!(levels(&format!("rules: {rules}\n")), ["info[alt-missing"], "{rules}");
    }
    let group = levels("rules: {images: info, all: off, alt-empty-markdown: error}\n");
    assert!(group.contains(&"info[alt-missing".to_owned()), "{group:?}");
    assert!(group.contains(&"error[alt-empty-markdown".to_owned()) && group.len() == 2, "{group:?}");
    let narrowed = "rules: {all: off}\noverrides:\n  - match: \"**\"\n    rules: {alt-missing: on, images: off}\n";
    assert_eq!(levels(narrowed), ["error[alt-missing"]);
    let later = "rules: {alt-missing: info}\noverrides: [{match: \"**\", rules: {all: off}}]\n";
    assert_eq!(levels(later), Vec::<String>::new());
}

#[test]
fn an_exclamation_mark_excludes_posts() {
    let config = "overrides:\n  - match: [\"**\", \"!_posts/old/**\"]\n    rules: {alt-missing: off}\n\
                  front-matter:\n  - match: \"!_posts/old/**\"\n    required: [author]\n";
    let post = post("<p><img src=\"/a.png\"></p>");
    let files = [("postlint.yml", config), ("_posts/2024-01-01-a.md", &*post), ("_posts/old/2012-01-01-b.md", &*post)];
    let found = findings(&Blog::of_distinct(&files), &[]);
    let lines: Vec<&str> = found.lines().collect();
    assert_eq!(lines.len(), 2, "{found}");
    assert!(lines[0].starts_with("_posts/2024-01-01-a.md:1:1: error[required-key-missing]"), "{found}");
    assert!(lines[1].starts_with("_posts/old/2012-01-01-b.md:6:4: error[alt-missing]"), "{found}");
}

#[test]
fn descriptions_are_reported_if_asked_for() {
    let post = |description: &str| format!("---\ntitle: Nets\ndescription: {description}\n---\n\nText.\n");
    let long = post(&"boats and nets and wind ".repeat(12));
    let with_clause = post(&format!("{}. {}", "boats and nets ".repeat(7).trim_end(), "wind and tide ".repeat(8)));
    let files = [("_posts/2024-01-01-a.md", &*long), ("_posts/2024-01-02-b.md", &*with_clause)];
    let all = "rules:\n  description-wide: {options: {descriptions: true}}\n";
    for (config, expected) in [("", vec![]), (all, vec!["_posts/2024-01-01-a.md"])] {
        let blog = Blog::new(&[&files[..], &[("postlint.yml", config)]].concat());
        let found = findings(&blog, &["--select", "description-wide"]);
        let posts: Vec<&str> = found.lines().filter_map(|line| line.split(':').next()).collect();
        assert_eq!(posts, expected, "{found}");
    }
}

#[test]
fn the_naver_preset_counts_characters() {
    let title = "가".repeat(41);
    let just = "나".repeat(40);
    let long = format!("---\ntitle: {title}\ndescription: {}\n---\n\nText.\n", "다".repeat(81));
    let short = format!("---\ntitle: {just}\ndescription: {}\n---\n\nText.\n", "라".repeat(80));
    let blog = Blog::new(&[("_posts/2024-01-01-a.md", &long), ("_posts/2024-01-02-b.md", &short)]);
    let found = findings(&blog, &["--preset", "naver", "--fail-on", "never"]);
    assert!(found.contains("warn[title-wide] `title` has 41 characters; the limit is 40"), "{found}");
    assert!(found.contains("warn[description-wide] `description` has 81 characters; the limit is 80"), "{found}");
    assert!(!found.contains("-b.md"), "{found}");
}

#[test]
fn precedence_is_config_then_command_line_preset_then_extends() {
    let spacer = post("One.\n\n<p>&nbsp;</p>\n\nTwo.");
    let own = Blog::new(&[("postlint.yml", "rules: {spacer-paragraph: info}\n"), ("_posts/2024-01-01-a.md", &spacer)]);
    assert!(findings(&own, &["--preset", "migration"]).contains("info[spacer-paragraph]"));
    let base = Blog::new(&[
        ("base.yml", "rules: {spacer-paragraph: info}\n"),
        ("postlint.yml", "extends: base.yml\n"),
        ("_posts/2024-01-01-a.md", &spacer),
    ]);
    assert!(findings(&base, &[]).contains("info[spacer-paragraph]"));
    assert!(findings(&base, &["--preset", "migration"]).contains("error[spacer-paragraph]"));
}

#[test]
fn on_enables_a_rule_and_keeps_its_level() {
    let image = post("<p><img src=\"/a.png\"></p>");
    let base = ("base.yml", "rules: {alt-missing: off}\n");
    for (own, want) in [("alt-missing: on", "error[alt-missing]"), ("all: on", "error[alt-missing]")] {
        let config = format!("extends: base.yml\nrules: {{{own}}}\n");
        let blog = Blog::new(&[base, ("postlint.yml", &config), ("_posts/2024-01-01-a.md", &image)]);
        assert!(findings(&blog, &[]).contains(want), "{own}");
    }
    let config = "extends: [base.yml, strict]\n";
    let info = ("base.yml", "rules: {alt-missing: info}\n");
    let blog = Blog::new(&[info, ("postlint.yml", config), ("_posts/2024-01-01-a.md", &image)]);
    assert!(findings(&blog, &[]).contains("info[alt-missing]"));
}

#[test]
fn mistakes_in_all_extended_files_are_shown() {
    let files = [
        ("shared/base.yml", "# shared\nrules:\n  alt-mising: off\n"),
        ("postlint.yml", "extends: [shared/base.yml, navr, gone.yml]\nlang: ko_KR\nown-hosts: [\"https://a.com/\"]\n"),
        ("a.md", &post("Text.")),
    ];
    let output = Blog::new(&files).run(&[]);
    let text = stderr(&output);
    assert_eq!(output.status.code(), Some(2));
    for want in [
        "shared/base.yml:3:3",
        "did you mean `alt-missing`?",
        "postlint.yml:1:28",
        "did you mean `naver`?",
        "the extended file cannot be read",
        "write `ko-KR`",
        "write `a.com`",
    ] {
        assert!(text.contains(want), "{want}: {text}");
    }
}

#[test]
fn a_cycle_of_extends_is_a_mistake() {
    let files = [("a.yml", "extends: postlint.yml\n"), ("postlint.yml", "extends: a.yml\n"), ("a.md", "Text.\n")];
    let output = Blog::new(&files).run(&[]);
    assert_eq!(output.status.code(), Some(2));
    let text = stderr(&output);
    assert!(text.contains("a.yml:1:10") && text.contains("the config file extends itself"), "{text}");
}

#[test]
fn a_file_extended_several_times_is_read_once_and_applies_last() {
    // If the files were not cached, the last one would be read 8^12 times.
    let blog = Blog::new(&[("postlint.yml", "extends: f0.yml\n"), ("f12.yml", "rules: {alt-missing: off}\n")]);
    for number in 0..12 {
        let bases = vec![format!("f{}.yml", number + 1); 8].join(", ");
        blog.write(&format!("f{number}.yml"), &format!("extends: [{bases}]\n"));
    }
    blog.write("a.md", &post("<p><img src=\"/a.png\"></p>"));
    assert_eq!(findings(&blog, &[]), "");
    // `b.yml` extends `base.yml`; together they override `a.yml`, which is listed before them.
    blog.write("base.yml", "rules: {alt-missing: off}\n");
    blog.write("a.yml", "extends: base.yml\nrules: {alt-missing: info}\n");
    blog.write("b.yml", "extends: base.yml\n");
    blog.write("postlint.yml", "extends: [a.yml, b.yml]\n");
    assert_eq!(findings(&blog, &[]), "");
    blog.write("postlint.yml", "extends: [b.yml, a.yml]\n");
    assert!(findings(&blog, &[]).contains("info[alt-missing]"));
}

#[test]
fn options_are_checked_where_they_are_written() {
    let config = "rules:\n  title-wide:\n    options: {sufix: a, max: wide}\n  alt-missing:\n    options: {a: 1}\n\
                  overrides:\n  - match: \"a[\"\n    rules: {title-wid: off}\n  - rules: {}\nignore: [\"a[\"]\n";
    let output = Blog::new(&[("postlint.yml", config), ("a.md", "Text.\n")]).run(&[]);
    let text = stderr(&output);
    for want in [
        "did you mean `suffix`?",
        "`max` does not accept this value",
        "`alt-missing` has no options",
        "invalid glob",
        "did you mean `title-wide`?",
        "an override needs `match`",
    ] {
        assert!(text.contains(want), "{want}: {text}");
    }
}

#[test]
fn a_rule_with_a_wrong_option_is_never_dropped_silently() {
    let catalog = Catalog::builtin();
    for (option, label) in [
        ("title-wide: {options: {max: lots}}", "a number is expected"),
        ("title-wide: {options: {max-characters: lots}}", "a whole number is expected"),
        ("title-wide: {options: {suffix: [a]}}", "text is expected"),
        ("title-generic: {options: {titles: {a: b}}}", "a list of words is expected"),
        ("title-generic: {options: {titles: [[a]]}}", "a list of words is expected"),
        ("heading-repeats-title-level: {options: {markdown: maybe}}", "`true` or `false` is expected"),
        (
            "title-missing: {options: {from-file-name: loud}}",
            "unknown variant `loud`, expected one of `error`, `warn`, `info`, `off`",
        ),
    ] {
        let (config, mistakes) = parse(&Source::new(format!("rules:\n  {option}\n")));
        assert!(mistakes.is_empty(), "{mistakes:?}");
        let told = settle::mistakes(catalog, &config);
        assert_eq!(told.iter().map(|it| &*it.label).collect::<Vec<_>>(), [label], "{option}");
        let settings: Vec<_> = config.rules.iter().map(|setting| (7, setting)).collect();
        // Select all rules, to configure those that are off by default as well.
        let selection = Selection { select: vec!["all".to_owned()], ..Selection::default() };
        let refused = Ruleset::configure(catalog, &settings, &selection).err();
        assert_eq!(refused, Some(told.into_iter().map(|mistake| (7, mistake)).collect()), "{option}");
    }
}

#[test]
fn presets_have_no_mistakes() {
    let catalog = postlint::catalog::Catalog::builtin();
    for preset in &postlint::config::PRESETS {
        let (config, mut problems) = postlint::config::parse(&postlint::source::Source::new(preset.text));
        problems.extend(postlint::ruleset::settle::mistakes(catalog, &config));
        assert!(problems.is_empty(), "{}: {problems:#?}", preset.name);
    }
}

#[test]
fn show_prints_a_valid_config_with_the_source_of_each_value() {
    let files = [
        ("shared/base.yml", "rules:\n  alt-missing: info\nlang: en\n"),
        (
            "postlint.yml",
            "extends: [shared/base.yml, naver]\nlang: ko\nown-hosts: [Blog.example.com]\nignore: [drafts]\n\
             overrides:\n  - match: \"_posts/2012-*\"\n    rules:\n      alt-blank: off\nfront-matter:\n  - match: \
             \"_posts/**\"\n    required: [image]\n    extends: astro-blog\n",
        ),
        ("_config.yml", "url: https://www.example.org\n"),
        ("_posts/2012-01-01-a.md", &post("Text.")),
    ];
    let blog = Blog::new(&files);
    let text = stdout(&blog.run(&["config", "show", "--all", "_posts/2012-01-01-a.md"]));
    for (value, origin) in [
        ("site: jekyll", "detected in ."),
        ("lang: ko", "postlint.yml:2"),
        ("- \"blog.example.com\"", "postlint.yml:3"),
        ("- \"www.example.org\"", "the site's config in ."),
        ("- \"drafts\"", "postlint.yml:4"),
        ("alt-missing: info", "shared/base.yml:2"),
        ("alt-blank: off", "postlint.yml:8"),
        ("level: warn", "preset naver:5"),
        ("max-characters: 40", "preset naver:6"),
        ("max: 600", "its page"),
        ("- match: \"_posts/**\"", "postlint.yml:10"),
    ] {
        let line = |line: &str| line.trim_start().starts_with(value) && line.ends_with(&format!("  # {origin}"));
        assert!(text.lines().any(line), "{value} {origin}: {text}");
    }
    let folder = stdout(&blog.run(&["config", "show", "--all"]));
    assert!(folder.contains("  alt-blank: warn"), "an override holds for its posts only");
    let words = flat(&folder);
    let written = "overrides: - match: \"_posts/2012-*\" # postlint.yml:6 rules: alt-blank: off rules:";
    assert!(words.contains(written), "{folder}");
    assert!(!text.contains("overrides:"), "{text}");
    let profile = "    extends: astro-blog\n    # profile astro-blog:\n    #   title: {required: true, type: string}\n";
    assert!(text.contains(profile), "{text}");
    fs::write(blog.0.join("shown.yml"), &text).unwrap();
    let again = blog.run(&["--config", "shown.yml"]);
    assert_eq!(again.status.code(), Some(1), "{}", stderr(&again));
    assert!(stdout(&again).contains("required-key-missing"), "{}", stdout(&again));
}

/// The names of the files that `check-jsonschema` rejects.
fn found_wrong(blog: &Blog, arguments: &[&str]) -> Vec<String> {
    let mut validator = Command::new("check-jsonschema");
    let output = validator.current_dir(&blog.0).args(arguments).args(["-o", "json"]).output().unwrap();
    let report: serde_json::Value = serde_json::from_str(&stdout(&output)).unwrap();
    let errors = report["errors"].as_array().unwrap();
    errors.iter().map(|error| error["filename"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn the_json_schema_accepts_the_same_configs_as_postlint() {
    if !oracle::runs("check-jsonschema", &["--version"]) {
        return;
    }
    let blog = Blog::new(&[]);
    fs::write(blog.0.join("schema.json"), blog.run(&["schema"]).stdout).unwrap();
    let wrong = found_wrong(&blog, &["--check-metaschema", "schema.json"]);
    assert!(wrong.is_empty(), "{}", stdout(&blog.run(&["schema"])));
    let good = "extends: [naver, ../base.yml]\nsite: hugo\nlang: ko-KR\nown-hosts: [a.example.com]\nignore: drafts\nrules-folder: rules\n\
                fix: {apply: true, unsafe: [links, alt-blank], never: spacer-paragraph}\n\
                fail-on: error\nformat: concise\nbaseline: known.txt\nrequired-version: '>=0.1'\n\
                rules:\n  all: on\n  images: warn\n  title-wide: {level: info, options: {max: 500, suffix: ' | A'}}\n\
                overrides: [{match: ['a/**'], rules: {alt-blank: off}}]\n\
                front-matter:\n  - match: '_posts/**'\n    required: [title]\n    extends: jekyll-post\n    fields:\n      \
                a: {required: {when: {b: c}}, list: true, one-of: [x], min: 1}\n      \
                b: {type: [string, date], max-length: 3, max-width: 600, pattern: '^a', format: uri, differs-from: a}\n      \
                c: {exists: true, fields: {d: {required: true}, e: {list: true, fields: {f: {type: date, offset: required}}}}}\n    \
                unknown: warn\n    order: [a, b]\n";
    let configs = [
        (good, true),
        ("sit: hugo\n", false),
        ("site: hug\n", false),
        ("lang: Korean!\n", false),
        ("lang: kr\n", true),
        ("own-hosts: ['https://a.com/']\n", false),
        ("rules: {alt-mising: off}\n", false),
        ("rules: {alt-missing: loud}\n", false),
        ("rules: {title-wide: {options: {mx: 3}}}\n", false),
        ("rules: {title-wide: {options: {max: wide}}}\n", false),
        ("fix: {nevr: [links]}\n", false),
        ("fix: {never: [spacer-paragrap]}\n", false),
        ("fix: [links]\n", false),
        ("fix: true\n", true),
        ("fix: yes please\n", false),
        ("fix: {apply: maybe}\n", false),
        ("fail-on: never\n", true),
        ("fail-on: eror\n", false),
        ("format: jsn\n", false),
        ("format: json=a.json\n", false),
        ("baseline: false\n", true),
        ("baseline: true\n", false),
        ("baseline: [a]\n", false),
        ("required-version: [1]\n", false),
        ("overrides: [{rules: {}}]\n", false),
        ("overrides: {match: a}\n", false),
        ("front-matter: [{requird: [title]}]\n", false),
        ("front-matter: [{extends: jekyl-post}]\n", false),
        ("front-matter: [{fields: {a: {requird: true}}}]\n", false),
        ("front-matter: [{fields: {a: {type: strng}}}]\n", false),
        ("front-matter: [{fields: {a: {required: maybe}}}]\n", false),
        ("front-matter: [{fields: {a: {max-length: -1}}}]\n", false),
        ("front-matter: [{fields: {a: {one-of: x}}}]\n", false),
        ("front-matter: [{unknown: loud}]\n", false),
        ("front-matter: [{fields: {a: {exists: maybe}}}]\n", false),
        ("front-matter: [{fields: {a: {fields: {b: {requird: true}}}}}]\n", false),
        ("front-matter: [{fields: {a.b: {}}}]\n", false),
        ("front-matter: [{required: [a.b]}]\n", false),
        ("front-matter: [{order: [a.b]}]\n", false),
        ("front-matter: [{fields: {a: {one-of: []}}}]\n", false),
        ("front-matter: [{fields: {a: {unique: site}}}]\n", false),
        ("front-matter: [{schema: [a, b]}]\n", false),
        ("rules-folder: [a]\n", false),
    ];
    let names: Vec<String> = (0..configs.len()).map(|number| format!("{number}.yml")).collect();
    for (name, (text, _)) in names.iter().zip(configs) {
        fs::write(blog.0.join(name), text).unwrap();
    }
    let mut arguments = vec!["--schemafile", "schema.json"];
    arguments.extend(names.iter().map(String::as_str));
    let wrong = found_wrong(&blog, &arguments);
    for (name, (text, is_good)) in names.iter().zip(configs) {
        assert_eq!(!wrong.contains(name), is_good, "schema: {text}");
        let source = postlint::source::Source::new(text);
        let (config, mut problems) = postlint::config::parse(&source);
        problems.extend(postlint::ruleset::settle::mistakes(postlint::catalog::Catalog::builtin(), &config));
        assert_eq!(problems.is_empty(), is_good, "reader: {text}: {problems:?}");
    }
}

#[test]
fn exists_looks_for_files_on_disk() {
    let config = "front-matter: [{fields: {image: {exists: true}}}]\n";
    let text = "---\ntitle: A\ndescription: What it is.\nimage: /blog/img/a.png\n---\n\nText.\n";
    let other = text.replace("a.png", "A.png").replace("title: A", "title: B").replace("What", "Of what");
    let files = [
        ("postlint.yml", config),
        ("site/_config.yml", "baseurl: /blog\n"),
        ("site/img/a.png", ""),
        ("site/_posts/2024-01-01-a.md", text),
        ("site/_posts/2024-01-02-b.md", &other),
        ("plain/a.md", &text.replace("/blog/img/a.png", "b.png")),
        ("plain/b.png/of-a-folder.txt", ""),
    ];
    let blog = Blog::new(&files);
    let want = "plain/a.md:4:8: error[front-matter-schema] `image` refers to a file that does not exist\n\
                site/_posts/2024-01-02-b.md:4:8: error[front-matter-schema] `image` refers to a file that does not exist\n";
    assert_eq!(findings(&blog, &[]), want);
    let inside = blog.command(&["--format", "concise"]).current_dir(blog.0.join("site/_posts")).output().unwrap();
    assert_eq!(stdout(&inside).lines().count(), 1, "the same from any folder: {}", stdout(&inside));
    let plain = blog.command(&["--format", "concise"]).current_dir(blog.0.join("plain")).output().unwrap();
    assert_eq!(stdout(&plain).lines().count(), 1, "{}", stdout(&plain));
    fs::write(blog.0.join("site/img/A.png"), "").unwrap();
    assert_eq!(findings(&blog, &["site"]), "");
}

#[test]
fn keys_of_hugo_may_be_written_in_any_case() {
    let config = "front-matter: [{extends: hugo, unknown: warn, order: [title, linkTitle]}]\n";
    let post = "---\nlinktitle: A\nTitle: A\ndescription: What it is.\nlinktitel: B\n---\n\nText.\n";
    let blog = Blog::new(&[("postlint.yml", config), ("hugo.toml", ""), ("content/a.md", post)]);
    let found = findings(&blog, &["--select", "key-unknown,key-order"]);
    assert_eq!(
        found,
        "content/a.md:3:1: info[key-order] `Title` must come before `linktitle`\n\
         content/a.md:5:1: warn[key-unknown] unknown key `linktitel`\n"
    );
}

#[test]
fn stdin_obeys_the_same_config() {
    let config = "extends: naver\noverrides:\n  - match: \"_posts/2012-*\"\n    rules: {alt-missing: info}\nfront-matter:\n  - \
                  match: \"_posts/**\"\n    required: [image]\n    fields: {kind: {one-of: [note]}, image: {exists: true}}\n    unknown: info\n";
    let text = "---\ntitle: A\nkind: x\nother: 1\ndescription: What it is.\n---\n\n<p><img src=\"/a.png\"></p>\n";
    let blog = Blog::new(&[("postlint.yml", config), ("_posts/2012-01-01-a.md", text)]);
    let path = "_posts/2012-01-01-a.md";
    let by_stdin = stdout(&blog.run_on(text, &["--format", "concise", "--stdin-filename", path, "-"]));
    assert_eq!(by_stdin, findings(&blog, &[path]));
    for want in ["info[alt-missing]", "error[required-key-missing]", "error[front-matter-schema]", "info[key-unknown]"]
    {
        assert!(by_stdin.contains(want), "{want}: {by_stdin}");
    }
}

/// The example of the documentation: each defect is said once, by the rule that says more about it.
#[test]
fn a_demand_and_a_rule_do_not_say_the_same_thing_twice() {
    let config = "front-matter:\n  - match: \"_posts/**\"\n    extends: jekyll-post\n    fields:\n      \
                  title: {required: true, type: string, max-width: 600}\n      description: {max-width: 600}\n      \
                  feature_text: {differs-from: excerpt}\n      date: {type: date, offset: required}\n      \
                  image: {exists: true}\n    unknown: warn\n    order: [layout, title, description, date]\n";
    let said = "3년 만에 돌아온 항구 야시장의 첫 주말을 다녀왔습니다.";
    let title = "새벽 네 시의 항구 시장에서 만난 사람들과 그날 아침에 먹은 국밥 한 그릇에 대한 아주 긴 이야기를 여기에 적습니다";
    let wide = "The harbor market opens at four in the morning, long before the first visitors arrive from the city. "
        .repeat(2);
    let first = format!(
        "---\ntitle: {title}\ndescription: {wide}\ndate: 2024-01-01 03:00:00\nexcerpt: {said}\nfeature_text: {said}\n\
         image: /assets/none.png\ncategores: [a]\n---\n\nText.\n"
    );
    let second = "---\ntitle: 항구 이야기\ndate: 2024-13-41\nfeature_text: 야시장은 첫 주말부터 사람들로 붐볐습니다. 다시 가고 싶습니다.\n\
                  excerpt: 야시장은 첫 주말부터 사람들로 붐볐습니다. 다시 가고 싶습니다.\n---\n\nText.\n";
    let files = [
        ("postlint.yml", config),
        ("_config.yml", "title: Harbor\n"),
        ("_posts/2024-01-01-a.md", &first),
        ("_posts/2024-01-02-b.md", second),
    ];
    let blog = Blog::new(&files);
    let rules = "front-matter-schema,summary-duplicated,title-wide,description-wide,date-without-offset,date-impossible,\
                 date-unreadable,value-wrong-type,image-file-missing,key-unknown,key-misspelled,required-key-missing,title-missing";
    let found = findings(&blog, &["--select", rules]);
    let places: Vec<String> = found
        .lines()
        .map(|line| {
            let (place, rest) = line.split_once(": ").unwrap();
            let place = place.trim_start_matches("_posts/2024-01-0").split(':').take(2).collect::<Vec<_>>().join(":");
            format!("{place} {}", rest.split(['[', ']']).nth(1).unwrap())
        })
        .collect();
    assert_eq!(
        places,
        [
            "1-a.md:2 front-matter-schema",
            "1-a.md:3 front-matter-schema",
            "1-a.md:4 front-matter-schema",
            "1-a.md:6 front-matter-schema",
            "1-a.md:7 front-matter-schema",
            "1-a.md:8 key-unknown",
            "2-b.md:3 date-impossible",
            "2-b.md:4 front-matter-schema",
        ],
        "{found}"
    );
    // Without the demands, the rules say it.
    fs::remove_file(blog.0.join("postlint.yml")).unwrap();
    let found = findings(&blog, &["--select", rules]);
    for want in
        ["a.md:2:8: info[title-wide]", "a.md:6:15: warn[summary-duplicated]", "b.md:5:10: warn[summary-duplicated]"]
    {
        assert!(found.contains(want), "{want}: {found}");
    }
}
