//! Reference programs that postlint is compared with, if they are installed.
#![allow(dead_code, clippy::unwrap_used)]

use std::io::Write;
use std::process::{Command, Stdio};

/// Whether `program` is installed and runs with `arguments`.
pub fn runs(program: &str, arguments: &[&str]) -> bool {
    let mut command = Command::new(program);
    command.args(arguments).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    command.status().is_ok_and(|status| status.success())
}

/// Runs `command` with `input` as stdin and returns its output.
pub fn answer(command: &mut Command, input: String) -> String {
    let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
    let mut pipe = child.stdin.take().unwrap();
    // The output must be read while the input is written: pipes have a limited size.
    let writer = std::thread::spawn(move || pipe.write_all(input.as_bytes()));
    let output = child.wait_with_output().unwrap();
    writer.join().unwrap().unwrap();
    assert!(output.status.success(), "{command:?} fails");
    String::from_utf8(output.stdout).unwrap()
}

/// Renders `bodies` with Jekyll's kramdown; `None` for bodies on which it fails. Returns `None` if it is not installed.
pub fn kramdown(bodies: &[&str]) -> Option<Vec<Option<String>>> {
    let ruby = ["-EUTF-8", "-rkramdown", "-rkramdown-parser-gfm"];
    if !runs("ruby", &[ruby.as_slice(), &["-e", "0"]].concat()) {
        return None;
    }
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/it/support/kramdown.rb");
    let lines: Vec<String> = bodies.iter().map(|body| serde_json::to_string(body).unwrap() + "\n").collect();
    let answer = answer(Command::new("ruby").args(ruby).arg(script), lines.concat());
    let pages: Vec<_> = answer.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(pages.len(), bodies.len());
    Some(pages)
}
