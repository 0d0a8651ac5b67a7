//! The inventory of an audit: a row for each post.

use crate::diagnostic::Level;
use crate::engine::audit_summary::{AuditedFile, Hygiene};
use crate::facts::target::Target;
use crate::facts::{PageFacts, Written};
use crate::site::urls::Publication;
use crate::text::{decoded, plain};
use crate::url::host;
use crate::width;
use jiff::Span;
use serde::Serialize;
use std::collections::BTreeSet;

/// Width of titles in pixels at which Google cuts them: see `rules/title-wide.md`.
pub const TITLE_LIMIT: f32 = 600.0;
/// Width of descriptions in pixels at which Google cuts them on a wide screen: see `rules/description-wide.md`.
pub const DESKTOP_LIMIT: f32 = 920.0;
/// The same on a phone.
pub const PHONE_LIMIT: f32 = 680.0;
/// Number of characters at which Naver cuts titles: see `rules/title-wide.md`.
pub const NAVER_TITLE: usize = 40;
/// Number of characters at which Naver cuts descriptions: see `rules/description-wide.md`.
pub const NAVER_DESCRIPTION: usize = 80;
/// Number of headings that a row lists.
const MAX_HEADINGS: usize = 30;
/// Number of characters of a title or a description that a row has.
const MAX_TEXT: usize = 400;

/// A post in the inventory.
#[derive(Clone, Debug, Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Page {
    /// The path, as printed.
    pub path: String,
    /// The path of its URL, if that is known.
    pub url: Option<String>,
    /// Whether it becomes a page that search engines may show.
    pub is_page: bool,
    /// Its title, if the post sets it.
    pub title: Option<Width>,
    /// Its description, if the post sets it.
    pub description: Option<Width>,
    /// Its language, if the post sets it.
    pub language: Option<String>,
    /// The day of its date.
    pub date: Option<String>,
    /// Its tags and categories.
    pub terms: Vec<String>,
    /// Its picture in lists and link cards.
    pub image: Option<String>,
    /// Number of characters of its text, without whitespace.
    pub characters: usize,
    /// Its headings: level and text.
    pub headings: Vec<(u8, String)>,
    /// Number of pictures in its text.
    pub images: usize,
    /// Number of those with an `alt`, which may be empty.
    pub images_with_alt: usize,
    /// Number of links in its text.
    pub links_out: usize,
    /// Number of those that lead to other sites.
    pub links_elsewhere: usize,
    /// Number of links to it in other posts of its site; `None` if that is not known.
    pub links_in: Option<usize>,
    /// Whether it asks search engines not to show it.
    pub noindex: bool,
    /// The canonical URL that it names.
    pub canonical: Option<String>,
    /// The rules with findings in it.
    pub rules: Vec<String>,
    /// Number of errors.
    pub errors: usize,
    /// Number of warnings.
    pub warnings: usize,
    /// Number of findings that are advice.
    pub infos: usize,
    /// Its hygiene score; `None` if no check of it applies.
    pub hygiene: Option<u32>,
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
    fn of(written: &Written, size: f32, limits: [f32; 2], naver: usize) -> Self {
        // Search results show no tags. A text of nothing else is shown as it is written.
        let without_tags = written.text.contains("</").then(|| plain(&written.text)).filter(|text| !text.is_empty());
        let shown = without_tags.unwrap_or_else(|| written.text.clone());
        let text = decoded(&shown).into_owned();
        let characters = text.chars().count();
        let px = width::is_measurable(&text).then(|| width::pixels(&text, size));
        let cut = |limit: f32| px.filter(|px| *px > limit).map(|_| width::fits(&text, size, limit));
        let [cut, cut_on_phones] = limits.map(cut);
        let cut_by_naver = (characters > naver).then_some(naver);
        let px = px.map(|px| px.round() as u32);
        Width { text: text.chars().take(MAX_TEXT).collect(), characters, px, cut, cut_on_phones, cut_by_naver }
    }

    fn title(written: &Written) -> Self {
        Width::of(written, width::TITLE_SIZE, [TITLE_LIMIT, TITLE_LIMIT], NAVER_TITLE)
    }

    fn description(written: &Written) -> Self {
        Width::of(written, width::DESCRIPTION_SIZE, [DESKTOP_LIMIT, PHONE_LIMIT], NAVER_DESCRIPTION)
    }

    /// Whether a search engine cuts it.
    pub fn is_cut(&self) -> bool {
        self.cut.is_some() || self.cut_on_phones.is_some()
    }
}

/// A row for each post.
pub(super) fn pages(files: &[AuditedFile<'_>], hygiene: &Hygiene) -> Vec<Page> {
    files.iter().filter(|file| file.post.is_some()).map(|file| page(file, hygiene)).collect()
}

fn page(file: &AuditedFile<'_>, hygiene: &Hygiene) -> Page {
    let mut page = Page {
        path: file.report.path.clone(),
        hygiene: hygiene.score_of(&file.report.path),
        errors: file.report.count(Level::Error),
        warnings: file.report.count(Level::Warn),
        infos: file.report.count(Level::Info),
        rules: rules(file),
        ..Page::default()
    };
    let Some((_, facts, outline)) = file.outlined() else { return page };
    page.url = facts.url().map(str::to_owned);
    page.is_page = facts.is_page && facts.publication != Publication::Never;
    page.title = facts.title.as_ref().map(Width::title);
    page.description = facts.description.as_ref().map(Width::description);
    page.language = facts.language.as_ref().map(|it| it.text.clone());
    page.date = facts.day.and_then(date);
    page.terms = facts.terms.iter().map(|term| term.text.clone()).collect();
    page.image = facts.images.iter().find(|image| image.key.is_some()).map(|image| image.src.clone());
    page.characters = outline.characters;
    page.headings =
        outline.headings.iter().take(MAX_HEADINGS).map(|it| (it.level, it.text.chars().take(120).collect())).collect();
    page.images = outline.elements.images;
    page.images_with_alt = outline.elements.images_with_alt;
    page.links_out = outline.elements.links;
    page.links_elsewhere = elsewhere(facts);
    page.links_in = outline.links_in;
    page.noindex = outline.is_hidden_from_search;
    page.canonical = facts.canonical.as_ref().map(|it| it.text.clone());
    page
}

/// The rules with findings in a file.
fn rules(file: &AuditedFile<'_>) -> Vec<String> {
    let names: BTreeSet<&str> = file.report.diagnostics.iter().map(|finding| &*finding.rule).collect();
    names.into_iter().map(str::to_owned).collect()
}

fn elsewhere(facts: &PageFacts) -> usize {
    facts.links.iter().filter(|link| link.target == Target::Elsewhere && host(&link.href).is_some()).count()
}

/// A day in days since 1970, as `2024-07-30`.
fn date(day: i64) -> Option<String> {
    let days = Span::new().try_days(day).ok()?;
    Some(jiff::civil::date(1970, 1, 1).checked_add(days).ok()?.to_string())
}
