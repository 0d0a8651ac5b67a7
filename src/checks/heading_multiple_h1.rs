//! `heading-multiple-h1`: a second `<h1>` in one post.

use crate::checks::heading_repeats_title_level::repeats_title;
use crate::diagnostic::Label;
use crate::document::ask::branches::Branches;
use crate::document::ask::field::Field;
use crate::document::ask::hidden::may_be_hidden;
use crate::document::ask::role::has_role;
use crate::document::{Element, Origin};
use crate::rule::{Check, Context, Finding, Wants};
use serde::Deserialize;

/// By default, at least one of the two headings must be an `<h1>` tag: Markdown linters check Markdown headings.
#[derive(Deserialize)]
pub struct HeadingMultipleH1 {
    markdown: bool,
}

impl Check for HeadingMultipleH1 {
    fn wants(&self) -> Wants {
        Wants::together(&["h1"])
    }

    fn elements(&self, context: &mut Context<'_>, elements: &[Element<'_>]) {
        let document = context.document;
        // In a post with a title, `heading-repeats-title-level` reports every `<h1>`.
        let has_title = !matches!(document.field("title"), Field::Missing | Field::Null(_));
        if has_title && (document.place.is_post() || repeats_title(document)) || document.is_copied() {
            return;
        }
        let headings: Vec<Element<'_>> = elements.iter().copied().filter(|element| is_visible_h1(*element)).collect();
        let [first, second, rest @ ..] = &headings[..] else { return };
        let html = |element: &Element<'_>| element.origin() == Origin::Html;
        if !self.markdown && !headings.iter().any(html) {
            return;
        }
        let branches = Branches::of(&document.tree);
        let (Some(span), Some(before)) = (second.start_tag(), first.start_tag()) else { return };
        if branches.hold(span.start) || branches.hold(before.start) {
            return;
        }
        // The heading that the layout prints is one more.
        let visible = document.layout().and_then(|layout| layout.visible_title.as_ref());
        let is_printed = visible.is_some_and(|title| title.level == Some(1) && document.is_set(&title.read.key));
        let help = is_printed.then(|| "the layout prints the title as `<h1>`: make these `<h2>`".to_owned());
        context.report(Finding {
            help,
            message: Some(format!("{} level 1 headings", rest.len() + 2)),
            related: vec![Label { span: before, message: "first level 1 heading".to_owned() }],
            ..Finding::of_post(span)
        });
    }
}

/// Whether the element is an `<h1>` that counts. Those in an article or a section do not: HTML5 once allowed a level 1
/// heading in each of them.
fn is_visible_h1(element: Element<'_>) -> bool {
    // An `<h1>` mentioned in a sentence opens an element that is not meant as a heading: `markup-broken` reports it.
    let closed = element.origin() == Origin::Markdown || element.end_tag().is_some();
    let sectioned = |it: Element<'_>| matches!(it.name(), "article" | "section" | "aside" | "template" | "noscript");
    let excluded = |it: Element<'_>| sectioned(it) || is_banner(it) || is_conditional(it);
    let is_left_out = is_conditional(element) || element.ancestors().any(excluded) || may_be_hidden(element);
    element.is_html() && closed && !is_left_out
}

/// Whether the element is the header of a page with a `<main>`: the heading in it names the site, and the one in `<main>`
/// the page. <https://www.w3.org/TR/html-aam-1.0/#el-header-ancestorbody>
fn is_banner(element: Element<'_>) -> bool {
    const SECTIONS: &[&str] = &["article", "aside", "main", "nav", "section"];
    let is_header = element.name() == "header" && !element.ancestors().any(|it| SECTIONS.contains(&it.name()));
    (is_header || has_role(element, &["banner"])) && element.tree().elements().any(|it| it.name() == "main")
}

/// Whether a framework shows the element under a condition: `v-if` and `v-else` are branches of one template.
fn is_conditional(element: Element<'_>) -> bool {
    const CONDITIONS: &[&str] = &[
        "v-if", "v-else", "v-else-if", "v-show", "v-for", "x-if", "x-show", "x-for", "ng-if", "ng-show", "ng-hide",
        "ng-switch-when", "ng-switch-default", "ng-repeat", "*ngif", "*ngfor", ":hidden", "x-bind:hidden",
        "v-bind:hidden",
    ];
    element.attributes().any(|attribute| CONDITIONS.iter().any(|it| attribute.name().eq_ignore_ascii_case(it)))
}
