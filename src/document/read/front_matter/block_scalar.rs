//! Block scalars of YAML in their usual form: `|`, `|-`, `>` and `>-` with lines that are indented alike. All others are left
//! to the parser of all YAML. <https://yaml.org/spec/1.2.2/#81-block-scalar-styles>

use crate::document::read::front_matter::value::{Data, Scalar, Style, Value};
use crate::source::Span;
use std::borrow::Cow;

/// The header of a block scalar: `|` or `>`, and `-`.
#[derive(Clone, Copy, Debug)]
pub(super) struct Header {
    style: Style,
    /// Whether the line ending of the last line is not part of the text.
    is_stripped: bool,
    /// Offset in the file.
    at: u32,
}

impl Header {
    /// The header that is the only text on the rest of a line, which begins at the offset `at`.
    pub fn on(rest: &str, at: u32) -> Option<Self> {
        let written = rest.trim_matches(' ');
        let (style, is_stripped) = match written {
            "|" => (Style::Literal, false),
            "|-" => (Style::Literal, true),
            ">" => (Style::Folded, false),
            ">-" => (Style::Folded, true),
            _ => return None,
        };
        let spaces = rest.len() - rest.trim_start_matches(' ').len();
        Some(Header { style, is_stripped, at: at + spaces as u32 })
    }
}

/// Reads the block scalar whose lines are at the start of `rest`, which begins at the offset `at`. Its key is in the column
/// `parent`. Returns the value and the number of bytes of its lines; `None` if it is not of the usual form.
pub(super) fn read(header: Header, rest: &str, at: u32, parent: usize) -> Option<(Value<'_>, usize)> {
    let indent = rest.len() - rest.trim_start_matches(' ').len();
    if indent <= parent {
        return None;
    }
    let mut text = String::new();
    let (mut len, mut end) = (0, 0);
    // Line endings since the last line with text.
    let mut endings = 0;
    for line in rest.split_inclusive('\n') {
        let written = line.strip_suffix('\n')?;
        if written.ends_with([' ', '\r']) {
            return None;
        }
        if written.is_empty() {
            endings += 1;
            len += line.len();
            continue;
        }
        let spaces = written.len() - written.trim_start_matches(' ').len();
        if spaces <= parent {
            break;
        }
        let content = written.get(indent..)?;
        if spaces != indent {
            return None;
        }
        match (header.style, endings) {
            (_, 0) => {}
            (Style::Folded, 1) => text.push(' '),
            (Style::Folded, _) => text.extend(std::iter::repeat_n('\n', endings - 1)),
            _ => text.extend(std::iter::repeat_n('\n', endings)),
        }
        text.push_str(content);
        endings = 1;
        len += line.len();
        end = len - 1;
    }
    if !header.is_stripped {
        text.push('\n');
    }
    let span = Span::new(at + indent as u32, at + end as u32);
    let full_span = Span::new(header.at, span.end);
    let data = Data::Scalar(Scalar { text: Cow::Owned(text), style: header.style });
    Some((Value { span, full_span, tag: None, anchor: None, data }, len))
}
