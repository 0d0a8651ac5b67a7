//! `postlint --version`, and with `--verbose` what a report of a bug needs.

use crate::output::{Looks, Screen};
use std::env::consts;
use std::ffi::OsString;
use std::io::{self, IsTerminal, Write};

/// Writes the version.
pub fn write(out: &mut Screen<'_>) -> io::Result<()> {
    writeln!(out, "postlint {}", env!("POSTLINT_VERSION"))
}

/// Writes what is known of the build, the system and the terminal.
pub fn write_verbose(
    looks: Looks,
    variable: impl Fn(&str) -> Option<OsString>,
    out: &mut Screen<'_>,
) -> io::Result<()> {
    write(out)?;
    let known = |text: &'static str| if text.is_empty() { "unknown" } else { text };
    writeln!(out, "commit: {}", known(env!("POSTLINT_BUILD_COMMIT")))?;
    writeln!(out, "date: {}", known(env!("POSTLINT_BUILD_DATE")))?;
    writeln!(out, "target: {}", env!("POSTLINT_BUILD_TARGET"))?;
    writeln!(out, "rustc: {}", env!("POSTLINT_BUILD_RUSTC"))?;
    writeln!(out, "os: {}", system())?;
    let name = |name| variable(name).map(|value| value.to_string_lossy().into_owned());
    let mut terminal = vec![if io::stdout().is_terminal() { "yes" } else { "no" }.to_owned()];
    terminal.extend(["TERM", "TERM_PROGRAM"].into_iter().filter_map(|it| Some(format!("{it}={}", name(it)?))));
    terminal.push(format!("{} columns", looks.width));
    terminal.push(if looks.color { "colours" } else { "no colours" }.to_owned());
    terminal.push(if looks.unicode { "UTF-8" } else { "ASCII" }.to_owned());
    writeln!(out, "terminal: {}", terminal.join(", "))
}

#[cfg(unix)]
fn system() -> String {
    let system = rustix::system::uname();
    let [name, release] = [system.sysname(), system.release()].map(|word| word.to_string_lossy().into_owned());
    format!("{name} {release} {}", consts::ARCH)
}

#[cfg(not(unix))]
fn system() -> String {
    format!("{} {}", consts::OS, consts::ARCH)
}
