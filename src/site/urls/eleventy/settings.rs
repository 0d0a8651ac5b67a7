//! What Eleventy's config says about URLs: its literals. <https://www.11ty.dev/docs/config/>

use crate::site::Site;
use crate::site::folder::{Folder, Seen};
use crate::site::memo::Memo;
use crate::site::theme::data::template_folders;
use crate::site::urls::eleventy::data::DataFile;
use ignore::gitignore::GitignoreBuilder;
use std::sync::Arc;

/// The settings that URLs depend on.
#[derive(Clone, Debug)]
pub struct Settings {
    /// Whether code of the config changes URLs.
    pub is_unknown: bool,
    /// Whether code of the config may leave out pages.
    pub has_preprocessors: bool,
    /// The extensions of templates.
    pub formats: Vec<String>,
    /// `pathPrefix`
    pub prefix: String,
    /// The text of the config.
    pub config: String,
    /// The folder of layouts.
    pub layouts: String,
    input: String,
    /// Folders whose files are not templates.
    others: Vec<String>,
    /// Patterns that the config ignores.
    ignored: Vec<String>,
    /// The data files that posts have asked for; `None` for those that do not exist.
    pub data_files: Memo<Option<Arc<DataFile>>>,
}

const CONFIGS: [&str; 5] =
    [".eleventy.js", "eleventy.config.js", "eleventy.config.mjs", "eleventy.config.cjs", "eleventy.config.ts"];

/// What a config calls to change URLs.
const CHANGES: [&str; 5] = [
    "addUrlTransform",
    "addGlobalData(\"permalink",
    "addGlobalData('permalink",
    "addGlobalData(\"eleventyComputed",
    "addGlobalData('eleventyComputed",
];

impl Settings {
    /// Reads the config.
    pub fn read(seen: &Seen<'_>, site: &Site) -> Self {
        let name = seen.first_file(&CONFIGS);
        let text = name.and_then(|name| seen.text(name)).unwrap_or_default();
        let config = name.and_then(|name| seen.settings(name));
        let of_dir = |key: &str| config.as_ref().and_then(|config| config.text(key)).map(|fact| fact.value);
        let folder = |path: String| path.trim_start_matches("./").trim_matches('/').trim_matches('.').to_owned();
        let input =
            of_dir("dir.input").or_else(|| argument(&text, "setInputDirectory")).map(folder).unwrap_or_default();
        let output = of_dir("dir.output").or_else(|| argument(&text, "setOutputDirectory"));
        let (includes, layouts) = template_folders(seen, site);
        let below = |path: String| if site.content.is_empty() { joined(&input, &path) } else { path };
        let (includes, layouts) = (below(includes), below(layouts));
        let data = joined(&input, &of_dir("dir.data").unwrap_or_else(|| "_data".to_owned()));
        let listed = config.as_ref().and_then(|config| config.get("templateFormats")).map(|list| list.texts());
        let formats = listed.unwrap_or_else(|| vec!["md", "html"]);
        // Data of the whole site may compute permalinks.
        let computed = seen.folder().list(&data).iter().any(|(name, _)| {
            name.starts_with("permalink.")
                || name.starts_with("eleventyComputed.")
                    && seen.folder().read(&format!("{data}/{name}")).is_some_and(|text| text.contains("permalink"))
        });
        let is_moved = text.contains("setInputDirectory(") && argument(&text, "setInputDirectory").is_none();
        Settings {
            is_unknown: computed || is_moved || CHANGES.iter().any(|change| text.contains(change)),
            has_preprocessors: text.contains("addPreprocessor("),
            formats: formats.iter().map(|format| (*format).to_owned()).collect(),
            prefix: site.base_path(),
            layouts: layouts.clone(),
            others: [includes, layouts, data, folder(output.unwrap_or_else(|| "_site".to_owned()))]
                .into_iter()
                .chain(["node_modules".to_owned()])
                .filter(|folder| !folder.is_empty())
                .collect(),
            ignored: arguments(&text, "ignores.add"),
            data_files: Memo::default(),
            input,
            config: text,
        }
    }

    /// The path below the input folder.
    pub fn inside<'p>(&self, path: &'p str) -> Option<&'p str> {
        match self.input.as_str() {
            "" => Some(path),
            folder => path.strip_prefix(folder)?.strip_prefix('/'),
        }
    }

    /// Whether a file is not a template. <https://www.11ty.dev/docs/ignores/>
    pub fn ignores(&self, path: &str, files: &dyn Folder) -> bool {
        let is_inside = |folder: &String| path.strip_prefix(folder.as_str()).is_some_and(|rest| rest.starts_with('/'));
        if self.others.iter().any(is_inside) {
            return true;
        }
        let mut builder = GitignoreBuilder::new("");
        let below = joined(&self.input, ".eleventyignore");
        for file in [".eleventyignore", below.as_str()] {
            for line in files.read(file).unwrap_or_default().lines() {
                let _ = builder.add_line(None, line);
            }
        }
        for pattern in &self.ignored {
            let _ = builder.add_line(None, pattern.trim_start_matches("./"));
        }
        builder.build().is_ok_and(|ignored| ignored.matched_path_or_any_parents(path, false).is_ignore())
    }
}

fn joined(folder: &str, name: &str) -> String {
    if folder.is_empty() { name.to_owned() } else { format!("{folder}/{name}") }
}

/// The text that a method is called with.
fn argument(text: &str, method: &str) -> Option<String> {
    arguments(text, method).into_iter().next()
}

/// The texts that all calls of a method have.
fn arguments(text: &str, method: &str) -> Vec<String> {
    let calls =
        text.match_indices(method).filter_map(|(at, _)| text.get(at + method.len()..)?.trim_start().strip_prefix('('));
    let argument = |call: &str| {
        let call = call.trim_start();
        let quote = call.chars().next().filter(|c| matches!(c, '"' | '\'' | '`'))?;
        let (inside, _) = call.get(1..)?.split_once(quote)?;
        (!inside.contains('$')).then(|| inside.to_owned())
    };
    calls.filter_map(argument).collect()
}
