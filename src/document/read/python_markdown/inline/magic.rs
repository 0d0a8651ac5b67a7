//! URLs, addresses and mentions without markup (`pymdownx/magiclink.py`).

use super::{Cursor, Found, Inline, Step};
use crate::document::read::python_markdown::text::Text;
use crate::document::read::python_markdown::tree::Node;
use crate::source::Span;
use regex::Regex;
use std::sync::LazyLock;

static LINK: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"(?i)(?:(?:ht|f)tps?://|w{3}\.)").ok());
static MAIL: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"(?i)[-+a-z0-9_](?:[-+a-z0-9_.]*[-+a-z0-9_])?@(?:[-a-z0-9_]+\.)(?:[-a-z0-9_]|\.)*[a-z]").ok()
});
static SHORTHAND: LazyLock<Option<Regex>> = LazyLock::new(|| {
    // Digits are ASCII here: with those of Unicode, compiling it takes 20 times as long.
    let user = r"[a-zA-Z0-9](?:[-a-zA-Z0-9_]{0,37}[a-zA-Z0-9])?";
    let repo = r"[-._a-zA-Z0-9]{0,99}[a-zA-Z0-9]";
    Regex::new(&format!(
        r"@(?P<mention>{user})\b(?:/(?P<of>{repo})\b)?|(?:(?P<user>{user})/)?(?P<repo>{repo})(?P<kind>[#!?])(?P<number>[1-9][0-9]*)\b|(?P<own>[#!?])(?P<issue>[1-9][0-9]*)\b"
    ))
    .ok()
});

/// The target of a mention or of a number.
struct Shorthand {
    url: String,
    title: String,
    class: &'static str,
    text: String,
}

impl Inline<'_, '_> {
    pub(super) fn magic_link(&mut self, at: &Cursor<'_>, from: usize) -> Option<Step> {
        let data = at.data;
        let mut next = from;
        loop {
            let found = LINK.as_ref()?.find_at(data.as_str(), next)?;
            let start = found.start();
            next = found.end();
            let is_free =
                |c: char| c.is_whitespace() || matches!(c, '*' | '_' | '~' | '^' | '[' | '(' | '\'' | '"' | '\u{3}');
            if !at.before(start).is_none_or(is_free) {
                next = start + 1;
                continue;
            }
            let Some(end) = link_end(data.as_str(), start, found.end()) else { continue };
            let url = data.slice(start..end);
            let is_www = !found.as_str().contains(':');
            let mut node = Node::named("a", data.span(start..end));
            let mut href = Text::default();
            if is_www {
                href.push_str("http://", Span::empty(data.offset(start)));
            }
            href.push_all(&self.unescaped(&url));
            node.set_written("href", href);
            node.text = Some(url.atomic());
            return Some(Step::Replace(start, end, Found::Node(self.nodes().detached(node))));
        }
    }

    pub(super) fn magic_mail(&mut self, at: &Cursor<'_>, from: usize) -> Option<Step> {
        let data = at.data;
        let mut next = from;
        loop {
            let found = MAIL.as_ref()?.find_at(data.as_str(), next)?;
            next = found.end();
            let before = at.before(found.start());
            let after = data.get(found.end()..data.len()).chars().next();
            let is_free =
                before.is_none_or(|c| !c.is_ascii_alphanumeric() && !matches!(c, '-' | '+' | '_' | '.' | '/' | '@'));
            let ends = after.is_none_or(|c| !c.is_alphanumeric() && !matches!(c, '_' | '-' | '@'));
            if !is_free || !ends || found.as_str().contains("..") {
                continue;
            }
            let written = data.slice(found.range());
            let mut node = Node::named("a", data.span(found.range()));
            let mut href = Text::of("mailto:", Span::empty(data.offset(found.start())));
            href.push_all(&written);
            node.set_written("href", href);
            node.text = Some(written.atomic());
            return Some(Step::Replace(found.start(), found.end(), Found::Node(self.nodes().detached(node))));
        }
    }

    /// `@user`, `@user/repo`, `user/repo#1`, `#1`
    pub(super) fn shorthand(&mut self, at: &Cursor<'_>, from: usize) -> Option<Step> {
        let data = at.data;
        let mut next = from;
        loop {
            let found = SHORTHAND.as_ref()?.captures_at(data.as_str(), next)?;
            let all = found.get(0)?;
            let before = at.before(all.start());
            let is_letter = before.is_some_and(|c| c.is_ascii_alphabetic());
            let in_word = before.is_some_and(|c| c.is_alphanumeric() || matches!(c, '_' | '@' | '/'));
            let is_free = if found.name("repo").is_some() { !in_word } else { !is_letter };
            let after = data.get(all.end()..data.len()).chars().next();
            let ends = after.is_none_or(|c| !c.is_alphanumeric() && c != '_');
            next = all.end();
            if !is_free || !ends {
                continue;
            }
            let Some(target) = self.shorthand_of(&found) else { continue };
            let span = data.span(all.range());
            let mut node = Node::named("a", span);
            node.set("href", &target.url);
            node.set("title", &target.title);
            node.set("class", &format!("magiclink magiclink-github magiclink-{}", target.class));
            node.text = Some(Text::of(&target.text, span).atomic());
            return Some(Step::Replace(all.start(), all.end(), Found::Node(self.nodes().detached(node))));
        }
    }

    fn shorthand_of(&self, found: &regex::Captures<'_>) -> Option<Shorthand> {
        let options = self.parser.options.magiclink.as_ref()?;
        let named = |name: &str| found.name(name).map(|found| found.as_str());
        if let Some(user) = named("mention") {
            return Some(match named("of") {
                Some(repo) => Shorthand {
                    url: format!("https://github.com/{user}/{repo}"),
                    title: format!("GitHub Repository: {user}/{repo}"),
                    class: "repository",
                    text: format!("{user}/{repo}"),
                },
                None => Shorthand {
                    url: format!("https://github.com/{user}"),
                    title: format!("GitHub User: {user}"),
                    class: "mention",
                    text: format!("@{user}"),
                },
            });
        }
        let (user, repo) = match named("repo") {
            Some(repo) => (named("user").unwrap_or(&options.user), repo),
            None => (options.user.as_str(), options.repo.as_str()),
        };
        let (kind, number) = (named("kind").or(named("own"))?, named("number").or(named("issue"))?);
        if user.is_empty() || repo.is_empty() {
            return None;
        }
        let (path, label, class) = match kind {
            "!" => ("pull", "Pull Request", "pull"),
            "?" => ("discussions", "Discussion", "discussion"),
            _ => ("issues", "Issue", "issue"),
        };
        let shown = if options.normalize_issues { "#" } else { kind };
        let text = match (user == options.user, repo == options.repo) {
            (true, true) => format!("{shown}{number}"),
            (true, false) => format!("{repo}{shown}{number}"),
            _ => format!("{user}/{repo}{shown}{number}"),
        };
        Some(Shorthand {
            url: format!("https://github.com/{user}/{repo}/{path}/{number}"),
            title: format!("GitHub {label}: {user}/{repo} #{number}"),
            class,
            text,
        })
    }
}

/// Where a URL ends: before punctuation, and before brackets that it does not open.
fn link_end(text: &str, start: usize, floor: usize) -> Option<usize> {
    let rest = text.get(floor..)?;
    let first = rest.chars().next().filter(|&c| c.is_alphanumeric())?;
    let domain: usize =
        rest.chars().take_while(|&c| c.is_alphanumeric() || matches!(c, '_' | '-' | '.')).map(char::len_utf8).sum();
    let stop = |c: char| c.is_whitespace() || matches!(c, '<' | '\u{2}' | '\u{3}');
    let mut end = floor + rest.find(stop).unwrap_or(rest.len());
    let count = |end: usize, c: char| text.get(start..end).map_or(0, |link| link.matches(c).count());
    let mut closers: Option<[i64; 2]> = None;
    while end > floor + first.len_utf8() {
        let c = text.get(..end)?.chars().next_back()?;
        match c {
            '?' | '!' | '.' | ',' | ':' | '*' | '_' | '~' | '^' | '\'' | '"' => end -= 1,
            ';' => {
                let name = text.get(floor..end - 1)?.trim_end_matches(char::is_alphanumeric);
                let is_reference = name.ends_with('&') && floor + name.len() < end - 1;
                end = if is_reference { floor + name.len() - 1 } else { end - 1 };
            }
            ')' | ']' => {
                let surplus = closers.get_or_insert_with(|| {
                    [(')', '('), (']', '[')].map(|(close, open)| count(end, close) as i64 - count(end, open) as i64)
                });
                let which = &mut surplus[usize::from(c == ']')];
                if *which <= 0 {
                    break;
                }
                *which -= 1;
                end -= 1;
            }
            _ => break,
        }
    }
    let host = text.get(floor..end.min(floor + domain))?;
    (!host.rsplit('.').take(2).any(|part| part.contains('_'))).then_some(end)
}
