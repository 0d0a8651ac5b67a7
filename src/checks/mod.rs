//! The checks that a page cannot declare by itself, one file each, named as their page.

mod alt_blank;
mod alt_empty_markdown;
mod alt_filename;
mod alt_label_only;
mod alt_placeholder;
mod br_spacing;
mod description_wide;
mod element_obsolete;
mod emphasis_not_rendered;
mod encoding_not_utf8;
mod front_matter_duplicate_key;
mod front_matter_invalid;
mod front_matter_missing;
mod front_matter_unclosed;
mod heading_empty;
mod heading_multiple_h1;
mod heading_repeats_title_level;
mod heading_skipped;
mod id_duplicate;
mod image_link_unnamed;
mod invisible_characters;
mod json_ld_invalid;
mod link_text_missing;
mod markup_broken;
mod paragraph_duplicated;
mod rel_bad_separator;
mod rel_duplicate_token;
mod rel_unknown_token;
mod required_key_missing;
mod spacer_paragraph;
mod summary_duplicated;
mod summary_missing;
mod table_header_defect;
mod table_without_headers;
mod template_unrendered;
mod text_decomposed_hangul;
mod text_glued_to_html;
mod text_hidden;
mod text_leftover;
mod text_mojibake;
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
    ("br-spacing", make::<br_spacing::BrSpacing>),
    ("description-wide", make::<description_wide::DescriptionWide>),
    ("element-obsolete", make::<element_obsolete::ElementObsolete>),
    ("emphasis-not-rendered", make::<emphasis_not_rendered::EmphasisNotRendered>),
    ("encoding-not-utf8", make::<encoding_not_utf8::EncodingNotUtf8>),
    ("front-matter-duplicate-key", make::<front_matter_duplicate_key::FrontMatterDuplicateKey>),
    ("front-matter-invalid", make::<front_matter_invalid::FrontMatterInvalid>),
    ("front-matter-missing", make::<front_matter_missing::FrontMatterMissing>),
    ("front-matter-unclosed", make::<front_matter_unclosed::FrontMatterUnclosed>),
    ("heading-empty", make::<heading_empty::HeadingEmpty>),
    ("heading-multiple-h1", make::<heading_multiple_h1::HeadingMultipleH1>),
    ("heading-repeats-title-level", make::<heading_repeats_title_level::HeadingRepeatsTitleLevel>),
    ("heading-skipped", make::<heading_skipped::HeadingSkipped>),
    ("id-duplicate", make::<id_duplicate::IdDuplicate>),
    ("image-link-unnamed", make::<image_link_unnamed::ImageLinkUnnamed>),
    ("invisible-characters", make::<invisible_characters::InvisibleCharacters>),
    ("json-ld-invalid", make::<json_ld_invalid::JsonLdInvalid>),
    ("link-text-missing", make::<link_text_missing::LinkTextMissing>),
    ("markup-broken", make::<markup_broken::MarkupBroken>),
    ("paragraph-duplicated", make::<paragraph_duplicated::ParagraphDuplicated>),
    ("rel-bad-separator", make::<rel_bad_separator::RelBadSeparator>),
    ("rel-duplicate-token", make::<rel_duplicate_token::RelDuplicateToken>),
    ("rel-unknown-token", make::<rel_unknown_token::RelUnknownToken>),
    ("required-key-missing", make::<required_key_missing::RequiredKeyMissing>),
    ("spacer-paragraph", make::<spacer_paragraph::SpacerParagraph>),
    ("summary-duplicated", make::<summary_duplicated::SummaryDuplicated>),
    ("summary-missing", make::<summary_missing::SummaryMissing>),
    ("table-header-defect", make::<table_header_defect::TableHeaderDefect>),
    ("table-without-headers", make::<table_without_headers::TableWithoutHeaders>),
    ("template-unrendered", make::<template_unrendered::TemplateUnrendered>),
    ("text-decomposed-hangul", make::<text_decomposed_hangul::TextDecomposedHangul>),
    ("text-glued-to-html", make::<text_glued_to_html::TextGluedToHtml>),
    ("text-hidden", make::<text_hidden::TextHidden>),
    ("text-leftover", make::<text_leftover::TextLeftover>),
    ("text-mojibake", make::<text_mojibake::TextMojibake>),
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
