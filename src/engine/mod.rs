//! Lints a post: parses it, runs its rules, and removes the findings that its author suppresses. This module does not
//! open files, and does not depend on how findings are printed.

pub mod across;
pub mod audit;
pub mod audit_summary;
pub mod baseline;
pub mod check;
pub mod examples;
pub mod failure;
pub mod fixed;
pub mod fixing;
pub mod front_matter_key;
pub mod language;
pub mod making;
pub mod markdownlint;
pub mod post;
pub mod report;
mod rule_infos;
pub mod suppress;
pub mod suppression_writer;
pub mod survey;

pub use check::Observer;
pub use fixed::{Fixed, fixed};
pub use post::{Asked, Checked, Known, Setup, facts_of, lint, unsuppressed};
pub use report::{FileReport, INTERNAL_ERROR, RuleInfo, internal_error};
pub use rule_infos::rule_infos;
