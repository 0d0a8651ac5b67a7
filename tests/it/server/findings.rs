//! The findings of the server are those of the command line.

use crate::server::editor::{Editor, Spotted, checked, pushed, reported, spotted, uri};
use crate::support::blog::{Blog, code};
use crate::support::environment;
use crate::support::shared;
use postlint::server::uris;
use serde_json::{Value, json};
use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

/// A post with emoji, Korean and a byte order mark or not, and findings behind them on the same lines.
const POST: &str =
    "---\ntitle: 항구의 아침\nlayout: post\n---\n\n👩‍👩‍👧‍👦 가나다 <img src=\"/a.jpg\"> 끝 <font>속보</font>\n\n#제목\n";

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        if entry.path().is_dir() {
            copy(&entry.path(), &to.join(entry.file_name()));
        } else {
            fs::copy(entry.path(), to.join(entry.file_name())).unwrap();
        }
    }
}

/// The Markdown and HTML files of a blog.
fn posts(blog: &Blog) -> Vec<String> {
    let (mut names, mut folders) = (Vec::new(), vec![PathBuf::new()]);
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(blog.0.join(&folder)).unwrap() {
            let entry = entry.unwrap();
            let inside = folder.join(entry.file_name());
            if entry.path().is_dir() {
                folders.push(inside);
            } else if [".md", ".html", ".mdx"].iter().any(|end| entry.path().to_str().unwrap().ends_with(end)) {
                names.push(inside.to_str().unwrap().to_owned());
            }
        }
    }
    names.sort();
    names
}

/// Opens each of the files and compares. Returns the number of findings.
#[track_caller]
fn same(blog: &Blog, names: &[String], encoding: &str) -> usize {
    let mut editor = Editor::new(&blog.0, pushed(encoding));
    let mut all = 0;
    for name in names {
        editor.open(&uri(blog, name), &blog.read(name));
    }
    for name in names {
        let (text, expected) = (blog.read(name), checked(blog, name));
        let found = editor.wait(&uri(blog, name), |found| spotted(found, &text, encoding) == expected);
        assert_eq!(spotted(&found, &text, encoding), expected, "{name}");
        all += expected.len();
    }
    editor.end();
    all
}

#[test]
fn those_of_the_command_line_in_each_encoding() {
    for (encoding, text) in [("utf-8", POST.to_owned()), ("utf-16", POST.to_owned()), ("utf-32", POST.to_owned())] {
        let blog = Blog::new(&[
            ("_config.yml", "title: Harbour\n"),
            ("_posts/2024-05-01-a.md", &text),
            ("_posts/2024-05-02-b.md", &text.replace('\n', "\r\n")),
            ("_posts/2024-05-03-c.md", &format!("\u{feff}{text}")),
        ]);
        let names = posts(&blog);
        let all = same(&blog, &names, encoding);
        assert!(all >= 9, "{all}");
    }
}

#[test]
fn those_of_the_command_line_on_whole_sites() {
    let repository = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut all = 0;
    let mdx = "---\ntitle: 항구\n---\n\nimport Quay from './quay'\n\n👩 가나 <Quay /> <img src=\"/a.jpg\" /> {1 + 1}\n";
    let blog = Blog::new(&[
        ("docusaurus.config.js", "module.exports = { title: 'Harbour' };\n"),
        ("blog/2024-05-01-a.mdx", mdx),
    ]);
    all += same(&blog, &posts(&blog), "utf-16");
    assert!(all > 0, "{all}");
    for site in ["fixtures/sites/jekyll", "fixtures/sites/kramdown", "docs"] {
        let blog = Blog::new(&[]);
        copy(&repository.join(site), &blog.0);
        let names: Vec<String> = posts(&blog).into_iter().take(9).collect();
        assert!(!names.is_empty(), "{site}");
        all += same(&blog, &names, "utf-16");
    }
    assert!(all > 10, "{all}");
}

/// Sites of all generators, if they are there: of each a few posts.
#[test]
#[ignore = "takes minutes"]
fn those_of_the_command_line_on_the_corpus() {
    let Some(corpus) = shared::find("corpus") else { return };
    let mut all = 0;
    for site in fs::read_dir(corpus).unwrap().map(|entry| entry.unwrap().path()).filter(|path| path.is_dir()) {
        let posts = shared::files(&site, &["md", "mdx", "html", "markdown"]);
        let mut editor = Editor::new(&site, pushed("utf-16"));
        for post in posts.iter().step_by(posts.len().div_ceil(5)) {
            let Ok(text) = fs::read_to_string(post) else { continue };
            let mut command = environment::postlint();
            command.current_dir(&site).args(["check", "--force-exclude", "--format", "json"]).arg(post);
            let (expected, uri) = (reported(&mut command), uris::uri(post).0);
            editor.open(&uri, &text);
            let found = editor.wait(&uri, |found| spotted(found, &text, "utf-16") == expected);
            assert_eq!(spotted(&found, &text, "utf-16"), expected, "{}", post.display());
            all += expected.len();
        }
        editor.end();
        eprintln!("{}: {all}", site.display());
    }
    assert!(all > 100, "{all}");
}

#[test]
fn suppressed_known_and_excluded_findings_are_not_shown() {
    let suppressed = POST.replace("👩", "<!-- postlint-ignore all -- a joke -->\n👩");
    let blog = Blog::new(&[
        ("_config.yml", "title: Harbour\nexclude: [drafts]\n"),
        ("postlint.yml", "ignore: [_posts/2024-05-04-ignored.md]\n"),
        (".gitignore", "/secret.md\n"),
        ("_posts/2024-05-01-suppressed.md", &suppressed),
        ("_posts/2024-05-02-known.md", POST),
        ("_posts/2024-05-04-ignored.md", POST),
        ("drafts/excluded.md", POST),
        ("secret.md", POST),
        ("_site/built.html", "<img src=\"a.png\">"),
        ("notes.txt", "<img>"),
    ]);
    assert_eq!(code(&blog.run(&["check", "--write-baseline", "_posts/2024-05-02-known.md"])), 0);
    let names = posts(&blog);
    assert_eq!(names.len(), 6, "{names:?}");
    same(&blog, &names, "utf-16");
    let mut editor = Editor::new(&blog.0, pushed("utf-16"));
    for name in ["notes.txt", "_site/built.html", "secret.md", "drafts/excluded.md", "_posts/2024-05-04-ignored.md"] {
        editor.open(&uri(&blog, name), &blog.read(name));
        assert_eq!(editor.wait(&uri(&blog, name), |_| true), [] as [Value; 0], "{name}");
    }
}

#[test]
fn edits_of_files_that_are_not_checked_do_not_check_others_again() {
    let blog = Blog::new(&[
        ("_config.yml", "title: Harbour\n"),
        ("postlint.yml", "ignore: [old/]\n"),
        ("_posts/2024-05-01-a.md", POST),
        ("old/ignored.md", POST),
    ]);
    let (a, ignored) = (uri(&blog, "_posts/2024-05-01-a.md"), uri(&blog, "old/ignored.md"));
    let mut editor = Editor::new(&blog.0, pushed("utf-16"));
    editor.open(&a, POST);
    editor.open(&ignored, POST);
    editor.wait_for_version(&ignored, 1);
    editor.listen(Duration::from_secs(1));
    let before = editor.publications;
    editor.replace(&ignored, 2, "# Other\n");
    editor.listen(Duration::from_secs(1));
    assert_eq!(editor.publications, before + 1, "only of itself");
    editor.end();
}

fn titled(title: &str) -> String {
    format!("---\nlayout: post\ntitle: {title}\n---\n\nThe boats came in early, and {title} is all that was said.\n")
}

fn names(found: &[Spotted]) -> Vec<&str> {
    found.iter().map(|(rule, ..)| rule.as_str()).collect()
}

/// A site with two posts, and their URIs.
fn nets_and_ropes(config: &str) -> (Blog, [String; 2]) {
    let names = ["_posts/2024-05-01-a.md", "_posts/2024-05-02-b.md"];
    let blog = Blog::new(&[("_config.yml", config), (names[0], &titled("Nets")), (names[1], &titled("Ropes"))]);
    let uris = names.map(|name| uri(&blog, name));
    (blog, uris)
}

#[test]
fn rules_across_posts_see_the_texts_of_open_documents() {
    let (blog, [a, b]) = nets_and_ropes("title: Harbour\nlang: en\n");
    let mut editor = Editor::new(&blog.0, pushed("utf-16"));
    editor.open(&a, &titled("Nets"));
    assert_eq!(editor.wait(&a, |_| true), [] as [Value; 0]);
    // Not saved: only the editor knows.
    editor.open(&b, &titled("Nets"));
    let shared = |text: &'static str| move |found: &[Value]| found.len() == 1 && found[0]["code"] == text;
    let found = editor.wait(&b, shared("title-shared"));
    assert_eq!(names(&spotted(&found, &titled("Nets"), "utf-16")), ["title-shared"]);
    let related = &found[0]["relatedInformation"][0];
    assert_eq!(related["location"]["uri"], a, "{found:?}");
    assert_eq!(related["location"]["range"]["start"], json!({ "line": 2, "character": 7 }));
    assert_eq!(editor.wait(&a, shared("title-shared")).len(), 1, "the other document has it as well");
    editor.replace(&b, 2, &titled("Ropes"));
    assert_eq!(editor.wait(&a, <[Value]>::is_empty), [] as [Value; 0]);
    assert_eq!(editor.wait(&b, <[Value]>::is_empty), [] as [Value; 0]);
    // An edit in front moves what was found, until it is found again.
    editor.replace(&b, 3, &titled("Nets"));
    editor.wait(&b, shared("title-shared"));
    editor.change(&b, 4, json!([{ "range": { "start": { "line": 1, "character": 0 }, "end": { "line": 1, "character": 0 } }, "text": "lang: en\n" }]));
    let found = editor.wait(&b, |found| found.first().is_some_and(|it| it["range"]["start"]["line"] == 3));
    assert_eq!(found.len(), 1, "{found:?}");
    // The file counts again when the document is closed.
    editor.notify("textDocument/didClose", json!({ "textDocument": { "uri": b } }));
    assert_eq!(editor.wait(&a, <[Value]>::is_empty), [] as [Value; 0]);
    editor.end();
}

#[test]
fn a_url_that_changes_as_it_is_typed_counts_for_other_posts() {
    let (blog, [a, b]) = nets_and_ropes("title: Harbour\nlang: en\npermalink: /:title.html\n");
    let mut editor = Editor::new(&blog.0, pushed("utf-16"));
    editor.open(&a, &titled("Nets"));
    editor.open(&b, &titled("Ropes"));
    let collide = |found: &[Value]| found.len() == 1 && found[0]["code"] == "permalink-collision";
    let at = |line: u32, character: u32| json!({ "line": line, "character": character });
    editor.change(&b, 2, json!([{ "range": { "start": at(1, 0), "end": at(1, 0) }, "text": "permalink: /a.html\n" }]));
    assert!(collide(&editor.wait(&a, collide)));
    assert!(collide(&editor.wait(&b, collide)));
    editor.change(&b, 3, json!([{ "range": { "start": at(1, 12), "end": at(1, 13) }, "text": "c" }]));
    assert_eq!(editor.wait(&a, <[Value]>::is_empty), [] as [Value; 0]);
    assert_eq!(editor.wait(&b, <[Value]>::is_empty), [] as [Value; 0]);
    editor.end();
}

#[test]
fn files_that_change_on_the_disk_count() {
    let (blog, [a, b]) = nets_and_ropes("title: Harbour\nlang: en\n");
    let mut editor = Editor::new(&blog.0, pushed("utf-16"));
    editor.open(&a, &titled("Nets"));
    editor.wait(&a, |_| true);
    editor.listen(Duration::from_millis(500));
    let tell = |editor: &Editor, uri: &str, kind: u32| {
        let changes = json!({ "changes": [{ "uri": uri, "type": kind }] });
        editor.notify("workspace/didChangeWatchedFiles", changes);
    };
    blog.write("_posts/2024-05-02-b.md", &titled("Nets"));
    tell(&editor, &b, 2);
    assert_eq!(editor.wait(&a, |found| found.len() == 1)[0]["code"], "title-shared");
    fs::remove_file(blog.0.join("_posts/2024-05-02-b.md")).unwrap();
    tell(&editor, &b, 3);
    assert_eq!(editor.wait(&a, <[Value]>::is_empty), [] as [Value; 0]);
    blog.write("_posts/2024-05-03-c.md", &titled("Nets"));
    tell(&editor, &uri(&blog, "_posts/2024-05-03-c.md"), 1);
    assert_eq!(editor.wait(&a, |found| found.len() == 1)[0]["code"], "title-shared");
    blog.write("postlint.yml", "rules: {title-shared: off}\n");
    tell(&editor, &uri(&blog, "postlint.yml"), 1);
    assert_eq!(editor.wait(&a, <[Value]>::is_empty), [] as [Value; 0]);
    editor.end();
}

#[test]
fn whoever_saves_sees_what_counts_now_without_watching() {
    let blog = Blog::new(&[("_config.yml", "title: Harbour\nlang: en\n"), ("_posts/2024-05-01-a.md", &titled("Nets"))]);
    let a = uri(&blog, "_posts/2024-05-01-a.md");
    let mut editor = Editor::new(&blog.0, pushed("utf-16"));
    editor.open(&a, &titled("Nets"));
    assert_eq!(editor.wait(&a, |_| true), [] as [Value; 0]);
    editor.listen(Duration::from_millis(500));
    blog.write("_posts/2024-05-03-c.md", &titled("Nets"));
    editor.notify("textDocument/didSave", json!({ "textDocument": { "uri": a } }));
    assert_eq!(editor.wait(&a, |found| found.len() == 1)[0]["code"], "title-shared");
    editor.end();
}

#[test]
fn diagnostics_say_all_that_is_known() {
    let blog = Blog::new(&[("_config.yml", "title: Harbour\n"), ("_posts/2024-05-01-a.md", POST)]);
    let name = uri(&blog, "_posts/2024-05-01-a.md");
    let mut editor = Editor::new(&blog.0, pushed("utf-8"));
    assert_eq!(editor.introduction["capabilities"]["positionEncoding"], "utf-8");
    editor.open(&name, POST);
    let found = editor.wait(&name, |_| true);
    let of = |rule: &str| found.iter().find(|it| it["code"] == rule).unwrap_or_else(|| panic!("{rule}: {found:#?}"));
    let missing = of("alt-missing");
    assert_eq!((&missing["severity"], &missing["source"]), (&json!(1), &json!("postlint")), "{missing:#}");
    let page = missing["codeDescription"]["href"].as_str().unwrap();
    assert!(page.ends_with("/rules/alt-missing.md"), "{page}");
    assert!(missing["message"].as_str().unwrap().contains("\nhelp: "), "{missing:#}");
    assert_eq!(of("element-obsolete")["tags"], json!([2]));
    editor.end();
}

#[test]
fn clients_that_ask_for_diagnostics_are_told_when_to_ask_again() {
    let blog = Blog::new(&[
        ("_config.yml", "title: Harbour\nlang: en\n"),
        ("_posts/2024-05-01-a.md", &titled("Nets")),
        ("_posts/2024-05-02-b.md", &titled("Nets")),
    ]);
    let mut editor = Editor::new(
        &blog.0,
        json!({
            "textDocument": { "diagnostic": { "relatedInformation": true } },
            "workspace": { "diagnostics": { "refreshSupport": true } },
        }),
    );
    let provider = &editor.introduction["capabilities"]["diagnosticProvider"];
    assert_eq!(provider["interFileDependencies"], true, "{}", editor.introduction);
    let a = uri(&blog, "_posts/2024-05-01-a.md");
    editor.open(&a, &titled("Nets"));
    let ask = json!({ "textDocument": { "uri": a } });
    let first = editor.request("textDocument/diagnostic", ask.clone()).unwrap();
    assert_eq!((&first["kind"], &first["items"]), (&json!("full"), &json!([])));
    let refreshes = |editor: &Editor| editor.told.iter().filter(|(it, _)| it == "workspace/diagnostic/refresh").count();
    for _ in 0..300 {
        editor.listen(Duration::from_millis(100));
        if refreshes(&editor) > 0 {
            break;
        }
    }
    assert_eq!(refreshes(&editor), 1, "not after what the client has done itself");
    let second = editor.request("textDocument/diagnostic", ask).unwrap();
    assert_eq!(second["items"][0]["code"], "title-shared", "{second}");
    editor.end();
}
