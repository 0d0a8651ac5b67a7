//! Pages that a program made: which generator built a page, and markup that many pages share because their template
//! contains it.

use crate::diagnostic::Diagnostic;
use crate::document::{Document, NodeKind};
use crate::engine::report::FileReport;
use crate::place::dialect::{Dialect, Generator};
use crate::rule::repeated::Groups;
use crate::source::{Source, Span};
use std::collections::BTreeSet;

/// How a file was made, as far as it shows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Making {
    /// Whether the file is a whole HTML document without front matter, so that it contains the markup of its template.
    pub is_whole_page: bool,
    /// The generator that says in such a document that it built it.
    pub built_by: Option<Generator>,
    /// Whether a comment at the start of the file says that it is generated and not to be edited.
    pub is_generated: bool,
}

impl Making {
    /// How a post was made.
    pub fn of(document: &Document<'_>) -> Self {
        let is_html = document.place.dialect == Dialect::Html && document.front_matter.block().is_none();
        let is_whole_page = is_html && document.tree.root().children().any(|node| node.kind() == NodeKind::Doctype);
        let built_by = if is_whole_page { generator_named_in(document) } else { None };
        Making { is_whole_page, built_by, is_generated: is_generated(document) }
    }
}

/// How much of a file is examined for the comment.
const HEAD: usize = 2_000;

/// Words of comments about a part of a file.
const PARTIAL: [&str; 7] = ["section", "begin", "start", "below", "between", "block", "table of contents"];

/// Whether a comment before all content says that the file is generated and not to be edited.
fn is_generated(document: &Document<'_>) -> bool {
    let text = document.source.text();
    let end = (0..=text.len().min(HEAD)).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0);
    let head = text.get(..end).unwrap_or_default().to_ascii_lowercase();
    let orders = ["do not edit", "do not modify", "don't edit"].iter().filter_map(|order| head.find(order));
    let Some(at) = orders.min() else { return false };
    let (before, after) = head.split_at_checked(at).unwrap_or_default();
    let of_markup = [("<!--", "-->"), ("{#", "#}")].iter().find_map(|(open, close)| {
        let (before, start) = before.rsplit_once(open).filter(|(_, start)| !start.contains(close))?;
        let (end, _) = after.split_once(close)?;
        Some((before, format!("{start}{end}")))
    });
    let of_front_matter = || {
        let (before, start) = before.rsplit_once('#').filter(|(_, start)| !start.contains('\n'))?;
        let is_comment = at < document.body.start as usize && before.ends_with('\n');
        is_comment.then(|| ("", format!("{start}{}", after.lines().next().unwrap_or_default())))
    };
    let Some((before, comment)) = of_markup.or_else(of_front_matter) else { return false };
    let body = before.get(document.body.start as usize..).unwrap_or_default();
    comment.contains("generated") && !PARTIAL.iter().any(|word| comment.contains(word)) && is_without_text(body)
}

/// Whether there are only tags and whitespace.
fn is_without_text(markup: &str) -> bool {
    let mut parts = markup.split('<');
    let first = parts.next().unwrap_or_default();
    first.trim().is_empty() && parts.all(|part| part.split_once('>').is_some_and(|(_, text)| text.trim().is_empty()))
}

/// The generator in `<meta name="generator" content="Hugo 0.124.1">`.
fn generator_named_in(document: &Document<'_>) -> Option<Generator> {
    let metas = document.tree.html_elements().filter(|element| element.name() == "meta");
    let mut named = metas.filter_map(|meta| {
        let is_generator = meta.attribute("name").is_some_and(|name| name.value().eq_ignore_ascii_case("generator"));
        let content = meta.attribute("content").filter(|_| is_generator)?;
        let name = content.value().split([' ', ',', '-']).next()?;
        Generator::ALL.into_iter().filter(|it| *it != Generator::Plain).find(|it| {
            let own = it.display_name().split('.').next().unwrap_or_default();
            name.split('.').next().unwrap_or(name).eq_ignore_ascii_case(own)
        })
    });
    named.next()
}

/// The number of pages from which on the same markup belongs to a template.
const MIN_PAGES: usize = 5;

/// How much of a line before and after a finding must be the same.
const AROUND: usize = 80;

/// Keeps only the first of the findings that are the same in many whole pages, at the same markup: their template is
/// wrong, not each page. Findings with a fix are kept in pages that no generator claims to have built.
pub fn report_templates_once(pages: &mut [(Making, &mut FileReport)]) {
    let mut groups: Groups<_, (usize, usize)> = Groups::default();
    for (page, (making, report)) in pages.iter().enumerate().filter(|(_, (making, _))| making.is_whole_page) {
        for (index, finding) in report.diagnostics.iter().enumerate() {
            if making.built_by.is_some() || finding.fix.is_none() {
                let markup = around(&report.source, finding.label.span);
                groups.add((finding.rule.clone(), finding.message.clone(), markup.to_owned()), (page, index));
            }
        }
    }
    let mut dropped = BTreeSet::new();
    for (_, places) in groups.into_vec() {
        let in_pages: BTreeSet<usize> = places.iter().map(|(page, _)| *page).collect();
        let Some(((page, index), others)) = places.split_first().filter(|_| in_pages.len() >= MIN_PAGES) else {
            continue;
        };
        dropped.extend(others.iter().copied());
        if let Some(kept) = pages.get_mut(*page).and_then(|(_, report)| report.diagnostics.get_mut(*index)) {
            is_in_others(kept, in_pages.len() - 1);
        }
    }
    for (page, (_, report)) in pages.iter_mut().enumerate() {
        let mut index = 0;
        report.diagnostics.retain(|_| {
            index += 1;
            !dropped.contains(&(page, index - 1))
        });
    }
}

/// Says that the same markup is in other pages. A fix of one of them would not help.
fn is_in_others(finding: &mut Diagnostic, others: usize) {
    let all = format!("the same markup is in {others} other pages: change the template that makes them");
    finding.help = Some(match finding.help.take() {
        Some(help) => format!("{help}; {all}"),
        None => all,
    });
    finding.fix = None;
}

/// The text of a finding with what is around it on its lines.
fn around(source: &Source, span: Span) -> &str {
    let (first, last) = (source.line_span(source.line_of(span.start)), source.line_span(source.line_of(span.end)));
    let text = source.text();
    let start = first.start.max(span.start.saturating_sub(AROUND as u32)) as usize;
    let end = last.end.min(span.end.saturating_add(AROUND as u32)) as usize;
    let start = (start..=span.start as usize).find(|at| text.is_char_boundary(*at)).unwrap_or(start);
    let end = (span.end as usize..=end).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(end);
    text.get(start..end).unwrap_or_default().trim()
}
