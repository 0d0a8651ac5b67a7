#![no_main]
use postlint::config;
use postlint::diagnostic::Mistake;
use postlint::source::Source;
use postlint_fuzz::sound::slices;

libfuzzer_sys::fuzz_target!(|data: &[u8]| {
    let source = Source::from_bytes(data.to_vec());
    let hold = |mistakes: &[Mistake]| mistakes.iter().for_each(|it| slices(source.text(), it.span, &it.message));
    hold(&config::parse(&source).1);
    if let Err(mistakes) = config::read_schema(&source) {
        hold(&mistakes);
    }
});
