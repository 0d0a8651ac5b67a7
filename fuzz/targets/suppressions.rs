#![no_main]
use postlint::document::{Document, suppression};
use postlint::engine::lint;
use postlint::schema::Demands;
use postlint::engine::suppression_writer::silence;
use postlint_fuzz::{RULES, post, sound};

libfuzzer_sys::fuzz_target!(|data: &[u8]| {
    let Some((source, place)) = post(data, |_| true) else { return };
    let document = Document::parse(&source, &place);
    for written in suppression::find(&document) {
        sound::slices(source.text(), written.span, "a suppression");
    }
    let found = lint(&document, &RULES, &Demands::default());
    sound::findings_hold(&source, &found);
    if source.text().len() < 300 {
        drop(silence(&source, &place, &RULES, &found, "a reason"));
    }
});
