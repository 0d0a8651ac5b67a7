//! Emits parsed blocks to a builder, one by one.

mod abbreviations;
mod footnotes;
mod inline;
mod markup;
mod toc;

use crate::document::read::kramdown::attributes::set;
use crate::document::read::kramdown::block::Reader;
use crate::document::read::kramdown::blocks::{Align, BlockId, Kind};
use crate::document::read::kramdown::ids::Ids;
use crate::document::read::kramdown::inline::Events;
use crate::document::read::kramdown::text::Text;
use crate::document::tree::ParseNote;
use crate::document::tree::build::{Build, NewAttribute, Nowhere};
use crate::source::{Span, overlapping};
use abbreviations::Abbreviations;
use footnotes::Footnotes;
use html5ever::{LocalName, local_name};
use inline::plain;
use rustc_hash::FxHashMap;
use std::ops::Range;

/// Emits parsed blocks to `out`. Returns the notes.
pub(super) fn emit<'s, B: Build>(reader: Reader<'s>, root: BlockId, out: &mut B) -> Vec<ParseNote> {
    let marked = |word: &str| reader.lists.iter().any(|list| list.refers_to(word));
    let mut footnotes = Footnotes::default();
    if marked("footnotes") {
        let mut nowhere = Nowhere;
        let mut rehearsal = Emitter::new(&reader, root, &mut nowhere);
        rehearsal.children(root);
        rehearsal.emit_footnotes();
        footnotes.plan(rehearsal.footnotes);
    }
    let mut emitter = Emitter::new(&reader, root, out);
    emitter.footnotes = footnotes;
    if marked("toc") {
        emitter.find_headings();
    }
    emitter.children(root);
    emitter.emit_footnotes();
    let mut notes = std::mem::take(&mut emitter.notes);
    notes.extend(reader.notes.iter().copied());
    notes.sort_by_key(|note| note.span);
    notes
}

struct Emitter<'r, 's, B> {
    reader: &'r Reader<'s>,
    out: &'r mut B,
    /// Ids of headers outside and inside of HTML elements: kramdown generates the latter later and by different rules.
    ids: [Ids; 2],
    in_html: bool,
    /// Ids generated in advance, for a table of contents.
    heading_ids: FxHashMap<BlockId, Option<String>>,
    /// The list that the table of contents replaces.
    contents: Option<BlockId>,
    /// The headers in the table of contents.
    entries: Vec<toc::Entry>,
    /// Whether inline HTML elements contain Markdown; an inline `{::options}` may change it.
    parse_span_html: bool,
    footnotes: Footnotes,
    notes: Vec<ParseNote>,
    root: BlockId,
    /// Reused for each block.
    events: Events<'s>,
    abbreviations: Abbreviations,
    /// The last paragraph of the footnote that is being emitted, and the index of the footnote: its back links are at
    /// the end of that paragraph.
    after_footnote: Option<(BlockId, usize)>,
}

impl<'r, 's, B: Build> Emitter<'r, 's, B> {
    fn new(reader: &'r Reader<'s>, root: BlockId, out: &'r mut B) -> Self {
        Emitter {
            reader,
            out,
            ids: [Ids::default(), Ids::default()],
            in_html: false,
            heading_ids: FxHashMap::default(),
            contents: None,
            entries: Vec::new(),
            parse_span_html: reader.options.parse_span_html,
            footnotes: Footnotes::default(),
            notes: Vec::new(),
            root,
            events: Events::default(),
            abbreviations: Abbreviations::new(reader),
            after_footnote: None,
        }
    }

    fn text_of(&self, id: BlockId) -> &'r Text<'s> {
        let reader = self.reader;
        &reader.texts[reader.blocks.get(id).text as usize]
    }

    /// The bytes of a block, without surrounding whitespace.
    fn span_of(&self, id: BlockId) -> Span {
        let text = self.text_of(id);
        text.span(crate::document::read::kramdown::lines::trim(text.as_str(), self.reader.blocks.get(id).range()))
    }

    fn children(&mut self, id: BlockId) {
        let reader = self.reader;
        for child in reader.blocks.children(id) {
            self.block(child);
        }
    }

    fn block(&mut self, id: BlockId) {
        match self.reader.blocks.kind(id) {
            Kind::Root => self.children(id),
            Kind::Blank | Kind::Boundary(_) | Kind::LinkDefinition(_) | Kind::Abbreviation | Kind::Footnote => {}
            Kind::Paragraph(transparent) => self.paragraph(id, transparent),
            Kind::Heading(level) => self.heading(id, level),
            Kind::Quote => self.container(local_name!("blockquote"), id, Vec::new()),
            Kind::List { ordered } => self.list(id, ordered),
            Kind::Item => self.container(local_name!("li"), id, Vec::new()),
            Kind::DefinitionList => self.definition_list(id),
            Kind::Term => self.term(id, None),
            Kind::Definition => self.container(local_name!("dd"), id, Vec::new()),
            Kind::Code { language } => self.code(id, language),
            Kind::Rule => self.empty(local_name!("hr"), id),
            Kind::Table => self.container(local_name!("table"), id, Vec::new()),
            Kind::TableHead => self.container(local_name!("thead"), id, Vec::new()),
            Kind::TableBody => self.container(local_name!("tbody"), id, Vec::new()),
            Kind::TableFoot => self.container(local_name!("tfoot"), id, Vec::new()),
            Kind::Row => self.container(local_name!("tr"), id, Vec::new()),
            Kind::Cell(align) => self.cell(local_name!("td"), id, align),
            Kind::HeadCell(align) => self.cell(local_name!("th"), id, align),
            Kind::Math => self.math(id),
            Kind::Html => {
                let outer = std::mem::replace(&mut self.in_html, true);
                self.html_block(id);
                self.in_html = outer;
            }
            Kind::Markup | Kind::Raw => self.markup(self.text_of(id), self.reader.blocks.get(id).content()),
            Kind::MarkupWithout { from, to } => self.markup_without(id, from as usize..to as usize),
            Kind::Characters => self.characters(self.text_of(id), self.reader.blocks.get(id).content()),
            Kind::Inline => self.inline(self.text_of(id), self.reader.blocks.get(id).content()),
            Kind::ImpliedEnd => self.implied_end(id),
            Kind::Comment => {
                let block = self.reader.blocks.get(id);
                self.comment(self.text_of(id), block.range(), block.content());
            }
            Kind::Template => self.out.template(self.span_of(id)),
        }
    }

    /// The attributes of a block: `attributes`, then those of its attribute lists.
    fn attributes(&self, id: BlockId, mut attributes: Vec<NewAttribute<'s>>) -> Vec<NewAttribute<'s>> {
        self.reader.apply_lists(&self.reader.blocks.get(id).attributes, &mut attributes);
        attributes
    }

    /// Whether an attribute list of the block contains a reference to `word`.
    fn refers_to(&self, id: BlockId, word: &str) -> bool {
        let lists = &self.reader.blocks.get(id).attributes;
        lists.iter().any(|&list| self.reader.lists[list as usize].refers_to(word))
    }

    fn open(&mut self, name: LocalName, id: BlockId, attributes: Vec<NewAttribute<'s>>) -> Span {
        let span = self.span_of(id);
        let attributes = self.attributes(id, attributes);
        self.out.open(name, span, &attributes);
        Span::empty(span.end)
    }

    fn container(&mut self, name: LocalName, id: BlockId, attributes: Vec<NewAttribute<'s>>) {
        let end = self.open(name.clone(), id, attributes);
        self.children(id);
        self.out.close(name, end);
    }

    fn empty(&mut self, name: LocalName, id: BlockId) {
        self.open(name, id, Vec::new());
    }

    fn paragraph(&mut self, id: BlockId, transparent: bool) {
        let text = self.text_of(id);
        let content = self.reader.blocks.get(id).content();
        if transparent {
            self.inline(text, self.with_line_end(id, text, content));
            return self.links_back(id);
        }
        if self.figure(id, text, content.clone()) {
            return;
        }
        let end = self.open(local_name!("p"), id, Vec::new());
        self.inline(text, content);
        self.links_back(id);
        self.out.close(local_name!("p"), end);
    }

    /// The content of a tight item, with a line ending if another block follows it.
    fn with_line_end(&self, id: BlockId, text: &Text<'s>, content: Range<usize>) -> Range<usize> {
        let next = self.reader.blocks.next(id).map(|next| self.reader.blocks.kind(next));
        let follows = next.is_some_and(|next| next != Kind::Blank);
        let has_line_end = text.as_str().as_bytes().get(content.end) == Some(&b'\n');
        content.start..content.end + usize::from(follows && has_line_end)
    }

    fn heading(&mut self, id: BlockId, level: u8) {
        let (text, content) = (self.text_of(id), self.reader.blocks.get(id).content());
        let events = self.read(text, content.clone());
        let made = self.heading_id(id, events.as_ref());
        let template = self.template_in(id);
        // An id generated from template syntax is unknown. Its span is the template, so that `Attribute::is_unknown` is
        // true.
        let attributes = made.map(|made| NewAttribute::new(local_name!("id"), made, template)).into_iter().collect();
        let name = match i16::from(level) + i16::from(self.reader.options.header_offset) {
            ..=1 => local_name!("h1"),
            2 => local_name!("h2"),
            3 => local_name!("h3"),
            4 => local_name!("h4"),
            5 => local_name!("h5"),
            _ => local_name!("h6"),
        };
        let mut attributes = self.attributes(id, attributes);
        attributes.retain(|attribute| attribute.name != local_name!("id") || !attribute.value.is_empty());
        let span = self.span_of(id);
        self.out.open(name.clone(), span, &attributes);
        match events {
            Some(events) => self.emit_read(text, events),
            None => self.text_run(text, content, false),
        }
        self.out.close(name, Span::empty(span.end));
    }

    /// The generated id of a header whose text was parsed into `events`. `None` if the post sets an id, or if ids are
    /// not generated.
    fn heading_id(&mut self, id: BlockId, events: Option<&Events<'s>>) -> Option<String> {
        let block = self.reader.blocks.get(id);
        if let Some(made) = self.heading_ids.get(&id) {
            return made.clone();
        }
        if !self.reader.options.auto_ids {
            return None;
        }
        let mut written = Vec::new();
        self.reader.apply_lists(&block.attributes, &mut written);
        if written.iter().any(|attribute| attribute.name == local_name!("id")) {
            return None;
        }
        let text = self.text_of(id);
        let plain = match events {
            _ if !self.reader.options.gfm => text.as_str().get(block.content()).unwrap_or("").into(),
            Some(events) => plain(text, events).into(),
            None => self.plain_text(text, block.content()),
        };
        let prefix = self.reader.options.auto_id_prefix.as_deref().unwrap_or("");
        self.ids[usize::from(self.in_html)].make(&plain, self.reader.options.gfm && !self.in_html, prefix)
    }

    fn template_in(&self, id: BlockId) -> Option<Span> {
        if self.reader.templates.is_empty() {
            return None;
        }
        overlapping(self.reader.templates, self.span_of(id)).next()
    }

    /// Emits a definition list. If it is marked `{:auto_ids}` or `{:auto_ids-prefix}`, its terms get generated ids.
    fn definition_list(&mut self, id: BlockId) {
        let reader = self.reader;
        let lists = reader.blocks.get(id).attributes.iter();
        let prefix = lists.filter_map(|&list| reader.lists[list as usize].reference_after("auto_ids")).next();
        let prefix = prefix.map(|prefix| prefix.strip_prefix('-').unwrap_or(prefix));
        let end = self.open(local_name!("dl"), id, Vec::new());
        for child in reader.blocks.children(id) {
            match reader.blocks.kind(child) {
                Kind::Term => self.term(child, prefix),
                _ => self.block(child),
            }
        }
        self.out.close(local_name!("dl"), end);
    }

    fn term(&mut self, id: BlockId, prefix: Option<&str>) {
        let mut attributes = Vec::new();
        if let Some(prefix) = prefix.filter(|prefix| self.reader.definitions.allow(prefix.len())) {
            let text = self.plain_text(self.text_of(id), self.reader.blocks.get(id).content());
            let made = format!("{prefix}{}", crate::document::read::kramdown::ids::plain_id(&text));
            attributes.push(NewAttribute::new(local_name!("id"), made, None));
        }
        let end = self.open(local_name!("dt"), id, attributes);
        self.inline(self.text_of(id), self.reader.blocks.get(id).content());
        self.out.close(local_name!("dt"), end);
    }

    fn list(&mut self, id: BlockId, ordered: bool) {
        let name = if ordered { local_name!("ol") } else { local_name!("ul") };
        let reader = self.reader;
        if !self.footnotes.placed && self.refers_to(id, "footnotes") {
            return self.place_footnotes();
        }
        let first_task = reader.blocks.children(id).position(|item| self.task(item).is_some());
        let mut attributes = Vec::new();
        if first_task.is_some() {
            attributes.push(NewAttribute::new(local_name!("class"), "task-list", None));
        }
        if self.is_table_of_contents(id) {
            return self.table_of_contents(id, name, attributes);
        }
        let end = self.open(name.clone(), id, attributes);
        for (index, item) in reader.blocks.children(id).enumerate() {
            let first = reader.blocks.first(item).map(|first| reader.blocks.kind(first));
            let after_task = first_task.is_some_and(|task| task < index) && matches!(first, Some(Kind::Paragraph(_)));
            match self.task(item) {
                Some((mark, checked)) => self.task_item(item, mark, checked),
                None if after_task => {
                    let class = NewAttribute::new(local_name!("class"), "task-list-item", None);
                    self.container(local_name!("li"), item, vec![class]);
                }
                None => self.block(item),
            }
        }
        self.out.close(name, end);
    }

    /// `[ ]` or `[x]` at the start of an item: its range and whether it is checked.
    fn task(&self, item: BlockId) -> Option<(Range<usize>, bool)> {
        let first = self.reader.blocks.first(item).filter(|_| self.reader.options.gfm)?;
        let Kind::Paragraph(_) = self.reader.blocks.kind(first) else { return None };
        let content = self.reader.blocks.get(first).content();
        let text = self.text_of(first);
        let written = text.as_str().get(content.clone())?;
        let mark = written.get(..4)?;
        let checked = match mark {
            "[ ] " => false,
            "[x] " | "[X] " => true,
            _ => return None,
        };
        Some((content.start..content.start + 4, checked))
    }

    fn task_item(&mut self, item: BlockId, mark: Range<usize>, checked: bool) {
        let reader = self.reader;
        let class = NewAttribute::new(local_name!("class"), "task-list-item", None);
        let end = self.open(local_name!("li"), item, vec![class]);
        for (index, child) in reader.blocks.children(item).enumerate() {
            let Kind::Paragraph(transparent) = reader.blocks.kind(child) else {
                self.block(child);
                continue;
            };
            if index > 0 {
                self.block(child);
                continue;
            }
            let text = self.text_of(child);
            let content = reader.blocks.get(child).content();
            let close = (!transparent).then(|| self.open(local_name!("p"), child, Vec::new()));
            self.checkbox(text.span(mark.start..mark.end - 1), checked);
            let content = if transparent { self.with_line_end(child, text, content) } else { content };
            self.inline(text, mark.end..content.end);
            if let Some(close) = close {
                self.out.close(local_name!("p"), close);
            }
        }
        self.out.close(local_name!("li"), end);
    }

    fn checkbox(&mut self, span: Span, checked: bool) {
        let attribute = |name, value: &'static str| NewAttribute::new(name, value, None);
        let mut attributes = vec![
            attribute(local_name!("type"), "checkbox"),
            attribute(local_name!("class"), "task-list-item-checkbox"),
            attribute(local_name!("disabled"), "disabled"),
        ];
        if checked {
            attributes.push(attribute(local_name!("checked"), "checked"));
        }
        self.out.open(local_name!("input"), span, &attributes);
    }

    fn code(&mut self, id: BlockId, language: (u32, u32)) {
        let text = self.text_of(id);
        let mut inner = Vec::new();
        let range = language.0 as usize..language.1 as usize;
        if let Some(word) = text.as_str().get(range.clone()).filter(|word| !word.is_empty()) {
            let span = Some(text.span(range));
            inner.push(NewAttribute::new(local_name!("class"), format!("language-{word}"), span));
        }
        let mut outer = self.attributes(id, Vec::new());
        let mut given = outer.iter_mut();
        if inner.is_empty()
            && let Some(class) = given.find(|attribute| attribute.name == local_name!("class"))
        {
            move_language(class, &mut inner);
        }
        outer.retain(|attribute| attribute.name != local_name!("class") || !attribute.value.is_empty());
        let span = self.span_of(id);
        self.out.open(local_name!("pre"), span, &outer);
        self.out.open(local_name!("code"), span, &inner);
        match self.reader.blocks.first(id) {
            Some(inside) => self.characters(self.text_of(inside), self.reader.blocks.get(inside).content()),
            None if self.reader.blocks.get(id).content().is_empty() => {
                self.out.decoded_text(Span::empty(span.end), "\n")
            }
            None => self.characters(text, self.reader.blocks.get(id).content()),
        }
        let end = Span::empty(span.end);
        self.out.close(local_name!("code"), end);
        self.out.close(local_name!("pre"), end);
    }

    fn cell(&mut self, name: LocalName, id: BlockId, align: Align) {
        let style = match align {
            Align::Default => None,
            Align::Left => Some("text-align: left"),
            Align::Center => Some("text-align: center"),
            Align::Right => Some("text-align: right"),
        };
        let attributes = style.map(|style| NewAttribute::new(local_name!("style"), style, None)).into_iter().collect();
        let attributes = self.attributes(id, attributes);
        let cell = self.reader.blocks.get(id);
        let text = self.text_of(id);
        // A cell that contains only spaces keeps them as its span.
        let span = text.span(cell.range());
        self.out.open(name.clone(), span, &attributes);
        let (content, end) = (cell.content(), Span::empty(span.end));
        if content.is_empty() {
            self.out.decoded_text(end, "\u{a0}");
        } else {
            self.inline(text, content);
        }
        self.out.close(name, end);
    }

    fn math(&mut self, id: BlockId) {
        let text = self.text_of(id);
        let span = self.span_of(id);
        let content = self.reader.blocks.get(id).content();
        let attributes = self.attributes(id, Vec::new());
        let wrapped = !attributes.is_empty();
        if wrapped {
            self.out.open(local_name!("div"), span, &attributes);
        }
        let inside = text.span(content.clone());
        self.out.decoded_text(Span::new(span.start, inside.start), "\\[");
        self.characters(text, content);
        self.out.decoded_text(Span::new(inside.end, span.end), "\\]");
        self.out.decoded_text(Span::empty(span.end), "\n");
        if wrapped {
            self.out.close(local_name!("div"), Span::empty(span.end));
        }
    }
}

/// Moves the class `language-…` of a code block's attribute list from the `pre` to the code.
fn move_language(class: &mut NewAttribute<'_>, inner: &mut Vec<NewAttribute<'_>>) {
    let Some(word) = class.value.split(' ').find(|word| word.starts_with("language-")).map(str::to_owned) else {
        return;
    };
    let rest: Vec<&str> = class.value.split(' ').filter(|other| *other != word).collect();
    let rest = rest.join(" ");
    let span = class.value_span.filter(|_| rest.is_empty());
    set(inner, NewAttribute::new(local_name!("class"), word, span));
    class.value = rest.into();
}
