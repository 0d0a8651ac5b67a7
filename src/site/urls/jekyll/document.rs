//! A post or a document of a collection, with the values that its URL is made of: `Jekyll::Document` and
//! `Drops::UrlDrop`. <https://jekyllrb.com/docs/permalinks/#placeholders>

use crate::document::read::front_matter::calendar::DateTime;
use crate::site::urls::jekyll::settings::Settings;
use crate::site::urls::jekyll::{Defaults, dated, day, slug, split_extension, template};
use crate::site::urls::page::Page;
use crate::site::urls::time::{DAYS, MONTHS, Moment, short};
use crate::site::urls::value::{self, Value};

/// A document.
pub struct Document<'d> {
    label: &'d str,
    /// Path below `collections_dir`.
    path: &'d str,
    base: &'d str,
    extension: &'d str,
    output: String,
    /// The slug of its front matter or its name.
    slug: String,
    categories: Vec<String>,
    /// The `permalink` of the front matter, or of the site's defaults.
    pub permalink: Option<String>,
    /// The date in the front matter or the file name. `None` is the time of the build, or not known.
    pub date: Option<Moment>,
    /// `published: false`
    pub is_unpublished: bool,
}

impl<'d> Document<'d> {
    /// Collects the values; `None` if one is not known, or fails the build.
    pub fn read(settings: &Settings, page: &Page<'d>, label: &'d str, defaults: &Defaults) -> Option<Self> {
        let (_, name) = page.split();
        let (base, extension) = split_extension(name);
        let path = settings.in_collections(page.path).unwrap_or(page.path);
        let get = |key: &str| merged(page, defaults, key);
        let permalink = match get("permalink") {
            None | Some(Value::Null | Value::Bool(false)) => None,
            Some(Value::Text(text)) => Some(text.clone()),
            Some(_) => return None,
        };
        Some(Document {
            label,
            path,
            base,
            extension,
            output: settings.output_extension(permalink.as_deref(), extension),
            slug: slug(page, defaults, name)?,
            categories: categories(path, name, label, page, defaults)?,
            permalink,
            date: date(page, defaults, name),
            is_unpublished: get("published").is_some_and(Value::is_false),
        })
    }

    /// The times that its URL may show; none if it is made of the time of the build.
    pub fn shown(&self, settings: &Settings) -> Vec<Option<DateTime>> {
        match self.date {
            Some(date) => date.shown(&settings.zone).into_iter().map(Some).collect(),
            None => vec![None],
        }
    }

    /// The path that a template makes.
    pub fn filled(&self, template: &str, at: Option<DateTime>) -> Option<String> {
        template::filled(template, |name| self.value(name).or_else(|| time(name, at?)))
    }

    fn value(&self, name: &str) -> Option<String> {
        Some(match name {
            "collection" => self.label.to_owned(),
            "output_ext" => self.output.clone(),
            "name" => slug::lower(self.base),
            "title" => slug::pretty(&self.slug),
            "slug" => slug::lower(&self.slug),
            "path" => {
                let cleaned = self.path.strip_suffix(self.extension).unwrap_or(self.path);
                cleaned.replacen(&format!("_{}", self.label), "", 1).trim_end_matches('.').to_owned()
            }
            "categories" => once(self.categories.iter().map(|category| category.to_lowercase())),
            "slugified_categories" => once(self.categories.iter().map(|category| slug::lower(category))),
            _ => return None,
        })
    }
}

/// The value of a key in the front matter or in the site's defaults. They are merged, so `null` does not hide a default.
fn merged<'v>(page: &'v Page<'_>, defaults: &'v Defaults, key: &str) -> Option<&'v Value> {
    let own = page.front.get(key).filter(|value| **value != Value::Null);
    own.or_else(|| value::get(defaults, key, false))
}

/// The slug of a document with this file name; `None` if it is not a text.
pub fn slug(page: &Page<'_>, defaults: &Defaults, name: &str) -> Option<String> {
    match merged(page, defaults, "slug") {
        None | Some(Value::Null | Value::Bool(false)) => Some(slug_of_name(name).to_owned()),
        Some(Value::Text(text)) => Some(text.clone()),
        Some(_) => None,
    }
}

/// The slug in a file name.
pub fn slug_of_name(name: &str) -> &str {
    dated(name).map_or(split_extension(name).0, |(_, slug)| slug).trim_end_matches('.')
}

/// The date of a document with this file name. `None` is the time of the build, or not known: one that Ruby does not read
/// either fails the build, so only URLs with a date in them are unknown.
pub fn date(page: &Page<'_>, defaults: &Defaults, name: &str) -> Option<Moment> {
    match page.front.get("date").or_else(|| value::get(defaults, "date", false)) {
        Some(written) => moment(written),
        None => day(dated(name)?.0).map(Moment::midnight),
    }
}

/// The first value of each key, joined with `/`.
fn once(texts: impl Iterator<Item = String>) -> String {
    let mut once: Vec<String> = Vec::new();
    for text in texts {
        if !once.contains(&text) {
            once.push(text);
        }
    }
    once.join("/")
}

fn moment(value: &Value) -> Option<Moment> {
    match value {
        Value::Date(date) if date.exists() => Some(Moment::midnight(*date)),
        // YAML's timestamps are in UTC without an offset.
        Value::Time(time) if time.exists() => {
            Some(Moment::Instant(DateTime { offset: Some(time.offset.unwrap_or(0)), ..*time }))
        }
        Value::Text(text) => Moment::ruby(text),
        _ => None,
    }
}

/// The folders above `_posts`, the site's defaults, and the front matter's `categories` and `category`, in this order.
fn categories(path: &str, name: &str, label: &str, page: &Page<'_>, defaults: &Defaults) -> Option<Vec<String>> {
    let special = format!("_{label}");
    let mut all: Vec<String> = Vec::new();
    if !path.starts_with(&special) {
        let above = path.split(special.as_str()).next().unwrap_or("");
        all.extend(above.split('/').filter(|part| !part.is_empty() && *part != name).map(str::to_owned));
    }
    let of_site = value::get(defaults, "categories", false);
    for written in [of_site, page.front.get("categories")].into_iter().flatten() {
        match written {
            Value::Null => {}
            Value::Text(text) => all.extend(text.split_whitespace().map(str::to_owned)),
            Value::List(items) => all.extend(flat(items)?),
            _ => return None,
        }
    }
    match page.front.get("category").or_else(|| value::get(defaults, "category", false)) {
        None | Some(Value::Null | Value::Bool(false)) => {}
        Some(Value::List(items)) => all.extend(flat(items)?),
        Some(other) => all.push(other.printed()?.to_owned()),
    }
    Some(all)
}

fn flat(items: &[Value]) -> Option<Vec<String>> {
    items
        .iter()
        .map(|item| if *item == Value::Null { Some(String::new()) } else { item.printed().map(str::to_owned) })
        .collect()
}

/// The part of a date that a token names.
fn time(name: &str, at: DateTime) -> Option<String> {
    let date = at.date;
    let month = || MONTHS.get(date.month.checked_sub(1)? as usize).copied();
    let day = DAYS.get(date.weekday()).copied()?;
    Some(match name {
        "year" => format!("{:04}", date.year),
        "short_year" => format!("{:02}", date.year % 100),
        "month" => format!("{:02}", date.month),
        "i_month" => date.month.to_string(),
        "short_month" => short(month()?).to_owned(),
        "long_month" => month()?.to_owned(),
        "day" => format!("{:02}", date.day),
        "i_day" => date.day.to_string(),
        "short_day" => short(day).to_owned(),
        "long_day" => day.to_owned(),
        "y_day" => format!("{:03}", date.day_of_year()),
        "w_year" => date.iso_week().0.to_string(),
        "week" => format!("{:02}", date.iso_week().1),
        "w_day" => if date.weekday() == 0 { 7 } else { date.weekday() }.to_string(),
        "hour" => format!("{:02}", at.hour),
        "minute" => format!("{:02}", at.minute),
        "second" => format!("{:02}", at.second),
        _ => return None,
    })
}
