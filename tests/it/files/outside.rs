//! Files outside the repository that a config refers to: they are used if valid, and their text is not shown if not.

use super::{POST, limited};
use crate::support::blog::{Blog, code, flat, stderr, stdout};
use std::os::unix::fs::symlink;

const SECRET: &str = "hunter2: swordfish\nrules: {swordfish: off}\n";

/// A repository, and a folder beside it with text that must not be printed.
fn blog() -> Blog {
    let blog =
        Blog::new(&[("site/a.md", POST), ("elsewhere/s.yml", SECRET), ("elsewhere/lines", "swordfish:x:0:0\n1\n")]);
    blog.write("elsewhere/rules/own.md", "---\nhunter2: swordfish\n---\n\nswordfish\n");
    std::fs::remove_dir(blog.0.join(".git")).unwrap();
    std::fs::create_dir_all(blog.0.join("site/.git")).unwrap();
    blog
}

#[track_caller]
fn hidden(blog: &Blog, arguments: &[&str]) -> String {
    let output = limited(blog, "cd site", arguments);
    let told = flat(&stderr(&output));
    // With `--format json`, standard output has the errors too.
    let shown = stdout(&output);
    assert_eq!((code(&output), shown.is_empty()), (2, !arguments.contains(&"json")), "{told}");
    assert!(
        [&told, &shown].iter().all(|text| !text.contains("hunter2") && !text.contains("swordfish")),
        "{told}{shown}"
    );
    assert!(told.contains("its text is not shown because it is outside the repository"), "{told}");
    told
}

#[test]
fn an_invalid_config_outside_is_not_shown() {
    let absolute = |blog: &Blog| format!("extends: {}\n", blog.0.join("elsewhere/lines").display());
    for config in ["extends: ../elsewhere/s.yml\n", "extends: ../elsewhere/lines\n", "extends: ./link.yml\n", ""] {
        let blog = blog();
        symlink("../elsewhere/s.yml", blog.0.join("site/link.yml")).unwrap();
        blog.write("site/postlint.yml", if config.is_empty() { absolute(&blog) } else { config.to_owned() }.as_str());
        for arguments in [&[][..], &["--format", "json"], &["config", "show"], &["baseline", "prune"]] {
            hidden(&blog, arguments);
        }
    }
    let blog = blog();
    symlink("../elsewhere/s.yml", blog.0.join("site/postlint.yml")).unwrap();
    hidden(&blog, &[]);
}

#[test]
fn the_places_of_mistakes_are_printed_and_how_to_see_them() {
    let blog = blog();
    blog.write("site/postlint.yml", "extends: ../elsewhere/s.yml\n");
    let told = hidden(&blog, &[]);
    assert!(told.contains("its mistakes are at 1:1, 2:9; `postlint config show --config "), "{told}");
    // A user who passes the file on the command line may read it anyway, and text inside the repository is always
    // shown.
    let output = limited(&blog, "cd site", &["config", "show", "--config", "../elsewhere/s.yml"]);
    assert!(stderr(&output).contains("unknown setting `hunter2`"), "{}", stderr(&output));
    blog.write("site/s.yml", SECRET);
    blog.write("site/postlint.yml", "extends: ./s.yml\n");
    assert!(stderr(&limited(&blog, "cd site", &[])).contains("hunter2: swordfish"));
}

#[test]
fn schemas_and_pages_outside_are_not_shown() {
    let blog = blog();
    blog.write("site/postlint.yml", "front-matter: [{match: \"*\", schema: ../elsewhere/lines}]\n");
    hidden(&blog, &[]);
    blog.write("site/postlint.yml", "rules-folder: ../elsewhere/rules\n");
    for arguments in [&[][..], &["test"], &["rules"], &["schema"], &["explain", "alt-missing"]] {
        hidden(&blog, arguments);
    }
    blog.write("site/postlint.yml", "");
    std::fs::create_dir(blog.0.join("site/.postlint")).unwrap();
    symlink("../../elsewhere/rules", blog.0.join("site/.postlint/rules")).unwrap();
    hidden(&blog, &[]);
}

#[test]
fn a_valid_config_outside_is_used() {
    let blog = blog();
    blog.write("elsewhere/base.yml", "rules: {alt-missing: off}\n");
    blog.write("site/postlint.yml", "extends: ../elsewhere/base.yml\n");
    assert_eq!(code(&limited(&blog, "cd site", &[])), 0);
}
