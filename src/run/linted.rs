//! A post together with its findings.

use crate::engine::audit_summary::Settled;
use crate::engine::making::{Making, report_templates_once};
use crate::engine::suppress::Ran;
use crate::engine::{Checked, FileReport};
use crate::facts::PageFacts;
use crate::project::Post;

/// A post and its findings.
pub struct Linted {
    /// The post.
    pub post: Post,
    /// Its findings.
    pub report: FileReport,
    /// How its file was made.
    pub making: Making,
    /// What an audit shows of it; `None` in other runs, and for files that are not posts.
    pub facts: Option<Box<PageFacts>>,
    /// Its findings that are not reported, in an audit.
    pub settled: Settled,
}

impl Linted {
    /// Applies the suppressions of a post on which these rules `ran`. `path` is the path to print.
    pub fn suppressed(post: Post, checked: Checked, path: String, ran: Ran) -> Self {
        let (making, mut checked) = (checked.making, checked);
        let facts = checked.facts.take().filter(|facts| facts.outline.is_some());
        let settled = match facts {
            Some(_) => Settled::of(&checked.suppressions, &checked.findings, post.rules.catalog()),
            None => Settled::default(),
        };
        Linted { report: checked.suppressed(post.setup(), path, ran), making, post, facts, settled }
    }

    /// A file that is not a post, such as a config, a layout or a built page.
    pub fn of_file(post: Post, report: FileReport) -> Self {
        Linted { post, report, making: Making::default(), facts: None, settled: Settled::default() }
    }

    /// Lets `hide` take away known findings.
    pub fn hide_known<T>(&mut self, hide: impl FnOnce(&mut FileReport) -> T) -> T {
        let report = &mut self.report;
        if self.facts.is_none() {
            return hide(report);
        }
        self.settled.note_known(report, hide)
    }
}

/// Keeps one of the findings that a template causes in many pages. Baselines contain all of them, so that any page may
/// be checked alone.
pub fn keep_one_of_each_template(linted: &mut [Linted]) {
    let mut pages: Vec<_> = linted.iter_mut().map(|linted| (linted.making, &mut linted.report)).collect();
    report_templates_once(&mut pages);
}
