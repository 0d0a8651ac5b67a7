//! `date-improbable`: a date that programs write if they have none, or one in the far future.

use crate::document::read::front_matter::calendar::{Date, Written};
use crate::document::{Document, Field};
use crate::place::dialect::Generator;
use crate::place::notes::has_come;
use crate::rule::{Check, Context, Finding, Wants};
use serde::Deserialize;

#[derive(Deserialize)]
pub struct DateImprobable {
    keys: Vec<String>,
    years: i32,
}

/// The latest year that is certainly not in the far future where the current one is not known.
const LATEST_YEAR: i32 = 2050;

impl Check for DateImprobable {
    fn wants(&self) -> Wants {
        Wants::Document
    }

    fn document(&self, context: &mut Context<'_>, document: &Document<'_>) {
        if document.place.is_demo {
            return;
        }
        for key in &self.keys {
            let Field::Text(text, entry) = document.field(key) else { continue };
            let Some(date) = Written::read(text).map(|written| written.date).filter(|date| date.exists()) else {
                continue;
            };
            if is_zero(date) {
                let message = format!("`{key}` is what programs write if they have no date");
                context.report(Finding { message: Some(message), ..Finding::at(entry.value_or_key()) });
            } else if let Some(years) = self.years_ahead(document, date) {
                context.report(Finding {
                    message: Some(in_future(key, years, document.place.generator)),
                    label: Some("in the far future".to_owned()),
                    ..Finding::at(entry.value_or_key())
                });
            }
        }
    }
}

/// Number of seconds of a day.
const DAY: i64 = 86_400;

impl DateImprobable {
    /// How many years the date is ahead, if these are too many.
    fn years_ahead(&self, document: &Document<'_>, date: Date) -> Option<Option<i64>> {
        match document.place.now {
            Some(now) => {
                // The second from which on it is less than so many years ahead.
                let end_of = |years: i64| {
                    let days = if years > 0 { 365 * years - 1 } else { 365 * (years - 1) };
                    (date.days() - days) * DAY
                };
                if has_come(end_of(i64::from(self.years)), now) {
                    return None;
                }
                let years = (date.days() - now.div_euclid(DAY)) / 365;
                // The number is part of the message.
                has_come(end_of(years + 1), now);
                has_come(end_of(years), now);
                Some(Some(years))
            }
            None => (date.year > LATEST_YEAR).then_some(None),
        }
    }
}

/// The first day of the calendars of Go and .NET, and of Unix; the latter west of Greenwich, too.
fn is_zero(date: Date) -> bool {
    matches!((date.year, date.month, date.day), (1 | 1970, 1, 1) | (1969, 12, 31))
}

fn in_future(key: &str, years: Option<i64>, generator: Generator) -> String {
    let ahead = years.map_or_else(|| "far in the future".to_owned(), |years| format!("{years} years from now"));
    // <https://jekyllrb.com/docs/configuration/options/#build-command-options>, <https://gohugo.io/methods/page/publishdate/>
    match generator {
        Generator::Jekyll | Generator::Hugo => {
            format!("`{key}` is {ahead}: by default, {generator} does not publish it until then")
        }
        _ => format!("`{key}` is {ahead}"),
    }
}
