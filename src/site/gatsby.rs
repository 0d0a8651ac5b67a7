//! Gatsby. The code of each site determines which files become pages, so this is not known.

use crate::place::dialect::Generator;
use crate::place::engine::Engine;
use crate::site::Site;
use crate::site::folder::{Seen, file};
use crate::site::settings::Fact;
use regex::Regex;
use std::sync::LazyLock;

/// The folder with built pages, unless the config sets one.
pub(super) const BUILT: &str = "public";

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
        content: seen.folder().read(name).map_or_else(Vec::new, |text| content(name, &text)),
        ..site
    })
}

/// `path: `${__dirname}/content``, and the same with `path.join`.
static PATH: LazyLock<Option<Regex>> = LazyLock::new(|| {
    let join = r#"path\.(?:join|resolve)\(\s*(?:__dirname\s*,\s*)?['"`]"#;
    Regex::new(&format!(r#"\bpath:\s*(?:`\$\{{__dirname\}}/|{join}|['"`])(?:\./|/)?([^'"`$]+)['"`]"#)).ok()
});

/// The folders of `gatsby-source-filesystem`, except those of images and data.
fn content(file: &str, text: &str) -> Vec<Fact<String>> {
    const PLUGIN: &str = "gatsby-source-filesystem";
    let mut found: Vec<Fact<String>> = Vec::new();
    for (at, _) in text.match_indices(PLUGIN) {
        let after = text.get(at + PLUGIN.len()..).unwrap_or("");
        let after = after.split("resolve:").next().unwrap_or(after);
        let Some(path) = PATH.as_ref().and_then(|path| path.captures(after)).and_then(|found| found.get(1)) else {
            continue;
        };
        let folder = path.as_str().trim_end_matches('/').to_owned();
        let line = text.get(..at + PLUGIN.len() + path.start()).map_or(0, |before| before.matches('\n').count()) + 1;
        let is_other = ["image", "img", "asset", "data"].iter().any(|word| folder.contains(word));
        if !is_other && !folder.is_empty() && !found.iter().any(|known| known.value == folder) {
            found.push(Fact::on_line(folder, file, line));
        }
    }
    found
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
