//! `deploy-leftover`: the config has the URL of a test server or of an example as that of the site.

use crate::diagnostic::Level;
use crate::facts::SiteFacts;
use crate::rule::across::FileLine;
use crate::rule::{Check, Finding, SiteContext, Wants};
use crate::url::{host, is_below, is_private_host};
use serde::Deserialize;

#[derive(Deserialize)]
pub struct DeployLeftover {
    placeholders: Vec<String>,
}

impl Check for DeployLeftover {
    fn wants(&self) -> Wants {
        Wants::Site
    }

    fn site(&self, context: &mut SiteContext<'_>, site: &SiteFacts<'_>) {
        if let Some(from) = &site.site.empty_url {
            let finding = Finding {
                message: Some("`url` is empty: pages get no canonical URL".into()),
                label: Some("no URL here".into()),
                at_most: Some(Level::Info),
                ..Finding::default()
            };
            context.report_in_file(FileLine { file: from.file.clone(), line: from.line }, finding);
        }
        let Some(url) = &site.site.url else { return };
        let (Some(from), Some(host)) = (&url.from, host(&url.value)) else { return };
        let message = if is_private_host(&host) {
            format!("the URL of the site is on `{host}`, which only your own network can reach")
        } else if self.placeholders.iter().any(|placeholder| is_below(&host, placeholder)) {
            format!("the URL of the site is the example `{host}`")
        } else {
            return;
        };
        let line = FileLine { file: from.file.clone(), line: from.line };
        context.report_in_file(line, Finding { message: Some(message), ..Finding::default() });
    }
}
