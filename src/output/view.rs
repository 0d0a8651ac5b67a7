//! Prepares the lines of a post for the excerpt of one finding, in the form that miette expects. miette never receives
//! the whole file: it would scan the file from the start, count columns in bytes, and print long lines and control
//! characters unchanged.

use crate::output::{ColumnUnit, visible};
use crate::source::{Source, Span};
use miette::{MietteError, MietteSpanContents, SourceCode, SourceSpan, SpanContents};
use std::ops::{Range, RangeInclusive};
use unicode_width::UnicodeWidthChar;

/// Lines shown before and after each label.
pub(super) const CONTEXT_LINES: u32 = 1;
/// Width of a tab stop in cells.
pub(super) const TAB_WIDTH: usize = 4;
/// Maximum number of lines of a label. A taller one is shown on its first line only.
const TALL: u32 = 6;
/// Number of cells before the text of a label: `╰── `.
const BEFORE_LABEL: usize = 4;
/// Minimum number of cells of a line that are shown, however narrow the terminal is.
const NARROWEST: usize = 20;
/// Number of leading spaces from which a line is treated as blank, so that the rest of it is not examined.
const BLANKS: usize = 1000;
/// Minimum number of bytes between two shown parts of a line. A smaller gap is shown as well.
const SMALL_GAP: usize = 4;

/// The available width, the replacement for omitted text, and what columns count.
#[derive(Clone, Copy)]
pub(super) struct Frame {
    /// Width of the terminal in cells.
    pub(super) width: usize,
    /// The text that replaces omitted parts of a line.
    pub(super) ellipsis: &'static str,
    /// What the column in the header counts.
    pub(super) unit: ColumnUnit,
}

/// The excerpt of one finding.
#[derive(Debug)]
pub(super) struct View {
    path: String,
    text: String,
    snippets: Vec<Snippet>,
    labels: Vec<ViewLabel>,
}

/// The position of a label in the view and in the file.
#[derive(Clone, Debug)]
pub(super) struct ViewLabel {
    /// Byte range in the view.
    pub(super) range: Range<usize>,
    /// If the label is shown on its first line only, the line of the file on which it really ends.
    pub(super) continues_to: Option<u32>,
    /// Line numbers in the file, from 1.
    pub(super) lines: Range<u32>,
    /// The column of its start in the file, from 1.
    column: u32,
}

/// A group of adjacent lines, shown in one frame.
#[derive(Debug)]
struct Snippet {
    /// The number in the file of its first line, from 1.
    first_line: u32,
    /// Byte range in the view.
    range: Range<usize>,
}

/// A label as it will be drawn: at most [`TALL`] lines.
struct Mark {
    span: Span,
    first_line: u32,
    last_line: u32,
    continues_to: Option<u32>,
}

/// A part of a line that is shown.
struct Piece {
    /// Byte range in the line.
    range: Range<usize>,
    /// Start in the view, in bytes.
    start: usize,
    /// End in the view, in bytes, including the ellipsis after it.
    end: usize,
}

impl View {
    /// The lines around `spans`, and the position of each label in the view.
    pub(super) fn new(path: &str, source: &Source, spans: &[Span], frame: Frame) -> View {
        let marks: Vec<Mark> = spans.iter().map(|&span| Mark::new(source, span)).collect();
        let labels = marks.iter().map(|mark| ViewLabel::unplaced(source, mark, frame.unit)).collect();
        let mut view = View { path: path.to_owned(), text: String::new(), snippets: Vec::new(), labels };
        for lines in snippet_lines(source, &marks) {
            let budget = line_budget(frame, *lines.end(), &marks);
            let snippet_start = view.text.len();
            let first_line = *lines.start();
            for line in lines {
                view.push_line(source, line, &marks, budget, frame.ellipsis);
            }
            view.snippets.push(Snippet { first_line, range: snippet_start..view.text.len() });
        }
        view
    }

    /// The labels, in the order of their spans.
    pub(super) fn labels(&self) -> &[ViewLabel] {
        &self.labels
    }

    /// The number of cells to the right of where a label is drawn, in a terminal of `width` cells.
    pub(super) fn room(&self, label: &ViewLabel, width: usize) -> usize {
        let line_number = label.lines.end.to_string().len() + 4;
        let tall = self.labels.iter().filter(|label| label.lines.len() > 1).count();
        let gutter = if tall > 0 { tall + 3 } else { 0 };
        // miette draws a label of one line below its middle, and others in the margin.
        let before = match label.lines.len() {
            1 => {
                let start = self.text.get(..label.range.start).and_then(|text| text.rfind('\n')).map_or(0, |at| at + 1);
                let to =
                    |end: usize| self.text.get(start..end).unwrap_or("").chars().map(|c| cells(c, None)).sum::<usize>();
                let left = to(label.range.start);
                (left + to(label.range.end).max(left + 1)) / 2
            }
            _ => 0,
        };
        width.saturating_sub(line_number + gutter + before + BEFORE_LABEL)
    }

    fn push_line(&mut self, source: &Source, line: u32, marks: &[Mark], budget: usize, ellipsis: &str) {
        let span = source.line_span(line);
        let text = source.slice(span);
        let touching: Vec<Range<usize>> = marks.iter().filter_map(|mark| mark.on_line(line, span)).collect();
        let pieces = self.push_pieces(text, windows(text, &touching, budget), ellipsis);
        self.text.push('\n');
        for (mark, label) in marks.iter().zip(&mut self.labels) {
            let Some(within) = mark.on_line(line, span) else { continue };
            if mark.first_line == line {
                label.range.start = in_view(text, &pieces, within.start);
            }
            if mark.last_line == line {
                label.range.end = in_view(text, &pieces, within.end).max(label.range.start);
            }
        }
    }

    fn push_pieces(&mut self, text: &str, windows: Vec<Range<usize>>, ellipsis: &str) -> Vec<Piece> {
        if windows.first().is_some_and(|window| window.start > 0) {
            self.text.push_str(ellipsis);
        }
        let mut pieces = Vec::with_capacity(windows.len());
        for window in windows {
            let start = self.text.len();
            push_visible(&mut self.text, text, window.clone());
            if window.end < text.len() {
                self.text.push_str(ellipsis);
            }
            pieces.push(Piece { range: window, start, end: self.text.len() });
        }
        pieces
    }
}

impl SourceCode for View {
    /// With lines of context, returns the whole snippet around `span`; without, the position of the label that starts
    /// there.
    fn read_span<'a>(
        &'a self,
        span: &SourceSpan,
        lines_before: usize,
        _lines_after: usize,
    ) -> Result<Box<dyn SpanContents<'a> + 'a>, MietteError> {
        let range = span.offset()..span.offset() + span.len();
        let snippet = self
            .snippets
            .iter()
            .find(|snippet| snippet.range.start <= range.start && range.end <= snippet.range.end)
            .ok_or(MietteError::OutOfBounds)?;
        let (shown, line, column) = if lines_before > 0 {
            (snippet.range.clone(), snippet.first_line, 1)
        } else {
            let label = self.labels.iter().find(|label| label.range.start == range.start);
            let (line, column) = label.map_or((snippet.first_line, 1), |label| (label.lines.start, label.column));
            (range, line, column)
        };
        let data = self.text.get(shown.clone()).ok_or(MietteError::OutOfBounds)?;
        Ok(Box::new(MietteSpanContents::new_named(
            self.path.clone(),
            data.as_bytes(),
            (shown.start, shown.len()).into(),
            line as usize - 1,
            column as usize - 1,
            data.matches('\n').count(),
        )))
    }
}

impl Mark {
    fn new(source: &Source, span: Span) -> Mark {
        // Converting to positions makes any span valid: inside the text and on character boundaries.
        let span = Span::new(source.position(span.start).byte, source.position(span.end).byte);
        let first_line = source.line_of(span.start);
        let last_line = source.line_of(span.end.saturating_sub(1).max(span.start));
        if last_line - first_line < TALL {
            return Mark { span, first_line, last_line, continues_to: None };
        }
        let end = source.line_span(first_line).end.max(span.start);
        Mark { span: Span::new(span.start, end), first_line, last_line: first_line, continues_to: Some(last_line) }
    }

    /// The part of the mark on `line`, whose span is `span`, in bytes of the line. `None` for a line in the middle of a
    /// taller mark, below which nothing is drawn.
    fn on_line(&self, line: u32, span: Span) -> Option<Range<usize>> {
        let start = match line == self.first_line {
            true => self.span.start.clamp(span.start, span.end),
            false => span.start,
        };
        let end = match line == self.last_line {
            true => self.span.end.clamp(start, span.end.max(start)),
            false => span.end,
        };
        let touches = line == self.first_line || line == self.last_line;
        touches.then(|| (start - span.start) as usize..(end - span.start) as usize)
    }
}

impl ViewLabel {
    fn unplaced(source: &Source, mark: &Mark, unit: ColumnUnit) -> ViewLabel {
        ViewLabel {
            range: 0..0,
            continues_to: mark.continues_to,
            lines: mark.first_line..mark.last_line + 1,
            column: unit.column(source, source.position(mark.span.start)),
        }
    }

    /// Whether two labels would overlap when drawn. Labels of several lines are drawn in the margin.
    pub(super) fn collides(&self, other: &ViewLabel) -> bool {
        let cell = |label: &ViewLabel| label.range.start..label.range.end.max(label.range.start + 1);
        let (mine, theirs) = (cell(self), cell(other));
        self.lines.len() == 1 && other.lines.len() == 1 && mine.start < theirs.end && theirs.start < mine.end
    }
}

/// The lines to show: those of every mark with its context, in groups of adjacent lines. The group with the first mark
/// comes first, the others follow in source order. Blank lines at the edges are left out.
fn snippet_lines(source: &Source, marks: &[Mark]) -> Vec<RangeInclusive<u32>> {
    let mut wanted: Vec<(u32, u32)> = marks.iter().map(|mark| with_context(source, mark)).collect();
    wanted.sort_unstable();
    let mut joined: Vec<RangeInclusive<u32>> = Vec::new();
    for (first, last) in wanted {
        match joined.last_mut() {
            Some(lines) if first <= lines.end() + 1 => *lines = *lines.start()..=last.max(*lines.end()),
            _ => joined.push(first..=last),
        }
    }
    joined.sort_by_key(|lines| marks.first().is_some_and(|mark| !lines.contains(&mark.first_line)));
    joined
}

fn with_context(source: &Source, mark: &Mark) -> (u32, u32) {
    let is_blank = |line: &u32| source.slice(source.line_span(*line)).chars().take(BLANKS).all(char::is_whitespace);
    let before = mark.first_line.saturating_sub(CONTEXT_LINES).max(1)..mark.first_line;
    let after = mark.last_line + 1..(mark.last_line + CONTEXT_LINES + 1).min(source.line_count() + 1);
    let first = before.into_iter().find(|line| !is_blank(line)).unwrap_or(mark.first_line);
    let last = after.rev().find(|line| !is_blank(line)).unwrap_or(mark.last_line);
    (first, last)
}

/// The number of cells for the text of a line: the width without miette's margin and two ellipses.
fn line_budget(frame: Frame, last_line: u32, marks: &[Mark]) -> usize {
    let line_number = last_line.to_string().len() + 4;
    let tall = marks.iter().filter(|mark| mark.first_line != mark.last_line).count();
    let margin = if tall > 0 { tall + 3 } else { 0 };
    let ellipses = 2 * frame.ellipsis.chars().count();
    frame.width.saturating_sub(line_number + margin + ellipses).max(NARROWEST)
}

/// The parts of a line to show in `budget` cells: the whole line if it fits, otherwise the text around each mark, or
/// the start of the line if there is none.
fn windows(text: &str, marks: &[Range<usize>], budget: usize) -> Vec<Range<usize>> {
    let from_start = reach_right(text, 0..text.len(), budget).0;
    if from_start == text.len() {
        return std::iter::once(0..from_start).collect();
    }
    let share = budget / marks.len().max(1);
    let mut windows: Vec<Range<usize>> = marks.iter().map(|mark| window(text, mark, share)).collect();
    if windows.is_empty() {
        windows.push(0..from_start);
    }
    windows.sort_unstable_by_key(|window| (window.start, window.end));
    let mut joined: Vec<Range<usize>> = Vec::new();
    for window in windows {
        match joined.last_mut() {
            Some(left) if window.start < left.end + SMALL_GAP => left.end = left.end.max(window.end),
            _ => joined.push(window),
        }
    }
    joined
}

/// The part of the line around `mark` that fits into `budget` cells. A third of the free cells is before the mark.
fn window(text: &str, mark: &Range<usize>, budget: usize) -> Range<usize> {
    let (marked_end, used) = reach_right(text, mark.clone(), budget);
    let free = budget - used;
    let (start, before) = reach_left(text, mark.start, free / 3);
    let (end, after) = reach_right(text, marked_end..text.len(), free - before);
    let (start, _) = reach_left(text, start, free - before - after);
    start..end
}

/// The end of the text that fits into `budget` cells from the start of `range`, and its width in cells.
fn reach_right(text: &str, range: Range<usize>, budget: usize) -> (usize, usize) {
    let start = range.start;
    let (bytes, cells) = reach(visible::shown(text, range), budget);
    (start + bytes, cells)
}

/// The start of the text that fits into `budget` cells before `to`, and its width in cells.
fn reach_left(text: &str, to: usize, budget: usize) -> (usize, usize) {
    let (bytes, cells) = reach(visible::shown(text, 0..to).rev(), budget);
    (to - bytes, cells)
}

fn reach(chars: impl Iterator<Item = (char, Option<&'static str>)>, budget: usize) -> (usize, usize) {
    // Limit the characters per cell: a line may consist of megabytes of characters without width.
    let most_chars = 8 * budget;
    let (mut bytes, mut used) = (0, 0);
    for (c, stand_in) in chars.take(most_chars) {
        let cells = cells(c, stand_in);
        if used + cells > budget {
            break;
        }
        used += cells;
        bytes += c.len_utf8();
    }
    (bytes, used)
}

fn cells(c: char, stand_in: Option<&str>) -> usize {
    let width = |c: char| c.width().unwrap_or(0);
    match stand_in {
        Some(shown) => shown.chars().map(width).sum(),
        None if c == '\t' => TAB_WIDTH,
        None => width(c),
    }
}

/// Converts byte `at` of a line to an offset in the view. A byte of omitted text maps to the end of the ellipsis before
/// it.
fn in_view(text: &str, pieces: &[Piece], at: usize) -> usize {
    let Some(piece) = pieces.iter().rev().find(|piece| piece.range.start <= at).or(pieces.first()) else { return 0 };
    if at > piece.range.end {
        return piece.end;
    }
    let mut before = String::new();
    push_visible(&mut before, text, piece.range.start..at);
    piece.start + before.len()
}

fn push_visible(shown: &mut String, text: &str, range: Range<usize>) {
    for (c, stand_in) in visible::shown(text, range) {
        match stand_in {
            Some(instead) => shown.push_str(instead),
            None => shown.push(c),
        }
    }
}
