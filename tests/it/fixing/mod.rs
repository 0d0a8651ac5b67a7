//! Fixes: what they change, that they are proved, and that nothing depends on their order.

mod command;
mod front_matter;
mod kept;
mod order;
mod pages;
mod patch;
mod report;
mod twins;
mod written;

use crate::support::shared;
use postlint::catalog::Catalog;
use postlint::diagnostic::{Diagnostic, Fix, Safety};
use postlint::document::Document;
use postlint::engine::fixing::{Outcome, fix};
use postlint::engine::{Setup, lint};
use postlint::place::Place;
use postlint::ruleset::{ActiveRule, Ruleset};
use postlint::schema::Demands;
use postlint::source::Source;
use std::fs;
use std::path::Path;

/// A post of this repository with 17 findings, 13 of which have safe fixes.
fn harbor() -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/posts/_posts/2024-06-01-harbor.md"))
        .unwrap()
}

/// All rules, also those that are off by default, in this order of the catalog.
fn all_rules(order: impl FnOnce(&mut Vec<ActiveRule>)) -> Ruleset {
    let catalog = Catalog::builtin();
    let mut rules: Vec<ActiveRule> = catalog
        .rules()
        .map(|entry| {
            let level = entry.page.meta.level.level().unwrap_or(postlint::diagnostic::Level::Info);
            ActiveRule::new(entry.page.meta.clone(), level, entry.check().clone())
        })
        .collect();
    order(&mut rules);
    let mut set = Ruleset::empty(catalog);
    rules.into_iter().for_each(|rule| set.add(rule));
    set
}

/// Fixes a post. Only fixes that `wants` accepts are applied.
fn fixed_by(text: &str, place: &Place, rules: &Ruleset, demands: &Demands, wants: &dyn Fn(&Fix) -> bool) -> Outcome {
    let source = Source::new(text);
    let found: Vec<Diagnostic> = lint(&Document::parse(&source, place), rules, demands);
    fix(Setup { place, rules, demands, urls: None }, &source, found, wants, &|_, _| {})
}

/// The text of a post after its fixes.
fn text_after(text: &str, outcome: &Outcome) -> String {
    outcome.source.as_ref().map_or(text, |source| source.text()).to_owned()
}

fn safe(fix: &Fix) -> bool {
    fix.safety == Safety::Safe
}

fn any(_: &Fix) -> bool {
    true
}

/// The posts to try fixes on: those of this repository, and those of the shared seed where there is one.
fn posts() -> Vec<String> {
    let mut posts = vec![harbor()];
    if let Some(seed) = shared::find("seed/_posts/2024-07-30-seoul.md") {
        posts.push(fs::read_to_string(seed).unwrap());
    }
    posts
}
