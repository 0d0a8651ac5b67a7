//! `key-order`: keys in an order other than the one the project's config requires.

use crate::diagnostic::{Fix, Label, Safety};
use crate::document::Document;
use crate::document::read::front_matter::value::{Entry, Mapping};
use crate::rule::{Check, Context, Finding, Wants};
use rustc_hash::FxHashMap;
use serde::Deserialize;
use std::borrow::Cow;

#[derive(Deserialize)]
pub struct KeyOrder {}

impl Check for KeyOrder {
    fn wants(&self) -> Wants {
        Wants::Document
    }

    fn document(&self, context: &mut Context<'_>, document: &Document<'_>) {
        let demands = context.demands;
        let Some(block) = document.sound_block() else { return };
        let orders = demands.expected.iter().map(|expected| &expected.order).filter(|order| !order.is_empty());
        let is_only_one = orders.clone().count() == 1;
        for order in orders {
            let ranks = Ranks::of(order, document.place.is_any_case());
            let mut last: Option<(usize, &Entry<'_>)> = None;
            for entry in &block.mapping.entries {
                let Some(rank) = ranks.get(entry) else { continue };
                match last {
                    Some((highest, before)) if rank < highest => {
                        let (name, before_name) = (entry.name().unwrap_or(""), before.name().unwrap_or(""));
                        context.report(Finding {
                            message: Some(format!("`{name}` must come before `{before_name}`")),
                            help: Some(format!("use the order {}", listed(order))),
                            // With several orders, an edit for one may violate another.
                            fix: is_only_one.then(|| in_order(document, &block.mapping, &ranks)).flatten(),
                            related: vec![Label { span: before.key.span, message: "it must come before this".into() }],
                            ..Finding::at(entry.key.span)
                        });
                        // Report one finding per order: one misplaced key makes all keys after it appear misplaced.
                        break;
                    }
                    _ => last = Some((rank, entry)),
                }
            }
        }
    }
}

/// The position of each key in an order.
struct Ranks<'o> {
    places: FxHashMap<Cow<'o, str>, usize>,
    any_case: bool,
}

impl<'o> Ranks<'o> {
    fn of(order: &'o [String], any_case: bool) -> Self {
        let mut ranks = Ranks { places: FxHashMap::default(), any_case };
        for (place, key) in order.iter().enumerate() {
            let key = ranks.spelled(key);
            ranks.places.entry(key).or_insert(place);
        }
        ranks
    }

    fn get(&self, entry: &Entry<'_>) -> Option<usize> {
        self.places.get(&self.spelled(entry.name()?)).copied()
    }

    fn spelled<'k>(&self, key: &'k str) -> Cow<'k, str> {
        if self.any_case { key.to_ascii_lowercase().into() } else { key.into() }
    }
}

/// The fix that sorts the entries in `ranks` within the positions that they occupy. All other entries keep their
/// positions.
fn in_order(document: &Document<'_>, mapping: &Mapping<'_>, ranks: &Ranks<'_>) -> Option<Fix> {
    let ranked = mapping.entries.iter().enumerate();
    let ranked = ranked.filter_map(|(place, entry)| Some((ranks.get(entry)?, place)));
    let mut ranked: Vec<(usize, usize)> = ranked.collect();
    let places: Vec<usize> = ranked.iter().map(|(_, place)| *place).collect();
    ranked.sort_unstable();
    let mut new_order: Vec<usize> = (0..mapping.entries.len()).collect();
    for (place, (_, entry)) in places.into_iter().zip(ranked) {
        if let Some(slot) = new_order.get_mut(place) {
            *slot = entry;
        }
    }
    let edits = document.reordered(&new_order)?;
    Some(Fix::new("put the keys in order", Safety::Safe, edits))
}

fn listed(order: &[String]) -> String {
    order.iter().map(|key| format!("`{key}`")).collect::<Vec<_>>().join(", ")
}
