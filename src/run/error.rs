//! The errors of commands, with their help. They are printed only at the end of a run.

use crate::cache::{FOLDER, HOW, UnknownHow};
use crate::config::{PRESETS, Preset};
use crate::engine::baseline::BadLine;
use crate::files::{ReadError, WriteError, cause};
use crate::project::baselines::BaselineError;
use crate::project::{BrokenFile, ConfigError};
use crate::run::changes::ChangesError;
use crate::walk::{self, EXTENSIONS, WalkError};
use crate::words::slip;
use miette::Diagnostic;
use rayon::ThreadPoolBuildError;
use std::ffi::OsString;
use std::fmt::Display;
use std::io;
use std::path::{Path, PathBuf};

/// The environment variable that sets the number of threads for rayon.
pub const THREADS_VARIABLE: &str = "RAYON_NUM_THREADS";

/// Maximum number of threads: many systems cannot start more.
pub const MAX_THREADS: usize = 1024;

/// Why a command failed. Paths may be absolute: [`RunError::with_paths_below`] shortens them for printing.
#[derive(Debug, thiserror::Error)]
pub enum RunError {
    /// The output cannot be written, for example because the disk is full.
    #[error(transparent)]
    Output(#[from] io::Error),
    /// The working directory was deleted, or cannot be read.
    #[error("the working directory cannot be read: {}", cause(.0))]
    NoWorkingDirectory(io::Error),
    /// The run cannot be limited to changes.
    #[error(transparent)]
    Changes(#[from] ChangesError),
    /// A path does not exist, or a glob is not valid.
    #[error(transparent)]
    Walk(#[from] WalkError),
    /// A config file or a rule's page has mistakes or cannot be read.
    #[error(transparent)]
    Config(#[from] ConfigError),
    /// A selector of `search` that does not parse, as a file with one mistake.
    #[error("invalid CSS selector")]
    Selector(Box<BrokenFile>),
    /// The name of a rule that does not exist.
    #[error("unknown rule `{name}`")]
    UnknownRule {
        /// The word.
        name: String,
        /// The suggested name.
        suggestion: Option<String>,
    },
    /// A word that names nothing whose config could be shown.
    #[error("there is no rule, setting, file or folder `{name}`")]
    UnknownSetting {
        /// The word.
        name: String,
        /// The suggested name.
        suggestion: Option<String>,
    },
    /// `config show` got several paths.
    #[error("`{}` is the second path", .0.display())]
    TwoPaths(PathBuf),
    /// A setting that consists of several values.
    #[error("`{0}` is not a single value")]
    SeveralValues(String),
    /// An option that a rule does not have.
    #[error("`{rule}` has no option `{option}`")]
    UnknownOption {
        /// The rule.
        rule: String,
        /// The word.
        option: String,
        /// The options of the rule.
        known: Vec<String>,
    },
    /// The folder of `--built` without a page.
    #[error("`{}` has no HTML page", path.display())]
    NoBuiltPages {
        /// The folder.
        path: PathBuf,
    },
    /// The name of a group where a rule is expected.
    #[error("`{name}` is a group of rules, not a rule")]
    Group {
        /// The group.
        name: String,
        /// Its rules.
        rules: Vec<String>,
    },
    /// A file that cannot be read.
    #[error("cannot read `{}`: {error}", path.display())]
    Unreadable {
        /// Its path.
        path: PathBuf,
        /// Why.
        error: ReadError,
    },
    /// A file that cannot be written.
    #[error("cannot write `{}`: {error}", path.display())]
    Unwritable {
        /// Its path.
        path: PathBuf,
        /// Why.
        error: WriteError,
    },
    /// A baseline that cannot be used.
    #[error("{}: {error}", path.display())]
    Baseline {
        /// Its path.
        path: PathBuf,
        /// The mistake in it.
        error: BadLine,
    },
    /// A file that is not the JSON of an earlier audit.
    #[error("`{}` is not the JSON of an audit: {why}", path.display())]
    NotAnAudit {
        /// Its path.
        path: PathBuf,
        /// Why.
        why: String,
    },
    /// The report of an audit cannot be made.
    #[error("cannot make the report: {0}")]
    Report(minijinja::Error),
    /// `explain-score` got a file without a score.
    #[error("`{}` has no score", path.display())]
    NoScore {
        /// Its path.
        path: PathBuf,
        /// Why.
        why: &'static str,
    },
    /// `postlint baseline` without a baseline.
    #[error("there is no baseline here")]
    NoBaseline,
    /// `-` was passed without `--stdin-filename`.
    #[error("`-` needs --stdin-filename: the path determines how the post is read")]
    StdinWithoutName,
    /// Both standard input and paths were passed.
    #[error("standard input cannot be checked together with other paths")]
    StdinAndPaths,
    /// Standard input was passed with an option that writes into posts, or stores their paths.
    #[error("standard input cannot be combined with --write-baseline or --add-ignore")]
    StdinAndWriting,
    /// `--watch` was passed with standard input, which does not change.
    #[error("`--watch` cannot be combined with standard input")]
    WatchAndStdin,
    /// The files cannot be watched.
    #[error("cannot watch the files: {0}")]
    Unwatched(String),
    /// A fix was asked for together with an option that does not go with it.
    #[error("`{fix}` cannot be combined with `{other}`")]
    FixAnd {
        /// The option that fixes.
        fix: &'static str,
        /// The other one.
        other: &'static str,
    },
    /// Two formats were passed without a file.
    #[error("`--format {first}` and `--format {second}` would both be written to standard output")]
    TwoOnScreen {
        /// The first format.
        first: String,
        /// The second one.
        second: String,
    },
    /// Two formats were passed with the same file.
    #[error("two formats would be written to `{}`", .0.display())]
    SameOutput(PathBuf),
    /// A format was passed with an empty file name.
    #[error("`--format {0}=` does not name a file")]
    NoOutputFile(String),
    /// The folder of a file to write does not exist.
    #[error("cannot write `{}`: there is no folder `{}`", file.display(), folder.display())]
    NoOutputFolder {
        /// The file.
        file: PathBuf,
        /// Its folder.
        folder: PathBuf,
    },
    /// A pattern of `--exclude` that is not valid.
    #[error("`--exclude {pattern}` is not a valid pattern: {cause}")]
    BadExclude {
        /// The pattern.
        pattern: String,
        /// What is wrong with it.
        cause: String,
    },
    /// A file was passed that is not a post.
    #[error("`{}` is neither Markdown nor HTML", .0.display())]
    NotAPost(PathBuf),
    /// The reason for `--add-ignore` would end the comment that contains it.
    #[error("a reason must be one line without `--` or `*/`: it is written into a comment")]
    BadReason,
    /// `init` found an existing config file.
    #[error("`{}` already exists", .0.display())]
    ConfigExists(PathBuf),
    /// `init --from` found no config of the tool.
    #[error("there is no config of {tool} here")]
    NothingToTakeOver {
        /// The tool.
        tool: &'static str,
        /// The names of the files that were looked for.
        names: Vec<&'static str>,
    },
    /// The config of another tool that cannot be parsed.
    #[error("cannot parse `{}`: {cause}", path.display())]
    ForeignConfig {
        /// Its path.
        path: PathBuf,
        /// Why.
        cause: String,
    },
    /// `test` found no rules of the user.
    #[error("there are no rules of your own to test")]
    NoOwnRules,
    /// The page of the new rule already exists.
    #[error("`{}` already exists", .0.display())]
    RuleExists(PathBuf),
    /// The name of the new rule is not valid.
    #[error("`{name}` cannot be the name of a rule")]
    BadRuleName {
        /// The name.
        name: String,
        /// Why the name is not valid, and what to do.
        why: &'static str,
    },
    /// The environment variable for the number of threads is not valid.
    #[error("`{THREADS_VARIABLE}` is {0:?}, not a number of threads from 1 to {MAX_THREADS}")]
    BadThreadCount(OsString),
    /// The environment variable for the cache is not valid.
    #[error("`{HOW}` is {:?}, not `on`, `content` or `off`", .0.0)]
    BadCache(UnknownHow),
    /// There is no folder for the cache.
    #[error("there is no folder for the cache: this user has no home")]
    NoCacheFolder,
    /// The cache cannot be emptied.
    #[error("cannot remove what is cached in `{}`: {}", path.display(), cause(error))]
    CacheNotCleared {
        /// The folder of the cache.
        path: PathBuf,
        /// Why.
        error: io::Error,
    },
    /// The system cannot start the worker threads.
    #[error("cannot start the threads that read posts: {0}")]
    Threads(ThreadPoolBuildError),
    /// The system cannot start the main thread.
    #[error("cannot start the main thread: {0}")]
    WorkThread(io::Error),
    /// A bug in postlint.
    #[error("postlint failed: {0}")]
    Internal(String),
}

impl From<BaselineError> for RunError {
    fn from(error: BaselineError) -> Self {
        match error {
            BaselineError::Unreadable(path, error) => RunError::Unreadable { path, error },
            BaselineError::Broken(path, error) => RunError::Baseline { path, error },
        }
    }
}

/// Where the names of settings are.
const NAMES_OF_SETTINGS: &str = "`postlint rules` lists all rules, `postlint config show --all` all settings";

impl Diagnostic for RunError {
    fn help<'a>(&'a self) -> Option<Box<dyn Display + 'a>> {
        let help = match self {
            RunError::Output(_) | RunError::Selector(_) | RunError::Baseline { .. } | RunError::BadCache(_) => {
                return None;
            }
            RunError::Unreadable { .. } | RunError::Unwritable { .. } | RunError::CacheNotCleared { .. } => {
                return None;
            }
            RunError::Changes(error) => return error.help(),
            RunError::Walk(error) => return error.help(),
            RunError::Config(error) => return error.help(),
            RunError::NotAnAudit { .. } => "`postlint audit --format json=FILE` writes one",
            RunError::BadRuleName { why, .. } | RunError::NoScore { why, .. } => why,
            RunError::UnknownRule { name, suggestion } => {
                return Some(Box::new(rule_help(name, suggestion.as_deref())));
            }
            RunError::UnknownSetting { suggestion: Some(meant), .. } => return Some(Box::new(did_you_mean(meant))),
            RunError::UnknownSetting { suggestion: None, .. } => NAMES_OF_SETTINGS,
            RunError::TwoPaths(_) => "show the config of one post or folder at a time",
            RunError::SeveralValues(key) => return Some(Box::new(format!("see `postlint config show {key}`"))),
            RunError::UnknownOption { known, .. } => return Some(Box::new(options_help(known))),
            RunError::Group { name, .. } if name == "all" => "`postlint rules` lists all rules",
            RunError::Group { rules, .. } => return Some(Box::new(format!("its rules are {}", rules.join(", ")))),
            RunError::TwoOnScreen { second, .. } => return Some(Box::new(to_file(second))),
            RunError::SameOutput(_) => "give each a file of its own",
            RunError::NoOutputFile(format) => {
                return Some(Box::new(format!("`--format {format}` alone writes to standard output")));
            }
            RunError::NoOutputFolder { .. } => "create it first",
            RunError::NoBuiltPages { .. } => "build the site, and name the folder that its generator writes",
            RunError::NotAPost(_) => return Some(Box::new(format!("the names of posts end in {}", post_endings()))),
            RunError::BadExclude { .. } => "write it like a line of a .gitignore file, such as `drafts/` or `*.html`",
            RunError::NoWorkingDirectory(_) => "it may have been deleted: change to another one",
            RunError::NoBaseline => "`postlint --write-baseline` writes one",
            RunError::StdinWithoutName => "`postlint --stdin-filename _posts/a.md -` reads a post from stdin",
            RunError::StdinAndPaths => "check the files in a separate run, without --stdin-filename and `-`",
            RunError::StdinAndWriting => "pass the path of the post instead: these options need it",
            RunError::WatchAndStdin => "pass files or folders instead",
            RunError::Unwatched(_) => "raise this user's limit for watches (on Linux `fs.inotify.max_user_watches`)",
            RunError::FixAnd { other: "--statistics", .. } => "fix first, then count what is left in a separate run",
            RunError::FixAnd { other: "--write-baseline", .. } => {
                "fix first, then write the baseline of what is left in a separate run"
            }
            RunError::FixAnd { .. } => "fix first, then suppress what is left in a separate run",
            RunError::BadReason => "rephrase it, for example `--add-ignore='drawn by a script'`",
            RunError::ConfigExists(_) => "`--force` overwrites it",
            RunError::NothingToTakeOver { names, .. } => {
                return Some(Box::new(format!("looked for {}; leave out --from", names.join(", "))));
            }
            RunError::ForeignConfig { .. } => "correct it, or leave out --from",
            RunError::NoOwnRules => "`postlint new-rule NAME` writes one, `--all` tests the built-in ones",
            RunError::RuleExists(_) => "choose another name, or edit that page",
            RunError::BadThreadCount(_) => "unset it: postlint then uses one thread for each core",
            RunError::NoCacheFolder => return Some(Box::new(format!("set `{FOLDER}`"))),
            RunError::Threads(_) => return Some(Box::new(format!("set `{THREADS_VARIABLE}` to a smaller number"))),
            RunError::WorkThread(_) => "raise this user's limit for threads or memory",
            RunError::Internal(_) | RunError::Report(_) => "this is a bug in postlint: please report it",
        };
        Some(Box::new(help))
    }
}

impl RunError {
    /// The file that the error is about.
    pub fn path(&self) -> Option<&Path> {
        match self {
            RunError::Unreadable { path, .. }
            | RunError::Unwritable { path, .. }
            | RunError::Baseline { path, .. }
            | RunError::NotAnAudit { path, .. }
            | RunError::NoScore { path, .. }
            | RunError::NotAPost(path)
            | RunError::NoBuiltPages { path }
            | RunError::Walk(WalkError::Unreadable { path, .. })
            | RunError::ForeignConfig { path, .. }
            | RunError::Config(ConfigError::Unreadable(path, _)) => Some(path),
            RunError::Walk(WalkError::Missing(missing)) => missing.first().map(|missing| missing.path.as_path()),
            _ => None,
        }
    }

    /// Makes paths relative to the working directory if they are below it.
    pub fn with_paths_below(self, working_directory: &Path) -> Self {
        self.with_paths(|path| match walk::printed(path, working_directory) {
            // The path is the working directory itself.
            printed if printed.is_empty() => {}
            printed => *path = PathBuf::from(printed),
        })
    }

    /// Replaces the paths in the error.
    pub fn with_paths(mut self, replace: impl Fn(&mut PathBuf)) -> Self {
        match &mut self {
            RunError::Unreadable { path, .. }
            | RunError::Unwritable { path, .. }
            | RunError::Baseline { path, .. }
            | RunError::NotAnAudit { path, .. }
            | RunError::NoScore { path, .. }
            | RunError::NotAPost(path)
            | RunError::NoBuiltPages { path }
            | RunError::ConfigExists(path)
            | RunError::ForeignConfig { path, .. }
            | RunError::RuleExists(path)
            | RunError::Walk(WalkError::Unreadable { path, .. })
            | RunError::Config(ConfigError::Unreadable(path, _)) => replace(path),
            RunError::Config(ConfigError::TwoFiles(paths)) => paths.iter_mut().for_each(replace),
            RunError::Config(ConfigError::Broken(files) | ConfigError::BrokenRules(files)) => {
                files.iter_mut().for_each(|file| replace(&mut file.path));
            }
            _ => {}
        }
        self
    }
}

/// How to write one of two formats to a file.
fn to_file(second: &str) -> String {
    format!("write one of them to a file: `--format {second}=FILE`")
}

/// What to write instead of an unknown name of rules, which may be that of a preset.
fn rule_help(name: &str, suggestion: Option<&str>) -> String {
    if Preset::named(name).is_some() {
        return format!("`{name}` is a preset: `--preset {name}` uses it");
    }
    let preset = || slip(name, PRESETS.iter().map(|preset| preset.name));
    match suggestion {
        Some(meant) => did_you_mean(meant),
        None => preset().map_or_else(
            || "`postlint rules` lists all rules".to_owned(),
            |preset| did_you_mean(&format!("--preset {preset}")),
        ),
    }
}

fn did_you_mean(meant: &str) -> String {
    format!("did you mean `{meant}`?")
}

fn options_help(known: &[String]) -> String {
    match known {
        [] => "it has no options".to_owned(),
        known => format!("its options are {}", known.iter().map(|it| format!("`{it}`")).collect::<Vec<_>>().join(", ")),
    }
}

/// The file extensions of posts for messages: `.md, .markdown, …`.
pub fn post_endings() -> String {
    EXTENSIONS.map(|extension| format!(".{extension}")).join(", ")
}
