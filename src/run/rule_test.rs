//! `postlint test`: runs the examples of rule pages and shows which break their promise.

use super::looks::Looks;
use super::{Exit, RunError, broken_config};
use crate::catalog::{Catalog, Entry};
use crate::diagnostic::{Diagnostic, Edit, Level};
use crate::examples::{Example, Promise, WORDS, examples};
use crate::output::{self, FileReport, Format, RuleInfo, Run, counted};
use crate::project::{ConfigError, rules_folder};
use crate::ruleset::{ActiveRule, Ruleset};
use crate::suggestion::nearest;
use crate::walk;
use std::env;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::time::Duration;

/// Runs the command.
pub fn test(path: Option<&Path>, all: bool, looks: Looks, out: &mut dyn Write) -> Result<Exit, RunError> {
    let broken = |error: ConfigError| broken_config::show(error, looks);
    let pages = pages(path).map_err(broken)?;
    let entries = rules_folder::read(&pages).map_err(broken)?;
    if entries.is_empty() && !all {
        return Err(RunError::Refused {
            message: "there are no rules of your own to test".to_owned(),
            help: "`postlint new-rule NAME` writes one, `--all` tests the built-in ones".to_owned(),
        });
    }
    let here = env::current_dir().unwrap_or_default();
    let mut failures = Vec::new();
    let mut rules = 0;
    for (entry, page) in entries.iter().zip(&pages) {
        let only_this = alone(entry);
        failures.extend(test_page(entry, &walk::printed(page, &here), &only_this, out)?);
        rules += 1;
    }
    if all {
        for entry in Catalog::builtin().rules() {
            let page = format!("rules/{}.md", entry.page.meta.name);
            failures.extend(test_page(entry, &page, &defaults_with(entry), out)?);
            rules += 1;
        }
    }
    for failure in &failures {
        write!(out, "\n{failure}")?;
    }
    writeln!(out, "\n{} in {}", counted(failures.len(), "failure"), counted(rules, "rule"))?;
    Ok(if failures.is_empty() { Exit::Clean } else { Exit::Findings })
}

fn pages(path: Option<&Path>) -> Result<Vec<PathBuf>, ConfigError> {
    match path {
        Some(path) if path.is_dir() => rules_folder::pages(path),
        Some(page) => Ok(vec![page.to_owned()]),
        None => rules_folder::here().map_or_else(|| Ok(Vec::new()), |folder| rules_folder::pages(&folder)),
    }
}

/// Runs the examples of one page, says in a line how that went, and gives back what failed.
fn test_page(entry: &Entry, page: &str, rules: &Ruleset, out: &mut dyn Write) -> Result<Vec<String>, RunError> {
    let name = &*entry.page.meta.name;
    let examples = examples(&entry.page);
    let mut failures: Vec<String> = missing_examples(&examples).map(|what| format!("{page}: {what}\n")).collect();
    failures.extend(misspelt(&entry.page.text).map(|(line, why)| format!("{page}:{line}: {why}\n")));
    for example in &examples {
        if let Err(why) = verdict(name, example, rules) {
            failures.push(format!("{page}:{}: {why}\n", example.line));
        }
    }
    let word = if failures.is_empty() { "ok  " } else { "FAIL" };
    writeln!(out, "{word}  {name} ({})", counted(examples.len(), "example"))?;
    Ok(failures)
}

/// Fences with a word that was meant to make an example of them, each with its line.
fn misspelt(text: &str) -> impl Iterator<Item = (usize, String)> {
    let fences = text.lines().zip(1..).filter_map(|(line, number)| Some((line.strip_prefix("```")?, number)));
    fences.filter_map(|(info, number)| {
        let word = info.split_whitespace().nth(1).filter(|word| !WORDS.contains(word) && !word.contains('='))?;
        let meant = nearest(word, WORDS)?;
        Some((number, format!("`{word}` is no word of an example\n  help: did you mean `{meant}`?")))
    })
}

fn missing_examples(examples: &[Example]) -> impl Iterator<Item = String> {
    let promises = [(Promise::Bad, "bad"), (Promise::Good, "good")];
    let missing = promises.into_iter().filter(|(promise, _)| !examples.iter().any(|it| it.promise == *promise));
    missing.map(|(_, word)| {
        let help = format!("write one below a line ```html {word}, or ```md {word}, and close it with ```");
        format!("the page has no `{word}` example\n  help: {help}")
    })
}

/// The rule and no other.
pub fn alone(entry: &Entry) -> Ruleset {
    let mut rules = Ruleset::default();
    add(entry, &mut rules);
    rules
}

/// The default rules, and this one even where it is off by default.
pub fn defaults_with(entry: &Entry) -> Ruleset {
    let mut rules = Ruleset::recommended(Catalog::builtin());
    if !rules.rules().iter().any(|rule| rule.meta.name == entry.page.meta.name) {
        add(entry, &mut rules);
    }
    rules
}

fn add(entry: &Entry, rules: &mut Ruleset) {
    let level = entry.page.meta.level.level().unwrap_or(Level::Warn);
    if let Ok(check) = entry.check(serde_yaml::Mapping::new()) {
        rules.add(ActiveRule { meta: entry.page.meta.clone(), level, check });
    }
}

/// How an example of the rule `name` breaks its promise under `rules`, as text.
pub fn verdict(name: &str, example: &Example, rules: &Ruleset) -> Result<(), String> {
    let found = example.lint(&example.text, rules);
    let own: Vec<&Diagnostic> = found.iter().filter(|finding| &*finding.rule == name).collect();
    match example.promise {
        Promise::Good if !found.is_empty() => {
            let help = "mend `match`, or the example where the finding is right";
            return Err(format!(
                "a `good` example is not silent\n  help: {help}\n\n{}",
                printed(example, found, rules)
            ));
        }
        Promise::Bad if own.is_empty() => {
            let others =
                if found.is_empty() { String::new() } else { format!("\n\n{}", printed(example, found, rules)) };
            let help = "mend `match` or the example; `postlint tree FILE` shows a post as rules see it";
            return Err(format!("a `bad` example is not found\n  help: {help}{others}"));
        }
        _ => {}
    }
    if let Some(want) = &example.fixed {
        let edits: Vec<Edit> = own.iter().filter_map(|it| it.fix.as_ref()).flat_map(|fix| fix.edits.clone()).collect();
        let got = Edit::apply(&example.text, &edits).ok_or("the edits of its fixes overlap")?;
        if got != *want {
            return Err(format!("the fix makes something else\n\nexpected\n{want}\nmade\n{got}"));
        }
        let again = example.lint(&got, rules);
        if again.iter().any(|finding| &*finding.rule == name) {
            return Err(format!("still found after the fix\n\n{}", printed(example, again, rules)));
        }
    }
    match &example.output {
        Some((want, _)) if printed(example, found.clone(), rules) != *want => {
            let got = printed(example, found, rules);
            Err(format!("something else is printed\n\nexpected\n{want}\nprinted\n{got}"))
        }
        _ => Ok(()),
    }
}

/// What `postlint check` prints for the example, 80 cells wide and without colours.
pub fn printed(example: &Example, diagnostics: Vec<Diagnostic>, rules: &Ruleset) -> String {
    let info = |rule: &ActiveRule| RuleInfo {
        name: rule.meta.name.to_string(),
        summary: rule.meta.summary.clone(),
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
    // Writing to memory does not fail.
    let _ = output::write(Format::Full, &run, &mut out);
    format!("{}\n", String::from_utf8_lossy(&out).trim_end())
}
