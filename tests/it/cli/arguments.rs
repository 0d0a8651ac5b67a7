//! Tests for command-line argument parsing.
use clap::{CommandFactory, Parser};
use postlint::cli::{Check, Cli, ColorChoice, Command, FailOn, Listed, Reader, RulesFormat, SUBCOMMANDS, is_unicode};
use postlint::diagnostic::Level;
use postlint::output::Format;
use postlint::place::dialect::Generator;
use postlint::rule::Group;
use std::ffi::OsString;
use std::path::PathBuf;

fn parse(words: &str) -> Result<Command, clap::Error> {
    Cli::try_parse_from(std::iter::once("postlint").chain(words.split_whitespace())).map(Cli::into_command)
}

#[track_caller]
fn check(words: &str) -> Check {
    match parse(words).unwrap() {
        Command::Check(check) => check,
        other => panic!("{other:?}"),
    }
}

fn env<'a>(variables: &'a [(&'a str, &'a str)]) -> impl Fn(&str) -> Option<OsString> + 'a {
    |name| variables.iter().find(|(known, _)| *known == name).map(|(_, value)| value.into())
}

#[test]
fn the_definition_is_valid() {
    Cli::command().debug_assert();
    let command = Cli::command();
    let shown = command.get_subcommands().filter(|command| !command.is_hide_set());
    let names: Vec<String> = shown.map(|command| command.get_name().to_owned()).collect();
    assert_eq!(names, SUBCOMMANDS);
}

#[test]
fn check_is_the_default_command() {
    let none: [PathBuf; 0] = [];
    assert_eq!(check("").paths, none);
    assert_eq!(check("check").paths, none);
    for words in ["_posts a.md", "check _posts a.md", "--format json _posts a.md", "_posts a.md --quiet"] {
        assert_eq!(check(words).paths, [PathBuf::from("_posts"), PathBuf::from("a.md")], "{words}");
    }
    assert_eq!(check("-- explain").paths, [PathBuf::from("explain")]);
    assert!(check("--stdin-filename a.md -").reads_stdin());
    assert!(check("--stdin-filename a.md").reads_stdin());
    assert!(!check("a.md").reads_stdin());
}

#[test]
fn subcommands() {
    assert!(matches!(parse("explain alt-missing").unwrap(), Command::Explain { rule, .. } if rule == "alt-missing"));
    for (words, listed) in [("rules", None), ("rules all", None), ("rules seo", Some(Group::Seo))] {
        let command = parse(words).unwrap();
        let Command::Rules { group, format: RulesFormat::Table } = command else { panic!("{command:?}") };
        assert_eq!(group, Listed(listed), "{words}");
    }
    assert!(parse("rules al").unwrap_err().to_string().contains("a similar value exists: 'all'"));
    assert!(matches!(parse("rules --format json").unwrap(), Command::Rules { format: RulesFormat::Json, .. }));
    assert!(matches!(parse("completions zsh").unwrap(), Command::Completions { .. }));
    assert!(matches!(parse("tree a.md --site hugo").unwrap(), Command::Tree { site: Some(Generator::Hugo), .. }));
    assert_eq!(parse("explain").unwrap_err().exit_code(), 2);
}

#[test]
fn color_is_an_option_of_every_command() {
    for words in ["--color never a.md", "check a.md --color never", "explain alt-missing --color never"] {
        let cli = Cli::try_parse_from(std::iter::once("postlint").chain(words.split_whitespace())).unwrap();
        assert_eq!(cli.color, ColorChoice::Never, "{words}");
    }
}

#[test]
fn repeated_lists_of_rules_are_merged() {
    let check = check("--select a,b --ignore c --select d . --ignore=e,f");
    assert_eq!(check.select, ["a", "b", "d"]);
    assert_eq!(check.ignore, ["c", "e", "f"]);
    assert_eq!(check.paths, [PathBuf::from(".")]);
}

#[test]
fn wrong_arguments_exit_with_2_and_a_suggestion() {
    for (words, suggestion) in [
        ("--formt json", "--format"),
        ("--format jsn", "json"),
        ("--site jekyl", "jekyll"),
        ("--fail-on eror", "error"),
    ] {
        let error = parse(words).unwrap_err();
        assert_eq!(error.exit_code(), 2, "{words}");
        assert!(error.to_string().contains(suggestion), "{error}");
    }
}

#[test]
fn max_warnings_is_a_whole_number() {
    for word in ["x", "-1", "1.5", "0x10", "99999999999999999999999"] {
        let error = parse(&format!("--max-warnings {word} a.md")).unwrap_err().to_string();
        let message = "for '--max-warnings <NUMBER>': write a whole number, such as 0 or 20\n";
        assert!(error.starts_with(&format!("error: invalid value '{word}' {message}")), "{error}");
    }
    assert_eq!(check("--max-warnings 0 a.md").max_warnings, Some(0));
    assert_eq!(check("--max-warnings=20").max_warnings, Some(20));
}

#[test]
fn help_names_the_exit_codes() {
    for words in ["--help", "-h", "check --help", "check -h"] {
        let help = parse(words).unwrap_err();
        assert_eq!(help.exit_code(), 0, "{words}");
        assert!(help.to_string().contains("Exit codes:"), "{words}: {help}");
    }
}

#[test]
fn the_default_format_depends_on_the_environment() {
    assert_eq!(check("").format(Reader::Person), Format::Full);
    assert_eq!(check("").format(Reader::Agent), Format::Agent);
    assert_eq!(check("").format(Reader::GitHubActions), Format::Github);
    assert_eq!(check("--format concise").format(Reader::GitHubActions), Format::Concise);
    assert_eq!(check("--format json-lines").format(Reader::Agent), Format::JsonLines);
}

#[test]
fn fail_on_levels() {
    assert_eq!(check("").fail_on(), FailOn::Warn);
    let fails = |on: FailOn| [Level::Info, Level::Warn, Level::Error].map(|level| on.fails(level));
    assert_eq!(fails(FailOn::Error), [false, false, true]);
    assert_eq!(fails(FailOn::Warn), [false, true, true]);
    assert_eq!(fails(FailOn::Info), [true, true, true]);
    assert_eq!(fails(FailOn::Never), [false, false, false]);
}

#[test]
fn colours() {
    let auto = |is_terminal, variables: &[(&str, &str)]| ColorChoice::Auto.wanted(is_terminal, env(variables));
    assert!(auto(true, &[]));
    assert!(!auto(false, &[]));
    assert!(!auto(true, &[("NO_COLOR", "1")]));
    assert!(auto(true, &[("NO_COLOR", "")]), "an empty NO_COLOR says nothing");
    assert!(auto(false, &[("FORCE_COLOR", "1")]));
    assert!(!auto(false, &[("FORCE_COLOR", "0")]));
    assert!(!auto(true, &[("FORCE_COLOR", "1"), ("NO_COLOR", "1")]));
    assert!(auto(false, &[("CLICOLOR_FORCE", "1")]));
    assert!(!auto(true, &[("CLICOLOR", "0")]));
    assert!(!auto(true, &[("TERM", "dumb")]));
    assert!(ColorChoice::Always.wanted(false, env(&[("NO_COLOR", "1")])));
    assert!(!ColorChoice::Never.wanted(true, env(&[("FORCE_COLOR", "1")])));
}

#[test]
fn box_characters_follow_the_locale() {
    assert!(is_unicode(env(&[])));
    assert!(is_unicode(env(&[("LANG", "ko_KR.UTF-8")])));
    assert!(is_unicode(env(&[("LC_ALL", ""), ("LC_CTYPE", "C.utf8"), ("LANG", "C")])));
    assert!(!is_unicode(env(&[("LC_ALL", "C"), ("LANG", "ko_KR.UTF-8")])));
}
