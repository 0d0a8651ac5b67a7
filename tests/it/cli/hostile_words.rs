//! Sites whose texts (paths, posts, config files, rule pages, schemas, baselines) contain terminal escapes and workflow
//! commands. For every command of postlint, terminals and runners execute none of them, no text starts a line, and
//! machine-readable formats contain the texts unchanged.
#![cfg(unix)]

use super::screen::obeyed;
use crate::support::blog::{Blog, code, stderr, stdout};
use crate::support::runner;
use serde_json::Value;
use std::io::Write;
use std::process::{Output, Stdio};

/// Text that would imitate a line of postlint's output if it came first on a line.
const FORGED: &str = "forged";

/// Texts with escape sequences, workflow commands and control characters. Each is a valid file name.
const WORDS: [&str; 4] = [
    "::error::a\u{1b}[31m##[error]\u{1b}]0;t\u{7}",
    " \u{3000}::stop-commands::b, k=l:m\nforged\n::error::c\r::error::d\n##[e]",
    "\u{200d}::f::g\u{202e}\u{2028}\u{2029}\u{85}\u{61c}\u{200e}\u{2066}\u{feff}\u{e0041}\u{9b}0m\u{7f}\t\u{8}",
    "#\u{200d}#\u{fe0f}[h] ##[i]%0A::x::\u{c}\u{b}::error::d",
];

const FORMATS: [&str; 11] = [
    "full", "concise", "json", "json-flat", "json-lines", "github", "sarif", "gitlab", "junit", "checkstyle",
    "markdown",
];

/// `word` as a double-quoted string of YAML, TOML and JavaScript.
fn quoted(word: &str) -> String {
    let escaped = |c: char| match c {
        '"' | '\\' => format!("\\{c}"),
        ' '..='~' => c.to_string(),
        c => format!("\\U{:08x}", u32::from(c)),
    };
    format!("\"{}\"", word.chars().map(escaped).collect::<String>())
}

/// Replaces the characters that cannot be written literally in an HTML attribute or on one line of Markdown.
fn attribute(word: &str) -> String {
    word.replace(['\n', '\r', '"'], " ")
}

fn post(word: &str) -> String {
    let (yaml, html) = (quoted(word), attribute(word));
    let key = quoted(&format!("k {word}"));
    format!(
        "---\ntitle: {yaml}\ndescription: {yaml}\ndate: {yaml}\nlang: {yaml}\n{key}: {yaml}\n{key}: 1\nlayout: {yaml}\n\
         tags: [{yaml}, {yaml}]\nimage: {yaml}\npostlint: {{ignore: [{yaml}]}}\n---\n\n\
         <!-- postlint-ignore {html} -->\n\n# {html}\n\n\
         <p id=\"{html}\">a<p id=\"{html}\">b <img src=\"{html}\"> <a href=\"{html}\" rel=\"{html}\">{html}</a>\n\n\
         [{html}]({html} \"{html}\") ![{html}]({html}) <{html}> <b {html}=\"{html}\" style=\"color:{html}\">here</b>\n\n\
         {{{{ {html} }}}} {{% {html} %}} <x-{html}> </{html}>\n\n\
         <script type=\"application/ld+json\">{{\"@type\": {yaml}, {html}}}</script>\n\n{html}\n{word}\n"
    )
}

fn page(word: &str) -> String {
    let yaml = quoted(word);
    format!(
        "---\nsummary: {yaml}\ngroup: markup\nlevel: warn\nmatch: {{select: b}}\nlabel: {yaml}\nhelp: {yaml}\n\
         fix: {{title: {yaml}, safety: unsafe, rename-tag: em}}\n---\n\n# Why\n\n{word}\n\n- {word}\n\n## {word}\n\n\
         `{word}` <{word}>\n\n# Examples\n\n```html bad file={word}\n{word}\n```\n\n```html good\n<b>{word}</b>\n```\n"
    )
}

fn config(word: &str) -> String {
    let yaml = quoted(word);
    format!(
        "own-hosts: [example.com]\nrules:\n  link-text-generic: {{options: {{words: [{yaml}]}}}}\n\
         front-matter:\n  - match: [\"**\"]\n    required: [{yaml}]\n    schema: schema.json\n    fields:\n\
         \x20     title: {{one-of: [{yaml}, b]}}\n      {yaml}: {{pattern: \"^x\", differs-from: {yaml}}}\n"
    )
}

/// JSON in pure ASCII, which YAML parsers accept as well.
fn json(value: &Value) -> String {
    let escaped = |unit: u16| match u8::try_from(unit) {
        Ok(byte @ b' '..=b'~') => char::from(byte).to_string(),
        _ => format!("\\u{unit:04x}"),
    };
    value.to_string().encode_utf16().map(escaped).collect()
}

/// A site that is valid apart from its texts.
fn site(word: &str) -> Blog {
    let schema = serde_json::json!({"title": word, "properties": {
        "layout": {"enum": [word], "description": word}, "date": {"pattern": word.replace('[', "")},
        word: {"const": word}}, "required": [format!("r {word}")], "additionalProperties": false});
    let blog = Blog::new(&[
        // Jekyll excludes files whose names begin with `#` unless `include:` lists them.
        ("_config.yml", &format!("title: {0}\nurl: https://example.com\nlang: en\ninclude: [{0}]\n", quoted(word))),
        ("postlint.yml", &config(word)),
        ("schema.json", &json(&schema)),
        (".postlint/rules/own-rule.md", &page(word)),
        ("postlint-baseline.txt", &format!("{}\town-rule-{}\t0123456789abcdef\t1\tx\n", flat(word), flat(word))),
        (&format!("_posts/2024-01-01-{word}.md"), &post(word)),
        (&format!("_posts/{word}/2024-01-01-a.html"), &post(word)),
        (&format!("{word}.md"), &post(word)),
    ]);
    blog.write(&format!("{word}/postlint.yml"), "rules:\n  alt-missing: warn\n");
    blog
}

fn flat(word: &str) -> String {
    word.replace(['\n', '\t', '\r'], " ")
}

/// Sites in which one file does not parse.
fn broken_sites(word: &str) -> Vec<(&'static str, Blog)> {
    let yaml = quoted(word);
    let broken = |name: &str, text: &str| {
        let blog = site(word);
        blog.write(name, text);
        blog
    };
    vec![
        (
            "keys",
            broken("postlint.yml", &format!("{yaml}: 1\nrules:\n  {yaml}: off\nextends: [{yaml}]\nsite: {yaml}\n")),
        ),
        ("globs", broken("postlint.yml", &format!("ignore: [{}]\nlang: {yaml}\n", quoted(&format!("[{word}"))))),
        ("schema path", broken("postlint.yml", &format!("front-matter:\n  - schema: {yaml}\n    extends: {yaml}\n"))),
        ("rules folder", broken("postlint.yml", &format!("rules-folder: {yaml}\n"))),
        ("no config", broken("postlint.yml", &format!("a: [{word}"))),
        ("schema", broken("schema.json", &format!("{{\"type\": [{word}"))),
        (
            "schema words",
            broken("schema.json", &serde_json::json!({"type": word, "pattern": "(", word: 1}).to_string()),
        ),
        ("page", broken(".postlint/rules/own-rule.md", &page(word).replace("markup", &yaml).replace("select", &yaml))),
        ("page's name", broken(&format!(".postlint/rules/{word}.md"), &page(word))),
        ("baseline", broken("postlint-baseline.txt", &format!("{word}\n"))),
    ]
}

/// All commands, with `word` as an argument where one is possible. Commands that write files come last.
fn commands(word: &str) -> Vec<Vec<String>> {
    let mut all: Vec<Vec<&str>> = vec![
        vec![],
        vec!["--timing"],
        vec!["--no-baseline"],
        vec![word],
        vec!["nope", word],
        vec!["--stdin-filename", word, "-"],
        vec!["--select", word],
        vec!["--ignore", word],
        vec!["--config", word],
        vec!["--baseline", word],
        vec!["--site", word],
        vec!["--preset", word],
        vec!["--color", word],
        vec!["--fail-on", word],
        vec!["--format", word],
        vec!["--quiet", word, word],
        vec!["explain", "own-rule"],
        vec!["explain", "own-rule", "--format", "json"],
        vec!["explain", word],
        vec!["rules"],
        vec!["rules", "--format", "md"],
        vec!["rules", "--format", "json"],
        vec!["search", word],
        vec!["search", "p", word],
        vec!["config", "show"],
        vec!["config", "show", word],
        vec!["config", "show", "_posts/a.md"],
        vec!["config", word],
        vec!["config", "show", "--config", word],
        vec!["schema"],
        vec!["test"],
        vec!["test", word],
        vec!["baseline", "show"],
        vec!["baseline", "show", "--baseline", word],
        vec!["baseline", word],
        vec!["completions", word],
        vec!["tree", word],
        vec!["new-rule", word],
        vec!["search", "p", "--as-rule", word],
        vec!["search", "p", "--as-rule", "p-found"],
        vec!["init", word],
        vec!["init", "--force"],
        vec!["baseline", "prune"],
        vec!["--write-baseline", "--select", "own-rule"],
        vec!["--add-ignore=why"],
    ];
    let (long, short) = (format!("--{word}"), format!("-{word}"));
    let (reason, named) = (format!("--add-ignore={word}"), format!("{word}.md"));
    all.splice(
        0..0,
        [vec![&*long], vec![&*short], vec![&*reason], vec!["tree", &named], vec!["--no-baseline", &named]],
    );
    all.splice(0..0, [vec!["tree", "--format", "json", &named], vec!["tree", &named, word]]);
    for format in FORMATS {
        all.splice(
            0..0,
            [
                vec!["--no-baseline", "--format", format],
                vec!["--no-baseline", "--select", "all", "--format", format],
                vec!["--no-baseline", "--statistics", "--format", format],
                vec!["search", "b", "--format", format],
            ],
        );
    }
    all.splice(0..0, [vec!["--color", "always", "--no-baseline"], vec!["--color", "always", "explain", "own-rule"]]);
    all.into_iter().map(|arguments| arguments.into_iter().map(str::to_owned).collect()).collect()
}

fn run(blog: &Blog, arguments: &[String]) -> Output {
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let mut command = blog.command(&arguments);
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    // Ignore broken pipes: most commands do not read stdin.
    let _ = child.stdin.take().unwrap().write_all(b"<p id=a><b>x</b> <img src=a>");
    child.wait_with_output().unwrap()
}

/// Why the output of a command is unsafe; `None` if it is safe.
fn fault(output: &Output, arguments: &[String]) -> Option<String> {
    let has_commands = arguments.ends_with(&["--format".to_owned(), "github".to_owned()]);
    // `explain` wraps the text of a page, and `test` and `config` quote whole lines of files, so a line may begin with
    // `FORGED`.
    let is_prose = ["explain", "test", "config"].iter().any(|command| arguments.iter().any(|it| it == command));

    [stdout(output), stderr(output)].iter().enumerate().find_map(|(stream, text)| {
        let line = |line: &str| match runner::command(line) {
            Err(fault) => Some(fault),
            Ok(Some(command)) if stream == 1 || !has_commands => Some(format!("{command:?}")),
            Ok(_) if !is_prose && line.trim_start().starts_with(FORGED) => Some(format!("a line of its own: {line:?}")),
            Ok(_) => None,
        };
        obeyed(text).or_else(|| runner::lines(text).find_map(line))
    })
}

#[test]
fn no_output_contains_obeyed_escapes_or_commands() {
    let mut faults = Vec::new();
    for word in WORDS {
        let blog = site(word);
        for arguments in commands(word) {
            let output = run(&blog, &arguments);
            faults.extend(fault(&output, &arguments).map(|fault| format!("{arguments:?}: {fault}")));
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn no_mistake_contains_obeyed_escapes_or_commands() {
    let mut faults = Vec::new();
    for word in WORDS {
        for (what, blog) in broken_sites(word) {
            for arguments in [&[][..], &["rules"], &["config", "show"], &["baseline", "show"]] {
                let arguments: Vec<String> = arguments.iter().map(ToString::to_string).collect();
                let output = run(&blog, &arguments);
                faults.extend(fault(&output, &arguments).map(|fault| format!("{what}, {arguments:?}: {fault}")));
            }
        }
        let output = Blog::new(&[]).command(&[]).env("POSTLINT_FORMAT", word).output().unwrap();
        assert_eq!(code(&output), 2);
        faults.extend(fault(&output, &[]).map(|fault| format!("POSTLINT_FORMAT: {fault}")));
        let output = Blog::new(&[]).command(&["--format", word]).env("CLICOLOR_FORCE", "1").output().unwrap();
        faults.extend(fault(&output, &[]).map(|fault| format!("in colour: {fault}")));
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

/// `text` as it appears in an annotation.
fn shown(text: &str) -> String {
    let lines = text.split('\n').map(|line| line.split('\r').map(shown_piece).collect::<Vec<_>>().join("\r"));
    lines.collect::<Vec<_>>().join("\n")
}

fn shown_piece(piece: &str) -> String {
    // The `.` prevents `piece` from being at the start of a line, where more is escaped.
    let shown = postlint::output::Screen::text(|out| write!(out, ".{piece}")).unwrap();
    shown[1..].to_owned()
}

#[test]
fn annotations_contain_messages_and_places() {
    for word in WORDS {
        let blog = site(word);
        let output = blog.run(&["--no-baseline", "--format", "json-flat"]);
        assert_eq!(code(&output), 1, "{word:?}: {}", stderr(&output));
        let records: Vec<Value> = serde_json::from_str(&stdout(&output)).unwrap();
        assert!(records.len() > 20, "{word:?}");
        let github = stdout(&blog.run(&["--no-baseline", "--format", "github"]));
        let mut commands: Vec<runner::RunnerCommand> =
            github.lines().filter_map(|line| runner::command(line).unwrap()).collect();
        assert_eq!(commands.pop().map(|it| it.name), Some("endgroup".to_owned()));
        assert_eq!(commands.pop().map(|it| it.name), Some("group".to_owned()));
        let of_level = |level: &'static str| records.iter().filter(move |record| record["level"] == level).take(10);
        let sorted: Vec<&Value> = ["error", "warn", "info"].into_iter().flat_map(of_level).collect();
        assert_eq!(commands.len(), sorted.len(), "{word:?}");
        for (command, record) in commands.iter().zip(sorted) {
            let name = match record["level"].as_str().unwrap() {
                "error" => "error",
                "warn" => "warning",
                _ => "notice",
            };
            assert_eq!(command.name, name);
            let mut expected: Vec<(&str, String)> = vec![
                ("endLine", record["endLine"].to_string()),
                ("file", shown(record["path"].as_str().unwrap())),
                ("line", record["line"].to_string()),
                ("title", format!("postlint ({})", record["ruleId"].as_str().unwrap())),
            ];
            if record["line"] == record["endLine"] {
                expected.push(("col", record["column"].to_string()));
                expected.push(("endColumn", record["endColumn"].to_string()));
            }
            let expected = expected.into_iter().map(|(key, value)| (key.to_owned(), value)).collect();
            assert_eq!(command.properties, expected);
            assert!(command.data.contains(&shown(record["message"].as_str().unwrap())), "{command:?} {record}");
        }
    }
}

#[test]
fn json_contains_the_unchanged_texts() {
    for word in WORDS {
        let blog = site(word);
        let json = |arguments: &[&str]| {
            let output = blog.run(arguments);
            serde_json::from_str::<Value>(&stdout(&output)).unwrap_or_else(|_| panic!("{}", stderr(&output)))
        };
        let named = format!("{word}.md");
        let found = json(&["--no-baseline", "--format", "json-flat"]);
        let found = found.as_array().unwrap();
        assert!(found.iter().any(|record| record["path"] == *named), "{word:?}");
        let of_own_rule = found.iter().find(|record| record["ruleId"] == "own-rule").unwrap();
        assert_eq!((&of_own_rule["message"], &of_own_rule["help"]), (&word.trim().into(), &word.trim().into()));
        assert_eq!(of_own_rule["fix"]["title"], *word.trim());
        let lines = stdout(&blog.run(&["--no-baseline", "--format", "json-lines"]));
        let lines: Vec<Value> = lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
        assert_eq!(lines, *found);
        let rules = json(&["rules", "--format", "json"]);
        assert!(rules.as_array().unwrap().iter().any(|rule| rule["summary"] == *word.trim()));
        assert_eq!(json(&["explain", "own-rule", "--format", "json"])[0]["summary"], *word.trim());
        let schema = json(&["schema"]);
        assert!(schema.to_string().contains(&Value::from(word.trim()).to_string()));
        let tree = json(&["tree", "--format", "json", &named]).to_string();
        assert!(tree.contains(&Value::from(attribute(word)).to_string()));
        let statistics = json(&["--no-baseline", "--statistics", "--format", "json"]);
        assert!(!statistics["rules"].as_array().unwrap().is_empty());
    }
}
