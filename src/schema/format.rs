//! The formats that a schema may require of text: dates, URLs.

use crate::document::read::front_matter::calendar::Written;
use crate::document::read::front_matter::types::{Engine, Resolved, resolve};
use crate::document::read::front_matter::value::Value;

/// What `format` requires, if `text` does not match it; `None` for unknown formats.
pub fn lacks_format(value: &Value<'_>, text: &str, format: &str) -> Option<&'static str> {
    let (is_day, is_time) = match date_of(value, text) {
        Some(Resolved::Date(date)) => (date.exists(), false),
        Some(Resolved::Time(time)) => (false, time.exists()),
        _ => (false, false),
    };
    let (is_as_wanted, wanted) = match format {
        "date" => (is_day, "a date (`2024-07-30`)"),
        "date-time" => (is_time, "a date with a time"),
        "any-date" => (is_day || is_time || is_written(text), "a date (`2024-07-30`)"),
        "uri" => {
            let address = text.split_once(':').is_some_and(|(scheme, rest)| is_scheme(scheme) && !rest.is_empty());
            (address, "a URL with a scheme (`https:`)")
        }
        "email" => {
            let address = text.split_once('@').is_some_and(|(name, host)| !name.is_empty() && host.contains('.'));
            (address, "an email address")
        }
        _ => (true, ""),
    };
    (!is_as_wanted).then_some(wanted)
}

/// Whether JavaScript and Ruby parse the text as a date: `Jul 30 2024`, `2024/7/30 10:00`, `Tue, 30 Jul 2024 10:00:00
/// GMT`. `date-unreadable` reports what the site's generator does not parse.
fn is_written(text: &str) -> bool {
    Written::read(without_weekday(text)).is_some_and(|written| written.date.exists() && written.has_real_time())
}

fn without_weekday(text: &str) -> &str {
    let (word, rest) = text.trim().split_once([',', ' ']).unwrap_or((text, ""));
    let days = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"];
    let is_day = word.get(..3).is_some_and(|start| days.iter().any(|day| start.eq_ignore_ascii_case(day)));
    if is_day { rest.trim_start() } else { text }
}

/// Whether the text is a time without a time zone.
pub fn lacks_offset(value: &Value<'_>, text: &str) -> bool {
    match date_of(value, text) {
        Some(Resolved::Time(time)) => time.offset.is_none(),
        Some(_) => false,
        None => {
            let written = Written::read(without_weekday(text)).filter(|_| is_written(text));
            written.is_some_and(|written| written.time.is_some() && written.rest.is_empty())
        }
    }
}

/// The date in the text, even if the generator's YAML parser does not give it that type.
fn date_of(value: &Value<'_>, text: &str) -> Option<Resolved> {
    let by_engine = [Engine::Jekyll, Engine::Psych, Engine::JsYaml].map(|engine| resolve(text, engine));
    let all = value.resolve(Engine::Core).into_iter().chain(by_engine);
    let mut dates = all.filter(|resolved| matches!(resolved, Resolved::Date(_) | Resolved::Time(_)));
    dates.next().or_else(|| without_seconds(text).map(|text| resolve(&text, Engine::Jekyll)))
}

/// Adds seconds to `2024-07-30 10:00 +0900`, which Jekyll and Hexo parse, although it is not a timestamp in YAML.
fn without_seconds(text: &str) -> Option<String> {
    let (start, rest) = text.split_at_checked(16)?;
    let is_shape = start.bytes().zip(b"0000-00-00 00:00").all(|(got, want)| match want {
        b'0' => got.is_ascii_digit(),
        b' ' => matches!(got, b' ' | b'T'),
        _ => got == *want,
    });
    (is_shape && !rest.starts_with(':')).then(|| format!("{start}:00{rest}").replacen('T', " ", 1))
}

fn is_scheme(scheme: &str) -> bool {
    scheme.starts_with(|c: char| c.is_ascii_alphabetic())
        && scheme.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.'))
}
