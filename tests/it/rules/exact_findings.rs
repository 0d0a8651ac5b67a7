//! Rules for images, links and markup: the spans of their findings, when they have a fix, and their speed.

use crate::support::growth;
use postlint::catalog::Catalog;
use postlint::diagnostic::Diagnostic;
use postlint::document::Document;
use postlint::engine::{self, lint};
use postlint::place::Place;
use postlint::place::dialect::{Dialect, Generator};
use postlint::ruleset::Ruleset;
use postlint::schema::Demands;
use postlint::source::Source;

fn place(file: &str, generator: Generator) -> Place {
    let extension = file.rsplit('.').next().unwrap();
    Place::new(file, generator, Dialect::of_extension(extension, generator).unwrap())
}

fn findings_in(place: &Place, text: &str) -> Vec<Diagnostic> {
    let source = Source::new(text);
    lint(&Document::parse(&source, place), &Ruleset::recommended(Catalog::builtin()), &Demands::default())
}

fn found(rule: &str, text: &str) -> Vec<Diagnostic> {
    let mut all = findings_in(&place("post.html", Generator::Jekyll), text);
    all.retain(|diagnostic| &*diagnostic.rule == rule);
    all
}

/// The source text of a rule's findings.
fn pointed_at<'t>(rule: &str, text: &'t str) -> Vec<&'t str> {
    found(rule, text).iter().map(|diagnostic| diagnostic.label.span.slice(text)).collect()
}

fn fixed(rule: &str, text: &str) -> String {
    let (source, place) = (Source::new(text), place("post.html", Generator::Jekyll));
    let (document, rules) = (Document::parse(&source, &place), Ruleset::recommended(Catalog::builtin()));
    let after = engine::fixed(&document, &found(rule, text), &rules, &Demands::default()).unwrap();
    after.source.text().to_owned()
}

#[test]
fn no_help_leaves_a_link_without_a_name() {
    for image in ["<img src=b.png>", "<img src=b.png alt=' '>", "<img src=b.png alt=사진>", "<img src=b.png alt=b.png>"]
    {
        let help = |text: &str| findings_in(&place("post.html", Generator::Jekyll), text).pop().unwrap().help.unwrap();
        assert!(help(&format!("<p>{image}</p>")).contains(r#"alt="""#), "{image}");
        assert_eq!(help(&format!("<a href=/c><span>{image}</span></a>")), "describe where the link leads");
        assert_eq!(help(&format!("<a href=/c.jpg>{image}</a>")), "describe the image");
        assert!(help(&format!("<a href=/c>The quay {image}</a>")).contains(r#"alt="""#), "{image}");
    }
}

#[test]
fn the_card_of_a_link_is_found_in_a_long_list() {
    let card = |number: usize, text: &str| {
        let headline = format!("<h3><a href=/p/{number}/>{text}</a></h3><a>(@ann)</a>");
        format!(
            "<article>{headline}<p>… <a href=/p/{number}/>...</a></p><a href=/p/{number}/>Continue reading »</a></article>"
        )
    };
    let list = |text: &str| format!("<section>{}</section>", (0..20).map(|at| card(at, text)).collect::<String>());
    assert_eq!(pointed_at("link-text-generic", &list("The quay in a storm")), [] as [&str; 0]);
    assert!(!pointed_at("link-text-generic", &list("Read more")).is_empty());
}

#[test]
fn many_tables_are_reported_once() {
    let table = |columns: &str| format!("<table>{}</table>", format!("<tr>{columns}</tr>").repeat(2));
    let two = table("<td>Seoul</td><td>9.4 million</td>");
    let three = "<table><tr><td><b>City</b></td><td><strong>People</strong></td><td><b>Area</b></td></tr>\
                 <tr><td>Seoul</td><td>9.4 million</td><td>605 km²</td></tr></table>";
    assert_eq!(found("table-without-headers", &two.repeat(2)).len(), 2);
    let both = format!("{two}{three}{two}{three}{two}");
    let found = found("table-without-headers", &both);
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].message, "5 tables have no header cells");
    // Only rows that look like headers become headers: six cells with two tags each.
    assert_eq!(found[0].fix.as_ref().unwrap().edits().len(), 12);
    assert_eq!(found[0].related.len(), 3);
}

#[test]
fn findings_point_at_the_smallest_part() {
    for (rule, text, want) in [
        ("rel-unknown-token", r#"<a href="/a" rel="nofollow DoFollow">서울</a>"#, "DoFollow"),
        ("rel-unknown-token", r#"<a href="/a" rel=dofollow>서울</a>"#, "dofollow"),
        ("rel-bad-separator", r#"<a href="/a" rel="nofollow,ugc">서울</a>"#, "nofollow,ugc"),
        ("rel-duplicate-token", r#"<a href="/a" rel="ugc UGC">서울</a>"#, "UGC"),
        ("alt-blank", r#"<img src="a.png" alt="&nbsp; ">"#, "&nbsp; "),
        ("alt-placeholder", r#"<img src="a.png" alt='사진'>"#, "사진"),
        ("alt-filename", "<img src=\"/x/IMG_2041.jpg\" alt=IMG_2041.jpg>", "IMG_2041.jpg"),
        ("alt-missing", "<p>a <img src=a.png> b</p>", "<img src=a.png>"),
        ("link-text-missing", "<p>a <a href=/b> </a></p>", "<a href=/b> </a>"),
        ("image-link-unnamed", "<a href=/b><img src=a.png alt=''></a>", "<img src=a.png alt=''>"),
        ("heading-empty", "<p>a</p><h2> </h2>", "<h2> </h2>"),
        ("spacer-paragraph", "<p>a</p>\n<p>\u{3000}</p>\n<p>b</p>", "<p>\u{3000}</p>"),
        ("table-without-headers", "<table class=x><tr><td>ab<td>b<tr><td>c<td>d</table>", "<table class=x>"),
    ] {
        assert_eq!(pointed_at(rule, text), [want], "{text}");
    }
}

#[test]
fn a_token_with_entities_has_no_span() {
    let text = r#"<a href="/a" rel="ugc do&#102;ollow">서울</a>"#;
    assert_eq!(pointed_at("rel-unknown-token", text), ["ugc do&#102;ollow"]);
    assert_eq!(fixed("rel-unknown-token", text), text);
}

#[test]
fn values_from_templates_are_not_reported() {
    for text in [
        r#"<a href="/a" rel="{{ page.rel }} dofollow">서울</a>"#,
        r#"<a href="/a" {{ page.attributes }}></a>"#,
        r#"<a href="/a">{% include icon.html %}</a>"#,
        r#"<h2>{{ page.subtitle }}</h2>"#,
        r#"<p>{{ page.note }}</p>"#,
        r#"<img src="a.png" alt="{{ page.alt }}">"#,
        r#"<img src="a.png" {% if page.alt %}alt="{{ page.alt }}"{% endif %}>"#,
        "<table>{% for row in page.rows %}<tr><td>a b</td><td>c d</td></tr><tr><td>a b</td><td>c</td></tr>{% endfor %}</table>",
    ] {
        assert_eq!(findings_in(&place("post.html", Generator::Jekyll), text), [], "{text}");
    }
}

#[test]
fn the_fix_of_a_spacer_keeps_line_ends_and_neighbours() {
    for (text, want) in [
        ("<p>a</p>\r\n\r\n<p>&nbsp;</p> \r\n\r\n<p>b</p>\r\n", "<p>a</p>\r\n\r\n<p>b</p>\r\n"),
        ("<p>a</p>\n\n<p>&nbsp;</p>", "<p>a</p>\n"),
        ("<p>a</p><p>&nbsp;</p><p>b</p>", "<p>a</p><p>b</p>"),
        ("<ul><li>a</ul>\n<p><br></p>\n<ol><li>b</ol>", "<ul><li>a</ul>\n<p><br></p>\n<ol><li>b</ol>"),
    ] {
        assert_eq!(found("spacer-paragraph", text).len(), 1, "{text}");
        assert_eq!(fixed("spacer-paragraph", text), want);
    }
}

#[test]
fn a_spacer_has_no_fix_if_lines_of_markdown_would_be_joined() {
    for (generator, text, is_fixable) in [
        (Generator::Hugo, "a\n\n<p>&nbsp;</p>\n\nb", true),
        (Generator::Hugo, "a\n\n<p>&nbsp;</p>\nb", false),
        (Generator::Hugo, "a\n\n<p>&nbsp;</p>\n<p>b</p>", true),
        (Generator::Jekyll, "a\n\n<p>&nbsp;</p>\nb", true),
        (Generator::Hugo, "> a\n\n&nbsp;\n\n> b", false),
        (Generator::Hugo, "- a\n\n&nbsp;\n\n&nbsp;\n\n- b", false),
    ] {
        let mut all = findings_in(&place("post.md", generator), text);
        all.retain(|diagnostic| &*diagnostic.rule == "spacer-paragraph");
        assert!(!all.is_empty(), "{text}");
        assert!(all.iter().all(|diagnostic| diagnostic.fix.is_some() == is_fixable), "{text}");
    }
}

#[test]
fn a_capital_letter_makes_a_component_in_mdx() {
    let text = "Text.\n\n<Image />\n\n<img src=\"a.png\" />\n";
    let found = findings_in(&place("post.mdx", Generator::Astro), text);
    let spans: Vec<&str> = found.iter().map(|diagnostic| diagnostic.label.span.slice(text)).collect();
    assert_eq!(spans, ["<img src=\"a.png\" />"]);
}

#[test]
fn hostile_posts_take_linear_time() {
    let bombs: [fn(usize) -> String; 14] = [
        |n| "<p>&nbsp;</p>\n".repeat(n),
        |n| "<p></p>".repeat(n),
        |n| "<div>".repeat(n),
        |n| "<br>".repeat(n),
        |n| "<a href=/a></a>".repeat(n),
        |n| "<a href=/a><img alt=''></a>".repeat(n),
        |n| "<div><a href=/a></a>".repeat(n),
        |n| "<h2><div>".repeat(n),
        |n| "<h2></h2>".repeat(n),
        |n| "<img alt='속보'>".repeat(n) + &"말".repeat(n),
        |n| "<table><tr><td>".repeat(n),
        |n| format!("<table>{}</table>", "<tr><td>ab<td>cd".repeat(n)),
        |n| format!("<a href=/a rel='{}'>x</a>", "ugc ".repeat(20 * n)),
        |n| format!("<img src=a alt='{}'>", "image ".repeat(20 * n)),
    ];
    for bomb in bombs {
        for file in ["post.html", "post.md"] {
            let place = place(file, Generator::Hugo);
            let slow = growth::superlinear(1_000, |n| growth::time(|| findings_in(&place, &bomb(n))));
            assert!(slow.is_none(), "{:.40} as {file}: {slow:?}", bomb(1));
        }
    }
}
