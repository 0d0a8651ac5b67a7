//! `date-conflict`: two dates of a post that cannot both be true.

use crate::diagnostic::{Label, LevelOrOff};
use crate::document::ask::page::dated_slug;
use crate::document::read::front_matter::calendar::{Date, Written};
use crate::document::read::front_matter::value::Entry;
use crate::document::{Document, Field};
use crate::place::dialect::Generator;
use crate::rule::{Check, Context, Finding, Wants};
use serde::Deserialize;

#[derive(Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct DateConflict {
    published: Vec<String>,
    modified: Vec<String>,
    file_name: LevelOrOff,
}

/// Maximum number of days between two dates that do not conflict: time zone offsets shift a time by less than a day.
const MAX_DAYS_APART: i64 = 1;

impl Check for DateConflict {
    fn wants(&self) -> Wants {
        Wants::Document
    }

    fn document(&self, context: &mut Context<'_>, document: &Document<'_>) {
        let entry = first(document, &self.published);
        let none_set = self.published.iter().all(|key| document.field(key).is_blank());
        // Without a `date` key, Jekyll uses the date in the file name.
        let published = entry.map(|(date, _)| date).or_else(|| day_of_name(document).filter(|_| none_set));
        if let Some((modified, later)) = first(document, &self.modified)
            && published.is_some_and(|published| modified.days() + MAX_DAYS_APART < published.days())
        {
            let name = later.name().unwrap_or("");
            let (other, related) = match entry {
                Some((_, entry)) => {
                    let label = Label { span: entry.value.span, message: "published here".into() };
                    (format!("`{}`", entry.name().unwrap_or("")), vec![label])
                }
                None => ("the date in the file name".to_owned(), Vec::new()),
            };
            let message = Some(format!("`{name}` is before {other}"));
            context.report(Finding { message, related, ..Finding::at(later.value.span) });
        }
        if let Some((published, entry)) = entry {
            self.compare_with_name(context, document, published, entry);
        }
    }
}

impl DateConflict {
    fn compare_with_name(&self, context: &mut Context<'_>, document: &Document<'_>, date: Date, entry: &Entry<'_>) {
        let Some(level) = self.file_name.level() else { return };
        let Some(named) = day_of_name(document) else { return };
        if (named.days() - date.days()).abs() > MAX_DAYS_APART {
            let Date { year, month, day } = named;
            let message = format!("the file name contains another date: {year}-{month:02}-{day:02}");
            let label = Some("differs from the date in the file name".to_owned());
            context.report(Finding {
                message: Some(message),
                label,
                at_most: Some(level),
                ..Finding::at(entry.value.span)
            });
        }
    }
}

/// The date in the file name of a Jekyll post.
fn day_of_name(document: &Document<'_>) -> Option<Date> {
    let name = document.place.file_name();
    let is_jekyll_post = document.place.generator == Generator::Jekyll && document.place.is_post();
    let named = dated_slug(name).filter(|_| is_jekyll_post).and_then(|_| Written::read(name))?;
    named.date.exists().then_some(named.date)
}

/// The first of `keys` whose value is a date that exists in the calendar.
fn first<'d>(document: &'d Document<'_>, keys: &[String]) -> Option<(Date, &'d Entry<'d>)> {
    keys.iter().find_map(|key| match document.field(key) {
        Field::Text(text, entry) => {
            Written::read(text).filter(|written| written.date.exists()).map(|written| (written.date, entry))
        }
        _ => None,
    })
}
