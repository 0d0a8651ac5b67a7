//! The URL of each page of a site, as its generator publishes it. What is not known before the site is built is unknown.

mod around;
mod astro;
mod docusaurus;
mod eleventy;
mod hexo;
mod hugo;
mod jekyll;
mod mdbook;
mod mkdocs;
mod page;
mod page_url;
mod pelican;
mod time;
pub mod value;
mod vitepress;
mod zola;

use crate::place::dialect::Generator;
use crate::place::theme::Supplied;
use crate::site::Site;
use crate::site::folder::{Folder, Seen};
pub use around::Around;
pub use jekyll::{PostName, PostReference};
pub use page::{Front, Page};
pub use page_url::{PageUrl, Publication};
pub use time::day_in;

/// The URLs of a site's pages.
pub trait PageUrls: Send + Sync {
    /// The URL of a page. `now`: seconds since 1970, for posts that are published later.
    fn publication(&self, page: &Page<'_>, now: Option<i64>) -> Publication;

    /// The name by which `{% post_url %}` finds a post of Jekyll, if it is not that of its file.
    fn post_name(&self, page: &Page<'_>) -> Option<PostName>;
}

/// How the URLs of a site's pages are made: its settings, read once.
#[derive(Clone, Debug)]
pub struct Urls {
    scheme: Scheme,
}

#[derive(Clone, Debug)]
enum Scheme {
    Jekyll(jekyll::Settings),
    Hugo(hugo::Settings),
    Astro(astro::Settings),
    Hexo(hexo::Settings),
    Eleventy(eleventy::Settings),
    Zola(zola::Settings),
    MdBook(mdbook::Settings),
    VitePress(vitepress::Settings),
    MkDocs(mkdocs::Settings),
    Docusaurus(docusaurus::Settings),
    Pelican(pelican::Settings),
    Unknown,
}

impl Urls {
    /// Reads the settings of a site. `config` has the files below the folder with its config, `root` those below its root.
    pub fn read(config: &dyn Folder, root: &dyn Folder, site: &Site) -> Urls {
        let seen = Seen::of(config);
        let scheme = match site.generator {
            _ if site.broken.is_some() => Scheme::Unknown,
            Generator::Jekyll => Scheme::Jekyll(jekyll::Settings::read(&seen, root, site)),
            Generator::Hugo => Scheme::Hugo(hugo::Settings::read(&seen, site)),
            Generator::Astro => Scheme::Astro(astro::Settings::read(&seen, site)),
            Generator::Hexo => Scheme::Hexo(hexo::Settings::read(&seen, site)),
            Generator::Eleventy => Scheme::Eleventy(eleventy::Settings::read(&seen, site)),
            Generator::Zola => Scheme::Zola(zola::Settings::read(&seen, site)),
            Generator::MdBook => Scheme::MdBook(mdbook::Settings::read(&seen, site)),
            Generator::VitePress => Scheme::VitePress(vitepress::Settings::read(&seen, site)),
            Generator::MkDocs => Scheme::MkDocs(mkdocs::Settings::read(&seen, site)),
            Generator::Docusaurus => Scheme::Docusaurus(docusaurus::Settings::read(&seen, site)),
            Generator::Pelican => Scheme::Pelican(pelican::Settings::read(&seen, site)),
            _ => Scheme::Unknown,
        };
        Urls { scheme }
    }

    /// The value of a key that sections and the config of a Hugo site give to the file at `path`.
    pub fn inherited(&self, path: &str, key: &str, around: Around<'_>) -> Option<Supplied> {
        match &self.scheme {
            Scheme::Hugo(settings) => settings.inherited(path, key, around),
            _ => None,
        }
    }

    /// The name by which `{% post_url %}` finds a post of Jekyll, if it is not that of its file.
    pub fn post_name(&self, page: &Page<'_>, site: &Site) -> Option<PostName> {
        match &self.scheme {
            Scheme::Jekyll(settings) => settings.post_name(page, site),
            _ => None,
        }
    }

    /// The URL of a page.
    pub fn of(&self, page: &Page<'_>, around: Around<'_>) -> Publication {
        match &self.scheme {
            Scheme::Unknown => Publication::Unknown,
            _ if around.site.is_excluded(page.path) => Publication::Never,
            Scheme::Jekyll(settings) => settings.publication(page, around),
            Scheme::Hugo(settings) => settings.publication(page, around),
            Scheme::Astro(settings) => settings.publication(page, around),
            Scheme::Hexo(settings) => settings.publication(page, around),
            Scheme::Eleventy(settings) => settings.publication(page, around),
            Scheme::Pelican(settings) => settings.publication(page, around),
            Scheme::Docusaurus(settings) => settings.publication(page, around),
            Scheme::MkDocs(settings) => settings.publication(page, around),
            Scheme::VitePress(settings) => settings.publication(page, around),
            Scheme::MdBook(settings) => settings.publication(page, around),
            Scheme::Zola(settings) => settings.publication(page, around),
        }
    }
}
