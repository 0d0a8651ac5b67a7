//! What outputs show of the rules of a run.

use crate::catalog::Catalog;
use crate::diagnostic::Level;
use crate::engine::report::{INTERNAL_ERROR, RuleInfo};
use std::collections::BTreeMap;

/// The URL of the folder of rule pages.
const RULE_PAGES: &str = "https://github.com/postlint/postlint/blob/main/rules";

/// The rules of `catalogs` by name, and what failures of postlint are reported as.
pub fn rule_infos<'c>(catalogs: impl Iterator<Item = &'c Catalog>) -> BTreeMap<String, RuleInfo> {
    let own = catalogs.flat_map(Catalog::rules).map(|entry| RuleInfo {
        name: entry.page.meta.name.to_string(),
        summary: entry.page.meta.summary.clone(),
        level: entry.page.meta.level.level().unwrap_or(Level::Warn),
        group: entry.page.meta.group.as_str(),
        url: if entry.is_builtin() { format!("{RULE_PAGES}/{}.md", entry.page.meta.name) } else { String::new() },
        authority: entry.page.meta.authority,
        prose: entry.page.shared_prose(),
        references: entry.page.meta.references.clone(),
        applies_to: entry.page.meta.applies_to.describe(),
    });
    let internal = RuleInfo {
        url: RULE_PAGES.to_owned(),
        ..RuleInfo::without_page(INTERNAL_ERROR, "postlint failed on a file", Level::Error)
    };
    own.chain([internal]).map(|info| (info.name.clone(), info)).collect()
}
