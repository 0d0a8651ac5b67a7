//! `date-conflict`: two dates of a post that cannot both be true.

use crate::diagnostic::Label;
use crate::document::front_matter::calendar::{Date, Written};
use crate::document::front_matter::value::Entry;
use crate::document::published::dated_slug;
use crate::document::{Document, Field};
use crate::rule::page::DefaultLevel;
use crate::rule::{Check, Context, Finding, Wants};
use serde::Deserialize;

#[derive(Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct DateConflict {
    published: Vec<String>,
    modified: Vec<String>,
    file_name: DefaultLevel,
}

/// Offsets move a time by less than a day in either direction.
const MAX_DAYS_APART: i64 = 1;

impl Check for DateConflict {
    fn wants(&self) -> Wants {
        Wants::Document
    }

    fn document(&self, context: &mut Context<'_>, document: &Document<'_>) {
        let Some((published, entry)) = first(document, &self.published) else { return };
        if let Some((modified, later)) = first(document, &self.modified)
            && modified.days() + MAX_DAYS_APART < published.days()
        {
            let (name, other) = (later.name().unwrap_or(""), entry.name().unwrap_or(""));
            context.report(Finding {
                message: Some(format!("`{name}` is before `{other}`")),
                related: vec![Label { span: entry.value.span, message: "published here".into() }],
                ..Finding::at(later.value.span)
            });
        }
        self.compare_with_name(context, document, published, entry);
    }
}

impl DateConflict {
    fn compare_with_name(&self, context: &mut Context<'_>, document: &Document<'_>, date: Date, entry: &Entry<'_>) {
        let Some(level) = self.file_name.level().filter(|_| document.place.is_post()) else { return };
        let name = document.place.file_name();
        let Some(named) = dated_slug(name).and_then(|_| Written::read(name)) else { return };
        if (named.date.days() - date.days()).abs() > MAX_DAYS_APART {
            let Date { year, month, day } = named.date;
            let message = format!("the file's name says {year}-{month:02}-{day:02}");
            let label = Some("another day than the file's name".to_owned());
            context.report(Finding {
                message: Some(message),
                label,
                at_most: Some(level),
                ..Finding::at(entry.value.span)
            });
        }
    }
}

/// The first of `keys` that holds a day of the calendar.
fn first<'d>(document: &'d Document<'_>, keys: &[String]) -> Option<(Date, &'d Entry<'d>)> {
    keys.iter().find_map(|key| match document.field(key) {
        Field::Text(text, entry) => {
            Written::read(text).filter(|written| written.date.exists()).map(|written| (written.date, entry))
        }
        _ => None,
    })
}
