//! A stretch of template syntax.

use crate::source::Span;

/// A stretch of template syntax, before it is decided how to mask it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Region {
    pub(super) span: Span,
    pub(super) shape: Shape,
}

/// What a stretch of template syntax may be masked as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shape {
    /// Prints into the text around it: `{{ … }}`.
    Value,
    /// A block of its own where it stands alone on its lines: `{% … %}`, `{{< … >}}`, `<Component>`.
    Tag,
    /// A JSX expression: as `Tag`, and a whole attribute value after `=`.
    Expression,
}
