//! `image-filename-generic`: an image whose file name does not describe it.

use crate::document::Element;
use crate::pattern::Unusable;
use crate::rule::patterns::Patterns;
use crate::rule::{Check, Context, Finding, Wants};
use crate::url::file_name;
use serde::Deserialize;

/// File names that cameras and editors generate, and other names without a meaning.
#[derive(Deserialize)]
pub struct ImageFilenameGeneric {
    patterns: Patterns,
}

impl Check for ImageFilenameGeneric {
    fn wants(&self) -> Wants {
        Wants::elements(&["img"])
    }

    fn compile(&self) -> Result<(), Unusable> {
        self.patterns.compile()
    }

    fn element(&self, context: &mut Context<'_>, element: Element<'_>) {
        let Some(src) = element.attribute("src") else { return };
        let Some(address) = src.known_value().filter(|address| !address.starts_with("data:")) else { return };
        let name = file_name(address.trim());
        // A name without an extension is usually the number of an image in a database.
        let Some((stem, _)) = name.rsplit_once('.') else { return };
        if !self.patterns.iter().any(|pattern| pattern.is_match(stem)) {
            return;
        }
        if let Some(span) = src.value_span().or(element.start_tag()) {
            let message = format!("file name `{name}` does not describe the image");
            context.report(Finding { message: Some(message), ..Finding::at(span) });
        }
    }
}
