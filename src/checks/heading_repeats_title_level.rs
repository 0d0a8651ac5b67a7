//! `heading-repeats-title-level`: an `<h1>` in a post whose title the theme prints as `<h1>` already.

use crate::diagnostic::{Fix, Label, Safety};
use crate::document::ask::field::Field;
use crate::document::edit::element;
use crate::document::{Document, Element, Origin};
use crate::edit::Edit;
use crate::place::dialect::Generator;
use crate::rule::{Check, Context, Finding, Wants};
use crate::source::Span;
use serde::Deserialize;

/// By default, only `<h1>` tags are reported: Markdown linters check Markdown headings.
#[derive(Deserialize)]
pub struct HeadingRepeatsTitleLevel {
    markdown: bool,
}

impl Check for HeadingRepeatsTitleLevel {
    fn wants(&self) -> Wants {
        Wants::elements(&["h1"])
    }

    fn element(&self, context: &mut Context<'_>, element: Element<'_>) {
        let document = context.document;
        let is_looked_at = self.markdown || element.origin() == Origin::Html;
        let Field::Text(title, entry) = document.field("title") else { return };
        if !is_looked_at || !element.is_html() || title.trim().is_empty() || !prints_title(document) {
            return;
        }
        // An `<h1>` mentioned in a sentence opens an element that is not meant as a heading: `markup-broken` reports
        // it.
        if element.origin() == Origin::Html && element.end_tag().is_none() {
            return;
        }
        let Some(span) = element.start_tag() else { return };
        let Some(printed) = printed(document) else { return };
        // The first finding has the fix for all headings, because the levels below must change together.
        let first = document.tree.elements().find(|other| other.name() == "h1" && document.shows(*other));
        let is_first = first.is_some_and(|first| first.node().id() == element.node().id());
        let fix = is_first.then(|| one_level_deeper(document)).flatten();
        context.report(Finding {
            fix,
            related: vec![Label { span: entry.value_or_key(), message: printed }],
            ..Finding::at(span)
        });
    }
}

/// Whether a title in the front matter is printed as `<h1>` above this post, so that the rule reports each `<h1>` in it.
pub fn repeats_title(document: &Document<'_>) -> bool {
    document.field("title").text().is_some_and(|title| !title.trim().is_empty())
        && prints_title(document)
        && printed(document).is_some()
}

/// Makes every heading one level deeper; `None` if one of them cannot be.
fn one_level_deeper(document: &Document<'_>) -> Option<Fix> {
    let mut edits = Vec::new();
    for heading in document.tree.elements().filter(|element| document.shows(*element)) {
        let [b'h', level @ b'1'..=b'6'] = *heading.name().as_bytes() else { continue };
        let deeper = (level < b'6').then(|| format!("h{}", char::from(level + 1)))?;
        if heading.origin() == Origin::Html {
            edits.extend(element::rename_tag(heading, &deeper).filter(|edits| edits.len() == 2)?);
        } else {
            // A setext heading has no marker that could be extended by one character.
            let start = heading.start_tag()?.start;
            let is_marked = document.source.text().get(start as usize..)?.starts_with('#');
            edits.push(is_marked.then(|| Edit { span: Span::empty(start), text: "#".to_owned() })?);
        }
    }
    Some(Fix::new("make every heading one level deeper", Safety::Unsafe, edits))
}

/// What prints the title as `<h1>`. `None` if the layout is known and does not print it.
fn printed(document: &Document<'_>) -> Option<String> {
    let theme = || "the theme prints this as `<h1>`".to_owned();
    let Some(layout) = document.layout() else { return Some(theme()) };
    match &layout.visible_title {
        Some(title) if title.level == Some(1) && layout.is_elsewhere => Some(theme()),
        Some(title) if title.level == Some(1) => Some(format!("{} prints this as `<h1>`", title.read.from)),
        // An unknown part of the layout may print the title, unless a known part prints it at another level.
        Some(title) if title.level.is_some() || layout.is_whole => None,
        _ => (!layout.is_whole).then(theme),
    }
}

/// Whether the theme is likely to print the title. Themes do so for posts; for pages, themes differ.
fn prints_title(document: &Document<'_>) -> bool {
    let place = document.place;
    let layout = document.field("layout").text().is_none_or(|layout| matches!(layout, "post" | "posts" | "single"));
    let is_post = match place.generator {
        Generator::Jekyll | Generator::Hexo => place.is_post(),
        _ => !document.field("date").is_blank(),
    };
    is_post && layout && !place.is_index()
}
