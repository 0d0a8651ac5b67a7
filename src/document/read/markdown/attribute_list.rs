//! Attribute lists at the end of a line, such as `{#id .class key="value"}`, in the syntaxes of the engines.

use crate::place::flavor::HeadingAttributes;

/// A part of the line and its offset.
#[derive(Clone, Copy, Debug)]
pub(super) struct Value<'t> {
    pub at: usize,
    pub text: &'t str,
}

/// The attributes of a list.
#[derive(Clone, Debug, Default)]
pub(super) struct List<'t> {
    /// Length of the line without the list and the whitespace before it.
    pub text: usize,
    pub id: Option<Value<'t>>,
    pub classes: Vec<Value<'t>>,
    pub others: Vec<(Value<'t>, Value<'t>)>,
}

/// The attribute list at the end of `line`.
pub(super) fn at_end(line: &str, syntax: HeadingAttributes) -> Option<List<'_>> {
    let line = line.trim_end();
    let (open, close) = match syntax {
        HeadingAttributes::Off | HeadingAttributes::Pulldown => return None,
        HeadingAttributes::Nextra => ("[#", ']'),
        HeadingAttributes::Docusaurus => ("{#", '}'),
        _ => ("{", '}'),
    };
    let inside = line.strip_suffix(close)?;
    let start = inside.rfind(open)?;
    let before = inside.get(..start)?;
    let at = start + open.len();
    let content = inside.get(at..)?;
    let text = before.trim_end().len();
    if before.ends_with('\\') {
        return None;
    }
    match syntax {
        HeadingAttributes::Nextra | HeadingAttributes::Docusaurus => {
            let id = Value { at, text: content };
            (!content.is_empty()).then(|| List { text, id: Some(id), ..List::default() })
        }
        _ => items(content, at, 0, syntax, text),
    }
}

/// Parses the items of `content` from offset `from` on. `at` is the offset of `content` in its line.
fn items(content: &str, at: usize, from: usize, syntax: HeadingAttributes, text: usize) -> Option<List<'_>> {
    let mut list = List { text, ..List::default() };
    let mut from = from;
    loop {
        let rest = content.get(from..)?;
        let separators: &[char] = if syntax == HeadingAttributes::Goldmark { &[' ', '\t', ','] } else { &[' ', '\t'] };
        from += rest.len() - rest.trim_start_matches(separators).len();
        let rest = content.get(from..)?;
        if rest.is_empty() {
            let is_empty = list.id.is_none() && list.classes.is_empty() && list.others.is_empty();
            return (!is_empty || syntax == HeadingAttributes::Goldmark).then_some(list);
        }
        let value =
            |start: usize, len: usize| content.get(start..start + len).map(|text| Value { at: at + start, text });
        let mark = rest.starts_with(['#', '.']);
        let len = if mark { 1 + word(&rest[1..], syntax) } else { name(rest) };
        if mark {
            let found = value(from + 1, len - 1)?;
            match rest.starts_with('#') {
                true => list.id = list.id.or(Some(found)),
                false => list.classes.push(found),
            }
            from += len;
            continue;
        }
        let key = value(from, len).filter(|key| !key.text.is_empty())?;
        from += len;
        let Some(after) = content.get(from..)?.strip_prefix('=') else {
            // goldmark does not support attributes without a value.
            if syntax == HeadingAttributes::Goldmark {
                return None;
            }
            list.others.push((key, value(from, 0)?));
            continue;
        };
        from += 1;
        let quote = after.chars().next().filter(|c| matches!(c, '"' | '\''));
        let found = match quote {
            Some(quote) => {
                let len = after.get(1..)?.find(quote)?;
                value(from + 1, len)?
            }
            None => value(from, after.find(separators).unwrap_or(after.len()))?,
        };
        from = found.at - at + found.text.len() + usize::from(quote.is_some());
        match key.text {
            "id" => list.id = list.id.or(Some(found)),
            "class" => list.classes.push(found),
            _ => list.others.push((key, found)),
        }
    }
}

/// The length of an id or a class.
fn word(text: &str, syntax: HeadingAttributes) -> usize {
    let ends = |c: char| match syntax {
        HeadingAttributes::Goldmark => c.is_whitespace() || (c.is_ascii_punctuation() && !"_-:.".contains(c)),
        _ => c.is_whitespace() || c == '.' || c == '#' || c == '}',
    };
    // markdown-it-attrs takes all but the first `#` of `{##id}` as part of the id.
    let marks = text.len() - text.trim_start_matches('#').len();
    let marks = if syntax == HeadingAttributes::MarkdownItAttrs { marks } else { 0 };
    let rest = text.get(marks..).unwrap_or("");
    marks + rest.find(ends).unwrap_or(rest.len())
}

/// The length of an attribute's name.
fn name(text: &str) -> usize {
    let inside = |c: char| c.is_ascii_alphanumeric() || "_:.-".contains(c);
    text.find(|c| !inside(c)).unwrap_or(text.len())
}
