//! `url-swallows-text`: a bare URL that includes the Korean, Japanese or Chinese text after it.

use crate::diagnostic::{Fix, Safety};
use crate::document::ask::bare_link::is_bare_link;
use crate::document::tree::node::WrittenOffsets;
use crate::document::{Document, Node, NodeKind, Origin};
use crate::place::dialect::Dialect;
use crate::rule::{Check, Context, Finding, Wants};
use crate::source::Span;
use crate::text::line_before;
use regex::Regex;
use serde::Deserialize;
use std::collections::BTreeSet;
use std::sync::LazyLock;

/// Applies only to generators whose Markdown parser links bare URLs up to the next whitespace.
#[derive(Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct UrlSwallowsText {
    endings: BTreeSet<String>,
    punctuation: String,
}

static ADDRESS: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"(?:https?://|www\.)[^\s<]+").ok());

/// Characters after which `www.` becomes a link. A URL with a scheme may follow any character but an ASCII letter: in
/// Chinese text, there is no space before it.
const BEFORE_WWW: [char; 4] = ['(', '*', '_', '~'];

impl Check for UrlSwallowsText {
    fn wants(&self) -> Wants {
        Wants::Document
    }

    fn document(&self, context: &mut Context<'_>, document: &Document<'_>) {
        if document.place.dialect == Dialect::Html {
            return;
        }
        let Some(address) = ADDRESS.as_ref() else { return };
        for node in document.tree.text_nodes().filter(|node| is_prose(*node)) {
            let offsets = node.written_offsets();
            for found in address.find_iter(node.text()) {
                let before = node.text()[..found.start()].chars().next_back();
                let with_scheme = found.as_str().starts_with("http");
                let becomes_link = |c: char| match with_scheme {
                    true => !c.is_ascii_alphabetic(),
                    false => c.is_whitespace() || BEFORE_WWW.contains(&c),
                };
                // `link-not-rendered` reports a link whose URL is not closed.
                let is_of_link = node.text()[..found.start()].ends_with("](");
                if before.is_none_or(becomes_link)
                    && !is_of_link
                    && let Some(finding) = self.finding(document, &offsets, found.start(), found.as_str())
                {
                    context.report(finding);
                }
            }
        }
    }
}

impl UrlSwallowsText {
    fn finding(
        &self,
        document: &Document<'_>,
        offsets: &WrittenOffsets<'_>,
        start: usize,
        run: &str,
    ) -> Option<Finding> {
        let at = run.find(|c: char| !c.is_ascii())?;
        let (address, rest) = run.split_at(at);
        let first = rest.chars().next()?;
        let word: String = rest.chars().take_while(|c| c.is_alphabetic()).collect();
        // In `/wiki/서울`, the Korean word is part of the path; in `/p에서`, it is a particle after the URL.
        let ends = address.ends_with(|c: char| c.is_ascii_alphanumeric() || c == ')');
        // Japanese text continues without a space, and no name begins with `を`.
        let follows = ends && (self.endings.contains(&word) || (first == 'を' && self.endings.contains("を")));
        let span = Span::new(offsets.get(start as u32)?, offsets.get((start + run.len()) as u32)?);
        let source = document.source.text();
        if span.slice(source) != run {
            return None;
        }
        let wrapped = wrapped(address, line_before(source, span.start));
        let code = address.find('`').and_then(|at| address.get(..at));
        if !follows && wrapped.or(code).is_none() && !self.punctuation.contains(first) {
            return None;
        }
        let address = code.or(wrapped).unwrap_or_else(|| without_closing(address));
        if !address.contains('.') {
            return None;
        }
        let url = Span::new(span.start, span.start + address.len() as u32);
        // In MDX, `<` begins a tag, and `<www.example.com>` is not a link in any dialect.
        let can_bracket = document.place.dialect != Dialect::Mdx && address.starts_with("http") && code.is_none();
        let fix = can_bracket.then(|| Fix::write(&format!("<{address}>"), url, Safety::Safe));
        let swallowed = Span::new(url.end, span.end);
        // The marks around the URL belong together again.
        let line = line_before(source, span.start);
        let mark = wrapped.and_then(|_| swallowed.slice(source).chars().next());
        let before = mark.and_then(|mark| Some(line.rsplit_once(mark)?.0.trim_end_matches(mark).len()));
        let start = before.map_or(url.start, |at| span.start - (line.len() - at) as u32);
        let fix = fix.map(|fix| fix.about(Span::new(start, span.end)));
        let message = format!("`{}` is parsed as part of the URL before it", swallowed.slice(document.source.text()));
        // The backticks do not match, or this would be code.
        let help = code.map(|_| "write as many backticks before the URL as after it".to_owned());
        Some(Finding { message: Some(message), help, fix, ..Finding::at(swallowed) })
    }
}

/// The URL without the marks after it, if the same marks are open before it: `**https://example.com/a**`.
fn wrapped<'a>(address: &'a str, line: &str) -> Option<&'a str> {
    let trimmed = address.trim_end_matches(['"', '\'', '*', '_', '~', ']', '}']);
    let marks = address.get(trimmed.len()..)?;
    let closing = marks.chars().next()?;
    let opening = match closing {
        ']' => '[',
        '}' => '{',
        other => other,
    };
    let is_open = match closing {
        // These are also parts of URLs.
        '_' | '~' | '\'' => false,
        ']' | '}' => line.matches(opening).count() > line.matches(closing).count(),
        _ => line.matches(marks).count() % 2 == 1,
    };
    (is_open || line.ends_with(opening)).then_some(trimmed)
}

/// The URL without the closing parenthesis or quotation mark around it.
fn without_closing(address: &str) -> &str {
    let trimmed = address.trim_end_matches(['"', '\'', '*', '_', '~']);
    match trimmed.strip_suffix(')') {
        Some(inside) if !inside.contains('(') => inside,
        _ => trimmed,
    }
}

fn is_prose(node: Node<'_>) -> bool {
    let other = |name: &str| matches!(name, "a" | "code" | "pre" | "script" | "style" | "textarea" | "kbd" | "samp");
    let parent = node.parent().and_then(|parent| parent.as_element());
    // Raw HTML is passed through verbatim: bare URLs in it do not become links.
    node.kind() == NodeKind::Text
        && node.origin() == Origin::Markdown
        && parent.is_none_or(|parent| {
            (!other(parent.name()) || is_bare_link(parent)) && !parent.ancestors().any(|above| other(above.name()))
        })
}
