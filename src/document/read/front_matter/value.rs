//! Front matter as it is written: keys and values with their byte spans, in source order, with duplicates, quoting and
//! comments. Types depend on the generator: see [`crate::document::read::front_matter::types`].

use crate::source::Span;
use std::borrow::Cow;
use std::cmp::Ordering;
use std::sync::OnceLock;

/// A value with its tag, its anchor and its spans.
#[derive(Clone, Debug)]
pub struct Value<'s> {
    /// Byte span, including quotes and brackets. For a block scalar (`>`, `|`), only its text, without the line ending
    /// after it. Empty, directly after the colon, if the value is absent.
    pub span: Span,
    /// `span` together with the tag, the anchor and the block scalar header.
    pub full_span: Span,
    /// A tag such as `!!str`, with its byte span.
    pub tag: Option<(Cow<'s, str>, Span)>,
    /// An anchor's name (`&name`), with its byte span.
    pub anchor: Option<(Cow<'s, str>, Span)>,
    /// The decoded content.
    pub data: Data<'s>,
}

/// The data of a value.
#[derive(Clone, Debug)]
pub enum Data<'s> {
    /// A single value, rather than a collection.
    Scalar(Scalar<'s>),
    /// A list of values.
    Sequence {
        /// The items in source order.
        items: Vec<Value<'s>>,
        /// Whether it is written in brackets.
        flow: bool,
    },
    /// Keys with values.
    Mapping(Mapping<'s>),
    /// An alias: `*name`.
    Alias {
        /// The anchor's name.
        name: Cow<'s, str>,
        /// Whether the anchor is defined earlier in the document.
        defined: bool,
    },
}

/// A scalar: its text is decoded, its type depends on the generator.
#[derive(Clone, Debug)]
pub struct Scalar<'s> {
    /// The text with quotes, escapes and folding resolved; empty if the value is absent.
    pub text: Cow<'s, str>,
    /// The quotes or the block scalar header, if any.
    pub style: Style,
}

/// How a scalar is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Style {
    /// There is no value after the colon.
    Absent,
    /// Without quotes.
    Plain,
    /// `'…'`
    SingleQuoted,
    /// `"…"`
    DoubleQuoted,
    /// `|`
    Literal,
    /// `>`
    Folded,
    /// A value whose type the format determines: numbers, booleans, dates and null in TOML and JSON.
    Typed(Kind),
}

/// The types a format can determine.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// `null`
    Null,
    /// `true`, `false`
    Boolean,
    /// A whole number.
    Integer,
    /// Any other number.
    Float,
    /// A date without time.
    Date,
    /// A date with a time, or a time alone.
    Time,
    /// Text.
    String,
}

/// Keys with values, in source order, with duplicates.
#[derive(Clone, Debug, Default)]
pub struct Mapping<'s> {
    /// The entries in source order.
    pub entries: Vec<Entry<'s>>,
    /// Whether it is written in braces.
    pub flow: bool,
    /// Built by the first search in a long mapping; after that, entries must not be added or removed. Boxed, because
    /// values are moved while they are parsed, and few mappings are long.
    pub(super) sorted: OnceLock<Box<Sorted>>,
}

/// The indices of a mapping's entries, sorted by key.
#[derive(Clone, Debug)]
pub(super) struct Sorted {
    exact: Vec<u32>,
    any_case: Vec<u32>,
}

/// Maximum number of entries for a linear search. Sorting all mappings costs 1.3% more instructions on jekyll-docs.
const FEW: usize = 16;

/// A key and its value.
#[derive(Clone, Debug)]
pub struct Entry<'s> {
    /// The key, usually a scalar.
    pub key: Value<'s>,
    /// Offset of the `:` or `=`.
    pub separator: Option<u32>,
    /// The value; a scalar with the style `Absent` if there is none in the source.
    pub value: Value<'s>,
}

impl<'s> Mapping<'s> {
    /// Creates a mapping from entries in source order. `flow`: whether it is written in braces.
    pub fn new(entries: Vec<Entry<'s>>, flow: bool) -> Self {
        Mapping { entries, flow, ..Mapping::default() }
    }

    /// The entry that a generator uses for `key`: the last one, if there are several.
    pub fn get(&self, key: &str) -> Option<&Entry<'s>> {
        if self.entries.len() <= FEW {
            return self.entries.iter().rev().find(|entry| entry.name() == Some(key));
        }
        self.find(&self.sorted().exact, |name| name.cmp(key))
    }

    /// Like [`Mapping::get`], ignoring ASCII case.
    pub fn get_in_any_case(&self, key: &str) -> Option<&Entry<'s>> {
        if self.entries.len() <= FEW {
            let is_it = |name: &str| name.eq_ignore_ascii_case(key);
            return self.entries.iter().rev().find(|entry| entry.name().is_some_and(is_it));
        }
        self.find(&self.sorted().any_case, |name| lower(name).cmp(lower(key)))
    }

    /// Finds the last entry whose name compares as equal.
    fn find(&self, sorted: &[u32], order: impl Fn(&str) -> Ordering) -> Option<&Entry<'s>> {
        let end = sorted.partition_point(|number| order(self.name(*number)).is_le());
        let last = sorted.get(end.checked_sub(1)?)?;
        self.entries.get(*last as usize).filter(|_| order(self.name(*last)).is_eq())
    }

    fn sorted(&self) -> &Sorted {
        self.sorted.get_or_init(|| {
            let is_named = |number: &u32| self.entries.get(*number as usize).is_some_and(|it| it.name().is_some());
            let mut exact: Vec<u32> = (0..self.entries.len() as u32).filter(is_named).collect();
            let mut any_case = exact.clone();
            exact.sort_by_key(|number| self.name(*number));
            any_case.sort_by(|a, b| lower(self.name(*a)).cmp(lower(self.name(*b))));
            Box::new(Sorted { exact, any_case })
        })
    }

    fn name(&self, number: u32) -> &str {
        self.entries.get(number as usize).and_then(Entry::name).unwrap_or("")
    }

    /// Every key and value at any depth, in source order.
    pub fn values(&self) -> impl Iterator<Item = &Value<'s>> {
        let mut open: Vec<&Value<'s>> = Vec::new();
        push_entries(self, &mut open);
        std::iter::from_fn(move || {
            let value = open.pop()?;
            match &value.data {
                Data::Mapping(mapping) => push_entries(mapping, &mut open),
                Data::Sequence { items, .. } => open.extend(items.iter().rev()),
                Data::Scalar(_) | Data::Alias { .. } => {}
            }
            Some(value)
        })
    }

    /// Whether a merge key (`<<: *defaults`) adds keys that are defined elsewhere.
    pub fn has_merge(&self) -> bool {
        self.entries.iter().any(Entry::is_merge)
    }
}

fn lower(text: &str) -> impl Iterator<Item = u8> {
    text.bytes().map(|byte| byte.to_ascii_lowercase())
}

/// Pushes keys and values in reverse order, for a stack.
fn push_entries<'v, 's>(mapping: &'v Mapping<'s>, open: &mut Vec<&'v Value<'s>>) {
    open.extend(mapping.entries.iter().rev().flat_map(|entry| [&entry.value, &entry.key]));
}

impl<'s> Entry<'s> {
    /// The key's text.
    pub fn name(&self) -> Option<&str> {
        self.key.as_scalar().map(|scalar| &*scalar.text)
    }

    /// Whether this is the unquoted merge key `<<`.
    pub fn is_merge(&self) -> bool {
        self.key.as_scalar().is_some_and(|key| key.style == Style::Plain && key.text == "<<")
    }

    /// Byte span of key, separator and value.
    pub fn span(&self) -> Span {
        let separator = self.separator.map_or(self.key.full_span, |at| Span::new(at, at + 1));
        self.key.full_span.join(separator).join(self.value.full_span)
    }
}

impl<'s> Value<'s> {
    /// The scalar, if this is one.
    pub fn as_scalar(&self) -> Option<&Scalar<'s>> {
        match &self.data {
            Data::Scalar(scalar) => Some(scalar),
            _ => None,
        }
    }

    /// The mapping, if this is one.
    pub fn as_mapping(&self) -> Option<&Mapping<'s>> {
        match &self.data {
            Data::Mapping(mapping) => Some(mapping),
            _ => None,
        }
    }

    /// The items of a sequence.
    pub fn as_sequence(&self) -> Option<&[Value<'s>]> {
        match &self.data {
            Data::Sequence { items, .. } => Some(items),
            _ => None,
        }
    }

    /// The byte span of the key or the list item that a JSON pointer refers to.
    pub fn at_pointer(&self, pointer: &str) -> Option<Span> {
        let (mut value, mut span) = (self, self.span);
        for part in pointer.split('/').skip(1) {
            let name = part.replace("~1", "/").replace("~0", "~");
            match &value.data {
                Data::Mapping(mapping) => {
                    let entry = mapping.get(&name)?;
                    (value, span) = (&entry.value, entry.key.span);
                }
                Data::Sequence { items, .. } => {
                    value = items.get(name.parse::<usize>().ok()?)?;
                    span = value.span;
                }
                _ => return None,
            }
        }
        Some(span)
    }
}
