//! The route that publishes a collection: `src/pages/blog/[...slug].astro`.
//! <https://docs.astro.build/en/guides/content-collections/#building-for-static-output-default>

use crate::pattern;
use crate::site::folder::Folder;
use regex::Regex;
use std::sync::LazyLock;

/// A route that publishes each entry of a collection at one URL.
#[derive(Debug)]
pub struct Route {
    /// Its path below the pages, without extension: `blog/[...slug]`.
    path: String,
    parameters: Parameters,
}

/// How a route computes its parameters.
#[derive(Debug)]
enum Parameters {
    /// This one is the id of the entry.
    Id(String),
    /// They are groups of a regular expression that matches the id, by their numbers.
    Groups(Regex, Vec<(usize, String)>),
}

/// Maximum number of folders of routes.
const MAX_FOLDERS: usize = 200;

/// `params: { slug: post.id }`
static PARAMETERS: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"params:\s*\{\s*([0-9A-Za-z_]+)\s*:\s*[0-9A-Za-z_]+\.(id|slug)\s*,?\s*\}").ok());

/// `params: { year, month, day: found[3] }`
static COMPUTED: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"params:\s*\{([0-9A-Za-z_\s,:\[\]]*)\}").ok());

/// `const found = post.id.match(/^(\d{4})-(.+)$/)`
static MATCHED: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"(?:const|let)\s+([0-9A-Za-z_]+)\s*=\s*[0-9A-Za-z_]+\.(id|slug)\.match\(\s*/((?:[^/\\\n]|\\.)+)/\s*\)")
        .ok()
});

/// `const [, year, month] = found`
static NAMED: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"(?:const|let)\s+\[([0-9A-Za-z_\s,]*)\]\s*=\s*([0-9A-Za-z_]+)\s*[;\n]").ok());

impl Route {
    /// The route of a collection below the folder of `pages`. `None` if there is none, or if it is not evident what it
    /// publishes. `version`: the major version of Astro.
    pub fn of(collection: &str, pages: &str, version: Option<u32>, files: &dyn Folder) -> Option<Self> {
        let mut folders = vec![pages.to_owned()];
        let mut found = Vec::new();
        let mut at = 0;
        while let Some(folder) = folders.get(at).cloned().filter(|_| at < MAX_FOLDERS) {
            at += 1;
            for (name, is_folder) in files.list(&folder) {
                let path = format!("{folder}/{name}");
                if is_folder {
                    folders.push(path);
                } else if path.contains('[') && name.ends_with(".astro") {
                    let text = files.read(&path).unwrap_or_default();
                    found.extend(uses(&text, collection).then_some((path, text)));
                }
            }
        }
        let [(path, text)] = found.as_slice() else { return None };
        let path = path.strip_prefix(pages)?.strip_suffix(".astro")?.trim_matches('/').to_owned();
        let is_one = text.matches("getCollection(").count() == 1;
        // Before version 5, ids were paths with extensions.
        let knows = |key: &str| key == "slug" || version.is_some_and(|major| major >= 5);
        let parameters = by_id(text, knows).or_else(|| by_groups(text, knows)).filter(|_| is_one)?;
        Some(Route { path, parameters })
    }

    /// The path of the entry with this id. `None` if the route does not publish it, or not at an evident path.
    pub fn path_of(&self, id: &str) -> Option<String> {
        let parts = self.path.split('/').map(|part| {
            let Some(inner) = part.strip_prefix('[').and_then(|part| part.strip_suffix(']')) else {
                return (!part.contains('[')).then_some(part);
            };
            let name = inner.strip_prefix("...").unwrap_or(inner);
            let value = self.parameters.value(name, id).filter(|value| !value.is_empty())?;
            // `[slug]` matches one part of a path.
            (name != inner || !value.contains('/')).then_some(value)
        });
        Some(parts.collect::<Option<Vec<&str>>>()?.join("/"))
    }
}

impl Parameters {
    fn value<'i>(&'i self, name: &str, id: &'i str) -> Option<&'i str> {
        match self {
            Parameters::Id(known) => (known == name).then_some(id),
            Parameters::Groups(regex, groups) => {
                let (number, _) = groups.iter().find(|(_, known)| known == name)?;
                Some(regex.captures(id)?.get(*number)?.as_str())
            }
        }
    }
}

/// Whether a route publishes entries of a collection.
fn uses(text: &str, collection: &str) -> bool {
    ['"', '\'', '`'].iter().any(|quote| text.contains(&format!("getCollection({quote}{collection}{quote}")))
}

/// The only match of a regular expression.
fn only<'t>(regex: &LazyLock<Option<Regex>>, text: &'t str) -> Option<regex::Captures<'t>> {
    let mut all = regex.as_ref()?.captures_iter(text);
    let found = all.next()?;
    all.next().is_none().then_some(found)
}

fn by_id(text: &str, knows: impl Fn(&str) -> bool) -> Option<Parameters> {
    let found = only(&PARAMETERS, text)?;
    knows(&found[2]).then(|| Parameters::Id(found[1].to_owned()))
}

/// The parameters of sites that keep the URLs of Jekyll: the parts of `2024-05-01-tides`.
fn by_groups(text: &str, knows: impl Fn(&str) -> bool) -> Option<Parameters> {
    let matched = only(&MATCHED, text)?;
    let variable = &matched[1];
    // A class such as `\d` is ASCII in JavaScript.
    let regex = pattern::regex(&matched[3].replace("\\d", "[0-9]").replace("\\w", "[0-9A-Za-z_]")).ok()?;
    let named: Vec<(usize, String)> = NAMED
        .as_ref()?
        .captures_iter(text)
        .filter(|found| &found[2] == variable)
        .flat_map(|found| found[1].split(',').map(|name| name.trim().to_owned()).enumerate().collect::<Vec<_>>())
        .collect();
    let value = |part: &str| {
        let (name, value) = part.split_once(':').map_or((part, part), |(name, value)| (name.trim(), value.trim()));
        let by_number = || value.strip_prefix(variable)?.strip_prefix('[')?.strip_suffix(']')?.trim().parse().ok();
        let by_name = || named.iter().find(|(_, known)| known == value).map(|(number, _)| *number);
        Some((by_number().or_else(by_name)?, name.to_owned()))
    };
    let parts = only(&COMPUTED, text)?;
    let parts = parts[1].split(',').map(str::trim).filter(|part| !part.is_empty());
    let groups: Vec<(usize, String)> = parts.map(value).collect::<Option<_>>()?;
    knows(&matched[2]).then_some(Parameters::Groups(regex, groups))
}
