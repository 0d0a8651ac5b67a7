//! The value of a front matter key, if it is known before the site is built.
//! [`Value::resolve`](crate::document::read::front_matter::value::Value::resolve) determines its type.

use crate::document::Document;
use crate::document::read::front_matter::Block;
use crate::document::read::front_matter::keys::has_template;
use crate::document::read::front_matter::types::{Engine, Resolved};
use crate::document::read::front_matter::value::{Data, Entry};
use crate::place::dialect::Generator;
use crate::source::Span;

/// The value of a key in a post or its site's defaults.
#[derive(Clone, Copy, Debug)]
pub enum Field<'d> {
    /// Neither the post nor the site sets it.
    Missing,
    /// The value depends on template syntax, an alias or broken front matter, so rules must not judge it.
    Unknown,
    /// The key is present without a value, or with `null`.
    Null(&'d Entry<'d>),
    /// A scalar, as text.
    Text(&'d str, &'d Entry<'d>),
    /// A sequence or a mapping.
    Nested(&'d Entry<'d>),
    /// The site's default.
    Default(&'d serde_yaml::Value),
}

impl<'d> Field<'d> {
    /// The value as text, if the post sets it.
    pub fn text(self) -> Option<&'d str> {
        match self {
            Field::Text(text, _) => Some(text),
            _ => None,
        }
    }

    /// Whether the value is empty: missing, `null`, or only whitespace.
    pub fn is_blank(self) -> bool {
        match self {
            Field::Missing | Field::Null(_) => true,
            Field::Text(text, _) => text.trim().is_empty(),
            Field::Unknown | Field::Nested(_) => false,
            Field::Default(value) => value.is_null() || value.as_str().is_some_and(|text| text.trim().is_empty()),
        }
    }

    /// Whether the value is the boolean or the text `word`, ignoring case.
    pub fn is_word(self, word: &str) -> bool {
        match self {
            Field::Text(text, _) => text.trim().eq_ignore_ascii_case(word),
            Field::Default(serde_yaml::Value::Bool(value)) => value.to_string() == word,
            Field::Default(value) => value.as_str().is_some_and(|text| text.eq_ignore_ascii_case(word)),
            _ => false,
        }
    }
}

/// Length in bytes of `null`, the longest way to write an empty value.
const LONGEST_NULL: usize = 4;

impl<'s> Document<'s> {
    /// The value of a top-level key, from the post or else from its site's defaults.
    pub fn field(&self, key: &str) -> Field<'_> {
        let supplied = || self.place.default_of(key).map(Field::Default);
        let Some(block) = self.front_matter.block() else { return supplied().unwrap_or(Field::Missing) };
        if block.problem.is_some() || !block.is_readable() {
            return Field::Unknown;
        }
        // Hugo's keys are case-insensitive.
        let hugo = self.place.generator == Generator::Hugo;
        let in_any_case = || block.mapping.get_in_any_case(key).filter(|_| hugo);
        let entry = || block.mapping.get(key).or_else(in_any_case);
        let Some(entry) = self.keys.may_hold(key).then(entry).flatten() else {
            let absent = if self.keys.has_merge { Field::Unknown } else { Field::Missing };
            return supplied().unwrap_or(absent);
        };
        match &entry.value.data {
            _ if self.keys.has_template && has_template(entry.value.full_span.slice(self.source.text())) => {
                Field::Unknown
            }
            Data::Alias { .. } => Field::Unknown,
            Data::Sequence { .. } | Data::Mapping(_) => Field::Nested(entry),
            Data::Scalar(scalar) if scalar.text.len() > LONGEST_NULL && entry.value.tag.is_none() => {
                Field::Text(&scalar.text, entry)
            }
            Data::Scalar(scalar) => match entry.value.resolve(Engine::of(self.place.generator)) {
                Some(Resolved::Null) => supplied().unwrap_or(Field::Null(entry)),
                _ => Field::Text(&scalar.text, entry),
            },
        }
    }

    /// The front matter, if it parses.
    pub fn sound_block(&self) -> Option<&Block<'s>> {
        self.front_matter.block().filter(|block| block.problem.is_none() && block.is_readable())
    }

    /// The opening fence of front matter that parses.
    pub fn sound_fence(&self) -> Option<Span> {
        self.sound_block().map(|block| block.fence)
    }
}

impl Entry<'_> {
    /// The span to report: the value, or the key if the value is absent.
    pub fn value_or_key(&self) -> Span {
        if self.value.span.is_empty() { self.key.span } else { self.value.span }
    }
}
