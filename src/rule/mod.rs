//! What a rule is: a page that says why and shows examples, and a check that finds the fault.

pub mod check;
pub mod declared;
pub mod page;
pub mod patterns;
mod read;
pub mod settings;

pub use check::{Check, Context, Finding, Judged, Wants, Which};
pub use page::{Group, Meta, Page, PageError};
