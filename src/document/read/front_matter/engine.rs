//! Where the YAML parsers of the generators differ from the one here: libyaml of Jekyll, and js-yaml.

use crate::document::read::front_matter::problem::{self, Problem};
use crate::document::read::front_matter::reborrow;
use crate::document::read::front_matter::value::{Data, Mapping, Value};
use crate::document::read::front_matter::yaml::{self, Cause, Failure, Parsed};
use crate::place::dialect::Generator;
use crate::source::Span;
use std::borrow::Cow;

/// Parses front matter as the parser of `generator` does.
pub(super) fn parse(text: &str, content: Span, generator: Generator) -> Result<Parsed<'_>, Problem> {
    let failure = match accepted(text, content, generator) {
        Ok(parsed) => return Ok(parsed),
        Err(failure) => failure,
    };
    if let Some(problem) = separator_before(text, content, failure, generator) {
        return Err(problem);
    }
    let mut problem = problem::of_yaml(text, content, failure);
    problem.quoted = problem.quoted.filter(|(span, fixed)| is_accepted_with(text, content, *span, fixed, generator));
    Err(problem)
}

/// Whether the front matter parses with `fixed` in place of `span`.
fn is_accepted_with(text: &str, content: Span, span: Span, fixed: &str, generator: Generator) -> bool {
    // The whole file, since a byte order mark is one at its start only.
    let (before, after) = (Span::new(0, span.start).slice(text), Span::new(span.end, text.len() as u32).slice(text));
    let changed = [before, fixed, after].concat();
    let end = content.end - span.len() + fixed.len() as u32;
    accepted(&changed, Span::new(content.start, end), generator).is_ok()
}

fn accepted(text: &str, content: Span, generator: Generator) -> Result<Parsed<'_>, Failure> {
    let copy = copy_for(text, content, generator);
    let parsed = match &copy {
        Cow::Borrowed(_) => yaml::parse(text, content),
        Cow::Owned(copy) => yaml::parse(copy, content).map(|parsed| Parsed {
            root: parsed.root.map(|root| reborrow::value(&root, text, 0)),
            comments: parsed.comments.iter().map(|comment| within(text, *comment)).collect(),
        }),
    };
    match parsed {
        Ok(parsed) => refused(text, &parsed, generator).map_or(Ok(parsed), Err),
        Err(failure) => Err(Failure { offset: reborrow::boundary(text, failure.offset), ..failure }),
    }
}

/// The span in the file of a comment in a copy.
fn within(text: &str, comment: Span) -> Span {
    Span::new(reborrow::boundary(text, comment.start), reborrow::boundary(text, comment.end))
}

/// Whether the generator parses YAML with libyaml, or with a port of it: Psych, SafeYAML, PyYAML.
fn is_libyaml(generator: Generator) -> bool {
    matches!(generator, Generator::Jekyll | Generator::MkDocs | Generator::Pelican)
}

fn is_js_yaml(generator: Generator) -> bool {
    use Generator::{Astro, Docusaurus, Eleventy, Gatsby, Hexo, Next, VitePress};
    matches!(generator, Hexo | Eleventy | Astro | Docusaurus | VitePress | Gatsby | Next)
}

/// Characters that end a line for YAML 1.1, and so for libyaml.
const SEPARATORS: [char; 3] = ['\u{85}', '\u{2028}', '\u{2029}'];

/// The text with characters replaced that the generator reads differently, at equal length. All parsers read a byte
/// order mark as a letter, except at the start of a line.
fn copy_for(text: &str, content: Span, generator: Generator) -> Cow<'_, str> {
    let written = content.slice(text);
    let is_libyaml = is_libyaml(generator);
    let is_other = |c: char| c == '\u{feff}' || (is_libyaml && SEPARATORS.contains(&c));
    if written.is_ascii() || !written.contains(is_other) {
        return Cow::Borrowed(text);
    }
    let mut copy = String::with_capacity(text.len());
    copy.push_str(text.get(..content.start as usize).unwrap_or_default());
    for c in written.chars() {
        match c {
            '\u{feff}' if !copy.ends_with(['\n', '\r']) => copy.push(reborrow::MARK),
            '\u{85}' if is_libyaml => copy.push_str(" \n"),
            '\u{2028}' | '\u{2029}' if is_libyaml => copy.push_str("  \n"),
            other => copy.push(other),
        }
    }
    copy.push_str(text.get(content.end as usize..).unwrap_or_default());
    Cow::Owned(copy)
}

/// The problem of a line that ends at one of [`SEPARATORS`], on the line of the error or the one above.
fn separator_before(text: &str, content: Span, failure: Failure, generator: Generator) -> Option<Problem> {
    if !is_libyaml(generator) {
        return None;
    }
    let before = Span::new(content.start, failure.offset.min(content.end)).slice(text);
    let (at, c) = before.char_indices().rev().find(|(_, c)| SEPARATORS.contains(c))?;
    let between = before.get(at + c.len_utf8()..).unwrap_or_default();
    if between.trim_end().contains('\n') {
        return None;
    }
    let start = content.start + at as u32;
    let name = match c {
        '\u{85}' => "U+0085 (next line)",
        '\u{2028}' => "U+2028 (line separator)",
        _ => "U+2029 (paragraph separator)",
    };
    Some(Problem {
        span: Span::new(start, start + c.len_utf8() as u32),
        label: "this invisible character ends the line".to_owned(),
        help: format!("remove the {name}: {generator} parses it as the end of the line"),
        quoted: None,
    })
}

/// What the parser of the generator does not accept, although it is valid YAML.
fn refused(text: &str, parsed: &Parsed<'_>, generator: Generator) -> Option<Failure> {
    let (is_libyaml, is_js_yaml) = (is_libyaml(generator), is_js_yaml(generator));
    if !(is_libyaml || is_js_yaml) {
        return None;
    }
    let is_refused = |value: &Value<'_>| {
        // libyaml: letters, digits, `_` and `-` of ASCII.
        let is_name = |name: &str| name.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'-'));
        let anchor = value.anchor.as_ref().filter(|_| is_libyaml);
        let anchor = anchor.filter(|(_, span)| !is_name(span.slice(text).trim_start_matches('&')));
        // js-yaml knows no tags but those of YAML.
        let tag = value.tag.as_ref().filter(|_| is_js_yaml);
        let tag = tag.filter(|(_, span)| {
            let tag = span.slice(text);
            tag != "!" && !tag.starts_with("!!") && !tag.starts_with("!<tag:yaml.org,2002:")
        });
        let failure = |span: Span, cause| Failure { offset: span.start, cause };
        anchor.map(|(_, span)| failure(*span, Cause::AnchorName)).or(tag.map(|(_, span)| failure(*span, Cause::Tag)))
    };
    let mut found: Option<Failure> = None;
    let mut open: Vec<&Value<'_>> = parsed.root.iter().collect();
    while let Some(value) = open.pop() {
        let failure = is_refused(value);
        if let Some(failure) = failure.filter(|it| found.is_none_or(|first| it.offset < first.offset)) {
            found = Some(failure);
        }
        match &value.data {
            Data::Sequence { items, .. } => open.extend(items),
            Data::Mapping(Mapping { entries, .. }) => open.extend(entries.iter().flat_map(|it| [&it.key, &it.value])),
            Data::Scalar(_) | Data::Alias { .. } => {}
        }
    }
    found
}
