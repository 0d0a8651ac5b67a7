//! The hygiene score `hygiene/1`: how many of the checks that have a source and need no judgement a post passes. It is not a
//! measure of ranking or quality, and never the headline.
//!
//! The checks and their weights are part of the version: a config that sets other levels does not change the score, and a
//! check that is added makes another version.

use crate::engine::audit_summary::AuditedFile;
use crate::facts::PageFacts;
use crate::facts::outline::Outline;
use crate::ruleset::Ruleset;
use rustc_hash::FxHashMap;
use serde::Serialize;
use std::collections::BTreeMap;
use std::ptr;

/// The version of the score.
pub const VERSION: &str = "hygiene/1";

/// The highest score of a post that cannot be published or found.
pub const CAP: u32 = 49;

/// The rules whose findings keep a page from being published as it is written, or from being found.
const BLOCKERS: [&str; 7] = [
    "front-matter-invalid",
    "front-matter-unclosed",
    "page-noindex",
    "canonical-wrong",
    "title-missing",
    "title-element-missing",
    "template-unrendered",
];

/// Whether a finding of the rule is a blocker.
pub fn is_blocker(rule: &str) -> bool {
    BLOCKERS.contains(&rule)
}

/// What a check looks at: as many times as there is one in a post, the check is passed or not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    /// The post, once.
    Post,
    /// Its front matter, once.
    FrontMatter,
    /// Its title, once.
    Title,
    /// Its description, once.
    Description,
    /// A picture.
    Image,
    /// A picture with an alternative text.
    Alt,
    /// A picture in Markdown.
    MarkdownImage,
    /// A link.
    Link,
    /// A link around a picture.
    ImageLink,
    /// A link with `rel`.
    Rel,
    /// A heading.
    Heading,
    /// A table.
    Table,
    /// An `iframe`.
    Iframe,
    /// An element with a `role`.
    Role,
    /// An element with an `id`.
    Id,
    /// A script of JSON-LD.
    JsonLd,
}

/// The weight of a check that finds what is objectively broken.
const ERROR: u32 = 10;
/// The weight of a check that finds what is very probably a mistake.
const WARN: u32 = 5;
/// The weight of a check that finds what might be better.
const INFO: u32 = 2;

/// The checks with their weights and what they look at.
const CHECKS: [(&str, u32, Unit); 41] = [
    ("front-matter-invalid", ERROR, Unit::FrontMatter),
    ("front-matter-duplicate-key", ERROR, Unit::FrontMatter),
    ("title-missing", ERROR, Unit::Post),
    ("value-wrong-type", ERROR, Unit::FrontMatter),
    ("alt-missing", ERROR, Unit::Image),
    ("image-src-bad", ERROR, Unit::Image),
    ("link-text-missing", ERROR, Unit::Link),
    ("link-nested", ERROR, Unit::Link),
    ("url-malformed", ERROR, Unit::Link),
    ("scalar-ambiguous", WARN, Unit::FrontMatter),
    ("summary-missing", WARN, Unit::Post),
    ("title-generic", WARN, Unit::Title),
    ("description-poor", WARN, Unit::Description),
    ("alt-blank", WARN, Unit::Alt),
    ("alt-filename", WARN, Unit::Alt),
    ("alt-placeholder", WARN, Unit::Alt),
    ("alt-stuffed", WARN, Unit::Alt),
    ("href-empty", WARN, Unit::Link),
    ("href-not-crawlable", WARN, Unit::Link),
    ("link-text-generic", WARN, Unit::Link),
    ("rel-unknown-token", WARN, Unit::Rel),
    ("rel-bad-separator", WARN, Unit::Rel),
    ("paid-link-unqualified", WARN, Unit::Link),
    ("element-obsolete", WARN, Unit::Post),
    ("heading-empty", WARN, Unit::Heading),
    ("table-without-headers", WARN, Unit::Table),
    ("markup-broken", WARN, Unit::Post),
    ("text-hidden", WARN, Unit::Post),
    ("invisible-characters", WARN, Unit::Post),
    ("text-decomposed-hangul", WARN, Unit::Post),
    ("title-repeats", INFO, Unit::Title),
    ("alt-repeats-text", INFO, Unit::Alt),
    ("link-split", INFO, Unit::Link),
    ("rel-duplicate-token", INFO, Unit::Rel),
    ("br-spacing", INFO, Unit::Post),
    // What few posts have.
    ("alt-empty-markdown", WARN, Unit::MarkdownImage),
    ("image-link-unnamed", ERROR, Unit::ImageLink),
    ("iframe-untitled", WARN, Unit::Iframe),
    ("role-img-unnamed", ERROR, Unit::Role),
    ("id-duplicate", WARN, Unit::Id),
    ("json-ld-invalid", ERROR, Unit::JsonLd),
];

/// What a check of the score looks at; `None` for other rules.
pub fn unit_of(rule: &str) -> Option<Unit> {
    CHECKS.iter().find(|(name, ..)| *name == rule).map(|(.., unit)| *unit)
}

impl Unit {
    /// The word for it.
    pub fn noun(self) -> &'static str {
        match self {
            Unit::Post => "a text",
            Unit::FrontMatter => "front matter",
            Unit::Title => "a title",
            Unit::Description => "a description",
            Unit::Image => "a picture",
            Unit::Alt => "a picture with an alternative text",
            Unit::MarkdownImage => "a picture in Markdown",
            Unit::Link => "a link",
            Unit::ImageLink => "a link around a picture",
            Unit::Rel => "a link with `rel`",
            Unit::Heading => "a heading",
            Unit::Table => "a table",
            Unit::Iframe => "an `iframe`",
            Unit::Role => "an element with a `role`",
            Unit::Id => "an element with an `id`",
            Unit::JsonLd => "a script of JSON-LD",
        }
    }

    /// How many there are in a post.
    pub fn count(self, outline: &Outline) -> usize {
        let elements = &outline.elements;
        match self {
            Unit::Post => 1,
            Unit::FrontMatter => usize::from(outline.has_front_matter),
            Unit::Title => usize::from(outline.has_title),
            Unit::Description => usize::from(outline.has_description),
            Unit::Image => elements.images,
            Unit::Alt => elements.images_with_alt,
            Unit::MarkdownImage => elements.markdown_images,
            Unit::Link => elements.links,
            Unit::ImageLink => elements.links_around_images,
            Unit::Rel => elements.links_with_rel,
            Unit::Heading => elements.headings,
            Unit::Table => elements.tables,
            Unit::Iframe => elements.iframes,
            Unit::Role => elements.with_role,
            Unit::Id => elements.with_id,
            Unit::JsonLd => elements.json_ld,
        }
    }
}

/// The scores of an audit.
#[derive(Clone, Debug, Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Hygiene {
    /// The version.
    pub version: &'static str,
    /// Number of posts with a score.
    pub posts: usize,
    /// The median of their scores; `None` without any.
    pub median: Option<u32>,
    /// The score that nine in ten posts have or exceed.
    pub low: Option<u32>,
    /// Number of posts with scores from 0 to 9, 10 to 19 and so on; those with 100 are the last.
    pub histogram: [usize; 11],
    /// Number of posts whose score is capped, because of a blocker.
    pub capped: usize,
    /// What each check takes away, summed over the posts, the most first.
    pub lost: Vec<Lost>,
    #[serde(skip)]
    scores: FxHashMap<String, u32>,
}

/// What a check takes away.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Lost {
    /// The rule's name.
    pub rule: &'static str,
    /// Its weight.
    pub weight: u32,
    /// Number of posts that do not pass it, or not everywhere.
    pub posts: usize,
}

/// The score of a post, with its sum.
#[derive(Clone, Debug)]
pub struct Sum {
    /// The checks that apply.
    pub terms: Vec<Term>,
    /// The checks that do not apply.
    pub not_applicable: Vec<&'static str>,
    /// The checks that did not run, or whose findings are suppressed or known.
    pub left_out: Vec<&'static str>,
    /// The rules with blockers.
    pub blockers: Vec<String>,
    /// The number of findings that are not scored.
    pub advice: usize,
}

/// A check in the sum.
#[derive(Clone, Copy, Debug)]
pub struct Term {
    /// The rule's name.
    pub rule: &'static str,
    /// Its weight.
    pub weight: u32,
    /// How many elements pass.
    pub passing: usize,
    /// How many elements there are.
    pub of: usize,
}

impl Term {
    /// What is left of its weight.
    pub fn points(&self) -> f64 {
        f64::from(self.weight) * self.passing as f64 / self.of.max(1) as f64
    }
}

/// The index of each check in a ruleset; `None` for those that do not run.
struct Checks([Option<usize>; CHECKS.len()]);

impl Checks {
    fn of(rules: &Ruleset) -> Self {
        Checks(CHECKS.map(|(rule, ..)| rules.names().position(|name| name == rule)))
    }
}

impl Sum {
    /// The sum of a post; `None` if it could not be parsed, or does not become a page.
    pub fn of(file: &AuditedFile<'_>) -> Option<Self> {
        let post = file.post?;
        Sum::with(file, &Checks::of(post.rules))
    }

    /// The same, with the checks of its rules.
    fn with(file: &AuditedFile<'_>, checks: &Checks) -> Option<Self> {
        let (post, facts, outline) = file.outlined()?;
        let mut found: BTreeMap<&str, usize> = BTreeMap::new();
        for finding in &file.report.diagnostics {
            *found.entry(&finding.rule).or_default() += 1;
        }
        let mut sum = Sum {
            terms: Vec::new(),
            not_applicable: Vec::new(),
            left_out: Vec::new(),
            blockers: found.keys().filter(|rule| is_blocker(rule)).map(|rule| (*rule).to_owned()).collect(),
            advice: 0,
        };
        for ((rule, weight, unit), index) in CHECKS.into_iter().zip(checks.0) {
            let of = unit.count(outline);
            let applies = index.map(|index| outline.applies.get(index).copied().unwrap_or(false));
            match applies {
                None => sum.left_out.push(rule),
                Some(_) if post.settled.has(rule) => sum.left_out.push(rule),
                Some(false) if !found.contains_key(rule) => sum.not_applicable.push(rule),
                Some(_) if of == 0 && !found.contains_key(rule) => sum.not_applicable.push(rule),
                Some(_) => {
                    let (wrong, of) = (found.get(rule).copied().unwrap_or(0), of.max(1));
                    sum.terms.push(Term { rule, weight, passing: of.saturating_sub(wrong), of });
                }
            }
        }
        let is_scored = |rule: &str| sum.terms.iter().any(|term| term.rule == rule);
        sum.advice = found.iter().filter(|(rule, _)| !is_scored(rule)).map(|(_, times)| times).sum();
        (is_scorable(facts) && !sum.terms.is_empty()).then_some(sum)
    }

    /// The points that the checks leave.
    pub fn points(&self) -> f64 {
        self.terms.iter().map(Term::points).sum()
    }

    /// The points that there are.
    pub fn all(&self) -> u32 {
        self.terms.iter().map(|term| term.weight).sum()
    }

    /// The share of the points in percent, rounded down, before a cap.
    pub fn uncapped(&self) -> u32 {
        // A hundred is a post without anything lost, however many checks there are.
        (self.points() * 100.0 / f64::from(self.all().max(1)) + 1e-9) as u32
    }

    /// The score.
    pub fn score(&self) -> u32 {
        if self.blockers.is_empty() { self.uncapped() } else { self.uncapped().min(CAP) }
    }
}

/// The score in the middle; the mean of two, rounded down, if there are two.
fn median(sorted: &[u32]) -> Option<u32> {
    let upper = sorted.get(sorted.len() / 2)?;
    let lower = sorted.get(sorted.len().saturating_sub(1) / 2)?;
    Some(u32::midpoint(*lower, *upper))
}

/// Whether the score says something about a file: not about parts of pages, drafts and the like. What has broken front matter
/// should have become a page.
fn is_scorable(facts: &PageFacts) -> bool {
    facts.is_page || facts.outline.as_ref().is_some_and(|it| it.has_front_matter && it.keys.is_empty())
}

impl Hygiene {
    /// The scores of all posts.
    pub fn of(files: &[AuditedFile<'_>]) -> Self {
        let mut hygiene = Hygiene { version: VERSION, ..Hygiene::default() };
        let (mut scores, mut lost): (Vec<u32>, BTreeMap<&str, usize>) = (Vec::new(), BTreeMap::new());
        let mut checks: FxHashMap<*const Ruleset, Checks> = FxHashMap::default();
        for file in files {
            let Some(post) = file.post else { continue };
            // Many posts have the same rules.
            let checks = checks.entry(ptr::from_ref(post.rules)).or_insert_with(|| Checks::of(post.rules));
            let Some(sum) = Sum::with(file, checks) else { continue };
            let score = sum.score();
            scores.push(score);
            hygiene.scores.insert(file.report.path.clone(), score);
            hygiene.capped += usize::from(!sum.blockers.is_empty());
            if let Some(bar) = hygiene.histogram.get_mut(score as usize / 10) {
                *bar += 1;
            }
            sum.terms
                .iter()
                .filter(|term| term.passing < term.of)
                .for_each(|term| *lost.entry(term.rule).or_default() += 1);
        }
        scores.sort_unstable();
        hygiene.posts = scores.len();
        hygiene.median = median(&scores);
        hygiene.low = scores.get(scores.len() / 10).copied();
        let of_check = |(rule, weight, _): (&'static str, u32, Unit)| {
            lost.get(rule).map(|posts| Lost { rule, weight, posts: *posts })
        };
        hygiene.lost = CHECKS.into_iter().filter_map(of_check).collect();
        hygiene.lost.sort_by_key(|lost| std::cmp::Reverse(lost.posts * lost.weight as usize));
        hygiene
    }

    /// The score of the post with this path.
    pub fn score_of(&self, path: &str) -> Option<u32> {
        self.scores.get(path).copied()
    }
}
