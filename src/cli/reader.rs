//! Who reads standard output, by environment variables.

use std::ffi::OsString;

/// The variables that coding agents set for the commands they run; `AI_AGENT` is the one that is proposed for all of them.
///
/// They are those of [std-env] 4.3, [am-i-vibing] 0.5 and [mise-agent-env] 2026.10 that only agents set. Left out are those
/// that editors and hosts set for people as well (`REPL_ID`, `CURSOR_TRACE_ID`, `TERM_PROGRAM`), those that configure an
/// agent (`AIDER_API_KEY`, `GOOSE_PROVIDER`), and `AGENT`, which means other things to other programs.
///
/// [std-env]: https://github.com/unjs/std-env/blob/main/src/agents.ts
/// [am-i-vibing]: https://github.com/ascorbic/am-i-vibing
/// [mise-agent-env]: https://docs.rs/mise-agent-env
pub const AGENT_VARIABLES: [&str; 19] = [
    "AI_AGENT",
    "AMP_CURRENT_THREAD_ID",
    "ANTIGRAVITY_AGENT",
    "AUGMENT_AGENT",
    "CLAUDECODE",
    "CLAUDE_CODE",
    "CLINE_ACTIVE",
    "CODEX_SANDBOX",
    "CODEX_THREAD_ID",
    "COPILOT_AGENT",
    "COPILOT_CLI",
    "CRUSH",
    "CURSOR_AGENT",
    "GEMINI_CLI",
    "GOOSE_TERMINAL",
    "OPENCODE",
    "PI_CODING_AGENT",
    "QWEN_CODE",
    "ROO_CODE_TASK_ID",
];

/// Who reads standard output, which decides the default format.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Reader {
    /// A person, or a program that asks for no format.
    #[default]
    Person,
    /// A coding agent.
    Agent,
    /// The runner of GitHub Actions, also if an agent works there: annotations are for people.
    GitHubActions,
}

impl Reader {
    /// The reader in an environment. Of [`AGENT_VARIABLES`], those that are empty, `0` or `false` count as not set.
    pub fn of(env: impl Fn(&str) -> Option<OsString>) -> Self {
        let is_on = |value: OsString| !value.is_empty() && value != "0" && !value.eq_ignore_ascii_case("false");
        if env("GITHUB_ACTIONS").is_some_and(|value| value == "true") {
            Reader::GitHubActions
        } else if AGENT_VARIABLES.into_iter().filter_map(env).any(is_on) {
            Reader::Agent
        } else {
            Reader::Person
        }
    }
}
