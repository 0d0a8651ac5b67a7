//! `element-obsolete`: an element that HTML has made obsolete.

use crate::diagnostic::{Fix, Safety};
use crate::document::Element;
use crate::document::ask::prose;
use crate::document::ask::section::Sections;
use crate::document::edit::element;
use crate::edit::Edit;
use crate::place::is_old_version;
use crate::rule::repeated;
use crate::rule::{Check, Context, Finding, Wants};
use crate::source::Span;
use crate::text::{line_after, line_before};
use serde::Deserialize;
use std::cell::LazyCell;

/// No options: the list of elements is that of the HTML standard.
#[derive(Deserialize)]
pub struct ElementObsolete {}

/// Obsolete elements, what to use instead, and an element with the same meaning if there is one
/// (<https://html.spec.whatwg.org/multipage/obsolete.html#non-conforming-features>).
const OBSOLETE: &[(&str, &str, Option<&str>)] = &[
    ("acronym", "write `<abbr>`", Some("abbr")),
    ("applet", "use `<embed>` or `<object>`", None),
    ("basefont", "use a style sheet", None),
    ("bgsound", "use `<audio>`", None),
    ("big", "use a heading, `<strong>`, or a style sheet", None),
    ("blink", "use a style sheet", None),
    ("center", "center it in the style sheet: `text-align: center`", None),
    ("dir", "write `<ul>`", Some("ul")),
    ("font", "use a style sheet", None),
    ("frame", "use `<iframe>`", None),
    ("frameset", "use `<iframe>`", None),
    ("marquee", "use a style sheet", None),
    ("nobr", "use a style sheet: `white-space: nowrap`", None),
    ("noframes", "use `<iframe>`", None),
    ("plaintext", "use `<pre>`", None),
    ("spacer", "use a style sheet", None),
    ("strike", "use `<del>` for deleted text, otherwise `<s>`", Some("s")),
    ("tt", "write `<code>`, `<kbd>` or `<samp>`", Some("code")),
    ("xmp", "use `<pre>`", None),
];

impl Check for ElementObsolete {
    fn wants(&self) -> Wants {
        let names: Vec<&str> = OBSOLETE.iter().map(|(name, ..)| *name).collect();
        Wants::together(&names)
    }

    fn elements(&self, context: &mut Context<'_>, elements: &[Element<'_>]) {
        let document = context.document;
        if is_old_version(&document.place.path) {
            return;
        }
        let sections = LazyCell::new(|| Sections::of(&document.tree));
        for (name, instead, same) in OBSOLETE {
            let is_it = |element: &Element<'_>| element.is_html() && element.name() == *name;
            let mut found: Vec<Element<'_>> = elements.iter().copied().filter(is_it).collect();
            if found.len() <= MAX_SUBJECTS {
                found.retain(|element| !is_subject(*element, document.source.text(), &sections));
            }
            if !found.is_empty() {
                report(context, &found, (name, instead, *same));
            }
        }
    }
}

/// Maximum number of elements of a name that a post is about.
const MAX_SUBJECTS: usize = 32;

/// Words for what an element is.
const TAG_WORDS: &[&str] = &["tag", "element", "태그", "요소", "タグ", "要素", "标签", "標籤", "元素"];

/// Whether the post is about the element: the heading above it or the line around it names it as one.
fn is_subject(element: Element<'_>, source: &str, sections: &Sections<'_>) -> bool {
    let Some(span) = element.span() else { return false };
    let is_heading = |text: &str| text.trim().eq_ignore_ascii_case(element.name()) || names(text, element.name());
    if sections.heading_above(span.start).is_some_and(|heading| is_heading(&prose::words(heading))) {
        return true;
    }
    let around = format!("{} {}", line_before(source, span.start), line_after(source, span.end)).to_lowercase();
    let this = ["this tag", "this element", "이 태그", "이 요소", "このタグ", "この要素", "这个标签", "這個標籤"];
    names(&around, element.name()) || this.iter().any(|it| around.contains(it))
}

/// Whether a text names an element: `strike tag`, or its start tag as code.
fn names(text: &str, name: &str) -> bool {
    let lower = text.to_lowercase();
    let words: Vec<&str> = lower.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let is_tag = |word: &&str| TAG_WORDS.iter().any(|tag| word.starts_with(tag));
    let is_named = words.windows(2).any(|pair| matches!(pair, [one, other] if *one == name && is_tag(other)));
    is_named || [format!("`<{name}"), format!("&lt;{name}")].iter().any(|code| lower.contains(code))
}

/// Elements that may be narrower than the column.
const BLOCKS: [&str; 7] = ["blockquote", "table", "div", "iframe", "figure", "video", "object"];
const CENTER_BLOCK: &str =
    "center it in the style sheet: `margin: auto` for a block with a width, `text-align: center` for text";

/// Reports one finding per post for all elements of a name: they are replaced in the same way.
fn report(context: &mut Context<'_>, found: &[Element<'_>], (name, instead, same): (&str, &str, Option<&str>)) {
    let spans: Vec<Span> = found.iter().filter_map(|element| element.start_tag()).collect();
    let Some(&first) = spans.first() else { return };
    let closed = found.iter().filter(|element| element.end_tag().is_some());
    let edits: Vec<Edit> =
        same.map(|same| closed.filter_map(|it| element::rename_tag(*it, same)).flatten().collect()).unwrap_or_default();
    // `text-align` moves text, and a block only by its margins.
    let has_block = |element: &Element<'_>| element.descendant_elements().any(|it| BLOCKS.contains(&it.name()));
    let help = if name == "center" && found.iter().any(has_block) { CENTER_BLOCK } else { instead };
    let times = match spans.len() {
        1 => String::new(),
        count => format!(", and used {count} times"),
    };
    context.report(Finding {
        message: Some(format!("`<{name}>` is obsolete{times}")),
        help: Some(help.to_owned()),
        related: repeated::others(spans.iter().copied(), "here too"),
        fix: (!edits.is_empty()).then(|| Fix::new(instead, Safety::Unsafe, edits)),
        identity: Some(name.to_owned()),
        ..Finding::at(first)
    });
}
