//! Attribute lists (`{: #id .class key="value" name}`) and attribute list definitions (`{:name: …}`).
//!
//! In kramdown 2.4: `parser/kramdown/extensions.rb`, `parse_attribute_list`.

use crate::document::read::kramdown::lines::{is_space, is_word_byte, name_len};
use crate::document::read::kramdown::text::Text;
use crate::document::tree::build::NewAttribute;
use crate::source::Span;
use html5ever::{LocalName, local_name};
use rustc_hash::FxHashMap;
use std::borrow::Cow;
use std::cell::Cell;
use std::ops::Range;

/// Maximum depth of attribute list definitions that refer to each other.
const MAX_REFERENCES: usize = 8;
/// Maximum number of parts of one attribute list, including those of the definitions it refers to, and maximum number
/// of attributes that lists may add to one element.
const MAX_PARTS: usize = 256;
/// Maximum number of bytes that references may expand to: `REFERRED_PER_BYTE` for each byte of the post, plus
/// `REFERRED`. CommonMark's parsers have the same kind of limit:
/// <https://github.com/github/cmark-gfm/security/advisories/GHSA-29g3-96g3-jg6c>.
const REFERRED_PER_BYTE: usize = 4;
const REFERRED: usize = 1 << 20;
/// Minimum number of bytes that a reference counts towards that limit.
const MIN_REFERRED: usize = 4;

/// One part of an attribute list.
#[derive(Clone, Debug)]
enum Part {
    Reference(String),
    Class { name: String, span: Span },
    Pair { name: String, value: String, name_span: Option<Span>, value_span: Span },
}

impl Part {
    /// The number of bytes that this part adds to an element.
    fn len(&self) -> usize {
        match self {
            Part::Reference(_) => 0,
            Part::Class { name, .. } => name.len(),
            Part::Pair { name, value, .. } => name.len() + value.len(),
        }
    }
}

/// The parts of an attribute list, in source order.
#[derive(Clone, Debug, Default)]
pub(super) struct AttributeList {
    parts: Vec<Part>,
    /// Text in the list that is not a valid part.
    pub(super) malformed: Vec<Span>,
}

/// Attribute list definitions by name, and the number of bytes that references may still expand to. Without that limit,
/// many references to a long title would exhaust memory.
#[derive(Debug)]
pub(super) struct Definitions {
    lists: FxHashMap<String, AttributeList>,
    left: Cell<usize>,
}

impl Definitions {
    /// Creates an empty table for a post of `len` bytes.
    pub(super) fn new(len: usize) -> Definitions {
        let left = len.saturating_mul(REFERRED_PER_BYTE).saturating_add(REFERRED);
        Definitions { lists: FxHashMap::default(), left: Cell::new(left) }
    }

    /// Appends `list` to the definition of `name`.
    pub(super) fn add(&mut self, name: &str, list: AttributeList) {
        self.lists.entry(name.to_owned()).or_default().parts.extend(list.parts);
    }

    /// Whether a reference may expand to this many bytes. Once one is rejected, all later ones are.
    pub(super) fn allow(&self, bytes: usize) -> bool {
        let left = self.left.get().checked_sub(bytes.max(MIN_REFERRED));
        self.left.set(left.unwrap_or(0));
        left.is_some()
    }

    /// Whether the limit of references is exceeded.
    pub(super) fn is_used_up(&self) -> bool {
        self.left.get() == 0
    }
}

impl AttributeList {
    /// Parses the text between the braces of a list.
    pub(super) fn parse(text: &Text<'_>, range: Range<usize>) -> AttributeList {
        let mut list = AttributeList::default();
        let source = text.as_str().get(..range.end).unwrap_or("");
        let mut at = range.start;
        while let Some(rest) = source.get(at..).filter(|rest| !rest.is_empty()) {
            if rest.bytes().next().is_some_and(is_space) {
                at += 1;
                continue;
            }
            let len = list.part(text, source, at);
            if len > 0 {
                at += len;
                continue;
            }
            let len = rest.bytes().take_while(|&byte| !is_space(byte)).count();
            list.malformed.push(text.span(at..at + len));
            at += len;
        }
        list
    }

    /// Creates a list that sets only the id at `range`.
    pub(super) fn of_id(text: &Text<'_>, range: Range<usize>) -> AttributeList {
        let value = text.as_str().get(range.clone()).unwrap_or("").to_owned();
        let part = Part::Pair { name: "id".to_owned(), value, name_span: None, value_span: text.span(range) };
        AttributeList { parts: vec![part], malformed: Vec::new() }
    }

    /// Parses the part at `at`. Returns its length in bytes, or 0 if there is none.
    fn part(&mut self, text: &Text<'_>, source: &str, at: usize) -> usize {
        let rest = &source[at..];
        if rest.starts_with(['.', '#']) {
            return self.classes_and_id(text, rest, at);
        }
        let name = name_len(rest);
        if name == 0 {
            return 0;
        }
        let after = &rest[name..];
        if ends_part(after) {
            self.parts.push(Part::Reference(rest[..name].to_owned()));
            return name;
        }
        let Some(len) = quoted_len(after.strip_prefix('=').unwrap_or("")) else { return 0 };
        let value = name + 2..name + len;
        if !ends_part(&rest[name + 1 + len..]) {
            return 0;
        }
        let written = &rest[value.clone()];
        let quote = &rest[name + 1..name + 2];
        self.parts.push(Part::Pair {
            name: rest[..name].to_owned(),
            value: written.replace("\\}", "}").replace(&format!("\\{quote}"), quote),
            name_span: Some(text.span(at..at + name)),
            value_span: text.span(at + value.start..at + value.end),
        });
        name + 1 + len
    }

    /// Parses `.class`, `#id` and any sequence of them, like `.a.b#c`.
    fn classes_and_id(&mut self, text: &Text<'_>, rest: &str, at: usize) -> usize {
        let mut parts = Vec::new();
        let mut end = 0;
        while let Some(mark) = rest[end..].bytes().next().filter(|mark| matches!(mark, b'.' | b'#')) {
            let name = &rest[end + 1..];
            let len = if mark == b'.' { class_len(name) } else { id_len(name) };
            if len == 0 {
                return 0;
            }
            let span = text.span(at + end + 1..at + end + 1 + len);
            let name = name[..len].to_owned();
            parts.push(match mark {
                b'.' => Part::Class { name, span },
                _ => Part::Pair { name: "id".to_owned(), value: name, name_span: None, value_span: span },
            });
            end += 1 + len;
        }
        if !ends_part(&rest[end..]) {
            return 0;
        }
        self.parts.append(&mut parts);
        end
    }

    /// The value of the last pair with this key.
    pub(super) fn value(&self, key: &str) -> Option<&str> {
        self.parts.iter().rev().find_map(|part| match part {
            Part::Pair { name, value, .. } if name == key => Some(value.as_str()),
            _ => None,
        })
    }

    /// The list's key-value pairs.
    pub(super) fn pairs(&self) -> impl Iterator<Item = (&str, &str)> {
        self.parts.iter().filter_map(|part| match part {
            Part::Pair { name, value, .. } => Some((name.as_str(), value.as_str())),
            _ => None,
        })
    }

    /// Whether the list contains a reference to `word`, such as `toc`.
    pub(super) fn refers_to(&self, word: &str) -> bool {
        self.parts.iter().any(|part| matches!(part, Part::Reference(name) if name == word))
    }

    /// For the first reference that starts with `start`, the part after that.
    pub(super) fn reference_after(&self, start: &str) -> Option<&str> {
        self.parts.iter().find_map(|part| match part {
            Part::Reference(name) => name.strip_prefix(start),
            _ => None,
        })
    }

    /// Whether the list sets the class `word`.
    pub(super) fn has_class(&self, word: &str) -> bool {
        self.parts.iter().any(|part| matches!(part, Part::Class { name, .. } if name == word))
    }

    /// Sets the list's attributes, after those of the definitions it refers to.
    pub(super) fn apply(&self, definitions: &Definitions, attributes: &mut Vec<NewAttribute<'_>>) {
        self.apply_nested(definitions, attributes, 0, &mut { MAX_PARTS });
    }

    fn apply_nested(
        &self,
        definitions: &Definitions,
        attributes: &mut Vec<NewAttribute<'_>>,
        depth: usize,
        left: &mut usize,
    ) {
        let parts = &self.parts[..self.parts.len().min(MAX_PARTS)];
        *left = left.saturating_sub(parts.len());
        for part in parts {
            if let Part::Reference(name) = part
                && depth < MAX_REFERENCES
                && *left > 0
                && let Some(list) = definitions.lists.get(name)
            {
                list.apply_nested(definitions, attributes, depth + 1, left);
            }
        }
        // `class="…"` replaces the classes that this list has set so far, not those that the element had before.
        let written_class = parts.iter().rposition(|part| matches!(part, Part::Pair { name, .. } if name == "class"));
        for (index, part) in parts.iter().enumerate() {
            if !definitions.allow(part.len()) {
                return;
            }
            match part {
                Part::Reference(_) => {}
                Part::Class { name, span } if written_class.is_none_or(|at| at < index) => {
                    add_class(attributes, name, None, *span);
                }
                Part::Class { .. } => {}
                Part::Pair { name, value, name_span, value_span } if name == "class" => {
                    if written_class == Some(index) {
                        add_class(attributes, value, *name_span, *value_span);
                    }
                }
                Part::Pair { name, value, name_span, value_span } => {
                    set(
                        attributes,
                        NewAttribute {
                            name: LocalName::from(name.to_ascii_lowercase()),
                            value: Cow::Owned(value.clone()),
                            name_span: *name_span,
                            value_span: Some(*value_span),
                        },
                    );
                }
            }
        }
    }
}

/// Sets an attribute, in place of one with the same name if there is one.
pub(super) fn set<'a>(attributes: &mut Vec<NewAttribute<'a>>, new: NewAttribute<'a>) {
    match attributes.iter().position(|attribute| attribute.name == new.name) {
        Some(index) => attributes[index] = new,
        None if attributes.len() < MAX_PARTS => attributes.push(new),
        None => {}
    }
}

/// Adds a class. The span of several classes extends from the first to the last.
pub(super) fn add_class(attributes: &mut Vec<NewAttribute<'_>>, class: &str, name_span: Option<Span>, span: Span) {
    let Some(attribute) = attributes.iter_mut().find(|attribute| attribute.name == local_name!("class")) else {
        attributes.push(NewAttribute {
            name: local_name!("class"),
            value: Cow::Owned(class.to_owned()),
            name_span,
            value_span: Some(span),
        });
        return;
    };
    let value = attribute.value.to_mut();
    if !value.is_empty() {
        value.push(' ');
    }
    value.push_str(class);
    attribute.value_span = attribute.value_span.map(|before| before.join(span));
}

/// The length of an attribute list up to its closing brace. `text` starts after the opening brace. A closing brace
/// inside the list is escaped: `\}`.
pub(super) fn list_len(text: &str) -> Option<usize> {
    let bytes = text.as_bytes();
    let mut from = 0;
    loop {
        let at = from + memchr::memchr(b'}', &bytes[from..])?;
        if at == 0 || bytes[at - 1] != b'\\' {
            return Some(at);
        }
        from = at + 1;
    }
}

fn ends_part(rest: &str) -> bool {
    rest.bytes().next().is_none_or(is_space)
}

fn class_len(text: &str) -> usize {
    text.bytes().take_while(|&byte| !is_space(byte) && byte != b'.' && byte != b'#').count()
}

fn id_len(text: &str) -> usize {
    let bytes = text.as_bytes();
    if !bytes.first().is_some_and(u8::is_ascii_alphabetic) {
        return 0;
    }
    bytes.iter().take_while(|&&byte| is_word_byte(byte) || byte == b':' || byte == b'-').count()
}

/// The length of a quoted value, including both quotes.
fn quoted_len(text: &str) -> Option<usize> {
    let bytes = text.as_bytes();
    let quote = *bytes.first().filter(|quote| matches!(quote, b'"' | b'\''))?;
    let mut from = 1;
    loop {
        let at = from + memchr::memchr(quote, bytes.get(from..)?)?;
        if bytes[at - 1] != b'\\' || at == 1 {
            return Some(at + 1);
        }
        from = at + 1;
    }
}
