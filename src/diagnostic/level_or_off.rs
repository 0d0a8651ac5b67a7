//! The level of a rule, or off.

use crate::diagnostic::Level;

/// The level of a rule as its page or a config sets it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum LevelOrOff {
    /// Objectively broken.
    Error,
    /// Very probably a mistake.
    Warn,
    /// Advice.
    Info,
    /// Not run.
    Off,
}

impl LevelOrOff {
    /// The words a config may use.
    pub const WORDS: [&'static str; 4] = ["error", "warn", "info", "off"];

    /// The level this word names.
    pub fn from_word(word: &str) -> Option<Self> {
        match word {
            "error" => Some(LevelOrOff::Error),
            "warn" => Some(LevelOrOff::Warn),
            "info" => Some(LevelOrOff::Info),
            "off" => Some(LevelOrOff::Off),
            _ => None,
        }
    }

    /// The level of a finding; `None` if the rule does not run.
    pub const fn level(self) -> Option<Level> {
        match self {
            LevelOrOff::Error => Some(Level::Error),
            LevelOrOff::Warn => Some(Level::Warn),
            LevelOrOff::Info => Some(Level::Info),
            LevelOrOff::Off => None,
        }
    }
}
