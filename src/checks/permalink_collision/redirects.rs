//! Old URLs that several pages name, or that are the URL of another page: the generators keep one of the files without a
//! warning.

use crate::diagnostic::Level;
use crate::facts::{SiteFacts, Spot, Written, key};
use crate::place::dialect::Generator;
use crate::rule::{Finding, Shared, SiteContext};
use crate::site::urls::PageUrl;
use crate::source::Span;
use crate::url::percent_decoded;
use std::collections::BTreeMap;

/// An old URL that pages name.
struct Old<'s> {
    /// In the one spelling that is compared.
    key: String,
    /// The pages, and where each names it.
    written: Vec<(usize, &'s Written)>,
    /// The page with this URL, if there is one.
    taken_by: Option<usize>,
}

/// Reports them.
pub fn report(context: &mut SiteContext<'_>, site: &SiteFacts<'_>) {
    if !site.site.redirects_old_urls {
        return;
    }
    let olds = match site.site.generator {
        // The old URLs of each language are in a folder of its own.
        Generator::Hugo if site.index().languages.is_empty() => of_hugo(site),
        Generator::Jekyll => of_jekyll(site),
        _ => return,
    };
    for Old { key, written, taken_by } in olds {
        let [(first, redirect), ..] = written.as_slice() else { continue };
        let url = percent_decoded(&redirect.text);
        if let Some(other) = taken_by {
            let path = site.pages.get(other).map_or("", |page| &page.path);
            for (page, redirect) in written {
                if page != other && context.wants(page) {
                    let message = format!("`{url}` cannot redirect to this page: it is the URL of `{path}`");
                    let help = format!("remove it here, or change the URL of `{path}`");
                    context.report(page, Finding { help: Some(help), ..taken(message, redirect.span) });
                }
            }
        } else if written.iter().any(|(page, _)| page != first) {
            let spots: Vec<Spot> = written.iter().map(|(page, it)| Spot { page: *page, span: it.span }).collect();
            let value = Shared { value: &key, at_least: 2, label: "redirects here, too" };
            let message = |pages: usize| format!("`{url}` cannot redirect to {pages} pages");
            context.report_shared(&spots, value, |pages| taken(message(pages), Span::default()));
        }
    }
}

/// Those that `aliases` name.
fn of_hugo<'s>(site: &'s SiteFacts<'_>) -> Vec<Old<'s>> {
    let index = site.index();
    let written = |(page, number): &(usize, usize)| Some((*page, site.pages.get(*page)?.redirects.get(*number)?));
    let old = |(key, from): (&str, &[(usize, usize)])| Old {
        key: key.to_owned(),
        written: from.iter().filter_map(written).collect(),
        taken_by: index.pages_at(key).first().copied(),
    };
    let mut olds: Vec<Old<'_>> = index.redirects().map(old).collect();
    olds.sort_unstable_by(|a, b| a.key.cmp(&b.key));
    olds
}

/// Those that `redirect_from` names, by the file that jekyll-redirect-from writes: `/old` is `old.html`, and `/old/` is
/// `old/index.html`. The last post wins, and a page with this URL is overwritten (jekyll-redirect-from 0.16, Jekyll 4.3).
fn of_jekyll<'s>(site: &'s SiteFacts<'_>) -> Vec<Old<'s>> {
    let index = site.index();
    let mut by_file: BTreeMap<String, Vec<(usize, &Written)>> = BTreeMap::new();
    for (at, page) in site.pages.iter().enumerate().filter(|(_, page)| page.url().is_some()) {
        for old in page.redirects.iter().filter(|old| old.key.as_deref() == Some("redirect_from")) {
            let pages = by_file.entry(file(PageUrl::below(&index.base, &old.text).as_str())).or_default();
            if pages.last().is_none_or(|(last, _)| *last != at) {
                pages.push((at, old));
            }
        }
    }
    let old = |(file_of_old, written): (String, Vec<(usize, &'s Written)>)| {
        let has_file =
            |at: &&usize| site.pages.get(**at).and_then(|page| page.url()).is_some_and(|url| file(url) == file_of_old);
        let taken_by = index.pages_at(&key(&file_of_old)).iter().find(has_file).copied();
        Old { key: file_of_old, written, taken_by }
    };
    by_file.into_iter().map(old).collect()
}

/// The file at a URL: the one that a static host sends.
fn file(url: &str) -> String {
    let path = percent_decoded(url);
    let name = path.rsplit('/').next().unwrap_or("");
    match name {
        "" => format!("{path}index.html"),
        name if !name.contains('.') => format!("{path}.html"),
        _ => path,
    }
}

fn taken(message: String, span: Span) -> Finding {
    Finding {
        message: Some(message),
        label: Some("only one page can be at this URL".to_owned()),
        help: Some("remove this old URL from all pages but one".to_owned()),
        at_most: Some(Level::Warn),
        ..Finding::at(span)
    }
}
