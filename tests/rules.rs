//! Every example in every `rules/*.md` is a test, named `rule/promise/line-N`. `UPDATE=1` rewrites `output` fences.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use libtest_mimic::{Arguments, Failed, Trial};
use postlint::catalog::{Catalog, Entry};
use postlint::diagnostic::{Diagnostic, Edit};
use postlint::examples::{Example, Promise, examples};
use postlint::output::{self, FileReport, Format, RuleInfo, Run};
use postlint::ruleset::{ActiveRule, Ruleset};
use std::path::Path;
use std::time::Duration;

fn main() {
    let arguments = Arguments::from_args();
    if std::env::var_os("UPDATE").is_some() {
        Catalog::pages().iter().for_each(|(name, text)| rewrite_outputs(name, text));
    }
    let mut trials = Vec::new();
    for &(name, text) in Catalog::pages() {
        match Entry::load(name, text) {
            Err(error) => trials.push(Trial::test(format!("{name}/loads"), move || Err(Failed::from(error)))),
            Ok(entry) => {
                for example in examples(&entry.page) {
                    let promise = if example.promise == Promise::Bad { "bad" } else { "good" };
                    let test = format!("{name}/{promise}/line-{}", example.line);
                    trials.push(Trial::test(test, move || run(name, &example)));
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

/// The default rules, and the page's own rule even where it is off by default.
fn rules_with(name: &str) -> Ruleset {
    let catalog = Catalog::builtin();
    let mut rules = Ruleset::recommended(catalog);
    if !rules.rules().iter().any(|rule| &*rule.meta.name == name) {
        let entry = catalog.get(name).unwrap();
        let check = entry.check(Default::default()).unwrap();
        rules.add(ActiveRule { meta: entry.page.meta.clone(), level: postlint::diagnostic::Level::Warn, check });
    }
    rules
}

fn run(name: &str, example: &Example) -> Result<(), Failed> {
    let rules = rules_with(name);
    let found = example.lint(&example.text, &rules);
    let own: Vec<&Diagnostic> = found.iter().filter(|d| &*d.rule == name).collect();
    match example.promise {
        Promise::Good if !found.is_empty() => return Err(format!("not silent: {found:#?}").into()),
        Promise::Bad if own.is_empty() => return Err(format!("does not fire; others: {found:#?}").into()),
        _ => {}
    }
    if let Some((want, _)) = &example.output
        && std::env::var_os("UPDATE").is_none()
    {
        let got = printed(example, found.clone(), &rules);
        if got != *want {
            return Err(format!("output: want\n{want}\ngot\n{got}").into());
        }
    }
    if let Some(want) = &example.fixed {
        let edits: Vec<Edit> = own.iter().filter_map(|d| d.fix.as_ref()).flat_map(|fix| fix.edits.clone()).collect();
        let got = Edit::apply(&example.text, &edits).ok_or("the edits overlap")?;
        if got != *want {
            return Err(format!("fixed: want\n{want}\ngot\n{got}").into());
        }
        if let Some(again) = example.lint(&got, &rules).iter().find(|d| &*d.rule == name) {
            return Err(format!("still found after the fix: {again:#?}").into());
        }
    }
    Ok(())
}

/// What `postlint check` prints for the example, 80 cells wide and without colours.
fn printed(example: &Example, diagnostics: Vec<Diagnostic>, rules: &Ruleset) -> String {
    let info = |rule: &ActiveRule| RuleInfo {
        name: rule.meta.name.to_string(),
        summary: rule.meta.summary.clone(),
        authority: rule.meta.authority,
        level: rule.level,
        url: String::new(),
    };
    let infos = rules.rules().iter().map(info).map(|info| (info.name.clone(), info)).collect();
    let file = FileReport { path: example.file.clone(), source: example.source(&example.text), diagnostics };
    let run = Run {
        files: &[file],
        rules: &infos,
        posts: 1,
        elapsed: Duration::ZERO,
        width: 80,
        color: false,
        unicode: true,
    };
    let mut out = Vec::new();
    output::write(Format::Full, &run, &mut out).unwrap();
    format!("{}\n", String::from_utf8(out).unwrap().trim_end())
}

/// Writes what is printed today into the page's `output` fences, last first so that the bytes before stay true.
fn rewrite_outputs(name: &str, text: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("rules").join(format!("{name}.md"));
    let Ok(entry) = Entry::load(name, text) else { return };
    let rules = rules_with(name);
    let mut page = text.to_owned();
    for example in examples(&entry.page).iter().rev() {
        if let Some((_, bytes)) = &example.output {
            let found = example.lint(&example.text, &rules);
            page.replace_range(bytes.clone(), &printed(example, found, &rules));
        }
    }
    if page != text {
        std::fs::write(path, page).unwrap();
    }
}
