//! Analyses the layouts of a site for rules: which front matter keys they read, and which keys become the title and the
//! description. Ignores errors, and limits the amount of work; facts that cannot be determined are unknown.

mod blocks;
pub mod data;
mod go;
mod html;
pub mod known;
mod own;
mod pieces;
mod scope;
mod script;
mod sections;
mod statement;
mod templates;
mod tokens;
mod walk;
mod words;

use crate::place::dialect::Generator;
use crate::place::theme::{self, Layout, LazyLayout, Theme};
use crate::site::folder::{Folder, Seen};
use crate::site::{Site, slug};
use scope::Naming;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use templates::{Template, Templates};
use walk::{Shared, Walk};

/// Maximum number of bytes of templates that are followed for one layout. A template counts each time it is included.
const BUDGET: usize = 2 << 20;

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

/// The templates of a site, with what is needed to follow them.
struct ThemeFiles {
    templates: Templates,
    roots: Roots,
    generator: Generator,
    naming: Naming,
    /// Names of data files.
    data: BTreeSet<String>,
}

impl ThemeFiles {
    fn shared(&self) -> Shared<'_> {
        let includes = self.roots.includes.iter().chain(&self.roots.layouts).cloned().collect();
        let mut shared = Shared::new(&self.templates, includes, self.naming, BUDGET);
        shared.data.clone_from(&self.data);
        shared
    }
}

/// Analyses the theme of a site. `folder` is the site's root.
pub fn read(folder: &dyn Folder, site: &Site) -> Theme {
    let elsewhere = || site.theme.as_ref().and_then(|theme| known::layout(site.generator, &theme.value));
    let Some(naming) = Naming::of(site.generator) else { return Theme { elsewhere: elsewhere(), ..Theme::default() } };
    let seen = Seen::of(folder);
    let roots = roots(&seen, site);
    let all: BTreeSet<String> = roots.layouts.iter().chain(&roots.includes).cloned().collect();
    // Skip folders inside other ones, because those are read with all their subfolders.
    let outer = all
        .iter()
        .filter(|path| !all.iter().any(|it| path.strip_prefix(&**it).is_some_and(|rest| rest.starts_with('/'))));
    let templates = Templates::of(folder, &outer.cloned().collect::<Vec<_>>());
    let data = if site.generator == Generator::Eleventy { data::global_names(&seen, site) } else { BTreeSet::new() };
    let files = Arc::new(ThemeFiles { templates, roots, generator: site.generator, naming, data });
    // Record what every template reads, even if no template of the site includes it: templates outside the site may.
    let mut shared = files.shared();
    shared.budget = usize::MAX;
    for file in files.templates.files.values() {
        Walk::new(&mut shared).alone(file);
        if files.is_without_parent(file) {
            shared.is_whole = false;
        }
    }
    let Shared { reads, mut own, is_whole, .. } = shared;
    own::retain(&mut own, site.generator, files.templates.files.values());
    let is_astro = site.generator == Generator::Astro;
    let layouts = match is_astro {
        true => {
            let files = files.clone();
            BTreeMap::from([("*".to_owned(), theme::lazy(move || astro(&mut files.shared())))])
        }
        false => layouts(&files),
    };
    let hides_sections = site.generator == Generator::Hugo && sections::are_hidden(&files.templates);
    Theme { layouts, elsewhere: elsewhere(), reads, own, is_whole: is_whole && !is_astro, hides_sections }
}

fn layouts(files: &Arc<ThemeFiles>) -> BTreeMap<String, LazyLayout> {
    let ThemeFiles { templates, roots, generator, .. } = &**files;
    let mut found = BTreeMap::new();
    for root in &roots.layouts {
        let prefix = format!("{root}/");
        let inside = templates.files.range(prefix.clone()..).take_while(|(path, _)| path.starts_with(&prefix));
        for (path, _) in inside {
            let name = path.get(prefix.len()..).unwrap_or(path);
            let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
            let is_part = roots.includes.iter().any(|it| *it != *root && path.starts_with(&format!("{it}/")));
            let name = if *generator == Generator::Zola { name } else { stem };
            let is_part =
                is_part || name.split('/').any(is_no_page) || path.ends_with(".xml") || path.ends_with(".svg");
            if is_part || found.contains_key(name) || stem.ends_with("baseof") {
                continue;
            }
            let (own, file, stem) = (files.clone(), path.clone(), stem.to_owned());
            let layout = theme::lazy(move || own.layout(&file, &stem));
            if *generator == Generator::Eleventy {
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

impl ThemeFiles {
    /// Analyses the layout in `file` together with the layouts that it is inserted into.
    fn layout(&self, file: &str, stem: &str) -> Layout {
        let mut shared = self.shared();
        let mut walk = Walk::new(&mut shared);
        let Some(file) = self.templates.files.get(file) else { return Layout::default() };
        match self.generator {
            Generator::Hugo => {
                let has_blocks = walk.define(file);
                let base = self.base(stem).filter(|_| has_blocks);
                walk.template(base.unwrap_or(file));
                if base.is_none() && has_blocks {
                    walk.blocks();
                }
            }
            Generator::Hexo => {
                walk.template(file);
                let around = self.templates.find(&self.roots.layouts, "layout");
                around.into_iter().filter(|around| around.path != file.path).for_each(|around| walk.template(around));
            }
            _ => {
                let mut next = Some(file);
                for _ in 0..MAX_CHAIN {
                    let Some(file) = next else { break };
                    walk.template(file);
                    let parent = outer_layout(file);
                    next = parent.and_then(|parent| self.templates.find(&self.roots.layouts, parent));
                    if parent.is_some() && next.is_none() {
                        walk.miss();
                    }
                }
            }
        }
        walk.finish()
    }

    /// The template that Hugo inserts the blocks of the layout `stem` into.
    fn base(&self, stem: &str) -> Option<&Template> {
        let folder = stem.rsplit_once('/').map_or(String::new(), |(folder, _)| format!("{folder}/"));
        let own = format!("{folder}{}-baseof", stem.rsplit('/').next().unwrap_or(stem));
        let names = [own, format!("{folder}baseof"), "_default/baseof".to_owned(), "baseof".to_owned()];
        names.iter().find_map(|name| self.templates.find(&self.roots.layouts, name))
    }

    /// Whether a template is inserted into another one that is not among the templates of the site.
    fn is_without_parent(&self, file: &Template) -> bool {
        match self.generator {
            Generator::Hexo => false,
            Generator::Hugo => {
                let inside = self.roots.layouts.iter().find_map(|root| file.path.strip_prefix(root.as_str()));
                let inside = inside.unwrap_or(&file.path).trim_start_matches('/');
                let stem = inside.rsplit_once('.').map_or(inside, |(stem, _)| stem);
                let is_part = stem.split('/').any(is_no_page) || stem.ends_with("baseof");
                !is_part && self.base(stem).is_none() && !blocks::defined(file, Naming::Go).is_empty()
            }
            _ => outer_layout(file).is_some_and(|parent| self.templates.find(&self.roots.layouts, parent).is_none()),
        }
    }
}

/// The layout around a template, which its front matter names.
fn outer_layout(file: &Template) -> Option<&str> {
    file.layout.as_deref().filter(|layout| !matches!(*layout, "none" | "null" | ""))
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
    // The tag may be that of one page only.
    Layout { noindex: None, ..walk.finish() }
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
