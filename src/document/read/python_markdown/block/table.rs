//! Tables (`extensions/tables.py`).

use super::Parser;
use crate::document::read::python_markdown::lines::{Block, Line, Search};
use crate::document::read::python_markdown::tree::NodeId;
use std::ops::Range;

/// Whether there are pipes at the ends of the first row.
#[derive(Clone, Copy)]
struct Border {
    left: bool,
    right: bool,
}

impl Parser<'_> {
    pub(super) fn table(&mut self, parent: NodeId, block: &Block) -> bool {
        let (Some(first), Some(second)) = (block.line(0), block.line(1)) else { return false };
        let header = self.row(first);
        let text = self.buffer.line(header);
        let border = Border { left: text.starts_with('|'), right: ends_in_border(text) };
        let cells = self.cells(header, border);
        let separators = self.cells(self.row(second), border);
        let is_separator =
            |cell: &Line| self.buffer.line(*cell).bytes().all(|b| matches!(b, b'|' | b':' | b'-' | b' '));
        if separators.len() != cells.len() || !separators.iter().all(is_separator) {
            return false;
        }
        let has_border = border.left || border.right;
        if cells.len() == 1 && !(has_border && self.has_pipes_on_all_rows(block)) {
            return false;
        }
        let align: Vec<Option<&str>> = separators.iter().map(|&cell| self.alignment(cell)).collect();
        let table = self.nodes.add(parent, "table", self.span_of(block.lines()));
        let head = self.nodes.add(table, "thead", Some(self.buffer.span(header)));
        self.table_row(head, "th", header, &cells, &align);
        let rows = block.lines().get(2..).unwrap_or(&[]);
        let body = self.nodes.add(table, "tbody", self.span_of(rows));
        if rows.is_empty() {
            let end = Line { start: second.end, end: second.end };
            self.table_row(body, "td", end, &[], &vec![None; align.len()]);
        }
        for &row in rows {
            let row = self.row(row);
            let cells = self.cells(row, border);
            self.table_row(body, "td", row, &cells, &align);
        }
        true
    }

    /// The row without spaces around it.
    fn row(&self, line: Line) -> Line {
        let text = self.buffer.line(line);
        let start = line.start + (text.len() - text.trim_start_matches(' ').len()) as u32;
        Line { start, end: start + text.trim_matches(' ').len() as u32 }
    }

    /// Each row of a table with a single column needs a pipe.
    fn has_pipes_on_all_rows(&self, block: &Block) -> bool {
        let lacks_pipe = |line: Line, _| {
            let text = self.buffer.line(self.row(line));
            !text.starts_with('|') && !ends_in_border(text)
        };
        block.after(1).find(Search::NoPipe, lacks_pipe).is_none()
    }

    fn alignment(&self, cell: Line) -> Option<&'static str> {
        let text = self.buffer.line(cell).trim_matches(' ');
        match (text.starts_with(':'), text.ends_with(':')) {
            (true, true) => Some("center"),
            (true, false) => Some("left"),
            (false, true) => Some("right"),
            (false, false) => None,
        }
    }

    fn table_row(&mut self, parent: NodeId, name: &str, row: Line, cells: &[Line], align: &[Option<&str>]) {
        let id = self.nodes.add(parent, "tr", Some(self.buffer.span(row)));
        for (index, side) in align.iter().enumerate() {
            let end = Line { start: row.end, end: row.end };
            let content = cells.get(index).map_or(end, |&cell| self.row(cell));
            let cell = self.nodes.add(id, name, Some(self.buffer.span(content)));
            let text = self.buffer.slice(content);
            let node = self.nodes.get_mut(cell);
            node.text = Some(text);
            if let Some(side) = side {
                node.set("style", &format!("text-align: {side};"));
            }
        }
    }

    /// The cells of a row (`_split_row`).
    fn cells(&self, row: Line, border: Border) -> Vec<Line> {
        let mut row = row;
        if border.left || border.right {
            if self.buffer.line(row).starts_with('|') {
                row.start += 1;
            }
            let text = self.buffer.line(row);
            if ends_in_border(text) {
                // The backslashes before the pipe are taken off with it (`RE_END_BORDER.sub`).
                let bare = text.trim_end_matches('|').len().max(text.len() - 1);
                row.end = row.start + text.get(..bare).unwrap_or("").trim_end_matches('\\').len() as u32;
            }
        }
        let mut start = row.start;
        let mut cells = Vec::new();
        for pipe in pipes(self.buffer.line(row)) {
            let at = row.start + pipe as u32;
            cells.push(Line { start, end: at });
            start = at + 1;
        }
        cells.push(Line { start, end: row.end });
        cells
    }
}

/// Whether the row ends in a pipe that is not escaped (`RE_END_BORDER`).
fn ends_in_border(row: &str) -> bool {
    let Some(before) = row.strip_suffix('|') else { return false };
    (before.len() - before.trim_end_matches('\\').len()).is_multiple_of(2)
}

/// The pipes that are neither escaped nor in code (`_split`).
fn pipes(row: &str) -> Vec<usize> {
    let bytes = row.as_bytes();
    let (mut pipes, mut ticks) = (Vec::new(), Vec::new());
    let mut at = 0;
    while let Some(found) = bytes.get(at..).and_then(|rest| memchr::memchr3(b'\\', b'`', b'|', rest)) {
        at += found;
        let is_escape = bytes.get(at) == Some(&b'\\');
        let next = if is_escape { bytes.get(at + 1) } else { bytes.get(at) };
        match next {
            Some(b'`') => {
                let count = bytes.iter().skip(at + usize::from(is_escape)).take_while(|&&byte| byte == b'`').count();
                ticks.push(Ticks { at, len: count, escaped: usize::from(is_escape) });
                at += count + usize::from(is_escape);
            }
            Some(b'|') if !is_escape => {
                pipes.push(at);
                at += 1;
            }
            Some(b'\\' | b'|') => at += 2,
            _ => at += 1,
        }
    }
    let code = code_regions(&ticks);
    let mut regions = code.iter().peekable();
    pipes.retain(|pipe| {
        while regions.next_if(|region| region.end < *pipe).is_some() {}
        regions.peek().is_none_or(|region| *pipe < region.start)
    });
    pipes
}

struct Ticks {
    at: usize,
    len: usize,
    escaped: usize,
}

/// The ranges of code, by backticks of equal length.
fn code_regions(ticks: &[Ticks]) -> Vec<Range<usize>> {
    let mut next: rustc_hash::FxHashMap<usize, Vec<usize>> = rustc_hash::FxHashMap::default();
    for (index, tick) in ticks.iter().enumerate() {
        next.entry(tick.len).or_default().push(index);
    }
    let mut regions = Vec::new();
    let mut index = 0;
    while let Some(open) = ticks.get(index) {
        // An escaped backtick does not open, those after it do.
        let size = open.len - open.escaped.min(open.len);
        let close = next
            .get(&size)
            .filter(|_| size > 0)
            .and_then(|all| all.get(all.partition_point(|&other| other <= index)).copied());
        match close.and_then(|close| Some((close, ticks.get(close)?))) {
            Some((close, tick)) => {
                regions.push(open.at..tick.at + tick.escaped + tick.len - 1);
                index = close + 1;
            }
            None => index += 1,
        }
    }
    regions
}
