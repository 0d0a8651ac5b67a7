//! `front-matter-invalid`: front matter that does not parse, and the effect on the generator.

use crate::diagnostic::{Fix, Safety};
use crate::document::Document;
use crate::document::ask::page::dated_slug;
use crate::document::read::front_matter::{Block, Format};
use crate::edit::Edit;
use crate::place::dialect::Generator;
use crate::rule::{Check, Context, Finding, Wants};
use crate::source::Span;
use serde::Deserialize;

#[derive(Deserialize)]
pub struct FrontMatterInvalid {}

impl Check for FrontMatterInvalid {
    fn wants(&self) -> Wants {
        Wants::Document
    }

    fn document(&self, context: &mut Context<'_>, document: &Document<'_>) {
        // Pelican reads Markdown's metadata with python-markdown's `meta`, which is not YAML.
        if document.place.generator == Generator::Pelican {
            return;
        }
        let Some(block) = document.front_matter.block() else { return };
        if block.holds_toml && block.problem.is_none() {
            toml_in_yaml(context, document, block);
            return;
        }
        let Some(problem) = &block.problem else { return };
        let edit = problem.quoted.clone().map(|(span, text)| Edit { span, text });
        let fix = edit.map(|edit| {
            let title = if edit.text.is_empty() { "remove it" } else { "quote the value" };
            Fix::new(title, Safety::Safe, [edit])
        });
        context.report(Finding {
            message: Some(consequence(document, block.format)),
            label: Some(problem.label.clone()),
            help: Some(problem.help.clone()),
            fix,
            ..Finding::at(problem.span)
        });
    }
}

/// Reports `title = "…"` between `---`, unless the generator is known not to read TOML: then the author did not mean
/// TOML.
fn toml_in_yaml(context: &mut Context<'_>, document: &Document<'_>, block: &Block<'_>) {
    if !matches!(document.place.generator, Generator::Hugo | Generator::Zola | Generator::Plain) {
        return;
    }
    let text = document.source.text();
    let fence = |span: Span| Edit { span, text: "+++".to_owned() };
    let close = Span::new(block.content.end, block.span.end).slice(text).find("---");
    let fix = close.map(|at| {
        let start = block.content.end + at as u32;
        Fix::new(
            "write `+++` for both fences",
            Safety::Unsafe,
            [fence(block.fence), fence(Span::new(start, start + 3))],
        )
    });
    context.report(Finding {
        message: Some(consequence(document, block.format)),
        label: Some("this is TOML, but `---` marks YAML front matter".to_owned()),
        help: Some("replace both `---` with `+++`, or write `key: value` on every line".to_owned()),
        fix: fix.filter(|_| block.fence.len() == 3),
        ..Finding::at(first_line(text, block.content))
    });
}

/// The first line that is not blank.
fn first_line(text: &str, content: Span) -> Span {
    let inside = content.slice(text);
    let line = inside.trim_start();
    let start = content.start + (inside.len() - line.len()) as u32;
    Span::new(start, start + line.lines().next().unwrap_or("").trim_end().len() as u32)
}

/// What the generator does with the post. For Jekyll, observed with `jekyll build` 4.3, whose exit code is 0.
fn consequence(document: &Document<'_>, format: Format) -> String {
    let place = document.place;
    let format = format.as_str();
    match place.reader() {
        Generator::Jekyll if place.is_post() && dated_slug(place.file_name()).is_some() => {
            "Jekyll publishes this post without its title, at a URL that changes with the build date".into()
        }
        Generator::Jekyll => "Jekyll publishes this page without its title and layout".into(),
        Generator::Hexo => format!("Hexo skips this post: its {format} front matter does not parse"),
        Generator::Plain => format!("this {format} front matter does not parse"),
        other => format!("{other} stops the build: this {format} front matter does not parse"),
    }
}
