//! How the layout of a post uses its front matter, as far as the site's templates or its known theme determine it.

use crate::document::{Document, Field};
use crate::place::dialect::Generator;
use crate::place::theme::{Chosen, Evidence, Layout, Read, Supplied, Theme};
use crate::url::host;

/// Keys of the canonical URL.
pub const CANONICAL: [&str; 4] = ["canonical_url", "canonical", "canonicalUrl", "canonicalURL"];

impl Document<'_> {
    /// The layouts of the site.
    pub fn theme(&self) -> Option<&Theme> {
        self.place.themes.as_deref().map(|themes| themes.theme())
    }

    fn layout_key(&self) -> &'static str {
        if self.place.generator == Generator::Zola { "template" } else { "layout" }
    }

    /// The name of the layout that the site gives to the post.
    fn given_layout(&self) -> Option<&Supplied> {
        let [layout, _] = &self.given;
        layout.get_or_init(|| self.supplied(self.layout_key())).as_ref()
    }

    /// The layout of the post. `None` if it is not known.
    pub fn layout(&self) -> Option<&Layout> {
        self.layout.get_or_init(|| self.chosen_layout()).as_deref()
    }

    fn chosen_layout(&self) -> Option<Chosen> {
        let key = self.layout_key();
        let [_, given_type] = &self.given;
        let layout = match self.field(key) {
            Field::Text(name, _) => Some(name),
            Field::Default(value) => value.as_str(),
            Field::Missing | Field::Null(_) => match self.given_layout() {
                Some(Supplied::Text(name)) => Some(name.as_str()),
                Some(Supplied::Unknown) => return None,
                None => None,
            },
            Field::Unknown | Field::Nested(_) => return None,
        };
        let kind = match (self.field("type"), given_type.get_or_init(|| self.supplied("type"))) {
            (Field::Missing, Some(Supplied::Text(kind))) => Some(kind.as_str()),
            (Field::Missing, Some(Supplied::Unknown)) => return None,
            (field, _) => field.text(),
        };
        self.theme()?.layout(self.place, layout, kind)
    }

    /// Whether the page asks search engines not to show it, or to show a page of another site, in its front matter or
    /// its layout: what search results would show of it does not matter.
    pub fn is_hidden_from_search(&self) -> bool {
        let says = |key: &str| {
            let rules = self.field(key).text().unwrap_or("");
            rules
                .split([',', ' '])
                .any(|rule| rule.eq_ignore_ascii_case("noindex") || rule.eq_ignore_ascii_case("none"))
        };
        ["robots", "robots_meta", "meta_robots", "googlebot"].into_iter().any(says)
            || ["noindex", "no_index", "robotsNoIndex", "hide_from_search"]
                .iter()
                .any(|key| self.field(key).is_word("true"))
            || self.layout().is_some_and(|layout| layout.noindex.is_some())
            || self.is_canonical_elsewhere()
    }

    /// Whether the front matter gives a canonical URL on another host.
    fn is_canonical_elsewhere(&self) -> bool {
        let is_elsewhere = |url: &str| host(url).is_some() && !self.place.is_own_address(url);
        !self.place.own_hosts.is_empty() && CANONICAL.iter().any(|key| self.field(key).text().is_some_and(is_elsewhere))
    }

    /// Whether templates of the site may use the value of a key for more than to print it: to choose texts, menus or pages.
    /// Assumed if templates read the key, or cannot all be followed.
    pub fn templates_may_use(&self, key: &str) -> bool {
        let is_unknown = self.theme().is_some_and(|theme| !theme.is_whole && !theme.layouts.is_empty());
        is_unknown || self.reader(key).is_some()
    }

    /// Whether nothing is known of what becomes of the title and the description: a page of Eleventy without a layout may
    /// have no `<head>`, and each site of Next and Gatsby has a program of its own.
    pub fn has_unknown_head(&self) -> bool {
        match self.place.generator {
            _ if self.layout().is_some_and(|layout| layout.title_tag.is_some() || layout.description_tag.is_some()) => {
                false
            }
            Generator::Eleventy => self.field("layout").is_blank() && self.given_layout().is_none(),
            Generator::Next | Generator::Gatsby => true,
            _ => false,
        }
    }

    /// The value of a key that the site gives to the post.
    pub fn supplied(&self, key: &str) -> Option<Supplied> {
        self.place.themes.as_deref()?.supplied(&self.place.path, key)
    }

    /// A template that reads the key, among the known ones.
    pub fn reader(&self, key: &str) -> Option<&Evidence> {
        self.theme()?.reader(key, self.place.is_any_case())
    }

    /// Whether a key has a value, as far as is known. For a path such as `eleventyNavigation.key`, the whole path is
    /// checked only inside mappings of the post.
    pub fn is_set(&self, key: &str) -> bool {
        let (first, rest) = key.split_once('.').unwrap_or((key, ""));
        let inside = || {
            let block = self.front_matter.block()?;
            let value = &block.mapping.get(first)?.value;
            rest.split('.').try_fold(value, |value, name| Some(&value.as_mapping()?.get(name)?.value)).map(|_| ())
        };
        match self.field(first) {
            Field::Nested(_) => rest.is_empty() || inside().is_some() || self.supplied(key).is_some(),
            // Values from templates, aliases and defaults are not searched for the rest of the path.
            Field::Unknown | Field::Default(_) => !self.field(first).is_blank(),
            field => !field.is_blank() && rest.is_empty() || self.supplied(key).is_some(),
        }
    }

    /// Whether any of these keys has a value.
    pub fn sets_any(&self, keys: &[Read]) -> bool {
        keys.iter().any(|read| self.is_set(&read.key))
    }
}
