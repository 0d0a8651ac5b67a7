//! `editor-attributes`: attributes that an editor or a word processor left in the post.

use crate::diagnostic::{Fix, Safety};
use crate::document::edit::element;
use crate::document::{Attribute, Document, Element};
use crate::edit::Edit;
use crate::rule::{Check, Context, Finding, Wants};
use crate::source::Span;
use serde::Deserialize;

/// One finding per file: such editors add these attributes everywhere.
#[derive(Deserialize)]
pub struct EditorAttributes {
    attributes: Vec<String>,
    classes: Vec<String>,
}

impl Check for EditorAttributes {
    fn wants(&self) -> Wants {
        Wants::Document
    }

    fn document(&self, context: &mut Context<'_>, document: &Document<'_>) {
        let source = document.source.text();
        let mut first: Option<(Span, &str)> = None;
        let mut edits: Vec<Edit> = Vec::new();
        for element in document.tree.html_elements() {
            for attribute in element.attributes().filter(|attribute| self.is_editors(element, *attribute)) {
                let Some(span) = attribute.span() else { continue };
                first.get_or_insert((span, attribute.name()));
                edits.extend(element::remove_attribute(source, attribute));
            }
        }
        let Some((span, name)) = first else { return };
        let (message, help) = match edits.len() {
            0 | 1 => {
                let help = "remove it, unless your style sheet uses it".to_owned();
                (format!("`{name}` was left by an editor"), Some(help))
            }
            count => (format!("{count} attributes were left by an editor"), None),
        };
        edits.dedup_by(|later, before| later.span.overlaps(before.span));
        let fix = Fix::new("remove the editor's attributes", Safety::Unsafe, edits);
        context.report(Finding { message: Some(message), help, fix: Some(fix), ..Finding::of_post(span) });
    }
}

impl EditorAttributes {
    fn is_editors(&self, element: Element<'_>, attribute: Attribute<'_>) -> bool {
        let begins = |known: &[String], text: &str| known.iter().any(|start| text.starts_with(start.as_str()));
        let Some(value) = attribute.known_value() else { return false };
        match attribute.name() {
            "class" => {
                let mut classes = value.split_ascii_whitespace().peekable();
                classes.peek().is_some() && classes.all(|class| begins(&self.classes, class))
            }
            "id" => value.starts_with("docs-internal-guid"),
            "style" => {
                let mut declarations = value.split(';').map(str::trim).filter(|it| !it.is_empty()).peekable();
                declarations.peek().is_some() && declarations.all(|it| it.to_ascii_lowercase().starts_with("mso-"))
            }
            // An element that readers can edit is part of a demo.
            "contenteditable" => !element.has_attribute("id") && value != "true" && !value.is_empty(),
            name => begins(&self.attributes, name),
        }
    }
}
