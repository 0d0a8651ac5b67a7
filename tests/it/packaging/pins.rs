//! Versions and commits that are written down.

use super::{VERSION, read, root};
use regex::Regex;
use std::fs;

#[test]
fn what_users_copy_names_this_version() {
    let pin = Regex::new(r"(?:rev: v|postlint/postlint@v|postlint/postlint:|postlint==)(\d[\w.-]*)").unwrap();
    let mut found = 0;
    let pages =
        ["README.md", ".github/packaging/README.md", "docs/src/ci.md", "docs/src/install.md"].map(str::to_owned);
    for path in examples().into_iter().chain(pages) {
        for pinned in pin.captures_iter(&read(&path)) {
            assert_eq!(&pinned[1], VERSION, "{path}: {}", &pinned[0]);
            found += 1;
        }
    }
    assert!(found >= 7, "only {found} versions were found");
}

#[test]
fn no_package_file_has_a_version_of_its_own() {
    let version = Regex::new(r#"\bversion"?\s*[:=]\s*"?\d"#).unwrap();
    for path in [
        "setup.py",
        "action.yml",
        ".github/packaging/pypi/pyproject.toml",
        ".github/packaging/project.py",
        ".github/packaging/wheel.py",
        ".github/packaging/npm.py",
        ".github/packaging/recipes/PKGBUILD",
        ".github/packaging/recipes/postlint.rb",
    ] {
        let text = read(path);
        assert!(!version.is_match(&text) && !text.contains(&format!("\"{VERSION}\"")), "{path}");
    }
}

#[test]
fn actions_of_workflows_are_pinned_to_commits() {
    let uses = Regex::new(r"(?m)^\s*-? *uses: (\S+)(.*)$").unwrap();
    let pinned = Regex::new(r"^[\w.-]+/[\w./-]+@[0-9a-f]{40}$").unwrap();
    for path in [".github/workflows/ci.yml", ".github/workflows/release.yml", ".github/examples/github.yml"] {
        for used in uses.captures_iter(&read(path)) {
            // There is no commit of ours to name in an example of this commit.
            if used[1].starts_with("postlint/postlint@v") {
                continue;
            }
            assert!(pinned.is_match(&used[1]) && used[2].starts_with(" # v"), "{path}: {}", &used[0]);
        }
    }
}

#[test]
fn workflows_put_no_expressions_into_scripts() {
    for path in [".github/workflows/ci.yml", ".github/workflows/release.yml"] {
        let workflow = super::yaml(path);
        for (name, job) in workflow["jobs"].as_object().unwrap() {
            for step in job["steps"].as_array().unwrap() {
                let script = step["run"].as_str().unwrap_or_default();
                assert!(!script.contains("${{"), "{path}, {name}: {script}");
            }
        }
    }
}

/// The paths of the example configurations.
fn examples() -> Vec<String> {
    let entries = fs::read_dir(root().join(".github/examples")).unwrap();
    let mut paths: Vec<String> =
        entries.map(|entry| format!(".github/examples/{}", entry.unwrap().file_name().to_str().unwrap())).collect();
    paths.sort();
    paths
}
