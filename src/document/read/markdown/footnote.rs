//! Footnotes, with the markup of each engine: the class and role of an element identify it as generated, so that rules
//! do not mistake it for the post's own.

use crate::document::read::markdown::Reader;
use crate::document::read::markdown::events::{Events, Placed};
use crate::document::read::markdown::inline::Attributes;
use crate::document::tree::build::{Build, NewAttribute};
use crate::place::flavor::Footnotes;
use crate::source::Span;
use html5ever::{LocalName, local_name};
use pulldown_cmark::{Event, TagEnd};
use rustc_hash::{FxHashMap, FxHashSet};
use smallvec::smallvec;

/// The footnotes of a post.
#[derive(Default)]
pub(super) struct Notes<'a> {
    /// Labels of the footnotes defined so far.
    defined: FxHashSet<String>,
    /// The texts of footnotes that are emitted at the end of the post, by label.
    texts: FxHashMap<String, Text<'a>>,
    /// Labels with their number of markers, in the order of the first marker.
    used: Vec<(String, usize)>,
    /// Index in `used` by label.
    indexes: FxHashMap<String, usize>,
    /// The number of footnotes in `used` that have been emitted.
    emitted: usize,
}

/// The text of a footnote.
struct Text<'a> {
    written: Span,
    events: Vec<Placed<'a>>,
}

fn attribute<'a>(name: &str, value: impl Into<std::borrow::Cow<'a, str>>) -> NewAttribute<'a> {
    NewAttribute::new(LocalName::from(name), value, None)
}

impl<'a, B: Build> Reader<'a, B> {
    /// Emits the marker for `[^label]`.
    pub(super) fn footnote_reference(&mut self, label: &str, written: Span) {
        let next = self.footnotes.used.len();
        let index = *self.footnotes.indexes.entry(label.to_owned()).or_insert(next);
        if index == next {
            self.footnotes.used.push((label.to_owned(), 0));
        }
        let earlier = self.footnotes.used.get_mut(index).map_or(0, |(_, count)| {
            *count += 1;
            *count - 1
        });
        let number = index + 1;
        let class = |class: &'static str| attribute("class", class);
        let role = attribute("role", "doc-noteref");
        let href = |target: String| attribute("href", target);
        let (sup, link): (Attributes<'_>, Attributes<'_>) = match self.flavor.footnotes {
            Footnotes::Goldmark => {
                let id = attribute("id", marker(number, earlier));
                (smallvec![id], smallvec![href(format!("#fn:{number}")), class("footnote-ref"), role])
            }
            Footnotes::Github => {
                let name = label.to_lowercase();
                let link = smallvec![
                    href(format!("#user-content-fn-{name}")),
                    attribute("id", github_marker(&name, earlier)),
                    attribute("data-footnote-ref", ""),
                    attribute("aria-describedby", "footnote-label"),
                ];
                (smallvec![], link)
            }
            Footnotes::Pulldown => (smallvec![class("footnote-reference")], smallvec![href(format!("#{label}"))]),
            Footnotes::Off | Footnotes::Plain => (
                smallvec![class("footnote-reference")],
                smallvec![href(format!("#fn:{label}")), class("footnote"), role],
            ),
        };
        self.build.open(local_name!("sup"), written, &sup);
        self.build.open(local_name!("a"), written, &link);
        match self.located(label).filter(|_| self.flavor.footnotes == Footnotes::Plain) {
            Some(span) => self.verbatim(span),
            None if self.flavor.footnotes == Footnotes::Plain => self.build.decoded_text(written, label),
            None => self.build.decoded_text(written, &number.to_string()),
        }
        self.build.close(local_name!("a"), Span::empty(written.end));
        self.build.close(local_name!("sup"), Span::empty(written.end));
    }

    /// Handles `[^label]: …`. If several definitions have the same label, links lead to the first.
    pub(super) fn footnote_definition(&mut self, label: &str, written: Span, events: &mut Events<'a>) {
        let class = attribute("class", "footnote-definition");
        let is_first = self.footnotes.defined.insert(label.to_owned());
        let mut attributes: Attributes<'_> = match self.flavor.footnotes {
            Footnotes::Off | Footnotes::Plain => smallvec![class, attribute("role", "doc-footnote")],
            Footnotes::Pulldown => smallvec![class],
            Footnotes::Goldmark | Footnotes::Github => {
                let events = events.take_footnote();
                if is_first {
                    self.footnotes.texts.insert(label.to_owned(), Text { written, events });
                }
                return;
            }
        };
        let id = if self.flavor.footnotes == Footnotes::Pulldown { label.to_owned() } else { format!("fn:{label}") };
        if is_first {
            attributes.push(NewAttribute::new(local_name!("id"), id, self.located(label)));
        }
        self.build.open(local_name!("div"), written, &attributes);
        if self.flavor.footnotes == Footnotes::Pulldown {
            self.footnote_number(label, written);
        }
    }

    fn footnote_number(&mut self, label: &str, written: Span) {
        let next = self.footnotes.used.len();
        let index = *self.footnotes.indexes.entry(label.to_owned()).or_insert(next);
        if index == next {
            self.footnotes.used.push((label.to_owned(), 0));
        }
        let mark = Span::empty(written.start);
        self.build.open(local_name!("sup"), mark, &[attribute("class", "footnote-definition-label")]);
        self.build.decoded_text(mark, &(index + 1).to_string());
        self.build.close(local_name!("sup"), mark);
    }

    pub(super) fn end_footnote_definition(&mut self, at: Span) {
        self.build.close(local_name!("div"), at);
    }

    /// Emits the texts of all footnotes with markers, including those that only other footnotes refer to.
    pub(super) fn emit_footnotes(&mut self, events: &mut Events<'a>) {
        let first = self
            .footnotes
            .used
            .iter()
            .skip(self.footnotes.emitted)
            .find_map(|(label, _)| self.footnotes.texts.get(label).map(|text| text.written));
        let Some(first) = first else { return };
        let (name, around): (_, Attributes<'_>) = match self.flavor.footnotes {
            Footnotes::Github => {
                (local_name!("section"), smallvec![attribute("data-footnotes", ""), attribute("class", "footnotes")])
            }
            _ => (local_name!("div"), smallvec![attribute("class", "footnotes"), attribute("role", "doc-endnotes")]),
        };
        self.build.open(name.clone(), first, &around);
        if self.flavor.footnotes != Footnotes::Github {
            self.build.open(local_name!("hr"), Span::empty(first.start), &[]);
        }
        self.build.open(local_name!("ol"), first, &[]);
        while let Some((label, _)) = self.footnotes.used.get(self.footnotes.emitted).cloned() {
            self.footnotes.emitted += 1;
            if let Some(text) = self.footnotes.texts.remove(&label) {
                self.footnote(self.footnotes.emitted, &label, text, events);
            }
        }
        self.build.close(local_name!("ol"), Span::empty(first.end));
        self.build.close(name, Span::empty(first.end));
    }

    fn footnote(&mut self, number: usize, label: &str, text: Text<'a>, events: &mut Events<'a>) {
        let id = match self.flavor.footnotes {
            Footnotes::Goldmark => format!("fn:{number}"),
            Footnotes::Github => format!("user-content-fn-{}", label.to_lowercase()),
            _ => format!("fn:{label}"),
        };
        self.build.open(local_name!("li"), text.written, &[attribute("id", id)]);
        let mut inside = text.events;
        // The back links are at the end of the last paragraph.
        let paragraph = inside.pop_if(|(event, _)| matches!(event, Event::End(TagEnd::Paragraph)));
        events.replay(inside);
        self.read_events(events);
        self.links_back(number, label, Span::empty(text.written.end));
        events.replay(paragraph.into_iter().collect());
        self.read_events(events);
        self.build.close(local_name!("li"), Span::empty(text.written.end));
    }

    fn links_back(&mut self, number: usize, label: &str, at: Span) {
        let count = self.footnotes.used.get(number - 1).map_or(0, |(_, count)| *count);
        let name = label.to_lowercase();
        for earlier in 0..count {
            let (space, attributes): (_, Attributes<'_>) = match self.flavor.footnotes {
                Footnotes::Github => {
                    let suffix = if earlier == 0 { String::new() } else { format!("-{}", earlier + 1) };
                    let href = attribute("href", format!("#{}", github_marker(&name, earlier)));
                    let title = attribute("aria-label", format!("Back to reference {number}{suffix}"));
                    let class = attribute("class", "data-footnote-backref");
                    (" ", smallvec![href, attribute("data-footnote-backref", ""), title, class])
                }
                _ => {
                    let href = attribute("href", format!("#{}", marker(number, earlier)));
                    let class = attribute("class", "footnote-backref");
                    ("\u{a0}", smallvec![href, class, attribute("role", "doc-backlink")])
                }
            };
            self.build.decoded_text(at, space);
            self.build.open(local_name!("a"), at, &attributes);
            let goldmark = self.flavor.footnotes == Footnotes::Goldmark;
            self.build.decoded_text(at, if goldmark { "\u{21a9}\u{fe0e}" } else { "\u{21a9}" });
            if self.flavor.footnotes == Footnotes::Github && earlier > 0 {
                self.build.open(local_name!("sup"), at, &[]);
                self.build.decoded_text(at, &(earlier + 1).to_string());
                self.build.close(local_name!("sup"), at);
            }
            self.build.close(local_name!("a"), at);
        }
    }
}

/// goldmark's id of a marker, if the same footnote has `earlier` other markers.
fn marker(number: usize, earlier: usize) -> String {
    if earlier == 0 { format!("fnref:{number}") } else { format!("fnref{earlier}:{number}") }
}

fn github_marker(name: &str, earlier: usize) -> String {
    let suffix = if earlier == 0 { String::new() } else { format!("-{}", earlier + 1) };
    format!("user-content-fnref-{name}{suffix}")
}
