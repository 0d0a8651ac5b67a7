//! A post together with its findings.

use crate::engine::making::{Making, report_templates_once};
use crate::engine::{Checked, FileReport};
use crate::project::Post;

/// A post and its findings.
pub struct Linted {
    /// The post.
    pub post: Post,
    /// Its findings.
    pub report: FileReport,
    /// How its file was made.
    pub making: Making,
}

impl Linted {
    /// Applies the suppressions of a post. `path` is the path to print.
    pub fn suppressed(post: Post, checked: Checked, path: String) -> Self {
        let making = checked.making;
        Linted { report: checked.suppressed(post.setup(), path), making, post }
    }
}

/// Keeps one of the findings that a template causes in many pages. Baselines contain all of them, so that any page may
/// be checked alone.
pub fn keep_one_of_each_template(linted: &mut [Linted]) {
    let mut pages: Vec<_> = linted.iter_mut().map(|linted| (linted.making, &mut linted.report)).collect();
    report_templates_once(&mut pages);
}
