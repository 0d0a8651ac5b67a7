//! Reads and checks the file of one post.

use crate::engine::{Checked, Observer};
use crate::files::{self, Limit, ReadError};
use crate::project::Post;
use crate::source::Source;

/// Reads a post's file and runs its rules.
pub fn check_file(post: &Post, observer: &mut impl Observer) -> Result<Checked, ReadError> {
    Ok(Checked::of(post.setup(), Source::from_bytes(files::read(&post.path, Limit::POST)?), observer))
}
