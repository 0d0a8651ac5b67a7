//! `key-order`: a key that stands after one the project's config puts behind it.

use crate::diagnostic::{Fix, Label, Safety};
use crate::document::Document;
use crate::document::read::front_matter::value::{Entry, Mapping};
use crate::rule::{Check, Context, Finding, Wants};
use serde::Deserialize;

#[derive(Deserialize)]
pub struct KeyOrder {}

impl Check for KeyOrder {
    fn wants(&self) -> Wants {
        Wants::Document
    }

    fn document(&self, context: &mut Context<'_>, document: &Document<'_>) {
        let demands = context.demands;
        let (Some(_), Some(block)) = (document.sound_fence(), document.front_matter.block()) else { return };
        let orders = demands.expected.iter().map(|expected| &expected.order).filter(|order| !order.is_empty());
        let is_only_one = orders.clone().count() == 1;
        for order in orders {
            let rank = |entry: &Entry<'_>| rank(document, order, entry);
            let mut last: Option<(usize, &Entry<'_>)> = None;
            for entry in &block.mapping.entries {
                let Some(rank) = rank(entry) else { continue };
                match last {
                    Some((highest, before)) if rank < highest => {
                        let (name, before_name) = (entry.name().unwrap_or(""), before.name().unwrap_or(""));
                        context.report(Finding {
                            message: Some(format!("`{name}` belongs before `{before_name}`")),
                            help: Some(format!("keep the order {}", listed(order))),
                            // What mends one order may break another.
                            fix: is_only_one.then(|| in_order(document, &block.mapping, order)).flatten(),
                            related: vec![Label { span: before.key.span, message: "it belongs before this".into() }],
                            ..Finding::at(entry.key.span)
                        });
                        // One misplaced key makes all that follow look wrong.
                        break;
                    }
                    _ => last = Some((rank, entry)),
                }
            }
        }
    }
}

fn rank(document: &Document<'_>, order: &[String], entry: &Entry<'_>) -> Option<usize> {
    let name = entry.name()?;
    order.iter().position(|key| document.place.is_same_key(key, name))
}

/// Entries that `order` names change places among themselves; all others stay where they are.
fn in_order(document: &Document<'_>, mapping: &Mapping<'_>, order: &[String]) -> Option<Fix> {
    let ranked = mapping.entries.iter().enumerate();
    let ranked = ranked.filter_map(|(place, entry)| Some((rank(document, order, entry)?, place)));
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
    Some(Fix { title: "put the keys in order".to_owned(), safety: Safety::Safe, edits })
}

fn listed(order: &[String]) -> String {
    order.iter().map(|key| format!("`{key}`")).collect::<Vec<_>>().join(", ")
}
