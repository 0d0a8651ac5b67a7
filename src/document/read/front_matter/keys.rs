//! A filter for the top-level keys of front matter.

use crate::document::read::front_matter::FrontMatter;
use crate::document::read::front_matter::value::Entry;

/// A Bloom filter for the top-level keys. Rules look up many keys, most of which a post does not have: searching the
/// entries for each costs 1.6% more instructions on jekyll-docs.
#[derive(Clone, Copy, Debug, Default)]
pub(in crate::document) struct Keys {
    /// One bit per key: see [`Keys::bit`].
    bits: u64,
    pub(in crate::document) has_merge: bool,
    /// Whether the front matter contains template syntax. Checking each value that a rule looks up costs 0.5% more
    /// instructions on eleventy-18f.
    pub(in crate::document) has_template: bool,
}

impl Keys {
    pub(in crate::document) fn of(front_matter: &FrontMatter<'_>, source: &str) -> Self {
        let Some(block) = front_matter.block() else { return Keys::default() };
        let names = block.mapping.entries.iter().filter_map(Entry::name);
        Keys {
            bits: names.fold(0, |bits, name| bits | Keys::bit(name)),
            has_merge: block.mapping.has_merge(),
            has_template: has_template(block.span.slice(source)),
        }
    }

    /// Whether a key may be `key`, ignoring ASCII case. May return true for a missing key, but never false for a
    /// present one.
    pub(in crate::document) fn may_hold(self, key: &str) -> bool {
        self.bits & Keys::bit(key) != 0
    }

    fn bit(key: &str) -> u64 {
        let letter = |byte: Option<&u8>| byte.map_or(0, |byte| u32::from(byte.to_ascii_lowercase()));
        let (first, last) = (letter(key.as_bytes().first()), letter(key.as_bytes().last()));
        1 << ((key.len() as u32 * 7 + first * 3 + last) % 64)
    }
}

/// Whether the text contains Liquid, Nunjucks, Hugo or EJS syntax. Front matter is not rendered, but archetypes and
/// scaffolds are.
pub(in crate::document) fn has_template(written: &str) -> bool {
    let opens = |at: usize| matches!(written.as_bytes().get(at..at + 2), Some(b"{{" | b"{%" | b"<%"));
    memchr::memchr2_iter(b'{', b'<', written.as_bytes()).any(opens)
}
