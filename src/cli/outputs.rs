//! The options of `check` that say how findings are written, and where.

use crate::output::{ColumnUnit, Format};
use clap::builder::{EnumValueParser, PossibleValue, StringValueParser, TypedValueParser};
use clap::{Arg, Args, Command, ValueEnum};
use std::ffi::OsStr;
use std::path::PathBuf;

/// How findings are written, and where.
#[derive(Args, Clone, Debug, Default)]
pub struct Outputs {
    /// How to write findings, and where [default: github in GitHub Actions, agent for coding agents, else full]
    ///
    /// FORMAT alone writes to standard output, FORMAT=FILE to a file. Repeatable, for several files; one format at most
    /// is written to standard output, and without one the default is written there.
    #[arg(
        short,
        long = "format",
        value_name = "FORMAT[=FILE]",
        value_parser = TargetParser,
        env = "POSTLINT_FORMAT",
        hide_env = true,
        help_heading = "Output"
    )]
    pub formats: Vec<Target>,

    /// Append a summary in Markdown to this file
    ///
    /// In GitHub Actions, the format github appends one to the summary of the job without being asked.
    #[arg(long, value_name = "FILE", value_hint = clap::ValueHint::FilePath, help_heading = "Output")]
    pub summary_file: Option<PathBuf>,

    /// What the columns in `path:line:column` count, for editors that count something else
    ///
    /// The columns of JSON, SARIF and other formats for programs have units of their own.
    #[arg(
        long,
        value_enum,
        value_name = "UNIT",
        default_value_t,
        env = "POSTLINT_COLUMN_UNIT",
        hide_env = true,
        help_heading = "Output"
    )]
    pub column_unit: ColumnUnit,
}

/// A format, and where it is written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Target {
    /// The format.
    pub format: Format,
    /// The file; `None` for standard output.
    pub file: Option<PathBuf>,
}

impl Outputs {
    /// The first format for standard output.
    pub fn on_screen(&self) -> Option<Format> {
        self.formats.iter().find(|target| target.file.is_none()).map(|target| target.format)
    }
}

/// Parses `FORMAT`, `FORMAT=FILE` and `FORMAT=-`.
#[derive(Clone)]
struct TargetParser;

impl TypedValueParser for TargetParser {
    type Value = Target;

    fn parse_ref(&self, command: &Command, argument: Option<&Arg>, value: &OsStr) -> Result<Target, clap::Error> {
        let written = StringValueParser::new().parse_ref(command, argument, value)?;
        let (format, file) = written.split_once('=').map_or((&*written, None), |(format, file)| (format, Some(file)));
        let format = EnumValueParser::<Format>::new().parse_ref(command, argument, OsStr::new(format))?;
        Ok(Target { format, file: file.filter(|file| *file != "-").map(PathBuf::from) })
    }

    fn possible_values(&self) -> Option<Box<dyn Iterator<Item = PossibleValue> + '_>> {
        Some(Box::new(Format::value_variants().iter().filter_map(ValueEnum::to_possible_value)))
    }
}
