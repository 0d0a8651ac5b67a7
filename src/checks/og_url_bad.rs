//! `og-url-bad`: the `og:url` of a built page is not that of the page.

use crate::built::{BuiltSite, Found};
use crate::document::Document;
use crate::document::ask::head::{canonical, metas};
use crate::rule::{BuiltContext, BuiltSpot, Check, Context, Finding, Wants};
use crate::url::{percent_decoded, scheme};
use serde::Deserialize;

#[derive(Deserialize)]
pub struct OgUrlBad {}

impl Check for OgUrlBad {
    fn wants(&self) -> Wants {
        Wants::Document
    }

    fn document(&self, context: &mut Context<'_>, document: &Document<'_>) {
        let Some(url) = metas(document, "og:url").find(|url| !url.text.is_empty()) else { return };
        let canonical = canonical(document).filter(|it| scheme(it).is_some());
        let (message, help) = if scheme(url.text).is_none() {
            ("`og:url` is not an absolute URL", "write the whole URL, beginning with `https://`")
        } else if canonical.is_some_and(|canonical| !is_same(canonical, url.text)) {
            ("`og:url` and the canonical URL differ", "write the canonical URL in both")
        } else {
            return;
        };
        context.report(Finding {
            message: Some(message.to_owned()),
            help: Some(help.to_owned()),
            ..Finding::at(url.span)
        });
    }

    fn wants_built(&self) -> bool {
        true
    }

    fn built(&self, context: &mut BuiltContext<'_>, site: &BuiltSite) {
        for (page, record) in site.pages.iter().enumerate() {
            let Some((url, span)) = record.open_graph_url.as_ref().filter(|(url, _)| scheme(url).is_some()) else {
                continue;
            };
            if site.find_url(url) == Some(Found::Nothing) {
                let message = Some(format!("no page of this site has the URL `{url}` of `og:url`"));
                context.report(BuiltSpot::new(page, *span), Finding { message, ..Finding::default() });
            }
        }
    }
}

/// Whether two URLs are the same for those who share links: a slash at the end makes no difference.
fn is_same(one: &str, other: &str) -> bool {
    let bare = |url: &str| percent_decoded(url.trim_end_matches("index.html").trim_end_matches('/'));
    bare(one) == bare(other)
}
