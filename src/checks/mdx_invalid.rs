//! `mdx-invalid`: Markdown or HTML that is not valid in MDX and breaks the build.

use crate::document::{Document, Element, Node, NodeKind, Origin};
use crate::place::dialect::{Dialect, Generator};
use crate::rule::{Check, Context, Finding, Wants};
use crate::source::Span;
use serde::Deserialize;

/// Reports one finding per file: MDX stops at the first error.
#[derive(Deserialize)]
pub struct MdxInvalid {}

/// The span, the message and the help.
type Fault = (Span, String, &'static str);

impl Check for MdxInvalid {
    fn wants(&self) -> Wants {
        Wants::Document
    }

    fn document(&self, context: &mut Context<'_>, document: &Document<'_>) {
        if document.place.dialect != Dialect::Mdx || is_translation(document) {
            return;
        }
        let text = document.source.text();
        let mut ends = Ends { text, tags: Vec::new(), last_brace: memchr::memrchr(b'}', text.as_bytes()) };
        let found = document.tree.root().descendants().find_map(|node| fault(document, &mut ends, node));
        if let Some((span, message, help)) = found {
            context.report(Finding { message: Some(message), help: Some(help.to_owned()), ..Finding::at(span) });
        }
    }
}

/// Whether the file is a translation, which Docusaurus builds only if the original exists.
fn is_translation(document: &Document<'_>) -> bool {
    document.place.generator == Generator::Docusaurus && document.place.path.split('/').any(|folder| folder == "i18n")
}

/// What the post contains anywhere, so that it is searched once.
struct Ends<'t> {
    text: &'t str,
    /// Whether there is an end tag, for each name of a void element that was asked for.
    tags: Vec<(String, bool)>,
    /// The offset of the last `}`.
    last_brace: Option<usize>,
}

impl Ends<'_> {
    fn have_tag(&mut self, name: &str) -> bool {
        if let Some((_, is_there)) = self.tags.iter().find(|(known, _)| known == name) {
            return *is_there;
        }
        let is_there = self.text.contains(&format!("</{name}>"));
        self.tags.push((name.to_owned(), is_there));
        is_there
    }
}

fn fault(document: &Document<'_>, ends: &mut Ends<'_>, node: Node<'_>) -> Option<Fault> {
    match node.kind() {
        // Docusaurus removes comments before it calls MDX (`markdown.mdx1Compat.comments`).
        NodeKind::Comment if document.place.generator != Generator::Docusaurus => {
            let help = "write `{/* … */}`";
            Some((node.span()?, "MDX does not support HTML comments: `<!--` breaks the build".to_owned(), help))
        }
        NodeKind::Template => expression(document, node.span()?),
        NodeKind::Text if memchr::memchr2(b'<', b'{', node.text().as_bytes()).is_none() || is_in_code(node) => None,
        NodeKind::Text => less_than(document, node).or_else(|| open_brace(document, ends, node)),
        NodeKind::Element => {
            let element = node.as_element()?;
            unclosed(document, ends, element).or_else(|| autolink(document, element))
        }
        _ => None,
    }
}

/// Reports `<br>`: in JSX every tag must be closed, including those of void elements.
fn unclosed(document: &Document<'_>, ends: &mut Ends<'_>, element: Element<'_>) -> Option<Fault> {
    const VOID: [&str; 13] =
        ["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"];
    if element.origin() != Origin::Html || !VOID.contains(&element.name()) {
        return None;
    }
    let tag = element.start_tag()?;
    let name = element.name();
    let written = document.source.slice(tag);
    let is_closed = written.ends_with("/>") || ends.have_tag(name);
    (!is_closed && written.ends_with('>'))
        .then(|| (tag, format!("`<{name}>` is not valid in MDX: the tag is never closed"), "end the tag with `/>`"))
}

/// Reports `<https://…>`: in MDX, `<` always begins a tag.
fn autolink(document: &Document<'_>, element: Element<'_>) -> Option<Fault> {
    if element.origin() != Origin::Markdown || element.name() != "a" {
        return None;
    }
    let span = element.span()?;
    document.source.slice(span).starts_with('<').then(|| {
        let message = "`<https://…>` is not valid in MDX: `<` begins a tag".to_owned();
        (span, message, "write the URL alone, or `[text](URL)`")
    })
}

fn is_in_code(text: Node<'_>) -> bool {
    text.ancestors().any(|it| it.origin() == Origin::Markdown && matches!(it.name(), "code" | "pre"))
}

/// Reports a `{` in text behind which the file has no `}`. Where there is one, it may be the end of an expression.
fn open_brace(document: &Document<'_>, ends: &Ends<'_>, node: Node<'_>) -> Option<Fault> {
    let span = node.span()?;
    let written = document.source.slice(span);
    let is_escaped = |at: usize| written.get(..at).is_some_and(|before| before.ends_with('\\'));
    let at = written.match_indices('{').map(|(at, _)| at).find(|at| !is_escaped(*at))?;
    let start = span.start + at as u32;
    let is_open = ends.last_brace.is_none_or(|last| last < start as usize);
    let message = "`{` is not valid in MDX here: it begins an expression that never ends".to_owned();
    is_open.then(|| (Span::new(start, start + 1), message, "write `\\{`, or end the expression with `}`"))
}

/// Reports a `<` in text that does not begin a tag: `<3`, `<=`.
fn less_than(document: &Document<'_>, node: Node<'_>) -> Option<Fault> {
    let span = node.span()?;
    let text = document.source.slice(span);
    let at = text.match_indices('<').map(|(at, _)| at).find(|at| {
        let after = text.get(at + 1..).and_then(|rest| rest.chars().next());
        let is_escaped = text.get(..*at).is_some_and(|before| before.ends_with('\\'));
        // `<` begins a tag, a fragment, an end tag or a comment, or is followed by whitespace.
        let is_tag = |c: char| c.is_whitespace() || c.is_alphabetic() || matches!(c, '/' | '>' | '!' | '$' | '_' | '{');
        !is_escaped && after.is_some_and(|c| !is_tag(c))
    })?;
    let next = text.get(at + 1..)?.chars().next()?;
    let start = span.start + at as u32;
    let message = format!("`<{next}` is not valid in MDX: `<` begins a tag");
    Some((Span::new(start, start + 1 + next.len_utf8() as u32), message, "write `\\<` or `&lt;`"))
}

/// Reports braces whose content is not a JavaScript expression: a template tag, or `key: value`.
fn expression(document: &Document<'_>, span: Span) -> Option<Fault> {
    let written = document.source.slice(span);
    let inside = written.strip_prefix('{')?.strip_suffix('}')?.trim();
    let is_key = |text: &str| {
        let name = text.trim_start_matches(|c: char| c.is_alphanumeric() || matches!(c, '_' | '$'));
        name.len() < text.len()
            && !text.starts_with(|c: char| c.is_ascii_digit())
            && name.trim_start().strip_prefix(':').is_some_and(|rest| !rest.starts_with(':'))
    };
    let found = match inside {
        tag if tag.starts_with('%') => "{%",
        key if is_key(key) => "{key: …}",
        _ => return None,
    };
    let message = format!("`{found}` is not valid in MDX: braces must contain a JavaScript expression");
    Some((span, message, "write `\\{`, or put it in code"))
}
