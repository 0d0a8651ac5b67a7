//! What is known of an open document as a post: its own findings, those of rules across posts, and what is left of them.

use crate::diagnostic::{Diagnostic, Fix, Label};
use crate::edit::Edit;
use crate::engine::suppress::{Ran, Suppressions};
use crate::engine::{Checked, unsuppressed};
use crate::facts::PageFacts;
use crate::project::ConfigError;
use crate::server::workspace::{Located, Workspace};
use crate::source::{Source, Span};
use std::path::Path;
use std::sync::Arc;

/// The state of a document. Everything is computed when it is asked for.
#[derive(Default)]
pub struct Check {
    /// The post with its settings; the last good ones while its config has mistakes, or else the default ones.
    located: Option<Box<Located>>,
    /// Whether its config was without mistakes before, so that there are last good settings.
    has_good: bool,
    /// Whether the settings are those of the files as they are now.
    is_current: bool,
    own: Option<Own>,
    across: Across,
    findings: Option<Findings>,
}

/// What the post alone says.
struct Own {
    findings: Vec<Diagnostic>,
    facts: Option<Box<PageFacts>>,
    suppressions: Arc<Suppressions>,
}

/// What rules across posts found.
#[derive(Default)]
struct Across {
    /// Their findings. While the post is edited, those of the text before, moved with it. `None` before the first answer.
    known: Option<Vec<Diagnostic>>,
    /// The facts of the last question, and the suppressions.
    asked: Option<(Box<PageFacts>, Arc<Suppressions>)>,
    /// The number of the last question.
    number: u64,
}

/// What is done while a config has mistakes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Meanwhile {
    /// The settings from before the mistakes apply.
    LastGood,
    /// The config has had mistakes from the start: the default settings apply.
    Defaults,
    /// The site cannot be read either.
    Nothing,
}

/// A question to the rules across posts.
pub struct Question {
    /// Its number, which the answer repeats.
    pub number: u64,
    /// The facts of the post.
    pub facts: Box<PageFacts>,
    /// What its author suppresses.
    pub suppressions: Arc<Suppressions>,
    /// Whether its URL differs from that of the question before, which other posts may refer to.
    pub has_moved: bool,
}

/// The findings in a document.
#[derive(Default)]
pub struct Findings {
    /// All that are not suppressed. Fixes are proved against these.
    pub all: Vec<Diagnostic>,
    /// Those that no baseline knows.
    pub shown: Vec<Diagnostic>,
}

impl Check {
    /// Brings the findings up to date. Returns an error if the config has mistakes, and what is done until it is corrected.
    pub fn update(
        &mut self,
        path: &Path,
        source: &Source,
        workspace: &mut Workspace,
    ) -> Result<(), (ConfigError, Meanwhile)> {
        let mut result = Ok(());
        if !self.is_current {
            match workspace.post(path) {
                Ok(located) => (self.located, self.has_good) = (located.map(Box::new), true),
                Err(error) => result = Err((error, self.without_config(path, workspace))),
            }
            self.is_current = true;
            (self.own, self.findings, self.across.asked) = (None, None, None);
        }
        let Some(located) = &self.located else {
            self.findings = Some(Findings::default());
            return result;
        };
        let own = self.own.get_or_insert_with(|| Own::of(located, source));
        if self.findings.is_none() {
            self.findings = Some(Findings::of(located, source, own, self.across.known.as_deref()));
        }
        result
    }

    /// Goes on without the config, which has mistakes.
    fn without_config(&mut self, path: &Path, workspace: &mut Workspace) -> Meanwhile {
        if self.has_good {
            return Meanwhile::LastGood;
        }
        let located = workspace.post_without_config(path);
        let meanwhile = if located.is_ok() { Meanwhile::Defaults } else { Meanwhile::Nothing };
        self.located = located.ok().flatten().map(Box::new);
        meanwhile
    }

    /// The question to the rules across posts, if the facts of the post have changed since the last one.
    pub fn question(&mut self) -> Option<Question> {
        let own = self.own.as_ref()?;
        let facts = own.facts.as_ref()?;
        let before = self.across.asked.as_ref();
        if before.is_some_and(|(asked, suppressed)| asked == facts && *suppressed == own.suppressions) {
            return None;
        }
        let has_moved = before.is_some_and(|(asked, _)| asked.publication != facts.publication);
        let suppressions = own.suppressions.clone();
        self.across.asked = Some((facts.clone(), suppressions.clone()));
        self.across.number += 1;
        let number = self.across.number;
        Some(Question { number, facts: facts.clone(), suppressions, has_moved })
    }

    /// Takes the answer to a question. Returns whether it is that to the last one.
    pub fn answer(&mut self, number: u64, found: Vec<Diagnostic>) -> bool {
        let is_last = number == self.across.number;
        if is_last {
            self.across.known = Some(found);
            self.findings = None;
        }
        is_last
    }

    /// The findings as of the last update.
    pub fn findings(&self) -> Option<&Findings> {
        self.findings.as_ref()
    }

    /// What rules across posts know of it, as of the last update.
    pub fn facts(&self) -> Option<&PageFacts> {
        self.own.as_ref()?.facts.as_deref()
    }

    /// What its author suppresses, as of the last update.
    pub fn suppressions(&self) -> Option<&Suppressions> {
        self.own.as_ref().map(|own| &*own.suppressions)
    }

    /// The post, if the document is one.
    pub fn located(&self) -> Option<&Located> {
        self.located.as_deref()
    }

    /// The post, to take what is to be told of it.
    pub fn located_mut(&mut self) -> Option<&mut Located> {
        self.located.as_deref_mut()
    }

    /// Forgets the settings, after a file that they depend on may have changed.
    pub fn forget(&mut self) {
        self.is_current = false;
    }

    /// Follows an edit of the text: `span` was replaced by `len` bytes.
    pub fn edited(&mut self, span: Span, len: u32) {
        (self.own, self.findings) = (None, None);
        if let Some(known) = &mut self.across.known {
            known.retain_mut(|finding| moved_finding(finding, span, len).is_some());
        }
    }

    /// Follows the replacement of the whole text.
    pub fn replaced(&mut self) {
        (self.own, self.findings) = (None, None);
        self.across.known = self.across.known.as_ref().map(|_| Vec::new());
    }
}

impl Own {
    fn of(located: &Located, source: &Source) -> Self {
        let checked = Checked::of(located.post.setup(), Source::new(source.text()), &mut ());
        Own { findings: checked.findings, facts: checked.facts, suppressions: checked.suppressions }
    }
}

impl Findings {
    fn of(located: &Located, source: &Source, own: &Own, across: Option<&[Diagnostic]>) -> Self {
        let post = &located.post;
        let mut found = own.findings.clone();
        for finding in across.unwrap_or_default() {
            if !post.rules.yields(finding, &found) {
                found.push(finding.clone());
            }
        }
        // Before rules across posts have run, it is not known which suppressions of them are unused.
        let ran = if own.facts.is_some() && across.is_none() { Ran::InPost } else { Ran::Across };
        let all = unsuppressed(post.setup(), source, &own.suppressions, found, ran);
        let mut shown = all.clone();
        located.hide_known(source, &mut shown);
        Findings { all, shown }
    }
}

/// Moves a finding with the text after `span` was replaced by `len` bytes. `None` if the edit is inside of it.
fn moved_finding(finding: &mut Diagnostic, span: Span, len: u32) -> Option<()> {
    finding.label.span = moved(finding.label.span, span, len)?;
    finding.related.retain_mut(|Label { span: at, .. }| moved(*at, span, len).map(|after| *at = after).is_some());
    finding.fix = finding.fix.take().and_then(|fix| moved_fix(&fix, span, len));
    Some(())
}

fn moved_fix(fix: &Fix, span: Span, len: u32) -> Option<Fix> {
    let edit = |edit: &Edit| Some(Edit { span: moved(edit.span, span, len)?, text: edit.text.clone() });
    let edits: Vec<Edit> = fix.edits().iter().map(edit).collect::<Option<_>>()?;
    let about = fix.about.and_then(|about| moved(about, span, len));
    let mut after = Fix::new(fix.title.clone(), fix.safety, edits);
    (after.renests, after.about) = (fix.renests, about);
    Some(after)
}

fn moved(at: Span, replaced: Span, len: u32) -> Option<Span> {
    if at.end <= replaced.start {
        return Some(at);
    }
    let after = |offset: u32| offset.checked_sub(replaced.end).map(|rest| rest + replaced.start + len);
    Some(Span::new(after(at.start)?, after(at.end)?))
}
