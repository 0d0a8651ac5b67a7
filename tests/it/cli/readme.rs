//! Runs the console blocks of the README. `TRYCMD=overwrite` rewrites their output.

#[test]
fn console_blocks_show_the_real_output() {
    trycmd::TestCases::new().case("README.md");
}
