//! Suppressions in comments, in the syntax of HTML, Liquid, Nunjucks, kramdown and MDX, and in YAML front matter.

use crate::document::Document;
use crate::document::suppression::nodes::Nodes;
use crate::document::suppression::{Kind, Name, Scope, Suppression};
use crate::place::dialect::Dialect;
use crate::source::{Span, holds};
use memchr::memmem;

/// The start of every suppression comment.
pub(super) const START: &str = "postlint-ignore";

/// The start of every comment that is probably meant to be one.
pub(super) const PREFIX: &str = "postlint-";

/// The rest of a word that begins with [`PREFIX`].
pub(super) fn after_prefix(word: &str) -> Option<&str> {
    word.strip_prefix(PREFIX)
}

/// The syntax of a comment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Syntax {
    /// `<!-- … -->`
    Html,
    /// `{% comment %} … {% endcomment %}`
    Liquid,
    /// `{# … #}`
    Nunjucks,
    /// `{::comment} … {:/comment}`
    Kramdown,
    /// `{/* … */}`
    Mdx,
    /// `# …` to the end of the line.
    Yaml,
}

/// The suppression comments of a post, sorted by position.
pub(super) fn find(document: &Document<'_>, nodes: &Nodes<'_>) -> Vec<Suppression> {
    let text = document.source.text();
    let mut found: Vec<Suppression> = Vec::new();
    // Syntaxes without a closing delimiter in the rest of the text, so that none is searched for twice.
    let mut unended: Vec<Syntax> = Vec::new();
    let mut done = 0;
    for at in memmem::find_iter(text.as_bytes(), PREFIX.as_bytes()) {
        if at < done {
            continue;
        }
        let Some((syntax, start)) = opening(text, at) else { continue };
        if unended.contains(&syntax) || !is_comment(document, nodes, syntax, at as u32) {
            continue;
        }
        let Some((content_end, end)) = closing(text, syntax, at) else {
            unended.push(syntax);
            continue;
        };
        let read = read(text, Span::of(start..end), Span::of(at..content_end));
        // Other comments may be about `postlint-baseline.txt`.
        let word = read.word.slice(text);
        if word.starts_with(START) || Kind::meant(word).is_some() {
            done = end;
            found.push(read);
        }
    }
    found
}

/// The syntax and the start of a comment that opens directly before `at`.
fn opening(text: &str, at: usize) -> Option<(Syntax, usize)> {
    let before = text.get(..at)?.trim_end();
    let fixed = [
        ("<!--", Syntax::Html),
        ("{#", Syntax::Nunjucks),
        ("{::comment}", Syntax::Kramdown),
        ("{/*", Syntax::Mdx),
        ("#", Syntax::Yaml),
    ];
    if let Some((mark, syntax)) = fixed.into_iter().find(|(mark, _)| before.ends_with(mark)) {
        return Some((syntax, before.len() - mark.len()));
    }
    let inside = before.strip_suffix("%}")?.trim_end_matches('-').trim_end().strip_suffix("comment")?;
    let outside = inside.trim_end().trim_end_matches('-').strip_suffix("{%")?;
    Some((Syntax::Liquid, outside.len()))
}

/// The end of a comment's content, and the end of the comment.
fn closing(text: &str, syntax: Syntax, from: usize) -> Option<(usize, usize)> {
    let rest = text.get(from..)?;
    let fixed =
        |mark: &str| memmem::find(rest.as_bytes(), mark.as_bytes()).map(|at| (from + at, from + at + mark.len()));
    match syntax {
        Syntax::Html => fixed("-->"),
        Syntax::Nunjucks => fixed("#}"),
        Syntax::Mdx => fixed("*/}"),
        Syntax::Kramdown => {
            let at = memmem::find(rest.as_bytes(), b"{:/")?;
            let end = rest.get(at..)?.find('}')? + 1;
            Some((from + at, from + at + end))
        }
        Syntax::Yaml => {
            let end = from + memchr::memchr2(b'\n', b'\r', rest.as_bytes()).unwrap_or(rest.len());
            Some((end, end))
        }
        Syntax::Liquid => {
            let word = memmem::find(rest.as_bytes(), b"endcomment")?;
            let content = rest.get(..word)?.trim_end().trim_end_matches('-').strip_suffix("{%")?;
            let end = rest.get(word..)?.find("%}")? + "%}".len();
            Some((from + content.len(), from + word + end))
        }
    }
}

/// Whether the generator parses a comment at `at`, rather than code or text.
fn is_comment(document: &Document<'_>, nodes: &Nodes<'_>, syntax: Syntax, at: u32) -> bool {
    let in_body = at >= document.body.start;
    match syntax {
        Syntax::Html => in_body && nodes.is_comment(at),
        Syntax::Liquid | Syntax::Nunjucks | Syntax::Mdx => in_body && holds(&document.tree.templates, at),
        Syntax::Kramdown => in_body && document.place.dialect == Dialect::Kramdown && !nodes.is_verbatim(at),
        Syntax::Yaml => {
            let block = document.front_matter.block();
            block.is_some_and(|block| holds(&block.comments, at))
        }
    }
}

/// Parses the comment at `span`; `content` is the span between its delimiters.
fn read(text: &str, span: Span, content: Span) -> Suppression {
    let written = content.slice(text);
    let word = written.split(|c: char| c.is_whitespace() || matches!(c, ':' | ',')).next().unwrap_or("");
    let list = written.get(word.len()..).unwrap_or("");
    let list = list.find(':').and_then(|reason| list.get(..reason)).unwrap_or(list);
    let list = list.find(" -- ").and_then(|reason| list.get(..reason)).unwrap_or(list);
    let mut names = Vec::new();
    let mut at = content.start + word.len() as u32;
    for part in list.split([',', ' ', '\t', '\n', '\r']) {
        let span = Span::new(at, at + part.len() as u32);
        // Every separator is one byte long.
        at = span.end + 1;
        if !part.is_empty() {
            names.push(Name { text: part.into(), span, scope: Scope::Nothing, ended_by: None });
        }
    }
    let word_span = Span::new(content.start, content.start + word.len() as u32);
    Suppression { kind: Kind::of(word), span, word: word_span, names }
}
