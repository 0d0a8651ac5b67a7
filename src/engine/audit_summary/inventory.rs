//! The inventory of an audit: a row for each post.

use crate::diagnostic::Level;
use crate::engine::audit_summary::width::{self, Limits, MAX_TEXT, Width};
use crate::engine::audit_summary::{AuditedFile, BuiltHead, Hygiene};
use crate::facts::PageFacts;
use crate::facts::outline::Outline;
use crate::facts::target::Target;
use crate::site::urls::Publication;
use crate::url::host;
use jiff::Span;
use serde::Serialize;
use std::collections::BTreeSet;

/// Number of headings that a row lists.
const MAX_HEADINGS: usize = 30;

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
    /// The built page whose head has the title, the description, the language, the picture and the canonical URL, and says whether
    /// search engines may show it; `None` if the front matter says so.
    pub built: Option<String>,
    /// Its title, if there is one.
    pub title: Option<Width>,
    /// Its description, if there is one.
    pub description: Option<Width>,
    /// Its language, if it is set.
    pub language: Option<String>,
    /// The day of its date.
    pub date: Option<String>,
    /// Its tags and categories.
    pub terms: Vec<String>,
    /// Its picture in lists and link cards.
    pub image: Option<String>,
    /// Its link card.
    pub card: Card,
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

/// What a link card shows: of `og:title`, `og:description` and `og:image` in the built page, or else what search results show.
#[derive(Clone, Debug, Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Card {
    /// The title.
    pub title: Option<String>,
    /// The description.
    pub description: Option<String>,
    /// The URL of the picture.
    pub image: Option<String>,
}

/// A file with findings that is not a post: a layout, a config, or a built page of whose source nothing is known.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct OtherFile {
    /// The path, as printed.
    pub path: String,
    /// The rules with findings in it.
    pub rules: Vec<String>,
    /// Number of errors.
    pub errors: usize,
    /// Number of warnings.
    pub warnings: usize,
    /// Number of findings that are advice.
    pub infos: usize,
}

/// A row for each other file with findings.
pub(super) fn other_files(files: &[AuditedFile<'_>]) -> Vec<OtherFile> {
    let other = |file: &AuditedFile<'_>| {
        let [errors, warnings, infos] = [Level::Error, Level::Warn, Level::Info].map(|level| file.report.count(level));
        OtherFile { path: file.report.path.clone(), rules: rules(file), errors, warnings, infos }
    };
    files.iter().filter(|file| file.post.is_none() && !file.report.diagnostics.is_empty()).map(other).collect()
}

/// A row for each post.
pub(super) fn pages(files: &[AuditedFile<'_>], hygiene: &Hygiene) -> Vec<Page> {
    let limits = Limits::known();
    files.iter().filter(|file| file.post.is_some()).map(|file| page(file, hygiene, &limits)).collect()
}

fn page(file: &AuditedFile<'_>, hygiene: &Hygiene, limits: &Limits) -> Page {
    let mut page = Page {
        path: file.report.path.clone(),
        hygiene: hygiene.score_of(&file.report.path),
        errors: file.report.count(Level::Error),
        warnings: file.report.count(Level::Warn),
        infos: file.report.count(Level::Info),
        rules: rules(file),
        ..Page::default()
    };
    let Some((post, facts, outline)) = file.outlined() else { return page };
    page.url = facts.url().map(str::to_owned);
    page.is_page = facts.is_page && facts.publication != Publication::Never;
    page.date = facts.day.and_then(date);
    page.terms = facts.terms.iter().map(|term| term.text.clone()).collect();
    page.characters = outline.characters;
    page.headings =
        outline.headings.iter().take(MAX_HEADINGS).map(|it| (it.level, it.text.chars().take(120).collect())).collect();
    page.images = outline.elements.images;
    page.images_with_alt = outline.elements.images_with_alt;
    page.links_out = outline.elements.links;
    page.links_elsewhere = elsewhere(facts);
    page.links_in = outline.links_in;
    match post.built {
        Some(built) => page.add_built(built, limits),
        None => page.add_written(facts, outline, limits),
    }
    page
}

impl Page {
    /// Adds the head of the built page: what search engines and social networks read.
    fn add_built(&mut self, built: &BuiltHead, limits: &Limits) {
        let head = &built.head;
        self.built = Some(built.file.clone());
        let title = built.title.clone().filter(|title| !title.is_empty());
        self.title = title.as_deref().map(|title| limits.title(title));
        self.description = head.description.as_deref().map(|text| limits.description(text));
        self.language.clone_from(&head.language);
        self.canonical.clone_from(&head.canonical);
        self.noindex = built.is_noindex;
        self.image.clone_from(&head.open_graph.image);
        let description = head.open_graph.description.clone().or_else(|| head.description.clone());
        self.card = Card::of(head.open_graph.title.clone().or(title), description, self.image.clone());
    }

    /// Adds what the post sets of its head.
    fn add_written(&mut self, facts: &PageFacts, outline: &Outline, limits: &Limits) {
        let [title, description] = [&facts.title, &facts.description].map(|it| it.as_ref().map(width::shown));
        self.title = title.as_deref().map(|text| limits.title(text));
        self.description = description.as_deref().map(|text| limits.description(text));
        self.language = facts.language.as_ref().map(|it| it.text.clone());
        self.canonical = facts.canonical.as_ref().map(|it| it.text.clone());
        self.noindex = outline.is_hidden_from_search;
        self.image = facts.images.iter().find(|image| image.key.is_some()).map(|image| image.src.clone());
        self.card = Card::of(title, description, self.image.clone());
    }
}

impl Card {
    fn of(title: Option<String>, description: Option<String>, image: Option<String>) -> Self {
        let [title, description] = [title, description].map(|it| it.map(|text| text.chars().take(MAX_TEXT).collect()));
        Card { title, description, image }
    }
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
