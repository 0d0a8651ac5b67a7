//! A span of template syntax.

use crate::source::Span;

/// A span of template syntax, before its mask is chosen.
#[derive(Clone, Copy, Debug)]
pub(super) struct Region {
    pub(super) span: Span,
    pub(super) shape: Shape,
}

/// The kinds of template syntax, which determine the mask.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shape {
    /// Prints into the surrounding text: `{{ … }}`.
    Value,
    /// A block if it is alone on its lines: `{% … %}`, `{{< … >}}`, `<Component>`.
    Tag,
    /// A JSX expression: like `Tag`, or a whole attribute value after `=`.
    Expression,
}
