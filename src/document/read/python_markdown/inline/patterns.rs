//! The inline patterns, by priority, and which of them are on.

use super::{Cursor, Inline, Step};
use crate::document::read::python_markdown::options::Options;
use crate::document::read::python_markdown::text::Text;

/// An inline pattern.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in super::super) enum Pattern {
    Code,
    Math,
    EarlyKeys,
    Escape,
    Footnote,
    Reference {
        is_image: bool,
        is_short: bool,
    },
    Link {
        is_image: bool,
    },
    Autolink,
    Mail,
    LineBreak,
    Html,
    MagicLink,
    MagicMail,
    Entity,
    Shorthand,
    Keys,
    Delimiters,
    MoreDelimiters,
    NewLine,
    /// One of the replacements of `smarty`.
    Smarty(usize),
    /// One of `pymdownx.smartsymbols`.
    Symbol(usize),
}

/// What a pattern works out once for a text.
#[derive(Debug, Default)]
pub(super) struct Context {
    /// For each `[`, the offset of the `]` that closes it.
    pub(super) closing: rustc_hash::FxHashMap<usize, usize>,
}

/// The patterns that are on.
pub(super) fn of(options: &Options) -> Vec<Pattern> {
    let has_more = options.tilde || options.caret || options.mark || options.betterem.is_some();
    let reference = |is_image, is_short| (Pattern::Reference { is_image, is_short }, true);
    [
        (Pattern::Code, true),
        (Pattern::Math, options.arithmatex.is_some()),
        (Pattern::EarlyKeys, options.keys),
        (Pattern::Escape, true),
        (Pattern::Footnote, options.footnotes),
        reference(false, false),
        (Pattern::Link { is_image: false }, true),
        (Pattern::Link { is_image: true }, true),
        reference(true, false),
        reference(false, true),
        reference(true, true),
        (Pattern::Autolink, true),
        (Pattern::Mail, true),
        (Pattern::LineBreak, true),
        (Pattern::Html, true),
        (Pattern::MagicLink, options.magiclink.is_some()),
        (Pattern::MagicMail, options.magiclink.is_some()),
        (Pattern::Entity, true),
        (Pattern::Shorthand, options.magiclink.as_ref().is_some_and(|it| it.shorthand)),
        (Pattern::Keys, options.keys),
        (Pattern::Delimiters, options.betterem.is_none()),
        (Pattern::MoreDelimiters, has_more),
        (Pattern::NewLine, options.nl2br),
    ]
    .into_iter()
    .filter_map(|(pattern, is_on)| is_on.then_some(pattern))
    .collect()
}

/// `Markdown.ESCAPED_CHARS`, with what extensions add.
pub(super) fn is_escaped(options: &Options, c: char) -> bool {
    match c {
        '\\' | '`' | '*' | '_' | '{' | '}' | '[' | ']' | '(' | ')' | '>' | '#' | '+' | '-' | '.' | '!' => true,
        '|' => options.tables,
        '"' | '\'' => options.smarty,
        '~' => options.tilde,
        '^' => options.caret,
        ' ' => options.tilde || options.caret,
        '=' => options.mark,
        '$' => options.arithmatex.is_some(),
        '@' => options.magiclink.as_ref().is_some_and(|it| it.shorthand),
        _ => false,
    }
}

impl Pattern {
    /// Whether the text has a character that it begins with.
    pub(super) fn may_match(self, text: &str) -> bool {
        let bytes = text.as_bytes();
        let has = |byte| memchr::memchr(byte, bytes).is_some();
        match self {
            Pattern::Code => has(b'`'),
            Pattern::Math => has(b'$') || has(b'\\'),
            Pattern::EarlyKeys | Pattern::Keys => has(b'+'),
            Pattern::Escape => has(b'\\'),
            Pattern::Footnote | Pattern::Reference { .. } | Pattern::Link { .. } => has(b'['),
            Pattern::Autolink | Pattern::Mail | Pattern::Html => has(b'<'),
            Pattern::MagicLink => has(b'.') || has(b':'),
            Pattern::MagicMail => has(b'@'),
            Pattern::LineBreak | Pattern::NewLine => has(b'\n'),
            Pattern::Entity => has(b'&'),
            Pattern::Delimiters => memchr::memchr2(b'*', b'_', bytes).is_some(),
            Pattern::Shorthand => has(b'@') || memchr::memchr3(b'#', b'!', b'?', bytes).is_some(),
            Pattern::MoreDelimiters | Pattern::Smarty(_) | Pattern::Symbol(_) => true,
        }
    }

    /// `ANCESTOR_EXCLUDES = ('a',)`
    pub(super) fn is_outside_links(self) -> bool {
        matches!(self, Pattern::MagicLink | Pattern::MagicMail | Pattern::Shorthand)
    }

    pub(super) fn context(self, data: &Text) -> Context {
        match self {
            Pattern::Reference { .. } | Pattern::Link { .. } => Context { closing: brackets(data.as_str()) },
            _ => Context::default(),
        }
    }
}

/// The `]` of each `[`, as `getText` counts them.
fn brackets(text: &str) -> rustc_hash::FxHashMap<usize, usize> {
    let mut open = Vec::new();
    let mut found = rustc_hash::FxHashMap::default();
    for at in memchr::memchr2_iter(b'[', b']', text.as_bytes()) {
        if text.as_bytes().get(at) == Some(&b'[') {
            open.push(at);
        } else if let Some(start) = open.pop() {
            found.insert(start, at);
        }
    }
    found
}

impl Inline<'_, '_> {
    /// The next place at or after `from` where the pattern does something.
    pub(super) fn next(&mut self, pattern: Pattern, at: &Cursor<'_>, context: &Context, from: usize) -> Option<Step> {
        match pattern {
            Pattern::Code => self.code(at, from),
            Pattern::Math => self.math(at, from),
            Pattern::EarlyKeys => self.early_keys(at, from),
            Pattern::Keys => self.keys(at, from),
            Pattern::Escape => self.escape(at, from),
            Pattern::Footnote => self.footnote(at, from),
            Pattern::Reference { is_image, is_short } => self.reference(at, context, from, (is_image, is_short)),
            Pattern::Link { is_image } => self.link(at, context, from, is_image),
            Pattern::Autolink => self.autolink(at, from),
            Pattern::Mail => self.mail(at, from),
            Pattern::LineBreak => self.line_break(at, from),
            Pattern::NewLine => self.new_line(at, from),
            Pattern::Html => self.html(at, from),
            Pattern::Entity => self.entity(at, from),
            Pattern::MagicLink => self.magic_link(at, from),
            Pattern::MagicMail => self.magic_mail(at, from),
            Pattern::Shorthand => self.shorthand(at, from),
            Pattern::Delimiters => self.delimited(0, at, from),
            Pattern::MoreDelimiters => self.delimited(1, at, from),
            Pattern::Smarty(index) => self.smarty(index, at, from),
            Pattern::Symbol(index) => self.symbol(index, at, from),
        }
    }
}
