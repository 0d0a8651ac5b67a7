//! `key-order`: a key that stands after one the project's config puts behind it.

use crate::diagnostic::Label;
use crate::document::Document;
use crate::document::front_matter::value::Entry;
use crate::rule::{Check, Context, Finding, Wants};
use serde::Deserialize;

#[derive(Deserialize)]
pub struct KeyOrder {}

impl Check for KeyOrder {
    fn wants(&self) -> Wants {
        Wants::Document
    }

    fn document(&self, context: &mut Context<'_>, document: &Document<'_>) {
        let (Some(_), Some(block)) = (document.sound_fence(), document.front_matter.block()) else { return };
        for order in document.place.expected.iter().map(|expected| &expected.order) {
            let rank = |entry: &Entry<'_>| order.iter().position(|key| Some(key.as_str()) == entry.name());
            let mut last: Option<(usize, &Entry<'_>)> = None;
            for entry in &block.mapping.entries {
                let Some(rank) = rank(entry) else { continue };
                match last {
                    Some((highest, before)) if rank < highest => {
                        let (name, before_name) = (entry.name().unwrap_or(""), before.name().unwrap_or(""));
                        context.report(Finding {
                            message: Some(format!("`{name}` belongs before `{before_name}`")),
                            help: Some(format!("keep the order {}", listed(order))),
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

fn listed(order: &[String]) -> String {
    order.iter().map(|key| format!("`{key}`")).collect::<Vec<_>>().join(", ")
}
