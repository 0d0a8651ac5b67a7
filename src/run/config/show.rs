//! `postlint config show`: the effective values with the lines that set them, as a valid config file.

use crate::authored::Written;
use crate::catalog::{Catalog, Entry};
use crate::cli::ConfigShow;
use crate::config::profile::Profile;
use crate::config::{Config, KEYS, Paths};
use crate::files;
use crate::output::Screen;
use crate::output::visible::one_line;
use crate::project::{LayerFile, LocatedSite, Project};
use crate::ruleset::settle::{Origin, Settled};
use crate::run::config::{Effective, quoted};
use crate::run::error::RunError;
use crate::run::exit::Exit;
use crate::run::invocation::Invocation;
use crate::run::narrowing;
use crate::walk::{self, is_post_name};
use crate::words::counted;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// The column at which comments start.
const COMMENTS: usize = 48;

const ITS_CONFIG: &str = "the site's config";

const DEFAULT: &str = "default";

/// Prints the effective settings for a post, or for the posts of a folder, as a valid config file.
pub fn show(
    arguments: &ConfigShow,
    invocation: &Invocation,
    out: &mut Screen<'_>,
    err: &mut Screen<'_>,
) -> Result<Exit, RunError> {
    let (paths, names): (Vec<&PathBuf>, Vec<&PathBuf>) = arguments.asked.iter().partition(|word| is_path(word));
    if let (2.., Some(second)) = (paths.len(), paths.last()) {
        return Err(RunError::TwoPaths(second.to_path_buf()));
    }
    let path = paths.first().map_or_else(|| PathBuf::from("."), |path| path.to_path_buf());
    if !files::is_there(&path) {
        writeln!(err, "warning: there is no `{}`: this is what would be in effect", one_line(&path.to_string_lossy()))?;
    }
    narrowing::warn_of_misplaced_configs(&invocation.working_directory, err)?;
    let effective = Effective::of(&path, &arguments.from, invocation)?;
    let asked = names.iter().map(|name| Asked::of(&name.to_string_lossy(), &effective));
    let asked = asked.collect::<Result<Vec<Asked>, RunError>>()?;
    let (project, site) = (&*effective.project, effective.site.as_deref());
    let all = arguments.all || !asked.is_empty();
    let mut show = Show { project, working_directory: &invocation.working_directory, all, asked, out };
    show.head(&path)?;
    show.site(site)?;
    show.lists(site)?;
    show.run()?;
    show.items(effective.post.as_deref())?;
    show.rules(effective.post.as_deref())?;
    Ok(Exit::Clean)
}

/// Whether a word is a path. A name comes first: the folder `images` is written `./images` or `images/`.
fn is_path(word: &Path) -> bool {
    let text = word.to_string_lossy();
    if text.contains(std::path::is_separator) || text.starts_with('.') {
        return true;
    }
    let is_name = KEYS.contains(&&*text) || Catalog::builtin().resolve(&text).is_some();
    !is_name && (files::is_there(word) || is_post_name(word))
}

/// What is to be shown.
enum Asked {
    /// A top-level key.
    Key(&'static str),
    /// Rules by name, and what users of an old name are told.
    Rules(Vec<Arc<str>>, Option<String>),
}

impl Asked {
    fn of(name: &str, effective: &Effective) -> Result<Self, RunError> {
        if let Some(key) = KEYS.into_iter().find(|key| *key == name) {
            return Ok(Asked::Key(key));
        }
        let catalog = &effective.project.catalog;
        let rules = catalog.resolve(name.strip_prefix("rules.").unwrap_or(name));
        Ok(Asked::Rules(rules.ok_or_else(|| effective.unknown(name))?, catalog.notice(name)))
    }
}

struct Show<'p, 'w, 's> {
    project: &'p Project,
    working_directory: &'p Path,
    /// Whether defaults are shown.
    all: bool,
    /// What is to be shown; if empty, everything.
    asked: Vec<Asked>,
    out: &'w mut Screen<'s>,
}

impl Show<'_, '_, '_> {
    /// Whether a top-level key is to be shown.
    fn wants(&self, key: &str) -> bool {
        self.asked.is_empty() || self.asked.iter().any(|asked| matches!(asked, Asked::Key(name) if *name == key))
    }

    /// Whether a rule is to be shown.
    fn wants_rule(&self, name: &str) -> bool {
        let has = |asked: &Asked| matches!(asked, Asked::Rules(names, _) if names.iter().any(|it| **it == *name));
        self.wants("rules") || self.asked.iter().any(has)
    }

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
        if self.wants("site") {
            self.generator(site)?;
        }
        if !self.wants("lang") {
            return Ok(());
        }
        let by_site = site.and_then(|site| Some((site.site.language.as_ref()?, site)));
        match (self.project.last(|config| config.language.as_ref()), by_site) {
            (Some((language, origin)), _) => self.value(0, &format!("lang: {language}"), &self.said(origin)),
            (None, Some((language, site))) => {
                self.value(0, &format!("lang: {}", language.value), &self.found(ITS_CONFIG, site))
            }
            (None, None) if self.all => self.value(0, "# lang: unknown", DEFAULT),
            (None, None) => Ok(()),
        }
    }

    fn generator(&mut self, site: Option<&LocatedSite>) -> io::Result<()> {
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
                self.value(0, &format!("site: {}", generator.as_str()), &self.said(origin))
            }
            (None, Some(site)) => {
                self.value(0, &format!("site: {}", site.site.generator.as_str()), &self.found("detected", site))
            }
            (None, None) => self.value(0, "# site: plain", "nothing detected"),
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
        match self.project.last(|config| config.rules_folder.as_ref()) {
            Some((folder, origin)) if self.wants("rules-folder") => {
                self.value(0, &format!("rules-folder: {}", quoted(folder)), &self.said(origin))
            }
            _ => Ok(()),
        }
    }

    /// Prints the defaults of options of the command line.
    fn run(&mut self) -> io::Result<()> {
        let project = self.project;
        let fail_on = project.last(|config| config.run.fail_on.as_ref());
        let fail_on =
            fail_on.map(|(lowest, origin)| (lowest.map_or("never", |level| level.as_str()).to_owned(), origin));
        let format = project.last(|config| config.run.format.as_ref());
        let baseline = project.last(|config| config.run.baseline.as_ref());
        let baseline = baseline.map(|(file, origin)| (file.as_ref().map_or("false".to_owned(), quoted), origin));
        let version = project.last(|config| config.run.required_version.as_ref());
        self.option("fail-on", fail_on, "fail-on: warn")?;
        self.option("format", format.map(|(format, origin)| ((*format).to_owned(), origin)), "# format: full")?;
        self.option("baseline", baseline, "# baseline: the nearest postlint-baseline.txt")?;
        self.option("required-version", version.map(|(range, origin)| (quoted(&range.to_string()), origin)), "")?;
        if self.wants("fix") { self.fixes() } else { Ok(()) }
    }

    /// Prints a setting, or else the line `default`.
    fn option(&mut self, key: &str, set: Option<(String, Origin)>, default: &str) -> io::Result<()> {
        match set.filter(|_| self.wants(key)) {
            Some((text, origin)) => self.value(0, &format!("{key}: {text}"), &self.said(origin)),
            None if self.all && self.wants(key) && !default.is_empty() => self.value(0, default, DEFAULT),
            None => Ok(()),
        }
    }

    /// Prints whether fixes are applied, and their limits, for which each layer adds to those it extends.
    fn fixes(&mut self) -> io::Result<()> {
        let of = |get: fn(&Config) -> &[Written<String>]| -> Vec<(String, String)> {
            once(self.project.all(get).map(|(word, origin)| (word.clone(), self.said(origin))).collect())
        };
        let limits = [("unsafe", of(|config| &config.fixes.unsafe_only)), ("never", of(|config| &config.fixes.never))];
        let apply = self.project.last(|config| config.fixes.apply.as_ref());
        let apply = apply.map(|(apply, origin)| (apply.to_string(), self.said(origin)));
        let apply = apply.or_else(|| self.all.then(|| ("false".to_owned(), DEFAULT.to_owned())));
        if limits.iter().all(|(_, words)| words.is_empty()) {
            return apply.map_or(Ok(()), |(apply, comment)| self.value(0, &format!("fix: {apply}"), &comment));
        }
        writeln!(self.out, "fix:")?;
        if let Some((apply, comment)) = apply {
            self.value(2, &format!("apply: {apply}"), &comment)?;
        }
        for (name, words) in limits.iter().filter(|(_, words)| !words.is_empty()) {
            writeln!(self.out, "  {name}:")?;
            words.iter().try_for_each(|(word, comment)| self.value(4, &format!("- {}", quoted(word)), comment))?;
        }
        Ok(())
    }

    fn list(&mut self, name: &str, items: Vec<(String, String)>) -> io::Result<()> {
        let items = once(items);
        if items.is_empty() || !self.wants(name) {
            return Ok(());
        }
        writeln!(self.out, "{name}:")?;
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
        if self.wants("front-matter") {
            self.as_written("front-matter", &front_matter)?;
        }
        if path.is_none() && self.wants("overrides") { self.as_written("overrides", &overrides) } else { Ok(()) }
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

    /// Prints the rules: first those that are set, then the others.
    fn rules(&mut self, path: Option<&Path>) -> io::Result<()> {
        for asked in &self.asked {
            if let Asked::Rules(_, Some(notice)) = asked {
                writeln!(self.out, "# {}", one_line(notice))?;
            }
        }
        let settled = self.project.settled(path);
        let project = self.project;
        let rules = project.catalog.rules().filter(|entry| self.wants_rule(&entry.page.meta.name));
        let rules = rules.filter_map(|entry| Some((entry, settled.get(&entry.page.meta.name)?)));
        let is_set = |(_, settled): &(&Entry, &Settled)| settled.level_from.is_some() || !settled.options.is_empty();
        let (set, others): (Vec<_>, Vec<_>) = rules.partition(is_set);
        if !set.is_empty() || self.all && !others.is_empty() {
            writeln!(self.out, "rules:")?;
        }
        for (entry, settled) in &set {
            self.rule(entry, settled)?;
        }
        if !self.all {
            let others = counted(others.len(), "other rule");
            return writeln!(self.out, "# {others} at their defaults: --all shows them, `postlint rules` lists them");
        }
        if !set.is_empty() && !others.is_empty() {
            writeln!(self.out, "  # at their defaults:")?;
        }
        others.iter().try_for_each(|(entry, settled)| self.rule(entry, settled))
    }

    fn rule(&mut self, entry: &Entry, settled: &Settled) -> io::Result<()> {
        let meta = &entry.page.meta;
        let level = settled.level.level().map_or("off", |level| level.as_str());
        let comment = settled.level_from.map_or("its page".to_owned(), |origin| self.said(origin));
        let all = self.all;
        let is_shown = |name: &str| all || settled.options.contains_key(name);
        let defaults = meta.option_defaults();
        let mut options = defaults.iter().filter(|(name, _)| name.as_str().is_some_and(is_shown)).peekable();
        if options.peek().is_none() {
            return self.value(2, &format!("{}: {level}", meta.name), &comment);
        }
        writeln!(self.out, "  {}:", meta.name)?;
        self.value(4, &format!("level: {level}"), &comment)?;
        writeln!(self.out, "    options:")?;
        for (name, default) in options {
            let name = name.as_str().unwrap_or("");
            let (value, comment) = match settled.options.get(name) {
                Some((value, origin)) => (value, self.said(*origin)),
                None => (default, "its page".to_owned()),
            };
            let value = quoted(value);
            self.value(6, &format!("{name}: {value}"), &comment)?;
        }
        Ok(())
    }
}

/// The items without those that occur again, whose comments are added to the first.
fn once(items: Vec<(String, String)>) -> Vec<(String, String)> {
    let mut kept: Vec<(String, String)> = Vec::new();
    for (value, comment) in items {
        match kept.iter_mut().find(|(known, _)| *known == value) {
            Some((_, comments)) => *comments = format!("{comments}; {comment}"),
            None => kept.push((value, comment)),
        }
    }
    kept
}
