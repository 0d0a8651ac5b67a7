//! The checks that a page cannot declare by itself, one file each, named as their page.

mod description_wide;
mod encoding_not_utf8;
mod front_matter_duplicate_key;
mod front_matter_invalid;
mod front_matter_missing;
mod front_matter_unclosed;
mod required_key_missing;
mod summary_duplicated;
mod summary_missing;
mod title_missing;
mod title_wide;
mod value_placeholder;

use crate::rule::Check;
use serde::de::DeserializeOwned;

/// Makes a check from its options.
pub type Make = fn(serde_yaml::Value) -> Result<Box<dyn Check>, serde_yaml::Error>;

/// Every native check, under its page's name.
pub const NATIVE: &[(&str, Make)] = &[
    ("description-wide", make::<description_wide::DescriptionWide>),
    ("encoding-not-utf8", make::<encoding_not_utf8::EncodingNotUtf8>),
    ("front-matter-duplicate-key", make::<front_matter_duplicate_key::FrontMatterDuplicateKey>),
    ("front-matter-invalid", make::<front_matter_invalid::FrontMatterInvalid>),
    ("front-matter-missing", make::<front_matter_missing::FrontMatterMissing>),
    ("front-matter-unclosed", make::<front_matter_unclosed::FrontMatterUnclosed>),
    ("required-key-missing", make::<required_key_missing::RequiredKeyMissing>),
    ("summary-duplicated", make::<summary_duplicated::SummaryDuplicated>),
    ("summary-missing", make::<summary_missing::SummaryMissing>),
    ("title-missing", make::<title_missing::TitleMissing>),
    ("title-wide", make::<title_wide::TitleWide>),
    ("value-placeholder", make::<value_placeholder::ValuePlaceholder>),
];

/// A check is a struct whose fields are its options.
fn make<C: Check + DeserializeOwned + 'static>(
    options: serde_yaml::Value,
) -> Result<Box<dyn Check>, serde_yaml::Error> {
    Ok(Box::new(serde_yaml::from_value::<C>(options)?))
}
