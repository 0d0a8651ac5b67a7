//! Attribute lists that kramdown renders as text: without a colon, or not directly after an element.

use crate::diagnostic::{Fix, Safety};
use crate::document::ask::node_at::Texts;
use crate::document::ask::prose;
use crate::document::edit::element;
use crate::document::{Document, Node, Origin};
use crate::place::dialect::Dialect;
use crate::rule::Finding;
use crate::source::Span;
use crate::text::{line_after, line_before};

/// Maximum length of a list in bytes.
const MAX_LENGTH: usize = 400;

/// The findings about lists that readers see.
pub fn findings(document: &Document<'_>) -> Vec<Finding> {
    if document.place.dialect != Dialect::Kramdown {
        return Vec::new();
    }
    let source = document.source.text();
    let body = document.body.slice(source).as_bytes();
    let lists = memchr::memchr_iter(b'{', body).filter_map(|at| List::at(source, document.body.start + at as u32));
    let mut texts = None;
    let printed = |list: List| {
        let node = texts.get_or_insert_with(|| Texts::of(&document.tree)).node_at(list.span.start)?;
        let is_text = node.origin() == Origin::Markdown && prose::is_prose(node);
        let may_vary = document.tree.has_template(list.span);
        if is_text && !may_vary { list.finding(source, node) } else { None }
    };
    lists.filter_map(printed).collect()
}

/// Text that is written like an attribute list.
struct List {
    span: Span,
    /// Whether it begins with `{:`, as kramdown requires.
    has_colon: bool,
    /// The list as kramdown parses it.
    meant: String,
}

impl List {
    fn at(source: &str, start: u32) -> Option<List> {
        let rest = source.get(start as usize..)?;
        let before = source.as_bytes().get((start as usize).wrapping_sub(1));
        if matches!(before, Some(b'{' | b'\\' | b'$' | b'%')) {
            return None;
        }
        let window = rest.as_bytes().get(..MAX_LENGTH).unwrap_or(rest.as_bytes());
        let end = memchr::memchr2(b'}', b'\n', window)?;
        let inside = rest.get(1..end).filter(|_| window.get(end) == Some(&b'}'))?;
        let meant = format!("{{:{}}}", meant(inside)?);
        let span = Span::new(start, start + end as u32 + 1);
        Some(List { span, has_colon: inside.starts_with(':'), meant })
    }

    /// What is wrong with the list, if it is where lists are.
    fn finding(&self, source: &str, node: Node<'_>) -> Option<Finding> {
        let head = source.get(..self.span.start as usize)?;
        let line = line_before(source, self.span.start);
        let tail = line_after(source, self.span.end);
        let before = Span::new(node.span()?.start.min(self.span.start), self.span.start).slice(source);
        let spaces = before.len() - before.trim_end_matches([' ', '\t']).len();
        let follows_element = before.trim_matches([' ', '\t']).is_empty()
            && node
                .previous_sibling()
                .and_then(Node::as_element)
                .is_some_and(|it| it.is_written() && it.name() != "br");
        let in_heading = node.ancestors().any(|it| it.heading_level().is_some());
        if follows_element {
            let whole = Span::new(self.span.start - spaces as u32, self.span.end);
            return Some(self.report(source, Some(whole), "directly after the element"));
        }
        if line.trim().is_empty() && tail.trim().is_empty() {
            let above = head.strip_suffix(line).unwrap_or("").trim_end_matches(['\n', '\r']);
            let is_below = head.len() - line.len() - above.len() <= 2 && !above.is_empty();
            let is_below = is_below && !head.ends_with("\n\n");
            return Some(self.report(source, is_below.then_some(self.span), "on the line below the block"));
        }
        let ends_heading = in_heading && tail.trim().is_empty();
        (ends_heading || (self.has_colon && tail.trim().is_empty()))
            .then(|| self.report(source, None, "on the line below the block"))
    }

    /// `whole` is replaced by the list, if that is enough.
    fn report(&self, source: &str, whole: Option<Span>, place: &str) -> Finding {
        let written = self.span.slice(source);
        let meant = &self.meant;
        Finding {
            message: Some(format!("`{written}` is rendered as text")),
            label: Some("readers see the braces".to_owned()),
            help: Some(format!("write `{meant}` {place}")),
            fix: whole.map(|whole| {
                let edit = element::replace(whole, meant);
                Fix::new(format!("write `{meant}` {place}"), Safety::Unsafe, [edit])
            }),
            ..Finding::at(self.span)
        }
    }
}

/// The classes, ids and pairs in the braces, as kramdown writes them; `None` if there is anything else.
fn meant(inside: &str) -> Option<String> {
    let mut rest = inside.strip_prefix(':').unwrap_or(inside).trim();
    if rest.is_empty() || rest.starts_with(':') && inside.starts_with("::") {
        return None;
    }
    let mut items = Vec::new();
    while !rest.is_empty() {
        let (item, after) = item(rest)?;
        items.push(item);
        rest = after.trim_start();
    }
    Some(items.join(" "))
}

/// The first item of a list, and the rest of it.
fn item(list: &str) -> Option<(String, &str)> {
    let list = list.strip_prefix(':').unwrap_or(list);
    if let Some(name) = list.strip_prefix(['.', '#']) {
        let end = name.find(char::is_whitespace).unwrap_or(name.len());
        let (name, rest) = name.split_at_checked(end)?;
        return is_name(name).then(|| (list.get(..=end).unwrap_or("").to_owned(), rest));
    }
    let (key, value) = list.split_once('=')?;
    if !is_name(key) {
        return None;
    }
    if let Some(quote) = value.chars().next().filter(|c| matches!(c, '"' | '\'')) {
        let (inner, rest) = value.get(1..)?.split_once(quote)?;
        let is_apart = rest.is_empty() || rest.starts_with(char::is_whitespace);
        return is_apart.then(|| (format!("{key}={quote}{inner}{quote}"), rest));
    }
    let end = value.find(char::is_whitespace).unwrap_or(value.len());
    let (value, rest) = value.split_at_checked(end)?;
    let is_plain = !value.is_empty() && value.bytes().all(|b| b.is_ascii_alphanumeric() || b"_-.%/:#".contains(&b));
    is_plain.then(|| (format!("{key}=\"{value}\""), rest))
}

/// Whether the text is the name of a class, an id or an attribute.
fn is_name(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_')
        && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'))
}
