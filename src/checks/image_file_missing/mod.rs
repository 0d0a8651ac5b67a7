//! `image-file-missing`: a picture whose file is not in the site.

mod relative;

use crate::built::{BuiltSite, Kind};
use crate::diagnostic::{Fix, Safety};
use crate::document::ask::tokens::verbatim;
use crate::document::{Attribute, Document, Element};
use crate::facts::{Image, SiteFacts, feature_images};
use crate::place::dialect::Generator;
use crate::place::picture::MissingPicture;
use crate::place::templated::{Templated, templated};
use crate::rule::{BuiltContext, Check, Context, Finding, SiteContext, Wants};
use crate::source::Span;
use crate::url::percent_decoded;
use crate::words::slip;
use serde::Deserialize;

#[derive(Deserialize)]
pub struct ImageFileMissing {}

/// Maximum number of findings with a suggestion: a post with more needs a review anyway.
const MAX_SUGGESTIONS: usize = 20;

/// A picture that a post shows.
struct Shown {
    url: String,
    span: Span,
    /// The bytes that are exactly the URL.
    written: Option<Span>,
    in_body: bool,
}

impl Check for ImageFileMissing {
    fn wants(&self) -> Wants {
        Wants::Document
    }

    fn reads_files(&self) -> bool {
        true
    }

    fn yields_to(&self) -> &'static [&'static str] {
        &["front-matter-schema", "image-src-bad", "url-malformed"]
    }

    fn document(&self, context: &mut Context<'_>, document: &Document<'_>) {
        let place = &document.place;
        let is_section = place.is_section_of_hugo() && document.theme().is_none_or(|theme| !theme.hides_sections);
        if !place.has_config || place.is_part() && !is_section || place.has_no_page || document.is_copied() {
            return;
        }
        let mut suggestions = 0;
        for shown in shown(document) {
            let Some(missing) = place.missing_picture(&shown.url, shown.in_body) else { continue };
            let finding = match missing {
                MissingPicture::OtherCase(url) => other_case(&url, &shown),
                MissingPicture::NoFile(tried) => {
                    suggestions += 1;
                    let similar = (suggestions <= MAX_SUGGESTIONS).then(|| similar(document, &shown.url, &tried));
                    no_file(document, &shown, &tried, similar.flatten())
                }
            };
            context.report(Finding { span: shown.span, ..finding });
        }
    }

    fn wants_site(&self) -> bool {
        true
    }

    fn site(&self, context: &mut SiteContext<'_>, site: &SiteFacts<'_>) {
        relative::report(context, site);
    }

    fn wants_built(&self) -> bool {
        true
    }

    fn built(&self, context: &mut BuiltContext<'_>, site: &BuiltSite) {
        if let Some(lacking) = site.lacking(Kind::Picture) {
            context.leave_unchecked(lacking, "image files");
            return;
        }
        for broken in site.broken().iter().filter(|broken| broken.kind == Kind::Picture) {
            let message = format!("the site has no image file `{}`", broken.url.trim_start_matches('/'));
            context.report_broken(broken, Finding { message: Some(message), ..Finding::default() });
        }
    }
}

fn other_case(url: &str, shown: &Shown) -> Finding {
    let (_, end) = shown.url.split_at(shown.url.find(['?', '#']).unwrap_or(shown.url.len()));
    Finding {
        message: Some("the name of the image file differs in upper and lower case".to_owned()),
        label: Some("most servers tell upper case from lower case".to_owned()),
        help: Some(format!("write `{url}`")),
        fix: shown.written.map(|span| Fix::write(&format!("{url}{end}"), span, Safety::Safe)),
        ..Finding::default()
    }
}

fn no_file(document: &Document<'_>, shown: &Shown, tried: &[String], similar: Option<String>) -> Finding {
    // Jekyll publishes nothing from `_posts`, and the browser looks for a relative path below the URL of the post.
    let is_jekyll = document.place.generator == Generator::Jekyll;
    let is_unpublished = |path: &str| is_jekyll && path.split('/').any(|segment| segment.starts_with('_'));
    let path = tried.iter().find(|path| !is_unpublished(path)).or(tried.first()).map_or("", String::as_str);
    let path = percent_decoded(path);
    let is_relative = tried.first().is_some_and(|path| is_unpublished(path)) && !shown.url.starts_with('/');
    let help = match similar {
        Some(similar) => format!("did you mean `{similar}`?"),
        None if is_relative => {
            format!("add the file and write `/{path}`, because this path is relative to the URL, or remove the image")
        }
        None => "add the file to the site, or remove the image".to_owned(),
    };
    Finding { message: Some(format!("the site has no file `{path}`")), help: Some(help), ..Finding::default() }
}

/// The path of a file that was probably meant: one of the same name elsewhere, or one with a similar name.
fn similar(document: &Document<'_>, url: &str, tried: &[String]) -> Option<String> {
    let folders = document.place.folders.as_deref()?;
    let name = percent_decoded(url.split(['?', '#']).next()?.rsplit('/').next()?);
    // In a URL, `?` would end the path.
    let is_path = |name: &str| !name.contains(['?', '#']);
    if let Some(path) = folders.all().named(&name).iter().find(|path| is_path(path)) {
        return Some(path.clone());
    }
    let beside = |path: &String| {
        let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
        let files = folders.files(folder);
        let similar = slip(name, files.iter().map(String::as_str).filter(|it| is_path(it) && is_like(it, name)))?;
        Some(format!("{folder}/{similar}"))
    };
    tried.iter().find_map(beside)
}

/// Whether two names differ in more than a number: `boat-1.png` is not a typo of `boat-2.png`.
fn is_like(one: &str, other: &str) -> bool {
    let letters = |name: &str| name.chars().filter(|c| !c.is_ascii_digit()).collect::<String>();
    letters(one) != letters(other) || one.len() != other.len()
}

fn shown(document: &Document<'_>) -> Vec<Shown> {
    let front = |image: Image| {
        let Span { start, end } = image.span;
        // Without the quotes.
        let inner = Span::new(start + 1, end.saturating_sub(1).max(start + 1));
        let is_quoted = document.source.slice(image.span).starts_with(['"', '\'']);
        let span = if is_quoted { inner } else { image.span };
        let written = Some(span).filter(|span| document.source.slice(*span) == image.src);
        Shown { url: image.src, span: written.unwrap_or(image.span), written, in_body: false }
    };
    let mut found: Vec<Shown> = feature_images(document).into_iter().map(front).collect();
    let elements = document.tree.elements().filter(|&element| document.shows(element) && element.is_html());
    for element in elements.filter(|element| !element.has_unknown_attributes()) {
        let names: &[&str] = match element.name() {
            "img" => &["src", "srcset"],
            "source" if element.parent().is_some_and(|parent| parent.name() == "picture") => &["srcset"],
            "video" => &["poster"],
            _ => continue,
        };
        for attribute in names.iter().filter_map(|name| element.attribute(name)) {
            add(document, element, attribute, &mut found);
        }
    }
    found
}

fn add(document: &Document<'_>, element: Element<'_>, attribute: Attribute<'_>, found: &mut Vec<Shown>) {
    let source = document.source.text();
    let Some(span) = attribute.value_span().or(element.start_tag()) else { return };
    let written = verbatim(source, attribute);
    if attribute.is_unknown() {
        let path = attribute.value_span().and_then(|span| templated(span.slice(source), document.place.generator));
        if let Some(Templated::Path(path) | Templated::OnHost(path)) = path {
            found.push(Shown { url: path, span, written: None, in_body: true });
        }
    } else if attribute.name() == "srcset" {
        let value = attribute.value();
        for url in value.split_ascii_whitespace().filter(|word| word.contains(['/', '.'])) {
            let at = url.as_ptr() as usize - value.as_ptr() as usize;
            let url = url.trim_end_matches(',');
            let part = |whole: Span| Span::new(whole.start + at as u32, whole.start + (at + url.len()) as u32);
            let written = written.map(part);
            found.push(Shown { url: url.to_owned(), span: written.unwrap_or(span), written, in_body: true });
        }
    } else {
        let url = attribute.value().trim().to_owned();
        let written = written.filter(|_| url == attribute.value());
        found.push(Shown { url, span, written, in_body: true });
    }
}
