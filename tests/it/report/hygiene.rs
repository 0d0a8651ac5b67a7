//! The hygiene score: the same number in every output, and a sum that can be followed.

use crate::report::numbers::{json, report, site, text};
use crate::support::blog::{Blog, code, flat, stderr, stdout};
use crate::support::shared;
use std::fs;

/// A post like that which the score was designed with: a link with `dofollow`, a table without headers, and nothing else
/// that is scored.
fn news() -> Blog {
    let post = "---\ntitle: 서울과 베이징이 다시 만났습니다\ncategories:\n  - 정치\nexcerpt: >\n  두 도시는 해마다 번갈아 만나기로 했습니다.\n\
                image: /assets/img/newspaper.png\n---\n\n<p><img src=\"/assets/img/newspaper.png\" alt=\"시장 앞의 두 사람\" /></p>\n\n\
                <h2>시작</h2>\n\n<p>두 도시는 해마다 만나기로 했습니다.</p>\n\n\
                <table><tbody><tr><td>도시</td><td>시장</td></tr><tr><td>서울</td><td>오세훈</td></tr><tr><td>베이징</td><td>인융</td></tr></tbody></table>\n\n\
                <p><a href=\"https://market.example/\" rel=\"dofollow\">시장의 이야기를 더 읽기</a></p>\n";
    Blog::new(&[("_posts/2024-07-30-seoul.md", post), ("assets/img/newspaper.png", "png")])
}

fn explained(blog: &Blog, file: &str) -> String {
    let output = blog.run(&["explain-score", file]);
    assert_eq!(code(&output), 0, "{}", stderr(&output));
    stdout(&output)
}

#[test]
fn the_sum_is_printed() {
    let blog = news();
    let text = explained(&blog, "_posts/2024-07-30-seoul.md");
    assert!(text.starts_with("_posts/2024-07-30-seoul.md: 95 of 100 (hygiene/1)\n"), "{text}");
    assert!(text.contains("195 of 205 points are 95 of 100\n"), "{text}");
    assert!(text.contains("scored on 35 checks, 6 not applicable\n"), "{text}");
    let rows: Vec<&str> = text.lines().filter(|line| line.contains(" of ") && line.starts_with("  ")).collect();
    assert_eq!(rows.len(), 35);
    let lost: Vec<&&str> = rows.iter().filter(|row| row.ends_with("pass")).collect();
    assert_eq!(lost.len(), 2, "{lost:?}");
    assert!(text.contains("not a measure of ranking or quality"));
    let weights: Vec<u32> =
        rows.iter().filter_map(|row| row.split(" of ").nth(1)?.split_whitespace().next()?.parse().ok()).collect();
    assert_eq!(weights.iter().sum::<u32>(), 205);
    assert_eq!([10, 5, 2].map(|weight| weights.iter().filter(|it| **it == weight).count()), [9, 21, 5]);
}

/// The post that the score was designed with, where it is at hand.
#[test]
fn the_example_of_the_design_has_95() {
    let Some(folder) = shared::find("seed/_posts") else { return };
    for entry in fs::read_dir(folder).unwrap() {
        let post = fs::read_to_string(entry.unwrap().path()).unwrap();
        let blog = Blog::new(&[("_posts/2024-07-30-seoul.md", &post)]);
        let text = explained(&blog, "_posts/2024-07-30-seoul.md");
        assert!(text.contains("195 of 205 points are 95 of 100"), "{text}");
        assert!(text.contains("scored on 35 checks"), "{text}");
        assert!(text.contains("15 findings not scored"), "{text}");
    }
}

#[test]
fn the_number_is_the_same_everywhere() {
    let blog = site();
    let whole = json(&blog, &[]);
    let hygiene = &whole["audit"]["hygiene"];
    let pages = whole["audit"]["pages"].as_array().unwrap();
    let mut scores = Vec::new();
    for page in pages {
        let Some(score) = page["hygiene"].as_u64() else { continue };
        let text = explained(&blog, page["path"].as_str().unwrap());
        assert!(text.contains(&format!(": {score} of 100 (hygiene/1)")), "{score}: {text}");
        scores.push(score);
    }
    scores.sort_unstable();
    assert_eq!(hygiene["posts"], scores.len());
    assert!(scores.len() >= 3);
    let (upper, lower) = (scores[scores.len() / 2], scores[(scores.len() - 1) / 2]);
    assert_eq!(hygiene["median"], u64::midpoint(upper, lower));
    assert_eq!(hygiene["low"], scores[scores.len() / 10]);
    let page = text(&report(&blog, &[]));
    assert!(page.contains(&format!("have {} of 100 points or more", hygiene["median"])), "{page}");
    let markdown = flat(&stdout(&blog.run(&["audit", "-q", "--no-cache", "--format", "markdown"])));
    assert!(markdown.contains(&format!("hygiene/1: median {}", hygiene["median"])), "{markdown}");
}

/// Nine of ten pictures with an alternative text are nine tenths of the points.
#[test]
fn a_check_is_passed_in_part() {
    let image = |nth: usize| format!("<p><img src=\"/boat-{nth}.jpg\" alt=\"boat number {nth} at the quay\"></p>\n\n");
    let images: String = (1..10).map(image).collect();
    let post = format!(
        "---\ntitle: The boats of the harbor\ndescription: All boats that came in one day.\n---\n\n{images}<p><img src=\"/last.jpg\"></p>\n"
    );
    let blog = Blog::new(&[("_posts/2024-07-30-boats.md", &post)]);
    let text = explained(&blog, "_posts/2024-07-30-boats.md");
    let row = text.lines().find(|line| line.trim_start().starts_with("alt-missing ")).unwrap();
    assert!(row.ends_with("9 of 10  9 of 10 pass"), "{row}");
}

#[test]
fn a_blocker_caps_the_score_and_is_named() {
    let text = explained(&site(), "_posts/2024-08-03-broken.md");
    assert!(text.contains(": 49 of 100 (hygiene/1)"), "{text}");
    assert!(text.contains("at most 49, because of front-matter-invalid\n"), "{text}");
}

#[test]
fn suppressed_checks_leave_the_sum() {
    let blog = news();
    let path = "_posts/2024-07-30-seoul.md";
    let post =
        blog.read(path).replace("<table>", "<!-- postlint-ignore table-without-headers: a layout -->\n\n<table>");
    blog.write(path, &post);
    let text = explained(&blog, path);
    assert!(text.contains("195 of 200 points are 97 of 100"), "{text}");
    assert!(text.contains("suppressed or in the baseline (table-without-headers)"), "{text}");
}

#[test]
fn a_file_that_is_no_page_has_no_score() {
    let blog = Blog::new(&[("_config.yml", "title: Harbor\n"), ("_includes/boat.html", "<p>Boat</p>\n")]);
    let output = blog.run(&["explain-score", "_includes/boat.html"]);
    assert_eq!(code(&output), 2);
    assert!(stderr(&output).contains("has no score"), "{}", stderr(&output));
}
