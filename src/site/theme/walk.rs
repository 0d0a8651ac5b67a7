//! Follows a layout through all it includes, and notes where front matter keys are written. Every branch is taken.
//! Recursion is bounded in depth, and the text that is read in all by a budget.

use crate::place::theme::{Evidence, Layout, Read, VisibleTitle};
use crate::site::theme::html::{Element, Html, Tag};
use crate::site::theme::pieces::{Kind, Marks, Piece, pieces};
use crate::site::theme::scope::{Naming, Scope, Value};
use crate::site::theme::templates::{Template, Templates};
use crate::site::theme::{blocks, words};
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::rc::Rc;

const MAX_DEPTH: usize = 30;

/// No layout shows more keys.
const MAX_KEYS: usize = 300;

/// What all layouts of a site share while they are followed.
pub struct Shared<'a> {
    /// All templates.
    pub templates: &'a Templates,
    /// The folders with what is included.
    pub includes: Vec<String>,
    /// How front matter is named.
    pub naming: Naming,
    /// Names of data files.
    pub data: BTreeSet<String>,
    /// All keys that are read.
    pub reads: BTreeMap<String, Evidence>,
    /// The bytes that may still be read.
    pub budget: usize,
    /// Whether everything could be followed.
    pub is_whole: bool,
    /// The pieces of templates, by path: what many layouts include is cut once.
    cut: BTreeMap<&'a str, Rc<Cut<'a>>>,
    /// What was found by name in `includes`.
    found: BTreeMap<String, Option<&'a Template>>,
}

/// A template in pieces.
struct Cut<'a> {
    pieces: Vec<Piece<'a>>,
    /// For each piece that opens a block, the number of the one that ends it.
    ends: Vec<usize>,
}

impl<'a> Shared<'a> {
    /// Nothing has been read yet, of at most `budget` bytes.
    pub fn new(templates: &'a Templates, includes: Vec<String>, naming: Naming, budget: usize) -> Self {
        let is_whole = templates.is_whole && !templates.files.is_empty();
        Shared {
            templates,
            includes,
            naming,
            data: BTreeSet::new(),
            reads: BTreeMap::new(),
            budget,
            is_whole,
            cut: BTreeMap::new(),
            found: BTreeMap::new(),
        }
    }

    /// The template that is included by this name.
    pub fn included(&mut self, name: &str) -> Option<&'a Template> {
        if let Some(known) = self.found.get(name) {
            return *known;
        }
        let found = self.templates.find(&self.includes, name);
        self.found.insert(name.to_owned(), found);
        found
    }

    fn cut(&mut self, file: &'a Template) -> Rc<Cut<'a>> {
        let naming = self.naming;
        let new = || {
            let pieces = pieces(&file.text, file.marks);
            Rc::new(Cut { ends: blocks::ends(&pieces, naming), pieces })
        };
        self.cut.entry(&file.path).or_insert_with(new).clone()
    }
}

/// A block whose content another template writes.
#[derive(Clone)]
pub(super) struct Define<'a> {
    pub(super) file: &'a Template,
    pub(super) part: Range<usize>,
}

/// A block that code depends on a condition in, or names an item in.
pub(super) struct Condition {
    /// The keys that are asked for.
    pub(super) keys: Vec<String>,
    /// Whether an empty text is not let in.
    pub(super) guards: bool,
    /// The number of the piece that ends it.
    pub(super) end: usize,
    /// Whether Go's `.` is another in it.
    pub(super) has_dot: bool,
    /// The items of lists that it names.
    pub(super) items: Vec<String>,
}

impl Condition {
    /// A block that is entered only if `keys` allow it.
    pub(super) fn new(keys: Vec<String>, end: usize) -> Self {
        Condition { keys, guards: true, end, has_dot: false, items: Vec::new() }
    }
}

/// Follows one layout.
pub struct Walk<'a, 's> {
    pub(super) shared: &'s mut Shared<'a>,
    pub(super) scope: Scope,
    pub(super) html: Html,
    pub(super) conditions: Vec<Condition>,
    pub(super) defines: BTreeMap<String, Define<'a>>,
    pub(super) layout: Layout,
    pub(super) visible: Vec<VisibleTitle>,
    /// The keys written so far into a variable.
    pub(super) captured: Option<Vec<String>>,
    first_level_only: bool,
    is_alone: bool,
    depth: usize,
}

impl<'a, 's> Walk<'a, 's> {
    /// Starts with nothing.
    pub fn new(shared: &'s mut Shared<'a>) -> Self {
        let scope = Scope::new(shared.naming, shared.data.clone());
        Walk {
            shared,
            scope,
            html: Html::default(),
            conditions: Vec::new(),
            defines: BTreeMap::new(),
            layout: Layout { is_whole: true, ..Layout::default() },
            visible: Vec::new(),
            captured: None,
            first_level_only: false,
            is_alone: false,
            depth: 0,
        }
    }

    /// Follows a template from its start, with variables and a page of its own.
    pub fn template(&mut self, file: &'a Template) {
        self.html = Html::default();
        self.scope = Scope::new(self.shared.naming, self.shared.data.clone());
        self.layout.given.extend(file.given.iter().cloned());
        for (key, code) in &file.computed {
            let keys = self.scope.value(code).keys;
            self.note(&keys, file, 1);
            self.scope.set(key, keys, false);
        }
        self.extended(file);
    }

    /// Remembers the blocks that a template writes for the one it is put into.
    pub fn define(&mut self, file: &'a Template) {
        for (name, part) in blocks::defined(file, self.shared.naming) {
            self.defines.entry(name).or_insert(Define { file, part });
        }
    }

    /// Follows a template, or the one it extends.
    fn extended(&mut self, file: &'a Template) {
        let Some(parent) = blocks::parent(file) else { return self.run(file, 0..usize::MAX) };
        self.define(file);
        match self.shared.included(parent) {
            Some(parent) if self.depth < MAX_DEPTH => {
                self.depth += 1;
                self.extended(parent);
                self.depth -= 1;
            }
            _ => self.blocks(),
        }
    }

    /// Follows the blocks of a template whose frame is not in sight.
    pub fn blocks(&mut self) {
        self.miss();
        let own: Vec<(String, Define<'a>)> = self.defines.iter().map(|(name, it)| (name.clone(), it.clone())).collect();
        for (name, define) in own {
            self.html.set_title(words::is_title(&name));
            self.run(define.file, define.part);
        }
        self.html.set_title(false);
    }

    /// Asks a template for the keys it reads, without following what it includes.
    pub fn alone(mut self, file: &'a Template) {
        self.is_alone = true;
        for (key, code) in &file.computed {
            let keys = self.scope.value(code).keys;
            self.note(&keys, file, 1);
            self.scope.set(key, keys, false);
        }
        if blocks::parent(file).is_some_and(|parent| self.shared.included(parent).is_none()) {
            self.miss();
        }
        self.run(file, 0..usize::MAX);
        // Other languages write blocks where they stand.
        if self.shared.naming == Naming::Go && file.text.contains("define") {
            for (_, part) in blocks::defined(file, Naming::Go) {
                self.run(file, part);
            }
        }
    }

    /// From here on, titles in lower headings are those of other pages.
    pub fn only_first_level(&mut self) {
        self.first_level_only = true;
    }

    /// Something cannot be followed.
    pub fn miss(&mut self) {
        self.layout.is_whole = false;
        self.shared.is_whole = false;
    }

    /// Follows a template that is included.
    pub(super) fn follow(&mut self, file: &'a Template) {
        if !self.is_alone {
            self.run(file, 0..usize::MAX);
        }
    }

    /// Follows a part of a template.
    pub(super) fn run(&mut self, file: &'a Template, part: Range<usize>) {
        let cost = file.text.len() + 100;
        if self.depth >= MAX_DEPTH || self.shared.budget < cost {
            return self.miss();
        }
        self.depth += 1;
        self.shared.budget -= cost;
        let cut = self.shared.cut(file);
        let outside = self.conditions.len();
        let mut at = part.start;
        while let Some(piece) = cut.pieces.get(at).filter(|_| at < part.end) {
            while self.conditions.len() > outside && self.conditions.last().is_some_and(|it| it.end <= at) {
                self.leave();
            }
            let end = cut.ends.get(at).copied().unwrap_or(0).max(at);
            at = self.piece(file, piece, at, end);
        }
        while self.conditions.len() > outside {
            self.leave();
        }
        self.depth -= 1;
    }

    pub(super) fn leave(&mut self) {
        let Some(condition) = self.conditions.pop() else { return };
        if condition.has_dot {
            self.scope.leave();
        }
        condition.items.iter().for_each(|name| self.scope.unset_loop(name));
    }

    /// Names the items of a list in the block that was entered last.
    pub(super) fn name_items<'n>(&mut self, names: impl Iterator<Item = &'n str>) {
        for name in names.map(str::trim).filter(|name| !name.is_empty()) {
            if self.scope.set_loop(name)
                && let Some(condition) = self.conditions.last_mut()
            {
                condition.items.push(name.to_owned());
            }
        }
    }

    /// Returns the number of the next piece. `end` is that of the end of the block that begins here.
    fn piece(&mut self, file: &'a Template, piece: &Piece<'_>, at: usize, end: usize) -> usize {
        let line = piece.line + file.lines_before;
        match (piece.kind, file.marks, self.shared.naming) {
            (Kind::Text, ..) => {
                if self.captured.is_none() {
                    for tag in self.html.feed(piece.text, line) {
                        self.tag(file, &tag);
                    }
                }
            }
            (_, _, Naming::Go) => return self.go(file, piece.text, line, at, end),
            (Kind::Output, ..) => self.output(file, piece.text, line),
            (Kind::Tag, Marks::Braces, _) => return self.statement(file, piece.text, line, at, end),
            (Kind::Tag, ..) => self.script(file, piece.text, line),
        }
        at + 1
    }

    /// Notes what an expression writes.
    pub(super) fn output(&mut self, file: &'a Template, code: &str, line: u32) {
        self.called(file, code, line);
        let value = self.scope.value(code);
        self.note_value(&value, file, line);
        self.written(file, &value, line);
    }

    /// A value is written here.
    pub(super) fn written(&mut self, file: &Template, value: &Value, line: u32) {
        if let Some(captured) = &mut self.captured {
            captured.extend(value.keys.iter().cloned());
            return;
        }
        if self.html.is_in_tag() {
            let guarded = value.has_fallback || self.is_guarded(&value.keys);
            return self.html.value(value.keys.clone(), guarded, line);
        }
        let from = Evidence { file: file.path.clone(), line };
        let read = |key: &String| Read { key: key.clone(), from: from.clone() };
        match self.html.element() {
            Element::Title => {
                let keys = value.keys.iter().filter(|key| !words::is_affix(key));
                keys.for_each(|key| add(&mut self.layout.title, read(key)));
            }
            Element::Heading(level) if level == 1 || !self.first_level_only => {
                value.keys.iter().for_each(|key| add(&mut self.layout.shown, read(key)));
                self.visible.extend(value.keys.iter().map(|key| VisibleTitle { read: read(key), level: Some(level) }));
            }
            Element::Page if !self.first_level_only => {
                value.keys.iter().for_each(|key| add(&mut self.layout.shown, read(key)));
                self.visible.extend(value.keys.iter().map(|key| VisibleTitle { read: read(key), level: None }));
            }
            Element::Page | Element::Heading(_) | Element::Hidden => {}
        }
    }

    /// Whether code here is reached only if one of the keys is not empty.
    fn is_guarded(&self, keys: &[String]) -> bool {
        self.conditions.iter().any(|it| it.guards && it.keys.iter().any(|key| keys.contains(key)))
    }

    /// A tag of HTML ends.
    fn tag(&mut self, file: &Template, tag: &Tag) {
        let from = |line: u32| Evidence { file: file.path.clone(), line };
        let name = tag.name();
        // Components for the head of a page.
        let is_component = name.starts_with(|c: char| c.is_ascii_uppercase()) && words::is_head(name);
        match name.to_ascii_lowercase().as_str() {
            _ if is_component => {
                for value in &tag.values {
                    let reads = value.keys.iter().map(|key| Read { key: key.clone(), from: from(value.line) });
                    match value.name.as_str() {
                        "title" => reads.for_each(|read| add(&mut self.layout.title, read)),
                        "description" => reads.for_each(|read| add(&mut self.layout.description, read)),
                        _ => {}
                    }
                }
            }
            "title" if tag.begins_title => {
                self.layout.title_tag.get_or_insert_with(|| from(tag.line));
            }
            "html" if tag.attribute("lang").is_some() => {
                self.layout.language.get_or_insert_with(|| from(tag.line));
            }
            "meta" if tag.attribute("name").is_some_and(|name| name == "description") => {
                self.layout.description_tag.get_or_insert_with(|| from(tag.line));
                for value in tag.values.iter().filter(|value| value.name == "content") {
                    for key in &value.keys {
                        add(&mut self.layout.description, Read { key: key.clone(), from: from(value.line) });
                    }
                    self.layout.empty_description_is_none |= value.has_fallback;
                }
            }
            _ => {}
        }
    }

    /// What a plugin makes of these keys: title, description.
    pub(super) fn plugin(&mut self, file: &Template, line: u32, title: &[&str], description: &[&str]) {
        let from = Evidence { file: file.path.clone(), line };
        let read = |key: &&str| Read { key: (*key).to_owned(), from: from.clone() };
        title.iter().for_each(|key| add(&mut self.layout.title, read(key)));
        description.iter().for_each(|key| add(&mut self.layout.description, read(key)));
        if !title.is_empty() {
            self.layout.title_tag.get_or_insert_with(|| from.clone());
        }
        if !description.is_empty() {
            self.layout.description_tag.get_or_insert_with(|| from.clone());
            self.layout.empty_description_is_none = true;
        }
        for key in title.iter().chain(description) {
            self.shared.reads.entry((*key).to_owned()).or_insert_with(|| from.clone());
        }
    }

    /// Notes that keys are read.
    pub(super) fn note(&mut self, keys: &[String], file: &Template, line: u32) {
        for key in keys {
            // Zola has the site's own keys in a table.
            let key = if self.shared.naming == Naming::Page { key.trim_start_matches("extra.") } else { key };
            let first = key.split('.').next().unwrap_or(key);
            let is_name = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-');
            if first.is_empty() || !first.chars().all(is_name) || words::is_computed(first, self.shared.naming) {
                continue;
            }
            if !self.shared.reads.contains_key(first) {
                self.shared.reads.insert(first.to_owned(), Evidence { file: file.path.clone(), line });
            }
        }
    }

    pub(super) fn note_value(&mut self, value: &Value, file: &Template, line: u32) {
        self.note(&value.keys, file, line);
        self.note(&value.others, file, line);
        if value.is_computed {
            self.shared.is_whole = false;
        }
    }

    /// The layout as found. The visible title is in the most prominent heading that has one of the title's keys.
    pub fn finish(mut self) -> Layout {
        let is_title =
            |it: &&VisibleTitle| it.read.key == "title" || self.layout.title.iter().any(|read| read.key == it.read.key);
        let titles = self.visible.iter().filter(is_title);
        let title = titles.min_by_key(|it| it.level.unwrap_or(u8::MAX)).cloned();
        // The heading may be in what was not read.
        self.layout.visible_title = title.filter(|title| title.level.is_some() || self.layout.is_whole);
        self.layout
    }
}

fn add(reads: &mut Vec<Read>, read: Read) {
    if reads.len() < MAX_KEYS && !reads.iter().any(|known| known.key == read.key) {
        reads.push(read);
    }
}
