//! `element-obsolete`: an element that HTML has made obsolete.

use crate::diagnostic::{Fix, Safety};
use crate::document::Element;
use crate::document::edit::element;
use crate::edit::Edit;
use crate::rule::repeated;
use crate::rule::{Check, Context, Finding, Wants};
use crate::source::Span;
use serde::Deserialize;

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
        for (name, instead, same) in OBSOLETE {
            let is_it = |element: &Element<'_>| element.is_html() && element.name() == *name;
            let found: Vec<Element<'_>> = elements.iter().copied().filter(is_it).collect();
            if !found.is_empty() {
                report(context, &found, (name, instead, *same));
            }
        }
    }
}

/// Reports one finding per post for all elements of a name: they are replaced in the same way.
fn report(context: &mut Context<'_>, found: &[Element<'_>], (name, instead, same): (&str, &str, Option<&str>)) {
    let spans: Vec<Span> = found.iter().filter_map(|element| element.start_tag()).collect();
    let Some(&first) = spans.first() else { return };
    let closed = found.iter().filter(|element| element.end_tag().is_some());
    let edits: Vec<Edit> =
        same.map(|same| closed.filter_map(|it| element::rename_tag(*it, same)).flatten().collect()).unwrap_or_default();
    let times = match spans.len() {
        1 => String::new(),
        count => format!(", and used {count} times"),
    };
    context.report(Finding {
        message: Some(format!("`<{name}>` is obsolete{times}")),
        help: Some(instead.to_owned()),
        related: repeated::others(spans.iter().copied(), "here too"),
        fix: (!edits.is_empty()).then(|| Fix::new(instead, Safety::Unsafe, edits)),
        identity: Some(name.to_owned()),
        ..Finding::at(first)
    });
}
