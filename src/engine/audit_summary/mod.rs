//! The numbers of an audit: computed once from the findings and the facts of a run, for the report, Markdown, JSON and the
//! terminal.

mod cause;
mod comparison;
mod duplicates;
pub mod hygiene;
mod input;
pub mod inventory;
mod keys;
mod links;
mod rules;
mod states;
mod totals;
mod width;

pub use comparison::{Comparison, Earlier, Identity, Narrowed, compare};
pub use duplicates::Duplicates;
pub use hygiene::Hygiene;
pub use input::{AuditedFile, AuditedPost, BuiltHead, Settled, Waivers, rulesets};
pub use inventory::{Card, OtherFile, Page};
pub use keys::FrontMatter;
pub use links::{Images, Links};
pub use rules::{ALL_SHOWN, Blockers, Excerpt, FixFirst, RuleFindings, Waiver};
pub use states::RuleState;
pub use totals::{Scope, SiteScope, Totals};
pub use width::{Limits, Width};

use crate::engine::RuleInfo;
use serde::Serialize;
use std::collections::BTreeMap;

/// The version of the shape, which grows when a key changes its meaning.
pub const VERSION: u32 = 1;

/// What an audit found.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Summary {
    /// The version of this object.
    pub version: u32,
    /// What was read, and what was not.
    pub scope: Scope,
    /// The facts in a line.
    pub totals: Totals,
    /// What keeps pages from being published or found.
    pub blockers: Blockers,
    /// The rules to begin with.
    pub fix_first: Vec<FixFirst>,
    /// The findings by rule, the most important first.
    pub rules: Vec<RuleFindings>,
    /// The posts, in order of their paths.
    pub pages: Vec<Page>,
    /// The other files with findings, such as layouts and built pages, in order of their paths.
    pub other_files: Vec<OtherFile>,
    /// Values that several posts share.
    pub duplicates: Vec<Duplicates>,
    /// The keys of the front matter.
    pub front_matter: FrontMatter,
    /// The links.
    pub links: Links,
    /// The pictures.
    pub images: Images,
    /// The rules that ran and found nothing.
    pub passed: Vec<RuleState>,
    /// The rules that had nothing to look at.
    pub not_applicable: Vec<RuleState>,
    /// What the authors suppress.
    pub waivers: Vec<Waiver>,
    /// The hygiene score.
    pub hygiene: Hygiene,
    /// What changed since an earlier audit.
    pub comparison: Option<Comparison>,
}

impl Summary {
    /// The numbers of a run. `files` are the posts and other files, sorted by path; `rules` describes every rule.
    pub fn of(files: &[AuditedFile<'_>], rules: &BTreeMap<String, RuleInfo>, scope: Scope) -> Self {
        let hygiene = Hygiene::of(files);
        let by_rule = rules::by_rule(files, rules, &scope);
        let blockers = Blockers::of(files);
        let (passed, not_applicable) = states::silent(files, rules, &scope);
        Summary {
            version: VERSION,
            totals: Totals::of(files, blockers.total),
            fix_first: rules::fix_first(&by_rule),
            pages: inventory::pages(files, &hygiene),
            other_files: inventory::other_files(files),
            duplicates: duplicates::all(files),
            front_matter: FrontMatter::of(files),
            links: Links::of(files),
            images: Images::of(files),
            waivers: rules::waivers(files),
            comparison: None,
            rules: by_rule,
            scope,
            blockers,
            passed,
            not_applicable,
            hygiene,
        }
    }
}
