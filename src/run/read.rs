//! Reads and checks the file of one post.

use crate::digest::Digest;
use crate::engine::post::Text;
use crate::engine::{Checked, Observer};
use crate::files::{self, Limit, ReadError};
use crate::project::Post;
use crate::source::Source;

/// Reads the text of a post that lacks it. If the file has changed since its findings were known, it is checked again, without
/// what rules across posts found in it.
pub fn complete(post: &Post, checked: Checked) -> Result<Checked, ReadError> {
    let Text::Unread(digest) = checked.text else { return Ok(checked) };
    if !checked.lacks_text() {
        return Ok(checked);
    }
    let bytes = files::read(&post.path, Limit::POST)?;
    let is_same = Digest::of(&bytes) == digest;
    let source = Source::from_bytes(bytes);
    Ok(match is_same {
        true => Checked { text: Text::Read(source), ..checked },
        false => Checked::of(post.setup(), source, &mut ()),
    })
}

/// Reads a post's file and runs its rules.
pub fn check_file(post: &Post, observer: &mut impl Observer) -> Result<Checked, ReadError> {
    Ok(Checked::of(post.setup(), Source::from_bytes(files::read(&post.path, Limit::POST)?), observer))
}
