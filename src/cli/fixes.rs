//! The options of `check` that fix posts.

use clap::Args;

/// What to fix, and what to show of it.
#[derive(Args, Clone, Debug, Default)]
pub struct Fixes {
    /// Apply safe fixes to the posts
    ///
    /// A fix is applied only if the post, parsed again as its generator parses it, has changed nowhere else. With
    /// standard input, the fixed post is written to standard output, and the findings to standard error.
    #[arg(long, help_heading = "Fixes")]
    pub fix: bool,

    /// Apply no fixes, even if the config file says `fix: true`
    #[arg(long, conflicts_with_all = ["fix", "fix_only"], help_heading = "Fixes")]
    pub no_fix: bool,

    /// Apply unsafe fixes too: review them, because they may change a link or visible words
    #[arg(long, help_heading = "Fixes")]
    pub unsafe_fixes: bool,

    /// Like --fix, but do not report the findings that are left
    #[arg(long, help_heading = "Fixes")]
    pub fix_only: bool,

    /// Show what would be fixed as a diff, without writing files
    ///
    /// The exit code is 1 if there is anything to fix.
    #[arg(long, help_heading = "Fixes")]
    pub diff: bool,

    /// List the fixes, and those that are withheld because they would change something else
    ///
    /// Without --fix, nothing is written.
    #[arg(long, help_heading = "Fixes")]
    pub show_fixes: bool,

    /// Exit with 1 if a post was fixed, even if nothing is left
    #[arg(long, help_heading = "Exit code")]
    pub exit_non_zero_on_fix: bool,
}

impl Fixes {
    /// Whether files are written.
    pub fn writes(&self) -> bool {
        (self.fix || self.fix_only) && !self.diff
    }

    /// Whether fixes are applied at all, if only in memory.
    pub fn applies(&self) -> bool {
        self.fix || self.fix_only || self.diff || self.show_fixes
    }

    /// Whether the findings that are left are not reported.
    pub fn hides_rest(&self) -> bool {
        self.fix_only || self.diff
    }
}
