//! The values of options that name a generator, a group of rules or a preset, or are a number.

use crate::config::{PRESETS, Preset};
use crate::place::dialect::Generator;
use crate::rule::Group;
use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};

/// The names of generators.
pub fn generators() -> impl TypedValueParser<Value = Generator> {
    let words = Generator::ALL.map(Generator::as_str);
    PossibleValuesParser::new(words).map(|word| word.parse().unwrap_or_default())
}

/// The rules to list: those of a group, or all.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Listed(pub Option<Group>);

/// The names of groups of rules, and `all`.
pub fn listed() -> impl TypedValueParser<Value = Listed> {
    let words = Group::ALL.map(Group::as_str).into_iter().chain(["all"]);
    PossibleValuesParser::new(words).map(|word| Listed(Group::from_word(&word)))
}

/// A number of things.
pub fn whole_number(word: &str) -> Result<usize, &'static str> {
    word.parse().map_err(|_| "write a whole number, such as 0 or 20")
}

/// The names of presets, with what each does.
pub fn presets() -> impl TypedValueParser<Value = &'static Preset> {
    let value = |preset: &'static Preset| PossibleValue::new(preset.name).help(preset.summary);
    let word = PossibleValuesParser::new(PRESETS.iter().map(value));
    word.try_map(|word| Preset::named(&word).ok_or("no such preset"))
}
