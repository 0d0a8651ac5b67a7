//! What a layout says of a value that it writes: the texts between its templates.

use crate::document::Document;
use crate::source::Span;

/// What is known of a value.
#[derive(Debug, PartialEq, Eq)]
pub struct Pattern {
    /// The texts between templates, in order.
    parts: Vec<String>,
    /// Whether some of them may be left out.
    is_conditional: bool,
    /// The templates, which may name what they print: `{{ "fonts/a.woff2" | relative_url }}`.
    code: String,
}

impl Pattern {
    /// That of a value in a layout.
    pub fn of(document: &Document<'_>, value: Span) -> Self {
        let text = document.source.text();
        let mut parts = Vec::new();
        let (mut at, mut is_conditional, mut code) = (value.start, false, String::new());
        // `{{-` and `-}}` take the whitespace beside them away.
        let mut trims_next = false;
        let part = |span: Span, trims_start: bool, trims_end: bool| {
            let part = span.slice(text);
            let part = if trims_start { part.trim_start() } else { part };
            if trims_end { part.trim_end() } else { part }.to_owned()
        };
        for template in document.tree.templates_in(value) {
            let start = template.start.max(at);
            let written = template.slice(text);
            let trims = ["{{-", "{%-"].iter().any(|it| written.starts_with(it));
            parts.push(part(Span::new(at, start), trims_next, trims));
            trims_next = ["-}}", "-%}"].iter().any(|it| written.ends_with(it));
            is_conditional |= is_control(written);
            code.push_str(written);
            at = template.end.min(value.end).max(start);
        }
        parts.push(part(Span::new(at, value.end), trims_next, false));
        if let Some(end) = end_of_url(&code).filter(|_| parts.iter().all(String::is_empty)) {
            return Pattern { parts: vec![String::new(), end.to_owned()], is_conditional, code };
        }
        // Values in braces are expressions in JSX and its relatives.
        if let [only] = &*parts
            && only.starts_with('{')
        {
            return Pattern { code: only.clone(), parts: vec![String::new(), String::new()], is_conditional };
        }
        Pattern { parts, is_conditional, code }
    }

    /// That of a value without templates.
    pub fn of_text(text: &str) -> Self {
        Pattern { parts: vec![text.to_owned()], is_conditional: false, code: String::new() }
    }

    /// The texts between its templates.
    pub fn parts(&self) -> &[String] {
        &self.parts
    }

    /// The value, if no template is in it.
    pub fn literal(&self) -> Option<&str> {
        match &*self.parts {
            [whole] => Some(whole),
            _ => None,
        }
    }

    /// Whether the value has to have what is known of it.
    pub fn is_sure(&self) -> bool {
        !self.is_conditional && self.parts.iter().any(|part| !part.is_empty())
    }

    /// Whether the attribute is left out if its value is not set, as components do with those in braces.
    pub fn may_be_left_out(&self) -> bool {
        let is_expression = self.code.starts_with('{') && !self.code.starts_with("{{") && !self.code.starts_with("{%");
        is_expression && self.parts.iter().all(String::is_empty)
    }

    /// Whether the value is written here, and not what a template gets from elsewhere.
    pub fn says(&self, value: &str) -> bool {
        self.literal().is_some() || self.named(value) > 0
    }

    /// Number of the characters of a value that are known; `None` if it cannot be this one.
    pub fn score(&self, value: &str) -> Option<usize> {
        Some(self.known(value)? + self.named(value))
    }

    /// The length of the end of a URL, if a template names it.
    fn named(&self, value: &str) -> usize {
        let end = value.trim_end_matches('/').rsplit('/').next().unwrap_or("");
        if end.len() > 3 && self.code.contains(end) { end.len() } else { 0 }
    }

    fn known(&self, value: &str) -> Option<usize> {
        match &*self.parts {
            [whole] => {
                let whole = crate::text::decoded(whole);
                (whole.trim() == value.trim()).then_some(whole.len())
            }
            [first, ..] if self.is_conditional => value.starts_with(first.trim_start()).then_some(first.len()),
            [first, middle @ .., last] => {
                let mut rest = value.strip_prefix(&**first)?;
                for part in middle.iter().filter(|part| !part.is_empty()) {
                    rest = rest.get(rest.find(&**part)? + part.len()..)?;
                }
                rest.ends_with(&**last).then(|| self.parts.iter().map(String::len).sum())
            }
            [] => Some(0),
        }
    }
}

/// Filters and functions that put the URL of the site before a path.
const URL_FILTERS: [&str; 7] = ["absolute_url", "relative_url", "url", "absURL", "relURL", "absLangURL", "relLangURL"];

/// The end of the value of a template that makes a URL of a path: `{{ '/about/' | relative_url }}`, `{{ relURL "/about/" }}`.
fn end_of_url(template: &str) -> Option<&str> {
    let inside = template.strip_prefix("{{")?.strip_suffix("}}")?;
    let inside = inside.trim_start_matches('-').trim_end_matches('-').trim();
    let is_filter = |word: &str| URL_FILTERS.contains(&word.trim());
    let quoted = match inside.split_once('|') {
        Some((path, filter)) => Some(path).filter(|_| is_filter(filter)),
        None => inside.split_once(' ').filter(|(name, _)| is_filter(name)).map(|(_, path)| path),
    }?;
    let quoted = quoted.trim();
    let path = ['"', '\''].iter().find_map(|quote| quoted.strip_prefix(*quote)?.strip_suffix(*quote))?;
    // Others are written in another way: with percent signs.
    let is_plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '/' | '-' | '_' | '.' | '#');
    (!path.is_empty() && path.chars().all(is_plain)).then_some(path)
}

/// Whether a template chooses what is written.
pub fn is_control(template: &str) -> bool {
    let inside = template.trim_start_matches(['{', '%', '<', '-', ' ', '#']);
    let word = inside.split(|c: char| !c.is_alphanumeric()).next().unwrap_or("");
    template.starts_with("{%")
        || template.starts_with("<%") && !template.starts_with("<%=") && !template.starts_with("<%-")
        || matches!(word, "if" | "else" | "end" | "range" | "with" | "for" | "unless" | "case" | "block" | "define")
}
