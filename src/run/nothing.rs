//! Why a run found no posts: which site it saw, where that has its posts, and which files were skipped.

use crate::files;
use crate::output::visible::one_line;
use crate::place::dialect::Generator;
use crate::project::Surroundings;
use crate::run::error::RunError;
use crate::walk::{self, Skipped};
use crate::words::counted;
use std::path::{Path, PathBuf};

/// Explains in lines why nothing was found below `paths`. `dropped` is the number of files with the name of a post that
/// were found and are not checked.
pub fn why(
    paths: &[PathBuf],
    dropped: usize,
    surroundings: &mut Surroundings,
    working_directory: &Path,
) -> Result<Vec<String>, RunError> {
    let here = [PathBuf::from(".")];
    let searched = if paths.is_empty() { &here[..] } else { paths };
    let folders: Vec<PathBuf> = searched.iter().filter(|path| path.is_dir()).cloned().collect();
    let printed = |path: &Path| one_line(&walk::printed(path, working_directory)).into_owned();
    let mut lines = Vec::new();
    for folder in &folders {
        lines.push(site(&files::absolute(folder), surroundings, printed)?);
    }
    lines.dedup();
    if dropped > 0 {
        lines.push(format!("{} left out by `ignore` in the config, by the site or by --exclude", files_are(dropped)));
    }
    let skipped = Skipped::below(&folders);
    let ignored = skipped.ignored.iter();
    lines.extend(ignored.map(|(name, count)| format!("{} ignored by {name}", files_are(*count))));
    if skipped.hidden > 0 {
        lines.push(format!("{} hidden, or in a hidden folder", files_are(skipped.hidden)));
    }
    let generated = skipped.generated.iter();
    lines.extend(generated.map(|folder| format!("`{}` is skipped: it has built pages or packages", printed(folder))));
    if !lines.is_empty() && (!skipped.ignored.is_empty() || skipped.hidden > 0 || dropped > 0) {
        lines.push("a file that is passed by name is checked all the same".to_owned());
    }
    Ok(lines)
}

/// Which site a folder belongs to, and where that has its posts.
fn site(folder: &Path, surroundings: &mut Surroundings, printed: impl Fn(&Path) -> String) -> Result<String, RunError> {
    let Some(located) = surroundings.config_of(folder)?.filter(|located| located.site.generator != Generator::Plain)
    else {
        return Ok("no site generator is recognized here: all files with these endings would be posts".to_owned());
    };
    let content: Vec<String> = located
        .site
        .content
        .iter()
        .map(|content| format!("`{}`", printed(&located.root.join(content.value.trim_matches('/')))))
        .collect();
    let generator = located.site.generator;
    Ok(match &*content {
        [] => format!("this is a {generator} site"),
        folders => format!("this is a {generator} site, whose posts are in {}", folders.join(", ")),
    })
}

/// `1 file is`, `3 files are`.
fn files_are(count: usize) -> String {
    format!("{} {}", counted(count, "file"), if count == 1 { "is" } else { "are" })
}
