//! The report as a page: nothing of posts is obeyed, nothing is asked from the network, and our own rules find nothing.

use crate::report::numbers::{report, site, text};
use crate::support::blog::{Blog, code, stderr, stdout};

#[test]
fn nothing_from_posts_is_obeyed() {
    let attack = "</script><img src=x onerror=alert(1)>";
    let post = format!(
        "---\ntitle: '{attack}'\ndescription: '\"><script>alert(2)</script>'\nlang: 'ko\" onclick=\"alert(3)'\nimage: '/a\"><b>.png'\n\
         'ke<y>': 1\ntags: ['<i>']\n---\n\n## <b onclick=alert(4)>{attack}\n\n<a href=\"https://evil.example/'><u>\" rel=\"dofollow\">x</a>\n\n\
         ![{attack}](</b\"oat.png>)\n\n<!-- postlint-ignore-next-line spacer-paragraph: </code><script>alert(5)</script> -->\n\n<p>&nbsp;</p>\n"
    );
    let name = "_posts/2024-07-30-<s>'\"&.md";
    let blog = Blog::new(&[("_config.yml", "title: '</title><script>alert(6)</script>'\n"), (name, &post)]);
    let html = report(&blog, &[]);
    assert_eq!(html.matches("<script").count(), 2, "only the scripts of the report");
    assert_eq!(html.matches("</script>").count(), 2);
    for tag in ["<img", "<b onclick", "<u>", "<s>", "<i>\"", "<y>", "onclick=\"alert"] {
        assert!(!html.contains(tag), "{tag}");
    }
    assert!(text(&html).contains("&lt;/script&gt;&lt;img src=x onerror=alert(1)&gt;"), "the title is shown");
}

/// Invisible characters and those that turn the direction of text are shown by name.
#[test]
fn nothing_is_invisible() {
    let post = "---\ntitle: \"A\\u202Eb\\u200Bc\"\n---\n\n<p>&nbsp;</p>\u{202e}\n";
    let blog = Blog::new(&[("_posts/2024-07-30-boat.md", post)]);
    let html = report(&blog, &[]);
    assert!(!html.contains(['\u{202e}', '\u{200b}', '\u{0}']));
    assert!(html.contains("⟨BIDI⟩"));
}

#[test]
fn no_request_leaves_the_page() {
    let html = report(&site(), &[]);
    for word in
        ["<link", "<iframe", "<img", "src=", "@import", "url(", "fetch(", "XMLHttpRequest", "import(", "<base", "<form"]
    {
        assert!(!html.contains(word), "{word}");
    }
    assert!(html.starts_with("<!doctype html>\n") && html.contains("\n<html lang=\"en\">\n"));
}

#[test]
fn our_own_rules_find_nothing_in_it() {
    let blog = site();
    report(&blog, &[]);
    let output = blog.run(&["--site", "plain", "--isolated", "--no-cache", "--format", "concise", "report.html"]);
    assert_eq!(code(&output), 0, "{}{}", stdout(&output), stderr(&output));
    assert_eq!(stdout(&output), "");
}

/// In the report, a template of a post is text.
#[test]
fn templates_in_excerpts_are_text() {
    let post = "---\ntitle: A {{ page.name }}\n---\n\n<img src=\"/{{ page.boat }}.png\"> {% if page.harbour %}Boats{% endif %}\n";
    let blog = Blog::new(&[("_posts/2024-07-30-boat.md", post), ("_config.yml", "title: Harbour\n")]);
    let html = report(&blog, &[]);
    assert!(!html.contains("{{") && !html.contains("{%"));
    assert!(text(&html).contains("&#123;&#123; page.boat }}"), "the excerpt is shown");
    let output = blog.run(&["--site", "plain", "--isolated", "--no-cache", "--format", "concise", "report.html"]);
    assert_eq!(stdout(&output), "");
}

#[test]
fn the_sections_are_in_order_and_can_be_linked_to() {
    let html = report(&site(), &[]);
    let sections = [
        "scope", "first", "facts", "findings", "inventory", "previews", "duplicates", "front-matter", "links",
        "images", "rest",
    ];
    let places: Vec<usize> =
        sections.map(|name| html.find(&format!("<section id=\"{name}\"")).unwrap_or_else(|| panic!("{name}"))).to_vec();
    assert!(places.is_sorted(), "{places:?}");
    for target in ["rule/spacer-paragraph", "page/_posts/2024-07-30-seoul.md"] {
        assert!(html.contains(&format!(" id=\"{target}\"")), "{target}");
    }
    // Every link inside of the page leads somewhere.
    for href in html.split("href=\"#").skip(1).map(|rest| rest.split('"').next().unwrap()) {
        assert!(html.contains(&format!(" id=\"{href}\"")), "#{href}");
    }
}

#[test]
fn previews_show_where_texts_are_cut() {
    let title = "What the auctioneers of the Jagalchi fish market taught me about waiting for the right moment";
    let korean = "6년 만에 재개된 한중 수도 회담에서 서울과 베이징이 약속한 경제와 문화 협력 열 가지를 정리했습니다";
    let post = |title: &str| format!("---\ntitle: {title}\ndescription: About it.\n---\n\nText.\n");
    let (english, korean) = (post(title), post(korean));
    let blog = Blog::new(&[("_posts/2024-07-30-market.md", &english), ("_posts/2024-07-31-seoul.md", &korean)]);
    let html = report(&blog, &[]);
    let lost: Vec<&str> =
        html.split("<span class=\"lost\">").skip(1).map(|rest| rest.split('<').next().unwrap()).collect();
    // As `title-wide` says: after 66 characters.
    let rest: String = title.chars().skip(66).collect();
    assert!(lost.contains(&rest.as_str()), "{lost:?}");
    // Naver: after 40 characters.
    let naver: String = title.chars().skip(40).collect();
    assert!(lost.contains(&naver.as_str()), "{lost:?}");
    assert!(lost.iter().any(|it| it.contains("정리했습니다")), "{lost:?}");
}

/// A report in the folder of the posts is not one of them.
#[test]
fn two_runs_write_the_same_report() {
    let blog = site();
    let first = report(&blog, &[]);
    assert_eq!(report(&blog, &[]), first);
    assert!(!stdout(&blog.run(&["--no-cache", "--format", "concise"])).contains("report.html"));
}

#[test]
fn where_a_report_is_written_is_said() {
    let blog = site();
    let said = |arguments: &[&str]| stderr(&blog.run(&[&["audit", "--no-cache"], arguments].concat()));
    assert!(said(&["--report", "out.html"]).contains("\nwrote out.html\n"), "{}", said(&["--report", "out.html"]));
    assert!(!said(&["--report", "out.html", "-q"]).contains("out.html"));
    assert!(!said(&[]).contains("wrote"));
}

#[test]
fn a_report_that_cannot_be_written_is_an_error() {
    let blog = site();
    let output = blog.run(&["audit", "-q", "--no-cache", "--report", "no/where.html"]);
    assert_eq!(code(&output), 2);
    assert!(stderr(&output).contains("no/where.html"), "{}", stderr(&output));
    let output = blog.run(&["audit", "-q", "--report", "a.html", "--format", "markdown=a.html"]);
    assert_eq!(code(&output), 2, "{}", stderr(&output));
}

/// The inventory has no column that is empty in all rows.
#[test]
fn empty_columns_are_left_out() {
    let columns = |html: &str| -> Vec<String> {
        let head =
            html.split("<table id=\"pages-table\">").nth(1).unwrap().split("</thead>").next().unwrap().to_owned();
        head.split("data-k=\"").skip(1).map(|rest| rest.split('"').next().unwrap().to_owned()).collect()
    };
    let blog =
        Blog::new(&[("a.md", "---\ntitle: The tide\n---\n\nLow.\n"), ("b.md", "---\ntitle: The quay\n---\n\nLong.\n")]);
    let html = report(&blog, &["--ignore", "summary-missing"]);
    assert_eq!(columns(&html), ["page", "title", "characters"]);
    let rows = html.split("<tr id=\"page/").skip(1).map(|row| row.split("</tr>").next().unwrap());
    assert_eq!(rows.map(|row| row.matches("<td").count()).collect::<Vec<_>>(), [2, 2]);
    let all = columns(&report(&site(), &[]));
    for column in ["errors", "warnings", "description", "date", "headings", "images", "linksOut"] {
        assert!(all.contains(&column.to_owned()), "{column}: {all:?}");
    }
    // Where rows become blocks, cells name their columns.
    assert!(html.contains("td:nth-child(3)::before { content: \"Characters \"; }"));
}

/// Every rule that ran is counted, and one that had nothing to look at says why.
#[test]
fn rules_that_found_nothing_say_why() {
    let blog = site();
    let audit = crate::report::numbers::json(&blog, &[])["audit"].take();
    for rule in audit["notApplicable"].as_array().unwrap() {
        assert!(rule["why"].is_string(), "{rule}");
    }
    let why = |name: &str| {
        let rules = audit["notApplicable"].as_array().unwrap();
        rules.iter().find(|it| it["rule"] == name).and_then(|it| it["why"].as_str()).map(str::to_owned)
    };
    assert_eq!(why("iframe-untitled").as_deref(), Some("no post has an `iframe`"));
    assert!(audit["passed"].as_array().unwrap().iter().all(|rule| rule["why"].is_null()));
    let count = |key: &str| audit[key].as_array().unwrap().len();
    let sum = format!(
        "Of {} rules that ran, {} found something, {} found nothing, and {} had nothing to look at.",
        audit["scope"]["rules"],
        count("rules"),
        count("passed"),
        count("notApplicable")
    );
    assert!(text(&report(&blog, &[])).contains(&sum), "{sum}");
}

/// The limits are those that the pages of the rules show.
#[test]
fn limits_are_those_of_the_rules() {
    let blog = site();
    let page = text(&report(&blog, &[]));
    let default = |rule: &str, option: &str| {
        let output = stdout(&blog.run(&["explain", rule, "--format", "json"]));
        let rule: serde_json::Value = serde_json::from_str(&output).unwrap();
        let options = rule[0]["options"].as_array().unwrap().clone();
        options.iter().find(|it| it["name"] == option).unwrap()["default"].to_string()
    };
    let [title, desktop, phone] =
        [("title-wide", "max"), ("description-wide", "desktop"), ("description-wide", "mobile")]
            .map(|(rule, option)| default(rule, option));
    let said = format!("titles are cut at about {title}, descriptions at about {desktop}, on phones at about {phone}.");
    assert!(page.contains(&said), "{said}");
    let naver = include_str!("../../../presets/naver.yml");
    assert!(naver.contains("{max-characters: 40}") && naver.contains("{max-characters: 80}"), "{naver}");
    assert!(page.contains("Naver’s 40 and 80 characters"));
}

/// The rows of the table are all files with findings: their sums are the totals, and a filter by rule finds each.
#[test]
fn every_file_with_findings_has_a_row() {
    let made = "<p><img src=\"/gone.png\" alt=\"\" width=\"1\" height=\"1\"></p>";
    let blog = crate::audit::site(&[("The quay", "Long.", made)]);
    let audit = crate::report::numbers::json(&blog, &[])["audit"].take();
    let others: Vec<&str> =
        audit["otherFiles"].as_array().unwrap().iter().map(|it| it["path"].as_str().unwrap()).collect();
    assert!(others.contains(&"_layouts/post.html"), "{others:?}");
    let html = report(&blog, &[]);
    for rule in audit["rules"].as_array().unwrap() {
        let name = rule["rule"].as_str().unwrap();
        let rows = html.matches("data-rules=\"").count();
        assert!(
            rows > 0
                && html
                    .split("data-rules=\"")
                    .skip(1)
                    .any(|row| { row.split('"').next().unwrap().split(' ').any(|it| it == name) }),
            "{name}"
        );
    }
}

/// Where posts had other URLs once, the form of these is what to restore.
#[test]
fn broken_links_of_one_form_have_one_cause() {
    for name in ["the-boats-of-day", "항구에서-배를-본-날"] {
        one_cause_of(name);
    }
}

fn one_cause_of(name: &str) {
    let blog = Blog::new(&[("_config.yml", "title: Harbour\nurl: https://harbour.example.org\nlang: en\n")]);
    for day in 1..=20 {
        let other = day % 20 + 1;
        let body = format!("See [the day](/2024/{name}-{other}.html).");
        let post = format!("---\ntitle: Boats {day}\ndescription: Those of day {day}.\n---\n\n{body}\n");
        blog.write(&format!("_posts/2024-05-{day:02}-{name}-{day}.md"), &post);
    }
    let cause = |blog: &Blog| {
        let audit = crate::report::numbers::json(blog, &[])["audit"].take();
        let rules = audit["rules"].as_array().unwrap().clone();
        rules.iter().find(|it| it["rule"] == "internal-link-broken").map(|it| it["cause"].clone())
    };
    let said = cause(&blog).unwrap();
    let wanted = format!(
        "all of these 20 links have the form `/:year/:title.html`, and lead to posts that now have URLs such as \
                  `/2024/05/02/{name}-2.html`"
    );
    assert!(said.as_str().unwrap().starts_with(&wanted), "{said}");
    assert!(said.as_str().unwrap().contains("set `permalink: /:year/:title.html` in the config"), "{said}");
    assert!(text(&report(&blog, &[])).contains("One cause:"));
    // As it says, that repairs them.
    let config = "title: Harbour\nurl: https://harbour.example.org\nlang: en\npermalink: /:year/:title.html\n";
    blog.write("_config.yml", config);
    assert_eq!(cause(&blog), None);
    // Links that have nothing in common have no cause.
    blog.write("_config.yml", "title: Harbour\nurl: https://harbour.example.org\nlang: en\n");
    for day in 1..=20 {
        let post = format!(
            "---\ntitle: Boats {day}\ndescription: Those of day {day}.\n---\n\nSee [it](/2024/05/{day:02}/the-ferry-to-island-{day}.html).\n"
        );
        blog.write(&format!("_posts/2024-05-{day:02}-{name}-{day}.md"), &post);
    }
    assert_eq!(cause(&blog), Some(serde_json::Value::Null));
}
