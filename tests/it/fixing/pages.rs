//! The fixes of all examples on the pages of the rules: each can be proved, and a second run changes nothing.

use super::{any, fixed_by, safe, text_after};
use postlint::catalog::{Catalog, Entry};
use postlint::engine::examples::{Example, examples};
use postlint::run::test::defaults_with;

/// Calls `check` with each example that has a fix, and the rule of its page.
fn each_example(mut check: impl FnMut(&Example, &Entry)) {
    for &(name, text) in Catalog::pages() {
        let entry = Entry::load(name, text).unwrap();
        examples(&entry.page).iter().filter(|example| !example.utf16).for_each(|example| check(example, &entry));
    }
}

/// Examples whose fixes cannot be proved, by page and the line of the example, and why that is right.
const UNPROVED: &[(&str, &str)] = &[
    ("element-obsolete line 40", "kramdown prints `--` as a dash outside of `<code>` only"),
    ("emphasis-not-rendered line 53", "the marks behind it pair in another way"),
    ("url-swallows-text line 156", "the marks around the URL are not rendered behind it"),
];

#[test]
fn every_fix_of_an_example_is_proved() {
    let (mut tried, mut unproved) = (0, Vec::new());
    each_example(|example, entry| {
        let rules = defaults_with(entry);
        let own = |name: &str| *entry.page.meta.name == *name;
        if !example.lint(&rules).iter().any(|finding| own(&finding.rule) && finding.fix.is_some()) {
            return;
        }
        tried += 1;
        let outcome = fixed_by(&example.text, &example.place(), &rules, &example.demands(), &any);
        for (deed, why) in outcome.withheld.iter().filter(|(deed, _)| own(&deed.rule)) {
            unproved.push(format!("{} line {}: {}: {why:?}", entry.page.meta.name, example.line, deed.title));
        }
    });
    let expected = |text: &String| UNPROVED.iter().any(|(start, _)| text.starts_with(start));
    unproved.retain(|text| !expected(text));
    assert!(unproved.is_empty(), "{unproved:#?}");
    assert!(tried > 100, "{tried}");
}

#[test]
fn a_second_run_changes_nothing() {
    each_example(|example, entry| {
        let rules = defaults_with(entry);
        for wants in [&safe as &dyn Fn(&_) -> bool, &any] {
            let outcome = fixed_by(&example.text, &example.place(), &rules, &example.demands(), wants);
            let once = text_after(&example.text, &outcome);
            let again = fixed_by(&once, &example.place(), &rules, &example.demands(), wants);
            assert_eq!(text_after(&once, &again), once, "{} line {}", entry.page.meta.name, example.line);
            assert_eq!(again.applied, [], "{} line {}", entry.page.meta.name, example.line);
        }
    });
}

#[test]
fn no_finding_is_left_whose_fix_was_applied() {
    each_example(|example, entry| {
        let rules = defaults_with(entry);
        let outcome = fixed_by(&example.text, &example.place(), &rules, &example.demands(), &any);
        let left: Vec<_> = outcome.left.iter().filter(|finding| finding.fix.is_some()).collect();
        // Of two fixes that overlap, the second is not tried if the first is withheld.
        let is_withheld = |name: &str| outcome.withheld.iter().any(|(deed, _)| *deed.rule == *name);
        let left = left.iter().filter(|finding| !is_withheld(&finding.rule) && outcome.withheld.is_empty());
        let left: Vec<_> = left.map(|finding| (&finding.rule, &finding.message)).collect();
        assert_eq!(left, [], "{} line {}", entry.page.meta.name, example.line);
    });
}
