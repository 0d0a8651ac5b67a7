//! `date-without-offset`: a time whose time zone Jekyll has to guess.

use crate::document::read::front_matter::calendar::{DateTime, Written};
use crate::document::read::front_matter::value::Style;
use crate::document::{Document, Field};
use crate::rule::{Check, Context, Finding, Wants};
use crate::site::urls::day_in;
use serde::Deserialize;

#[derive(Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct DateWithoutOffset {
    keys: Vec<String>,
    any_machine: bool,
}

impl Check for DateWithoutOffset {
    fn wants(&self) -> Wants {
        Wants::Document
    }

    fn yields_to(&self) -> &'static [&'static str] {
        &["front-matter-schema"]
    }

    fn document(&self, context: &mut Context<'_>, document: &Document<'_>) {
        for key in &self.keys {
            let Field::Text(text, entry) = document.field(key) else { continue };
            let Some(written) = Written::read(text).filter(|written| written.rest.is_empty()) else { continue };
            let Some((hour, minute, second)) = written.time else { continue };
            // YAML parses a time in quotes as text, which Ruby parses in the site's time zone.
            let is_text = entry.value.as_scalar().is_some_and(|scalar| scalar.style != Style::Plain);
            let second = second.filter(|_| !is_text);
            let midnight = (hour, minute, second.unwrap_or(0)) == (0, 0, 0);
            // YAML parses a time with seconds as UTC. A time without seconds is text, which Ruby parses in the time zone
            // in which it is shown: that of the site, or else of the machine. So the day is always the written one.
            if second.is_none() {
                continue;
            }
            let message = match &document.place.time_zone {
                Some(zone) if is_utc(zone) || is_same_day_in(zone, &written) => continue,
                Some(zone) => format!("Jekyll parses `{key}` as UTC and shows it in {zone}"),
                // Midnight in UTC is on the same day in UTC and in zones east of it, and most build machines use UTC.
                None if midnight || !self.any_machine => continue,
                None => {
                    let Some((_, what)) = MACHINES.iter().find(|(zone, _)| !is_same_day_in(zone, &written)) else {
                        continue;
                    };
                    format!("Jekyll parses `{key}` as UTC: {what}")
                }
            };
            context.report(Finding { message: Some(message), ..Finding::at(entry.value.span) });
        }
    }
}

/// The westernmost and the easternmost of the time zones in which nearly all blogs are built.
const MACHINES: [(&str, &str); 2] = [
    ("America/Los_Angeles", "a machine in Los Angeles publishes it a day earlier"),
    ("Australia/Sydney", "a machine in Sydney publishes it a day later"),
];

/// Whether a time in UTC is on the same day in the named zone.
fn is_same_day_in(zone: &str, written: &Written<'_>) -> bool {
    let (hour, minute, second) =
        written.time.map_or((0, 0, 0), |(hour, minute, second)| (hour, minute, second.unwrap_or(0)));
    let utc = DateTime { date: written.date, hour, minute, second, nanosecond: 0, offset: Some(0) };
    day_in(zone, utc) == Some(written.date)
}

fn is_utc(zone: &str) -> bool {
    ["UTC", "Etc/UTC", "GMT", "Etc/GMT"].iter().any(|name| zone.eq_ignore_ascii_case(name))
}
