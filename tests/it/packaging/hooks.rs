//! `.pre-commit-hooks.yaml`. `.ci/pre-commit-hook` runs the hooks under pre-commit and prek.

use crate::support::environment;
use serde_json::Value;
use std::fs;

fn hooks() -> Vec<Value> {
    super::yaml(".pre-commit-hooks.yaml").as_array().unwrap().clone()
}

#[test]
fn hooks_have_their_names_and_languages() {
    let hooks = hooks();
    let named = hooks.iter().map(|hook| (hook["id"].as_str().unwrap(), hook["language"].as_str().unwrap()));
    let expected = [
        ("postlint", "python"),
        ("postlint-fix", "python"),
        ("postlint-site", "python"),
        ("postlint-src", "rust"),
        ("postlint-system", "system"),
    ];
    assert_eq!(named.collect::<Vec<_>>(), expected);
    for hook in &hooks {
        let takes_files = hook["pass_filenames"] != Value::Bool(false);
        assert_eq!(hook["require_serial"], Value::Bool(true), "runs at once would each read the site: {hook}");
        assert_eq!(takes_files, hook["entry"].as_str().unwrap().contains("--force-exclude"), "{hook}");
        assert_eq!(takes_files, hook["types_or"].is_array(), "{hook}");
        assert_eq!(!takes_files, hook["always_run"] == Value::Bool(true), "a deleted post is a change too: {hook}");
    }
}

#[test]
fn the_entries_of_hooks_are_accepted() {
    let blog = tempfile::tempdir().unwrap();
    fs::write(blog.path().join("a.md"), "---\ntitle: A text\ndescription: What it is about.\n---\n\nText.\n").unwrap();
    for hook in hooks() {
        let mut words = hook["entry"].as_str().unwrap().split(' ');
        assert_eq!(words.next(), Some("postlint"), "{hook}");
        let mut command = environment::postlint();
        command.args(words).current_dir(&blog);
        if hook["pass_filenames"] != Value::Bool(false) {
            command.arg("a.md");
        }
        let output = command.output().unwrap();
        assert!(output.status.success(), "{hook}\n{}", String::from_utf8_lossy(&output.stderr));
    }
}
