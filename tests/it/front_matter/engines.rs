//! Differences between the YAML parsers of the generators: libyaml (Jekyll 4.3.1) and js-yaml (gray-matter 4).

use postlint::document::Document;
use postlint::place::Place;
use postlint::place::dialect::{Dialect, Generator};
use postlint::source::Source;

/// The title of a post, or the help for its problem.
fn title(front_matter: &str, generator: Generator) -> Result<String, String> {
    let source = Source::new(format!("---\n{front_matter}\n---\nText.\n"));
    let place = Place::new("_posts/2024-05-01-a.md", generator, Dialect::CommonMark);
    let document = Document::parse(&source, &place);
    let block = document.front_matter.block().expect("front matter");
    match &block.problem {
        Some(problem) => {
            assert!(source.text().get(problem.span.range()).is_some(), "the span is between characters");
            Err(problem.help.clone())
        }
        None => Ok(block.mapping.get("title").and_then(|it| it.value.text()).unwrap_or_default().to_owned()),
    }
}

#[track_caller]
fn parses(front_matter: &str, generator: Generator, want: &str) {
    assert_eq!(title(front_matter, generator).as_deref(), Ok(want), "{front_matter:?} in {generator}");
}

#[track_caller]
fn fails(front_matter: &str, generator: Generator, want: &str) {
    let help = title(front_matter, generator).expect_err(front_matter);
    assert!(help.contains(want), "{front_matter:?} in {generator}: {help}");
}

#[test]
fn separators_end_lines_for_libyaml() {
    for (c, name) in [('\u{85}', "U+0085"), ('\u{2028}', "U+2028"), ('\u{2029}', "U+2029")] {
        fails(&format!("title: The{c}harbour\ndate: 2024-05-01"), Generator::Jekyll, name);
        fails(&format!("title: {c}어시장의 새벽\ndate: 2024-05-01"), Generator::Jekyll, name);
        fails(&format!("tags: [海]\ntitle: 朝の{c}市場\ndate: 2024-05-01"), Generator::MkDocs, name);
        // At the end of a value, between keys, in quotes and after a dash of a list, it is an empty line or a space.
        parses(&format!("title: 早市{c}\ndate: 2024-05-01"), Generator::Jekyll, "早市");
        parses(&format!("title: a{c}{c}\ndate: 2024-05-01"), Generator::Jekyll, "a");
        parses(&format!("tags:\n{c}  - a\ntitle: x"), Generator::Jekyll, "x");
        let kept = if c == '\u{85}' { "a b".to_owned() } else { format!("a{c}b") };
        parses(&format!("title: \"a{c}b\"\ndate: 2024-05-01"), Generator::Jekyll, &kept);
        // js-yaml takes it for a letter.
        parses(&format!("title: The{c}harbour"), Generator::Eleventy, &format!("The{c}harbour"));
        parses(&format!("title: The{c}harbour"), Generator::Hexo, &format!("The{c}harbour"));
    }
}

#[test]
fn byte_order_marks_are_letters_inside_a_line() {
    for generator in [Generator::Jekyll, Generator::Hexo, Generator::Eleventy, Generator::Hugo] {
        parses("title: \u{feff}The harbour\ndate: 2024-05-01", generator, "\u{feff}The harbour");
        parses("title: 새벽\u{feff} 어시장", generator, "새벽\u{feff} 어시장");
        parses("tags: [a,\u{feff}b]\ntitle: x", generator, "x");
        parses("title: \"朝\\t\u{feff}市\"", generator, "朝\t\u{feff}市");
    }
}

#[test]
fn anchors_have_names_of_ascii_letters_for_libyaml() {
    for value in ["&lt;b&gt; in HTML", "&copy; 2024", "&quot;Hi&quot; boats", "&새벽 시장", "&a.b c", "&渔港 早上"]
    {
        fails(&format!("title: {value}"), Generator::Jekyll, "quotes");
    }
    parses("title: &boats and more", Generator::Jekyll, "and more");
    parses("title: &boats_2-a and more", Generator::Jekyll, "and more");
    parses("title: &quot;Boats&quot; at dawn", Generator::Eleventy, "at dawn");
    parses("title: Mina &amp; Jun", Generator::Jekyll, "Mina &amp; Jun");
    parses("title: \"&copy; 2024\"", Generator::Jekyll, "&copy; 2024");
}

#[test]
fn js_yaml_knows_only_the_tags_of_yaml() {
    for generator in [Generator::Hexo, Generator::Eleventy, Generator::Astro] {
        fails("title: !important 규칙", generator, "quotes");
        parses("title: !!str 2024", generator, "2024");
        parses("title: ! a", generator, "a");
    }
    parses("title: !important rules", Generator::Jekyll, "rules");
    parses("title: !<tag> boats", Generator::Hugo, "boats");
}

#[test]
fn a_mark_after_the_closing_quote_is_removed() {
    for value in ["\"a\";", "'a';", "\"a\",", "'새벽 시장' ,", "\"a\";;", "\"a\", # b", "[a, b];", "{a: b},"] {
        fails(&format!("title: {value}\nlayout: page"), Generator::Jekyll, "remove the");
    }
    fails("title: 'a' b;\nlayout: page", Generator::Jekyll, "quotes");
}

#[test]
fn fences_of_jekyll_end_with_ascii_whitespace() {
    let is_front_matter = |fence: &str| {
        let source = Source::new(format!("{fence}\ntitle: a\n---\nText.\n"));
        let place = Place::new("a.md", Generator::Jekyll, Dialect::Kramdown);
        Document::parse(&source, &place).front_matter.block().is_some()
    };
    for fence in ["---", "---  ", "---\t", "---\r"] {
        assert!(is_front_matter(fence), "{fence:?}");
    }
    for fence in ["----", "---\u{a0}", "---\u{3000}", "---\u{200b}", "--- # a", "---yaml"] {
        assert!(!is_front_matter(fence), "{fence:?}");
    }
}
