//! The check of a rule: what it subscribes to, and how it reports findings.

use crate::built::BuiltSite;
use crate::diagnostic::{Diagnostic, Elsewhere, Fix, FixLimit, Label, Level};
use crate::document::suppression::{Kind, Name, Suppression};
use crate::document::{Document, Element};
use crate::facts::SiteFacts;
use crate::pattern::Unusable;
use crate::rule::across::SiteContext;
use crate::rule::built::BuiltContext;
use crate::rule::meta::Meta;
use crate::rule::subject::Subject;
use crate::schema::{Demands, Violation};
use crate::source::Span;
use html5ever::LocalName;

/// What a check subscribes to. Queried once, so that dispatch is a table lookup.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Wants {
    /// Elements, one by one.
    Elements(Which),
    /// The elements of a post, all at once. Not called for posts without any.
    Together(Which),
    /// The document, once.
    Document,
    /// A document whose file is not UTF-8. No other check sees such a document.
    NotUtf8,
    /// The suppressions in a post, after all other rules have run.
    Suppressions,
    /// The facts of all posts of a site, once all of them are parsed.
    Site,
    /// The built pages of a site, once all of them are read.
    Built,
}

/// The elements that a check subscribes to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Which {
    /// Elements with one of these names.
    Named(Vec<LocalName>),
    /// Elements with this attribute.
    With(LocalName),
    /// All elements.
    Every,
}

/// A suppression in a post, and whether its names were used.
#[derive(Clone, Debug)]
pub struct Judged<'s> {
    /// The suppression.
    pub suppression: &'s Suppression,
    /// Names that suppressed no finding, although their rules ran.
    pub unused: Vec<Name>,
    /// Names that are not rule names, each with the most similar known name.
    pub unknown: Vec<(Name, Option<String>)>,
    /// Whether it is a `postlint-ignore-end` without names that does not end a region.
    pub ends_nothing: bool,
}

impl<'s> Judged<'s> {
    /// A suppression that has not been evaluated yet.
    pub fn of(suppression: &'s Suppression) -> Self {
        Judged { suppression, unused: Vec::new(), unknown: Vec::new(), ends_nothing: false }
    }

    /// Whether a rule about suppressions may find something here.
    pub fn is_wrong(&self) -> bool {
        let lacks_names =
            self.suppression.names.is_empty() && !matches!(self.suppression.kind, Kind::End | Kind::Setting);
        !self.unused.is_empty()
            || !self.unknown.is_empty()
            || self.ends_nothing
            || lacks_names
            || self.suppression.kind == Kind::Unknown
    }
}

impl Wants {
    /// Elements with these names (lower case), one by one.
    pub fn elements(names: &[&str]) -> Self {
        Wants::Elements(Which::named(names))
    }

    /// Elements with this attribute (lower case), one by one.
    pub fn elements_with(attribute: &str) -> Self {
        Wants::Elements(Which::With(attribute.into()))
    }

    /// The elements of a post with these names (lower case), all at once.
    pub fn together(names: &[&str]) -> Self {
        Wants::Together(Which::named(names))
    }

    /// The elements of a post with this attribute (lower case), all at once.
    pub fn together_with(attribute: &str) -> Self {
        Wants::Together(Which::With(attribute.into()))
    }
}

impl Which {
    fn named(names: &[&str]) -> Self {
        Which::Named(names.iter().map(|&name| name.into()).collect())
    }
}

/// Finds one kind of defect, in posts that its page [applies to](crate::rule::applies_to::AppliesTo). Elements that are
/// not in the source (implied ones, copies made by HTML's error recovery) are never passed to it.
pub trait Check: Send + Sync {
    /// What the check subscribes to.
    fn wants(&self) -> Wants;

    /// Whether [`site`](Self::site) is called as well, for a check that subscribes to something else: if rules across posts
    /// run, or if it is selected by name.
    fn wants_site(&self) -> bool {
        false
    }

    /// Whether [`built`](Self::built) is called, in an audit.
    fn wants_built(&self) -> bool {
        self.wants() == Wants::Built
    }

    /// Names of rules that say more about a span: where one of them has a finding, this check's finding with the same
    /// span is dropped.
    fn yields_to(&self) -> &'static [&'static str] {
        &[]
    }

    /// Whether a check of [`Wants::Site`] compares the texts of posts, whose facts then have [`Texts`](crate::facts::Texts).
    fn reads_texts(&self) -> bool {
        false
    }

    /// Whether a check of single posts looks at which other files are in the site.
    fn reads_files(&self) -> bool {
        false
    }

    /// Returns an error if one of the check's patterns does not compile. Called for options that users set; other
    /// patterns are compiled when they are first used.
    fn compile(&self) -> Result<(), Unusable> {
        Ok(())
    }

    /// Called for each element that it subscribes to, in document order ([`Wants::Elements`]).
    fn element(&self, _context: &mut Context<'_>, _element: Element<'_>) {}

    /// Called once for a document with elements that it subscribes to, with all of them in document order
    /// ([`Wants::Together`]).
    fn elements(&self, _context: &mut Context<'_>, _elements: &[Element<'_>]) {}

    /// Called once for each document ([`Wants::Document`], [`Wants::NotUtf8`]).
    fn document(&self, _context: &mut Context<'_>, _document: &Document<'_>) {}

    /// Called once for a document with suppressions, with all of them ([`Wants::Suppressions`]). May not be called if
    /// none [is wrong](Judged::is_wrong).
    fn suppressions(&self, _context: &mut Context<'_>, _judged: &[Judged<'_>]) {}

    /// Called once for each site ([`Wants::Site`], [`wants_site`](Self::wants_site)).
    fn site(&self, _context: &mut SiteContext<'_>, _site: &SiteFacts<'_>) {}

    /// Called once for the built pages of a site ([`Wants::Built`], [`wants_built`](Self::wants_built)).
    fn built(&self, _context: &mut BuiltContext<'_>, _site: &BuiltSite) {}
}

/// What a check may examine, and where it reports findings.
pub struct Context<'c> {
    /// The post.
    pub document: &'c Document<'c>,
    /// What the project's config requires of its front matter.
    pub demands: &'c Demands,
    subject: &'c Subject<'c>,
    meta: &'c Meta,
    severity: Severity,
    fix_limit: FixLimit,
    found: &'c mut Vec<Diagnostic>,
}

/// A finding as reported by a check. For a text that is `None`, the one of the rule's page is used.
#[derive(Clone, Debug, Default)]
pub struct Finding {
    /// The primary span.
    pub span: Span,
    /// What is wrong; by default the page's `summary`.
    pub message: Option<String>,
    /// The label of the span; by default the page's `label`.
    pub label: Option<String>,
    /// What to do; by default the page's `help`.
    pub help: Option<String>,
    /// Further spans that belong to the finding.
    pub related: Vec<Label>,
    /// Places in other posts that belong to the finding; only rules across posts know any.
    pub elsewhere: Vec<Elsewhere>,
    /// Number of further places in other files that are not in `elsewhere`.
    pub more_elsewhere: usize,
    /// The edits that would fix it.
    pub fix: Option<Fix>,
    /// Upper bound on the level, for cases milder than the rule's level, which `lower` in the page describes. A level
    /// that the config sets takes precedence.
    pub at_most: Option<Level>,
    /// The text that distinguishes the finding from others of its rule in the post, if that is not the text of its
    /// lines. An example is a duplicated value, because either copy may come first. Empty for a finding about the whole
    /// post.
    pub identity: Option<String>,
    /// Whether it is about a value that several posts share, so that it is the same finding in whichever of them it is
    /// reported.
    pub is_shared: bool,
    /// Number of posts that share the value, if one more is a new finding.
    pub sharing: usize,
}

impl Finding {
    /// Creates a finding at `span` with the texts of the page.
    pub fn at(span: Span) -> Self {
        Finding { span, ..Finding::default() }
    }

    /// Creates a finding about the whole post, shown at `span`, the first of several spans.
    pub fn of_post(span: Span) -> Self {
        Finding { identity: Some(String::new()), ..Finding::at(span) }
    }
}

/// The level of a rule, and whether the config sets it for all findings.
#[derive(Clone, Copy, Debug)]
pub struct Severity {
    /// The level.
    pub level: Level,
    /// Whether the config sets it, for all findings.
    pub is_set: bool,
}

impl Finding {
    /// The finding with the texts and the level of its rule.
    pub(super) fn of_rule(self, meta: &Meta, severity: Severity, fix_limit: FixLimit) -> Diagnostic {
        Diagnostic {
            rule: meta.name.clone(),
            level: match self.at_most.filter(|_| !severity.is_set) {
                Some(worst) => worst.min(severity.level),
                None => severity.level,
            },
            authority: meta.authority,
            message: self.message.unwrap_or_else(|| meta.summary.clone()),
            label: Label { span: self.span, message: self.label.unwrap_or_else(|| meta.label.clone()) },
            related: self.related,
            elsewhere: self.elsewhere,
            more_elsewhere: self.more_elsewhere,
            help: self.help.or_else(|| meta.help.clone()),
            fix: self.fix.and_then(|fix| fix_limit.limited(fix)),
            identity: self.identity,
            is_shared: self.is_shared,
            sharing: self.sharing,
        }
    }
}

impl<'c> Context<'c> {
    /// Creates a context for one rule. Findings are added to `found`.
    pub fn new(subject: &'c Subject<'c>, meta: &'c Meta, level: Level, found: &'c mut Vec<Diagnostic>) -> Self {
        let (document, demands) = (subject.document, subject.demands);
        let severity = Severity { level, is_set: false };
        Context { document, demands, subject, meta, severity, fix_limit: FixLimit::None, found }
    }

    /// With a level that all findings have, because the config sets it.
    pub fn with_level_set(self, is_set: bool) -> Self {
        Context { severity: Severity { is_set, ..self.severity }, ..self }
    }

    /// With the limit that the config sets for the rule's fixes.
    pub fn with_fix_limit(self, fix_limit: FixLimit) -> Self {
        Context { fix_limit, ..self }
    }

    /// All violations of the [`demands`](Self::demands).
    pub fn violations(&self) -> &'c [Violation] {
        self.subject.violations()
    }

    /// Reports a finding. A fix that cannot be applied to the post is dropped.
    pub fn report(&mut self, finding: Finding) {
        let text = self.document.source.text();
        let finding = Finding { fix: finding.fix.filter(|fix| fix.is_applicable(text)), ..finding };
        self.found.push(finding.of_rule(self.meta, self.severity, self.fix_limit));
    }
}
