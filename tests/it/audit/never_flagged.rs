//! What other tools report and postlint does not: the table in `docs/src/never.md`, as built pages.

use crate::audit::audit;
use crate::support::blog::Blog;

/// A page that is fine, and that the cases change.
const PAGE: &str = "<!doctype html>\n<html lang=\"ko\">\n<head>\n<meta charset=\"utf-8\">\n<title>항구</title>\n\
    <meta name=\"description\" content=\"짧다.\">\n</head>\n<body>\n<h1>항구</h1>\n<p>배.</p>\n</body>\n</html>\n";

/// Cases, each with the words of the table that it is about, and the page.
fn cases() -> Vec<(&'static str, String)> {
    let body = |added: &str| PAGE.replace("<p>배.</p>", &format!("<p>배.</p>\n{added}"));
    vec![
        ("too short in characters", PAGE.to_owned()),
        ("fewer than 300 words", PAGE.to_owned()),
        ("keyword density", body(&format!("<p>{}</p>", "항구 ".repeat(40)))),
        ("no canonical URL", PAGE.to_owned()),
        ("letters other than ASCII", body("<p><a href=\"/정치/\">정치</a></p>")),
        ("without `noopener`", body("<p><a href=\"https://example.org/\" target=\"_blank\">항구의 시간표</a></p>")),
        ("`alt=\"\"` on decoration", body("<p><img src=\"/wave.png\" alt=\"\" width=\"9\" height=\"9\"></p>")),
        ("the same as the heading", PAGE.to_owned()),
        ("no `llms.txt`", PAGE.to_owned()),
        (
            "readability scores",
            body("<p>문장이 아주 길어서 읽는 사람이 숨을 쉴 곳이 없어도 그것을 재는 공식은 없다.</p>"),
        ),
    ]
}

#[test]
fn the_table_holds_for_built_pages() {
    let table = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/docs/src/never.md")).unwrap();
    for (words, page) in cases() {
        assert!(table.contains(words), "docs/src/never.md has no row with `{words}`");
        let blog = Blog::new(&[("out/index.html", &page), ("out/wave.png", "PNG")]);
        if page.contains("/정치/") {
            blog.write("out/정치/index.html", PAGE);
        }
        let (found, said) = audit(&blog, &["--built", "out"]);
        assert!(found.is_empty(), "{words}: {found:?}\n{said}");
    }
}

#[test]
fn several_first_headings_are_advice_only() {
    let two = PAGE.replace("<p>배.</p>", "<p>배.</p><h1>방파제</h1><p>돌.</p>");
    let blog = Blog::new(&[("out/index.html", &two)]);
    let output = blog.run(&["audit", "--built", "out", "--format", "json"]);
    assert_eq!(output.status.code(), Some(0));
    let json: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    assert!(json["findings"].as_array().unwrap().iter().all(|it| it["level"] == "info"), "{json}");
}

#[test]
fn priorities_in_a_sitemap_are_not_read() {
    let sitemap = "<urlset><url><loc>https://harbour.example.org/</loc><priority>0.5</priority>\
                   <changefreq>never</changefreq></url></urlset>\n";
    let blog = Blog::new(&[("out/index.html", PAGE), ("out/sitemap.xml", sitemap)]);
    assert_eq!(audit(&blog, &["--built", "out"]).0, []);
}
