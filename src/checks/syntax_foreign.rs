//! `syntax-foreign`: syntax of another Markdown engine or generator, which this one renders as text.

use crate::document::Document;
use crate::document::ask::node_at::Texts;
use crate::document::ask::prose;
use crate::document::{Node, Origin};
use crate::place::dialect::{Dialect, Generator};
use crate::rule::{Check, Context, Finding, Wants};
use crate::source::Span;
use crate::text::{line_after, line_before};
use crate::words::counted;
use regex::Regex;
use serde::Deserialize;
use std::sync::LazyLock;

/// No options.
#[derive(Deserialize)]
pub struct SyntaxForeign {}

impl Check for SyntaxForeign {
    fn wants(&self) -> Wants {
        Wants::Document
    }

    fn document(&self, context: &mut Context<'_>, document: &Document<'_>) {
        if matches!(document.place.dialect, Dialect::Html)
            || document.place.is_part()
            || document.place.is_outside_content()
        {
            return;
        }
        let body = document.body.slice(document.source.text());
        let mut texts = None;
        // Of the syntax of the others, many plugins make something in the sites of python-markdown.
        let forms = if document.place.dialect == Dialect::PythonMarkdown { FORMS_OF_PYTHON } else { FORMS };
        for form in forms {
            if !(form.applies)(document) || memchr::memmem::find(body.as_bytes(), form.hint.as_bytes()).is_none() {
                continue;
            }
            let texts = texts.get_or_insert_with(|| Texts::of(&document.tree));
            let found = form.spans(document, texts);
            // One finding for each syntax: its occurrences have the same cause.
            if let Some(&first) = found.first() {
                context.report(form.finding(document, first, found.len() - 1));
            }
        }
    }
}

/// A syntax that some engines have.
struct Form {
    /// A literal that occurs in each match, at its start.
    hint: &'static str,
    /// The bytes that may follow it; any, if there are none.
    next: &'static [u8],
    pattern: &'static LazyLock<Option<Regex>>,
    /// Whether the post's engine is known not to have this syntax.
    applies: fn(&Document<'_>) -> bool,
    /// Whether it has to be at the start of a line.
    begins_line: bool,
    /// Whether the match is what it looks like.
    is_meant: fn(&Document<'_>, &str, Span) -> bool,
    owner: &'static str,
    help: &'static str,
}

const FORMS: &[Form] = &[
    Form {
        hint: "[[",
        next: b"",
        pattern: &WIKI,
        applies: |document| {
            !matches!(document.place.generator, Generator::Plain | Generator::Eleventy | Generator::Gatsby)
        },
        begins_line: false,
        is_meant: |document, written, span| is_wiki_link(document.source.text(), written, span),
        owner: "a link of wikis and of Obsidian",
        help: "write `[text](URL)`, or `![text](URL)` for a picture",
    },
    Form {
        hint: ":::",
        next: b"",
        pattern: &CONTAINER,
        applies: |document| {
            is_one_of(document, &[Generator::Jekyll, Generator::Hugo, Generator::Zola, Generator::MdBook])
        },
        begins_line: true,
        is_meant: |document, _, span| closes_container(document.source.text(), span),
        owner: "a container of VitePress and Docusaurus",
        help: "write a block quote, or what the generator has instead",
    },
    Form {
        hint: "[",
        next: b"[_Tt",
        pattern: &TOC,
        applies: |document| {
            let generators = [Generator::Jekyll, Generator::Hugo, Generator::Zola, Generator::MdBook, Generator::Hexo];
            is_one_of(document, &generators)
        },
        begins_line: true,
        is_meant: |document, _, span| is_alone(document.source.text(), span),
        owner: "a table of contents of other engines",
        help: "remove it, or write what the generator has instead",
    },
    Form {
        hint: "[^",
        next: b"",
        pattern: &NOTE,
        applies: |document| document.place.generator != Generator::Plain,
        begins_line: false,
        is_meant: |document, written, span| is_note(document, written, span),
        owner: "a footnote without its text",
        help: "write the note, `[^1]: …`, or remove the mark",
    },
    Form {
        hint: "{%",
        next: b"",
        pattern: &TAG,
        applies: |document| {
            is_one_of(document, &[Generator::Hugo, Generator::Astro, Generator::Gatsby, Generator::MdBook])
        },
        begins_line: false,
        is_meant: |_, _, _| true,
        owner: "a template tag of another generator",
        help: "remove it, or write what the generator has instead",
    },
    Form {
        hint: "{{",
        next: b"",
        pattern: &VALUE,
        applies: |document| {
            is_one_of(document, &[Generator::Hugo, Generator::Astro, Generator::Gatsby, Generator::MdBook])
        },
        begins_line: false,
        is_meant: |_, _, _| true,
        owner: "a template of another generator",
        help: "remove it, or write what the generator has instead",
    },
    Form {
        hint: "{:",
        next: b"",
        pattern: &LIST,
        applies: |document| {
            let without = [Generator::Plain, Generator::Eleventy];
            document.place.dialect == Dialect::CommonMark && !is_one_of(document, &without)
        },
        begins_line: false,
        is_meant: |_, _, _| true,
        owner: "an attribute list of kramdown",
        help: "remove it, or write the element as HTML with its attributes",
    },
    Form {
        hint: "==",
        next: b"",
        pattern: &MARK,
        applies: |document| {
            let generators =
                [Generator::Jekyll, Generator::Astro, Generator::Zola, Generator::MdBook, Generator::Docusaurus];
            is_one_of(document, &generators)
        },
        begins_line: false,
        is_meant: |document, written, span| is_marked(document.source.text(), written, span),
        owner: "marked text of Obsidian and Typora",
        help: "write `<mark>…</mark>`",
    },
    Form {
        hint: "!!! ",
        next: b"",
        pattern: &ADMONITION,
        applies: |document| {
            let generators = [Generator::Jekyll, Generator::Hugo, Generator::Zola, Generator::MdBook, Generator::Hexo];
            is_one_of(document, &generators)
        },
        begins_line: true,
        is_meant: |_, _, _| true,
        owner: "an admonition of python-markdown",
        help: "write a block quote, or what the generator has instead",
    },
];

const FORMS_OF_PYTHON: &[Form] = &[Form {
    hint: "[^",
    next: b"",
    pattern: &NOTE,
    applies: |document| !document.place.python_markdown.has("footnotes"),
    begins_line: false,
    is_meant: |document, written, span| is_mark(document, written, span) && is_defined(document, written),
    owner: "a footnote, and the extension for them is off",
    help: "turn on the extension `footnotes`",
}];

static WIKI: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r#"^\[\[[^\[\]\n<>{}"'=$;,&`*]+\]\]"#).ok());
static CONTAINER: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"^:{3,} ?[a-z][a-z-]{1,20}(?-u:\b)").ok());
static TOC: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"(?i-u)^\[(?:\[_?)?toc(?:_?\])?\]").ok());
static NOTE: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"^\[\^[^\[\]\s]+\]").ok());
static TAG: LazyLock<Option<Regex>> = LazyLock::new(|| {
    let names = "raw|highlight|include|include_relative|assign|capture|if|unless|for|case|comment|post_url|link|codeblock|code\
                 |asset_img|asset_path|asset_link|post_link|img|youtube|vimeo|gist|blockquote|quote|pullquote|note|tabs|tab\
                 |tip|info|set|block|figure";
    Regex::new(&format!(r"^\{{%-?\s*(?:end)?(?:{names})(?-u:\b)[^%\n]*%\}}")).ok()
});
static VALUE: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(
        r"^\{\{(?:-?\s*(?:site|page|post|include|layout)\.[0-9A-Za-z_.][^{}\n]*\}\}|[<%]\s*/?[a-z][^{}\n]*[>%]\}\})",
    )
    .ok()
});
static LIST: LazyLock<Option<Regex>> = LazyLock::new(|| {
    let item = r#"(?:[.#][A-Za-z][0-9A-Za-z_-]*|[A-Za-z][0-9A-Za-z_-]*=(?:"[^"\n]*"|'[^'\n]*')|toc)"#;
    Regex::new(&format!(r"^\{{:\s*{item}(?:\s+{item})*\s*\}}")).ok()
});
static MARK: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"^==[(0-9A-Za-z\x{80}-\x{10ffff}][^=\n`<>]*==").ok());
static ADMONITION: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r#"^!!! [a-z]+(?: "[^"\n]*")?[ \t]*\r?\n {4}\S"#).ok());

// Lengths and letters are checked in Rust: in the patterns they would be expanded, and compiling them took more time than
// checking a hundred posts.

/// Maximum length of the text of a wiki link, in characters.
const LONGEST_LINK: usize = 81;

/// Maximum length of marked text, in characters.
const LONGEST_MARKED: usize = 201;

/// Maximum length of the label of a note, in characters.
const LONGEST_LABEL: usize = 40;

/// Maximum number of matches of one syntax that are examined.
const MAX_FOUND: usize = 64;

/// Maximum number of lines searched for the end of a container.
const MAX_LINES: usize = 500;

impl Form {
    /// The spans of the syntax where it is rendered as text.
    fn spans(&self, document: &Document<'_>, texts: &Texts<'_>) -> Vec<Span> {
        let source = document.source.text();
        let Some(pattern) = self.pattern.as_ref() else { return Vec::new() };
        let body = document.body.slice(source);
        let may_follow = |at: &usize| {
            let next = body.as_bytes().get(at + self.hint.len());
            self.next.is_empty() || next.is_some_and(|byte| self.next.contains(byte))
        };
        let starts = memchr::memmem::find_iter(body.as_bytes(), self.hint).filter(may_follow);
        let matching = starts.filter_map(|at| {
            let start = document.body.start + at as u32;
            Some((start, pattern.find(source.get(start as usize..)?)?.end() as u32))
        });
        let found = matching.take(MAX_FOUND).filter_map(|(start, len)| {
            let before = source.get(..start as usize)?;
            let line = line_before(source, start);
            let is_placed = !self.begins_line || line.bytes().all(|byte| matches!(byte, b' ' | b'>'));
            let is_printed = texts.node_at(start).is_some_and(is_text) && texts.node_at(start + 1).is_some_and(is_text);
            let span = Span::new(start, start + len);
            let fits = is_placed && is_printed && !before.ends_with(['\\', '`', '[']);
            (fits && (self.is_meant)(document, span.slice(source), span)).then_some(span)
        });
        found.collect()
    }

    fn finding(&self, document: &Document<'_>, span: Span, others: usize) -> Finding {
        let written = document.source.slice(span);
        let written = written.lines().next().unwrap_or(written).trim_end();
        let more = if others > 0 { format!(", here and in {}", counted(others, "other place")) } else { String::new() };
        Finding {
            message: Some(format!("`{written}` is rendered as text{more}")),
            label: Some(format!("{}: readers see it as it is", self.owner)),
            help: Some(self.help.replace("[^1]", written)),
            ..Finding::at(Span::new(span.start, span.start + written.len() as u32))
        }
    }
}

fn is_one_of(document: &Document<'_>, generators: &[Generator]) -> bool {
    generators.contains(&document.place.generator)
}

fn is_text(node: Node<'_>) -> bool {
    node.origin() == Origin::Markdown && prose::is_prose(node) && !node.ancestors().any(|it| it.is_link())
}

/// Whether the match is a link to a page and not an array or a table of a config file.
fn is_wiki_link(source: &str, written: &str, span: Span) -> bool {
    let inside = written.trim_start_matches('[').trim_end_matches(']');
    let after = source.get(span.end as usize..).unwrap_or("");
    let before = source.get(..span.start as usize).unwrap_or("");
    let begins = inside.starts_with(char::is_alphanumeric) && (2..=LONGEST_LINK).contains(&inside.chars().count());
    let is_number = inside.bytes().all(|byte| byte.is_ascii_digit() || byte == b' ');
    let is_name = inside.contains(['.', '_', ':']) && inside.is_ascii() && !inside.contains(['|', ' ', '/']);
    let is_command = inside.starts_with(' ') || inside.ends_with(' ') || inside.contains(" -");
    let follows_word = before.ends_with(|c: char| c.is_ascii_alphanumeric() || matches!(c, ']' | ')'));
    let is_toc = inside.eq_ignore_ascii_case("toc");
    let is_picture = before.ends_with('!');
    begins
        && (is_picture || !is_name)
        && !is_number
        && !is_command
        && !follows_word
        && !is_toc
        && !after.starts_with(['(', '[', ':', ']'])
}

/// Whether a line of colons follows.
fn closes_container(source: &str, span: Span) -> bool {
    let after = source.get(span.end as usize..).unwrap_or("");
    let is_end = |line: &str| line.trim().len() >= 3 && line.trim().bytes().all(|byte| byte == b':');
    after.lines().skip(1).take(MAX_LINES).any(is_end)
}

/// Whether the marks are around words, and do not compare two values.
fn is_marked(source: &str, written: &str, span: Span) -> bool {
    let before = source.get(..span.start as usize).and_then(|text| text.chars().next_back());
    let after = source.get(span.end as usize..).and_then(|text| text.chars().next());
    let inside = written.trim_matches('=');
    // Languages without spaces have marks inside of words.
    let is_apart =
        |c: Option<char>| c.is_none_or(|c| c != '=' && !(c.is_ascii_alphanumeric() || matches!(c, '!' | '"' | '\'')));
    let begins = inside.starts_with(|c: char| c.is_alphanumeric() || matches!(c, '“' | '‘' | '(' | '（' | '「'));
    let is_short = inside.len() <= LONGEST_MARKED || inside.chars().count() <= LONGEST_MARKED;
    begins && is_short && is_apart(before) && is_apart(after) && !inside.ends_with(char::is_whitespace)
}

/// Whether nothing else is on the line.
fn is_alone(source: &str, span: Span) -> bool {
    line_after(source, span.end).trim().is_empty()
}

/// Whether the match is the mark of a note that the post does not define, and not a class of characters.
fn is_note(document: &Document<'_>, written: &str, span: Span) -> bool {
    let label = written.trim_start_matches("[^").trim_end_matches(']');
    let is_number = label.len() <= 3 && label.bytes().all(|byte| byte.is_ascii_digit());
    let has_notes = || document.source.text().contains("\n[^");
    // A note with its text may be rendered by a plugin.
    is_mark(document, written, span) && !is_defined(document, written) && (is_number || has_notes())
}

/// Whether a line begins with this mark and a colon.
fn is_defined(document: &Document<'_>, written: &str) -> bool {
    document.source.text().contains(&format!("\n{written}:"))
}

/// Whether the match may be the mark of a note, and not the note itself or a class of characters.
fn is_mark(document: &Document<'_>, written: &str, span: Span) -> bool {
    let source = document.source.text();
    let after = source.get(span.end as usize..).unwrap_or("");
    let before = source.get(..span.start as usize).unwrap_or("");
    let label = written.trim_start_matches("[^").trim_end_matches(']');
    let is_label =
        label.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-')) && label.chars().count() <= LONGEST_LABEL;
    let begins_line = before.is_empty() || before.ends_with('\n');
    let is_pattern =
        before.ends_with(['(', '^', '/', '|', '\\']) || after.starts_with(['*', '+', '?', '{', '(', '/', '|']);
    let is_definition = begins_line && after.starts_with(':');
    is_label && !is_definition && !is_pattern
}
