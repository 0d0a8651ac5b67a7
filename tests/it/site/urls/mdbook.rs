//! mdBook 0.5. <https://rust-lang.github.io/mdBook/format/summary.html>

use crate::site::urls::check;

const SUMMARY: &str = "# Summary\n\n[Start](README.md)\n\n- [A](a.md)\n  - [B](sub/README.md)\n- [Draft]()\n\n---\n\n\
                       [C](./with%20space.md)\n";

#[test]
fn chapters_are_those_of_the_summary() {
    let config = ("book.toml", "[book]\ntitle = \"A\"\n\n[output.html]\nsite-url = \"/base/\"\n");
    check(
        &[config, ("src/SUMMARY.md", SUMMARY)],
        &[
            ("README.md", "", "/base/index.html"),
            ("a.md", "", "/base/a.html"),
            ("sub/README.md", "", "/base/sub/index.html"),
            ("with space.md", "", "/base/with%20space.html"),
            ("other.md", "", "-"),
            ("SUMMARY.md", "", "-"),
            ("raw.html", "", "/base/raw.html"),
        ],
    );
}

#[test]
fn programs_that_may_rename_chapters_are_unknown() {
    let case = [("a.md", "", "?")];
    check(&[("book.toml", "[preprocessor.own]\n"), ("src/SUMMARY.md", SUMMARY)], &case);
    check(&[("book.toml", "[output.epub]\n"), ("src/SUMMARY.md", SUMMARY)], &case);
    check(&[("book.toml", "[book]\n")], &case);
    let plain = "[build]\nuse-default-preprocessors = false\n";
    check(&[("book.toml", plain), ("src/SUMMARY.md", SUMMARY)], &[("README.md", "", "/README.html")]);
}
