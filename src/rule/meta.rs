//! A rule's metadata: the front matter of its page.

use crate::diagnostic::{Authority, Level, LevelOrOff};
use crate::rule::applies_to::AppliesTo;
use crate::rule::built::ReadsBuilt;
use std::sync::Arc;

/// The metadata of a rule.
#[derive(Debug)]
pub struct Meta {
    /// The file's name without `.md`.
    pub name: Arc<str>,
    /// What is wrong: the message of findings without a message of their own.
    pub summary: String,
    /// The subject of the rule.
    pub group: Group,
    /// The severity of its findings, or `off`.
    pub level: LevelOrOff,
    /// Whether it reads built pages.
    pub built: ReadsBuilt,
    /// The level of findings in built pages, for a rule that is off by default.
    pub audit: Option<Level>,
    /// The lower levels of single findings, and when they have them.
    pub lower: Vec<(Level, String)>,
    /// The kind of source it is based on.
    pub authority: Authority,
    /// The first version of postlint that includes the rule.
    pub since: String,
    /// Names of the same rule in other tools, accepted in config and suppressions.
    pub aliases: Vec<String>,
    /// Earlier names of the rule. They are accepted wherever the name is, with a notice.
    pub formerly: Vec<String>,
    /// Why the rule no longer exists; `None` for all others. Its name is still accepted, and has no effect.
    pub retired: Option<String>,
    /// URLs of the sources it is based on.
    pub references: Vec<String>,
    /// The posts it applies to.
    pub applies_to: AppliesTo,
    /// The options that a config may set, with their defaults.
    pub options: serde_yaml::Mapping,
    /// The label of findings without a label of their own.
    pub label: String,
    /// What to do.
    pub help: Option<String>,
}

impl Meta {
    /// The default of each option, without its documentation.
    pub fn option_defaults(&self) -> serde_yaml::Mapping {
        let default = |option: &serde_yaml::Value| option.get("default").cloned().unwrap_or(serde_yaml::Value::Null);
        self.options.iter().map(|(name, option)| (name.clone(), default(option))).collect()
    }
}

/// The subjects of rules.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[expect(missing_docs, reason = "the names say it")]
pub enum Group {
    FrontMatter,
    Seo,
    Images,
    Links,
    Markup,
    Text,
    Site,
    StructuredData,
    Social,
    Suppressions,
}

impl Group {
    /// All groups, in the order of the documentation.
    pub const ALL: [Group; 10] = [
        Group::FrontMatter,
        Group::Seo,
        Group::Images,
        Group::Links,
        Group::Markup,
        Group::Text,
        Group::Site,
        Group::StructuredData,
        Group::Social,
        Group::Suppressions,
    ];

    /// Parses the word used in pages, config files and on the command line.
    pub fn from_word(word: &str) -> Option<Self> {
        Group::ALL.into_iter().find(|group| group.as_str() == word)
    }

    /// The word used in pages, config files and on the command line.
    pub const fn as_str(self) -> &'static str {
        match self {
            Group::FrontMatter => "front-matter",
            Group::Seo => "seo",
            Group::Images => "images",
            Group::Links => "links",
            Group::Markup => "markup",
            Group::Text => "text",
            Group::Site => "site",
            Group::StructuredData => "structured-data",
            Group::Social => "social",
            Group::Suppressions => "suppressions",
        }
    }
}
