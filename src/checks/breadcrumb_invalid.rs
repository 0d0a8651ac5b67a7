//! `breadcrumb-invalid`: breadcrumbs in structured data without what search engines require.

use crate::document::Element;
use crate::document::ask::json_ld::{has_type, objects, structured_data};
use crate::rule::{Check, Context, Finding, Wants};
use serde::Deserialize;
use serde_json::{Map, Value};

#[derive(Deserialize)]
pub struct BreadcrumbInvalid {}

impl Check for BreadcrumbInvalid {
    fn wants(&self) -> Wants {
        Wants::elements(&["script"])
    }

    fn element(&self, context: &mut Context<'_>, element: Element<'_>) {
        let Some(data) = structured_data(element, context.document.source.text()) else { return };
        let lists = objects(&data).into_iter().filter(|object| has_type(object, &["BreadcrumbList"]));
        let wrong = lists.filter_map(what_is_wrong).next();
        if let (Some(message), Some(span)) = (wrong, element.start_tag()) {
            context.report(Finding { message: Some(message), ..Finding::at(span) });
        }
    }
}

/// <https://developers.google.com/search/docs/appearance/structured-data/breadcrumb>
fn what_is_wrong(list: &Map<String, Value>) -> Option<String> {
    let items = list.get("itemListElement")?;
    let items = items.as_array().map_or(std::slice::from_ref(items), Vec::as_slice);
    let items: Vec<&Map<String, Value>> = items.iter().filter_map(Value::as_object).collect();
    if items.len() < 2 {
        return Some(format!(
            "the breadcrumbs have {}, and at least two are required",
            crate::words::counted(items.len(), "item")
        ));
    }
    for (number, item) in items.iter().enumerate() {
        let position = item.get("position");
        let position = position.and_then(|it| it.as_u64().or_else(|| it.as_str()?.trim().parse().ok()));
        if position != Some(number as u64 + 1) {
            return Some(format!("item {} of the breadcrumbs has not the position {}", number + 1, number + 1));
        }
        let target = item.get("item");
        let named = |it: &Value| it.get("name").is_some_and(is_text);
        if !item.get("name").is_some_and(is_text) && !target.is_some_and(named) {
            return Some(format!("item {} of the breadcrumbs has no `name`", number + 1));
        }
        let is_last = number + 1 == items.len();
        let leads = |it: &Value| is_text(it) || it.get("@id").or(it.get("url")).is_some_and(is_text);
        if !is_last && !target.is_some_and(leads) {
            return Some(format!("item {} of the breadcrumbs has no `item` with its URL", number + 1));
        }
    }
    None
}

fn is_text(value: &Value) -> bool {
    value.as_str().is_some_and(|text| !text.trim().is_empty())
}
