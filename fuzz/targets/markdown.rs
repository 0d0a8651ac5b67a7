#![no_main]
use postlint::place::dialect::Dialect;

libfuzzer_sys::fuzz_target!(|data: &[u8]| {
    postlint_fuzz::read(data, |dialect| matches!(dialect, Dialect::CommonMark | Dialect::Mdx));
});
