//! The front matter of a page of Hugo's, with what it inherits from sections and the config.

use crate::document::read::front_matter::calendar::{Date, DateTime, Written};
use crate::document::read::front_matter::date_formats::hugo_reads;
use crate::site::urls::hugo::content::Kind;
use crate::site::urls::page::Front;
use crate::site::urls::value::{self, Value};

/// The values of a page.
pub struct Fields<'f> {
    /// The kind of the page.
    pub kind: Kind,
    /// The page's own front matter.
    pub own: &'f Front<'f>,
    /// The inherited values, by precedence.
    pub cascades: Vec<Vec<(String, Value)>>,
    /// The keys that hold its date, in order.
    pub date_keys: &'f [String],
    /// The file name without language and extension, or the name of the folder for `index.md`.
    pub name: &'f str,
}

impl Fields<'_> {
    /// The value of a key.
    pub fn get(&self, key: &str) -> Option<&Value> {
        self.own.get_in_any_case(key).or_else(|| self.cascades.iter().find_map(|given| value::get(given, key, true)))
    }

    /// The slug, if there is one; `None` if it is not known.
    pub fn slug(&self) -> Option<Option<String>> {
        let written = match self.get("slug") {
            None | Some(Value::Null) => None,
            Some(value) => Some(value.printed()?.to_owned()),
        };
        let of_name = || {
            let (_, slug) = self.dated_name()?;
            Some(slug.to_owned())
        };
        let is_named = self.date_keys.iter().any(|key| key == ":filename");
        let slug = written.filter(|slug| !slug.is_empty());
        Some(slug.or_else(|| if is_named { of_name() } else { None }.filter(|slug| !slug.is_empty())))
    }

    /// The title; `None` if Hugo makes one of the name.
    pub fn title(&self, kind: Kind) -> Option<String> {
        match self.get("title") {
            Some(Value::Null) | None => (kind == Kind::Page).then(String::new),
            Some(value) => value.printed().map(str::to_owned),
        }
    }

    /// The first of these dates that there is; `None` if it is not known.
    pub fn first_date(&self, keys: &[&str]) -> Option<Option<DateTime>> {
        for key in keys {
            match self.get(key) {
                None | Some(Value::Null) => {}
                Some(value) => return Some(Some(moment(value)?)),
            }
        }
        Some(None)
    }

    /// The date that permalinks show. A page without one has the zero time of Go.
    pub fn date(&self) -> Option<DateTime> {
        for key in self.date_keys {
            if key == ":filename" {
                if let Some((date, _)) = self.dated_name() {
                    return Some(midnight(date));
                }
            } else if key.starts_with(':') {
                return None;
            } else if let Some(date) = self.first_date(&[key])? {
                return Some(date);
            }
        }
        Some(midnight(Date { year: 1, month: 1, day: 1 }))
    }

    /// The date at the start of the name, and what follows.
    /// <https://gohugo.io/configuration/front-matter/#dates-from-file-names>
    fn dated_name(&self) -> Option<(Date, &str)> {
        use crate::document::read::front_matter::calendar::Digits;
        let (date, rest) = self.name.split_at_checked(10)?;
        let date = Date::parse(date, Digits::Two).filter(|date| date.exists())?;
        Some((date, rest.trim_matches([' ', '-', '_'])))
    }
}

fn midnight(date: Date) -> DateTime {
    DateTime { date, hour: 0, minute: 0, second: 0, nanosecond: 0, offset: None }
}

/// The time as written, in its own zone.
fn moment(value: &Value) -> Option<DateTime> {
    match value {
        Value::Date(date) => Some(midnight(*date)),
        Value::Time(time) => Some(*time),
        Value::Text(text) if hugo_reads(text) => {
            let written = Written::read(text)?;
            let (hour, minute, second) = written.time.unwrap_or((0, 0, None));
            let at = DateTime { hour, minute, second: second.unwrap_or(0), ..midnight(written.date) };
            written.date.exists().then_some(at)
        }
        _ => None,
    }
}
