//! Next.js with Markdown: Nextra, or Next's own MDX. Other setups are custom code of each site. `.md` files are not
//! MDX: Nextra decides by the extension, and `@next/mdx` only processes `.mdx`.

use crate::place::dialect::Generator;
use crate::place::engine::Engine;
use crate::site::Site;
use crate::site::folder::{Seen, file};
use crate::site::settings::Fact;

/// The folder with built pages, unless the config sets one.
pub(super) const BUILT: &str = "out";

const CONFIGS: [&str; 4] = ["next.config.js", "next.config.mjs", "next.config.ts", "next.config.cjs"];
const THEMES: [&str; 2] = ["nextra-theme-docs", "nextra-theme-blog"];
const CONTENT: [&str; 5] = ["content", "pages", "src/content", "src/pages", "app"];

/// Detects Nextra or Next's own MDX by the dependencies in `package.json`.
pub(super) fn by_package(seen: &Seen<'_>) -> Option<Site> {
    let (package, engine) = ["nextra", "@next/mdx"].into_iter().find_map(|name| {
        let found = seen.dependency(name)?;
        // Nextra and its themes have a `package.json` as well, but no dependency on `next` and no config.
        (seen.first_file(&CONFIGS).is_some() || seen.dependency("next").is_some()).then_some((name, found))
    })?;
    let theme = THEMES.into_iter().find_map(|name| {
        let found = seen.dependency(name)?;
        Some(Fact { value: name.to_owned(), ..found })
    });
    let sign = seen.first_file(&CONFIGS).map(file).or(engine.from)?;
    Some(Site {
        version: seen.version("next"),
        engine: Some(Fact { value: Engine::Mdx, from: seen.dependency(package)?.from }),
        theme,
        content: Site::folders(seen, &CONTENT),
        ..Site::signed(Generator::Next, sign)
    })
}

/// Detects a Next.js site whose Markdown engine is not known.
pub(super) fn by_config(seen: &Seen<'_>) -> Option<Site> {
    let sign = file(seen.first_file(&CONFIGS)?);
    Some(Site { version: seen.version("next"), ..Site::signed(Generator::Next, sign) })
}
