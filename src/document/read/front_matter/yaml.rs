//! YAML with byte spans: turns the parser's events into a tree of [`crate::document::read::front_matter::value`]. The
//! only module that uses the parser.

use crate::document::read::front_matter::simple_yaml;
use crate::document::read::front_matter::value::{Data, Entry, Mapping, Scalar, Style, Value};
use crate::source::Span;
use granit_parser::{Event, Options, Parser, ScalarStyle, StructureStyle};
use std::borrow::Cow;
use std::ops::ControlFlow;

#[derive(Debug, Default)]
pub(super) struct Parsed<'s> {
    /// The value of the document; `None` if it is empty.
    pub root: Option<Value<'s>>,
    /// Byte spans of comments, in source order.
    pub comments: Vec<Span>,
}

/// Where and why a document does not parse.
#[derive(Clone, Copy, Debug)]
pub(super) struct Failure {
    /// Offset in the file at which the parser failed.
    pub offset: u32,
    pub cause: Cause,
}

/// The cause of a YAML syntax error.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Cause {
    TextAfterQuote,
    UnclosedQuote,
    Escape,
    Tab,
    Colon,
    ListItem,
    /// The bracket that is never closed.
    UnclosedBracket(char),
    /// Text between brackets that is neither an item nor a comma, or an extra closing bracket.
    Brackets,
    NoKey,
    Indentation,
    BlockHeader,
    AnchorName,
    Tag,
    Comment,
    Character(char),
    TooDeep,
    Directive,
    Other,
}

/// Parses the first document in `region`; all spans refer to `text`.
pub(super) fn parse(text: &str, region: Span) -> Result<Parsed<'_>, Failure> {
    let Some(simple) = simple_yaml::parse(text, region) else { return parse_any(text, region) };
    debug_assert_eq!(format!("{:?}", parse_any(text, region)), format!("Ok({simple:?})"), "{:?}", region.slice(text));
    Ok(simple)
}

/// Parses with a parser of all YAML.
fn parse_any(text: &str, region: Span) -> Result<Parsed<'_>, Failure> {
    let content = region.slice(text);
    let mut builder = Builder {
        text: text.get(..region.end as usize).unwrap_or_default(),
        base: region.start,
        open: Vec::new(),
        waiting: None,
        last: region.start,
        parsed: Parsed::default(),
    };
    for event in Parser::new_from_str_with_options(content, options()) {
        let (event, span) = event.map_err(|error| failure(&error, region))?;
        if builder.accept(event, &span).is_break() {
            break;
        }
    }
    Ok(builder.parsed)
}

fn options() -> Options {
    granit_parser::options! {
        emit_anchor_events: true,
        emit_unresolved_aliases: true,
        // As libyaml does.
        block_scalar_eof_without_line_feed: true,
        // The size of the file limits the number of comments.
        max_buffered_comment_events: usize::MAX,
    }
}

/// Builds values from events. The parser limits the depth: 255 levels of brackets and 255 of indentation.
struct Builder<'s> {
    /// The text of the file up to the end of the front matter.
    text: &'s str,
    /// Offset in the file of the parser's offset 0.
    base: u32,
    /// Collections that are still open.
    open: Vec<Open<'s>>,
    /// A finished scalar or alias, whose anchor is reported by the next event.
    waiting: Option<Value<'s>>,
    /// End offset of the last token.
    last: u32,
    parsed: Parsed<'s>,
}

struct Open<'s> {
    value: Value<'s>,
    /// In a mapping, the key whose value has not been parsed yet.
    key: Option<Value<'s>>,
}

impl<'s> Builder<'s> {
    fn accept(&mut self, event: Event<'s>, at: &granit_parser::Span) -> ControlFlow<()> {
        let span = self.absolute(at);
        match event {
            Event::Comment(..) => {
                self.parsed.comments.push(span);
                return ControlFlow::Continue(());
            }
            Event::Anchor(_, name) => {
                self.anchor(name, span);
                return ControlFlow::Continue(());
            }
            _ => {}
        }
        if let Some(value) = self.waiting.take() {
            self.place(value);
        }
        let tag = at.tag_span().map(|tag| self.absolute(&tag));
        match event {
            Event::DocumentStart(true, _) => self.last = self.last.max(span.end),
            Event::DocumentEnd => return ControlFlow::Break(()),
            Event::Scalar(text, style, ..) => self.waiting = Some(self.scalar(text, style, span, tag)),
            Event::Alias(_) => self.waiting = Some(self.alias(span, true)),
            Event::UnresolvedAlias(_) => self.waiting = Some(self.alias(span, false)),
            Event::SequenceStart(style, ..) => {
                let flow = style == StructureStyle::Flow;
                let span = if flow { span } else { self.with_dash(span) };
                self.open(Data::Sequence { items: Vec::new(), flow }, span, tag);
            }
            Event::MappingStart(style, ..) => {
                let data = Data::Mapping(Mapping::new(Vec::new(), style == StructureStyle::Flow));
                self.open(data, span, tag);
            }
            Event::SequenceEnd | Event::MappingEnd => self.close(span),
            _ => {}
        }
        ControlFlow::Continue(())
    }

    fn absolute(&self, span: &granit_parser::Span) -> Span {
        let range = span.byte_range().unwrap_or(0..0);
        Span::new(self.base + range.start as u32, self.base + range.end as u32)
    }

    fn value(&self, span: Span, tag: Option<Span>, data: Data<'s>) -> Value<'s> {
        let full_span = tag.map_or(span, |tag| tag.join(span));
        let tag = tag.map(|tag| (Cow::Borrowed(tag.slice(self.text)), tag));
        Value { span, full_span, tag, anchor: None, data }
    }

    fn scalar(&mut self, text: Cow<'s, str>, style: ScalarStyle, span: Span, tag: Option<Span>) -> Value<'s> {
        let style = match style {
            ScalarStyle::Plain if span.is_empty() => Style::Absent,
            ScalarStyle::Plain => Style::Plain,
            ScalarStyle::SingleQuoted => Style::SingleQuoted,
            ScalarStyle::DoubleQuoted => Style::DoubleQuoted,
            ScalarStyle::Literal => Style::Literal,
            ScalarStyle::Folded => Style::Folded,
        };
        // The parser reports `~` for an absent value.
        let text = if style == Style::Absent { Cow::Borrowed("") } else { text };
        let data = Data::Scalar(Scalar { text, style });
        let mut value = self.value(span, tag, data);
        if matches!(style, Style::Literal | Style::Folded) {
            let header = self.skip_indicators(self.last, b":-?");
            value.span = self.without_blank_end(span);
            if header >= value.span.start {
                // For an empty text, the parser reports the bytes of the header.
                value.span = Span::empty(value.span.end);
            }
            let start = header.min(value.span.start);
            value.full_span = Span::new(start, value.span.end).join(tag.unwrap_or(value.span));
        }
        if style != Style::Absent {
            self.last = span.end;
        }
        value
    }

    fn alias(&mut self, span: Span, defined: bool) -> Value<'s> {
        self.last = span.end;
        let name = span.slice(self.text).trim_start_matches('*');
        self.value(span, None, Data::Alias { name: Cow::Borrowed(name), defined })
    }

    fn anchor(&mut self, name: Cow<'s, str>, span: Span) {
        let target = match &mut self.waiting {
            Some(value) => value,
            None => match self.open.last_mut() {
                Some(open) => &mut open.value,
                None => return,
            },
        };
        target.full_span.start = target.full_span.start.min(span.start);
        target.anchor = Some((name, span));
    }

    fn open(&mut self, data: Data<'s>, span: Span, tag: Option<Span>) {
        self.last = self.last.max(span.end);
        let value = self.value(span, tag, data);
        self.open.push(Open { value, key: None });
    }

    /// Extends the span of a list to its first dash: if the list is not indented below its key, the span that the
    /// parser reports starts after the dash.
    fn with_dash(&self, span: Span) -> Span {
        let under_key = self.open.last().is_some_and(|open| open.value.as_mapping().is_some());
        let dash = if under_key { self.skip_indicators(self.last, b":?") } else { span.start };
        let found = dash <= span.start && self.text.as_bytes().get(dash as usize) == Some(&b'-');
        if found { Span::new(dash, span.end) } else { span }
    }

    fn close(&mut self, span: Span) {
        let Some(Open { mut value, .. }) = self.open.pop() else { return };
        // For the parser, a collection in block style ends where the next token starts. The span ends with the last
        // child instead.
        if !span.is_empty() {
            value.full_span.end = value.full_span.end.max(span.end);
            self.last = span.end;
        }
        let first = match &value.data {
            Data::Sequence { items, .. } => items.first().map(|item| item.full_span.start),
            Data::Mapping(mapping) => mapping.entries.first().map(|entry| entry.span().start),
            _ => None,
        };
        value.span.start = first.map_or(value.span.start, |first| first.min(value.span.start));
        value.span.end = value.full_span.end.max(value.span.start);
        value.full_span = value.full_span.join(value.span);
        self.place(value);
    }

    /// Adds a finished value to the open collection.
    fn place(&mut self, mut value: Value<'s>) {
        let Some(mut open) = self.open.pop() else {
            settle(&mut value, None);
            if self.parsed.root.is_none() {
                self.parsed.root = Some(value);
            }
            return;
        };
        let end = &mut open.value.full_span.end;
        match &mut open.value.data {
            Data::Sequence { items, .. } => {
                settle(&mut value, None);
                *end = (*end).max(value.full_span.end);
                items.push(value);
            }
            Data::Mapping(mapping) => match open.key.take() {
                None => {
                    settle(&mut value, None);
                    *end = (*end).max(value.full_span.end);
                    open.key = Some(value);
                }
                Some(key) => {
                    let separator = self.separator(&key, &value);
                    settle(&mut value, separator);
                    let entry = Entry { key, separator, value };
                    *end = (*end).max(entry.span().end);
                    mapping.entries.push(entry);
                }
            },
            _ => {}
        }
        self.open.push(open);
    }

    /// The offset of the colon between a key and its value.
    fn separator(&self, key: &Value<'s>, value: &Value<'s>) -> Option<u32> {
        let at = self.skip_blank(key.full_span.end);
        let bytes = self.text.as_bytes();
        if bytes.get(at as usize) != Some(&b':') {
            return None;
        }
        // In `? a` followed by `:b: c`, the first colon is part of the next key.
        let after = bytes.get(at as usize + 1);
        let spaced = after.is_none_or(|byte| b" \t\r\n,[]{}".contains(byte));
        let absent = value.as_scalar().is_some_and(|scalar| scalar.style == Style::Absent);
        (spaced || !absent && value.full_span.start > at).then_some(at)
    }

    /// The offset of the next byte that is not whitespace or part of a comment.
    fn skip_blank(&self, from: u32) -> u32 {
        let bytes = self.text.as_bytes();
        let mut at = from as usize;
        loop {
            match bytes.get(at) {
                Some(b' ' | b'\t' | b'\r' | b'\n') => at += 1,
                // A byte order mark is allowed at the start of a document.
                Some(0xef) if bytes.get(at..at + 3) == Some(b"\xef\xbb\xbf") => at += 3,
                Some(b'#') => {
                    let rest = bytes.get(at..).unwrap_or_default();
                    at += memchr::memchr2(b'\n', b'\r', rest).unwrap_or(rest.len());
                }
                _ => return at as u32,
            }
        }
    }

    /// The offset of the next byte that is not whitespace, one of `indicators`, or part of a comment, tag or anchor.
    fn skip_indicators(&self, from: u32, indicators: &[u8]) -> u32 {
        let bytes = self.text.as_bytes();
        let mut at = self.skip_blank(from);
        loop {
            match bytes.get(at as usize) {
                Some(b'&' | b'!') => {
                    let rest = bytes.get(at as usize..).unwrap_or_default();
                    at += rest.iter().position(|byte| b" \t\r\n".contains(byte)).unwrap_or(rest.len()) as u32;
                }
                Some(byte) if indicators.contains(byte) => at += 1,
                _ => return at,
            }
            at = self.skip_blank(at);
        }
    }

    /// The span of a block scalar up to the end of its last line that is not blank.
    fn without_blank_end(&self, span: Span) -> Span {
        let written = span.slice(self.text);
        let text = written.trim_end_matches([' ', '\t', '\r', '\n']).len();
        if text == 0 {
            return Span::empty(span.start);
        }
        let after = written.get(text..).unwrap_or_default();
        let blanks = after.find(['\r', '\n']).unwrap_or(after.len());
        Span::new(span.start, span.start + (text + blanks) as u32)
    }
}

/// Moves the span of an absent value to where it would be written: after its tag, its anchor or the colon.
fn settle(value: &mut Value<'_>, separator: Option<u32>) {
    if !value.as_scalar().is_some_and(|scalar| scalar.style == Style::Absent) {
        return;
    }
    let tag = value.tag.as_ref().map(|(_, span)| *span);
    let anchor = value.anchor.as_ref().map(|(_, span)| *span);
    let properties = tag.into_iter().chain(anchor).reduce(Span::join);
    let at = properties.map(|span| span.end).or(separator.map(|at| at + 1)).unwrap_or(value.span.start);
    value.span = Span::empty(at);
    value.full_span = properties.unwrap_or(value.span);
}

fn failure(error: &granit_parser::ScanError, region: Span) -> Failure {
    let offset = error.marker().byte_offset().unwrap_or(0) as u32;
    Failure { offset: (region.start + offset).min(region.end), cause: cause(error.kind()) }
}

fn cause(kind: &granit_parser::ErrorKind) -> Cause {
    use granit_parser::ErrorKind as Kind;
    match kind {
        Kind::InvalidTrailingSingleQuotedScalar | Kind::InvalidTrailingDoubleQuotedScalar => Cause::TextAfterQuote,
        Kind::UnclosedQuotedScalar | Kind::DocumentIndicatorInQuotedScalar => Cause::UnclosedQuote,
        Kind::UnknownQuotedScalarEscape
        | Kind::InvalidQuotedScalarHexEscape
        | Kind::InvalidLowSurrogateHexEscape
        | Kind::InvalidLowSurrogate
        | Kind::MissingLowSurrogate
        | Kind::UnpairedLowSurrogate
        | Kind::InvalidUnicodeEscape => Cause::Escape,
        Kind::TabNotAllowed
        | Kind::TabInBlockIndentation
        | Kind::TabInIndentation
        | Kind::TabAtBlockScalarStart
        | Kind::TabInPlainScalar => Cause::Tab,
        Kind::MappingValueNotAllowed | Kind::InvalidColonPlacement | Kind::FlowMappingValueAdjacentCollection => {
            Cause::Colon
        }
        Kind::BlockSequenceEntryNotAllowed | Kind::BlockEntryInFlowCollection | Kind::InvalidBlockEntryWhitespace => {
            Cause::ListItem
        }
        Kind::UnclosedFlowCollection { open } => Cause::UnclosedBracket(*open),
        Kind::UnexpectedEofFlowSequence => Cause::UnclosedBracket('['),
        Kind::UnexpectedEofFlowMapping | Kind::UnexpectedEofImplicitFlowMapping => Cause::UnclosedBracket('{'),
        Kind::MisplacedFlowCollectionEnd
        | Kind::MismatchedFlowCollectionEnd { .. }
        | Kind::ExpectedFlowMappingSeparator
        | Kind::ExpectedFlowSequenceSeparator => Cause::Brackets,
        Kind::ExpectedBlockMappingKey | Kind::SimpleKeyExpected | Kind::InvalidSimpleKey => Cause::NoKey,
        Kind::InvalidIndentation
        | Kind::InvalidBlockScalarIndent
        | Kind::InvalidQuotedScalarIndent
        | Kind::InvalidFlowScalarIndent
        | Kind::ExpectedBlockSequenceEntry => Cause::Indentation,
        Kind::InvalidBlockScalarHeader | Kind::ZeroBlockScalarIndent => Cause::BlockHeader,
        Kind::MissingAnchorOrAliasName => Cause::AnchorName,
        Kind::ExpectedTagBang
        | Kind::InvalidGlobalTagCharacter
        | Kind::UndeclaredTagHandle
        | Kind::InvalidTagTerminator
        | Kind::MissingTagUri
        | Kind::UnclosedVerbatimTag
        | Kind::InvalidTagEscape => Cause::Tag,
        Kind::CommentInterceptedScalar | Kind::CommentNotSeparated => Cause::Comment,
        Kind::UnexpectedCharacter { character } => Cause::Character(*character),
        Kind::BomInsideDocument => Cause::Character('\u{feff}'),
        Kind::RecursionLimitExceeded => Cause::TooDeep,
        Kind::DuplicateVersionDirective
        | Kind::UnsupportedYamlMajorVersion
        | Kind::MissingDocumentEndBeforeDirective
        | Kind::InvalidDirectiveTerminator
        | Kind::MissingYamlVersionSeparator
        | Kind::MissingDirectiveName
        | Kind::InvalidDirectiveName
        | Kind::MissingYamlVersion => Cause::Directive,
        _ => Cause::Other,
    }
}
