//! The layers of a config, lowest first: the files that it extends, the preset from the command line, and the config
//! file itself.

use crate::authored::Written;
use crate::catalog::Catalog;
use crate::config::{self, Config, Preset};
use crate::diagnostic::Mistake;
use crate::files::{Files, Limit};
use crate::project::{BrokenFile, ConfigError};
use crate::ruleset::settle;
use crate::source::Source;
use std::collections::BTreeSet;
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;

/// Maximum length of a chain of files that extend each other.
const MAX_CHAIN: usize = 16;

/// One config file or preset.
#[derive(Debug)]
pub struct Layer {
    /// Its origin.
    pub file: LayerFile,
    /// Its text.
    pub source: Source,
    /// Its settings.
    pub config: Config,
}

/// The origin of a layer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LayerFile {
    /// A file.
    Path(PathBuf),
    /// A preset.
    Preset(&'static str),
}

/// A config file and all files it extends. Their rules are not resolved yet, because a layer may set the folder of
/// users' own rules.
#[derive(Debug)]
pub struct Stack {
    layers: Vec<Draft>,
    schemas: Vec<BrokenFile>,
}

#[derive(Debug)]
struct Draft {
    layer: Layer,
    mistakes: Vec<Mistake>,
}

/// Reads the config file at `path` and all it extends.
pub fn read(files: &dyn Files, path: &Path, text: Vec<u8>, preset: Option<&'static Preset>) -> Stack {
    let stack = Stack { layers: Vec::new(), schemas: Vec::new() };
    let mut loader = Loader { files, preset, chain: Vec::new(), read: BTreeSet::new(), stack };
    loader.add_file(path, text);
    loader.stack.layers.reverse();
    loader.stack.schemas.reverse();
    loader.stack
}

impl Stack {
    /// The folder of users' own rules according to the highest layer that sets it; it may not exist.
    pub fn rules_folder(&self) -> Option<PathBuf> {
        self.layers.iter().rev().find_map(|draft| draft.layer.rules_folder())
    }

    /// The same, or the mistakes if files are written for other versions of postlint: then they may say what this version
    /// does not know, and nothing else is reported.
    pub fn of_this_version(self) -> Result<Self, ConfigError> {
        let other = |draft: &Draft| {
            let mistake = draft.layer.config.run.other_version(env!("CARGO_PKG_VERSION"))?;
            let LayerFile::Path(path) = &draft.layer.file else { return None };
            let source = Source::new(draft.layer.source.text());
            Some(BrokenFile { path: path.clone(), source, mistakes: vec![mistake] })
        };
        let broken: Vec<BrokenFile> = self.layers.iter().filter_map(other).collect();
        if broken.is_empty() { Ok(self) } else { Err(ConfigError::Broken(broken)) }
    }

    /// Resolves the layers with these rules, or returns all mistakes in all files.
    pub fn finish(self, files: &dyn Files, catalog: &Catalog) -> Result<Vec<Layer>, Vec<BrokenFile>> {
        let (mut layers, mut broken) = (Vec::new(), self.schemas);
        for Draft { layer, mut mistakes } in self.layers {
            mistakes.extend(settle::mistakes(catalog, &layer.config));
            mistakes.extend(layer.without_rules_folder(files));
            match &layer.file {
                LayerFile::Path(path) if !mistakes.is_empty() => {
                    mistakes.sort_by_key(|mistake| mistake.span);
                    broken.push(BrokenFile { path: path.clone(), source: layer.source, mistakes });
                }
                _ => layers.push(layer),
            }
        }
        if broken.is_empty() { Ok(layers) } else { Err(broken) }
    }
}

impl Layer {
    fn rules_folder(&self) -> Option<PathBuf> {
        let LayerFile::Path(path) = &self.file else { return None };
        let named = self.config.rules_folder.as_ref()?;
        let mut folder = path.parent().unwrap_or(Path::new("")).to_owned();
        for part in Path::new(&named.value).components() {
            // Resolve `..` in the text, so that the folder is printed in its usual form.
            let is_named = matches!(folder.components().next_back(), Some(Component::Normal(_)));
            match part {
                Component::CurDir => {}
                Component::ParentDir if is_named => _ = folder.pop(),
                part => folder.push(part),
            }
        }
        Some(folder)
    }

    fn without_rules_folder(&self, files: &dyn Files) -> Option<Mistake> {
        let folder = self.rules_folder().filter(|folder| !files.is_folder(folder))?;
        let label = if files.exists(&folder) { "this is not a folder" } else { "folder not found" };
        let span = self.config.rules_folder.as_ref().map(|named| named.span)?;
        let help = "the path is relative to this file; `postlint new-rule NAME` creates the folder";
        Some(Mistake::at(span, "the folder of rules cannot be read", label).with_help(help))
    }
}

/// The layer of a preset.
pub fn of_preset(preset: &'static Preset) -> Layer {
    let source = Source::new(preset.text);
    // `tests/it/cli/config.rs` tests that presets have no mistakes.
    let (config, _) = config::parse(&source);
    Layer { file: LayerFile::Preset(preset.name), source, config }
}

/// Loads layers, the highest first. If several files extend the same one, it is read once, for its highest use.
struct Loader<'f> {
    files: &'f dyn Files,
    preset: Option<&'static Preset>,
    /// The files that are being read; each is extended by the one before it.
    chain: Vec<PathBuf>,
    /// All files read.
    read: BTreeSet<PathBuf>,
    stack: Stack,
}

impl Loader<'_> {
    fn add_file(&mut self, path: &Path, text: Vec<u8>) {
        let source = Source::from_bytes(text);
        let (mut config, mut mistakes) = config::parse(&source);
        mistakes.extend(self.add_schemas(path, &mut config));
        let at = self.stack.layers.len();
        let layer = Layer { file: LayerFile::Path(path.to_owned()), source, config };
        let bases = layer.config.extends.clone();
        self.stack.layers.push(Draft { layer, mistakes });
        if let (true, Some(preset)) = (self.chain.is_empty(), self.preset) {
            self.add_preset(preset);
        }
        self.chain.push(self.files.real(path));
        let wrong: Vec<Mistake> = bases.iter().rev().filter_map(|base| self.add_base(path, base).err()).collect();
        self.chain.pop();
        if let Some(draft) = self.stack.layers.get_mut(at) {
            draft.mistakes.extend(wrong);
        }
    }

    fn add_preset(&mut self, preset: &'static Preset) {
        self.stack.layers.push(Draft { layer: of_preset(preset), mistakes: Vec::new() });
    }

    fn add_base(&mut self, extending: &Path, base: &Written<String>) -> Result<(), Mistake> {
        if !config::is_file(&base.value) {
            let preset = Preset::named(&base.value).ok_or_else(|| config::unknown_preset(base))?;
            self.add_preset(preset);
            return Ok(());
        }
        let wrong = |message: &str, label: String| Mistake::at(base.span, message, label);
        let path = extending.parent().unwrap_or(Path::new("")).join(&base.value);
        let identity = self.files.real(&path);
        if self.chain.contains(&identity) {
            let help = "remove it, or move what both files need to a third one";
            let label = "this creates a cycle";
            return Err(wrong("the config file extends itself", label.into()).with_help(help));
        }
        if self.chain.len() >= MAX_CHAIN {
            let help = "list several files in one `extends`";
            let label = format!("a chain of more than {MAX_CHAIN} files");
            return Err(wrong("the chain of extended files is too long", label).with_help(help));
        }
        if self.read.contains(&identity) {
            return Ok(());
        }
        let text = self.files.read(&path, Limit::SETTINGS).map_err(|error| {
            let help = "the path is relative to this file";
            wrong("the extended file cannot be read", error.to_string()).with_help(help)
        })?;
        self.read.insert(identity);
        self.add_file(&path, text);
        Ok(())
    }
}

impl Loader<'_> {
    /// Reads the JSON Schemas to which a config refers. Their mistakes are shown in their own files.
    fn add_schemas(&mut self, extending: &Path, config: &mut Config) -> Vec<Mistake> {
        let mut mistakes = Vec::new();
        for item in config.front_matter.iter_mut().rev() {
            let Some(named) = &item.schema else { continue };
            let path = extending.parent().unwrap_or(Path::new("")).join(&named.value);
            if self.stack.schemas.iter().any(|file| file.path == path) {
                continue;
            }
            match self.files.read(&path, Limit::SETTINGS) {
                Err(error) => {
                    let mistake = Mistake::at(named.span, "the schema cannot be read", error.to_string());
                    mistakes.push(mistake.with_help("the path is relative to this file"));
                }
                Ok(bytes) => {
                    let source = Source::from_bytes(bytes);
                    match config::read_schema(&source) {
                        Ok(expected) => item.expected.push(Arc::new(expected)),
                        Err(mistakes) => self.stack.schemas.push(BrokenFile { path, source, mistakes }),
                    }
                }
            }
        }
        mistakes
    }
}
