//! Why a search skips a file: the line of an ignore file, or the name of the file or of a folder around it.

use crate::files::{self, Limit};
use crate::walk::ignore_files::look_at;
use crate::walk::{IGNORE_FILE, is_generated};
use ignore::Match;
use ignore::gitignore::{Gitignore, GitignoreBuilder};
use std::path::{Path, PathBuf};

/// Why a search skips a file.
#[derive(Debug, PartialEq, Eq)]
pub enum Ignored {
    /// A line of an ignore file.
    Line {
        /// The ignore file.
        file: PathBuf,
        /// The number of the line, from 1.
        number: usize,
        /// Its pattern.
        pattern: String,
    },
    /// The file is hidden, or in this hidden folder.
    Hidden(PathBuf),
    /// It is in this folder of built pages or packages.
    Generated(PathBuf),
}

/// The kinds of ignore files: one of a kind before takes precedence, wherever it is.
const KINDS: [&str; 4] = [IGNORE_FILE, ".ignore", ".gitignore", ".git/info/exclude"];

/// Why a search from the folder `root` skips the file at a path below it, both absolute. Files that are outside of the
/// repository, such as the global ignore file of git, are not read for that.
pub fn why_ignored(path: &Path, root: &Path) -> Option<Ignored> {
    why(path, root, false)
}

/// Like [`why_ignored`], for a folder.
pub(super) fn why_folder_ignored(folder: &Path, root: &Path) -> Option<Ignored> {
    why(folder, root, true)
}

fn why(path: &Path, root: &Path, of_folder: bool) -> Option<Ignored> {
    let mut entries: Vec<&Path> = path.ancestors().take_while(|entry| *entry != root).collect();
    entries.reverse();
    entries.into_iter().find_map(|entry| {
        let is_folder = of_folder || entry != path;
        if is_folder && is_generated(entry) {
            return Some(Ignored::Generated(entry.to_owned()));
        }
        match KINDS.iter().find_map(|kind| line(kind, entry, is_folder)) {
            Some(decided) => decided,
            None => is_hidden(entry).then(|| Ignored::Hidden(entry.to_owned())),
        }
    })
}

/// What ignore files of a kind decide about a file or folder: the nearest one that has a line for it. `Some(None)` if it is
/// not ignored.
fn line(kind: &str, entry: &Path, is_folder: bool) -> Option<Option<Ignored>> {
    for folder in entry.ancestors().skip(1) {
        let file = folder.join(kind);
        let text = files::read_text(&file, Limit::SETTINGS).ok().filter(|_| look_at(&file).is_ok()).unwrap_or_default();
        let text = text.trim_start_matches('\u{feff}');
        match matching(text, folder, entry, is_folder) {
            Match::Whitelist(_) => return Some(None),
            Match::Ignore(pattern) => {
                let is_it = |line: &str| line.trim_end() == pattern.trim_end();
                // Of equal lines, the last one decides.
                let number = text.lines().enumerate().filter(|(_, line)| is_it(line)).last()?.0 + 1;
                return Some(Some(Ignored::Line { file, number, pattern }));
            }
            Match::None => {}
        }
        // As git does, a search reads git's ignore files up to the root of the repository.
        if kind.starts_with(".git") && files::is_there(&folder.join(".git")) {
            break;
        }
    }
    None
}

/// The pattern of an ignore file in `folder` that decides about a file or folder.
fn matching(text: &str, folder: &Path, entry: &Path, is_folder: bool) -> Match<String> {
    let mut builder = GitignoreBuilder::new(folder);
    // As git does, a search skips lines that are not patterns.
    text.lines().for_each(|line| _ = builder.add_line(None, line));
    let lines = builder.build().unwrap_or_else(|_| Gitignore::empty());
    lines.matched(entry, is_folder).map(|glob| glob.original().to_owned())
}

fn is_hidden(entry: &Path) -> bool {
    entry.file_name().is_some_and(|name| name.as_encoded_bytes().starts_with(b"."))
}
