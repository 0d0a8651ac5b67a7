//! A post together with its findings.

use crate::engine::built::{Making, report_templates_once};
use crate::engine::{Checked, FileReport};
use crate::project::Post;
use crate::walk;
use rayon::prelude::*;
use std::path::Path;

/// A post and its findings.
pub struct Linted {
    /// The post.
    pub post: Post,
    /// Its findings.
    pub report: FileReport,
}

/// Applies the suppressions of all posts, and keeps one of the findings that a template causes in many built pages.
pub fn suppressed(checked: Vec<(Post, Checked)>, working_directory: &Path) -> Vec<Linted> {
    let suppress = |(post, checked): (Post, Checked)| {
        let making = checked.making;
        let report = checked.suppressed(post.setup(), walk::printed(&post.path, working_directory));
        (making, Linted { post, report })
    };
    let mut linted: Vec<(Making, Linted)> = checked.into_par_iter().map(suppress).collect();
    let mut pages: Vec<_> = linted.iter_mut().map(|(making, linted)| (*making, &mut linted.report)).collect();
    report_templates_once(&mut pages);
    linted.into_iter().map(|(_, linted)| linted).collect()
}
