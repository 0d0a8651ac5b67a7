//! `template-unrendered`: Liquid that Jekyll cannot render, or does not process.

use crate::diagnostic::Label;
use crate::document::ask::branches::tag_name;
use crate::document::{Document, Node, NodeKind};
use crate::place::Place;
use crate::place::dialect::Dialect;
use crate::rule::{Check, Context, Finding, Wants};
use crate::source::Span;
use regex::Regex;
use serde::Deserialize;
use std::sync::LazyLock;

/// Tags of Liquid and Jekyll that have an end tag.
#[derive(Deserialize)]
pub struct TemplateUnrendered {
    blocks: Vec<String>,
}

/// Matches `{{ site.title }}` and similar: complete tags with values that only Jekyll provides.
static VALUE: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"\{\{-?\s*(?:site|page|content|post|include)\b[^{}\n]*\}\}|\{%-?\s*include\s").ok());

impl Check for TemplateUnrendered {
    fn wants(&self) -> Wants {
        Wants::Document
    }

    fn document(&self, context: &mut Context<'_>, document: &Document<'_>) {
        if document.place.is_built {
            built(context, document);
        } else if document.sound_fence().is_some() {
            if !document.field("render_with_liquid").is_word("false") {
                self.unbalanced(context, document);
            }
        } else if is_copied(document.place, document) {
            never_rendered(context, document);
        }
    }
}

/// Elements whose text shows code.
const CODE: [&str; 8] = ["pre", "code", "samp", "kbd", "script", "style", "textarea", "template"];

/// Finds tags that only a generator knows, in the text of a built page. Programs in the browser have templates as
/// well, with names of their own.
fn built(context: &mut Context<'_>, document: &Document<'_>) {
    let text = document.source.text();
    let is_tag = |tag: &str| {
        VALUE.as_ref().is_some_and(|value| value.is_match(tag)) || tag.starts_with("{{<") || tag.starts_with("{{%")
    };
    let is_shown = |node: &Node<'_>| !node.ancestors().any(|around| CODE.contains(&around.name()));
    let nodes = document.tree.root().descendants();
    let found = nodes.filter(|node| matches!(node.kind(), NodeKind::Text | NodeKind::Template)).find_map(|node| {
        let span = node.span().filter(|span| is_tag(span.slice(text)))?;
        is_shown(&node).then_some(span)
    });
    if let Some(span) = found {
        let message = Some("readers see a template that the generator did not render".to_owned());
        let label = Some("shown as text".to_owned());
        let help = Some("close the tags before it, and write it where the generator renders templates".to_owned());
        context.report(Finding { message, label, help, ..Finding::at(span) });
    }
}

/// Whether Jekyll copies the file verbatim, because it has no front matter.
fn is_copied(place: &Place, document: &Document<'_>) -> bool {
    place.dialect == Dialect::Html && !place.is_part() && document.front_matter.block().is_none()
}

fn never_rendered(context: &mut Context<'_>, document: &Document<'_>) {
    let text = document.source.text();
    let is_page = text.get(..text.len().min(4096)).is_some_and(|head| head.to_ascii_lowercase().contains("<html"))
        || text.get(..9).is_some_and(|head| head.eq_ignore_ascii_case("<!doctype"));
    let Some(found) = VALUE.as_ref().filter(|_| is_page).and_then(|value| value.find(text)) else { return };
    let message = format!("`{}` is rendered as text", found.as_str().trim_end());
    context.report(Finding {
        message: Some(message),
        label: Some("Jekyll only renders files that have front matter".to_owned()),
        help: Some("start the file with two lines of `---`".to_owned()),
        ..Finding::at(Span::of(found.range()))
    });
}

impl TemplateUnrendered {
    fn unbalanced(&self, context: &mut Context<'_>, document: &Document<'_>) {
        let mut open: Vec<Tag<'_>> = Vec::new();
        for tag in Tags::new(document.source.text(), document.body.start as usize) {
            if !tag.is_closed {
                context.report(unterminated(&tag));
                return;
            }
            match tag.name.strip_prefix("end") {
                Some(block) if !block.is_empty() => {
                    if open.last().is_some_and(|last| last.name == block) {
                        open.pop();
                    } else if self.is_block(block) {
                        context.report(wrong_end(&tag, open.last()));
                        return;
                    }
                }
                _ if self.is_block(tag.name) => open.push(tag),
                _ => {}
            }
        }
        if let Some(tag) = open.last() {
            context.report(Finding {
                message: Some(format!("`{}` is never closed", tag.name)),
                label: Some("opened here".to_owned()),
                help: Some(format!("add `{{% end{} %}}` where it ends", tag.name)),
                ..Finding::at(tag.span)
            });
        }
    }

    fn is_block(&self, name: &str) -> bool {
        self.blocks.iter().any(|block| block == name)
    }
}

fn unterminated(tag: &Tag<'_>) -> Finding {
    let (open, close) = if tag.is_value { ("{{", "}}") } else { ("{%", "%}") };
    Finding {
        message: Some(format!("`{open}` is not closed by `{close}`: Jekyll stops the build here")),
        label: Some("opened here".to_owned()),
        help: Some(format!("close it with `{close}`, or write it inside `{{% raw %}}`")),
        ..Finding::at(Span::new(tag.span.start, tag.span.start + 2))
    }
}

fn wrong_end(tag: &Tag<'_>, open: Option<&Tag<'_>>) -> Finding {
    let name = tag.name;
    Finding {
        message: Some(match open {
            Some(open) => format!("`{name}` does not belong to the open tag `{}`", open.name),
            None => format!("`{name}` has no matching open tag"),
        }),
        label: Some("Jekyll stops the build here".to_owned()),
        related: open.map(|open| Label { span: open.span, message: "opened here".to_owned() }).into_iter().collect(),
        help: Some("close each block once, inner blocks first".to_owned()),
        ..Finding::at(tag.span)
    }
}

#[derive(Clone, Copy)]
struct Tag<'t> {
    name: &'t str,
    span: Span,
    is_value: bool,
    is_closed: bool,
}

/// Iterates over Liquid's tags (`{% … %}`) and unclosed values (`{{ …`) in source order, except those inside `raw` and
/// `comment`.
struct Tags<'t> {
    text: &'t str,
    at: usize,
}

impl<'t> Tags<'t> {
    fn new(text: &'t str, at: usize) -> Self {
        Tags { text, at }
    }

    /// Skips to the end of a `raw` or `comment` block. Returns false if it has no end tag.
    fn skip_block(&mut self, name: &str) -> bool {
        let end = format!("end{name}");
        let rest = self.text.get(self.at..).unwrap_or("");
        let found = rest.match_indices("{%").find_map(|(at, _)| {
            let tag = rest.get(at..)?;
            (tag_name(tag) == end).then(|| at + tag.find("%}").map_or(tag.len(), |close| close + 2))
        });
        self.at += found.unwrap_or(0);
        found.is_some()
    }
}

impl<'t> Iterator for Tags<'t> {
    type Item = Tag<'t>;

    fn next(&mut self) -> Option<Tag<'t>> {
        loop {
            let rest = self.text.get(self.at..)?;
            let open = |at: &usize| matches!(rest.as_bytes().get(at + 1), Some(b'{' | b'%'));
            let start = self.at + memchr::memchr_iter(b'{', rest.as_bytes()).find(open)?;
            let tag = self.text.get(start..)?;
            let is_value = tag.starts_with("{{");
            // Liquid parses a value up to the first `}` and requires another one there.
            let (close, is_closed) = match is_value {
                true => tag.find('}').map_or((2, false), |at| (at + 2, tag.get(at..at + 2) == Some("}}"))),
                false => tag.find("%}").map_or((2, false), |at| (at + 2, true)),
            };
            let end = (start + close).min(self.text.len());
            let name = if is_value { "" } else { tag_name(tag) };
            self.at = end;
            if is_closed && matches!(name, "raw" | "comment") {
                let tag = Tag { name, span: Span::of(start..end), is_value, is_closed };
                if self.skip_block(name) {
                    continue;
                }
                // Without an end tag, the block extends to the end of the file.
                self.at = self.text.len();
                return Some(tag);
            }
            if is_value && is_closed {
                continue;
            }
            return Some(Tag { name, span: Span::of(start..end), is_value, is_closed });
        }
    }
}
