//! References whose label nothing defines: `[the tides][tides]`, which is rendered with its brackets.

use crate::checks::link_not_rendered::{bracket_before, is_printed};
use crate::diagnostic::{Fix, Level, Safety};
use crate::document::Document;
use crate::document::ask::node_at::Texts;
use crate::document::ask::prose::Code;
use crate::place::dialect::Generator;
use crate::rule::Finding;
use crate::source::Span;
use crate::words::slip;
use rustc_hash::FxHashSet;
use std::cell::{LazyCell, OnceCell};

/// Maximum length in bytes of a label.
pub const MAX_LABEL: usize = 100;
/// Maximum number of definitions that a label is compared with.
const MAX_COMPARED: usize = 20;
/// Minimum number of characters of a label in which a letter may be wrong.
const MIN_COMPARED: usize = 4;

/// The references of a post that are printed because nothing defines their label.
pub fn undefined(document: &Document<'_>) -> Vec<Finding> {
    let body = document.body.slice(document.source.text());
    let has_definitions = memchr::memmem::find(body.as_bytes(), b"]:").is_some();
    if !has_definitions && memchr::memmem::find(body.as_bytes(), b"][").is_none() {
        return Vec::new();
    }
    let references = LazyCell::new(|| References::of(document, body));
    let texts = LazyCell::new(|| Texts::of(&document.tree));
    let is_shown = |reference: &Reference| {
        [reference.open, reference.end - 1].into_iter().all(|offset| is_printed(document, &texts, offset))
    };
    let mut found: Vec<Reference> = Vec::new();
    let mut shortcuts = Vec::new();
    let open = |bracket: usize| bracket_before(body.get(..bracket)?);
    for bracket in memchr::memchr_iter(b']', body.as_bytes()) {
        match body.as_bytes().get(bracket + 1) {
            Some(b'(' | b':') => {}
            Some(b'[') => {
                found.extend(open(bracket).and_then(|open| references.full(open, bracket)).filter(is_shown));
            }
            _ => shortcuts.push(bracket),
        }
    }
    // `[README]` is text in brackets, mostly, unless `[read me][readme]` is a reference.
    let missing: FxHashSet<String> = found.iter().map(|reference| references.label(reference)).collect();
    if !missing.is_empty() || has_definitions && !references.unused.is_empty() {
        let shortcut = |bracket| references.shortcut(open(bracket)?, bracket, &missing).filter(is_shown);
        found.extend(shortcuts.into_iter().filter_map(shortcut));
    }
    found.iter().map(|reference| references.finding(reference, document.body.start)).collect()
}

/// What a post defines, and what refers to it.
struct References<'d> {
    body: &'d str,
    /// The labels that are defined, as engines compare them.
    defined: FxHashSet<String>,
    /// Whether some of them are those of links.
    has_links: bool,
    /// Those to which nothing refers, with the labels as they are written.
    unused: Vec<(String, &'d str)>,
    /// Whether it is a manual of MkDocs, which may refer to headings of other pages and to what all pages include.
    is_of_mkdocs: bool,
    /// Whether a template or a preprocessor includes another file, if that matters.
    includes_files: OnceCell<bool>,
}

/// A reference without a definition. Offsets are in bytes of the body.
struct Reference {
    open: usize,
    /// The start and end of the label, without brackets.
    label: (usize, usize),
    end: usize,
    is_image: bool,
}

impl<'d> References<'d> {
    fn of(document: &Document<'_>, body: &'d str) -> Self {
        let definitions = memchr::memmem::find_iter(body.as_bytes(), b"]:").filter_map(|end| {
            // Only so much of a line is looked at: one may have all of them.
            let start = body.floor_char_boundary(end.saturating_sub(2 * MAX_LABEL));
            let before = body.get(start..end)?;
            let line = before.rsplit_once('\n').map(|(_, line)| line).or((start == 0).then_some(before))?;
            let label = line.trim_start_matches([' ', '\t', '>', '*', '-']).strip_prefix('[')?;
            (!label.contains(['[', ']'])).then_some((end, label))
        });
        let definitions: Vec<(usize, String, &str)> =
            definitions.map(|(end, label)| (end, compared(label), label)).collect();
        let mut named = FxHashSet::default();
        if !definitions.is_empty() {
            let labels = memchr::memchr_iter(b'[', body.as_bytes()).filter_map(|open| label_at(body, open));
            named.extend(labels.filter(|(_, rest)| !rest.starts_with(':')).map(|(label, _)| compared(label)));
        }
        // A note, and a line of code such as `[error]: cannot open`, defines no link.
        let code = LazyCell::new(|| Code::of(&document.tree));
        let is_of_link = |(end, label, _): &(usize, String, &str)| {
            !label.starts_with('^') && !code.holds(document.body.start + *end as u32)
        };
        References {
            body,
            defined: definitions.iter().map(|(_, label, _)| label.clone()).collect(),
            has_links: definitions.iter().any(is_of_link),
            unused: definitions
                .iter()
                .filter(|it| is_of_link(it) && !named.contains(&it.1))
                .map(|(_, label, written)| (label.clone(), *written))
                .collect(),
            is_of_mkdocs: document.place.generator == Generator::MkDocs,
            includes_files: OnceCell::new(),
        }
    }

    /// Whether a label is defined, or something may define it: a template or a preprocessor that includes another file.
    fn may_be_defined(&self, label: &str) -> bool {
        self.is_of_mkdocs
            || self.defined.contains(&compared(label))
            || *self.includes_files.get_or_init(|| self.body.lines().any(includes))
    }

    /// The reference `[text][label]` or `[text][]` whose text has these brackets, if nothing defines its label.
    fn full(&self, open: usize, bracket: usize) -> Option<Reference> {
        let text = self.body.get(open + 1..bracket)?;
        let (before, is_image) = self.before(open)?;
        let rest = self.body.get(bracket + 1..)?;
        let (label, end) = match label_at(self.body, bracket + 1) {
            Some((label, after)) if !after.starts_with(['[', '(', ':']) => {
                ((bracket + 2, bracket + 2 + label.len()), self.body.len() - after.len())
            }
            None if rest.starts_with("[]") && !rest.starts_with("[][") => ((open + 1, bracket), bracket + 3),
            _ => return None,
        };
        let name = self.body.get(label.0..label.1)?;
        let is_certain = is_words(text)
            && is_label(name)
            && match (is_phrase(text), may_be_tag(before)) {
                (true, false) => true,
                (false, true) => false,
                _ => self.has_links,
            }
            && !self.may_be_defined(name);
        is_certain.then_some(Reference { open, label, end, is_image })
    }

    /// The reference `[label]` with these brackets, if its label is `missing` in other references, or if only a few letters
    /// tell it apart from one that is defined, and to which nothing refers. Others are text in brackets, mostly.
    fn shortcut(&self, open: usize, bracket: usize, missing: &FxHashSet<String>) -> Option<Reference> {
        let (label, rest) = label_at(self.body, open)?;
        let (_, is_image) = self.before(open)?;
        let is_other = rest.starts_with(['[', '(', ':']) || !is_label(label);
        let is_reference = || missing.contains(&compared(label)) || self.meant(label).is_some();
        let found = Reference { open, label: (open + 1, bracket), end: bracket + 1, is_image };
        (!is_other && is_reference() && !self.may_be_defined(label)).then_some(found)
    }

    /// The label of a reference, as engines compare it.
    fn label(&self, reference: &Reference) -> String {
        compared(self.body.get(reference.label.0..reference.label.1).unwrap_or(""))
    }

    /// What is before a reference, and whether it is an image. `None` if it is a part of something else: `map[string]`,
    /// `[[one]]`, `[one][two]`.
    fn before(&self, open: usize) -> Option<(&'d str, bool)> {
        let before = self.body.get(..open)?;
        let (before, is_image) = before.strip_suffix('!').map_or((before, false), |before| (before, true));
        let is_part = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '[' | ']' | ')' | '\\' | '$');
        (!before.ends_with(is_part)).then_some((before, is_image))
    }

    /// The label that is defined, and to which nothing refers, that differs from this one in a few letters.
    fn meant(&self, label: &str) -> Option<&'d str> {
        let label = compared(label);
        if self.unused.len() > MAX_COMPARED || label.chars().count() < MIN_COMPARED {
            return None;
        }
        let digits = |text: &str| text.chars().filter(char::is_ascii_digit).collect::<String>();
        // `part 1` is not a typo of `part 2`.
        let alike = self.unused.iter().map(|(name, _)| name.as_str()).filter(|name| digits(name) == digits(&label));
        let similar = slip(&label, alike)?;
        self.unused.iter().find(|(name, _)| name == similar).map(|(_, written)| *written)
    }

    /// The finding about a reference. `offset`: where the body begins.
    fn finding(&self, reference: &Reference, offset: u32) -> Finding {
        let span = |start: usize, end: usize| Span::new(offset + start as u32, offset + end as u32);
        let (start, end) = reference.label;
        let label = self.body.get(start..end).unwrap_or("");
        let what = if reference.is_image { "image" } else { "link" };
        let meant = self.meant(label);
        Finding {
            message: Some(format!("{what} is rendered as text: nothing defines `[{label}]`")),
            help: Some(match meant {
                Some(meant) => format!("did you mean `[{meant}]`?"),
                None => format!("add a line `[{label}]: URL`, or write `[text](URL)`"),
            }),
            fix: meant.map(|meant| Fix::write(meant, span(start, end), Safety::Unsafe)),
            at_most: Some(Level::Warn),
            ..Finding::at(span(reference.open - usize::from(reference.is_image), reference.end))
        }
    }
}

/// A label as engines compare it: without regard to case and to the amount of whitespace.
pub fn compared(label: &str) -> String {
    if label.bytes().all(|byte| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'/')) {
        return label.to_owned();
    }
    label.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}

/// The label that begins with the bracket at this offset, and what follows it.
pub fn label_at(body: &str, open: usize) -> Option<(&str, &str)> {
    let inside = body.get(open..)?.strip_prefix('[')?;
    let end = inside.bytes().take(MAX_LABEL).position(|byte| matches!(byte, b']' | b'[' | b'\n'))?;
    let label = inside.get(..end)?;
    let rest = inside.get(end..)?.strip_prefix(']')?;
    (!label.trim().is_empty()).then_some((label, rest))
}

/// Whether a line may include a file that defines labels, or print something that does.
fn includes(line: &str) -> bool {
    let line = line.trim();
    let names_file = || ["include", "render", "import"].iter().any(|word| line.contains(word));
    let is_template = ["{%", "{{", "<!--", "--8<--", "<<"].iter().any(|mark| line.contains(mark));
    let is_value = line.starts_with("{{") && line.ends_with("}}") && !line.starts_with("{{<");
    is_template && names_file() || is_value || line.contains("--8<--")
}

/// Whether the text of a reference is one for readers: no citation, no note, no range of characters.
fn is_words(text: &str) -> bool {
    let letters = text.chars().filter(|c| c.is_alphabetic()).count();
    let is_wide = text.chars().any(|c| c >= '\u{1100}' && c.is_alphabetic());
    let is_code = text.contains(['\\', '$', '^', '|', '=', '<', '>', '{', '}', '`', '@', '"']);
    letters >= if is_wide { 1 } else { 2 } && !is_code && !is_range(text)
}

/// Whether this may be the label of a definition: no note (`^1`), no citation (`@kim2024`), no index.
fn is_label(label: &str) -> bool {
    let is_code = label.contains(['\\', '$', '^', '|', '=', '<', '>', '{', '}', '`', '@', '"', ',', ';', '*', '!']);
    !is_code && !is_range(label) && label.chars().filter(|c| c.is_alphanumeric()).count() >= 2
}

/// Whether this is a range of characters, as in regular expressions: `a-z`, `A-Za-z0-9`.
fn is_range(text: &str) -> bool {
    let bytes = text.as_bytes();
    bytes.chunks(3).all(
        |range| matches!(range, [first, b'-', last] if first.is_ascii_alphanumeric() && last.is_ascii_alphanumeric()),
    )
}

/// Whether a text has several words. One word may be a tag, as in `[docs][build] Fix the links`.
fn is_phrase(text: &str) -> bool {
    text.split_whitespace().filter(|word| word.contains(char::is_alphabetic)).nth(1).is_some()
}

/// Whether what begins here may be a tag: at the start of a line or an item.
fn may_be_tag(before: &str) -> bool {
    let line = before.rsplit('\n').next().unwrap_or("");
    !line.contains(char::is_alphabetic)
}
