//! Tables: lines that each contain a `|`, between block boundaries.
//!
//! In kramdown 2.4: `parser/kramdown/table.rb`, `parse_table`.

use crate::document::read::kramdown::block::{Reader, Scan};
use crate::document::read::kramdown::blocks::{Align, Block, BlockId, Kind};
use crate::document::read::kramdown::code_span::{Backticks, code_span};
use crate::document::read::kramdown::html;
use crate::document::read::kramdown::lines::{is_blank, is_space, leading_white, line, split_line, trim};
use crate::document::read::kramdown::text::Text;
use crate::document::tree::ParseNoteKind;
use std::ops::Range;
use std::rc::Rc;

/// Maximum number of cells added to a table whose rows differ in length.
const MAX_PADDING: usize = 10_000;

/// A table while its lines are parsed.
#[derive(Default)]
struct Table {
    groups: Vec<(Kind, Vec<Row>)>,
    rows: Vec<Row>,
    alignment: Vec<Align>,
    has_alignment: bool,
    has_footer: bool,
    columns: usize,
}

struct Row {
    line: Range<usize>,
    cells: Vec<Range<usize>>,
}

impl<'s> Reader<'s> {
    pub(super) fn table(&mut self, parent: BlockId, scan: &mut Scan<'s>, first: &str) -> bool {
        let text = Rc::clone(&scan.text);
        let source = text.as_str();
        if leading_white(first) > 3 || !has_pipe(first) || !self.after_boundary(parent) || self.vain > self.budget {
            return false;
        }
        // An attribute list before the lines is lost if they turn out not to be a table.
        let pending = std::mem::take(&mut self.pending);
        let mut end = scan.at;
        while let (line, next) = split_line(source, end)
            && end < source.len()
            && has_pipe(line)
        {
            end = next;
        }
        self.vain += end - scan.at;
        if !self.before_boundary(&text, end) || !pipes_on_all_lines(source, scan.at..end) {
            return false;
        }
        let table = Table::read(source, scan.at..end);
        if !table.groups.iter().any(|(kind, _)| *kind == Kind::TableBody) {
            return false;
        }
        self.vain -= end - scan.at;
        self.pending = pending;
        let id = self.push(parent, Kind::Table, scan, end);
        let range = self.blocks.get(id).range();
        let range = trim(source, range);
        self.blocks.get_mut(id).set_end(range.end);
        self.table_groups(id, scan.id, &text, table);
        true
    }

    fn table_groups(&mut self, id: BlockId, text_id: u32, text: &Text<'_>, table: Table) {
        if table.groups.iter().all(|(kind, _)| *kind == Kind::TableBody) && !table.has_footer {
            let range = self.blocks.get(id).range();
            let first = line(text.as_str(), range.start);
            if !first.trim_start().starts_with('|') {
                self.note(ParseNoteKind::TableFromProse, text.span(range));
            }
        }
        let mut padding = MAX_PADDING;
        for (kind, rows) in table.groups {
            let span = match (rows.first(), rows.last()) {
                (Some(first), Some(last)) => first.line.start..last.line.end,
                _ => continue,
            };
            let group = self.blocks.push(id, Block::new(kind, text_id, span.clone(), span));
            for row in rows {
                let line = row.line;
                let row_id = self.blocks.push(group, Block::new(Kind::Row, text_id, line.clone(), line.clone()));
                let missing = table.columns - row.cells.len();
                let columns = if missing <= padding { table.columns } else { row.cells.len() };
                padding -= columns - row.cells.len();
                for column in 0..columns {
                    let cell = row.cells.get(column).cloned().unwrap_or(line.end..line.end);
                    let align = table.alignment.get(column).copied().unwrap_or_default();
                    let kind = if kind == Kind::TableHead { Kind::HeadCell(align) } else { Kind::Cell(align) };
                    let is_empty = text.as_str().get(cell.clone()).is_none_or(is_blank);
                    let content = if is_empty { cell.start..cell.start } else { cell.clone() };
                    self.blocks.push(row_id, Block::new(kind, text_id, cell, content));
                }
            }
        }
    }
}

impl Table {
    fn read(source: &str, range: Range<usize>) -> Table {
        let mut table = Table::default();
        let leading_pipe = line(source, range.start).trim_start().starts_with('|');
        let mut at = range.start;
        let mut is_first = true;
        while at < range.end {
            let (line, end) = split_line(source, at);
            if is_separator(line, b'-') {
                if !is_first {
                    table.separator(line);
                }
            } else if is_separator(line, b'=') {
                if !table.rows.is_empty() {
                    table.close(Kind::TableBody, true);
                }
                table.has_footer = true;
            } else {
                let cells = cells(source, at, line, leading_pipe);
                table.columns = table.columns.max(cells.len());
                table.rows.push(Row { line: trim(source, at..at + line.len()), cells });
            }
            is_first = false;
            at = end;
        }
        if !table.rows.is_empty() {
            let kind = if table.has_footer { Kind::TableFoot } else { Kind::TableBody };
            table.close(kind, false);
        }
        table
    }

    fn separator(&mut self, line: &str) {
        if self.rows.is_empty() {
            return;
        }
        if self.has_alignment || self.has_footer {
            return self.close(Kind::TableBody, false);
        }
        self.close(Kind::TableHead, false);
        self.has_alignment = true;
        self.alignment = alignments(line);
    }

    fn close(&mut self, kind: Kind, force: bool) {
        if !self.has_footer || kind != Kind::TableBody || force {
            self.groups.push((kind, std::mem::take(&mut self.rows)));
        }
    }
}

/// Whether the line contains a `|` that is not escaped.
fn has_pipe(line: &str) -> bool {
    memchr::memchr_iter(b'|', line.as_bytes()).any(|at| at == 0 || line.as_bytes()[at - 1] != b'\\')
}

/// Whether the line consists of `|`, `+`, `:`, spaces, tabs and at least one `mark`.
fn is_separator(line: &str, mark: u8) -> bool {
    line.bytes().all(|byte| matches!(byte, b'|' | b'+' | b':' | b' ' | b'\t') || byte == mark)
        && memchr::memchr(mark, line.as_bytes()).is_some()
}

fn alignments(line: &str) -> Vec<Align> {
    let bytes = line.as_bytes();
    let mut alignments = Vec::new();
    let mut at = 0;
    while let Some(found) = memchr::memchr(b'-', &bytes[at..]) {
        let start = at + found;
        let end = start + bytes[start..].iter().take_while(|&&byte| byte == b'-').count();
        let left = start > at && bytes[start - 1] == b':';
        let right = bytes.get(end) == Some(&b':');
        alignments.push(match (left, right) {
            (false, false) => Align::Default,
            (true, false) => Align::Left,
            (false, true) => Align::Right,
            (true, true) => Align::Center,
        });
        at = end + usize::from(right);
    }
    alignments
}

/// Splits a row at its pipes, except those in code spans and `<code>`.
fn cells(source: &str, at: usize, line: &str, leading_pipe: bool) -> Vec<Range<usize>> {
    let mut cells = Vec::new();
    let mut start = 0;
    let mut position = 0;
    let bytes = line.as_bytes();
    let mut backticks = Backticks::new(bytes, 0);
    let mut may_end = true;
    while let Some(found) = memchr::memchr3(b'|', b'`', b'<', &bytes[position..]) {
        let mark = position + found;
        position = match bytes[mark] {
            b'|' if mark > 0 && bytes[mark - 1] == b'\\' => mark + 1,
            b'|' => {
                cells.push(start..mark);
                start = mark + 1;
                start
            }
            b'`' => code_span_end(line, mark, &mut backticks),
            _ if may_end && line[mark..].starts_with("<code") => {
                let end = code_element_end(line, mark);
                may_end = end.is_some();
                end.unwrap_or(mark + 1)
            }
            _ => mark + 1,
        };
    }
    cells.push(start..line.len());
    let is_empty = |cell: &Range<usize>| line[cell.clone()].bytes().all(is_space);
    if leading_pipe && cells.first().is_some_and(is_empty) {
        cells.remove(0);
    }
    if cells.last().is_some_and(is_empty) {
        cells.pop();
    }
    let whole = |cell: &Range<usize>| at + cell.start..at + cell.end;
    cells.iter().map(|cell| if is_empty(cell) { whole(cell) } else { trim(source, whole(cell)) }).collect()
}

/// The end of the code span at `at`; the end of the backticks if they do not start one.
fn code_span_end(line: &str, at: usize, backticks: &mut Backticks<'_>) -> usize {
    code_span(line, at, backticks)
        .map_or_else(|| at + line[at..].bytes().take_while(|&byte| byte == b'`').count(), |(_, end)| end)
}

/// The end of the `<code>` element at `at`.
fn code_element_end(line: &str, at: usize) -> Option<usize> {
    let tag = at + memchr::memchr(b'>', &line.as_bytes()[at..])? + 1;
    memchr::memmem::find(&line.as_bytes()[tag..], b"</code>").map(|found| tag + found + 7)
}

/// Whether the lines contain a `|` outside of code spans, as far as kramdown checks it: in the first and the last line
/// of each run of text between code spans and elements.
fn pipes_on_all_lines(source: &str, range: Range<usize>) -> bool {
    let text = &source[range];
    let text = text.strip_suffix('\n').unwrap_or(text);
    let bytes = text.as_bytes();
    let (mut seen, mut from, mut at) = (false, 0, 0);
    let mut backticks = Backticks::new(bytes, 0);
    while let Some(found) = memchr::memchr2(b'`', b'<', &bytes[at..]) {
        let mark = at + found;
        if bytes[mark] == b'`' {
            let Some((inside, end)) = code_span(text, mark, &mut backticks) else {
                at = mark + bytes[mark..].iter().take_while(|&&byte| byte == b'`').count();
                continue;
            };
            let breaks = text[inside].trim_end_matches('\n').bytes().filter(|&byte| byte == b'\n').count();
            if !text_has_pipes(&text[from..mark], &mut seen) || (breaks == 1 && !seen) {
                return false;
            }
            if breaks > 1 {
                return seen;
            }
            seen &= breaks == 0;
            (from, at) = (end, end);
        } else {
            let end = span_element_end(text, mark);
            at = end.max(mark + 1);
            if end > mark + 1 {
                if !text_has_pipes(&text[from..mark], &mut seen) {
                    return false;
                }
                from = at;
            }
        }
    }
    text_has_pipes(&text[from..], &mut seen) && seen
}

/// Checks a run of text. Returns false if the run ends the line on which it starts and that line contains no `|`. Sets
/// `seen` to whether its last line contains one so far.
fn text_has_pipes(run: &str, seen: &mut bool) -> bool {
    let run = run.trim_end_matches('\n');
    if run.is_empty() {
        return true;
    }
    let last = run.rsplit('\n').next().unwrap_or(run);
    if last.len() < run.len() {
        let first = run.split('\n').next().unwrap_or(run);
        if !*seen && !has_pipe(first) {
            return false;
        }
        *seen = false;
    }
    *seen |= has_pipe(last);
    true
}

/// The end of the inline element at `at`: of its start tag if it is void, self-closing or a block element, of the text
/// if it has no end tag. The next offset if there is no element.
fn span_element_end(text: &str, at: usize) -> usize {
    let Some(tag) = html::start_tag(text, at) else { return at + 1 };
    let name = html::canonical(&text[tag.name.clone()]);
    if tag.self_closing || html::is_void(&name) {
        return tag.end;
    }
    if html::is_block(&name) {
        return tag.end;
    }
    html::find_end_tag(text, tag.end, &name).map_or(text.len(), |(_, end)| end)
}
