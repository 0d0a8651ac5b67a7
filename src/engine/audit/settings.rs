//! Settings of a site that break each URL that is made with them: a base path that is a whole URL, a URL without its scheme.

use crate::place::dialect::Generator;
use crate::rule::across::FileLine;
use crate::site::Site;
use crate::site::settings::Fact;
use crate::url::host;

/// A setting of this kind.
#[derive(Debug)]
pub struct Faulty {
    /// Where it is set.
    pub at: FileLine,
    /// What URLs begin with that are made with it.
    beginnings: [String; 2],
}

/// The settings of a site that break URLs.
pub fn faulty(site: &Site) -> Vec<Faulty> {
    let is_whole = |value: &str| host(value).is_some();
    let has_path = !matches!(site.generator, Generator::MdBook | Generator::Docusaurus);
    let base = site.base_url.as_ref().filter(|it| has_path && is_whole(&it.value));
    // Filters of templates put a slash before a path.
    let base = base.and_then(|it| of(it, |value| [format!("/{value}"), format!("/{}", value.replacen("//", "/", 1))]));
    let url = site.url.as_ref().filter(|it| !is_whole(&it.value) && it.value.contains('.'));
    let url = url.and_then(|it| of(it, |value| [value.to_owned(), format!("/{value}")]));
    base.into_iter().chain(url).collect()
}

fn of(fact: &Fact<String>, beginnings: impl Fn(&str) -> [String; 2]) -> Option<Faulty> {
    let from = fact.from.as_ref().filter(|from| from.line > 0)?;
    let value = fact.value.trim().trim_matches('/');
    let at = FileLine { file: from.file.clone(), line: from.line };
    (!value.is_empty()).then(|| Faulty { at, beginnings: beginnings(value) })
}

impl Faulty {
    /// Whether a URL was made with it.
    pub fn begins(&self, url: &str) -> bool {
        let is_it = |beginning: &String| {
            url.strip_prefix(&**beginning).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
        };
        self.beginnings.iter().any(is_it)
    }
}
