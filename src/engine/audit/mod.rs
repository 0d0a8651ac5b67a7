//! What rules find in built pages, and the place of the source at which each finding is changed.

mod calls;
mod groups;
mod head;
mod in_post;
mod inside;
mod layouts;
mod marks;
mod pages;
mod pattern;
mod quotes;
mod reach;
mod settings;
mod trace;
mod values;

pub use calls::{Calls, has_excerpt};
pub use groups::{Group, Groups, MAX_GROUPS};
pub use head::without_language;
pub use in_post::{lines_of, same_in_post};
pub use layouts::{Layouts, may_be_layout};
pub use marks::PageMarks;
pub use pages::{Pages, Read};
pub use quotes::Quotes;
pub use reach::Reach;
pub use settings::faulty;
pub use trace::{Origin, TracedPost, Tracer, heading_of_post, site_name_heading};
pub use values::{Kind as ValuesOf, Values};

use crate::built::BuiltSite;
use crate::rule::built::{BuiltContext, BuiltFound};
use crate::rule::check::Severity;
use crate::ruleset::Ruleset;

/// What the rules that compare built pages with each other find.
pub fn across_pages(site: &BuiltSite, rules: &Ruleset) -> Vec<BuiltFound> {
    let mut found = Vec::new();
    for rule in rules.rules().iter().filter(|rule| rule.check.wants_built()) {
        let severity = Severity { level: rule.level, is_set: rule.is_level_set };
        rule.check.built(&mut BuiltContext::new(site, (&rule.meta, severity), &mut found), site);
    }
    found
}
