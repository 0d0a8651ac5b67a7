//! Every example in every `rules/*.md` is a test, named `rule/promise/line-N`. `UPDATE=1` rewrites `output` fences.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use libtest_mimic::{Arguments, Failed, Trial};
use postlint::catalog::{Catalog, Entry};
use postlint::engine::examples::{Example, Promise, examples};
use postlint::run::test::{defaults_with, printed, verdict};
use std::path::Path;
use std::sync::Arc;

fn main() {
    let arguments = Arguments::from_args();
    if std::env::var_os("UPDATE").is_some() {
        Catalog::pages().for_each(|(name, text)| rewrite_outputs(name, text));
    }
    let mut trials = Vec::new();
    for (name, text) in Catalog::pages() {
        match Entry::load(name, text) {
            Err(mistakes) => {
                trials.push(Trial::test(format!("{name}/loads"), move || Err(format!("{mistakes:#?}").into())));
            }
            Ok(entry) if entry.page.meta.retired.is_some() => {}
            Ok(entry) => {
                let entry = Arc::new(entry);
                for example in examples(&entry.page) {
                    let promise = if example.promise == Promise::Bad { "bad" } else { "good" };
                    let test = format!("{name}/{promise}/line-{}", example.line);
                    let entry = entry.clone();
                    trials.push(Trial::test(test, move || run(&example, &entry)));
                }
                trials.push(Trial::test(format!("{name}/has-examples"), move || has_examples(&entry)));
            }
        }
    }
    libtest_mimic::run(&arguments, trials).exit();
}

fn has_examples(entry: &Entry) -> Result<(), Failed> {
    let all = examples(&entry.page);
    for promise in [Promise::Bad, Promise::Good] {
        if !all.iter().any(|example| example.promise == promise) {
            return Err(format!("the page has no {promise:?} example").into());
        }
    }
    Ok(())
}

fn run(example: &Example, entry: &Entry) -> Result<(), Failed> {
    let example = match std::env::var_os("UPDATE") {
        Some(_) => &Example { output: None, ..example.clone() },
        None => example,
    };
    verdict(&entry.page.meta.name, example, &defaults_with(entry)).map_err(Failed::from)
}

/// Writes the current output into the page's `output` fences, from last to first so that earlier offsets remain valid.
fn rewrite_outputs(name: &str, text: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("rules").join(format!("{name}.md"));
    let Ok(entry) = Entry::load(name, text) else { return };
    let rules = defaults_with(&entry);
    let mut page = text.to_owned();
    for example in examples(&entry.page).iter().rev() {
        if let Some((_, bytes)) = &example.output {
            let found = example.lint(&rules);
            page.replace_range(bytes.clone(), &printed(example, found, &rules));
        }
    }
    if page != text {
        std::fs::write(path, page).unwrap();
    }
}
