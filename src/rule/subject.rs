//! What all checks of a post look at.

use crate::document::Document;
use crate::schema::{Demands, Violation};
use std::cell::OnceCell;

/// A post, what its config requires, and what several checks need of both: computed once, when the first one asks.
pub struct Subject<'d> {
    /// The post.
    pub document: &'d Document<'d>,
    /// What the project's config requires of its front matter.
    pub demands: &'d Demands,
    violations: OnceCell<Vec<Violation>>,
}

impl<'d> Subject<'d> {
    /// A post that no check has looked at.
    pub fn new(document: &'d Document<'d>, demands: &'d Demands) -> Self {
        Subject { document, demands, violations: OnceCell::new() }
    }

    /// All violations of the demands in its front matter.
    pub fn violations(&self) -> &[Violation] {
        self.violations.get_or_init(|| self.demands.violations(self.document))
    }
}
