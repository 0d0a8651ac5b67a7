//! What a layout says of the inside of an element: its child elements, and the texts between its templates.

use crate::document::ask::head::text_of;
use crate::document::{Document, Element};
use crate::engine::audit::pattern::{Pattern, is_control};
use crate::source::Span;
use crate::text::letters;

/// Elements whose inside is small, and is not begun in one file and ended in another.
const SMALL: [&str; 26] = [
    "a", "b", "button", "caption", "cite", "dd", "dt", "em", "figcaption", "figure", "h1", "h2", "h3", "h4", "h5",
    "h6", "i", "label", "legend", "li", "small", "span", "strong", "summary", "td", "time",
];

/// What is known of the inside of an element.
#[derive(Debug, Default)]
pub enum Inside {
    /// Nothing: a template may write anything there.
    #[default]
    Unknown,
    /// The letters of its texts, in order, without elements. `is_whole`: no template is between them.
    Text { parts: Vec<String>, is_whole: bool },
    /// The names of its child elements, in order, among which templates may write others.
    Children { names: Vec<String>, is_whole: bool },
}

impl Inside {
    /// That of an element of a layout.
    pub fn of(document: &Document<'_>, element: Element<'_>) -> Self {
        let (Some(start), Some(end)) = (element.start_tag(), element.end_tag()) else { return Inside::Unknown };
        let inside = Span::new(start.end, end.start.max(start.end));
        let text = document.source.text();
        let mut templates = document.tree.templates_in(inside).peekable();
        let is_whole = templates.peek().is_none();
        let names: Vec<String> = element.child_elements().map(|it| it.name().to_owned()).collect();
        if !is_whole && (!SMALL.contains(&element.name()) || templates.any(|it| may_write_all(it.slice(text)))) {
            return Inside::Unknown;
        }
        match names.is_empty() {
            // Braces are templates of components.
            true if inside.slice(text).contains('{') && is_whole => Inside::Unknown,
            true if is_whole => Inside::Text { parts: vec![letters(&text_of(element))], is_whole },
            true => {
                let pattern = Pattern::of(document, inside);
                let parts = pattern.parts().iter().map(|part| letters(part));
                Inside::Text { parts: parts.filter(|part| !part.is_empty()).collect(), is_whole }
            }
            false if !SMALL.contains(&element.name()) => Inside::Unknown,
            false => Inside::Children { names, is_whole },
        }
    }

    /// Number of characters and elements that an element has in common with it; `None` if it has another inside.
    pub fn score(&self, element: Element<'_>) -> Option<usize> {
        match self {
            Inside::Unknown => Some(0),
            Inside::Text { parts, is_whole: true } => {
                let said: &str = parts.first().map_or("", |part| part);
                (said.is_empty() || said == letters(&text_of(element))).then_some(said.len())
            }
            Inside::Text { parts, .. } => {
                let text = letters(&text_of(element));
                let mut rest = &*text;
                for part in parts {
                    rest = rest.get(rest.find(&**part)? + part.len()..)?;
                }
                Some(parts.iter().map(String::len).sum())
            }
            Inside::Children { names, is_whole } => {
                let mut children = element.child_elements();
                let are_there = names.iter().all(|name| children.any(|child| child.name() == name));
                let are_all = !is_whole || element.child_elements().count() == names.len();
                (are_there && are_all).then_some(names.len())
            }
        }
    }
}

/// Whether a template decides what is written, or may write more than a value.
fn may_write_all(template: &str) -> bool {
    let words =
        ["content", "include", "partial", "render", "component", "template", "block", "slot", "yield", "children"];
    let lower = template.to_ascii_lowercase();
    is_control(template) || words.iter().any(|word| lower.contains(word))
}
