//! The format for coding agents, and when it is chosen without being asked for.

use super::output::{expect, file, finding, span, written};
use crate::support::blog::{Blog, code, stderr, stdout};
use postlint::cli::{AGENT_VARIABLES, Reader};
use postlint::diagnostic::{Elsewhere, Fix, Level, Safety};
use postlint::edit::Edit;
use postlint::output::Format;
use postlint::source::{Source, Span};
use std::ffi::OsString;
use std::fs;

const POST: &str = "---\ntitle: A post\ndescription: What it is about.\n---\n\n<p><img src=\"/a.png\"></p>\n";
const LINE: &str = "a.md:6:4: error[alt-missing] image has no alternative text";

/// What a run writes to standard output in an environment with these variables.
fn run(blog: &Blog, arguments: &[&str], variables: &[(&str, &str)]) -> String {
    stdout(&blog.command(arguments).envs(variables.iter().copied()).output().unwrap())
}

#[test]
fn every_variable_of_an_agent_chooses_the_format() {
    let blog = Blog::new(&[("a.md", POST)]);
    for name in AGENT_VARIABLES {
        let shown = run(&blog, &[], &[(name, "1")]);
        assert!(shown.starts_with(&format!("{LINE}; help: ")) && shown.lines().count() == 1, "{name}: {shown}");
    }
    for (name, value) in [("AI_AGENT", ""), ("CLAUDECODE", "0"), ("CODEX_SANDBOX", "False"), ("TERM_PROGRAM", "zed")] {
        assert!(run(&blog, &[], &[(name, value)]).starts_with("error[alt-missing]: "), "{name}={value}");
    }
    let output = blog.command(&["--color", "always"]).env("AI_AGENT", "some-agent").output().unwrap();
    assert_eq!(code(&output), 1);
    assert!(!stdout(&output).contains('\u{1b}'), "{}", stdout(&output));
    assert!(stderr(&output).starts_with("1 error in 1 post · "), "totals and nothing else: {}", stderr(&output));
    assert_eq!(stderr(&output).lines().count(), 1);
}

#[test]
fn what_was_asked_for_and_github_take_precedence() {
    let blog = Blog::new(&[("a.md", POST)]);
    let agent = ("CLAUDECODE", "1");
    assert_eq!(run(&blog, &["--format", "concise"], &[agent]), format!("{LINE}\n"));
    assert_eq!(run(&blog, &[], &[agent, ("POSTLINT_FORMAT", "concise")]), format!("{LINE}\n"));
    assert!(run(&blog, &[], &[agent, ("GITHUB_ACTIONS", "true")]).starts_with("::error file=a.md,"));
    blog.write("postlint.yml", "format: unix\n");
    let unix = "a.md:6:4: image has no alternative text [error/alt-missing]\n";
    assert_eq!(run(&blog, &[], &[agent]), unix);
    // A format for a file says nothing about standard output.
    fs::remove_file(blog.0.join("postlint.yml")).unwrap();
    assert!(run(&blog, &["--format", "json=a.json"], &[agent]).starts_with(LINE));
}

#[test]
fn the_reader_is_known_from_the_environment() {
    let reader = |variables: &[(&str, &str)]| {
        let of =
            |name: &str| variables.iter().find(|(known, _)| *known == name).map(|(_, value)| OsString::from(value));
        Reader::of(of)
    };
    assert_eq!(reader(&[]), Reader::Person);
    assert_eq!(reader(&[("GITHUB_ACTIONS", "false"), ("CI", "true")]), Reader::Person);
    assert_eq!(reader(&[("AI_AGENT", "goose@1.2")]), Reader::Agent);
    assert_eq!(reader(&[("AI_AGENT", "goose@1.2"), ("GITHUB_ACTIONS", "true")]), Reader::GitHubActions);
}

#[test]
fn the_variables_are_sorted_and_documented() {
    assert!(AGENT_VARIABLES.is_sorted());
    let page = fs::read_to_string("docs/src/ci.md").unwrap();
    let missing: Vec<&str> = AGENT_VARIABLES.into_iter().filter(|it| !page.contains(&format!("`{it}`"))).collect();
    assert!(missing.is_empty(), "docs/src/ci.md does not name {missing:?}");
}

#[test]
fn a_line_has_all_that_is_needed_to_act() {
    let text = "👩 <a rel=\"dofollow\">속보</a>\n";
    let mut warn = finding("rel-unknown-token", Level::Warn, "one\ntwo", span(text, "dofollow"), "unseen");
    warn.help = Some("remove `dofollow`".to_owned());
    let edit = Edit { span: span(text, " rel=\"dofollow\""), text: String::new() };
    warn.fix = Some(Fix::new("remove `rel`", Safety::Unsafe, [edit]));
    for nth in 0..7 {
        let path = format!("_posts/{nth}.md");
        let message = "the same".to_owned();
        let mut place = Elsewhere { path, span: Span::new(0, 1), ends: None, cell_column: None, message };
        place.locate(&Source::new("x"));
        warn.elsewhere.push(place);
    }
    let bare = finding("own-rule", Level::Info, "::error::no command", Span::new(0, 4), "");
    let files = [file("a b.md", text, vec![bare, warn])];
    expect("agent.txt", &written(Format::Agent, &files));
    expect("unix.txt", &written(Format::Unix, &files));
}
