//! `og-image-size`: the picture of a built page for link previews is too small, or too long, for some of them.

use crate::built::BuiltSite;
use crate::rule::{BuiltContext, BuiltSpot, Check, Finding, Wants};
use serde::Deserialize;
use std::collections::BTreeMap;

#[derive(Deserialize)]
pub struct OgImageSize {}

/// What a service asks of the picture.
struct Demand {
    service: &'static str,
    wants: &'static str,
    is_met: fn(u32, u32) -> bool,
}

/// The services, from the one with the smallest pictures on.
const DEMANDS: [Demand; 3] = [
    Demand { service: "Naver", wants: "at most three times as long as wide", is_met: |w, h| w <= 3 * h && h <= 3 * w },
    Demand { service: "X", wants: "at least 300 × 157 pixels", is_met: |w, h| w >= 300 && h >= 157 },
    Demand { service: "Google Discover", wants: "at least 1200 pixels wide", is_met: |w, _| w >= 1200 },
];

impl Check for OgImageSize {
    fn wants(&self) -> Wants {
        Wants::Built
    }

    fn built(&self, context: &mut BuiltContext<'_>, site: &BuiltSite) {
        let mut shown: BTreeMap<&str, Vec<BuiltSpot>> = BTreeMap::new();
        for (index, page) in site.pages.iter().enumerate().filter(|(_, page)| page.is_indexed()) {
            if let Some((name, span)) = page.preview {
                shown.entry(site.names.text(name)).or_default().push(BuiltSpot::new(index, span));
            }
        }
        for (path, spots) in shown {
            let Some(&(width, height)) = site.pixels.get(path).filter(|(width, height)| *width > 0 && *height > 0)
            else {
                continue;
            };
            let Some(unmet) = DEMANDS.iter().find(|demand| !(demand.is_met)(width, height)) else { continue };
            let message = Some(format!(
                "the preview image `{path}` of {width} × {height} pixels does not suit {}",
                unmet.service
            ));
            let help = Some(format!("{} wants an image {}", unmet.service, unmet.wants));
            let (pages, identity) = (spots.len(), Some(path.to_owned()));
            context.report_once(
                spots,
                pages,
                Finding { message, help, identity, is_shared: true, ..Finding::default() },
            );
        }
    }
}
