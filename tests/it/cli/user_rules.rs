//! Users' own rules: found like the config file, run like the built-in ones, and their mistakes reported with their
//! place.

use crate::support::blog::{Blog, code, stderr, stdout};
use std::fs;

const POST: &str = "---\ntitle: A post\ndescription: What it is about.\nauthor: mina\n---\n\n\
                    Press <u>here</u> or click here.\n";
const UNDERLINED: &str = "---\nsummary: text is underlined\ngroup: markup\nlevel: warn\nmatch: {select: u}\n\
                       label: this is underlined\nhelp: write `<em>`\n---\n\n# Why\n\nReaders take it for a link.\n\n# Examples\n\n\
                       ```html bad\n<p><u>a</u></p>\n```\n\n```html good\n<p>a</p>\n```\n";

fn page(keys: &str) -> String {
    format!("---\nsummary: wrong\ngroup: markup\nlevel: warn\n{keys}---\n\n# Why\n")
}

/// The places in `post` where the rule of a page with these `keys` fires, as `line:column`.
fn fired(keys: &str, post: &str) -> Vec<String> {
    let blog = Blog::new(&[(".postlint/rules/own-rule.md", &page(keys)), ("_posts/2024-01-01-a.md", post)]);
    let output = blog.run(&["--select", "own-rule", "--format", "concise", "--exit-zero"]);
    assert_eq!(code(&output), 0, "{}", stderr(&output));
    let place = |line: &str| line.split(':').skip(1).take(2).collect::<Vec<_>>().join(":");
    stdout(&output).lines().map(place).collect()
}

/// What is printed for a broken rule page.
fn complaint(text: &str) -> String {
    let blog = Blog::new(&[(".postlint/rules/own-rule.md", text), ("a.md", POST)]);
    for arguments in [&[][..], &["rules"], &["explain", "alt-missing"], &["test"]] {
        let output = blog.run(arguments);
        assert_eq!(code(&output), 2, "{arguments:?}: {}", stderr(&output));
        assert_eq!(stdout(&output), "", "{arguments:?}");
    }
    // In a wide terminal, nothing is wrapped.
    stderr(&blog.command(&[]).env("COLUMNS", "200").output().unwrap())
}

#[test]
fn own_rules_run_beside_the_others() {
    let blog = Blog::new(&[(".postlint/rules/text-underlined.md", UNDERLINED), ("_posts/2024-01-01-a.md", POST)]);
    let found = "_posts/2024-01-01-a.md:7:7: warn[text-underlined] text is underlined\n";
    let output = blog.run(&["--format", "concise"]);
    assert_eq!((stdout(&output).as_str(), code(&output)), (found, 1));
    assert_eq!(stdout(&blog.run(&["--format", "concise", "--select", "text-underlined"])), found);
    assert_eq!(stdout(&blog.run(&["--format", "concise", "--select", "markup"])), found);
    assert_eq!(stdout(&blog.run(&["--format", "concise", "--ignore", "text-underlined"])), "");
    assert!(stdout(&blog.run(&["rules"])).contains("  text-underlined "));
    assert!(stdout(&blog.run(&["explain", "text-underlined"])).starts_with("text-underlined: text is underlined\n"));
    let json: serde_json::Value = serde_json::from_str(&stdout(&blog.run(&["--format", "json-flat"]))).unwrap();
    assert_eq!((&json[0]["ruleId"], &json[0]["url"]), (&"text-underlined".into(), &serde_json::Value::Null));
}

#[test]
fn own_rules_are_configured_and_suppressed_by_name() {
    let own = (".postlint/rules/text-underlined.md", UNDERLINED);
    let config = Blog::new(&[own, ("postlint.yml", "rules:\n  text-underlined: error\n"), ("a.md", POST)]);
    assert!(stdout(&config.run(&["--format", "concise"])).contains("error[text-underlined]"));
    let off = Blog::new(&[own, ("postlint.yml", "rules:\n  text-underlined: off\n"), ("a.md", POST)]);
    assert_eq!(code(&off.run(&[])), 0);
    let silenced = POST.replace("Press", "<!-- postlint-ignore-file text-underlined -->\n\nPress");
    assert_eq!(code(&Blog::new(&[own, ("a.md", &silenced)]).run(&[])), 0);
    let typo = Blog::new(&[own, ("postlint.yml", "rules:\n  text-underlned: off\n"), ("a.md", POST)]);
    assert!(stderr(&typo.run(&[])).contains("did you mean `text-underlined`?"));
    let option =
        Blog::new(&[own, ("postlint.yml", "rules:\n  text-underlined: {options: {max: 2}}\n"), ("a.md", POST)]);
    assert!(stderr(&option.run(&[])).contains("`text-underlined` has no option `max`"), "{}", stderr(&option.run(&[])));
}

#[test]
fn the_nearest_folder_up_to_the_repository_root_is_used() {
    let inner = UNDERLINED.replace("is underlined", "is crossed");
    let blog = Blog::new(&[
        (".postlint/rules/text-underlined.md", UNDERLINED),
        (".postlint/rules/README.md", "What our rules are for.\n"),
        ("a.md", POST),
        ("inner/.postlint/rules/text-crossed.md", &inner),
        ("inner/b.md", POST),
        ("other/.git/HEAD", ""),
        ("other/c.md", POST),
    ]);
    let all = stdout(&blog.run(&["--format", "concise"]));
    let lines: Vec<&str> = all.lines().collect();
    assert!(lines.iter().any(|line| line.starts_with("a.md:7:7: warn[text-underlined]")), "{all}");
    assert!(lines.iter().any(|line| line.starts_with("inner/b.md:7:7: warn[text-crossed]")), "{all}");
    assert_eq!(lines.len(), 2, "{all}");
    // A rule defined in only one of two folders is known, and runs only in that folder.
    let one = stdout(&blog.run(&["--format", "concise", "--select", "text-crossed"]));
    assert_eq!(one.lines().count(), 1, "{one}");
    assert_eq!(code(&blog.run(&["--select", "text-hopping"])), 2);
}

#[test]
fn the_config_file_may_name_another_folder() {
    let crossed = UNDERLINED.replace("is underlined", "is crossed");
    let blog = Blog::new(&[
        ("postlint.yml", "extends: [shared/base.yml]\nrules: {text-crossed: error}\n"),
        ("shared/base.yml", "rules-folder: ../tools/rules\n"),
        ("tools/rules/text-crossed.md", &crossed),
        (".postlint/rules/text-underlined.md", UNDERLINED),
        ("posts/a.md", POST),
    ]);
    let found = "posts/a.md:7:7: error[text-crossed] text is crossed\n";
    assert_eq!(stdout(&blog.run(&["--format", "concise", "posts"])), found);
    assert!(stdout(&blog.run(&["rules"])).contains("  text-crossed "));
    assert!(stdout(&blog.run(&["rules", "--format", "md"])).contains("[text-crossed](tools/rules/text-crossed.md)"));
    assert!(stdout(&blog.run(&["schema"])).contains("\"text-crossed\": {"));
    assert!(stdout(&blog.run(&["test"])).starts_with("ok    text-crossed (2 examples)\n"));
    assert!(stdout(&blog.run(&["new-rule", "text-blinking"])).starts_with("wrote tools/rules/text-blinking.md\n"));
    let shown = stdout(&blog.run(&["config", "show"]));
    let line = shown.lines().find(|line| line.starts_with("rules-folder: ")).unwrap();
    assert!(line.contains("\"../tools/rules\"") && line.ends_with("# shared/base.yml:1"), "{line}");
    // `new-rule` creates the folder.
    let empty = Blog::new(&[("postlint.yml", "rules-folder: own\n"), ("a.md", POST)]);
    assert_eq!(code(&empty.run(&[])), 2);
    assert_eq!(stdout(&empty.run(&["new-rule", "text-moving"])).lines().next(), Some("wrote own/text-moving.md"));
    assert_eq!(code(&empty.run(&[])), 1, "it finds what it is there to find");
}

#[test]
fn rules_with_the_same_name_in_two_folders_are_separate() {
    let documented = UNDERLINED.replace("level: warn\n", "level: warn\nauthority: documented\n");
    let blog = Blog::new(&[
        ("a/.postlint/rules/text-underlined.md", UNDERLINED),
        ("a/a.md", POST),
        ("b/.postlint/rules/text-underlined.md", &documented),
        ("b/b.md", POST),
    ]);
    let json: serde_json::Value = serde_json::from_str(&stdout(&blog.run(&["--format", "json-flat"]))).unwrap();
    let authorities: Vec<&str> = json.as_array().unwrap().iter().map(|it| it["authority"].as_str().unwrap()).collect();
    assert_eq!(authorities, ["opinion", "documented"]);
}

#[test]
fn a_match_selects_nodes_or_text() {
    let at = |keys: &str| fired(keys, POST);
    assert_eq!(at("match: {select: u, at: element}\n"), ["7:7"]);
    assert_eq!(at("match: {select: 'p > u', at: text}\n"), ["7:10"]);
    assert_eq!(at("match: {text: '(?i)Click here'}\n"), ["7:22"]);
    assert_eq!(at("match: {front-matter: author, not-in: [Mina, Yuna]}\n"), ["4:9"]);
    assert_eq!(at("match: {front-matter: author, matches: '^[a-z]'}\n"), ["4:9"]);
    assert_eq!(at("match: {front-matter: author, longer-than: 3}\n"), ["4:9"]);
    assert_eq!(at("match: {front-matter: author, shorter-than: 4}\n"), [""; 0]);
    assert_eq!(at("match: {front-matter: image, missing: true}\n"), ["1:1"]);
    assert_eq!(at("match: {any: [{select: u}, {text: click}]}\n"), ["7:7", "7:22"]);
    assert_eq!(at("match: {all: [{select: u}, {not: {text: click}}]}\n"), [""; 0]);
    assert_eq!(at("match:\n  all:\n    - select: u\n    - not: {front-matter: image, empty: true}\n"), ["7:7"]);
}

#[test]
fn every_mistake_in_a_page_is_shown_at_its_place() {
    let text =
        "---\nsumary: wrong\ngroup: markups\nlevel: loud\nmatch:\n  selct: p\nfix: {title: x, safety: sure}\n---\n";
    let shown = complaint(text);
    for (place, words) in [
        ("2:1", "unknown key `sumary`"),
        ("3:8", "did you mean `markup`?"),
        ("4:8", "unknown level `loud`"),
        ("6:3", "did you mean `select`?"),
        ("7:25", "expected one of `safe`, `unsafe`"),
        ("7:6", "`fix` has no action"),
    ] {
        assert!(shown.contains(&format!(".postlint/rules/own-rule.md:{place}]")), "{place}: {shown}");
        assert!(shown.contains(words), "{words}: {shown}");
    }
}

#[test]
fn applies_to_limits_a_rule_to_posts() {
    let fires = |conditions: &str, post: &str| {
        let every = ["match: {select: u}\n", "match: {text: here}\n", "match: {any: [{select: u}]}\n"];
        let fired = every.map(|keys| !fired(&format!("applies-to: {conditions}\n{keys}"), post).is_empty());
        assert!(fired.iter().all(|it| *it == fired[0]), "{conditions} {fired:?}");
        fired[0]
    };
    // A post below `_posts` belongs to Jekyll.
    assert!(fires("{generator: jekyll}", POST));
    assert!(fires("{generator: [hugo, jekyll], page: true, front-matter: valid}", POST));
    assert!(!fires("{generator: [hugo, astro]}", POST));
    let unpublished = POST.replace("author: mina", "published: false");
    assert!(fires("{front-matter: valid}", &unpublished));
    assert!(!fires("{page: true}", &unpublished));
    let broken = POST.replace("author: mina", "author: [mina");
    assert!(fires("{generator: jekyll}", &broken));
    assert!(!fires("{front-matter: valid}", &broken));
    assert!(!fires("{front-matter: valid}", "<u>here</u>\n"));
    assert!(!fires("{generator: jekyll, page: true}", &unpublished), "all conditions must hold");
}

#[test]
fn a_rule_that_does_not_apply_counts_as_run() {
    let page = page("applies-to: {generator: [hugo]}\nmatch: {select: u}\n");
    let post = POST.replace("Press", "<!-- postlint-ignore-file own-rule -->\n\nPress");
    for (site, expected) in [("jekyll", 1), ("hugo", 0)] {
        let blog = Blog::new(&[(".postlint/rules/own-rule.md", &page), ("a.md", &post)]);
        let output = blog.run(&["--site", site, "--select", "own-rule,suppression-unused", "--format", "concise"]);
        let found = stdout(&output);
        assert_eq!(found.matches("[suppression-unused]").count(), expected, "{site}: {found}{}", stderr(&output));
        assert!(!found.contains("[own-rule]"), "{found}");
    }
}

#[test]
fn explain_shows_applies_to() {
    let page = page("applies-to: {generator: [jekyll, hugo], page: true, front-matter: valid}\nmatch: {select: u}\n");
    let blog = Blog::new(&[(".postlint/rules/own-rule.md", &page)]);
    let text = stdout(&blog.run(&["explain", "own-rule"]));
    let line = "applies to sites of Jekyll, Hugo; files that become pages; files with valid front matter\n";
    assert!(text.contains(line), "{text}");
    let json = |rule: &str| -> serde_json::Value {
        serde_json::from_str(&stdout(&blog.run(&["explain", rule, "--format", "json"]))).unwrap()
    };
    let expected =
        serde_json::json!({"generator": ["jekyll", "hugo"], "page": true, "frontMatter": "valid", "dialect": null});
    assert_eq!(json("own-rule")[0]["appliesTo"], expected);
    let none = serde_json::json!({"generator": [], "page": false, "frontMatter": null, "dialect": null});
    assert_eq!(json("alt-missing")[0]["appliesTo"], none);
    assert_eq!(json("emphasis-not-rendered")[0]["appliesTo"]["dialect"], "known");
    assert!(!stdout(&blog.run(&["explain", "alt-missing"])).contains("applies to"));
}

#[test]
fn unreadable_pages_are_errors_with_a_reason() {
    for (keys, words) in [
        ("match: {select: 'img['}\n", "the selector ends too early"),
        ("match: {text: '(a'}\n", "unclosed group"),
        ("match: {select: p, at: inside}\n", "unknown place `inside`"),
        ("match: {select: p, missing: true}\n", "`missing` belongs to `front-matter`"),
        ("match: {select: p, text: a}\n", "write a pattern for each below `all:` or `any:`"),
        ("match: {front-matter: title}\n", "add one of `missing`, `empty`"),
        ("match: {front-matter: title, longer-than: many}\n", "this is not a whole number"),
        ("match: {front-matter: title, missing: false}\n", "`missing` must be `true`"),
        ("match: {not: {select: p}}\n", "put it below `all:`"),
        ("match: {all: [{not: {text: a}}]}\n", "the first item determines the place of the finding"),
        ("match: {all: []}\n", "a list is expected here"),
        ("match: [p]\n", "a mapping is expected here"),
        (
            "match: {text: a}\nfix: {title: x, safety: safe, remove: true}\n",
            "only elements found by `select` can be fixed",
        ),
        ("match: {select: p}\nfix: {title: x, safety: safe, set-attr: {name: a}}\n", "`value` is missing"),
        ("match: {select: p}\noptions: {max: {default: 1, doc: How many.}}\n", "cannot have `options`"),
        ("match: {select: p}\nmatch: {select: a}\n", "`match` is set twice"),
        ("", "the page has no `match`"),
    ] {
        let shown = complaint(&page(keys));
        assert!(shown.contains(words), "{keys}: {shown}");
    }
    assert!(complaint("No front matter.\n").contains("the page has no front matter"));
    assert!(complaint("---\nsummary: [a\n---\n").contains("is not valid YAML"));
}

#[test]
fn a_name_is_kebab_case_and_unique() {
    for (name, words) in [
        ("Text_Moving", "write it in lower case with `-`"),
        ("alt-missing", "it is the name of a built-in rule"),
        ("images", "it is the name of a group of rules"),
        ("all", "it is the name of a group of rules"),
    ] {
        let blog = Blog::new(&[(&format!(".postlint/rules/{name}.md"), UNDERLINED), ("a.md", POST)]);
        let output = blog.run(&[]);
        assert!(code(&output) == 2 && stderr(&output).contains(words), "{name}: {}", stderr(&output));
        let refused = Blog::new(&[]).run(&["new-rule", name]);
        assert!(code(&refused) == 2 && stderr(&refused).contains(words), "{name}: {}", stderr(&refused));
    }
}

#[test]
fn a_new_rule_passes_its_tests_and_is_never_overwritten() {
    let blog = Blog::new(&[("posts/a.md", POST)]);
    let made = blog.command(&["new-rule", "text-underlined"]).current_dir(blog.0.join("posts")).output().unwrap();
    assert_eq!(code(&made), 0, "{}", stderr(&made));
    let page = blog.0.join(".postlint/rules/text-underlined.md");
    assert!(page.is_file(), "at the root of the repository");
    let tested = blog.run(&["test"]);
    assert_eq!(code(&tested), 0, "{}", stdout(&tested));
    assert_eq!(stdout(&tested), "ok    text-underlined (2 examples)\n\n0 failures in 1 rule\n");
    assert!(stdout(&blog.run(&["--format", "concise"])).contains("posts/a.md:7:7: warn[text-underlined]"));
    fs::write(&page, "mine").unwrap();
    assert_eq!(code(&blog.run(&["new-rule", "text-underlined"])), 2);
    assert_eq!(fs::read_to_string(&page).unwrap(), "mine");
}

#[test]
fn test_shows_which_examples_fail() {
    let wrong = "---\nsummary: wrong\ngroup: markup\nlevel: warn\nmatch: {select: b}\n\
                 fix: {title: rename it, safety: unsafe, rename-tag: strong}\n---\n\n\
                 ```html bad\n<p>a</p>\n```\n\n```html good\n<p><b>a</b></p>\n```\n\n\
                 ```html bad\n<p><b>a</b></p>\n```\n```html fixed\n<p><em>a</em></p>\n```\n";
    let lonely = page("match: {select: i}\n");
    let blog = Blog::new(&[(".postlint/rules/b-bold.md", wrong), (".postlint/rules/c-lonely.md", &lonely)]);
    let output = blog.run(&["test"]);
    let text = stdout(&output);
    assert_eq!(code(&output), 1, "{text}");
    for words in [
        "FAIL  b-bold (3 examples)",
        "a `bad` example has no finding\n    ╭─[.postlint/rules/b-bold.md:9:1]",
        "a `good` example has findings\n    ╭─[.postlint/rules/b-bold.md:13:1]",
        "the result of the fix differs\n    ╭─[.postlint/rules/b-bold.md:17:1]",
        "<p><strong>a</strong></p>",
        "the page has no `bad` example\n   ╭─[.postlint/rules/c-lonely.md:1:1]",
        "5 failures in 2 rules",
    ] {
        assert!(text.contains(words), "{words}: {text}");
    }
    let one = blog.run(&["test", ".postlint/rules/c-lonely.md"]);
    assert!(stdout(&one).ends_with("2 failures in 1 rule\n"), "{}", stdout(&one));
    assert_eq!(code(&Blog::new(&[]).run(&["test"])), 2);
}

#[test]
fn fences_are_those_of_markdown() {
    let four_ticks = "````html bad\n<b>a</b>\n\n```sh\n````\n\n```html goood\n<p>a</p>\n```\n\n\
                      ````yaml config\nrulez: {}\n````\n";
    let tildes = "~~~html baad\n<b>a</b>\n~~~\n";
    // A fence inside of an example is part of the example's post.
    let inside = "````markdown good\n```\n```html goood\n```\n````\n\n```html bad\n<b>a</b>\n```\n";
    let tested = |examples: &str| {
        let text = format!("{}\n{examples}", page("match: {select: b}\n"));
        let blog = Blog::new(&[(".postlint/rules/b-bold.md", &text)]);
        stdout(&blog.run(&["test"]))
    };
    let text = tested(four_ticks);
    assert!(text.contains("`goood` is not a keyword of an example\n    ╭─[.postlint/rules/b-bold.md:16:1]"), "{text}");
    assert!(text.contains("`rulez`") && text.contains("b-bold.md:21:1]"), "{text}");
    let text = tested(tildes);
    assert!(text.contains("`baad` is not a keyword of an example\n    ╭─[.postlint/rules/b-bold.md:10:1]"), "{text}");
    let text = tested(inside);
    assert!(text.starts_with("ok    b-bold (2 examples)\n"), "{text}");
}

#[test]
fn declared_fixes_do_what_their_verb_says() {
    let fix = |verb: &str, bad: &str, fixed: &str| {
        let text = format!(
            "---\nsummary: wrong\ngroup: markup\nlevel: warn\nmatch: {{select: '[data-x]'}}\n\
             fix: {{title: mend it, safety: unsafe, {verb}}}\n---\n\n\
             ```html bad\n{bad}\n```\n```html fixed\n{fixed}\n```\n\n```html good\n<p>a</p>\n```\n"
        );
        let blog = Blog::new(&[(".postlint/rules/own-rule.md", &text)]);
        let output = blog.run(&["test"]);
        assert_eq!(code(&output), 0, "{verb}: {}{}", stdout(&output), stderr(&output));
    };
    fix("remove-attr: data-x", "<p data-x=\"1\" id=\"a\">a</p>", "<p id=\"a\">a</p>");
    fix("unwrap: true", "<p><b data-x>a</b></p>", "<p>a</p>");
    fix("remove: true", "<p>a <b data-x>b</b></p>", "<p>a </p>");
    fix("replace: '<hr>'", "<div data-x>a</div>", "<hr>");
    fix("remove-token: {attr: data-x, token: b}", "<p data-x=\"b\">a</p>", "<p>a</p>");
}

#[test]
fn the_cost_of_a_rule_is_limited() {
    let many = |what: &str, count: usize| (0..count).map(|n| format!("  - {what}{n}\n")).collect::<String>();
    let list = |words: &str, count: usize| vec![words; count].join(",");
    let too_much = [
        (
            format!("match:\n  text: '{}'\n", "a".repeat(4_001)),
            "this regular expression is too long",
            "6:9",
            "4000 at most",
        ),
        ("match:\n  text: '(\\w{1,100}){1,100}'\n".into(), "this regular expression is too large", "6:9", "1024 KB"),
        (
            "match: {front-matter: title, matches: '(\\w{1,100}){1,100}'}\n".into(),
            "this regular expression is too large",
            "5:39",
            "use smaller counts",
        ),
        (format!("match:\n  select: '{}'\n", list("b", 2_001)), "invalid CSS selector", "6:11", "4000 at most"),
        (
            format!("match:\n  any:\n{}", many("select: b", 101)),
            "this rule has too many patterns",
            "7:3",
            "100 at most",
        ),
        (
            format!(
                "match:\n  any:\n  - all:\n{}{}",
                many("  text: b", 60).replace("  -", "    -"),
                many("text: c", 60)
            ),
            "this rule has too many patterns",
            "8:5",
            "combine selectors (`a, b`)",
        ),
    ];
    for (keys, message, place, more) in too_much {
        let said = complaint(&page(&keys));
        let wanted = [message, &format!("own-rule.md:{place}"), more];
        assert!(wanted.iter().all(|words| said.contains(words)), "{wanted:?}: {said}");
    }
    let post = "<p>b</p> <b>c</b>\n";
    assert_eq!(fired(&format!("match:\n  text: '{}|b'\n", "a".repeat(3_998)), post), ["1:4"]);
    assert_eq!(fired(&format!("match:\n  select: '{}'\n", list("b", 2_000)), post), ["1:10"]);
    assert_eq!(fired(&format!("match:\n  any:\n  - select: b\n{}", many("select: b", 99)), post), ["1:10"]);
}
