//! Front matter that sections and the config give to pages. <https://gohugo.io/configuration/cascade/>

use crate::pattern::is_deep_glob;
use crate::site::urls::hugo::content::Kind;
use crate::site::urls::value::{self, Value};
use globset::GlobMatcher;
use rustc_hash::FxHashMap;
use std::cell::RefCell;
use std::ops::Deref;

/// The page that inherits values.
pub struct Target<'t> {
    /// The kind of the page.
    pub kind: Kind,
    /// The code of the page's language.
    pub language: &'t str,
    /// `/posts/a`
    pub path: String,
}

/// The keys that URLs depend on.
pub const KEYS: [&str; 15] = [
    "build", "_build", "draft", "headless", "slug", "url", "title", "outputs", "date", "publishdate", "pubdate",
    "published", "lastmod", "expirydate", "unpublishdate",
];

/// The values that a page inherits from the items of a `cascade` with one of `keys`, also in `params`, by precedence;
/// `None` if it is not known.
pub fn given<'t>(
    cascade: &Value,
    target: &impl Deref<Target = Target<'t>>,
    keys: &[&str],
) -> Option<Vec<Vec<(String, Value)>>> {
    let one;
    let items = match cascade {
        Value::List(items) => items.as_slice(),
        other => {
            one = [other.clone()];
            &one
        }
    };
    let mut given = Vec::new();
    for item in items {
        let Value::Map(entries) = item else {
            if *item == Value::Null {
                continue;
            }
            return None;
        };
        let has_one = |entries: &[(String, Value)]| keys.iter().any(|key| value::get(entries, key, true).is_some());
        let in_params = || matches!(value::get(entries, "params", true), Some(Value::Map(params)) if has_one(params));
        if !has_one(entries) && !in_params() {
            continue;
        }
        let condition = value::get(entries, "target", true).or_else(|| value::get(entries, "_target", true));
        let is_meant = match condition {
            None | Some(Value::Null) => true,
            Some(Value::Map(conditions)) => {
                let mut all = true;
                for (key, wanted) in conditions {
                    all &= holds(&key.to_ascii_lowercase(), wanted, target)?;
                }
                all
            }
            Some(_) => return None,
        };
        given.extend(is_meant.then(|| entries.clone()));
    }
    Some(given)
}

fn holds(key: &str, wanted: &Value, target: &Target<'_>) -> Option<bool> {
    match key {
        "path" => matches(wanted.text()?, &target.path),
        "kind" => matches(wanted.text()?, target.kind.as_str()),
        "lang" => matches(wanted.text()?, target.language),
        "environment" => matches(wanted.text()?, "production"),
        "sites" => {
            let matrix = wanted.get("matrix", true)?;
            let Value::Map(dimensions) = matrix else { return None };
            let [(name, Value::List(languages))] = dimensions.as_slice() else { return None };
            let mut any = false;
            for language in languages {
                any |= matches(language.text()?, target.language)?;
            }
            name.eq_ignore_ascii_case("languages").then_some(any)
        }
        _ => None,
    }
}

fn matches(glob: &str, text: &str) -> Option<bool> {
    if is_deep_glob(glob) {
        return None;
    }
    let compiled = |glob: &str| {
        let glob = globset::GlobBuilder::new(glob).literal_separator(true).empty_alternates(true).build();
        glob.ok().map(|glob| glob.compile_matcher())
    };
    let glob = glob.to_lowercase();
    COMPILED.with_borrow_mut(|known| {
        if known.len() > MAX_COMPILED {
            known.clear();
        }
        let matcher = known.entry(glob).or_insert_with_key(|glob| compiled(glob));
        matcher.as_ref().map(|matcher| matcher.is_match(text))
    })
}

thread_local! {
    /// The globs of this site's cascades: each page is matched with all of them, and compiling one takes longer than
    /// checking a page.
    static COMPILED: RefCell<FxHashMap<String, Option<GlobMatcher>>> = RefCell::default();
}

/// Maximum number of globs that are kept.
const MAX_COMPILED: usize = 256;
