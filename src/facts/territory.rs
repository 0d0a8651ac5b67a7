//! Whether a URL that leads to nothing known is certainly that of no page: only where the site builds the pages beside it
//! from its posts, and nothing else may publish one there.

use crate::facts::SiteFacts;
use crate::facts::host::answers_both_forms;
use crate::facts::index::{is_language, key};
use crate::place::all_files::is_picture;
use crate::place::dialect::Generator;
use crate::site::urls::PageUrl;
use crate::url::percent_decoded;
use crate::words::slip;
use std::cell::LazyCell;

/// Why a URL is that of no page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Absent {
    /// No page has it. The page that was probably meant.
    NoPage(Option<usize>),
    /// The page would have it, if it was published.
    NotPublished(usize),
}

/// Names in URLs of pages that generators, plugins and other programs build.
const BUILT: [&str; 31] = [
    "404", "admin", "amp", "archive", "archives", "atom", "author", "authors", "blogger", "categories", "category",
    "cdn-cgi", "feed", "feeds", "keyword", "keywords", "page", "print", "rss", "search", "series", "sitemap", "tag",
    "tagged", "tags", "topic", "topics", "versions", "wp-content", "storybook", "javadoc",
];

/// Names of folders whose pages other programs may build, unless the site builds them: of the manual of a program, mostly.
const PARTLY_BUILT: [&str; 15] = [
    "api", "apidocs", "demo", "demos", "doc", "download", "downloads", "examples", "latest", "next", "playground",
    "preview", "reference", "releases", "stable",
];

/// Minimum number of pages beside a URL that is not like that of a page.
const BESIDE: usize = 3;

/// Extensions of files that no generator makes: what readers download.
const DOWNLOADS: [&str; 40] = [
    "7z", "avi", "bmp", "csv", "doc", "docx", "epub", "flac", "gif", "gz", "jpeg", "jpg", "key", "m4a", "mid", "mkv",
    "mobi", "mov", "mp3", "mp4", "odp", "ods", "odt", "ogg", "pdf", "png", "ppt", "pptx", "psd", "rar", "rtf", "tgz",
    "tsv", "wav", "webm", "webp", "wmv", "xls", "xlsx", "zip",
];

/// Whether a name is that of a file that no generator makes.
pub fn is_download(name: &str) -> bool {
    DOWNLOADS.contains(&&*extension(name)) || is_picture(name)
}

/// The extension of a name, in lower case; empty if there is none.
fn extension(name: &str) -> String {
    name.rsplit_once('.').map_or("", |(_, extension)| extension).to_ascii_lowercase()
}

/// Whether a URL that leads to nothing known is certainly that of a file that is missing: the site has files of this kind
/// in the folder, and nothing of this name anywhere.
pub fn is_missing_file(site: &SiteFacts<'_>, url: &PageUrl) -> bool {
    let index = site.index();
    let decoded = percent_decoded(url.as_str());
    let Some(inside) = decoded.strip_prefix(index.base.as_str()).map(|path| path.trim_start_matches('/')) else {
        return false;
    };
    let Some((folder, name)) = inside.rsplit_once('/') else { return false };
    let extension = extension(name);
    DOWNLOADS.contains(&&*extension)
        && index.files.is_whole()
        && !index.has_name(name)
        && index.has_files_like(folder, &extension)
        && !index.files.is_ignored(inside)
        && !site.rewritten.mentions(&format!("/{inside}"))
        && !site.rewritten.mentions(&decoded)
}

/// Maximum number of pages whose names are compared.
const MAX_COMPARED: usize = 300;

/// Why no page has this URL; `None` if that is not certain.
pub fn absent(site: &SiteFacts<'_>, url: &PageUrl) -> Option<Absent> {
    let index = site.index();
    let key = key(url.as_str());
    let (above, name) = key.rsplit_once('/')?;
    let meant = LazyCell::new(|| meant(site, above, name));
    let is_certain = match site.former.contains(&key) {
        true => has_no_page_now(site, &key, name),
        false => is_in_territory(site, &key, (above, name), || *meant),
    };
    if !is_certain {
        return None;
    }
    match index.unpublished(site, above, name).as_slice() {
        [] => Some(Absent::NoPage(*meant)),
        [one] => Some(Absent::NotPublished(*one)),
        _ => None,
    }
}

/// Whether only a page that is built from a post could have this URL, which leads to nothing known.
fn is_in_territory(
    site: &SiteFacts<'_>,
    key: &str,
    (above, name): (&str, &str),
    meant: impl Fn() -> Option<usize>,
) -> bool {
    let index = site.index();
    let Some(inside) = key.strip_prefix(index.base.as_str()) else { return false };
    // A page of a manual that is built elsewhere is not similar to one that is here.
    let is_slip = || index.below(above).len() >= BESIDE && meant().is_some();
    let is_built = |part: &str| {
        let lower = part.to_lowercase();
        let is_partly = is_version(part) || PARTLY_BUILT.contains(&&*lower);
        BUILT.contains(&&*lower) || is_partly && (part == name || !is_slip())
    };
    let is_uncertain = !index.urls_are_known
        || name.contains('.') && !is_page_name(name)
        || without_dates(inside).any(is_built)
        || name.len() < 3
        || is_language(name)
        || may_be_there(site, key, (inside, name));
    if is_uncertain {
        return false;
    }
    let meant = meant();
    let is_root = above == index.base;
    let has_name = is_telling(name) && !index.named(name).is_empty();
    let is_territory = index.like_below(above) >= if meant.is_some() { 1 } else { BESIDE };
    let is_post = || meant.and_then(|meant| key_of(site, meant)).is_some_and(|other| is_same_post(key, &other));
    let has_pages = is_territory && (!is_root || meant.is_some());
    has_name || has_pages || is_post()
}

/// Whether something else than a known page may have this URL: a file whose URL is not known, a host, another language.
fn may_be_there(site: &SiteFacts<'_>, key: &str, (inside, name): (&str, &str)) -> bool {
    site.index().may_be_published_as(name)
        || site.rewritten.mentions(inside)
        || site.rewritten.mentions(key)
        || site.index().files.is_ignored(inside.trim_start_matches('/'))
        || in_other_language(site, inside)
}

/// Whether a URL that a page had before is that of no page now, nor of a list that the generator makes of the pages below it.
fn has_no_page_now(site: &SiteFacts<'_>, key: &str, name: &str) -> bool {
    let index = site.index();
    let Some(inside) = key.strip_prefix(index.base.as_str()) else { return false };
    index.urls_are_known
        && index.below(key).is_empty()
        && !index.is_possible(key)
        && !may_be_there(site, key, (inside, name))
}

/// Whether two URLs end with the same day and name: `/2024/05/09/boats`, below one category or another.
fn is_same_post(url: &str, other: &str) -> bool {
    let parts = |url| str::rsplit(url, '/').take(4);
    let is_number = |part: &str, digits: usize| part.len() == digits && part.bytes().all(|byte| byte.is_ascii_digit());
    let is_dated = parts(url).skip(1).zip([2, 2, 4]).filter(|(part, digits)| is_number(part, *digits)).count() == 3;
    is_dated && parts(url).eq(parts(other))
}

/// How the URL of a page ends.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Form {
    /// `/x/`, which is that of `x/index.html`.
    Folder,
    /// `/x.html`.
    File,
    /// `/x`, which hosts answer with either.
    Bare,
}

impl Form {
    fn of(url: &str) -> Form {
        let path = url.split(['?', '#']).next().unwrap_or("");
        match () {
            () if path.ends_with('/') || path.ends_with("/index.html") => Form::Folder,
            () if path.ends_with(".html") => Form::File,
            () => Form::Bare,
        }
    }
}

/// The page of `/x.html` if this URL is `/x/`, or the other way round, where the host answers only what the generator wrote.
pub fn in_other_form(site: &SiteFacts<'_>, url: &PageUrl) -> Option<usize> {
    let (other, file) = match Form::of(url.as_str()) {
        Form::Folder => (Form::File, "/index.html"),
        Form::File => (Form::Folder, ".html"),
        Form::Bare => return None,
    };
    let index = site.index();
    let key = key(url.as_str());
    let pages = index.pages_at(&key);
    let is_other = |at: &usize| site.pages.get(*at).and_then(|page| page.url()).is_some_and(|it| Form::of(it) == other);
    let inside = key.strip_prefix(index.base.as_str()).filter(|inside| !inside.is_empty())?;
    if !pages.iter().all(is_other) || !index.urls_are_known || answers_both(site) {
        return None;
    }
    let decoded = percent_decoded(url.as_str());
    let may_be_there = site.rewritten.mentions_as_written(&decoded)
        || decoded.strip_prefix(index.base.as_str()).is_some_and(|inside| site.rewritten.mentions_as_written(inside))
        || !index.redirects_from(&key).is_empty()
        || index.is_possible(&key)
        || index.may_be_published_as(key.rsplit('/').next().unwrap_or(""))
        || index.has_other_file(&format!("{}{file}", inside.trim_start_matches('/')));
    pages.first().filter(|_| !may_be_there).copied()
}

/// Whether the host of the site may answer both forms, or a script in its pages shows the page of either.
fn answers_both(site: &SiteFacts<'_>) -> bool {
    let has_router = matches!(
        site.site.generator,
        Generator::Docusaurus | Generator::VitePress | Generator::Gatsby | Generator::Next
    );
    let is_host = || site.site.host().is_some_and(|host| answers_both_forms(&host));
    has_router || site.rewritten.may_answer_both_forms || is_host()
}

/// The page that was probably meant: one with this name, or one beside it with a similar name.
fn meant(site: &SiteFacts<'_>, above: &str, name: &str) -> Option<usize> {
    let index = site.index();
    let named = index.named(name);
    if !named.is_empty() {
        return most_alike(site, above, named);
    }
    let beside = index.below(above);
    if beside.len() > MAX_COMPARED || name.chars().count() < 5 {
        return None;
    }
    let name_of = |at: &usize| Some((key_of(site, *at)?.rsplit_once('/')?.1.to_owned(), *at));
    let names: Vec<(String, usize)> = beside.iter().filter_map(name_of).collect();
    // `part-1` is not a typo of `part-2`.
    let others = names.iter().map(|(name, _)| name.as_str()).filter(|it| letters(it).ne(letters(name)));
    let similar = slip(name, others)?;
    names.iter().find(|(name, _)| name == similar).map(|(_, at)| *at)
}

fn letters(name: &str) -> impl Iterator<Item = char> {
    name.chars().filter(|c| !c.is_ascii_digit())
}

/// The one of these pages whose URL has more folders in common with the one that is meant than those of the others.
fn most_alike(site: &SiteFacts<'_>, above: &str, named: &[usize]) -> Option<usize> {
    let is_beside =
        |at: &&usize| key_of(site, **at).is_some_and(|key| key.rsplit_once('/').is_some_and(|(it, _)| it == above));
    if let Some(beside) = named.iter().find(is_beside) {
        return Some(*beside);
    }
    let parts: Vec<&str> = above.split('/').filter(|part| !part.is_empty()).collect();
    let common = |at: &usize| {
        let url = site.pages.get(*at).and_then(|page| page.url()).unwrap_or("");
        let key = key(url);
        parts.iter().filter(|part| key.split('/').any(|it| it == **part)).count()
    };
    let most = named.iter().map(common).max()?;
    let mut best = named.iter().filter(|at| common(at) == most);
    best.next().filter(|_| best.next().is_none()).copied()
}

/// The key of the URL of a page.
fn key_of(site: &SiteFacts<'_>, page: usize) -> Option<String> {
    Some(key(site.pages.get(page)?.url()?))
}

/// Whether a name is so long that no other program has a page of this name by chance.
fn is_telling(name: &str) -> bool {
    name.chars().count() >= 10 && name.contains(['-', '_']) || name.chars().filter(|c| !c.is_ascii()).count() >= 5
}

/// Whether the same page exists in another language: generators show it where a translation is missing, and hosts send
/// readers from a path without a language to one with theirs.
fn in_other_language(site: &SiteFacts<'_>, inside: &str) -> bool {
    let index = site.index();
    let mut parts = inside.trim_start_matches('/').splitn(2, '/');
    let (first, rest) = (parts.next().unwrap_or(""), parts.next().unwrap_or(""));
    let is_there = |path: &str| !index.pages_at(&format!("{}/{path}", index.base)).is_empty();
    let has_below = |above: &str| !index.below(&format!("{}{above}", index.base)).is_empty();
    let (above, _) = inside.rsplit_once('/').unwrap_or(("", inside));
    // VitePress shows "page not found" for what is not translated.
    let has_fallback = site.site.generator != Generator::VitePress;
    // The default language may be at the root: what has pages beside it there is not redirected to another language.
    let is_default = has_below(above) && (!has_fallback || !above.is_empty());
    let is_below = |language: &String| {
        is_there(&format!("{language}{inside}")) || !above.is_empty() && has_below(&format!("/{language}{above}"))
    };
    !is_default && index.languages.iter().any(is_below)
        || is_language(first) && (has_fallback && is_there(rest) || !index.languages.contains(first))
}

/// The parts of a path without the months and days after a year: `boats` of `/2024/05/09/boats`.
fn without_dates(path: &str) -> impl Iterator<Item = &str> {
    let is_digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    let mut left = 0;
    path.split('/').filter(move |part| {
        let is_date = left > 0 && part.len() <= 2 && is_digits(part);
        let is_year = part.len() == 4 && is_digits(part) && part.starts_with(['1', '2']);
        left = if is_year {
            2
        } else if is_date {
            left - 1
        } else {
            0
        };
        !part.is_empty() && !is_date
    })
}

/// Whether this is a version or a number: `v1.2`, `3.x`, `2`.
fn is_version(part: &str) -> bool {
    let number = part.strip_prefix('v').unwrap_or(part);
    number.contains('.') && number.starts_with(|c: char| c.is_ascii_digit())
        || number.bytes().all(|b| b.is_ascii_digit()) && number.len() < 4
}

/// Whether a name with a dot is that of a page all the same: `node.js-tips`, and no file.
fn is_page_name(name: &str) -> bool {
    name.rsplit_once('.').is_none_or(|(_, end)| end.len() > 5 || end.contains(['-', '_', ' ']))
}
