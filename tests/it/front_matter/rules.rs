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
