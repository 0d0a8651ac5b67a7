//! Eleventy's folders and data files. Data files beside a post set keys of the post.

use crate::place::theme::Supplied;
use crate::site::Site;
use crate::site::folder::{Folder, Seen};
use crate::site::settings::{Datum, Settings};
use crate::url::parts;
use std::collections::BTreeSet;

/// The folders of includes and of layouts.
pub fn template_folders(seen: &Seen<'_>, site: &Site) -> (String, String) {
    let config = Some(&*site.sign.file).filter(|name| name.contains("eleventy")).and_then(|name| seen.settings(name));
    let text = |key: &str| config.as_ref().and_then(|config| config.text(key)).map(|fact| fact.value);
    let input = input(site);
    let below = |folder: String| {
        let folder = folder.trim_matches('/').trim_start_matches("./").to_owned();
        if input.is_empty() { folder } else { format!("{input}/{folder}") }
    };
    let includes = below(text("dir.includes").unwrap_or_else(|| "_includes".to_owned()));
    // The folder may be outside of the input folder: `../_includes`.
    let includes = outside(includes);
    let layouts = text("dir.layouts").map_or_else(|| includes.clone(), |layouts| outside(below(layouts)));
    (includes, layouts)
}

/// The names of global data: `_data/site.json` is available as `site` in templates.
pub fn global_names(seen: &Seen<'_>, site: &Site) -> BTreeSet<String> {
    let input = input(site);
    let folders = [if input.is_empty() { "_data".to_owned() } else { format!("{input}/_data") }, "_data".to_owned()];
    let names = folders.iter().flat_map(|folder| seen.folder().list(folder));
    names.filter_map(|(name, _)| Some(name.split('.').next()?.to_owned())).collect()
}

fn input(site: &Site) -> String {
    let input = site.content.first().map_or("", |input| input.value.as_str());
    input.trim_start_matches("./").trim_matches('/').trim_matches('.').to_owned()
}

/// Resolves `..`: `content/../_includes` becomes `_includes`.
fn outside(path: String) -> String {
    parts(&path).join("/")
}

/// The paths of the data files that apply to the post at `path`, nearest first.
pub fn files(path: &str) -> Vec<String> {
    let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    let prefix = if folder.is_empty() { String::new() } else { format!("{folder}/") };
    let mut found = vec![format!("{prefix}{stem}")];
    let mut rest = folder;
    while !rest.is_empty() {
        let last = rest.rsplit('/').next().unwrap_or(rest);
        found.push(format!("{rest}/{last}"));
        rest = rest.rsplit_once('/').map_or("", |(outer, _)| outer);
    }
    let extensions = [".11tydata.json", ".json", ".11tydata.js", ".11tydata.cjs", ".11tydata.mjs"];
    found.iter().flat_map(|stem| extensions.iter().map(move |extension| format!("{stem}{extension}"))).collect()
}

/// The value of a key in a data file.
pub fn value(folder: &dyn Folder, file: &str, key: &str) -> Option<Supplied> {
    let text = folder.read(file)?;
    let settings = Settings::read(file, &text);
    let computed = format!("eleventyComputed.{key}");
    match settings.get(key).or_else(|| settings.get(&computed)) {
        Some(setting) => Some(match &setting.value {
            Datum::Text(text) => Supplied::Text(text.clone()),
            Datum::Null => return None,
            _ => Supplied::Unknown,
        }),
        None => (!file.ends_with(".json") && text.contains(key)).then_some(Supplied::Unknown),
    }
}
