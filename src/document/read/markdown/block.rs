//! Maps constructs that contain others to their elements.

use crate::document::read::markdown::Reader;
use crate::document::read::markdown::inline::{Attributes, Target};
use crate::document::tree::build::{Build, NewAttribute};
use crate::source::Span;
use html5ever::{LocalName, local_name};
use pulldown_cmark::{CodeBlockKind, CowStr, HeadingLevel, Tag, TagEnd};
use std::ops::Range;

impl<'a, B: Build> Reader<'a, B> {
    /// Starts a construct. `definition` finds the definition of a reference.
    pub(super) fn start(&mut self, tag: Tag<'a>, written: Span, definition: impl Fn(&str) -> Option<Range<usize>>) {
        match tag {
            Tag::Heading { level, id, classes, attrs } => self.open_heading(level, id, &classes, attrs, written),
            Tag::CodeBlock(kind) => self.open_code_block(&kind, written),
            Tag::List(Some(first)) => self.open_ordered_list(first, written),
            Tag::FootnoteDefinition(label) => self.open_footnote_definition(&label, written),
            Tag::Table(_) => self.open_table(written),
            Tag::TableHead => self.open_table_head(written),
            Tag::TableRow => self.open_table_row(written),
            Tag::TableCell => self.build.open(self.table_cell(), written, &[]),
            Tag::HtmlBlock => self.in_html_block = true,
            Tag::Link { link_type: kind, dest_url: url, title, id } => {
                let target = Target { kind, url, title, definition: definition(&id) };
                self.open_link(&target, written);
            }
            Tag::Image { link_type: kind, dest_url: url, title, id } => {
                let target = Target { kind, url, title, definition: definition(&id) };
                self.open_image(&target, written);
            }
            tag => {
                if let Some(name) = element_of(&tag.to_end()) {
                    self.build.open(name, written, &[]);
                }
            }
        }
    }

    /// Ends the innermost open construct of this kind at `at`.
    pub(super) fn end(&mut self, tag: TagEnd, at: Span) {
        match tag {
            TagEnd::CodeBlock => {
                self.build.close(local_name!("code"), at);
                self.build.close(local_name!("pre"), at);
            }
            TagEnd::Table => self.close_table(at),
            TagEnd::TableHead => self.close_table_head(at),
            TagEnd::TableCell => self.build.close(self.table_cell(), at),
            TagEnd::HtmlBlock => self.end_html_block(),
            tag => {
                if let Some(name) = element_of(&tag) {
                    self.build.close(name, at);
                }
            }
        }
    }

    fn open_heading(
        &mut self,
        level: HeadingLevel,
        id: Option<CowStr<'a>>,
        classes: &[CowStr<'a>],
        others: Vec<(CowStr<'a>, Option<CowStr<'a>>)>,
        written: Span,
    ) {
        let mut attributes = Attributes::new();
        if let Some(id) = id {
            let span = self.located(&id);
            attributes.push(NewAttribute::new(local_name!("id"), id.to_string(), span));
        }
        if let [first, .., last] | [first @ last] = classes {
            let span = self.located(first).zip(self.located(last)).map(|(first, last)| first.join(last));
            let value = classes.iter().map(|class| &**class).collect::<Vec<_>>().join(" ");
            attributes.push(NewAttribute::new(local_name!("class"), value, span));
        }
        for (name, value) in others {
            let value = value.unwrap_or(CowStr::Borrowed(""));
            attributes.push(NewAttribute {
                name: LocalName::from(name.to_ascii_lowercase()),
                value: value.to_string().into(),
                name_span: self.located(&name),
                value_span: self.located(&value).filter(|span| !span.is_empty()),
            });
        }
        self.build.open(heading(level), written, &attributes);
    }

    fn open_code_block(&mut self, kind: &CodeBlockKind<'a>, written: Span) {
        self.build.open(local_name!("pre"), written, &[]);
        let language = match kind {
            CodeBlockKind::Fenced(info) => info.split_whitespace().next(),
            CodeBlockKind::Indented => None,
        };
        let class = language.map(|language| {
            NewAttribute::new(local_name!("class"), format!("language-{language}"), self.located(language))
        });
        self.build.open(local_name!("code"), written, class.as_slice());
    }

    fn open_ordered_list(&mut self, first: u64, written: Span) {
        let digits = self.seen(written).bytes().take_while(u8::is_ascii_digit).count() as u32;
        let number = Span::new(written.start, written.start + digits);
        let start = (first != 1).then(|| NewAttribute::new(local_name!("start"), first.to_string(), Some(number)));
        self.build.open(local_name!("ol"), written, start.as_slice());
    }
}

/// The element of a construct that maps to a single element without attributes.
fn element_of(tag: &TagEnd) -> Option<LocalName> {
    Some(match tag {
        TagEnd::Paragraph => local_name!("p"),
        TagEnd::Heading(level) => heading(*level),
        TagEnd::BlockQuote(_) => local_name!("blockquote"),
        TagEnd::List(true) => local_name!("ol"),
        TagEnd::List(false) => local_name!("ul"),
        TagEnd::Item => local_name!("li"),
        TagEnd::FootnoteDefinition => local_name!("div"),
        TagEnd::TableRow => local_name!("tr"),
        TagEnd::Emphasis => local_name!("em"),
        TagEnd::Strong => local_name!("strong"),
        TagEnd::Strikethrough => local_name!("del"),
        TagEnd::Superscript => local_name!("sup"),
        TagEnd::Subscript => local_name!("sub"),
        TagEnd::Link => local_name!("a"),
        _ => return None,
    })
}

fn heading(level: HeadingLevel) -> LocalName {
    match level {
        HeadingLevel::H1 => local_name!("h1"),
        HeadingLevel::H2 => local_name!("h2"),
        HeadingLevel::H3 => local_name!("h3"),
        HeadingLevel::H4 => local_name!("h4"),
        HeadingLevel::H5 => local_name!("h5"),
        HeadingLevel::H6 => local_name!("h6"),
    }
}
