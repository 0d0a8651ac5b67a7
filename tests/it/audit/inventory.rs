//! What the inventory of an audit has of built pages: the head as it was published.

use crate::audit::{page, post, site};
use crate::report::numbers::{json, report, text};
use crate::support::blog::Blog;
use serde_json::Value;

/// The head of a theme, which adds what the post does not have.
const HEAD: &str = "<link rel=\"canonical\" href=\"https://harbour.example.org/quay/\">\n\
    <meta property=\"og:title\" content=\"The quay, seen from the water\">\n\
    <meta property=\"og:description\" content=\"A walk along it.\">\n\
    <meta property=\"og:image\" content=\"https://harbour.example.org/quay.png\">\n\
    <meta name=\"robots\" content=\"noindex\">\n</head>";

/// A post of which a page was built, and one of which none was.
fn half_built() -> Blog {
    let blog = site(&[("The quay", "Long.", "<p>Long.</p>")]);
    blog.write("_posts/2024-05-09-boats.md", &post("The boats", "Blue."));
    let made = page("The quay", "<p>Long.</p>").replace("</head>", HEAD).replace("lang=\"en\"", "lang=\"ko\"");
    blog.write("_site/2024/05/01/post1.html", &made);
    blog
}

fn page_of<'a>(audit: &'a Value, end: &str) -> &'a Value {
    let pages = audit["audit"]["pages"].as_array().unwrap();
    pages.iter().find(|page| page["path"].as_str().unwrap().ends_with(end)).unwrap()
}

#[test]
fn a_built_page_says_what_search_engines_read() {
    let audit = json(&half_built(), &[]);
    let quay = page_of(&audit, "post1.md");
    assert_eq!(quay["built"], "_site/2024/05/01/post1.html");
    assert_eq!(quay["title"]["text"], "The quay | Harbour news");
    assert_eq!(quay["title"]["characters"], 23);
    assert_eq!(quay["description"]["text"], "What The quay is about, in a few words.");
    assert_eq!(quay["canonical"], "https://harbour.example.org/quay/");
    assert_eq!(quay["language"], "ko");
    assert_eq!(quay["noindex"], true);
    assert_eq!(quay["image"], "https://harbour.example.org/quay.png");
    assert_eq!(quay["card"]["title"], "The quay, seen from the water");
    assert_eq!(quay["card"]["description"], "A walk along it.");
    let boats = page_of(&audit, "boats.md");
    assert_eq!(boats["built"], Value::Null);
    assert_eq!(boats["title"]["text"], "The boats");
    assert_eq!(boats["card"]["title"], "The boats");
    assert_eq!(audit["audit"]["scope"]["builtPages"], 1);
}

/// A theme may leave out what the post has.
#[test]
fn what_the_built_page_lacks_is_not_there() {
    let blog = site(&[("The quay", "Long.", "<p>Long.</p>")]);
    let made = page("The quay", "<p>Long.</p>").replace("<meta name=\"description\"", "<meta name=\"summary\"");
    blog.write("_site/2024/05/01/post1.html", &made);
    let audit = json(&blog, &[]);
    let quay = page_of(&audit, "post1.md");
    assert_eq!(quay["description"], Value::Null);
    assert_eq!(quay["card"]["image"], Value::Null);
    assert_eq!(quay["card"]["title"], "The quay | Harbour news", "without Open Graph, cards show the title");
}

#[test]
fn values_of_built_pages_are_decoded_once() {
    let blog = site(&[("The quay", "Long.", "<p>Long.</p>")]);
    let made = page("Fish &amp;amp; <b>", "<p>Long.</p>")
        .replace("<title>Fish &amp;amp; <b>", "<title>Fish &amp;amp; &lt;b&gt;");
    blog.write("_site/2024/05/01/post1.html", &made);
    let audit = json(&blog, &[]);
    assert_eq!(page_of(&audit, "post1.md")["title"]["text"], "Fish &amp; <b> | Harbour news");
}

#[test]
fn the_report_says_where_titles_are_from() {
    let blog = half_built();
    let html = report(&blog, &[]);
    let page = text(&html);
    assert!(page.contains("those of the built pages, or of the front matter where a page was not built"), "{page}");
    assert!(page.contains("(as written: not built)"), "{page}");
    assert!(html.contains(" data-built=\"_site/2024/05/01/post1.html\""));
    std::fs::remove_dir_all(blog.0.join("_site")).unwrap();
    let page = text(&report(&blog, &[]));
    assert!(page.contains("These are the titles and descriptions of the front matter"), "{page}");
    assert!(!page.contains("built pages, or of the front matter"), "{page}");
}

#[test]
fn rules_on_built_pages_that_found_nothing_are_listed() {
    let blog = site(&[("The quay", "Long.", "<p>Long.</p>")]);
    let listed = |audit: &Value| {
        let passed = audit["audit"]["passed"].as_array().unwrap();
        passed.iter().find(|it| it["rule"] == "head-broken").cloned()
    };
    let state = listed(&json(&blog, &[])).expect("it reads built pages only");
    assert_eq!((&state["posts"], &state["builtPages"]), (&0.into(), &1.into()));
    assert!(
        text(&report(&blog, &[])).contains("head-broken (standard) in 1 built page"),
        "{}",
        text(&report(&blog, &[]))
    );
    std::fs::remove_dir_all(blog.0.join("_site")).unwrap();
    assert_eq!(listed(&json(&blog, &[])), None, "it did not run");
}

/// Commands that fix do not read built pages.
#[test]
fn the_commands_of_the_report_are_accepted() {
    let spacers = "<p>&nbsp;</p>\n\nLong.\n\n<p>&nbsp;</p>\n\nLong.";
    let blog = site(&[("The quay", spacers, "<p>&nbsp;</p><p>Long.</p>")]);
    let audit = json(&blog, &["--built", "_site"]);
    let rules = audit["audit"]["rules"].as_array().unwrap();
    let commands: Vec<&str> = rules.iter().map(|rule| rule["command"].as_str().unwrap()).collect();
    assert!(commands.contains(&"postlint fix --select spacer-paragraph"), "{commands:?}");
    assert!(commands.contains(&"postlint audit --select internal-link-broken --built _site"), "{commands:?}");
    for command in commands {
        let words: Vec<&str> = command.split(' ').skip(1).collect();
        let output = blog.run(&words);
        assert!(output.status.code().unwrap() < 2, "{command}: {}", String::from_utf8_lossy(&output.stderr));
    }
}
