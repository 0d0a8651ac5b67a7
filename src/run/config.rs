//! `postlint config show` and `postlint schema`: every effective value with the line that set it, and the schema of
//! config files.

use crate::authored::Written;
use crate::catalog::Entry;
use crate::cli::ConfigShow;
use crate::config::profile::Profile;
use crate::config::schema::{self, RuleDoc};
use crate::config::{Config, Paths};
use crate::files::{self, Disk};
use crate::output::Screen;
use crate::output::visible::{self, one_line};
use crate::project::{LayerFile, LocatedSite, Project, Surroundings, rules_folder};
use crate::rule::Group;
use crate::ruleset::Selection;
use crate::ruleset::settle::{Origin, Settled};
use crate::run::error::RunError;
use crate::run::exit::Exit;
use crate::run::invocation::Invocation;
use crate::walk;
use serde::Serialize;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// The column at which comments start.
const COMMENTS: usize = 48;

const ITS_CONFIG: &str = "the site's config";

/// Prints the effective settings for a post, or for the posts of a folder, as a valid config file.
pub fn show(arguments: &ConfigShow, invocation: &Invocation, out: &mut Screen<'_>) -> Result<Exit, RunError> {
    let working_directory = &invocation.working_directory;
    let selection = Selection { preset: arguments.preset, ..Selection::default() };
    let mut surroundings =
        Surroundings::new(Arc::new(Disk), working_directory, None, arguments.config.as_deref(), selection)?;
    let named = arguments.path.clone().unwrap_or_else(|| PathBuf::from("."));
    let absolute = files::absolute(&named);
    let is_folder = absolute.is_dir();
    let folder = if is_folder { absolute.as_path() } else { absolute.parent().unwrap_or(&absolute) };
    let project = surroundings.project(folder)?;
    let site = surroundings.site(folder)?;
    let post = (!is_folder).then_some(absolute.as_path());
    let mut show = Show { project: &project, working_directory, out };
    show.head(&named)?;
    show.site(site.as_deref())?;
    show.lists(site.as_deref())?;
    show.items(post)?;
    show.rules(post)?;
    Ok(Exit::Clean)
}

struct Show<'p, 'w, 's> {
    project: &'p Project,
    working_directory: &'p Path,
    out: &'w mut Screen<'s>,
}

impl Show<'_, '_, '_> {
    fn value(&mut self, indent: usize, text: &str, comment: &str) -> io::Result<()> {
        let width = COMMENTS.saturating_sub(indent);
        writeln!(self.out, "{:indent$}{text:width$}  # {comment}", "")
    }

    fn printed(&self, path: &Path) -> String {
        one_line(&walk::printed(path, self.working_directory)).into_owned()
    }

    /// Returns a comment that says what was found in which site.
    fn found(&self, what: &str, site: &LocatedSite) -> String {
        let root = self.printed(&site.root);
        format!("{what} in {}", if root.is_empty() { "." } else { &root })
    }

    fn said(&self, origin: Origin) -> String {
        self.project.describe(origin, |path| self.printed(path))
    }

    fn head(&mut self, path: &Path) -> io::Result<()> {
        writeln!(self.out, "# in effect for {}", one_line(&path.display().to_string()))?;
        let names = self.project.layers.iter().map(|layer| match &layer.file {
            LayerFile::Path(path) => self.printed(path),
            LayerFile::Preset(name) => format!("preset {name}"),
        });
        let names: Vec<String> = names.collect();
        match names.as_slice() {
            [] => writeln!(self.out, "# no config file: the defaults of all rules"),
            [name] => writeln!(self.out, "# config file: {name}"),
            _ => writeln!(self.out, "# config files, later ones override earlier ones: {}", names.join(", ")),
        }
    }

    fn site(&mut self, site: Option<&LocatedSite>) -> io::Result<()> {
        let facts = self.facts(site);
        if !facts.is_empty() {
            writeln!(self.out, "site:")?;
            for (text, comment) in facts {
                match comment.is_empty() {
                    true => writeln!(self.out, "  {text}")?,
                    false => self.value(2, &text, &comment)?,
                }
            }
            return Ok(());
        }
        match (self.project.last(|config| config.site.generator.as_ref()), site) {
            (Some((generator, origin)), _) => {
                self.value(0, &format!("site: {}", generator.as_str()), &self.said(origin))?;
            }
            (None, Some(site)) => {
                self.value(0, &format!("site: {}", site.site.generator.as_str()), &self.found("detected", site))?;
            }
            (None, None) => self.value(0, "# site: plain", "nothing detected")?,
        }
        let by_site = site.and_then(|site| Some((site.site.language.as_ref()?, site)));
        match (self.project.last(|config| config.language.as_ref()), by_site) {
            (Some((language, origin)), _) => self.value(0, &format!("lang: {language}"), &self.said(origin)),
            (None, Some((language, site))) => {
                self.value(0, &format!("lang: {}", language.value), &self.found(ITS_CONFIG, site))
            }
            (None, None) => Ok(()),
        }
    }

    /// The lines below `site:`, each with its comment. Empty if the config files set no more than the generator.
    fn facts(&self, site: Option<&LocatedSite>) -> Vec<(String, String)> {
        let engine = self.project.last(|config| config.site.engine.as_ref());
        let engine = engine.map(|(engine, origin)| (format!("engine: {}", engine.as_str()), self.said(origin)));
        let options = self.project.engine_options();
        let options: Vec<(String, String)> =
            options.map(|(name, is_on, origin)| (format!("  {name}: {is_on}"), self.said(origin))).collect();
        let text = |name: &str, get: fn(&Config) -> Option<&Written<String>>| {
            let (text, origin) = self.project.last(get)?;
            Some((format!("{name}: {text}"), self.said(origin)))
        };
        let theme = text("theme", |config| config.site.theme.as_ref());
        let title = text("title-key", |config| config.site.title_key.as_ref());
        let description = text("description-key", |config| config.site.description_key.as_ref());
        let texts: Vec<(String, String)> = theme.into_iter().chain(title).chain(description).collect();
        if engine.is_none() && options.is_empty() && texts.is_empty() {
            return Vec::new();
        }
        let generator = self.project.last(|config| config.site.generator.as_ref());
        let generator = generator.map(|(it, origin)| (format!("generator: {}", it.as_str()), self.said(origin)));
        let detected =
            |site: &LocatedSite| (format!("generator: {}", site.site.generator.as_str()), self.found("detected", site));
        let generator = generator.or_else(|| site.map(detected));
        let heading = (!options.is_empty()).then(|| ("options:".to_owned(), String::new()));
        generator.into_iter().chain(engine).chain(heading).chain(options).chain(texts).collect()
    }

    fn lists(&mut self, site: Option<&LocatedSite>) -> io::Result<()> {
        let of_site = site.and_then(|site| Some((site.site.host()?, self.found(ITS_CONFIG, site))));
        let own = self.project.all(|config| &config.own_hosts);
        let own = own.map(|(host, origin)| (host.clone(), self.said(origin)));
        let own = of_site.into_iter().chain(own).collect();
        let ignored = self.project.all(|config| &config.ignore);
        let ignored = ignored.map(|(glob, origin)| (glob.clone(), self.said(origin))).collect();
        self.list("own-hosts", own)?;
        self.list("ignore", ignored)?;
        self.fixes()?;
        match self.project.last(|config| config.rules_folder.as_ref()) {
            Some((folder, origin)) => self.value(0, &format!("rules-folder: {}", quoted(folder)), &self.said(origin)),
            None => Ok(()),
        }
    }

    /// Prints the limits of fixes, for which each layer adds to those it extends.
    fn fixes(&mut self) -> io::Result<()> {
        let of = |get: fn(&Config) -> &[Written<String>]| -> Vec<(String, String)> {
            self.project.all(get).map(|(word, origin)| (word.clone(), self.said(origin))).collect()
        };
        let limits = [("unsafe", of(|config| &config.fixes.unsafe_only)), ("never", of(|config| &config.fixes.never))];
        if limits.iter().any(|(_, words)| !words.is_empty()) {
            writeln!(self.out, "fix:")?;
        }
        for (name, words) in limits.iter().filter(|(_, words)| !words.is_empty()) {
            writeln!(self.out, "  {name}:")?;
            words.iter().try_for_each(|(word, comment)| self.value(4, &format!("- {}", quoted(word)), comment))?;
        }
        Ok(())
    }

    fn list(&mut self, name: &str, items: Vec<(String, String)>) -> io::Result<()> {
        if !items.is_empty() {
            writeln!(self.out, "{name}:")?;
        }
        items.iter().try_for_each(|(value, comment)| self.value(2, &format!("- {}", quoted(value)), comment))
    }

    /// Prints the items of `front-matter` that apply to a post, or all of them. The `overrides` of a post are printed
    /// with its rules.
    fn items(&mut self, path: Option<&Path>) -> io::Result<()> {
        let inside = path.map(|path| self.project.inside(path));
        let (mut front_matter, mut overrides) = (Vec::new(), Vec::new());
        for (file, layer) in self.project.layers.iter().enumerate() {
            let here = |matches: &Paths| inside.as_ref().is_none_or(|inside| matches.is_match(inside));
            let items = layer.config.front_matter.iter().filter(|item| here(&item.matches));
            front_matter.extend(items.map(|item| (Origin { file, span: item.span }, &*item.profiles)));
            overrides.extend(layer.config.overrides.iter().map(|item| (Origin { file, span: item.span }, &[][..])));
        }
        self.as_written("front-matter", &front_matter)?;
        if path.is_none() { self.as_written("overrides", &overrides) } else { Ok(()) }
    }

    /// Prints the items of a list verbatim, each with the fields of the profiles that it extends.
    fn as_written(&mut self, name: &str, items: &[(Origin, &[&Profile])]) -> io::Result<()> {
        if !items.is_empty() {
            writeln!(self.out, "{name}:")?;
        }
        for &(item, profiles) in items {
            let Some(layer) = self.project.layers.get(item.file) else { continue };
            let first = layer.source.line_span(layer.source.line_of(item.span.start));
            let comment = self.said(item);
            let written = item.span.slice(layer.source.text()).trim_end();
            let depth = (item.span.start - first.start) as usize;
            for (number, line) in written.lines().enumerate() {
                let line = line.get(depth..).filter(|_| number > 0).unwrap_or(line);
                match number {
                    0 => self.value(2, &format!("- {line}"), &comment)?,
                    _ => writeln!(self.out, "    {line}")?,
                }
            }
            for profile in profiles {
                writeln!(self.out, "    # profile {}:", profile.name)?;
                let mut fields = profile.text.lines().filter(|line| !line.starts_with('#'));
                fields.try_for_each(|line| writeln!(self.out, "    #   {line}"))?;
            }
        }
        Ok(())
    }

    fn rules(&mut self, path: Option<&Path>) -> io::Result<()> {
        writeln!(self.out, "rules:")?;
        let settled = self.project.settled(path);
        let project = self.project;
        for entry in project.catalog.rules() {
            if let Some(settled) = settled.get(&entry.page.meta.name) {
                self.rule(entry, settled)?;
            }
        }
        Ok(())
    }

    fn rule(&mut self, entry: &Entry, settled: &Settled) -> io::Result<()> {
        let meta = &entry.page.meta;
        let level = settled.level.level().map_or("off", |level| level.as_str());
        let comment = settled.level_from.map_or("its page".to_owned(), |origin| self.said(origin));
        if meta.options.is_empty() {
            return self.value(2, &format!("{}: {level}", meta.name), &comment);
        }
        writeln!(self.out, "  {}:", meta.name)?;
        self.value(4, &format!("level: {level}"), &comment)?;
        writeln!(self.out, "    options:")?;
        for (name, default) in meta.option_defaults() {
            let name = name.as_str().unwrap_or("");
            let (value, comment) = match settled.options.get(name) {
                Some((value, origin)) => (value, self.said(*origin)),
                None => (&default, "its page".to_owned()),
            };
            let value = quoted(value);
            self.value(6, &format!("{name}: {value}"), &comment)?;
        }
        Ok(())
    }
}

/// Prints the JSON Schema of config files, including users' own rules from the nearest folder.
pub fn schema(invocation: &Invocation, out: &mut Screen<'_>) -> Result<Exit, RunError> {
    let catalog = rules_folder::catalog_at(&Disk, &invocation.working_directory)?;
    let rules = catalog.rules().map(|entry| &entry.page.meta);
    let rules = rules.map(|meta| RuleDoc { name: &meta.name, summary: &meta.summary, options: Some(&meta.options) });
    let group = |group: Group| RuleDoc { name: group.as_str(), summary: "all rules of this group", options: None };
    let all = RuleDoc { name: "all", summary: "all rules", options: None };
    let schema = schema::schema(rules.chain(Group::ALL.map(group)).chain([all]));
    out.json_indented(&schema)?;
    Ok(Exit::Clean)
}

fn quoted(value: &(impl Serialize + ?Sized)) -> String {
    visible::json(&serde_json::to_string(value).unwrap_or_default()).into_owned()
}
