//! The readers of a post: one for each language it is written in.

pub mod front_matter;
pub mod html;
pub mod kramdown;
pub mod markdown;
pub mod template;
