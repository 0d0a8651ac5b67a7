//! python-markdown with the extensions that MkDocs, Pelican and their themes use: a parser that emits events with byte
//! spans to a [`Build`].
//!
//! python-markdown is not a CommonMark engine: blocks are split at blank lines and given to processors in order, lists need
//! four columns, and inline patterns run one after another over text in which what was found is replaced by placeholders.
//! Each module names the file and class of python-markdown 3.11 or pymdown-extensions 13.1 that it follows. Syntax
//! highlighting, icons for emoji, and links beside headings are not included.

mod after;
mod attributes;
mod block;
mod emit;
mod fenced;
mod html;
mod inline;
mod lines;
mod options;
mod source;
mod stash;
mod superfences;
mod text;
mod tree;

use crate::document::tree::ParseNote;
use crate::document::tree::build::{Build, Input};
pub use options::{Arithmatex, BetterEm, Magiclink, Options, Slugify, Tabbed, Tasklist, Toc};

/// Parses a Markdown file and emits it to `out`; returns the notes.
pub fn build(input: &Input<'_, '_>, options: &Options, out: &mut impl Build) -> Vec<ParseNote> {
    let mut text = source::normalized(input.masked, input.body);
    // Front matter that was read already is not a part of the body.
    if options.meta && input.body.start == 0 {
        let len = source::metadata_len(text.as_str());
        text = text.slice(len..text.len());
    }
    let mut stash = stash::Stash::default();
    let mut originals = superfences::Originals::default();
    if options.superfences {
        (text, originals) = superfences::extract(&text, options, &mut stash);
    } else if options.fenced_code {
        text = fenced::extract(&text, options, &mut stash);
    }
    let mut nodes = tree::Nodes::new();
    let extracted = html::extract(&text, options.md_in_html, &mut stash, &mut nodes);
    let mut parser = block::Parser::read(options, input.masked, extracted, (nodes, stash), originals);
    after::run(&mut parser);
    emit::emit(&parser, input, out);
    Vec::new()
}
