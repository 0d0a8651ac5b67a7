//! Changes to the tree before and after inline text is read: `treeprocessors.py` and the extensions' tree processors.

mod abbreviations;
mod attribute_lists;
mod contents;
mod footnotes;
mod slugs;
mod spans;
mod tabs;
mod tasks;
mod tidy;
mod words;

use crate::document::read::python_markdown::block::Parser;
use crate::document::read::python_markdown::inline::{Inline, smarty, symbols};

/// Runs the tree processors by priority.
pub(super) fn run(parser: &mut Parser<'_>) {
    if parser.options.footnotes {
        footnotes::append(parser);
    }
    if parser.options.tasklist.is_some() {
        tasks::mark(parser);
    }
    let mut inline = Inline::new(parser);
    inline.run();
    let uses = std::mem::take(&mut inline.footnote_uses);
    footnotes::link_back(parser, &uses);
    tidy::tidy(parser);
    if parser.options.attr_list {
        attribute_lists::apply(parser);
    }
    if parser.options.abbr {
        abbreviations::mark(parser);
    }
    if parser.options.smartsymbols {
        Inline::new(parser).run_with(symbols());
    }
    if parser.options.smarty {
        Inline::new(parser).run_with(smarty());
    }
    spans::cover(parser);
    if let Some(options) = &parser.options.toc {
        contents::run(parser, options);
    }
    if let Some(options) = parser.options.tabbed {
        tabs::set_ids(parser, options);
    }
}
