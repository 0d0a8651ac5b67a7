//! What was taken out of the text for later, and the placeholders that stand for it: `HtmlStash` in `util.py`.
//!
//! The placeholders are those of python-markdown, letter by letter: its patterns see their characters.

use crate::document::read::python_markdown::text::Text;
use crate::document::read::python_markdown::tree::NodeId;
use crate::source::Span;

/// Begins a placeholder (`util.STX`).
pub(super) const STX: char = '\u{2}';
/// Ends a placeholder (`util.ETX`).
pub(super) const ETX: char = '\u{3}';

/// What a placeholder replaces.
#[derive(Clone, Debug)]
pub(super) enum Stashed {
    /// HTML, written by the author.
    Html(Text),
    /// Characters made by an extension: `&copy;`.
    Characters(Text),
    /// `1st`: the number, and the letters that are raised.
    Ordinal(Text, Text),
    /// A fence.
    Code(Box<Code>),
    /// An element whose content may be Markdown.
    Element(NodeId),
    /// A check box.
    CheckBox {
        /// `[x]`
        written: Span,
        /// Whether it is checked.
        checked: bool,
    },
    /// Nothing any more.
    Taken,
}

/// A block of code.
#[derive(Clone, Debug)]
pub(super) struct Code {
    /// From the opening fence to the closing one.
    pub(super) span: Span,
    /// What is in it.
    pub(super) content: Text,
    /// The class of the element around it, or of the `<pre>`.
    pub(super) class: Vec<Text>,
    pub(super) id: Option<Text>,
    /// The language: `language-…` on the `<code>`.
    pub(super) language: Option<Text>,
    /// Other attributes of the `<code>`.
    pub(super) attributes: Vec<(Text, Text)>,
    /// The title above it.
    pub(super) title: Option<Text>,
    pub(super) frame: Frame,
}

/// The elements around code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Frame {
    /// `<pre><code>`
    Plain,
    /// `<div class="…"><pre><code>`, as Pygments writes it.
    Highlighted(&'static str),
}

/// A placeholder in a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Placeholder {
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) index: usize,
}

/// Everything that was taken out.
#[derive(Debug, Default)]
pub(super) struct Stash {
    all: Vec<Stashed>,
}

const HTML: &str = "\u{2}wzxhzdk:";
const INLINE: &str = "\u{2}klzzwxh:";

impl Stash {
    /// Stores an item; returns its placeholder.
    pub(super) fn store(&mut self, item: Stashed) -> String {
        self.all.push(item);
        format!("{HTML}{}{ETX}", self.all.len() - 1)
    }

    pub(super) fn get(&self, index: usize) -> Option<&Stashed> {
        self.all.get(index)
    }

    /// Takes an item out for good.
    pub(super) fn take(&mut self, index: usize) -> Option<Stashed> {
        self.all.get_mut(index).map(|item| std::mem::replace(item, Stashed::Taken))
    }
}

/// The placeholder of an inline node (`util.INLINE_PLACEHOLDER`).
pub(super) fn inline_placeholder(index: usize) -> String {
    format!("{INLINE}{index:04}{ETX}")
}

/// The next placeholder of the stash at or after `from`.
pub(super) fn next_html(text: &str, from: usize) -> Option<Placeholder> {
    next(text, from, HTML)
}

/// The next placeholder of an inline node at or after `from`.
pub(super) fn next_inline(text: &str, from: usize) -> Option<Placeholder> {
    next(text, from, INLINE)
}

/// The placeholder of the stash at the start of the text.
pub(super) fn html_at_start(text: &str) -> Option<Placeholder> {
    // Only here: a search through the rest of the text for each of many escapes is quadratic.
    if text.starts_with(HTML) { next(text, 0, HTML).filter(|found| found.start == 0) } else { None }
}

fn next(text: &str, from: usize, prefix: &str) -> Option<Placeholder> {
    let mut from = from;
    loop {
        let start = from + memchr::memmem::find(text.as_bytes().get(from..)?, prefix.as_bytes())?;
        let digits = start + prefix.len();
        let count = text.bytes().skip(digits).take_while(u8::is_ascii_digit).count();
        let end = digits + count + 1;
        let index = text.get(digits..digits + count).and_then(|digits| digits.parse().ok());
        match index {
            Some(index) if text.as_bytes().get(end - 1) == Some(&3) => return Some(Placeholder { start, end, index }),
            _ => from = digits,
        }
    }
}
