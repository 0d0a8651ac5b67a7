//! Parses the settings of a run: `fail-on`, `format`, `baseline`, `fix` and `required-version`. Each is the default of an
//! option of the command line, which takes precedence.

use crate::authored::Written;
use crate::config::read::ConfigReader;
use crate::diagnostic::{Level, LevelOrOff, Mistake};
use crate::document::read::front_matter::types::{Engine, Resolved};
use crate::document::read::front_matter::value::Value;
use semver::{Version, VersionReq};

/// The values of `fail-on`, as on the command line.
pub const FAIL_ON: [&str; 4] = ["error", "warn", "info", "never"];

/// The values of `format`, as on the command line; a test compares them.
pub const OUTPUT_FORMATS: [&str; 15] = [
    "full", "concise", "unix", "agent", "json", "json-flat", "json-lines", "github", "sarif", "gitlab", "junit",
    "checkstyle", "markdown", "rdjson", "rdjsonl",
];

const FIX_KEYS: [&str; 3] = ["apply", "unsafe", "never"];

/// The settings of a run. Each is `None` or empty if the file does not set it.
#[derive(Debug, Default)]
pub struct RunSettings {
    /// The lowest level of findings that fails a run; the value `None` if nothing does.
    pub fail_on: Option<Written<Option<Level>>>,
    /// How findings are written to standard output: one of [`OUTPUT_FORMATS`].
    pub format: Option<Written<&'static str>>,
    /// The file of known findings, relative to the config file; the value `None` if there is none.
    pub baseline: Option<Written<Option<String>>>,
    /// The versions of postlint that the file is written for.
    pub required_version: Option<Written<VersionReq>>,
}

impl RunSettings {
    /// The mistake if the file is written for other versions than `version`.
    pub fn other_version(&self, version: &str) -> Option<Mistake> {
        let required = self.required_version.as_ref()?;
        let ours = Version::parse(version).ok()?;
        if required.value.matches(&ours) {
            return None;
        }
        let message = format!("this config file is for another version of postlint than {version}");
        let label = format!("{version} is not in this range");
        let help = "install a version that is in the range, or change `required-version`";
        Some(Mistake::at(required.span, message, label).with_help(help))
    }
}

impl ConfigReader {
    pub(super) fn fail_on(&mut self, value: &Value<'_>) {
        let parse = |word: &str| match word {
            "never" => Some(None),
            _ => LevelOrOff::from_word(word)?.level().map(Some),
        };
        let level = self.reader.choice(value, "level", &FAIL_ON, parse);
        self.config.run.fail_on = level.map(|level| Written { value: level, span: value.span });
    }

    /// Parses `format:`. Unlike the option, it names no file: whoever proposes a change of a config file must not choose
    /// what a run writes.
    pub(super) fn format(&mut self, value: &Value<'_>) {
        if let Some((format, _)) = value.text().and_then(|text| text.split_once('=')) {
            let help =
                format!("write `format: {format}`, and name the file on the command line: `--format {format}=FILE`");
            self.wrong(value.span, "`format` in a config file is for standard output", "this names a file", help);
            return;
        }
        let known = |word: &str| OUTPUT_FORMATS.into_iter().find(|known| *known == word);
        let format = self.reader.choice(value, "format", &OUTPUT_FORMATS, known);
        self.config.run.format = format.map(|format| Written { value: format, span: value.span });
    }

    pub(super) fn baseline(&mut self, value: &Value<'_>) {
        let setting = match value.resolve(Engine::Core) {
            Some(Resolved::Bool(false)) => Some(None),
            Some(Resolved::Bool(true)) => {
                let help = "write the path of the file, or remove the key: the nearest `postlint-baseline.txt` is used";
                self.wrong(value.span, "`baseline` expects a path or `false`", "not a path", help);
                return;
            }
            _ => self.path(value, "baseline", "postlint-baseline.txt").map(|path| Some(path.value)),
        };
        self.config.run.baseline = setting.map(|value_or_none| Written { value: value_or_none, span: value.span });
    }

    pub(super) fn required_version(&mut self, value: &Value<'_>) {
        let (message, help) = ("`required-version` expects a range of versions", "write it such as `\">=0.4, <0.6\"`");
        let Some(text) = self.reader.text(value, message, help) else { return };
        match VersionReq::parse(text) {
            Ok(range) => self.config.run.required_version = Some(Written { value: range, span: value.span }),
            Err(error) => self.wrong(value.span, message, error.to_string(), help),
        }
    }

    /// Parses `fix: true` and `fix: {apply: true, unsafe: […], never: […]}`.
    pub(super) fn fixes(&mut self, value: &Value<'_>) {
        if let Some(Resolved::Bool(apply)) = value.resolve(Engine::Core) {
            self.config.fixes.apply = Some(Written { value: apply, span: value.span });
            return;
        }
        let help = "write `true`, or `{apply: true, unsafe: [NAME], never: [NAME]}`, or some of these";
        let Some(mapping) = self.reader.mapping_or_blank(value, help) else { return };
        for entry in self.reader.known_entries(mapping, "`fix` setting", &FIX_KEYS) {
            match entry.name() {
                Some("apply") => {
                    let apply = self.reader.flag("apply", &entry.value);
                    self.config.fixes.apply = apply.map(|value| Written { value, span: entry.value.span });
                }
                Some("unsafe") => self.config.fixes.unsafe_only.extend(self.reader.words(&entry.value)),
                _ => self.config.fixes.never.extend(self.reader.words(&entry.value)),
            }
        }
    }
}
