//! The HTML tree: how markup is parsed, and the span of each part.
use postlint::document::read::html::{self, Constructor, Mode};
use postlint::document::tree::build::{Build, Input, NewAttribute, PositionMap};
use postlint::document::tree::node::{Element, Node};
use postlint::document::tree::{NodeKind, Origin, ParseNoteKind, Tree};
use postlint::source::Span;

fn parse(source: &str) -> Tree<'_> {
    html::construct(&Input::plain(source, Span::of(0..source.len())))
}

/// Parses with every `{{ … }}` and `{% … %}` replaced by letters.
fn parse_masked(source: &str) -> Tree<'_> {
    let mut templates = Vec::new();
    let mut parsed = source.to_owned();
    let mut at = 0;
    while let Some(start) = source[at..].find(['{']).map(|found| found + at) {
        let close = if source[start..].starts_with("{{") { "}}" } else { "%}" };
        let end = source[start..].find(close).unwrap() + start + 2;
        parsed.replace_range(start..end, &"x".repeat(end - start));
        templates.push(Span::of(start..end));
        at = end;
    }
    html::construct(&Input {
        masked: &parsed,
        templates: &templates,
        ..Input::plain(source, Span::of(0..source.len()))
    })
}

/// The tree on one line, as in `p[b["x"] "y"]`. Clones are marked with `~`, implied elements with `+`, Markdown's
/// elements with `*`.
fn shape(tree: &Tree<'_>) -> String {
    let inside: Vec<String> = tree.root().children().map(shape_of).collect();
    inside.join(" ")
}

fn shape_of(node: Node<'_>) -> String {
    let children = || node.children().map(shape_of).collect::<Vec<_>>().join(" ");
    match node.kind() {
        NodeKind::Element => {
            let mark = match node.origin() {
                Origin::Shortcode => "shortcode ",
                Origin::Html => "",
                Origin::Markdown => "*",
                Origin::Implied => "+",
                Origin::Clone => "~",
            };
            format!("{}{mark}[{}]", node.as_element().unwrap().name(), children())
        }
        NodeKind::Text => format!("{:?}", node.text()),
        NodeKind::Comment => format!("<!{:?}>", node.text()),
        NodeKind::Doctype => "doctype".into(),
        NodeKind::Template => format!("{:?}!", node.text()),
        NodeKind::Fragment => format!("content[{}]", children()),
        NodeKind::Document => children(),
    }
}

/// The shape of a fragment, without the implied `html` element.
fn fragment(source: &str) -> String {
    let tree = parse(source);
    let shape = shape(&tree);
    shape.strip_prefix("html+[").and_then(|rest| rest.strip_suffix(']')).unwrap().to_owned()
}

fn first<'t>(tree: &'t Tree<'t>, name: &str) -> Element<'t> {
    tree.elements().find(|element| element.name() == name).unwrap()
}

fn texts<'t>(tree: &'t Tree<'t>) -> Vec<Node<'t>> {
    tree.root().descendants().filter(|node| node.kind() == NodeKind::Text).collect()
}

#[test]
fn every_part_of_an_element_has_a_span() {
    let source = r#"<p>안녕 <a href="/글" TITLE='x' rel=nofollow download alt="">링크</a></p>"#;
    let tree = parse(source);
    let link = first(&tree, "a");
    assert_eq!(link.start_tag().unwrap().slice(source), r#"<a href="/글" TITLE='x' rel=nofollow download alt="">"#);
    assert_eq!(link.end_tag().unwrap().slice(source), "</a>");
    assert!(link.span().unwrap().slice(source).ends_with("링크</a>"));
    let attributes: Vec<_> = link
        .attributes()
        .map(|a| {
            let name = a.name_span().unwrap().slice(source);
            (a.name(), name, a.value(), a.value_span().map(|span| span.slice(source)), a.quote())
        })
        .collect();
    assert_eq!(
        attributes,
        [
            ("href", "href", "/글", Some("/글"), Some('"')),
            ("title", "TITLE", "x", Some("x"), Some('\'')),
            ("rel", "rel", "nofollow", Some("nofollow"), None),
            ("download", "download", "", None, None),
            ("alt", "alt", "", Some(""), Some('"')),
        ]
    );
    assert_eq!(texts(&tree)[1].span().unwrap().slice(source), "링크");
}

#[test]
fn missing_elements_are_implied() {
    assert_eq!(fragment("<table><tr><td>x</table>"), r#"table[tbody+[tr[td["x"]]]]"#);
    let tree = parse("<!doctype html><title>t</title><p>x");
    assert_eq!(shape(&tree), r#"doctype html+[head+[title["t"]] body+[p["x"]]]"#);
    assert!(first(&tree, "body").start_tag().is_none());
}

#[test]
fn pages_and_fragments_are_distinguished() {
    for page in ["<html><p>x", " \n<!-- c --> <!DOCTYPE html><p>x", "<body>x", "<HEAD>"] {
        assert!(shape(&parse(page)).contains("body"), "{page}");
    }
    for fragment in ["<p>x", "x <html>", "<header>x</header>", "<!-- <html> -->", "<!-- <html>", ""] {
        assert!(!shape(&parse(fragment)).contains("body"), "{fragment}");
    }
}

#[test]
fn html_head_and_body_get_their_end_tags() {
    let source = "<!doctype html><html><body><p>x</p></body></html>\n";
    let tree = parse(source);
    assert_eq!(first(&tree, "body").end_tag().unwrap().slice(source), "</body>");
    assert_eq!(first(&tree, "html").end_tag().unwrap().slice(source), "</html>");
    assert!(tree.notes().is_empty());
}

#[test]
fn clones_refer_to_their_original() {
    let source = "<p><b class=x>one<p>two</b>three";
    let tree = parse(source);
    assert_eq!(fragment(source), r#"p[b["one"]] p[b~["two"] "three"]"#);
    let bolds: Vec<_> = tree.elements().filter(|element| element.name() == "b").collect();
    assert_eq!(bolds[1].original().unwrap().node().id(), bolds[0].node().id());
    assert_eq!(bolds[1].attribute("class").unwrap().value(), "x");
    assert_eq!(bolds[1].start_tag(), bolds[0].start_tag());
    assert_eq!(bolds[1].end_tag().unwrap().slice(source), "</b>");
    assert_eq!(bolds[0].end_tag(), None);
}

#[test]
fn clones_with_the_name_of_a_tag_precede_it() {
    let source = "<p><b>x<p><b id=y>z</b>";
    let tree = parse(source);
    assert_eq!(fragment(source), r#"p[b["x"]] p[b~[b["z"]]]"#);
    let own = tree.elements().filter(|element| element.name() == "b").last().unwrap();
    assert_eq!(own.start_tag().unwrap().slice(source), "<b id=y>");
    assert_eq!(own.attributes().count(), 1);
}

#[test]
fn a_closed_element_is_not_cloned() {
    let source = "<p><b>x<p><b>y</b></p>z";
    let tree = parse(source);
    let clones: Vec<_> = tree.elements().filter(|element| element.origin() == Origin::Clone).collect();
    assert!(!clones.is_empty());
    assert!(clones.iter().all(|clone| clone.original().unwrap().start_tag().unwrap().start == 3));
}

#[test]
fn a_crossed_end_tag_closes_its_element() {
    let source = "<p><b>x</p></b>y";
    let tree = parse(source);
    assert_eq!(first(&tree, "b").end_tag().unwrap().slice(source), "</b>");
    assert!(tree.notes().is_empty());
}

#[test]
fn text_moved_out_of_a_table_keeps_its_span() {
    let source = "<table>한 <tr><td>x</td></tr></table>";
    let tree = parse(source);
    assert_eq!(fragment(source), r#""한 " table[tbody+[tr[td["x"]]]]"#);
    assert_eq!(texts(&tree)[0].span().unwrap().slice(source), "한 ");
}

#[test]
fn stray_end_tags_are_noted() {
    let tree = parse("<p>x</div></p></p></span>");
    let spans: Vec<_> = tree.notes().iter().map(|note| (note.kind, note.span.start)).collect();
    assert_eq!(
        spans,
        [(ParseNoteKind::StrayEndTag, 4), (ParseNoteKind::StrayEndTag, 14), (ParseNoteKind::StrayEndTag, 18)]
    );
    let made = tree.notes()[1].element.unwrap();
    assert_eq!(tree.node(made).origin(), Origin::Implied);
}

#[test]
fn a_heading_closed_by_another_is_noted() {
    let source = "<h2>x</h3>";
    let tree = parse(source);
    assert_eq!(tree.notes()[0].kind, ParseNoteKind::MismatchedEndTag);
    assert_eq!(tree.notes()[0].span.slice(source), "</h3>");
    assert_eq!(first(&tree, "h2").end_tag().unwrap().slice(source), "</h3>");
}

#[test]
fn a_duplicate_attribute_is_noted() {
    let source = r#"<img alt="a" src=x ALT="b">"#;
    let tree = parse(source);
    assert_eq!(first(&tree, "img").attribute("alt").unwrap().value(), "a");
    assert_eq!(tree.notes()[0].kind, ParseNoteKind::DuplicateAttribute);
    assert_eq!(tree.notes()[0].span, Span::new(19, 22));
    let many: String = (0..40).map(|n| format!(" a{n}")).collect();
    assert_eq!(parse(&format!("<p{many} a7>")).notes().len(), 1);
}

#[test]
fn entities_are_decoded_and_map_to_their_source() {
    let source = r#"<p title="a&amp;b">x&lt;y&nbsp;z</p>"#;
    let tree = parse(source);
    assert_eq!(first(&tree, "p").attribute("title").unwrap().value(), "a&b");
    let text = texts(&tree)[0];
    assert_eq!(text.text(), "x<y\u{a0}z");
    assert_eq!(text.span().unwrap().slice(source), "x&lt;y&nbsp;z");
    assert_eq!(text.written_offset(2), Some(source.find("y&nbsp").unwrap() as u32));
    assert_eq!(text.written_offset(5), Some(source.find("z</p>").unwrap() as u32));
}

#[test]
fn line_ends_are_normalised_and_keep_their_spans() {
    let source = "<p>a\r\nb\rc</p>\r\n<p>d</p>";
    let tree = parse(source);
    let text = texts(&tree)[0];
    assert_eq!(text.text(), "a\nb\nc");
    assert_eq!(text.span().unwrap().slice(source), "a\r\nb\rc");
    assert_eq!(text.written_offset(2), Some(6));
    assert_eq!(texts(&tree)[1].span().unwrap().slice(source), "\r\n");
}

#[test]
fn text_after_an_empty_end_tag_keeps_its_span() {
    for source in ["a</>\r\nb", "a</>&amp;b", "a</>\0b", "a</>한"] {
        let tree = parse(source);
        let text = texts(&tree)[0];
        let after = text.text().char_indices().nth(1).unwrap().0 as u32;
        assert_eq!(text.written_offset(after), Some(4 + source.contains('\0') as u32), "{source:?}");
    }
}

#[test]
fn the_line_feed_after_pre_is_not_text() {
    let source = "<pre>\n\nx</pre><pre>\n\n</pre>";
    let tree = parse(source);
    let spans: Vec<_> = texts(&tree).iter().map(|text| text.span().unwrap()).collect();
    assert_eq!(spans, [Span::new(6, 8), Span::new(20, 21)]);
}

#[test]
fn null_characters_are_dropped_or_replaced() {
    assert_eq!(fragment("<p>a\0b</p>"), r#"p["ab"]"#);
    assert_eq!(fragment("<svg>a\0b</svg>"), "svg[\"a\u{fffd}b\"]");
    assert_eq!(fragment("<p a\0=\"x\0\">"), "p[]");
}

#[test]
fn comments_have_a_span_for_their_text() {
    let source = "<!-- 주석 --><p>x<!--></p><!bogus><?pi?>";
    let tree = parse(source);
    let comments: Vec<_> = tree.root().descendants().filter(|node| node.kind() == NodeKind::Comment).collect();
    assert_eq!(comments[0].text(), " 주석 ");
    assert_eq!(comments[0].span().unwrap().slice(source), "<!-- 주석 -->");
    assert_eq!(comments[0].written_offset(1), Some(5));
    assert_eq!(comments[2].text(), "bogus");
    assert_eq!(comments[3].text(), "?pi?");
}

#[test]
fn foreign_elements_keep_their_case_and_end_tags() {
    let source = r#"<svg viewBox="0 0 1 1"><foreignObject><p>x</p></foreignobject></svg>"#;
    let tree = parse(source);
    let foreign = first(&tree, "foreignObject");
    assert!(!foreign.is_html());
    assert_eq!(foreign.end_tag().unwrap().slice(source), "</foreignobject>");
    assert_eq!(first(&tree, "svg").attribute("viewBox").unwrap().name_span().unwrap().slice(source), "viewBox");
    assert!(tree.notes().is_empty());
}

#[test]
fn template_syntax_in_text_becomes_a_node() {
    let source = "<p>a {{ page.title }} b{% x %}</p>{{ content }}";
    let tree = parse_masked(source);
    assert_eq!(shape(&tree), r#"html+[p["a " "{{ page.title }}"! " b" "{% x %}"!] "{{ content }}"!]"#);
    let template = tree.root().descendants().find(|node| node.kind() == NodeKind::Template).unwrap();
    assert_eq!(template.span().unwrap().slice(source), "{{ page.title }}");
}

#[test]
fn template_syntax_stays_in_tables_and_heads() {
    let tree = parse_masked("<table> {% for %}<tr>{% if %}<td>x{{ y }}</table>");
    let expected = r#"html+[table[" " "{% for %}"! tbody+[tr["{% if %}"! td["x" "{{ y }}"!]]]]]"#;
    assert_eq!(shape(&tree), expected);
    let tree = parse_masked("<head>{% seo %}<title>{{ t }} x</title></head>");
    assert_eq!(shape(&tree), r#"html+[head["{% seo %}"! title["{{ t }}"! " x"]] body+[]]"#);
}

#[test]
fn template_syntax_in_a_value_makes_it_unknown() {
    let source = r#"<a href="{{ u | default: "x" }}&amp;y" title="t">x</a>"#;
    let tree = parse_masked(source);
    let link = first(&tree, "a");
    let href = link.attribute("href").unwrap();
    assert_eq!(href.value(), r#"{{ u | default: "x" }}&y"#);
    assert_eq!(href.known_value(), None);
    assert_eq!(link.attribute("title").unwrap().known_value(), Some("t"));
}

#[test]
fn markdown_and_html_share_one_stack() {
    let source = "**<i>x** y";
    let mut builder = Constructor::new(source, source, Mode::Fragment);
    let name = |name: &str| html5ever::LocalName::from(name);
    builder.open(name("p"), Span::new(0, 10), &[]);
    let attribute = NewAttribute::new(name("title"), "x", Some(Span::new(5, 6)));
    builder.open(name("strong"), Span::new(0, 8), &[attribute]);
    builder.html("<i>", PositionMap::Linear(2));
    builder.text(Span::new(5, 6));
    builder.close(name("strong"), Span::new(6, 8));
    builder.text(Span::new(8, 10));
    builder.close(name("p"), Span::empty(10));
    let tree = builder.finish(10, Vec::new());
    assert_eq!(shape(&tree), r#"html+[p*[strong*[i["x"]] i~[" y"]]]"#);
    let strong = first(&tree, "strong");
    assert_eq!(strong.end_tag().unwrap().slice(source), "**");
    assert_eq!(strong.attribute("title").unwrap().value_span(), Some(Span::new(5, 6)));
    assert!(tree.notes().is_empty());
}

#[test]
fn a_tag_may_be_split_between_two_calls() {
    let source = "> <div\n> title=\"a\nb\">x</div>";
    let mut builder = Constructor::new(source, source, Mode::Fragment);
    builder.html("<div\n", PositionMap::Linear(2));
    builder.html("title=\"a\nb\">x</div>", PositionMap::Linear(9));
    let tree = builder.finish(source.len() as u32, Vec::new());
    let div = first(&tree, "div");
    assert_eq!(div.start_tag(), Some(Span::new(2, 21)));
    assert_eq!(div.attribute("title").unwrap().value_span().unwrap().slice(source), "a\nb");
}

#[test]
fn markdown_in_open_raw_text_is_only_text() {
    let source = "<textarea> **x**";
    let mut builder = Constructor::new(source, source, Mode::Fragment);
    let name = |name: &str| html5ever::LocalName::from(name);
    builder.html("<textarea>", PositionMap::Linear(0));
    builder.open(name("p"), Span::new(11, 16), &[]);
    builder.template(Span::new(11, 13));
    builder.text(Span::new(13, 14));
    builder.close(name("p"), Span::empty(16));
    let tree = builder.finish(16, Vec::new());
    assert_eq!(shape(&tree), r#"html+[textarea["**x"]]"#);
}

#[test]
fn a_template_block_does_not_move_in_the_tree() {
    let source = "<table>{% for %}<tr></table>";
    let mut builder = Constructor::new(source, source, Mode::Fragment);
    builder.html("<table>", PositionMap::Linear(0));
    builder.template(Span::new(7, 16));
    builder.html("<tr></table>", PositionMap::Linear(16));
    let tree = builder.finish(source.len() as u32, vec![Span::new(7, 16)]);
    assert_eq!(shape(&tree), r#"html+[table["{% for %}"! tbody+[tr[]]]]"#);
}
