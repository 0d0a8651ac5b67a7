//! Gatsby. The code of each site determines which files become pages, so this is not known.

use crate::place::dialect::Generator;
use crate::place::engine::Engine;
use crate::site::Site;
use crate::site::folder::{Seen, file};
use crate::site::settings::Fact;

const CONFIGS: [&str; 3] = ["gatsby-config.js", "gatsby-config.mjs", "gatsby-config.ts"];

pub(super) fn by_config(seen: &Seen<'_>) -> Option<Site> {
    let name = seen.first_file(&CONFIGS)?;
    let site = read(seen, Site::signed(Generator::Gatsby, file(name)));
    let Some(config) = seen.settings(name) else { return Some(site) };
    Some(Site {
        title: config.text("siteMetadata.title"),
        description: config.text("siteMetadata.description"),
        url: config.text("siteMetadata.siteUrl"),
        base_url: config.text("pathPrefix"),
        ..site
    })
}

pub(super) fn by_package(seen: &Seen<'_>) -> Option<Site> {
    let version = seen.dependency("gatsby")?;
    Some(read(seen, Site::signed(Generator::Gatsby, version.from?)))
}

fn read(seen: &Seen<'_>, site: Site) -> Site {
    let remark = seen.dependency("gatsby-transformer-remark").map(|it| Fact { value: Engine::Remark, from: it.from });
    let mdx = || seen.dependency("gatsby-plugin-mdx").map(|it| Fact { value: Engine::Mdx, from: it.from });
    let engine = remark.or_else(mdx);
    let md_is_mdx = engine.as_ref().is_some_and(|engine| engine.value == Engine::Mdx);
    // gatsby-transformer-remark uses remark-parse 6, which is older than remark's support of CommonMark: `**` beside
    // punctuation makes emphasis, for example.
    let dialect_is_known = !matches!(&engine, Some(engine) if engine.value == Engine::Remark);
    // gatsby-remark-images (`src/index.js`) fills an empty `alt` with the words of the file name.
    let alt_from_name = seen.dependency("gatsby-remark-images").is_some();
    Site { version: seen.version("gatsby"), engine, md_is_mdx, dialect_is_known, alt_from_name, ..site }
}
