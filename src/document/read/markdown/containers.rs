//! Containers of VitePress and Docusaurus: lines from `::: tip Title` to `:::`.

use crate::document::read::markdown::Reader;
use crate::document::tree::build::{Build, NewAttribute};
use crate::source::Span;
use html5ever::local_name;
use std::ops::Range;

/// Kinds of containers.
const KINDS: [&str; 9] = ["tip", "info", "warning", "danger", "details", "note", "caution", "important", "raw"];

/// A line that opens or closes a container. Offsets are in the text.
#[derive(Clone, Debug)]
pub(super) struct Mark {
    pub line: Range<usize>,
    /// The ranges of the kind and the title, if the line opens a container.
    opens: Option<(Range<usize>, Range<usize>)>,
    /// The end of the container that the line opens.
    end: usize,
}

/// The lines that open or close containers, outside of fenced code.
pub(super) fn marks(text: &str) -> Vec<Mark> {
    let mut marks: Vec<Mark> = Vec::new();
    if !text.contains(":::") {
        return marks;
    }
    let mut open: Vec<(usize, usize)> = Vec::new();
    let mut fence: Option<&str> = None;
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let start = at;
        at += line.len();
        let content = line.trim();
        if let Some(mark) = fence {
            fence = Some(mark).filter(|mark| !content.starts_with(mark));
            continue;
        }
        if content.starts_with("```") || content.starts_with("~~~") {
            fence = content.get(..3);
            continue;
        }
        let colons = content.len() - content.trim_start_matches(':').len();
        if colons < 3 {
            continue;
        }
        let line = start..start + line.trim_end().len();
        let rest = content.get(colons..).unwrap_or("").trim();
        if rest.is_empty() {
            if let Some((index, _)) = open.pop_if(|(_, opened)| colons >= *opened) {
                marks[index].end = line.end;
                marks.push(Mark { end: line.end, line, opens: None });
            }
            continue;
        }
        let kind = rest.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(rest.len());
        if KINDS.contains(&rest.get(..kind).unwrap_or("")) {
            let from = line.end - rest.len();
            // Attributes may follow the title.
            let end = rest.find('{').map_or(line.end, |list| from + rest[..list].trim_end().len());
            let start = from + rest.len() - rest.get(kind..).unwrap_or("").trim_start().len();
            let title = start..end.max(start);
            open.push((marks.len(), colons));
            marks.push(Mark { end: text.len(), line, opens: Some((from..from + kind, title)) });
        }
    }
    marks
}

impl<B: Build> Reader<'_, B> {
    /// Opens and closes the containers whose lines are before `to`.
    pub(super) fn containers_above(&mut self, to: u32) {
        while let Some(mark) = self.containers.get(self.next_container).cloned() {
            let line = self.in_file(mark.line.clone());
            if line.start >= to {
                return;
            }
            self.next_container += 1;
            self.flush();
            match mark.opens {
                Some((kind, title)) => {
                    let whole = Span::new(line.start, self.in_file(mark.line.start..mark.end).end);
                    self.open_container(self.in_file(kind), self.in_file(title), whole);
                }
                None => {
                    let name = self.open_containers.pop().unwrap_or(local_name!("div"));
                    self.build.close(name, line);
                }
            }
        }
    }

    fn open_container(&mut self, kind: Span, title: Span, whole: Span) {
        let word = self.written(kind).to_owned();
        let is_details = word == "details";
        let (name, heading) = if is_details {
            (local_name!("details"), local_name!("summary"))
        } else {
            (local_name!("div"), local_name!("p"))
        };
        let class = NewAttribute::new(local_name!("class"), format!("{word} custom-block"), Some(kind));
        self.build.open(name.clone(), whole, &[class]);
        self.open_containers.push(name);
        if word == "raw" {
            return;
        }
        let class = NewAttribute::new(local_name!("class"), "custom-block-title", None);
        let class: &[NewAttribute<'_>] = if is_details { &[] } else { &[class] };
        let written = if title.is_empty() { kind } else { title };
        self.build.open(heading.clone(), written, class);
        match () {
            () if !title.is_empty() => self.verbatim(title),
            () if is_details => self.build.decoded_text(kind, "Details"),
            () => self.build.decoded_text(kind, &word.to_uppercase()),
        }
        self.build.close(heading, Span::empty(written.end));
    }

    fn in_file(&self, range: Range<usize>) -> Span {
        Span::new(range.start as u32 + self.base, range.end as u32 + self.base)
    }
}
