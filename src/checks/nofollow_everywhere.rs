//! `nofollow-everywhere`: a post with `nofollow` on all of its links.

use crate::document::Element;
use crate::rule::{Check, Context, Finding, Wants};
use crate::url::host;
use serde::Deserialize;

/// A post with a link marked as sponsored or user-generated is not reported.
#[derive(Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct NofollowEverywhere {
    min_links: usize,
}

impl Check for NofollowEverywhere {
    fn wants(&self) -> Wants {
        Wants::together(&["a"])
    }

    fn elements(&self, context: &mut Context<'_>, elements: &[Element<'_>]) {
        let own = &context.document.place.own_hosts;
        let mut first = None;
        let mut count = 0;
        for &link in elements {
            let Some(href) = link.attribute("href") else { continue };
            let outbound = host(href.value().trim()).is_some_and(|host| !own.contains(&*host));
            if !outbound {
                continue;
            }
            let Some(span) = nofollow(link) else { return };
            first = first.or(Some(span));
            count += 1;
        }
        if let Some(span) = first.filter(|_| count >= self.min_links) {
            let message = format!("all {count} links to other sites are `nofollow`");
            context.report(Finding { message: Some(message), ..Finding::of_post(span) });
        }
    }
}

/// The span of a link's `rel` if it contains `nofollow` and no more specific link type.
fn nofollow(link: Element<'_>) -> Option<crate::source::Span> {
    let rel = link.attribute("rel").filter(|rel| !rel.is_unknown() && !link.has_unknown_attributes())?;
    let says = |word: &str| rel.value().split_ascii_whitespace().any(|it| it.eq_ignore_ascii_case(word));
    (says("nofollow") && !says("sponsored") && !says("ugc")).then(|| rel.value_span().or(link.start_tag()))?
}
