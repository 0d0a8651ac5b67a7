//! A mistake in a file that people write for postlint.

use crate::source::Span;

/// A mistake in a file that people write for postlint: its config, or a rule's page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mistake {
    /// The bytes that are wrong.
    pub span: Span,
    /// What is wrong.
    pub message: String,
    /// What is said at the place.
    pub label: String,
    /// The way out.
    pub help: Option<String>,
}

impl Mistake {
    /// A mistake with no more help than its label gives.
    pub fn at(span: Span, message: impl Into<String>, label: impl Into<String>) -> Self {
        Mistake { span, message: message.into(), label: label.into(), help: None }
    }

    /// The same with a way out.
    pub fn with_help(self, help: impl Into<String>) -> Self {
        Mistake { help: Some(help.into()), ..self }
    }

    /// An unknown name, with the known one it is most like.
    pub fn unknown(span: Span, what: &str, name: &str, suggestion: Option<&str>, known: &[&str]) -> Self {
        let list = || known.iter().map(|word| format!("`{word}`")).collect::<Vec<_>>().join(", ");
        let help = match suggestion {
            Some(suggestion) => format!("did you mean `{suggestion}`?"),
            None => format!("known are {}", list()),
        };
        let help = (suggestion.is_some() || !known.is_empty()).then_some(help);
        Mistake { span, message: format!("unknown {what} `{name}`"), label: format!("no such {what}"), help }
    }
}
