//! `suppression-unknown`: a suppression with an unknown rule name or an unknown keyword.

use crate::diagnostic::{Fix, Safety};
use crate::document::suppression::{Kind, Name, Suppression};
use crate::rule::{Check, Context, Finding, Judged, Wants};
use crate::source::Span;
use serde::Deserialize;
use std::cell::LazyCell;

#[derive(Deserialize)]
pub struct SuppressionUnknown {}

/// The word that begins a region, and the one that ends it.
const START: &str = "postlint-ignore-start";
const END: &str = "postlint-ignore-end";

impl Check for SuppressionUnknown {
    fn wants(&self) -> Wants {
        Wants::Suppressions
    }

    fn suppressions(&self, context: &mut Context<'_>, judged: &[Judged<'_>]) {
        let text = context.document.source.text();
        let last_end = LazyCell::new(|| judged.iter().rposition(|it| is_end(text, it.suppression)));
        for (at, Judged { suppression, unknown: names, .. }) in judged.iter().enumerate() {
            match suppression.kind {
                Kind::Unknown => {
                    let is_ended = last_end.is_some_and(|last| last > at);
                    context.report(unknown_kind(suppression.word.slice(text), suppression, is_ended));
                }
                Kind::End | Kind::Setting => {}
                _ if suppression.names.is_empty() => context.report(no_name(text, suppression)),
                _ => {}
            }
            if let Some(reason) = reason_without_colon(names, suppression) {
                context.report(reason);
                continue;
            }
            for (name, suggestion) in names {
                context.report(unknown(name.span, &format!("`{}` is not a rule", name.text), suggestion.as_deref()));
            }
        }
    }
}

/// Whether it ends a region, also in the word of another linter.
fn is_end(text: &str, suppression: &Suppression) -> bool {
    suppression.kind == Kind::End || Kind::meant(suppression.word.slice(text)) == Some(END)
}

fn unknown_kind(word: &str, suppression: &Suppression, is_ended: bool) -> Finding {
    let meant = Kind::meant(word);
    let found = Finding {
        label: Some("unknown suppression".to_owned()),
        ..unknown(suppression.word, &format!("`{word}` is not a suppression"), meant)
    };
    match meant {
        // It would suppress all that follows: that is hardly what was meant.
        Some(START) if !is_ended => {
            let help = format!(
                "did you mean `{START}`, and `<!-- {END} -->` below? One comment suppresses in the next block: `postlint-ignore`"
            );
            Finding { help: Some(help), fix: None, ..found }
        }
        _ => found,
    }
}

fn no_name(text: &str, suppression: &Suppression) -> Finding {
    let rest = text.get(suppression.word.end as usize..).unwrap_or_default();
    let help = match rest.trim_start().starts_with(':') {
        true => "name the rules before the colon, which begins the reason",
        false => "name the rules to suppress, or write `all`",
    };
    Finding {
        message: Some("suppression without rule names".to_owned()),
        label: Some("no rule named here".to_owned()),
        help: Some(help.to_owned()),
        ..Finding::at(suppression.word)
    }
}

/// Several words after the names that are none and resemble none: a reason.
fn reason_without_colon(unknown: &[(Name, Option<String>)], suppression: &Suppression) -> Option<Finding> {
    let ((first, _), (last, _)) = (unknown.first()?, unknown.last()?);
    let start = suppression.names.iter().position(|name| name.span == first.span)?;
    let follow = suppression.names.len() - start == unknown.len();
    let resemble_none = unknown.iter().all(|(_, suggestion)| suggestion.is_none());
    (start > 0 && unknown.len() > 1 && follow && resemble_none).then(|| Finding {
        message: Some(format!("`{}` and the words after it are not rules", first.text)),
        help: Some("write a colon before the reason".to_owned()),
        ..Finding::at(first.span.join(last.span))
    })
}

fn unknown(span: Span, message: &str, suggestion: Option<&str>) -> Finding {
    Finding {
        message: Some(message.to_owned()),
        help: suggestion.map(|suggestion| format!("did you mean `{suggestion}`?")),
        fix: suggestion.map(|suggestion| Fix::write(suggestion, span, Safety::Unsafe)),
        ..Finding::at(span)
    }
}
