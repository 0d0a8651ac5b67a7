//! Finds the start and the end of code spans.

use crate::document::read::kramdown::lines::is_space;
use std::ops::Range;

/// The runs of backticks in a text. After the first search without a result, the longest runs are cached, so that later
/// searches do not scan to the end again.
#[derive(Debug)]
pub(in crate::document::read::kramdown) struct Backticks<'t> {
    text: &'t [u8],
    start: usize,
    /// Start and length of each run that is longer than all runs after it.
    longest: Option<Vec<(usize, usize)>>,
}

impl<'t> Backticks<'t> {
    /// The runs of `text` from `start` on.
    pub(in crate::document::read::kramdown) fn new(text: &'t [u8], start: usize) -> Backticks<'t> {
        Backticks { text, start, longest: None }
    }

    /// The offset of the next occurrence of `marks` in `source` from `from` on. `source` is a prefix of the text, or
    /// all of it.
    fn find(&mut self, source: &[u8], from: usize, marks: &[u8]) -> Option<usize> {
        let rest = source.get(from..)?;
        if self.longest.as_ref().is_some_and(|runs| longest_from(runs, from) < marks.len()) {
            return None;
        }
        let found = match marks.len() {
            1 => memchr::memchr(b'`', rest),
            _ => memchr::memmem::find(rest, marks),
        };
        if found.is_none() && self.longest.is_none() {
            self.longest = Some(longest_runs(self.text, self.start));
        }
        found
    }
}

fn longest_from(runs: &[(usize, usize)], from: usize) -> usize {
    runs.get(runs.partition_point(|run| run.0 < from)).map_or(0, |run| run.1)
}

fn longest_runs(text: &[u8], start: usize) -> Vec<(usize, usize)> {
    let mut runs: Vec<(usize, usize)> = Vec::new();
    let mut rest = text.get(start..).unwrap_or_default();
    while let Some(last) = memchr::memrchr(b'`', rest) {
        let len = rest[..=last].iter().rev().take_while(|&&byte| byte == b'`').count();
        let first = last + 1 - len;
        if runs.last().is_none_or(|&(_, longest)| len > longest) {
            runs.push((start + first, len));
        }
        rest = &rest[..first];
    }
    runs.reverse();
    runs
}

/// The code span that starts at `at`: the range of its content, and its end.
pub(in crate::document::read::kramdown) fn code_span(
    source: &str,
    at: usize,
    backticks: &mut Backticks<'_>,
) -> Option<(Range<usize>, usize)> {
    let bytes = source.as_bytes();
    let marks = bytes.get(at..)?.iter().take_while(|&&byte| byte == b'`').count();
    let inside = at + marks;
    let before = if at > backticks.start { bytes.get(at - 1) } else { None };
    let after = bytes.get(inside);
    if marks == 1 && before.is_none_or(|&byte| is_space(byte)) && after.is_some_and(|&byte| is_space(byte)) {
        return None;
    }
    let len = backticks.find(bytes, inside, &bytes[at..inside])?;
    let (mut from, mut to) = (inside, inside + len);
    if marks > 1 {
        if bytes.get(from) == Some(&b' ') && from < to {
            from += 1;
        }
        if from < to && bytes[to - 1] == b' ' {
            to -= 1;
        }
    }
    Some((from..to, inside + len + marks))
}
