//! Rules: a rule is a page with its rationale and examples, and a check that reports findings.

pub mod across;
pub mod applies_to;
pub mod built;
pub mod check;
pub mod declared;
pub mod groups;
pub mod insecure;
pub mod meta;
pub mod page;
pub mod patterns;
mod read;
pub mod repeated;
pub mod subject;

pub use across::{Shared, SiteContext};
pub use built::{BuiltContext, BuiltSpot, ReadsBuilt};
pub use check::{Check, Context, Finding, Judged, Severity, Wants, Which};
pub use meta::{Group, Meta};
pub use page::Page;
pub use subject::Subject;
