//! Blocks of code that are files of the repository: `<!-- file: PATH -->` above a fence, or `PATH:FIRST:LAST` for lines.

use super::{pages, read, root};
use std::fs;
use std::path::Path;

const MARK: &str = "<!-- file: ";

/// The page with the texts of the files in its blocks, and the number of these.
fn with_files(page: &str, folder: &Path) -> (String, usize) {
    let (mut written, mut count, mut lines) = (String::new(), 0, page.split_inclusive('\n'));
    while let Some(line) = lines.next() {
        written += line;
        let Some(named) = line.strip_prefix(MARK).and_then(|rest| rest.trim_end().strip_suffix(" -->")) else {
            continue;
        };
        let fence = lines.next().unwrap();
        assert!(fence.starts_with("```"), "{named} is not above a fence");
        let inside = text(named, folder);
        assert!(!inside.contains("```"), "{named} ends its fence");
        written += fence;
        written += &inside;
        written += lines.find(|line| line.trim_end() == "```").unwrap();
        count += 1;
    }
    (written, count)
}

/// The text of a file, or of some of its lines.
fn text(named: &str, folder: &Path) -> String {
    let parts: Vec<&str> = named.split(':').collect();
    let text = fs::read_to_string(folder.join(parts[0])).unwrap_or_else(|error| panic!("{named}: {error}"));
    let lines: Vec<&str> = text.trim_end().lines().collect();
    let lines = match parts[1..] {
        [first, last] => &lines[first.parse::<usize>().unwrap() - 1..last.parse().unwrap()],
        _ => &lines[..],
    };
    lines.join("\n") + "\n"
}

#[test]
fn blocks_have_the_texts_of_the_files_they_name() {
    let (mut count, mut wrong) = (0, Vec::new());
    for path in pages() {
        let page = read(&path);
        assert!(!page.contains("{{#"), "{}: GitHub shows what mdBook would insert", path.display());
        let (expected, found) = with_files(&page, path.parent().unwrap());
        count += found;
        if page == expected {
            continue;
        }
        match std::env::var_os("UPDATE") {
            Some(_) => fs::write(&path, expected).unwrap(),
            None => wrong.push(path.strip_prefix(root()).unwrap().to_owned()),
        }
    }
    assert!(wrong.is_empty(), "`UPDATE=1 cargo test --test it docs::files` writes {wrong:?} anew");
    assert!(count >= 17, "{count}");
}

#[test]
fn another_text_is_replaced_and_nothing_else() {
    let folder = root().join("docs/src");
    let block = |inside: &str| {
        format!("Above.\n\n<!-- file: ../../editors/kate/settings.json -->\n```json\n{inside}```\n\nBelow.\n")
    };
    let file = read("editors/kate/settings.json");
    assert_eq!(with_files(&block("other\ntext\n"), &folder), (block(&file), 1));
    assert_eq!(with_files(&block(&file), &folder), (block(&file), 1));
    assert_eq!(text("../../editors/kate/settings.json:1:1", &folder), file);
}
