//! Finds the place at which a finding in a built page is changed.
//!
//! A finding is about a value, such as a URL, or about the markup around it. A value is changed where it is written: in the post,
//! in front matter, in data or in the config. Markup is changed in the post or in the layout that writes it.

use crate::document::ask::head::{sends_away, text_of, url_of_refresh};
use crate::document::{Attribute, Document, Element};
use crate::engine::audit::calls::Calls;
use crate::engine::audit::head::{is_image_property, is_property, without_language};
use crate::engine::audit::in_post::{
    URL_ATTRIBUTES, in_call, in_contents, in_front_matter, in_heading, in_post, in_template_text, in_text,
    is_beside_text, item_of_list, language_of, name_of_call, picture_of, repeated_text, url_attribute,
};
use crate::engine::audit::layouts::{Layouts, Tag, Writers};
use crate::engine::audit::marks::PageMarks;
use crate::engine::audit::quotes::Quotes;
use crate::engine::audit::settings::Faulty;
use crate::engine::audit::values::{Values, Written};
use crate::place::dialect::Generator;
use crate::rule::across::FileLine;
use crate::rule::built::PRINTED;
use crate::site::Site;
use crate::site::settings::Fact;
use crate::source::Span;
use crate::text::letters;
use std::sync::Arc;

/// The place at which a finding is changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Origin {
    /// An element of the post.
    Element(Span),
    /// A value in the front matter of the post, or something in it that is not an element.
    Value(Span),
    /// A value in the front matter of another post.
    OtherPost(Arc<str>, Span),
    /// Elements of other posts that the page shows: the numbers of the posts, each with the place.
    Shown(Vec<(usize, Span)>),
    /// A heading with these letters of other posts.
    ShownHeading(Vec<usize>, String),
    /// A line of the site's config or of a layout.
    Line(FileLine),
    /// A setting of the site that breaks each URL that is made with it.
    Setting(FileLine),
    /// A text that a template gets from another post or from data.
    Quoted,
    /// One of several lines, of which these are the first.
    Several(Vec<FileLine>),
    /// One of several lines of a file, in all of which it is to be changed. These are the first.
    Alike(Vec<FileLine>),
    /// Not known.
    Unknown,
}

/// Finds origins in the files of a site.
pub struct Tracer<'a> {
    /// The site, if it is known.
    pub site: Option<&'a Site>,
    /// Its settings that break URLs.
    pub faulty: Vec<Faulty>,
    /// The path below which it is published.
    pub base: &'a str,
    /// Its layouts.
    pub layouts: &'a Layouts,
    /// Calls in its layouts.
    pub calls: &'a Calls,
    /// Values in its sources.
    pub values: &'a Values,
    /// Links of its posts.
    pub quotes: &'a Quotes,
}

/// A post with the tags that are written in it.
pub struct TracedPost<'d, 's> {
    /// The post.
    pub document: &'d Document<'s>,
    /// Its tags, which may have templates in them as those of a layout.
    pub tags: Layouts,
}

impl<'d, 's> TracedPost<'d, 's> {
    /// A post that was read.
    pub fn new(document: &'d Document<'s>) -> Self {
        let mut tags = Layouts::default();
        tags.add_document(&document.place.path, document);
        TracedPost { document, tags }
    }
}

/// Length of a tag that is hardly written by chance.
const MIN_TAG: usize = 12;

/// Maximum number of headings that are compared with those of a post.
const MAX_HEADINGS: usize = 8;

/// What a finding is about.
struct About<'e> {
    element: Element<'e>,
    /// The attribute whose value it is about.
    attribute: Option<Attribute<'e>>,
    /// Whether it is about what the value refers to.
    is_target: bool,
}

impl<'e> About<'e> {
    fn of(page: &'e Document<'_>, span: Span) -> Option<Self> {
        let element = element_at(page, span)?;
        let is_at = |value: Span| value.start <= span.start && span.start <= value.end;
        let attribute = element.attributes().find(|attribute| attribute.span().is_some_and(is_at));
        // Of a reference to a file, only the start is known.
        let is_target = span.is_empty();
        Some(About { element, attribute: if is_target { url_attribute(element) } else { attribute }, is_target })
    }

    fn url(&self) -> Option<&'e str> {
        url_attribute(self.element)?.known_value()
    }
}

impl Tracer<'_> {
    /// The origin of what is at a span of a built page, or of the attribute of this name that is not there.
    pub fn origin(
        &self,
        marks: &PageMarks<'_, '_>,
        (span, missing): (Span, Option<&str>),
        post: Option<&TracedPost<'_, '_>>,
    ) -> Origin {
        let page = marks.document;
        let Some(about) = About::of(page, span) else { return Origin::Unknown };
        if let Some(setting) = self.setting(&about, post) {
            return Origin::Setting(setting);
        }
        let is_in_head = || about.element.ancestors().any(|it| it.name() == "head") || about.element.name() == "html";
        let found = match PRINTED.contains(&about.element.name()) && is_in_head() {
            true => self.printed(page, &about, post),
            false => post.and_then(|post| of_post(page, &about, post)),
        };
        if let Some(found) = found {
            return found;
        }
        let own = post.and_then(|post| post.tags.own_writer(about.element)).filter(|_| !is_in_head());
        let writers = self.writers(about.element, marks, post.map(|post| post.document));
        let tag = match &writers {
            Writers::One(tag) => own.or(Some(*tag)),
            Writers::Several(_) | Writers::Unknown(_) => own,
        };
        let value = about.attribute.and_then(|attribute| self.value(attribute, tag, &about, post));
        if let Some(found) = value {
            return found;
        }
        // A template is in it, so that a check of the post may not see what is wrong with it.
        if let Some(tag) = own {
            return Origin::Value(tag.span);
        }
        let call = || {
            // No call adds an attribute that the tag which it writes does not name.
            let is_open = |tag: &Tag| missing.map_or(tag.is_open(), |name| tag.may_add(name));
            let is_elsewhere = match (tag, &writers) {
                (Some(tag), _) => is_open(tag),
                (None, Writers::Several(tags) | Writers::Unknown(tags)) if missing.is_some() && !tags.is_empty() => {
                    tags.iter().any(|tag| is_open(tag))
                }
                (None, _) => true,
            };
            let post = post.filter(|_| is_elsewhere && about.element.name() != "link")?;
            in_call(about.url()?, post.document).map(Origin::Value)
        };
        match &writers {
            Writers::One(tag) if !tag.is_open() => Origin::Line(tag.at.clone()),
            Writers::One(tag) => call().unwrap_or_else(|| Origin::Line(tag.at.clone())),
            Writers::Several(tags) => {
                call().or_else(|| self.verbatim(page, &about)).unwrap_or_else(|| of_several(tags, missing))
            }
            Writers::Unknown(_) => {
                let found = call().or_else(|| self.shown(about.element)).or_else(|| self.verbatim(page, &about));
                let called = || self.called(marks, (&about, is_in_head()), post.is_some());
                found.or_else(called).unwrap_or(Origin::Unknown)
            }
        }
    }

    /// The line of a layout that writes a tag, where that is wrong whichever value the tag shows.
    pub fn origin_of_tag(&self, marks: &PageMarks<'_, '_>, span: Span) -> Option<Origin> {
        let about = About::of(marks.document, span)?;
        match self.writers(about.element, marks, None) {
            Writers::One(tag) => Some(Origin::Line(tag.at.clone())),
            Writers::Several(_) | Writers::Unknown(_) => None,
        }
    }

    /// The lines of a layout that write an element without a tag: a helper for the head; in a list, what writes the texts of posts
    /// into an element of the layout.
    fn called(
        &self,
        marks: &PageMarks<'_, '_>,
        (about, is_in_head): (&About<'_>, bool),
        is_of_post: bool,
    ) -> Option<Origin> {
        if is_in_head {
            return Some(Origin::Alike(self.calls.of_head(about.element)?.to_vec()));
        }
        let id = about.attribute.filter(|attribute| attribute.name() == "id");
        let is_id = id.is_some();
        if id.is_some_and(|id| id.value() == "TableOfContents") {
            return of_lines(self.calls.of_contents().to_vec());
        }
        if is_of_post || !is_id && about.element.heading_level().is_none() {
            return None;
        }
        let posts = self.quotes.of_heading(about.element);
        // One of the first level is a title.
        if !is_id && !posts.is_empty() && about.element.name() != "h1" {
            return Some(Origin::ShownHeading(posts.to_vec(), letters(&text_of(about.element))));
        }
        let around = about.element.ancestors().find_map(|around| match self.layouts.writers(around, marks) {
            Writers::One(tag) => Some(&tag.at),
            Writers::Several(_) | Writers::Unknown(_) => None,
        })?;
        let lines = self.calls.texts_in(&around.file).iter().filter(|line| line.line >= around.line);
        let lines: Vec<FileLine> = lines.cloned().collect();
        of_lines(lines)
    }

    /// What writes an element of the page of a post.
    fn writers(&self, element: Element<'_>, marks: &PageMarks<'_, '_>, post: Option<&Document<'_>>) -> Writers<'_> {
        if self.site.is_none_or(|site| site.generator != Generator::Hugo) {
            return self.layouts.writers(element, marks);
        }
        // What a call names, the template of that shortcode writes, if it can.
        let name = post.and_then(|post| name_of_call(url_attribute(element)?.known_value()?, post));
        let of_call = name.map(|name| self.layouts.writers_in(element, marks, |file| shortcode(file) == Some(name)));
        match of_call {
            Some(Writers::Unknown(_)) | None => called(self.layouts.writers(element, marks), element, post),
            Some(writers) => writers,
        }
    }

    /// The elements of posts that a page shows, if this is one of them.
    fn shown(&self, element: Element<'_>) -> Option<Origin> {
        let places = self.quotes.of(element);
        (!places.is_empty()).then(|| Origin::Shown(places.to_vec()))
    }

    /// The only line of the config, or of another file with data, that has the URL of the element at a span.
    pub fn line_of_url(&self, page: &Document<'_>, span: Span) -> Option<Origin> {
        let url = url_attribute(element_at(page, span)?)?.known_value()?;
        self.of_url(url).map(origin_of)
    }

    /// Where a URL is written: generators write the folder of a language before one of the config.
    fn of_url(&self, url: &str) -> Option<&Written> {
        self.values.of_url(url).or_else(|| self.values.of_url(without_language(url, self.base)?))
    }

    /// The origin of words in the text of an element; `None` if the span is not in a text.
    pub fn origin_of_words(&self, marks: &PageMarks<'_, '_>, span: Span, post: &Document<'_>) -> Option<Origin> {
        let page = marks.document;
        let element = element_at(page, span)?;
        let words = page.source.slice(span);
        if words.is_empty() || element.start_tag()?.end > span.start {
            return None;
        }
        if let Some(start) = post.source.text().find(words) {
            return Some(Origin::Value(Span::of(start..start + words.len())));
        }
        match self.layouts.writers(element, marks) {
            Writers::One(tag) if tag.writes_text() => Some(Origin::Line(tag.at.clone())),
            _ => Some(Origin::Quoted),
        }
    }

    /// The setting that breaks a URL, unless the post writes all of it.
    fn setting(&self, about: &About<'_>, post: Option<&TracedPost<'_, '_>>) -> Option<FileLine> {
        if self.faulty.is_empty() {
            return None;
        }
        let url =
            about.attribute.and_then(Attribute::known_value).filter(|_| !about.is_target).or_else(|| about.url())?;
        let setting = self.faulty.iter().find(|it| it.begins(url.trim()))?;
        let is_written = post.is_some_and(|post| post.document.source.text().contains(url));
        (!is_written).then(|| setting.at.clone())
    }

    /// Where a value of an attribute is written, unless that is the tag itself.
    fn value(
        &self,
        attribute: Attribute<'_>,
        tag: Option<&Tag>,
        about: &About<'_>,
        post: Option<&TracedPost<'_, '_>>,
    ) -> Option<Origin> {
        let value = attribute.known_value()?;
        // A config has several words for languages, of which none is known to be this one.
        if tag.is_some_and(|tag| tag.says(attribute.name(), value)) || is_property(about.element, &["og:locale"]) {
            return None;
        }
        let is_url = URL_ATTRIBUTES.contains(&attribute.name());
        let in_post = || {
            let document = post?.document;
            let written = || in_text(value, self.base, document).or_else(|| item_of_list(value, document));
            let written = || written().filter(|_| is_url && about.is_target);
            let repeated = || repeated_text(value, document).filter(|_| attribute.name() == "id");
            in_front_matter(value, document).or_else(written).or_else(repeated).map(Origin::Value)
        };
        // The id of a heading is like a title by chance.
        let is_id = attribute.name() == "id";
        let elsewhere = || match is_url {
            _ if is_id => None,
            true => self.of_url(value),
            false => self.values.of_text(value),
        };
        in_post().or_else(|| elsewhere().map(origin_of))
    }

    /// The place of what is printed in the head.
    fn printed(&self, page: &Document<'_>, about: &About<'_>, post: Option<&TracedPost<'_, '_>>) -> Option<Origin> {
        let element = about.element;
        // A page that a plugin makes of a URL in the config, or in front matter.
        if let Some(url) = url_of_refresh(element).filter(|_| sends_away(element)) {
            // Of several that lead there, the one with the URL of this page.
            let from = || self.values.of_key(&page.place.path);
            return self.values.of_url(url).or_else(from).map(origin_of);
        }
        // The markup is that of a layout.
        if about.attribute.is_none() && element.name() != "title" && !is_image_property(element) {
            return None;
        }
        let value = element.attribute("content").or(element.attribute("href")).or(about.attribute);
        let printed = value.map_or_else(|| text_of(element), |value| value.value().to_owned());
        let in_post = |post: &TracedPost<'_, '_>| {
            // What is wrong with the language of the page itself, a check of the post says.
            let language = || language_of(&printed, post.document).filter(|_| element.name() == "meta");
            // Generators and plugins take the pictures of a post for its properties.
            let picture = || picture_of(&printed, post.document).filter(|_| is_image_property(element));
            in_front_matter(&printed, post.document).or_else(language).or_else(picture)
        };
        if let Some(span) = post.and_then(in_post) {
            return Some(Origin::Value(span));
        }
        // The URL of the site is right wherever a link to it is not.
        let is_value = element.name() != "link";
        self.in_config(&printed).filter(|_| is_value).map(Origin::Line)
    }

    /// The line of the config with a value that a page prints.
    fn in_config(&self, printed: &str) -> Option<FileLine> {
        let site = self.site?;
        let facts = [&site.title, &site.description, &site.url, &site.language, &site.author];
        let is_it = |fact: &&Fact<String>| letters(&fact.value) == letters(printed) && !letters(printed).is_empty();
        let fact = facts.into_iter().flatten().find(is_it)?;
        let from = fact.from.as_ref()?;
        (from.line > 0).then(|| FileLine { file: from.file.clone(), line: from.line })
    }

    /// The only line of the sources with the start tag as it is.
    fn verbatim(&self, page: &Document<'_>, about: &About<'_>) -> Option<Origin> {
        let tag = about.element.start_tag()?;
        self.values.of_tag(page.source.slice(tag)).map(origin_of)
    }
}

/// The origin of what each of these lines writes.
fn of_lines(lines: Vec<FileLine>) -> Option<Origin> {
    match lines.is_empty() {
        true => None,
        false if FileLine::are_in_one_file(&lines) => Some(Origin::Alike(lines)),
        false => Some(Origin::Several(lines)),
    }
}

/// The origin of what one of several tags writes, and of what is missing there.
fn of_several(tags: &[&Tag], missing: Option<&str>) -> Origin {
    let lines = Layouts::lines(tags);
    if Tag::are_alike(tags, missing) { Origin::Alike(lines) } else { Origin::Several(lines) }
}

/// The name of the shortcode whose template a file is.
fn shortcode(file: &str) -> Option<&str> {
    let (_, name) = file.rsplit_once("shortcodes/")?;
    Some(name.split('.').next().unwrap_or(name))
}

/// What writes an element, without shortcodes of Hugo that the post does not call. In the text of the post, one that it calls may
/// write what no other line is known to write.
fn called<'l>(writers: Writers<'l>, element: Element<'_>, post: Option<&Document<'_>>) -> Writers<'l> {
    let Some(post) = post else { return writers };
    let is_called_one = |tag: &Tag| {
        let name = shortcode(&tag.at.file)?;
        Some(["{{<", "{{%"].iter().any(|open| calls(post.source.text(), open, name)))
    };
    let is_called = |tag: &&Tag| is_called_one(tag) == Some(true);
    let is_there = || is_beside_text(element, post) || names_file(element, post);
    match writers {
        Writers::One(tag) if is_called_one(tag) == Some(false) => Writers::Unknown(Vec::new()),
        Writers::Several(mut tags) => {
            tags.retain(|tag| is_called_one(tag) != Some(false));
            Writers::of(tags)
        }
        Writers::Unknown(tags) if tags.iter().any(is_called) && is_there() => {
            Writers::of(tags.into_iter().filter(is_called).collect())
        }
        other => other,
    }
}

/// Whether a call in a post names the file of an element.
fn names_file(element: Element<'_>, post: &Document<'_>) -> bool {
    let url = url_attribute(element).and_then(Attribute::known_value);
    url.is_some_and(|url| in_call(url, post).is_some())
}

/// Whether a text has a call of this name after a mark.
fn calls(text: &str, open: &str, name: &str) -> bool {
    let is_it = |rest: &str| {
        let after = rest.trim_start().strip_prefix(name);
        after.is_some_and(|after| after.starts_with(|c: char| c.is_whitespace() || matches!(c, '>' | '%' | '/')))
    };
    text.match_indices(open).any(|(at, _)| text.get(at + open.len()..).is_some_and(is_it))
}

/// The heading of a post that is one of several of a level, of which one begins at a span of its page: those of layouts are
/// right in all other pages.
pub fn heading_of_post(page: &Document<'_>, span: Span, post: &Document<'_>) -> Option<Origin> {
    let first = element_at(page, span)?;
    first.heading_level()?;
    let same = page.tree.html_elements().filter(|it| it.name() == first.name());
    let others = same.filter(|it| it.node().id() != first.node().id());
    let mut all = core::iter::once(first).chain(others.take(MAX_HEADINGS));
    all.find_map(|it| in_post(it, None, post, false)).map(Origin::Element)
}

/// The heading with the name of the site, if it is one of several of the level of the one at a span: `<h1>` of a layout around
/// the title of each page.
pub fn site_name_heading(page: &Document<'_>, span: Span, site: Option<&Site>) -> Option<Span> {
    let first = element_at(page, span)?;
    first.heading_level()?;
    let name = letters(&site?.title.as_ref()?.value);
    let same: Vec<Element<'_>> =
        page.tree.html_elements().filter(|it| it.name() == first.name()).take(MAX_HEADINGS).collect();
    let mut named = same.iter().filter(|it| !name.is_empty() && letters(&text_of(**it)) == name);
    let found = named.next().filter(|_| named.next().is_none())?;
    // On the home page, it may be the title.
    found.start_tag().filter(|_| same.len() > 1)
}

/// The place in the post of the page.
fn of_post(page: &Document<'_>, about: &About<'_>, post: &TracedPost<'_, '_>) -> Option<Origin> {
    let element = about.element;
    let name = about.attribute.map(|attribute| attribute.name());
    if let Some(span) = in_post(element, name, post.document, about.is_target) {
        return Some(Origin::Element(span));
    }
    let of_heading = [in_contents, in_heading, in_template_text].into_iter().find_map(|it| it(element, post.document));
    of_heading.or_else(|| verbatim_in(page, element, post.document)).map(Origin::Value)
}

/// Where a post has a start tag as it is in something else than an element: a text of its front matter, the body of a shortcode.
fn verbatim_in(page: &Document<'_>, element: Element<'_>, post: &Document<'_>) -> Option<Span> {
    let tag = page.source.slice(element.start_tag()?);
    let start = post.source.text().find(tag).filter(|_| tag.len() >= MIN_TAG && tag.contains('='))?;
    Some(Span::of(start..start + tag.len()))
}

fn origin_of(written: &Written) -> Origin {
    match written.in_post {
        Some(span) => Origin::OtherPost(written.line.file.clone(), span),
        None => Origin::Line(written.line.clone()),
    }
}

/// The innermost element that a span is in: the one whose start tag it is in, else the last one around it.
fn element_at<'d>(page: &'d Document<'_>, span: Span) -> Option<Element<'d>> {
    let mut around = None;
    for element in page.tree.html_elements() {
        let Some(tag) = element.start_tag() else { continue };
        if tag.start > span.start {
            break;
        }
        if span.start < tag.end {
            return Some(element);
        }
        if element.span().is_some_and(|whole| span.start < whole.end) {
            around = Some(element);
        }
    }
    around
}
