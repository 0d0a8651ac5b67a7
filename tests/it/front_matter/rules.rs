//! How the rules for front matter work together, and how they use what is known about the site.

use postlint::catalog::Catalog;
use postlint::diagnostic::{Diagnostic, Level};
use postlint::document::Document;
use postlint::engine::lint;
use postlint::place::Place;
use postlint::place::dialect::{Dialect, Generator};
use postlint::ruleset::{ActiveRule, Ruleset};
use postlint::schema::Demands;
use postlint::source::Source;

fn post() -> Place {
    Place::new("_posts/2024-07-30-market.md", Generator::Jekyll, Dialect::Kramdown)
}

fn found_in(source: &Source, place: &Place, rules: &Ruleset, required: &[&str]) -> Vec<Diagnostic> {
    let required = required.iter().map(|key| (*key).to_owned()).collect();
    lint(&Document::parse(source, place), rules, &Demands { required, ..Demands::default() })
}

/// The default rules that fire, with their levels.
fn fired(text: &str, place: &Place) -> Vec<(String, Level)> {
    fired_requiring(text, place, &[])
}

/// The default rules that fire, with their levels, if the config requires the keys in `required`.
fn fired_requiring(text: &str, place: &Place, required: &[&str]) -> Vec<(String, Level)> {
    let found = found_in(&Source::new(text), place, &Ruleset::recommended(Catalog::builtin()), required);
    found.iter().map(|diagnostic| (diagnostic.rule.to_string(), diagnostic.level)).collect()
}

fn one(rule: &str, level: Level) -> Vec<(String, Level)> {
    vec![(rule.to_owned(), level)]
}

#[test]
fn broken_front_matter_is_one_finding() {
    let fired = |text: &str| fired_requiring(text, &post(), &["author"]);
    assert_eq!(fired("---\nlayout: [a] b\nexcerpt: TODO\n---\n"), one("front-matter-invalid", Level::Error));
    assert_eq!(fired("---\nexcerpt: TODO\n\nAt four.\n"), one("front-matter-unclosed", Level::Error));
}

#[test]
fn a_title_that_is_a_comment_is_one_finding() {
    assert_eq!(fired("---\ntitle: #1 in fish\n---\n\nAt four.\n", &post()), one("text-lost-after-hash", Level::Warn));
    assert_eq!(fired("---\ntitle: # later\n---\n\nAt four.\n", &post()), one("title-missing", Level::Warn));
}

#[test]
fn a_required_title_that_is_missing_is_one_finding() {
    let text = "---\nlayout: post\n---\n![Fish stalls at dawn](a.png)\n";
    assert_eq!(fired_requiring(text, &post(), &["title", "description"]), one("required-key-missing", Level::Error));
}

#[test]
fn a_post_without_front_matter_is_one_finding() {
    assert_eq!(fired("At four the market is wide awake.\n", &post()), one("front-matter-missing", Level::Error));
}

#[test]
fn a_file_that_is_not_utf8_is_one_finding() {
    let rules = Ruleset::recommended(Catalog::builtin());
    // A post with `title: 안녕하십니까 …` in EUC-KR, and an image without alternative text.
    let mut bytes = b"---\nexcerpt: TODO\ntitle: ".to_vec();
    bytes.extend(
        b"\xbe\xc8\xb3\xe7\xc7\xcf\xbd\xca\xb4\xcf\xb1\xee \xbc\xad\xbf\xef\xc0\xd4\xb4\xcf\xb4\xd9\n---\n<img>\n",
    );
    let found = found_in(&Source::from_bytes(bytes), &post(), &rules, &[]);
    let [only] = &found[..] else { panic!("{found:#?}") };
    assert_eq!(&*only.rule, "encoding-not-utf8");
    assert_eq!(only.message, "Jekyll skips this post: it is not UTF-8 but looks like EUC-KR");
    assert_eq!(only.label.span.start, 25);
}

#[test]
fn binary_data_is_not_taken_for_text_in_another_encoding() {
    let message = |bytes: Vec<u8>| {
        let found = found_in(&Source::from_bytes(bytes), &post(), &Ruleset::recommended(Catalog::builtin()), &[]);
        let [only] = &found[..] else { panic!("{found:#?}") };
        assert_eq!(&*only.rule, "encoding-not-utf8");
        only.message.strip_prefix("Jekyll skips this post: it is ").unwrap().to_owned()
    };
    // Bytes of a generator of Lehmer, without NUL and with: one of ten is a control character.
    let mut state = 1_u64;
    let mut random = |with_nul: bool| -> Vec<u8> {
        let byte = || {
            state = state * 48_271 % 2_147_483_647;
            (state >> 8) as u8
        };
        let bytes = std::iter::repeat_with(byte).filter(|byte| with_nul || *byte != 0);
        bytes.take(4_000).chain([0xff]).collect()
    };
    assert_eq!(message(random(true)), "not text but binary data");
    assert_eq!(message(random(false)), "not text but binary data");
    assert_eq!(message(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x10\0\0\0\x10".to_vec()), "not text but binary data");
    let text = "---\ntitle: 가을 축제\n---\n\n새벽 네 시, 시장은 이미 깨어 있었습니다. 🏖️\n";
    let utf16 = |number: fn(u16) -> [u8; 2], mark: &[u16]| -> Vec<u8> {
        mark.iter().copied().chain(text.encode_utf16()).flat_map(number).collect()
    };
    for mark in [&[][..], &[0xfeff]] {
        assert_eq!(message(utf16(u16::to_le_bytes, mark)), "not UTF-8 but looks like UTF-16LE");
        assert_eq!(message(utf16(u16::to_be_bytes, mark)), "not UTF-8 but looks like UTF-16BE");
    }
    // ISO-2022-JP is ASCII with escapes, so it is UTF-8; Shift_JIS is not.
    assert_eq!(message(b"---\ntitle: \x8fH\x82\xcc\x8d\xd5\x82\xe8\n---\n\n\x96\xe9\x96\xbe\x82\xaf\x91O\x82\xcc\x8e\xe6\x88\xf8\n".to_vec()), "not UTF-8 but looks like Shift_JIS");
}

#[test]
fn a_date_without_a_hyphen_after_it_is_called_one() {
    let message = |name: &str| {
        let place = Place::new(format!("_posts/{name}"), Generator::Jekyll, Dialect::Kramdown);
        let text = "---\ntitle: A post\ndescription: What it is about.\n---\n\nText.\n";
        let rules = Ruleset::recommended(Catalog::builtin());
        let found = found_in(&Source::new(text), &place, &rules, &[]);
        let [only] = &found[..] else { panic!("{found:#?}") };
        assert_eq!(&*only.rule, "filename-not-a-post");
        (only.message.split_once(".md` ").unwrap().1.to_owned(), only.help.clone().unwrap())
    };
    for (name, better) in [
        ("2023-9-1 가을 축제.md", "2023-9-1-가을 축제.md"),
        ("2023-09-01_market.md", "2023-09-01-market.md"),
        ("2023-09-01.md", "2023-09-01-words.md"),
    ] {
        assert_eq!(message(name), ("has no `-` after its date".to_owned(), format!("name the file `{better}`")));
    }
    for name in ["market.md", "20230901-market.md", "2023-market.md", "2023-09-001 market.md"] {
        assert_eq!(message(name).0, "does not begin with a date");
    }
}

#[test]
fn values_from_the_sites_defaults_count_as_set() {
    let text = "---\nlayout: post\n---\n![Fish stalls at dawn](a.png)\n\nAt four.\n";
    let bare = fired(text, &post());
    assert_eq!(bare, [one("summary-missing", Level::Warn), one("title-missing", Level::Warn)].concat());
    let supplied = |key: &str| (key.to_owned(), serde_yaml::Value::from("The market at dawn"));
    let place = Place { defaults: vec![supplied("title"), supplied("description"), supplied("author")], ..post() };
    assert_eq!(fired_requiring(text, &place, &["author"]), []);
}

#[test]
fn a_layout_from_the_site_makes_front_matter_unnecessary() {
    let place = Place { defaults: vec![("layout".into(), "post".into())], ..post() };
    assert_eq!(fired("At four the market is wide awake.\n", &place), []);
}

#[test]
fn a_title_from_the_file_name_is_never_worse_than_configured() {
    let catalog = Catalog::builtin();
    let entry = catalog.get("title-missing").unwrap();
    let level_with = |option: &str, level: Level| {
        let mut options = serde_yaml::Mapping::new();
        options.insert("from-file-name".into(), option.into());
        let mut rules = Ruleset::empty(Catalog::builtin());
        rules.add(ActiveRule::new(entry.page.meta.clone(), level, entry.check_with(options).unwrap()));
        let found = found_in(&Source::new("---\nlayout: post\n---\nAt four.\n"), &post(), &rules, &[]);
        found.first().map(|diagnostic| diagnostic.level)
    };
    assert_eq!(level_with("error", Level::Error), Some(Level::Error));
    assert_eq!(level_with("warn", Level::Error), Some(Level::Warn));
    assert_eq!(level_with("error", Level::Info), Some(Level::Info));
    assert_eq!(level_with("off", Level::Error), None);
}

#[test]
fn merged_keys_and_programs_are_unknown() {
    let merged = "---\nbase: &base {author: Mina, title: Dawn}\n<<: *base\n---\nAt four the market is wide awake.\n";
    assert_eq!(fired_requiring(merged, &post(), &["author"]), []);
    let program = "---js\n{ title: 'Dawn' }\n---\nAt four the market is wide awake.\n";
    let place = Place::new("posts/market.md", Generator::Eleventy, Dialect::CommonMark);
    assert_eq!(fired(program, &place), []);
}

/// The messages of one rule with one option set.
fn said_with(rule: &str, option: (&str, serde_yaml::Value), text: &str) -> Vec<String> {
    let entry = Catalog::builtin().get(rule).unwrap();
    let mut options = serde_yaml::Mapping::new();
    options.insert(option.0.into(), option.1);
    let mut rules = Ruleset::empty(Catalog::builtin());
    rules.add(ActiveRule::new(entry.page.meta.clone(), Level::Warn, entry.check_with(options).unwrap()));
    found_in(&Source::new(text), &post(), &rules, &[]).into_iter().map(|diagnostic| diagnostic.message).collect()
}

#[test]
fn the_date_in_a_file_name_is_compared_only_if_enabled() {
    let text = "---\ntitle: a\ndate: 2024-08-05\n---\n";
    let found = |level: &str| said_with("date-conflict", ("file-name", level.into()), text);
    assert_eq!(found("off"), [""; 0]);
    assert_eq!(found("info"), ["the file name contains another date: 2024-07-30"]);
    let next_day = said_with("date-conflict", ("file-name", "warn".into()), &text.replace("08-05", "07-31"));
    assert_eq!(next_day, [""; 0]);
}

#[test]
fn unclean_slugs_are_reported_only_if_enabled() {
    let found = |strict: bool, slug: &str| {
        said_with("slug-unclean", ("strict", strict.into()), &format!("---\ntitle: a\nslug: {slug}\n---\n"))
    };
    assert_eq!(found(false, "A-Morning"), [""; 0]);
    assert_eq!(found(true, "A-Morning"), ["`slug` has capital letters"]);
    assert_eq!(found(true, "a--morning"), ["`slug` has repeated or trailing hyphens or underscores"]);
    assert_eq!(found(true, "새벽-시장"), [""; 0]);
}

#[test]
fn a_misspelled_key_beside_the_correct_one_is_not_reported() {
    let found = |text: &str| said_with("key-misspelled", ("others", serde_yaml::Value::Sequence(Vec::new())), text);
    assert_eq!(
        found("---\ntitle: a\nexceprt: b\n---\n"),
        ["unknown key `exceprt` is similar to `excerpt`, which is not set"]
    );
    assert_eq!(found("---\ntitle: a\nexceprt: b\nexcerpt: c\n---\n"), [""; 0]);
}
