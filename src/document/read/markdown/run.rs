//! Runs of verbatim text, in which some engines find URLs.

use crate::document::read::markdown::Reader;
use crate::document::read::markdown::autolink::{self, Kind};
use crate::document::tree::build::{Build, NewAttribute};
use crate::place::flavor::{Autolinks, Scheme};
use crate::source::Span;
use html5ever::local_name;
use pulldown_cmark::Tag;

/// A run of verbatim text that the parser reported in parts.
#[derive(Clone, Copy, Debug)]
pub(super) struct Run {
    span: Span,
    /// Whether text that is not verbatim precedes the run.
    after_text: bool,
}

/// The context of a run.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Around {
    /// The end of the last text that is not verbatim.
    decoded_to: Option<u32>,
    /// The number of unclosed `[` in the block.
    brackets: u32,
}

impl<B: Build> Reader<'_, B> {
    /// Emits verbatim text, or adds it to the current run.
    pub(super) fn add_to_run(&mut self, span: Span) {
        let span = self.within_heading(span);
        if self.flavor.autolinks == Autolinks::Off || self.open_links > 0 || self.in_code {
            return self.verbatim(span);
        }
        match &mut self.run {
            Some(run) if run.span.end == span.start => run.span.end = span.end,
            _ => {
                self.flush();
                self.run = Some(Run { span, after_text: self.around.decoded_to == Some(span.start) });
            }
        }
    }

    /// Emits the current run because text that is not verbatim, at `written`, follows it.
    pub(super) fn flush_before_text(&mut self, written: Span) {
        self.flush();
        self.around.decoded_to = Some(written.end);
    }

    /// Resets the number of brackets at the start of a block.
    pub(super) fn note_block(&mut self, tag: &Tag<'_>) {
        if !matches!(tag, Tag::Emphasis | Tag::Strong | Tag::Strikethrough | Tag::Link { .. } | Tag::Image { .. }) {
            self.around.brackets = 0;
        }
    }

    /// Emits the current run, with links for the URLs in it.
    pub(super) fn flush(&mut self) {
        let Some(run) = self.run.take() else { return };
        let text = self.written(run.span);
        let (mut from, mut emitted) = (0, 0);
        while let Some(found) = autolink::next(text, from, run.after_text, self.flavor) {
            let span = Span::new(run.span.start + found.start as u32, run.span.start + found.end as u32);
            let in_label = self.note_brackets(text.get(from..found.start).unwrap_or(""), run.span.start + from as u32);
            from = found.end;
            if in_label || self.has_template(span) {
                self.note_brackets(text.get(found.start..found.end).unwrap_or(""), span.start);
                continue;
            }
            self.verbatim(Span::new(run.span.start + emitted as u32, span.start));
            self.link(found.kind, span);
            emitted = found.end;
        }
        self.note_brackets(text.get(from..).unwrap_or(""), run.span.start + from as u32);
        self.verbatim(Span::new(run.span.start + emitted as u32, run.span.end));
    }

    fn link(&mut self, kind: Kind, span: Span) {
        let text = self.written(span);
        let href = match (kind, self.flavor.www_scheme) {
            (Kind::Url, _) => return self.link_to(NewAttribute::new(local_name!("href"), text, Some(span)), span),
            (Kind::Www, Scheme::Http) => format!("http://{text}"),
            (Kind::Www, Scheme::Https) => format!("https://{text}"),
            (Kind::Email, _) => format!("mailto:{text}"),
        };
        self.link_to(NewAttribute::new(local_name!("href"), href, Some(span)), span);
    }

    fn link_to(&mut self, href: NewAttribute<'_>, span: Span) {
        self.build.open(local_name!("a"), span, &[href]);
        self.verbatim(span);
        self.build.close(local_name!("a"), Span::empty(span.end));
    }

    fn has_template(&self, span: Span) -> bool {
        crate::source::overlapping(self.input.templates, span).next().is_some()
    }

    /// Counts the brackets of `text`, which is at `start`. Returns whether goldmark parses what follows as part of a
    /// link's text, in which it does not link URLs.
    fn note_brackets(&mut self, text: &str, start: u32) -> bool {
        if self.flavor.autolinks != Autolinks::Goldmark {
            return false;
        }
        for found in memchr::memchr2_iter(b'[', b']', text.as_bytes()) {
            let at = start + found as u32;
            let escaped =
                at.checked_sub(1).is_some_and(|before| self.source.as_bytes().get(before as usize) == Some(&b'\\'));
            match text.as_bytes().get(found) {
                _ if escaped => {}
                Some(b'[') => self.around.brackets += 1,
                _ => self.around.brackets = self.around.brackets.saturating_sub(1),
            }
        }
        self.around.brackets > 0
    }
}
