//! Links of the README and the pages. postlint checks those between pages; those to other files of the repository leave
//! the book, so they are looked up here.

use super::{pages, root};
use crate::support::environment;
use regex::Regex;
use std::fs;

#[test]
fn links_lead_to_files_of_the_repository() {
    let link = Regex::new(r"\]\(([^)#:\s]+)(?:#[^)]*)?\)").unwrap();
    let fence = Regex::new(r"(?ms)^(?:````.*?^````|```.*?^```)$").unwrap();
    let mut checked = 0;
    for page in pages() {
        let text = fs::read_to_string(&page).unwrap();
        for found in link.captures_iter(&fence.replace_all(&text, "")) {
            assert!(page.parent().unwrap().join(&found[1]).exists(), "{}: {}", page.display(), &found[1]);
            checked += 1;
        }
    }
    assert!(checked > 80, "only {checked} links were found");
}

#[test]
fn the_pages_have_no_findings_and_a_broken_link_is_one() {
    let work = tempfile::tempdir().unwrap();
    let source = work.path().join("src");
    fs::create_dir(&source).unwrap();
    fs::copy(root().join("docs/book.toml"), work.path().join("book.toml")).unwrap();
    for entry in fs::read_dir(root().join("docs/src")).unwrap() {
        let entry = entry.unwrap();
        fs::copy(entry.path(), source.join(entry.file_name())).unwrap();
    }
    let run = || {
        let mut command = environment::postlint();
        let output = command.args(["-q", "-f", "concise"]).current_dir(work.path()).output().unwrap();
        String::from_utf8(output.stdout).unwrap()
    };
    assert_eq!(run(), "");
    let page = source.join("questions.md");
    let text = fs::read_to_string(&page).unwrap();
    fs::write(&page, text + "\nSee [the tides](nowhere.md) and [the boats](fixes.md#nowhere).\n").unwrap();
    let found = run();
    assert!(found.contains("[internal-link-broken]") && found.contains("[fragment-broken]"), "{found}");
    assert_eq!(found.lines().count(), 2, "{found}");
}
