//! The numbers of an audit: the same in JSON, Markdown, the report and on the terminal; `--compare`; the hygiene score.

mod comparison;
mod hygiene;
pub mod numbers;
mod page;
