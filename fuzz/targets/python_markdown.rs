#![no_main]
use postlint::document::Document;
use postlint::place::Place;
use postlint::place::dialect::{Dialect, Generator};
use postlint::place::python_markdown::{EXTENSIONS, PythonMarkdown, Slugify, Tabbed};
use postlint::source::Source;
use std::sync::Arc;

// The last byte selects options, the four before it the extensions.
libfuzzer_sys::fuzz_target!(|data: &[u8]| {
    let Some((bytes, &[a, b, c, d, choice])) = data.split_last_chunk::<5>() else { return };
    let enabled = u32::from_le_bytes([a, b, c, d]);
    let has = |bit: u8| choice & (1 << bit) != 0;
    let mut options = PythonMarkdown::plain();
    for (bit, name) in EXTENSIONS.into_iter().enumerate() {
        if enabled & (1 << bit) != 0 {
            options.turn_on(name);
        }
    }
    options.toc.slugify = if has(0) { Slugify::PymdownLower } else { Slugify::Ascii };
    options.tabbed = Tabbed { alternate: has(1), slugify: has(2).then_some(Slugify::Unicode), combine: has(3) };
    options.smart_star = has(4);
    options.smart_underscore = has(5);
    options.magiclink.shorthand = has(6);
    options.mermaid = has(7);
    let place = Place::new("docs/a.md", Generator::MkDocs, Dialect::PythonMarkdown);
    let place = Place { python_markdown: Arc::new(options), ..place };
    let source = Source::from_bytes(bytes.to_vec());
    postlint_fuzz::sound::document_holds(&Document::parse(&source, &place));
});
