//! The command line as data. This module only parses it: it does not run commands or read files.

mod audit;
mod cache;
mod changes;
mod color;
mod config;
mod explain_score;
mod fail_on;
mod fixes;
mod formats;
mod init;
mod links;
mod outputs;
mod reader;
mod schema;
mod values;
mod version;

use crate::config::Preset;
use crate::output::{ColumnUnit, Format};
use crate::place::dialect::Generator;
pub use audit::Audited;
pub use cache::CacheAction;
pub use changes::Changes;
use clap::{Args, Parser, Subcommand};
pub use color::{ColorChoice, is_unicode};
pub use config::{ConfigAction, ConfigFrom, ConfigGet, ConfigShow};
pub use explain_score::ExplainScore;
pub use fail_on::FailOn;
pub use fixes::Fixes;
pub use formats::{ExplainFormat, RulesFormat, SiteFormat, TreeFormat};
pub use init::{Init, Tool};
pub use links::{Links, LinksFormat};
pub use outputs::{Outputs, Target};
pub use reader::{AGENT_VARIABLES, Reader};
pub use schema::SchemaOf;
use std::path::PathBuf;
pub use values::Listed;
use values::{generators, listed, presets, whole_number};
pub use version::Version;

/// The names of the subcommands, for "did you mean".
pub const SUBCOMMANDS: [&str; 20] = [
    "check", "fix", "audit", "baseline", "explain", "explain-score", "rules", "init", "config", "schema", "search",
    "new-rule", "test", "completions", "man", "tree", "site", "links", "cache", "lsp",
];

/// Find problems in blog posts: front matter, Markdown and HTML, parsed the way the site generator parses them
#[derive(Debug, Parser)]
#[command(
    name = "postlint",
    args_conflicts_with_subcommands = true,
    override_usage = "postlint [check] [OPTIONS] [PATHS]...\n       postlint <COMMAND>",
    after_long_help = format!("{EXIT_CODES}\n\n{EXAMPLES}"),
    after_help = EXIT_CODES
)]
pub struct Cli {
    /// When to use colours
    ///
    /// `auto` uses them on a terminal, and obeys NO_COLOR, FORCE_COLOR, CLICOLOR and CLICOLOR_FORCE.
    #[arg(
        long,
        global = true,
        value_enum,
        value_name = "WHEN",
        default_value_t = ColorChoice::Auto,
        help_heading = "Output",
        display_order = 100
    )]
    pub color: ColorChoice,
    /// Whether to show the version.
    #[command(flatten)]
    pub version: Version,
    #[command(subcommand)]
    command: Option<Command>,
    #[command(flatten)]
    check: Check,
}

const EXIT_CODES: &str = "\
Exit codes:
  0  no finding at or above --fail-on
  1  findings at or above --fail-on
  2  wrong use, broken config file, missing path, unknown rule, or a file that cannot be read or written";

const EXAMPLES: &str = "\
Examples:
  postlint                                    check the posts below this folder
  postlint _posts/2024-07-30-seoul.md         check one post
  postlint --select images,links --statistics count what two groups of rules find
  postlint --since origin/main                check what a branch changes
  postlint --staged                           check what the next commit will have
  postlint --diff                             show what safe fixes would change
  postlint --fix                              apply them
  postlint --format json | jq '.findings[].ruleId'   findings for programs
  postlint -f github -f sarif=postlint.sarif  annotations, and a log for code scanning
  postlint --stdin-filename a.md - < a.md     check what an editor holds
  postlint explain alt-missing                what a rule wants, and why";

/// The subcommands.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Check posts (the default command)
    #[command(after_help = EXIT_CODES)]
    Check(Check),
    /// Fix posts: `check --fix`
    #[command(after_help = EXIT_CODES)]
    Fix(Check),
    /// Check posts, and the pages that the site's generator built of them
    #[command(after_help = EXIT_CODES)]
    Audit {
        /// What to check.
        #[command(flatten)]
        check: Check,
        /// What to read besides.
        #[command(flatten)]
        audited: Audited,
    },
    /// Show or prune the baseline of known findings
    #[command(subcommand)]
    Baseline(BaselineCommand),
    /// Show a rule: what it finds, why that matters, examples, options
    Explain {
        /// Name of the rule, or another tool's name for it
        rule: String,
        /// How to write the page
        #[arg(long, value_enum, default_value_t = ExplainFormat::Text, value_name = "FORMAT")]
        format: ExplainFormat,
    },
    /// Show how the hygiene score of a post is computed
    #[command(after_help = "The score is not a measure of ranking or quality: search engines use no such score.")]
    ExplainScore(ExplainScore),
    /// List the rules
    Rules {
        /// Group of rules to list
        #[arg(value_parser = listed(), value_name = "GROUP", default_value = "all")]
        group: Listed,
        /// How to write the list
        #[arg(long, value_enum, default_value_t = RulesFormat::Table, value_name = "FORMAT")]
        format: RulesFormat,
    },
    /// Write a config file for the site in this folder, learned from its posts
    Init(Init),
    /// Show the effective config, and the file that sets each value
    Config {
        /// What to do with it
        #[command(subcommand)]
        action: ConfigAction,
    },
    /// Write the JSON Schema of config files, or of an output format, to standard output
    Schema {
        /// What it describes
        #[arg(value_enum, default_value_t = SchemaOf::Config, value_name = "OF")]
        of: SchemaOf,
    },
    /// Show what a CSS selector finds in the posts
    Search(Search),
    /// Write the page of a rule of your own, to start from
    #[command(after_help = "The page is written into the nearest `.postlint/rules` folder. A rule needs examples:\n\
                            `postlint test` runs them.")]
    NewRule {
        /// Name of the rule: the subject first, then the fault, such as `table-empty`
        name: String,
    },
    /// Run the examples of your own rules
    Test {
        /// Page or folder of pages [default: the nearest `.postlint/rules` folder]
        #[arg(value_name = "PATH", value_hint = clap::ValueHint::AnyPath)]
        path: Option<PathBuf>,
        /// Run the examples of the built-in rules too
        #[arg(long)]
        all: bool,
    },
    /// Write a completion script for a shell to standard output
    Completions {
        /// The shell
        #[arg(value_enum)]
        shell: clap_complete::Shell,
    },
    /// Write the manual pages into a folder, for packages
    Man {
        /// The folder
        #[arg(value_name = "FOLDER", value_hint = clap::ValueHint::DirPath)]
        folder: PathBuf,
    },
    /// Show the parsed tree of a post: front matter, Markdown and HTML
    Tree {
        /// The post
        file: PathBuf,
        /// How to write the tree
        #[arg(long, value_enum, default_value_t = TreeFormat::Text, value_name = "FORMAT")]
        format: TreeFormat,
        /// Parse the post like this site generator
        #[arg(long, value_parser = generators(), value_name = "GENERATOR")]
        site: Option<Generator>,
    },
    /// Show the facts about a site, and the files that set them
    Site {
        /// A post, or a folder of one or more sites [default: the working directory]
        #[arg(value_name = "PATH", value_hint = clap::ValueHint::AnyPath)]
        path: Option<PathBuf>,
        /// Show the URL of each page instead, as the generator publishes it
        ///
        /// One line for each file: its path, a tab, and its URL; `-` if it does not become a page, `?` if its URL is not
        /// known.
        #[arg(long)]
        urls: bool,
        /// How to write it
        #[arg(long, value_enum, default_value_t = SiteFormat::Text, value_name = "FORMAT")]
        format: SiteFormat,
    },
    /// List the links of posts, and what each leads to
    #[command(
        after_help = "Nothing asks the network: `postlint links --external` writes the URLs for a program that does."
    )]
    Links(Links),
    /// Show the folder of what is known from earlier runs, or empty it
    #[command(
        subcommand,
        after_help = "Only posts that have changed are read and checked again. POSTLINT_CACHE_DIR sets the folder;\n\
                      POSTLINT_CACHE=content reads all files, POSTLINT_CACHE=off and --no-cache do without."
    )]
    Cache(CacheAction),
    /// Run the language server: editors start it
    #[command(after_help = "It speaks the Language Server Protocol on standard input and output, and shows what\n\
                      `postlint check --force-exclude FILE` finds in the texts as they are in the editor.")]
    Lsp {
        /// Accepted because clients pass it; there is no other way
        #[arg(long, hide = true)]
        stdio: bool,
    },
}

/// The arguments of `postlint check`: what to check and how to report it.
#[derive(Args, Clone, Debug)]
pub struct Check {
    /// Files and folders to check, or `-` for standard input
    ///
    /// Folders are searched for .md, .markdown, .mkd, .mkdn, .mkdown, .mdown, .mdwn, .mdx, .html, .htm and .html.LANG
    /// files. Hidden files, files that .gitignore or .postlintignore name, `_site`, `node_modules` and `vendor/bundle`
    /// are skipped. A file passed by name is checked all the same, unless --force-exclude is given; a post of Hugo whose
    /// `expiryDate` is over is not. [default: the working directory]
    #[arg(value_name = "PATHS", value_hint = clap::ValueHint::AnyPath)]
    pub paths: Vec<PathBuf>,

    /// Rules to run, instead of those the config file enables
    ///
    /// Names of rules or groups, or `all`; separated by commas, repeatable.
    #[arg(long, value_name = "RULES", value_delimiter = ',', help_heading = "Rules")]
    pub select: Vec<String>,

    /// Rules to run in addition to those the config file enables
    ///
    /// Names of rules or groups, or `all`; separated by commas, repeatable. Of a group, those that are on by default.
    #[arg(long, value_name = "RULES", value_delimiter = ',', conflicts_with = "select", help_heading = "Rules")]
    pub extend_select: Vec<String>,

    /// Rules not to run
    ///
    /// Names of rules or groups, or `all`; separated by commas, repeatable. Takes precedence over --select.
    #[arg(long, visible_alias = "extend-ignore", value_name = "RULES", value_delimiter = ',', help_heading = "Rules")]
    pub ignore: Vec<String>,

    /// Preset to use in addition to the config file, whose settings take precedence
    #[arg(long, value_parser = presets(), value_name = "NAME", help_heading = "Rules")]
    pub preset: Option<&'static Preset>,

    /// Ignore config files and rules of your own
    #[arg(long, conflicts_with = "config", help_heading = "Rules")]
    pub isolated: bool,

    /// File of known findings, which are not reported [default: the nearest postlint-baseline.txt]
    #[arg(long, value_name = "FILE", value_hint = clap::ValueHint::FilePath, help_heading = "Known findings")]
    pub baseline: Option<PathBuf>,

    /// Report known findings too
    #[arg(long, conflicts_with = "baseline", help_heading = "Known findings")]
    pub no_baseline: bool,

    /// Write all current findings to the baseline
    ///
    /// They are not reported in later runs. The known findings of posts that are not checked in this run are kept.
    #[arg(long, conflicts_with_all = ["no_baseline", "add_ignore"], help_heading = "Known findings")]
    pub write_baseline: bool,

    /// Write a suppression into the post for each current finding
    ///
    /// Above the block the finding is in, or in the front matter. A reason given with `=` is written after the names.
    #[arg(
        long,
        value_name = "REASON",
        num_args = 0..=1,
        require_equals = true,
        default_missing_value = "",
        help_heading = "Known findings"
    )]
    pub add_ignore: Option<String>,

    /// What `postlint audit` reads besides the posts; `None` for `check`.
    #[arg(skip)]
    pub audited: Option<Audited>,

    /// What to fix.
    #[command(flatten)]
    pub fixes: Fixes,

    /// Which changes to check.
    #[command(flatten)]
    pub changes: Changes,

    /// Config file to use instead of the nearest one
    #[arg(long, value_name = "FILE", value_hint = clap::ValueHint::FilePath, help_heading = "Site")]
    pub config: Option<PathBuf>,

    /// Parse posts like this site generator, instead of detecting it
    #[arg(long, value_parser = generators(), value_name = "GENERATOR", help_heading = "Site")]
    pub site: Option<Generator>,

    /// Path that the post on standard input has
    ///
    /// It determines how the post is parsed (Markdown or HTML, which site) and is printed with the findings. The path
    /// `-` may be omitted.
    #[arg(long, value_name = "FILE", value_hint = clap::ValueHint::FilePath, help_heading = "Files")]
    pub stdin_filename: Option<PathBuf>,

    /// Skip ignored files even if they are passed by name, as pre-commit requires
    #[arg(long, help_heading = "Files")]
    pub force_exclude: bool,

    /// Files and folders not to check: a line of a .gitignore file, relative to the working directory; repeatable
    ///
    /// Files passed by name are checked all the same, unless --force-exclude is given.
    #[arg(long, value_name = "PATTERN", help_heading = "Files")]
    pub exclude: Vec<String>,

    /// Check all posts anew, and remember nothing
    #[arg(long, help_heading = "Files")]
    pub no_cache: bool,

    /// List the files that would be checked, and check nothing
    #[arg(long, conflicts_with_all = ["write_baseline", "add_ignore", "stdin_filename"], help_heading = "Files")]
    pub show_files: bool,

    /// How to write the findings, and where.
    #[command(flatten)]
    pub outputs: Outputs,

    /// Count findings by rule instead of showing them
    #[arg(long, help_heading = "Output")]
    pub statistics: bool,

    /// Show how long each rule took
    #[arg(long, help_heading = "Output")]
    pub timing: bool,

    /// Print only findings, and what is wrong with the config
    #[arg(short, long, help_heading = "Output")]
    pub quiet: bool,

    /// Exit with 1 if there is a finding of this level or worse [default: warn]
    #[arg(long, value_enum, value_name = "LEVEL", help_heading = "Exit code")]
    pub fail_on: Option<FailOn>,

    /// Exit with 0 if there are only warnings, and not more than this many
    #[arg(
        long,
        value_name = "NUMBER",
        value_parser = whole_number,
        allow_negative_numbers = true,
        help_heading = "Exit code"
    )]
    pub max_warnings: Option<usize>,

    /// Exit with 0 even if there are findings
    #[arg(long, help_heading = "Exit code")]
    pub exit_zero: bool,

    /// Exit with 2 if there are no posts to check
    #[arg(long, help_heading = "Exit code")]
    pub error_on_no_files: bool,
}

/// The actions of `postlint baseline`.
#[derive(Clone, Debug, Subcommand)]
pub enum BaselineCommand {
    /// Count the known findings by rule
    Show {
        /// The file to show [default: the nearest postlint-baseline.txt]
        #[arg(long, value_name = "FILE", value_hint = clap::ValueHint::FilePath)]
        baseline: Option<PathBuf>,
    },
    /// Remove known findings that are fixed, and files that no longer exist
    Prune(Prune),
}

/// The arguments of `postlint baseline prune`.
#[derive(Args, Clone, Debug)]
pub struct Prune {
    /// Files and folders to check [default: the working directory]
    #[arg(value_name = "PATHS", value_hint = clap::ValueHint::AnyPath)]
    pub paths: Vec<PathBuf>,

    /// The file to prune [default: the nearest postlint-baseline.txt]
    #[arg(long, value_name = "FILE", value_hint = clap::ValueHint::FilePath)]
    pub baseline: Option<PathBuf>,

    /// Config file to use instead of the nearest one
    #[arg(long, value_name = "FILE", value_hint = clap::ValueHint::FilePath)]
    pub config: Option<PathBuf>,

    /// Parse posts like this site generator, instead of detecting it
    #[arg(long, value_parser = generators(), value_name = "GENERATOR")]
    pub site: Option<Generator>,
}

/// The arguments of `postlint search`.
#[derive(Args, Clone, Debug)]
pub struct Search {
    /// CSS selector, such as `img:not([alt])` or `a[href^="http:"]`
    #[arg(value_name = "SELECTOR")]
    pub selector: String,

    /// Files and folders to search [default: the working directory]
    #[arg(value_name = "PATHS", value_hint = clap::ValueHint::AnyPath)]
    pub paths: Vec<PathBuf>,

    /// How to write the matches
    #[arg(long, value_enum, value_name = "FORMAT", default_value_t = Format::Full)]
    pub format: Format,

    /// What the columns in `path:line:column` count
    #[arg(long, value_enum, value_name = "UNIT", default_value_t, env = "POSTLINT_COLUMN_UNIT", hide_env = true)]
    pub column_unit: ColumnUnit,

    /// Parse posts like this site generator, instead of detecting it
    #[arg(long, value_parser = generators(), value_name = "GENERATOR")]
    pub site: Option<Generator>,

    /// Write a rule with this selector into the nearest `.postlint/rules` folder
    #[arg(long, value_name = "NAME")]
    pub as_rule: Option<String>,
}

impl Cli {
    /// The subcommand to run; `check` if none is given, and also for `fix`.
    pub fn into_command(self) -> Command {
        match self.command {
            None => Command::Check(self.check),
            Some(Command::Fix(check)) => Command::Check(Check { fixes: Fixes { fix: true, ..check.fixes }, ..check }),
            Some(command) => command,
        }
    }
}

impl Check {
    /// Whether a post comes from standard input, according to `-` or `--stdin-filename`.
    pub fn reads_stdin(&self) -> bool {
        self.stdin_filename.is_some() || self.paths.iter().any(|path| path.as_os_str() == "-")
    }

    /// The lowest level of findings that fails the run.
    pub fn fail_on(&self) -> FailOn {
        self.fail_on.unwrap_or(FailOn::Warn)
    }

    /// The format on standard output: the requested one, else that for who reads it.
    pub fn format(&self, reader: Reader) -> Format {
        self.outputs.on_screen().unwrap_or(match reader {
            Reader::Person => Format::Full,
            Reader::Agent => Format::Agent,
            Reader::GitHubActions => Format::Github,
        })
    }
}
