//! Finds the element of a post that became an element of its built page: by its URL, its text, and its order among those that
//! are alike.

use crate::document::ask::head::text_of;
use crate::document::ask::prose::is_code;
use crate::document::read::front_matter::value::{Data, Value};
use crate::document::{Attribute, Document, Element, Origin};
use crate::facts::{LANGUAGES, TERMS};
use crate::source::Span;
use crate::text::letters;
use crate::url::{self, path_and_query, percent_decoded};
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// What identifies an element in both of them.
#[derive(PartialEq, Eq)]
struct Identity {
    /// The letters and digits of its text: engines change quotes, dashes and spaces.
    text: String,
    /// The end of its URL, if it has one that is known; without a text, of the first URL inside of it.
    url: Option<String>,
    /// What is after `#` in its URL.
    fragment: Option<String>,
    has_url: bool,
}

/// Attributes with a URL.
pub const URL_ATTRIBUTES: [&str; 5] = ["href", "src", "data", "poster", "action"];

/// Attributes in which scripts and plugins that load pictures late keep the URL, with another one in `src`, or none.
const LATE_URLS: [&str; 4] = ["data-src", "data-original", "data-lazy-src", "data-lazyload"];

/// Attributes that plugins add to what is written without them.
const ADDED: [&str; 8] =
    ["srcset", "sizes", "loading", "decoding", "lazyload", "fetchpriority", "data-proofer-ignore", "data-srcset"];

/// The attribute of an element with its URL.
pub fn url_attribute(element: Element<'_>) -> Option<Attribute<'_>> {
    LATE_URLS.iter().chain(&URL_ATTRIBUTES).find_map(|name| element.attribute(name))
}

/// Whether a plugin may have added an attribute to a picture or a frame.
pub fn may_be_added(element: Element<'_>, name: &str) -> bool {
    matches!(element.name(), "img" | "iframe") && (ADDED.contains(&name) || LATE_URLS.contains(&name))
}

impl Identity {
    fn of(element: Element<'_>) -> Self {
        let attribute = url_attribute(element);
        let described = || element.attribute("alt").map_or(String::new(), |alt| letters(alt.value()));
        let text = if element.name() == "img" { described() } else { letters(&text_of(element)) };
        let inside = || {
            let mut all = element.descendant_elements().filter(|_| text.is_empty());
            all.find_map(url_attribute)
        };
        let whole = attribute.or_else(inside).and_then(|attribute| attribute.known_value());
        let fragment = whole.and_then(|url| url.split_once('#')).map(|(_, fragment)| percent_decoded(fragment));
        Identity { text, url: whole.map(end_of_url), fragment, has_url: attribute.is_some() }
    }

    /// Whether this element of a post may have become the other one.
    fn becomes(&self, built: &Identity, code: &str) -> bool {
        let end = built.url.as_deref().unwrap_or("");
        let is_in_code = || self.url.is_none() && end.len() >= MIN_NAME && code.to_lowercase().contains(end);
        let is_asset = || self.url.as_deref().is_some_and(|url| is_asset_of(end, url));
        // Generators write the URL of the page before a fragment.
        let is_fragment = || {
            let is_alone = self.url.as_deref().is_some_and(|url| url.starts_with('#'));
            let same = |fragment: &Option<String>| fragment.as_deref().map(bare_fragment);
            is_alone && self.fragment.is_some() && same(&self.fragment) == same(&built.fragment)
        };
        let same_url = self.url.is_none() || self.url == built.url || is_asset() || is_fragment();
        let is_told = !self.text.is_empty() || self.url.as_ref().is_some_and(|url| !url.is_empty()) || is_in_code();
        is_told && self.has_url == built.has_url && same_url && self.text == built.text
    }

    /// Whether nothing tells it from others of its name.
    fn is_blank(&self) -> bool {
        self.text.is_empty() && self.url.is_none() && !self.has_url
    }
}

/// A fragment without accents and in lower case, as generators write it into links to headings.
fn bare_fragment(fragment: &str) -> String {
    fragment.nfkd().filter(|c| !is_combining_mark(*c)).flat_map(char::to_lowercase).collect()
}

/// Whether a file of a page is what a bundler made of one of the sources: with a hash in its name, in another format, or written
/// into the page.
fn is_asset_of(built: &str, source: &str) -> bool {
    let (Some((name, _)), Some((stem, _))) = (built.rsplit_once('.'), source.rsplit_once('.')) else {
        return built == DATA_URL && source.contains('.');
    };
    let rest = name.strip_prefix(stem).and_then(|rest| rest.strip_prefix(['-', '.', '_']));
    let is_hash = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.');
    rest.is_some_and(|rest| {
        rest.len() >= MIN_HASH && rest.chars().all(is_hash) && rest.contains(|c: char| c.is_ascii_digit())
    })
}

/// Length of a hash in the name of a file.
const MIN_HASH: usize = 6;

/// What a picture that is written into a page has for its URL.
const DATA_URL: &str = "data:";

/// A name that is found in a template is not a part of another word.
const MIN_NAME: usize = 5;

/// Parts of a page in which a template writes what posts do not.
const AROUND: [&str; 5] = ["nav", "footer", "aside", "head", "header"];

/// The place in a post of what became an element of its page, or of one of its attributes. `is_target`: whether it is about what the
/// element refers to, which any other reference to it shares.
pub fn in_post(element: Element<'_>, attribute: Option<&str>, post: &Document<'_>, is_target: bool) -> Option<Span> {
    let name = element.name();
    let identity = Identity::of(element);
    let code = |it: Element<'_>| {
        url_attribute(it).and_then(|it| it.value_span()).map_or("", |span| span.slice(post.source.text()))
    };
    let all = post.tree.elements().filter(|it| it.name() == name && post.shows(*it));
    let mut found: Vec<Element<'_>> = all.filter(|it| Identity::of(*it).becomes(&identity, code(*it))).collect();
    // Of links with other fragments, those with the same one.
    if let Some(fragment) = identity.fragment.as_deref().map(bare_fragment) {
        let is_same =
            |it: &Element<'_>| Identity::of(*it).fragment.as_deref().map(bare_fragment) == Some(fragment.clone());
        if found.iter().any(is_same) {
            found.retain(is_same);
        }
    }
    let alike = element.tree().html_elements().filter(|it| it.name() == name && Identity::of(*it) == identity);
    let alike: Vec<Element<'_>> = alike.collect();
    let nth = alike.iter().position(|it| it.node().id() == element.node().id()).unwrap_or(0);
    // What nothing identifies is known by its number, if the page has as many.
    if identity.is_blank() {
        let all = post.tree.elements().filter(|it| it.name() == name && post.shows(*it));
        found = all.filter(|it| Identity::of(*it).is_blank() && is_in_same(*it, element)).collect();
        if found.len() != alike.len() {
            return None;
        }
    }
    let is_same_number = alike.len() == found.len();
    if !is_same_number && element.ancestors().any(|around| AROUND.contains(&around.name())) {
        return None;
    }
    if !is_same_number && !is_target {
        found.retain(|it| is_in_same(*it, element) || is_at_top(*it) && is_beside_text(element, post));
    }
    let first = found.first()?;
    let source = if is_same_number { found.get(nth).unwrap_or(first) } else { first };
    let value = attribute.and_then(|name| source.attribute(name)?.value_span());
    value.or_else(|| source.start_tag())
}

/// The heading of a page that is in a template of its post: in a text that a component is given.
pub fn in_template_text(element: Element<'_>, post: &Document<'_>) -> Option<Span> {
    let level = usize::from(element.heading_level()?);
    let text = letters(&text_of(element));
    let source = post.source.text();
    let is_it = |line: &Span| {
        let line = line.slice(source);
        let marks = line.trim_start().bytes().take_while(|byte| *byte == b'#').count();
        marks == level && letters(line) == text
    };
    let lines = post.tree.templates().iter().flat_map(|template| lines_of(source, *template));
    let same: Vec<Span> = lines.filter(|line| !text.is_empty() && is_it(line)).collect();
    by_number(element, |it| it.name() == element.name() && letters(&text_of(it)) == text, &same)
}

/// Of sources of elements that are alike in a page, that of one of them: the one with its number, if there are as many of them.
pub fn by_number<T: Copy>(element: Element<'_>, is_alike: impl Fn(Element<'_>) -> bool, sources: &[T]) -> Option<T> {
    let all = element.tree().html_elements().filter(|it| is_alike(*it));
    let alike: Vec<Element<'_>> = all.take(sources.len() + 1).collect();
    let number = alike.iter().position(|it| it.node().id() == element.node().id())?;
    sources.get(number).copied().filter(|_| alike.len() == sources.len())
}

/// The lines of a part of a text, without their line endings.
pub fn lines_of(text: &str, part: Span) -> impl Iterator<Item = Span> {
    let mut start = part.start as usize;
    part.slice(text).split_inclusive('\n').map(move |line| {
        let span = at(start, line.trim_end().len());
        start += line.len();
        span
    })
}

/// Where else a post writes the URL that is at a span of it, in elements of the same name.
pub fn same_in_post(post: &Document<'_>, span: Span) -> Vec<Span> {
    let shown = post.tree.elements().filter(|it| post.shows(*it));
    let url = |it: Element<'_>| URL_ATTRIBUTES.iter().find_map(|name| it.attribute(name)?.value_span());
    let urls: Vec<(&str, Span)> = shown.filter_map(|it| Some((it.name(), url(it)?))).collect();
    let Some((name, _)) = urls.iter().find(|(_, at)| *at == span) else { return Vec::new() };
    let is_same =
        |(other, at): &&(&str, Span)| other == name && *at != span && post.source.slice(*at) == post.source.slice(span);
    urls.iter().filter(is_same).map(|(_, at)| *at).collect()
}

/// Whether two elements are in elements of the same name.
fn is_in_same(of_post: Element<'_>, of_page: Element<'_>) -> bool {
    of_post.parent().is_none_or(|parent| of_page.parent().is_some_and(|other| other.name() == parent.name()))
}

/// Whether nothing in its post is around an element.
fn is_at_top(of_post: Element<'_>) -> bool {
    of_post.ancestors().all(|around| around.origin() == Origin::Implied)
}

/// Elements of the text of a post.
const PROSE: [&str; 12] = ["p", "ul", "ol", "dl", "blockquote", "pre", "h1", "h2", "h3", "h4", "h5", "h6"];
/// How far from an element the text of its post is looked for.
const MAX_UP: usize = 4;

/// Whether an element of a page is beside the text of its post.
pub fn is_beside_text(element: Element<'_>, post: &Document<'_>) -> bool {
    let written = letters(post.source.text());
    let is_of_post = |it: Element<'_>| {
        let text = if PROSE.contains(&it.name()) { letters(&text_of(it)) } else { String::new() };
        text.chars().count() > 3 && written.contains(&text)
    };
    let mut up = core::iter::once(element).chain(element.ancestors()).take(MAX_UP);
    up.any(|it| [it.previous_element(), it.next_element()].into_iter().flatten().any(is_of_post))
}

/// The heading of a post whose whole text is in an element of a heading of its page: `<h2><span id="tides">Tides</span></h2>`.
pub fn in_heading(element: Element<'_>, post: &Document<'_>) -> Option<Span> {
    let heading = element.ancestors().find(|it| it.heading_level().is_some())?;
    let text = letters(&text_of(element));
    // A link to the heading itself: `#`, `¶`, or nothing but a style.
    let is_mark = || text.is_empty() && element.attribute("href").is_some_and(|href| href.value().contains('#'));
    let is_whole = is_mark() || !text.is_empty() && letters(&text_of(heading)) == text;
    if is_whole { in_post(heading, None, post, false) } else { None }
}

/// The heading of a post that an entry of the table of contents of its page is made of.
pub fn in_contents(element: Element<'_>, post: &Document<'_>) -> Option<Span> {
    let item = core::iter::once(element).chain(element.ancestors()).find(|it| matches!(it.name(), "li" | "a"))?;
    let item = core::iter::once(item).chain(item.ancestors()).take(4).find(|it| it.name() == "li").unwrap_or(item);
    let mut links = core::iter::once(item).chain(item.descendant_elements()).filter(|it| it.name() == "a");
    let link = links.next()?;
    // Another link of the list is not made of the heading, unless it leads elsewhere: it is in the heading then.
    if leads_here(element) && link.node().id() != element.node().id() {
        return None;
    }
    let id = link.attribute("href")?.known_value()?.strip_prefix('#').filter(|id| !id.is_empty())?;
    let id = percent_decoded(id);
    let is_it =
        |it: &Element<'_>| it.attribute("id").is_some_and(|it| it.value() == id) && it.heading_level().is_some();
    // Where no heading has the id, the entry has the text of one.
    let heading = element.tree().html_elements().find(is_it).unwrap_or(link);
    let heading = letters(&text_of(heading));
    let headings = post.tree.elements().filter(|it| it.heading_level().is_some() && post.shows(*it));
    // A link to the heading itself is a part of its text: `¶`, `#`.
    let same: Vec<Element<'_>> =
        headings.filter(|it| !heading.is_empty() && letters(&text_of(*it)) == heading).collect();
    if let [only] = &*same {
        return only.start_tag();
    }
    let text = letters(&text_of(link));
    let is_entry = |it: Element<'_>| it.name() == "a" && leads_here(it) && letters(&text_of(it)) == text;
    by_number(link, is_entry, &same)?.start_tag()
}

/// Whether a link refers to a place in its own page.
fn leads_here(link: Element<'_>) -> bool {
    link.attribute("href").is_some_and(|href| href.value().starts_with('#'))
}

/// Where a post writes a URL of its page in something else than an element: a shortcode, an include, a component.
pub fn in_text(url: &str, base: &str, post: &Document<'_>) -> Option<Span> {
    let text = post.source.text();
    let path = url::path(url);
    let decoded = percent_decoded(path);
    let bare = decoded.strip_prefix(base).unwrap_or(&decoded).trim_matches('/');
    let is_told = |it: &&str| it.len() >= MIN_NAME && (it.contains(['/', '.']) || it.starts_with('#'));
    let whole = [url, path, &decoded, bare].into_iter().filter(is_told);
    // Code is shown as it is, and writes no elements.
    let code: Vec<Span> = post.tree.elements().filter(|it| is_code(*it)).filter_map(|it| it.span()).collect();
    let find = |it: &str| {
        let mut all = text.match_indices(it).map(|(start, _)| at(start, it.len()));
        all.find(|at| is_whole_url(text, *at) && !code.iter().any(|code| code.overlaps(*at)))
    };
    let whole = whole.filter_map(find).next();
    whole.or_else(|| in_template(&decoded, post, |_| true))
}

/// Whether no part of a URL is before or after a span of a text, but for a slash: `/blog/` is not in `/blog/boats/`.
fn is_whole_url(text: &str, span: Span) -> bool {
    let is_part = |c: char| c.is_alphanumeric() || matches!(c, '/' | '-' | '_' | '%' | '~' | '.');
    let before = text.get(..span.start as usize).unwrap_or("");
    let after = text.get(span.end as usize..).unwrap_or("");
    let before = before.strip_suffix('/').unwrap_or(before);
    let after = after.strip_prefix('/').unwrap_or(after);
    // A full stop may end the sentence.
    let ends_sentence = after.strip_prefix('.').is_some_and(|rest| !rest.starts_with(is_part));
    !before.ends_with(is_part) && (ends_sentence || !after.starts_with(is_part))
}

/// The only image of a post with the file name of a URL.
pub fn picture_of(url: &str, post: &Document<'_>) -> Option<Span> {
    let wanted = end_of_url(url);
    let is_it = |it: &Element<'_>| {
        let src = it.attribute("src").and_then(Attribute::known_value);
        src.is_some_and(|src| end_of_url(src) == wanted)
    };
    let mut same = post.tree.elements().filter(|it| it.name() == "img" && post.shows(*it)).filter(is_it);
    let only = same.next().filter(|_| same.next().is_none())?;
    only.attribute("src")?.value_span().or_else(|| only.start_tag())
}

/// Where a post gives a text again that a template makes the id of an element of: the last of several that make the same id.
pub fn repeated_text(id: &str, post: &Document<'_>) -> Option<Span> {
    let wanted = letters(id);
    let text = post.source.text();
    let quoted = |template: &Span| {
        let start = template.start as usize;
        let part = template.slice(text);
        ['"', '\''].into_iter().flat_map(move |quote| {
            let inside = part.split(quote).skip(1).step_by(2);
            inside.map(move |it| (start + (it.as_ptr() as usize - part.as_ptr() as usize), it))
        })
    };
    let all = post.tree.templates().iter().flat_map(quoted);
    let same: Vec<Span> =
        all.filter(|(_, it)| letters(it) == wanted).map(|(start, it)| at(start, it.len())).take(MAX_TEXTS).collect();
    same.last().copied().filter(|_| same.len() > 1 && wanted.chars().count() >= MIN_NAME)
}

/// Maximum number of texts that are compared.
const MAX_TEXTS: usize = 16;

/// The item of a list in the front matter that is the last part of a URL, or the last but its extension: layouts make links of
/// names. Tags and categories have pages that the generator makes.
pub fn item_of_list(url: &str, post: &Document<'_>) -> Option<Span> {
    let path = percent_decoded(url::path(url));
    let name = path.trim_end_matches('/').rsplit('/').next().filter(|name| !name.is_empty())?;
    let bare = name.split('.').next().unwrap_or(name);
    let is_it = |value: &&Value<'_>| value.as_scalar().is_some_and(|it| it.text == name || it.text == bare);
    let entries = post.sound_block()?.mapping.entries.iter();
    let is_term = |name: &str| TERMS.contains(&name) || name == "keywords";
    let mut lists = entries.filter(|entry| !entry.name().is_some_and(is_term));
    lists.find_map(|entry| Some(entry.value.as_sequence()?.iter().find(is_it)?.span))
}

/// The same in a call of something that writes elements: a shortcode, an include, a macro.
pub fn in_call(url: &str, post: &Document<'_>) -> Option<Span> {
    let is_call =
        |template: &str| ["{%", "{{<", "{{%"].iter().any(|it| template.starts_with(it)) || template.contains('(');
    in_template(&percent_decoded(path_and_query(url)), post, is_call)
}

/// The name of the shortcode whose call names the file of a URL.
pub fn name_of_call<'s>(url: &str, post: &Document<'s>) -> Option<&'s str> {
    let named = in_call(url, post)?;
    let call =
        post.tree.templates().iter().find(|template| template.start <= named.start && named.end <= template.end)?;
    let inside = call.slice(post.source.text()).trim_start_matches(['{', '<', '%', ' ']);
    inside.split(char::is_whitespace).next()
}

/// Where a template in a post names the file of a URL; in quotes or as a whole argument, without its extension.
fn in_template(url: &str, post: &Document<'_>, is_it: impl Fn(&str) -> bool) -> Option<Span> {
    let path = url.split(['#', '?']).next().unwrap_or("").trim_end_matches('/');
    let name = path.rsplit('/').next().filter(|name| name.len() >= MIN_NAME)?;
    let stem = name.split_once('.').map_or(name, |(stem, _)| stem);
    let text = post.source.text();
    post.tree.templates().iter().find_map(|span| {
        let template = span.slice(text);
        let whole = || template.find(name).filter(|_| name.contains('.')).map(|start| (start, name.len()));
        let quoted = |quote: char| Some((template.find(&format!("{quote}{stem}{quote}"))? + 1, stem.len()));
        let bare = || {
            let ends = |rest: &str| rest.starts_with(|c: char| c.is_whitespace() || matches!(c, '>' | '%' | '/' | '}'));
            let is_whole = |start: usize| template.get(start + stem.len()..).is_some_and(ends);
            let named = template.find(&format!("={stem}")).map(|at| at + 1);
            // `{% youtube dQw4w9WgXcQ %}`: a name with a digit or a capital inside is hardly a word of another argument.
            let is_told = stem.contains(|c: char| c.is_ascii_digit())
                || stem.get(1..).is_some_and(|rest| rest.contains(|c: char| c.is_ascii_uppercase()));
            let first = || template.find(&format!(" {stem}")).map(|at| at + 1).filter(|_| is_told);
            let start = named.or_else(first)?;
            Some((start, stem.len())).filter(|_| is_whole(start))
        };
        let argument = || ['"', '\''].into_iter().find_map(quoted).or_else(bare).filter(|_| stem.len() >= MIN_NAME);
        let (start, length) = whole().or_else(argument).filter(|_| is_it(template))?;
        Some(at(span.start as usize + start, length))
    })
}

fn at(start: usize, length: usize) -> Span {
    Span::of(start..start + length)
}

/// The last part of the path of a URL, without what generators add or take away.
fn end_of_url(address: &str) -> String {
    if address.starts_with(DATA_URL) {
        return DATA_URL.to_owned();
    }
    let path = url::path(address);
    let decoded = percent_decoded(path);
    let trimmed = decoded.trim_end_matches('/');
    let trimmed =
        ["/index.html", "/index.md", "/_index.md"].iter().find_map(|it| trimmed.strip_suffix(it)).unwrap_or(trimmed);
    let name = trimmed.rsplit('/').next().unwrap_or(trimmed);
    let bare = [".html", ".htm", ".md", ".markdown", ".mdx"].iter().find_map(|it| name.strip_suffix(it));
    if name.is_empty() { address.to_owned() } else { bare.unwrap_or(name).to_lowercase() }
}

/// How deep values are looked for in front matter.
const MAX_DEPTH: usize = 3;

/// Keys with URLs of the page itself: a layout that changes them writes another URL.
const OWN_URLS: [&str; 5] = ["permalink", "url", "slug", "aliases", "redirect_from"];

/// The front matter value of a post that a page prints: a text, or the end of a URL.
pub fn in_front_matter(printed: &str, post: &Document<'_>) -> Option<Span> {
    let block = post.sound_block()?;
    let wanted = letters(printed);
    if wanted.chars().count() < 3 {
        return None;
    }
    block.mapping.entries.iter().find_map(|entry| {
        let is_own = entry.name().is_some_and(|name| OWN_URLS.contains(&name));
        printed_by(&entry.value, (&wanted, is_own), 0)
    })
}

/// The value of a key of the language of a post.
pub fn language_of(printed: &str, post: &Document<'_>) -> Option<Span> {
    let entries = &post.sound_block()?.mapping.entries;
    let entry = entries.iter().find(|entry| entry.name().is_some_and(|name| LANGUAGES.contains(&name)))?;
    entry.value.as_scalar().filter(|it| it.text.eq_ignore_ascii_case(printed)).map(|_| entry.value.span)
}

/// The value that is printed as the letters `wanted`, or of which they are the end, unless it `is_whole`.
fn printed_by(value: &Value<'_>, (wanted, is_whole): (&str, bool), depth: usize) -> Option<Span> {
    match &value.data {
        Data::Scalar(scalar) => {
            let own = letters(&scalar.text);
            let is_path = !is_whole && scalar.text.contains(['/', '.']) && own.chars().count() >= 5;
            (own == wanted || is_path && wanted.ends_with(&own)).then_some(value.span)
        }
        Data::Mapping(mapping) if depth < MAX_DEPTH => {
            mapping.entries.iter().find_map(|entry| printed_by(&entry.value, (wanted, is_whole), depth + 1))
        }
        Data::Sequence { items, .. } if depth < MAX_DEPTH => {
            items.iter().find_map(|item| printed_by(item, (wanted, is_whole), depth + 1))
        }
        _ => None,
    }
}
