//! Finds the start and the end of front matter for each generator; each function names the source code that it
//! reproduces.

use crate::document::read::front_matter::Format;
use crate::document::read::front_matter::line::{Line, lines, looks_like_entry, rest_of_line};
use crate::place::dialect::Generator;
use crate::source::{Source, Span};

/// The front matter at the start of a file.
#[derive(Debug)]
pub(super) enum Fences {
    Missing,
    Unclosed { fence: Span },
    Closed(Closed),
}

/// Front matter between its fences.
#[derive(Clone, Copy, Debug)]
pub(super) struct Closed {
    pub format: Format,
    pub span: Span,
    pub fence: Span,
    pub content: Span,
}

/// How a closing fence is recognized.
#[derive(Clone, Copy)]
enum Close {
    /// A line that consists of the fence alone.
    Alone,
    /// Any line that starts with the fence: the rest of that line is part of the body.
    Prefix,
}

/// Finds the front matter as `generator` parses it.
pub(super) fn find(source: &Source, generator: Generator) -> Fences {
    let text = source.text();
    let start = source.bom_len();
    match generator {
        Generator::Jekyll => jekyll(text, start),
        Generator::Hugo => hugo(text, start),
        Generator::Astro => astro(text, start),
        Generator::Eleventy => eleventy(text, start),
        Generator::Hexo => hexo(text, start),
        Generator::Zola => zola(text, start),
        _ => plain(text, start),
    }
}

/// Jekyll: `\A(---\s*\n.*?\n?)^((---|\.\.\.)\s*$\n?)` (lib/jekyll/document.rb).
fn jekyll(text: &str, start: u32) -> Fences {
    // Ruby's `\s` is ASCII whitespace: a no-break space is not part of it.
    let is_fence =
        |line: &Line| line.ends_for_ruby(text) && is_ruby_blank(line.span.slice(text).trim_start_matches('-'));
    let Some(opening) = opening_line(text, start, "---").filter(is_fence) else {
        return Fences::Missing;
    };
    if opening.next as usize == text.len() {
        return Fences::Missing;
    }
    let mut after_line_feed = true;
    let close = rest(text, opening.next).find(|line| {
        let here = after_line_feed;
        after_line_feed = line.ends_for_ruby(text);
        let written = line.span.slice(text);
        let rest = written.strip_prefix("---").or_else(|| written.strip_prefix("..."));
        here && after_line_feed && rest.is_some_and(is_ruby_blank)
    });
    finish(text, Format::Yaml, fence_of(opening, 3), opening.next, close.map(|line| (line.span.start, line.next)))
}

/// Whether Ruby's `\s*` matches the text.
fn is_ruby_blank(text: &str) -> bool {
    text.bytes().all(|byte| matches!(byte, b' ' | b'\t' | b'\r' | b'\n' | 0x0b | 0x0c))
}

/// Hugo: `parser/pageparser/pagelexer_intro.go`. Blank lines may come first, and JSON needs no fence.
fn hugo(text: &str, start: u32) -> Fences {
    let start = skip_blank_lines(text, start);
    let body = Span::new(start, text.len() as u32).slice(text);
    if body.starts_with('{') {
        // `{{` is a shortcode, not JSON.
        return if body.starts_with("{{") { Fences::Missing } else { braces(text, start) };
    }
    fenced(text, start, &[("---", Format::Yaml), ("+++", Format::Toml)], Close::Prefix)
}

/// Astro: `/(?:^\uFEFF?|^\s*\n)(?:---|\+\+\+)([\s\S]*?\n)(?:---|\+\+\+)/` (@astrojs/internal-helpers).
fn astro(text: &str, start: u32) -> Fences {
    let start = skip_blank_lines(text, start);
    fenced(text, start, &[("---", Format::Yaml), ("+++", Format::Toml)], Close::Prefix)
}

/// Zola: `^[[:space:]]*\+\+\+(\r?\n(?s).*?(?-s))\+\+\+[[:space:]]*(?:$|(?:\r?\n…` (components/content/front_matter/split.rs).
fn zola(text: &str, start: u32) -> Fences {
    let start = skip_blank_lines(text, start);
    fenced(text, start, &[("---", Format::Yaml), ("+++", Format::Toml)], Close::Alone)
}

/// Generators that are not known: `---` and `+++`, each alone on its line. A thematic break is not a fence unless keys
/// follow it.
fn plain(text: &str, start: u32) -> Fences {
    let found = fenced(text, start, &[("---", Format::Yaml), ("+++", Format::Toml)], Close::Alone);
    match &found {
        Fences::Closed(closed) if !blank_or_entry(text, closed.content, closed.format) => Fences::Missing,
        _ => found,
    }
}

/// Eleventy (gray-matter): a word after the opening fence names the language.
fn eleventy(text: &str, start: u32) -> Fences {
    let Some(line) = lines(text, Span::new(start, text.len() as u32)).next() else { return Fences::Missing };
    let Some(language) = line.span.slice(text).strip_prefix("---") else { return Fences::Missing };
    let format = match language.trim() {
        "" | "yaml" | "yml" => Format::Yaml,
        "json" => Format::Json,
        "toml" => Format::Toml,
        "js" | "javascript" => Format::JavaScript,
        _ => return Fences::Missing,
    };
    let close = closing(text, line.next, &["---"], Close::Prefix);
    finish(text, format, fence_of(line, 3), line.next, close)
}

/// Hexo (hexo-front-matter): three or more `-` or `;`; the opening fence may be missing.
fn hexo(text: &str, start: u32) -> Fences {
    let Some(first) = lines(text, Span::new(start, text.len() as u32)).next() else { return Fences::Missing };
    let written = first.span.slice(text);
    let format = if written.starts_with(";;;") { Format::Json } else { Format::Yaml };
    if written.starts_with("---") || written.starts_with(";;;") {
        let marker = written.trim_end();
        let uniform = marker.bytes().all(|byte| byte == marker.as_bytes()[0]);
        if !uniform {
            return Fences::Missing;
        }
        let close = closing(text, first.next, &[marker], Close::Prefix);
        return finish(text, format, Span::new(start, start + marker.len() as u32), first.next, close);
    }
    hexo_without_opening(text, start)
}

/// Hexo parses everything before a first `---` line as front matter. Here only lines that are clearly keys count, so
/// that a heading underlined with `---` remains a heading.
fn hexo_without_opening(text: &str, start: u32) -> Fences {
    let mut entries = 0;
    for line in rest(text, start) {
        let written = line.span.slice(text);
        if written.starts_with("---") && written.trim_end().bytes().all(|byte| byte == b'-') {
            if entries == 0 {
                return Fences::Missing;
            }
            let content = Span::new(start, line.span.start);
            let span = Span::new(start, line.next);
            return Fences::Closed(Closed { format: Format::Yaml, span, fence: Span::empty(start), content });
        }
        if looks_like_entry(written) {
            entries += 1;
        } else if entries == 0 || !(written.trim().is_empty() || written.starts_with([' ', '\t', '-', '#'])) {
            return Fences::Missing;
        }
    }
    Fences::Missing
}

/// Finds front matter whose opening fence is one of `markers`.
fn fenced(text: &str, start: u32, markers: &[(&str, Format)], close: Close) -> Fences {
    for &(marker, format) in markers {
        if let Some(opening) = opening_line(text, start, marker) {
            let closers: &[&str] = match format {
                Format::Yaml if matches!(close, Close::Alone) => &["---", "..."],
                Format::Toml => &["+++"],
                _ => &["---"],
            };
            let end = closing(text, opening.next, closers, close);
            return finish(text, format, fence_of(opening, marker.len() as u32), opening.next, end);
        }
    }
    Fences::Missing
}

/// Finds JSON, from a brace to the matching one. Like Hugo, examines only braces, quotes and backslashes.
fn braces(text: &str, start: u32) -> Fences {
    let (mut depth, mut quoted, mut escaped) = (0u32, false, false);
    let bytes = Span::new(start, text.len() as u32).slice(text).as_bytes();
    for (at, byte) in bytes.iter().enumerate() {
        if std::mem::take(&mut escaped) {
            continue;
        }
        match byte {
            b'\\' => escaped = true,
            b'"' => quoted = !quoted,
            b'{' if !quoted => depth += 1,
            b'}' if !quoted => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            let end = start + at as u32 + 1;
            let content = Span::new(start, end);
            let span = Span::new(start, after_line_end(text, end));
            return Fences::Closed(Closed { format: Format::Json, span, fence: Span::new(start, start + 1), content });
        }
    }
    let keys_follow = text.get(start as usize + 1..).is_some_and(|rest| rest.trim_start().starts_with('"'));
    if keys_follow { Fences::Unclosed { fence: Span::new(start, start + 1) } } else { Fences::Missing }
}

/// Combines the parts. Without a closing fence, the lines after the opening one determine whether it is front matter at
/// all.
fn finish(text: &str, format: Format, fence: Span, content: u32, close: Option<(u32, u32)>) -> Fences {
    match close {
        Some((end, next)) => Fences::Closed(Closed {
            format,
            span: Span::new(fence.start, next),
            fence,
            content: Span::new(content, end),
        }),
        None if first_entry(text, Span::new(content, text.len() as u32), format) == Some(true) => {
            Fences::Unclosed { fence }
        }
        None => Fences::Missing,
    }
}

fn blank_or_entry(text: &str, content: Span, format: Format) -> bool {
    first_entry(text, content, format) != Some(false)
}

/// Whether the first line that is neither blank nor a comment has the form of a key; `None` if there is none.
fn first_entry(text: &str, region: Span, format: Format) -> Option<bool> {
    let written = |line: Line| line.span.slice(text);
    let line = lines(text, region).map(written).find(|line| !line.trim().is_empty() && !line.starts_with('#'))?;
    Some(match format {
        Format::Yaml => looks_like_entry(line),
        Format::Toml => line.starts_with('[') || line.contains('='),
        Format::Json => line.trim_start().starts_with(['{', '"']),
        Format::JavaScript => true,
    })
}

/// The start of the closing fence, and the offset at which the body starts.
fn closing(text: &str, from: u32, markers: &[&str], close: Close) -> Option<(u32, u32)> {
    rest(text, from).find_map(|line| {
        let written = line.span.slice(text);
        let marker = markers.iter().find(|marker| written.starts_with(**marker))?;
        let after = line.span.start + marker.len() as u32;
        let alone = Span::new(after, line.span.end).slice(text).trim().is_empty();
        match close {
            _ if alone => Some((line.span.start, line.next)),
            Close::Prefix => Some((line.span.start, after)),
            Close::Alone => None,
        }
    })
}

fn opening_line(text: &str, start: u32, marker: &str) -> Option<Line> {
    let rest = text.get(start as usize..)?;
    if !rest.starts_with(marker) {
        return None;
    }
    lines(text, Span::new(start, text.len() as u32)).next().filter(|line| line.span.slice(text).trim_end() == marker)
}

fn fence_of(line: Line, length: u32) -> Span {
    Span::new(line.span.start, line.span.start + length)
}

fn rest(text: &str, from: u32) -> impl Iterator<Item = Line> {
    lines(text, Span::new(from, text.len() as u32))
}

/// The start of the first line that is not blank.
fn skip_blank_lines(text: &str, start: u32) -> u32 {
    rest(text, start).find(|line| !line.span.slice(text).trim().is_empty()).map_or(start, |line| line.span.start)
}

fn after_line_end(text: &str, from: u32) -> u32 {
    let line = rest_of_line(text, from, text.len() as u32);
    if line.slice(text).trim().is_empty() { rest(text, from).next().map_or(from, |line| line.next) } else { from }
}
