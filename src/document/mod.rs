//! A post as its generator reads it: front matter and one tree over Markdown and HTML, every part with its bytes.

pub mod ask;
pub mod edit;
mod post;
pub mod read;
pub mod suppression;
pub mod tree;

pub use ask::field::Field;
pub use post::Document;
pub use tree::node::{Attribute, Element, Node};
pub use tree::{NodeId, NodeKind, Origin, Tree};
