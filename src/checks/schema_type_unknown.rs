//! `schema-type-unknown`: JSON-LD without a type, or without a supported vocabulary.

use crate::document::Element;
use crate::document::ask::json_ld::structured_data;
use crate::rule::{Check, Context, Finding, Wants};
use serde::Deserialize;
use serde_json::Value;

#[derive(Deserialize)]
pub struct SchemaTypeUnknown {}

impl Check for SchemaTypeUnknown {
    fn wants(&self) -> Wants {
        Wants::elements(&["script"])
    }

    fn element(&self, context: &mut Context<'_>, element: Element<'_>) {
        let Some(data) = structured_data(element, context.document.source.text()) else { return };
        let items = data.as_array().map_or(std::slice::from_ref(&data), Vec::as_slice);
        let wrong = items.iter().filter_map(Value::as_object).find_map(what_is_wrong);
        if let (Some(message), Some(span)) = (wrong, element.start_tag()) {
            context.report(Finding { message: Some(message.to_owned()), ..Finding::at(span) });
        }
    }
}

fn what_is_wrong(item: &serde_json::Map<String, Value>) -> Option<&'static str> {
    let has = |key: &str| item.get(key).is_some_and(|value| !value.is_null());
    let is_given_up = |context: &Value| context.as_str().is_some_and(|it| it.contains("data-vocabulary.org"));
    match item.get("@context") {
        None | Some(Value::Null) => Some("structured data without `@context`"),
        Some(context) if is_given_up(context) => {
            Some("structured data with a vocabulary that search engines no longer support")
        }
        _ if has("@type") || has("@graph") || has("@id") => None,
        _ => Some("structured data without `@type`"),
    }
}
