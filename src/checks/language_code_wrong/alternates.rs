//! The translations that built pages name: each must name itself, and be named by the others.
//! <https://developers.google.com/search/docs/specialty/international/localized-versions>

use crate::built::{BuiltPage, BuiltSite, Found};
use crate::diagnostic::Level;
use crate::rule::{BuiltContext, BuiltSpot, Finding};
use crate::url::host;

/// Reports each kind of mistake once: a layout makes it in all pages.
pub fn report(context: &mut BuiltContext<'_>, site: &BuiltSite) {
    let (mut relative, mut without_self, mut without_return) = (Vec::new(), Vec::new(), Vec::new());
    for (page, record) in site.pages.iter().enumerate().filter(|(_, record)| record.is_indexed()) {
        let spot = |span| BuiltSpot::new(page, span);
        relative.extend(record.alternates.iter().find(|(_, href, _)| host(href).is_none()).map(|it| spot(it.2)));
        let is_known = |(_, href, _): &&(String, String, _)| matches!(site.find_url(href), Some(Found::Page(_)));
        let Some(first) = record.alternates.iter().find(is_known) else { continue };
        if !names(site, record, page) {
            without_self.push(spot(first.2));
            continue;
        }
        let lacks_return = |(_, href, _): &&(String, String, _)| match site.find_url(href) {
            Some(Found::Page(other)) if other != page => {
                site.pages.get(other).is_some_and(|other| other.is_indexed() && !names(site, other, page))
            }
            _ => false,
        };
        without_return.extend(record.alternates.iter().find(lacks_return).map(|it| spot(it.2)));
    }
    let kinds = [
        (relative, "the URL of a translation is relative", "write the whole URL, beginning with `https://`"),
        (
            without_self,
            "a page does not name itself among its translations",
            "name all translations and the page itself",
        ),
        (
            without_return,
            "a translation does not name this page among its translations",
            "name each page in all others",
        ),
    ];
    for (spots, message, help) in kinds {
        let (pages, message, help) = (spots.len(), Some(message.to_owned()), Some(help.to_owned()));
        let label = Some("search engines ignore this".to_owned());
        let finding = Finding { message, label, help, at_most: Some(Level::Warn), ..Finding::default() };
        context.report_once(spots, pages, finding);
    }
}

/// Whether one of the translations that a page names is the page with this index.
fn names(site: &BuiltSite, record: &BuiltPage, page: usize) -> bool {
    record.alternates.iter().any(|(_, href, _)| site.find_url(href) == Some(Found::Page(page)))
}
