//! `link-not-rendered`: a Markdown link or image that is rendered verbatim, because of how its parts are written.

mod coded;
mod reference;
mod unclosed;

use crate::checks::link_not_rendered::unclosed::Unclosed;
use crate::diagnostic::{Fix, Level, Safety};
use crate::document::ask::node_at::Texts;
use crate::document::ask::prose;
use crate::document::edit::element;
use crate::document::{Document, Origin};
use crate::edit::Edit;
use crate::place::dialect::Dialect;
use crate::rule::{Check, Context, Finding, Wants};
use crate::source::Span;
use crate::url::{Space, spaces};
use rustc_hash::FxHashSet;
use serde::Deserialize;

#[derive(Deserialize)]
pub struct LinkNotRendered {}

/// Maximum length in bytes of a link's text and of its URL.
const MAX_LENGTH: usize = 400;

impl Check for LinkNotRendered {
    fn wants(&self) -> Wants {
        Wants::Document
    }

    fn document(&self, context: &mut Context<'_>, document: &Document<'_>) {
        if document.place.dialect == Dialect::Html {
            return;
        }
        if matches!(document.place.dialect, Dialect::Kramdown | Dialect::PythonMarkdown) {
            joined(document).into_iter().for_each(|finding| context.report(finding));
        }
        coded::printed(document).into_iter().for_each(|finding| context.report(finding));
        reference::undefined(document).into_iter().for_each(|finding| context.report(finding));
        let body = document.body.slice(document.source.text());
        let mut texts = None;
        for bracket in memchr::memchr_iter(b']', body.as_bytes()) {
            let slip = Slip::at(body, bracket, document.place.dialect).or_else(|| Slip::whole(body, bracket));
            let of_slip = slip.map(|slip| (slip.open, slip.finding(body, document.body.start)));
            let unclosed = || Unclosed::at(body, bracket).map(|it| (it.open, it.finding(body, document.body.start)));
            let Some((open, finding)) = of_slip.or_else(unclosed) else { continue };
            let texts = texts.get_or_insert_with(|| Texts::of(&document.tree));
            if [bracket, open].into_iter().all(|offset| is_printed(document, texts, offset)) {
                context.report(finding);
            }
        }
    }
}

/// Whether the text at this offset in the body is printed as such, and not part of a link or of code.
fn is_printed(document: &Document<'_>, texts: &Texts<'_>, offset: usize) -> bool {
    let node = texts.node_at(document.body.start + offset as u32);
    node.is_some_and(|node| node.origin() == Origin::Markdown && prose::is_prose(node))
}

/// References with a space between them, `[one] [two]`, of which these engines make one link: the text of the first with the
/// URL of the second. Both are defined, so two links were meant.
fn joined(document: &Document<'_>) -> Vec<Finding> {
    let source = document.source.text();
    let definition = |line: &str| Some(line.trim_start().strip_prefix('[')?.split_once("]:")?.0.to_lowercase());
    let mut defined: Option<FxHashSet<String>> = None;
    let mut is_defined = |label: &str| {
        let all = || document.body.slice(source).lines().filter_map(definition).collect();
        defined.get_or_insert_with(all).contains(&label.to_lowercase())
    };
    let links = document.tree.elements().filter(|it| it.origin() == Origin::Markdown && it.name() == "a");
    let found = links.filter_map(|link| {
        let span = link.start_tag()?;
        let (first, rest) = span.slice(source).strip_prefix('[')?.split_once(']')?;
        let second = rest.trim_start().strip_prefix('[')?.strip_suffix(']')?;
        let is_apart = rest.starts_with(char::is_whitespace) && !second.is_empty() && !second.contains(['[', ']']);
        if !is_apart || first.eq_ignore_ascii_case(second) || !is_defined(first) || !is_defined(second) {
            return None;
        }
        let end = span.start + first.len() as u32 + 2;
        // A third reference would become that of the second.
        let rest = source.get(span.end as usize..).unwrap_or("");
        let (space, next) = rest.split_at(rest.len() - rest.trim_start().len());
        let is_followed = next.starts_with('[') && !space.is_empty() && space.matches('\n').count() < 2;
        let ends = std::iter::once(end).chain(is_followed.then_some(span.end));
        let edits = ends.map(|end| Edit { span: Span::empty(end), text: "[]".to_owned() });
        Some(Finding {
            message: Some(format!(
                "two references with a space between are one link: `{first}`, to the URL of `{second}`"
            )),
            label: Some(format!("`{second}` is not shown")),
            help: Some(format!("write `[{first}][] [{second}]{}`", if is_followed { "[]" } else { "" })),
            fix: Some(
                Fix::new(
                    if is_followed { "write `[]` after both" } else { "write `[]` after the first" },
                    Safety::Unsafe,
                    edits.collect::<Vec<_>>(),
                )
                .about(span),
            ),
            ..Finding::at(span)
        })
    });
    found.collect()
}

/// Why the text is not parsed as a link.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Fault {
    /// `[text] (url)`: a space before the parenthesis.
    BlankBefore,
    /// `[text](my url)`: a space inside the URL.
    BlankInside,
    /// `\[text\](url)`: backslashes before the brackets.
    Escaped,
    /// `[[text](url)](url)`: a link in the text of a link.
    Nested,
    /// `![text](url =300x200)`: a size, which only some engines know.
    Size,
}

/// Text that was meant as a link. Offsets are in bytes of the body.
struct Slip {
    fault: Fault,
    /// The offset of the `[`.
    open: usize,
    is_image: bool,
    /// The offset of the `]`.
    bracket: usize,
    /// The start and end of the URL between the parentheses.
    address: (usize, usize),
}

impl Slip {
    fn at(body: &str, bracket: usize, dialect: Dialect) -> Option<Self> {
        let rest = body.get(bracket + 1..)?;
        if !may_be_slip(rest.as_bytes()) {
            return None;
        }
        let blanks = rest.len() - rest.trim_start_matches([' ', '\t', '\u{a0}']).len();
        let inside = rest.get(blanks..)?.strip_prefix('(')?;
        // kramdown allows spaces in a URL.
        if blanks == 0 && dialect == Dialect::Kramdown {
            return None;
        }
        let address = inside.get(..closing(inside)?)?;
        let (fault, fits) = match blanks {
            0 if is_sized(address) => (Fault::Size, body.get(..bracket)?.contains('!')),
            0 => (Fault::BlankInside, is_address_with_blank(address)),
            _ => (Fault::BlankBefore, is_address(address)),
        };
        let open = body.get(..bracket).filter(|_| fits).and_then(opening)?;
        let label = body.get(open + 1..bracket)?.trim();
        if fault == Fault::Size {
            let is_image = body.get(..open).is_some_and(|before| before.ends_with('!'));
            let start = bracket + 2;
            return is_image.then_some(Slip {
                fault,
                open,
                is_image,
                bracket,
                address: (start, start + address.len()),
            });
        }
        // `[ ]` and `[x]` are task list items, `[^1]` and `[1]` are notes.
        if label.len() < 2 || label.starts_with('^') || label.bytes().all(|b| b.is_ascii_digit()) {
            return None;
        }
        let start = bracket + 1 + blanks + 1;
        let is_image = body.get(..open).is_some_and(|before| before.ends_with('!'));
        Some(Slip { fault, open, is_image, bracket, address: (start, start + address.len()) })
    }

    /// Text that is written like a link, but is not parsed as one if it is rendered as text.
    fn whole(body: &str, bracket: usize) -> Option<Self> {
        let rest = body.get(bracket + 1..)?;
        // `\[text\]\(url\)`
        let parenthesis = if rest.starts_with("\\(") { 2 } else { 1 };
        let inside = rest.strip_prefix('\\').unwrap_or(rest).strip_prefix('(')?;
        let before = body.get(..bracket)?;
        let label_end = before.strip_suffix('\\').unwrap_or(before);
        // A cheap check that rejects most links.
        let is_candidate = label_end.len() < bracket || label_end.ends_with([')', '>', '!']) || holds_url(label_end);
        if !is_candidate && !is_opened_by_escape(label_end) {
            return None;
        }
        let window = inside.get(..inside.floor_char_boundary(MAX_LENGTH))?;
        let end = if parenthesis == 2 { window.find(['\\', ')', '\n']) } else { closing(inside) };
        let address = inside.get(..end?).filter(|address| is_address(address))?;
        let open = bracket_before(label_end)?;
        let label = body.get(open + 1..label_end.len())?;
        let opened_by_escape = body.get(..open).is_some_and(|head| head.ends_with('\\'));
        let fault = match opened_by_escape || label_end.len() < bracket {
            true => Fault::Escaped,
            false if label.contains("](") || label.contains("://") => Fault::Nested,
            false => return None,
        };
        let start = bracket + 1 + parenthesis;
        let head = body.get(..open).unwrap_or("");
        let head = head.strip_suffix('\\').unwrap_or(head);
        let is_image = head.ends_with('!') && !head.ends_with("\\!");
        (!label.trim().is_empty() && !label.starts_with('^')).then_some(Slip {
            fault,
            open,
            is_image,
            bracket,
            address: (start, start + address.len()),
        })
    }

    /// The backslashes before the two brackets.
    fn backslashes(&self, body: &str) -> impl Iterator<Item = usize> {
        let is_escaped = |at: usize| body.as_bytes().get(at.wrapping_sub(1)) == Some(&b'\\');
        let (start, end) = self.address;
        let end = if body.as_bytes().get(end) == Some(&b'\\') { end + 1 } else { end };
        let marks = [self.open, self.bracket, start - 1, end];
        let found: Vec<usize> = marks.into_iter().filter(|at| is_escaped(*at)).collect();
        found.into_iter().map(|at| at - 1)
    }

    fn finding(&self, body: &str, offset: u32) -> Finding {
        let span = |start: usize, end: usize| Span::new(offset + start as u32, offset + end as u32);
        let (start, end) = self.address;
        let address = body.get(start..end).unwrap_or("");
        let what = if self.is_image { "image" } else { "link" };
        let (why, title, edits): (&str, &str, Vec<Edit>) = match self.fault {
            Fault::BlankBefore => {
                let blanks = span(self.bracket + 1, start - 1);
                ("a space between `]` and `(`", "remove the space", vec![element::delete(blanks)])
            }
            Fault::BlankInside => {
                let spaces = spaces(address).unwrap_or_default();
                let edits = spaces.iter().map(|&(at, space)| {
                    let blank = span(start + at, start + at + 1);
                    if space == Space::Removed { element::delete(blank) } else { element::replace(blank, "%20") }
                });
                ("its URL contains a space", title_of(&spaces), edits.collect())
            }
            Fault::Escaped => {
                let backslashes = self.backslashes(body).map(|at| element::delete(span(at, at + 1)));
                ("a backslash before a bracket", "remove the backslashes", backslashes.collect())
            }
            Fault::Nested => ("a link inside another", "keep one of the two links", Vec::new()),
            Fault::Size => ("a size after its URL", "write `<img>` with `width` and `height`", Vec::new()),
        };
        let close = end + usize::from(body.as_bytes().get(end) == Some(&b'\\'));
        let whole = span(self.open, close + 1);
        let fix = (!edits.is_empty()).then(|| Fix::new(title, Safety::Unsafe, edits).about(whole));
        let is_certain = !matches!(self.fault, Fault::Escaped | Fault::Nested);
        let first = self.backslashes(body).next().filter(|at| *at < self.open).unwrap_or(self.open);
        Finding {
            message: Some(format!("{what} is rendered as text: {why}")),
            help: Some(match self.fault {
                Fault::Escaped => "remove the backslashes, or write it as code if it is an example".to_owned(),
                _ => title.to_owned(),
            }),
            fix,
            at_most: (!is_certain).then_some(Level::Warn),
            ..Finding::at(span(first - usize::from(self.is_image && first == self.open), end + 1))
        }
    }
}

/// What to do about the spaces in a URL.
fn title_of(spaces: &[(usize, Space)]) -> &'static str {
    let is = |space: Space| spaces.iter().any(|(_, it)| *it == space);
    match (is(Space::Encoded), is(Space::Removed)) {
        (true, true) => "write `%20` for the spaces between words, and remove the others",
        (true, false) => "write `%20` for each space",
        (false, true) => "remove the space",
        (false, false) => "write the URL without spaces",
    }
}

/// A cheap check that rejects most text after a `]`: text that does not begin with a parenthesis or whitespace, and a
/// URL in parentheses that contains no space.
fn may_be_slip(rest: &[u8]) -> bool {
    let rest = rest.get(..MAX_LENGTH).unwrap_or(rest);
    match rest.first() {
        Some(b'(') => memchr::memchr3(b')', b'\n', b' ', rest).is_some_and(|at| rest.get(at) == Some(&b' ')),
        Some(b' ' | b'\t' | 0xc2) => true,
        _ => false,
    }
}

/// The offset of the `)` that closes `inside` on the same line.
fn closing(inside: &str) -> Option<usize> {
    let mut depth = 1;
    for (at, byte) in inside.bytes().enumerate().take(MAX_LENGTH) {
        match byte {
            b'(' => depth += 1,
            b')' if depth == 1 => return Some(at),
            b')' => depth -= 1,
            b'\n' | b'\r' | b'<' | b'>' | b'{' | b'"' | b'`' | b'\\' => return None,
            _ => {}
        }
    }
    None
}

/// Whether the text ends with a URL: `[https://example.com](https://example.com)` is parsed as a link in some engines.
fn holds_url(label_end: &str) -> bool {
    let tail = label_end.len().saturating_sub(MAX_LENGTH);
    let line = label_end.as_bytes().get(tail..).unwrap_or_default();
    let line = memchr::memrchr(b'[', line).and_then(|at| line.get(at..)).unwrap_or_default();
    memchr::memmem::find(line, b"://").is_some()
}

/// Whether a backslash is before the last `[` of the text.
fn is_opened_by_escape(label_end: &str) -> bool {
    let tail = label_end.as_bytes().get(label_end.len().saturating_sub(MAX_LENGTH)..).unwrap_or_default();
    memchr::memrchr(b'[', tail).is_some_and(|at| at > 0 && tail.get(at - 1) == Some(&b'\\'))
}

/// The offset of the `[` that matches a `]` directly after `before`, in the same paragraph, unless it is escaped.
fn opening(before: &str) -> Option<usize> {
    bracket_before(before).filter(|&at| at == 0 || before.as_bytes().get(at - 1) != Some(&b'\\'))
}

/// The offset of the `[` that matches a `]` directly after `before`, in the same paragraph.
fn bracket_before(before: &str) -> Option<usize> {
    let mut depth = 1;
    let bytes = before.as_bytes();
    let first = bytes.len().saturating_sub(MAX_LENGTH);
    for at in (first..bytes.len()).rev() {
        match bytes.get(at)? {
            b']' => depth += 1,
            b'[' if depth == 1 => return Some(at),
            b'[' => depth -= 1,
            b'\n' if bytes.get(at + 1).is_none_or(|next| matches!(next, b'\n' | b'\r')) => return None,
            _ => {}
        }
    }
    None
}

/// Whether text in parentheses is almost certainly a URL, because of its start.
fn is_address(text: &str) -> bool {
    let of_the_web = ["https://", "http://", "www.", "mailto:"];
    let of_the_site = ["/", "./", "../"];
    let is = |starts: &[&str]| starts.iter().any(|start| text.starts_with(start) && text.len() > start.len() + 1);
    let is_path =
        || is(&of_the_site) && text.trim_start_matches(['.', '/']).contains(['/', '.']) && !is_place_in_code(text);
    !text.contains(char::is_whitespace) && (is(&of_the_web) || is_path())
}

/// Whether the text is a file with a line number, as in a stack trace: `at open [as dock] (/lib/harbour.js:193:34)`.
fn is_place_in_code(text: &str) -> bool {
    let is_number = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    text.rsplit_once(':').is_some_and(|(_, line)| is_number(line))
}

/// Whether a size follows the URL: ` =300x200`, ` =50%x`.
fn is_sized(text: &str) -> bool {
    let Some((url, size)) = text.trim_end().rsplit_once(" =") else { return false };
    let is_size = size.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'x' | b'%' | b'*'));
    !url.trim().is_empty() && !url.trim().contains(' ') && is_size && size.bytes().any(|byte| byte.is_ascii_digit())
}

/// Whether the text is a URL that contains spaces, recognized by its start or by a file extension at its end.
fn is_address_with_blank(text: &str) -> bool {
    let starts = ["https://", "http://", "/", "./", "../"];
    let is_path = starts.iter().any(|start| text.starts_with(start)) && text.contains(['.', '/', '#']);
    let extension = text.rsplit_once('.').map_or("", |(_, extension)| extension);
    let is_file = (2..=4).contains(&extension.len())
        && extension.bytes().all(|b| b.is_ascii_alphanumeric())
        && extension.bytes().any(|b| b.is_ascii_alphabetic());
    // Exclude URLs with a title: a quoted title may follow a URL and a space.
    text.trim() == text && text.contains(' ') && !text.contains(['\'', '\t', '(']) && (is_path || is_file)
}
