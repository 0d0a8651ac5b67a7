//! `--compare`: what is new, fixed and unchanged since an earlier audit.

use crate::report::numbers::{json, report, site, text};
use crate::support::blog::{Blog, code, flat, stderr, stdout};
use serde_json::Value;

const SPACER: &str = "<p>&nbsp;</p>\n\n";

fn number(value: &Value) -> usize {
    usize::try_from(value.as_u64().unwrap_or_else(|| panic!("{value}"))).unwrap()
}

/// Audits the blog, compares it with the audit before, and keeps it for the next one.
fn step(blog: &Blog, compared: bool) -> Value {
    let arguments: &[&str] = if compared { &["--compare", "old.json"] } else { &[] };
    let now = json(blog, arguments);
    blog.write("old.json", &now.to_string());
    now
}

fn counts(whole: &Value) -> [usize; 4] {
    let comparison = &whole["audit"]["comparison"];
    ["new", "fixed", "unchanged", "notCompared"].map(|key| number(&comparison[key]))
}

fn findings(whole: &Value) -> usize {
    whole["findings"].as_array().unwrap().len()
}

fn check_sums(before: &Value, now: &Value) {
    let comparison = &now["audit"]["comparison"];
    let [new, fixed, unchanged, not_compared] = counts(now);
    assert_eq!(number(&comparison["before"]), findings(before));
    assert_eq!(number(&comparison["now"]), findings(now));
    assert_eq!(fixed + unchanged + not_compared, findings(before), "{comparison}");
    assert_eq!(new + unchanged, findings(now), "{comparison}");
    let rules = comparison["rules"].as_array().unwrap();
    let sum = |key: &str| rules.iter().map(|row| number(&row[key])).sum::<usize>();
    assert_eq!((sum("new"), sum("fixed")), (new, fixed), "{comparison}");
}

/// What is changed, how, and how many findings are then new and fixed.
type Edit<'e> = (&'e str, &'e dyn Fn(&Blog), [usize; 2]);

#[test]
fn the_sums_are_right_over_a_history_of_edits() {
    let blog = site();
    let boat = "---\ntitle: The boat\ndescription: A boat in the harbor.\n---\n\nText.\n\n";
    let other = "_posts/2024-09-01-other.md";
    let broken = "_posts/2024-08-03-broken.md";
    let edits: [Edit<'_>; 10] = [
        ("nothing", &|_| {}, [0, 0]),
        (
            "a post with two spacers",
            &|blog| blog.write(other, &format!("{boat}{SPACER}Text.\n\n{SPACER}Text.\n")),
            [2, 0],
        ),
        (
            "lines above them",
            &|blog| {
                blog.write(other, &format!("{boat}More.\n\nMore.\n\n{SPACER}Text.\n\n{SPACER}Text.\n"));
            },
            [0, 0],
        ),
        ("one fixed", &|blog| blog.write(other, &format!("{boat}{SPACER}Text.\n")), [0, 1]),
        (
            "another kind",
            &|blog| {
                blog.write(other, &format!("{boat}{SPACER}<a href=\"https://a.example/\" rel=\"dofollow\">A</a>\n"));
            },
            [1, 0],
        ),
        ("both fixed", &|blog| blog.write(other, boat), [0, 2]),
        ("a post is gone", &|blog| std::fs::remove_file(blog.0.join(other)).unwrap(), [0, 0]),
        ("it is back with a spacer", &|blog| blog.write(other, &format!("{boat}{SPACER}Text.\n")), [1, 0]),
        (
            "its spacer moves to another post",
            &|blog| {
                blog.write(other, boat);
                blog.write(
                    "_posts/2024-09-02-next.md",
                    &boat.replace("boat", "ship").replace("Text.\n\n", "<p>&nbsp;</p>\n\nText.\n"),
                );
            },
            [1, 1],
        ),
        (
            "broken front matter is fixed",
            &|blog| {
                blog.write(broken, "---\ntitle: The end\ndescription: The end of the harbor.\n---\n\nText.\n");
            },
            [0, 1],
        ),
    ];
    let mut before = step(&blog, false);
    assert!(before["audit"]["comparison"].is_null());
    for (what, edit, [new, fixed]) in edits {
        edit(&blog);
        let now = step(&blog, true);
        check_sums(&before, &now);
        let [found_new, found_fixed, ..] = counts(&now);
        assert_eq!([found_new, found_fixed], [new, fixed], "{what}: {}", now["audit"]["comparison"]);
        before = now;
    }
}

/// One finding is about all posts with a value: one more post makes it a new one, one less leaves it.
#[test]
fn a_further_post_with_a_shared_value_is_new() {
    let blog = site();
    let post = |number: usize| format!("---\ntitle: Nets\ndescription: Nets, part {number}.\n---\n\nText {number}.\n");
    let path = |number: usize| format!("_posts/2024-09-0{number}-nets.md");
    for number in 1..=2 {
        blog.write(&path(number), &post(number));
    }
    let mut before = step(&blog, false);
    for (number, text, expected) in [(3, post(3), [1, 0]), (4, post(4), [1, 0]), (2, String::new(), [0, 0])] {
        blog.write(&path(number), &text);
        if text.is_empty() {
            std::fs::remove_file(blog.0.join(path(number))).unwrap();
        }
        let now = step(&blog, true);
        check_sums(&before, &now);
        let [new, fixed, ..] = counts(&now);
        assert_eq!([new, fixed], expected, "{}", now["audit"]["comparison"]);
        before = now;
    }
}

#[test]
fn all_outputs_show_what_changed() {
    let blog = site();
    step(&blog, false);
    blog.write(
        "_posts/2024-09-01-other.md",
        &format!("---\ntitle: Other\ndescription: Another post.\n---\n\n{SPACER}Text.\n"),
    );
    let whole = json(&blog, &["--compare", "old.json"]);
    let [new, fixed, unchanged, _] = counts(&whole);
    assert_eq!((new, fixed), (1, 0));
    let line = format!("{new} new, {fixed} fixed, {unchanged} unchanged");
    let run = |format: &str| {
        flat(&stdout(&blog.run(&["audit", "-q", "--no-cache", "--compare", "old.json", "--format", format])))
    };
    assert!(run("full").contains(&line));
    assert!(run("markdown").contains(&line));
    let page = text(&report(&blog, &["--compare", "old.json"]));
    assert!(page.replace(" ,", ",").contains(&line), "{page}");
}

/// Text marks the new findings, and shows them before others where it does not show all.
#[test]
fn new_findings_are_marked_in_text() {
    let blog = site();
    let spacers =
        |count: usize| format!("---\ntitle: Other\ndescription: More.\n---\n\n{}Text.\n", SPACER.repeat(count));
    let (old, other) = ("_posts/2024-07-01-old.md", "_posts/2024-09-01-other.md");
    blog.write(old, &(0..20).fold(spacers(0), |text, nth| format!("{text}\nText {nth}.\n\n{SPACER}")));
    step(&blog, false);
    blog.write(other, &spacers(1).replace("More", "Less"));
    let run = |format: &str, more: &[&str]| {
        let arguments = ["audit", "-q", "--no-cache", "--format", format, "--select", "spacer-paragraph"];
        stdout(&blog.run(&[&arguments[..], more].concat()))
    };
    let compare = ["--compare", "old.json"];
    for (format, mark) in [
        ("full", "warn[spacer-paragraph] (new): empty paragraph"),
        ("concise", ":6:1: warn[spacer-paragraph] (new) empty paragraph"),
        ("unix", ":6:1: (new) empty paragraph"),
        ("agent", ":6:1: warn[spacer-paragraph] (new) empty paragraph"),
        ("markdown", "| --- | --- | --- | --- |\n| warn (new) | <code>&#95;posts/2024-09-01-other.md:6"),
    ] {
        let shown = run(format, &compare);
        assert_eq!(shown.matches("(new)").count(), 1, "{format}: {shown}");
        assert!(shown.contains(mark), "{format}: {shown}");
        assert!(!run(format, &[]).contains("(new)"), "{format}");
    }
    blog.write(other, &spacers(1).replace("Text.", &format!("One.\n\n{SPACER}").repeat(5)));
    let shown = run("full", &compare);
    assert_eq!(shown.matches("(new)").count(), 3, "{shown}");
    let hidden =
        shown.lines().skip_while(|line| !line.contains(" more of spacer-paragraph")).take(2).collect::<String>();
    assert!(hidden.contains(" new (see all"), "{shown}");
}

#[test]
fn only_new_findings_fail_the_run() {
    let blog = site();
    assert_eq!(code(&blog.run(&["audit", "-q", "--no-cache"])), 1);
    step(&blog, false);
    let again = ["audit", "-q", "--no-cache", "--compare", "old.json"];
    assert_eq!(code(&blog.run(&again)), 0);
    blog.write(
        "_posts/2024-09-01-other.md",
        &format!("---\ntitle: Other\ndescription: Another post.\n---\n\n{SPACER}Text.\n"),
    );
    assert_eq!(code(&blog.run(&again)), 1);
    assert_eq!(code(&blog.run(&[&again[..], &["--fail-on", "error"]].concat())), 0);
}

/// What a run does not look at is not fixed.
#[test]
fn a_narrow_run_fixes_nothing_that_it_does_not_see() {
    let blog = site();
    let before = step(&blog, false);
    let now = json(&blog, &["--compare", "old.json", "_posts/2024-08-01-market.md"]);
    check_sums(&before, &now);
    let [new, fixed, _, not_compared] = counts(&now);
    assert_eq!((new, fixed), (0, 0), "{}", now["audit"]["comparison"]);
    assert!(not_compared > 0);
    let now = json(&blog, &["--compare", "old.json", "--select", "rel-unknown-token"]);
    check_sums(&before, &now);
    assert_eq!(counts(&now)[..3], [0, 0, 1]);
}

#[test]
fn files_that_are_no_audit_are_refused() {
    let blog = site();
    let check = stdout(&blog.run(&["-q", "--no-cache", "--format", "json"]));
    let audit = json(&blog, &[]);
    let mut newer = audit.clone();
    newer["version"] = 2.into();
    let mut newer_audit = audit.clone();
    newer_audit["audit"]["version"] = 3.into();
    let cases = [
        ("not json".to_owned(), "is not the JSON of an audit"),
        ("[]".to_owned(), "it has no `version`"),
        (check, "it has no `audit`"),
        (newer.to_string(), "its version is 2, and this postlint reads 1"),
        (newer_audit.to_string(), "the version of its `audit` is 3"),
        ("{\"version\": 1, \"audit\": {\"version\": 1}}".to_owned(), "missing field `findings`"),
    ];
    for (text, said) in cases {
        blog.write("old.json", &text);
        let output = blog.run(&["audit", "-q", "--no-cache", "--compare", "old.json"]);
        assert_eq!(code(&output), 2);
        assert!(flat(&stderr(&output)).contains(said), "{said}: {}", stderr(&output));
    }
    let output = blog.run(&["audit", "-q", "--compare", "missing.json"]);
    assert_eq!(code(&output), 2);
    assert!(stderr(&output).contains("missing.json"), "{}", stderr(&output));
}

/// A Jekyll site with a built page, whose layout has a picture without a text.
fn built_site() -> Blog {
    let made = crate::audit::page("The quay", "<p>Long.</p>");
    let blog = crate::audit::site(&[("The quay", "Long.", "<p>Long.</p>")]);
    blog.write("_site/2024/05/01/post1.html", &made);
    blog
}

/// Layouts and built pages are in an audit only if something is found in them.
#[test]
fn what_is_fixed_in_a_layout_is_fixed() {
    let blog = built_site();
    let before = step(&blog, false);
    let in_layout = |whole: &Value| {
        let findings = whole["findings"].as_array().unwrap().iter();
        findings.filter(|it| it["path"] == "_layouts/post.html").count()
    };
    assert_eq!(in_layout(&before), 2, "{before}");
    for file in ["_layouts/post.html", "_site/2024/05/01/post1.html"] {
        let text = blog.read(file).replace("class=\"logo\"", "class=\"logo\" alt=\"Harbour news\"");
        blog.write(file, &text.replace("<a href=\"/gone/\">All posts</a>", ""));
    }
    let now = step(&blog, true);
    assert_eq!(in_layout(&now), 0, "{now}");
    check_sums(&before, &now);
    assert_eq!(counts(&now), [0, 2, findings(&now), 0], "{}", now["audit"]["comparison"]);
}

#[test]
fn nothing_is_fixed_by_not_reading_the_built_pages() {
    let blog = built_site();
    let before = step(&blog, false);
    std::fs::remove_dir_all(blog.0.join("_site")).unwrap();
    let now = json(&blog, &["--compare", "old.json"]);
    check_sums(&before, &now);
    let [new, fixed, ..] = counts(&now);
    assert_eq!((new, fixed), (0, 0), "{}", now["audit"]["comparison"]);
}

/// As in a baseline, a post is the same one in another folder or with another date.
#[test]
fn a_post_that_moves_takes_its_findings_along() {
    let blog = site();
    let mut before = step(&blog, false);
    let count = |whole: &Value, path: &str| {
        whole["findings"].as_array().unwrap().iter().filter(|it| it["path"] == path).count()
    };
    let mut at = "_posts/2024-07-30-seoul.md";
    for to in ["_posts/2024-07-31-seoul.md", "korea/_posts/2024-07-31-seoul.md"] {
        assert!(count(&before, at) > 1);
        blog.write(to, &blog.read(at));
        std::fs::remove_file(blog.0.join(at)).unwrap();
        let now = step(&blog, true);
        check_sums(&before, &now);
        assert_eq!(count(&now, to), count(&before, at));
        assert_eq!(counts(&now), [0, 0, findings(&now), 0], "{to}: {}", now["audit"]["comparison"]);
        (before, at) = (now, to);
    }
    // Another name is another post.
    let renamed = "korea/_posts/2024-07-31-beijing.md";
    std::fs::rename(blog.0.join(at), blog.0.join(renamed)).unwrap();
    let now = step(&blog, true);
    check_sums(&before, &now);
    let [new, fixed, _, not_compared] = counts(&now);
    assert_eq!((new, fixed, not_compared), (count(&now, renamed), count(&before, at), 0));
}
