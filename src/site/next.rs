//! Next.js with Markdown: Nextra, or MDX of its own. Other setups are custom code of each site. `.md` files are not MDX:
//! Nextra decides by the extension, and `@next/mdx` reads `.mdx` only.

use crate::place::dialect::Generator;
use crate::place::engine::Engine;
use crate::site::Site;
use crate::site::folder::{Seen, file};
use crate::site::settings::Fact;

const CONFIGS: [&str; 4] = ["next.config.js", "next.config.mjs", "next.config.ts", "next.config.cjs"];
const THEMES: [&str; 2] = ["nextra-theme-docs", "nextra-theme-blog"];
const CONTENT: [&str; 5] = ["content", "pages", "src/content", "src/pages", "app"];

/// A package that uses Nextra or Next's own MDX.
pub(super) fn by_package(seen: &Seen<'_>) -> Option<Site> {
    let (package, engine) = ["nextra", "@next/mdx"].into_iter().find_map(|name| {
        let found = seen.dependency(name)?;
        // Nextra itself and its themes are packages too.
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

/// A Next.js site whose Markdown engine is not known.
pub(super) fn by_config(seen: &Seen<'_>) -> Option<Site> {
    let sign = file(seen.first_file(&CONFIGS)?);
    Some(Site { version: seen.version("next"), ..Site::signed(Generator::Next, sign) })
}
