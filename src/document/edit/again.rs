//! A post after edits: whether they may be made is judged by parsing the result.

use crate::document::Document;
use crate::edit::Edit;
use crate::source::Source;

impl Document<'_> {
    /// Applies `edits`, parses the result as this post was parsed, and shows it to `judge`. Returns the changed source
    /// and what `judge` returned; `None` if edits overlap or are not inside the post.
    ///
    /// Edits of front matter alone are judged by `is_sound_after`, which parses no body.
    pub fn after<T>(&self, edits: &[Edit], judge: impl FnOnce(&Document<'_>) -> T) -> Option<(Source, T)> {
        let source = Source::new(Edit::apply(self.source.text(), edits)?);
        let judged = judge(&Document::parse(&source, self.place));
        Some((source, judged))
    }
}
