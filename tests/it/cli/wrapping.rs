//! Findings for people are wrapped at words to the width of the terminal.

use super::output::{LOOKS, file, finding, span, with_run};
use postlint::diagnostic::{Diagnostic, Elsewhere, Label, Level};
use postlint::output::{self, Format, Looks, Run};
use postlint::source::{Source, Span};
use unicode_width::UnicodeWidthStr;

fn full(text: &str, finding: Diagnostic, width: usize) -> String {
    let files = [file("a.md", text, vec![finding])];
    with_run(&files, |run, out| {
        output::write(Format::Full, &Run { looks: Looks { width, ..LOOKS }, ..*run }, out).unwrap();
    })
}

const URL: &str = "https://blog.example.com/2024/07/30/a-very-long-address-that-is-wider-than-the-terminal-itself/";

#[test]
fn titles_labels_and_help_fit_into_the_width() {
    let text = "Some text before <a href=\"x\">여기</a> and some more text after it.\n";
    let words = "links are followed by default, so a token that asks for that has no effect at all";
    let mut it = finding("rel-unknown-token", Level::Warn, words, span(text, "여기"), words);
    it.help = Some(format!("remove it, or write one of these: {words}"));
    it.related = vec![Label { span: span(text, "before"), message: words.to_owned() }];
    for width in [60, 80, 120] {
        let shown = full(text, it.clone(), width);
        let widest = shown.lines().map(UnicodeWidthStr::width).max().unwrap();
        assert!(widest <= width, "{width}: {widest}\n{shown}");
        // Without frames and indents the words are the same, and none is broken.
        let plain = |text: &str| text.split_whitespace().filter(|it| it.is_ascii()).collect::<Vec<_>>().join(" ");
        assert!(plain(&shown).contains(&format!("warn[rel-unknown-token]: {words}")), "{shown}");
        assert!(plain(&shown).contains(&format!("help: remove it, or write one of these: {words}")), "{shown}");
    }
    let narrow = full(text, it, 60);
    assert!(
        narrow.starts_with("warn[rel-unknown-token]: links are followed by default, so a\n  token that"),
        "{narrow}"
    );
    assert!(narrow.contains("\n  help: remove it") && narrow.contains("\n        "), "{narrow}");
}

#[test]
fn urls_are_not_broken() {
    let text = "<p>a</p>\n";
    let mut it = finding("alt-missing", Level::Error, &format!("there is no page at {URL}"), span(text, "a"), "here");
    it.help = Some(format!("see {URL} for more"));
    let shown = full(text, it, 60);
    assert_eq!(shown.matches(URL).count(), 2, "{shown}");
}

#[test]
fn code_is_not_broken_if_it_is_short_or_a_command() {
    let text = "<p>a</p>\n";
    let command = "`postlint config show --config /a/folder/with/a/long/name/postlint.yml`";
    let short = "`rel=\"nofollow ugc\"`";
    let words = "`eleven words that somebody wrote and that are quoted as a whole`";
    let mut it = finding("alt-missing", Level::Error, &format!("here is something about {short}"), span(text, "a"), "");
    it.help = Some(format!("run {command} or rewrite {words}"));
    for width in [40, 45, 50, 60] {
        let shown = full(text, it.clone(), width);
        assert!(shown.contains(command) && shown.contains(short) && !shown.contains(words), "{width}\n{shown}");
    }
}

#[test]
fn cjk_characters_are_two_cells_wide_and_korean_words_are_kept() {
    let text = "<p>a</p>\n";
    let korean = "남해의 작은 항구에서 보낸 사흘 동안 찍은 사진과 그곳에서 만난 사람들의 이야기를 모았습니다";
    let chinese = "在南海的小港口度过的三天里拍摄的照片以及在那里遇到的人们的故事都收集在这里供大家阅读和欣赏";
    for words in [korean, chinese] {
        let shown = full(text, finding("title-wide", Level::Warn, words, span(text, "a"), ""), 50);
        assert!(shown.lines().all(|line| line.width() <= 50), "{shown}");
        let title: Vec<&str> = shown.lines().take_while(|line| !line.contains('╭')).map(str::trim).collect();
        assert!(title.len() >= 2, "{shown}");
        let separator = if words == korean { " " } else { "" };
        assert_eq!(title.join(separator), format!("warn[title-wide]: {words}"));
        // No line but the last has room for two more words.
        let room = title[..title.len() - 1].iter().map(|line| 50 - line.width()).max().unwrap();
        assert!(room < 16, "{shown}");
    }
}

#[test]
fn a_label_that_has_no_room_is_a_note() {
    let text = format!("{} <b>x</b>\n", "word ".repeat(12));
    let it =
        finding("alt-missing", Level::Error, "m", span(&text, "<b>"), "this element has no name that readers hear");
    let shown = full(&text, it, 80);
    assert!(shown.contains("  note: this element has no name that readers hear (a.md:1:62)"), "{shown}");
    assert!(
        shown.lines().all(|line| line.width() <= 80)
            && shown.contains("·                                                              ───\n"),
        "{shown}"
    );
}

#[test]
fn five_further_places_are_shown_and_the_others_counted() {
    let text = "a b c d e f g h\n".to_owned();
    let places = |here: usize, there: usize| {
        let mut it = finding("alt-repeated", Level::Warn, "m", span(&text, "a"), "first");
        let at = |nth: usize| Span::of(nth * 2..nth * 2 + 1);
        it.related = (1..=here).map(|nth| Label { span: at(nth), message: format!("again {nth}") }).collect();
        it.elsewhere = (0..there)
            .map(|nth| Elsewhere { path: format!("b{nth}.md"), message: "there".to_owned(), ..sample(&text) })
            .collect();
        full(&text, it, 80)
    };
    for (here, there, more) in
        [(5, 0, None), (7, 0, Some("2 more places")), (3, 4, Some("2 more places")), (0, 6, Some("1 more place"))]
    {
        let shown = places(here, there);
        let named = shown.matches("again ").count() + shown.matches(": there").count();
        assert_eq!(named, (here + there).min(5), "{shown}");
        assert_eq!(shown.contains("  note: and "), more.is_some(), "{shown}");
        assert!(more.is_none_or(|more| shown.contains(&format!("  note: and {more}\n"))), "{shown}");
    }
}

fn sample(text: &str) -> Elsewhere {
    let mut place =
        Elsewhere { path: String::new(), span: Span::new(0, 1), message: String::new(), ends: None, cell_column: None };
    place.locate(&Source::new(text));
    place
}
