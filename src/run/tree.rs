//! `postlint tree`: prints the parsed tree of a post, for authors of rules.

use crate::cli::TreeFormat;
use crate::document::Document;
use crate::files::{self, Disk, Limit};
use crate::output::{Screen, tree};
use crate::place::dialect::Generator;
use crate::project::Surroundings;
use crate::ruleset::Selection;
use crate::run::error::RunError;
use crate::run::exit::Exit;
use crate::run::invocation::Invocation;
use crate::source::Source;
use std::path::Path;
use std::sync::Arc;

/// Prints the tree of one file.
pub fn tree(
    path: &Path,
    format: TreeFormat,
    site: Option<Generator>,
    invocation: &Invocation,
    out: &mut Screen<'_>,
) -> Result<Exit, RunError> {
    let unreadable = |error| RunError::Unreadable { path: path.to_owned(), error };
    let bytes = files::read(path, Limit::POST).map_err(unreadable)?;
    let mut surroundings =
        Surroundings::new(Arc::new(Disk), &invocation.working_directory, site, None, Selection::default())?;
    let Some(post) = surroundings.post(path, true)? else { return Err(RunError::NotAPost(path.to_owned())) };
    let source = Source::from_bytes(bytes);
    let document = Document::parse(&source, &post.place);
    match format {
        TreeFormat::Text => tree::write_text(&document, out)?,
        TreeFormat::Json => tree::write_json(&document, out)?,
    }
    Ok(Exit::Clean)
}
