//! `post-near-duplicate`: several posts with nearly the same text.

use crate::facts::{SiteFacts, Spot, Texts};
use crate::rule::{Check, Finding, Shared, SiteContext, Wants};
use rustc_hash::FxHashMap;
use serde::Deserialize;
use std::collections::BTreeMap;

#[derive(Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct PostNearDuplicate {
    percent: usize,
    min_length: usize,
}

impl Check for PostNearDuplicate {
    fn wants(&self) -> Wants {
        Wants::Site
    }

    fn reads_texts(&self) -> bool {
        true
    }

    fn site(&self, context: &mut SiteContext<'_>, site: &SiteFacts<'_>) {
        let texts: Vec<(usize, &str, &Texts)> = site
            .indexed()
            .filter_map(|(page, facts)| Some((page, &*facts.edition, facts.texts.as_ref()?)))
            .filter(|(_, _, texts)| texts.length >= self.min_length)
            .collect();
        for group in self.groups(&texts).into_values().filter(|group| group.len() > 1) {
            let of = |&at: &usize| texts.get(at).map(|(page, _, texts)| (*page, *texts));
            let Some((_, first)) = group.first().and_then(of) else { continue };
            let spot = |(page, _): (usize, &Texts)| Some(Spot { page, span: site.pages.get(page)?.start });
            let spots: Vec<Spot> = group.iter().filter_map(of).filter_map(spot).collect();
            let value = first.identity();
            let shared = Shared { value: &value, at_least: 2, label: "nearly the same text" };
            context.report_shared(&spots, shared, |posts| Finding {
                message: Some(format!("{posts} posts have nearly the same text")),
                ..Finding::default()
            });
        }
    }
}

impl PostNearDuplicate {
    /// Groups of indexes into `texts`, each by its first one. A post is compared with the first one of each group that it
    /// may belong to, so that the time stays linear for thousands of copies.
    fn groups(&self, texts: &[(usize, &str, &Texts)]) -> BTreeMap<usize, Vec<usize>> {
        let mut first_of_band: FxHashMap<(&str, usize, &[u32]), usize> = FxHashMap::default();
        let mut groups: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        for (at, (_, edition, text)) in texts.iter().enumerate() {
            let mut home = None;
            for (band, key) in text.bands() {
                let first = *first_of_band.entry((*edition, band, key)).or_insert(at);
                let is_like =
                    |first: usize| texts.get(first).is_some_and(|it| it.2.percent_in_common(text) >= self.percent);
                if home.is_none() && first != at && is_like(first) {
                    home = Some(first);
                }
            }
            groups.entry(home.unwrap_or(at)).or_default().push(at);
        }
        groups
    }
}
