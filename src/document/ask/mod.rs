//! Queries about a post that several rules need.

pub mod accessible_name;
pub mod anchors;
pub mod bare_link;
pub mod branches;
pub mod callout;
pub mod dummy_image;
pub mod excerpt;
pub mod field;
pub mod filler;
pub mod head;
pub mod hidden;
pub mod json_ld;
pub mod language_tag;
pub mod layout;
pub mod lone_image;
pub mod node_at;
pub mod page;
pub mod plugin_alt;
pub mod prose;
pub mod role;
pub mod script_marks;
pub mod scripted;
pub mod section;
pub mod tokens;
