//! The phases of linting a post: first parsing and checking, then suppressing. Between them, a run may add findings
//! that depend on several posts. A panic in a phase does not end the run.

use crate::diagnostic::Diagnostic;
use crate::digest::Digest;
use crate::document::Document;
use crate::engine::check::{Observer, check};
use crate::engine::failure::caught;
use crate::engine::making::Making;
use crate::engine::report::{FileReport, internal_error};
use crate::engine::suppress::{Outcome, Ran, Suppressions};
use crate::facts::PageFacts;
use crate::facts::outline::Outline;
use crate::place::Place;
use crate::place::notes::{self, Notes};
use crate::ruleset::Ruleset;
use crate::schema::Demands;
use crate::site::urls::{Page, PageUrls, Publication};
use crate::source::Source;
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// How a post is parsed, and the rules and requirements for it.
#[derive(Clone, Copy)]
pub struct Setup<'a> {
    /// Its path and its site.
    pub place: &'a Place,
    /// The rules to run on it.
    pub rules: &'a Ruleset,
    /// The front matter that its config requires.
    pub demands: &'a Demands,
    /// The URLs of its site, if rules across posts need its facts.
    pub urls: Option<&'a dyn PageUrls>,
}

/// The text of a checked post.
#[derive(Debug)]
pub enum Text {
    /// It was read.
    Read(Source),
    /// It is not in memory: what is found in a text with this digest is known.
    Unread(Digest),
}

impl Text {
    /// The text, if it was read.
    pub fn read(&self) -> Option<&Source> {
        match self {
            Text::Read(source) => Some(source),
            Text::Unread(_) => None,
        }
    }
}

/// A post that has been parsed and checked, before suppressions are applied.
#[derive(Debug)]
pub struct Checked {
    /// The text that the spans refer to.
    pub text: Text,
    /// All findings, unsorted.
    pub findings: Vec<Diagnostic>,
    /// How the file was made.
    pub making: Making,
    /// What rules across posts know of it, if they run. Boxed: long lists of posts are moved several times.
    pub facts: Option<Box<PageFacts>>,
    /// The digest of all that is [`Known`] of it, if that is in the cache. Its facts may then be there only.
    pub kept: Option<Digest>,
    /// What its author suppresses.
    pub suppressions: Arc<Suppressions>,
}

/// What was asked to learn the facts of a post, and to check it.
#[derive(Clone, Debug, Default)]
pub struct Asked {
    /// For its facts, what its author suppresses, and how its file was made.
    pub for_facts: Notes,
    /// For these and the findings.
    pub for_all: Notes,
}

/// The findings, what is known besides, and what was asked; without notes, nothing was.
type Worked = (Vec<Diagnostic>, (Making, Option<Box<PageFacts>>, Suppressions), Asked);

impl Checked {
    /// Parses a post and runs its rules.
    pub fn of(setup: Setup<'_>, source: Source, observer: &mut impl Observer) -> Self {
        Checked::with(setup, source, observer, |work| work()).0
    }

    /// The same, and what was asked to find it; `None` if the post could not be checked.
    pub fn noted(setup: Setup<'_>, source: Source, observer: &mut impl Observer) -> (Self, Option<Asked>) {
        Checked::with(setup, source, observer, |work| notes::during(work).0)
    }

    fn with(
        setup: Setup<'_>,
        source: Source,
        observer: &mut impl Observer,
        run: impl FnOnce(&mut dyn FnMut() -> Worked) -> Worked,
    ) -> (Self, Option<Asked>) {
        let mut work = || {
            let document = observer.read(|| Document::parse(&source, setup.place));
            // What a document was asked once is not asked again: all that facts depend on is noted only if they are first.
            let known = (Making::of(&document), facts(&document, setup), Suppressions::of(&document));
            let for_facts = notes::so_far();
            let findings = check(&document, setup.rules, setup.demands, observer);
            (findings, known, Asked { for_facts, for_all: notes::so_far() })
        };
        let failed =
            |cause: String| (vec![internal_error(&cause)], (Making::default(), None, Suppressions::default()), None);
        let worked = caught(|| run(&mut work)).map(|(findings, known, asked)| (findings, known, Some(asked)));
        let (findings, (making, facts, suppressions), asked) = worked.unwrap_or_else(failed);
        let text = Text::Read(source);
        (Checked { text, findings, making, facts, kept: None, suppressions: Arc::new(suppressions) }, asked)
    }

    /// The same without a text in which nothing is found, so that a run on many posts takes less memory. Rules across posts
    /// may find something all the same: then it is read again.
    pub fn without_idle_text(self) -> Self {
        let is_idle = self.findings.is_empty() && self.suppressions.is_empty();
        let text = match self.text {
            Text::Read(source) if is_idle => Text::Unread(Digest::of(source.text().as_bytes())),
            text => text,
        };
        Checked { text, ..self }
    }

    /// Whether its text is needed: it was not read, and there is something to show or to suppress in it.
    pub fn lacks_text(&self) -> bool {
        self.text.read().is_none() && !(self.findings.is_empty() && self.suppressions.is_empty())
    }

    /// Applies the suppressions, after all findings of the rules that `ran` are known, to a post that does not lack its text. `path`
    /// is the path to print.
    pub fn suppressed(self, setup: Setup<'_>, path: String, ran: Ran) -> FileReport {
        let Checked { text, findings, suppressions, .. } = self;
        let source = match text {
            Text::Read(source) => source,
            Text::Unread(_) => Source::new(""),
        };
        let diagnostics = unsuppressed(setup, &source, &suppressions, findings, ran);
        FileReport { path, source, diagnostics }
    }
}

/// The findings that a post's suppressions leave, and those about the suppressions, sorted. `found` are those of all rules
/// that `ran`.
pub fn unsuppressed(
    setup: Setup<'_>,
    source: &Source,
    suppressions: &Suppressions,
    found: Vec<Diagnostic>,
    ran: Ran,
) -> Vec<Diagnostic> {
    let mut found = found;
    let work = || {
        if !suppressions.is_empty() {
            suppress(setup, source, suppressions, ran, &mut found);
        }
        sort(&mut found);
        found
    };
    caught(work).unwrap_or_else(|cause| vec![internal_error(&cause)])
}

/// What is known of a post that is not checked itself.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Known {
    /// How the file was made.
    pub making: Making,
    /// What its author suppresses.
    pub suppressions: Arc<Suppressions>,
    /// What rules across posts know of it, if they run. Last, so that the rest can be decoded [without it](KnownHead).
    pub facts: Option<Box<PageFacts>>,
}

/// What a [`Known`] begins with.
#[derive(Deserialize)]
pub struct KnownHead {
    /// How the file was made.
    pub making: Making,
    /// What its author suppresses.
    pub suppressions: Arc<Suppressions>,
    /// Whether facts follow: an `Option` begins with this.
    pub has_facts: bool,
}

impl Known {
    /// Parses a post without checking it. `None` if it could not be parsed.
    pub fn of(setup: Setup<'_>, source: &Source) -> Option<Self> {
        caught(|| Known::parsed(setup, source)).ok()
    }

    /// The same, and what was asked.
    pub fn noted(setup: Setup<'_>, source: &Source) -> Option<(Self, Notes)> {
        caught(|| notes::during(|| Known::parsed(setup, source))).ok()
    }

    fn parsed(setup: Setup<'_>, source: &Source) -> Self {
        let document = Document::parse(source, setup.place);
        let suppressions = Arc::new(Suppressions::of(&document));
        Known { making: Making::of(&document), facts: facts(&document, setup), suppressions }
    }

    /// What rules across posts need: the facts, unless the file was made of others, and what the author suppresses.
    pub fn across(self) -> Option<(Box<PageFacts>, Arc<Suppressions>)> {
        let is_source = self.making.built_by.is_none() && !self.making.is_generated;
        Some((self.facts.filter(|_| is_source)?, self.suppressions))
    }
}

/// What rules across posts need of a post that is not checked itself: its facts, and what its author suppresses.
pub fn facts_of(setup: Setup<'_>, source: &Source) -> Option<(Box<PageFacts>, Arc<Suppressions>)> {
    Known::of(setup, source)?.across()
}

fn facts(document: &Document<'_>, setup: Setup<'_>) -> Option<Box<PageFacts>> {
    let (rules, place) = (setup.rules, setup.place);
    if document.source.not_utf8().is_some() || setup.urls.is_none() && !rules.outlines() {
        return None;
    }
    let page = Page::of(&place.path, &document.front_matter, document.source, place.generator);
    let publication = setup.urls.map_or(Publication::Unknown, |urls| urls.publication(&page, place.now));
    let mut facts = Box::new(PageFacts::of(document, publication, rules.reads_texts()));
    facts.post_name = setup.urls.and_then(|urls| urls.post_name(&page)).map(Box::new);
    if rules.outlines() {
        let applies = rules.rules().iter().map(|rule| rule.meta.applies_to.holds(document)).collect();
        facts.outline = Some(Box::new(Outline::of(document, facts.description.is_some(), applies)));
    }
    Some(facts)
}

fn suppress(setup: Setup<'_>, source: &Source, suppressions: &Suppressions, ran: Ran, findings: &mut Vec<Diagnostic>) {
    let outcome = Outcome::of(suppressions, setup.rules, ran, findings);
    if outcome.is_wrong() {
        // Parse again: few posts need this, and it costs less than keeping all trees until all posts are checked.
        outcome.report(&Document::parse(source, setup.place), setup.rules, setup.demands, findings);
    }
}

/// The findings of the rules in a parsed post, without suppressed ones, sorted by position.
pub fn lint(document: &Document<'_>, rules: &Ruleset, demands: &Demands) -> Vec<Diagnostic> {
    let mut findings = check(document, rules, demands, &mut ());
    let suppressions = Suppressions::of(document);
    if !suppressions.is_empty() {
        Outcome::of(&suppressions, rules, Ran::InPost, &mut findings).report(document, rules, demands, &mut findings);
    }
    sort(&mut findings);
    findings
}

fn sort(findings: &mut Vec<Diagnostic>) {
    findings.sort_by(|a, b| (a.label.span, &a.rule, &a.message).cmp(&(b.label.span, &b.rule, &b.message)));
    // A link reference that is used twice produces two links with the same span.
    findings.dedup_by(|a, b| a.label.span == b.label.span && a.rule == b.rule && a.message == b.message);
}
