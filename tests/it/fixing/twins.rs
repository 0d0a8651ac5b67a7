//! The bytes that fixes leave alone: line endings, byte order marks, a missing final newline.

use super::{all_rules, fixed_by, harbor, posts, safe, text_after};
use postlint::place::Place;
use postlint::place::dialect::{Dialect, Generator};
use postlint::ruleset::Ruleset;
use postlint::schema::Demands;

const SPACER: &str = "<p data-ke-size=\"size16\">&nbsp;</p>";

fn fixed(text: &str, rules: &Ruleset) -> (String, usize) {
    let place = Place::new("_posts/2024-06-01-a.md", Generator::Jekyll, Dialect::Kramdown);
    let outcome = fixed_by(text, &place, rules, &Demands::default(), &safe);
    (text_after(text, &outcome), outcome.applied.len())
}

/// The post without its spacers, each with the whitespace after it and one blank line, and without the attribute.
fn expected(text: &str) -> (String, usize) {
    let mut kept = text.to_owned();
    let mut spacers = 0;
    while let Some(at) = kept.find(SPACER) {
        let rest = &kept[at + SPACER.len()..];
        let end = rest.find("\n\n").unwrap() + 2;
        assert_eq!(rest[..end].trim(), "");
        kept.replace_range(at..at + SPACER.len() + end, "");
        spacers += 1;
    }
    (kept.replacen(" rel=\"dofollow\"", "", 1), spacers)
}

#[test]
fn the_seed_loses_12_spacers_and_one_attribute() {
    let rules = Ruleset::recommended(postlint::catalog::Catalog::builtin());
    for text in posts() {
        let (after, spacers) = expected(&text);
        assert_eq!((spacers, text.matches(" rel=\"dofollow\"").count()), (12, 1));
        assert_eq!(fixed(&text, &rules), (after, 13));
    }
}

#[test]
fn line_endings_and_marks_stay() {
    let rules = all_rules(|_| {});
    let text = harbor();
    let (after, count) = fixed(&text, &rules);
    type Twin = (&'static str, fn(&str) -> String);
    let twins: [Twin; 4] = [
        ("CRLF", |text| text.replace('\n', "\r\n")),
        ("byte order mark", |text| format!("\u{feff}{text}")),
        ("no final newline", |text| text.trim_end().to_owned()),
        ("CRLF, mark and no final newline", |text| format!("\u{feff}{}", text.trim_end().replace('\n', "\r\n"))),
    ];
    for (name, twin) in twins {
        assert_eq!(fixed(&twin(&text), &rules), (twin(&after), count), "{name}");
    }
}

#[test]
fn mixed_line_endings_stay() {
    let rules = Ruleset::recommended(postlint::catalog::Catalog::builtin());
    let mut ends = ["\n", "\r\n"].into_iter().cycle();
    let lines: Vec<String> = harbor().lines().map(|line| format!("{line}{}", ends.next().unwrap())).collect();
    let (after, count) = fixed(&lines.concat(), &rules);
    assert_eq!(count, 13);
    let mut left = lines.iter().map(|line| line.replace(" rel=\"dofollow\"", ""));
    for line in after.split_inclusive('\n') {
        assert!(left.any(|it| it == line), "{line:?} is not a line of the post, or not in this order");
    }
}
