//! Parses workflow commands like GitHub's runner: see its [`ActionCommand`] and the escapes of its toolkit.
//!
//! [`ActionCommand`]: https://github.com/actions/runner/blob/main/src/Runner.Common/ActionCommand.cs
#![allow(dead_code, clippy::unwrap_used)]

use std::collections::BTreeMap;

/// A workflow command.
#[derive(Debug, PartialEq, Eq)]
pub struct RunnerCommand {
    pub name: String,
    pub properties: BTreeMap<String, String>,
    pub data: String,
}

/// Splits the output into lines. The runner recognizes three line ends; others are included to be safe.
pub fn lines(output: &str) -> impl Iterator<Item = &str> {
    output.split(['\n', '\r', '\u{b}', '\u{c}', '\u{85}', '\u{2028}', '\u{2029}'])
}

/// The line without zero-width characters, as the runner compares it.
fn seen(line: &str) -> String {
    use unicode_width::UnicodeWidthChar;
    line.chars().filter(|c| c.width().unwrap_or(0) > 0).collect()
}

/// Parses the workflow command in a line. `Err` if the line contains a command that postlint never writes, so that it
/// must come from a post.
pub fn command(line: &str) -> Result<Option<RunnerCommand>, String> {
    if seen(line).contains("##[") {
        return Err(format!("a command of the old syntax: {line:?}"));
    }
    if !seen(line).trim_start().starts_with("::") {
        return Ok(None);
    }
    let Some((head, data)) = line.strip_prefix("::").and_then(|rest| rest.split_once("::")) else {
        return Err(format!("not a command of ours: {line:?}"));
    };
    let (name, properties) = head.split_once(' ').unwrap_or((head, ""));
    let property = |pair: &str| {
        let (key, value) = pair.split_once('=').ok_or(format!("no value: {line:?}"))?;
        Ok((key.to_owned(), unescaped(value, &[("%3A", ":"), ("%2C", ",")])))
    };
    let properties: Result<_, String> = properties.split(',').filter(|it| !it.is_empty()).map(property).collect();
    Ok(Some(RunnerCommand { name: name.to_owned(), properties: properties?, data: unescaped(data, &[]) }))
}

fn unescaped(text: &str, also: &[(&str, &str)]) -> String {
    let all = also.iter().chain(&[("%0D", "\r"), ("%0A", "\n"), ("%25", "%")]);
    all.fold(text.to_owned(), |text, (escape, c)| text.replace(escape, c))
}
