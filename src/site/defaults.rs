//! Jekyll's `defaults:`: front matter that the config gives to the posts of a scope.

use crate::pattern::is_deep_glob;
use crate::site::Site;
use serde_yaml::Value;

/// One item of Jekyll's `defaults:`.
#[derive(Clone, Debug)]
pub struct Scope {
    path: String,
    kind: Option<String>,
    /// The keys it sets.
    pub values: Vec<(String, Value)>,
}

impl Scope {
    /// Parses an item; missing entries do not limit the scope.
    pub fn read(item: &Value) -> Self {
        let scope = item.get("scope");
        let word = |key: &str| scope.and_then(|scope| scope.get(key)).and_then(Value::as_str).map(str::to_owned);
        let values = item.get("values").and_then(Value::as_mapping);
        let pair = |(key, value): (&Value, &Value)| key.as_str().map(|key| (key.to_owned(), value.clone()));
        Scope {
            path: word("path").unwrap_or_default(),
            kind: word("type"),
            values: values.map_or_else(Vec::new, |values| values.iter().filter_map(pair).collect()),
        }
    }

    /// The precedence of the item. If two items set a key, the one with the longer path wins, or else the one with a
    /// type.
    pub fn weight(&self) -> (usize, bool) {
        (self.path.trim_matches('/').len(), self.kind.is_some())
    }

    /// Whether the item applies to the file at `path`.
    pub fn covers(&self, path: &str, site: &Site) -> bool {
        // Jekyll compares the path as text: `blog` also matches `blogger/a.md`, and `/blog` never matches.
        let inside = match self.path.contains('*') {
            true => glob_matches(self.path.trim_matches('/'), path),
            false => path.starts_with(&self.path),
        };
        inside && self.kind.as_deref().is_none_or(|kind| kind_of(path, site) == kind)
    }
}

/// Jekyll's `type` of the file at `path`.
fn kind_of<'p>(path: &'p str, site: &Site) -> &'p str {
    let special = |folder: &'p str| match folder.strip_prefix('_') {
        Some(name) if matches!(name, "posts" | "drafts") || site.collection(name).is_some() => Some(name),
        _ => None,
    };
    path.split('/').find_map(special).unwrap_or("pages")
}

fn glob_matches(glob: &str, path: &str) -> bool {
    !is_deep_glob(glob) && globset::Glob::new(glob).is_ok_and(|glob| glob.compile_matcher().is_match(path))
}
