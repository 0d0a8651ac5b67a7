//! The floors of the house: a module looks down only, IO lives on the top floor, files and functions stay small.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// The modules of `src/lib.rs`, lowest floor first. `main` stands on top of all.
const FLOORS: &[&[&str]] = &[
    &["count", "source", "suggestion", "width"],
    &["diagnostic"],
    &["document", "fingerprint"],
    &["rule"],
    &["checks"],
    &["catalog", "config"],
    &["ruleset"],
    &["baseline", "site", "suppress"],
    &["lint"],
    &["examples", "learn", "silence"],
    &["output"],
    &["cli", "files"],
    &["project", "walk"],
    &["run"],
];

/// Modules that may touch files, terminals and processes.
const MAY_DO_IO: &[&str] = &["cli", "files", "output", "project", "walk", "run", "main"];

/// What is written byte for byte, past the screen that makes foreign words visible: nothing in it is foreign.
const EXACT: &[(&str, &str)] = &[("run/mod.rs", "out.exact(&script)?;")];

const MAX_FILE_LINES: usize = 500;
const MAX_FUNCTION_LINES: usize = 60;

fn sources() -> Vec<(PathBuf, String)> {
    let mut files = Vec::new();
    let mut folders = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join("src")];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                let text = fs::read_to_string(&path).unwrap();
                files.push((path, text));
            }
        }
    }
    files.sort();
    files
}

/// The module of `src/lib.rs` that a file belongs to.
fn module_of(path: &Path) -> String {
    let inside = path.strip_prefix(Path::new(env!("CARGO_MANIFEST_DIR")).join("src")).unwrap();
    let first = inside.components().next().unwrap().as_os_str().to_str().unwrap();
    first.trim_end_matches(".rs").to_owned()
}

fn floors() -> BTreeMap<&'static str, usize> {
    let rooms = FLOORS.iter().enumerate();
    rooms.flat_map(|(floor, modules)| modules.iter().map(move |module| (*module, floor))).collect()
}

/// The modules a file names as `crate::module` or inside `use crate::{module…}`.
fn looks_at(text: &str) -> Vec<String> {
    let mut seen = Vec::new();
    for (at, _) in text.match_indices("crate::") {
        let rest = &text[at + "crate::".len()..];
        let names: Vec<&str> = match rest.strip_prefix('{') {
            Some(list) => list.split('}').next().unwrap().split(',').map(str::trim).collect(),
            None => vec![rest],
        };
        for name in names {
            seen.push(name.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect());
        }
    }
    seen
}

#[test]
fn modules_only_look_down() {
    let floors = floors();
    let mut wrong = Vec::new();
    for (path, text) in sources() {
        let module = module_of(&path);
        if matches!(module.as_str(), "lib" | "main") {
            continue;
        }
        let Some(floor) = floors.get(module.as_str()) else {
            wrong.push(format!("`{module}` stands on no floor"));
            continue;
        };
        for other in looks_at(&text).iter().filter(|other| **other != module) {
            if floors.get(other.as_str()).is_some_and(|theirs| theirs >= floor) {
                wrong.push(format!("{} looks up (or sideways) at `{other}`", path.display()));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn every_module_stands_on_a_floor() {
    let lib = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("src/lib.rs")).unwrap();
    let listed: Vec<&str> = lib.lines().filter_map(|line| line.strip_prefix("pub mod ")?.strip_suffix(';')).collect();
    let floors = floors();
    let mut last = 0;
    for module in &listed {
        let floor = *floors.get(module).unwrap_or_else(|| panic!("`{module}` stands on no floor"));
        assert!(floor >= last, "`{module}` is out of floor order in lib.rs");
        last = floor;
    }
    assert_eq!(listed.len(), floors.len(), "a floor names a module that lib.rs does not list");
}

#[test]
fn io_lives_on_the_top_floor() {
    let forbidden = ["std::fs", "std::env", "std::net", "std::process", "std::io", "std::thread", "std::time"];
    for (path, text) in sources() {
        if MAY_DO_IO.contains(&module_of(&path).as_str()) {
            continue;
        }
        for word in forbidden {
            assert!(!text.contains(word), "{} uses `{word}`", path.display());
        }
    }
}

/// Streams are opened in `main` only, and whoever writes gets them as a `Screen`.
#[test]
fn what_is_printed_goes_through_the_screen() {
    let mut exact = Vec::new();
    for (path, text) in sources() {
        let inside = path.strip_prefix(Path::new(env!("CARGO_MANIFEST_DIR")).join("src")).unwrap();
        let inside = inside.to_str().unwrap().replace('\\', "/");
        for word in ["stdout().lock", "io::stderr();", "dyn Write", "dyn io::Write", "to_writer", "std::io::stdout()"] {
            let allowed = ["main.rs", "output/screen.rs"].contains(&&*inside);
            assert!(allowed || !text.contains(word), "{inside} uses `{word}`");
        }
        if inside != "output/screen.rs" {
            exact.extend(
                text.lines()
                    .filter(|line| line.contains(".exact("))
                    .map(|line| (inside.clone(), line.trim().to_owned())),
            );
        }
    }
    let exact: Vec<(&str, &str)> = exact.iter().map(|(path, line)| (&**path, &**line)).collect();
    assert_eq!(exact, EXACT);
}

#[test]
fn files_are_opened_in_one_room() {
    let forbidden =
        ["fs::read(", "fs::read_to_string(", "fs::write(", "fs::copy(", "File::open(", "File::create", "OpenOptions"];
    for (path, text) in sources() {
        if module_of(&path) == "files" {
            continue;
        }
        for word in forbidden {
            assert!(!text.contains(word), "{} uses `{word}`: `files` knows what may be opened", path.display());
        }
    }
}

#[test]
fn files_and_functions_stay_small() {
    let mut wrong = Vec::new();
    for (path, text) in sources() {
        let lines: Vec<&str> = text.lines().collect();
        if lines.len() > MAX_FILE_LINES {
            wrong.push(format!("{}: {} lines", path.display(), lines.len()));
        }
        let mut start: Option<(usize, usize)> = None;
        for (number, line) in lines.iter().enumerate() {
            let indent = line.len() - line.trim_start().len();
            let word = line.trim_start();
            let opens = ["fn ", "pub fn ", "pub(crate) fn ", "pub(super) fn ", "const fn ", "pub const fn "];
            if opens.iter().any(|open| word.starts_with(open)) && !word.ends_with(';') {
                start = Some((number, indent));
            }
            if let Some((first, at)) = start
                && word.starts_with('}')
                && indent == at
            {
                if number - first + 1 > MAX_FUNCTION_LINES {
                    wrong.push(format!("{}:{}: {} lines", path.display(), first + 1, number - first + 1));
                }
                start = None;
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn every_file_says_what_it_is() {
    for (path, text) in sources() {
        assert!(text.starts_with("//! "), "{} does not start with a `//!` sentence", path.display());
    }
}

#[test]
fn no_room_has_a_name_that_says_nothing() {
    for (path, _) in sources() {
        let name = path.file_stem().unwrap().to_str().unwrap().to_owned();
        assert!(!matches!(name.as_str(), "utils" | "helpers" | "common" | "misc"), "{}", path.display());
    }
}
