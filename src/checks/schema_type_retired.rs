//! `schema-type-retired`: structured data for a rich result that Google no longer shows.

use crate::document::Element;
use crate::document::ask::json_ld::{has_type, objects, structured_data};
use crate::rule::{Check, Context, Finding, Wants};
use serde::Deserialize;

#[derive(Deserialize)]
pub struct SchemaTypeRetired {
    types: Vec<String>,
}

impl Check for SchemaTypeRetired {
    fn wants(&self) -> Wants {
        Wants::elements(&["script"])
    }

    fn element(&self, context: &mut Context<'_>, element: Element<'_>) {
        let Some(data) = structured_data(element, context.document.source.text()) else { return };
        let all = objects(&data);
        let found = self.types.iter().find(|name| all.iter().any(|object| has_type(object, &[name.as_str()])));
        if let (Some(name), Some(span)) = (found, element.start_tag()) {
            let message = Some(format!("Google no longer shows rich results for `{name}`"));
            context.report(Finding { message, ..Finding::at(span) });
        }
    }
}
