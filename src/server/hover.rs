//! What is shown when the mouse rests on a finding, or on a key of the front matter.

use crate::catalog::Catalog;
use crate::document::Document as Parsed;
use crate::engine::front_matter_key::meaning;
use crate::server::documents::Document;
use crate::server::positions::Encoding;
use crate::server::rule_summary::summary;
use crate::source::Span;
use gen_lsp_types::{Contents, Hover, MarkupContent, MarkupKind, Position};

/// What is known of a position in a document: the rules of the findings there, or else the key.
pub fn hover(document: &Document, position: Position, encoding: Encoding) -> Option<Hover> {
    let offset = encoding.offset(&document.source, position);
    let (span, text) = finding(document, offset).or_else(|| key(document, offset))?;
    let content = MarkupContent { kind: MarkupKind::Markdown, value: text };
    Some(Hover { contents: Contents::MarkupContent(content), range: Some(encoding.range(&document.source, span)) })
}

/// The pages in short of the rules of the findings at an offset, and the span of the smallest of these.
fn finding(document: &Document, offset: u32) -> Option<(Span, String)> {
    let (located, findings) = (document.check.located()?, document.check.findings()?);
    let is_at = |span: Span| span.start <= offset && offset <= span.end;
    let at: Vec<_> = findings.shown.iter().filter(|finding| is_at(finding.label.span)).collect();
    let span = at.iter().map(|finding| finding.label.span).min_by_key(|span| span.len())?;
    let catalog: &Catalog = located.post.rules.catalog();
    let mut pages: Vec<String> = Vec::new();
    for finding in at {
        let Some(entry) = catalog.get(&finding.rule) else { continue };
        let url = located.infos.get(&*finding.rule).map_or("", |rule| rule.url.as_str());
        let page = summary(entry, url);
        if !pages.contains(&page) {
            pages.push(page);
        }
    }
    (!pages.is_empty()).then(|| (span, pages.join("\n\n---\n\n")))
}

/// The meaning of the front matter key at an offset.
fn key(document: &Document, offset: u32) -> Option<(Span, String)> {
    let post = &document.check.located()?.post;
    let parsed = Parsed::parse(&document.source, &post.place);
    let block = parsed.front_matter.block()?;
    let is_at = |span: Span| span.start <= offset && offset <= span.end;
    let entry = block.mapping.entries.iter().find(|entry| is_at(entry.key.span))?;
    let name = entry.name()?;
    let lines = meaning(&parsed, &post.demands, name);
    let text: String = lines.iter().map(|line| format!("\n- {line}")).collect();
    Some((entry.key.span, format!("**`{name}`**\n{text}")))
}
