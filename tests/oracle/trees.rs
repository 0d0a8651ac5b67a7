//! Prints the trees of Markdown files as JSON, one line for each path read from stdin. Used by `trees.py`.
//!
//! The first argument is the flavor (`hugo@111` for Hugo 0.111), the second the file extension that selects the
//! dialect.

use postlint::document::{Element, Node, NodeKind};
use postlint::place::flavor::{Flavor, RawHtml};
use postlint::{Dialect, Document, Generator, Place, Source};
use serde_json::{Value, json};
use std::io::{self, BufRead, Write};

fn main() -> io::Result<()> {
    let mut arguments = std::env::args().skip(1);
    let name = arguments.next().unwrap_or_default();
    let dialect = if arguments.next().as_deref() == Some("mdx") { Dialect::Mdx } else { Dialect::CommonMark };
    let Some((generator, flavor)) = flavor(&name) else {
        return Err(io::Error::other(format!("`{name}` is not a flavor")));
    };
    let mut out = io::stdout().lock();
    for path in io::stdin().lock().lines() {
        let path = path?;
        let source = Source::from_bytes(std::fs::read(&path)?);
        let place = Place { flavor, ..Place::new(path, generator, dialect) };
        let document = Document::parse(&source, &place);
        let nodes: Vec<Value> = document.tree.root().children().map(value).collect();
        writeln!(out, "{}", Value::from(nodes))?;
    }
    Ok(())
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
        "marked" => plain(Flavor::marked()),
        "hexo" => Some((Generator::Hexo, Flavor::hexo())),
        "vitepress" => plain(Flavor::vitepress()),
        "python" => plain(Flavor::python_markdown()),
        "mkdocs" => plain(Flavor::mkdocs()),
        "zola" => plain(Flavor::zola()),
        "mdbook" => plain(Flavor::mdbook()),
        _ => None,
    }
}

/// A node as JSON: its text, or its name with attributes and children.
fn value(node: Node<'_>) -> Value {
    match node.as_element() {
        Some(element) => json!([element.name(), attributes(element), node.children().map(value).collect::<Vec<_>>()]),
        None if node.kind() == NodeKind::Comment => Value::Null,
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
