//! The console blocks of the README are true. `TRYCMD=overwrite` rewrites what they show.

#[test]
fn console_blocks_show_what_is_printed() {
    trycmd::TestCases::new().case("README.md");
}
