//! The tree constructor: html5gum tokenizes, html5ever builds the tree with all of WHATWG's error recovery.
//!
//! html5ever's own tokenizer reports line numbers only, and html5gum, whose emitter sees every step and can therefore
//! record byte spans, does not build a tree that recovers from errors as browsers do. The cost of combining them is the
//! code in this folder: html5ever does not report where a node came from, so the sink has to match each node, text run
//! and end tag that the tree builder creates or closes with the current token (`feed`, `sink`, `text`). A new version of
//! html5ever may break that silently; the tests in `tests/it/document` compare the trees with html5lib's.

mod buffers;
mod constructor;
mod feed;
mod formatting;
mod limits;
mod merged;
mod reader;
mod sink;
mod text;
mod tokens;

pub use constructor::Constructor;
