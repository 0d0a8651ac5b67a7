//! What kramdown's syntax means, case by case, and the spans of what was read.
#![allow(clippy::unwrap_used)]

mod kramdown_support;

use kramdown_support::{outline, render};
use postlint::document::build::{Build, NewAttribute, PositionMap};
use postlint::document::html::{Builder, Mode};
use postlint::document::kramdown::{Options, build};
use postlint::document::tree::FactKind;
use postlint::document::{NodeKind, Tree};
use postlint::source::Span;

fn same(source: &str, html: &str) {
    assert_eq!(outline(&render(&Options::default(), source)), outline(html), "{source}");
}

fn plain(source: &str, html: &str) {
    let options = Options { gfm: false, ..Options::default() };
    assert_eq!(outline(&render(&options, source)), outline(html), "{source}");
}

fn tree<'s>(source: &'s str, parsed: &str, templates: &[Span]) -> Tree<'s> {
    let body = Span::new(0, source.len() as u32);
    let mut builder = Builder::new(source, parsed, Mode::Fragment);
    build(&Options::default(), source, parsed, body, templates, &mut builder);
    builder.finish(body.end, templates.to_vec())
}

/// The written form of an attribute's name and value.
fn attribute<'s>(source: &'s str, element: &str, name: &str) -> (Option<&'s str>, Option<&'s str>, String) {
    let tree = tree(source, source, &[]);
    let element = tree.elements().find(|found| found.name() == element).unwrap();
    let attribute = element.attribute(name).unwrap();
    let slice = |span: Option<Span>| span.map(|span| &source[span.range()]);
    (slice(attribute.name_span()), slice(attribute.value_span()), attribute.value().to_owned())
}

/// The bytes of the first element of this name.
fn written<'s>(source: &'s str, element: &str) -> &'s str {
    let tree = tree(source, source, &[]);
    let span = tree.elements().find(|found| found.name() == element).unwrap().span().unwrap();
    &source[span.range()]
}

fn facts(source: &str) -> Vec<(FactKind, &str)> {
    let body = Span::new(0, source.len() as u32);
    let mut builder = Builder::new(source, source, Mode::Fragment);
    let facts = build(&Options::default(), source, source, body, &[], &mut builder);
    facts.into_iter().map(|fact| (fact.kind, &source[fact.span.range()])).collect()
}

#[test]
fn paragraphs_wrap_lazily_and_end_before_other_blocks() {
    same("a\n   b\n\nc\n", "<p>a b</p><p>c</p>");
    same("a\n# h\nb\n- c\n", "<p>a</p><h1 id=h>h</h1><p>b</p><ul><li>c</li></ul>");
    same("a\n<div>b</div>\nc\n", "<p>a</p><div>b</div><p>c</p>");
    plain("a\n# h\n- b\n", "<p>a # h - b</p>");
}

#[test]
fn headers_get_ids_as_github_makes_them() {
    same(
        "# 한국어 제목!\n\n# A b\n\n# A b\n",
        "<h1 id=한국어-제목>한국어 제목!</h1><h1 id=a-b>A b</h1><h1 id=a-b-1>A b</h1>",
    );
    same("# a {#x}\n\n# b\n{: #y}\n", "<h1 id=x>a</h1><h1 id=y>b</h1>");
    same("제목\n===\n\nb\n---\n", "<h1 id=제목>제목</h1><h2 id=b>b</h2>");
    same("# !!!\n", "<h1>!!!</h1>");
    same("## a `b` *c* ##\n", "<h2 id=a-b-c>a <code>b</code> <em>c</em></h2>");
    same("#no header\n", "<p>#no header</p>");
}

#[test]
fn headers_inside_of_html_get_plain_ids() {
    same("<div markdown=\"1\">\n# 제목 x\n</div>\n", "<div><h1 id=x>제목 x</h1></div>");
}

#[test]
fn a_header_id_stands_nowhere_unless_it_is_written() {
    assert_eq!(attribute("# 제목\n", "h1", "id"), (None, None, "제목".to_owned()));
    assert_eq!(attribute("# t {#own}\n", "h1", "id"), (None, Some("own"), "own".to_owned()));
}

#[test]
fn quotes_take_lazy_lines_and_nest() {
    same(
        "> a\nb\n\n> > c\n",
        "<blockquote><p>a b</p></blockquote><blockquote><blockquote><p>c</p></blockquote></blockquote>",
    );
    same("> # h\n> - a\n", "<blockquote><h1 id=h>h</h1><ul><li>a</li></ul></blockquote>");
}

#[test]
fn tight_and_loose_items() {
    same("- a\n- b\n", "<ul><li>a</li><li>b</li></ul>");
    same("- a\n\n- b\n", "<ul><li><p>a</p></li><li><p>b</p></li></ul>");
    same("- a\n- b\n\n  c\n", "<ul><li>a</li><li><p>b</p><p>c</p></li></ul>");
    same("- a\n\n^\n", "<ul><li><p>a</p></li></ul>");
}

#[test]
fn lists_nest_by_the_column_of_their_text() {
    same("1. a\n   - b\n2. c\n", "<ol><li>a<ul><li>b</li></ul></li><li>c</li></ol>");
    same("- a\n - b\n  - c\n", "<ul><li>a</li><li>b</li><li>c</li></ul>");
    same("1. a\n  - b\n", "<ol><li>a<ul><li>b</li></ul></li></ol>");
    same("-\ta\n\t- b\n", "<ul><li>a<ul><li>b</li></ul></li></ul>");
    same("- a\n^\n- b\n", "<ul><li>a</li></ul><ul><li>b</li></ul>");
}

#[test]
fn items_hold_other_blocks() {
    same("-     a\n      b\n", "<ul><li>a b</li></ul>");
    same("- > q\n- # h\n", "<ul><li><blockquote><p>q</p></blockquote></li><li><h1 id=h>h</h1></li></ul>");
    same("- \n        code\n", "<ul><li><pre><code>code\n</code></pre></li></ul>");
    same("- {:.x} a\n", "<ul><li class=x>a</li></ul>");
    same("- a\n<div>b</div>\n", "<ul><li>a</li></ul><div>b</div>");
}

#[test]
fn task_lists() {
    same(
        "- [x] a\n- b\n",
        "<ul class=task-list><li class=task-list-item><input type=checkbox class=task-list-item-checkbox disabled=disabled \
         checked=checked>a</li><li class=task-list-item>b</li></ul>",
    );
}

#[test]
fn definition_lists() {
    same("a\nb\n: c\n: d\n", "<dl><dt>a</dt><dt>b</dt><dd>c</dd><dd>d</dd></dl>");
    same("a\n\n: c\n\n  d\n", "<dl><dt>a</dt><dd><p>c</p><p>d</p></dd></dl>");
    same("a\n:b\n", "<p>a :b</p>");
}

#[test]
fn code_blocks() {
    same("    a\n\n    b\n", "<pre><code>a\n\nb\n</code></pre>");
    same("    a\nb\n", "<pre><code>a b\n</code></pre>");
    same("```ruby\na\n```\n", "<pre><code class=language-ruby>a\n</code></pre>");
    same("``` a b\nx\n", "<p>``` a b x</p>");
    same("~~~\n<b>\n~~~\n{:.x}\n", "<pre class=x><code>&lt;b&gt;\n</code></pre>");
}

#[test]
fn any_line_with_a_pipe_may_be_a_table() {
    same("a | b\n", "<table><tbody><tr><td>a</td><td>b</td></tr></tbody></table>");
    same(
        "|a|b|\n|:-|-:|\n|c|\n",
        "<table><thead><tr><th style='text-align: left'>a</th><th style='text-align: right'>b</th></tr></thead><tbody><tr>\
         <td style='text-align: left'>c</td><td style='text-align: right'>&nbsp;</td></tr></tbody></table>",
    );
    same("a | b\nc\n", "<p>a | b c</p>");
    same("`a|b` c\n", "<p><code>a|b</code> c</p>");
    same(
        "x|y\n=|=\nz|w\n",
        "<table><tbody><tr><td>x</td><td>y</td></tr></tbody><tfoot><tr><td>z</td><td>w</td></tr></tfoot></table>",
    );
}

#[test]
fn html_blocks_end_at_their_end_tag() {
    same("<div>\n*a*\n\nb\n</div> *c*\n", "<div>*a* b</div><p><em>c</em></p>");
    same("<p>a</p> b\n", "<p>a</p><p>b</p>");
    same("<br>\na\n", "<p><br>a</p>");
    same("<div>a\n\nb\n", "<div>a b</div>");
    same("<div><b>a</div>\nb\n", "<div><b>a&lt;/div&gt; b </b></div>");
}

#[test]
fn html_asks_for_markdown() {
    same("<div markdown=\"1\">\n*a*\n</div>\n", "<div><p><em>a</em></p></div>");
    same("<p markdown=\"1\">*a*</p>\n", "<p><em>a</em></p>");
    same("<div markdown=\"span\">*a*</div>\n", "<div><em>a</em></div>");
    same("<b markdown=\"0\">*a*</b> <i>*b*</i>\n", "<p><b>*a*</b> <i><em>b</em></i></p>");
}

#[test]
fn what_is_no_tag_to_kramdown_is_text() {
    same("a <p>b</p>\n", "<p>a &lt;p&gt;b&lt;/p&gt;</p>");
    same("<a href=http://x>b</a>\n", "<p>&lt;a href=http://x&gt;b&lt;/a&gt;</p>");
    same("</div>\n", "<p>&lt;/div&gt;</p>");
    same("a <b>c\n\nd\n", "<p>a <b>c</b></p><p>d</p>");
}

#[test]
fn emphasis_next_to_korean() {
    same("**\"인용\"**은 *강*조 _밑_줄\n", "<p><strong>“인용”</strong>은 <em>강</em>조 _밑_줄</p>");
    same("a_b_c a*b*c\n", "<p>a_b_c a<em>b</em>c</p>");
}

#[test]
fn emphasis_nests_but_not_in_itself() {
    same(
        "***a*** **a *b* c** *a **b** c*\n",
        "<p><strong><em>a</em></strong> <strong>a <em>b</em> c</strong> <em>a <strong>b</strong> c</em></p>",
    );
    same("**a **b c**\n", "<p><strong>a **b c</strong></p>");
    same("* a * b * c\n", "<ul><li>a * b * c</li></ul>");
    same("~~a *b*~~ ~c~\n", "<p><del>a <em>b</em></del> ~c~</p>");
}

#[test]
fn code_spans() {
    same("``a`b`` `` ` `` ` c ` `d\n", "<p><code>a`b</code> <code>`</code> ` c ` `d</p>");
}

#[test]
fn links() {
    same(
        "[a](/x y) [b](<c d> \"t\") [e](f(g)h)\n",
        "<p><a href='/x y'>a</a> <a href='c d' title=t>b</a> <a href='f(g)h'>e</a></p>",
    );
    same("[a][B] [b], [c]\n\n[b]: /u 'T'\n", "<p><a href=/u title=T>a</a> <a href=/u title=T>b</a>, [c]</p>");
    same("[a [b](c) d](e)\n", "<p><a href=e>a [b](c) d</a></p>");
    same("<http://a.b> <c@d.ef>\n", "<p><a href=http://a.b>http://a.b</a> <a href=mailto:c@d.ef>c@d.ef</a></p>");
}

#[test]
fn images() {
    same("![a *b*](c 'd')\n", "<p><img src=c alt='a *b*' title=d></p>");
    same("[![a](b)](c)\n", "<p><a href=c><img src=b alt=a></a></p>");
    same("![a](b){:standalone}\n", "<figure><img src=b alt=a><figcaption>a</figcaption></figure>");
}

#[test]
fn typography() {
    same("\"a\" 'b' it's '80s -- --- ... << c >>\n", "<p>“a” ‘b’ it’s ’80s – — … «&nbsp;c&nbsp;»</p>");
    same("\\*a\\* \\\"b\\\" \\x\n", "<p>*a* \"b\" \\x</p>");
    same("&copy; &bogus; &#65; &\n", "<p>© &amp;bogus; A &amp;</p>");
}

#[test]
fn line_breaks() {
    same("a  \nb\\\\\nc\\\nd  \n", "<p>a<br>b<br>c<br>d</p>");
    plain("a\\\nb\n", "<p>a\\ b</p>");
}

#[test]
fn mathematics() {
    same("$$a$$ b\n\n$$\n*c*\n$$\n", "<p>\\(a\\) b</p>\\[*c*\\]");
}

#[test]
fn footnotes_come_last() {
    let html = render(&Options::default(), "a[^x]\n\n[^x]: b\n\nc\n");
    let lines = outline(&html).concat();
    assert!(lines.contains("<sup id=fnref:x"), "{html}");
    assert!(lines.find("\"c").unwrap() < lines.find("<li id=fn:x").unwrap(), "{html}");
}

#[test]
fn abbreviations() {
    same("HTML은 HTMLs\n\n*[HTML]: Hyper\n", "<p><abbr title=Hyper>HTML</abbr>은 HTMLs</p>");
}

#[test]
fn attribute_lists_go_to_what_stands_before_them() {
    same("a\n{:.b #c d=\"e\"}\n", "<p class=b id=c d=e>a</p>");
    same("{:.b}\na\n", "<p class=b>a</p>");
    same("*a*{:.b}{:.c} [d](e){:target=\"_blank\"}\n", "<p><em class='b c'>a</em> <a href=e target=_blank>d</a></p>");
    same("{:x: .b c=\"d\"}\n\na\n{:x}\n", "<p class=b c=d>a</p>");
    same("a {: .b}\n", "<p>a {: .b}</p>");
    same("<div class=\"a\">b</div>\n{:.c}\n", "<div class='a c'>b</div>");
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
fn contents_replace_the_list_that_asks_for_them() {
    same(
        "- x\n{:toc}\n\n# A\n\n## B\n\n# C\n{:.no_toc}\n",
        "<ul id=markdown-toc><li><a href=#a id=markdown-toc-a>A</a><ul><li><a href=#b id=markdown-toc-b>B</a></li></ul></li></ul>\
         <h1 id=a>A</h1><h2 id=b>B</h2><h1 id=c class=no_toc>C</h1>",
    );
}

#[test]
fn extensions() {
    same("{::nomarkdown}\n<b>*a*</b>\n{:/}\n\n{::comment}\nb\n{:/comment}\n\nc\n", "<b>*a*</b><p>c</p>");
    same("{::options auto_ids=\"false\" /}\n\n# a\n", "<h1>a</h1>");
    same("a {::comment}b{:/} c\n", "<p>a  c</p>");
}

#[test]
fn a_construct_has_the_bytes_it_is_written_in() {
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
fn spans_reach_through_quotes_and_lists() {
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
    let mut builder = Builder::new(source, source, Mode::Fragment);
    build(&Options::default(), source, source, body, &[], &mut builder);
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
fn an_id_made_of_a_template_is_unknown() {
    let source = "# a {{ b }}\n";
    let template = Span::of(4..11);
    let tree = tree(source, "# a xxxxxxx\n", &[template]);
    let heading = tree.elements().find(|element| element.name() == "h1").unwrap();
    assert!(heading.attribute("id").unwrap().is_unknown());
}

#[test]
fn what_is_broken_is_kept_as_facts() {
    assert_eq!(facts("[a](b){:target=\"_blank\" :rel=\"x\"}\n"), [(FactKind::MalformedAttributeList, ":rel=\"x\"")]);
    assert_eq!(facts("a\n{: .b :c=\"d\"}\n"), [(FactKind::MalformedAttributeList, ":c=\"d\"")]);
    assert_eq!(facts("예 | 아니오\n"), [(FactKind::TableFromProse, "예 | 아니오")]);
    assert_eq!(facts("<div class=\"a\">\nb\n"), [(FactKind::UnclosedHtmlBlock, "<div class=\"a\">")]);
    assert_eq!(facts("a *</b> c\n"), [(FactKind::StrayEndTag, "</b>")]);
    assert_eq!(facts("</div>\n"), [(FactKind::StrayEndTag, "</div>")]);
    assert_eq!(facts("<div>\n</p>\n</div>\n"), [(FactKind::StrayEndTag, "</p>")]);
    assert_eq!(
        facts("<div>\n**a** b\n\n[c](d)\n</div>\n"),
        [(FactKind::MarkdownInHtml, "**a**"), (FactKind::MarkdownInHtml, "[c](d)")]
    );
    assert_eq!(facts("<div>a * b [c]</div>\n\n<pre>**a**</pre>\n"), []);
}

/// Takes everything and remembers the text.
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
    fn html(&mut self, _: &str, _: PositionMap<'_>) {}
}

#[test]
fn text_has_the_bytes_it_stands_in() {
    let source = "- 가 **나**\n  다\n";
    let mut texts = Texts::default();
    build(&Options::default(), source, source, Span::new(0, source.len() as u32), &[], &mut texts);
    let found: Vec<_> = texts.0.iter().map(|span| &source[span.range()]).collect();
    assert_eq!(found, ["가 ", "나", "\n", "다"]);
}
