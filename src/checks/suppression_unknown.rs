//! `suppression-unknown`: a suppression with an unknown rule name or an unknown keyword.

use crate::diagnostic::{Fix, Safety};
use crate::document::suppression::{Kind, Suppression};
use crate::rule::{Check, Context, Finding, Judged, Wants};
use crate::source::Span;
use serde::Deserialize;

#[derive(Deserialize)]
pub struct SuppressionUnknown {}

impl Check for SuppressionUnknown {
    fn wants(&self) -> Wants {
        Wants::Suppressions
    }

    fn suppressions(&self, context: &mut Context<'_>, judged: &[Judged<'_>]) {
        for Judged { suppression, unknown: names, .. } in judged {
            match suppression.kind {
                Kind::Unknown => {
                    context.report(unknown_kind(context.document.source.slice(suppression.word), suppression))
                }
                Kind::End | Kind::Setting => {}
                _ if suppression.names.is_empty() => context.report(no_name(suppression)),
                _ => {}
            }
            for (name, suggestion) in names {
                context.report(unknown(name.span, &format!("`{}` is not a rule", name.text), suggestion.as_deref()));
            }
        }
    }
}

fn unknown_kind(word: &str, suppression: &Suppression) -> Finding {
    Finding {
        label: Some("unknown suppression".to_owned()),
        ..unknown(suppression.word, &format!("`{word}` is not a suppression"), Kind::meant(word))
    }
}

fn no_name(suppression: &Suppression) -> Finding {
    Finding {
        message: Some("suppression without rule names".to_owned()),
        label: Some("no rule named here".to_owned()),
        help: Some("name the rules to suppress, or write `all`".to_owned()),
        ..Finding::at(suppression.word)
    }
}

fn unknown(span: Span, message: &str, suggestion: Option<&str>) -> Finding {
    Finding {
        message: Some(message.to_owned()),
        help: suggestion.map(|suggestion| format!("did you mean `{suggestion}`?")),
        fix: suggestion.map(|suggestion| Fix::write(suggestion, span, Safety::Unsafe)),
        ..Finding::at(span)
    }
}
