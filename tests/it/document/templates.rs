//! Template syntax in posts: what becomes a node, what is unknown, and what remains text.
use postlint::document::{Document, Element, Node, NodeKind};
use postlint::place::Place;
use postlint::place::dialect::{Dialect, Generator};
use postlint::source::Source;

/// Parses `text` and passes the document to `check`.
#[track_caller]
fn parse(generator: Generator, dialect: Dialect, text: &str, check: impl Fn(&Document<'_>)) {
    let source = Source::new(text);
    let place = Place::new("_posts/a.md", generator, dialect);
    check(&Document::parse(&source, &place));
}

/// The body on one line, as in `p["x" {{ y }}!]`.
fn shape(node: Node<'_>) -> String {
    let inside = || node.children().map(shape).collect::<Vec<_>>().join(" ");
    match node.kind() {
        NodeKind::Element => format!("{}[{}]", node.as_element().unwrap().name(), inside()),
        NodeKind::Text => format!("{:?}", node.text()),
        NodeKind::Comment => format!("<!{:?}>", node.text()),
        NodeKind::Template => format!("{}!", node.text()),
        _ => inside(),
    }
}

#[track_caller]
fn assert_shape(generator: Generator, dialect: Dialect, text: &str, expected: &str) {
    parse(generator, dialect, text, |document| {
        let shape = shape(document.tree.root());
        let inside = shape.strip_prefix("html[").and_then(|rest| rest.strip_suffix(']')).unwrap_or(&shape);
        assert_eq!(inside, expected);
    });
}

fn first<'t>(document: &'t Document<'_>, name: &str) -> Element<'t> {
    document.tree.elements().find(|element| element.name() == name).unwrap()
}

#[test]
fn a_value_with_a_template_is_unknown() {
    let text = "<img src=\"{{ \"a\" | b: 'c' }}.png\" alt={{ d }} title=\"e\">";
    for dialect in [Dialect::Kramdown, Dialect::CommonMark, Dialect::Html] {
        parse(Generator::Jekyll, dialect, text, |document| {
            let image = first(document, "img");
            assert_eq!(
                image.attributes().map(|a| (a.name(), a.known_value())).collect::<Vec<_>>(),
                [("src", None), ("alt", None), ("title", Some("e"))]
            );
            assert_eq!(image.attribute("src").unwrap().value(), "{{ \"a\" | b: 'c' }}.png");
            assert!(!image.has_unknown_attributes());
        });
    }
}

#[test]
fn tags_between_attributes_hide_attributes() {
    let text = "<a href=\"b\" {% if c %}rel='d'{% endif %}>e</a>";
    parse(Generator::Jekyll, Dialect::Kramdown, text, |document| {
        let link = first(document, "a");
        assert!(link.has_unknown_attributes());
        assert_eq!(link.attribute("rel").unwrap().known_value(), Some("d"));
        assert_eq!(link.attributes().count(), 2);
    });
    parse(Generator::Astro, Dialect::Mdx, "<a {...b} href={c}>d</a>", |document| {
        let link = first(document, "a");
        assert!(link.has_unknown_attributes());
        assert!(link.attribute("href").unwrap().is_unknown());
    });
}

#[test]
fn jekyll() {
    let dialect = Dialect::CommonMark;
    let shaped = |text, expected| assert_shape(Generator::Jekyll, dialect, text, expected);
    shaped("가 {{ b }} 나", r#"p["가 " {{ b }}! " 나"]"#);
    shaped("{% if a %}{% include b %}\r\n\r\n*c*\r\n", r#"{% if a %}! {% include b %}! "\n" p[em["c"]]"#);
    shaped("{% comment %}\n# a\n\n<b>\n{% endcomment %}", "{% comment %}\n# a\n\n<b>\n{% endcomment %}!");
    shaped("a {% comment %}<b>{% endcomment %} c", r#"p["a " {% comment %}<b>{% endcomment %}! " c"]"#);
    shaped("{{ a\n\nb", r#"p["{{ a"] p["b"]"#);
    shaped("<{{ a }}>b</{{ a }}>", "p[<{{ a }}>! \"b\" </{{ a }}>!]");
    shaped("<{{ a }} class=\"b\">c", "p[<{{ a }} class=\"b\">! \"c\"]");
    shaped("[a]({{ b }} \"c\")", r#"p[a["a"]]"#);
}

#[test]
fn branches_that_never_run_are_not_a_part_of_the_post() {
    let shaped = |text, expected| assert_shape(Generator::Jekyll, Dialect::CommonMark, text, expected);
    shaped("{% if false %}\n# a\n\n<b>\n{% endif %}", "{% if false %}\n# a\n\n<b>\n{% endif %}!");
    shaped("a {%- if false -%}<b>{%- endif -%} c", r#"p["a " {%- if false -%}<b>{%- endif -%}! " c"]"#);
    shaped("a {% unless true %}<b>{% endunless %} c", r#"p["a " {% unless true %}<b>{% endunless %}! " c"]"#);
    shaped("a {% if nil %}b{% else %}*c*{% endif %}", r#"p["a " {% if nil %}b{% else %}! em["c"] {% endif %}!]"#);
    shaped(
        "a {% if false %}{% if x %}b{% else %}c{% endif %}{% for y in z %}d{% else %}e{% endfor %}{% endif %} f",
        r#"p["a " {% if false %}{% if x %}b{% else %}c{% endif %}{% for y in z %}d{% else %}e{% endfor %}{% endif %}! " f"]"#,
    );
    shaped(
        "a {% if false %}{% raw %}{% endif %}{% endraw %}{% comment %}{% endif %}{% endcomment %}b{% endif %} c",
        r#"p["a " {% if false %}{% raw %}{% endif %}{% endraw %}{% comment %}{% endif %}{% endcomment %}b{% endif %}! " c"]"#,
    );
    // What may run, and what does not end.
    for tag in ["{% if true %}", "{% if falsey %}", "{% if page.x %}", "{% if false or page.x %}", "{% unless false %}"]
    {
        let (text, expected) = (format!("{tag}*b*{{% endif %}}"), format!("p[{tag}! em[\"b\"] {{% endif %}}!]"));
        assert_shape(Generator::Jekyll, Dialect::CommonMark, &text, &expected);
    }
    shaped("{% if false %}*b*", r#"p[{% if false %}! em["b"]]"#);
    shaped("{% if false %}{% if false %}*b*{% endif %}", r#"p[{% if false %}! {% if false %}! em["b"] {% endif %}!]"#);
}

#[test]
fn the_content_of_raw_tags_is_part_of_the_post() {
    let text = "{% raw %}\n# a\n\n{{ b }}{{{% endraw %}\n\n{{ c }}";
    let expected = r#"{% raw %}! "\n" h1["a"] p["{{ b }}{{" {% endraw %}!] p[{{ c }}!]"#;
    assert_shape(Generator::Jekyll, Dialect::CommonMark, text, expected);
    parse(Generator::Jekyll, Dialect::Kramdown, "{% raw %}[a]({{ b }}){% endraw %} `{{ c }}`", |document| {
        let link = first(document, "a");
        assert_eq!(link.attribute("href").unwrap().known_value(), Some("{{ b }}"));
    });
    assert_shape(Generator::Hexo, Dialect::CommonMark, "{% raw %}\n# a\n{% endraw %}", "{% raw %}\n# a\n{% endraw %}!");
}

#[test]
fn hugo() {
    let shaped = |text, expected| assert_shape(Generator::Hugo, Dialect::CommonMark, text, expected);
    shaped("{{< a b=\"<i>\" >}}", "{{< a b=\"<i>\" >}}!");
    shaped("{{% a %}}\n*b*\n{{% /a %}}\n", r#"{{% a %}}! "\n" p[em["b"]] {{% /a %}}! "\n""#);
    shaped("{{< highlight go >}}\n<b>\n{{< /highlight >}}", "{{< highlight go >}}\n<b>\n{{< /highlight >}}!");
    shaped("a {{</* b */>}} {{ c }}", r#"p["a " {{</* b */>}}! " {{ c }}"]"#);
}

#[test]
fn unknown_sites_and_code() {
    let shaped = |text, expected| assert_shape(Generator::Plain, Dialect::CommonMark, text, expected);
    shaped("{{ a }} {{< b >}} {% c %}", r#"p[{{ a }}! " " {{< b >}}! " " {% c %}!]"#);
    shaped("`{{ a }}` {{ b", r#"p[code["{{ a }}"] " {{ b"]"#);
    shaped("```\n{% raw %}\n```\n\nb", r#"pre[code["{% raw %}\n"]] p["b"]"#);
    assert_shape(Generator::Astro, Dialect::CommonMark, "{{ a }}", r#"p["{{ a }}"]"#);
}

#[test]
fn mdx() {
    let shaped = |text, expected| assert_shape(Generator::Astro, Dialect::Mdx, text, expected);
    shaped("import a from 'b'\n\n# {c}\n", "import a from 'b'! \"\\n\" h1[{c}!]");
    shaped("<Ab>\n\n*c*\n\n</Ab>", r#"<Ab>! "\n" p[em["c"]] </Ab>!"#);
    shaped("a {/* <b> */} {c ? 'd}' : `e}`} f", "p[\"a \" {/* <b> */}! \" \" {c ? 'd}' : `e}`}! \" f\"]");
    shaped("a {b && <i>don't</i>} c", "p[\"a \" {b && <i>don't</i>}! \" c\"]");
    shaped("a <span /> b\n\n<iframe />\n\nc", r#"p["a " span[] " b"] iframe[] "\n" p["c"]"#);
    shaped("`{a}` \\{b} {c", r#"p[code["{a}"] " {b} {c"]"#);
}

#[test]
fn html_files() {
    let text = "---\na: b\n---\n<ul>\n{% for a in b %}\n<li>{{ a }}</li>\n{% endfor %}\n</ul>";
    let expected = r#"ul["\n" {% for a in b %}! "\n" li[{{ a }}!] "\n" {% endfor %}! "\n"]"#;
    assert_shape(Generator::Jekyll, Dialect::Html, text, expected);
}

/// As `@mdx-js/mdx` reads it: MDX has no indented code, and Markdown may follow a tag without a blank line.
#[test]
fn markdown_between_tags_of_mdx() {
    let shaped = |text, expected| assert_shape(Generator::Docusaurus, Dialect::Mdx, text, expected);
    shaped("<details>\n**a** b\n</details>\n", r#"details["\n" p[strong["a"] " b"]] "\n""#);
    shaped("<details>\n<summary>**a** b</summary>\n\nc\n", r#"details["\n" summary[strong["a"] " b"] "\n" p["c"]]"#);
    shaped(
        "<Tab>\n    a *b*\n\n    ```js t\n    c\n\n      d\n    ```\n</Tab>",
        r#"<Tab>! "\n" p["a " em["b"]] pre[code["c\n\n  d\n"]] </Tab>!"#,
    );
    // What is verbatim, a paragraph of its own, or a tag of several lines.
    shaped("<pre>\n*a*\n</pre>", r#"pre["*a*\n"]"#);
    shaped("<p>\n*a*\n</p>", r#"p["\n*a*\n"]"#);
    shaped("<img\n  alt=\"*a*\"\n/>", "p[img[]]");
}

/// As `@mdx-js/mdx` reads it: a line of tags alone ends a paragraph, a list, a quote or a table.
#[test]
fn line_of_tags_in_mdx() {
    let shaped = |text, expected| assert_shape(Generator::Docusaurus, Dialect::Mdx, text, expected);
    shaped("a\n<br></br>\nb", r#"p["a"] br[] "\n" p["b"]"#);
    shaped("<br></br>\n\n<br/><br/>\n\nb", r#"br[] "\n" br[] br[] "\n" p["b"]"#);
    shaped("* a\n<br/>\n## b", r#"ul[li["a"]] br[] "\n" h2["b"]"#);
    shaped("> a\n  <hr /> <hr />\nb", r#"blockquote[p["a"]] hr[] " " hr[] "\n" p["b"]"#);
    shaped("* a\n  <br/>\n  b", r#"ul[li["a" br[] "\nb"]]"#);
    shaped("|a|\n|-|\n|b|\n<br/>\nc", r#"table[thead[tr[th["a"]]] tbody[tr[td["b"]]]] br[] "\n" p["c"]"#);
    shaped("a\n<big>\n*b*\n</big>", r#"p["a"] big["\n" p[em["b"]]]"#);
    // With text on their line, tags are in the paragraph.
    shaped("a\n<br/> b", r#"p["a\n" br[] " b"]"#);
    shaped("a\n<b>c</b>\nd", r#"p["a\n" b["c"] "\nd"]"#);
    shaped("```\na\n<br/>\n```", r#"pre[code["a\n<br/>\n"]]"#);
    assert_shape(Generator::Astro, Dialect::CommonMark, "a\n<br/>\nb", r#"p["a\n" br[] "\nb"]"#);
}
