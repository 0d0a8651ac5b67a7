//! A post that was linted.

use crate::engine::FileReport;
use crate::project::Post;

/// A post and what was found in it.
pub struct Linted {
    /// The post.
    pub post: Post,
    /// What was found in it.
    pub report: FileReport,
}
