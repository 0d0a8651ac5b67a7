//! Suppressions: which findings each syntax hides, and what is reported about those that have no effect.

use postlint::catalog::Catalog;
use postlint::diagnostic::Diagnostic;
use postlint::document::Document;
use postlint::engine::{self, lint};
use postlint::place::Place;
use postlint::place::dialect::{Dialect, Generator};
use postlint::ruleset::{Ruleset, Selection};
use postlint::schema::Demands;
use postlint::source::Source;

const FRONT: &str = "---\ntitle: A post\ndescription: What it is about.\n---\n\n";
const IMAGE: &str = "<p><img src=\"/a.png\"></p>\n";

fn lint_with(text: &str, place: &Place, rules: &Ruleset) -> Vec<Diagnostic> {
    let source = Source::new(text);
    lint(&Document::parse(&source, place), rules, &Demands::default())
}

fn jekyll() -> Place {
    Place::new("post.md", Generator::Jekyll, Dialect::of_extension("md", Generator::Jekyll).unwrap())
}

fn found(text: &str) -> Vec<Diagnostic> {
    lint_with(text, &jekyll(), &Ruleset::recommended(Catalog::builtin()))
}

/// `rule:line` of every finding.
fn told(text: &str) -> Vec<String> {
    let source = Source::new(text);
    let tell = |it: &Diagnostic| format!("{}:{}", it.rule, source.position(it.label.span.start).line);
    found(text).iter().map(tell).collect()
}

#[track_caller]
fn silent(text: &str, place: &Place) {
    let left = lint_with(text, place, &Ruleset::recommended(Catalog::builtin()));
    assert!(left.is_empty(), "{text}\n{left:#?}");
}

#[track_caller]
fn says(text: &str, expected: &[&str]) {
    assert_eq!(told(text), expected, "{text}");
}

/// The text after all fixes of `rule` have been applied.
#[track_caller]
fn fixed(text: &str, rule: &str) -> String {
    let (source, place) = (Source::new(text), jekyll());
    let (document, rules) = (Document::parse(&source, &place), Ruleset::recommended(Catalog::builtin()));
    let all = lint(&document, &rules, &Demands::default());
    let own = all.iter().filter(|it| &*it.rule == rule);
    engine::fixed(&document, own, &rules, &Demands::default()).unwrap().source.text().to_owned()
}

#[test]
fn every_comment_syntax_is_parsed() {
    let place = |name: &str, generator| {
        let extension = name.rsplit('.').next().unwrap();
        Place::new(name, generator, Dialect::of_extension(extension, generator).unwrap())
    };
    for (comment, place) in [
        ("<!-- postlint-ignore alt-missing: why -->", place("a.md", Generator::Hugo)),
        ("<!--postlint-ignore alt-missing-->", place("a.html", Generator::Jekyll)),
        ("<!--\n  postlint-ignore\n  alt-missing,\n  title-wide : why\n-->", place("a.md", Generator::Plain)),
        ("{% comment %}postlint-ignore alt-missing{% endcomment %}", place("a.md", Generator::Jekyll)),
        ("{%- comment -%} postlint-ignore alt-missing {%- endcomment -%}", place("a.html", Generator::Jekyll)),
        ("{::comment}postlint-ignore alt-missing{:/comment}\n", place("a.md", Generator::Jekyll)),
        ("{::comment}postlint-ignore alt-missing{:/}\n", place("a.md", Generator::Jekyll)),
        ("{# postlint-ignore alt-missing #}", place("a.md", Generator::Eleventy)),
        ("{/* postlint-ignore alt-missing: why */}\n", place("a.mdx", Generator::Astro)),
    ] {
        // MDX requires the tag to be closed.
        let image = if place.dialect == Dialect::Mdx { IMAGE.replace("\">", "\"/>") } else { IMAGE.to_owned() };
        let text = format!("{FRONT}{comment}\n{image}");
        let rules = Ruleset::recommended(Catalog::builtin());
        let left = lint_with(&text, &place, &rules);
        let left: Vec<_> = left.iter().filter(|it| !it.message.contains("title-wide")).collect();
        assert!(left.is_empty(), "{comment}: {left:#?}");
        let other = text.replace("alt-missing", "heading-empty");
        assert_eq!(lint_with(&other, &place, &rules).len(), 2, "{comment}: the finding, and the unused suppression");
    }
}

#[test]
fn names_are_rules_aliases_groups_and_all() {
    for name in ["alt-missing", "MD045", "md045", "images", "all", "heading-empty alt-missing"] {
        let text = format!("{FRONT}<!-- postlint-ignore {name} -->\n{IMAGE}");
        assert!(!told(&text).iter().any(|it| it.starts_with("alt-missing")), "{name}");
    }
}

#[test]
fn scopes_are_block_line_region_and_file() {
    let place = jekyll();
    says(&format!("{FRONT}<!-- postlint-ignore alt-missing -->\n\n{IMAGE}\n{IMAGE}"), &["alt-missing:10"]);
    silent(&format!("{FRONT}<p><img src=\"a.png\"> <!-- postlint-ignore-line alt-missing --></p>\n"), &place);
    says(
        &format!("{FRONT}<p>x <!-- postlint-ignore-line alt-missing -->\n<img src=\"a.png\"></p>\n"),
        &["suppression-unused:6", "alt-missing:7"],
    );
    silent(&format!("{FRONT}<!-- postlint-ignore-next-line alt-missing -->\n\n{IMAGE}"), &place);
    let two_lines = format!("{FRONT}<!-- postlint-ignore-next-line alt-missing -->\n{IMAGE}{IMAGE}");
    says(&two_lines, &["alt-missing:8"]);
    let region = format!(
        "{FRONT}<!-- postlint-ignore-start alt-missing -->\n{IMAGE}\n{IMAGE}\n<!-- postlint-ignore-end alt-missing -->\n{IMAGE}"
    );
    says(&region, &["alt-missing:12"]);
    says(&region.replace("-end alt-missing", "-end"), &["alt-missing:12"]);
    says(&region.replace("-end alt-missing", "-end title-wide"), &["suppression-unused:11"]);
    silent(&format!("{FRONT}<!-- postlint-ignore-start all -->\n{IMAGE}\nText.\n\n{IMAGE}"), &place);
    silent(&format!("{FRONT}{IMAGE}\n<!-- postlint-ignore-file alt-missing -->\n"), &place);
}

#[test]
fn front_matter_takes_names_and_reasons() {
    for setting in [
        "postlint: {ignore: [alt-missing]}",
        "postlint: {ignore: {alt-missing: drawn by a script}}",
        "postlint:\n  ignore:\n    - images",
        "postlint:\n  ignore:\n    alt-missing: drawn by a script",
        "postlint:\n  ignore: all",
    ] {
        silent(&format!("---\ntitle: A post\ndescription: About.\n{setting}\n---\n\n{IMAGE}"), &jekyll());
    }
    let comment =
        "---\n# postlint-ignore value-placeholder: that is its name\ntitle: TODO\ndescription: About.\n---\n\nText.\n";
    silent(comment, &jekyll());
    says(&comment.replace("value-placeholder", "alt-missing"), &["suppression-unused:2", "value-placeholder:3"]);
}

#[test]
fn suppressions_in_code_are_ignored() {
    for shown in
        ["```html\n<!-- postlint-ignore alt-missing -->\n```\n", "Write `<!-- postlint-ignore x -->` above it.\n"]
    {
        says(&format!("{FRONT}{shown}\n{IMAGE}"), &[&format!("alt-missing:{}", 7 + shown.lines().count())]);
    }
    says(&format!("{FRONT}<p title=\"<!-- postlint-ignore-file all -->\">x</p>\n\n{IMAGE}"), &["alt-missing:8"]);
}

#[test]
fn suppressions_of_rules_that_did_not_run_are_not_unused() {
    let text = format!("{FRONT}<!-- postlint-ignore-file heading-empty, all, images -->\n\nText.\n");
    let with = |select: &[&str], ignore: &[&str]| {
        let words = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect();
        let selection = Selection { select: words(select), ignore: words(ignore), ..Selection::default() };
        let rules = Ruleset::configure(Catalog::builtin(), &[], &selection).unwrap();
        let found = lint_with(&text, &jekyll(), &rules);
        found.iter().map(|it| it.message.clone()).collect::<Vec<_>>()
    };
    assert_eq!(with(&[], &[]), ["no finding of `heading-empty`, `all`, `images` is suppressed here"]);
    assert_eq!(with(&["links", "suppressions"], &[]), [""; 0]);
    assert_eq!(with(&["images", "suppressions"], &[]), ["no finding of `images` is suppressed here"]);
    assert_eq!(with(&["heading-empty"], &[]), [""; 0], "the rule itself was not selected");
    assert_eq!(with(&[], &["suppression-unused"]), [""; 0]);
}

#[test]
fn a_finding_about_suppressions_can_be_suppressed_by_its_name_only() {
    let unused = "<!-- postlint-ignore-line heading-empty, all -->\n";
    assert_eq!(found(&format!("{FRONT}Text. {unused}")).len(), 1);
    silent(&format!("{FRONT}Text. <!-- postlint-ignore-line heading-empty, suppression-unused -->\n"), &jekyll());
}

#[test]
fn unknown_names_and_kinds_have_suggestions() {
    let text = format!("{FRONT}<!-- postlint-ignore-file heading-emty -->\n\nText.\n");
    let all = found(&text);
    assert_eq!(all.len(), 1);
    assert_eq!(&*all[0].rule, "suppression-unknown");
    assert_eq!(all[0].help.as_deref(), Some("did you mean `heading-empty`?"));
    assert_eq!(all[0].label.span.slice(&text), "heading-emty");
    let kind = found(&format!("{FRONT}<!-- postlint-ignore-lines all -->\n\nText.\n"));
    assert_eq!(kind[0].help.as_deref(), Some("did you mean `postlint-ignore-line`?"));
}

#[test]
fn fixes_remove_the_name_the_comment_or_the_key() {
    let rule = "suppression-unused";
    let body = "One.\n\nTwo.\n";
    for (before, after) in [
        ("One.\n\n<!-- postlint-ignore heading-empty: why -->\n\nTwo.\n", body),
        ("One.\r\n\r\n<!-- postlint-ignore heading-empty -->\r\nTwo.\r\n", "One.\r\n\r\nTwo.\r\n"),
        ("One. <!-- postlint-ignore-line heading-empty --> More.\n", "One. More.\n"),
        ("One.\n\n{::comment}\npostlint-ignore heading-empty\n{:/comment}\n\nTwo.\n", body),
        ("One.\n\n{% comment %}postlint-ignore heading-empty{% endcomment %}\n\nTwo.\n", body),
        ("One.\n\nTwo.\n\n<!-- postlint-ignore-end -->", "One.\n\nTwo.\n\n"),
        (
            "<!-- postlint-ignore-start heading-empty, title-wide -->\nOne.\n<!-- postlint-ignore-end heading-empty -->\n",
            "One.\n",
        ),
    ] {
        let text = format!("{FRONT}{before}");
        let mended = fixed(&text, rule);
        assert_eq!(mended.strip_prefix(FRONT), Some(after));
        silent(&mended, &jekyll());
    }
    for (before, after) in [
        ("postlint: {ignore: [heading-empty, alt-missing]}\n", "postlint: {ignore: [alt-missing]}\n"),
        ("postlint: {ignore: {heading-empty: x, alt-missing: y}}\n", "postlint: {ignore: {alt-missing: y}}\n"),
        ("postlint:\n  ignore:\n    - heading-empty\n    - alt-missing\n", "postlint:\n  ignore:\n    - alt-missing\n"),
        (
            "postlint:\n  ignore:\n    alt-missing: y\n    heading-empty: x\n",
            "postlint:\n  ignore:\n    alt-missing: y\n",
        ),
    ] {
        let post = |setting: &str| format!("---\ntitle: A post\n{setting}description: About.\n---\n\n{IMAGE}");
        assert_eq!(fixed(&post(before), rule), post(after));
    }
}

#[test]
fn a_comment_between_two_lists_is_not_removed() {
    let text = format!("{FRONT}- one\n\n<!-- postlint-ignore-line heading-empty -->\n\n- two\n");
    let all = found(&text);
    assert_eq!(all.len(), 1, "{all:#?}");
    assert!(all[0].fix.is_none(), "{all:#?}");
}

#[test]
fn many_suppressions_take_linear_time() {
    let start = std::time::Instant::now();
    let comments = "<!-- postlint-ignore all -->".repeat(2_000);
    found(&format!("{FRONT}{comments}\n{}", "<img src=a>".repeat(2_000)));
    found(&format!("{FRONT}{}", "<!-- postlint-ignore-start all ".repeat(20_000)));
    found(&format!("{FRONT}{}", "<!-- postlint-ignore-start images, all -->\nx\n".repeat(2_000)));
    assert!(start.elapsed().as_secs() < 20, "{:?}", start.elapsed());
}
