//! Positions as clients count them: lines from 0, columns from 0 in UTF-8, UTF-16 or UTF-32 units.

use crate::edit::Edit;
use crate::source::{self, Source, Span};
use gen_lsp_types::{Position, PositionEncodingKind, Range, TextEdit};

/// The unit of columns, as negotiated with the client.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Encoding {
    /// Bytes.
    Utf8,
    /// UTF-16 code units, which every client can count.
    #[default]
    Utf16,
    /// Characters.
    Utf32,
}

impl Encoding {
    /// The encoding to use with a client that offers these, in order of preference: bytes cost nothing to convert.
    pub fn negotiated(offered: &[PositionEncodingKind]) -> Self {
        let is_offered = |encoding: &Encoding| offered.contains(&encoding.kind());
        [Encoding::Utf8, Encoding::Utf32].into_iter().find(is_offered).unwrap_or_default()
    }

    /// The name in the protocol.
    pub fn kind(self) -> PositionEncodingKind {
        match self {
            Encoding::Utf8 => PositionEncodingKind::UTF8,
            Encoding::Utf16 => PositionEncodingKind::UTF16,
            Encoding::Utf32 => PositionEncodingKind::UTF32,
        }
    }

    /// The position of a byte offset.
    pub fn position(self, source: &Source, offset: u32) -> Position {
        let at = source.position(offset.max(source.bom_len()));
        // Clients count a byte order mark that they send.
        let is_after_mark = at.line == 1 && offset >= source.bom_len() && source.bom_len() > 0;
        let mark = if is_after_mark { self.units('\u{feff}') } else { 0 };
        Position { line: at.line - 1, character: self.column(at) - 1 + mark }
    }

    /// A position that is known in all units.
    pub fn known(self, at: source::Position) -> Position {
        Position { line: at.line - 1, character: self.column(at) - 1 }
    }

    /// The column of a position in the unit of this encoding, from 1.
    fn column(self, at: source::Position) -> u32 {
        match self {
            Encoding::Utf8 => at.column_byte,
            Encoding::Utf16 => at.column_utf16,
            Encoding::Utf32 => at.column,
        }
    }

    /// The byte offset of a position. A column after the end of the line counts as that end, a line after the last one as the
    /// end of the text, and a position inside a character as its start.
    pub fn offset(self, source: &Source, position: Position) -> u32 {
        let end = source.text().len() as u32;
        let Some(line) = position.line.checked_add(1).filter(|line| *line <= source.line_count()) else { return end };
        let span = source.line_span(line);
        let start = if line == 1 { 0 } else { span.start };
        let mut units = 0_u32;
        for (at, c) in Span::new(start, span.end).slice(source.text()).char_indices() {
            let after = units.saturating_add(self.units(c));
            if after > position.character {
                return start + at as u32;
            }
            units = after;
        }
        span.end
    }

    /// The range of a span.
    pub fn range(self, source: &Source, span: Span) -> Range {
        Range { start: self.position(source, span.start), end: self.position(source, span.end) }
    }

    /// The span of a range. If its end is before its start, it is empty.
    pub fn span(self, source: &Source, range: Range) -> Span {
        let start = self.offset(source, range.start);
        Span::new(start, self.offset(source, range.end).max(start))
    }

    /// An edit as a client applies it.
    pub fn text_edit(self, source: &Source, edit: &Edit) -> TextEdit {
        TextEdit { range: self.range(source, edit.span), new_text: edit.text.clone() }
    }

    /// The number of units of a character.
    fn units(self, c: char) -> u32 {
        match self {
            Encoding::Utf8 => c.len_utf8() as u32,
            Encoding::Utf16 => c.len_utf16() as u32,
            Encoding::Utf32 => 1,
        }
    }
}
