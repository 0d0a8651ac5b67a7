//! Eleventy's data cascade: front matter, data files of the template and its folders, layouts.
//! <https://www.11ty.dev/docs/data-cascade/>

use crate::place::dialect::Generator;
use crate::site::folder::Folder;
use crate::site::settings::Settings as Config;
use crate::site::theme::data::files as data_files;
use crate::site::urls::eleventy::settings::Settings;
use crate::site::urls::page::{Front, Page};
use crate::site::urls::value::Value;
use crate::source::Source;
use std::sync::Arc;

/// What is known of a value.
pub enum Found {
    /// Code computes the value.
    Unknown,
    /// Nothing sets the value.
    Nothing,
    /// The value.
    Value(Value),
}

/// A data file of a template or a folder.
#[derive(Debug)]
pub struct DataFile {
    text: String,
    config: Config,
    /// Whether it is JavaScript, of which only literals are known.
    is_code: bool,
}

impl DataFile {
    fn read(path: &str, files: &dyn Folder) -> Option<Arc<Self>> {
        let text = files.read(path)?;
        let config = Config::read(path, &text);
        Some(Arc::new(DataFile { text, config, is_code: !path.ends_with("json") }))
    }

    /// What the file says of a key.
    fn find(&self, key: &str) -> Found {
        let DataFile { text, config, is_code } = self;
        let computed = config.root.get("eleventyComputed");
        let may_compute = computed.is_some_and(|it| it.get(key).is_some() || it.entries().is_empty())
            || *is_code && text.contains("eleventyComputed") && text.contains(key);
        if config.is_broken || may_compute {
            return Found::Unknown;
        }
        match config.root.get(key).map(Value::of_setting) {
            Some(Value::Unknown) => Found::Unknown,
            Some(value) => Found::Value(value),
            None if *is_code && (text.contains(key) || text.contains("...")) => Found::Unknown,
            None => Found::Nothing,
        }
    }
}

/// How many layouts may be nested.
const MAX_LAYOUTS: usize = 10;

/// The value of a key of a page.
pub fn find(settings: &Settings, page: &Page<'_>, key: &str, files: &dyn Folder) -> Found {
    let computed = page.front.get("eleventyComputed").map(|computed| computed.get(key, false));
    if computed.flatten().is_some() {
        return Found::Unknown;
    }
    match in_data(settings, page, key, files) {
        Found::Nothing => in_layouts(settings, page, key, files),
        found => found,
    }
}

/// The value in the front matter and in data files, the nearest first.
fn in_data(settings: &Settings, page: &Page<'_>, key: &str, files: &dyn Folder) -> Found {
    if let Some(value) = page.front.get(key) {
        return Found::Value(value.clone());
    }
    for file in data_files(page.path) {
        // Data of folders above the input folder belongs to others.
        let folder = file.rsplit_once('/').map_or("", |(folder, _)| folder);
        if settings.inside(&format!("{folder}/")).is_none() {
            continue;
        }
        let Some(data) = settings.data_files.get(&file, || DataFile::read(&file, files)) else { continue };
        match data.find(key) {
            Found::Nothing => {}
            found => return found,
        }
    }
    Found::Nothing
}

/// The value in the layout, in its layout, and so on.
fn in_layouts(settings: &Settings, page: &Page<'_>, key: &str, files: &dyn Folder) -> Found {
    let mut layout = match in_data(settings, page, "layout", files) {
        Found::Value(Value::Text(layout)) => Some(layout),
        // A layout that is not known hardly ever sets a permalink.
        _ => None,
    };
    for _ in 0..MAX_LAYOUTS {
        let Some(front) = layout.as_deref().and_then(|layout| front_of(settings, layout, files)) else { break };
        if let Some(value) = front.get(key) {
            return Found::Value(value.clone());
        }
        layout = front.get("layout").and_then(Value::text).map(str::to_owned);
    }
    Found::Nothing
}

fn front_of(settings: &Settings, layout: &str, files: &dyn Folder) -> Option<Front<'static>> {
    let path = if settings.layouts.is_empty() { layout.to_owned() } else { format!("{}/{layout}", settings.layouts) };
    let names = std::iter::once(path.clone()).chain(["njk", "liquid", "html", "md"].map(|end| format!("{path}.{end}")));
    let source = Source::new(names.into_iter().find_map(|name| files.read(&name))?);
    Some(Front::read(&source, Generator::Eleventy))
}
