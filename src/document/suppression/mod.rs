//! What authors write to silence rules: comments in the post and a key in its front matter. What the names stand for,
//! and whether anything was silenced, is decided elsewhere.

mod comment;
mod nodes;
mod place;
mod removal;
mod same_page;
mod setting;

pub use removal::removal;
pub use same_page::is_same_page;

use crate::document::Document;
use crate::source::Span;

/// One comment, or the `ignore` key of the front matter.
#[derive(Clone, Debug)]
pub struct Suppression {
    /// What it is meant to cover.
    pub kind: Kind,
    /// The whole comment with its delimiters; the entry of the key.
    pub span: Span,
    /// Of a comment, the word that says its kind: `postlint-ignore-line`.
    pub word: Span,
    /// The rules to silence.
    pub names: Vec<Name>,
}

/// A rule, alias, group or `all`, as it stands in a suppression.
#[derive(Clone, Debug)]
pub struct Name {
    /// As written.
    pub text: Box<str>,
    /// Its bytes.
    pub span: Span,
    /// Which findings it silences.
    pub scope: Scope,
    /// In a `postlint-ignore-start`: the `postlint-ignore-end` that ends it, by the span of its comment.
    pub ended_by: Option<Span>,
}

/// What a suppression is meant to cover.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// `postlint-ignore`: the next block.
    Block,
    /// `postlint-ignore-line`: the line it stands on.
    Line,
    /// `postlint-ignore-next-line`: the next line that is not blank.
    NextLine,
    /// `postlint-ignore-start`: all from here on.
    Start,
    /// `postlint-ignore-end`: up to here.
    End,
    /// `postlint-ignore-file`: the file.
    File,
    /// `postlint: {ignore: …}` in the front matter: the file.
    Setting,
    /// A word such as `postlint-ignore-nextline` that says nothing.
    Unknown,
}

/// Which findings a name silences.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scope {
    /// None.
    Nothing,
    /// Those that lie wholly in these bytes.
    Inside(Span),
    /// Those that start in these bytes.
    StartIn(Span),
    /// Those that start or end in these bytes.
    Touching(Span),
}

impl Scope {
    /// Every finding of the file.
    pub const FILE: Scope = Scope::Inside(Span::new(0, u32::MAX));
}

impl Kind {
    /// The words comments start with.
    pub const WORDS: [(&'static str, Kind); 6] = [
        ("postlint-ignore", Kind::Block),
        ("postlint-ignore-line", Kind::Line),
        ("postlint-ignore-next-line", Kind::NextLine),
        ("postlint-ignore-start", Kind::Start),
        ("postlint-ignore-end", Kind::End),
        ("postlint-ignore-file", Kind::File),
    ];

    fn of(word: &str) -> Kind {
        Kind::WORDS.iter().find(|(known, _)| *known == word).map_or(Kind::Unknown, |(_, kind)| *kind)
    }
}

/// Every suppression of a post: the front matter's first, then the comments in order of place.
pub fn find(document: &Document<'_>) -> Vec<Suppression> {
    let mut found: Vec<Suppression> = setting::find(document).into_iter().collect();
    // Most posts hold no such comment: one search of the text spares the walk.
    let text = document.source.text();
    if memchr::memmem::find(text.as_bytes(), comment::START.as_bytes()).is_some() {
        let mut nodes = nodes::Nodes::of(document);
        let first = found.len();
        let comments = comment::find(document, &nodes);
        nodes.leave_out(&comments.iter().map(|comment| comment.span).collect::<Vec<_>>());
        found.extend(comments);
        if let Some(comments) = found.get_mut(first..) {
            place::set_scopes(document, &nodes, comments);
        }
    }
    found
}
