//! What is probably wrong in a config file that can be used: old names of rules, languages that do not exist.

use crate::diagnostic::Mistake;
use crate::files::Files;
use crate::project::layers::{Layer, LayerFile};
use crate::project::{BrokenFile, Project};
use crate::source::{Source, Span};
use std::collections::BTreeSet;
use std::path::Path;

impl Project {
    /// The warnings for all files of the config, with `baselines` also about baselines that do not exist. The text of files
    /// outside its folder is not shown, so they have none.
    pub(super) fn warnings(&self, files: &dyn Files, baselines: bool) -> Vec<BrokenFile> {
        let home = files.real(&self.root);
        let mut told = BTreeSet::new();
        let mut broken = Vec::new();
        for layer in &self.layers {
            let LayerFile::Path(path) = &layer.file else { continue };
            if !files.real(path).starts_with(&home) {
                continue;
            }
            let mut warnings = layer.config.warnings.clone();
            for (name, span) in rule_names(layer) {
                let notice = self.catalog.notice(name).filter(|_| told.insert(name));
                warnings.extend(notice.map(|notice| self.old_name(name, notice, span)));
            }
            warnings.extend(self.missing_baseline(files, layer).filter(|_| baselines));
            if !warnings.is_empty() {
                warnings.sort_by_key(|warning| warning.span);
                broken.push(in_file(path, layer, warnings));
            }
        }
        broken
    }

    /// The config file itself, without those that it extends.
    pub fn own_layer(&self) -> Option<&Layer> {
        self.layers.last().filter(|layer| matches!(layer.file, LayerFile::Path(_)))
    }

    fn old_name(&self, name: &str, notice: String, span: Span) -> Mistake {
        let new = self.catalog.renamed_to(name).and_then(|names| names.first());
        let help = new.map_or_else(|| "remove it".to_owned(), |new| format!("write `{new}`"));
        Mistake::at(span, notice, "an old name").with_help(help)
    }

    fn missing_baseline(&self, files: &dyn Files, layer: &Layer) -> Option<Mistake> {
        let LayerFile::Path(path) = &layer.file else { return None };
        let written = layer.config.run.baseline.as_ref()?;
        let named = path.parent().unwrap_or(Path::new("")).join(written.value.as_ref()?);
        let help = "`postlint --write-baseline` writes it; the path is relative to this file";
        let warning = Mistake::at(written.span, "the baseline does not exist", "no such file").with_help(help);
        (!files.exists(&named)).then_some(warning)
    }
}

/// A config file with these warnings.
pub fn in_file(path: &Path, layer: &Layer, warnings: Vec<Mistake>) -> BrokenFile {
    BrokenFile { path: path.to_owned(), source: Source::new(layer.source.text()), mistakes: warnings }
}

/// The names of rules in a config file.
fn rule_names(layer: &Layer) -> impl Iterator<Item = (&str, Span)> {
    let config = &layer.config;
    let settings = config.rules.iter().chain(config.overrides.iter().flat_map(|item| &item.rules));
    let settings = settings.map(|setting| (&*setting.name, setting.name_span));
    let fixes = config.fixes.unsafe_only.iter().chain(&config.fixes.never);
    settings.chain(fixes.map(|word| (&*word.value, word.span)))
}
