//! The context in which HTML is parsed.

use html5ever::QualName;

/// The context in which HTML is parsed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Mode {
    /// A whole page: `html`, `head` and `body` are implied if they are missing.
    Document,
    /// Content of a page's `body`.
    #[default]
    Fragment,
    /// Content of an element other than `body`.
    FragmentIn(QualName),
}
