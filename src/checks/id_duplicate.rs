//! `id-duplicate`: an `id` that two elements of a post share.

use crate::diagnostic::Label;
use crate::document::ask::branches::Branches;
use crate::document::{Element, NodeKind};
use crate::rule::repeated::{self, Groups};
use crate::rule::{Check, Context, Finding, Wants};
use crate::source::Span;
use rustc_hash::FxHashMap;
use serde::Deserialize;

#[derive(Deserialize)]
pub struct IdDuplicate {}

impl Check for IdDuplicate {
    fn wants(&self) -> Wants {
        Wants::together_with("id")
    }

    fn elements(&self, context: &mut Context<'_>, elements: &[Element<'_>]) {
        let tree = &context.document.tree;
        let mut first: FxHashMap<&str, Span> = FxHashMap::default();
        let mut again: Groups<&str, Span> = Groups::default();
        let mut branches = None;
        for &element in elements {
            let Some((id, span)) = written_id(element) else { continue };
            let Some(&before) = first.get(id) else {
                first.insert(id, span);
                continue;
            };
            // A page contains only one branch of a template's condition.
            let branches = branches.get_or_insert_with(|| Branches::of(tree));
            if !branches.hold(span.start) && !branches.hold(before.start) {
                again.add(id, span);
            }
        }
        for (id, spans) in again.into_vec() {
            let (Some(&before), Some(&span)) = (first.get(id), spans.first()) else { continue };
            let times = if spans.len() == 1 { "twice".to_owned() } else { format!("{} times", spans.len() + 1) };
            let mut related = vec![Label { span: before, message: "first used here".to_owned() }];
            related.extend(repeated::others(spans, "and here"));
            context.report(Finding {
                message: Some(format!("the `id` `{id}` is used {times}")),
                related,
                identity: Some(id.to_owned()),
                ..Finding::at(span)
            });
        }
    }
}

/// An element's id if it is in the source. The content of a `<template>` does not count.
fn written_id(element: Element<'_>) -> Option<(&str, Span)> {
    let attribute = element.attribute("id")?;
    let id = attribute.known_value().filter(|id| !id.is_empty())?;
    let span = attribute.value_span()?;
    let in_template = || element.ancestors().last().is_some_and(|top| is_in_fragment(top));
    (!in_template()).then_some((id, span))
}

fn is_in_fragment(top: Element<'_>) -> bool {
    top.node().parent().is_some_and(|parent| parent.kind() == NodeKind::Fragment)
}
