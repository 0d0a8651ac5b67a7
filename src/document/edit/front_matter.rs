//! Edits to front matter, returned only if parsing the result proves that one value changes, and nothing else.

use crate::document::Document;
use crate::document::read::front_matter::quote::quote;
use crate::document::read::front_matter::types::{Engine, Resolved};
use crate::document::read::front_matter::value::{Data, Entry, Mapping, Value};
use crate::document::read::front_matter::{Block, FrontMatter};
use crate::edit::{Edit, lines};
use crate::place::dialect::Generator;
use crate::source::{Source, Span};

/// Maximum length in bytes of front matter that is parsed again; the longest seen in a real post has 9,100.
pub(super) const MAX_CONTENT: u32 = 64 * 1024;

/// The intended value after an edit.
#[derive(Clone, Copy, Debug)]
pub struct Wanted<'w> {
    /// The decoded text.
    pub text: &'w str,
    /// The type that the generator gives it.
    pub resolved: Resolved,
}

impl Document<'_> {
    /// The edit that replaces `span` with `text` in quotes, if that gives `value` the wanted text.
    pub fn quoted(&self, value: &Value<'_>, span: Span, text: &str) -> Option<Edit> {
        let edit = Edit { span, text: quote(text)? };
        self.verified(edit, value, Wanted { text, resolved: Resolved::String })
    }

    /// The edit that replaces `value`, on one line, with `text`. Its quotes stay, or quotes are added if it needs them.
    pub fn rewritten(&self, value: &Value<'_>, text: &str) -> Option<Edit> {
        let written = value.span.slice(self.source.text());
        if written.contains('\n') {
            return None;
        }
        let quotes = written.chars().next().filter(|first| matches!(first, '"' | '\'')).map(String::from);
        let quotes = quotes.unwrap_or_default();
        let edit = Edit { span: value.span, text: format!("{quotes}{text}{quotes}") };
        let wanted = Wanted { text, resolved: Resolved::String };
        self.verified(edit, value, wanted).or_else(|| self.quoted(value, value.span, text))
    }

    /// Returns `edit` if it turns `value` (a key or a value of this post) into `wanted` and changes nothing else: no
    /// other key or value, no comment outside the edit, and not the body.
    pub fn verified(&self, edit: Edit, value: &Value<'_>, wanted: Wanted<'_>) -> Option<Edit> {
        // Aliases use the value of an anchor too.
        if value.anchor.is_some() {
            return None;
        }
        let change = Change { target: value, wanted, engine: Engine::of(self.place.generator) };
        let kept = self.is_sound_after(std::slice::from_ref(&edit), |old, new, source| {
            change.is_all(&old.mapping, &new.mapping) && has_kept_comments(self, old, &edit, source, new)
        });
        kept.then_some(edit)
    }

    /// The edit that removes the lines of a top-level `entry`, if it changes nothing else.
    pub fn without(&self, entry: &Entry<'_>) -> Option<Edit> {
        if entry.value.anchor.is_some() {
            return None;
        }
        let span = Span::new(entry.key.span.start, entry.value.full_span.end.max(entry.key.span.end));
        let edit = Edit { span: lines::entry(self.source.text(), span)?, text: String::new() };
        let kept = self.is_sound_after(std::slice::from_ref(&edit), |old, new, source| {
            let others = old.mapping.entries.iter().filter(|other| !std::ptr::eq(*other, entry));
            let pairs = others.zip(&new.mapping.entries);
            let values = pairs.flat_map(|(old, new)| [(&old.key, &new.key), (&old.value, &new.value)]).collect();
            new.mapping.entries.len() + 1 == old.mapping.entries.len()
                && are_same(values, self.place.generator)
                && has_kept_comments(self, old, &edit, source, new)
        });
        kept.then_some(edit)
    }

    /// Parses the front matter again after `edits`. Returns whether it still parses and `is_right` accepts the block
    /// before, the block after, and the new file.
    pub(super) fn is_sound_after(
        &self,
        edits: &[Edit],
        is_right: impl FnOnce(&Block<'_>, &Block<'_>, &Source) -> bool,
    ) -> bool {
        let sound = |block: &&Block<'_>| block.problem.is_none();
        let Some(block) = self.front_matter.block().filter(sound).filter(|it| it.content.len() <= MAX_CONTENT) else {
            return false;
        };
        let head = Span::new(0, block.span.end).slice(self.source.text());
        let Some(changed) = Edit::apply(head, edits) else { return false };
        let source = Source::new(&changed);
        let again = FrontMatter::parse(&source, self.place.generator);
        let whole = again.block().filter(sound).filter(|it| it.span.end as usize == changed.len());
        whole.is_some_and(|again| is_right(block, again, &source))
    }
}

struct Change<'c, 's> {
    target: &'c Value<'s>,
    wanted: Wanted<'c>,
    engine: Engine,
}

impl Change<'_, '_> {
    /// Whether the target has the wanted value and everything else is unchanged.
    fn is_all(&self, old: &Mapping<'_>, new: &Mapping<'_>) -> bool {
        let mut open: Vec<(&Value<'_>, &Value<'_>)> = Vec::new();
        let mut met = false;
        if !pair_up(old, new, &mut open) {
            return false;
        }
        while let Some((before, after)) = open.pop() {
            if std::ptr::addr_eq(before, self.target) {
                met = true;
                if !(after.text() == Some(self.wanted.text) && after.resolve(self.engine) == Some(self.wanted.resolved))
                {
                    return false;
                }
            } else if !is_same(self.engine, before, after, &mut open) {
                return false;
            }
        }
        met
    }
}

/// Whether the values of each pair are equal, including everything nested in them.
pub(super) fn are_same<'v>(mut open: Vec<(&'v Value<'_>, &'v Value<'_>)>, generator: Generator) -> bool {
    let engine = Engine::of(generator);
    while let Some((before, after)) = open.pop() {
        if !is_same(engine, before, after, &mut open) {
            return false;
        }
    }
    true
}

/// Whether two values are equal apart from their children, which are added to `open`.
fn is_same<'v, 'o, 'n>(
    engine: Engine,
    before: &'v Value<'o>,
    after: &'v Value<'n>,
    open: &mut Vec<(&'v Value<'o>, &'v Value<'n>)>,
) -> bool {
    match (&before.data, &after.data) {
        (Data::Scalar(old), Data::Scalar(new)) => {
            old.text == new.text && before.resolve(engine) == after.resolve(engine)
        }
        (Data::Alias { name: old, defined: a }, Data::Alias { name: new, defined: b }) => old == new && a == b,
        (Data::Sequence { items: old, .. }, Data::Sequence { items: new, .. }) => {
            open.extend(old.iter().zip(new));
            old.len() == new.len()
        }
        (Data::Mapping(old), Data::Mapping(new)) => pair_up(old, new, open),
        _ => false,
    }
}

fn pair_up<'v, 'o, 'n>(
    old: &'v Mapping<'o>,
    new: &'v Mapping<'n>,
    open: &mut Vec<(&'v Value<'o>, &'v Value<'n>)>,
) -> bool {
    for (old, new) in old.entries.iter().zip(&new.entries) {
        open.extend([(&old.key, &new.key), (&old.value, &new.value)]);
    }
    old.entries.len() == new.entries.len()
}

fn has_kept_comments(document: &Document<'_>, old: &Block<'_>, edit: &Edit, source: &Source, new: &Block<'_>) -> bool {
    let inside = |comment: &Span| comment.start < edit.span.end && edit.span.start < comment.end;
    let before = old.comments.iter().filter(|comment| !inside(comment)).map(|it| it.slice(document.source.text()));
    before.eq(new.comments.iter().map(|comment| comment.slice(source.text())))
}
