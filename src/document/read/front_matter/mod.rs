//! Front matter: the block of YAML, TOML or JSON before the post, parsed as the site's generator parses it.

mod block_scalar;
pub mod calendar;
pub mod date_formats;
mod duplicates;
mod engine;
mod fence;
mod hash;
mod json;
pub(in crate::document) mod keys;
pub(in crate::document) mod line;
mod problem;
pub(crate) mod quote;
mod reborrow;
mod salvage;
mod simple_yaml;
mod toml;
pub mod types;
pub mod value;
mod yaml;

use crate::place::dialect::Generator;
use crate::source::{Source, Span};
pub use duplicates::Duplicate;
use fence::{Closed, Fences};
pub use problem::Problem;
use value::{Data, Entry, Mapping, Style, Value};

/// The front matter of a file, if any.
#[derive(Debug)]
#[expect(clippy::large_enum_variant, reason = "there is one per document")]
pub enum FrontMatter<'s> {
    /// There is no front matter: the body starts at the start of the file.
    Missing,
    /// An opening fence that is never closed; the generator prints it as text.
    Unclosed {
        /// The opening fence.
        fence: Span,
    },
    /// Front matter with both fences.
    Present(Block<'s>),
}

/// A closed block of front matter.
#[derive(Debug)]
pub struct Block<'s> {
    /// The language that it is written in.
    pub format: Format,
    /// Byte span of the whole block, including the fences and the line ending after the closing one.
    pub span: Span,
    /// Byte span of the opening fence, such as `---`; empty if Hexo's opening fence is missing.
    pub fence: Span,
    /// Byte span of the text between the fences.
    pub content: Span,
    /// The keys. If YAML has a `problem`, they are found line by line: every top-level key, including the broken one
    /// (whose value is its source text), with all aliases counted as defined.
    pub mapping: Mapping<'s>,
    /// The value, if it is not a mapping (`--- just text ---`).
    pub other: Option<Value<'s>>,
    /// Byte spans of YAML comments, in order; empty for other formats and for YAML that does not parse.
    pub comments: Vec<Span>,
    /// Why the block does not parse.
    pub problem: Option<Problem>,
    /// Whether there is TOML (`title = "…"`) between the fences of YAML, which YAML parses as one long text or one odd
    /// key.
    pub holds_toml: bool,
}

/// The languages of front matter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// YAML between `---`.
    Yaml,
    /// TOML between `+++`.
    Toml,
    /// JSON in braces.
    Json,
    /// A program between `---js` and `---`. Only its generator can know its keys, so `mapping` is always empty.
    JavaScript,
}

impl Format {
    /// The format's name for messages.
    pub const fn as_str(self) -> &'static str {
        match self {
            Format::Yaml => "YAML",
            Format::Toml => "TOML",
            Format::Json => "JSON",
            Format::JavaScript => "JavaScript",
        }
    }
}

/// Parses a YAML file other than a post, such as a config file; `None` if it is empty.
pub fn parse_yaml(text: &str, region: Span) -> Result<Option<Value<'_>>, Problem> {
    match yaml::parse(text, region) {
        Ok(parsed) => Ok(parsed.root),
        Err(failure) => Err(problem::of_yaml(text, region, failure)),
    }
}

/// Parses a TOML file other than a post: the entries that could be parsed, and the first error.
pub fn parse_toml(text: &str, region: Span) -> (Mapping<'_>, Option<Problem>) {
    toml::parse(text, region)
}

/// Parses a JSON file other than a post: the entries that could be parsed, and the first error.
pub fn parse_json(text: &str, region: Span) -> (Mapping<'_>, Option<Problem>) {
    json::parse(text, region)
}

impl<'s> FrontMatter<'s> {
    /// Parses the front matter of a file.
    pub fn parse(source: &'s Source, generator: Generator) -> Self {
        match fence::find(source, generator) {
            Fences::Missing => FrontMatter::Missing,
            Fences::Unclosed { fence } => FrontMatter::Unclosed { fence },
            Fences::Closed(closed) => FrontMatter::Present(Block::parse(source.text(), closed, generator)),
        }
    }

    /// The closed block, if there is one.
    pub fn block(&self) -> Option<&Block<'s>> {
        match self {
            FrontMatter::Present(block) => Some(block),
            _ => None,
        }
    }

    /// The entry that the generator uses for a top-level key.
    pub fn get(&self, key: &str) -> Option<&Entry<'s>> {
        self.block()?.mapping.get(key)
    }

    /// Byte offset of the start of the body.
    pub fn body_start(&self, source: &Source) -> u32 {
        self.block().map_or(source.bom_len(), |block| block.span.end)
    }
}

impl<'s> Block<'s> {
    fn parse(text: &'s str, closed: Closed, generator: Generator) -> Self {
        let Closed { format, span, fence, content } = closed;
        let mapping = Mapping::default();
        let block = Block {
            format,
            span,
            fence,
            content,
            mapping,
            other: None,
            comments: Vec::new(),
            problem: None,
            holds_toml: false,
        };
        match format {
            Format::Yaml => {
                let block = block.read_yaml(text, generator);
                Block { holds_toml: block.looks_like_toml(), ..block }
            }
            Format::Toml => {
                let (mapping, problem) = toml::parse(text, content);
                Block { mapping, problem, ..block }
            }
            Format::Json => {
                let (mapping, problem) = json::parse(text, content);
                Block { mapping, problem, ..block }
            }
            Format::JavaScript => block,
        }
    }

    fn read_yaml(mut self, text: &'s str, generator: Generator) -> Self {
        let problem = match engine::parse(text, self.content, generator) {
            Ok(parsed) => {
                self.take(parsed);
                return self;
            }
            Err(problem) => problem,
        };
        if generator == Generator::Hexo
            && let Some(parsed) = without_tabs(text, self.content)
        {
            self.take(parsed);
            return self;
        }
        self.mapping = salvage::mapping(text, self.content);
        // Pelican reads the metadata of Markdown with python-markdown's `meta`: line by line, not as YAML.
        if generator != Generator::Pelican {
            self.problem = Some(problem);
        }
        self
    }

    fn take(&mut self, parsed: yaml::Parsed<'s>) {
        self.comments = parsed.comments;
        match parsed.root {
            Some(Value { data: Data::Mapping(mapping), .. }) => self.mapping = mapping,
            Some(root) if root.as_scalar().is_some_and(|scalar| scalar.style == Style::Absent) => {}
            root => self.other = root,
        }
    }

    /// Whether the keys are known. If not, rules about keys do not apply.
    pub fn is_readable(&self) -> bool {
        self.format != Format::JavaScript && !self.holds_toml
    }

    fn looks_like_toml(&self) -> bool {
        let first = self.mapping.entries.first().and_then(Entry::name);
        let text = self.other.as_ref().and_then(Value::text).or(first).unwrap_or("").trim_start();
        let name = text.trim_start_matches(|c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-'));
        name.len() < text.len() && is_assigned(name.trim_start())
    }

    /// The text that an unquoted ` #` evidently cuts off from `value`, as in `C #` and `#1`. Other comments may be
    /// remarks of the author.
    pub fn lost_behind(&self, text: &str, value: &Value<'_>) -> Option<Span> {
        let style = value.as_scalar()?.style;
        let comment = self.comment_behind(text, value).filter(|_| matches!(style, Style::Plain | Style::Absent))?;
        let word = comment.slice(text).trim_end().strip_prefix('#')?;
        let before = value.text().unwrap_or("");
        let is_item = style == Style::Absent && self.is_item(text, comment);
        (hash::is_text(before, word) || is_item && word.starts_with(char::is_alphanumeric))
            .then(|| Span::new(comment.start, comment.start + 1 + word.len() as u32))
    }

    /// Whether the comment is all there is in an item of a list.
    fn is_item(&self, text: &str, comment: Span) -> bool {
        let head = Span::new(self.content.start, comment.start).slice(text);
        head.rsplit('\n').next().is_some_and(|line| line.trim() == "-")
    }

    /// Whether lines of the front matter end with remarks as a rule: more than a third of the keys, or one whose value
    /// is a date, a list or a mapping.
    pub fn has_remarks(&self, text: &str) -> bool {
        let has_remark = |entry: &&Entry<'_>| {
            let comment = self.comment_behind(text, &entry.value);
            let word = comment.and_then(|comment| comment.slice(text).trim_end().get(1..));
            word.filter(|word| word.starts_with(char::is_alphanumeric))
                .is_some_and(|word| !hash::is_text(entry.value.text().unwrap_or(""), word))
        };
        let remarked: Vec<&Entry<'_>> = self.mapping.entries.iter().filter(has_remark).collect();
        let is_no_text = |entry: &&Entry<'_>| {
            let is_date = || entry.value.text().is_some_and(|text| text.starts_with(|c: char| c.is_ascii_digit()));
            entry.value.as_scalar().is_none() || is_date()
        };
        remarked.len() > 1 && (remarked.len() * 3 > self.mapping.entries.len() || remarked.iter().any(is_no_text))
    }

    /// The comment after `value` on its last line.
    fn comment_behind(&self, text: &str, value: &Value<'_>) -> Option<Span> {
        let end = value.full_span.end;
        let next = self.comments.partition_point(|comment| comment.start < end);
        let behind =
            |comment: &&Span| Span::new(end, comment.start).slice(text).trim_start_matches([':', ' ', '\t']).is_empty();
        // The span of a list item that consists of a comment extends to the next item.
        let after_dash = |comment: &&Span| {
            let head = Span::new(self.content.start, comment.start).slice(text);
            let nothing = value.span.is_empty() && Span::new(comment.end, end).slice(text).trim().is_empty();
            nothing && head.rsplit('\n').next().is_some_and(|line| line.trim() == "-")
        };
        let before = next.checked_sub(1).and_then(|before| self.comments.get(before));
        self.comments.get(next).filter(behind).or(before.filter(after_dash)).copied()
    }

    /// Every key that is repeated in the same mapping, at any depth, in source order.
    pub fn duplicates(&self) -> Vec<Duplicate<'_>> {
        duplicates::find(&self.mapping, self.other.as_ref())
    }
}

/// Parses front matter like Hexo, which replaces a tab at the start of a line with spaces.
fn without_tabs(text: &str, content: Span) -> Option<yaml::Parsed<'_>> {
    if !content.slice(text).contains('\t') {
        return None;
    }
    let mut changed = text.get(..content.start as usize)?.to_owned();
    for line in line::lines(text, content) {
        let written = Span::new(line.span.start, line.next).slice(text);
        let rest = written.trim_start_matches('\t');
        changed.extend(std::iter::repeat_n(' ', written.len() - rest.len()));
        changed.push_str(rest);
    }
    let parsed = yaml::parse(&changed, content).ok()?;
    Some(yaml::Parsed { root: parsed.root.map(|root| reborrow::value(&root, text, 0)), comments: parsed.comments })
}

/// Whether the text starts like the value of a key in TOML: `= "…"`.
fn is_assigned(text: &str) -> bool {
    let value = text.strip_prefix('=').map(str::trim_start);
    value.is_some_and(|value| {
        value.starts_with(['"', '\'', '[', '{', 't', 'f']) || value.starts_with(|c: char| c.is_ascii_digit())
    })
}
