//! HTML blocks of kramdown without an end: what one unclosed element inside does to all that are open around it.

use crate::checks::markup_broken::broken::{Broken, Opened, tag_name};
use crate::checks::markup_broken::unknown_tag;
use crate::diagnostic::Label;
use crate::document::ask::prose::is_code;
use crate::document::tree::ParseNoteKind;
use crate::rule::Finding;
use crate::source::Span;

/// An element that is never closed, and the end tags that are text because of it.
struct Culprit {
    tag: Span,
    /// Its own end tag, if kramdown takes that for text as well.
    own: Option<Span>,
    rendered: Vec<Span>,
}

/// Explains `<table><tr><td><cr></td></tr></table>`: kramdown matches each end tag with the innermost open element, so
/// one that is never closed makes text of all end tags after it. Removes what is explained from both lists.
pub(super) fn findings(broken: &Broken<'_, '_>, opened: &mut Vec<Opened>, closings: &mut Vec<Span>) -> Vec<Finding> {
    let notes = broken.document.tree.notes().iter();
    let unclosed = notes.filter(|note| note.kind == ParseNoteKind::UnclosedHtmlBlock);
    let mut chain: Vec<Span> = unclosed.map(|note| note.span).collect();
    chain.sort_unstable();
    chain.dedup();
    if chain.len() > MAX_CHAIN {
        return Vec::new();
    }
    let known: Vec<Span> = opened.iter().map(|it| it.tag).collect();
    let mut culprits = with_markdown(broken, &chain, closings);
    for (index, tag) in chain.iter().enumerate().rev() {
        let inside = chain.get(index + 1..).unwrap_or(&[]);
        let Some(next) = inside.first() else { continue };
        let name = broken.name(*tag);
        let end_tag = closings.iter().position(|it| it.start >= next.end && broken.name(*it) == name);
        let Some(end_tag) = end_tag.map(|at| closings.remove(at)) else { continue };
        opened.retain(|it| it.tag != *tag);
        let open = inside.iter().filter(|it| it.start < end_tag.start);
        // A template decides which of the tags are there.
        let varies = |tag: &Span| broken.branches.hold(tag.start) || broken.document.tree.has_template(*tag);
        let Some(culprit) = open.clone().next_back().filter(|_| !open.clone().any(varies)) else { continue };
        match culprits.iter_mut().find(|it| it.tag == *culprit) {
            Some(found) => found.rendered.push(end_tag),
            None => culprits.push(Culprit { tag: *culprit, own: None, rendered: vec![end_tag] }),
        }
    }
    // What another mistake explains was removed from the list before.
    culprits.retain(|it| it.own.is_some() || !is_repeated(broken, it.tag, &chain) || known.contains(&it.tag));
    opened.retain(|it| !culprits.iter().any(|culprit| culprit.tag == it.tag));
    let mut explained = |culprit: &Culprit| match mismatched(broken, culprit, closings) {
        Some(end_tag) => broken.mismatched(&broken.name(culprit.tag), culprit.tag, end_tag),
        None => explain(broken, culprit),
    };
    culprits.iter().map(&mut explained).collect()
}

/// The end tag of a heading of another level, if that was meant to close the culprit. Removes it from the list.
fn mismatched(broken: &Broken<'_, '_>, culprit: &Culprit, closings: &mut Vec<Span>) -> Option<Span> {
    let is_heading = |tag: Span| matches!(broken.name(tag).as_bytes(), [b'h', b'1'..=b'6']);
    let first = culprit.rendered.iter().min()?.start;
    let is_meant = |it: &Span| culprit.tag.end <= it.start && it.start < first && is_heading(*it);
    let at = closings.iter().position(is_meant).filter(|_| is_heading(culprit.tag))?;
    Some(closings.remove(at))
}

/// Maximum number of unclosed blocks that are explained.
const MAX_CHAIN: usize = 256;

/// Whether another element of the same name is open: `<b>full<b></div>` is explained by the second tag.
fn is_repeated(broken: &Broken<'_, '_>, culprit: Span, chain: &[Span]) -> bool {
    let name = broken.name(culprit);
    let is_inline = matches!(name.as_str(), "b" | "i" | "u" | "em" | "strong" | "span" | "code" | "font");
    is_inline && chain.iter().filter(|tag| broken.name(**tag) == name).count() > 1
}

/// The elements with `markdown="1"` whose end tag is not at the start of a line, where kramdown takes it for text.
fn with_markdown(broken: &Broken<'_, '_>, chain: &[Span], closings: &mut Vec<Span>) -> Vec<Culprit> {
    let mut culprits = Vec::new();
    for (index, tag) in chain.iter().enumerate().rev() {
        let name = broken.name(*tag);
        let next = chain.get(index + 1).map_or(u32::MAX, |next| next.start);
        let is_own = |it: &Span| it.start >= tag.end && it.start < next && broken.name(*it) == name;
        let own = closings.iter().position(is_own).filter(|_| broken.document.source.slice(*tag).contains("markdown="));
        if let Some(own) = own.map(|own| closings.remove(own)) {
            culprits.push(Culprit { tag: *tag, own: Some(own), rendered: Vec::new() });
        }
    }
    culprits
}

fn explain(broken: &Broken<'_, '_>, culprit: &Culprit) -> Finding {
    let Culprit { tag: culprit, own, ref rendered } = *culprit;
    let source = &broken.document.source;
    let written = source.slice(culprit);
    let name = tag_name(written);
    let related = |span: &Span| Label { span: *span, message: "so this is rendered as text".to_owned() };
    if let Some(end_tag) = own {
        return Finding {
            message: Some(format!("`{}` after text on its line is rendered as text", source.slice(end_tag))),
            label: Some("this enables blocks of Markdown, in which end tags begin a line".to_owned()),
            related: vec![related(&end_tag)],
            help: Some("put the text on lines of its own, or write `markdown=\"span\"`".to_owned()),
            ..Finding::at(culprit)
        };
    }
    let related = rendered.iter().min().map(related).into_iter().collect();
    if unknown_tag::is_unknown(name) {
        let mut elements = broken.document.tree.html_elements().filter(|it| it.start_tag() == Some(culprit));
        let in_code = elements.next().is_some_and(|it| it.ancestors().any(is_code));
        return Finding { related, ..unknown_tag::finding(broken, culprit, in_code) };
    }
    Finding {
        message: Some(format!("`<{name}>` is never closed")),
        label: Some("opened here".to_owned()),
        related,
        help: Some(format!("add `</{name}>` where it ends: kramdown needs the end tag")),
        ..Finding::at(culprit)
    }
}
