//! Eleventy's URLs. Facts: src/{TemplatePermalink,TemplateFileSlug,Template}.js, version 3.1.
//! <https://www.11ty.dev/docs/permalinks/>

mod data;
mod settings;
mod template;

use crate::site::urls::around::Around;
use crate::site::urls::page::{Front, Page};
use crate::site::urls::page_url::{PageUrl, Publication, cleaned};
use crate::site::urls::value::Value;
use data::Found;
pub use settings::Settings;

/// A template of the site.
pub struct Template<'p> {
    /// Its folder below the input folder.
    dir: &'p str,
    /// Its name without extension.
    stem: &'p str,
}

impl Template<'_> {
    /// `page.fileSlug`
    fn slug(&self) -> &str {
        match without_date(self.stem) {
            "index" => self.dir.rsplit('/').next().map_or("", without_date),
            stem => stem,
        }
    }

    /// `page.filePathStem`
    fn path_stem(&self) -> String {
        cleaned(&format!("{}/{}", self.dir, without_date(self.stem)))
    }
}

impl Settings {
    /// The URL of a file.
    pub fn publication(&self, page: &Page<'_>, around: Around<'_>) -> Publication {
        // A program that names none of these keys does not set them.
        let sets_some = |text: &str| ["permalink", "pagination", "draft", "..."].iter().any(|key| text.contains(key));
        let is_unknown = match &page.front {
            Front::Unreadable => true,
            Front::Program(text) => sets_some(text),
            Front::Missing | Front::Keys(_) => false,
        };
        if self.is_unknown || is_unknown {
            return Publication::Unknown;
        }
        let Some(inside) = self.inside(page.path) else { return Publication::Never };
        let (dir, name) = inside.rsplit_once('/').unwrap_or(("", inside));
        let Some((stem, extension)) = name.rsplit_once('.') else { return Publication::Never };
        if !self.formats.iter().any(|format| format == extension) || self.ignores(page.path, around.files) {
            return Publication::Never;
        }
        let template = Template { dir, stem };
        // What the preprocessors of the config leave out is not known.
        if self.has_preprocessors && page.front.get("draft").is_some() {
            return Publication::Unknown;
        }
        let permalink = match data::find(self, page, "permalink", around.files) {
            Found::Unknown => return Publication::Unknown,
            Found::Nothing => None,
            Found::Value(value) => Some(value),
        };
        let is_paginated = page.front.get("pagination").is_some();
        match permalink {
            None | Some(Value::Null) => Publication::At(self.at(&default_path(&template))),
            Some(Value::Bool(false)) => Publication::Never,
            Some(Value::Text(text)) if text.is_empty() => Publication::At(self.at(&default_path(&template))),
            Some(Value::Text(text)) if !is_paginated || !text.contains(['{', '<']) => {
                match template::rendered(&text, &template, self, page) {
                    Some(path) => Publication::At(self.at(&path)),
                    None => Publication::Unknown,
                }
            }
            Some(_) => Publication::Unknown,
        }
    }

    /// `TemplatePermalink#toHref`
    fn at(&self, permalink: &str) -> PageUrl {
        let file = if permalink.ends_with('/') { format!("{permalink}index.html") } else { permalink.to_owned() };
        let path = cleaned(&file);
        let folder = ["/index.html", "/index"].iter().find_map(|end| path.strip_suffix(end));
        PageUrl::below(&self.prefix, &folder.map_or(path.clone(), |folder| format!("{folder}/")))
    }
}

fn default_path(template: &Template<'_>) -> String {
    let Template { dir, stem } = template;
    let is_twice = dir.rsplit('/').next() == Some(stem) && !dir.is_empty();
    if *stem == "index" || is_twice { format!("{dir}/") } else { format!("{dir}/{stem}/") }
}

/// A name without the date at its start: everything up to and including the first date.
fn without_date(name: &str) -> &str {
    let shape = b"0000-00-00-";
    let is_date = |window: &[u8]| {
        shape.iter().zip(window).all(|(want, got)| if *want == b'0' { got.is_ascii_digit() } else { got == want })
    };
    let at = name.as_bytes().windows(shape.len()).position(is_date);
    at.and_then(|at| name.get(at + shape.len()..)).unwrap_or(name)
}
