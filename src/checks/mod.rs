//! The checks that a page cannot declare by itself, one file each, named as their page.

mod alias_undefined;
mod alt_blank;
mod alt_empty_markdown;
mod alt_filename;
mod alt_label_only;
mod alt_placeholder;
mod canonical_wrong;
mod date_conflict;
mod date_impossible;
mod date_unreadable;
mod date_without_offset;
mod description_poor;
mod description_wide;
mod encoding_not_utf8;
mod filename_not_a_post;
mod folded_trailing_newline;
mod front_matter_duplicate_key;
mod front_matter_invalid;
mod front_matter_missing;
mod front_matter_not_first;
mod front_matter_unclosed;
mod heading_empty;
mod image_key_without_alt;
mod image_link_unnamed;
mod key_misspelled;
mod language_code_wrong;
mod link_text_missing;
mod merge_list_breaks_jekyll;
mod page_noindex;
mod rel_bad_separator;
mod rel_duplicate_token;
mod rel_unknown_token;
mod required_key_missing;
mod scalar_ambiguous;
mod slug_unclean;
mod spacer_paragraph;
mod summary_duplicated;
mod summary_has_markup;
mod summary_missing;
mod summary_repeats_body;
mod table_without_headers;
mod template_in_front_matter;
mod text_lost_after_hash;
mod title_generic;
mod title_missing;
mod title_narrow;
mod title_repeats;
mod title_script_mismatch;
mod title_shouting;
mod title_site_name_twice;
mod title_wide;
mod value_placeholder;
mod value_wrong_type;

use crate::rule::Check;
use serde::de::DeserializeOwned;

/// Makes a check from its options.
pub type Make = fn(serde_yaml::Value) -> Result<Box<dyn Check>, serde_yaml::Error>;

/// Every native check, under its page's name.
pub const NATIVE: &[(&str, Make)] = &[
    ("alias-undefined", make::<alias_undefined::AliasUndefined>),
    ("alt-blank", make::<alt_blank::AltBlank>),
    ("alt-empty-markdown", make::<alt_empty_markdown::AltEmptyMarkdown>),
    ("alt-filename", make::<alt_filename::AltFilename>),
    ("alt-label-only", make::<alt_label_only::AltLabelOnly>),
    ("alt-placeholder", make::<alt_placeholder::AltPlaceholder>),
    ("canonical-wrong", make::<canonical_wrong::CanonicalWrong>),
    ("date-conflict", make::<date_conflict::DateConflict>),
    ("date-impossible", make::<date_impossible::DateImpossible>),
    ("date-unreadable", make::<date_unreadable::DateUnreadable>),
    ("date-without-offset", make::<date_without_offset::DateWithoutOffset>),
    ("description-poor", make::<description_poor::DescriptionPoor>),
    ("description-wide", make::<description_wide::DescriptionWide>),
    ("encoding-not-utf8", make::<encoding_not_utf8::EncodingNotUtf8>),
    ("filename-not-a-post", make::<filename_not_a_post::FilenameNotAPost>),
    ("folded-trailing-newline", make::<folded_trailing_newline::FoldedTrailingNewline>),
    ("front-matter-duplicate-key", make::<front_matter_duplicate_key::FrontMatterDuplicateKey>),
    ("front-matter-invalid", make::<front_matter_invalid::FrontMatterInvalid>),
    ("front-matter-missing", make::<front_matter_missing::FrontMatterMissing>),
    ("front-matter-not-first", make::<front_matter_not_first::FrontMatterNotFirst>),
    ("front-matter-unclosed", make::<front_matter_unclosed::FrontMatterUnclosed>),
    ("heading-empty", make::<heading_empty::HeadingEmpty>),
    ("image-key-without-alt", make::<image_key_without_alt::ImageKeyWithoutAlt>),
    ("image-link-unnamed", make::<image_link_unnamed::ImageLinkUnnamed>),
    ("key-misspelled", make::<key_misspelled::KeyMisspelled>),
    ("language-code-wrong", make::<language_code_wrong::LanguageCodeWrong>),
    ("link-text-missing", make::<link_text_missing::LinkTextMissing>),
    ("merge-list-breaks-jekyll", make::<merge_list_breaks_jekyll::MergeListBreaksJekyll>),
    ("page-noindex", make::<page_noindex::PageNoindex>),
    ("rel-bad-separator", make::<rel_bad_separator::RelBadSeparator>),
    ("rel-duplicate-token", make::<rel_duplicate_token::RelDuplicateToken>),
    ("rel-unknown-token", make::<rel_unknown_token::RelUnknownToken>),
    ("required-key-missing", make::<required_key_missing::RequiredKeyMissing>),
    ("scalar-ambiguous", make::<scalar_ambiguous::ScalarAmbiguous>),
    ("slug-unclean", make::<slug_unclean::SlugUnclean>),
    ("spacer-paragraph", make::<spacer_paragraph::SpacerParagraph>),
    ("summary-duplicated", make::<summary_duplicated::SummaryDuplicated>),
    ("summary-has-markup", make::<summary_has_markup::SummaryHasMarkup>),
    ("summary-missing", make::<summary_missing::SummaryMissing>),
    ("summary-repeats-body", make::<summary_repeats_body::SummaryRepeatsBody>),
    ("table-without-headers", make::<table_without_headers::TableWithoutHeaders>),
    ("template-in-front-matter", make::<template_in_front_matter::TemplateInFrontMatter>),
    ("text-lost-after-hash", make::<text_lost_after_hash::TextLostAfterHash>),
    ("title-generic", make::<title_generic::TitleGeneric>),
    ("title-missing", make::<title_missing::TitleMissing>),
    ("title-narrow", make::<title_narrow::TitleNarrow>),
    ("title-repeats", make::<title_repeats::TitleRepeats>),
    ("title-script-mismatch", make::<title_script_mismatch::TitleScriptMismatch>),
    ("title-shouting", make::<title_shouting::TitleShouting>),
    ("title-site-name-twice", make::<title_site_name_twice::TitleSiteNameTwice>),
    ("title-wide", make::<title_wide::TitleWide>),
    ("value-placeholder", make::<value_placeholder::ValuePlaceholder>),
    ("value-wrong-type", make::<value_wrong_type::ValueWrongType>),
];

/// A check is a struct whose fields are its options.
fn make<C: Check + DeserializeOwned + 'static>(
    options: serde_yaml::Value,
) -> Result<Box<dyn Check>, serde_yaml::Error> {
    Ok(Box::new(serde_yaml::from_value::<C>(options)?))
}
