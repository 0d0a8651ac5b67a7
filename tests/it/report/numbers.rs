//! JSON, Markdown, the report and the terminal show the same numbers, and all of them name the authority of each rule.

use crate::support::blog::{Blog, code, flat, stderr, stdout};
use postlint::words::thousands;
use serde_json::Value;

/// A Jekyll site with findings of many kinds.
pub fn site() -> Blog {
    Blog::new(&[
        ("_config.yml", "title: 부산 항구 블로그\nurl: https://harbor.example\nlang: ko\n"),
        (
            "_posts/2024-07-30-seoul.md",
            "---\ntitle: 서울과 베이징이 다시 만났습니다\nexcerpt: 두 도시는 해마다 번갈아 만나기로 했습니다.\ntags: [harbor]\n---\n\n\
             ## 시작\n\n<p>&nbsp;</p>\n\n<a href=\"https://market.example/\" rel=\"dofollow\">시장</a>\n\n![](boat.png)\n",
        ),
        (
            "_posts/2024-08-01-market.md",
            "---\ntitle: A morning at the market\ndescription: At four the market is awake.\ntags: [market]\n---\n\n\
             <p>&nbsp;</p>\n\n<p>&nbsp;</p>\n\n[See](https://market.example/) the <a href=\"/nowhere/\">boats</a>.\n",
        ),
        (
            "_posts/2024-08-02-boat.md",
            "---\ntitle: A morning at the market\ndescripton: At four the market is awake.\ntags: [market]\n---\n\n\
             Mackerel &amp; squid. <!-- postlint-ignore-next-line spacer-paragraph: drawn by a script -->\n\n<p>&nbsp;</p>\n",
        ),
        ("_posts/2024-08-03-broken.md", "---\ntitle: \"A\" morning\n---\n\nText.\n"),
    ])
}

/// The JSON of an audit.
pub fn json(blog: &Blog, arguments: &[&str]) -> Value {
    let output = blog.run(&[&["audit", "-q", "--no-cache", "--format", "json"], arguments].concat());
    let text = stdout(&output);
    serde_json::from_str(&text).unwrap_or_else(|error| panic!("{error}: {text} {}", stderr(&output)))
}

/// The report of an audit.
pub fn report(blog: &Blog, arguments: &[&str]) -> String {
    let output = blog.run(&[&["audit", "-q", "--no-cache", "--report", "report.html"], arguments].concat());
    assert!(blog.0.join("report.html").exists(), "{}", stderr(&output));
    blog.read("report.html")
}

fn number(value: &Value) -> String {
    thousands(usize::try_from(value.as_u64().unwrap()).unwrap())
}

/// The text of a report, without tags.
pub fn text(html: &str) -> String {
    let (mut shown, mut in_tag) = (String::new(), false);
    for c in html.chars() {
        match c {
            '<' => in_tag = true,
            '>' => {
                in_tag = false;
                shown.push(' ');
            }
            c if !in_tag => shown.push(c),
            _ => {}
        }
    }
    flat(&shown)
}

#[test]
fn all_outputs_show_the_same_numbers() {
    let blog = site();
    let whole = json(&blog, &[]);
    let (audit, totals) = (&whole["audit"], &whole["audit"]["totals"]);
    assert_eq!(totals["findings"], whole["summary"]["findings"]);
    assert_eq!(totals["errors"], whole["summary"]["errors"]);
    assert_eq!(totals["warnings"], whole["summary"]["warnings"]);
    assert_eq!(totals["posts"], whole["summary"]["posts"]);
    assert_eq!(totals["posts"], 4);
    assert_eq!(totals["waived"], 1);
    assert!(totals["blockers"].as_u64().unwrap() > 0, "{totals}");
    let markdown = stdout(&blog.run(&["audit", "-q", "--no-cache", "--format", "markdown"]));
    let terminal = stdout(&blog.run(&["audit", "-q", "--no-cache", "--format", "full"]));
    let page = text(&report(&blog, &[]));
    let facts = format!("{} of {} posts pass all error checks", number(&totals["passing"]), number(&totals["posts"]));
    for shown in [&flat(&markdown), &flat(&terminal), &page] {
        assert!(shown.contains(&facts), "{facts}: {shown}");
        let blockers = totals["blockers"].as_u64().unwrap();
        assert!(shown.contains(&format!("{blockers} blocker")), "{shown}");
    }
    for rule in audit["rules"].as_array().unwrap() {
        let name = rule["rule"].as_str().unwrap();
        let found = whole["findings"].as_array().unwrap().iter().filter(|it| it["ruleId"] == name).count();
        assert_eq!(rule["findings"], found, "{name}");
        let (findings, files) = (number(&rule["findings"]), number(&rule["files"]));
        let row =
            markdown.lines().find(|line| line.starts_with(&format!("| [{name}]"))).unwrap_or_else(|| panic!("{name}"));
        assert!(row.contains(&format!("| {findings} | {files} |")), "{row}");
        let row = terminal.lines().find(|line| line.trim_start().starts_with(&format!("{name} "))).unwrap();
        assert!(row.contains(&format!("{findings} in {files} file")), "{row}");
        assert!(page.contains(&format!("{findings} in {files} file")), "{name}");
    }
    let pages = audit["pages"].as_array().unwrap();
    let sum = |key: &str| pages.iter().map(|page| page[key].as_u64().unwrap()).sum::<u64>();
    let others = audit["otherFiles"].as_array().unwrap();
    let sum_of_others = |key: &str| others.iter().map(|file| file[key].as_u64().unwrap()).sum::<u64>();
    for key in ["errors", "warnings", "infos"] {
        assert_eq!(sum(key) + sum_of_others(key), totals[key].as_u64().unwrap(), "{key}");
    }
    assert_eq!(pages.len(), 4);
}

#[test]
fn every_output_names_the_authority_of_each_rule() {
    let blog = site();
    let whole = json(&blog, &[]);
    let markdown = stdout(&blog.run(&["audit", "-q", "--no-cache", "--format", "markdown"]));
    let terminal = stdout(&blog.run(&["audit", "-q", "--no-cache", "--format", "full"]));
    let page = text(&report(&blog, &[]));
    let findings = whole["findings"].as_array().unwrap();
    assert!(findings.len() > 5);
    for finding in findings {
        let (rule, authority) = (finding["ruleId"].as_str().unwrap(), finding["authority"].as_str().unwrap());
        let listed = whole["audit"]["rules"].as_array().unwrap().iter().find(|it| it["rule"] == rule).unwrap();
        assert_eq!(listed["authority"], authority);
        let names = |text: &str, start: &str| {
            text.lines().any(|line| line.trim_start().starts_with(start) && line.contains(authority))
        };
        assert!(names(&markdown, &format!("| [{rule}]")), "{rule}: {markdown}");
        assert!(names(&terminal, &format!("{rule} ")), "{rule}: {terminal}");
        let at = page.match_indices(rule).any(|(at, _)| {
            let rest: String = page[at..].chars().take(rule.len() + 240).collect();
            rest.contains(authority)
        });
        assert!(at, "{rule} without {authority}");
    }
    for state in ["passed", "notApplicable"] {
        for rule in whole["audit"][state].as_array().unwrap() {
            let named = format!("{} ({})", rule["rule"].as_str().unwrap(), rule["authority"].as_str().unwrap());
            assert!(page.contains(&named), "{named}");
        }
    }
}

/// Each rule that ran is in exactly one list.
#[test]
fn a_rule_is_found_or_passed_or_not_applicable() {
    let audit = json(&site(), &[])["audit"].take();
    let names = |key: &str| -> Vec<String> {
        audit[key].as_array().unwrap().iter().map(|it| it["rule"].as_str().unwrap().to_owned()).collect()
    };
    let mut all: Vec<String> = [names("rules"), names("passed"), names("notApplicable")].concat();
    let listed = all.len();
    all.sort();
    all.dedup();
    assert_eq!(all.len(), listed, "a rule in two lists");
    assert!(listed as u64 <= audit["scope"]["rules"].as_u64().unwrap());
    assert!(names("passed").contains(&"link-nested".to_owned()), "{:?}", names("passed"));
    assert!(names("notApplicable").contains(&"iframe-untitled".to_owned()), "{:?}", names("notApplicable"));
}

#[test]
fn the_inventory_has_what_posts_have() {
    let audit = json(&site(), &[])["audit"].take();
    let page = |end: &str| {
        let pages = audit["pages"].as_array().unwrap();
        pages.iter().find(|page| page["path"].as_str().unwrap().ends_with(end)).unwrap().clone()
    };
    let seoul = page("seoul.md");
    assert_eq!(seoul["title"]["text"], "서울과 베이징이 다시 만났습니다");
    assert_eq!(seoul["title"]["characters"], 17);
    assert_eq!(seoul["date"], "2024-07-30");
    assert_eq!(seoul["headings"], serde_json::json!([[2, "시작"]]));
    assert_eq!((&seoul["images"], &seoul["linksOut"], &seoul["linksElsewhere"]), (&1.into(), &1.into(), &1.into()));
    assert!(seoul["rules"].as_array().unwrap().contains(&"rel-unknown-token".into()));
    assert_eq!(page("market.md")["linksOut"], 2);
    let shared = &audit["duplicates"][0];
    assert_eq!((&shared["kind"], &shared["posts"]), (&"title".into(), &2.into()), "{shared}");
    let keys = audit["frontMatter"]["keys"].as_array().unwrap();
    let title = keys.iter().find(|key| key["name"] == "title").unwrap();
    assert_eq!(title["posts"], 3, "{title}");
    assert_eq!(audit["links"]["topHosts"][0]["host"], "market.example");
    assert_eq!(audit["waivers"][0]["line"], 7);
    assert!(audit["waivers"][0]["text"].as_str().unwrap().contains("drawn by a script"));
    assert_eq!(audit["scope"]["name"], "부산 항구 블로그");
}

/// A command of the report does what it says.
#[test]
fn the_command_to_begin_with_fixes() {
    let blog = site();
    let audit = json(&blog, &[])["audit"].take();
    let first = audit["fixFirst"].as_array().unwrap();
    let spacer = first.iter().find(|it| it["rule"] == "spacer-paragraph").expect("three findings with fixes");
    assert_eq!(spacer["command"], "postlint fix --select spacer-paragraph");
    let words: Vec<&str> = spacer["command"].as_str().unwrap().split(' ').skip(1).collect();
    assert_eq!(code(&blog.run(&words)), 0);
    let after = json(&blog, &[])["audit"].take();
    assert!(after["rules"].as_array().unwrap().iter().all(|it| it["rule"] != "spacer-paragraph"));
}
