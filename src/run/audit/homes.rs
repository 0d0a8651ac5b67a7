//! The places at which findings are changed, and findings that are the same there.

use crate::diagnostic::Diagnostic;
use crate::engine::audit::Group;
use crate::rule::across::FileLine;
use crate::source::Span;
use crate::words::thousands;
use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::path::PathBuf;
use std::sync::Arc;

/// A place at which a finding is changed.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Home {
    /// In a post.
    Post(PathBuf, Span),
    /// At a line of a config or a layout.
    Line(FileLine),
    /// At a line of a config that breaks URLs, whichever they are.
    Setting(FileLine),
}

/// Findings with the same place, by rule and by what they are about: the message in a post, the target at a line.
pub type Merged = BTreeMap<(Home, Arc<str>, Option<String>), Group>;

/// Adds a finding, or its pages to the one that is the same.
pub fn join<K: Ord>(all: &mut BTreeMap<K, Group>, key: K, group: Group) {
    match all.entry(key) {
        Entry::Occupied(known) => known.into_mut().join(group),
        Entry::Vacant(free) => drop(free.insert(group)),
    }
}

/// Number of targets at a line that are reported one by one.
const MAX_TARGETS: usize = 4;

/// Joins the findings about many targets at a line: a template writes them, and one change is right for all.
pub fn join_targets(merged: &mut Merged) {
    let mut counts: BTreeMap<(Home, Arc<str>), usize> = BTreeMap::new();
    for (home, rule, about) in merged.keys() {
        if matches!(home, Home::Line(_)) && about.is_some() {
            *counts.entry((home.clone(), rule.clone())).or_default() += 1;
        }
    }
    for ((home, rule), count) in counts.into_iter().filter(|(_, count)| *count > MAX_TARGETS) {
        let start = (home, rule, Some(String::new()));
        let of_line = |key: &&(Home, Arc<str>, Option<String>)| key.0 == start.0 && key.1 == start.1;
        let keys: Vec<_> = merged.range(start.clone()..).map(|(key, _)| key).take_while(of_line).cloned().collect();
        let mut groups = keys.iter().filter_map(|key| merged.remove(key));
        let Some(mut whole) = groups.next() else { continue };
        groups.for_each(|other| whole.join(other));
        let Diagnostic { message, identity, .. } = &mut whole.diagnostic;
        message.push_str(&format!("; the same for {} more that this line writes", thousands(count - 1)));
        // The same one whichever target is the first.
        *identity = Some(String::new());
        merged.insert(start, whole);
    }
}

/// A finding at a setting that is the cause of this number of findings.
pub fn of_setting(diagnostic: Diagnostic, count: usize) -> Diagnostic {
    let others = match count {
        0 | 1 => String::new(),
        count => format!(", and {} more", thousands(count - 1)),
    };
    Diagnostic {
        message: format!("URLs that begin with this are wrong: {}{others}", diagnostic.message),
        help: Some("correct the setting: a base path begins with `/`, the URL of a site with `https://`".to_owned()),
        // The same one whichever page is the first.
        identity: Some(String::new()),
        ..diagnostic
    }
}

/// The help of a finding, with more of it.
pub fn joined_help(help: Option<String>, more: &str) -> String {
    help.map_or_else(|| more.to_owned(), |help| format!("{help}; {more}"))
}
