//! `date-impossible`: a date or a time that does not exist.

use crate::document::ask::page::dated_slug;
use crate::document::read::front_matter::calendar::{Date, Written};
use crate::document::{Document, Field};
use crate::place::dialect::Generator;
use crate::rule::{Check, Context, Finding, Wants};
use serde::Deserialize;

#[derive(Deserialize)]
pub struct DateImpossible {
    keys: Vec<String>,
}

impl Check for DateImpossible {
    fn wants(&self) -> Wants {
        Wants::Document
    }

    fn document(&self, context: &mut Context<'_>, document: &Document<'_>) {
        for key in &self.keys {
            let Field::Text(text, entry) = document.field(key) else { continue };
            let Some(written) = Written::read(text) else { continue };
            let (message, help) = match (written.date.exists(), written.has_real_time()) {
                (true, true) => continue,
                (true, false) => {
                    let message = format!("the time of day in `{key}` does not exist");
                    (message, Some("write the intended time".to_owned()))
                }
                (false, clock) => (day_message(key, written.date, clock, document.place.reader()), None),
            };
            context.report(Finding { message: Some(message), help, ..Finding::at(entry.value_or_key()) });
        }
        if let Some(finding) = of_file_name(document) {
            context.report(finding);
        }
    }
}

/// The date in the name of a Jekyll post, which counts if the front matter has none.
fn of_file_name(document: &Document<'_>) -> Option<Finding> {
    let place = document.place;
    let name = place.file_name();
    if place.generator != Generator::Jekyll || !place.is_post() || name.starts_with(['.', '_', '#', '~']) {
        return None;
    }
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    let written = stem.strip_suffix(dated_slug(stem)?)?.trim_end_matches('-');
    let date = Written::read(written)?.date;
    let fence = document.sound_fence().filter(|_| document.field("date").is_blank() && !date.exists())?;
    let message = match rolled(date) {
        Some(later) => format!("the date in the name of this file does not exist: Jekyll parses it as {later}"),
        None => "the date in the name of this file does not exist: Jekyll stops the build".to_owned(),
    };
    let help = format!("correct `{written}` in the name of the file, or set `date` in the front matter");
    Some(Finding {
        message: Some(message),
        label: Some(format!("of `{name}`")),
        help: Some(help),
        ..Finding::at(fence)
    })
}

/// The day that Ruby and JavaScript make of one that the month does not have; `None` if they reject it.
fn rolled(date: Date) -> Option<String> {
    let last = (1..=3).map(|over| Date { day: date.day.saturating_sub(over), ..date }).find(|day| day.exists())?;
    let is_counted = (1..=12).contains(&date.month) && date.day <= 31;
    is_counted.then(|| format!("{}-{:02}-{:02}", date.year, date.month + 1, date.day - last.day))
}

/// Ruby and JavaScript convert a day that the month does not have, up to day 31, to a day of the next month, and reject
/// days above 31. Go rejects both.
fn day_message(key: &str, date: Date, real_time: bool, generator: Generator) -> String {
    let counts_on = !matches!(generator, Generator::Hugo | Generator::Plain);
    match rolled(date) {
        Some(later) if counts_on && real_time => {
            format!("`{key}` does not exist in the calendar: {generator} parses it as {later}")
        }
        _ if generator == Generator::Plain => format!("`{key}` does not exist in the calendar"),
        _ => format!("`{key}` does not exist in the calendar: {generator} rejects it"),
    }
}
