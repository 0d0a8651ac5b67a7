//! What happens to a post: it is read, checked, and what its author suppresses is taken out.

pub mod baseline;
pub mod examples;
pub mod lint;
pub mod suppress;
pub mod suppression_writer;
pub mod survey;
