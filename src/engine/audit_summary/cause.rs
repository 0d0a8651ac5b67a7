//! A cause that broken links of a site have in common: its posts had other URLs once.

use crate::engine::audit_summary::{AuditedFile, AuditedPost};
use crate::facts::target::Target;
use crate::facts::{Link, PageFacts};
use crate::place::dialect::Generator;
use crate::source::Span;
use crate::url::percent_decoded;
use crate::words::thousands;
use jiff::civil::Date;
use rustc_hash::{FxHashMap, FxHashSet};
use std::cmp::Reverse;
use std::collections::BTreeMap;

/// The rule whose findings are explained.
pub(super) const RULE: &str = "internal-link-broken";

/// Number of links from which on a form is not one by chance.
const MIN_LINKS: usize = 5;

/// Maximum number of days between a date in a URL and that of the post: time zones differ, and posts are dated anew.
const MAX_DAYS: i64 = 2;

/// The pages of a site by the last name in their URLs; `None` if several have it.
type Names<'f> = FxHashMap<String, Option<&'f PageFacts>>;

/// What most broken links of a site have in common, in words, with what to do instead of correcting each.
pub(super) fn of_broken_links(files: &[AuditedFile<'_>]) -> Option<String> {
    let mut sites: BTreeMap<usize, Vec<(AuditedPost<'_>, &PageFacts, &AuditedFile<'_>)>> = BTreeMap::new();
    for file in files {
        if let Some((post, facts, _)) = file.outlined() {
            sites.entry(post.site).or_default().push((post, facts, file));
        }
    }
    let causes = sites.values().filter_map(|posts| {
        let AuditedPost { generator, base, .. } = posts.first()?.0;
        let broken = posts.iter().flat_map(|(_, facts, file)| broken_urls(file, facts)).collect::<Vec<_>>();
        let names = if broken.len() < MIN_LINKS { Names::default() } else { names(posts.iter().map(|(_, it, _)| *it)) };
        Form::of_most(&broken, &names, base).map(|form| (form.links, form.words(generator, broken.len())))
    });
    causes.max_by_key(|(links, _)| *links).map(|(_, words)| words)
}

/// The paths of URLs that no page has, for each link of a post.
fn broken_urls(file: &AuditedFile<'_>, facts: &PageFacts) -> Vec<String> {
    let found: FxHashSet<Span> =
        file.report.diagnostics.iter().filter(|it| *it.rule == *RULE).map(|it| it.label.span).collect();
    let broken = facts.links.iter().filter(|link| found.contains(&link.span));
    let url = |link: &Link| {
        if let Target::Url(url) = &link.target { Some(percent_decoded(url.as_str())) } else { None }
    };
    broken.filter_map(url).collect()
}

fn names<'f>(pages: impl Iterator<Item = &'f PageFacts>) -> Names<'f> {
    let mut names = Names::default();
    for page in pages {
        let Some(url) = page.publication.possible().first() else { continue };
        let url = percent_decoded(url.as_str());
        let Some((_, name, _)) = split(&url) else { continue };
        names.entry(name.to_owned()).and_modify(|it| *it = None).or_insert(Some(page));
    }
    names
}

/// The folders, the last name and the end of the path of a URL: `/2024/05/`, `boat`, `.html`.
fn split(path: &str) -> Option<(&str, &str, &str)> {
    let whole = path.trim_end_matches('/');
    let start = whole.rfind('/')? + 1;
    let name = whole.get(start..)?.trim_end_matches(".html");
    (!name.is_empty()).then(|| (path.get(..start).unwrap_or(""), name, path.get(start + name.len()..).unwrap_or("")))
}

/// A form of URLs, in the placeholders of Jekyll: `/:year/:month/:day/:title/`.
struct Form {
    text: String,
    /// Number of broken links of this form.
    links: usize,
    /// The URL of the post that one of them is about.
    now: String,
}

impl Form {
    /// The form of at least half of the links, if the posts that they are about have URLs of another form.
    fn of_most(broken: &[String], names: &Names<'_>, base: &str) -> Option<Form> {
        let mut forms: BTreeMap<String, Form> = BTreeMap::new();
        for url in broken {
            let Some((_, name, _)) = split(url) else { continue };
            let Some(page) = names.get(name).copied().flatten() else { continue };
            let Some(now) = page.publication.possible().first().map(|url| percent_decoded(url.as_str())) else {
                continue;
            };
            // Permalinks are below the base path.
            let inside = |url: &str| url.strip_prefix(base).unwrap_or(url).to_owned();
            let form = form(&inside(url), page);
            if form != self::form(&inside(&now), page) {
                let new = || Form { text: form.clone(), links: 0, now: now.clone() };
                let known = forms.entry(form.clone()).or_insert_with(new);
                known.links += 1;
                // The shortest URL is the best example.
                if now.len() < known.now.len() {
                    known.now = now;
                }
            }
        }
        let most = forms.into_values().min_by_key(|form| Reverse(form.links))?;
        (most.links >= MIN_LINKS && most.links * 2 >= broken.len()).then_some(most)
    }

    fn words(&self, generator: Generator, broken: usize) -> String {
        let Form { text, links, now } = self;
        let how = match generator {
            Generator::Jekyll => format!("set `permalink: {text}` in the config"),
            Generator::Hexo => format!("set `permalink: {}` in the config", text.trim_start_matches('/')),
            Generator::Hugo => "set this form under `permalinks` in the config".to_owned(),
            _ => "give them such URLs again".to_owned(),
        };
        let of = if *links == broken { "all".to_owned() } else { thousands(*links) };
        format!(
            "{of} of these {} links have the form `{text}`, and lead to posts that now have URLs such as `{now}`. If these posts \
             once had URLs of that form, {how}, and redirect from the present URLs, or else redirect from that form: either \
             repairs the links of other sites as well.",
            thousands(broken)
        )
    }
}

/// The form of the URL of a post, in which its date and its name are placeholders.
fn form(url: &str, page: &PageFacts) -> String {
    let Some((folders, _, end)) = split(url) else { return url.to_owned() };
    let folders: Vec<&str> = folders.trim_matches('/').split('/').filter(|it| !it.is_empty()).collect();
    let dated = (0..folders.len()).map(|start| (start, dated(folders.get(start..).unwrap_or_default(), page)));
    let (start, length) = dated.max_by_key(|(start, length)| (*length, Reverse(*start))).unwrap_or_default();
    let mut form = "/".to_owned();
    for (at, folder) in folders.iter().enumerate() {
        match at.checked_sub(start).filter(|at| *at < length).and_then(|at| PLACEHOLDERS.get(at)) {
            Some(placeholder) => form.extend([placeholder, "/"]),
            None => form.extend([*folder, "/"]),
        }
    }
    form.extend([":title", end]);
    form
}

/// The parts of a date, in the order in which URLs have them.
const PLACEHOLDERS: [&str; 3] = [":year", ":month", ":day"];

/// Number of folders at the start that are the year, the month and the day of a post.
fn dated(folders: &[&str], page: &PageFacts) -> usize {
    let number = |at: usize, lengths: [usize; 2]| {
        let text = folders.get(at).filter(|text| lengths.contains(&text.len()))?;
        text.bytes().all(|it| it.is_ascii_digit()).then(|| text.parse::<i16>().ok())?
    };
    let (Some(year), Some(day)) = (number(0, [4, 4]), page.day) else { return 0 };
    let month = number(1, [1, 2]);
    let day_of_month = month.and_then(|_| number(2, [1, 2]));
    // Days on either side: a year or a month that is not that of the post by a day is that of its date elsewhere.
    let is_near = |year: i16, month: Option<i16>, day_of_month: Option<i16>| {
        let part = |value: Option<i16>| value.map_or(Ok(1), i8::try_from).ok();
        let first = Date::new(year, part(month)?, part(day_of_month)?).ok()?;
        let last = match (month, day_of_month) {
            (_, Some(_)) => first,
            (Some(_), None) => first.last_of_month(),
            (None, None) => first.last_of_year(),
        };
        let days = |date: Date| Some(i64::from(date.since(Date::constant(1970, 1, 1)).ok()?.get_days()));
        Some(days(first)? - MAX_DAYS <= day && day <= days(last)? + MAX_DAYS)
    };
    let all = [(year, month, day_of_month), (year, month, None), (year, None, None)];
    let lengths = all.into_iter().map(|(year, month, day)| {
        let length = 1 + usize::from(month.is_some()) + usize::from(day.is_some());
        if is_near(year, month, day) == Some(true) { length } else { 0 }
    });
    lengths.max().unwrap_or(0)
}
