#![no_main]
use postlint::document::{Document, suppression};
use postlint::engine::suppression_writer::silence;
use postlint::engine::{Setup, lint};
use postlint::schema::Demands;
use postlint_fuzz::{RULES, post, sound};

libfuzzer_sys::fuzz_target!(|data: &[u8]| {
    let Some((source, place)) = post(data, |_| true) else { return };
    let document = Document::parse(&source, &place);
    for written in suppression::find(&document) {
        sound::slices(source.text(), written.span, "a suppression");
    }
    let demands = Demands::default();
    let found = lint(&document, &RULES, &demands);
    sound::findings_hold(&source, &found);
    if source.text().len() < 300 {
        let setup = Setup { place: &place, rules: &RULES, demands: &demands };
        drop(silence(setup, &source, &found, "a reason"));
    }
});
