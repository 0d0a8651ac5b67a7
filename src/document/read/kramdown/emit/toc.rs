//! The table of contents that replaces a list marked `{:toc}`.

use crate::document::read::kramdown::blocks::{BlockId, Kind};
use crate::document::read::kramdown::emit::Emitter;
use crate::document::read::kramdown::inline::{Event, Events, Inline};
use crate::document::tree::build::{Build, NewAttribute};
use crate::source::Span;
use html5ever::{LocalName, local_name};

pub(super) struct Entry {
    heading: BlockId,
    level: u8,
    id: String,
}

/// An entry whose `li` is open.
struct OpenEntry {
    level: u8,
    /// Whether the list of its child entries is open.
    has_list: bool,
}

impl<'s, B: Build> Emitter<'_, 's, B> {
    /// Emits the table of contents in place of `list`, which has `attributes`. All of its elements have the list's
    /// span.
    pub(super) fn table_of_contents(&mut self, list: BlockId, name: LocalName, attributes: Vec<NewAttribute<'s>>) {
        let entries = std::mem::take(&mut self.entries);
        if entries.is_empty() {
            return;
        }
        let span = self.span_of(list);
        let mut attributes = self.attributes(list, attributes);
        let written = attributes.iter().find(|attribute| attribute.name == local_name!("id"));
        let prefix = written.map_or_else(|| "markdown-toc".to_owned(), |id| id.value.clone().into_owned());
        if written.is_none() {
            attributes.push(NewAttribute::new(local_name!("id"), prefix.clone(), None));
        }
        let end = Span::empty(span.end);
        self.out.open(name.clone(), span, &attributes);
        let mut above: Vec<OpenEntry> = Vec::new();
        for entry in entries.iter().take_while(|_| self.reader.definitions.allow(prefix.len())) {
            self.close_entries(&mut above, entry.level, &name, end);
            if let Some(parent) = above.last_mut().filter(|parent| !parent.has_list) {
                parent.has_list = true;
                self.out.open(name.clone(), span, &[]);
            }
            self.out.open(local_name!("li"), span, &[]);
            self.entry(entry, &prefix, span);
            above.push(OpenEntry { level: entry.level, has_list: false });
        }
        self.close_entries(&mut above, 0, &name, end);
        self.out.close(name, end);
        self.entries = entries;
    }

    /// Generates the ids of all headers in advance.
    pub(super) fn find_headings(&mut self) {
        let mut entries = Vec::new();
        self.headings(self.root, true, &mut entries);
        self.entries = entries;
    }

    /// Closes the entries that cannot contain an entry of `level`.
    fn close_entries(&mut self, above: &mut Vec<OpenEntry>, level: u8, name: &LocalName, end: Span) {
        while let Some(entry) = above.pop_if(|entry| entry.level >= level) {
            if entry.has_list {
                self.out.close(name.clone(), end);
            }
            self.out.close(local_name!("li"), end);
        }
    }

    fn headings(&mut self, parent: BlockId, listed: bool, entries: &mut Vec<Entry>) {
        let reader = self.reader;
        for block in reader.blocks.children(parent) {
            let Kind::Heading(level) = reader.blocks.kind(block) else {
                let in_html = self.in_html || reader.blocks.kind(block) == Kind::Html;
                let outer = std::mem::replace(&mut self.in_html, in_html);
                // Headers in the list that the table of contents replaces have ids, but are not emitted.
                let listed = !self.is_table_of_contents(block) && listed;
                self.headings(block, listed, entries);
                self.in_html = outer;
                continue;
            };
            let made = self.heading_id(block, None);
            let data = reader.blocks.get(block);
            self.heading_ids.insert(block, made.clone());
            let excluded = data.attributes.iter().any(|&list| reader.lists[list as usize].has_class("no_toc"));
            let written = self.attributes(block, Vec::new());
            let written = written.into_iter().find(|attribute| attribute.name == local_name!("id"));
            let id = written.map(|id| id.value.into_owned()).or(made);
            let id = id.or_else(|| reader.options.auto_ids.then(String::new));
            if let Some(id) = id.filter(|_| listed && !excluded) {
                entries.push(Entry { heading: block, level, id });
            }
        }
    }

    /// Whether the table of contents replaces this list: the first one marked `{:toc}`.
    pub(super) fn is_table_of_contents(&mut self, block: BlockId) -> bool {
        matches!(self.reader.blocks.kind(block), Kind::List { .. })
            && self.refers_to(block, "toc")
            && *self.contents.get_or_insert(block) == block
    }

    fn entry(&mut self, entry: &Entry, prefix: &str, span: Span) {
        let href = NewAttribute::new(local_name!("href"), format!("#{}", entry.id), None);
        let id = NewAttribute::new(local_name!("id"), format!("{prefix}-{}", entry.id), None);
        let end = Span::empty(span.end);
        self.out.open(local_name!("a"), span, &[href, id]);
        let text = self.text_of(entry.heading);
        let content = self.reader.blocks.get(entry.heading).content();
        let events = Inline::read(self.reader, text, content, Events::default(), self.surroundings()).events;
        for event in &events.all {
            match event {
                Event::Text(range) => {
                    self.out.decoded_text(span, text.as_str().get(range.clone()).unwrap_or(""));
                }
                Event::Decoded(_, decoded) => self.out.decoded_text(span, decoded),
                Event::Math(math) => {
                    self.out.decoded_text(span, "\\(");
                    self.out.decoded_text(span, text.as_str().get(math.inside.clone()).unwrap_or(""));
                    self.out.decoded_text(span, "\\)");
                }
                Event::Open(opening) if opening.name != local_name!("a") => {
                    let mut attributes = events.attributes_of(opening).to_vec();
                    attributes.retain(|attribute| attribute.name != local_name!("id"));
                    self.out.open(opening.name.clone(), span, &attributes);
                }
                Event::Close(name, _) if *name != local_name!("a") => self.out.close(name.clone(), end),
                _ => {}
            }
        }
        self.out.close(local_name!("a"), end);
    }
}
