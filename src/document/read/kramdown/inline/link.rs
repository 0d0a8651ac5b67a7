//! Links, images, automatic links and footnote markers.
//!
//! In kramdown 2.4: `parser/kramdown/link.rb`, `parse_link`; `autolink.rb`, `parse_autolink`; `footnote.rb`,
//! `parse_footnote_marker`.

use crate::document::read::kramdown::block::reference::link_name;
use crate::document::read::kramdown::entities;
use crate::document::read::kramdown::inline::{Around, Event, Inline, Last, Stop};
use crate::document::read::kramdown::lines::{is_space, leading_space, name_len, trim};
use crate::document::tree::build::NewAttribute;
use html5ever::{LocalName, local_name};
use std::borrow::Cow;
use std::ops::Range;

/// The target of a link or an image.
enum Target {
    Inline { url: Range<usize>, title: Option<Range<usize>> },
    Definition(u32),
}

impl<'s> Inline<'_, 's> {
    /// Parses the link or image at `at`, or its bracket as text. Returns the end.
    pub(super) fn link(&mut self, at: usize, around: Around) -> Option<usize> {
        let image = self.source.as_bytes()[at] == b'!';
        let inside = at + 1 + usize::from(image);
        if image && self.source.as_bytes().get(at + 1) != Some(&b'[') {
            return None;
        }
        if self.source.as_bytes().get(inside).is_none_or(|&next| next == b'^') {
            return None;
        }
        if (!image && around.link)
            || self.fuel == 0
            || around.depth >= crate::document::read::kramdown::inline::MAX_DEPTH
            || self.last(Last::Bracket) <= inside
        {
            return Some(inside);
        }
        let before = self.checkpoint();
        let name = if image { local_name!("img") } else { local_name!("a") };
        let opened = self.open(name, at, inside);
        let inner = Around { link: true, directly_em: false, depth: around.depth + 1, ..around };
        let (stop, found) = self.spans(inside, &mut Stop::Bracket { open: 1 }, inner);
        let target = if found { self.target(stop + 1, inside..stop) } else { None };
        let Some((target, end)) = target else {
            // Whether the search for the target may have continued up to the end of the text.
            let looked_on = found && self.source.as_bytes().get(stop + 1) == Some(&b'(');
            let cost = if looked_on { self.source.len() } else { stop } - at;
            self.undo(&before, cost);
            return Some(inside);
        };
        if image {
            // The alternative text is verbatim: drop the events inside it.
            self.events.all.truncate(opened + 1);
            self.forget_lists(&before);
        }
        self.run = end;
        self.set_target(opened, target, image.then_some(inside..stop));
        if image {
            if let Some(Event::Open(opening)) = self.events.all.get_mut(opened) {
                opening.range.end = end;
            }
            self.last_element = Some(opened);
            return Some(end);
        }
        Some(self.close(opened, end..end))
    }

    /// The target after a link's text, and its end.
    fn target(&self, at: usize, label: Range<usize>) -> Option<(Target, usize)> {
        let rest = self.source.get(at..)?;
        let white = leading_space(rest);
        if let Some(named) = rest[white..].strip_prefix('[')
            && let Some(len) = memchr::memchr(b']', named.as_bytes())
        {
            let name = if len == 0 { &self.source[label] } else { &named[..len] };
            return Some((self.definition(name)?, at + white + len + 2));
        }
        if !rest.starts_with('(') {
            return Some((self.definition(&self.source[label])?, at));
        }
        self.inline_target(at)
    }

    fn definition(&self, name: &str) -> Option<Target> {
        let number = *self.reader.link_names.get(&link_name(name))?;
        let definition = &self.reader.links[number as usize];
        let len = definition.url.len() + definition.title.as_ref().map_or(0, |(title, _)| title.len());
        self.reader.definitions.allow(len).then_some(Target::Definition(number))
    }

    /// Parses `(url "title")`. The URL may contain spaces and balanced parentheses.
    fn inline_target(&self, at: usize) -> Option<(Target, usize)> {
        let bytes = self.source.as_bytes();
        if let Some(rest) = self.source[at + 1..].strip_prefix('<')
            && let Some(len) = rest.find('>').filter(|&len| !rest[..len].contains('\n'))
        {
            let url = at + 2..at + 2 + len;
            let after = url.end + 1;
            if bytes.get(after) == Some(&b')') {
                return Some((Target::Inline { url, title: None }, after + 1));
            }
            let (title, end) = self.title(after)?;
            return Some((Target::Inline { url, title: Some(title) }, end));
        }
        let mut depth = 1;
        let mut position = at + 1;
        loop {
            let rest = bytes.get(position..)?;
            let found = memchr::memchr3(b')', b'"', b'\'', rest)?;
            depth += memchr::memchr_iter(b'(', &rest[..found]).count();
            position += found;
            match bytes[position] {
                b')' => {
                    depth -= 1;
                    if depth == 0 {
                        let url = trim(self.source, at + 1..position);
                        return Some((Target::Inline { url, title: None }, position + 1));
                    }
                }
                _ if position > at + 1 && is_space(bytes[position - 1]) => {
                    let url = trim(self.source, at + 1..position);
                    let (title, end) = self.title(position - 1)?;
                    return Some((Target::Inline { url, title: Some(title) }, end));
                }
                _ => {}
            }
            position += 1;
        }
    }

    /// Parses whitespace, a quoted title and `)`.
    fn title(&self, at: usize) -> Option<(Range<usize>, usize)> {
        let rest = self.source.get(at..)?;
        let start = at + leading_space(rest);
        let bytes = self.source.as_bytes();
        let quote = *bytes.get(start).filter(|quote| matches!(quote, b'"' | b'\''))?;
        let mut from = start + 2;
        loop {
            let close = from + memchr::memchr(quote, bytes.get(from..)?)?;
            let after = close + 1 + leading_space(&self.source[close + 1..]);
            if bytes.get(after) == Some(&b')') {
                return Some((start + 1..close, after + 1));
            }
            from = close + 1;
        }
    }

    fn set_target(&mut self, opened: usize, target: Target, label: Option<Range<usize>>) {
        let image = label.is_some();
        let url_name = if image { local_name!("src") } else { local_name!("href") };
        let first = self.events.attributes.len() as u32;
        let mut definition_number = None;
        match target {
            Target::Inline { url, title } => {
                let url = self.attribute(url_name, url);
                self.events.attributes.push(url);
                if let Some(title) = title {
                    let title = self.attribute(local_name!("title"), title);
                    self.events.attributes.push(title);
                }
            }
            Target::Definition(number) => {
                let definition = &self.reader.links[number as usize];
                let url = decoded(&definition.url).into_owned();
                self.events.attributes.push(NewAttribute::new(url_name, url, Some(definition.url_span)));
                if let Some((title, span)) = &definition.title {
                    let title = NewAttribute::new(local_name!("title"), decoded(title).into_owned(), Some(*span));
                    self.events.attributes.push(title);
                }
                definition_number = Some(number);
            }
        }
        if let Some(label) = label {
            let written = &self.source[label.clone()];
            let span = Some(self.text.span(label.clone()));
            let value = if memchr::memchr2(b'\\', b'&', written.as_bytes()).is_some() {
                Cow::Owned(decoded(&unescaped(written)).into_owned())
            } else {
                self.text.borrowed(label).map_or_else(|| Cow::Owned(written.to_owned()), Cow::Borrowed)
            };
            let alt = NewAttribute { name: local_name!("alt"), value, name_span: None, value_span: span };
            self.events.attributes.push(alt);
        }
        let end = self.events.attributes.len() as u32;
        if let Some(Event::Open(opening)) = self.events.all.get_mut(opened) {
            opening.attributes = (first, end);
            opening.definition = definition_number;
        }
    }

    fn attribute(&self, name: LocalName, range: Range<usize>) -> NewAttribute<'s> {
        let written = &self.source[range.clone()];
        let span = Some(self.text.span(range.clone()));
        let value = match decoded(written) {
            Cow::Owned(value) => Cow::Owned(value),
            Cow::Borrowed(_) => self.text.borrowed(range).map_or_else(|| Cow::Owned(written.to_owned()), Cow::Borrowed),
        };
        NewAttribute { name, value, name_span: None, value_span: span }
    }

    /// Parses `<https://…>` or `<name@host>` at `at`; returns its end.
    pub(super) fn autolink(&mut self, at: usize) -> Option<usize> {
        let inside = self.source.get(at + 1..)?;
        if self.last(Last::Angle) <= at {
            return None;
        }
        let scheme =
            ["mailto:", "http:", "https:", "ftp:", "ftps:"].into_iter().find(|scheme| inside.starts_with(scheme));
        let len = match scheme {
            Some(scheme) => {
                let len = memchr::memchr2(b'>', b'\n', inside.as_bytes())?;
                (len > scheme.len() && inside.as_bytes()[len] == b'>').then_some(len)?
            }
            None => address_len(inside)?,
        };
        let written = at + 1..at + 1 + len;
        let end = written.end + 1;
        let shown = if scheme == Some("mailto:") { written.start + 7..written.end } else { written.clone() };
        let href = match scheme {
            None => NewAttribute::new(
                local_name!("href"),
                format!("mailto:{}", &inside[..len]),
                Some(self.text.span(written)),
            ),
            Some(_) => self.attribute(local_name!("href"), written),
        };
        let opened = self.open(local_name!("a"), at, shown.start);
        let first = self.events.attributes.len() as u32;
        self.events.attributes.push(href);
        if let Some(Event::Open(opening)) = self.events.all.get_mut(opened) {
            opening.attributes = (first, first + 1);
        }
        match decoded(&self.source[shown.clone()]) {
            Cow::Borrowed(_) => self.events.all.push(Event::Text(shown)),
            Cow::Owned(decoded) => self.events.all.push(Event::Decoded(shown, decoded.into())),
        }
        self.run = end;
        Some(self.close(opened, end..end))
    }

    /// Parses `[^name]` at `at`, if the footnote is defined; returns its end.
    pub(super) fn footnote(&mut self, at: usize) -> Option<usize> {
        let inside = self.source.get(at..)?.strip_prefix("[^")?;
        let len = name_len(inside);
        if len == 0 || inside.as_bytes().get(len) != Some(&b']') {
            return None;
        }
        if !self.reader.footnotes.contains_key(&inside[..len]) {
            return Some(at + len + 3);
        }
        let name = at + 2..at + 2 + len;
        let end = name.end + 1;
        Some(self.push(at..end, Event::Footnote(at..end, name)))
    }
}

/// The length of an email address that is followed by `>`.
fn address_len(text: &str) -> Option<usize> {
    let is_word = |c: char| c.is_alphanumeric() || c == '_' || c == '-';
    let local: usize = text.chars().take_while(|&c| is_word(c) || c == '.').map(char::len_utf8).sum();
    let host = text.get(local..)?.strip_prefix('@').filter(|_| local > 0)?;
    let len: usize = host.chars().take_while(|&c| is_word(c) || c == '.').map(char::len_utf8).sum();
    let (front, top) = host.get(..len)?.rsplit_once('.')?;
    let valid = !front.is_empty()
        && front.split('.').all(|part| !part.is_empty())
        && !top.is_empty()
        && top.bytes().all(|byte| byte.is_ascii_lowercase());
    (valid && host.as_bytes().get(len) == Some(&b'>')).then_some(local + 1 + len)
}

/// Returns `written` with its character references decoded.
pub(in crate::document::read::kramdown) fn decoded(written: &str) -> Cow<'_, str> {
    let Some(first) = memchr::memchr(b'&', written.as_bytes()) else { return Cow::Borrowed(written) };
    let mut text = written[..first].to_owned();
    let mut at = first;
    while let Some(rest) = written.get(at..).filter(|rest| !rest.is_empty()) {
        if let Some((len, c)) = rest.starts_with('&').then(|| entities::reference(rest)).flatten() {
            text.push(c);
            at += len;
            continue;
        }
        let next = memchr::memchr(b'&', &rest.as_bytes()[1..]).map_or(rest.len(), |next| next + 1);
        text.push_str(&rest[..next]);
        at += next;
    }
    Cow::Owned(text)
}

/// Returns `written` without the backslashes of escapes.
fn unescaped(written: &str) -> String {
    let mut text = String::with_capacity(written.len());
    let mut chars = written.chars().peekable();
    while let Some(c) = chars.next() {
        let escapes = c == '\\'
            && chars
                .peek()
                .is_some_and(|&next| crate::document::read::kramdown::inline::typography::is_escapable(next, true));
        match (escapes, chars.peek()) {
            (true, Some(&next)) => {
                chars.next();
                text.push(next);
            }
            _ => text.push(c),
        }
    }
    text
}
