//! `robots.txt` of a built folder. <https://www.rfc-editor.org/rfc/rfc9309>

use crate::source::Span;

/// The file `robots.txt`.
#[derive(Clone, Debug, Default)]
pub struct Robots {
    /// Its path in the folder.
    pub file: String,
    /// Its groups of rules.
    pub groups: Vec<Group>,
    /// Lines that are not rules, each with what is wrong.
    pub unreadable: Vec<(String, Span)>,
    /// Whether it is an HTML page.
    pub is_html: bool,
    /// The sitemaps that it names.
    pub sitemaps: Vec<(String, Span)>,
}

/// The rules for some robots.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Group {
    /// The names of the robots, in lower case.
    pub agents: Vec<String>,
    /// The rules: whether each allows its path, the path, and where it is written.
    pub rules: Vec<(bool, String, Span)>,
}

/// Names of lines that crawlers know, or that are in wide use.
const KNOWN: [&str; 12] = [
    "user-agent", "disallow", "allow", "sitemap", "crawl-delay", "host", "clean-param", "noindex", "request-rate",
    "visit-time", "content-signal", "content-usage",
];

impl Robots {
    /// Reads the file.
    pub fn read(file: &str, text: &str) -> Self {
        let mut robots = Robots { file: file.to_owned(), ..Robots::default() };
        let start = text.trim_start_matches('\u{feff}').trim_start();
        robots.is_html =
            start.get(..9).is_some_and(|it| it.eq_ignore_ascii_case("<!doctype")) || start.starts_with("<html");
        if robots.is_html {
            return robots;
        }
        let (mut at, mut is_naming) = (0, false);
        for line in text.split_inclusive(['\n', '\r']) {
            let begin = at;
            at += line.len();
            let rule = line.split('#').next().unwrap_or("").trim_start_matches('\u{feff}');
            let trimmed = rule.trim();
            if trimmed.is_empty() {
                continue;
            }
            let first = begin + line.find(trimmed).unwrap_or(0);
            let span = Span::of(first..first + trimmed.len());
            let Some((name, value)) = trimmed.split_once(':') else {
                robots.unreadable.push(("a line without a colon".to_owned(), span));
                continue;
            };
            let (name, value) = (name.trim().to_ascii_lowercase(), value.trim());
            match &*name {
                "user-agent" => {
                    if !is_naming {
                        robots.groups.push(Group::default());
                    }
                    let agents = robots.groups.last_mut().map(|group| &mut group.agents);
                    agents.into_iter().for_each(|agents| agents.push(value.to_ascii_lowercase()));
                }
                "allow" | "disallow" => match robots.groups.last_mut() {
                    Some(group) => group.rules.push((name == "allow", value.to_owned(), span)),
                    None => robots.unreadable.push((format!("`{name}` before any `User-agent`"), span)),
                },
                "sitemap" => robots.sitemaps.push((value.to_owned(), span)),
                name if KNOWN.contains(&name) => {}
                name => robots.unreadable.push((format!("an unknown rule `{name}`"), span)),
            }
            is_naming = name == "user-agent";
        }
        robots
    }

    /// Where all robots are kept from the whole site, if no part of it is allowed.
    pub fn blocks_all(&self) -> Option<Span> {
        let all = self.groups.iter().filter(|group| group.agents.iter().any(|agent| agent == "*"));
        let mut rules = all.flat_map(|group| &group.rules);
        if rules.clone().any(|(allows, path, _)| *allows && !path.is_empty()) {
            return None;
        }
        rules.find(|(allows, path, _)| !*allows && matches!(&**path, "/" | "/*")).map(|rule| rule.2)
    }

    /// Where the page at a path is kept from all robots.
    pub fn blocks(&self, path: &str) -> Option<Span> {
        let all = self.groups.iter().filter(|group| group.agents.iter().any(|agent| agent == "*"));
        let matching = all.flat_map(|group| &group.rules).filter(|(_, rule, _)| matches_path(rule, path));
        // The longest rule decides, and of two that are equally long the one that allows.
        let decides = matching.max_by_key(|(allows, rule, _)| (rule.len(), *allows))?;
        (!decides.0).then_some(decides.2)
    }
}

/// Whether a rule applies to a path: `*` is any text, `$` the end.
fn matches_path(rule: &str, path: &str) -> bool {
    if rule.is_empty() {
        return false;
    }
    let (rule, is_whole) = rule.strip_suffix('$').map_or((rule, false), |rule| (rule, true));
    let mut parts = rule.split('*');
    let Some(mut rest) = path.strip_prefix(parts.next().unwrap_or("")) else { return false };
    let mut last = "";
    for part in parts {
        let Some(at) = rest.find(part) else { return false };
        rest = rest.get(at + part.len()..).unwrap_or("");
        last = part;
    }
    !is_whole
        || rest.is_empty()
        || (rule.contains('*') && rest.ends_with(last) && !last.is_empty())
        || rule.ends_with('*')
}
