//! Makes the facts of a parsed post.

use crate::document::ask::anchors::Anchors;
use crate::document::ask::layout::CANONICAL;
use crate::document::ask::page::DATES;
use crate::document::ask::prose;
use crate::document::read::front_matter::calendar::Written as WrittenDate;
use crate::document::read::front_matter::value::{Data, Value};
use crate::document::{Document, Element, Field, Origin};
use crate::facts::edition::edition;
use crate::facts::target::{self, Target, resolve};
use crate::facts::{Image, Link, PageFacts, Term, Texts, Written};
use crate::place::dialect::{Dialect, Generator};
use crate::place::files::joined;
use crate::place::is_dated;
use crate::place::theme::{Layout, Read};
use crate::site::urls::{PageUrl, Publication};
use crate::source::Span;
use crate::text::{self, Scripts};
use rustc_hash::FxHashSet;

/// Keys of a post's language.
pub const LANGUAGES: [&str; 3] = ["lang", "language", "locale"];
/// Keys of the URLs that redirect to a post: those of jekyll-redirect-from, Hugo and Zola, and hexo-generator-alias.
const REDIRECTS: [&str; 3] = ["redirect_from", "aliases", "alias"];
/// Words in keys of URLs that a page had once, which only templates of the site know: `formerly: /boats/`.
const FORMER: [&str; 7] = ["alias", "aliases", "former", "formerly", "legacy", "old", "previous"];
/// Keys of tags and categories.
pub const TERMS: [&str; 4] = ["tags", "categories", "tag", "category"];
/// Keys of a post's picture, and those below them that have its URL.
const IMAGES: [&str; 10] = [
    "image", "cover", "thumbnail", "feature_image", "featured_image", "featureimage", "banner", "og_image", "hero",
    "header",
];
const IMAGE_PARTS: [&str; 6] = ["path", "src", "image", "url", "overlay_image", "teaser"];

impl PageFacts {
    /// The facts of a post with this URL, and with the post name of its file. `with_texts`: also those for rules that compare texts.
    pub fn of(document: &Document<'_>, publication: Publication, with_texts: bool) -> Self {
        let language = first_text(document, &LANGUAGES);
        let layout = document.layout();
        let links = links(document, &publication);
        PageFacts {
            path: document.place.path.clone(),
            naming_tags: fitted(naming_tags(document, &publication, &links)),
            links: fitted(links),
            spaced_categories: spaced_categories(document, &publication),
            publication,
            post_name: None,
            is_page: document.is_page() && !document.is_hidden_from_search() && !will_expire(document),
            is_copied: document.is_copied(),
            is_article: document.is_article(),
            start: document.sound_fence().unwrap_or_else(|| document.source.line_span(1)),
            day: day(document),
            title: title(document, layout),
            description: description(document, layout),
            excerpt: excerpt(document, layout).map(Box::new),
            edition: edition(&document.place.path, language.as_ref().map(|it| it.text.as_str())),
            templates_may_use_language: language
                .as_ref()
                .and_then(|it| it.key.as_deref())
                .is_some_and(|key| document.templates_may_use(key)),
            language,
            has_language_of_layout: layout.is_some_and(|it| it.language.is_some() && !it.is_elsewhere),
            has_base: layout.is_some_and(|it| it.has_base),
            scripts: scripts(document),
            canonical: first_text(document, &CANONICAL),
            redirects: REDIRECTS.iter().flat_map(|key| listed(document, key)).collect(),
            former_urls: fitted(former_urls(document)),
            terms: fitted(
                TERMS.iter().filter(|key| may_list(document, key)).flat_map(|key| terms(document, key)).collect(),
            ),
            texts: with_texts.then(|| Texts::of(document)),
            anchors: Anchors::known_across(document),
            parts: parts(document),
            images: fitted(images(document)),
            outline: None,
        }
    }
}

/// A list without the room it has to grow. The facts of all posts are in memory at the same time: this saves 8 MB for 10,000
/// posts.
fn fitted<T>(mut list: Vec<T>) -> Vec<T> {
    list.shrink_to_fit();
    list
}

/// Number of bytes that are evidence enough of the language of a post. Counting the letters of all of them costs 3% more
/// instructions, of 1,000 bytes 1%.
const ENOUGH_TEXT: usize = 300;
/// Number of bytes that are counted of one paragraph, which may be long.
const ENOUGH_OF_ONE: usize = 1_000;

/// Counts the letters at the beginning of the prose.
fn scripts(document: &Document<'_>) -> Scripts {
    let (mut scripts, mut bytes) = (Scripts::default(), 0);
    for node in document.tree.text_nodes().filter(|node| prose::is_prose(*node)) {
        if bytes > ENOUGH_TEXT {
            break;
        }
        let text = node.text();
        let text = text.get(..text.floor_char_boundary(ENOUGH_OF_ONE)).unwrap_or(text);
        bytes += text.len();
        scripts = scripts.and(Scripts::of(text));
    }
    scripts
}

/// Whether the post has a last day, like a notice that its subject is now elsewhere.
fn will_expire(document: &Document<'_>) -> bool {
    document.place.generator == Generator::Hugo && !document.field("expiryDate").is_blank()
}

fn text_of(document: &Document<'_>, key: &str) -> Option<Written> {
    match document.field(key) {
        Field::Text(text, entry) if !text.trim().is_empty() => Some(Written {
            text: text::collapsed(text).into_owned(),
            span: entry.value.span,
            key: Some(key.to_owned()),
        }),
        _ => None,
    }
}

fn first_text(document: &Document<'_>, keys: &[&str]) -> Option<Written> {
    keys.iter().find_map(|key| text_of(document, key))
}

/// The text of the first of these keys that is set. `None` if that is not written in the post.
fn first_read(document: &Document<'_>, reads: &[Read]) -> Option<Option<Written>> {
    let read = reads.iter().find(|read| document.is_set(&read.key))?;
    Some(text_of(document, &read.key))
}

fn title(document: &Document<'_>, layout: Option<&Layout>) -> Option<Written> {
    let read = layout.and_then(|layout| first_read(document, &layout.title));
    if let Some(read) = read {
        return read;
    }
    if let Some(title) = text_of(document, "title") {
        return Some(title);
    }
    // These generators use the first heading as the title.
    let from_heading = matches!(
        document.place.generator,
        Generator::Docusaurus | Generator::VitePress | Generator::MkDocs | Generator::Next
    );
    if !from_heading || !matches!(document.field("title"), Field::Missing | Field::Null(_)) {
        return None;
    }
    let is_first = |element: &Element<'_>| element.heading_level() == Some(1) && element.span().is_some();
    let heading = document.tree.elements().find(is_first)?;
    let text = prose::words(heading).into_owned();
    (!text.is_empty()).then_some(Written { text, span: heading.span()?, key: None })
}

fn description(document: &Document<'_>, layout: Option<&Layout>) -> Option<Written> {
    match layout {
        Some(layout) if layout.is_whole && layout.title_tag.is_some() && layout.description.is_empty() => None,
        Some(layout) if !layout.description.is_empty() => first_read(document, &layout.description).flatten(),
        // jekyll-seo-tag takes the excerpt.
        _ if document.place.generator == Generator::Jekyll => first_text(document, &["description", "excerpt"]),
        _ => first_text(document, &["description", "summary"]),
    }
}

/// The keys of which generators make an excerpt themselves if the post does not set them.
const EXCERPTS: [&str; 2] = ["excerpt", "summary"];

/// The excerpt, if the layout makes the description of it because no key that comes before it is set.
fn excerpt(document: &Document<'_>, layout: Option<&Layout>) -> Option<Written> {
    let keys = &layout?.description;
    let is_first = keys.iter().find(|read| document.is_set(&read.key) || EXCERPTS.contains(&&*read.key))?;
    if document.is_set(&is_first.key) {
        return None;
    }
    let (block, text) = document.excerpt()?;
    Some(Written { text, span: block.span()?, key: None })
}

/// The day of the post: that of its date, or of its file name.
fn day(document: &Document<'_>) -> Option<i64> {
    let written = DATES.iter().find_map(|key| document.field(key).text());
    let name = document.place.file_name();
    let in_name = || name.get(..10).filter(|_| is_dated(name));
    let date = written.map(str::trim).and_then(WrittenDate::read).or_else(|| in_name().and_then(WrittenDate::read))?;
    date.date.exists().then(|| date.date.days())
}

/// The texts in a key: one, or a list of them.
fn listed(document: &Document<'_>, key: &str) -> Vec<Written> {
    let written = |value: &Value<'_>| {
        let text = value.as_scalar()?.text.trim().to_owned();
        (!text.is_empty()).then(|| Written { text, span: value.span, key: Some(key.to_owned()) })
    };
    match document.field(key) {
        Field::Text(_, entry) => written(&entry.value).into_iter().collect(),
        Field::Nested(entry) => entry.value.as_sequence().unwrap_or(&[]).iter().filter_map(written).collect(),
        _ => Vec::new(),
    }
}

/// The paths in keys that say what the URL of the page was.
fn former_urls(document: &Document<'_>) -> Vec<String> {
    let entries = document.sound_block().into_iter().flat_map(|block| &block.mapping.entries);
    let is_former = |name: &&str| {
        // `oldUrl` and `old-url`, but not `folder`.
        let mut words = name.split(|c: char| !c.is_alphanumeric() || c.is_uppercase());
        words.any(|word| FORMER.contains(&word)) && !REDIRECTS.contains(name)
    };
    let names = entries.filter_map(|entry| entry.name()).filter(is_former);
    let paths = names.flat_map(|name| listed(document, name)).map(|written| written.text);
    paths.filter(|path| path.starts_with('/')).collect()
}

/// Whether the site may have a list of the posts with a term. In Jekyll, its layouts make it.
fn may_list(document: &Document<'_>, key: &str) -> bool {
    let own = document.theme().filter(|theme| theme.is_whole && theme.elsewhere.is_none());
    document.place.generator != Generator::Jekyll || own.is_none() || document.reader(key).is_some()
}

/// The terms in a key. In Jekyll, `tags: a b` are two, and in Hexo and Hugo one.
fn terms(document: &Document<'_>, key: &str) -> Vec<Term> {
    let is_list = !matches!(document.field(key), Field::Text(..));
    let splits = document.place.generator == Generator::Jekyll && matches!(key, "tags" | "categories") && !is_list;
    let mut found = Vec::new();
    for Written { text, span, .. } in listed(document, key) {
        let written = document.source.slice(span);
        if !splits || !written.contains(char::is_whitespace) {
            // Two quotation marks at most.
            let begins = |at: &usize| written.get(*at..).is_some_and(|rest| rest.starts_with(&text));
            let at = (0..=2).filter(|_| written.len() <= text.len() + 2).find(begins);
            let exact = at.map(|at| Span::new(span.start + at as u32, span.start + (at + text.len()) as u32));
            found.push(Term { key: key.to_owned(), text, span, exact });
            continue;
        }
        // Parts of a text with escapes cannot be found by their words.
        let mut from = 0;
        for word in text.split_whitespace() {
            let Some(at) = written.get(from..).and_then(|rest| rest.find(word)) else { break };
            let start = span.start + (from + at) as u32;
            from += at + word.len();
            let span = Span::new(start, start + word.len() as u32);
            found.push(Term { key: key.to_owned(), text: word.to_owned(), span, exact: Some(span) });
        }
    }
    found
}

/// The categories whose spaces are in the URL of a post: Jekyll writes them there in lower case, unless `permalink` leaves
/// them out.
fn spaced_categories(document: &Document<'_>, publication: &Publication) -> Vec<Term> {
    let is_post = document.place.generator == Generator::Jekyll && document.place.is_post();
    // The days in those that are possible differ, and nothing else.
    let url = publication.possible().first().map(PageUrl::as_str).filter(|url| is_post && url.contains("%20"));
    let Some(url) = url else { return Vec::new() };
    let is_part = |term: &Term| {
        let part = PageUrl::new(&term.text.to_lowercase());
        term.text.contains(' ') && url.contains(&format!("{}/", part.as_str()))
    };
    ["categories", "category"].into_iter().flat_map(|key| terms(document, key)).filter(is_part).collect()
}

fn links(document: &Document<'_>, publication: &Publication) -> Vec<Link> {
    let link = |element: Element<'_>| {
        let href = element.attribute("href").filter(|_| document.shows(element))?;
        let rel = element.attribute("rel").and_then(|rel| rel.known_value()).unwrap_or("");
        let (url, is_markdown) = (href.value().trim(), element.origin() == Origin::Markdown);
        let written = href.value_span().map(|span| document.source.slice(span));
        let template = written.filter(|_| href.is_unknown());
        let resolved = resolve(document, publication, &target::Written { href: url, template, is_markdown });
        Some(Link {
            href: url.to_owned(),
            target: resolved.target,
            fragment: resolved.fragment,
            is_verbatim: written == Some(url),
            is_templated: href.is_unknown(),
            span: href.value_span().or(element.span())?,
            text: text::collapsed(&prose::text(element)).into_owned(),
            rel: rel.split_ascii_whitespace().map(str::to_ascii_lowercase).collect(),
            is_markdown,
        })
    };
    let elements = document.tree.elements().filter(|element| matches!(element.name(), "a" | "area"));
    elements.filter_map(link).collect()
}

/// `{% post_url %}` and `{% link %}` wherever Jekyll renders them, except for those with the target of a link.
fn naming_tags(document: &Document<'_>, publication: &Publication, links: &[Link]) -> Vec<Link> {
    if document.place.generator != Generator::Jekyll {
        return Vec::new();
    }
    let told: FxHashSet<&Target> = links.iter().map(|link| &link.target).collect();
    let tag = |span: &Span| {
        let written = document.source.slice(*span);
        let template = Some(written).filter(|it| it.starts_with("{%") && it.ends_with("%}"));
        let named = target::Written { href: written, template: Some(template?), is_markdown: false };
        let target = resolve(document, publication, &named).target;
        let (Target::Post(name) | Target::Source(name)) = &target else { return None };
        // Tags of plugins with these names take other arguments.
        let is_plain = !name.contains([' ', '\t', '\n', ',', ':', '"', '\'']);
        (is_plain && !told.contains(&target)).then(|| Link {
            href: written.to_owned(),
            is_templated: true,
            span: *span,
            text: String::new(),
            rel: Vec::new(),
            is_markdown: false,
            target,
            fragment: None,
            is_verbatim: true,
        })
    };
    document.tree.templates().iter().filter_map(tag).collect()
}

/// The files that a chapter of mdBook includes: `{{#include boat.md:2:5}}`.
fn parts(document: &Document<'_>) -> Vec<String> {
    if document.place.generator != Generator::MdBook {
        return Vec::new();
    }
    let folder = document.place.path.rsplit_once('/').map_or("", |(folder, _)| folder);
    let named = document.source.text().split("include ").skip(1).filter_map(|rest| {
        let path = rest.split(['}', ':', '\n']).next()?.trim();
        joined(folder, path)
    });
    named.collect()
}

fn images(document: &Document<'_>) -> Vec<Image> {
    let mut found = feature_images(document);
    if document.place.dialect == Dialect::Mdx {
        found.retain(|image| image.key.is_some());
    }
    let image = |element: Element<'_>| {
        let src = element.attribute("src").filter(|_| document.shows(element))?;
        let span = src.value_span().or(element.span())?;
        let alt = element.attribute("alt").and_then(|alt| {
            let text = alt.known_value()?.to_owned();
            Some(Written { text, span: alt.value_span().unwrap_or(span), key: None })
        });
        Some(Image { src: src.value().trim().to_owned(), is_templated: src.is_unknown(), span, alt, key: None })
    };
    found.extend(document.tree.elements().filter(|element| element.name() == "img").filter_map(image));
    found
}

/// The pictures in the keys of the front matter.
pub fn feature_images(document: &Document<'_>) -> Vec<Image> {
    let is_read = |key: &&&str| document.place.generator != Generator::Docusaurus || **key == "image";
    IMAGES.iter().filter(is_read).flat_map(|key| front_matter_images(document, key)).collect()
}

/// The pictures in a key: a URL, a mapping with one, or a list of them.
fn front_matter_images(document: &Document<'_>, key: &str) -> Vec<Image> {
    fn collect(key: &str, value: &Value<'_>, found: &mut Vec<Image>) {
        match &value.data {
            Data::Scalar(scalar) if scalar.text.contains(['/', '.']) && !scalar.text.contains(['\n', ' ']) => {
                let src = scalar.text.trim().to_owned();
                found.push(Image { src, is_templated: false, span: value.span, alt: None, key: Some(key.to_owned()) });
            }
            Data::Mapping(mapping) => {
                let alt = mapping.get("alt").and_then(|alt| {
                    let text = alt.value.as_scalar()?.text.to_string();
                    Some(Written { text, span: alt.value.span, key: Some(format!("{key}.alt")) })
                });
                for part in IMAGE_PARTS {
                    let Some(entry) = mapping.get(part) else { continue };
                    let before = found.len();
                    if entry.value.as_scalar().is_some() {
                        collect(&format!("{key}.{part}"), &entry.value, found);
                    }
                    found.iter_mut().skip(before).for_each(|image| image.alt.clone_from(&alt));
                }
            }
            Data::Sequence { .. } => {
                for item in value.as_sequence().unwrap_or(&[]).iter().filter(|item| item.as_sequence().is_none()) {
                    collect(key, item, found);
                }
            }
            _ => {}
        }
    }
    let mut found = Vec::new();
    if let Field::Text(_, entry) | Field::Nested(entry) = document.field(key) {
        collect(key, &entry.value, &mut found);
    }
    found
}
