//! Places of findings as `path:line:column`, the form that terminals and editors turn into a link.

use crate::diagnostic::Elsewhere;
use crate::engine::FileReport;
use crate::output::{Run, visible};
use crate::source::{Position, Source, Span};

/// What the columns in `path:line:column` count, from 1. A byte order mark does not count.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, clap::ValueEnum)]
pub enum ColumnUnit {
    /// Characters: Unicode code points
    #[default]
    Chars,
    /// UTF-16 code units, two for most emoji
    Utf16,
    /// Bytes of UTF-8, three for most characters of Chinese, Japanese and Korean
    Bytes,
    /// Cells of a terminal, two for wide characters; a tab reaches to the next column after a multiple of eight
    Cells,
}

impl ColumnUnit {
    /// The column of `offset`, whose position this is.
    pub(super) fn column(self, source: &Source, position: Position) -> u32 {
        self.among(position).unwrap_or_else(|| source.cell_column(position.byte))
    }

    /// The column of the start of a place in another file; `None` if it was not located.
    fn column_elsewhere(self, place: &Elsewhere) -> Option<u32> {
        self.among(place.ends?[0]).or(place.cell_column)
    }

    /// The column of a position; `None` for cells, which depend on the text before it.
    fn among(self, position: Position) -> Option<u32> {
        match self {
            ColumnUnit::Chars => Some(position.column),
            ColumnUnit::Utf16 => Some(position.column_utf16),
            ColumnUnit::Bytes => Some(position.column_byte),
            ColumnUnit::Cells => None,
        }
    }

    /// `path:line:column` of the start of `span` in a file that is printed with this path.
    pub(super) fn place(self, path: &str, source: &Source, span: Span) -> String {
        let start = source.position(span.start);
        format!("{}:{}:{}", visible::path(path), start.line, self.column(source, start))
    }

    /// A place in another file with this path, as `_posts/2024-05-01-boat.md:2:8: the same title`.
    pub(super) fn elsewhere(self, place: &Elsewhere, path: &str) -> Option<String> {
        let [start, _] = place.ends?;
        let column = self.column_elsewhere(place)?;
        let message =
            if place.message.is_empty() { String::new() } else { format!(": {}", visible::one_line(&place.message)) };
        Some(format!("{}:{}:{column}{message}", visible::path(path), start.line))
    }
}

impl Run<'_> {
    /// `path:line:column` of the start of `span`.
    pub(super) fn place(&self, file: &FileReport, span: Span) -> String {
        self.about.column_unit.place(&file.path, &file.source, span)
    }

    /// Like [`Run::place`], with the path from the root of the repository.
    pub(super) fn place_in_repository(&self, file: &FileReport, span: Span) -> String {
        self.about.column_unit.place(&self.about.repository.path(&file.path), &file.source, span)
    }

    /// A place in another file, and what is there.
    pub(super) fn elsewhere(&self, place: &Elsewhere) -> Option<String> {
        self.about.column_unit.elsewhere(place, &place.path)
    }

    /// Like [`Run::elsewhere`], with the path from the root of the repository.
    pub(super) fn elsewhere_in_repository(&self, place: &Elsewhere) -> Option<String> {
        self.about.column_unit.elsewhere(place, &self.about.repository.path(&place.path))
    }
}
