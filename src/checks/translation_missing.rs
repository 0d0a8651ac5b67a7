//! `translation-missing`: a page that is not there in one of the languages of the site.

use crate::facts::{SiteFacts, translation};
use crate::rule::{Check, Finding, SiteContext, Wants};
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};

#[derive(Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct TranslationMissing {
    min_percent: usize,
}

impl Check for TranslationMissing {
    fn wants(&self) -> Wants {
        Wants::Site
    }

    fn site(&self, context: &mut SiteContext<'_>, site: &SiteFacts<'_>) {
        // The pages of each language, by a path without the language.
        let mut languages: BTreeMap<String, BTreeMap<String, usize>> = BTreeMap::new();
        for (page, facts) in site.indexed() {
            let (language, path) = translation(site.site, &facts.path);
            languages.entry(language).or_default().insert(path, page);
        }
        let Some(most) = languages.values().map(BTreeMap::len).max() else { return };
        // A language with a few pages is not one that the site is translated into.
        languages.retain(|_, pages| pages.len() * 100 >= most * self.min_percent);
        let Some((source, pages)) = languages.iter().max_by_key(|(language, pages)| (pages.len(), language.is_empty()))
        else {
            return;
        };
        for (path, &page) in pages {
            let lacks = |(language, pages): (&String, &BTreeMap<String, usize>)| {
                (language != source && !pages.contains_key(path)).then(|| language.clone())
            };
            let missing: BTreeSet<String> =
                languages.iter().filter_map(|(language, pages)| lacks((language, pages))).collect();
            let Some(facts) = site.pages.get(page).filter(|_| !missing.is_empty()) else { continue };
            let named = |language: &String| {
                if language.is_empty() { "the main language".to_owned() } else { format!("`{language}`") }
            };
            let list = missing.iter().map(named).collect::<Vec<_>>().join(", ");
            let message = format!("this page is missing in {list}");
            context.report(page, Finding { message: Some(message), ..Finding::of_post(facts.start) });
        }
    }
}
