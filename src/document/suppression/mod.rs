//! Suppressions: comments in the post and a key in its front matter. Other modules determine which rules the names
//! refer to, and whether a finding is suppressed.

mod comment;
mod nodes;
mod place;
mod removal;
mod same_page;
mod setting;

pub use removal::removal;
pub use same_page::{is_same_page, leave_the_page};

use crate::document::Document;
use crate::source::Span;
use crate::words::{nearest, slip};
use serde::{Deserialize, Serialize};

/// A suppression comment, or the `ignore` key of the front matter.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Suppression {
    /// What the suppression covers.
    pub kind: Kind,
    /// Byte span of the whole comment with its delimiters, or of the key's entry.
    pub span: Span,
    /// Byte span of the word in a comment that determines its kind: `postlint-ignore-line`.
    pub word: Span,
    /// The rules to suppress.
    pub names: Vec<Name>,
}

/// A rule, alias, group or `all` in a suppression.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Name {
    /// The name as written.
    pub text: Box<str>,
    /// Byte span of the name.
    pub span: Span,
    /// The findings that the name suppresses.
    pub scope: Scope,
    /// For a name in a `postlint-ignore-start`, the comment span of the `postlint-ignore-end` that ends it.
    pub ended_by: Option<Span>,
}

/// What a suppression covers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Kind {
    /// `postlint-ignore`: the next block.
    Block,
    /// `postlint-ignore-line`: the line of the comment.
    Line,
    /// `postlint-ignore-next-line`: the next line that is not blank.
    NextLine,
    /// `postlint-ignore-start`: everything up to the matching `postlint-ignore-end`, or else to the end of the file.
    Start,
    /// `postlint-ignore-end`: nothing; ends what a `postlint-ignore-start` covers.
    End,
    /// `postlint-ignore-file`: the file.
    File,
    /// `postlint: {ignore: …}` in the front matter: the file.
    Setting,
    /// An unknown word such as `postlint-ignore-nextline` or `postlint-disable`.
    Unknown,
}

/// The findings that a name suppresses.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Scope {
    /// No findings.
    Nothing,
    /// Findings entirely inside these bytes.
    Inside(Span),
    /// Findings that start in these bytes.
    StartIn(Span),
    /// Findings that start or end in these bytes.
    Touching(Span),
}

impl Scope {
    /// The scope of a whole file.
    pub const FILE: Scope = Scope::Inside(Span::new(0, u32::MAX));
}

impl Kind {
    /// The first words of suppression comments.
    pub const WORDS: [(&'static str, Kind); 6] = [
        ("postlint-ignore", Kind::Block),
        ("postlint-ignore-line", Kind::Line),
        ("postlint-ignore-next-line", Kind::NextLine),
        ("postlint-ignore-start", Kind::Start),
        ("postlint-ignore-end", Kind::End),
        ("postlint-ignore-file", Kind::File),
    ];

    /// The word that was probably meant by an unknown one: with a typo, or that of another linter, as in
    /// `postlint-disable`, which ESLint and markdownlint end with `enable`.
    pub fn meant(word: &str) -> Option<&'static str> {
        let known = || Kind::WORDS.into_iter().map(|(word, _)| word);
        let ours = match word {
            "postlint-disable" => "postlint-ignore-start".to_owned(),
            "postlint-enable" => "postlint-ignore-end".to_owned(),
            word => word.replacen("postlint-disable", comment::START, 1),
        };
        if ours.starts_with(comment::START) {
            return nearest(&ours, known());
        }
        // With the prefix, all words would be similar.
        let meant = slip(comment::after_prefix(&ours)?, known().filter_map(comment::after_prefix))?;
        known().find(|word| comment::after_prefix(word) == Some(meant))
    }

    fn of(word: &str) -> Kind {
        Kind::WORDS.iter().find(|(known, _)| *known == word).map_or(Kind::Unknown, |(_, kind)| *kind)
    }
}

/// All suppressions of a post: the front matter's first, then the comments sorted by position.
pub fn find(document: &Document<'_>) -> Vec<Suppression> {
    let mut found: Vec<Suppression> = setting::find(document).into_iter().collect();
    // Search the text first: most posts have no such comment, and this avoids walking the tree.
    let text = document.source.text();
    if memchr::memmem::find(text.as_bytes(), comment::PREFIX.as_bytes()).is_some() {
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
