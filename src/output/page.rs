//! Prints a rule's page in the terminal: headings in bold, examples indented, text wrapped to the width.

use crate::output::visible::one_line;
use crate::output::{Looks, Screen};
use pulldown_cmark::{CodeBlockKind, Event, Parser, Tag, TagEnd};
use std::io;
use unicode_width::UnicodeWidthStr;

/// Maximum width of a line in cells: longer ones are hard to read.
const MAX_WIDTH: usize = 100;
/// The indentation of examples.
const EXAMPLE_INDENT: &str = "    ";

const BOLD: &str = "1";
const RED: &str = "31";
const GREEN: &str = "32";
const DIM: &str = "2";

/// Renders Markdown as text for a terminal.
pub fn write(markdown: &str, looks: Looks, out: &mut Screen<'_>) -> io::Result<()> {
    let mut renderer = Renderer {
        looks,
        out: String::new(),
        line: String::new(),
        lists: Vec::new(),
        link: String::new(),
        fence: None,
    };
    for event in Parser::new(markdown) {
        renderer.event(event);
    }
    out.painted(&renderer.out)
}

/// Writes a heading, like [`write()`].
pub fn write_heading(text: &str, looks: Looks, out: &mut Screen<'_>) -> io::Result<()> {
    out.painted(&format!("{}\n", paint(&one_line(text), BOLD, looks.color)))
}

struct Renderer {
    looks: Looks,
    out: String,
    /// The text of the current block.
    line: String,
    /// The lists around the block: the number of the next item, or `None` for bullets.
    lists: Vec<Option<u64>>,
    /// The URL of the current link.
    link: String,
    /// The current code block: its info string and its text.
    fence: Option<(String, String)>,
}

impl Renderer {
    fn event(&mut self, event: Event<'_>) {
        match event {
            Event::Start(Tag::CodeBlock(kind)) => {
                let info = if let CodeBlockKind::Fenced(info) = kind { info.into_string() } else { String::new() };
                self.fence = Some((info, String::new()));
            }
            Event::Text(text) => match &mut self.fence {
                Some((_, code)) => code.push_str(&text),
                None => self.line.push_str(&text),
            },
            Event::End(TagEnd::CodeBlock) => self.example(),
            Event::Code(code) => self.line.push_str(&format!("`{code}`")),
            Event::InlineHtml(html) | Event::Html(html) => self.line.push_str(&html),
            Event::SoftBreak | Event::HardBreak => self.line.push(' '),
            Event::End(TagEnd::Heading(_)) => {
                let heading = std::mem::take(&mut self.line);
                self.blank_line();
                self.out.push_str(&paint(&one_line(&heading), BOLD, self.looks.color));
                self.out.push('\n');
            }
            Event::End(TagEnd::Paragraph | TagEnd::HtmlBlock) => {
                self.blank_line();
                self.words("");
            }
            Event::Start(Tag::List(first)) => {
                self.item();
                self.blank_line();
                self.lists.push(first);
            }
            Event::End(TagEnd::List(_)) => drop(self.lists.pop()),
            Event::End(TagEnd::Item) => self.item(),
            Event::Start(Tag::Link { dest_url, .. }) => self.link = dest_url.into_string(),
            Event::End(TagEnd::Link) => {
                let address = std::mem::take(&mut self.link);
                if !self.line.ends_with(&address) {
                    self.line.push_str(&format!(" ({address})"));
                }
            }
            _ => {}
        }
    }

    /// Writes the text of a list item that has not been written yet.
    fn item(&mut self) {
        let mark = match self.lists.last_mut() {
            Some(Some(number)) => {
                *number += 1;
                format!("{}. ", *number - 1)
            }
            _ => "- ".to_owned(),
        };
        if !self.line.trim().is_empty() {
            self.words(&mark);
        }
    }

    fn words(&mut self, mark: &str) {
        let indent = "  ".repeat(self.lists.len().saturating_sub(1));
        let text = std::mem::take(&mut self.line);
        let width = self.looks.width.min(MAX_WIDTH);
        self.out.push_str(&wrap(
            &text,
            width,
            &format!("{indent}{mark}"),
            &format!("{indent}{}", " ".repeat(mark.len())),
        ));
    }

    fn example(&mut self) {
        let Some((info, code)) = self.fence.take() else { return };
        self.blank_line();
        let words: Vec<&str> = info.split_whitespace().collect();
        let labels =
            [("bad", "bad", RED), ("good", "good", GREEN), ("fixed", "fixed", GREEN), ("output", "prints", DIM)];
        if let Some((_, label, color)) = labels.iter().find(|(word, ..)| words.contains(word)) {
            let file = words.iter().find_map(|word| word.strip_prefix("file="));
            let file = file.map_or_else(String::new, |file| format!(" {file}"));
            self.out.push_str(&format!("  {}{}\n", paint(label, color, self.looks.color), one_line(&file)));
        }
        for line in code.lines() {
            let line = format!("{EXAMPLE_INDENT}{}", one_line(&line.replace('\t', EXAMPLE_INDENT)));
            self.out.push_str(line.trim_end());
            self.out.push('\n');
        }
    }

    fn blank_line(&mut self) {
        if !self.out.is_empty() && !self.out.ends_with("\n\n") {
            self.out.push('\n');
        }
    }
}

/// Wraps `text` into lines of at most `width` cells. A longer word is put on a separate line. `first` is the prefix of
/// the first line, `rest` that of all others.
pub fn wrap(text: &str, width: usize, first: &str, rest: &str) -> String {
    let mut out = first.to_owned();
    let mut used = first.width();
    let mut at_start = true;
    for word in text.split_whitespace() {
        let word = one_line(word);
        let cells = word.width();
        if !at_start && used + 1 + cells > width {
            out.push('\n');
            out.push_str(rest);
            used = rest.width();
            at_start = true;
        }
        if !at_start {
            out.push(' ');
            used += 1;
        }
        out.push_str(&word);
        used += cells;
        at_start = false;
    }
    out.push('\n');
    out
}

fn paint(text: &str, code: &str, color: bool) -> String {
    if color { format!("\u{1b}[{code}m{text}\u{1b}[0m") } else { text.to_owned() }
}
