//! `fragment-broken`: a link to a fragment, of the same post or of another one, that does not exist.

use crate::built::BuiltSite;
use crate::document::ask::anchors::Anchors;
use crate::document::{Element, Origin};
use crate::facts::{Found, PageFacts, SiteFacts};
use crate::rule::{BuiltContext, Check, Context, Finding, SiteContext, Wants};
use crate::url::{comparable_fragment, is_of_marks};
use crate::words::nearest;
use rustc_hash::{FxHashMap, FxHashSet};
use serde::Deserialize;
use std::cell::OnceCell;
use unicode_normalization::UnicodeNormalization;

/// Maximum number of ids that are compared to suggest one.
const MAX_CANDIDATES: usize = 200;

/// Maximum number of links per post that get a suggestion.
const MAX_SUGGESTIONS: usize = 100;

/// Reports nothing if an `id` may come from something that is not visible in the post.
#[derive(Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct FragmentBroken {
    layout_ids: Vec<String>,
    markdown_links: bool,
}

impl Check for FragmentBroken {
    fn wants(&self) -> Wants {
        Wants::together(&["a", "area"])
    }

    fn elements(&self, context: &mut Context<'_>, elements: &[Element<'_>]) {
        let document = context.document;
        // Built pages are read together.
        if document.place.is_built {
            return;
        }
        let links: Vec<(Element<'_>, String)> =
            elements.iter().filter_map(|&link| Some((link, self.fragment(link)?))).collect();
        let Some(anchors) = Some(document).filter(|_| !links.is_empty()).and_then(Anchors::known) else { return };
        let places = Places::of(&anchors);
        let mut suggestions = 0;
        for (link, fragment) in links {
            if places.has(&fragment) || self.layout_ids.contains(&fragment.to_lowercase()) {
                continue;
            }
            let Some(href) = link.attribute("href") else { continue };
            if let Some(span) = href.value_span().or(link.start_tag()) {
                let ids = places.first_ids().filter(|_| suggestions < MAX_SUGGESTIONS);
                let meant = nearest(&fragment, ids);
                suggestions += 1;
                let help = meant.map(|id| format!("did you mean `#{id}`?"));
                let message = format!("no element in this post has the id `{fragment}`");
                context.report(Finding { message: Some(message), help, ..Finding::at(span) });
            }
        }
    }

    fn wants_site(&self) -> bool {
        true
    }

    fn site(&self, context: &mut SiteContext<'_>, site: &SiteFacts<'_>) {
        let mut places: FxHashMap<usize, Option<Places<'_>>> = FxHashMap::default();
        for (index, page) in site.pages.iter().enumerate() {
            if !context.wants(index) || page.is_copied {
                continue;
            }
            let mut suggestions = 0;
            for link in &page.links {
                let Some(written) = link.fragment.as_deref().filter(|_| !link.target.is_here()) else { continue };
                let (Some(fragment), Found::Page(target)) = (meant(written), site.index().find(&link.target)) else {
                    continue;
                };
                let Some(target_page) = site.pages.get(target).filter(|page| has_content(page)) else { continue };
                let known = || target_page.anchors.as_ref().map(Places::of);
                let Some(places) = places.entry(target).or_insert_with(known) else { continue };
                if places.has(&fragment) || self.layout_ids.contains(&fragment.to_lowercase()) {
                    continue;
                }
                let is_early = suggestions < MAX_SUGGESTIONS;
                suggestions += 1;
                // `gem-based-method` is not a typo of `github-pages-method`.
                let first = |id: &str| id.split(['-', '_']).next().unwrap_or(id).to_lowercase();
                let is_like = |id: &&str| first(id) == first(&fragment);
                let ids = places.first_ids().filter(|_| is_early).filter(is_like);
                let help = nearest(&fragment, ids).map(|id| format!("did you mean `#{id}`?"));
                let message = format!("no element in `{}` has the id `{fragment}`", target_page.path);
                context.report(index, Finding { message: Some(message), help, ..Finding::at(link.span) });
            }
        }
    }

    fn wants_built(&self) -> bool {
        true
    }

    fn built(&self, context: &mut BuiltContext<'_>, site: &BuiltSite) {
        for broken in site.broken() {
            let Some(fragment) = broken.fragment.as_deref() else { continue };
            let page = broken.url.split('#').next().unwrap_or("");
            let message = format!("no element in `{page}` has the id `{fragment}`");
            context.report_broken(broken, Finding { message: Some(message), ..Finding::default() });
        }
    }
}

/// Whether a page has content of its own, and is not a list that the layout makes.
fn has_content(page: &PageFacts) -> bool {
    page.anchors.as_ref().is_some_and(|anchors| !anchors.headings.is_empty())
}

/// The decoded fragment, if it refers to an element of the page, and not to something that a script or a PDF viewer
/// interprets, like `#!/path` and `#page=2`. The targets of footnotes are created by the generator.
fn meant(fragment: &str) -> Option<String> {
    let fragment = fragment.split(":~:").next().unwrap_or("");
    let other = fragment.starts_with(['!', '/']) || fragment.contains(['=', '{', '<', '$']);
    let top = is_of_marks(fragment) || fragment.eq_ignore_ascii_case("top") || fragment.starts_with("fn");
    (!other && !top).then(|| comparable_fragment(fragment))
}

impl FragmentBroken {
    /// The decoded fragment of a link within the page, if it refers to an element.
    fn fragment(&self, link: Element<'_>) -> Option<String> {
        let fragment = link.attribute("href")?.known_value()?.trim().strip_prefix('#')?;
        let written = link.origin() == Origin::Html || (self.markdown_links && link.origin() == Origin::Markdown);
        if !written || link.has_unknown_attributes() {
            return None;
        }
        // A script that shows tabs or slides may interpret fragments differently.
        let scripted = |name: &str| name.starts_with("on") || name.starts_with("data-") || name == "role";
        if link.attributes().any(|attribute| scripted(attribute.name())) {
            return None;
        }
        meant(fragment)
    }
}

/// The targets that a fragment may refer to.
struct Places<'a> {
    anchors: &'a Anchors,
    ids: FxHashSet<&'a str>,
    /// Made for the first fragment that is not an id. Most are.
    headings: OnceCell<Headings>,
}

/// Whether a page may have what a fragment refers to.
pub fn may_have(page: &PageFacts, fragment: &str) -> bool {
    let is_there = |fragment: String| page.anchors.as_ref().is_none_or(|anchors| Places::of(anchors).has(&fragment));
    meant(fragment).is_none_or(is_there)
}

/// The ids that an engine may make of headings.
#[derive(Default)]
struct Headings {
    /// Headings reduced to letters and digits, because generators differ in how they treat all other characters.
    whole: FxHashSet<String>,
    /// Headings with emoji and other symbols, reduced in the same way: some generators replace symbols with their
    /// names.
    beginnings: Vec<String>,
}

/// Maximum number of headings with emoji that are kept.
const MAX_BEGINNINGS: usize = 100;

impl<'a> Places<'a> {
    fn of(anchors: &'a Anchors) -> Self {
        Places { anchors, ids: anchors.ids.iter().map(String::as_str).collect(), headings: OnceCell::new() }
    }

    /// The first [`MAX_CANDIDATES`] ids in source order, for suggestions.
    fn first_ids(&self) -> impl Iterator<Item = &'a str> {
        self.anchors.ids.iter().take(MAX_CANDIDATES).map(String::as_str)
    }

    fn has(&self, fragment: &str) -> bool {
        self.ids.contains(fragment) || self.headings.get_or_init(|| Headings::of(self.anchors)).have(fragment)
    }
}

impl Headings {
    /// Those of a page; none if its ids are all that there are.
    fn of(anchors: &Anchors) -> Self {
        let mut headings = Headings::default();
        if !anchors.are_exact {
            anchors.headings.iter().for_each(|heading| headings.add(heading));
        }
        headings
    }

    fn add(&mut self, text: &str) {
        let no_number = text.trim_start_matches(|c: char| !c.is_alphabetic());
        let ascii: String = text.chars().filter(char::is_ascii).collect();
        for variant in [text, no_number, &ascii, &text.replace('&', "and"), &text.replace("C#", "csharp")] {
            self.whole.insert(skeleton(variant));
        }
        if text.chars().any(|c| !c.is_ascii() && !c.is_alphanumeric()) && self.beginnings.len() < MAX_BEGINNINGS {
            self.beginnings.push(skeleton(text));
        }
        // kramdown uses the id `section` for a heading without ASCII letters. Accept it whenever there is a heading.
        self.whole.insert("section".to_owned());
    }

    fn have(&self, fragment: &str) -> bool {
        let skeleton = skeleton(fragment.strip_prefix("user-content-").unwrap_or(fragment));
        // The second heading with the same text gets a number.
        self.whole.contains(&skeleton)
            || self.whole.contains(skeleton.trim_end_matches(|c: char| c.is_ascii_digit()))
            || self.beginnings.iter().any(|beginning| skeleton.starts_with(beginning.as_str()))
    }
}

/// Whether an engine may make an id of a heading with this text that this fragment refers to.
pub fn may_be_id_of(fragment: &str, heading: &str) -> bool {
    let mut headings = Headings::default();
    headings.add(heading);
    headings.have(fragment)
}

fn skeleton(text: &str) -> String {
    text.nfc().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}
