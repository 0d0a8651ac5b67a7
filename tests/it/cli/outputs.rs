//! Where findings are written: standard output, files, the summary of a job; and paths from the root of a repository.

use crate::support::blog::{Blog, code, stderr, stdout};
use serde_json::Value;
use std::fs;

const BAD: &str = "---\ntitle: A post\ndescription: What it is about.\n---\n\n<p><img src=\"/a.png\"></p>\n";
const POST: &str = "_posts/2024-01-01-bad.md";
const LINE: &str = "_posts/2024-01-01-bad.md:6:4: error[alt-missing] image has no alternative text\n";

fn blog() -> Blog {
    Blog::new(&[(POST, BAD)])
}

#[test]
fn several_formats_in_one_run() {
    let blog = blog();
    let output = blog.run(&["-q", "-f", "concise", "-f", "json=a.json", "-fsarif=b.sarif", "--format=junit=c.xml"]);
    assert_eq!((code(&output), stdout(&output), stderr(&output)), (1, LINE.to_owned(), String::new()));
    let report: Value = serde_json::from_str(&blog.read("a.json")).unwrap();
    assert_eq!(report["findings"][0]["ruleId"], "alt-missing");
    let log: Value = serde_json::from_str(&blog.read("b.sarif")).unwrap();
    let rule = &log["runs"][0]["tool"]["driver"]["rules"][0];
    assert_eq!(rule["shortDescription"]["text"], "image has no alternative text.");
    assert!(rule["fullDescription"]["text"].as_str().unwrap().starts_with("Without `alt`, a screen reader"), "{rule}");
    assert!(rule["help"]["markdown"].as_str().unwrap().contains("\n# Examples\n"), "{rule}");
    assert!(!rule["help"]["text"].as_str().unwrap().contains("Examples"), "{rule}");
    assert!(rule["helpUri"].as_str().unwrap().ends_with("/rules/alt-missing.md"), "{rule}");
    assert_eq!(rule["properties"]["tags"], serde_json::json!(["images", "standard"]));
    assert!(blog.read("c.xml").contains("failures=\"1\""));
}

#[test]
fn without_a_format_for_standard_output_the_default_is_written_there() {
    let blog = blog();
    let output = blog.run(&["-q", "--format", "concise=a.txt"]);
    assert!(stdout(&output).starts_with("error[alt-missing]: image"), "{}", stdout(&output));
    assert_eq!(blog.read("a.txt"), LINE);
    let output = blog.run(&["-q", "--format", "concise=-", "--format", "concise=a.txt"]);
    assert_eq!((stdout(&output), blog.read("a.txt")), (LINE.to_owned(), LINE.to_owned()), "the file is replaced");
    let output = blog.command(&["-q"]).env("POSTLINT_FORMAT", "concise").output().unwrap();
    assert_eq!(stdout(&output), LINE);
    let output = blog.command(&["-q"]).env("POSTLINT_FORMAT", "concise=b.txt").output().unwrap();
    assert!(stdout(&output).starts_with("error[alt-missing]: image"), "{}", stdout(&output));
    assert_eq!(blog.read("b.txt"), LINE);
}

#[test]
fn an_invalid_value_is_that_of_the_variable_or_of_the_option() {
    let blog = blog();
    let (format, unit) = (("POSTLINT_FORMAT", "jsn"), ("POSTLINT_COLUMN_UNIT", "cm"));
    let option = "'--format <FORMAT[=FILE]>'";
    for (variable, arguments, message) in [
        (format, &[][..], "invalid value 'jsn' for 'POSTLINT_FORMAT'\n"),
        (format, &["check", "-q"], "invalid value 'jsn' for 'POSTLINT_FORMAT'\n"),
        (("POSTLINT_FORMAT", "jsn=a.json"), &[], "invalid value 'jsn' for 'POSTLINT_FORMAT'\n"),
        (("POSTLINT_FORMAT", ""), &[], "a value is required for 'POSTLINT_FORMAT' but none was supplied\n"),
        (unit, &["-f", "concise"], "invalid value 'cm' for 'POSTLINT_COLUMN_UNIT'\n"),
        (unit, &["-q", "--format", "jsn"], &format!("invalid value 'jsn' for {option}\n")),
        (format, &["-fjsn"], &format!("invalid value 'jsn' for {option}\n")),
        (format, &["--format=xml"], &format!("invalid value 'xml' for {option}\n")),
        (format, &["--format", "concise", "--fail-on", "x"], "invalid value 'x' for '--fail-on <LEVEL>'\n"),
        (format, &["--formt", "json"], "unexpected argument '--formt' found\n"),
    ] {
        let output = blog.command(arguments).env(variable.0, variable.1).output().unwrap();
        let told = stderr(&output);
        assert!(told.starts_with(&format!("error: {message}")), "{variable:?} {arguments:?}: {told}");
        assert_eq!((code(&output), stdout(&output).as_str()), (2, ""), "{variable:?} {arguments:?}");
    }
}

#[test]
fn wrong_outputs_are_told_before_anything_is_checked() {
    let blog = blog();
    for (arguments, message, help) in [
        (
            &["--format", "json", "-f", "sarif"][..],
            "`--format json` and `--format sarif` would both be written to standard output",
            "write one of them to a file: `--format sarif=FILE`",
        ),
        (&["-f", "json=a", "-f", "sarif=./a"], "two formats would be written to `./a`", "give each a file of its own"),
        (&["-f", "json="], "`--format json=` does not name a file", "`--format json` alone writes to standard output"),
        (&["-f", "json=x/a"], "cannot write `x/a`: there is no folder `x`", "create it first"),
        (&["--summary-file", "x/a"], "cannot write `x/a`: there is no folder `x`", "create it first"),
    ] {
        let output = blog.run(arguments);
        assert_eq!(code(&output), 2, "{arguments:?}");
        assert_eq!(stderr(&output), format!("error: {message}\n  help: {help}\n"), "{arguments:?}");
    }
    let output = blog.run(&["-f", "sarf=a"]);
    assert_eq!(code(&output), 2);
    assert!(stderr(&output).contains("a similar value exists: 'sarif'"), "{}", stderr(&output));
}

#[cfg(unix)]
#[test]
fn a_file_that_cannot_be_written_exits_with_2() {
    let blog = blog();
    for (file, why) in [("_posts", "this is a folder"), ("/dev/full", "this is a device")] {
        let output = blog.run(&["-q", "-f", "concise", "-f", &format!("json={file}")]);
        assert_eq!((code(&output), stdout(&output)), (2, LINE.to_owned()), "the other formats are written");
        assert!(stderr(&output).starts_with(&format!("error: cannot write `{file}`: {why}")), "{}", stderr(&output));
        let output = blog.run(&["-q", "-f", "concise", "--summary-file", file]);
        assert_eq!((code(&output), stdout(&output)), (2, LINE.to_owned()));
        assert!(stderr(&output).starts_with(&format!("error: cannot write `{file}`: {why}")), "{}", stderr(&output));
    }
}

#[test]
fn a_failed_run_writes_its_report_to_the_file_as_well() {
    let blog = blog();
    let output = blog.run(&["-f", "json=a.json", "-f", "sarif=b.sarif", "--select", "alt-mising"]);
    assert_eq!(code(&output), 2);
    let report: Value = serde_json::from_str(&blog.read("a.json")).unwrap();
    assert_eq!(report["errors"][0]["message"], "unknown rule `alt-mising`");
    assert!(!blog.0.join("b.sarif").exists(), "a log without results would close all alerts");
}

#[test]
fn the_summary_of_a_job_is_appended() {
    let blog = blog();
    let file = blog.0.join("summary.txt");
    let run = |arguments: &[&str], variable: &str| blog.command(arguments).env(variable, &file).output().unwrap();
    assert_eq!(code(&run(&["--format", "concise"], "GITHUB_STEP_SUMMARY")), 1);
    assert!(!file.exists(), "other formats do not write it");
    fs::write(&file, "before\n").unwrap();
    assert_eq!(code(&run(&["--format", "github"], "GITHUB_STEP_SUMMARY")), 1);
    let summary = blog.read("summary.txt");
    assert!(summary.starts_with("before\n### postlint: 1 error in 1 post\n\n| rule |"), "{summary}");
    let output = blog.run(&["--format", "concise", "--summary-file", "summary.txt"]);
    assert_eq!((code(&output), stdout(&output)), (1, LINE.to_owned()));
    assert_eq!(blog.read("summary.txt").matches("### postlint: 1 error in 1 post\n").count(), 2);
    let fixed = run(&["--format", "github", "--fix-only"], "GITHUB_STEP_SUMMARY");
    assert_eq!(code(&fixed), 0);
    assert_eq!(blog.read("summary.txt").matches("### postlint: ").count(), 2, "what is left is not asked for");
    let github =
        blog.command(&["-q", "--format", "github"]).env("GITHUB_STEP_SUMMARY", "no/such/file").output().unwrap();
    assert_eq!(code(&github), 1, "only the environment asks for it");
    let warning = "warning: there is no summary of the job: cannot write `no/such/file`: ";
    assert!(stderr(&github).starts_with(warning), "{}", stderr(&github));
}

#[test]
fn a_failed_run_has_a_summary_too() {
    let blog = blog();
    let file = blog.0.join("summary.txt");
    fs::write(&file, "").unwrap();
    let mut command = blog.command(&["--format", "github", "--select", "alt-mising"]);
    assert_eq!(code(&command.env("GITHUB_STEP_SUMMARY", &file).output().unwrap()), 2);
    let failed = "### postlint: the run failed\n\n- **error:** unknown rule <code>alt-mising</code>\n";
    assert!(blog.read("summary.txt").starts_with(failed), "{}", blog.read("summary.txt"));
    assert_eq!(code(&blog.run(&["--summary-file", "other.txt", "nowhere.md"])), 2);
    assert!(blog.read("other.txt").starts_with("### postlint: the run failed\n"), "{}", blog.read("other.txt"));
}

#[test]
fn a_step_that_has_written_much_gets_a_short_summary() {
    let blog = blog();
    let much = "x".repeat((1 << 20) - 600);
    blog.write("summary.txt", &much);
    assert_eq!(code(&blog.run(&["-q", "--format", "github", "--summary-file", "summary.txt"])), 1);
    let summary = blog.read("summary.txt");
    let ours = summary.strip_prefix(&much).unwrap();
    assert!(ours.starts_with("### postlint: 1 error in 1 post\n"), "{ours}");
    assert!(ours.ends_with("\n1 more finding would be too long to show here.\n") && summary.len() < 1 << 20, "{ours}");
}

/// The path of the annotation of a run in `folder`.
fn annotated(blog: &Blog, folder: &str, path: &str, workspace: &str) -> String {
    let mut command = blog.command(&["-q", "--format", "github", path]);
    command.current_dir(blog.0.join(folder)).env("GITHUB_WORKSPACE", blog.0.join(workspace));
    let shown = stdout(&command.output().unwrap());
    let start = shown.strip_prefix("::error file=").unwrap_or_else(|| panic!("{shown}"));
    start.split(',').next().unwrap().to_owned()
}

#[test]
fn paths_are_those_from_the_root_of_the_repository() {
    let blog = Blog::new(&[(&format!("site/{POST}"), BAD)]);
    let path = format!("site/{POST}");
    assert_eq!(annotated(&blog, "", ".", ""), path);
    assert_eq!(annotated(&blog, "site", ".", ""), path);
    assert_eq!(annotated(&blog, "site/_posts", ".", "nowhere"), path);
    assert_eq!(annotated(&blog, "site/_posts", "..", ""), path);
    assert_eq!(annotated(&blog, "", blog.0.to_str().unwrap(), ""), path);
    // A work tree has a file instead of the folder.
    blog.write("site/.git", "gitdir: /somewhere/.git/worktrees/site\n");
    assert_eq!(annotated(&blog, "", ".", ""), POST);
    // A submodule has one as well, but pull requests are those of the repository around it.
    blog.write("site/.git", "gitdir: ../.git/modules/site\n");
    assert_eq!(annotated(&blog, "site/_posts", ".", ""), path);
    // A job may have the files without a repository.
    fs::remove_file(blog.0.join("site/.git")).unwrap();
    fs::remove_dir(blog.0.join(".git")).unwrap();
    assert_eq!(annotated(&blog, "site/_posts", ".", ""), path);
    assert_eq!(annotated(&blog, "site/_posts", ".", "nowhere"), "2024-01-01-bad.md");
}

#[test]
fn fingerprints_do_not_depend_on_the_working_folder() {
    let blog = blog();
    let issues = |folder: &str| {
        let mut command = blog.command(&["-q", "--format", "gitlab"]);
        stdout(&command.current_dir(blog.0.join(folder)).output().unwrap())
    };
    assert!(issues("").contains(&format!("\"path\":\"{POST}\"")), "{}", issues(""));
    assert_eq!(issues(""), issues("_posts"));
    let fingerprint = |folder: &str| {
        let mut command = blog.command(&["-q", "--format", "json-lines"]);
        let shown = stdout(&command.current_dir(blog.0.join(folder)).output().unwrap());
        serde_json::from_str::<Value>(shown.trim()).unwrap()["fingerprint"].clone()
    };
    assert_eq!(fingerprint(""), fingerprint("_posts"));
    assert!(issues("").contains(&format!("\"fingerprint\":{}", fingerprint(""))), "that of other formats");
}

#[test]
fn junit_fails_what_fails_the_run() {
    let blog = blog();
    for (fail_on, failures) in [("error", 1), ("never", 0)] {
        let shown = stdout(&blog.run(&["-q", "--format", "junit", "--fail-on", fail_on]));
        assert!(shown.contains(&format!("tests=\"1\" failures=\"{failures}\" errors=\"0\"")), "{shown}");
    }
    blog.write(POST, &BAD.replace("<img src=\"/a.png\">", "Text."));
    let shown = stdout(&blog.run(&["-q", "--format", "junit"]));
    let case = format!("<testcase name=\"postlint\" classname=\"{POST}\" file=\"{POST}\"/>");
    assert!(shown.contains(&case) && shown.contains("tests=\"1\" failures=\"0\""), "{shown}");
}
