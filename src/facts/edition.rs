//! Which edition of a site a post belongs to: its language and its version. Translations and the manuals of several versions
//! share titles, descriptions and pictures by right.

use crate::document::ask::language_tag::is_language;
use crate::place::dialect::Generator;
use crate::site::Site;

/// Country codes that sites use in paths as if they were languages.
const COUNTRIES: [&str; 8] = ["cn", "jp", "kr", "tw", "hk", "cz", "gr", "ua"];
/// Names of folders with the manual of one version.
const VERSIONS: [&str; 9] = ["next", "current", "latest", "stable", "dev", "develop", "nightly", "master", "main"];

/// The edition of a post, such as `zh-cn 2.x`. `language` is that of the front matter, for posts whose path names none.
pub fn edition(path: &str, language: Option<&str>) -> String {
    let (folders, name) = path.rsplit_once('/').unwrap_or(("", path));
    let segments = || folders.split('/').filter(|segment| !segment.is_empty());
    // `post.fr.md`
    let suffix = name.split('.').rev().nth(1).filter(|_| name.split('.').count() > 2);
    // `content.zh/post.md`
    let folder_suffixes = segments().filter_map(|segment| Some(segment.rsplit_once('.')?.1));
    let mut in_path = suffix.into_iter().chain(segments()).chain(folder_suffixes);
    let language = in_path.find(|segment| is_language_segment(segment)).or(language).unwrap_or("");
    let language = language.to_ascii_lowercase().replace('_', "-");
    let versions: Vec<&str> = segments().filter(|segment| is_version(segment)).collect();
    [&*language, &versions.join("/")].join(" ").trim().to_owned()
}

/// The language that a path names, in lower case, and the path without it: `ko` and `posts/boat.md` for `ko/posts/boat.md`
/// and for `posts/boat.ko.md`.
pub fn translation(site: &Site, path: &str) -> (String, String) {
    if site.generator == Generator::Docusaurus {
        return translation_of_docusaurus(site, path).unwrap_or_else(|| (String::new(), path.to_owned()));
    }
    let mut language = String::new();
    let mut kept = Vec::new();
    for segment in path.split('/') {
        let (rest, found) = without_language(segment);
        if language.is_empty()
            && let Some(found) = found
        {
            language = found.to_ascii_lowercase().replace('_', "-");
            kept.extend((!rest.is_empty()).then_some(rest));
        } else {
            kept.push(segment.to_owned());
        }
    }
    (language, kept.join("/"))
}

/// The language of a translation in Docusaurus, and the path of the page that it translates: `docs/boat.md` for
/// `i18n/ko/docusaurus-plugin-content-docs/current/boat.md`. <https://docusaurus.io/docs/i18n/introduction#translation-files-location>
fn translation_of_docusaurus(site: &Site, path: &str) -> Option<(String, String)> {
    let (language, rest) = path.strip_prefix("i18n/")?.split_once('/')?;
    let (plugin, inside) = rest.strip_prefix("docusaurus-plugin-content-")?.split_once('/')?;
    let (kind, id) = plugin.split_once('-').unwrap_or((plugin, ""));
    let folder = || content_folder(site, kind, id);
    let original = match (kind, inside.split_once('/')) {
        ("docs", Some(("current", inside))) => format!("{}/{inside}", folder()),
        ("docs", Some((version, _))) if version.starts_with("version-") && id.is_empty() => {
            format!("versioned_docs/{inside}")
        }
        ("docs", Some((version, _))) if version.starts_with("version-") => format!("{id}_versioned_docs/{inside}"),
        _ => format!("{}/{inside}", folder()),
    };
    Some((language.to_lowercase(), original))
}

/// The folder of a content plugin of Docusaurus: the usual one, or the only one of the config that is not usual.
fn content_folder<'s>(site: &'s Site, kind: &'s str, id: &'s str) -> &'s str {
    const USUAL: [&str; 5] = ["blog", "docs", "src/pages", "versioned_docs", "i18n"];
    let usual = match kind {
        _ if !id.is_empty() => id,
        "pages" => "src/pages",
        kind => kind,
    };
    let all = || site.content.iter().map(|folder| folder.value.as_str());
    let mut others = all().filter(|folder| !USUAL.contains(folder));
    match (all().any(|folder| folder == usual), others.next(), others.next()) {
        (false, Some(other), None) => other,
        _ => usual,
    }
}

/// A part of a path without the language in it: all of it (`ko`), or a suffix (`content.ko`, `boat.ko.md`).
fn without_language(segment: &str) -> (String, Option<&str>) {
    if is_language_segment(segment) {
        return (String::new(), Some(segment));
    }
    let parts: Vec<&str> = segment.split('.').collect();
    let suffix = parts.iter().enumerate().skip(1).find(|(_, part)| is_language_segment(part));
    let Some((at, language)) = suffix else { return (segment.to_owned(), None) };
    let others = parts.iter().enumerate().filter(|(other, _)| *other != at).map(|(_, part)| *part);
    (others.collect::<Vec<_>>().join("."), Some(language))
}

/// Whether a part of a path is a language such as `ko`, `zh-CN` or `pt_BR`.
fn is_language_segment(segment: &str) -> bool {
    let segment = segment.trim_start_matches('_');
    let (language, region) = segment.split_once(['-', '_']).unwrap_or((segment, ""));
    let is_region = matches!(region.len(), 0 | 2 | 4) && region.bytes().all(|byte| byte.is_ascii_alphabetic());
    let lower = language.to_ascii_lowercase();
    language.len() == 2 && is_region && (is_language(&lower) || COUNTRIES.contains(&&*lower))
}

/// Whether a part of a path is a version such as `v2`, `1.4`, `3.x` or `version-2.0`, or the name of one.
fn is_version(segment: &str) -> bool {
    let number = segment.strip_prefix("version-").or(segment.strip_prefix("release-")).unwrap_or(segment);
    let has_mark = number.len() < segment.len() || number.starts_with(['v', 'V']) || number.contains('.');
    let number = number.trim_start_matches(['v', 'V']);
    let is_number = number.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'.' | b'x' | b'-' | b'_'));
    let begins = number.bytes().next().is_some_and(|byte| byte.is_ascii_digit());
    has_mark && is_number && begins || VERSIONS.contains(&segment)
}
