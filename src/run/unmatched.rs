//! Globs of a config file that match nothing. Only a run over all files of the config can tell.

use crate::authored::Written;
use crate::diagnostic::Mistake;
use crate::files::{self, collapsed};
use crate::output::Screen;
use crate::output::visible::one_line;
use crate::project::{BrokenFile, LayerFile, Project, up_to_repository_root, warnings};
use crate::run::files::Files;
use crate::walk::{GENERATED, IGNORE_FILE, is_folder, is_generated};
use crate::words::slip;
use globset::{Glob, GlobMatcher};
use ignore::WalkBuilder;
use ignore::gitignore::{Gitignore, GitignoreBuilder};
use std::cell::LazyCell;
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// Maximum number of files that are compared with a glob. In larger folders it may match one.
const MOST_FILES: usize = 200_000;

/// The warnings for the globs of a config file that match none of its posts and no other file. `posts` makes their paths
/// inside the folder of the file, which few configs need. Nothing is said of files that git ignores, because they are not on
/// every machine, and of drafts, which come and go.
pub fn unmatched(project: &Project, posts: impl FnOnce() -> Vec<String>) -> Option<BrokenFile> {
    let layer = project.own_layer()?;
    let LayerFile::Path(path) = &layer.file else { return None };
    let config = &layer.config;
    let matches = config.overrides.iter().map(|item| &item.matches);
    let matches = matches.chain(config.front_matter.iter().map(|item| &item.matches));
    let posts = LazyCell::new(posts);
    let here = Here { root: &project.root, ignored: ignored_around(&project.root) };
    let mut warnings: Vec<Mistake> = Vec::new();
    for glob in matches.flat_map(|paths| &paths.written) {
        let pattern = glob.value.trim_start_matches('!');
        let Ok(matcher) = Glob::new(pattern).map(|glob| glob.compile_matcher()) else { continue };
        if !posts.iter().any(|post| matcher.is_match(post)) && here.lacks(pattern, &Pattern::Glob(matcher)) {
            let is_from_root = pattern.starts_with("./") || pattern.starts_with('/');
            let help = if is_from_root { paths_begin(pattern) } else { here.correction(pattern) };
            warnings.push(warning(glob, help));
        }
    }
    for line in config.ignore.iter().filter(|line| !line.value.starts_with(['!', '#'])) {
        if here.lacks_line(&line.value) {
            // In such a line, a `/` at the beginning means this folder.
            let pattern = line.value.trim_matches('/');
            let help = if pattern.starts_with("./") { paths_begin(pattern) } else { here.correction(pattern) };
            warnings.push(warning(line, help));
        }
    }
    warnings.sort_by_key(|warning| warning.span);
    (!warnings.is_empty()).then(|| warnings::in_file(path, layer, warnings))
}

/// Warns about patterns of `--exclude` that match nothing below the working directory. `found` are the files that the run found.
pub fn tell_unused_excludes(arguments: &Files<'_>, found: &[PathBuf], err: &mut Screen<'_>) -> io::Result<()> {
    let root = collapsed(arguments.working_directory);
    if arguments.takes.is_some() || arguments.snapshot.is_some() {
        return Ok(());
    }
    let here = Here { root: &root, ignored: Gitignore::empty() };
    for line in arguments.exclude.iter().filter(|line| !line.starts_with(['!', '#']) && !line.trim().is_empty()) {
        let mut builder = GitignoreBuilder::new(&root);
        let Some(matcher) = builder.add_line(None, line).ok().and_then(|it| it.build().ok()) else { continue };
        let is_used = |path: &PathBuf| {
            let path = collapsed(&files::absolute(path));
            path.starts_with(&root) && matcher.matched_path_or_any_parents(&path, false).is_ignore()
        };
        if !found.iter().any(is_used) && here.lacks_line(line) {
            writeln!(err, "warning: {}", one_line(&format!("`--exclude {line}` matches no file")))?;
            if let Some(meant) = here.meant(line.trim_matches('/')) {
                writeln!(err, "  help: {}", one_line(&format!("did you mean `{meant}`?")))?;
            }
        }
    }
    Ok(())
}

enum Pattern {
    Glob(GlobMatcher),
    Line(Gitignore),
}

/// The folder of a config file.
struct Here<'p> {
    root: &'p Path,
    ignored: Gitignore,
}

impl Here<'_> {
    /// Whether no file matches, and none may be missing only on this machine.
    fn lacks(&self, written: &str, pattern: &Pattern) -> bool {
        if self.may_come_and_go(written) {
            return false;
        }
        let mut walk = WalkBuilder::new(self.root.join(literal_folders(written)));
        // What is in these folders is never a post, and there is much of it.
        let is_searched = |folder: &Path| !is_generated(folder) && folder.file_name().is_none_or(|name| name != ".git");
        walk.standard_filters(false);
        walk.filter_entry(move |entry| entry.depth() == 0 || is_searched(entry.path()));
        for (number, entry) in walk.build().flatten().enumerate() {
            let Ok(inside) = entry.path().strip_prefix(self.root) else { continue };
            let is_match = match pattern {
                Pattern::Glob(glob) => !is_folder(&entry) && glob.is_match(inside),
                Pattern::Line(line) => {
                    !inside.as_os_str().is_empty() && line.matched(inside, is_folder(&entry)).is_ignore()
                }
            };
            if is_match || number >= MOST_FILES {
                return false;
            }
        }
        true
    }

    /// Whether files that match may be on other machines only.
    fn may_come_and_go(&self, written: &str) -> bool {
        let sample = written.replace("**/", "").replace("**", "x").replace(['*', '?'], "x");
        let is_hidden = |name: &str| (name.starts_with('.') && name != ".") || matches!(name, "_drafts" | "drafts");
        let is_generated = GENERATED.iter().any(|folder| format!("/{sample}/").contains(&format!("/{folder}/")));
        let path = self.root.join(sample.trim_matches('/'));
        let is_ignored = |is_folder| self.ignored.matched_path_or_any_parents(&path, is_folder).is_ignore();
        is_generated || sample.split('/').any(is_hidden) || is_ignored(true) || is_ignored(false)
    }

    /// Whether no file matches a line of a `.gitignore` file, and none may be missing only on this machine.
    fn lacks_line(&self, line: &str) -> bool {
        let mut builder = GitignoreBuilder::new(self.root);
        let Some(matcher) = builder.add_line(None, line).ok().and_then(|it| it.build().ok()) else { return false };
        let pattern = line.trim_matches('/');
        // A line without `/` matches in all folders.
        let anywhere = if pattern.contains('/') { pattern.to_owned() } else { format!("**/{pattern}") };
        self.lacks(&anywhere, &Pattern::Line(matcher))
    }

    fn correction(&self, pattern: &str) -> String {
        match self.meant(pattern) {
            Some(meant) => format!("did you mean `{meant}`?"),
            None => "correct it, or remove it if the files are gone".to_owned(),
        }
    }

    /// The pattern with the first folder that does not exist replaced by a similar one.
    fn meant(&self, pattern: &str) -> Option<String> {
        let parts: Vec<&str> = pattern.split('/').collect();
        let is_there = |at: usize| parts.get(..=at).is_some_and(|parts| self.root.join(parts.join("/")).exists());
        let at = (0..parts.len()).find(|at| parts.get(*at).is_some_and(|part| is_glob(part)) || !is_there(*at));
        let at = at.filter(|at| parts.get(*at).is_some_and(|part| !is_glob(part)))?;
        let (before, rest) = parts.split_at(at);
        let (wrong, after) = rest.split_first()?;
        let listed = fs::read_dir(self.root.join(before.join("/"))).ok()?;
        let names: Vec<String> =
            listed.flatten().map(|entry| entry.file_name().to_string_lossy().into_owned()).collect();
        let name = slip(wrong, names.iter().map(String::as_str))?;
        // The name of a symbolic link that leads nowhere is listed too, and correct.
        (name != *wrong).then(|| [before, &[name], after].concat().join("/"))
    }
}

/// Whether a line of `ignore` in a config file in `folder` would match no file, of which a run warns.
pub fn is_unmatched_line(folder: &Path, line: &str) -> bool {
    let root = collapsed(&files::absolute(folder));
    Here { root: &root, ignored: ignored_around(&root) }.lacks_line(line)
}

fn warning(written: &Written<String>, help: String) -> Mistake {
    Mistake::at(written.span, format!("`{}` matches no file", written.value), "no such file").with_help(help)
}

fn paths_begin(pattern: &str) -> String {
    format!("paths begin in the folder of this file: write `{}`", pattern.trim_start_matches(['.', '/']))
}

fn is_glob(part: &str) -> bool {
    part.contains(['*', '?', '[', '{', '\\'])
}

/// The folders at the beginning of a pattern that are written out.
fn literal_folders(pattern: &str) -> PathBuf {
    let mut parts: Vec<&str> = pattern.trim_start_matches('/').split('/').take_while(|part| !is_glob(part)).collect();
    if parts.len() == pattern.split('/').count() {
        parts.pop();
    }
    parts.into_iter().collect()
}

/// What git and postlint ignore in a folder, by the ignore files in it and above it in the repository.
fn ignored_around(root: &Path) -> Gitignore {
    let mut builder = GitignoreBuilder::new(root);
    for folder in up_to_repository_root(&files::Disk, root) {
        for name in [".gitignore", IGNORE_FILE] {
            // A file that cannot be read is reported by the search for posts.
            let _ = builder.add(folder.join(name));
        }
    }
    builder.build().unwrap_or_else(|_| Gitignore::empty())
}
