//! Data about common themes, whose files are usually not in a site's folder because they are gems, modules or packages.

use crate::place::dialect::Generator;
use crate::place::theme::{Evidence, Layout, Read, VisibleTitle};
use std::sync::Arc;

/// How the templates of a theme use front matter. Omits facts that were not found or differ between versions of the
/// theme.
struct Known {
    generator: Generator,
    slug: &'static str,
    /// The theme's repository on GitHub, as `owner/name`.
    source: &'static str,
    /// The level of the heading that contains the title of a post, and the file.
    heading: Option<(u8, &'static str)>,
    /// The file that sets `<title>` from the key `title`.
    title: Option<&'static str>,
    /// The file that sets the meta description, and the keys, of which the first one that is set is used.
    description: Option<(&'static str, &'static [&'static str])>,
    /// Whether an empty description is treated like a missing one.
    empty_is_none: bool,
    /// Keys other than `title` whose values are part of the text of a post's page.
    shown: &'static [&'static str],
}

/// The keys that jekyll-seo-tag and Hexo's `open_graph` use for the description.
const PLUGIN: &[&str] = &["description", "excerpt"];

impl Known {
    const fn jekyll(slug: &'static str, source: &'static str, file: &'static str) -> Self {
        Known {
            generator: Generator::Jekyll,
            slug,
            source,
            heading: Some((1, file)),
            title: None,
            description: None,
            empty_is_none: false,
            shown: &[],
        }
    }

    const fn hugo(slug: &'static str, source: &'static str, file: &'static str) -> Self {
        Known { generator: Generator::Hugo, ..Known::jekyll(slug, source, file) }
    }
}

const KNOWN: [Known; 15] = [
    Known {
        title: Some("_includes/seo.html"),
        description: Some(("_includes/seo.html", PLUGIN)),
        empty_is_none: true,
        ..Known::jekyll("minimal-mistakes", "mmistakes/minimal-mistakes", "_layouts/single.html")
    },
    Known {
        title: Some("_layouts/default.html"),
        description: Some(("_layouts/default.html", PLUGIN)),
        empty_is_none: true,
        shown: &["feature_text"],
        ..Known::jekyll("alembic", "daviddarnes/alembic", "_layouts/post.html")
    },
    Known {
        title: Some("_includes/head.html"),
        description: Some(("_includes/head.html", PLUGIN)),
        empty_is_none: true,
        ..Known::jekyll("chirpy", "cotes2020/jekyll-theme-chirpy", "_layouts/post.html")
    },
    Known {
        title: Some("_includes/head.html"),
        description: Some(("_includes/head.html", PLUGIN)),
        empty_is_none: true,
        ..Known::jekyll("minima", "jekyll/minima", "_layouts/post.html")
    },
    Known {
        title: Some("_includes/head.html"),
        shown: &["subtitle"],
        ..Known::jekyll("beautiful", "daattali/beautiful-jekyll", "_includes/header.html")
    },
    Known {
        title: Some("_includes/metadata.liquid"),
        description: Some(("_includes/metadata.liquid", &["description"])),
        ..Known::jekyll("al-folio", "alshedivat/al-folio", "_layouts/post.liquid")
    },
    Known {
        title: Some("layouts/partials/head.html"),
        description: Some(("layouts/partials/head.html", &["description", "summary"])),
        empty_is_none: true,
        ..Known::hugo("papermod", "adityatelange/hugo-PaperMod", "layouts/_default/single.html")
    },
    Known {
        title: Some("layouts/_partials/head.html"),
        shown: &["description"],
        ..Known::hugo("docsy", "google/docsy", "layouts/_td-content.html")
    },
    Known {
        title: Some("layouts/partials/head.html"),
        ..Known::hugo("blowfish", "nunocoracao/blowfish", "layouts/_default/single.html")
    },
    Known {
        heading: Some((2, "layouts/partials/article/components/details.html")),
        description: Some(("layouts/partials/data/description.html", &["description", "summary"])),
        empty_is_none: true,
        shown: &["description"],
        ..Known::hugo("stack", "CaiJimmy/hugo-theme-stack", "")
    },
    Known {
        generator: Generator::Hexo,
        description: Some(("layout/_partials/head/head-unique.njk", PLUGIN)),
        empty_is_none: true,
        shown: &["description"],
        ..Known::jekyll("next", "next-theme/hexo-theme-next", "layout/_macro/post.njk")
    },
    // The page itself has the heading: the layout shows `title` in the navigation only.
    Known {
        heading: None,
        title: Some("_includes/head.html"),
        description: Some(("_includes/head.html", PLUGIN)),
        empty_is_none: true,
        ..Known::jekyll("just-the-docs", "just-the-docs/just-the-docs", "")
    },
    Known {
        generator: Generator::Hexo,
        title: Some("layout/includes/head.pug"),
        description: Some(("layout/includes/head/Open_Graph.pug", PLUGIN)),
        empty_is_none: true,
        ..Known::jekyll("butterfly", "jerryc127/hexo-theme-butterfly", "layout/includes/header/post-info.pug")
    },
    Known {
        generator: Generator::Hexo,
        heading: None,
        title: Some("layout/_partials/head.ejs"),
        description: Some(("layout/_partials/head.ejs", PLUGIN)),
        empty_is_none: true,
        ..Known::jekyll("fluid", "fluid-dev/hexo-theme-fluid", "")
    },
    Known {
        generator: Generator::Astro,
        title: Some("packages/starlight/utils/head.ts"),
        description: Some(("packages/starlight/utils/head.ts", &["description"])),
        empty_is_none: true,
        ..Known::jekyll("starlight", "withastro/starlight", "packages/starlight/components/PageTitle.astro")
    },
];

/// The layout of posts in a theme.
pub fn layout(generator: Generator, slug: &str) -> Option<Arc<Layout>> {
    let known = KNOWN.iter().find(|known| known.generator == generator && known.slug == slug)?;
    let from = |file: &str| Evidence { file: format!("{}/{file}", known.source).into(), line: 0 };
    let read = |key: &str, file: &str| Read { key: key.to_owned(), from: from(file) };
    let file = known.heading.map_or("", |(_, file)| file);
    let described = known.description.iter().flat_map(|(file, keys)| keys.iter().map(|key| read(key, file)));
    let shown = known.shown.iter().chain(&["title"]);
    Some(Arc::new(Layout {
        title: known.title.iter().map(|file| read("title", file)).collect(),
        description: described.collect(),
        visible_title: known
            .heading
            .map(|(level, file)| VisibleTitle { read: read("title", file), level: Some(level) }),
        shown: shown.filter(|_| known.heading.is_some()).map(|key| read(key, file)).collect(),
        title_tag: known.title.map(from),
        description_tag: known.description.map(|(file, _)| from(file)),
        empty_description_is_none: known.empty_is_none,
        is_elsewhere: true,
        ..Layout::default()
    }))
}
