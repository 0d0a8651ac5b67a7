#![no_main]
use postlint::document::read::template;
use postlint::source::Span;
use postlint_fuzz::{post, sound};

libfuzzer_sys::fuzz_target!(|data: &[u8]| {
    let Some((source, place)) = post(data, |_| true) else { return };
    let text = source.text();
    let masked = template::mask(text, Span::of(0..text.len()), place.generator, place.dialect);
    assert_eq!(masked.html.len(), text.len());
    for spans in [&masked.templates, &masked.blocks] {
        spans.iter().for_each(|&span| sound::slices(text, span, "a template"));
        assert!(spans.windows(2).all(|pair| pair[0].end <= pair[1].start), "templates overlap");
    }
});
