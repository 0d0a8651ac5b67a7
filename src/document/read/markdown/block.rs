//! Block constructs: opens and closes their elements.

use crate::document::read::markdown::events::Events;
use crate::document::read::markdown::inline::Target;
use crate::document::read::markdown::{Reader, heading};
use crate::document::tree::build::{Build, NewAttribute};
use crate::place::flavor::{DefinitionLists, Strikethrough};
use crate::source::Span;
use crate::text;
use html5ever::{LocalName, local_name};
use pulldown_cmark::{CodeBlockKind, Tag, TagEnd};

impl<'a, B: Build> Reader<'a, B> {
    /// Starts a construct. Its content follows in `events`.
    pub(super) fn start(&mut self, tag: Tag<'a>, written: Span, events: &mut Events<'a>) {
        match tag {
            Tag::Heading { level, id, classes, attrs } => {
                let given = heading::given(id, &classes, attrs, |text| self.located(text));
                self.open_heading(level, given, written, events);
            }
            Tag::Paragraph if self.is_bare_paragraph(events) => self.bare_paragraph = true,
            Tag::DefinitionListDefinition => self.open_definition(written),
            Tag::CodeBlock(kind) => self.open_code_block(&kind, written),
            Tag::List(Some(first)) => self.open_ordered_list(first, written),
            Tag::FootnoteDefinition(label) => self.footnote_definition(&label, written, events),
            Tag::Table(alignments) => self.open_table(written, alignments),
            Tag::BlockQuote(Some(kind)) => self.open_alert(kind, written),
            Tag::TableHead => self.open_table_head(written),
            Tag::TableRow => self.open_table_row(written),
            Tag::TableCell => self.open_table_cell(written),
            Tag::HtmlBlock => self.in_html_block = true,
            Tag::Strikethrough => self.open_strikethrough(written),
            Tag::Link { link_type: kind, dest_url: url, title, id } => {
                let target = Target { kind, url, title, definition: events.definition(&id) };
                self.open_link(&target, written);
            }
            Tag::Image { link_type: kind, dest_url: url, title, id } => {
                let target = Target { kind, url, title, definition: events.definition(&id) };
                self.open_image(&target, written);
            }
            tag => {
                if let Some(name) = element_of(&tag.to_end()) {
                    let attributes = self.block_attributes(written);
                    self.build.open(name, written, &attributes);
                }
            }
        }
    }

    /// Ends the innermost open construct of this kind at `at`.
    pub(super) fn end(&mut self, tag: TagEnd, at: Span) {
        match tag {
            TagEnd::CodeBlock => {
                self.in_code = false;
                self.build.close(local_name!("code"), at);
                self.build.close(local_name!("pre"), at);
            }
            TagEnd::Paragraph if std::mem::take(&mut self.bare_paragraph) => {}
            TagEnd::DefinitionListDefinition => self.close_definition(at),
            TagEnd::FootnoteDefinition => self.end_footnote_definition(at),
            TagEnd::Table => self.close_table(at),
            TagEnd::TableHead => self.close_table_head(at),
            TagEnd::TableCell => self.build.close(self.table_cell(), at),
            TagEnd::HtmlBlock => self.end_html_block(),
            TagEnd::Strikethrough => self.close_strikethrough(at),
            TagEnd::Heading(level) => self.close_heading(level, at),
            TagEnd::BlockQuote(Some(_)) => self.build.close(local_name!("div"), at),
            tag => {
                self.open_links = self.open_links.saturating_sub(u32::from(tag == TagEnd::Link));
                if let Some(name) = element_of(&tag) {
                    self.build.close(name, at);
                }
            }
        }
    }

    /// Whether the paragraph that has just begun gets no `<p>`.
    fn is_bare_paragraph(&self, events: &mut Events<'a>) -> bool {
        self.is_in_tags
            || self.tight_definitions.last() == Some(&self.depth)
            || (!self.flavor.images_in_paragraphs && events.is_lone_image())
    }

    fn open_definition(&mut self, written: Span) {
        let above = self.seen(Span::new(self.base, written.start)).trim_end_matches([' ', '\t', '>']);
        let is_tight = !above.ends_with("\n\n") && !above.ends_with("\n\r\n");
        if is_tight && self.flavor.definition_lists == DefinitionLists::Goldmark {
            self.tight_definitions.push(self.depth);
        }
        self.build.open(local_name!("dd"), written, &[]);
    }

    fn close_definition(&mut self, at: Span) {
        self.tight_definitions.pop_if(|depth| *depth > self.depth);
        self.build.close(local_name!("dd"), at);
    }

    /// Opens strikethrough. Where the engine has none, the tildes are text.
    fn open_strikethrough(&mut self, written: Span) {
        let count = if self.seen(written).starts_with("~~") { 2 } else { 1 };
        let literal = match self.flavor.strikethrough {
            Strikethrough::DelInWord => 0,
            Strikethrough::DelOfTwo | Strikethrough::SOfTwo if count == 1 => count,
            _ if self.may_open(written) => 0,
            _ => count,
        };
        self.literal_tildes.push(literal);
        match literal {
            0 => self.build.open(self.struck_out(), written, &[]),
            _ => self.build.text(Span::new(written.start, written.start + literal)),
        }
    }

    fn close_strikethrough(&mut self, at: Span) {
        match self.literal_tildes.pop() {
            None | Some(0) => self.build.close(self.struck_out(), at),
            Some(literal) => self.build.text(Span::new(at.end.saturating_sub(literal), at.end)),
        }
    }

    fn struck_out(&self) -> LocalName {
        match self.flavor.strikethrough {
            Strikethrough::SOfTwo => local_name!("s"),
            _ => local_name!("del"),
        }
    }

    /// Whether tildes that whitespace does not follow are left-flanking. pulldown-cmark does not require it of two of them.
    /// <https://spec.commonmark.org/0.31.2/#left-flanking-delimiter-run>
    fn may_open(&self, written: Span) -> bool {
        let before = self.seen(Span::new(self.base, written.start)).chars().next_back();
        let after = self.seen(written).trim_start_matches('~').chars().next();
        !after.is_some_and(text::is_punctuation)
            || before.is_none_or(|before| before.is_whitespace() || text::is_punctuation(before))
    }

    pub(super) fn open_code_block(&mut self, kind: &CodeBlockKind<'a>, written: Span) {
        self.in_code = true;
        self.build.open(local_name!("pre"), written, &[]);
        let language = match kind {
            CodeBlockKind::Fenced(info) => info.split_whitespace().next(),
            CodeBlockKind::Indented => None,
        };
        // In VitePress and Docusaurus, lines to highlight, a title or options may follow the language without a space.
        let language = language.map(|word| match self.flavor.containers {
            true => word.split(['{', '[', ':']).next().unwrap_or(word),
            false => word,
        });
        let language = language.filter(|word| !word.is_empty());
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

/// The element that a construct becomes; `None` if its name depends on the context, or if it becomes no or several
/// elements.
fn element_of(tag: &TagEnd) -> Option<LocalName> {
    Some(match tag {
        TagEnd::Paragraph => local_name!("p"),
        TagEnd::BlockQuote(_) => local_name!("blockquote"),
        TagEnd::List(true) => local_name!("ol"),
        TagEnd::List(false) => local_name!("ul"),
        TagEnd::Item => local_name!("li"),
        TagEnd::DefinitionList => local_name!("dl"),
        TagEnd::DefinitionListTitle => local_name!("dt"),
        TagEnd::TableRow => local_name!("tr"),
        TagEnd::Emphasis => local_name!("em"),
        TagEnd::Strong => local_name!("strong"),
        TagEnd::Superscript => local_name!("sup"),
        TagEnd::Subscript => local_name!("sub"),
        TagEnd::Link => local_name!("a"),
        _ => return None,
    })
}
