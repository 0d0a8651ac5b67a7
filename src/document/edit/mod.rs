//! Edits of a post: elements, attributes, front matter.

mod again;
pub mod element;
pub mod front_matter;
pub mod kept;
pub mod key_order;
pub mod merging;
