//! The documents that are open in the client: their texts follow its edits.

use crate::server::check::Check;
use crate::server::positions::Encoding;
use crate::server::uris;
use crate::source::{Source, Span};
use gen_lsp_types::{TextDocumentContentChangeEvent, Uri};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// An open document.
pub struct Document {
    /// Its URI, as the client writes it.
    pub uri: Uri,
    /// The path of its file, if it is one.
    pub path: Option<PathBuf>,
    /// Its version, as the client counts.
    pub version: i32,
    /// Its text.
    pub source: Source,
    /// What is known of it as a post.
    pub check: Check,
}

/// All open documents.
#[derive(Default)]
pub struct Documents(BTreeMap<String, Document>);

impl Documents {
    /// Opens a document. A client that opens it again replaces it.
    pub fn open(&mut self, uri: Uri, version: i32, text: String) {
        let path = uris::path(&uri);
        let (source, check) = (Source::new(text), Check::default());
        let document = Document { path, version, source, check, uri: uri.clone() };
        self.0.insert(uri.0, document);
    }

    /// Closes a document.
    pub fn close(&mut self, uri: &Uri) -> Option<Document> {
        self.0.remove(&uri.0)
    }

    /// The document with this URI, if it is open.
    pub fn get(&self, uri: &Uri) -> Option<&Document> {
        self.0.get(&uri.0)
    }

    /// The document with this URI, to change it.
    pub fn get_mut(&mut self, uri: &Uri) -> Option<&mut Document> {
        self.0.get_mut(&uri.0)
    }

    /// Whether the file at a path is open. Clients may write the same URI in several ways.
    pub fn has_file(&self, path: &Path) -> bool {
        self.0.values().any(|document| document.path.as_deref() == Some(path))
    }

    /// All of them, sorted by URI.
    pub fn iter_mut(&mut self) -> impl Iterator<Item = &mut Document> {
        self.0.values_mut()
    }

    /// The URIs of all of them.
    pub fn uris(&self) -> Vec<Uri> {
        self.0.values().map(|document| document.uri.clone()).collect()
    }
}

impl Document {
    /// Applies the edits of the client, each to the text that the one before it left.
    pub fn apply(&mut self, changes: Vec<TextDocumentContentChangeEvent>, version: i32, encoding: Encoding) {
        self.version = version;
        for change in changes {
            match change {
                TextDocumentContentChangeEvent::TextDocumentContentChangePartial(part) => {
                    let span = encoding.span(&self.source, part.range);
                    self.replace(span, &part.text);
                }
                TextDocumentContentChangeEvent::TextDocumentContentChangeWholeDocument(whole) => {
                    self.source = Source::new(whole.text);
                    self.check.replaced();
                }
            }
        }
    }

    fn replace(&mut self, span: Span, text: &str) {
        let mut edited = std::mem::replace(&mut self.source, Source::new("")).into_text();
        edited.replace_range(span.range(), text);
        self.source = Source::new(edited);
        self.check.edited(span, text.len() as u32);
    }
}
