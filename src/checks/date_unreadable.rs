//! `date-unreadable`: a date in a format that its site's generator does not parse.

use crate::diagnostic::{Fix, Level, Safety};
use crate::document::edit::element;
use crate::document::edit::front_matter::Wanted;
use crate::document::read::front_matter::calendar::{Date, Digits, Written};
use crate::document::read::front_matter::date_formats::{eleventy_reads, hugo_reads, javascript_refuses, ruby_refuses};
use crate::document::read::front_matter::types::{self, Engine, Resolved};
use crate::document::read::front_matter::value::{Entry, Style};
use crate::document::{Document, Field};
use crate::place::dialect::Generator;
use crate::rule::{Check, Context, Finding, Wants};
use crate::source::Span;
use crate::words::shortened;
use serde::Deserialize;

#[derive(Deserialize)]
pub struct DateUnreadable {
    keys: Vec<String>,
}

impl Check for DateUnreadable {
    fn wants(&self) -> Wants {
        Wants::Document
    }

    fn document(&self, context: &mut Context<'_>, document: &Document<'_>) {
        // In a Hugo archetype, the date may be a template.
        if document.place.is_part() {
            return;
        }
        for key in &self.keys {
            let Field::Text(text, entry) = document.field(key) else { continue };
            let year_alone = is_year(text) && key == "date" && is_jekyll_post(document);
            if entry.value.resolve(Engine::of(document.place.reader())) != Some(Resolved::String) && !year_alone {
                continue;
            }
            if let Some(finding) = fault(document, key, text, entry) {
                context.report(finding);
            }
        }
    }
}

fn fault(document: &Document<'_>, key: &str, text: &str, entry: &Entry<'_>) -> Option<Finding> {
    special(document, key, text, entry).or_else(|| {
        let message = refusal(document, key, text.trim())?;
        Some(Finding { message: Some(message), ..Finding::at(entry.value_or_key()) })
    })
}

/// The date keys that Hugo itself parses: <https://gohugo.io/configuration/front-matter/>. Other keys are left to
/// themes.
const HUGO_KEYS: [&str; 8] =
    ["date", "publishdate", "pubdate", "published", "lastmod", "modified", "expirydate", "unpublishdate"];

/// Why the generator cannot parse the text; `None` if it can.
fn refusal(document: &Document<'_>, key: &str, text: &str) -> Option<String> {
    if text.is_empty() || text.contains("{{") || text.contains("{%") {
        return None;
    }
    let place = document.place;
    let shown = shortened(text);
    match place.generator {
        Generator::Hugo if HUGO_KEYS.iter().any(|it| key.eq_ignore_ascii_case(it)) && !hugo_reads(text) => {
            Some(format!("Hugo cannot parse `{key}`: `{shown}` is not in a supported format"))
        }
        Generator::Eleventy if key == "date" && !eleventy_reads(text) => {
            Some(format!("Eleventy stops the build: `{shown}` is neither ISO 8601 nor a YAML date"))
        }
        Generator::Jekyll if key == "date" && ruby_refuses(text) => {
            Some(format!("Jekyll stops the build: `{shown}` is not a date"))
        }
        Generator::Astro if javascript_refuses(text) => {
            Some(format!("JavaScript cannot parse `{key}`: the day comes before the month in `{shown}`"))
        }
        _ => None,
    }
}

/// A finding specific to a common mistake, with a fix if possible.
fn special(document: &Document<'_>, key: &str, text: &str, entry: &Entry<'_>) -> Option<Finding> {
    let generator = document.place.reader();
    let at = Finding::at(entry.value_or_key());
    let Some(written) = Written::read(text) else {
        if let Some(day) = in_words(text) {
            let fix = rewriting(document, entry, text, &day);
            let message = Some(match generator {
                Generator::Plain => format!("the numbers in `{key}` must be separated by `-`"),
                _ => format!("{generator} cannot parse `{key}`: the numbers must be separated by `-`"),
            });
            return Some(Finding { message, help: Some(format!("write `{day}`")), fix, ..at });
        }
        let message = no_date(document, key, text)?;
        return Some(Finding { message: Some(message), ..at });
    };
    if written.rest.starts_with("+/-") {
        // `2024-07-30 10:00:00 +/-0900`, copied from Jekyll's documentation. Ruby's `Time.parse` ignores the sign.
        let message = match generator {
            Generator::Jekyll => {
                format!("Jekyll ignores the offset of `{key}`: `{}` is not a valid offset", written.rest)
            }
            _ => format!("`{}` is not a valid offset", written.rest),
        };
        let help = "write `+` or `-`, as in `+0900`".to_owned();
        // Ruby uses the site's time zone, which is usually the one that the author meant.
        let has_zone = document.place.time_zone.is_some() && generator == Generator::Jekyll;
        let at_most = Some(if has_zone { Level::Info } else { Level::Warn });
        return Some(Finding { message: Some(message), help: Some(help), at_most, ..at });
    }
    if generator != Generator::Hugo || !written.date.exists() {
        return None;
    }
    let (reason, from, to) = for_hugo(text, written)?;
    Some(Finding {
        message: Some(format!("Hugo cannot parse `{key}`: {reason}")),
        help: Some(format!("write `{to}`")),
        fix: rewriting(document, entry, from, &to),
        ..at
    })
}

/// A message for a text without any digit and without the name of a month or a day, which no parser accepts as a date.
fn no_date(document: &Document<'_>, key: &str, text: &str) -> Option<String> {
    let generator = document.place.reader();
    // Eleventy also accepts the words `git Last Modified` and `Created`.
    let words = text.chars().any(|c| c.is_ascii_digit()) || generator == Generator::Eleventy;
    let named = text.get(..3).is_some_and(|start| NAMES.iter().any(|name| start.eq_ignore_ascii_case(name)));
    let readable = words && !(is_year(text) && is_jekyll_post(document));
    if readable || named || text.trim().is_empty() {
        return None;
    }
    Some(match generator {
        _ if key == "date" && is_jekyll_post(document) => {
            format!("Jekyll stops the build: `{}` is not a date", text.trim())
        }
        _ => format!("`{key}` is not a date: `{}`", text.trim()),
    })
}

/// Whether the text is a year alone, which Ruby's `Time.parse` does not accept.
fn is_year(text: &str) -> bool {
    text.len() == 4 && text.bytes().all(|byte| byte.is_ascii_digit())
}

fn is_jekyll_post(document: &Document<'_>) -> bool {
    document.place.generator == Generator::Jekyll && document.place.is_post()
}

/// Converts `2024년 7월 30일` and `2024年7月30日` to `2024-07-30`: neither Ruby nor JavaScript nor Go parses them.
fn in_words(text: &str) -> Option<String> {
    let (year, rest) = text.trim().split_once(['년', '年'])?;
    let (month, rest) = rest.split_once(['월', '月'])?;
    let (day, rest) = rest.split_once(['일', '日'])?;
    let number = |text: &str| text.trim().parse::<u32>().ok();
    let (year, month, day) = (number(year)?, number(month)?, number(day)?);
    let day = format!("{year:04}-{month:02}-{day:02}");
    (rest.is_empty() && Date::parse(&day, Digits::Two)?.exists()).then_some(day)
}

const NAMES: [&str; 19] = [
    "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec", "sun", "mon", "tue", "wed",
    "thu", "fri", "sat",
];

/// Hugo parses only the formats of <https://github.com/spf13/cast>. Returns why the text is in none of them, the part
/// to rewrite and its replacement.
fn for_hugo<'t>(text: &'t str, written: Written<'t>) -> Option<(&'static str, &'t str, String)> {
    let text = text.trim();
    let digits = || format!("{:04}-{:02}-{:02}", written.date.year, written.date.month, written.date.day);
    match written.separator {
        '/' | '.' => {
            let date = text.get(..text.find([' ', 'T']).unwrap_or(text.len()))?;
            return Some(("the numbers must be separated by `-`", date, digits()));
        }
        // Hugo accepts `30 Jul 2024`.
        ' ' => {
            let alone = written.month_first && written.time.is_none() && written.rest.is_empty();
            return alone.then(|| ("a date in words must begin with the day", text, digits()));
        }
        _ => {}
    }
    match written.time {
        Some((_, _, None)) => {
            let end = text.len() - written.rest.len();
            let clock = text.get(..end)?.trim_end();
            let clock = clock.get(clock.find([' ', 'T', 't'])? + 1..)?.trim();
            Some(("the time has no seconds", clock, format!("{clock}:00")))
        }
        _ => None,
    }
}

fn rewriting(document: &Document<'_>, entry: &Entry<'_>, from: &str, to: &str) -> Option<Fix> {
    let written = entry.value.span.slice(document.source.text());
    let at = entry.value.span.start + written.find(from)? as u32;
    let wanted = entry.value.text()?.replacen(from, to, 1);
    let edit = element::replace(Span::new(at, at + from.len() as u32), to);
    let plain = entry.value.as_scalar()?.style == Style::Plain;
    let engine = Engine::of(document.place.reader());
    let resolved = if plain { types::resolve(&wanted, engine) } else { Resolved::String };
    let edit = document.verified(edit, &entry.value, Wanted { text: &wanted, resolved })?;
    Some(Fix::new(format!("write `{to}`"), Safety::Safe, [edit]))
}
