//! Analyses the layouts of a site for rules: which front matter keys they read, and which keys become the title and the
//! description. Ignores errors, and limits the amount of work; facts that cannot be determined are unknown.

mod blocks;
pub mod data;
mod go;
mod html;
pub mod known;
mod pieces;
mod scope;
mod script;
mod statement;
mod templates;
mod tokens;
mod walk;
mod words;

use crate::place::dialect::Generator;
use crate::place::theme::{Layout, Theme};
use crate::site::folder::{Folder, Seen};
use crate::site::{Site, slug};
use scope::Naming;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use templates::{Template, Templates};
use walk::{Shared, Walk};

/// Maximum number of bytes of templates that are followed. A template counts each time it is included.
const BUDGET: usize = 16 << 20;

/// Maximum length of a chain of layouts.
const MAX_CHAIN: usize = 10;

/// The folders of templates, relative to a site's root.
#[derive(Debug, Default)]
struct Roots {
    /// Folders with layouts of pages.
    layouts: Vec<String>,
    /// Folders with includes.
    includes: Vec<String>,
}

/// Analyses the theme of a site. `folder` is the site's root.
pub fn read(folder: &dyn Folder, site: &Site) -> Theme {
    let elsewhere = || site.theme.as_ref().and_then(|theme| known::layout(site.generator, &theme.value));
    let Some(naming) = Naming::of(site.generator) else { return Theme { elsewhere: elsewhere(), ..Theme::default() } };
    let seen = Seen::of(folder);
    let roots = roots(&seen, site);
    let all: BTreeSet<String> = roots.layouts.iter().chain(&roots.includes).cloned().collect();
    // Folders inside of others are read with these.
    let outer = all
        .iter()
        .filter(|path| !all.iter().any(|it| path.strip_prefix(&**it).is_some_and(|rest| rest.starts_with('/'))));
    let templates = Templates::of(folder, &outer.cloned().collect::<Vec<_>>());
    let data = if site.generator == Generator::Eleventy { data::global_names(&seen, site) } else { BTreeSet::new() };
    let includes = roots.includes.iter().chain(&roots.layouts).cloned().collect();
    let mut shared = Shared::new(&templates, includes, naming, BUDGET);
    shared.data = data;
    let layouts = match site.generator {
        Generator::Astro => BTreeMap::from([("*".to_owned(), Arc::new(astro(&mut shared)))]),
        _ => layouts(&mut shared, &roots, site.generator),
    };
    // Follow templates that no known template includes: an unknown one may include them.
    let loose: Vec<&Template> = templates.files.values().filter(|file| is_loose(file, &roots)).collect();
    for file in loose {
        let mut walk = Walk::new(&mut shared);
        walk.template(file);
    }
    let Shared { reads, is_whole, .. } = shared;
    Theme { layouts, elsewhere: elsewhere(), reads, is_whole }
}

fn is_loose(file: &Template, roots: &Roots) -> bool {
    roots.includes.iter().any(|root| file.path.strip_prefix(&**root).is_some_and(|rest| rest.starts_with('/')))
}

fn layouts<'a>(shared: &mut Shared<'a>, roots: &Roots, generator: Generator) -> BTreeMap<String, Arc<Layout>> {
    let mut found = BTreeMap::new();
    for root in &roots.layouts {
        let prefix = format!("{root}/");
        let templates = shared.templates;
        let files = templates.files.range(prefix.clone()..).take_while(|(path, _)| path.starts_with(&prefix));
        for (path, file) in files {
            let name = path.get(prefix.len()..).unwrap_or(path);
            let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
            let is_part = roots.includes.iter().any(|it| *it != *root && path.starts_with(&format!("{it}/")));
            let name = if generator == Generator::Zola { name } else { stem };
            let is_part =
                is_part || name.split('/').any(is_no_page) || path.ends_with(".xml") || path.ends_with(".svg");
            if is_part || found.contains_key(name) || stem.ends_with("baseof") {
                continue;
            }
            let layout = Arc::new(layout(shared, roots, file, generator, stem));
            if generator == Generator::Eleventy {
                found.insert(path.get(prefix.len()..).unwrap_or(path).to_owned(), layout.clone());
            }
            found.insert(name.to_owned(), layout);
        }
    }
    found
}

/// Whether templates in a folder or file with this name are not layouts of posts.
fn is_no_page(part: &str) -> bool {
    matches!(part, "shortcodes" | "_shortcodes" | "_markup" | "partials" | "_partials" | "_partial")
}

/// Analyses a layout together with its parent layouts.
fn layout<'a>(shared: &mut Shared<'a>, roots: &Roots, file: &'a Template, generator: Generator, stem: &str) -> Layout {
    let templates = shared.templates;
    let mut walk = Walk::new(shared);
    match generator {
        Generator::Hugo => {
            walk.define(file);
            let folder = stem.rsplit_once('/').map_or(String::new(), |(folder, _)| format!("{folder}/"));
            let names =
                [format!("{folder}{}-baseof", stem.rsplit('/').next().unwrap_or(stem)), format!("{folder}baseof")];
            let names = names.into_iter().chain(["_default/baseof".to_owned(), "baseof".to_owned()]);
            let mut bases = names.filter_map(|name| templates.find(&roots.layouts, &name));
            let base = if blocks::defined(file, Naming::Go).is_empty() { None } else { bases.next() };
            let is_based = base.is_some();
            walk.template(base.unwrap_or(file));
            if !is_based && !blocks::defined(file, Naming::Go).is_empty() {
                walk.blocks();
            }
        }
        Generator::Hexo => {
            walk.template(file);
            let around = templates.find(&roots.layouts, "layout").filter(|around| around.path != file.path);
            around.into_iter().for_each(|around| walk.template(around));
        }
        _ => {
            let mut next = Some(file);
            for _ in 0..MAX_CHAIN {
                let Some(file) = next else { break };
                walk.template(file);
                let parent = file.layout.as_deref().filter(|layout| !matches!(*layout, "none" | "null" | ""));
                next = parent.and_then(|parent| templates.find(&roots.layouts, parent));
                if parent.is_some() && next.is_none() {
                    walk.miss();
                }
            }
        }
    }
    walk.finish()
}

/// Analyses Astro's layouts. It is not known which page uses which component, so all are combined.
fn astro(shared: &mut Shared<'_>) -> Layout {
    let templates = shared.templates;
    let mut walk = Walk::new(shared);
    // Start with layouts: components such as cards show the titles of other pages.
    let is_layout = |file: &&Template| file.path.starts_with("src/layouts/");
    let (layouts, others): (Vec<&Template>, Vec<&Template>) = templates.files.values().partition(is_layout);
    layouts.into_iter().for_each(|file| walk.template(file));
    walk.only_first_level();
    others.into_iter().for_each(|file| walk.template(file));
    walk.miss();
    walk.finish()
}

fn roots(seen: &Seen<'_>, site: &Site) -> Roots {
    let owned = |paths: &[&str]| paths.iter().map(|path| (*path).to_owned()).collect();
    match site.generator {
        Generator::Jekyll => Roots { layouts: owned(&["_layouts"]), includes: owned(&["_includes"]) },
        Generator::Hugo => {
            let layouts: Vec<String> =
                std::iter::once("layouts".to_owned()).chain(themes(seen, site, "/layouts")).collect();
            let parts = |root: &String| [format!("{root}/partials"), format!("{root}/_partials")];
            Roots { includes: layouts.iter().flat_map(parts).collect(), layouts }
        }
        Generator::Hexo => Roots { layouts: themes(seen, site, "/layout").collect(), includes: Vec::new() },
        Generator::Zola => {
            let own = std::iter::once("templates".to_owned());
            Roots { layouts: own.chain(themes(seen, site, "/templates")).collect(), includes: Vec::new() }
        }
        Generator::Pelican => {
            let own = ["theme/templates", "content/theme/templates"].map(str::to_owned);
            Roots { layouts: own.into_iter().chain(themes(seen, site, "/templates")).collect(), includes: Vec::new() }
        }
        Generator::Eleventy => {
            let (includes, layouts) = data::template_folders(seen, site);
            Roots { layouts: vec![layouts], includes: vec![includes] }
        }
        _ => Roots { layouts: owned(&["src/layouts", "src/pages", "src/components"]), includes: Vec::new() },
    }
}

/// The folder of the theme that the config sets, or else of the only theme in the site.
fn themes(seen: &Seen<'_>, site: &Site, inside: &str) -> impl Iterator<Item = String> {
    let listed = if seen.has_folder("themes") { seen.folder().list("themes") } else { Vec::new() };
    let names: Vec<String> = listed.into_iter().filter(|(_, is_folder)| *is_folder).map(|(name, _)| name).collect();
    let named = site.theme.as_ref().and_then(|theme| names.iter().find(|name| slug(name) == theme.value).cloned());
    let only = if let [only] = names.as_slice() { Some(only.clone()) } else { None };
    named.or(only).map(|name| format!("themes/{name}{inside}")).into_iter()
}
