//! `href-not-crawlable`: a link that works only in a script or on the author's own computer.

use crate::document::ask::accessible_name::shown_text;
use crate::document::{Document, Element};
use crate::place::dialect::Generator;
use crate::rule::repeated::{self, Groups};
use crate::rule::{Check, Context, Finding, Wants};
use crate::source::Span;
use crate::url::{host, is_below, path_and_query};
use regex::Regex;
use serde::Deserialize;
use std::sync::LazyLock;

#[derive(Deserialize)]
pub struct HrefNotCrawlable {}

/// `javascript:`, `javascript:void(0)` and the call of one function. Longer scripts are bookmarklets, which readers
/// save instead of following them.
static CALL: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"(?i)^javascript:\s*(?:;*|void\s*\(?\s*(?:0|null|''|)\s*\)?\s*;*|[0-9a-z_$.]+\([^(){}]*\)\s*;*)$").ok()
});

impl Check for HrefNotCrawlable {
    fn wants(&self) -> Wants {
        Wants::together(&["a", "area"])
    }

    fn elements(&self, context: &mut Context<'_>, elements: &[Element<'_>]) {
        // Links with the same script, of which a saved page has hundreds, are one finding.
        let mut scripts = Groups::default();
        for &element in elements {
            if let Some((what, span)) = unreachable(context.document, element) {
                context.report(Finding {
                    message: Some(format!("link leads to {what}")),
                    label: Some("readers cannot open this".to_owned()),
                    help: Some("link to the published page".to_owned()),
                    ..Finding::at(span)
                });
                continue;
            }
            match target(element) {
                Some(Target::File(span)) => context.report(Finding {
                    message: Some("link leads to a file on your own computer".to_owned()),
                    help: Some("link to its URL on the web, or write the path as text".to_owned()),
                    ..Finding::at(span)
                }),
                Some(Target::Script(script, span)) => scripts.add(script, span),
                None => {}
            }
        }
        scripts.into_vec().into_iter().for_each(|(script, spans)| report_script(context, script, &spans));
    }
}

/// Pages of editors: those of WordPress, Blogger, Medium, Naver and Tistory. Each contains `ost`.
const EDITORS: [&str; 6] = [
    "/wp-admin/post.php?",
    "/wp-admin/post-new.php",
    "blogger.com/blog/post/edit/",
    "blog.naver.com/PostWriteForm",
    "/manage/newpost/",
    "/manage/post/",
];

/// The target of a link that leads to the preview of the site or to an editor, where the author is logged in, and the
/// span of its URL.
fn unreachable(document: &Document<'_>, element: Element<'_>) -> Option<(&'static str, Span)> {
    let href = element.attribute("href")?;
    let address = href.known_value()?.trim();
    let host = host(address)?;
    let span = href.value_span().or(element.start_tag())?;
    // A text about the preview, or about the editor, shows the URL.
    let shows = |word: &str| shown_text(element).is_none_or(|text| text.to_lowercase().contains(word));
    let is_local = matches!(&*host, "localhost" | "127.0.0.1" | "0.0.0.0");
    if is_local {
        let path = path_and_query(address).trim_matches('/');
        let (port, is_own) = preview_port(document.place.generator)?;
        let base = document.place.base_path.trim_matches('/');
        let is_in_site = || !base.is_empty() && path.strip_prefix(base).is_some_and(|rest| rest.starts_with('/'));
        let is_preview = address.to_ascii_lowercase().contains(&format!("{host}:{port}/")) && (is_own || is_in_site());
        return (is_preview && !path.is_empty() && !shows(&host))
            .then_some(("a page of the preview on your own computer", span));
    }
    let is_editor = address.contains("ost") && EDITORS.iter().any(|editor| address.contains(editor));
    let is_draft = is_below(&host, "medium.com") && path_and_query(address).ends_with("/edit");
    ((is_editor || is_draft) && !shows(&host)).then_some(("an editor, not to the page", span))
}

/// The port of a generator's preview, and whether it is rarely that of another program. The others only are the preview if
/// the path is that of the site.
fn preview_port(generator: Generator) -> Option<(u16, bool)> {
    match generator {
        Generator::Jekyll | Generator::Hexo => Some((4000, true)),
        Generator::Hugo => Some((1313, true)),
        Generator::Astro => Some((4321, true)),
        Generator::Zola => Some((1111, true)),
        Generator::VitePress => Some((5173, true)),
        Generator::MkDocs | Generator::Gatsby | Generator::Pelican => Some((8000, false)),
        Generator::Docusaurus | Generator::Next | Generator::MdBook => Some((3000, false)),
        Generator::Eleventy => Some((8080, false)),
        Generator::Plain => None,
    }
}

/// The target of a link that is not on the web.
enum Target<'t> {
    File(Span),
    /// The URL or the `onclick`.
    Script(&'t str, Span),
}

fn target(element: Element<'_>) -> Option<Target<'_>> {
    let Some(href) = element.attribute("href") else { return without_address(element) };
    let address = href.known_value()?.trim();
    let is = |prefix: &str| address.get(..prefix.len()).is_some_and(|start| start.eq_ignore_ascii_case(prefix));
    let is_file = is("file:");
    let is_script = is("javascript:") && CALL.as_ref().is_some_and(|call| call.is_match(address));
    if !is_file && !is_script {
        return None;
    }
    if element.has_unknown_attributes() || element.has_attribute("role") || element.has_attribute("draggable") {
        return None;
    }
    let span = href.value_span().or(element.start_tag())?;
    Some(if is_file { Target::File(span) } else { Target::Script(address, span) })
}

/// `<a onclick="…">`, which cannot be reached by keyboard either.
fn without_address(element: Element<'_>) -> Option<Target<'_>> {
    let script = element.attribute("onclick")?;
    let is_button = element.has_attribute("role") || element.has_attribute("tabindex");
    if element.name() != "a" || element.has_unknown_attributes() || is_button {
        return None;
    }
    Some(Target::Script(script.value(), element.start_tag()?))
}

fn report_script(context: &mut Context<'_>, script: &str, spans: &[Span]) {
    let Some(&first) = spans.first() else { return };
    let is_url = script.trim_start().get(..11).is_some_and(|start| start.eq_ignore_ascii_case("javascript:"));
    let message = match (spans.len(), is_url) {
        (1, true) => "link target is a script, not a URL".to_owned(),
        (1, false) => "link runs a script and has no URL".to_owned(),
        (count, _) => format!("{} run a script and have no URL", repeated::subject("link", "link", count)),
    };
    context.report(Finding {
        message: Some(message),
        help: Some("use the URL of a page, or make the link a `<button>`".to_owned()),
        related: repeated::others(spans.iter().copied(), "the same script"),
        identity: Some(script.to_owned()),
        ..Finding::at(first)
    });
}
