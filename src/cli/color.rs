//! When to use colours, and whether the terminal shows more than ASCII.

use clap::ValueEnum;
use std::ffi::OsString;

/// When to use colours.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum ColorChoice {
    /// On a terminal
    Auto,
    /// Also in files and pipes
    Always,
    /// Not at all
    Never,
}

impl ColorChoice {
    /// Whether to write colours to a stream. An option overrides the environment. In the environment, `NO_COLOR`
    /// (no-color.org) takes precedence over `FORCE_COLOR` (force-color.org) and `CLICOLOR_FORCE`, which take precedence
    /// over `CLICOLOR` (bixense.com/clicolors).
    pub fn wanted(self, is_terminal: bool, env: impl Fn(&str) -> Option<OsString>) -> bool {
        let is_set = |name| env(name).is_some_and(|value| !value.is_empty());
        let is_on = |name| env(name).is_some_and(|value| !value.is_empty() && value != "0");
        match self {
            ColorChoice::Always => true,
            ColorChoice::Never => false,
            ColorChoice::Auto if is_set("NO_COLOR") => false,
            ColorChoice::Auto if is_on("FORCE_COLOR") || is_on("CLICOLOR_FORCE") => true,
            ColorChoice::Auto => {
                let refused = env("CLICOLOR").is_some_and(|value| value == "0");
                let dumb = env("TERM").is_some_and(|value| value == "dumb");
                is_terminal && !refused && !dumb
            }
        }
    }
}

/// Whether the locale can show box-drawing characters. Assumed if no locale is set.
pub fn is_unicode(env: impl Fn(&str) -> Option<OsString>) -> bool {
    let locale = ["LC_ALL", "LC_CTYPE", "LANG"].into_iter().filter_map(env).find(|value| !value.is_empty());
    locale.is_none_or(|locale| {
        let locale = locale.to_string_lossy().to_ascii_lowercase();
        locale.contains("utf-8") || locale.contains("utf8")
    })
}
