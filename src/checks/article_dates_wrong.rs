//! `article-dates-wrong`: a date of an article in structured data that search engines cannot use.

use crate::document::Element;
use crate::document::ask::json_ld::{has_type, objects, structured_data};
use crate::document::read::front_matter::calendar::{Date, Digits};
use crate::rule::{Check, Context, Finding, Wants};
use regex::Regex;
use serde::Deserialize;
use serde_json::{Map, Value};
use std::sync::LazyLock;

#[derive(Deserialize)]
pub struct ArticleDatesWrong {}

/// <https://developers.google.com/search/docs/appearance/structured-data/article>
const ARTICLES: [&str; 4] = ["Article", "NewsArticle", "BlogPosting", "TechArticle"];

/// A date of ISO 8601, or only its year, or its year and month.
static ISO: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"^\d{4}(-\d{2}(-\d{2}([T ]\d{2}:?\d{2}(:?\d{2}([.,]\d+)?)?\s*(Z|z|[+-]\d{2}(:?\d{2})?)?)?)?)?$").ok()
});

impl Check for ArticleDatesWrong {
    fn wants(&self) -> Wants {
        Wants::elements(&["script"])
    }

    fn element(&self, context: &mut Context<'_>, element: Element<'_>) {
        let Some(data) = structured_data(element, context.document.source.text()) else { return };
        let articles = objects(&data).into_iter().filter(|object| has_type(object, &ARTICLES));
        let wrong = articles.filter_map(what_is_wrong).next();
        if let (Some(message), Some(span)) = (wrong, element.start_tag()) {
            context.report(Finding { message: Some(message), ..Finding::at(span) });
        }
    }
}

fn what_is_wrong(article: &Map<String, Value>) -> Option<String> {
    let date = |key: &str| article.get(key).and_then(Value::as_str).map(str::trim).filter(|date| !date.is_empty());
    for key in ["datePublished", "dateModified"] {
        if let Some(written) = date(key).filter(|date| !is_readable(date)) {
            return Some(format!("`{key}` is `{written}`, which is not a date of ISO 8601"));
        }
    }
    let day = |key: &str| Some(Date::parse(date(key)?.get(..10)?, Digits::Two)?.days());
    let (published, modified) = (day("datePublished")?, day("dateModified")?);
    // The days of two time zones may differ by one.
    (modified + 1 < published).then(|| "`dateModified` is before `datePublished`".to_owned())
}

fn is_readable(date: &str) -> bool {
    let exists = |day: &str| Date::parse(day, Digits::Two).is_some_and(|day| day.exists());
    ISO.as_ref().is_none_or(|iso| iso.is_match(date)) && date.get(..10).is_none_or(exists)
}
