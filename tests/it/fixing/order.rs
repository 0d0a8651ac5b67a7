//! The result of fixes depends neither on the order of the rules, nor on whether they run at once or one by one.

use super::{all_rules, any, fixed_by, posts, safe, text_after};
use postlint::catalog::{Catalog, Entry};
use postlint::diagnostic::FixLimit;
use postlint::engine::examples::examples;
use postlint::place::Place;
use postlint::place::dialect::{Dialect, Generator};
use postlint::schema::Demands;

/// A shuffle that is the same in each run.
fn shuffle<T>(items: &mut [T], seed: u64) {
    let mut state = seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1;
    for last in (1..items.len()).rev() {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        items.swap(last, (state % (last as u64 + 1)) as usize);
    }
}

fn place() -> Place {
    Place::new("_posts/2024-06-01-a.md", Generator::Jekyll, Dialect::Kramdown)
}

/// The bad examples of all Markdown posts in one, so that fixes of many rules meet.
fn many() -> String {
    let mut all = String::from("---\ntitle: Many things\ndescription: What they are about.\n---\n");
    for (name, text) in Catalog::pages() {
        let entry = Entry::load(name, text).unwrap();
        for example in examples(&entry.page).iter().filter(|example| example.file == "post.md") {
            let text = &*example.text;
            let body =
                text.strip_prefix("---\n").and_then(|rest| rest.split_once("\n---\n")).map_or(text, |(_, body)| body);
            all.push('\n');
            all.push_str(body);
            all.push('\n');
        }
    }
    all
}

#[test]
fn the_order_of_rules_does_not_matter() {
    let demands = Demands::default();
    let texts: Vec<String> = posts().into_iter().chain([many()]).collect();
    for text in &texts {
        for wants in [&safe as &dyn Fn(&_) -> bool, &any] {
            let expected = fixed_by(text, &place(), &all_rules(|_| {}), &demands, wants);
            assert!(!expected.applied.is_empty());
            for seed in 1..4 {
                let shuffled = all_rules(|rules| shuffle(rules, seed));
                let outcome = fixed_by(text, &place(), &shuffled, &demands, wants);
                assert_eq!(text_after(text, &outcome), text_after(text, &expected), "seed {seed}");
                assert_eq!(outcome.applied, expected.applied, "seed {seed}");
            }
        }
    }
}

#[test]
fn one_run_equals_fixing_rule_by_rule() {
    let demands = Demands::default();
    for text in posts() {
        let expected = text_after(&text, &fixed_by(&text, &place(), &all_rules(|_| {}), &demands, &safe));
        for seed in 1..6 {
            let mut names: Vec<String> = Catalog::builtin().rules().map(|it| it.page.meta.name.to_string()).collect();
            shuffle(&mut names, seed);
            let mut now = text.clone();
            for name in &names {
                let mut rules = all_rules(|_| {});
                rules.limit_fixes(names.iter().map(|it| &**it).filter(|it| it != name), FixLimit::Never);
                now = text_after(&now, &fixed_by(&now, &place(), &rules, &demands, &safe));
            }
            assert_eq!(now, expected, "seed {seed}");
        }
    }
}
