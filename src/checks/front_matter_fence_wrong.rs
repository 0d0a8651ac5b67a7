//! `front-matter-fence-wrong`: front matter whose first line its generator does not accept as the fence.

use crate::checks::front_matter_not_first::is_front_matter;
use crate::diagnostic::{Fix, Safety};
use crate::document::Document;
use crate::document::read::front_matter::FrontMatter;
use crate::edit::Edit;
use crate::place::dialect::Generator;
use crate::rule::{Check, Context, Finding, Wants};
use crate::source::Span;
use serde::Deserialize;

#[derive(Deserialize)]
pub struct FrontMatterFenceWrong {}

/// Maximum number of lines searched for the closing fence.
const MAX_LINES: usize = 200;

impl Check for FrontMatterFenceWrong {
    fn wants(&self) -> Wants {
        Wants::Document
    }

    fn document(&self, context: &mut Context<'_>, document: &Document<'_>) {
        let generator = document.place.generator;
        if !matches!(document.front_matter, FrontMatter::Missing) {
            return;
        }
        let text = document.source.text();
        let start = document.source.bom_len();
        let body = text.get(start as usize..).unwrap_or_default();
        let Some(fence) = Fence::of(body, generator) else { return };
        let edits: Vec<Edit> = fence.edits.iter().map(|(at, len)| edit(start + *at as u32, *len)).collect();
        let repaired = Edit::apply(text, &edits).map(|text| fence.with_line_feeds(&text));
        if !repaired.is_some_and(|text| is_front_matter(&text, generator)) {
            return;
        }
        let first = Span::new(start, start + fence.first.len() as u32);
        let (label, help) = fence.wrong.words();
        context.report(Finding {
            message: Some(format!("{generator} prints this front matter as text: its first line is not `---`")),
            label: Some(label),
            help: Some(help),
            fix: (fence.wrong != Wrong::LineEnds).then(|| Fix::new("write `---`", Safety::Unsafe, edits)),
            ..Finding::at(first)
        });
    }
}

fn edit(start: u32, len: usize) -> Edit {
    Edit { span: Span::new(start, start + len as u32), text: "---".to_owned() }
}

/// What is wrong with a first line that begins with `---`.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Wrong {
    Dashes,
    Comment,
    /// An invisible character behind the dashes.
    Character(char),
    /// A word, such as the name of a language.
    Word(String),
    /// Lines that end with a carriage return alone.
    LineEnds,
}

impl Wrong {
    /// The label and the help.
    fn words(&self) -> (String, String) {
        let exact = "write exactly three dashes".to_owned();
        match self {
            Wrong::Dashes => ("more than three dashes".to_owned(), exact),
            Wrong::Comment => {
                ("a comment after the dashes".to_owned(), "write the comment on the next line".to_owned())
            }
            Wrong::Character(c) => {
                let label = format!("an invisible character (U+{:04X}) after the dashes", u32::from(*c));
                (label, "remove it".to_owned())
            }
            Wrong::Word(word) => (format!("`{word}` after the dashes"), format!("remove `{word}`")),
            Wrong::LineEnds => (
                "this line ends with a carriage return alone".to_owned(),
                "save the file with line feeds (LF) at the ends of lines".to_owned(),
            ),
        }
    }
}

/// A first line that was meant as the opening fence.
struct Fence<'t> {
    first: &'t str,
    wrong: Wrong,
    /// The offset and the length of each fence that must become `---`.
    edits: Vec<(usize, usize)>,
}

impl<'t> Fence<'t> {
    fn of(body: &'t str, generator: Generator) -> Option<Self> {
        let line = body.split('\n').next()?;
        let is_other_end = generator == Generator::Jekyll && line.trim_end_matches('\r').contains('\r');
        let first = line.split('\r').next()?;
        let rest = first.strip_prefix("---")?;
        let wrong = match rest.trim() {
            "" if is_other_end => Wrong::LineEnds,
            "" => Wrong::Character(rest.chars().find(|c| !c.is_ascii())?),
            dashes if dashes.bytes().all(|b| b == b'-') => Wrong::Dashes,
            // Eleventy takes a word for the name of a language.
            _ if generator != Generator::Jekyll => return None,
            comment if comment.starts_with('#') && rest.starts_with(' ') => Wrong::Comment,
            invisible if invisible.chars().all(is_invisible) => Wrong::Character(invisible.chars().next()?),
            word if !word.contains(' ') => Wrong::Word(word.to_owned()),
            _ => return None,
        };
        let mut edits = vec![(0, first.len())];
        // The closing fence must be exact, too.
        let mut at = line.len() + 1;
        for line in body.split('\n').skip(1).take(MAX_LINES) {
            let written = line.trim_end();
            if written == "---" {
                break;
            }
            if written.len() > 3 && written.bytes().all(|b| b == b'-') {
                edits.push((at, written.len()));
                break;
            }
            at += line.len() + 1;
        }
        Some(Fence { first, wrong, edits })
    }

    /// The text as it would be with the right line ends.
    fn with_line_feeds(&self, text: &str) -> String {
        if self.wrong == Wrong::LineEnds { text.replace("\r\n", "\n").replace('\r', "\n") } else { text.to_owned() }
    }
}

fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}' | '\u{3164}') || c.is_whitespace()
}
