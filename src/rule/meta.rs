//! A rule's metadata: the front matter of its page.

use crate::diagnostic::{Authority, Level, LevelOrOff};
use crate::rule::applies_to::AppliesTo;
use crate::rule::built::ReadsBuilt;
use serde::{Deserialize, Deserializer};
use std::sync::Arc;

/// The metadata of a rule. [`Page::parse`](crate::rule::Page::parse) reads what people write; what `build.rs` embeds is
/// deserialized. `tests/it/rules/catalog.rs` proves that both give the same.
#[derive(Debug, PartialEq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct Meta {
    /// The file's name without `.md`.
    #[serde(skip)]
    pub name: Arc<str>,
    /// What is wrong: the message of findings without a message of their own.
    pub summary: String,
    /// The subject of the rule.
    pub group: Group,
    /// The severity of its findings, or `off`.
    pub level: LevelOrOff,
    /// Whether it reads built pages.
    #[serde(default)]
    pub built: ReadsBuilt,
    /// The level of findings in built pages, for a rule that is off by default.
    pub audit: Option<Level>,
    /// The lower levels of single findings, and when they have them.
    #[serde(default, deserialize_with = "lower")]
    pub lower: Vec<(Level, String)>,
    /// The kind of source it is based on.
    #[serde(default = "opinion")]
    pub authority: Authority,
    /// The first version of postlint that includes the rule.
    #[serde(default)]
    pub since: String,
    /// Names of the same rule in other tools, accepted in config and suppressions.
    #[serde(default)]
    pub aliases: Vec<String>,
    /// Earlier names of the rule. They are accepted wherever the name is, with a notice.
    #[serde(default)]
    pub formerly: Vec<String>,
    /// Why the rule no longer exists; `None` for all others. Its name is still accepted, and has no effect.
    pub retired: Option<String>,
    /// URLs of the sources it is based on.
    #[serde(default)]
    pub references: Vec<String>,
    /// The posts it applies to.
    #[serde(default)]
    pub applies_to: AppliesTo,
    /// The options that a config may set, with their defaults.
    #[serde(default)]
    pub options: serde_yaml::Mapping,
    /// The label of findings without a label of their own.
    #[serde(default)]
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

fn opinion() -> Authority {
    Authority::Opinion
}

/// The levels of `lower:` with their conditions, in the order of the page.
fn lower<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<(Level, String)>, D::Error> {
    let levels = serde_json::Map::deserialize(deserializer)?.into_iter();
    let level = |(word, when): (String, serde_json::Value)| {
        Some((LevelOrOff::from_word(&word)?.level()?, when.as_str()?.to_owned()))
    };
    Ok(levels.filter_map(level).collect())
}

/// The subjects of rules.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "kebab-case")]
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
