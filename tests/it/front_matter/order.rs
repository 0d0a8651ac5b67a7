//! The fix that sorts front matter keys: entries move with their comments, or there is no fix.

use crate::support::{demands, shared};
use postlint::catalog::Catalog;
use postlint::config::parse;
use postlint::diagnostic::Safety;
use postlint::document::Document;
use postlint::document::read::front_matter::Format;
use postlint::edit::Edit;
use postlint::engine::{fixed, lint};
use postlint::place::Place;
use postlint::place::dialect::{Dialect, Generator};
use postlint::ruleset::Ruleset;
use postlint::source::{Source, Span};
use serde_yaml::Mapping;

/// The post after the fix of `key-order`, or unchanged if there is none. The required order is `a`, `b`, `c`.
fn ordered(post: &str, generator: Generator) -> String {
    let (config, _) = parse(&Source::new("front-matter: [{order: [a, b, c]}]"));
    let place = Place::new("_posts/2024-07-30-a.md", generator, Dialect::CommonMark);
    let source = Source::new(post);
    let (document, rules) = (Document::parse(&source, &place), Ruleset::recommended(Catalog::builtin()));
    let found = lint(&document, &rules, &demands(&config));
    let finding = found.iter().find(|finding| &*finding.rule == "key-order").unwrap();
    assert!(finding.fix.as_ref().is_none_or(|fix| fix.safety == Safety::Safe));
    fixed(&document, [finding], &rules, &demands(&config)).unwrap().source.text().to_owned()
}

#[track_caller]
fn makes(before: &str, after: &str) {
    assert_eq!(
        ordered(&format!("---\n{before}---\n\nText: a.\n"), Generator::Jekyll),
        format!("---\n{after}---\n\nText: a.\n")
    );
}

#[track_caller]
fn withholds(before: &str) {
    makes(before, before);
}

#[test]
fn entries_move_as_whole_lines() {
    makes("c: 3\nb: 2\na: 1\n", "a: 1\nb: 2\nc: 3\n");
    makes("x: 0\nc: 3\ny: 0\na: 1\n", "x: 0\na: 1\ny: 0\nc: 3\n");
    makes("b:\n- 1\n- 2\na: {x: 1}\n", "a: {x: 1}\nb:\n- 1\n- 2\n");
    makes("b: |\n  one\n\n  two\na: \"long\n  text\"\n", "a: \"long\n  text\"\nb: |\n  one\n\n  two\n");
    makes("b:\n  x:\n    y: 1\n  # inside\n  z: 2\na:\n", "a:\nb:\n  x:\n    y: 1\n  # inside\n  z: 2\n");
    makes("b: 2\n\na: 1\n", "a: 1\n\nb: 2\n");
    makes("b: 2\n\"a\": 가\n", "\"a\": 가\nb: 2\n");
}

#[test]
fn comments_move_with_their_key() {
    makes(
        "x: 0\n# two\n# lines\nb: 2 # behind\n\n# one\na: 1\n",
        "x: 0\n# one\na: 1\n\n# two\n# lines\nb: 2 # behind\n",
    );
    makes("# at the top\nx: 0\nb: 2\na: 1\n", "# at the top\nx: 0\na: 1\nb: 2\n");
    makes("# of all\n\nb: 2\na: 1\n", "# of all\n\na: 1\nb: 2\n");
}

#[test]
fn line_ends_are_kept() {
    let crlf = "---\r\nb: 2\r\na: 1\r\n---\r\n\r\nText.\r\n";
    assert_eq!(ordered(crlf, Generator::Hugo), "---\r\na: 1\r\nb: 2\r\n---\r\n\r\nText.\r\n");
}

#[test]
fn there_is_no_fix_if_more_may_change_or_a_comment_is_ambiguous() {
    withholds("b: &x 2\na: *x\n");
    withholds("b: &x 2\na: 1\n");
    withholds("b: 2\n<<: {c: 3}\na: 1\n");
    withholds("b: 2\na: 1\na: 3\n");
    withholds("b: 2\nx: {y: 1, y: 2}\na: 1\n");
    withholds("{b: 2, a: 1}\n");
    withholds("? b\n: 2\na: 1\n");
    withholds("# of b, or of all?\nb: 2\na: 1\n");
    withholds("b: 2\n# apart\n\na: 1\n");
    withholds("b: 2\n  # of b?\na: 1\n");
    withholds("b: 2\na: 1\n# at the end\n");
    withholds("b: |+\n  text\n\na: 1\n");
    assert_eq!(ordered("+++\nb = 2\na = 1\n+++\n\nText.\n", Generator::Hugo), "+++\nb = 2\na = 1\n+++\n\nText.\n");
    let two_orders = parse(&Source::new("front-matter: [{order: [a, b]}, {order: [b, a]}]")).0;
    let place = Place::new("a.md", Generator::Jekyll, Dialect::Kramdown);
    let source = Source::new("---\nb: 2\na: 1\n---\n");
    let found =
        lint(&Document::parse(&source, &place), &Ruleset::recommended(Catalog::builtin()), &demands(&two_orders));
    assert!(found.iter().filter(|finding| &*finding.rule == "key-order").all(|finding| finding.fix.is_none()));
}

/// Reverses the keys of every post in the shared corpus, and checks with serde_yaml that the keys and values are the
/// same.
#[test]
fn reversing_real_front_matter_changes_its_order_only() {
    let Some(root) = shared::find("corpus") else { return };
    for path in shared::every(4, shared::files(&root, &shared::POSTS)) {
        let Ok(text) = String::from_utf8(std::fs::read(&path).unwrap()) else { continue };
        let source = Source::new(&text);
        let Some(place) = shared::place(&path.strip_prefix(&root).unwrap().to_string_lossy()) else { continue };
        let document = Document::parse(&source, &place);
        let Some(block) = document.front_matter.block().filter(|it| it.format == Format::Yaml && it.problem.is_none())
        else {
            continue;
        };
        let yaml = |text: &str, content: Span| serde_yaml::from_str::<Mapping>(content.slice(text)).ok();
        let Some(before) = yaml(source.text(), block.content).filter(|keys| keys.len() > 1) else { continue };
        let order: Vec<usize> = (0..block.mapping.entries.len()).rev().collect();
        let Some(edits) = document.reordered(&order) else {
            // No fix is expected for aliases, which must follow their anchor, for comments, which may belong to several
            // keys, and for indented or very long blocks.
            let content = block.content.slice(source.text());
            let is_expected = content.contains(['&', '#']) || content.starts_with(' ') || content.len() > 64 * 1024;
            assert!(is_expected, "{} is not reordered", path.display());
            continue;
        };
        let after = Edit::apply(source.text(), &edits).unwrap();
        let body = |text: &str| text[block.span.end as usize..].to_owned();
        assert_eq!((after.len(), body(&after)), (source.text().len(), body(source.text())), "{}", path.display());
        let after = yaml(&after, block.content).unwrap();
        assert_eq!(after, before, "{}", path.display());
        let mut keys: Vec<_> = after.keys().collect();
        keys.reverse();
        assert!(before.keys().eq(keys), "{}", path.display());
    }
}
