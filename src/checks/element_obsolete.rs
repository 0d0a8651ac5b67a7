//! `element-obsolete`: an element that HTML has made obsolete.

use crate::diagnostic::{Fix, Safety};
use crate::document::Element;
use crate::document::edit::element;
use crate::rule::{Check, Context, Finding, Wants};
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
        Wants::elements(&names)
    }

    fn element(&self, context: &mut Context<'_>, element: Element<'_>) {
        let Some((name, instead, same)) = OBSOLETE.iter().find(|(name, ..)| *name == element.name()) else { return };
        let Some(span) = element.start_tag().filter(|_| element.is_html()) else { return };
        let renamed = same.filter(|_| element.end_tag().is_some()).and_then(|same| element::rename_tag(element, same));
        let fix = renamed.map(|edits| Fix::new(*instead, Safety::Unsafe, edits));
        context.report(Finding {
            message: Some(format!("`<{name}>` is obsolete")),
            help: Some((*instead).to_owned()),
            fix,
            ..Finding::at(span)
        });
    }
}
