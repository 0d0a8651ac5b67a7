//! A mistake in a file written for postlint.

use crate::source::Span;

/// A mistake in a file written for postlint: its config, or a rule page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mistake {
    /// The span of the mistake.
    pub span: Span,
    /// The error message, on one line.
    pub message: String,
    /// The label of the span.
    pub label: String,
    /// What to do.
    pub help: Option<String>,
}

impl Mistake {
    /// Creates a mistake without help.
    pub fn at(span: Span, message: impl Into<String>, label: impl Into<String>) -> Self {
        Mistake { span, message: message.into(), label: label.into(), help: None }
    }

    /// Adds a help text.
    pub fn with_help(self, help: impl Into<String>) -> Self {
        Mistake { help: Some(help.into()), ..self }
    }

    /// An unknown name, with the most similar known one as a suggestion.
    pub fn unknown(span: Span, what: &str, name: &str, suggestion: Option<&str>, known: &[&str]) -> Self {
        let list = || known.iter().map(|word| format!("`{word}`")).collect::<Vec<_>>().join(", ");
        let help = match suggestion {
            Some(suggestion) => format!("did you mean `{suggestion}`?"),
            None if known.len() == 1 => format!("expected {}", list()),
            None => format!("expected one of {}", list()),
        };
        let help = (suggestion.is_some() || !known.is_empty()).then_some(help);
        Mistake { span, message: format!("unknown {what} `{name}`"), label: format!("no such {what}"), help }
    }
}
