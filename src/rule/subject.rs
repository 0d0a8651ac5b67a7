//! The input that all checks of a post share.

use crate::document::Document;
use crate::schema::{Demands, Violation};
use std::cell::OnceCell;

/// A post, the requirements of its config, and results that several checks need, which are computed once.
pub struct Subject<'d> {
    /// The post.
    pub document: &'d Document<'d>,
    /// What the project's config requires of its front matter.
    pub demands: &'d Demands,
    violations: OnceCell<Vec<Violation>>,
}

impl<'d> Subject<'d> {
    /// Creates a subject for a post that has not been checked yet.
    pub fn new(document: &'d Document<'d>, demands: &'d Demands) -> Self {
        Subject { document, demands, violations: OnceCell::new() }
    }

    /// All violations of the demands in its front matter.
    pub fn violations(&self) -> &[Violation] {
        self.violations.get_or_init(|| self.demands.violations(self.document))
    }
}
