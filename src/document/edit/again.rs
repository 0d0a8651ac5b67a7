//! Parses a post again after edits, to verify that they are safe.

use crate::document::Document;
use crate::edit::Edit;
use crate::source::Source;

impl Document<'_> {
    /// Applies `edits`, parses the result with the same settings, and passes it to `judge`. Returns the changed source
    /// and the result of `judge`; `None` if edits overlap or are outside the post.
    ///
    /// For edits of front matter alone, `is_sound_after` is faster: it does not parse the body.
    pub fn after<T>(&self, edits: &[Edit], judge: impl FnOnce(&Document<'_>) -> T) -> Option<(Source, T)> {
        let source = Source::new(Edit::apply(self.source.text(), edits)?);
        let judged = judge(&Document::parse(&source, self.place));
        Some((source, judged))
    }
}
