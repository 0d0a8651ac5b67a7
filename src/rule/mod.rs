//! What a rule is: a page with its reasons and examples, and a check that finds the fault.

pub mod applies_to;
pub mod check;
pub mod declared;
pub mod meta;
pub mod page;
pub mod patterns;
mod read;
pub mod subject;

pub use check::{Check, Context, Finding, Judged, Wants, Which};
pub use meta::{Group, Meta};
pub use page::Page;
pub use subject::Subject;
