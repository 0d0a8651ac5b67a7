//! What Jekyll's config says about URLs. <https://jekyllrb.com/docs/configuration/options/>

use crate::site::Site;
use crate::site::folder::{Folder, Seen};
use crate::site::settings::{self, Datum, Setting};
use crate::site::urls::jekyll::plugins;
use crate::site::urls::time::Zone;
use std::collections::BTreeMap;

/// The settings that URLs depend on.
#[derive(Clone, Debug)]
pub struct Settings {
    /// `permalink:`
    style: Option<String>,
    /// The extensions of Markdown, in lower case and without the dot.
    markdown: Vec<String>,
    /// The labels, whether their documents become pages, and their `permalink:`.
    collections: Vec<Collection>,
    /// `collections_dir:`, without slashes at its ends.
    pub collections_dir: String,
    /// `timezone:`
    pub zone: Zone,
    /// `future:`
    pub future: bool,
    /// `unpublished:`
    pub unpublished: bool,
    /// `show_drafts:`
    pub show_drafts: bool,
    /// The path below which the site is published.
    pub base: String,
    /// `destination:`, whose files are those of the last build.
    pub destination: Option<String>,
    /// Whether a plugin gives URLs to pages.
    pub urls_are_changed: bool,
    /// Whether a plugin may make pages of Markdown files without front matter.
    pub fronts_are_optional: bool,
}

#[derive(Clone, Debug)]
struct Collection {
    label: String,
    output: bool,
    permalink: Option<String>,
}

impl Settings {
    /// Reads `_config.yml`. `source`: the files of the source folder.
    pub fn read(seen: &Seen<'_>, source: &dyn Folder, site: &Site) -> Self {
        let name = ["_config.yml", "_config.yaml", "_config.toml"];
        let config = seen.first_file(&name).and_then(|name| seen.settings(name));
        let text = |key: &str| config.as_ref().and_then(|config| config.text(key)).map(|fact| fact.value);
        let flag = |key: &str| config.as_ref().and_then(|config| config.flag(key)).unwrap_or(false);
        let list = text("markdown_ext").unwrap_or_else(|| "markdown,mkdown,mkdn,mkd,md".to_owned());
        let permalinks = config.as_ref().and_then(|config| config.get("collections"));
        let folder = |path: String| path.trim_start_matches("./").trim_matches('/').to_owned();
        let destination = text("destination").filter(|path| site.source.is_none() && !path.starts_with(['/', '~']));
        Settings {
            style: text("permalink"),
            markdown: list.split(',').map(|it| it.trim().to_ascii_lowercase()).collect(),
            collections: collections(site, permalinks),
            collections_dir: site.collections_dir.clone(),
            zone: Zone::of(text("timezone").as_deref(), seen),
            future: flag("future"),
            unpublished: flag("unpublished"),
            show_drafts: flag("show_drafts"),
            base: site.base_path(),
            destination: destination.map(folder).filter(|path| !path.is_empty()),
            urls_are_changed: site.source_is_missing || plugins::change_urls(source, config.as_ref()),
            fronts_are_optional: plugins::make_fronts_optional(seen, config.as_ref()),
        }
    }

    fn find(&self, label: &str) -> Option<&Collection> {
        self.collections.iter().find(|collection| collection.label == label)
    }

    /// The label, if there is a collection with it.
    pub fn collection<'l>(&self, label: &'l str) -> Option<&'l str> {
        self.find(label).map(|_| label)
    }

    /// Whether the documents of a collection become pages.
    pub fn has_output(&self, label: &str) -> bool {
        self.find(label).is_some_and(|collection| collection.output)
    }

    /// Whether files with this extension (with its dot) are Markdown.
    pub fn is_markdown(&self, extension: &str) -> bool {
        let extension = extension.strip_prefix('.').unwrap_or(extension).to_ascii_lowercase();
        self.markdown.contains(&extension)
    }

    /// `Renderer#output_ext`: that of the permalink, or the one that converters make of the file's.
    pub fn output_extension(&self, permalink: Option<&str>, extension: &str) -> String {
        let named = permalink.filter(|permalink| !permalink.ends_with('/')).map(|permalink| {
            let name = permalink.rsplit('/').next().unwrap_or(permalink);
            super::split_extension(name).1
        });
        match named.filter(|extension| !extension.is_empty()) {
            Some(extension) => extension.to_owned(),
            None if self.is_markdown(extension) => ".html".to_owned(),
            None => extension.to_owned(),
        }
    }

    /// The template of a collection's URLs.
    pub fn template_of(&self, label: &str) -> String {
        if let Some(own) = self.find(label).and_then(|collection| collection.permalink.clone()) {
            return own;
        }
        if label != "posts" {
            return self.with_suffix("/:collection/:path");
        }
        let style = self.style.as_deref().unwrap_or("date");
        let known = match style {
            "none" => "/:categories/:title:output_ext",
            "date" => "/:categories/:year/:month/:day/:title:output_ext",
            "ordinal" => "/:categories/:year/:y_day/:title:output_ext",
            "pretty" => "/:categories/:year/:month/:day/:title/",
            "weekdate" => "/:categories/:year/W:week/:short_day/:title:output_ext",
            template => template,
        };
        known.to_owned()
    }

    /// `Utils.add_permalink_suffix`: pages end as posts do, except those of `weekdate`.
    pub fn with_suffix(&self, template: &str) -> String {
        let end = match self.style.as_deref().unwrap_or("date") {
            "pretty" => "/",
            "date" | "ordinal" | "none" => ":output_ext",
            style if style.ends_with('/') => "/",
            style if style.ends_with(":output_ext") => ":output_ext",
            _ => "",
        };
        format!("{template}{end}")
    }
}

fn collections(site: &Site, written: Option<&Setting>) -> Vec<Collection> {
    // The last entry with a label counts.
    let by_label: BTreeMap<&str, &Setting> =
        written.map_or(&[][..], Setting::entries).iter().map(|(label, setting)| (label.as_str(), setting)).collect();
    let permalink = |label: &str| by_label.get(label)?.get("permalink")?.as_text().map(str::to_owned);
    let posts = Collection { label: "posts".to_owned(), output: true, permalink: permalink("posts") };
    let others = site.collections.iter().filter(|it| it.label != "posts").map(|it| Collection {
        label: it.label.clone(),
        output: it.output,
        permalink: permalink(&it.label),
    });
    std::iter::once(posts).chain(others).collect()
}

/// The texts of a list, or the words of a text.
pub fn names(config: Option<&settings::Settings>, key: &str) -> Vec<String> {
    match config.and_then(|config| config.get(key)).map(|setting| &setting.value) {
        Some(Datum::Text(text)) => text.split([',', ' ']).map(str::to_owned).collect(),
        Some(Datum::List(items)) => items.iter().filter_map(Setting::as_text).map(str::to_owned).collect(),
        _ => Vec::new(),
    }
}
