//! The report of an audit: one HTML file that needs no network, and reads well without its script.

mod filters;

use crate::engine::audit_summary::{Limits, OtherFile, Page, Summary, Width, hygiene};
use crate::engine::making::REPORT;
use crate::text::Scripts;
use minijinja::value::Value;
use minijinja::{Environment, Error, context};
use serde::Serialize;
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

/// Number of pages whose search results are drawn.
const MAX_PREVIEWS: usize = 8;
/// Number of pages whose search results are drawn if none would be cut.
const FEW_PREVIEWS: usize = 3;
/// Number of folders to choose from.
const MAX_FOLDERS: usize = 200;

/// What each authority means, the strongest first.
const AUTHORITIES: [(&str, &str); 4] = [
    ("documented", "the makers of the search engine or the generator say so"),
    ("standard", "HTML, WCAG, YAML or another standard says so"),
    ("convention", "tools and themes usually do so"),
    ("opinion", "it is a matter of taste"),
];

/// The levels in words.
const LEVELS: [(&str, &str); 3] = [("error", "error"), ("warn", "warning"), ("info", "advice")];

/// The headings of the kinds of duplicates.
const DUPLICATES: [(&str, &str); 4] =
    [("title", "Titles"), ("description", "Descriptions"), ("image", "Pictures"), ("alt", "Alternative texts")];

/// Number of hosts that are listed whatever their links say.
const FEW_HOSTS: usize = 15;

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
        start => REPORT,
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
        limits => Value::from_serialize(Limits::known()),
        folders => Value::from_serialize(folders(audit)),
        previews => Value::from_serialize(&previews),
        cut_pages => cut.len(),
        built_pages => audit.pages.iter().filter(|page| page.built.is_some()).count(),
        columns => Value::from_serialize(columns(audit)),
        rows => Value::from_serialize(rows(audit)),
        unknown_urls => audit.pages.iter().filter(|page| page.is_page && page.links_in.is_none()).count(),
        has_hangul => audit.pages.iter().filter_map(|page| page.title.as_ref()).any(|it| Scripts::of(&it.text).hangul > 0),
        has_links_in => audit.pages.iter().any(|page| page.links_in.is_some()),
        has_title_wide => audit.rules.iter().map(|it| &it.rule).chain(audit.passed.iter().map(|it| &it.rule)).any(|it| it == "title-wide"),
        others => audit.scope.posts.saturating_sub(audit.scope.sites.iter().map(|site| site.posts).sum()),
        few_hosts => FEW_HOSTS,
        is_korean => is_korean(&audit.pages),
        histogram => histogram(audit),
        cap => hygiene::CAP,
    })
}

/// A row of the inventory: the index of a post, or of another file with findings.
#[derive(Serialize)]
struct Row {
    is_post: bool,
    at: usize,
}

/// The files, those with most errors first, then those with most warnings.
fn rows(audit: &Summary) -> Vec<Row> {
    let row = |is_post, (at, errors, warnings)| (Reverse((errors, warnings)), Row { is_post, at });
    let posts = audit.pages.iter().enumerate().map(|(at, page)| row(true, (at, page.errors, page.warnings)));
    let others = audit.other_files.iter().enumerate().map(|(at, file)| row(false, (at, file.errors, file.warnings)));
    let mut rows: Vec<(Reverse<(usize, usize)>, Row)> = posts.chain(others).collect();
    rows.sort_by_key(|(worst, _)| *worst);
    rows.into_iter().map(|(_, row)| row).collect()
}

/// The pages that search results would cut, those that lose most first.
fn cut_pages(audit: &Summary) -> Vec<&Page> {
    let is_cut =
        |page: &&Page| page.is_page && [&page.title, &page.description].into_iter().flatten().any(|it| it.is_cut());
    let mut pages: Vec<&Page> = audit.pages.iter().filter(is_cut).collect();
    let lost =
        |text: &Width| [text.cut, text.cut_on_phones].iter().flatten().min().map_or(0, |at| text.characters - at);
    let lost = |text: &Option<Width>| text.as_ref().map_or(0, lost);
    pages.sort_by_key(|page| Reverse((lost(&page.title), lost(&page.description))));
    pages
}

/// A column of the inventory.
#[derive(Serialize)]
struct Column {
    /// The key in JSON.
    key: &'static str,
    name: &'static str,
    is_number: bool,
    #[serde(skip)]
    is_empty: fn(&Page) -> bool,
}

impl Column {
    const fn text(key: &'static str, name: &'static str, is_empty: fn(&Page) -> bool) -> Self {
        Column { key, name, is_number: false, is_empty }
    }

    const fn number(key: &'static str, name: &'static str, is_empty: fn(&Page) -> bool) -> Self {
        Column { key, name, is_number: true, is_empty }
    }
}

/// The columns of the inventory besides the page itself.
const COLUMNS: [Column; 12] = [
    Column::number("errors", "Errors", |page| page.errors == 0),
    Column::number("warnings", "Warnings", |page| page.warnings == 0),
    Column::number("infos", "Advice", |page| page.infos == 0),
    Column::text("title", "Title, px", |page| page.title.is_none()),
    Column::text("description", "Description, px", |page| page.description.is_none()),
    Column::text("language", "Language", |page| page.language.is_none()),
    Column::text("date", "Date", |page| page.date.is_none()),
    Column::number("characters", "Characters", |page| page.characters == 0),
    Column::number("headings", "Headings", |page| page.headings.is_empty()),
    Column::number("images", "Images", |page| page.images == 0),
    Column::number("linksOut", "Links out", |page| page.links_out == 0),
    Column::number("linksIn", "Links in", |page| page.links_in.is_none()),
];

/// The columns that are not empty in all rows, and do not say the same in all.
fn columns(audit: &Summary) -> Vec<&'static Column> {
    let (pages, others) = (&audit.pages, &audit.other_files);
    let languages: BTreeSet<&String> = pages.iter().filter_map(|page| page.language.as_ref()).collect();
    let says_something = |column: &&Column| column.key != "language" || languages.len() > 1;
    let of_others = |count: fn(&OtherFile) -> usize| others.iter().any(|file| count(file) > 0);
    let is_of_others = |key: &str| match key {
        "errors" => of_others(|file| file.errors),
        "warnings" => of_others(|file| file.warnings),
        "infos" => of_others(|file| file.infos),
        _ => false,
    };
    let is_filled = |column: &&Column| is_of_others(column.key) || !pages.iter().all(|page| (column.is_empty)(page));
    COLUMNS.iter().filter(says_something).filter(is_filled).collect()
}

/// Whether most titles in an East Asian script are Korean, whose lines are broken at spaces.
fn is_korean(pages: &[Page]) -> bool {
    let titles = pages.iter().filter_map(|page| page.title.as_ref()).map(|title| Scripts::of(&title.text));
    let east_asian = titles.filter(|it| it.hangul + it.kana + it.han > 0);
    let (korean, others): (Vec<_>, Vec<_>) = east_asian.partition(|it| it.hangul > 0);
    korean.len() > others.len()
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
