//! Follows a layout through all templates that it includes, and records where front matter keys are printed. All
//! branches are followed. The depth of recursion is limited, and so is the total amount of text.

use crate::place::theme::{Evidence, Layout, Read, VisibleTitle};
use crate::site::theme::html::{Element, Html, Tag};
use crate::site::theme::pieces::{Kind, Marks, Piece, pieces};
use crate::site::theme::scope::{Naming, Scope, Value};
use crate::site::theme::templates::{Template, Templates};
use crate::site::theme::{blocks, own, words};
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::rc::Rc;

const MAX_DEPTH: usize = 30;

/// Maximum number of keys recorded for a layout.
const MAX_KEYS: usize = 300;

/// The state shared by all layouts of a site.
pub struct Shared<'a> {
    /// All templates of the site.
    pub templates: &'a Templates,
    /// The folders with includes.
    pub includes: Vec<String>,
    /// The names by which templates access front matter.
    pub naming: Naming,
    /// The names of global data.
    pub data: BTreeSet<String>,
    /// All keys that a template reads.
    pub reads: BTreeMap<String, Evidence>,
    /// Those that are certainly keys of a page's front matter.
    pub own: BTreeMap<String, Evidence>,
    /// The remaining budget in bytes of template text. Each template costs its length and 100 bytes.
    pub budget: usize,
    /// Whether all templates could be followed.
    pub is_whole: bool,
    /// The pieces of templates by path. Cached, because many layouts include the same templates.
    cut: BTreeMap<&'a str, Rc<Cut<'a>>>,
    /// The templates found in `includes`, by name. Cached.
    found: BTreeMap<String, Option<&'a Template>>,
}

/// A template split into pieces.
struct Cut<'a> {
    pieces: Vec<Piece<'a>>,
    /// For each piece that opens a block, the index of the piece that ends it.
    ends: Vec<usize>,
}

impl<'a> Shared<'a> {
    /// Creates the state before any template was followed, with a budget in bytes.
    pub fn new(templates: &'a Templates, includes: Vec<String>, naming: Naming, budget: usize) -> Self {
        let is_whole = templates.is_whole && !templates.files.is_empty();
        Shared {
            templates,
            includes,
            naming,
            data: BTreeSet::new(),
            reads: BTreeMap::new(),
            own: BTreeMap::new(),
            budget,
            is_whole,
            cut: BTreeMap::new(),
            found: BTreeMap::new(),
        }
    }

    /// The template that an include by this name refers to.
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

/// A block that one template defines and another one prints.
#[derive(Clone)]
pub(super) struct Define<'a> {
    pub(super) file: &'a Template,
    pub(super) part: Range<usize>,
}

/// A block that depends on a condition, or in which a variable is the item of a list.
pub(super) struct Condition {
    /// The keys that the condition tests.
    pub(super) keys: Vec<String>,
    /// Whether the block is skipped if the key is empty.
    pub(super) guards: bool,
    /// The index of the piece that ends the block.
    pub(super) end: usize,
    /// Whether Go's `.` has another value in the block.
    pub(super) has_dot: bool,
    /// The variables of lists that the block defines.
    pub(super) items: Vec<String>,
}

impl Condition {
    /// Creates a block that is entered only if `keys` are not empty.
    pub(super) fn new(keys: Vec<String>, end: usize) -> Self {
        Condition { keys, guards: true, end, has_dot: false, items: Vec::new() }
    }
}

/// The state while one layout is followed.
pub struct Walk<'a, 's> {
    pub(super) shared: &'s mut Shared<'a>,
    pub(super) scope: Scope,
    pub(super) html: Html,
    pub(super) conditions: Vec<Condition>,
    pub(super) defines: BTreeMap<String, Define<'a>>,
    pub(super) layout: Layout,
    pub(super) visible: Vec<VisibleTitle>,
    /// The keys printed so far into the variable of a `capture`.
    pub(super) captured: Option<Vec<String>>,
    first_level_only: bool,
    is_alone: bool,
    depth: usize,
}

impl<'a, 's> Walk<'a, 's> {
    /// Creates the state before the layout is followed.
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

    /// Follows a template from its start, with new variables and a new page.
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

    /// Records the blocks that a template defines for the one it extends. Returns whether there are any.
    pub fn define(&mut self, file: &'a Template) -> bool {
        let blocks = blocks::defined(file, self.shared.naming);
        let is_any = !blocks.is_empty();
        for (name, part) in blocks {
            self.defines.entry(name).or_insert(Define { file, part });
        }
        is_any
    }

    /// Follows the template that this one extends, or this one if it extends none.
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

    /// Follows the blocks of a template whose parent is not known.
    pub fn blocks(&mut self) {
        self.miss();
        let own: Vec<(String, Define<'a>)> = self.defines.iter().map(|(name, it)| (name.clone(), it.clone())).collect();
        for (name, define) in own {
            self.html.set_title(words::is_title(&name));
            self.run(define.file, define.part);
        }
        self.html.set_title(false);
    }

    /// Records the keys that a template reads itself, without following its includes.
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
        // `run` skips Go's `define` blocks. In other languages, it has already followed the content of blocks.
        if self.shared.naming == Naming::Go {
            for (_, part) in blocks::defined(file, Naming::Go) {
                self.run(file, part);
            }
        }
    }

    /// From now on, records only first-level headings as visible titles: other text may contain titles of other pages.
    pub fn only_first_level(&mut self) {
        self.first_level_only = true;
    }

    /// Records that a template could not be followed.
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

    /// Defines the variables of a list in the block that was entered last.
    pub(super) fn name_items<'n>(&mut self, names: impl Iterator<Item = &'n str>) {
        for name in names.map(str::trim).filter(|name| !name.is_empty()) {
            if self.scope.set_loop(name)
                && let Some(condition) = self.conditions.last_mut()
            {
                condition.items.push(name.to_owned());
            }
        }
    }

    /// Evaluates a piece. Returns the index of the next one. `end` is the index of the end of the block that begins
    /// here.
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

    /// Evaluates an expression that is printed.
    pub(super) fn output(&mut self, file: &'a Template, code: &str, line: u32) {
        self.called(file, code, line);
        let value = self.scope.value(code);
        self.note_value(&value, file, line);
        self.written(file, &value, line);
    }

    /// Records that a value is printed at the current position.
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

    /// Whether the current position is reached only if one of the keys is not empty.
    fn is_guarded(&self, keys: &[String]) -> bool {
        self.conditions.iter().any(|it| it.guards && it.keys.iter().any(|key| keys.contains(key)))
    }

    /// Evaluates a complete HTML tag.
    fn tag(&mut self, file: &Template, tag: &Tag) {
        let from = |line: u32| Evidence { file: file.path.clone(), line };
        let name = tag.name();
        // A component that writes the page's head.
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
                for value in tag.values.iter().filter(|value| value.name == "lang") {
                    for key in &value.keys {
                        add(&mut self.layout.languages, Read { key: key.clone(), from: from(value.line) });
                    }
                }
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
            "meta" if tag.attribute("http-equiv").is_some_and(|name| name.eq_ignore_ascii_case("refresh")) => {
                for value in &tag.values {
                    for key in &value.keys {
                        add(&mut self.layout.redirects, Read { key: key.clone(), from: from(value.line) });
                    }
                }
            }
            "meta" if self.conditions.is_empty() && is_noindex(tag) => {
                self.layout.noindex.get_or_insert_with(|| from(tag.line));
            }
            "base" if tag.attribute("href").is_some() => self.layout.has_base = true,
            _ => {}
        }
    }

    /// Records the keys that a plugin uses for title and description.
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
            self.shared.own.entry((*key).to_owned()).or_insert_with(|| from.clone());
            self.shared.reads.entry((*key).to_owned()).or_insert_with(|| from.clone());
        }
    }

    /// Records that keys are read.
    pub(super) fn note(&mut self, keys: &[String], file: &Template, line: u32) {
        self.note_all(keys, true, file, line);
    }

    /// Records that keys are read, of the page itself or of others.
    fn note_all(&mut self, keys: &[String], are_own: bool, file: &Template, line: u32) {
        for key in keys {
            // In Zola, custom keys are in the table `extra`.
            let key = if self.shared.naming == Naming::Page { key.trim_start_matches("extra.") } else { key };
            let first = key.split('.').next().unwrap_or(key);
            if self.shared.reads.contains_key(first) && (!are_own || self.shared.own.contains_key(first)) {
                continue;
            }
            let is_name = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-');
            if first.is_empty() || !first.chars().all(is_name) || words::is_computed(first, self.shared.naming) {
                continue;
            }
            let from = || Evidence { file: file.path.clone(), line };
            if are_own && !self.shared.own.contains_key(first) && own::is_of_page(first, file, self.shared.naming) {
                self.shared.own.insert(first.to_owned(), from());
            }
            if !self.shared.reads.contains_key(first) {
                self.shared.reads.insert(first.to_owned(), from());
            }
        }
    }

    pub(super) fn note_value(&mut self, value: &Value, file: &Template, line: u32) {
        self.note(&value.keys, file, line);
        self.note_all(&value.others, false, file, line);
        if value.is_computed {
            self.shared.is_whole = false;
        }
    }

    /// Returns the analysed layout. The visible title is the most prominent heading that contains one of the title's
    /// keys.
    pub fn finish(mut self) -> Layout {
        let is_title =
            |it: &&VisibleTitle| it.read.key == "title" || self.layout.title.iter().any(|read| read.key == it.read.key);
        let titles = self.visible.iter().filter(is_title);
        let title = titles.min_by_key(|it| it.level.unwrap_or(u8::MAX)).cloned();
        // Otherwise the heading may be in a template that could not be followed.
        self.layout.visible_title = title.filter(|title| title.level.is_some() || self.layout.is_whole);
        self.layout
    }
}

fn add(reads: &mut Vec<Read>, read: Read) {
    if reads.len() < MAX_KEYS && !reads.iter().any(|known| known.key == read.key) {
        reads.push(read);
    }
}

/// Whether the tag is `<meta name="robots" content="noindex">`.
fn is_noindex(tag: &Tag) -> bool {
    let is_rule = |rule: &str| matches!(rule, "noindex" | "none");
    tag.attribute("name").is_some_and(|name| matches!(name.as_str(), "robots" | "googlebot"))
        && tag.attribute("content").is_some_and(|rules| rules.split([',', ' ']).any(is_rule))
        && tag.values.is_empty()
}
