//! A post together with its findings.

use crate::engine::FileReport;
use crate::project::Post;

/// A post and its findings.
pub struct Linted {
    /// The post.
    pub post: Post,
    /// Its findings.
    pub report: FileReport,
}
