//! The architecture: modules import only from their own and lower layers (called floors in `lib.rs`), folders have no
//! dependency cycles, I/O is confined to the listed modules, and files and functions stay small.

mod imports;

use imports::{Crate, circles, folder_of};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// Maximum number of layers of modules: more would be hard to remember.
const MAX_FLOORS: usize = 8;

/// Modules that may access files, standard streams, the environment, processes, threads and the clock. Apart from
/// `main`, they are in the top layer.
const MAY_DO_IO: &[&str] = &["cache", "cli", "files", "output", "project", "server", "threads", "walk", "run", "main"];

/// The only lines that write text without escaping it. Completion scripts contain only text of postlint, and read the
/// candidates that they ask for; messages of the language server are JSON with their length; a post from standard input is fixed for the program that wrote it;
/// a diff in a pipe is for programs that apply it, with what a runner would obey escaped where there is one.
const EXACT: &[(&str, &str)] = &[
    ("output/diff.rs", "out.exact(patch.as_bytes())"),
    ("run/completions.rs", "out.exact(&script)?;"),
    ("run/completions.rs", "out.exact(&candidates)?;"),
    ("run/lsp.rs", "out.exact(&frame)?;"),
    ("run/report.rs", "out.exact(fixed.unwrap_or(stdin))?;"),
];

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

/// The source files by path below `src`.
fn files() -> BTreeMap<String, String> {
    let below = |path: PathBuf| {
        let inside = path.strip_prefix(Path::new(env!("CARGO_MANIFEST_DIR")).join("src")).unwrap().to_owned();
        inside.to_str().unwrap().replace('\\', "/")
    };
    sources().into_iter().map(|(path, text)| (below(path), text)).collect()
}

fn read(files: &BTreeMap<String, String>) -> Crate {
    Crate::of(files.iter().map(|(path, text)| (path.as_str(), text.as_str())))
}

/// The top-level module, declared in `src/lib.rs`, that a file belongs to.
fn top(path: &str) -> &str {
    path.split('/').next().unwrap().trim_end_matches(".rs")
}

/// The modules of each layer in `lib.rs`, lowest layer first. A line `// floor N` starts a layer.
fn floors(lib: &str) -> Vec<Vec<&str>> {
    let mut floors: Vec<Vec<&str>> = Vec::new();
    for line in lib.lines() {
        if line.starts_with("// floor ") {
            floors.push(Vec::new());
        }
        let declared = line.split_once("mod ").and_then(|(_, name)| name.strip_suffix(';'));
        if let Some(name) = declared.filter(|_| !line.starts_with('/')) {
            floors.last_mut().expect("a floor above the first module").push(name);
        }
    }
    floors
}

/// Every import that breaks a rule of the architecture.
fn wrong_imports(files: &BTreeMap<String, String>) -> Vec<String> {
    let floors = floors(&files["lib.rs"]);
    let floor_of = |path: &str| floors.iter().position(|floor| floor.contains(&top(path)));
    let read = read(files);
    let mut wrong: Vec<String> = Vec::new();
    for (from, all) in &read.imports {
        if matches!(top(from), "lib" | "main") {
            continue;
        }
        let Some(own) = floor_of(from) else {
            wrong.push(format!("{from} is on no floor"));
            continue;
        };
        let up = |to: &&String| floor_of(to).is_none_or(|other| other > own);
        wrong.extend(all.iter().filter(up).map(|to| format!("{from} looks up at {to}")));
    }
    for circle in read.circles() {
        let folders: BTreeSet<&str> = circle.iter().map(|file| folder_of(file)).collect();
        if folders.len() > 1 {
            wrong.push(format!("files of several folders import each other: {circle:?}"));
        }
    }
    for circle in circles(&read.folders()) {
        let folders: BTreeSet<&str> = circle.iter().map(|room| room.trim_end_matches("/mod.rs")).collect();
        if folders.len() > 1 {
            wrong.push(format!("folders import each other: {circle:?}"));
        }
    }
    for (file, foreign) in read.foreign.iter().filter(|(file, _)| !MAY_DO_IO.contains(&top(file))) {
        let io = ["std::fs", "std::env", "std::net", "std::process", "std::io", "std::thread", "std::time"];
        let is_io = |path: &&String| io.iter().any(|it| *path == it || path.starts_with(&format!("{it}::")));
        wrong.extend(foreign.iter().filter(is_io).map(|path| format!("{file} uses `{path}`")));
    }
    wrong
}

#[test]
fn modules_import_downwards_and_folders_have_no_cycles() {
    let wrong = wrong_imports(&files());
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// The table in `ARCHITECTURE.md` lists the modules of each layer.
#[test]
fn the_floors_are_documented() {
    let files = files();
    let text = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("ARCHITECTURE.md")).unwrap();
    for (floor, modules) in floors(&files["lib.rs"]).iter().enumerate() {
        let names: Vec<String> = modules.iter().map(|module| format!("`{module}`")).collect();
        let row = format!("| {} | {} |", floor + 1, names.join(", "));
        assert!(text.contains(&row), "ARCHITECTURE.md lacks the row {row}");
    }
    let top = floors(&files["lib.rs"]).pop().unwrap();
    assert!(MAY_DO_IO.iter().all(|module| top.contains(module) || *module == "main"), "IO is on the top floor only");
}

#[test]
fn the_number_of_floors_is_limited() {
    let files = files();
    let floors = floors(&files["lib.rs"]);
    assert!(floors.len() <= MAX_FLOORS && floors.iter().all(|floor| !floor.is_empty()), "{floors:?}");
}

/// The parsers of kramdown and python-markdown and the HTML tree builder import so little of the crate that they could
/// be separate crates.
#[test]
fn parsers_import_spans_and_the_builders_interface_only() {
    let read = read(&files());
    for room in ["document/read/kramdown/", "document/read/python_markdown/", "document/read/html/"] {
        let files: Vec<_> = read.imports.iter().filter(|(file, _)| file.starts_with(room)).collect();
        assert!(files.len() > 5, "{room} has moved");
        for (file, all) in files {
            let known = |to: &String| to.starts_with(room) || to == "source.rs" || to.starts_with("document/tree/");
            let others: Vec<_> = all.iter().filter(|to| !known(to)).collect();
            assert!(others.is_empty(), "{file} imports {others:?}");
        }
    }
}

/// Without cycles, a command can be read from top to bottom.
#[test]
fn the_files_of_run_have_no_import_cycles() {
    let read = read(&files());
    let circles: Vec<_> =
        read.circles().into_iter().filter(|circle| circle.iter().any(|it| top(it) == "run")).collect();
    assert!(circles.is_empty(), "{circles:#?}");
}

/// The working directory and the environment are queried once, at the start of a run.
#[test]
fn only_invocation_queries_the_process() {
    for (path, text) in
        files().iter().filter(|(path, _)| ["run", "project", "walk", "output", "cli"].contains(&top(path)))
    {
        let asks = ["current_dir(", "env::var", "terminal_size("].iter().any(|word| text.contains(word));
        assert!(!asks || path == "run/invocation.rs", "{path} asks the process: `Invocation` has asked it");
    }
}

/// Checks that adding `line` to `file` violates a rule of the architecture, with a message that contains `said`.
#[track_caller]
fn is_seen(file: &str, line: &str, said: &str) {
    let mut files = files();
    files.get_mut(file).unwrap().push_str(line);
    let wrong = wrong_imports(&files);
    assert!(wrong.iter().any(|it| it.contains(said)), "{line}: {wrong:#?}");
}

#[test]
fn forbidden_imports_are_found() {
    is_seen("source.rs", "use crate::document::Document;", "source.rs looks up at document/post.rs");
    is_seen("rule/mod.rs", "use super::run::run;", "rule/mod.rs looks up at run/mod.rs");
    is_seen("document/tree/node.rs", "use super::super::ask::prose;", "folders import each other");
    is_seen(
        "document/tree/node.rs",
        "fn f() { g!(crate::ask!(), crate::document::ask::prose::x) }",
        "import each other",
    );
    is_seen("text.rs", "use std::{borrow::Cow as C, fs};", "text.rs uses `std::fs`");
    is_seen("text.rs", "fn f() { std::fs::exists(\"\"); }", "text.rs uses `std::fs::exists`");
}

/// Only `main` opens the output streams; all other code writes through a `Screen`, which escapes text.
#[test]
fn all_output_goes_through_screen() {
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
fn only_the_files_module_opens_files() {
    let forbidden =
        ["fs::read(", "fs::read_to_string(", "fs::write(", "fs::copy(", "File::open(", "File::create", "OpenOptions"];
    for (path, text) in sources() {
        if path.components().any(|part| part.as_os_str() == "files") {
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
fn every_file_starts_with_a_doc_comment() {
    for (path, text) in sources() {
        assert!(text.starts_with("//! "), "{} does not start with a `//!` sentence", path.display());
    }
}

#[test]
fn no_module_has_a_generic_name() {
    for (path, _) in sources() {
        let name = path.file_stem().unwrap().to_str().unwrap().to_owned();
        assert!(!matches!(name.as_str(), "utils" | "helpers" | "common" | "misc"), "{}", path.display());
    }
}
