//! A rule that panics: the run continues, and one finding reports the reason and the place.

use postlint::catalog::Catalog;
use postlint::diagnostic::Level;
use postlint::digest::Digest;
use postlint::document::Document;
use postlint::engine::failure::{caught, keep_causes};
use postlint::engine::suppress::Ran;
use postlint::engine::{Checked, INTERNAL_ERROR};
use postlint::place::Place;
use postlint::place::dialect::{Dialect, Generator};
use postlint::project::{KnownIn, Post};
use postlint::rule::{Check, Context, Wants};
use postlint::ruleset::{ActiveRule, Ruleset};
use postlint::schema::Demands;
use postlint::source::Source;
use std::panic::{set_hook, take_hook};
use std::path::PathBuf;
use std::sync::Arc;

struct Fails;

impl Check for Fails {
    fn wants(&self) -> Wants {
        Wants::Document
    }

    fn document(&self, _: &mut Context<'_>, document: &Document<'_>) {
        let words: Vec<&str> = document.source.text().split(' ').collect();
        assert!(words[7] != "never");
    }
}

fn post() -> Post {
    let catalog = Catalog::builtin();
    let mut rules = Ruleset::empty(catalog);
    let meta = Arc::clone(&catalog.get("alt-missing").unwrap().page.meta);
    rules.add(ActiveRule::new(meta, Level::Warn, Arc::new(Fails)));
    Post {
        path: PathBuf::from("a.md"),
        site: None,
        place: Box::new(Place::new("a.md", Generator::Plain, Dialect::CommonMark)),
        rules: Arc::new(rules),
        demands: Demands::default(),
        urls: None,
        digest: Digest::default(),
        config_folder: PathBuf::new(),
        baseline: KnownIn::Nearest,
    }
}

#[test]
fn a_panic_becomes_a_finding_with_its_cause() {
    let usual = take_hook();
    keep_causes();
    let post = post();
    let checked = Checked::of(post.setup(), Source::new("a b c\n"), &mut ());
    let report = checked.suppressed(post.setup(), "a.md".into(), Ran::Across);
    let first = caught(|| panic!("first\nsecond"));
    let long = caught(|| std::panic::panic_any("x".repeat(1_000)));
    let other = caught(|| std::panic::panic_any(7));
    set_hook(usual);

    let [finding] = &report.diagnostics[..] else { panic!("{:?}", report.diagnostics) };
    assert_eq!((&*finding.rule, finding.level), (INTERNAL_ERROR, Level::Error));
    let line = include_str!("failures.rs").lines().position(|line| line.contains("words[7]")).unwrap() + 1;
    let cause = "index out of bounds: the len is 3 but the index is 7";
    let place = format!("tests/it/cli/failures.rs:{line}");
    assert_eq!(finding.message, format!("postlint failed on this file: {cause}, at {place}"));

    let first: Result<(), String> = first;
    assert!(first.unwrap_err().starts_with("first, at tests/it/cli/failures.rs:"));
    let long: Result<(), String> = long;
    assert!(long.unwrap_err().starts_with(&format!("{}, at", "x".repeat(200))));
    let other: Result<(), String> = other;
    assert!(other.unwrap_err().starts_with("panic without a message, at"));
}
