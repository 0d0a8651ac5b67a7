//! `postlint config` and `postlint schema`: the effective values with the lines that set them, and the schema of config
//! files and of JSON.

mod get;
mod show;

use crate::cli::{ConfigFrom, SchemaOf};
use crate::config::KEYS;
use crate::config::schema::{self, RuleDoc};
use crate::files::{self, Disk};
use crate::output::visible;
use crate::output::{Screen, json_schema};
use crate::project::{LocatedSite, Project, Surroundings, rules_folder};
use crate::rule::Group;
use crate::ruleset::Selection;
use crate::run::error::RunError;
use crate::run::exit::Exit;
use crate::run::invocation::Invocation;
use crate::words::nearest;
pub use get::get;
use serde::Serialize;
pub use show::show;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// The config of a post or a folder.
struct Effective {
    project: Arc<Project>,
    site: Option<Arc<LocatedSite>>,
    /// The absolute path of the post; `None` for a folder.
    post: Option<PathBuf>,
}

impl Effective {
    /// Reads the config for the post or folder at `path`.
    fn of(path: &Path, from: &ConfigFrom, invocation: &Invocation) -> Result<Self, RunError> {
        let selection = Selection { preset: from.preset, ..Selection::default() };
        let (here, file) = (&invocation.working_directory, from.config.as_deref());
        let mut surroundings = Surroundings::new(Arc::new(Disk), here, None, file, selection)?;
        let absolute = files::absolute(path);
        let is_folder = absolute.is_dir();
        let folder = if is_folder { absolute.as_path() } else { absolute.parent().unwrap_or(&absolute) };
        let (project, site) = (surroundings.project(folder)?, surroundings.site(folder)?);
        Ok(Effective { project, site, post: (!is_folder).then_some(absolute) })
    }

    /// The error for a word that names no rule and no setting.
    fn unknown(&self, name: &str) -> RunError {
        let rule = self.project.catalog.suggest(name);
        let suggestion = nearest(name, KEYS.into_iter().chain(rule)).map(str::to_owned);
        RunError::UnknownSetting { name: name.to_owned(), suggestion }
    }
}

/// Prints the JSON Schema of an output format, or that of config files, including users' own rules from the nearest folder.
pub fn schema(of: SchemaOf, invocation: &Invocation, out: &mut Screen<'_>) -> Result<Exit, RunError> {
    if let Some(shape) = of.shape() {
        out.json_indented(&json_schema(shape)?)?;
        return Ok(Exit::Clean);
    }
    let catalog = rules_folder::catalog_at(&Disk, &invocation.working_directory)?;
    let doc = |name, summary| RuleDoc { name, summary, options: None, is_old: false };
    let rules = catalog.rules().map(|entry| &entry.page.meta);
    let rules = rules.map(|meta| RuleDoc { options: Some(&meta.options), ..doc(&meta.name, &meta.summary) });
    let aliases = catalog.aliases().map(|name| doc(name, "another tool's name of a rule"));
    let old = catalog.old_names().map(|name| RuleDoc { is_old: true, ..doc(name, "an old name of a rule") });
    let groups = Group::ALL.map(|group| doc(group.as_str(), "all rules of this group"));
    let schema = schema::schema(rules.chain(aliases).chain(old).chain(groups).chain([doc("all", "all rules")]));
    out.json_indented(&schema)?;
    Ok(Exit::Clean)
}

/// A value as JSON, which YAML reads too.
fn quoted(value: &(impl Serialize + ?Sized)) -> String {
    visible::json(&serde_json::to_string(value).unwrap_or_default()).into_owned()
}
