//! Runs the console blocks of the README and of the pages in `docs`. `TRYCMD=overwrite` rewrites their output.

use postlint::cli::AGENT_VARIABLES;

#[test]
fn console_blocks_show_the_real_output() {
    let cases = trycmd::TestCases::new();
    // Empty is like not set for those that choose the default format.
    for name in AGENT_VARIABLES.into_iter().chain(["GITHUB_ACTIONS"]) {
        cases.env(name, "");
    }
    cases.case("README.md").case("docs/src/*.md");
}
