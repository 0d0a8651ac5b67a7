//! Why a file that was passed by name is ignored, in words.

use crate::files::{self, collapsed};
use crate::place::dialect::Generator;
use crate::project::Surroundings;
use crate::walk::{self, Ignored};
use std::path::Path;

/// What follows "is ignored": by which line, option or key, or empty if it is not known. `excluding` is the pattern of
/// `--exclude` that leaves the file out. The order is that in which a run decides.
pub fn cause(
    path: &Path,
    excluding: Option<&str>,
    force_exclude: bool,
    working_directory: &Path,
    surroundings: &mut Surroundings,
) -> String {
    let here = collapsed(working_directory);
    let absolute = collapsed(&files::absolute(path));
    let folder = absolute.parent().unwrap_or(&absolute);
    let root = if absolute.starts_with(&here) { &here } else { folder };
    let printed = |path: &Path| walk::printed(path, &here);
    if let Some(why) = walk::why_ignored(&absolute, root).filter(|_| force_exclude) {
        return in_words(&why, &absolute, printed);
    }
    if let Some(pattern) = excluding.filter(|_| force_exclude) {
        return format!(" by `--exclude {pattern}`");
    }
    let project = surroundings.project(folder).ok().filter(|_| force_exclude);
    let of_config = project.as_ref().and_then(|project| Some((project, project.ignoring(&absolute)?)));
    if let Some((project, (pattern, origin))) = of_config {
        return format!(" by `ignore` in `{}`: `{pattern}`", project.describe(origin, printed));
    }
    match surroundings.config_of(folder) {
        Ok(Some(located)) if located.site.generator != Generator::Plain => {
            format!(": the {} site leaves it out", located.site.generator)
        }
        _ => String::new(),
    }
}

/// What follows "is ignored", for what a search skips.
pub fn in_words(why: &Ignored, path: &Path, printed: impl Fn(&Path) -> String) -> String {
    match why {
        Ignored::Line { file, number, pattern } => format!(" by `{}:{number}`: `{pattern}`", printed(file)),
        Ignored::Hidden(hidden) if hidden == path => ": it is hidden".to_owned(),
        Ignored::Hidden(folder) => format!(": `{}` is hidden", printed(folder)),
        Ignored::Generated(folder) if folder == path => ": it has built pages or packages".to_owned(),
        Ignored::Generated(folder) => format!(": `{}` has built pages or packages", printed(folder)),
    }
}
