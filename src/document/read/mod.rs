//! The parsers for posts, one per language.

pub mod front_matter;
pub mod html;
pub mod kramdown;
pub mod markdown;
pub mod python_markdown;
pub mod template;
