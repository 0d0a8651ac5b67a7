//! Footnotes, with a class and a role on each element that let rules distinguish them from the post's own markup, and
//! links that lead to existing definitions.

use crate::document::read::markdown::Reader;
use crate::document::read::markdown::inline::Attributes;
use crate::document::tree::build::{Build, NewAttribute};
use crate::source::Span;
use html5ever::{LocalName, local_name};
use smallvec::smallvec;

impl<B: Build> Reader<'_, B> {
    /// `[^label]`
    pub(super) fn footnote_reference(&mut self, label: &str, written: Span) {
        let class = [NewAttribute::new(local_name!("class"), "footnote-reference", None)];
        self.build.open(local_name!("sup"), written, &class);
        let attributes = [
            NewAttribute::new(local_name!("href"), format!("#fn:{label}"), None),
            NewAttribute::new(local_name!("class"), "footnote", None),
            NewAttribute::new(LocalName::from("role"), "doc-noteref", None),
        ];
        self.build.open(local_name!("a"), written, &attributes);
        match self.located(label) {
            Some(span) => self.verbatim(span),
            None => self.build.decoded_text(written, label),
        }
        self.build.close(local_name!("a"), Span::empty(written.end));
        self.build.close(local_name!("sup"), Span::empty(written.end));
    }

    /// `[^label]: …`; if several have the same label, links lead to the first.
    pub(super) fn open_footnote_definition(&mut self, label: &str, written: Span) {
        let mut attributes: Attributes<'_> = smallvec![
            NewAttribute::new(local_name!("class"), "footnote-definition", None),
            NewAttribute::new(LocalName::from("role"), "doc-footnote", None),
        ];
        if self.footnotes.insert(label.to_owned()) {
            attributes.push(NewAttribute::new(local_name!("id"), format!("fn:{label}"), self.located(label)));
        }
        self.build.open(local_name!("div"), written, &attributes);
    }
}
