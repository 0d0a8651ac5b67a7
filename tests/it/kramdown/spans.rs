//! The spans and the parse notes that postlint's kramdown parser emits, including the spans of templates.
use postlint::document::read::html::{Constructor, Mode};
use postlint::document::read::kramdown::{Options, build};
use postlint::document::tree::ParseNoteKind;
use postlint::document::tree::build::{Build, Input, NewAttribute, PositionMap};
use postlint::document::{Document, NodeKind, Tree};
use postlint::place::Place;
use postlint::place::dialect::{Dialect, Generator};
use postlint::source::{Source, Span};

fn tree<'s>(source: &'s str, parsed: &str, templates: &[Span]) -> Tree<'s> {
    let body = Span::new(0, source.len() as u32);
    let mut builder = Constructor::new(source, parsed, Mode::Fragment);
    let input = Input { masked: parsed, templates, ..Input::plain(source, body) };
    build(&input, &Options::default(), &mut builder);
    builder.finish(body.end, templates.to_vec())
}

/// The source text of an attribute's name and of its value, and the parsed value.
fn attribute<'s>(source: &'s str, element: &str, name: &str) -> (Option<&'s str>, Option<&'s str>, String) {
    let tree = tree(source, source, &[]);
    let element = tree.elements().find(|found| found.name() == element).unwrap();
    let attribute = element.attribute(name).unwrap();
    let slice = |span: Option<Span>| span.map(|span| &source[span.range()]);
    (slice(attribute.name_span()), slice(attribute.value_span()), attribute.value().to_owned())
}

/// The source text of the first element with this name.
fn written<'s>(source: &'s str, element: &str) -> &'s str {
    let tree = tree(source, source, &[]);
    let span = tree.elements().find(|found| found.name() == element).unwrap().span().unwrap();
    &source[span.range()]
}

fn notes(source: &str) -> Vec<(ParseNoteKind, &str)> {
    let body = Span::new(0, source.len() as u32);
    let mut builder = Constructor::new(source, source, Mode::Fragment);
    let notes = build(&Input::plain(source, body), &Options::default(), &mut builder);
    notes.into_iter().map(|note| (note.kind, &source[note.span.range()])).collect()
}

/// The parse notes of a whole post.
fn facts_of_post(source: &str) -> Vec<(ParseNoteKind, Span)> {
    let source = Source::new(source);
    let place = Place::new("_posts/a.md", Generator::Jekyll, Dialect::Kramdown);
    Document::parse(&source, &place).tree.notes().iter().map(|note| (note.kind, note.span)).collect()
}

#[test]
fn a_generated_header_id_has_no_span() {
    assert_eq!(attribute("# 제목\n", "h1", "id"), (None, None, "제목".to_owned()));
    assert_eq!(attribute("# t {#own}\n", "h1", "id"), (None, Some("own"), "own".to_owned()));
}

#[test]
fn the_parts_of_an_attribute_list_have_spans() {
    let source = "[a](/u){:target=\"_blank\" .wide #me}\n";
    assert_eq!(attribute(source, "a", "target"), (Some("target"), Some("_blank"), "_blank".to_owned()));
    assert_eq!(attribute(source, "a", "class"), (None, Some("wide"), "wide".to_owned()));
    assert_eq!(attribute(source, "a", "id"), (None, Some("me"), "me".to_owned()));
    assert_eq!(attribute(source, "a", "href"), (None, Some("/u"), "/u".to_owned()));
}

#[test]
fn a_construct_has_the_span_of_its_source() {
    for (source, element, construct) in [
        ("  a *b*  \nc\n\nd\n", "p", "a *b*  \nc"),
        ("a **b**{:.c} d\n", "strong", "**b**{:.c}"),
        ("a\n\n* * *\n\nb\n", "hr", "* * *"),
        ("## a ##\nb\n", "h2", "## a ##"),
        ("a\n---\nb\n", "h2", "a\n---"),
        (" > a\n > b\n\nc\n", "blockquote", "> a\n > b"),
        ("- a\n- b\n\nc\n", "ul", "- a\n- b"),
        ("- a\n  b\n- c\n", "li", "- a\n  b"),
        ("a\n: b\n\nc\n", "dl", "a\n: b"),
        ("a\n: b\n\nc\n", "dt", "a"),
        ("a\n: b\n\nc\n", "dd", ": b"),
        ("```x\na\n```\nb\n", "pre", "```x\na\n```"),
        ("a\n\n    b\n    c\n\nd\n", "pre", "b\n    c"),
        ("| a | b |\n|---|---|\n| c | d |\n\ne\n", "table", "| a | b |\n|---|---|\n| c | d |"),
        ("| a | b |\n|---|---|\n| c | d |\n\ne\n", "td", "c"),
        ("|   | b |\n", "td", "   "),
        ("a $$b$${:.c} d\n", "span", "$$b$${:.c}"),
        ("a `b` c\n", "code", "`b`"),
        ("a [b](c \"d\") e\n", "a", "[b](c \"d\")"),
        ("a ![b][c] d\n\n[c]: e\n", "img", "![b][c]"),
        ("a <http://b> c\n", "a", "<http://b>"),
        ("a ~~b~~ c\n", "del", "~~b~~"),
        ("a[^b]\n\n[^b]: c\n", "sup", "[^b]"),
        ("a  \nb\n", "br", "  "),
        ("> - ```\n>   a\n>   ```\n", "pre", "```\n>   a\n>   ```"),
    ] {
        assert_eq!(written(source, element), construct, "{source:?} {element}");
    }
}

#[test]
fn a_comment_has_the_span_of_its_source() {
    for (source, comment, content) in [
        ("a {::comment}b{:/comment} c\n", "{::comment}b{:/comment}", "b"),
        ("a {::comment}b -- c{:/} d\n", "{::comment}b -- c{:/}", "b -- c"),
        ("a\n\n{::comment}\nb\n{:/comment}\n\nc\n", "{::comment}\nb\n{:/comment}", "b\n"),
        ("> a\n>\n>  {::comment}\n> b\n> c\n>  {:/}\n", "{::comment}\n> b\n> c\n>  {:/}", "b\n> c\n"),
        ("{::comment}\n{:/}\n", "{::comment}\n{:/}", ""),
        ("{::comment /}\n\na\n", "{::comment /}", ""),
        ("a <!-- b --> c\n", "<!-- b -->", " b "),
    ] {
        let tree = tree(source, source, &[]);
        let node = tree.root().descendants().find(|node| node.kind() == NodeKind::Comment).unwrap();
        assert_eq!(&source[node.span().unwrap().range()], comment, "{source:?}");
        assert_eq!(node.text(), content, "{source:?}");
    }
}

#[test]
fn spans_are_correct_inside_quotes_and_lists() {
    let source = "> - 가나\n>   [다](/라\n>   \"마\")\n>   <b\n>   id=\"바\">x</b>\n";
    assert_eq!(attribute(source, "a", "href").1, Some("/라"));
    assert_eq!(attribute(source, "a", "title").1, Some("마"));
    assert_eq!(attribute(source, "b", "id"), (Some("id"), Some("바"), "바".to_owned()));
    assert_eq!(written(source, "li"), source[2..].trim_end());
}

#[test]
fn spans_in_files_with_carriage_returns_and_front_matter() {
    let source = "\u{feff}---\r\na: b\r\n---\r\n# 제목\r\n\r\n- 가 ![나](다.png)\r\n  라\r\n";
    let start = source.find("# ").unwrap() as u32;
    let body = Span::new(start, source.len() as u32);
    let mut builder = Constructor::new(source, source, Mode::Fragment);
    build(&Input::plain(source, body), &Options::default(), &mut builder);
    let tree = builder.finish(body.end, Vec::new());
    let image = tree.elements().find(|element| element.name() == "img").unwrap();
    assert_eq!(&source[image.span().unwrap().range()], "![나](다.png)");
    let heading = tree.elements().find(|element| element.name() == "h1").unwrap();
    assert_eq!(&source[heading.span().unwrap().range()], "# 제목");
}

#[test]
fn templates_alone_on_their_lines_are_nodes() {
    let source = "a\n{% include b %}\nc\n\n<div>\n{{ d }}\n</div>\n";
    let first = Span::of(2..17);
    let at = source.find("{{").unwrap();
    let second = Span::of(at..at + 7);
    let mut parsed = source.to_owned();
    parsed.replace_range(first.range(), "<!xxxxxxxxxxxx>");
    parsed.replace_range(second.range(), "<!xxxx>");
    let tree = tree(source, &parsed, &[first, second]);
    let templates: Vec<_> = tree.root().descendants().filter(|node| node.kind() == NodeKind::Template).collect();
    let found: Vec<_> = templates.iter().map(|node| node.span().unwrap()).collect();
    assert_eq!(found, [first, second]);
    let parent = templates[1].parent().unwrap().as_element().unwrap();
    assert_eq!(parent.name(), "div");
}

#[test]
fn templates_in_attributes_are_their_values() {
    let source = "[a]({{ b }}) ![{{ c }}](d)\n";
    let tree = tree(source, "[a](xxxxxxx) ![xxxxxxx](d)\n", &[Span::of(4..11), Span::of(15..22)]);
    let value = |name: &str, key: &str| {
        let element = tree.elements().find(|element| element.name() == name).unwrap();
        let attribute = element.attribute(key).unwrap();
        (attribute.value().to_owned(), attribute.is_unknown())
    };
    assert_eq!(value("a", "href"), ("{{ b }}".to_owned(), true));
    assert_eq!(value("img", "alt"), ("{{ c }}".to_owned(), true));
    assert_eq!(value("img", "src"), ("d".to_owned(), false));
}

#[test]
fn several_templates_may_share_a_line() {
    let source = "- a\n{% if b %} {% else %}\n- c\n\n{{ d }}\n";
    let templates = [Span::of(4..14), Span::of(15..25), Span::of(31..38)];
    let parsed = "- a\n<!xxxxxxx> <!xxxxxxx>\n- c\n\nxxxxxxx\n";
    let tree = tree(source, parsed, &templates);
    let nodes = tree.root().descendants().filter(|node| node.kind() == NodeKind::Template);
    let found: Vec<_> = nodes.map(|node| node.span().unwrap()).collect();
    assert_eq!(found, templates);
    let names: Vec<_> = tree.elements().map(|element| element.name().to_owned()).collect();
    assert_eq!(names, ["html", "ul", "li", "li", "p"]);
}

#[test]
fn an_id_generated_from_a_template_is_unknown() {
    let source = "# a {{ b }}\n";
    let template = Span::of(4..11);
    let tree = tree(source, "# a xxxxxxx\n", &[template]);
    let heading = tree.elements().find(|element| element.name() == "h1").unwrap();
    assert!(heading.attribute("id").unwrap().is_unknown());
}

#[test]
fn broken_syntax_is_noted() {
    assert_eq!(
        notes("[a](b){:target=\"_blank\" :rel=\"x\"}\n"),
        [(ParseNoteKind::MalformedAttributeList, ":rel=\"x\"")]
    );
    assert_eq!(notes("a\n{: .b :c=\"d\"}\n"), [(ParseNoteKind::MalformedAttributeList, ":c=\"d\"")]);
    assert_eq!(notes("예 | 아니오\n"), [(ParseNoteKind::TableFromProse, "예 | 아니오")]);
    assert_eq!(notes("<div class=\"a\">\nb\n"), [(ParseNoteKind::UnclosedHtmlBlock, "<div class=\"a\">")]);
    assert_eq!(notes("a *</b> c\n"), [(ParseNoteKind::StrayEndTag, "</b>")]);
    assert_eq!(notes("</div>\n"), [(ParseNoteKind::StrayEndTag, "</div>")]);
    assert_eq!(notes("<div>\n</p>\n</div>\n"), [(ParseNoteKind::StrayEndTag, "</p>")]);
    assert_eq!(
        notes("<div>\n**a** b\n\n[c](d)\n</div>\n"),
        [(ParseNoteKind::MarkdownInHtml, "**a**"), (ParseNoteKind::MarkdownInHtml, "[c](d)")]
    );
    assert_eq!(notes("<div>a * b [c]</div>\n\n<pre>**a**</pre>\n"), []);
}

#[test]
fn broken_syntax_is_noted_once() {
    for source in [
        "* [a *b](c </i> ** d\n",
        "**a *b </i> c\n",
        "# a </i>\n\n- x\n{:toc}\n",
        "a </i>[^b] ~~c </i>~~\n\n[^b]: </i>\n\n1. x\n{:footnotes}\n",
        "term </i>\n: def </i>\n{:auto_ids}\n",
        "![a </i>](b){:standalone}\n",
        "| a | </i> |\n",
        "<p>a</i></p>\n\nb</p>\n",
        "a <i {: .b :c}>d{: .b :c}</i>{: .b :c}\n",
    ] {
        let notes = facts_of_post(source);
        let mut once = notes.clone();
        once.dedup();
        assert_eq!(notes, once, "{source:?}");
    }
}

/// A builder that records only the spans of text.
#[derive(Default)]
struct Texts(Vec<Span>);

impl Build for Texts {
    fn open(&mut self, _: html5ever::LocalName, _: Span, _: &[NewAttribute<'_>]) {}
    fn close(&mut self, _: html5ever::LocalName, _: Span) {}
    fn text(&mut self, written: Span) {
        self.0.push(written);
    }
    fn decoded_text(&mut self, _: Span, _: &str) {}
    fn template(&mut self, _: Span) {}
    fn comment(&mut self, _: Span, _: Span) {}
    fn html(&mut self, _: &str, _: PositionMap<'_>) {}
}

#[test]
fn text_has_the_span_of_its_source() {
    let source = "- 가 **나**\n  다\n";
    let mut texts = Texts::default();
    let input = Input::plain(source, Span::new(0, source.len() as u32));
    build(&input, &Options::default(), &mut texts);
    let found: Vec<_> = texts.0.iter().map(|span| &source[span.range()]).collect();
    assert_eq!(found, ["가 ", "나", "\n", "다"]);
}

/// The characters of text nodes that differ from the source, each with the source character at its offset.
fn changed(source: &str) -> Vec<(char, char)> {
    let tree = tree(source, source, &[]);
    let mut changed = Vec::new();
    for node in tree.text_nodes() {
        for (offset, shown) in node.text().char_indices() {
            let at = node.written_offset(offset as u32).unwrap() as usize;
            changed.extend(source[at..].chars().next().filter(|&written| written != shown).map(|it| (shown, it)));
        }
    }
    changed
}

#[test]
fn typographic_characters_map_to_their_source() {
    const OPEN: (char, char) = ('\u{ab}', '<');
    const CLOSE: (char, char) = ('\u{bb}', '>');
    const BLANK: (char, char) = ('\u{a0}', ' ');
    let cases: [(&str, &[(char, char)]); 18] = [
        ("a >>\n", &[BLANK, CLOSE]),
        ("a >>> b\n", &[BLANK, CLOSE]),
        ("a   >> b\n", &[BLANK, CLOSE]),
        ("a>> b\n", &[CLOSE]),
        ("<< a >>\n", &[OPEN, BLANK, BLANK, CLOSE]),
        ("<<a>>b\n", &[OPEN, CLOSE]),
        ("<<   a\n", &[OPEN, BLANK]),
        ("a << >> b\n", &[OPEN, BLANK, CLOSE]),
        ("a <<\nb\n>> c\n", &[OPEN]),
        ("a <<\r\nb >>\r\nc\r\n", &[OPEN, BLANK, CLOSE]),
        ("a\u{a0}>> b <<\u{a0}c\n", &[CLOSE, OPEN]),
        ("a \u{a0} >> b\n", &[BLANK, CLOSE]),
        ("a\t>> b\n", &[CLOSE]),
        ("a \\<< \\>> b \\>>\n", &[]),
        ("a `b >> c` d\n", &[]),
        ("| a >> | << b |\n", &[BLANK, CLOSE, OPEN, BLANK]),
        ("*a* >> **<< b**\n", &[BLANK, CLOSE, OPEN, BLANK]),
        ("> a --- >>\n> << b...\n", &[('\u{2014}', '-'), BLANK, CLOSE, OPEN, BLANK, ('\u{2026}', '.')]),
    ];
    for (source, expected) in cases {
        assert_eq!(changed(source), expected, "{source:?}");
    }
}
