//! The parsers of a post: one for each language.

pub mod front_matter;
pub mod html;
pub mod kramdown;
pub mod markdown;
pub mod python_markdown;
pub mod template;
