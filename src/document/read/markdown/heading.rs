//! Headings: attributes and ids from the source, and ids that engines generate.

use crate::document::read::markdown::Reader;
use crate::document::read::markdown::attribute_list::{self, Value};
use crate::document::read::markdown::events::Events;
use crate::document::read::markdown::inline::Attributes;
use crate::document::read::markdown::slug;
use crate::document::tree::build::{Build, NewAttribute};
use crate::place::flavor::{HeadingAttributes, HeadingIds, HugoInput};
use crate::source::{Span, overlapping};
use html5ever::{LocalName, local_name};
use pulldown_cmark::{CowStr, Event, HeadingLevel, Tag, TagEnd};

/// The attributes of a heading as pulldown-cmark reports them.
pub(super) fn given<'a>(
    id: Option<CowStr<'a>>,
    classes: &[CowStr<'a>],
    others: Vec<(CowStr<'a>, Option<CowStr<'a>>)>,
    located: impl Fn(&str) -> Option<Span>,
) -> Attributes<'a> {
    let mut attributes = Attributes::new();
    if let Some(id) = id {
        let span = located(&id);
        attributes.push(NewAttribute::new(local_name!("id"), id.to_string(), span));
    }
    if let [first, .., last] | [first @ last] = classes {
        let span = located(first).zip(located(last)).map(|(first, last)| first.join(last));
        let value = classes.iter().map(|class| &**class).collect::<Vec<_>>().join(" ");
        attributes.push(NewAttribute::new(local_name!("class"), value, span));
    }
    for (name, value) in others {
        let value = value.unwrap_or(CowStr::Borrowed(""));
        attributes.push(NewAttribute {
            name: LocalName::from(name.to_ascii_lowercase()),
            value: value.to_string().into(),
            name_span: located(&name),
            value_span: located(&value).filter(|span| !span.is_empty()),
        });
    }
    attributes
}

impl<'a, B: Build> Reader<'a, B> {
    /// Opens a heading with the attributes `given`, and those at the end of its text.
    pub(super) fn open_heading(
        &mut self,
        level: HeadingLevel,
        mut given: Attributes<'a>,
        written: Span,
        events: &mut Events<'a>,
    ) {
        let line = self.last_line(written);
        let line = match attribute_list::at_end(self.written(line), self.flavor.heading_attributes) {
            Some(list) => {
                let text = Span::new(line.start, line.start + list.text as u32);
                let end = without_closing_marks(self.written(text));
                self.heading_end = Some(line.start + end as u32);
                self.add_list(&list, line.start, &mut given);
                Span::new(line.start, line.start + end as u32)
            }
            None => line,
        };
        let id = match given.iter().find(|attribute| attribute.name == local_name!("id")) {
            Some(id) => {
                if registers_given(self.flavor.heading_ids) {
                    self.ids.reserve(&id.value);
                }
                None
            }
            None => self.made_id(level, line, events),
        };
        if let Some(id) = id {
            // An id generated from template syntax is unknown. Its span is the template, so that
            // `Attribute::is_unknown` is true.
            let template = overlapping(self.input.templates, written).next();
            given.push(NewAttribute::new(local_name!("id"), id, template));
        }
        self.build.open(element(level), written, &given);
    }

    pub(super) fn close_heading(&mut self, level: HeadingLevel, at: Span) {
        self.heading_end = None;
        self.build.close(element(level), at);
    }

    /// Whether `written` is inside the attributes at the end of the open heading.
    pub(super) fn is_after_heading(&self, written: Span) -> bool {
        self.heading_end.is_some_and(|end| written.start >= end)
    }

    /// The part of `span` that is in the heading's text and not in its attributes.
    pub(super) fn within_heading(&self, span: Span) -> Span {
        self.heading_end.map_or(span, |end| Span::new(span.start.min(end), span.end.min(end)))
    }

    /// The last line of a heading's text, without `#` marks.
    fn last_line(&self, written: Span) -> Span {
        let text = self.written(written);
        let marks = text.len() - text.trim_start_matches('#').len();
        let (start, end) = match marks {
            0 => {
                let above = text.trim_end().rfind('\n').map_or(0, |end| end);
                let line = text.get(..above).unwrap_or("").trim_end();
                (line.rfind('\n').map_or(0, |end| end + 1), line.len())
            }
            marks => (marks, without_closing_marks(text)),
        };
        let line = text.get(start..end.max(start)).unwrap_or("");
        let lead = line.len() - line.trim_start_matches([' ', '\t', '>']).len();
        let start = written.start + (start + lead) as u32;
        Span::new(start, start + line.get(lead..).unwrap_or("").trim_end().len() as u32)
    }

    /// Adds the attributes of a list on a line that begins at `start`.
    pub(super) fn add_list(&self, list: &attribute_list::List<'_>, start: u32, attributes: &mut Attributes<'a>) {
        let place =
            |value: &Value<'_>| Span::new(start + value.at as u32, start + (value.at + value.text.len()) as u32);
        if let Some(id) = &list.id {
            attributes.push(NewAttribute::new(local_name!("id"), id.text.to_owned(), Some(place(id))));
        }
        if let [first, .., last] | [first @ last] = &list.classes[..] {
            let value = list.classes.iter().map(|class| class.text).collect::<Vec<_>>().join(" ");
            attributes.push(NewAttribute::new(local_name!("class"), value, Some(place(first).join(place(last)))));
        }
        for (name, value) in &list.others {
            let known = LocalName::from(name.text.to_ascii_lowercase());
            if attributes.iter().any(|attribute| attribute.name == known) {
                continue;
            }
            attributes.push(NewAttribute {
                name: known,
                value: value.text.to_owned().into(),
                name_span: Some(place(name)),
                value_span: Some(place(value)).filter(|span| !span.is_empty()),
            });
        }
    }

    /// The id that the engine generates for a heading with the last line `line`.
    fn made_id(&mut self, level: HeadingLevel, line: Span, events: &mut Events<'a>) -> Option<String> {
        let algorithm = self.flavor.heading_ids;
        let is_too_high = level == HeadingLevel::H1 && self.flavor.heading_attributes == HeadingAttributes::Nextra;
        if algorithm == HeadingIds::Off || is_too_high {
            return None;
        }
        let hugo = match algorithm {
            HeadingIds::Hugo(input) | HeadingIds::HugoAscii(input) | HeadingIds::HugoBlackfriday(input) => Some(input),
            _ => None,
        };
        let text = match hugo {
            Some(HugoInput::Source) => self.written(line).to_owned(),
            _ => self.text_of(events, hugo.is_some()),
        };
        if text.is_empty() && hugo == Some(HugoInput::Text) {
            return None;
        }
        let base = slug::of(&text, algorithm)?;
        // hexo-renderer-marked writes `id=""`.
        self.ids.unique(base, algorithm).filter(|id| !id.is_empty() || algorithm == HeadingIds::Hexo)
    }

    /// The text of the heading that has just begun, with typographic replacements. `images`: whether to include the
    /// alternative texts of images.
    fn text_of(&self, events: &mut Events<'a>, images: bool) -> String {
        let mut text = String::new();
        let mut hidden = 0_u32;
        for (event, range) in events.heading() {
            match event {
                Event::Start(Tag::Image { .. }) if !images => hidden += 1,
                Event::End(TagEnd::Image) if !images => hidden -= 1,
                Event::Text(part) if hidden == 0 => {
                    let part = match self.located(part) {
                        Some(span) => self.written(self.within_heading(span)),
                        None if self.heading_end.is_some_and(|end| range.start as u32 + self.base >= end) => "",
                        None => part,
                    };
                    let part = if self.flavor.typographer { slug::typographic(part) } else { part.into() };
                    text.push_str(&part);
                }
                Event::Code(part) if hidden == 0 => text.push_str(part),
                Event::SoftBreak | Event::HardBreak => text.push('\n'),
                _ => {}
            }
        }
        text
    }

    /// Reserves the ids that headings set, for engines that collect these before they generate others.
    pub(super) fn reserve_ids(&mut self) {
        if self.flavor.heading_ids != HeadingIds::Zola || !self.text.contains("{#") {
            return;
        }
        for (event, _) in Events::of(self.text, 0, self.options) {
            if let Event::Start(Tag::Heading { id: Some(id), .. }) = event {
                self.ids.reserve(&id);
            }
        }
    }
}

/// Whether the engine keeps generated ids distinct from those that headings set.
fn registers_given(algorithm: HeadingIds) -> bool {
    !matches!(algorithm, HeadingIds::GithubSlugger | HeadingIds::Hexo | HeadingIds::Off)
}

/// The length of a line without the closing `#` marks and the whitespace before them.
fn without_closing_marks(line: &str) -> usize {
    let line = line.trim_end();
    let open = line.trim_end_matches('#');
    let is_closed = open.len() < line.len() && (open.is_empty() || open.ends_with([' ', '\t']));
    if is_closed { open.trim_end().len() } else { line.len() }
}

fn element(level: HeadingLevel) -> LocalName {
    match level {
        HeadingLevel::H1 => local_name!("h1"),
        HeadingLevel::H2 => local_name!("h2"),
        HeadingLevel::H3 => local_name!("h3"),
        HeadingLevel::H4 => local_name!("h4"),
        HeadingLevel::H5 => local_name!("h5"),
        HeadingLevel::H6 => local_name!("h6"),
    }
}
