//! Which commit the source is of, and its date, where that is known.

use std::path::{Path, PathBuf};
use std::process::Command;

/// Number of hexadecimal digits of a commit that are shown, as in `rustc --version`.
const DIGITS: usize = 9;

/// The variable that sets the commit, for packagers that build from an archive without git.
pub const COMMIT: &str = "POSTLINT_COMMIT";

/// The variable that sets the date of a reproducible build, in seconds since 1970.
/// <https://reproducible-builds.org/specs/source-date-epoch/>
pub const DATE: &str = "SOURCE_DATE_EPOCH";

/// A commit. What is not known is empty.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Commit {
    /// The first digits of its name.
    pub id: String,
    /// Its date, `2026-11-22`.
    pub date: String,
    /// The file that changes with each commit.
    pub log: Option<PathBuf>,
}

impl Commit {
    /// The commit of the package at `root`: that of the environment, else that of the package from which cargo installs, else
    /// that of git. `asks_git`: whether git may be asked.
    pub fn of(root: &Path, variable: impl Fn(&str) -> Option<String>, asks_git: bool) -> Self {
        // Outside of a repository of its own, as in an unpacked archive, git would find one further up.
        let from_git = (asks_git && root.join(".git").exists()).then(|| git(root)).flatten().unwrap_or_default();
        let given = variable(COMMIT).or_else(|| packaged(root));
        let is_given = given.is_some();
        let id = given.unwrap_or(from_git.id);
        let date = variable(DATE).and_then(|seconds| seconds.trim().parse().ok()).map(date);
        // The date of git is that of its own commit.
        let date = date.unwrap_or(if is_given { String::new() } else { from_git.date });
        Commit { id: id.trim().chars().take(DIGITS).collect(), date, log: from_git.log }
    }

    /// What follows the number of the version: ` (269342b1c 2026-11-22)`, or less.
    pub fn suffix(&self) -> String {
        let known: Vec<&str> = [&*self.id, &*self.date].into_iter().filter(|part| !part.is_empty()).collect();
        if known.is_empty() { String::new() } else { format!(" ({})", known.join(" ")) }
    }
}

fn git(root: &Path) -> Option<Commit> {
    let ask = |arguments: &[&str]| {
        let output = Command::new("git").arg("-C").arg(root).args(arguments).output().ok()?;
        let said = String::from_utf8(output.stdout).ok()?;
        output.status.success().then(|| said.trim().to_owned())
    };
    let said = ask(&["log", "-1", "--format=%H %cs"])?;
    let (id, date) = said.split_once(' ')?;
    let log = ask(&["rev-parse", "--git-path", "logs/HEAD"]).map(|path| root.join(path));
    Some(Commit { id: id.to_owned(), date: date.to_owned(), log: log.filter(|log| log.exists()) })
}

/// The commit that `cargo package` has written into the package.
fn packaged(root: &Path) -> Option<String> {
    let text = std::fs::read_to_string(root.join(".cargo_vcs_info.json")).ok()?;
    let (_, after) = text.split_once("\"sha1\":")?;
    after.split('"').nth(1).map(str::to_owned)
}

/// The day in UTC, by the algorithm `civil_from_days`. <https://howardhinnant.github.io/date_algorithms.html>
fn date(seconds: u64) -> String {
    let days = seconds / 86_400 + 719_468;
    let (era, day_of_era) = (days / 146_097, days % 146_097);
    let year_of_era = (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    // Months are counted from March.
    let nth = (5 * day_of_year + 2) / 153;
    let (day, month) = (day_of_year - (153 * nth + 2) / 5 + 1, if nth < 10 { nth + 3 } else { nth - 9 });
    format!("{}-{month:02}-{day:02}", year_of_era + era * 400 + u64::from(month <= 2))
}
