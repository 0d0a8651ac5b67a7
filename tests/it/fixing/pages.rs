//! The fixes of all examples on the pages of the rules: each can be proved, and a second run changes nothing.

use super::{any, fixed_by, safe, text_after};
use postlint::catalog::{Catalog, Entry};
use postlint::diagnostic::Safety;
use postlint::engine::examples::{Example, examples};
use postlint::run::test::defaults_with;
use postlint::source::Span;
use std::collections::{BTreeMap, BTreeSet};

/// Calls `check` with each example that has a fix, and the rule of its page.
fn each_example(mut check: impl FnMut(&Example, &Entry)) {
    for (name, text) in Catalog::pages() {
        let entry = Entry::load(name, text).unwrap();
        examples(&entry.page).iter().filter(|example| !example.utf16).for_each(|example| check(example, &entry));
    }
}

/// Examples whose fixes cannot be proved, by page and the line of the example, and why that is right.
const UNPROVED: &[(&str, &str)] = &[
    ("element-obsolete line 41", "kramdown prints `--` as a dash outside of `<code>` only"),
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

/// Rules whose safe fixes replace more than the span of the finding, its related spans and what the fix is about. The rest
/// of the value, the attribute or the suppression is written again; `key-order` moves lines.
const REPLACES_MORE: [&str; 6] = [
    "front-matter-invalid",
    "key-order",
    "markup-broken",
    "rel-unknown-token",
    "suppression-unused",
    "text-decomposed-hangul",
];

/// The proof does not compare the bytes that an edit replaces, so safe fixes replace only what they announce, and whitespace.
#[test]
fn safe_fixes_replace_what_they_announce() {
    let mut wrong = Vec::new();
    each_example(|example, entry| {
        for finding in example.lint(&defaults_with(entry)) {
            let Some(fix) = finding.fix.as_ref().filter(|fix| safe(fix)) else { continue };
            let related = finding.related.iter().map(|label| label.span);
            let own: Vec<Span> = [finding.label.span].into_iter().chain(related).chain(fix.about).collect();
            let is_outside = |at: u32| !own.iter().any(|span| span.start <= at && at < span.end);
            let replaces_more = fix.edits().iter().any(|edit| {
                let mut characters = edit.span.slice(&example.text).char_indices();
                characters.any(|(at, c)| !c.is_whitespace() && is_outside(edit.span.start + at as u32))
            });
            if replaces_more && !REPLACES_MORE.contains(&&*finding.rule) {
                wrong.push(format!("{} on {} line {}", finding.rule, entry.page.meta.name, example.line));
            }
        }
    });
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// The section about the fix of a rule.
fn section(page: &str) -> String {
    let (_, section) = page.split_once("\n# Fix\n").unwrap_or_default();
    let mut is_code = false;
    let prose = section.lines().filter(|line| {
        let is_fence = line.starts_with("```");
        is_code ^= is_fence;
        !is_code && !is_fence
    });
    prose.take_while(|line| !line.starts_with("# ")).collect::<Vec<_>>().join(" ").to_lowercase()
}

fn is_page_of(file: &str, rule: &str) -> bool {
    file.trim_end_matches(".md") == rule
}

/// The page of a rule says of its fixes whether they are safe, which the table in `docs/src/fixes.md` explains.
#[test]
fn pages_say_whether_their_fixes_are_safe() {
    let mut kinds: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for (name, _) in Catalog::pages() {
        kinds.insert(name, BTreeSet::new());
    }
    each_example(|example, entry| {
        let found = example.lint(&defaults_with(entry)).into_iter();
        let own = found.filter(|finding| *finding.rule == *entry.page.meta.name);
        let (_, kinds) = kinds.iter_mut().find(|(name, _)| is_page_of(name, &entry.page.meta.name)).unwrap();
        kinds.extend(own.filter_map(|finding| Some(finding.fix?.safety.as_str())));
    });
    let mut wrong = Vec::new();
    for (name, text) in Catalog::pages() {
        let section = section(text);
        let words: BTreeSet<&str> = section.split(|c: char| !c.is_alphabetic()).collect();
        let said: BTreeSet<&str> =
            Safety::ALL.map(Safety::as_str).into_iter().filter(|it| words.contains(it)).collect();
        if said != kinds[name] {
            wrong.push(format!("{name}: fixes are {:?}, the page says {said:?}", kinds[name]));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}
