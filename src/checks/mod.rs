//! The checks that a page cannot declare by itself, one file each, named as their page.

mod alt_blank;
mod alt_empty_markdown;
mod alt_filename;
mod alt_label_only;
mod alt_placeholder;
mod description_wide;
mod encoding_not_utf8;
mod front_matter_duplicate_key;
mod front_matter_invalid;
mod front_matter_missing;
mod front_matter_unclosed;
mod heading_empty;
mod image_link_unnamed;
mod link_text_missing;
mod rel_bad_separator;
mod rel_duplicate_token;
mod rel_unknown_token;
mod required_key_missing;
mod spacer_paragraph;
mod summary_duplicated;
mod summary_missing;
mod suppression_unknown;
mod suppression_unused;
mod table_without_headers;
mod title_missing;
mod title_wide;
mod value_placeholder;

use crate::rule::Check;
use serde::de::DeserializeOwned;

/// Makes a check from its options.
pub type Make = fn(serde_yaml::Value) -> Result<Box<dyn Check>, serde_yaml::Error>;

/// Every native check, under its page's name.
pub const NATIVE: &[(&str, Make)] = &[
    ("alt-blank", make::<alt_blank::AltBlank>),
    ("alt-empty-markdown", make::<alt_empty_markdown::AltEmptyMarkdown>),
    ("alt-filename", make::<alt_filename::AltFilename>),
    ("alt-label-only", make::<alt_label_only::AltLabelOnly>),
    ("alt-placeholder", make::<alt_placeholder::AltPlaceholder>),
    ("description-wide", make::<description_wide::DescriptionWide>),
    ("encoding-not-utf8", make::<encoding_not_utf8::EncodingNotUtf8>),
    ("front-matter-duplicate-key", make::<front_matter_duplicate_key::FrontMatterDuplicateKey>),
    ("front-matter-invalid", make::<front_matter_invalid::FrontMatterInvalid>),
    ("front-matter-missing", make::<front_matter_missing::FrontMatterMissing>),
    ("front-matter-unclosed", make::<front_matter_unclosed::FrontMatterUnclosed>),
    ("heading-empty", make::<heading_empty::HeadingEmpty>),
    ("image-link-unnamed", make::<image_link_unnamed::ImageLinkUnnamed>),
    ("link-text-missing", make::<link_text_missing::LinkTextMissing>),
    ("rel-bad-separator", make::<rel_bad_separator::RelBadSeparator>),
    ("rel-duplicate-token", make::<rel_duplicate_token::RelDuplicateToken>),
    ("rel-unknown-token", make::<rel_unknown_token::RelUnknownToken>),
    ("required-key-missing", make::<required_key_missing::RequiredKeyMissing>),
    ("spacer-paragraph", make::<spacer_paragraph::SpacerParagraph>),
    ("summary-duplicated", make::<summary_duplicated::SummaryDuplicated>),
    ("summary-missing", make::<summary_missing::SummaryMissing>),
    ("suppression-unknown", make::<suppression_unknown::SuppressionUnknown>),
    ("suppression-unused", make::<suppression_unused::SuppressionUnused>),
    ("table-without-headers", make::<table_without_headers::TableWithoutHeaders>),
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
