//! A config file with all layers that it extends, and the resulting settings for each post: rules, front matter,
//! language.

use crate::authored::Written;
use crate::catalog::Catalog;
use crate::config::site::EngineFlag;
use crate::config::{Config, RuleSetting, site};
use crate::diagnostic::{FixLimit, Mistake};
use crate::digest::Digest;
use crate::files::{absolute, collapsed};
use crate::pattern::glob_that_ignores;
use crate::place::Place;
use crate::place::theme::{Evidence, Read};
use crate::project::config_files::root_of;
use crate::project::layers::{Layer, LayerFile};
use crate::project::themes::ChosenTheme;
use crate::project::{BrokenFile, ConfigError, KnownIn, relative};
use crate::ruleset::settle::{Origin, Settled, general_first, settle};
use crate::ruleset::{Ruleset, Selection};
use crate::schema::Demands;
use crate::site::settings::Fact;
use crate::source::{Source, Span};
use ignore::gitignore::{Gitignore, GitignoreBuilder};
use rustc_hash::FxHashMap;
use std::collections::BTreeMap;
use std::iter;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

/// The settings of a project and the rules they enable.
pub struct Project {
    /// The absolute folder of the config file. Paths in the config, and in all files it extends, are relative to it.
    pub root: PathBuf,
    /// The config file and all files it extends. Later ones override earlier ones.
    pub layers: Vec<Layer>,
    /// All rules: built-in ones and users' own.
    pub catalog: Arc<Catalog>,
    selection: Selection,
    /// The digest of the files that it was read from.
    pub(super) digest: Digest,
    ignore: Gitignore,
    /// Cached rulesets, by which of the overrides apply.
    rulesets: Mutex<FxHashMap<Vec<bool>, Arc<Ruleset>>>,
}

impl Project {
    /// Creates a project. Paths in the layers are relative to `root`.
    pub fn new(root: PathBuf, layers: Vec<Layer>, catalog: Arc<Catalog>, selection: Selection) -> Self {
        let mut ignore = GitignoreBuilder::new(&root);
        for glob in layers.iter().flat_map(|layer| &layer.config.ignore) {
            // Ignore invalid globs: the config's parser has reported them.
            let _ = ignore.add_line(None, &glob.value);
        }
        let ignore = ignore.build().unwrap_or_else(|_| Gitignore::empty());
        let digest = Digest::default();
        Project { root, layers, catalog, selection, digest, ignore, rulesets: Mutex::default() }
    }

    /// The same, read from files with this digest.
    pub(super) fn with_digest(self, digest: Digest) -> Self {
        Project { digest, ..self }
    }

    /// The absolute `path` relative to the config file's folder, with `/`.
    pub fn inside(&self, path: &Path) -> String {
        relative(path, &self.root)
    }

    /// Whether the config ignores a path.
    pub fn ignores(&self, path: &Path) -> bool {
        glob_that_ignores(&self.ignore, &self.root, path).is_some()
    }

    /// The pattern of the config that ignores a path, and where it is.
    pub fn ignoring(&self, path: &Path) -> Option<(&str, Origin)> {
        let glob = glob_that_ignores(&self.ignore, &self.root, path)?;
        // Of equal patterns, the last one decides.
        let patterns = self.all(|config| &config.ignore).filter(|(pattern, _)| pattern.trim_end() == glob.original());
        patterns.last().map(|(pattern, origin)| (&**pattern, origin))
    }

    /// The rules to run on the post at `inside`, its path below the config file's folder.
    pub fn rules(&self, inside: &str) -> Result<Arc<Ruleset>, ConfigError> {
        let overrides = self.layers.iter().flat_map(|layer| &layer.config.overrides);
        let holds: Vec<bool> = overrides.map(|item| item.matches.is_match(inside)).collect();
        let mut known = self.rulesets.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(rules) = known.get(&holds) {
            return Ok(rules.clone());
        }
        let mut rules = Ruleset::configure(&self.catalog, &self.settings(Some(inside)), &self.selection)
            .map_err(|mistakes| ConfigError::Broken(self.by_file(mistakes)))?;
        let fixes = || self.layers.iter().map(|layer| &layer.config.fixes);
        rules.limit_fixes(fixes().flat_map(|fixes| &fixes.unsafe_only).map(|word| &*word.value), FixLimit::Unsafe);
        rules.limit_fixes(fixes().flat_map(|fixes| &fixes.never).map(|word| &*word.value), FixLimit::Never);
        Ok(known.entry(holds).or_insert(Arc::new(rules)).clone())
    }

    /// Returns the mistakes in the settings of rules, also in those for some posts only.
    pub fn check(&self) -> Result<(), ConfigError> {
        let mut settings: Vec<(usize, &RuleSetting)> = self.settings(None);
        let overrides = self.layers.iter().enumerate();
        let narrowed =
            overrides.flat_map(|(number, layer)| layer.config.overrides.iter().map(move |item| (number, item)));
        settings.extend(narrowed.flat_map(|(number, item)| self.numbered(number, &item.rules)));
        let configured = Ruleset::configure(&self.catalog, &settings, &self.selection);
        configured.map(|_| ()).map_err(|mistakes| ConfigError::Broken(self.by_file(mistakes)))
    }

    /// Groups mistakes, each with the number of its file, by file.
    fn by_file(&self, mistakes: Vec<(usize, Mistake)>) -> Vec<BrokenFile> {
        let broken = |(number, layer): (usize, &Layer)| {
            let of_file: Vec<Mistake> =
                mistakes.iter().filter(|(file, _)| *file == number).map(|(_, mistake)| mistake.clone()).collect();
            let path = match &layer.file {
                LayerFile::Path(path) => path.clone(),
                LayerFile::Preset(name) => PathBuf::from(name),
            };
            (!of_file.is_empty()).then(|| BrokenFile {
                path,
                source: Source::new(layer.source.text()),
                mistakes: of_file,
            })
        };
        self.layers.iter().enumerate().filter_map(broken).collect()
    }

    /// The settings of each rule: for the post at `path`, or without overrides if there is none.
    pub fn settled(&self, path: Option<&Path>) -> BTreeMap<Arc<str>, Settled> {
        let inside = path.map(|path| self.inside(path));
        settle(&self.catalog, &self.settings(inside.as_deref()))
    }

    fn settings(&self, inside: Option<&str>) -> Vec<(usize, &RuleSetting)> {
        let mut settings = Vec::new();
        for (number, layer) in self.layers.iter().enumerate() {
            let holds = |path| layer.config.overrides.iter().filter(move |item| item.matches.is_match(path));
            let narrowed = inside.into_iter().flat_map(holds).map(|item| &item.rules);
            let mappings = iter::once(&layer.config.rules).chain(narrowed);
            settings.extend(mappings.flat_map(|rules| self.numbered(number, rules)));
        }
        settings
    }

    /// The settings of one mapping in the order in which they count, each with the number of its file.
    fn numbered<'p>(
        &self,
        number: usize,
        rules: &'p [RuleSetting],
    ) -> impl Iterator<Item = (usize, &'p RuleSetting)> + use<'p> {
        general_first(&self.catalog, rules).into_iter().map(move |setting| (number, setting))
    }

    /// Applies the `site:` settings of the config to a place.
    pub fn overridden(&self, place: Place) -> Place {
        let place = match self.last(|config| config.site.engine.as_ref()) {
            Some((engine, _)) => site::read_by(place, *engine),
            None => place,
        };
        let options = self.layers.iter().flat_map(|layer| &layer.config.site.options);
        options.fold(place, |place, (flag, written)| site::with_option(place, *flag, written.value))
    }

    /// The config's settings about the theme. As evidence, the config's path is relative to `working_directory`.
    pub fn theme(&self, working_directory: &Path) -> ChosenTheme {
        let fact = |get: fn(&Config) -> Option<&Written<String>>| {
            let (value, origin) = self.last(get)?;
            let layer = self.layers.get(origin.file)?;
            let file: Arc<str> = match &layer.file {
                LayerFile::Path(path) => relative(path, working_directory).into(),
                LayerFile::Preset(name) => format!("preset {name}").into(),
            };
            let from = Evidence { file, line: self.line(origin.file, origin.span) };
            Some(Fact { value: value.clone(), from: Some(from) })
        };
        let read = |fact: Option<Fact<String>>| fact.and_then(|it| Some(Read { key: it.value, from: it.from? }));
        ChosenTheme {
            theme: fact(|config| config.site.theme.as_ref()),
            title: read(fact(|config| config.site.title_key.as_ref())),
            description: read(fact(|config| config.site.description_key.as_ref())),
        }
    }

    /// The requirements for the front matter of the post at `inside`.
    pub fn demands(&self, inside: &str) -> Demands {
        let items = self.layers.iter().flat_map(|layer| &layer.config.front_matter);
        let mut demands = Demands::default();
        for item in items.filter(|item| item.matches.is_match(inside)) {
            demands.add(&item.required, &item.expected);
        }
        demands
    }

    /// Where the known findings of posts are.
    pub fn known_in(&self) -> KnownIn {
        let Some((written, origin)) = self.last(|config| config.run.baseline.as_ref()) else { return KnownIn::Nearest };
        let Some(named) = written else { return KnownIn::Nowhere };
        let file = self.layers.get(origin.file).map(|layer| &layer.file);
        let Some(LayerFile::Path(path)) = file else { return KnownIn::Nearest };
        KnownIn::File(collapsed(&absolute(&root_of(path).join(named))))
    }

    /// The value of a setting in the last layer that sets it, and its origin.
    pub fn last<'p, T>(&'p self, get: impl Fn(&'p Config) -> Option<&'p Written<T>>) -> Option<(&'p T, Origin)> {
        let mut layers = self.layers.iter().enumerate().rev();
        layers.find_map(|(file, layer)| {
            let written = get(&layer.config)?;
            Some((&written.value, Origin { file, span: written.span }))
        })
    }

    /// The engine's options that are set: the name and the value of each, and its origin.
    pub fn engine_options(&self) -> impl Iterator<Item = (&'static str, bool, Origin)> {
        EngineFlag::ALL.into_iter().filter_map(|(name, flag)| {
            let last = |config: &Config| config.site.options.iter().rposition(|(it, _)| *it == flag);
            let (is_on, origin) = self.last(|config| Some(&config.site.options.get(last(config)?)?.1))?;
            Some((name, *is_on, origin))
        })
    }

    /// The values of all layers for a setting that is a list, and their origins.
    pub fn all<'p, T: 'p>(
        &'p self,
        get: impl Fn(&'p Config) -> &'p [Written<T>],
    ) -> impl Iterator<Item = (&'p T, Origin)> {
        self.layers.iter().enumerate().flat_map(move |(file, layer)| {
            get(&layer.config).iter().map(move |word| (&word.value, Origin { file, span: word.span }))
        })
    }

    /// Describes the place of a value, as `postlint.yml:6` or `preset naver:4`.
    pub fn describe(&self, origin: Origin, printed: impl Fn(&Path) -> String) -> String {
        let Some(layer) = self.layers.get(origin.file) else { return String::new() };
        let line = self.line(origin.file, origin.span);
        match &layer.file {
            LayerFile::Path(path) => format!("{}:{line}", printed(path)),
            LayerFile::Preset(name) => format!("preset {name}:{line}"),
        }
    }

    fn line(&self, file: usize, span: Span) -> u32 {
        self.layers.get(file).map_or(0, |layer| layer.source.position(span.start).line)
    }
}
