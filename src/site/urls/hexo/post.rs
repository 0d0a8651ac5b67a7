//! A post of Hexo's, with the values that its URL is made of. <https://hexo.io/docs/permalinks#Variables>

use crate::document::read::front_matter::calendar::{Date, DateTime, Written};
use crate::site::urls::hexo::settings::Settings;
use crate::site::urls::hexo::slug::slugized;
use crate::site::urls::page::Page;
use crate::site::urls::time::{Moment, Zone, from_unix};
use crate::site::urls::value::Value;
use regex::Regex;
use std::sync::LazyLock;

/// A post.
pub struct Post<'p> {
    page: &'p Page<'p>,
    slug: String,
    /// Variables in the file name other than the title, such as `lang`.
    named: Vec<(String, String)>,
    /// The time as written. Without one, it is the time of the file.
    pub date: Option<DateTime>,
}

/// The variables of a permalink.
static VARIABLE: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(":([0-9A-Za-z_]*[0-9A-Za-z])").ok());

/// Variables in file names that do not become values of the post.
const PRESERVED: [&str; 7] = ["title", "year", "month", "day", "i_month", "i_day", "hash"];

impl<'p> Post<'p> {
    /// Reads the front matter and the name, below the folder of posts.
    pub fn read(settings: &Settings, page: &'p Page<'p>, name: &str) -> Option<Self> {
        let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
        let named = settings.file_name.as_ref()?.variables(stem)?;
        let get = |key: &str| named.iter().find(|(name, _)| name == key).map(|(_, value)| value.as_str());
        let slug = match get("title") {
            Some(title) => title.to_owned(),
            None => slugized(stem)?,
        };
        let number = |keys: [&str; 2]| keys.into_iter().find_map(get)?.parse::<u32>().ok();
        let of_name = || {
            let year = get("year")?.parse().ok()?;
            let date = Date { year, month: number(["month", "i_month"])?, day: number(["day", "i_day"])? };
            date.exists().then(|| midnight(date))
        };
        let date = match page.front.get("date") {
            None | Some(Value::Null) => of_name(),
            Some(written) => Some(moment(written)?),
        };
        Some(Post { page, slug, named, date })
    }

    /// The path that a permalink makes; `None` if it is not known.
    pub fn filled(&self, settings: &Settings, permalink: &str) -> Option<String> {
        let mut paths = self.shown(settings).into_iter().map(|at| self.filled_at(settings, permalink, at));
        let first = paths.next()??;
        paths.all(|path| path.as_ref() == Some(&first)).then_some(first)
    }

    /// The times that its URL may show: that of the config's time zone, in the zone of the machine that builds the site.
    fn shown(&self, settings: &Settings) -> Vec<Option<DateTime>> {
        match (self.date, &settings.zone) {
            (Some(at), Zone::Named(_)) => {
                let in_utc = from_unix(Moment::Wall(at).unix_seconds(&settings.zone));
                if settings.is_built_by_server { vec![in_utc] } else { vec![Some(at), in_utc] }
            }
            (Some(_), Zone::Unknown) => vec![None],
            (date, _) => vec![date],
        }
    }

    fn filled_at(&self, settings: &Settings, permalink: &str, at: Option<DateTime>) -> Option<String> {
        let mut path = String::new();
        let mut end = 0;
        for variable in VARIABLE.as_ref()?.captures_iter(permalink) {
            let (whole, name) = (variable.get(0)?, variable.get(1)?);
            path.push_str(permalink.get(end..whole.start())?);
            path.push_str(&self.value(settings, name.as_str(), at)?);
            end = whole.end();
        }
        path.push_str(permalink.get(end..)?);
        Some(path)
    }

    fn value(&self, settings: &Settings, name: &str, at: Option<DateTime>) -> Option<String> {
        Some(match name {
            "title" => self.slug.clone(),
            "name" => self.slug.rsplit('/').next().unwrap_or("").to_owned(),
            "post_title" => {
                let title = self.page.front.get("title").and_then(Value::printed);
                slugized(title.or(settings.slug_is_title.then_some(self.slug.as_str()))?)?.to_lowercase()
            }
            "year" => format!("{:04}", at?.date.year),
            "month" => format!("{:02}", at?.date.month),
            "day" => format!("{:02}", at?.date.day),
            "i_month" => at?.date.month.to_string(),
            "i_day" => at?.date.day.to_string(),
            "hour" => format!("{:02}", at?.hour),
            "minute" => format!("{:02}", at?.minute),
            "second" => format!("{:02}", at?.second),
            "category" => self.category(settings)?,
            // The time zone of the machine is in the hash and the timestamp, and the id is made by the database.
            "hash" | "timestamp" => return None,
            name => {
                let named = self.named.iter().find(|(it, _)| it == name && !PRESERVED.contains(&name));
                let own = self.page.front.get(name).and_then(Value::printed);
                let default = settings.defaults.iter().find(|(it, _)| it == name);
                named.map(|(_, value)| value.as_str()).or(own).or(default.map(|(_, value)| value.as_str()))?.to_owned()
            }
        })
    }

    /// The path of the last of the categories, each of which is in the one before.
    fn category(&self, settings: &Settings) -> Option<String> {
        let front = &self.page.front;
        let is_set = |value: &&Value| !matches!(value, Value::Null);
        let written = front.get("categories").filter(is_set).or_else(|| front.get("category").filter(is_set));
        let names: Vec<&str> = match written {
            None => return Some(settings.default_category.clone()),
            Some(Value::List(items)) => items.iter().map(Value::printed).collect::<Option<_>>()?,
            Some(value) => vec![value.printed()?],
        };
        if names.is_empty() {
            return Some(settings.default_category.clone());
        }
        let slug = |name: &&str| {
            let mapped = settings.category_map.iter().find(|(it, _)| it == name);
            let slug = slugized(mapped.map_or(name, |(_, to)| to.as_str()))?;
            Some(match settings.case.as_deref() {
                Some("1") => slug.to_lowercase(),
                Some("2") => slug.to_uppercase(),
                _ => slug,
            })
        };
        Some(names.iter().map(slug).collect::<Option<Vec<_>>>()?.join("/"))
    }
}

/// What the names of posts consist of: `new_post_name`, without the extension.
#[derive(Clone, Debug)]
pub struct FileName {
    pattern: Regex,
    variables: Vec<String>,
}

impl FileName {
    /// `None` if it cannot be read.
    pub fn of(rule: &str) -> Option<Self> {
        let rule = rule.rsplit_once('.').map_or(rule, |(rule, _)| rule);
        let mut pattern = "^".to_owned();
        let mut variables = Vec::new();
        let mut end = 0;
        for variable in VARIABLE.as_ref()?.captures_iter(rule) {
            let (whole, name) = (variable.get(0)?, variable.get(1)?);
            pattern.push_str(&regex::escape(rule.get(end..whole.start())?));
            pattern.push_str(match name.as_str() {
                "year" => r"(\d{4})",
                "month" | "day" => r"(\d{2})",
                "i_month" | "i_day" => r"(\d{1,2})",
                "hash" => "([0-9a-f]{12})",
                _ => "(.+?)",
            });
            variables.push(name.as_str().to_owned());
            end = whole.end();
        }
        pattern.push_str(&regex::escape(rule.get(end..)?));
        pattern.push('$');
        Some(FileName { pattern: Regex::new(&pattern).ok()?, variables })
    }

    /// `Permalink#parse`: what the variables are in a name; nothing if it does not match.
    fn variables(&self, name: &str) -> Option<Vec<(String, String)>> {
        let Some(found) = self.pattern.captures(name) else { return Some(Vec::new()) };
        let value = |(at, name): (usize, &String)| Some((name.clone(), found.get(at + 1)?.as_str().to_owned()));
        self.variables.iter().enumerate().map(value).collect()
    }
}

fn midnight(date: Date) -> DateTime {
    DateTime { date, hour: 0, minute: 0, second: 0, nanosecond: 0, offset: None }
}

/// hexo-front-matter makes local times of YAML's timestamps, which are in UTC; texts are local already.
fn moment(value: &Value) -> Option<DateTime> {
    match value {
        Value::Date(date) if date.exists() => Some(midnight(*date)),
        Value::Time(time) if time.exists() => utc(*time),
        Value::Text(text) => {
            let written = Written::read(text)?;
            let (hour, minute, second) = written.time.unwrap_or((0, 0, None));
            let at = DateTime { hour, minute, second: second.unwrap_or(0), ..midnight(written.date) };
            (written.date.exists() && written.rest.is_empty()).then_some(at)
        }
        _ => None,
    }
}

fn utc(time: DateTime) -> Option<DateTime> {
    match time.offset {
        None | Some(0) => Some(DateTime { offset: None, ..time }),
        Some(_) => Moment::Instant(time).shown(&Zone::OfServer).first().copied(),
    }
}
