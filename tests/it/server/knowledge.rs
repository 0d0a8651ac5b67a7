//! What the server knows at a position: pages of rules, meanings of keys, what may be written, where links lead.

use crate::server::editor::{Editor, offset, pushed, uri};
use crate::support::blog::Blog;
use serde_json::{Value, json};

const NAME: &str = "_posts/2024-05-01-a.md";
const LAYOUT: &str = "<html lang=\"ko\"><head><title>{{ page.title }}</title>\n\
    <meta name=\"description\" content=\"{{ page.excerpt }}\"></head><body>{{ page.mood }}{% for tag in page.tags %}{{ tag }}{% endfor %}{{ content }}</body></html>\n";
const POST: &str = "---\nlayout: post\ntitle: 항구 👩\nexcerpt: 배가 일찍 들어왔다.\ntags: [배]\nmood: calm\n---\n\n👩 [가나](/2024/05/02/b.html#nets) <img src=\"/a.jpg\">\n\n<!-- postlint-ignore alt-missing -- a joke -->\n<img src=\"/b.jpg\">\n\n[여기](#끝)\n\n## 끝\n";
const OTHER: &str = "---\nlayout: post\ntitle: Boats\nexcerpt: All boats.\ntags: [boats, nets]\n---\n\n## Nets\n\n[back](/2024/05/01/a.html) and [again]({% post_url 2024-05-01-a %})\n";

fn blog() -> Blog {
    Blog::new(&[
        (
            "_config.yml",
            "title: Harbour\nurl: https://harbour.example\npermalink: /:year/:month/:day/:title:output_ext\n",
        ),
        ("_layouts/post.html", LAYOUT),
        ("postlint.yml", "front-matter:\n  - match: \"**\"\n    fields:\n      mood: {one-of: [calm, rough]}\n"),
        ("assets/quay.png", "x"),
        (NAME, POST),
        ("_posts/2024-05-02-b.md", OTHER),
    ])
}

/// An editor with the post open, and where in it something is.
fn open(blog: &Blog) -> (Editor, String) {
    let (editor, uri) = (Editor::new(&blog.0, pushed("utf-16")), uri(blog, NAME));
    editor.open(&uri, POST);
    (editor, uri)
}

/// The position behind the first occurrence of a text.
fn behind(text: &str, word: &str) -> Value {
    let end = text.find(word).unwrap_or_else(|| panic!("{word}: {text}")) + word.len();
    let line = text[..end].matches('\n').count();
    let start = text[..end].rfind('\n').map_or(0, |at| at + 1);
    json!({ "line": line, "character": text[start..end].encode_utf16().count() })
}

fn at(uri: &str, position: Value) -> Value {
    json!({ "textDocument": { "uri": uri }, "position": position, "context": { "includeDeclaration": true, "triggerKind": 1 } })
}

#[test]
fn a_finding_shows_the_page_of_its_rule_in_short() {
    let blog = blog();
    let (mut editor, uri) = open(&blog);
    let shown = editor.request("textDocument/hover", at(&uri, behind(POST, "<img"))).unwrap();
    let page = shown["contents"]["value"].as_str().unwrap();
    assert_eq!(shown["contents"]["kind"], "markdown");
    assert!(
        page.starts_with("## alt-missing: ")
            && page.contains("group images")
            && page.contains("\n### Why\n")
            && page.contains("\n### Fix\n")
            && page.ends_with("/rules/alt-missing.md)"),
        "{page}"
    );
    assert!(!page.contains("```") && !page.contains("Examples") && !page.contains('─'), "{page}");
    let span = |end: &str| offset(POST, &shown["range"][end], "utf-16");
    assert_eq!(&POST[span("start")..span("end")], "<img src=\"/a.jpg\">");
    assert_eq!(editor.request("textDocument/hover", at(&uri, behind(POST, "## "))).unwrap(), Value::Null);
    editor.end();
}

#[test]
fn long_defaults_of_options_are_cut() {
    let blog = blog();
    let (mut editor, uri) = open(&blog);
    let text = format!("{POST}\n![DSC_0042.jpg](/assets/quay.png)\n");
    editor.replace(&uri, 2, &text);
    let shown = editor.request("textDocument/hover", at(&uri, behind(&text, "![DSC"))).unwrap();
    let page = shown["contents"]["value"].as_str().unwrap();
    let line = page.lines().find(|line| line.starts_with("- `extensions: ")).unwrap_or_else(|| panic!("{page}"));
    assert!(line.starts_with("- `extensions: [\"apng\", \"avif\", \"bmp\", \"gif\", \"heic\", …]` "), "{page}");
    let patterns = page.lines().find(|line| line.starts_with("- `patterns: ")).unwrap_or_else(|| panic!("{page}"));
    assert!(patterns.contains("…\", ") && patterns.chars().count() < 400, "{patterns}");
    assert!(!page.contains("jfif") && !page.contains("Examples"), "{page}");
    editor.end();
}

#[test]
fn a_key_shows_what_the_site_makes_of_it() {
    let blog = blog();
    let (mut editor, uri) = open(&blog);
    let mut hover = |word: &str| {
        let shown = editor.request("textDocument/hover", at(&uri, behind(POST, word))).unwrap();
        shown["contents"]["value"].as_str().unwrap().to_owned()
    };
    let title = hover("\ntit");
    assert!(title.contains("`<title>` (_layouts/post.html:1)") && title.contains("`string`"), "{title}");
    let excerpt = hover("\nexcerpt");
    assert!(excerpt.contains("the meta description (_layouts/post.html:2)"), "{excerpt}");
    let mood = hover("\nmood");
    assert!(mood.contains("one of `calm`, `rough`"), "{mood}");
    assert!(mood.contains("readers"), "{mood}");
    editor.end();
}

/// The labels of the completions behind `typed`, which is put in place of `of` in the post, and the text after the first one
/// whose label begins with `wanted`.
fn completed(
    editor: &mut Editor,
    uri: &str,
    version: i32,
    (of, typed): (&str, &str),
    wanted: &str,
) -> (Vec<String>, String) {
    let text = POST.replacen(of, typed, 1);
    assert_ne!(text, POST, "{of}");
    editor.replace(uri, version, &text);
    let items = editor.request("textDocument/completion", at(uri, behind(&text, typed))).unwrap();
    let items = items.as_array().unwrap_or_else(|| panic!("{typed}: {items}")).clone();
    let labels = items.iter().map(|item| item["label"].as_str().unwrap().to_owned()).collect::<Vec<_>>();
    let item = items.iter().find(|item| item["label"].as_str().unwrap().starts_with(wanted));
    let edit = &item.unwrap_or_else(|| panic!("{wanted}: {labels:?}"))["textEdit"];
    let (start, end) =
        (offset(&text, &edit["range"]["start"], "utf-16"), offset(&text, &edit["range"]["end"], "utf-16"));
    (labels, format!("{}{}{}", &text[..start], edit["newText"].as_str().unwrap(), &text[end..]))
}

#[test]
fn keys_and_values_of_front_matter_are_completed() {
    let blog = blog();
    let (mut editor, uri) = open(&blog);
    let (keys, text) = completed(&mut editor, &uri, 2, ("mood: calm\n", "perma\n").into_typed(), "permalink");
    assert!(text.contains("\npermalink: "), "{text}");
    assert!(keys.contains(&"mood".to_owned()) && !keys.contains(&"title".to_owned()), "{keys:?}");
    let (values, text) = completed(&mut editor, &uri, 3, ("mood: calm", "mood: r"), "rough");
    assert_eq!(values, ["calm", "rough"]);
    assert!(text.contains("\nmood: rough\n"), "{text}");
    let (terms, text) = completed(&mut editor, &uri, 4, ("tags: [배]", "tags: [배, ne"), "nets");
    // Not those of the post itself, one of which is being typed.
    assert_eq!(terms, ["boats", "nets"]);
    assert!(text.contains("\ntags: [배, nets"), "{text}");
    let (_, text) = completed(&mut editor, &uri, 5, ("tags: [배]", "tags:\n  - bo"), "boats");
    assert!(text.contains("\n  - boats\n"), "{text}");
    // Neither the half of a term nor what the list already has.
    let (terms, _) = completed(&mut editor, &uri, 8, ("tags: [배", "tags: [boats, ne"), "nets");
    assert_eq!(terms, ["nets"]);
    let (_, text) = completed(&mut editor, &uri, 9, ("layout: post", "layout: p"), "post");
    assert!(text.contains("layout: post\n"), "{text}");
    let (values, _) = completed(&mut editor, &uri, 10, ("mood: calm", "published: "), "false");
    assert_eq!(values, ["true", "false"]);
    editor.end();
}

/// A key is typed on a line of its own.
trait Typed<'a> {
    fn into_typed(self) -> (&'a str, &'a str);
}

impl<'a> Typed<'a> for (&'a str, &'a str) {
    fn into_typed(self) -> (&'a str, &'a str) {
        (self.0.trim_end(), self.1.trim_end())
    }
}

#[test]
fn links_fragments_and_images_are_completed() {
    let blog = blog();
    let (mut editor, uri) = open(&blog);
    let link = "(/2024/05/02/b.html#nets)";
    let (pages, text) = completed(&mut editor, &uri, 2, (link, "(/20"), "/2024/05/02/b.html");
    assert!(pages.contains(&"/2024/05/01/a.html".to_owned()), "{pages:?}");
    assert!(text.contains("👩 [가나](/2024/05/02/b.html <img"), "{text}");
    let (ids, _) = completed(&mut editor, &uri, 3, (link, "(/2024/05/02/b.html#"), "nets");
    assert_eq!(ids, ["nets"]);
    let (ids, _) = completed(&mut editor, &uri, 4, ("(#끝)", "(#"), "끝");
    assert_eq!(ids, ["끝"]);
    let (_, text) = completed(&mut editor, &uri, 5, ("src=\"/a.jpg\"", "src=\"/as"), "/assets/quay.png");
    assert!(text.contains("<img src=\"/assets/quay.png"), "{text}");
    let (_, text) = completed(&mut editor, &uri, 6, ("[여기](#끝)", "![여기]("), "/assets/quay.png");
    assert!(text.contains("![여기](/assets/quay.png"), "{text}");
    let nothing = editor.request("textDocument/completion", at(&uri, behind(POST, "a joke"))).unwrap();
    assert_eq!(nothing, Value::Null);
    editor.end();
}

#[test]
fn links_lead_to_files_and_headings_and_are_found_again() {
    let blog = blog();
    let (mut editor, uri) = open(&blog);
    let other = crate::server::editor::uri(&blog, "_posts/2024-05-02-b.md");
    let found = editor.request("textDocument/definition", at(&uri, behind(POST, "/2024/05"))).unwrap();
    assert_eq!(
        (&found["uri"], &found["range"]["start"]),
        (&json!(other), &json!({ "line": 7, "character": 0 })),
        "{found}"
    );
    let found = editor.request("textDocument/definition", at(&uri, behind(POST, "(#"))).unwrap();
    assert_eq!((&found["uri"], &found["range"]["start"]["line"]), (&json!(uri), &json!(15)), "{found}");
    let nowhere = editor.request("textDocument/definition", at(&uri, behind(POST, "title"))).unwrap();
    assert_eq!(nowhere, Value::Null);
    // The links to this post, in the other one: by its URL and by its name.
    let links = editor.request("textDocument/references", at(&uri, behind(POST, "title"))).unwrap();
    let lines: Vec<_> =
        links.as_array().unwrap().iter().map(|it| (it["uri"].clone(), it["range"]["start"].clone())).collect();
    let place = |uri: &str, line: u32, character: u32| (json!(uri), json!({ "line": line, "character": character }));
    assert_eq!(lines, [place(&uri, 13, 5), place(&other, 9, 7), place(&other, 9, 39)], "{links:#}");
    // The links to the other post, of which there is one.
    let links = editor.request("textDocument/references", at(&uri, behind(POST, "/2024/05"))).unwrap();
    assert_eq!(links.as_array().unwrap().len(), 1, "{links:#}");
    editor.end();
}

#[test]
fn images_template_links_and_inexact_fragments_lead_somewhere() {
    let blog = blog();
    let (mut editor, uri) = open(&blog);
    let text = format!(
        "{POST}\n![q](/assets/quay.png) [p]({{% post_url 2024-05-02-b %}}) [l]({{% link _posts/2024-05-02-b.md %}}) [n](/2024/05/02/b.html#NETS-)\n"
    );
    editor.replace(&uri, 2, &text);
    let mut found = |word: &str| {
        let found = editor.request("textDocument/definition", at(&uri, behind(&text, word))).unwrap();
        (found["uri"].as_str().unwrap_or_default().to_owned(), found["range"]["start"]["line"].clone())
    };
    let (picture, other) = (
        crate::server::editor::uri(&blog, "assets/quay.png"),
        crate::server::editor::uri(&blog, "_posts/2024-05-02-b.md"),
    );
    assert_eq!(found("![q](/as"), (picture, json!(0)));
    assert_eq!(found("{% post_url"), (other.clone(), json!(0)));
    assert_eq!(found("{% link"), (other.clone(), json!(0)));
    assert_eq!(found("b.html#NET"), (other, json!(7)));
    editor.end();
}

#[test]
fn names_in_suppressions_link_to_their_pages() {
    let blog = blog();
    let (mut editor, uri) = open(&blog);
    let links = editor.request("textDocument/documentLink", json!({ "textDocument": { "uri": uri } })).unwrap();
    let link = &links[0];
    let span = |end: &str| offset(POST, &link["range"][end], "utf-16");
    assert_eq!(&POST[span("start")..span("end")], "alt-missing");
    assert!(link["target"].as_str().unwrap().ends_with("/rules/alt-missing.md"), "{links}");
    editor.end();
}
