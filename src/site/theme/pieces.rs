//! Splits a template into pieces: text, and code between the delimiters of its language. The time is linear.

use std::ops::Range;

/// The delimiters of a template language.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Marks {
    /// `{{ … }}` and `{% … %}`: Liquid, Nunjucks, Jinja and Tera, and Go templates.
    Braces,
    /// `<% … %>`: EJS.
    Percent,
    /// `{ … }`: Astro.
    Expressions,
}

/// The kind of a piece.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// HTML.
    Text,
    /// Code whose value is printed.
    Output,
    /// Other code.
    Tag,
}

/// A part of a template.
#[derive(Clone, Copy, Debug)]
pub struct Piece<'t> {
    /// The kind of the piece.
    pub kind: Kind,
    /// Its text, without delimiters.
    pub text: &'t str,
    /// The line on which it starts.
    pub line: u32,
}

/// Splits a template into pieces.
pub fn pieces(text: &str, marks: Marks) -> Vec<Piece<'_>> {
    let mut cutter = Cutter { text, line: 1, counted: 0, found: Vec::new() };
    match marks {
        Marks::Braces => cutter.cut(&[("{#", "#}"), ("{{", "}}"), ("{%", "%}")], b'{'),
        Marks::Percent => cutter.cut(&[("<%#", "%>"), ("<%", "%>")], b'<'),
        Marks::Expressions => cutter.expressions(),
    }
    cutter.found
}

struct Cutter<'t> {
    text: &'t str,
    line: u32,
    counted: usize,
    found: Vec<Piece<'t>>,
}

impl<'t> Cutter<'t> {
    fn push(&mut self, kind: Kind, range: Range<usize>) {
        let before = self.text.get(self.counted..range.start).unwrap_or("");
        self.line += memchr::memchr_iter(b'\n', before.as_bytes()).count() as u32;
        self.counted = self.counted.max(range.start);
        if let Some(text) = self.text.get(range).filter(|text| !text.is_empty()) {
            self.found.push(Piece { kind, text, line: self.line });
        }
    }

    fn cut(&mut self, marks: &[(&str, &str)], first: u8) {
        let (mut text_from, mut at) = (0, 0);
        // A delimiter that is never closed is text, and so are all later ones of the same kind.
        let mut unclosed: Vec<&str> = Vec::new();
        while let Some(next) = self.text.as_bytes().get(at..).and_then(|rest| memchr::memchr(first, rest)) {
            let open = at + next;
            let rest = self.text.get(open..).unwrap_or("");
            at = open + 1;
            let mark = marks.iter().find(|(mark, end)| rest.starts_with(mark) && !unclosed.contains(end));
            let Some((mark, end)) = mark else { continue };
            let from = open + mark.len();
            let Some(length) = self.text.get(from..).and_then(|rest| rest.find(end)) else {
                unclosed.push(end);
                continue;
            };
            self.push(Kind::Text, text_from..open);
            at = from + length + end.len();
            text_from = at;
            let code = self.text.get(from..from + length).unwrap_or("");
            let trimmed = code.trim_start_matches(['-', '=', '~', '_']);
            let start = from + code.len() - trimmed.len();
            let until = from + code.trim_end_matches(['-', '~', '_']).len();
            match *mark {
                "{#" | "<%#" => {}
                "{{" => self.push(Kind::Output, start..until),
                "<%" if code.starts_with(['=', '-']) => self.push(Kind::Output, start..until),
                _ => self.push(Kind::Tag, start..until),
            }
        }
        self.push(Kind::Text, text_from..self.text.len());
    }

    /// Splits an Astro component: the script at the top is one tag, and the braces in the markup may nest.
    fn expressions(&mut self) {
        let script = self.text.trim_start().strip_prefix("---").and_then(|rest| Some((rest, rest.find("\n---")?)));
        let mut text_from = 0;
        if let Some((rest, length)) = script {
            let from = self.text.len() - rest.len();
            self.push(Kind::Tag, from..from + length);
            text_from = from + length + "\n---".len();
        }
        let (mut depth, mut open, mut at) = (0_usize, 0, text_from);
        while let Some(next) = self.text.as_bytes().get(at..).and_then(|rest| memchr::memchr2(b'{', b'}', rest)) {
            let here = at + next;
            at = here + 1;
            if self.text.as_bytes().get(here) == Some(&b'{') {
                if depth == 0 {
                    self.push(Kind::Text, text_from..here);
                    open = at;
                }
                depth += 1;
            } else if depth > 0 {
                depth -= 1;
                if depth == 0 {
                    self.expression(open..here);
                    text_from = at;
                }
            }
        }
        self.push(Kind::Text, text_from.max(open)..self.text.len());
    }

    /// Splits an expression such as `{image && <p>{title}</p>}` into the code before the markup, the markup, and the
    /// values printed in it.
    fn expression(&mut self, range: Range<usize>) {
        let code = self.text.get(range.clone()).unwrap_or("");
        let Some(markup) = code.find('<').filter(|at| code.get(at + 1..).is_some_and(is_tag)) else {
            return self.push(Kind::Output, range);
        };
        self.push(Kind::Tag, range.start..range.start + markup);
        let mut from = range.start + markup;
        while let Some(open) = self.text.get(from..range.end).and_then(|rest| rest.find('{')).map(|at| from + at) {
            let Some(close) = self.text.get(open..range.end).and_then(|rest| rest.find('}')).map(|at| open + at) else {
                break;
            };
            self.push(Kind::Text, from..open);
            self.push(Kind::Output, open + 1..close);
            from = close + 1;
        }
        self.push(Kind::Text, from..range.end);
    }
}

fn is_tag(rest: &str) -> bool {
    rest.starts_with(|c: char| c.is_ascii_alphabetic() || c == '/' || c == '>')
}
