#![no_main]
use postlint::edit::Edit;
use postlint::document::Document;
use postlint::source::Source;
use postlint_fuzz::{RULES, post, sound};

libfuzzer_sys::fuzz_target!(|data: &[u8]| {
    let Some((source, place)) = post(data, |_| true) else { return };
    let found = sound::lint_soundly(&source, &place, &RULES);
    for fix in found.iter().filter_map(|finding| finding.fix.as_ref()).take(20) {
        let fixed = Source::new(Edit::apply(source.text(), fix.edits()).unwrap_or_default());
        sound::document_holds(&Document::parse(&fixed, &place));
    }
});
