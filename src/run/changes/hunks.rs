//! The changed lines of files, from the output of `git diff -U0`.

use crate::diagnostic::Diagnostic;
use crate::document::read::front_matter::FrontMatter;
use crate::place::dialect::Generator;
use crate::run::changes::git::path_of;
use crate::run::changes::names::unquoted;
use crate::source::{Source, Span};
use std::collections::BTreeMap;
use std::path::PathBuf;

/// The changed lines of a file, after the change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Lines {
    /// All of them: the file is new, or git cannot compare its lines.
    All,
    /// The hunks, in order.
    Some(Vec<Hunk>),
}

/// Lines that follow each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Hunk {
    /// The first line, from 1; if there is none, the line after which lines were removed.
    pub start: usize,
    /// Number of lines; 0 if lines were only removed.
    pub count: usize,
}

/// Parses the output of `git diff -U0`: the hunks of each file by its path after the change.
pub fn hunks(output: &[u8]) -> BTreeMap<PathBuf, Vec<Hunk>> {
    let mut found: BTreeMap<PathBuf, Vec<Hunk>> = BTreeMap::new();
    let mut lines = output.split(|byte| *byte == b'\n');
    let mut path = None;
    while let Some(line) = lines.next() {
        if let Some(written) = line.strip_prefix(b"+++ ") {
            path = path_after(written);
        } else if let Some((removed, hunk)) = header(line) {
            if let Some(path) = &path {
                found.entry(PathBuf::clone(path)).or_default().push(hunk);
            }
            // The lines of the hunk, which may look like headers.
            let mut left = removed + hunk.count;
            while left > 0 {
                let Some(line) = lines.next() else { break };
                left -= usize::from(!line.starts_with(b"\\"));
            }
        }
    }
    found
}

/// The path in `+++ b/…`; `None` for a deleted file.
fn path_after(written: &[u8]) -> Option<PathBuf> {
    // A tab ends a path with spaces.
    let written = written.strip_suffix(b"\t").unwrap_or(written);
    let plain = unquoted(written).unwrap_or_else(|| written.to_vec());
    plain.strip_prefix(b"b/").map(path_of)
}

/// The number of removed lines and the added ones, from `@@ -1,2 +3,4 @@`.
fn header(line: &[u8]) -> Option<(usize, Hunk)> {
    let rest = line.strip_prefix(b"@@ -")?;
    let text = String::from_utf8_lossy(rest);
    let mut words = text.split(' ');
    let (old, new) = (words.next()?, words.next()?.strip_prefix('+')?);
    let numbers = |word: &str| {
        let (start, count) = word.split_once(',').unwrap_or((word, "1"));
        Some((start.parse().ok()?, count.parse().ok()?))
    };
    let ((_, removed), (start, count)): ((usize, usize), (usize, usize)) = (numbers(old)?, numbers(new)?);
    Some((removed, Hunk { start, count }))
}

impl Lines {
    /// Removes the findings that are not about changed lines.
    pub fn keep(&self, source: &Source, generator: Generator, found: &mut Vec<Diagnostic>) {
        let Lines::Some(hunks) = self else { return };
        if found.is_empty() {
            return;
        }
        let lines = Ends::of(source);
        let front_matter = FrontMatter::parse(source, generator);
        // Without front matter, what is missing is shown before the first line.
        let start = Span::empty(source.bom_len());
        let (fence, block) = front_matter.block().map_or((start, start), |block| (block.fence, block.span));
        let is_front_changed = self.meet(lines.of_span(block));
        found.retain(|finding| {
            // What the post lacks is shown at the opening fence.
            let is_missing = finding.label.span == fence || finding.label.span == start;
            let (first, last) = lines.of_span(finding.label.span);
            is_missing && is_front_changed || hunks.iter().any(|hunk| hunk.meets(first, last))
        });
    }

    /// Whether the front matter of a post is among them.
    pub fn meet_front_matter(&self, source: &Source) -> bool {
        let front_matter = FrontMatter::parse(source, Generator::Plain);
        front_matter.block().is_none_or(|block| self.meet(Ends::of(source).of_span(block.span)))
    }

    /// Whether one of them is in these lines, or was.
    fn meet(&self, (first, last): (usize, usize)) -> bool {
        match self {
            Lines::All => true,
            Lines::Some(hunks) => {
                hunks.iter().any(|hunk| hunk.meets(first, last) || hunk.count == 0 && hunk.start < last)
            }
        }
    }
}

impl Hunk {
    fn meets(self, first: usize, last: usize) -> bool {
        self.count > 0 && self.start <= last && first < self.start + self.count
    }
}

/// The offsets of line feeds, because git counts nothing else as the end of a line.
struct Ends(Vec<usize>);

impl Ends {
    fn of(source: &Source) -> Self {
        Ends(memchr::memchr_iter(b'\n', source.text().as_bytes()).collect())
    }

    /// The first and the last line of a span.
    fn of_span(&self, span: Span) -> (usize, usize) {
        let line = |at: u32| 1 + self.0.partition_point(|end| *end < at as usize);
        (line(span.start), line(span.end.saturating_sub(1).max(span.start)))
    }
}
