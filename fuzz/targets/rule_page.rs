#![no_main]
use postlint::catalog::{Catalog, Entry};
use postlint::diagnostic::Level;
use postlint::place::Place;
use postlint::place::dialect::{Dialect, Generator};
use postlint::engine::examples::examples;
use postlint::ruleset::{ActiveRule, Ruleset};
use postlint::source::Source;
use postlint_fuzz::sound;

const POST: &str = "---\ntitle: a\ntags: [b]\n---\n<p>text <b class=c id=d>e</b> <a href=/f rel=g>h</a></p>\n";

libfuzzer_sys::fuzz_target!(|text: &str| {
    let entry = match Entry::load_users("own", text) {
        Ok(entry) => entry,
        Err(mistakes) => return mistakes.iter().for_each(|it| sound::slices(text, it.span, &it.message)),
    };
    drop(examples(&entry.page));
    let check = entry.check().clone();
    let mut rules = Ruleset::empty(Catalog::builtin());
    rules.add(ActiveRule::new(entry.page.meta.clone(), Level::Warn, check));
    let place = Place::new("a.md", Generator::Plain, Dialect::CommonMark);
    sound::lint_soundly(&Source::new(POST), &place, &rules);
});
