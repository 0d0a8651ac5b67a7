//! `schema-url-relative`: a URL in structured data that is not absolute.

use crate::document::Element;
use crate::document::ask::json_ld::{objects, structured_data};
use crate::rule::{Check, Context, Finding, Wants};
use serde::Deserialize;

#[derive(Deserialize)]
pub struct SchemaUrlRelative {
    keys: Vec<String>,
}

impl Check for SchemaUrlRelative {
    fn wants(&self) -> Wants {
        Wants::elements(&["script"])
    }

    fn element(&self, context: &mut Context<'_>, element: Element<'_>) {
        let Some(data) = structured_data(element, context.document.source.text()) else { return };
        let urls = objects(&data).into_iter().flat_map(|object| object.iter());
        let mut urls = urls.filter(|(key, _)| self.keys.contains(key)).flat_map(|(key, value)| {
            let values = value.as_array().map_or(std::slice::from_ref(value), Vec::as_slice);
            values.iter().filter_map(move |value| Some((key, value.as_str()?.trim())))
        });
        let found = urls.find(|(_, url)| is_relative(url));
        if let (Some((key, url)), Some(span)) = (found, element.start_tag()) {
            let message = Some(format!("`{key}` in structured data is the relative URL `{url}`"));
            context.report(Finding { message, ..Finding::at(span) });
        }
    }
}

/// Whether a value is a path, and not a name or an identifier.
fn is_relative(url: &str) -> bool {
    url.starts_with('/') || url.starts_with("./") || url.starts_with("../")
}
