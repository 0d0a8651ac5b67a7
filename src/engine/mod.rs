//! What happens to a post, phase by phase: it is read, checked against its rules, and what its author suppresses is taken
//! out. Nothing here opens a file or knows how findings are shown.

pub mod baseline;
pub mod check;
pub mod examples;
pub mod failure;
pub mod post;
pub mod report;
pub mod suppress;
pub mod suppression_writer;
pub mod survey;

pub use check::Observer;
pub use post::{Checked, Setup, lint};
pub use report::{FileReport, INTERNAL_ERROR, RuleInfo, internal_error};
