//! python-markdown's blocks and inline text, with the extensions of MkDocs, Pelican and Material.

use super::python_markdown_cases::CASES;
use postlint::document::Document;
use postlint::document::tree::node::Node;
use postlint::place::Place;
use postlint::place::dialect::{Dialect, Generator};
use postlint::place::python_markdown::PythonMarkdown;
use postlint::source::Source;
use regex::Regex;
use std::sync::Arc;

/// The extensions of a set.
fn extensions(set: &str) -> PythonMarkdown {
    let names: &[&str] = match set {
        "mkdocs" => &["toc", "tables", "fenced_code"],
        "extra" => &["extra"],
        "more" => &["extra", "admonition", "toc", "nl2br", "sane_lists"],
        "smarty" => &["smarty"],
        "material" => &[
            "abbr",
            "admonition",
            "attr_list",
            "def_list",
            "footnotes",
            "md_in_html",
            "tables",
            "toc",
            "pymdownx.betterem",
            "pymdownx.caret",
            "pymdownx.details",
            "pymdownx.keys",
            "pymdownx.mark",
            "pymdownx.superfences",
            "pymdownx.tabbed",
            "pymdownx.tasklist",
            "pymdownx.tilde",
            "pymdownx.smartsymbols",
            "pymdownx.magiclink",
            "pymdownx.arithmatex",
        ],
        _ => &[],
    };
    let mut options = PythonMarkdown { custom_checkbox: true, generic_math: true, ..PythonMarkdown::plain() };
    options.tabbed.alternate = true;
    for name in names {
        assert!(options.turn_on(name), "{name}");
    }
    options
}

fn place(set: &str) -> Place {
    let options = Arc::new(extensions(set));
    Place { python_markdown: options, ..Place::new("a.md", Generator::MkDocs, Dialect::PythonMarkdown) }
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

fn write(node: Node<'_>, out: &mut String) {
    let Some(element) = node.as_element() else {
        if node.kind() == postlint::document::NodeKind::Text {
            out.push_str(&escaped(node.text()));
        }
        return;
    };
    let mut attributes: Vec<(String, String)> =
        element.attributes().map(|it| (it.name().to_owned(), it.value().to_owned())).collect();
    attributes.sort();
    if element.name() == "html" {
        return node.children().for_each(|child| write(child, out));
    }
    out.push_str(&format!("<{}", element.name()));
    for (name, value) in attributes {
        out.push_str(&format!(" {name}=\"{value}\""));
    }
    out.push('>');
    node.children().for_each(|child| write(child, out));
    if !matches!(element.name(), "br" | "hr" | "img" | "input") {
        out.push_str(&format!("</{}>", element.name()));
    }
}

/// The tree as HTML, its whitespace folded.
fn shown(document: &Document<'_>) -> String {
    let mut html = String::new();
    document.tree.root().children().for_each(|child| write(child, &mut html));
    let folded = Regex::new(r"\s+").unwrap().replace_all(&html, " ").into_owned();
    Regex::new(" ?(<[^>]*>) ?").unwrap().replace_all(&folded, "$1").trim().to_owned()
}

#[test]
fn posts_become_the_tree_that_python_markdown_renders() {
    let mut different = Vec::new();
    for (set, name, text, expected) in CASES {
        let (source, place) = (Source::new(*text), place(set));
        let found = shown(&Document::parse(&source, &place));
        if found != *expected {
            different.push(format!("{set}, {name}:\n  theirs {expected}\n  ours   {found}"));
        }
    }
    assert!(different.is_empty(), "{} of {}\n{}", different.len(), CASES.len(), different.join("\n"));
}

#[test]
fn spans_are_those_of_what_the_author_wrote() {
    let text = "---\ntitle: x\n---\n* a\n\n    ![b](c.png \"d\"){ .e }\n\n> [f](/g) *h*\n";
    let (source, place) = (Source::new(text), place("material"));
    let document = Document::parse(&source, &place);
    let of = |name: &str| document.tree.elements().find(|element| element.name() == name).unwrap();
    let image = of("img");
    assert_eq!(source.slice(image.span().unwrap()), "![b](c.png \"d\"){ .e }");
    let value = |name: &str| source.slice(image.attribute(name).unwrap().value_span().unwrap());
    assert_eq!([value("src"), value("alt"), value("title"), value("class")], ["c.png", "b", "d", "e"]);
    assert_eq!(source.slice(of("li").span().unwrap()), "* a\n\n    ![b](c.png \"d\"){ .e }");
    assert_eq!(source.slice(of("a").attribute("href").unwrap().value_span().unwrap()), "/g");
    assert_eq!(source.slice(of("em").span().unwrap()), "*h*");
    assert_eq!(source.slice(of("blockquote").span().unwrap()), "> [f](/g) *h*");
}

#[test]
fn spans_are_inside_the_body() {
    let cases =
        ["---\na: b\n---\n![](c.png){.d", "---\na: b\n---\n![](c.png)", "<div>a</", "<p>a</p>\n</<", "<div>\n\n</"];
    for text in cases {
        for set in ["extra", "material", "more"] {
            let (source, place) = (Source::new(text), place(set));
            crate::support::sound::document_holds(&Document::parse(&source, &place));
        }
    }
}

#[test]
fn characters_of_any_width_and_damaged_markup_do_not_panic() {
    let marks =
        ["*", "_", "`", "[", "]", "(", ")", "<", ">", "&", "!", "\\", "#", "|", "    ", "\n", "\n\n", "+", "=", "~"];
    let words = ["한국어", "🦀", "é", "a", ":", "{", "}", "\t", "\"", "'", "1.", "- ", "^", "$", "@b.c", "http://d.e"];
    let mut state = 7_u32;
    let mut next = |limit: usize| {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (state >> 8) as usize % limit
    };
    for _ in 0..3_000 {
        let parts = (0..24).map(|_| if next(2) == 0 { marks[next(marks.len())] } else { words[next(words.len())] });
        let text: String = parts.collect();
        for set in ["material", "more", "smarty"] {
            let (source, place) = (Source::new(text.as_str()), place(set));
            crate::support::sound::document_holds(&Document::parse(&source, &place));
        }
    }
}
