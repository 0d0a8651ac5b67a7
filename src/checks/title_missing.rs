//! `title-missing`: a page without a title.

use crate::diagnostic::LevelOrOff;
use crate::document::read::front_matter::value::Entry;
use crate::document::{Document, Field, NodeKind};
use crate::place::dialect::{Dialect, Generator};
use crate::rule::{Check, Context, Finding, Wants};
use serde::Deserialize;

#[derive(Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct TitleMissing {
    from_file_name: LevelOrOff,
}

impl Check for TitleMissing {
    fn wants(&self) -> Wants {
        Wants::Document
    }

    fn document(&self, context: &mut Context<'_>, document: &Document<'_>) {
        let demands = context.demands;
        let Some(fence) = document.sound_fence() else { return };
        let title = document.field("title");
        // If the project's config requires a title, `required-key-missing` reports it.
        let is_required = || demands.requires("title");
        if !title.is_blank() || needs_none(document) || is_required() || comes_from_elsewhere(document) {
            return;
        }
        match title {
            Field::Text(_, entry) => context.report(Finding {
                message: Some("`title` is empty".into()),
                label: Some("no text here".into()),
                help: Some("write the title here".into()),
                ..Finding::at(entry.value_or_key())
            }),
            // `text-lost-after-hash` reports `title: #1 in fish`.
            Field::Null(entry) if is_cut(document, entry) => {}
            Field::Null(_) | Field::Missing => {
                let (span, label, help) = match title {
                    Field::Null(entry) => (entry.key.span, Some("no value"), Some("write the title here")),
                    _ => (fence, None, None),
                };
                let (label, help) = (label.map(str::to_owned), help.map(str::to_owned));
                let derived = document.place.title_from_name();
                let at_most = derived.as_ref().and(self.from_file_name.level());
                if derived.is_some() && at_most.is_none() {
                    return;
                }
                let message = derived.map(|title| format!("no `title`: Jekyll derives “{title}” from the file name"));
                context.report(Finding { message, label, help, at_most, ..Finding::at(span) });
            }
            Field::Unknown | Field::Nested(_) | Field::Default(_) => {}
        }
    }
}

fn is_cut(document: &Document<'_>, entry: &Entry<'_>) -> bool {
    let block = document.front_matter.block();
    block.is_some_and(|block| block.lost_behind(document.source.text(), &entry.value).is_some())
}

/// Whether the page gets its title from elsewhere, or is not a page that readers search for.
fn needs_none(document: &Document<'_>) -> bool {
    let place = document.place;
    let error_page = place.file_name().starts_with("404");
    error_page
        || document.is_made_by_template()
        || is_fragment(document)
        || match place.generator {
            // A home page has the site's title, and on GitHub Pages other pages get the first heading as their title.
            Generator::Jekyll if place.is_post() => false,
            Generator::Jekyll => place.is_index() || place.title_from_name().is_some() || begins_with_heading(document),
            // Hugo names a section after its folder.
            Generator::Hugo => place.file_name().starts_with("_index."),
            Generator::Hexo => place.is_index(),
            Generator::Astro | Generator::Eleventy | Generator::Zola | Generator::Gatsby | Generator::Plain => {
                place.is_index() || has_main_heading(document)
            }
            // These generators use the first heading, the file name or the table of contents. postlint does not parse
            // Pelican's metadata.
            Generator::Docusaurus
            | Generator::VitePress
            | Generator::MkDocs
            | Generator::MdBook
            | Generator::Pelican
            | Generator::Next => true,
        }
}

/// Whether this is HTML with empty front matter, which has only the layout that the site gives it: without one, it is a
/// part of a page unless it has a head of its own.
fn is_fragment(document: &Document<'_>) -> bool {
    let place = document.place;
    let needs_key = matches!(place.generator, Generator::Jekyll | Generator::Eleventy | Generator::Plain);
    let has_layout =
        || document.layout().is_some() || document.supplied("layout").is_some() || document.is_set("layout");
    let is_whole = || {
        let mut written = document.tree.elements().filter(|element| element.is_written());
        written.any(|element| matches!(element.name(), "html" | "head"))
    };
    let has_keys = document.sound_block().is_some_and(|block| !block.mapping.entries.is_empty());
    needs_key && place.dialect == Dialect::Html && !place.is_post() && !has_keys && !has_layout() && !is_whole()
}

/// Whether the title does not come from the `title` key: the layout reads another key that is set or has a fixed title,
/// or a data file sets the title.
fn comes_from_elsewhere(document: &Document<'_>) -> bool {
    if document.supplied("title").is_some() {
        return true;
    }
    match document.layout() {
        Some(layout) => {
            let is_given = layout.given.iter().any(|key| key == "title");
            let is_fixed = layout.is_whole
                && layout.title_tag.is_some()
                && layout.title.is_empty()
                && layout.visible_title.is_none();
            // If no known layout contains a `<title>`, the title may come from any key.
            let is_open = layout.title_tag.is_none() && has_key_like_title(document);
            document.sets_any(&layout.title) || is_given || is_fixed || is_open
        }
        None => has_key_like_title(document),
    }
}

/// Whether a key may well be the title, for generators whose layouts can read any key: `pageTitle`, `newstitle`,
/// `eleventyNavigation.key`.
fn has_key_like_title(document: &Document<'_>) -> bool {
    let is_free = matches!(document.place.generator, Generator::Eleventy | Generator::Astro | Generator::Gatsby);
    let Some(block) = document.sound_block().filter(|_| is_free) else { return false };
    let is_like = |name: &str| {
        let lower = name.to_ascii_lowercase();
        lower.ends_with("title") && !lower.contains("sub") || matches!(&*lower, "heading" | "headline" | "name")
    };
    let names = block.mapping.entries.iter().filter_map(|entry| entry.name());
    document.is_set("eleventyNavigation.key") || names.into_iter().any(|name| is_like(name) && document.is_set(name))
}

fn has_main_heading(document: &Document<'_>) -> bool {
    document.tree.elements().any(|element| element.name() == "h1")
}

/// Whether the Markdown begins with a heading of level 1 to 3, which the plugin jekyll-titles-from-headings uses as the
/// title.
fn begins_with_heading(document: &Document<'_>) -> bool {
    let blank = |text: &str| text.trim().is_empty();
    let first = document.tree.elements().find(|element| !matches!(element.name(), "html" | "head" | "body"));
    let text_before =
        document.tree.root().children().find(|node| !(node.kind() == NodeKind::Text && blank(node.text())));
    document.place.dialect != Dialect::Html
        && text_before.is_some_and(|node| node.kind() == NodeKind::Element)
        && first.is_some_and(|element| matches!(element.name(), "h1" | "h2" | "h3"))
}
