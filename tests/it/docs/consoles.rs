//! Runs the console blocks of the README and of the pages in `docs`. `TRYCMD=overwrite` rewrites their output.

#[test]
fn console_blocks_show_the_real_output() {
    trycmd::TestCases::new().case("README.md").case("docs/src/*.md");
}
