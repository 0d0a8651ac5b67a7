//! The checks that a page cannot declare by itself, one file each, named as their page.

mod alias_undefined;
mod alt_blank;
mod alt_empty_markdown;
mod alt_filename;
mod alt_label_only;
mod alt_long;
mod alt_placeholder;
mod alt_redundant_word;
mod alt_repeats_text;
mod alt_stuffed;
mod description_wide;
mod element_obsolete;
mod encoding_not_utf8;
mod folded_trailing_newline;
mod fragment_broken;
mod front_matter_duplicate_key;
mod front_matter_invalid;
mod front_matter_missing;
mod front_matter_not_first;
mod front_matter_unclosed;
mod heading_empty;
mod heading_multiple_h1;
mod heading_repeats_title_level;
mod heading_skipped;
mod href_empty;
mod href_not_crawlable;
mod id_duplicate;
mod image_filename_generic;
mod image_link_unnamed;
mod image_repeats_feature_image;
mod image_src_bad;
mod image_url_expiring;
mod internal_link_absolute;
mod internal_link_nofollow;
mod json_ld_invalid;
mod link_nested;
mod link_split;
mod link_text_generic;
mod link_text_is_url;
mod link_text_long;
mod link_text_missing;
mod links_chained;
mod markup_broken;
mod merge_list_breaks_jekyll;
mod nofollow_everywhere;
mod paid_link_unqualified;
mod rel_bad_separator;
mod rel_duplicate_token;
mod rel_unknown_token;
mod required_key_missing;
mod scalar_ambiguous;
mod spacer_paragraph;
mod summary_duplicated;
mod summary_missing;
mod table_without_headers;
mod template_in_front_matter;
mod text_lost_after_hash;
mod title_missing;
mod title_wide;
mod url_malformed;
mod url_swallows_text;
mod value_placeholder;

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
    ("alt-long", make::<alt_long::AltLong>),
    ("alt-placeholder", make::<alt_placeholder::AltPlaceholder>),
    ("alt-redundant-word", make::<alt_redundant_word::AltRedundantWord>),
    ("alt-repeats-text", make::<alt_repeats_text::AltRepeatsText>),
    ("alt-stuffed", make::<alt_stuffed::AltStuffed>),
    ("description-wide", make::<description_wide::DescriptionWide>),
    ("element-obsolete", make::<element_obsolete::ElementObsolete>),
    ("encoding-not-utf8", make::<encoding_not_utf8::EncodingNotUtf8>),
    ("folded-trailing-newline", make::<folded_trailing_newline::FoldedTrailingNewline>),
    ("fragment-broken", make::<fragment_broken::FragmentBroken>),
    ("front-matter-duplicate-key", make::<front_matter_duplicate_key::FrontMatterDuplicateKey>),
    ("front-matter-invalid", make::<front_matter_invalid::FrontMatterInvalid>),
    ("front-matter-missing", make::<front_matter_missing::FrontMatterMissing>),
    ("front-matter-not-first", make::<front_matter_not_first::FrontMatterNotFirst>),
    ("front-matter-unclosed", make::<front_matter_unclosed::FrontMatterUnclosed>),
    ("heading-empty", make::<heading_empty::HeadingEmpty>),
    ("heading-multiple-h1", make::<heading_multiple_h1::HeadingMultipleH1>),
    ("heading-repeats-title-level", make::<heading_repeats_title_level::HeadingRepeatsTitleLevel>),
    ("heading-skipped", make::<heading_skipped::HeadingSkipped>),
    ("href-empty", make::<href_empty::HrefEmpty>),
    ("href-not-crawlable", make::<href_not_crawlable::HrefNotCrawlable>),
    ("id-duplicate", make::<id_duplicate::IdDuplicate>),
    ("image-filename-generic", make::<image_filename_generic::ImageFilenameGeneric>),
    ("image-link-unnamed", make::<image_link_unnamed::ImageLinkUnnamed>),
    ("image-repeats-feature-image", make::<image_repeats_feature_image::ImageRepeatsFeatureImage>),
    ("image-src-bad", make::<image_src_bad::ImageSrcBad>),
    ("image-url-expiring", make::<image_url_expiring::ImageUrlExpiring>),
    ("internal-link-absolute", make::<internal_link_absolute::InternalLinkAbsolute>),
    ("internal-link-nofollow", make::<internal_link_nofollow::InternalLinkNofollow>),
    ("json-ld-invalid", make::<json_ld_invalid::JsonLdInvalid>),
    ("link-nested", make::<link_nested::LinkNested>),
    ("link-split", make::<link_split::LinkSplit>),
    ("link-text-generic", make::<link_text_generic::LinkTextGeneric>),
    ("link-text-is-url", make::<link_text_is_url::LinkTextIsUrl>),
    ("link-text-long", make::<link_text_long::LinkTextLong>),
    ("link-text-missing", make::<link_text_missing::LinkTextMissing>),
    ("links-chained", make::<links_chained::LinksChained>),
    ("markup-broken", make::<markup_broken::MarkupBroken>),
    ("merge-list-breaks-jekyll", make::<merge_list_breaks_jekyll::MergeListBreaksJekyll>),
    ("nofollow-everywhere", make::<nofollow_everywhere::NofollowEverywhere>),
    ("paid-link-unqualified", make::<paid_link_unqualified::PaidLinkUnqualified>),
    ("rel-bad-separator", make::<rel_bad_separator::RelBadSeparator>),
    ("rel-duplicate-token", make::<rel_duplicate_token::RelDuplicateToken>),
    ("rel-unknown-token", make::<rel_unknown_token::RelUnknownToken>),
    ("required-key-missing", make::<required_key_missing::RequiredKeyMissing>),
    ("scalar-ambiguous", make::<scalar_ambiguous::ScalarAmbiguous>),
    ("spacer-paragraph", make::<spacer_paragraph::SpacerParagraph>),
    ("summary-duplicated", make::<summary_duplicated::SummaryDuplicated>),
    ("summary-missing", make::<summary_missing::SummaryMissing>),
    ("table-without-headers", make::<table_without_headers::TableWithoutHeaders>),
    ("template-in-front-matter", make::<template_in_front_matter::TemplateInFrontMatter>),
    ("text-lost-after-hash", make::<text_lost_after_hash::TextLostAfterHash>),
    ("title-missing", make::<title_missing::TitleMissing>),
    ("title-wide", make::<title_wide::TitleWide>),
    ("url-malformed", make::<url_malformed::UrlMalformed>),
    ("url-swallows-text", make::<url_swallows_text::UrlSwallowsText>),
    ("value-placeholder", make::<value_placeholder::ValuePlaceholder>),
];

/// A check is a struct whose fields are its options.
fn make<C: Check + DeserializeOwned + 'static>(
    options: serde_yaml::Value,
) -> Result<Box<dyn Check>, serde_yaml::Error> {
    Ok(Box::new(serde_yaml::from_value::<C>(options)?))
}
