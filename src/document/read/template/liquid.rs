//! Liquid, and the syntax that Nunjucks shares with it: `{{ value }}`, `{% tag %}`, `{# comment #}`.

use crate::document::read::template::cursor::{BlankLines, Cursor, tag_name};
use crate::document::read::template::never;
use crate::document::read::template::region::{Region, Shape};
use crate::source::Span;
use memchr::memmem;

/// The variant of the language that a generator supports.
pub(super) struct Liquid {
    /// Whether `{# … #}` is a comment.
    comments: bool,
    /// Tags whose content the generator does not parse as Markdown or HTML.
    opaque: &'static [&'static str],
    /// Tags whose content is parsed as Markdown or HTML, but not as Liquid.
    verbatim: &'static [&'static str],
    /// Whether templates end at a blank line: for sites of unknown generators, which may not use templates at all.
    one_paragraph: bool,
}

impl Liquid {
    pub(super) const JEKYLL: Liquid =
        Liquid { comments: false, opaque: &["comment", "highlight"], verbatim: &["raw"], one_paragraph: false };
    pub(super) const ELEVENTY: Liquid = Liquid {
        comments: true,
        // The text between `{% set x %}` and `{% endset %}` is a value, not a part of the page.
        opaque: &["comment", "highlight", "set", "setAsync", "capture"],
        verbatim: &["raw", "verbatim"],
        one_paragraph: false,
    };
    /// Hexo replaces its own tags, including their content, before it renders Markdown.
    pub(super) const HEXO: Liquid = Liquid {
        comments: true,
        opaque: &["comment", "codeblock", "code", "raw", "highlight", "mermaid"],
        verbatim: &[],
        one_paragraph: true,
    };
    /// For sites of unknown generators. Also finds Hugo's `{{< … >}}`, because its outer delimiters are `{{` and `}}`.
    pub(super) const ANY: Liquid = Liquid {
        comments: false,
        opaque: &["comment", "highlight", "codeblock"],
        verbatim: &["raw"],
        one_paragraph: true,
    };
}

/// Finds the templates in `text` from `from` on, except in `code`.
pub(super) fn scan(text: &str, from: usize, language: &Liquid, code: &[Span]) -> Vec<Region> {
    let mut scanner = Scanner {
        text: text.as_bytes(),
        language,
        regions: Vec::new(),
        values: Cursor::new("}}"),
        tags: Cursor::new("%}"),
        comments: Cursor::new("#}"),
        blank_lines: BlankLines::default(),
        unended: Vec::new(),
    };
    let mut code = code.iter().peekable();
    let mut at = from;
    while let Some(open) = scanner.next_open(at) {
        while code.next_if(|span| span.end as usize <= open).is_some() {}
        at = match code.peek() {
            Some(span) if span.start as usize <= open => span.end as usize,
            _ => scanner.take(open),
        };
    }
    scanner.regions
}

struct Scanner<'t> {
    text: &'t [u8],
    language: &'t Liquid,
    regions: Vec<Region>,
    values: Cursor,
    tags: Cursor,
    comments: Cursor,
    blank_lines: BlankLines,
    /// Tags that have no end tag in the rest of the text.
    unended: Vec<&'static str>,
}

impl Scanner<'_> {
    fn next_open(&self, at: usize) -> Option<usize> {
        memchr::memchr(b'{', self.text.get(at..)?).map(|found| at + found)
    }

    /// Parses the template at `open`. Returns the offset at which to continue.
    fn take(&mut self, open: usize) -> usize {
        let found = match self.text.get(open + 1) {
            Some(b'{') => self.values.find(self.text, open + 2),
            Some(b'%') => self.tags.find(self.text, open + 2),
            Some(b'#') if self.language.comments => self.comments.find(self.text, open + 2),
            _ => return open + 1,
        };
        let Some(close) = found.filter(|&close| close < self.limit(open)) else { return open + 1 };
        let end = close + 2;
        match self.text.get(open + 1..open + 3) {
            Some([b'{', b'<' | b'%']) if self.language.one_paragraph => self.push(open, end, Shape::Tag),
            Some([b'{', _]) => self.push(open, end, Shape::Value),
            Some([b'%', ..]) => self.take_tag(open, end),
            _ => self.push(open, end, Shape::Tag),
        }
    }

    fn take_tag(&mut self, open: usize, end: usize) -> usize {
        let inside = self.text.get(open + 2..end - 2).unwrap_or(&[]);
        let name = tag_name(inside);
        let known = |names: &'static [&'static str]| names.iter().copied().find(|known| known.as_bytes() == name);
        // A tag such as `{% set x = y %}` has no end tag.
        if let Some(name) = known(self.language.opaque)
            && !(name == "set" && inside.contains(&b'='))
            && let Some(end_tag) = self.end_tag(name, end)
        {
            return self.push(open, end_tag.end as usize, Shape::Tag);
        }
        if !self.language.one_paragraph && never::begins(inside) && !self.unended.contains(&"if") {
            match never::end(self.text, end) {
                Some(end) => return self.push(open, end, Shape::Tag),
                None => self.unended.push("if"),
            }
        }
        let end_tag = known(self.language.verbatim).and_then(|name| self.end_tag(name, end));
        let after = self.push(open, end, Shape::Tag);
        // Skip the content: it is not parsed as Liquid, even if it resembles template syntax.
        end_tag.map_or(after, |end_tag| self.push(end_tag.start as usize, end_tag.end as usize, Shape::Tag))
    }

    fn push(&mut self, start: usize, end: usize, shape: Shape) -> usize {
        self.regions.push(Region { span: Span::of(start..end), shape });
        end
    }

    /// The offset up to which the template at `open` may extend.
    fn limit(&mut self, open: usize) -> usize {
        if self.language.one_paragraph { self.blank_lines.find(self.text, open) } else { self.text.len() }
    }

    /// The next `{% end… %}` tag for `name`, at or after `from`.
    fn end_tag(&mut self, name: &'static str, from: usize) -> Option<Span> {
        if self.unended.contains(&name) {
            return None;
        }
        let text = self.text;
        let word = format!("end{name}");
        let found = memmem::find_iter(text.get(from..)?, word.as_bytes()).find_map(|found| {
            let (start, end) = (from + found, from + found + word.len());
            let before = text.get(from..start)?;
            let before = before.trim_ascii_end();
            let before = before.strip_suffix(b"-").unwrap_or(before);
            let after = text.get(end..)?.trim_ascii_start();
            let after = after.strip_prefix(b"-").unwrap_or(after);
            let before = before.strip_suffix(b"{%")?;
            let after = after.strip_prefix(b"%}")?;
            Some(Span::of(from + before.len()..text.len() - after.len()))
        });
        if found.is_none() {
            self.unended.push(name);
        }
        found
    }
}
