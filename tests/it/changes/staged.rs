//! `--staged`: everything is read from the index.

use crate::changes::repo::{Repo, bad, found, good};
use crate::support::blog::{code, stderr, stdout};
use std::fs;

#[test]
fn the_staged_content_counts_not_the_work_tree() {
    let Some(repo) = Repo::new(&[("a.md", &good("a")), ("b.md", &good("b")), ("c.md", &bad("c"))]) else { return };
    repo.write("a.md", &bad("a"));
    repo.write("b.md", &good("another b"));
    repo.write("d.md", &bad("d"));
    repo.git(&["add", "--all"]);
    // Part of the work tree is ahead of the index.
    repo.write("a.md", &good("a"));
    repo.write("b.md", &bad("b"));
    repo.write("c.md", &bad("another c"));
    repo.write("untracked.md", &bad("u"));
    repo.remove("d.md");
    assert_eq!(repo.paths(&["--staged"]), ["a.md", "d.md"]);
    assert_eq!(repo.paths(&["--staged", "b.md", "d.md"]), ["d.md"]);
    assert_eq!(repo.paths(&["--staged", "untracked.md"]), [""; 0]);
    let output = repo.run_in("", &["--staged", "dd.md"]);
    assert_eq!(code(&output), 2);
    assert!(stderr(&output).contains("no such file or folder: `dd.md`"), "{}", stderr(&output));
    // If others are there, these are checked.
    let told = "error: no such file or folder: `dd.md`\n";
    let output =
        repo.run_in("", &["--staged", "-q", "--format", "concise", "--select", "alt-missing", "d.md", "dd.md"]);
    assert_eq!((code(&output), stderr(&output).as_str()), (2, told));
    assert!(stdout(&output).starts_with("d.md:"), "{}", stdout(&output));
    let output = repo.run_in("", &["--staged", "--show-files", "d.md", "dd.md"]);
    assert_eq!((code(&output), stdout(&output).as_str(), stderr(&output).as_str()), (2, "d.md\n", told));
}

#[test]
fn nothing_staged_is_nothing_to_do() {
    let Some(repo) = Repo::new(&[("a.md", &bad("a"))]) else { return };
    repo.write("a.md", &bad("changed"));
    let output = repo.run_in("", &["--staged"]);
    assert_eq!((code(&output), &*stdout(&output), &*stderr(&output)), (0, "", "nothing to check: no post is staged\n"));
    repo.write("code.rs", "");
    repo.git(&["add", "code.rs"]);
    assert_eq!(stderr(&repo.run_in("", &["--staged"])), "nothing to check: no post is staged\n");
}

#[test]
fn before_the_first_commit() {
    let Some(repo) = Repo::empty() else { return };
    assert_eq!(repo.paths(&["--staged"]), [""; 0]);
    repo.write("a.md", &bad("a"));
    repo.write("b.md", &bad("b"));
    repo.git(&["add", "a.md"]);
    assert_eq!(repo.paths(&["--staged"]), ["a.md"]);
    assert_eq!(repo.paths(&["--changed-lines"]), ["a.md", "b.md"]);
}

#[test]
fn renames_and_deletions() {
    let Some(repo) = Repo::new(&[("a.md", &bad("a")), ("b.md", &bad("b")), ("c.md", &bad("c"))]) else { return };
    repo.git(&["mv", "a.md", "둘 째.md"]);
    repo.git(&["rm", "-q", "b.md"]);
    assert_eq!(repo.paths(&["--staged"]), ["둘 째.md"]);
    repo.write("둘 째.md", &bad("second"));
    repo.git(&["add", "--all"]);
    assert_eq!(repo.paths(&["--staged"]), ["둘 째.md"]);
}

#[test]
#[cfg(unix)]
fn names_with_quotes_and_line_feeds() {
    let Some(repo) = Repo::new(&[("a.md", &good("a"))]) else { return };
    repo.write("say \"hi\"\n.md", &bad("x"));
    repo.git(&["add", "--all"]);
    assert_eq!(repo.paths(&["--staged"]), ["say \"hi\"\n.md"]);
    assert_eq!(repo.paths(&["--staged", "--changed-lines"]), ["say \"hi\"\n.md"]);
}

/// The config, ignore files, rules of one's own and the baseline are those of the index.
#[test]
fn configs_are_read_from_the_index() {
    let Some(repo) = Repo::new(&[("postlint.yml", "rules: {alt-missing: off}\n"), ("a.md", &good("a"))]) else {
        return;
    };
    repo.write("a.md", &bad("a"));
    repo.git(&["add", "a.md"]);
    repo.write("postlint.yml", "rules: {alt-missing: error}\n");
    let staged = || repo.found(&["--staged"]);
    assert_eq!(staged(), [""; 0]);
    repo.git(&["add", "--all"]);
    assert_eq!(staged(), ["a.md:7 alt-missing"]);
    repo.write("postlint.yml", "broken: [\n");
    assert_eq!(staged(), ["a.md:7 alt-missing"]);
    repo.write(".postlintignore", "a.md\n");
    assert_eq!(staged(), ["a.md:7 alt-missing"]);
    repo.git(&["add", ".postlintignore"]);
    assert_eq!(staged(), [""; 0]);
    repo.git(&["rm", "-q", "-f", ".postlintignore"]);
    repo.git(&["checkout", "-q", "postlint.yml"]);
    repo.run_in("", &["--write-baseline"]);
    assert_eq!(staged(), ["a.md:7 alt-missing"]);
    repo.git(&["add", "--all"]);
    assert_eq!(staged(), [""; 0]);
    let output = repo.run_in("", &["--staged"]);
    assert!(stderr(&output).contains("1 known finding hidden by postlint-baseline.txt"), "{}", stderr(&output));
    assert_eq!(repo.found(&["--staged", "--no-baseline"]), ["a.md:7 alt-missing"]);
}

/// Paths of options are those of the working directory.
#[test]
fn options_name_files_of_the_work_tree() {
    let Some(repo) = Repo::new(&[("sub/a.md", &good("a"))]) else { return };
    repo.write("sub/a.md", &bad("a"));
    repo.git(&["add", "--all"]);
    repo.write("strange.yml", "overrides: [{match: \"sub/*\", rules: {alt-missing: off}}]\n");
    assert_eq!(repo.found(&["--staged", "--config", "strange.yml"]), [""; 0], "its globs are seen from its folder");
    assert_eq!(repo.found_in("sub", &["--staged", "--config", "../strange.yml"]), [""; 0]);
    let outside = repo.beside("outside.yml");
    fs::write(&outside, "rules: {alt-missing: off}\n").unwrap();
    assert_eq!(repo.found(&["--staged", "--config", outside.to_str().unwrap()]), [""; 0]);
    for known in [repo.top.join("sub/known.txt"), repo.beside("known.txt")] {
        let known = known.to_str().unwrap();
        assert_eq!(repo.found_in("sub", &["--staged"]), ["a.md:7 alt-missing"]);
        assert_eq!(code(&repo.run_in("", &["--write-baseline", "--baseline", known])), 0);
        assert_eq!(repo.found_in("sub", &["--staged", "--baseline", known]), [""; 0], "{known}");
    }
}

const CONFIG: &str = "url: https://harbour.example.org\nlang: en\n";

fn post(title: &str, body: &str) -> String {
    format!(
        "---\nlayout: post\ntitle: The harbour {title}\ndescription: All about {title} in the harbour.\n---\n\n{body}\n"
    )
}

/// Other posts, layouts and pictures are those of the index.
#[test]
fn the_site_is_read_from_the_index() {
    let Some(repo) = Repo::new(&[
        ("_config.yml", CONFIG),
        ("_posts/2024-05-01-boats.md", &post("and its boats", "Boats.")),
        ("assets/img/old.png", ""),
    ]) else {
        return;
    };
    let body = "![The quay at dawn](/assets/img/new.png) ![The quay at noon](/assets/img/old.png)\n\n\
                [last week]({% post_url 2024-05-01-boats %}) [next week]({% post_url 2024-05-20-nets %})";
    repo.write("_posts/2024-05-08-storm.md", &post("in a storm", body));
    repo.git(&["add", "--all"]);
    repo.remove("assets/img/old.png");
    repo.remove("_posts/2024-05-01-boats.md");
    repo.write("assets/img/new.png", "");
    repo.write("_posts/2024-05-20-nets.md", &post("and its nets", "Nets."));
    let both = ["_posts/2024-05-08-storm.md:7 image-file-missing", "_posts/2024-05-08-storm.md:9 internal-link-broken"];
    assert_eq!(repo.found(&["--staged"]), both);
    repo.git(&["add", "--intent-to-add", "assets/img/new.png"]);
    assert_eq!(repo.found(&["--staged"]), both, "it is not in the next commit");
    repo.git(&["add", "assets/img/new.png", "_posts/2024-05-20-nets.md"]);
    assert_eq!(repo.found(&["--staged"]), [""; 0]);
}

/// A theme in a submodule is read from the work tree, since the index has only the name of its commit.
#[test]
fn the_files_of_submodules_are_there() {
    let Some(repo) = Repo::new(&[("_config.yml", CONFIG)]) else { return };
    repo.write("assets/quay.png", "");
    repo.git(&["-C", "assets", "init", "-q"]);
    repo.git(&["-C", "assets", "add", "--all"]);
    repo.git(&["-C", "assets", "commit", "-q", "-m", "pictures"]);
    repo.write(
        "_posts/2024-05-08-storm.md",
        &post("in a storm", "![The quay](/assets/quay.png) ![Me](/assets/me.png)"),
    );
    repo.git(&["-c", "advice.addEmbeddedRepo=false", "add", "--all"]);
    assert_eq!(repo.found(&["--staged"]), ["_posts/2024-05-08-storm.md:7 image-file-missing"]);
    assert!(stdout(&repo.run_in("", &["--staged"])).contains("me.png"));
}

/// The temporary folder is nowhere to be seen, and is removed after errors too.
#[test]
fn the_temporary_folder_is_not_shown() {
    let Some(repo) = Repo::new(&[("_config.yml", CONFIG), ("postlint.yml", ""), ("known.md", &good("known"))]) else {
        return;
    };
    repo.write("sub/_posts/2024-05-08-storm.md", &post("in a storm", "<img src=\"/a.png\">"));
    repo.write("_posts/2024-05-08-storm.md", &post("in a storm", "<img src=\"/b.png\">"));
    repo.git(&["add", "--all"]);
    let temporary = repo.tmp();
    for format in ["json", "full", "concise", "github", "json-lines"] {
        for arguments in [&["--staged"][..], &["--staged", ".."], &["--staged", "--statistics"]] {
            let output = repo.run_in("sub", &[arguments, &["--format", format]].concat());
            let said = format!("{}{}", stdout(&output), stderr(&output));
            assert!(!said.contains(temporary.to_str().unwrap()), "{arguments:?}: {said}");
            // The table of statistics has no paths.
            let is_table = arguments.contains(&"--statistics") && !format.starts_with("json");
            assert!(said.contains(if is_table { "alt-missing" } else { "storm.md" }), "{arguments:?}: {said}");
        }
    }
    let output = repo.run_in("sub", &["--staged", "..", "--format", "json"]);
    let paths: Vec<_> = found(&output).iter().map(|line| line.split(':').next().unwrap().to_owned()).collect();
    assert!(paths.contains(&"../_posts/2024-05-08-storm.md".to_owned()), "{paths:?}");
    repo.write("_config.yml", "a: [\n");
    repo.write("postlint.yml", "rulez: {}\n");
    repo.git(&["add", "--all"]);
    for folder in ["", "sub"] {
        let output = repo.run_in(folder, &["--staged"]);
        let said = stderr(&output);
        assert_eq!(code(&output), 2);
        assert!(said.contains("postlint.yml") && !said.contains(temporary.to_str().unwrap()), "{said}");
        let output = repo.run_in(folder, &["--staged", "--format", "json"]);
        assert!(!stdout(&output).contains(temporary.to_str().unwrap()), "{}", stdout(&output));
        assert_eq!(repo.temporary(), [""; 0]);
    }
    repo.write("postlint.yml", "");
    repo.git(&["add", "--all"]);
    let said = stderr(&repo.run_in("sub", &["--staged"]));
    assert!(said.contains("_config.yml`: its settings are not known"), "{said}");
    assert!(!said.contains(temporary.to_str().unwrap()), "{said}");
}

#[test]
#[cfg(unix)]
fn links_and_configs_that_lead_out_of_the_repository() {
    use std::os::unix::fs::symlink;
    let Some(repo) = Repo::new(&[("_config.yml", CONFIG), ("pictures/quay.png", "")]) else { return };
    fs::create_dir_all(repo.beside("shared/deep")).unwrap();
    fs::write(repo.beside("shared/me.png"), "").unwrap();
    fs::write(repo.beside("shared/base.yml"), "rules: {alt-missing: off}\n").unwrap();
    symlink("pictures", repo.top.join("assets")).unwrap();
    symlink("../shared", repo.top.join("shared")).unwrap();
    let body =
        "![The quay](/assets/quay.png) ![The sailor](/shared/me.png) ![The sea](/shared/sea.png)\n\n<img src=/a.png>";
    repo.write("_posts/2024-05-08-storm.md", &post("in a storm", body));
    repo.write("postlint.yml", "extends: [../shared/base.yml]\n");
    repo.git(&["add", "--all"]);
    let expected = repo.found(&[]);
    assert!(expected.contains(&"_posts/2024-05-08-storm.md:7 image-file-missing".to_owned()), "{expected:?}");
    assert_eq!(repo.found(&["--staged"]), expected);
}
