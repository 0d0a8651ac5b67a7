//! Why the native builder gives up.

/// What the native builder leaves to the tree constructor. The sections are those of
/// <https://html.spec.whatwg.org/multipage/parsing.html>.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Reason {
    /// The caller wants the tree constructor.
    NotWanted,
    /// A whole page that has no `<!doctype html>`, or whose `html`, `head` or `body` is implied, or that has content
    /// outside of them: §13.2.6.4.1 to §13.2.6.4.6.
    WholePage,
    /// U+0000, which is dropped or replaced: §13.2.5.
    Null,
    /// An `html`, `head`, `body` or frame tag, which may change the element of the page: §13.2.6.4.7.
    PageTag,
    /// `<svg>` or `<math>`: §13.2.6.5.
    Foreign,
    /// `<select>`, `<input>` or `<hr>` in a `<select>`, or an option outside of one: §13.2.6.4.7.
    Select,
    /// `<template>`: §13.2.6.4.18.
    Template,
    /// An element with rules of its own that posts rarely contain, such as `<plaintext>` or `<nobr>`: §13.2.6.4.7.
    RareElement,
    /// A formatting element is closed by another element, so that it is opened again later: §13.2.4.3.
    Formatting,
    /// A formatting element ends after an element that it does not contain, the adoption agency algorithm: §13.2.6.4.7.
    Misnested,
    /// A link, button or form inside another one: §13.2.6.4.7.
    Nested,
    /// Text or an element in a table, but not in a cell: foster parenting, §13.2.6.1.
    Fostered,
    /// A part of a table that is not where it belongs, a column or a caption that is closed by another part:
    /// §13.2.6.4.9 to §13.2.6.4.15.
    TablePart,
    /// A part of a ruby annotation that closes another one: §13.2.6.4.7.
    Ruby,
    /// Markup that ends in the middle: §13.2.5.
    Unfinished,
    /// A doctype, a CDATA section, or a comment with unusual delimiters or with carriage returns beside template syntax:
    /// §13.2.5.42 to §13.2.5.51.
    Declaration,
    /// A `<!--` in a script: §13.2.5.18 to §13.2.5.31.
    EscapedScript,
    /// A reference to a character that is replaced by another one: §13.2.5.80.
    CharacterReference,
    /// An attribute without a value after its `=`, or one that is written in several places: §13.2.5.35 to §13.2.5.37.
    AttributeValue,
    /// More attributes than are compared one by one.
    ManyAttributes,
    /// More open elements than the tree constructor certainly keeps open.
    Depth,
}
