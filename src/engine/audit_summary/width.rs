//! Titles and descriptions as search results show them, and where they are cut.

use crate::catalog::Catalog;
use crate::config::Preset;
use crate::facts::Written;
use crate::text::{decoded, plain};
use crate::width;
use serde::Serialize;

/// Number of characters of a title or a description that a row has.
pub(super) const MAX_TEXT: usize = 400;

/// Where search engines cut texts: what the pages of the rules and the preset `naver` say.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Limits {
    /// Width of titles in pixels at which Google cuts them.
    pub title: u32,
    /// Width of descriptions in pixels at which Google cuts them on a wide screen.
    pub desktop: u32,
    /// The same on a phone.
    pub phone: u32,
    /// Number of characters at which Naver cuts titles.
    pub naver_title: usize,
    /// Number of characters at which Naver cuts descriptions.
    pub naver_description: usize,
}

/// The rules that know the limits.
const TITLE: &str = "title-wide";
const DESCRIPTION: &str = "description-wide";

impl Limits {
    /// The limits, from where users read them.
    pub fn known() -> Self {
        let pixels = |rule: &str, option: &str| {
            let defaults = Catalog::builtin().get(rule).map(|entry| entry.page.meta.option_defaults());
            defaults.and_then(|it| it.get(option)?.as_u64()).map_or(u32::MAX, |limit| limit as u32)
        };
        let naver: serde_yaml::Value =
            Preset::named("naver").and_then(|preset| serde_yaml::from_str(preset.text).ok()).unwrap_or_default();
        let characters = |rule: &str| {
            let limit = naver.get("rules").and_then(|rules| rules.get(rule)?.get("options")?.get("max-characters"));
            limit.and_then(serde_yaml::Value::as_u64).map_or(usize::MAX, |limit| limit as usize)
        };
        Limits {
            title: pixels(TITLE, "max"),
            desktop: pixels(DESCRIPTION, "desktop"),
            phone: pixels(DESCRIPTION, "mobile"),
            naver_title: characters(TITLE),
            naver_description: characters(DESCRIPTION),
        }
    }

    /// A title as text.
    pub(super) fn title(&self, text: &str) -> Width {
        Width::of(text, width::TITLE_SIZE, [self.title, self.title], self.naver_title)
    }

    /// A description as text.
    pub(super) fn description(&self, text: &str) -> Width {
        Width::of(text, width::DESCRIPTION_SIZE, [self.desktop, self.phone], self.naver_description)
    }
}

/// A text with its width in search results.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Width {
    /// The text as readers see it.
    pub text: String,
    /// Number of characters.
    pub characters: usize,
    /// Width in pixels; `None` if the widths of its letters are not known.
    pub px: Option<u32>,
    /// Number of characters that Google shows on a wide screen; `None` if it shows all.
    pub cut: Option<usize>,
    /// Number of characters that Google shows on a phone; `None` if it shows all.
    pub cut_on_phones: Option<usize>,
    /// Number of characters that Naver shows; `None` if it shows all.
    pub cut_by_naver: Option<usize>,
}

impl Width {
    fn of(text: &str, size: f32, limits: [u32; 2], naver: usize) -> Self {
        let characters = text.chars().count();
        let px = width::is_measurable(text).then(|| width::pixels(text, size));
        let cut = |limit: u32| px.filter(|px| *px > limit as f32).map(|_| width::fits(text, size, limit as f32));
        let [cut, cut_on_phones] = limits.map(cut);
        let cut_by_naver = (characters > naver).then_some(naver);
        let px = px.map(|px| px.round() as u32);
        Width { text: text.chars().take(MAX_TEXT).collect(), characters, px, cut, cut_on_phones, cut_by_naver }
    }

    /// Whether a search engine cuts it.
    pub fn is_cut(&self) -> bool {
        self.cut.is_some() || self.cut_on_phones.is_some()
    }
}

/// The text that readers see of a value: search results show no tags. A text of nothing else is shown as it is written.
pub(super) fn shown(written: &Written) -> String {
    let without_tags = written.text.contains("</").then(|| plain(&written.text)).filter(|text| !text.is_empty());
    decoded(without_tags.as_deref().unwrap_or(&written.text)).into_owned()
}
