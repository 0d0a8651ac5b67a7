//! `emphasis-not-rendered`: `**` and other marks of emphasis that are rendered as literal characters, because of the
//! characters next to them.

mod backticks;
mod surplus;

use crate::diagnostic::{Fix, Safety};
use crate::document::ask::prose;
use crate::document::edit::element;
use crate::document::{Document, Element, Node, NodeId, Origin};
use crate::edit::Edit;
use crate::place::dialect::Dialect;
use crate::place::flavor::RawHtml;
use crate::rule::{Check, Context, Finding, Wants};
use crate::source::Span;
use crate::text::{Scripts, is_punctuation, line_before};
use rustc_hash::FxHashSet;
use serde::Deserialize;

#[derive(Deserialize)]
pub struct EmphasisNotRendered {}

/// Maximum length in bytes of two marks with the text between them.
const MAX_LENGTH: u32 = 600;

impl Check for EmphasisNotRendered {
    fn wants(&self) -> Wants {
        Wants::Document
    }

    fn document(&self, context: &mut Context<'_>, document: &Document<'_>) {
        if !matches!(document.place.dialect, Dialect::CommonMark | Dialect::Mdx | Dialect::Kramdown) {
            return;
        }
        backticks::unequal(document).into_iter().for_each(|finding| context.report(finding));
        let mut runs = printed_runs(document);
        if runs.is_empty() {
            return;
        }
        let blocks: FxHashSet<NodeId> = runs.iter().map(|run| run.block).collect();
        let mut rendered = FxHashSet::default();
        let parsed = rendered_runs(document, &blocks);
        surplus::beside(document, &runs, &parsed).into_iter().for_each(|finding| context.report(finding));
        for (run, whole) in parsed {
            runs.push(run);
            rendered.insert(whole);
        }
        let runs = merged(runs);
        for block in runs.chunk_by(|a, b| a.block == b.block) {
            for (mark, len) in kinds(block) {
                let same: Vec<&Run> = block.iter().filter(|run| run.mark == mark && run.len == len).collect();
                let (Some(first), Some(last)) = (same.first(), same.last()) else { continue };
                // Once one pair is fixed, the others may be parsed in another way.
                let marks = Span::new(first.at, last.at + last.len);
                for pair in pairs(document.source.text(), &same) {
                    let findings = (!rendered.contains(&pair.whole)).then(|| pair.finding(document, marks)).flatten();
                    findings.into_iter().for_each(|finding| context.report(finding));
                }
            }
        }
    }
}

/// A run of equal marks: `**`.
#[derive(Clone, Copy)]
struct Run {
    block: NodeId,
    at: u32,
    len: u32,
    mark: u8,
    /// Whether it is rendered as text, and not parsed as emphasis.
    is_printed: bool,
}

/// The marks that are rendered as text in Markdown blocks.
fn printed_runs(document: &Document<'_>) -> Vec<Run> {
    let source = document.source.text().as_bytes();
    let mut runs = Vec::new();
    for node in document.tree.text_nodes() {
        let text = node.text().as_bytes();
        let mut found = memchr::memchr3_iter(b'*', b'_', b'~', text).peekable();
        if found.peek().is_none() || is_in_url(node) {
            continue;
        }
        let Some(block) = block_of(node).filter(|_| prose::is_prose(node)) else { continue };
        let offsets = node.written_offsets();
        for at in found {
            let Some(written) = offsets.get(at as u32) else { continue };
            let start = written as usize;
            let is_mark = source.get(start) == text.get(at) && source.get(start.wrapping_sub(1)) != Some(&b'\\');
            let mark = text.get(at).copied().filter(|_| is_mark);
            runs.extend(mark.map(|mark| Run { block, at: written, len: 1, mark, is_printed: true }));
        }
    }
    runs
}

/// The marks in these blocks that are parsed as emphasis, each with the span of its element.
fn rendered_runs(document: &Document<'_>, blocks: &FxHashSet<NodeId>) -> Vec<(Run, Span)> {
    let source = document.source.text().as_bytes();
    let mut runs = Vec::new();
    for element in document.tree.elements().filter(|it| it.origin() == Origin::Markdown) {
        let len = match element.name() {
            "em" => 1,
            "strong" | "del" | "s" => 2,
            _ => continue,
        };
        let (Some(whole), Some(block)) = (element.start_tag(), block_of(element.node())) else { continue };
        let Some(&mark) = source.get(whole.start as usize).filter(|_| blocks.contains(&block)) else { continue };
        let second = source.get(whole.start as usize + 1);
        let len = if len == 2 && second != Some(&mark) { 1 } else { len };
        for at in [whole.start, whole.end.saturating_sub(len)] {
            runs.push((Run { block, at, len, mark, is_printed: false }, whole));
        }
    }
    runs
}

/// Joins adjacent marks, block by block, in source order.
fn merged(mut runs: Vec<Run>) -> Vec<Run> {
    // The text of a block may continue after a nested block.
    runs.sort_by_key(|run| (run.block, run.at));
    runs.dedup_by(|next, run| {
        let is_adjacent = next.block == run.block && next.mark == run.mark && next.at == run.at + run.len;
        if is_adjacent {
            run.len += next.len;
            run.is_printed |= next.is_printed;
        }
        is_adjacent
    });
    runs
}

/// The kinds of marks of which some are printed. A single tilde is a range: `10~20`.
fn kinds(block: &[Run]) -> Vec<(u8, u32)> {
    let mut kinds = Vec::new();
    for run in block.iter().filter(|run| run.is_printed && run.len <= 3 && (run.mark != b'~' || run.len == 2)) {
        if !kinds.contains(&(run.mark, run.len)) {
            kinds.push((run.mark, run.len));
        }
    }
    kinds
}

/// The Markdown block whose text contains the node.
fn block_of(node: Node<'_>) -> Option<NodeId> {
    let block = node.ancestors().find(|it| is_block(*it))?;
    holds_emphasis(block).then(|| block.node().id())
}

/// Whether the text of a block is parsed as Markdown.
fn holds_emphasis(block: Element<'_>) -> bool {
    block.origin() == Origin::Markdown && !matches!(block.name(), "blockquote" | "div")
}

fn is_block(element: Element<'_>) -> bool {
    matches!(element.name(), "p" | "li" | "td" | "th" | "dd" | "dt" | "blockquote" | "div")
        || element.heading_level().is_some()
}

/// Whether the text is that of a link whose text is a URL.
fn is_in_url(node: Node<'_>) -> bool {
    node.ancestors().any(|it| it.is_link()) && node.text().contains("://")
}

/// Two marks that the author meant as emphasis of the text between them.
struct Pair {
    mark: u8,
    len: u32,
    /// From the start of the first to the end of the second.
    whole: Span,
    /// Whether a sentence is between the only two marks of their kind in the block.
    has_sentence: bool,
}

/// The characters around the marks of a pair.
struct Edges<'s> {
    before: Option<char>,
    inside: &'s str,
    first: char,
    last: char,
    after: Option<char>,
}

/// Finds which marks belong together: one that opens, and the next one that may close.
fn pairs(source: &str, runs: &[&Run]) -> Vec<Pair> {
    let mut pairs = Vec::new();
    let mut open: Option<&Run> = None;
    for &run in runs {
        let (before, after) = neighbours(source, run);
        let follows_space = before.is_none_or(char::is_whitespace);
        // `**kwargs`: only a particle follows a mark that closes after a space.
        let begins_word = after.is_some_and(|c| !c.is_whitespace() && (c.is_ascii() || is_punctuation(c)));
        let opens = follows_space && begins_word && after.is_some_and(char::is_alphanumeric);
        let has_sentence = runs.len() == 2 && open.is_some_and(|first| has_sentence(source, first, run));
        open = match open {
            Some(first) if !opens || has_sentence => {
                let whole = Span::new(first.at, run.at + run.len);
                pairs.push(Pair { mark: run.mark, len: run.len, whole, has_sentence });
                None
            }
            _ => Some(run),
        };
    }
    pairs
}

/// Whether a sentence or a label is between two marks, and another sentence after them: `**It opens at four. **Then`,
/// `**Note: **The`. In `**args and **kwargs`, there is none.
fn has_sentence(source: &str, first: &Run, second: &Run) -> bool {
    let inside = source.get((first.at + first.len) as usize..second.at as usize).unwrap_or("");
    let after = source.get((second.at + second.len) as usize..).unwrap_or("").trim_start_matches(' ');
    let is_word = |word: &&str| word.chars().filter(|c| c.is_alphabetic()).count() > 1;
    let words = inside.split_whitespace().filter(is_word).count();
    let is_label = inside.ends_with(": ") && inside.trim_start().starts_with(char::is_uppercase);
    let (before, next) = neighbours(source, first);
    let is_apart = before.is_none_or(|c| c.is_whitespace() || matches!(c, '(' | '"' | '>' | '|'));
    let begins_block = line_before(source, first.at).trim().is_empty() && next == Some(' ');
    let is_sentence = inside.ends_with([' ', '\t']) && inside.trim_end().ends_with(['.', '!', '?', ':', '…']);
    let is_followed = after.starts_with(|c: char| c.is_alphabetic() && !c.is_lowercase());
    let is_code = inside.contains(['=', '/', '_', '`', '{', '\\']);
    let is_prose = is_sentence && is_followed && (words > 1 || is_label);
    is_apart && !is_code && words > 0 && (is_prose || (begins_block && after.starts_with(char::is_alphabetic)))
}

/// A character in a message.
fn shown(c: char) -> String {
    if c == '`' { "a backtick".to_owned() } else { format!("`{c}`") }
}

/// The characters before and after a run.
fn neighbours(source: &str, run: &Run) -> (Option<char>, Option<char>) {
    let before = source.get(..run.at as usize).and_then(|head| head.chars().next_back());
    let after = source.get((run.at + run.len) as usize..).and_then(|tail| tail.chars().next());
    (before, after)
}

impl Pair {
    fn finding(&self, document: &Document<'_>, all: Span) -> Option<Finding> {
        let source = document.source.text();
        let edges = self.edges(source)?;
        let (label, fixed) = self.why_not(source, &edges, document.place.dialect)?;
        let marks = self.marks(source);
        let name = match self.mark {
            b'*' => "asterisks",
            b'_' => "underscores",
            _ => "tildes",
        };
        let (help, title, edits) = self.fixed(&fixed, &edges, marks, document.place.flavor.raw_html);
        Some(Finding {
            message: Some(format!("`{marks}` is rendered as literal {name}")),
            label: Some(label),
            help,
            fix: (!edits.is_empty()).then(|| Fix::new(title, Safety::Unsafe, edits).about(all)),
            ..Finding::at(self.whole)
        })
    }

    /// The help, and the title and the edits of the fix.
    fn fixed(
        &self,
        fixed: &Fixed,
        edges: &Edges<'_>,
        marks: &str,
        raw_html: RawHtml,
    ) -> (Option<String>, String, Vec<Edit>) {
        let is_code = edges.first == '`' || edges.last == '`';
        match fixed {
            Fixed::Space => {
                let help = format!("write `{marks}` next to the first and the last word");
                (Some(help), "move the space outside of the marks".to_owned(), self.move_spaces(edges))
            }
            Fixed::Asterisks => {
                let stars = "*".repeat(self.len as usize);
                let edits = self.replace(&stars, &stars);
                match edges.after.filter(|c| c.is_alphabetic()) {
                    // In languages with spaces between words, one may be missing here.
                    Some(after) if !Scripts::of(after.encode_utf8(&mut [0; 4])).east_asian(100) => {
                        let help = format!("add a space after the closing `{marks}`, or write `{stars}` instead");
                        (Some(help), String::new(), Vec::new())
                    }
                    _ => (Some(format!("write `{stars}` instead")), format!("write `{stars}`"), edits),
                }
            }
            // Without the punctuation, nothing would be left, and the backticks of code cannot be moved.
            Fixed::Tags if is_code || edges.inside.chars().all(|c| is_punctuation(c) || c.is_whitespace()) => {
                let (open, close) = self.tags();
                match raw_html {
                    RawHtml::Kept => {
                        (Some(format!("write `{open}`")), format!("write `{open}`"), self.replace(open, close))
                    }
                    // The page would not contain the tags.
                    _ if is_code => (Some(format!("write spaces around the `{marks}`")), String::new(), Vec::new()),
                    _ => (Some(format!("remove the `{marks}`")), String::new(), Vec::new()),
                }
            }
            Fixed::Tags if raw_html != RawHtml::Kept => {
                (Some(format!("move the punctuation outside the `{marks}`")), String::new(), Vec::new())
            }
            Fixed::Tags => {
                let (open, close) = self.tags();
                let help = format!("write `{open}`, or move the punctuation outside the `{marks}`");
                (Some(help).filter(|_| marks != "**"), format!("write `{open}`"), self.replace(open, close))
            }
        }
    }

    fn edges<'s>(&self, source: &'s str) -> Option<Edges<'s>> {
        let inside = Span::new(self.whole.start + self.len, self.whole.end - self.len).slice(source);
        if self.whole.len() > MAX_LENGTH || inside.contains("\n\n") {
            return None;
        }
        let (first, last) = (inside.chars().next()?, inside.chars().next_back()?);
        let before = source.get(..self.whole.start as usize)?.chars().next_back();
        let after = source.get(self.whole.end as usize..)?.chars().next();
        let breaks = |c: char| matches!(c, '\n' | '\r');
        (!breaks(first) && !breaks(last)).then_some(Edges { before, inside, first, last, after })
    }

    fn marks<'s>(&self, source: &'s str) -> &'s str {
        Span::new(self.whole.start, self.whole.start + self.len).slice(source)
    }

    /// The reason why the marks are not parsed as emphasis, and what would be.
    fn why_not(&self, source: &str, edges: &Edges<'_>, dialect: Dialect) -> Option<(String, Fixed)> {
        let marks = self.marks(source);
        if edges.first.is_whitespace() || edges.last.is_whitespace() {
            let reason = match edges.last.is_whitespace() {
                true => format!("a space before the closing `{marks}`"),
                false => format!("a space after the opening `{marks}`"),
            };
            return self.is_meant_with_spaces(source, edges).then_some((reason, Fixed::Space));
        }
        if self.mark == b'_' {
            return self.in_word(edges, dialect, marks);
        }
        if dialect == Dialect::Kramdown || (self.len == 1 && !is_quoted(edges)) {
            return None;
        }
        // <https://spec.commonmark.org/0.31.2/#left-flanking-delimiter-run>
        // `f(**kwargs)`
        let is_opened = matches!(edges.last, '(' | '[' | '{');
        if is_punctuation(edges.last) && !is_opened && self.is_word(edges.after) {
            let last = shown(edges.last);
            return Some((format!("{last} before and a letter after the closing `{marks}`"), Fixed::Tags));
        }
        if is_punctuation(edges.first) && self.is_word(edges.before) {
            let first = shown(edges.first);
            return Some((format!("a letter before and {first} after the opening `{marks}`"), Fixed::Tags));
        }
        None
    }

    /// Whether an outer neighbour is a letter. Next to a single mark, an English letter or a digit may be an operand.
    fn is_word(&self, c: Option<char>) -> bool {
        c.is_some_and(|c| !c.is_whitespace() && !is_punctuation(c) && (self.len > 1 || !c.is_ascii()))
    }

    /// Underscores next to a letter of a language that does not separate words by spaces.
    fn in_word(&self, edges: &Edges<'_>, dialect: Dialect, marks: &str) -> Option<(String, Fixed)> {
        let is_letter = |c: Option<char>| c.is_some_and(|c| !c.is_ascii() && c.is_alphabetic());
        // `__init__`, `snake_case` and formulas.
        let is_name = edges.inside.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'.' | b'(' | b')'));
        let is_code = edges.inside.contains(['$', '\\', '{', '}', '/', '_']);
        let in_name = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric() || matches!(c, '/' | '$' | '.'));
        if is_name || is_code || in_name(edges.before) || in_name(edges.after) {
            return None;
        }
        let breaks_asterisks = is_punctuation(edges.last) || is_punctuation(edges.first);
        let fixed = match breaks_asterisks && dialect != Dialect::Kramdown {
            true => Fixed::Tags,
            false => Fixed::Asterisks,
        };
        if is_letter(edges.after) {
            return Some((format!("a letter after the closing `{marks}`"), fixed));
        }
        let opens = dialect == Dialect::Kramdown && !edges.first.is_alphabetic();
        (is_letter(edges.before) && !opens).then(|| (format!("a letter before the opening `{marks}`"), fixed))
    }

    /// Whether marks with a space inside are meant as emphasis. `2 ** 3 ** 4` are powers.
    fn is_meant_with_spaces(&self, source: &str, edges: &Edges<'_>) -> bool {
        let letters = edges.inside.chars().filter(|c| c.is_alphabetic());
        // An English letter alone is a variable.
        if self.len == 1 || letters.map(|c| if c.is_ascii() { 1 } else { 2 }).sum::<u32>() < 2 {
            return false;
        }
        // `**/*.md`, `src/**`
        if self.has_sentence || edges.before == Some('/') || edges.first == '/' || edges.last == '/' {
            return self.has_sentence;
        }
        let line = line_before(source, self.whole.start);
        let begins_line = line.trim_end().ends_with('|')
            || line.chars().all(|c| c.is_whitespace() || matches!(c, '>' | '-' | '+' | '*' | '#' | '|'));
        let attached = |c: Option<char>| c.is_some_and(|c| !c.is_ascii() && !c.is_whitespace());
        let opens = !edges.first.is_whitespace() || begins_line || attached(edges.before);
        let ends_line = edges.after.is_none_or(|c| matches!(c, '\n' | '\r' | '.' | ',' | ':' | '!' | '?' | ')'));
        let closes = !edges.last.is_whitespace() || ends_line || attached(edges.after);
        // `x ** y**z`: one side alone proves nothing if the other is an operator.
        let is_operand = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric() || matches!(c, ')' | ']'));
        !is_operand(edges.before) && !is_operand(edges.after) && (opens || closes)
    }

    fn replace(&self, open: &str, close: &str) -> Vec<Edit> {
        let (start, end) = (self.whole.start, self.whole.end);
        let edit = |start: u32, text: &str| element::replace(Span::new(start, start + self.len), text);
        vec![edit(start, open), edit(end - self.len, close)]
    }

    /// Moves the spaces next to the marks to their outer side, unless there are some already.
    fn move_spaces(&self, edges: &Edges<'_>) -> Vec<Edit> {
        let mut edits = Vec::new();
        let start = self.whole.start + self.len;
        let end = self.whole.end - self.len;
        let leading = edges.inside.len() - edges.inside.trim_start().len();
        let trailing = edges.inside.len() - edges.inside.trim_end().len();
        if leading > 0 {
            edits.push(element::delete(Span::new(start, start + leading as u32)));
            if edges.before.is_some_and(|c| !c.is_whitespace()) {
                edits.push(element::replace(Span::empty(self.whole.start), " "));
            }
        }
        if trailing > 0 {
            edits.push(element::delete(Span::new(end - trailing as u32, end)));
            if edges.after.is_some_and(|c| !c.is_whitespace() && !c.is_ascii_punctuation()) {
                edits.push(element::replace(Span::empty(self.whole.end), " "));
            }
        }
        edits
    }

    fn tags(&self) -> (&'static str, &'static str) {
        match (self.mark, self.len) {
            (b'~', _) => ("<del>", "</del>"),
            (_, 1) => ("<em>", "</em>"),
            (_, 2) => ("<strong>", "</strong>"),
            _ => ("<em><strong>", "</strong></em>"),
        }
    }
}

/// What would be parsed as emphasis.
enum Fixed {
    Space,
    Asterisks,
    Tags,
}

/// Whether the text is in quotation marks or in brackets of prose. Between parentheses, a single asterisk may be an
/// operator.
fn is_quoted(edges: &Edges<'_>) -> bool {
    let is_quote = |c: char| is_punctuation(c) && !matches!(c, '(' | ')' | '[' | ']' | '{' | '}' | '+' | '-' | '/');
    let is_apart = edges.before.is_none_or(char::is_whitespace);
    is_apart || (is_quote(edges.first) && is_quote(edges.last))
}
