//! Fixes of front matter, read by another YAML parser: keys whose lines are the same have the same value.

use super::{all_rules, any, fixed_by, safe, text_after};
use crate::support::shared;
use postlint::document::read::front_matter::FrontMatter;
use postlint::place::Place;
use postlint::place::dialect::{Dialect, Generator};
use postlint::schema::Demands;
use postlint::source::Source;
use serde_yaml::Mapping;
use similar::{ChangeTag, TextDiff};
use std::collections::BTreeSet;
use std::fs;

/// The text of the front matter.
fn content(text: &str, generator: Generator) -> Option<String> {
    let source = Source::new(text);
    let front_matter = FrontMatter::parse(&source, generator);
    Some(front_matter.block()?.content.slice(source.text()).to_owned())
}

/// The top-level key that a line begins.
fn key_of(line: &str) -> Option<&str> {
    let begins = line.starts_with(|c: char| !c.is_whitespace() && !"#-[]{}?&*!|>%@`".contains(c));
    let (key, rest) = line.split_once(':').filter(|_| begins)?;
    (rest.is_empty() || rest.starts_with(char::is_whitespace)).then(|| key.trim().trim_matches(['"', '\'']))
}

/// The keys with a line that is not the same after the fixes.
fn touched(before: &str, after: &str) -> BTreeSet<String> {
    let (mut old, mut new) = (None, None);
    let mut touched = BTreeSet::new();
    for change in TextDiff::from_lines(before, after).iter_all_changes() {
        let found = key_of(change.value()).map(str::to_owned);
        for (tag, key) in [(ChangeTag::Insert, &mut old), (ChangeTag::Delete, &mut new)] {
            if change.tag() != tag && found.is_some() {
                key.clone_from(&found);
            }
        }
        match change.tag() {
            ChangeTag::Equal => {}
            ChangeTag::Delete => touched.extend(old.clone()),
            ChangeTag::Insert => touched.extend(new.clone()),
        }
    }
    touched
}

/// What differs, and the number of compared keys.
fn compared(before: &str, after: &str) -> (Vec<String>, usize) {
    let parse = |text: &str| serde_yaml::from_str::<Mapping>(text);
    let (Ok(old), new) = (parse(before), parse(after)) else { return (Vec::new(), 0) };
    let Ok(new) = new else { return (vec!["cannot be read".to_owned()], 0) };
    // libyaml reads these as line breaks too.
    let lines = |text: &str| text.replace(['\u{85}', '\u{2028}', '\u{2029}'], "\n");
    let touched = touched(&lines(before), &lines(after));
    let is_kept = |key: &serde_yaml::Value| key.as_str().is_none_or(|key| !touched.contains(key));
    let kept: Vec<_> = old.iter().filter(|(key, _)| is_kept(key)).collect();
    let differs = kept.iter().filter(|(key, value)| new.get(*key) != Some(*value));
    let mut wrong: Vec<String> = differs.map(|(key, _)| format!("{key:?}")).collect();
    wrong.extend(new.keys().filter(|key| is_kept(key) && !old.contains_key(key)).map(|key| format!("new {key:?}")));
    (wrong, kept.len())
}

#[test]
fn touched_keys_are_those_of_changed_lines() {
    let before = "title: a\n# x\ntags:\n  - b\n  - c\ndate: d\n";
    let of = |after: &str| touched(before, after).into_iter().collect::<Vec<_>>().join(" ");
    assert_eq!(of(&before.replace("- c", "- \"c\"")), "tags");
    assert_eq!(of(&before.replace("title", "Title")), "Title title");
    assert_eq!(of(&before.replace("date: d\n", "")), "date");
    assert_eq!(compared(before, &before.replace("date: d\n", "date: e\n")), (Vec::new(), 2));
    assert_eq!(compared(before, &before.replace("title: a\n", "title: |\n")).0, [] as [String; 0]);
}

/// Odd and broken front matter, each with all fixes.
#[test]
fn no_fix_changes_another_key_of_the_cases() {
    let rules = all_rules(|_| {});
    let demands = Demands::default();
    let (mut fixed, mut keys, mut wrong) = (0, 0, Vec::new());
    for folder in ["cases/front-matter", "cases/front-matter-nasty", "cases/front-matter-posts"] {
        let Some(folder) = shared::find(folder) else { return };
        for path in shared::files(&folder, &["yml", "md"]) {
            let bytes = fs::read(&path).unwrap();
            // Front matter of more than 64 KB has no fix.
            if bytes.len() > 100_000 {
                continue;
            }
            let is_post = path.extension().is_some_and(|extension| extension == "md");
            let source = if is_post { Source::from_bytes(bytes) } else { shared::post(&bytes) };
            for (generator, dialect) in [(Generator::Jekyll, Dialect::Kramdown), (Generator::Hugo, Dialect::CommonMark)]
            {
                let place = Place::new("_posts/2024-06-01-a.md", generator, dialect);
                for wants in [safe, any] {
                    let text = source.text();
                    let after = text_after(text, &fixed_by(text, &place, &rules, &demands, &wants));
                    let (Some(old), Some(new)) = (content(text, generator), content(&after, generator)) else {
                        continue;
                    };
                    fixed += usize::from(old != new);
                    let (differ, compared) = compared(&old, &new);
                    keys += compared;
                    wrong.extend(differ.into_iter().map(|it| format!("{} {generator}: {it}", path.display())));
                    // The body of a case has no finding with a fix.
                    if !is_post && text.len() - old.len() != after.len() - new.len() {
                        wrong.push(format!("{} {generator}: the body differs", path.display()));
                    }
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
    assert!(fixed > 100 && keys > 700, "{fixed} times the front matter is fixed, {keys} keys are compared");
}
