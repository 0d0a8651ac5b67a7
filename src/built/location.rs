//! Where built files are on their host, and what the URLs in them lead to. A *key* is a path inside of the built
//! folder, decoded, without `index.html` and without slashes at its ends: all spellings of a URL for which hosts serve
//! the same file have one key.

use crate::url::{host, parts, path_and_query, percent_decoded, scheme};

/// The path on its host below which a built folder is published, and its hosts.
#[derive(Clone, Debug, Default)]
pub struct Published {
    /// `/blog`, or empty.
    pub base: String,
    /// In lower case, without `www.`.
    pub hosts: Vec<String>,
}

/// What a URL in a built page leads to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Leads {
    /// The page itself.
    Here,
    /// The key of a file of the site. `by_host`: whether the URL names the host.
    Inside {
        /// The key.
        key: String,
        /// Whether the URL names the host.
        by_host: bool,
    },
    /// Another site, or something that is not a file.
    Elsewhere,
}

/// Names of the file that a host shows for a folder.
const INDEXES: [&str; 2] = ["index.html", "index.htm"];

/// The key of a file of the built folder.
pub fn key_of_file(file: &str) -> &str {
    let (folder, name) = file.rsplit_once('/').unwrap_or(("", file));
    if INDEXES.contains(&name) { folder } else { file }
}

/// Whether a file is the second or a later part of a list: `page/2/index.html`, `blog/page3/index.html`, `page-4.html`.
pub fn is_later_part(file: &str) -> bool {
    let key = key_of_file(file);
    let key = key.strip_suffix(".html").unwrap_or(key);
    let name = key.rsplit('/').next().unwrap_or(key);
    let number = name.trim_start_matches(|c: char| !c.is_ascii_digit());
    let is_number = !number.is_empty() && number.len() < 5 && number.bytes().all(|byte| byte.is_ascii_digit());
    let word = name.strip_suffix(number).unwrap_or("").trim_end_matches(['-', '_']);
    let above = key.strip_suffix(name).unwrap_or("").trim_end_matches('/').rsplit('/').next().unwrap_or("");
    is_number && (word == "page" || word.is_empty() && above == "page")
}

impl Published {
    /// The path on its host of the file with this path in the built folder, decoded.
    pub fn url_of_file(&self, file: &str) -> String {
        match key_of_file(file) {
            key if key == file => format!("{}/{file}", self.base),
            "" => format!("{}/", self.base),
            key => format!("{}/{key}/", self.base),
        }
    }

    /// Whether a host (in lower case) is one of the site's own.
    pub fn has_host(&self, host: &str) -> bool {
        let bare = host.strip_prefix("www.").unwrap_or(host);
        self.hosts.iter().any(|own| own == bare)
    }

    /// What a URL leads to that is written in a page at the path `from`.
    pub fn resolve(&self, written: &str, from: &str) -> Leads {
        let written = written.trim_matches([' ', '\t', '\n', '\r', '\u{c}']);
        let is_web = |scheme: &str| scheme.eq_ignore_ascii_case("http") || scheme.eq_ignore_ascii_case("https");
        let by_host = host(written);
        match (&by_host, scheme(written)) {
            (Some(host), _) if !self.has_host(host) => return Leads::Elsewhere,
            (None, Some(_)) => return Leads::Elsewhere,
            (Some(_), Some(scheme)) if !is_web(scheme) => return Leads::Elsewhere,
            _ => {}
        }
        let rest = path_and_query(written);
        let path = rest.split(['#', '?']).next().unwrap_or("");
        if path.is_empty() && by_host.is_none() {
            return Leads::Here;
        }
        let path = percent_decoded(path).replace('\\', "/");
        // Where no URL of the site is known, it may be in a folder of its host, with other sites beside it.
        if self.hosts.is_empty() && self.base.is_empty() && leaves(&path, from) {
            return Leads::Elsewhere;
        }
        let absolute = match path.starts_with('/') || by_host.is_some() {
            true => path,
            false => format!("{}/{path}", from.rsplit_once('/').map_or("", |(folder, _)| folder)),
        };
        match self.key(&absolute) {
            Some(key) => Leads::Inside { key, by_host: by_host.is_some() },
            None => Leads::Elsewhere,
        }
    }

    /// The key of an absolute path, decoded; `None` if it is outside of the site.
    pub fn key(&self, path: &str) -> Option<String> {
        let mut parts = parts(path);
        for part in self.base.split('/').filter(|part| !part.is_empty()) {
            if parts.first() != Some(&part) {
                return None;
            }
            parts.remove(0);
        }
        if parts.last().is_some_and(|last| INDEXES.contains(last)) && !path.ends_with('/') {
            parts.pop();
        }
        Some(parts.join("/"))
    }
}

/// Whether a relative path leads above the folder that all pages are in.
fn leaves(path: &str, from: &str) -> bool {
    let mut depth =
        from.trim_matches('/').matches('/').count() as i64 + i64::from(from.ends_with('/') && from.len() > 1);
    !path.starts_with('/')
        && path.split('/').any(|part| {
            depth += match part {
                ".." => -1,
                "" | "." => 0,
                _ => 1,
            };
            depth < 0
        })
}
