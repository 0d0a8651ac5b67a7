//! `schema-type-retired`: structured data for a rich result that Google no longer shows.

use crate::document::Element;
use crate::document::ask::json_ld::{has_type, json_ld, objects};
use crate::rule::{Check, Context, Finding, Wants};
use serde::Deserialize;
use serde_json::Value;

#[derive(Deserialize)]
pub struct SchemaTypeRetired {
    types: Vec<String>,
}

impl Check for SchemaTypeRetired {
    fn wants(&self) -> Wants {
        Wants::elements(&["script"])
    }

    fn element(&self, context: &mut Context<'_>, element: Element<'_>) {
        let Some(inside) = json_ld(element, context.document.source.text()) else { return };
        let Ok(data) = serde_json::from_str::<Value>(context.document.source.slice(inside)) else { return };
        let all = objects(&data);
        let found = self.types.iter().find(|name| all.iter().any(|object| has_type(object, &[name.as_str()])));
        if let (Some(name), Some(span)) = (found, element.start_tag()) {
            let message = Some(format!("Google no longer shows rich results for `{name}`"));
            context.report(Finding { message, ..Finding::at(span) });
        }
    }
}
