//! Prints the trees of Markdown files as JSON, one line for each path read from stdin. Used by `trees.py`.
//!
//! The first argument is the flavor (`hugo@111` for Hugo 0.111; a folder for the site in it), the second the file
//! extension that selects the dialect.

use postlint::document::{Element, Node, NodeKind};
use postlint::place::flavor::{Flavor, RawHtml};
use postlint::site::detect::detect;
use postlint::site::folder::Folder;
use postlint::{Dialect, Document, Generator, Place, Source};
use serde_json::{Value, json};
use std::io::{self, BufRead, Write};

fn main() -> io::Result<()> {
    let mut arguments = std::env::args().skip(1);
    let name = arguments.next().unwrap_or_default();
    let dialect = if arguments.next().as_deref() == Some("mdx") { Dialect::Mdx } else { Dialect::CommonMark };
    let places: Box<dyn Fn(String) -> Option<Place>> = match (flavor(&name), detect(&Root(name.clone()))) {
        (Some((generator, flavor)), _) => {
            let dialect = match generator {
                Generator::MkDocs | Generator::Pelican => Dialect::PythonMarkdown,
                _ => dialect,
            };
            Box::new(move |path| Some(Place { flavor, ..Place::new(path, generator, dialect) }))
        }
        (None, Some(site)) => Box::new(move |_| site.place("docs/a.md")),
        (None, None) => return Err(io::Error::other(format!("`{name}` is neither a flavor nor a site"))),
    };
    let mut out = io::stdout().lock();
    for path in io::stdin().lock().lines() {
        let path = path?;
        let source = Source::from_bytes(std::fs::read(&path)?);
        let Some(place) = places(path) else { continue };
        let document = Document::parse(&source, &place);
        let nodes: Vec<Value> = document.tree.root().children().map(value).collect();
        writeln!(out, "{}", Value::from(nodes))?;
    }
    Ok(())
}

/// The folder of a site.
struct Root(String);

impl Folder for Root {
    fn list(&self, path: &str) -> Vec<(String, bool)> {
        let Ok(entries) = std::fs::read_dir(std::path::Path::new(&self.0).join(path)) else { return Vec::new() };
        let name = |entry: std::fs::DirEntry| (entry.file_name().to_string_lossy().into_owned(), entry.path().is_dir());
        entries.flatten().map(name).collect()
    }

    fn read(&self, path: &str) -> Option<String> {
        std::fs::read_to_string(std::path::Path::new(&self.0).join(path)).ok()
    }
}

fn flavor(name: &str) -> Option<(Generator, Flavor)> {
    if let Some((name, minor)) = name.split_once('@') {
        let flavor = Flavor::hugo(minor.parse().ok()?);
        let raw_html = if name == "hugo" { RawHtml::Kept } else { RawHtml::Dropped };
        return Some((Generator::Hugo, Flavor { raw_html, ..flavor }));
    }
    let plain = |flavor| Some((Generator::Plain, flavor));
    match name {
        // remark's reference pages were rendered without typographic replacements.
        "remark" => Some((Generator::Astro, Flavor { typographer: false, ..Flavor::astro() })),
        "docusaurus" => plain(Flavor::docusaurus()),
        "nextra" => plain(Flavor::nextra()),
        "markdown-it" => plain(Flavor { raw_html: RawHtml::Kept, ..Flavor::markdown_it() }),
        "marked" | "marked-old" => plain(Flavor::marked()),
        "hexo" => Some((Generator::Hexo, Flavor::hexo())),
        "vitepress" => plain(Flavor::vitepress()),
        "pelican" => Some((Generator::Pelican, Flavor::unknown())),
        "mkdocs" => Some((Generator::MkDocs, Flavor::unknown())),
        "zola" => plain(Flavor::zola()),
        "mdbook" => plain(Flavor::mdbook()),
        _ => None,
    }
}

/// A node as JSON: its text, or its name with attributes and children.
fn value(node: Node<'_>) -> Value {
    match node.as_element() {
        Some(element) => json!([element.name(), attributes(element), node.children().map(value).collect::<Vec<_>>()]),
        // A program, in MDX.
        None if matches!(node.kind(), NodeKind::Comment | NodeKind::Template) => Value::Null,
        None => node.text().into(),
    }
}

fn attributes(element: Element<'_>) -> Value {
    element
        .attributes()
        .map(|it| (it.name().to_owned(), Value::from(it.value())))
        .collect::<serde_json::Map<_, _>>()
        .into()
}
