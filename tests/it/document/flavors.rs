//! The page that each Markdown engine makes of the same text, compared with the output of the real engines: see
//! `tests/oracle`.
use postlint::document::{Node, NodeKind};
use postlint::place::flavor::{Autolinks, Flavor, HeadingIds, HugoInput, RawHtml};
use postlint::place::python_markdown::PythonMarkdown;
use postlint::{Dialect, Document, Generator, Place, Source};
use std::sync::Arc;

/// The page as HTML, with attributes in source order.
fn page(flavor: Flavor, text: &str) -> String {
    page_at(&Place { flavor, ..Place::new("a.md", Generator::Hugo, Dialect::CommonMark) }, text)
}

/// The page that MkDocs makes with the extension `attr_list`.
fn python_page(text: &str) -> String {
    let mut options = PythonMarkdown::mkdocs();
    options.turn_on("attr_list");
    let place = Place::new("a.md", Generator::MkDocs, Dialect::PythonMarkdown);
    page_at(&Place { python_markdown: Arc::new(options), ..place }, text)
}

fn page_at(place: &Place, text: &str) -> String {
    let source = Source::new(text);
    let document = Document::parse(&source, place);
    let mut html = String::new();
    document.tree.root().children().flat_map(|html| html.children()).for_each(|node| write(node, &mut html));
    html.replace('\n', " ").trim().to_owned()
}

fn write(node: Node<'_>, html: &mut String) {
    let Some(element) = node.as_element() else {
        if node.kind() == NodeKind::Text {
            html.push_str(node.text());
        }
        return;
    };
    html.push_str(&format!("<{}", element.name()));
    for attribute in element.attributes() {
        html.push_str(&format!(" {}=\"{}\"", attribute.name(), attribute.value()));
    }
    html.push('>');
    element.children().for_each(|child| write(child, html));
    if !matches!(element.name(), "br" | "hr" | "img" | "input") {
        html.push_str(&format!("</{}>", element.name()));
    }
}

const HUGO: Flavor = Flavor { raw_html: RawHtml::Kept, ..Flavor::goldmark() };

#[track_caller]
fn assert_pages(flavor: Flavor, cases: &[(&str, &str)]) {
    for (text, html) in cases {
        assert_eq!(page(flavor, text), *html, "{text}");
    }
}

#[test]
fn ids_of_hugo() {
    assert_pages(
        HUGO,
        &[
            (
                "## A [link](/x) & `--code`",
                "<h2 id=\"a-link----code\">A <a href=\"/x\">link</a> & <code>--code</code></h2>",
            ),
            ("## --name", "<h2 id=\"name\">--name</h2>"),
            ("##", "<h2></h2>"),
            ("## 한글 제목!", "<h2 id=\"한글-제목\">한글 제목!</h2>"),
            ("# a\n\n# a\n\n# a-1\n", "<h1 id=\"a\">a</h1><h1 id=\"a-1\">a</h1><h1 id=\"a-1-1\">a-1</h1>"),
            ("a\nB c\n===\n", "<h1 id=\"ab-c\">a B c</h1>"),
            ("# x {#a}\n\n# A\n", "<h1 id=\"a\">x</h1><h1 id=\"a-1\">A</h1>"),
        ],
    );
    let old = Flavor { raw_html: RawHtml::Kept, ..Flavor::hugo(111) };
    assert_pages(
        old,
        &[
            (
                "## A [link](/x) & `--code`",
                "<h2 id=\"a-linkx----code\">A <a href=\"/x\">link</a> & <code>--code</code></h2>",
            ),
            ("##", "<h2 id=\"heading\"></h2>"),
            ("a\nB c\n===\n", "<h1 id=\"b-c\">a B c</h1>"),
            ("~a~ ~~b~~", "<p>~a~ <del>b</del></p>"),
            ("|a|\n|:-|\n", "<table><thead><tr><th style=\"text-align:left\">a</th></tr></thead></table>"),
        ],
    );
    let ascii = Flavor { heading_ids: HeadingIds::HugoAscii(HugoInput::Text), ..HUGO };
    assert_pages(
        ascii,
        &[("# Café 한글", "<h1 id=\"cafe-\">Café 한글</h1>"), ("# 한글", "<h1 id=\"heading\">한글</h1>")],
    );
}

#[test]
fn attributes_of_headings() {
    assert_pages(
        HUGO,
        &[
            ("## a b {#c .d .e k=\"v w\"}", "<h2 id=\"c\" class=\"d e\" k=\"v w\">a b</h2>"),
            ("## a ## {.d}", "<h2 class=\"d\" id=\"a\">a</h2>"),
            ("## a {.d} ##", "<h2 class=\"d\" id=\"a\">a</h2>"),
            ("## a \\{.d}", "<h2 id=\"a-d\">a {.d}</h2>"),
            ("## a {b}", "<h2 id=\"a-b\">a {b}</h2>"),
            ("*a*\nb {#c}\n---\n", "<h2 id=\"c\"><em>a</em> b</h2>"),
        ],
    );
    assert_pages(
        Flavor::docusaurus(),
        &[("## a {#가 b}", "<h2 id=\"가 b\">a</h2>"), ("## a {.b}", "<h2 id=\"a-b\">a {.b}</h2>")],
    );
    assert_pages(Flavor::nextra(), &[("# a", "<h1>a</h1>"), ("## a [#c]", "<h2 id=\"c\">a</h2>")]);
    assert_eq!(python_page("## a {: #c .d }"), "<h2 id=\"c\" class=\"d\">a</h2>");
    assert_eq!(python_page("## a"), "<h2 id=\"a\">a</h2>");
}

#[test]
fn links_of_goldmark() {
    let link = |url: &str| format!("<a href=\"{url}\">{url}</a>");
    let cases = [
        ("see https://a.com/b_c_d, or", format!("<p>see {}, or</p>", link("https://a.com/b_c_d"))),
        ("(https://a.com/b(c))", format!("<p>({})</p>", link("https://a.com/b(c)"))),
        ("https://a.com/_b_/*c*", format!("<p>{}<em>c</em></p>", link("https://a.com/_b_/"))),
        ("한글https://a.com", "<p>한글https://a.com</p>".to_owned()),
        ("https://a.com/한글", format!("<p>{}한글</p>", link("https://a.com/"))),
        ("\"https://a.com\"", format!("<p>\"{}\"</p>", link("https://a.com"))),
        ("[https://a.com", "<p>[https://a.com</p>".to_owned()),
        ("**https://a.com**", format!("<p><strong>{}</strong></p>", link("https://a.com"))),
        ("`x`https://a.com", format!("<p><code>x</code>{}</p>", link("https://a.com"))),
        ("www.a.com", "<p><a href=\"https://www.a.com\">www.a.com</a></p>".to_owned()),
        ("me@a.org.", "<p><a href=\"mailto:me@a.org\">me@a.org</a>.</p>".to_owned()),
        ("me@a", "<p>me@a</p>".to_owned()),
        ("[b https://a.com](/c)", "<p><a href=\"/c\">b https://a.com</a></p>".to_owned()),
        ("https://localhost", "<p>https://localhost</p>".to_owned()),
    ];
    for (text, html) in cases {
        assert_eq!(page(HUGO, text), html, "{text}");
    }
}

#[test]
fn links_of_github() {
    let link = |url: &str| format!("<a href=\"{url}\">{url}</a>");
    let cases = [
        (
            "see https://a.com/_b_.",
            format!("<p>see {}.</p>", link("https://a.com/_b_").replace("_\"", "\"").replace("_<", "<") + "_"),
        ),
        ("https://a.com/한글", format!("<p>{}</p>", link("https://a.com/한글"))),
        ("(www.a.com)", "<p>(<a href=\"http://www.a.com\">www.a.com</a>)</p>".to_owned()),
        ("x@a.co", "<p><a href=\"mailto:x@a.co\">x@a.co</a></p>".to_owned()),
        ("http://a_b.c", "<p>http://a_b.c</p>".to_owned()),
    ];
    for (text, html) in cases {
        assert_eq!(page(Flavor::remark(), text), html, "{text}");
    }
    let none = Flavor { autolinks: Autolinks::Off, ..Flavor::remark() };
    assert_eq!(page(none, "https://a.com"), "<p>https://a.com</p>");
}

#[test]
fn footnotes_of_goldmark() {
    let html = page(HUGO, "a[^x] b[^y] c[^x]\n\n[^y]: Y\n[^x]: X\n[^z]: Z\n");
    assert_eq!(
        html,
        "<p>a<sup id=\"fnref:1\"><a href=\"#fn:1\" class=\"footnote-ref\" role=\"doc-noteref\">1</a></sup> \
         b<sup id=\"fnref:2\"><a href=\"#fn:2\" class=\"footnote-ref\" role=\"doc-noteref\">2</a></sup> \
         c<sup id=\"fnref1:1\"><a href=\"#fn:1\" class=\"footnote-ref\" role=\"doc-noteref\">1</a></sup></p>\
         <div class=\"footnotes\" role=\"doc-endnotes\"><hr><ol>\
         <li id=\"fn:1\"><p>X\u{a0}<a href=\"#fnref:1\" class=\"footnote-backref\" role=\"doc-backlink\">\u{21a9}\u{fe0e}</a>\
         \u{a0}<a href=\"#fnref1:1\" class=\"footnote-backref\" role=\"doc-backlink\">\u{21a9}\u{fe0e}</a></p></li>\
         <li id=\"fn:2\"><p>Y\u{a0}<a href=\"#fnref:2\" class=\"footnote-backref\" role=\"doc-backlink\">\u{21a9}\u{fe0e}</a></p></li>\
         </ol></div>"
    );
}

#[test]
fn definition_lists_of_goldmark() {
    assert_pages(
        HUGO,
        &[
            ("a\n: b\n", "<dl><dt>a</dt><dd>b</dd></dl>"),
            ("a\n\n: b\n", "<dl><dt>a</dt><dd><p>b</p></dd></dl>"),
            ("a\n:b\n", "<p>a :b</p>"),
        ],
    );
}

#[test]
fn raw_html() {
    let text = "a <b>c</b>\n\n<div>d</div>\n\n<!-- e -->\n";
    assert_eq!(page(HUGO, text), "<p>a <b>c</b></p><div>d</div>");
    assert_eq!(page(Flavor::goldmark(), text), "<p>a c</p>");
    assert_eq!(page(Flavor::markdown_it(), text), "<p>a <b>c</b></p><p><div>d</div></p><p><!-- e --></p>");
}

#[test]
fn ids_of_other_engines() {
    let with = |heading_ids| Flavor { heading_ids, ..Flavor::unknown() };
    assert_pages(with(HeadingIds::GithubSlugger), &[("# A & B – é²", "<h1 id=\"a--b--é\">A & B – é²</h1>")]);
    assert_pages(with(HeadingIds::MditVue), &[("# 1. It's `a`", "<h1 id=\"_1-it-s-a\">1. It's <code>a</code></h1>")]);
    assert_pages(with(HeadingIds::MdBook), &[("# C++ & Rust", "<h1 id=\"c--rust\">C++ & Rust</h1>")]);
    assert_pages(
        with(HeadingIds::Zola),
        &[
            ("# C++ & Rust", "<h1 id=\"c-rust\">C++ & Rust</h1>"),
            ("# Jakub Beránek — 예보", "<h1 id=\"jakub-beranek-yebo\">Jakub Beránek — 예보</h1>"),
            ("# 🌱 What’s 特色?", "<h1 id=\"seedling-what-s-te-se\">🌱 What’s 特色?</h1>"),
        ],
    );
    assert_pages(with(HeadingIds::Hexo), &[("# New, Features!", "<h1 id=\"New-Features\">New, Features!</h1>")]);
    assert_eq!(
        python_page("# 한글\n\n# a b\n\n# a b"),
        "<h1 id=\"_1\">한글</h1><h1 id=\"a-b\">a b</h1><h1 id=\"a-b_1\">a b</h1>"
    );
}

#[test]
fn attributes_of_blocks() {
    let with = Flavor { block_attributes: true, ..HUGO };
    assert_pages(
        with,
        &[
            ("a\n{.b #c}\n\nd\n", "<p id=\"c\" class=\"b\">a</p><p>d</p>"),
            ("- a\n- b\n{.c}\n", "<ul class=\"c\"><li>a</li><li>b</li></ul>"),
            ("> a\n{.c}\n", "<blockquote class=\"c\"><p>a</p></blockquote>"),
            (
                "|a|\n|-|\n|b|\n{.c}\n",
                "<table class=\"c\"><thead><tr><th>a</th></tr></thead><tbody><tr><td>b</td></tr></tbody></table>",
            ),
            ("```\na\n{.b}\n```\n", "<pre><code>a {.b} </code></pre>"),
        ],
    );
}

#[test]
fn images_without_a_paragraph() {
    let with = Flavor { images_in_paragraphs: false, ..HUGO };
    assert_pages(
        with,
        &[("![a](/b)", "<img src=\"/b\" alt=\"a\">"), ("![a](/b) c", "<p><img src=\"/b\" alt=\"a\"> c</p>")],
    );
}

#[test]
fn containers() {
    assert_pages(
        Flavor::vitepress(),
        &[
            (
                "a\n::: tip\nb\n:::\nc\n",
                "<p>a</p><div class=\"tip custom-block\"><p class=\"custom-block-title\">TIP</p><p>b</p></div><p>c</p>",
            ),
            (
                "::: details *X*\nb\n",
                "<details class=\"details custom-block\"><summary>*X*</summary><p>b</p></details>",
            ),
            ("```\n::: tip\n```\n", "<pre><code>::: tip </code></pre>"),
            (
                "::: tip A {no-title #b .c}\nd\n:::\n",
                "<div class=\"tip custom-block c\" id=\"b\" no-title=\"\"><p class=\"custom-block-title\">A</p><p>d</p></div>",
            ),
            (
                "::: code-group\n```js [a.js]\nb\n```\n:::\nc\n",
                "<div class=\"vp-code-group vp-adaptive-theme\"><div class=\"blocks\"><pre><code class=\"language-js\">b \
                 </code></pre></div></div><p>c</p>",
            ),
            (
                "> [!NOTE]\n> a *b*\n\n> [!X]\n",
                "<div class=\"note custom-block github-alert\"><p class=\"custom-block-title\">NOTE</p><p>a <em>b</em></p></div>\
                 <blockquote><p>[!X]</p></blockquote>",
            ),
            ("## a {##b}\n", "<h2 id=\"#b\">a</h2>"),
        ],
    );
}
