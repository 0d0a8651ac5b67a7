//! `date-impossible`: a date or a time that does not exist.

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
    }
}

/// Ruby and JavaScript convert a day that the month does not have, up to day 31, to a day of the next month, and reject
/// days above 31. Go rejects both.
fn day_message(key: &str, date: Date, real_time: bool, generator: Generator) -> String {
    let counts_on = !matches!(generator, Generator::Hugo | Generator::Plain);
    let later = (1..=3).map(|over| Date { day: date.day.saturating_sub(over), ..date }).find(|day| day.exists());
    let counted = (1..=12).contains(&date.month) && date.day <= 31 && real_time;
    match later {
        Some(last) if counts_on && counted => {
            let (month, day) = (date.month + 1, date.day - last.day);
            format!(
                "`{key}` does not exist in the calendar: {generator} parses it as {}-{month:02}-{day:02}",
                date.year
            )
        }
        _ if generator == Generator::Plain => format!("`{key}` does not exist in the calendar"),
        _ => format!("`{key}` does not exist in the calendar: {generator} rejects it"),
    }
}
