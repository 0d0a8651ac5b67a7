//! The fenced examples of a rule's page: `bad` ones must have a finding, `good` ones must not.

mod built;
mod site;

use crate::config;
use crate::diagnostic::Diagnostic;
use crate::document::Document;
use crate::document::read::front_matter::calendar::{Date, Digits};
use crate::engine::fixed::{Fixed, fixed};
use crate::engine::post::lint;
use crate::place::Place;
use crate::place::dialect::{Dialect, Generator, extension_of};
use crate::place::files::Folders;
use crate::place::flavor::{Flavor, RawHtml};
use crate::rule::Page;
use crate::ruleset::Ruleset;
use crate::schema::Demands;
use crate::site::pages::ListedSite;
use crate::source::Source;
use pulldown_cmark::{CodeBlockKind, Event, Parser, Tag, TagEnd};
use std::ops::Range;
use std::sync::Arc;

/// The expected result of an example.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Promise {
    /// The page's rule has a finding.
    Bad,
    /// No default rule has a finding.
    Good,
}

/// One example of a page, with the fences that belong to it.
#[derive(Clone, Debug)]
pub struct Example {
    /// The expectation.
    pub promise: Promise,
    /// The post.
    pub text: String,
    /// The other files of its site: path and text of each `and` fence after it.
    pub others: Vec<(String, String)>,
    /// The post's path inside its site: `file=` of the fence, else `post.md` or `post.html` by its language.
    pub file: String,
    /// The site's generator: `site=` of the fence, else Jekyll.
    pub generator: Generator,
    /// Front matter keys the project requires: `require=` of the fence, comma-separated.
    pub required_keys: Vec<String>,
    /// The text of the last `config` fence before the example.
    pub config: Option<String>,
    /// The files of the site besides the post: `files=` of the fence, comma-separated paths.
    pub files: Option<Vec<String>>,
    /// The hosts the site is published under: `host=` of the fence, comma-separated.
    pub own_hosts: Vec<String>,
    /// The site's name: `site-title=` of the fence, in which `_` means a space.
    pub site_title: Option<String>,
    /// The day on which the post is checked: `today=` of the fence.
    pub today: Option<Date>,
    /// The site's time zone: `time-zone=` of the fence.
    pub time_zone: Option<String>,
    /// Whether the site's Markdown engine drops HTML: `raw-html=dropped` of the fence.
    pub drops_html: bool,
    /// Whether the file is encoded as UTF-16LE: `encoding=utf-16le` of the fence. Pages themselves are UTF-8.
    pub utf16: bool,
    /// The line of the page on which the fence opens.
    pub line: usize,
    /// The `output` fence after the example: the output of `postlint check`, and its span in the page.
    pub output: Option<(String, Range<usize>)>,
    /// The `fixed` fence after the example: the post after its fixes.
    pub fixed: Option<String>,
}

/// A fenced block of a page.
#[derive(Clone, Debug)]
pub struct Fence {
    /// The info string after the opening fence.
    pub info: String,
    /// Its text.
    pub body: String,
    /// The span of the text in the page.
    pub bytes: Range<usize>,
    /// The line of the page on which the block opens.
    pub line: usize,
}

/// The fenced blocks of a page, in order.
pub fn fences(page: &Page) -> Vec<Fence> {
    let mut found = Vec::new();
    let mut open: Option<(String, String, Range<usize>)> = None;
    for (event, range) in Parser::new(page.prose()).into_offset_iter() {
        match event {
            Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(info))) => {
                // For an empty fenced block, use the empty range between the opening and closing fences.
                let first_line = page.prose().get(range.clone()).and_then(|fence| fence.find('\n')).unwrap_or(0);
                let empty = range.start + first_line + 1;
                open = Some((info.into_string(), String::new(), empty..empty));
            }
            Event::Text(text) => {
                if let Some((_, body, at)) = &mut open {
                    *at = if body.is_empty() { range.clone() } else { at.start..range.end };
                    body.push_str(&text);
                }
            }
            Event::End(TagEnd::CodeBlock) => {
                if let Some((info, body, at)) = open.take() {
                    let shift = |at: usize| at + page.prose_start;
                    let line = page.text[..shift(range.start)].matches('\n').count() + 1;
                    found.push(Fence { info, body, bytes: shift(at.start)..shift(at.end), line });
                }
            }
            _ => {}
        }
    }
    found
}

/// The examples of a page, in order. Other fences are part of the prose.
pub fn examples(page: &Page) -> Vec<Example> {
    let mut found: Vec<Example> = Vec::new();
    let mut config = None;
    for Fence { info, body, bytes, line } in fences(page) {
        if info.split_whitespace().any(|word| word == "config") {
            config = Some(body);
            continue;
        }
        add(&mut found, &info, body, bytes, line);
        found.iter_mut().filter(|example| example.line == line).for_each(|it| it.config = config.clone());
    }
    found
}

/// The words of info strings that make a fence an example or a part of one.
pub const WORDS: [&str; 6] = ["bad", "good", "and", "fixed", "output", "config"];
/// The settings that a fence may have, as `name=value`.
pub const SETTINGS: [&str; 12] = [
    "file", "size", "pixels", "site", "require", "files", "host", "site-title", "time-zone", "today", "raw-html",
    "encoding",
];

/// Maximum size of a file whose size a fence sets.
const MAX_SIZE: usize = 1 << 20;

/// The beginning of a GIF of this size, such as `600x300`; the lower byte of each number is less than 128, since it is a text.
fn picture(size: &str) -> Option<String> {
    let (width, height) = size.split_once('x')?;
    let bytes = [width, height].map(|number| number.parse::<u16>().ok().map(u16::to_le_bytes));
    let bytes: Option<Vec<[u8; 2]>> = bytes.into_iter().collect();
    String::from_utf8([b"GIF89a".as_slice(), &bytes?.concat()].concat()).ok()
}

fn add(found: &mut Vec<Example>, info: &str, text: String, bytes: Range<usize>, line: usize) {
    let words: Vec<&str> = info.split_whitespace().collect();
    let value = |key: &str| words.iter().find_map(|word| word.strip_prefix(key));
    let promise = if words.contains(&"bad") {
        Promise::Bad
    } else if words.contains(&"good") {
        Promise::Good
    } else {
        // Settings may follow the word, as they do in the example above it.
        match found.last_mut() {
            Some(last) if words.contains(&"output") => last.output = Some((text, bytes)),
            Some(last) if words.contains(&"fixed") => last.fixed = Some(text),
            Some(last) if words.contains(&"and") => {
                // A file that is too large for a page.
                let size = value("size=").and_then(|size| size.parse::<usize>().ok());
                let text = size.map_or(text, |size| "0".repeat(size.min(MAX_SIZE)));
                let text = value("pixels=").and_then(picture).unwrap_or(text);
                last.others.extend(value("file=").map(|file| (file.to_owned(), text)));
            }
            _ => {}
        }
        return;
    };
    let list = |key: &str| value(key).map_or_else(Vec::new, |words| words.split(',').map(str::to_owned).collect());
    let html = words.first() == Some(&"html");
    found.push(Example {
        promise,
        text,
        others: Vec::new(),
        file: value("file=").unwrap_or(if html { "post.html" } else { "post.md" }).to_owned(),
        generator: value("site=").and_then(|word| word.parse().ok()).unwrap_or(Generator::Jekyll),
        config: None,
        required_keys: list("require="),
        files: value("files=").map(|_| list("files=")),
        own_hosts: list("host="),
        site_title: value("site-title=").map(|title| title.replace('_', " ")),
        time_zone: value("time-zone=").map(str::to_owned),
        today: value("today=").and_then(|day| Date::parse(day, Digits::Two)),
        drops_html: value("raw-html=") == Some("dropped"),
        utf16: value("encoding=") == Some("utf-16le"),
        line,
        output: None,
        fixed: None,
    });
}

impl Example {
    /// The path and site of the example's post.
    pub fn place(&self) -> Place {
        let extension = extension_of(&self.file).unwrap_or_default();
        let dialect = Dialect::of_extension(&extension, self.generator).unwrap_or(Dialect::CommonMark);
        let place = Place::new(&self.file, self.generator, dialect);
        let raw_html = if self.drops_html { RawHtml::Dropped } else { place.flavor.raw_html };
        Place {
            // The site of an example has no theme that replaces shortcodes.
            flavor: Flavor { raw_html, figures: self.generator == Generator::Hugo, ..place.flavor },
            own_hosts: self.own_hosts.iter().cloned().collect(),
            folders: self
                .files
                .clone()
                .map(|files| Arc::new(ListedSite::new(self.generator, files)) as Arc<dyn Folders>),
            site_title: self.site_title.clone(),
            time_zone: self.time_zone.clone(),
            now: self.today.map(|day| day.days() * 86_400),
            ..place
        }
    }

    /// The front matter that the example's config requires.
    pub fn demands(&self) -> Demands {
        let mut demands = Demands { required: self.required_keys.clone(), expected: Vec::new() };
        let config = self.config.as_deref().map(|text| config::parse(&Source::new(text)).0);
        for item in config.iter().flat_map(|config| &config.front_matter) {
            if item.matches.is_match(&self.file) {
                demands.add(&item.required, &item.expected);
            }
        }
        demands
    }

    /// Encodes `text` like the example's file.
    pub fn source(&self, text: &str) -> Source {
        if !self.utf16 {
            return Source::new(text);
        }
        let units = "\u{feff}".encode_utf16().chain(text.encode_utf16());
        Source::from_bytes(units.flat_map(u16::to_le_bytes).collect())
    }

    /// Whether the example is a file of the built folder.
    pub fn is_built(&self) -> bool {
        self.file.starts_with(built::FOLDER)
    }

    /// The findings of the rules in the example.
    pub fn lint(&self, rules: &Ruleset) -> Vec<Diagnostic> {
        if self.is_built() {
            return built::lint(self, rules);
        }
        if !self.others.is_empty() {
            return site::lint(self, rules);
        }
        let source = self.source(&self.text);
        lint(&Document::parse(&source, &self.place()), rules, &self.demands())
    }

    /// The example after the fixes of `findings`. `None` if they overlap.
    pub fn fixed<'f>(&self, findings: impl IntoIterator<Item = &'f Diagnostic>, rules: &Ruleset) -> Option<Fixed> {
        let source = self.source(&self.text);
        fixed(&Document::parse(&source, &self.place()), findings, rules, &self.demands())
    }
}
