//! Warnings about a config file that can be used: globs without files, languages that do not exist, old names of rules.

use crate::support::blog::{Blog, code, stderr, stdout};

const POST: &str = "---\ntitle: A post\ndescription: What it is about.\n---\n\nText of the post.\n";

fn blog(config: &str) -> Blog {
    Blog::new(&[("postlint.yml", config), ("_posts/2024-01-01-a.md", POST)])
}

/// The lines on standard error about the config file, each with its warning: `postlint.yml:1:7 …`.
fn warned(blog: &Blog, arguments: &[&str]) -> String {
    let output = blog.run(arguments);
    assert_eq!(code(&output), 0, "a warning does not fail a run: {} {}", stdout(&output), stderr(&output));
    stderr(&output)
}

#[test]
fn languages_that_do_not_exist_are_told() {
    for (lang, help) in [
        ("korean", "did you mean `ko`?"),
        ("English", "did you mean `en`?"),
        ("ko-KO", "did you mean `ko-KR`?"),
        ("klingon", "write a tag of BCP 47"),
        ("qq", "write a tag of BCP 47"),
        ("en-ZB", "write a tag of BCP 47"),
        ("de-ZZ", "write a tag of BCP 47"),
        ("kr", "did you mean `ko`?"),
        ("jp", "did you mean `ja`?"),
        ("JP", "did you mean `ja`?"),
        ("cn", "did you mean `zh`?"),
        ("cz", "did you mean `cs`?"),
        ("ua", "did you mean `uk`?"),
        ("ua-UA", "did you mean `uk-UA`?"),
        ("kr-KR", "did you mean `ko-KR`?"),
        ("eng", "did you mean `en`?"),
        ("deu-AT", "did you mean `de-AT`?"),
        ("jpn", "did you mean `ja`?"),
        ("kor", "did you mean `ko`?"),
    ] {
        let told = warned(&blog(&format!("# config\nlang: {lang}\n")), &[]);
        assert!(told.contains("warn[config]: ") && told.contains("postlint.yml:2:7"), "{lang}: {told}");
        assert!(told.contains(help), "{lang}: {told}");
    }
    for lang in ["ko", "ko-KR", "en-GB", "zh-Hant-TW", "sr-Latn", "pt-BR", "es-419", "yue", "de-CH-1996", "ain", "fil"]
    {
        let told = warned(&blog(&format!("lang: {lang}\n")), &[]);
        assert!(!told.contains("warn"), "{lang}: {told}");
    }
    // Whoever wants only findings wants those of the rules that were meant.
    let told = warned(&blog("lang: korean\n"), &["-q"]);
    assert!(told.contains("did you mean `ko`?") && !told.contains("1 post"), "{told}");
    let misplaced = warned(&Blog::new(&[("postlint.json", "{}"), ("a.md", POST)]), &["-q"]);
    let named = "a config file is named `postlint.yml`, in this folder or in `.config/`";
    assert_eq!(misplaced, format!("warning: `postlint.json` is not read: {named}\n"));
    let told = warned(&blog("lang: korean\n"), &["-q", "--fix"]);
    assert_eq!(told.matches("did you mean").count(), 1, "{told}");
}

const GLOBS: &str = "ignore: [\"_post/2012-*\", old.md]\noverrides:\n  - match: [\"_posts/2013-*\", \"!_posts/x/**\"]\n    \
                     rules: {alt-missing: off}\nfront-matter:\n  - match: ./_posts/**\n    required: [title]\n";

#[test]
fn globs_that_match_no_file_are_told_with_their_place() {
    let told = warned(&blog(GLOBS), &[]);
    for want in [
        "`_post/2012-*` matches no file",
        "postlint.yml:1:10",
        "did you mean `_posts/2012-*`?",
        "`old.md` matches no file",
        "`_posts/2013-*` matches no file",
        "`!_posts/x/**` matches no file",
        "`./_posts/**` matches no file",
        "write `_posts/**`",
    ] {
        assert!(told.contains(want), "{want}: {told}");
    }
    assert_eq!(told.matches("warn[config]: ").count(), 5, "{told}");
}

#[test]
fn a_glob_is_not_proposed_for_itself() {
    let config = "overrides:\n  - match: _posts/old/*.txt\n    rules: {alt-missing: off}\n  - match: _posts/odl/*.md\n    \
                  rules: {alt-missing: off}\nignore: [_posts/old/b.md, _posts/old/2012/, /gone.md]\n";
    let blog = blog(config);
    blog.write("_posts/old/2024-01-02-b.md", &POST.replace("A post", "B post").replace("What", "Of what"));
    let told = warned(&blog, &[]);
    assert!(told.contains("did you mean `_posts/old/*.md`?"), "the other one: {told}");
    for glob in ["_posts/old/*.txt", "_posts/old/b.md", "_posts/old/2012/", "/gone.md"] {
        assert!(told.contains(&format!("`{glob}` matches no file")), "{glob}: {told}");
        assert!(!told.contains(&format!("did you mean `{}`", glob.trim_end_matches('/'))), "{glob}: {told}");
    }
    assert!(!told.contains("paths begin in the folder"), "a `/` at the beginning of such a line is correct: {told}");
}

#[test]
fn globs_are_judged_only_where_all_files_were_searched() {
    let blog = blog(GLOBS);
    blog.write("other/b.md", &POST.replace("A post", "B post").replace("What", "Of what"));
    for arguments in [
        &["_posts/2024-01-01-a.md"][..],
        &["_posts/2024-01-01-a.md", "other/b.md"],
        &["_posts"],
        &["--exclude", "other"],
        &["--force-exclude", "other/b.md"],
    ] {
        let told = warned(&blog, arguments);
        assert!(!told.contains("matches no file"), "{arguments:?}: {told}");
    }
    blog.write("list.txt", "other/b.md\n");
    assert!(!warned(&blog, &["--files-from", "list.txt"]).contains("matches no file"));
    let below = blog.command(&[]).current_dir(blog.0.join("other")).output().unwrap();
    assert!(!stderr(&below).contains("matches no file"), "{}", stderr(&below));
    let above = blog.command(&[blog.0.to_str().unwrap()]).current_dir(std::env::temp_dir()).output().unwrap();
    assert!(stderr(&above).contains("matches no file"), "{}", stderr(&above));
}

#[test]
fn globs_that_match_something_are_not_told() {
    let config = "ignore: [drafts, \"*.tmp.md\", /notes/, _posts/2012-*, \"!_posts/2012-12-24-x.md\", secret.txt]\n\
                  overrides:\n  - match: [\"_posts/**\", \"!_posts/2024-*\"]\n    rules: {alt-missing: off}\n  - match: \
                  \"pages/한글*.md\"\n    rules: {alt-missing: off}\n  - match: \"**/README.txt\"\n    rules: {alt-missing: off}\n";
    let blog = blog(config);
    for file in
        ["sub/drafts/a.md", "x/a.tmp.md", "notes/n.md", "_posts/2012-01-01-b.md", "secret.txt", "deep/er/README.txt"]
    {
        blog.write(file, &POST.replace("A post", file).replace("What it is", file));
    }
    blog.write("pages/한글 글.md", &POST.replace("A post", "한글").replace("What it is", "무엇"));
    let told = warned(&blog, &[]);
    assert!(!told.contains("matches no file"), "{told}");
}

#[test]
fn nothing_is_said_of_files_that_other_machines_may_have() {
    let config = "ignore: [node_modules, _site/, private/notes.md, \"*.local.md\", .obsidian]\noverrides:\n  - match: \
                  \"_drafts/**\"\n    rules: {alt-missing: off}\n  - match: [\"imported/**\", \"a/imported/*.md\"]\n    rules: {alt-missing: off}\n";
    let blog = blog(config);
    blog.write(".gitignore", "private/\n*.local.md\nimported\n");
    let told = warned(&blog, &[]);
    assert!(!told.contains("matches no file"), "{told}");
}

#[test]
fn only_the_config_file_itself_is_judged() {
    let base = "overrides:\n  - match: \"of-another-blog/**\"\n    rules: {alt-missing: off}\n";
    let blog = Blog::new(&[("base.yml", base), ("postlint.yml", "extends: base.yml\n"), ("a.md", POST)]);
    assert!(!warned(&blog, &[]).contains("warn"), "several blogs may extend a file");
    let empty = Blog::new(&[("postlint.yml", base)]);
    assert!(!warned(&empty, &[]).contains("matches no file"), "there are no posts");
}

#[test]
fn github_shows_the_warnings_at_their_lines() {
    let commands = |arguments: &[&str]| {
        let output = blog(GLOBS).run(&[&["--format", "github"], arguments].concat());
        assert_eq!(code(&output), 0);
        stdout(&output)
    };
    let told = commands(&[]);
    assert_eq!(told.lines().count(), 5, "{told}");
    let first = "::warning file=postlint.yml,line=1,title=postlint::`_post/2012-*` matches no file%0A  help: did you \
                 mean `_posts/2012-*`?";
    assert_eq!(told.lines().next(), Some(first));
    assert!(
        told.contains("::warning file=postlint.yml,line=6,title=postlint::`./_posts/**` matches no file"),
        "{told}"
    );
    assert_eq!(commands(&["-q"]), told);
    assert_eq!(commands(&["_posts/2024-01-01-a.md"]), "", "only a run on all files can tell");
    let broken = blog("lang: korean\nrules: {alt-missing: offf}\n").run(&["--format", "github"]);
    assert!(stdout(&broken).starts_with("::error file=postlint.yml,line=2,"), "{}", stdout(&broken));
}
