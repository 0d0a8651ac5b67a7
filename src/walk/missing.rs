//! Paths on the command line that do not exist.

use crate::files::{ReadError, why_unreachable};
use crate::walk::globs::PathGlob;
use crate::walk::leads_to_files;
use crate::words::slip;
use std::fs;
use std::path::{Path, PathBuf};

/// A path that does not exist or cannot be reached.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MissingPath {
    /// The path, as written on the command line.
    pub path: PathBuf,
    /// Why it cannot be reached, if the path exists.
    pub why: Option<String>,
    /// A suggestion.
    pub hint: Option<String>,
}

impl MissingPath {
    /// Checks a path; `None` if it exists, or is a glob that matches posts.
    pub(super) fn at(path: &Path, commands: &[&str]) -> Option<MissingPath> {
        // A trailing `/` would make the system resolve a symbolic link: for `b.md/`, check `b.md` itself.
        let itself = path.components().as_path();
        let error = why_unreachable(itself, fs::metadata(path).err()?);
        let (why, hint) = match error {
            ReadError::Missing if leads_to_files(path) => return None,
            ReadError::Missing if PathGlob::of(path).is_some() => (None, Some("this glob matches no post".to_owned())),
            ReadError::Missing => (None, meant(path, commands)),
            ReadError::DanglingLink => {
                let target = fs::read_link(itself).ok();
                (Some(error.to_string()), target.map(|target| format!("there is no `{}`", target.display())))
            }
            _ => (Some(error.to_string()), None),
        };
        Some(MissingPath { path: path.to_path_buf(), why, hint })
    }
}

/// Writes one message for all missing paths.
pub(super) fn message(missing: &[MissingPath]) -> String {
    let absent = missing.iter().filter(|missing| missing.why.is_none());
    let absent: Vec<String> = absent.map(|missing| format!("`{}`", missing.path.display())).collect();
    let absent = (!absent.is_empty()).then(|| format!("no such file or folder: {}", absent.join(", ")));
    let unreachable = missing.iter().filter_map(|missing| {
        let why = missing.why.as_ref()?;
        Some(format!("cannot read `{}`: {why}", missing.path.display()))
    });
    absent.into_iter().chain(unreachable).collect::<Vec<_>>().join("; ")
}

fn meant(path: &Path, commands: &[&str]) -> Option<String> {
    let written = path.to_string_lossy();
    if commands.contains(&&*written) {
        Some(format!("write the subcommand first: `postlint {written} …`"))
    } else if let Some(subcommand) = slip(&written, commands.iter().copied()) {
        Some(format!("did you mean the subcommand `{subcommand}`?"))
    } else {
        similar_neighbour(path).map(|neighbour| format!("did you mean `{neighbour}`?"))
    }
}

/// The entry of the same folder whose name is most similar to that of `path`. Dangling symbolic links are skipped.
fn similar_neighbour(path: &Path) -> Option<String> {
    let folder = path.parent()?;
    let entries = fs::read_dir(if folder.as_os_str().is_empty() { Path::new(".") } else { folder }).ok()?;
    let there = entries.flatten().filter(|entry| entry.path().exists());
    let names: Vec<String> = there.map(|entry| entry.file_name().to_string_lossy().into_owned()).collect();
    let meant = slip(&path.file_name()?.to_string_lossy(), names.iter().map(String::as_str))?;
    Some(folder.join(meant).display().to_string())
}
