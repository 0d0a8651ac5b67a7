//! `front-matter-invalid`: front matter that does not parse, and what the generator makes of such a post.

use crate::diagnostic::{Fix, Safety};
use crate::document::Document;
use crate::document::ask::page::dated_slug;
use crate::document::read::front_matter::Format;
use crate::edit::Edit;
use crate::place::dialect::Generator;
use crate::rule::{Check, Context, Finding, Wants};
use serde::Deserialize;

#[derive(Deserialize)]
pub struct FrontMatterInvalid {}

impl Check for FrontMatterInvalid {
    fn wants(&self) -> Wants {
        Wants::Document
    }

    fn document(&self, context: &mut Context<'_>, document: &Document<'_>) {
        let Some(block) = document.front_matter.block() else { return };
        let Some(problem) = &block.problem else { return };
        let edit = problem.quoted.clone().map(|(span, text)| Edit { span, text });
        let fix = edit.map(|edit| Fix::new("quote the value", Safety::Safe, [edit]));
        context.report(Finding {
            message: Some(consequence(document, block.format)),
            label: Some(problem.label.clone()),
            help: Some(problem.help.clone()),
            fix,
            ..Finding::at(problem.span)
        });
    }
}

/// The effect on the generator. For Jekyll, what `jekyll build` 4.3 did, with exit code 0.
fn consequence(document: &Document<'_>, format: Format) -> String {
    let place = document.place;
    let format = format.as_str();
    match place.generator.known() {
        Generator::Jekyll if place.is_post() && dated_slug(place.file_name()).is_some() => {
            "Jekyll publishes this post without its title, at a new URL every build day".into()
        }
        Generator::Jekyll => "Jekyll publishes this page without its title and layout".into(),
        Generator::Hexo => format!("Hexo leaves this post out: its {format} front matter cannot be read"),
        Generator::Plain => format!("this {format} front matter cannot be read"),
        other => format!("{other} stops the build: this {format} front matter cannot be read"),
    }
}
