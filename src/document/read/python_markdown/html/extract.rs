//! Takes blocks of raw HTML out of the text (`HTMLExtractor` in `htmlparser.py`, over Python's `html.parser`).

use super::is_block_level;
use super::markdown::Inside;
use super::tags::{Found, StartTag, start_tag};
use crate::document::read::python_markdown::stash::{Stash, Stashed};
use crate::document::read::python_markdown::text::Text;
use crate::document::read::python_markdown::tree::Nodes;
use rustc_hash::FxHashMap;
use std::ops::Range;

/// The text without HTML blocks, and what Markdown in HTML needs.
pub(in super::super) struct Extracted {
    pub(in super::super) text: Text,
    pub(in super::super) inside: Inside,
}

/// Takes blocks of HTML out of `raw`. With `markdown`, elements with `markdown="1"` are elements of the tree.
pub(in super::super) fn extract(raw: &Text, markdown: bool, stash: &mut Stash, nodes: &mut Nodes) -> Extracted {
    let mut extractor = Extractor::new(raw, markdown, stash, nodes);
    extractor.read();
    extractor.finish();
    Extracted { text: extractor.clean, inside: extractor.inside }
}

pub(super) struct Extractor<'a> {
    pub(super) raw: &'a Text,
    pub(super) stash: &'a mut Stash,
    pub(super) nodes: &'a mut Nodes,
    /// `cleandoc`
    pub(super) clean: Text,
    cache: Text,
    pub(super) in_raw: bool,
    pub(super) in_tail: bool,
    /// Elements that are open in raw HTML, and how many of each name.
    stack: Vec<String>,
    open: FxHashMap<String, u32>,
    inline_stack: Vec<String>,
    /// The element whose content is text: `script`, `style`.
    characters_of: Option<String>,
    /// Where what is handled now begins, and its line.
    pub(super) at: usize,
    line_start: usize,
    last: Last,
    /// How many bytes may still be read again and again.
    fuel: usize,
    pub(super) markdown: bool,
    pub(super) inside: Inside,
}

/// Where each of these ends last occurs.
struct Last {
    tag_end: Option<usize>,
    comment_end: Option<usize>,
    instruction_end: Option<usize>,
}

impl<'a> Extractor<'a> {
    fn new(raw: &'a Text, markdown: bool, stash: &'a mut Stash, nodes: &'a mut Nodes) -> Self {
        let text = raw.as_str();
        let comment_end = text.rfind("-->").max(text.rfind("--!>"));
        Extractor {
            raw,
            stash,
            nodes,
            clean: Text::default(),
            cache: Text::default(),
            in_raw: false,
            in_tail: false,
            stack: Vec::new(),
            open: FxHashMap::default(),
            inline_stack: Vec::new(),
            characters_of: None,
            at: 0,
            line_start: 0,
            last: Last { tag_end: text.rfind('>'), comment_end, instruction_end: text.rfind("?>") },
            fuel: 4096 + 32 * raw.len(),
            markdown,
            inside: Inside::default(),
        }
    }

    /// `HTMLParser.goahead`
    fn read(&mut self) {
        let text = self.raw.as_str();
        while self.at < text.len() {
            let Some(next) = self.next_markup() else { break };
            if next > self.at {
                self.data(self.at..next);
            }
            self.advance(next);
            let end = match text.as_bytes().get(next) {
                Some(b'<') => self.markup(next),
                Some(b'&') => self.reference(next),
                _ => break,
            };
            self.advance(end);
        }
        if self.at < text.len() {
            self.data(self.at..text.len());
            self.advance(text.len());
        }
    }

    fn advance(&mut self, to: usize) {
        let passed = self.raw.get(self.at..to);
        if let Some(line_end) = memchr::memrchr(b'\n', passed.as_bytes()) {
            self.line_start = self.at + line_end + 1;
        }
        self.at = to;
    }

    /// Where the next tag or reference begins. In `script` and `style` only their end tag does.
    fn next_markup(&self) -> Option<usize> {
        let bytes = self.raw.as_str().as_bytes();
        let Some(name) = &self.characters_of else {
            return memchr::memchr2(b'<', b'&', bytes.get(self.at..)?).map(|found| self.at + found);
        };
        memchr::memmem::find_iter(bytes.get(self.at..)?, b"</").map(|found| self.at + found).find(|&start| {
            let rest = self.raw.get(start + 2..bytes.len()).trim_start();
            let is_named = rest.get(..name.len()).is_some_and(|written| written.eq_ignore_ascii_case(name));
            is_named && rest.get(name.len()..).is_some_and(|rest| rest.trim_start().starts_with('>'))
        })
    }

    fn markup(&mut self, start: usize) -> usize {
        let rest = self.raw.get(start..self.raw.len());
        let second = rest.as_bytes().get(1).copied();
        match second {
            Some(letter) if letter.is_ascii_alphabetic() => self.open_tag(start),
            Some(b'/') if rest.starts_with("</>") => self.characters(start, 3),
            Some(b'/') => self.end_tag(start),
            Some(b'!') if rest.starts_with("<!--") => self.comment(start),
            Some(b'?') => self.instruction(start),
            Some(b'!') => self.declaration(start),
            _ => self.characters(start, 1),
        }
    }

    pub(super) fn characters(&mut self, start: usize, len: usize) -> usize {
        self.data(start..start + len);
        start + len
    }

    fn open_tag(&mut self, start: usize) -> usize {
        if self.last.tag_end.is_none_or(|last| last < start) || self.fuel == 0 {
            return self.characters(start, 1);
        }
        match start_tag(self.raw.as_str(), start) {
            Found::Tag(tag) => {
                let end = tag.end;
                if !tag.is_empty && matches!(tag.name.as_str(), "script" | "style") {
                    self.characters_of = Some(tag.name.clone());
                }
                match (tag.is_empty, self.markdown) {
                    (true, _) => self.empty_element(start, &tag),
                    (false, true) => self.start_in_markdown(start, &tag),
                    (false, false) => self.start(start, &tag),
                }
                end
            }
            Found::Characters(end) => self.characters(start, end - start),
            Found::Nothing(read) => {
                self.fuel = self.fuel.saturating_sub(read - start);
                self.characters(start, 1)
            }
        }
    }

    /// `handle_startendtag`
    fn empty_element(&mut self, start: usize, tag: &StartTag) {
        let is_block = is_block_level(&tag.name);
        self.empty(start..tag.end, is_block);
    }

    /// `handle_starttag`
    pub(super) fn start(&mut self, start: usize, tag: &StartTag) {
        if tag.name == "hr" {
            return self.empty_element(start, tag);
        }
        if is_block_level(&tag.name) && (self.in_tail || self.at_line_start() && !self.in_raw) {
            self.in_raw = true;
            self.clean.push_str("\n", self.raw.span(start..start));
        }
        if self.in_raw {
            *self.open.entry(tag.name.clone()).or_default() += 1;
            self.stack.push(tag.name.clone());
            self.cache.push(self.raw, start..tag.end);
        } else {
            self.clean.push(self.raw, start..tag.end);
            self.opened_inline(&tag.name);
        }
    }

    /// An inline tag outside of raw HTML.
    pub(super) fn opened_inline(&mut self, name: &str) {
        const VOID: [&str; 14] = [
            "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track",
            "wbr",
        ];
        if !is_block_level(name) && !VOID.contains(&name) && self.inline_stack.len() < 64 {
            self.inline_stack.push(name.to_owned());
        }
        if matches!(name, "script" | "style") {
            self.characters_of = None;
        }
    }

    pub(super) fn closed_inline(&mut self, name: &str) {
        if let Some(index) = self.inline_stack.iter().rposition(|open| open == name) {
            self.inline_stack.truncate(index);
        }
    }

    fn end_tag(&mut self, start: usize) -> usize {
        let text = self.raw.as_str();
        let is_letter = text.as_bytes().get(start + 2).is_some_and(u8::is_ascii_alphabetic);
        let tag_end = match self.last.tag_end {
            Some(last) if is_letter && last > start => memchr::memchr(b'>', &text.as_bytes()[start..]),
            _ => None,
        };
        let Some(len) = tag_end else { return self.characters(start, 2) };
        let end = start + len + 1;
        let in_name = |byte: &u8| !matches!(byte, b'\t' | b'\n' | b'\r' | 0x0c | b' ' | b'/' | b'>' | 0);
        let name_len = text.as_bytes().iter().skip(start + 2).take_while(|byte| in_name(byte)).count();
        let name = self.raw.get(start + 2..start + 2 + name_len).to_ascii_lowercase();
        if self.characters_of.as_ref().is_some_and(|open| *open != name) {
            return self.characters(start, end - start);
        }
        self.characters_of = None;
        match self.markdown {
            true => self.end_in_markdown(&name, start..end),
            false => self.end(&name, start..end),
        }
        end
    }

    /// `handle_endtag`
    pub(super) fn end(&mut self, name: &str, tag: Range<usize>) {
        if !self.in_raw {
            self.clean.push(self.raw, tag);
            return self.closed_inline(name);
        }
        self.cache.push(self.raw, tag.clone());
        if self.open.get(name).is_some_and(|&count| count > 0) {
            while let Some(popped) = self.stack.pop() {
                if let Some(count) = self.open.get_mut(&popped) {
                    *count = count.saturating_sub(1);
                }
                if popped == name {
                    break;
                }
            }
        }
        if self.stack.is_empty() {
            match self.blank_line_follows(tag.end) {
                true => self.cache.push_str("\n", self.raw.span(tag.end..tag.end)),
                false => self.in_tail = true,
            }
            self.in_raw = false;
            self.store_cache();
        }
    }

    /// Stores the raw HTML read so far; what follows is another block.
    fn store_cache(&mut self) {
        let html = std::mem::take(&mut self.cache);
        let span = html.whole();
        let placeholder = self.stash.store(Stashed::Html(html));
        self.clean.push_str(&placeholder, span);
        self.clean.push_str("\n\n", crate::source::Span::empty(span.end));
    }

    /// `handle_data`
    pub(super) fn data(&mut self, range: Range<usize>) {
        if self.in_tail && self.raw.get(range.clone()).contains('\n') {
            self.in_tail = false;
        }
        if self.markdown && !self.in_raw && self.inside.is_open() {
            return self.data_in_markdown(&self.raw.slice(range));
        }
        if self.in_raw {
            return self.cache.push(self.raw, range);
        }
        if !self.inline_stack.is_empty() && has_blank_line(self.raw.get(range.clone())) {
            self.inline_stack.clear();
        }
        self.clean.push(self.raw, range);
    }

    /// `handle_empty_tag`
    fn empty(&mut self, range: Range<usize>, is_block: bool) {
        if self.markdown && !self.in_raw && self.inside.is_open() {
            return self.empty_in_markdown(range, is_block);
        }
        if self.in_raw || self.in_tail {
            return self.cache.push(self.raw, range);
        }
        if !(is_block && self.at_line_start()) {
            return self.clean.push(self.raw, range);
        }
        let mut html = self.raw.slice(range.clone());
        match self.blank_line_follows(range.end) {
            true => html.push_str("\n", self.raw.span(range.end..range.end)),
            false => self.in_tail = true,
        }
        self.second_newline(range.start);
        let span = self.raw.span(range);
        let placeholder = self.stash.store(Stashed::Html(html));
        self.clean.push_str(&placeholder, span);
        self.clean.push_str("\n\n", crate::source::Span::empty(span.end));
    }

    /// Makes the text end in a blank line if it ends in a line end.
    pub(super) fn second_newline(&mut self, at: usize) {
        let clean = self.clean.as_str();
        if clean.ends_with('\n') && !clean.ends_with("\n\n") {
            self.clean.push_str("\n", self.raw.span(at..at));
        }
    }

    fn reference(&mut self, start: usize) -> usize {
        let rest = self.raw.get(start + 1..self.raw.len()).as_bytes();
        let count = |bytes: &[u8], wants: fn(&u8) -> bool| bytes.iter().take(64).take_while(|byte| wants(byte)).count();
        let body = match rest {
            [b'#', b'x' | b'X', digits @ ..] => 2 + count(digits, u8::is_ascii_hexdigit),
            [b'#', digits @ ..] => 1 + count(digits, u8::is_ascii_digit),
            [first, ..] if first.is_ascii_alphabetic() => {
                count(rest, |byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.'))
            }
            _ => 0,
        };
        if body < 2 || rest.get(body) != Some(&b';') {
            return self.characters(start, 1);
        }
        self.empty(start..start + body + 2, false);
        start + body + 2
    }

    fn comment(&mut self, start: usize) -> usize {
        let text = self.raw.as_str();
        let from = start + 4;
        if self.last.comment_end.is_none_or(|last| last < from) {
            return self.characters(start, 1);
        }
        let close =
            memchr::memmem::find_iter(&text.as_bytes()[from..], b"--").map(|found| from + found).find_map(|at| {
                let rest = text.get(at + 2..)?;
                if rest.starts_with('>') {
                    Some(at + 3)
                } else if rest.starts_with("!>") {
                    Some(at + 4)
                } else {
                    None
                }
            });
        let Some(end) = close else { return self.characters(start, 1) };
        let is_block = has_blank_line(self.raw.get(from..end)) || !self.inline_close_follows(end);
        self.empty(start..end, is_block);
        end
    }

    /// Whether an inline element that is open ends later in the same paragraph.
    fn inline_close_follows(&mut self, from: usize) -> bool {
        if self.inline_stack.is_empty() || self.fuel == 0 {
            return false;
        }
        let rest = self.raw.get(from..self.raw.len());
        let rest = blank_line(rest).and_then(|end| rest.get(..end)).unwrap_or(rest).to_ascii_lowercase();
        self.fuel = self.fuel.saturating_sub(rest.len() * self.inline_stack.len());
        let is_end_of = |tag: &str, name: &str| {
            let tag = tag.trim_start();
            tag.strip_prefix(name).is_some_and(|rest| rest.trim_start().starts_with('>'))
        };
        self.inline_stack.iter().any(|name| rest.split("</").skip(1).any(|tag| is_end_of(tag, name)))
    }

    fn instruction(&mut self, start: usize) -> usize {
        let allowed = self.at_line_start() || self.in_tail || self.inside.is_open();
        if !allowed {
            return self.characters(start, 2);
        }
        let close = match self.last.instruction_end {
            Some(last) if last >= start + 2 => memchr::memmem::find(&self.raw.as_str().as_bytes()[start + 2..], b"?>"),
            _ => None,
        };
        match close {
            Some(len) => {
                let end = start + len + 4;
                self.empty(start..end, true);
                end
            }
            None => self.unfinished(start),
        }
    }

    /// What `goahead` does at the end with markup that does not end.
    fn unfinished(&mut self, start: usize) -> usize {
        let text = self.raw.as_str();
        let end = match self.last.tag_end {
            Some(last) if last > start => memchr::memchr(b'>', &text.as_bytes()[start..]).map(|len| start + len + 1),
            _ => None,
        };
        let end = end.unwrap_or(start + 1);
        self.data(start..end);
        end
    }

    fn declaration(&mut self, start: usize) -> usize {
        let allowed = self.at_line_start() || self.in_tail || self.inside.is_open();
        if !allowed {
            return self.characters(start, 2);
        }
        let text = self.raw.as_str();
        let rest = self.raw.get(start..text.len());
        let is_cdata = rest.starts_with("<![CDATA[");
        let close = if is_cdata { rest.find("]]>").map(|len| len + 3) } else { None };
        let close = close.or_else(|| match self.last.tag_end {
            Some(last) if last > start && !is_cdata => rest.find('>').map(|len| len + 1),
            _ => None,
        });
        let Some(len) = close else { return self.characters(start, 1) };
        let is_doctype = rest.get(..9).is_some_and(|word| word.eq_ignore_ascii_case("<!doctype"));
        // A template that is a block is masked as a declaration of `x`.
        let is_template = rest.get(2..len - 1).is_some_and(|word| word.len() > 1 && word.bytes().all(|b| b == b'x'));
        self.empty(start..start + len, is_doctype || is_cdata || is_template);
        start + len
    }

    /// Whether only up to three spaces are before what is handled now.
    pub(super) fn at_line_start(&self) -> bool {
        let before = self.raw.get(self.line_start..self.at);
        before.len() <= 3 && before.trim().is_empty()
    }

    /// `blank_line_re`
    pub(super) fn blank_line_follows(&self, from: usize) -> bool {
        let bytes = self.raw.as_str().as_bytes();
        let line = |mut at: usize| {
            while bytes.get(at) == Some(&b' ') {
                at += 1;
            }
            (bytes.get(at) == Some(&b'\n')).then_some(at + 1)
        };
        line(from).and_then(line).is_some()
    }

    fn finish(&mut self) {
        if !self.cache.is_empty() {
            let html = std::mem::take(&mut self.cache);
            let span = html.whole();
            let placeholder = self.stash.store(Stashed::Html(html));
            self.clean.push_str(&placeholder, span);
        }
        self.close_markdown();
    }
}

/// Where a blank line begins (`inner_blank_line_re`).
fn blank_line(text: &str) -> Option<usize> {
    memchr::memchr_iter(b'\n', text.as_bytes()).find(|&at| {
        let rest = text.as_bytes().iter().skip(at + 1);
        rest.copied().find(|byte| !matches!(byte, b' ' | b'\t')) == Some(b'\n')
    })
}

fn has_blank_line(text: &str) -> bool {
    blank_line(text).is_some()
}
