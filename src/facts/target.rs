//! What a link refers to, as its generator resolves it.

use crate::document::Document;
use crate::place::Place;
use crate::place::dialect::Generator;
use crate::place::files::joined;
use crate::place::templated::{Templated, templated};
use crate::site::urls::{PageUrl, Publication};
use crate::url::{path_and_query, percent_decoded, scheme};
use serde::{Deserialize, Serialize};

/// What a link refers to.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Target {
    /// The post itself.
    Here,
    /// This URL on the host of the site.
    Url(PageUrl),
    /// The page of the source file at this path inside the site.
    Source(String),
    /// The page of a source file, by a path inside one of the content folders.
    Content(String),
    /// The Jekyll post that `{% post_url %}` names.
    Post(String),
    /// The Hugo page that `ref` or `relref` names.
    Ref(String),
    /// Another site, an e-mail, or another program on the same host.
    Elsewhere,
    /// Not known before the site is built.
    Unknown,
}

impl Target {
    /// Whether it is the post itself.
    pub fn is_here(&self) -> bool {
        *self == Target::Here
    }
}

/// The target of a link, and its fragment as it is written.
pub struct Resolved {
    /// The target.
    pub target: Target,
    /// What is after `#`.
    pub fragment: Option<String>,
}

/// How a link is written.
pub struct Written<'w> {
    /// The URL, with HTML entities decoded.
    pub href: &'w str,
    /// The bytes of the file, if the URL contains template syntax.
    pub template: Option<&'w str>,
    /// Whether it is Markdown, so that the generator may rewrite it.
    pub is_markdown: bool,
}

/// Resolves a link in a post that is published at this URL.
pub fn resolve(document: &Document<'_>, publication: &Publication, link: &Written<'_>) -> Resolved {
    let place = document.place;
    if let Some(template) = link.template {
        return of_template(place, template);
    }
    let (rest, fragment) = match link.href.split_once('#') {
        Some((rest, fragment)) => (rest, Some(fragment.to_owned())),
        None => (link.href, None),
    };
    let path = rest.split('?').next().unwrap_or("");
    Resolved { target: of_path(place, publication, path, link.is_markdown), fragment }
}

fn of_template(place: &Place, template: &str) -> Resolved {
    let split = |text: &str| match text.split_once('#') {
        Some((rest, fragment)) => (rest.to_owned(), Some(fragment.to_owned())),
        None => (text.to_owned(), None),
    };
    let (target, fragment) = match templated(template, place.generator) {
        Some(Templated::Path(path)) => {
            let (rest, fragment) = split(&path);
            let path = rest.split('?').next().unwrap_or("").to_owned();
            (Target::Url(PageUrl::below(&place.base_path, &path)), fragment)
        }
        Some(Templated::OnHost(path)) => {
            let (rest, fragment) = split(if path.is_empty() { "/" } else { &path });
            (of_path(place, &Publication::Unknown, rest.split('?').next().unwrap_or(""), false), fragment)
        }
        Some(Templated::Source(path, rest)) => (Target::Source(path.trim_matches('/').to_owned()), split(&rest).1),
        Some(Templated::Post(name, rest)) => (Target::Post(name.trim_start_matches('/').to_owned()), split(&rest).1),
        Some(Templated::Ref(name)) => {
            let (name, fragment) = split(&name);
            (if name.is_empty() { Target::Here } else { Target::Ref(name) }, fragment)
        }
        None => (Target::Unknown, None),
    };
    Resolved { target, fragment }
}

fn of_path(place: &Place, publication: &Publication, path: &str, is_markdown: bool) -> Target {
    if path.is_empty() {
        return Target::Here;
    }
    let pelican = || ["{filename}", "|filename|"].iter().find_map(|mark| path.strip_prefix(mark));
    if let Some(inside) = pelican().filter(|_| place.generator == Generator::Pelican) {
        return of_source(place, inside);
    }
    if path.bytes().any(|byte| matches!(byte, b'{' | b'}' | b'$' | b'<' | b'>' | b'|' | b'\\' | b'\n' | b'*')) {
        return Target::Unknown;
    }
    if scheme(path).is_some() || path.starts_with("//") {
        if !place.is_own_address(path) {
            return Target::Elsewhere;
        }
        let path = path_and_query(path);
        return Target::Url(PageUrl::new(if path.is_empty() { "/" } else { path }));
    }
    if is_source(path) {
        return if is_markdown { of_source(place, path) } else { Target::Unknown };
    }
    if path.starts_with(['@', '~']) {
        return Target::Unknown;
    }
    if path.starts_with('/') {
        let decoded = percent_decoded(path);
        let inside = decoded.strip_prefix(&*place.base_path);
        let is_below = inside.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'));
        return match place.generator {
            _ if is_below => Target::Url(PageUrl::new(&without_dots(path))),
            Generator::VitePress | Generator::Docusaurus => Target::Url(PageUrl::below(&place.base_path, path)),
            _ => Target::Elsewhere,
        };
    }
    let Some(own) = publication.url() else { return Target::Unknown };
    Target::Url(PageUrl::new(&relative_to(own.as_str(), path)))
}

/// The absolute path of one that is relative to a URL, as browsers resolve it.
pub fn relative_to(url: &str, path: &str) -> String {
    let folder = url.rsplit_once('/').map_or("", |(folder, _)| folder);
    without_dots(&format!("{folder}/{path}"))
}

/// Whether a path is that of a Markdown file.
pub fn is_source(path: &str) -> bool {
    let extension = path.rsplit_once('.').map_or("", |(_, extension)| extension);
    matches!(extension.to_ascii_lowercase().as_str(), "md" | "mdx" | "markdown" | "mkd" | "mdown")
}

/// The source file at a path that is relative to the post, or to a root.
fn of_source(place: &Place, path: &str) -> Target {
    let decoded = percent_decoded(path);
    if let Some(inside) = decoded.strip_prefix("@/").filter(|_| place.generator == Generator::Zola) {
        // The content folder is beside the config.
        let content = place.path.split_once("content/").map_or("", |(above, _)| above);
        return joined("", &format!("{content}content/{inside}")).map_or(Target::Unknown, Target::Source);
    }
    if let Some(inside) = decoded.strip_prefix("@site/").filter(|_| place.generator == Generator::Docusaurus) {
        return joined("", inside).map_or(Target::Unknown, Target::Source);
    }
    if decoded.starts_with(['@', '~']) {
        return Target::Unknown;
    }
    if let Some(inside) = decoded.strip_prefix('/') {
        return joined("", inside).map_or(Target::Unknown, Target::Content);
    }
    let folder = place.path.rsplit_once('/').map_or("", |(folder, _)| folder);
    joined(folder, &decoded).map_or(Target::Unknown, Target::Source)
}

/// An absolute path without `.` and `..`, as browsers resolve it.
fn without_dots(path: &str) -> String {
    if !path.contains("/.") {
        return path.to_owned();
    }
    let mut parts: Vec<&str> = Vec::new();
    let mut is_folder = false;
    for part in path.split('/').skip(1) {
        is_folder = matches!(part, "." | ".." | "");
        match part {
            "." => {}
            ".." => drop(parts.pop()),
            part => parts.push(part),
        }
    }
    let end = if is_folder && parts.last().is_some_and(|last| !last.is_empty()) { "/" } else { "" };
    format!("/{}{end}", parts.join("/"))
}
