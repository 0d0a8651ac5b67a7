//! Completions in real shells, where they are installed, and the manual pages.

use crate::support::blog::{Blog, code, stderr, stdout};
use std::path::Path;
use std::process::Command;

const OWN_RULE: &str = "---\nsummary: underlined text\ngroup: markup\nlevel: warn\nmatch: {select: u}\nlabel: this\nhelp: write `<em>`\n---\n\n# Examples\n\n```html bad\n<u>a</u>\n```\n";

/// What the script of a shell asks for the words of a line, the last of which is completed.
fn candidates(blog: &Blog, shell: &str, words: &[&str]) -> Vec<String> {
    let mut command = blog.command(&[&["--", "postlint"], words].concat());
    command.env("POSTLINT_COMPLETE", shell).env("_CLAP_COMPLETE_INDEX", words.len().to_string());
    let output = command.env("_CLAP_IFS", "\n").output().unwrap();
    assert_eq!(code(&output), 0, "{}", stderr(&output));
    stdout(&output).lines().map(str::to_owned).collect()
}

#[test]
fn names_of_rules_groups_and_presets_are_candidates() {
    let blog = Blog::new(&[(".postlint/rules/text-underlined.md", OWN_RULE), ("alt.md", "Text.\n")]);
    let has = |words: &[&str], wanted: &[&str], unwanted: &[&str]| {
        let all = candidates(&blog, "bash", words);
        assert!(wanted.iter().all(|name| all.iter().any(|it| it == name)), "{words:?}: {all:?}");
        assert!(!unwanted.iter().any(|name| all.iter().any(|it| it == name)), "{words:?}: {all:?}");
    };
    has(&["explain", ""], &["alt-missing", "text-underlined"], &["images", "alt.md"]);
    has(&["explain", "alt-m"], &["alt-missing"], &["alt-long"]);
    for option in ["--select", "--extend-select", "--ignore"] {
        for command in [&[][..], &["check"], &["fix"]] {
            let words = [command, &[option, ""]].concat();
            has(&words, &["alt-missing", "images", "all", "text-underlined"], &["alt.md"]);
        }
    }
    has(&["--select", "images,alt-m"], &["images,alt-missing"], &["images,title-wide"]);
    has(&["--preset", ""], &["naver", "strict"], &["alt-missing"]);
    has(&["--format", ""], &["full", "sarif"], &[]);
    has(&["exp"], &["explain"], &["check"]);
    has(&["rules", ""], &["images"], &[]);
    let fish = candidates(&blog, "fish", &["explain", "alt-missing"]);
    assert!(fish.len() == 1 && fish[0].starts_with("alt-missing\t"), "{fish:?}");
    // A mistake in a page of the user's own is not in the way.
    blog.write(".postlint/rules/text-underlined.md", "no rule\n");
    has(&["explain", "alt-m"], &["alt-missing"], &[]);
}

/// Runs a script in a shell in which `postlint` is in `PATH`, and returns its output; `None` without the shell.
fn in_shell(blog: &Blog, shell: &str, script: &str) -> Option<String> {
    let program = Path::new(env!("CARGO_BIN_EXE_postlint"));
    let path = format!("{}:{}", program.parent().unwrap().display(), std::env::var("PATH").unwrap());
    let mut command = Command::new(shell);
    command.args(if shell == "bash" { &["--norc", "-c"][..] } else { &["-c"] }).arg(script);
    match command.current_dir(&blog.0).env("PATH", path).output() {
        Ok(output) => Some(format!("{}{}", stdout(&output), stderr(&output))),
        Err(_) => {
            eprintln!("skipped: there is no {shell}");
            None
        }
    }
}

#[test]
fn bash_completes_with_the_script() {
    let blog = Blog::new(&[]);
    let complete = |line: &str| {
        let words: Vec<&str> = line.split(' ').collect();
        let (count, last) = (words.len() - 1, words.last().unwrap());
        let script = format!(
            "eval \"$(postlint completions bash)\"; COMP_WORDS=({}); COMP_CWORD={count}; COMP_TYPE=9\n\
             [ ${{#COMP_WORDS[@]}} -gt {count} ] || COMP_WORDS+=('')\n\
             _clap_complete_postlint postlint '{last}'; printf '%s\\n' \"${{COMPREPLY[@]}}\"",
            words.join(" ")
        );
        in_shell(&blog, "bash", &script)
    };
    let Some(rules) = complete("postlint explain alt-mis") else { return };
    assert_eq!(rules, "alt-missing\n");
    assert_eq!(complete("postlint check --select images,rel-b").unwrap(), "images,rel-bad-separator\n");
    assert_eq!(complete("postlint --preset na").unwrap(), "naver\n");
    assert!(complete("postlint --ignore ").unwrap().lines().any(|line| line == "front-matter"));
}

#[test]
fn fish_completes_with_the_script() {
    let blog = Blog::new(&[]);
    let script = "postlint completions fish | source; complete --do-complete 'postlint explain alt-mis'; \
                  complete --do-complete 'postlint --select images,rel-b'";
    let Some(said) = in_shell(&blog, "fish", script) else { return };
    let names: Vec<&str> = said.lines().map(|line| line.split('\t').next().unwrap()).collect();
    assert_eq!(names, ["alt-missing", "images,rel-bad-separator"], "{said}");
}

#[test]
fn the_scripts_parse() {
    let blog = Blog::new(&[]);
    for (shell, check) in [("bash", "bash -n"), ("zsh", "zsh -n"), ("fish", "fish -n")] {
        let script = format!("postlint completions {shell} >script && {check} script && echo fine");
        let said = in_shell(&blog, shell, &script);
        assert!(said.is_none_or(|said| said == "fine\n"), "{shell}");
    }
}

#[test]
fn each_command_has_a_manual_page() {
    let blog = Blog::new(&[]);
    let output = blog.run(&["man", "share/man/man1"]);
    assert_eq!(code(&output), 0, "{}", stderr(&output));
    let mut names: Vec<String> = std::fs::read_dir(blog.0.join("share/man/man1"))
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    assert!(
        names.contains(&"postlint.1".to_owned()) && names.contains(&"postlint-config-show.1".to_owned()),
        "{names:?}"
    );
    assert!(!names.iter().any(|name| name.contains("help")), "{names:?}");
    let page = blog.read("share/man/man1/postlint.1");
    assert!(page.contains("\\-\\-extend\\-select") && page.contains("Exit codes"), "{page}");
    for command in postlint::cli::SUBCOMMANDS {
        assert!(names.contains(&format!("postlint-{command}.1")), "{command}: {names:?}");
    }
}
