//! What authors say should not be reported: comments in the post and a key in its front matter.

use crate::diagnostic::Diagnostic;
use crate::document::front_matter::value::{Data, Value};
use crate::document::{Document, Node, NodeKind};
use crate::rule::Meta;
use crate::ruleset::Ruleset;
use crate::source::Span;

/// Names that are silent over a stretch of the file.
struct Suppression<'d> {
    names: Vec<&'d str>,
    /// `None`: the whole file.
    scope: Option<Span>,
}

/// Drops the findings an author has suppressed.
///
/// `<!-- postlint-ignore NAME, NAME: reason -->` covers the next block, `<!-- postlint-ignore-file NAME -->` the file,
/// and so does `postlint: {ignore: [NAME]}` in the front matter. A name is a rule, an alias, a group, or `all`.
pub fn apply(document: &Document<'_>, rules: &Ruleset, found: &mut Vec<Diagnostic>) {
    if found.is_empty() {
        return;
    }
    let suppressions = collect(document);
    if suppressions.is_empty() {
        return;
    }
    found.retain(|diagnostic| {
        let meta = rules.rules().iter().map(|rule| &*rule.meta).find(|meta| meta.name == diagnostic.rule);
        !suppressions.iter().any(|suppression| suppression.covers(diagnostic, meta))
    });
}

impl Suppression<'_> {
    fn covers(&self, diagnostic: &Diagnostic, meta: Option<&Meta>) -> bool {
        let here = self.scope.is_none_or(|scope| scope.contains(diagnostic.label.span));
        here && self.names.iter().any(|name| stands_for(name, diagnostic, meta))
    }
}

fn stands_for(name: &str, diagnostic: &Diagnostic, meta: Option<&Meta>) -> bool {
    name == "all"
        || *name == *diagnostic.rule
        || meta.is_some_and(|meta| {
            name == meta.group.as_str() || meta.aliases.iter().any(|alias| alias.eq_ignore_ascii_case(name))
        })
}

fn collect<'d>(document: &'d Document<'_>) -> Vec<Suppression<'d>> {
    let mut suppressions: Vec<_> = front_matter(document).into_iter().collect();
    // Most posts hold no such comment: one search of the text spares the walk.
    if memchr::memmem::find(document.source.text().as_bytes(), b"postlint-ignore").is_none() {
        return suppressions;
    }
    for node in document.tree.root().descendants() {
        if matches!(node.kind(), NodeKind::Comment | NodeKind::Template) {
            suppressions.extend(comment(document, node));
        }
    }
    suppressions
}

fn comment<'d>(document: &'d Document<'_>, node: Node<'d>) -> Option<Suppression<'d>> {
    let text = match node.kind() {
        NodeKind::Comment => node.text(),
        // In MDX a comment is an expression: `{/* … */}`.
        _ => node.text().strip_prefix("{/*")?.strip_suffix("*/}")?,
    };
    let text = text.trim();
    let (whole_file, list) = match text.strip_prefix("postlint-ignore-file") {
        Some(list) => (true, list),
        None => (false, text.strip_prefix("postlint-ignore")?),
    };
    let names = list.split_once(':').map_or(list, |(names, _reason)| names);
    let names: Vec<_> = names.split([',', ' ', '\t', '\n', '\r']).filter(|name| !name.is_empty()).collect();
    let scope = if whole_file { None } else { Some(next_block(document, node)?) };
    Some(Suppression { names, scope })
}

/// The bytes of the block after a comment: the next element, or the text up to it.
fn next_block(document: &Document<'_>, comment: Node<'_>) -> Option<Span> {
    let mut node = comment;
    loop {
        // A comment that stands alone in a paragraph speaks of what follows the paragraph.
        let next = node.next_sibling().or_else(|| node.parent()?.next_sibling())?;
        let span = next.as_element().map_or(next.span(), |element| element.span());
        let blank = next.kind() == NodeKind::Text && next.text().trim().is_empty();
        match span {
            Some(span) if !blank && next.kind() != NodeKind::Comment => {
                return Some(Span::new(span.start, span.end.min(document.source.text().len() as u32)));
            }
            _ => node = next,
        }
    }
}

fn front_matter<'d>(document: &'d Document<'_>) -> Option<Suppression<'d>> {
    let settings = document.front_matter.get("postlint")?.value.as_mapping()?;
    let names: Vec<&str> = match &settings.get("ignore")?.value.data {
        Data::Sequence { items, .. } => items.iter().filter_map(scalar).collect(),
        Data::Mapping(reasons) => reasons.entries.iter().filter_map(|entry| entry.name()).collect(),
        Data::Scalar(name) => vec![&name.text],
        Data::Alias { .. } => Vec::new(),
    };
    Some(Suppression { names, scope: None })
}

fn scalar<'v>(value: &'v Value<'_>) -> Option<&'v str> {
    value.as_scalar().map(|scalar| &*scalar.text)
}
