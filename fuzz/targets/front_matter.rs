#![no_main]
use postlint::document::read::front_matter::{FrontMatter, parse_yaml};
use postlint::source::Span;
use postlint_fuzz::{post, sound};

libfuzzer_sys::fuzz_target!(|data: &[u8]| {
    let Some((source, place)) = post(data, |_| true) else { return };
    let text = source.text();
    let front_matter = FrontMatter::parse(&source, place.generator);
    if let Some(block) = front_matter.block() {
        sound::mapping_holds(text, &block.mapping);
        block.comments.iter().for_each(|&comment| sound::slices(text, comment, "a comment"));
        block.problem.iter().for_each(|problem| sound::slices(text, problem.span, "a problem"));
        block.other.iter().for_each(|value| sound::value_holds(text, value));
        drop(block.duplicates());
    }
    assert!(text.is_char_boundary(front_matter.body_start(&source) as usize));
    match parse_yaml(text, Span::of(0..text.len())) {
        Ok(value) => value.iter().for_each(|value| sound::value_holds(text, value)),
        Err(problem) => sound::slices(text, problem.span, "a problem"),
    }
});
