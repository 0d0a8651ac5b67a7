//! The report of an audit: one HTML file that needs no network, and reads well without its script.

mod filters;

use crate::engine::audit_summary::{Page, Summary, hygiene, inventory};
use minijinja::value::Value;
use minijinja::{Environment, Error, context};
use std::collections::{BTreeMap, BTreeSet};

/// Number of pages whose search results are drawn.
const MAX_PREVIEWS: usize = 8;
/// Number of pages whose search results are drawn if none would be cut.
const FEW_PREVIEWS: usize = 3;
/// Number of folders to choose from.
const MAX_FOLDERS: usize = 200;

/// What each authority means, the strongest first.
const AUTHORITIES: [(&str, &str); 4] = [
    ("documented", "who makes the search engine or the generator says so"),
    ("standard", "HTML, WCAG, YAML or another standard says so"),
    ("convention", "what tools and themes usually do"),
    ("opinion", "a matter of taste"),
];

/// The levels in words.
const LEVELS: [(&str, &str); 3] = [("error", "error"), ("warn", "warning"), ("info", "advice")];

/// The headings of the kinds of duplicates.
const DUPLICATES: [(&str, &str); 4] =
    [("title", "Titles"), ("description", "Descriptions"), ("image", "Pictures"), ("alt", "Alternative texts")];

/// The height of the tallest bar of the histogram, and the width of a bar with the gap beside it.
const BAR: (usize, usize) = (80, 30);

/// The report as HTML.
pub fn html(audit: &Summary) -> Result<String, Error> {
    let mut environment = Environment::new();
    environment.set_trim_blocks(true);
    environment.set_lstrip_blocks(true);
    filters::add(&mut environment);
    environment.add_template("report.html", include_str!("report.html"))?;
    let cut: Vec<&Page> = cut_pages(audit);
    let previews: Vec<&Page> = match cut.len() {
        0 => audit.pages.iter().filter(|page| page.is_page && page.title.is_some()).take(FEW_PREVIEWS).collect(),
        _ => cut.iter().take(MAX_PREVIEWS).copied().collect(),
    };
    environment.get_template("report.html")?.render(context! {
        audit => Value::from_serialize(audit),
        totals => Value::from_serialize(audit.totals),
        comparison => Value::from_serialize(&audit.comparison),
        line => audit.totals.line(),
        css => Value::from_safe_string(include_str!("report.css").to_owned()),
        js => Value::from_safe_string(include_str!("report.js").to_owned()),
        authorities => Value::from_serialize(BTreeMap::from(AUTHORITIES)),
        authority_list => Value::from_serialize(AUTHORITIES),
        words => Value::from_serialize(BTreeMap::from(LEVELS)),
        duplicate_words => Value::from_serialize(BTreeMap::from(DUPLICATES)),
        limits => limits(),
        folders => Value::from_serialize(folders(audit)),
        previews => Value::from_serialize(&previews),
        cut_pages => cut.len(),
        histogram => histogram(audit),
        cap => hygiene::CAP,
    })
}

/// Where search engines cut, in pixels and in characters.
fn limits() -> Value {
    context! {
        title => inventory::TITLE_LIMIT as u32,
        desktop => inventory::DESKTOP_LIMIT as u32,
        phone => inventory::PHONE_LIMIT as u32,
        naver_title => inventory::NAVER_TITLE,
        naver_description => inventory::NAVER_DESCRIPTION,
    }
}

/// The pages that search results would cut, the newest first.
fn cut_pages(audit: &Summary) -> Vec<&Page> {
    let is_cut =
        |page: &&Page| page.is_page && [&page.title, &page.description].into_iter().flatten().any(|it| it.is_cut());
    let mut pages: Vec<&Page> = audit.pages.iter().filter(is_cut).collect();
    pages.sort_by(|a, b| b.date.cmp(&a.date));
    pages
}

/// The folders of posts, each with a slash at its end.
fn folders(audit: &Summary) -> Vec<&str> {
    let folder = |page: &'_ Page| page.path.rfind('/').map(|at| at + 1);
    let folders: BTreeSet<&str> = audit.pages.iter().filter_map(|page| page.path.get(..folder(page)?)).collect();
    folders.into_iter().take(MAX_FOLDERS).collect()
}

/// The bars of the histogram of scores.
fn histogram(audit: &Summary) -> Value {
    let (height, step) = BAR;
    let most = audit.hygiene.histogram.iter().copied().max().unwrap_or(0).max(1);
    let bar = |(nth, posts): (usize, &usize)| {
        let tall = (posts * height).div_ceil(most);
        context! { x => nth * step, y => height + 14 - tall, height => tall, posts => posts, label => nth * 10 }
    };
    Value::from_iter(audit.hygiene.histogram.iter().enumerate().map(bar))
}
