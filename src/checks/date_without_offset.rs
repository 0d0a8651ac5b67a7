//! `date-without-offset`: a time whose time zone Jekyll has to guess.

use crate::document::read::front_matter::calendar::Written;
use crate::document::read::front_matter::value::Style;
use crate::document::{Document, Field};
use crate::rule::{Check, Context, Finding, Wants};
use serde::Deserialize;

#[derive(Deserialize)]
pub struct DateWithoutOffset {
    keys: Vec<String>,
}

impl Check for DateWithoutOffset {
    fn wants(&self) -> Wants {
        Wants::Document
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
            // YAML parses a time with seconds as UTC. A time without seconds is text, which Ruby parses in the site's
            // time zone.
            let message = match (second, &document.place.time_zone) {
                (Some(_), Some(zone)) if is_utc(zone) => continue,
                (Some(_), Some(zone)) => format!("Jekyll parses `{key}` as UTC and shows it in {zone}"),
                (None, Some(_)) => continue,
                // Midnight in UTC is on the same day in UTC and in zones east of it, and most build machines use UTC.
                (Some(_), None) if midnight => continue,
                (Some(_), None) => format!("Jekyll parses `{key}` as UTC"),
                (None, None) => format!("Jekyll parses `{key}` in the time zone of the machine that builds the site"),
            };
            context.report(Finding { message: Some(message), ..Finding::at(entry.value.span) });
        }
    }
}

fn is_utc(zone: &str) -> bool {
    ["UTC", "Etc/UTC", "GMT", "Etc/GMT"].iter().any(|name| zone.eq_ignore_ascii_case(name))
}
