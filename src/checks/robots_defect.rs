//! `robots-defect`: a `robots.txt` that keeps search engines out, or that they cannot read.

use crate::built::BuiltSite;
use crate::diagnostic::Level;
use crate::rule::{BuiltContext, Check, Finding, Wants};
use crate::source::Span;
use serde::Deserialize;

#[derive(Deserialize)]
pub struct RobotsDefect {}

impl Check for RobotsDefect {
    fn wants(&self) -> Wants {
        Wants::Built
    }

    fn built(&self, context: &mut BuiltContext<'_>, site: &BuiltSite) {
        let Some(robots) = &site.robots else { return };
        if robots.is_html {
            let message = Some("`robots.txt` is an HTML page".to_owned());
            context.report_in_file(&robots.file, Finding { message, ..Finding::at(Span::new(0, 1)) });
            return;
        }
        if let Some(span) = robots.blocks_all() {
            let message = Some("`robots.txt` keeps search engines from the whole site".to_owned());
            context.report_in_file(&robots.file, Finding { message, ..Finding::at(span) });
            return;
        }
        for (what, span) in &robots.unreadable {
            let message = Some(format!("`robots.txt` has {what}"));
            let label = Some("crawlers ignore this line".to_owned());
            let help = Some("write `Name: value`, one to a line".to_owned());
            let finding = Finding { message, label, help, at_most: Some(Level::Warn), ..Finding::at(*span) };
            context.report_in_file(&robots.file, finding);
        }
        // Of a page that sends readers on, only a plugin wrote the `noindex`.
        let hidden = site.pages.iter().filter(|page| page.is_noindex && !page.is_redirect);
        let mut blocked = hidden.filter_map(|page| Some((page, robots.blocks(&page.url)?)));
        if let Some((page, span)) = blocked.next() {
            let message = Some(format!("search engines cannot read the `noindex` of `{}`", page.url));
            let label = Some("this keeps them from the page".to_owned());
            let help = Some("allow the page, so that its `noindex` is seen".to_owned());
            let finding = Finding { message, label, help, at_most: Some(Level::Warn), ..Finding::at(span) };
            context.report_in_file(&robots.file, finding);
        }
    }
}
