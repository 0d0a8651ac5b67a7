//! A post as its generator parses it: front matter and one tree for Markdown and HTML, every part with its byte span.

pub mod ask;
pub mod edit;
mod options;
mod post;
pub mod read;
pub mod suppression;
pub mod tree;

pub use ask::field::Field;
pub use post::Document;
pub use tree::node::{Attribute, Element, Node};
pub use tree::{NodeId, NodeKind, Origin, Tree};
