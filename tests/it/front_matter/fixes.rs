//! Fixes in front matter: their result, and when there is no fix because more than one value would change.

use crate::support::shared;
use postlint::catalog::Catalog;
use postlint::document::Document;
use postlint::document::read::front_matter::Format;
use postlint::document::read::front_matter::value::Style;
use postlint::edit::Edit;
use postlint::engine::{self, lint};
use postlint::place::Place;
use postlint::place::dialect::{Dialect, Generator};
use postlint::ruleset::Ruleset;
use postlint::schema::Demands;
use postlint::source::{Source, Span};
use serde_yaml::{Mapping, Value};

/// The post after the fixes of `rule`; `None` if there are none.
fn fixed(text: &str, rule: &str, generator: Generator) -> Option<String> {
    let source = Source::new(text);
    let place = Place::new("_posts/2024-07-30-a.md", generator, Dialect::CommonMark);
    let (document, rules) = (Document::parse(&source, &place), Ruleset::recommended(Catalog::builtin()));
    let mut own = lint(&document, &rules, &Demands::default());
    own.retain(|diagnostic| &*diagnostic.rule == rule);
    assert!(!own.is_empty(), "{rule} finds nothing in {text:?}");
    let after = engine::fixed(&document, &own, &rules, &Demands::default()).unwrap();
    own.iter().any(|diagnostic| diagnostic.fix.is_some()).then(|| after.source.text().to_owned())
}

#[track_caller]
fn mends(rule: &str, before: &str, after: &str) {
    assert_eq!(fixed(before, rule, Generator::Jekyll).as_deref(), Some(after));
}

#[track_caller]
fn withholds(rule: &str, text: &str) {
    assert_eq!(fixed(text, rule, Generator::Jekyll), None);
}

#[test]
fn line_ends_comments_and_the_body_are_kept() {
    mends(
        "text-lost-after-hash",
        "---\r\n# 메모\r\ntitle: C #과 자바\r\ntags: [a, b] # 둘\r\n---\r\n\r\n본문 #1\r\n",
        "---\r\n# 메모\r\ntitle: \"C #과 자바\"\r\ntags: [a, b] # 둘\r\n---\r\n\r\n본문 #1\r\n",
    );
}

#[test]
fn quotes_inside_choose_the_other_quotes() {
    mends(
        "text-lost-after-hash",
        "---\ntitle: the \"C\" #sharp\n---\n\na\n",
        "---\ntitle: 'the \"C\" #sharp'\n---\n\na\n",
    );
}

#[test]
fn every_item_of_a_list_is_fixed() {
    mends(
        "scalar-ambiguous",
        "---\ntitle: a\ntags: [yes, 1_000, 'no', C]\n---\n\na\n",
        "---\ntitle: a\ntags: [\"yes\", \"1_000\", 'no', C]\n---\n\na\n",
    );
    mends(
        "text-lost-after-hash",
        "---\ntitle: a\ntags:\n  - b\n  - #서울 여행\n---\n\na\n",
        "---\ntitle: a\ntags:\n  - b\n  - \"#서울 여행\"\n---\n\na\n",
    );
}

#[test]
fn a_value_with_an_alias_is_not_fixed() {
    withholds("scalar-ambiguous", "---\ntitle: &title yes\nsubtitle: *title\n---\n\na\n");
}

#[test]
fn a_text_of_several_lines_is_not_quoted() {
    withholds("text-lost-after-hash", "---\ntitle: one\n  C #three\n---\n\na\n");
}

/// Quotes every unquoted value of the shared corpus, and checks with serde_yaml that only that value changed.
#[test]
fn quoting_changes_one_value_of_real_posts() {
    let Some(root) = shared::find("corpus") else { return };
    let (mut quoted, mut withheld) = (0, Vec::new());
    for path in shared::files(&root, &shared::POSTS) {
        let Ok(source) = String::from_utf8(std::fs::read(&path).unwrap()).map(|text| Source::new(&text)) else {
            continue;
        };
        let Some(place) = shared::place(&path.strip_prefix(&root).unwrap().to_string_lossy()) else { continue };
        let document = Document::parse(&source, &place);
        let Some(block) = document.front_matter.block().filter(|it| it.format == Format::Yaml && it.problem.is_none())
        else {
            continue;
        };
        let Ok(before) = serde_yaml::from_str::<Mapping>(block.content.slice(source.text())) else { continue };
        for entry in &block.mapping.entries {
            let Some((name, scalar)) = entry.name().zip(entry.value.as_scalar()) else { continue };
            if scalar.style != Style::Plain || entry.value.span.slice(source.text()) != scalar.text {
                continue;
            }
            let Some(edit) = document.quoted(&entry.value, entry.value.span, &scalar.text) else {
                withheld.push(format!("{}: {name}", path.display()));
                continue;
            };
            let content = Span::new(0, block.content.end).slice(source.text());
            let after = Edit::apply(content, &[edit]).unwrap();
            let after: Mapping = serde_yaml::from_str(&after[block.content.start as usize..]).unwrap();
            let mut expected = before.clone();
            expected.insert(name.into(), Value::String(scalar.text.to_string()));
            assert_eq!(after, expected, "{}: {name}", path.display());
            quoted += 1;
        }
    }
    assert!(quoted > 8_000, "the corpus holds 8,456, not {quoted}");
    // There is no fix for a value with an anchor, because its aliases would change as well.
    assert!(withheld.len() * 1_000 < quoted, "{} of {quoted}: {withheld:#?}", withheld.len());
}

#[test]
fn only_the_lines_of_a_repeated_summary_are_removed() {
    let said = "새벽 네 시, 시장은 이미 깨어 있었습니다. 첫 경매가 시작됩니다.";
    let of = |entry: &str| {
        format!("---\r\n# 시장\r\ntitle: 시장\r\nexcerpt: {said}\r\n{entry}# 끝\r\ntags: [a]\r\n---\r\n\r\n가\r\n")
    };
    mends("summary-duplicated", &of(&format!("feature_text: '{said}' # 같은 말\r\n")), &of(""));
    mends("summary-duplicated", &of(&format!("feature_text: >-\r\n  {said}\r\n")), &of(""));
    let last = |entry: &str| format!("---\nexcerpt: {said}\n{entry}---\n");
    mends("summary-duplicated", &last(&format!("feature_text: |\n  {said}\n")), &last(""));
    // The title is kept, whether it is the first or the second of the two.
    let title = "새벽 네 시에 문을 여는 항구의 어시장에 가다";
    let post = |body: &str| format!("---\ndescription: {title}\ntitle: {title}\n---\n\n{body}\n");
    mends("summary-duplicated", &post(said), &format!("---\ntitle: {title}\n---\n\n{said}\n"));
    // A new text is needed where the post begins with nothing better.
    for body in ["가", title, "## 시장", "![시장](/a.png)"] {
        withholds("summary-duplicated", &post(body));
    }
}

#[test]
fn a_repeated_summary_with_an_alias_is_not_removed() {
    let said = "새벽 네 시, 시장은 이미 깨어 있었습니다. 첫 경매가 시작됩니다.";
    // Another key has the same value through an alias.
    withholds("summary-duplicated", &format!("---\nexcerpt: {said}\nfeature_text: &s {said}\nlead: *s\n---\n\n가\n"));
    withholds("summary-duplicated", &format!("---\n{{excerpt: \"{said}\", feature_text: \"{said}\"}}\n---\n\n가\n"));
    // Only a part of the text is repeated.
    let long = format!("{said} 다섯 시면 고등어 상자가 모두 팔립니다.");
    withholds("summary-duplicated", &format!("---\nexcerpt: {long}\nfeature_text: 시장. {long}\n---\n\n가\n"));
}

#[test]
fn a_tag_with_a_colon_is_quoted() {
    mends(
        "value-wrong-type",
        "---\ntitle: a\ntags:\n  - 소식: 새벽 시장 # 둘\n  - b\n---\n\na\n",
        "---\ntitle: a\ntags:\n  - \"소식: 새벽 시장\" # 둘\n  - b\n---\n\na\n",
    );
    withholds("value-wrong-type", "---\ntitle: a\ntags:\n  - 소식: &n 새벽 시장\nother: *n\n---\n\na\n");
}
