//! mdBook. Facts: <https://rust-lang.github.io/mdBook/format/configuration/general.html>.

use crate::place::dialect::Generator;
use crate::place::engine::Engine;
use crate::site::Site;
use crate::site::folder::{Seen, file};
use crate::site::settings::{Fact, Setting};

/// The folder with built pages, unless the config sets one.
pub(super) const BUILT: &str = "book";

pub(super) fn by_config(seen: &Seen<'_>) -> Option<Site> {
    let config = seen.own_settings("book.toml")?;
    let source = config.text("book.src").unwrap_or(Fact::by_default("src".to_owned()));
    let authors = config.get("book.authors");
    let author = authors.and_then(|list: &Setting| Some(config.fact((*list.texts().first()?).to_owned(), list.line)));
    Some(Site {
        engine: Some(Fact::by_default(Engine::PulldownCmark)),
        title: config.text("book.title"),
        description: config.text("book.description"),
        author,
        language: config.text("book.language").or(Some(Fact::by_default("en".to_owned()))),
        base_url: config.text("output.html.site-url"),
        built: config.text("build.build-dir"),
        source: Some(source.value.clone()),
        content: vec![source],
        ..Site::signed(Generator::MdBook, file("book.toml"))
    })
}
