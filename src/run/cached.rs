//! The cache of a run: whether there is one, and what is said if it cannot be written.

use crate::cache::Cache;
use crate::output::Screen;
use crate::output::visible::one_line;
use crate::project::Surroundings;
use crate::run::scope::Scope;
use std::io::{self, Write};

/// The cache for a run; `None` if it has none.
pub fn of(scope: &Scope, surroundings: &Surroundings) -> Option<Cache> {
    let arguments = &scope.arguments;
    // A measured rule must run. Fixes are proved by checking posts in memory, and are for few posts of a site.
    let changes_posts = arguments.fixes.applies() || arguments.add_ignore.is_some();
    // Staged posts are in a temporary folder, which the next run does not have.
    let is_temporary = scope.is_in_snapshot();
    let is_off = arguments.no_cache || arguments.timing || changes_posts || is_temporary || arguments.reads_stdin();
    if is_off { None } else { Cache::new(&scope.invocation.cache, surroundings) }
}

/// Writes what is new. A cache that cannot be written is worth a warning, and nothing more.
pub fn save(cache: Option<&Cache>, is_quiet: bool, err: &mut Screen<'_>) -> io::Result<()> {
    match cache.map_or(Ok(()), Cache::save) {
        Err(error) if !is_quiet => {
            writeln!(err, "warning: {} (--no-cache runs without it)", one_line(&error.to_string()))
        }
        _ => Ok(()),
    }
}
