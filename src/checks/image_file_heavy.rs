//! `image-file-heavy`: a picture of a built page that takes long to load.

use crate::built::{BuiltSite, Kind};
use crate::rule::{BuiltContext, BuiltSpot, Check, Finding, Wants};
use serde::Deserialize;
use std::collections::BTreeMap;

#[derive(Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct ImageFileHeavy {
    max_kilobytes: u64,
}

impl Check for ImageFileHeavy {
    fn wants(&self) -> Wants {
        Wants::Built
    }

    fn built(&self, context: &mut BuiltContext<'_>, site: &BuiltSite) {
        let mut shown: BTreeMap<&str, (Vec<BuiltSpot>, u64)> = BTreeMap::new();
        for (index, page) in site.pages.iter().enumerate() {
            for reference in page.references.iter().filter(|it| it.kind == Kind::Picture) {
                let key = site.names.text(reference.target);
                let Some(&size) = site.files.get(key).filter(|size| **size > self.max_kilobytes * 1024) else {
                    continue;
                };
                shown.entry(key).or_insert((Vec::new(), size)).0.push(BuiltSpot::start((index, reference.at)));
            }
        }
        for (path, (spots, size)) in shown {
            let message = Some(format!("the image file `{path}` has {} KB", size / 1024));
            let pages = spots.len();
            let identity = Some(path.to_owned());
            context.report_once(spots, pages, Finding { message, identity, is_shared: true, ..Finding::default() });
        }
    }
}
