//! `action.yml` and its two scripts, run as a runner runs them, with a program that writes down its arguments.

use super::{VERSION, read, root, yaml};
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::{Command, Output};
use tempfile::TempDir;

#[test]
fn inputs_reach_the_scripts_as_variables() {
    let action = yaml("action.yml");
    let steps = action["runs"]["steps"].as_array().unwrap();
    let mut passed = Vec::new();
    for step in steps {
        let run = step["run"].as_str().unwrap();
        assert!(!run.contains("${{"), "the value of an input would be part of the script: {run}");
        let script = read(run.trim_matches('"').replace("$GITHUB_ACTION_PATH/", ""));
        for (variable, value) in step["env"].as_object().unwrap() {
            assert!(
                script.contains(&format!("${{{variable}")) || script.contains(&format!("${variable}")),
                "{variable}"
            );
            passed.push(value.as_str().unwrap().to_owned());
        }
    }
    for input in action["inputs"].as_object().unwrap().keys() {
        assert!(passed.contains(&format!("${{{{ inputs.{input} }}}}")), "the input {input} is used nowhere");
    }
    let check = read(".github/action/check");
    for output in action["outputs"].as_object().unwrap().keys() {
        assert!(check.contains(&format!("echo \"{output}=")), "the output {output} is written nowhere");
    }
}

/// A folder with a program, and where a runner has its files.
struct Runner(TempDir);

impl Runner {
    /// A program that writes its arguments and the report, and ends with `code`.
    fn with_program(code: u8) -> Runner {
        let runner = Runner(tempfile::tempdir().unwrap());
        let summary = r#"{"version": 1,
"summary": {"posts":2,"findings":3,"errors":1,"warnings":2,"infos":0},
"findings": [{"message":"\"summary\": {\"errors\":9"}]}"#;
        fs::write(runner.at("report"), summary).unwrap();
        runner.program(&format!(
            "[ \"$1\" = --version ] && echo 'postlint {VERSION}' && exit\nprintf '%s\\n' \"$@\" >\"$HERE/arguments\"\n\
             cp \"$HERE/report\" \"${{5#json=}}\"\ntouch out.sarif\nexit {code}\n"
        ));
        runner
    }

    fn at(&self, name: &str) -> std::path::PathBuf {
        self.0.path().join(name)
    }

    fn program(&self, script: &str) {
        fs::write(self.at("postlint"), format!("#!/bin/sh\n{script}")).unwrap();
        fs::set_permissions(self.at("postlint"), fs::Permissions::from_mode(0o755)).unwrap();
    }

    fn run(&self, script: &str, variables: &[(&str, &str)]) -> Output {
        Command::new(root().join(".github/action").join(script))
            .current_dir(&self.0)
            .env("HERE", self.0.path())
            .env("RUNNER_TEMP", self.0.path())
            .env("GITHUB_OUTPUT", self.at("output"))
            .env("GITHUB_PATH", self.at("path"))
            .env("POSTLINT_PROGRAM", self.at("postlint"))
            .env_remove("RUNNER_ARCH")
            .env_remove("GITHUB_REF")
            .envs(variables.iter().copied())
            .output()
            .unwrap()
    }

    /// The arguments of the program, without the report's.
    fn arguments(&self) -> Vec<String> {
        let text = fs::read_to_string(self.at("arguments")).unwrap();
        text.lines().filter(|line| !line.starts_with("json=")).map(str::to_owned).collect()
    }

    fn output(&self) -> String {
        fs::read_to_string(self.at("output")).unwrap_or_default()
    }
}

#[test]
fn counts_and_the_exit_code_are_those_of_the_run() {
    let runner = Runner::with_program(1);
    let output = runner.run("check", &[("INPUT_SARIF_FILE", "out.sarif")]);
    assert_eq!(output.status.code(), Some(1), "{output:?}");
    let sarif = runner.0.path().canonicalize().unwrap().join("out.sarif");
    let expected = format!("version={VERSION}\nfindings=3\nerrors=1\nwarnings=2\nsarif={}\n", sarif.display());
    assert_eq!(runner.output(), expected);
    assert_eq!(runner.arguments(), ["check", "--format", "github", "--format", "--format", "sarif=out.sarif", "--"]);
}

#[test]
fn values_are_arguments_and_never_code() {
    let runner = Runner::with_program(0);
    let output = runner.run(
        "check",
        &[
            ("INPUT_PATHS", "  a folder \r\n--fix\n$(touch owned)\n\n*"),
            ("INPUT_ARGS", "-q --select\n* `touch owned`"),
            ("INPUT_FAIL_ON", "error; touch owned"),
            ("INPUT_CONFIG", "my config.yml"),
            ("INPUT_SINCE", "main"),
            ("PULL_REQUEST_BASE", "unused"),
            ("INPUT_FORMAT", "concise"),
        ],
    );
    assert_eq!(output.status.code(), Some(0), "{output:?}");
    let expected = [
        "check",
        "--format",
        "concise",
        "--format",
        "--since=main",
        "--fail-on=error; touch owned",
        "--config=my config.yml",
        "-q",
        "--select",
        "*",
        "`touch",
        "owned`",
        "--",
        "a folder",
        "--fix",
        "$(touch owned)",
        "*",
    ];
    assert_eq!(runner.arguments(), expected);
    assert!(!runner.at("owned").exists());
}

fn git(folder: &Path, words: &str) -> String {
    let identity = ["-c", "user.name=a", "-c", "user.email=a@localhost"];
    let output = Command::new("git").args(identity).args(words.split(' ')).current_dir(folder).output().unwrap();
    assert!(output.status.success(), "git {words}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap().trim().to_owned()
}

#[test]
fn a_pull_request_is_compared_with_its_base() {
    let origin = tempfile::tempdir().unwrap();
    let at = origin.path();
    git(at, "init --quiet --initial-branch main");
    git(at, "commit --quiet --allow-empty --message first");
    git(at, "checkout --quiet -b feature");
    git(at, "commit --quiet --allow-empty --message change");
    let head = git(at, "rev-parse HEAD");
    git(at, "checkout --quiet main");
    git(at, "commit --quiet --allow-empty --message second");
    let base = git(at, "rev-parse HEAD");
    git(at, "merge --quiet --no-ff --message merge feature");
    let merge = git(at, "rev-parse HEAD");
    git(at, "config uploadpack.allowAnySHA1InWant true");

    // One commit, as actions/checkout has it: the merge, or the head of the pull request.
    for (commit, reference) in
        [(&merge, "refs/pull/1/merge"), (&head, "refs/pull/1/merge"), (&head, "refs/pull/1/head")]
    {
        let runner = Runner::with_program(0);
        let clone = runner.at("clone");
        fs::create_dir(&clone).unwrap();
        git(&clone, "init --quiet");
        git(&clone, &format!("remote add origin file://{}", at.display()));
        git(&clone, &format!("fetch --quiet --no-tags --depth=1 origin {commit}"));
        git(&clone, "checkout --quiet FETCH_HEAD");
        let variables = [
            ("INPUT_WORKING_DIRECTORY", "clone"),
            ("PULL_REQUEST_BASE", base.as_str()),
            ("GITHUB_REF", reference),
            ("GITHUB_SHA", if reference.ends_with("merge") { &merge } else { commit }),
        ];
        let output = runner.run("check", &variables);
        assert_eq!(output.status.code(), Some(0), "{output:?}");
        assert!(runner.arguments().contains(&format!("--since={base}")), "{:?}\n{output:?}", runner.arguments());
    }

    // Not a clone at all: everything is checked, and the log says so.
    let runner = Runner::with_program(0);
    let output = runner.run("check", &[("PULL_REQUEST_BASE", &base), ("GIT_CEILING_DIRECTORIES", "/")]);
    assert_eq!(output.status.code(), Some(0), "{output:?}");
    assert_eq!(runner.arguments(), ["check", "--format", "github", "--format", "--"]);
    assert!(String::from_utf8_lossy(&output.stdout).starts_with("::notice::"), "{output:?}");
}

/// Whether releases can be made and fetched here.
fn has_tools() -> bool {
    let found = ["python3", "curl"].iter().all(|tool| Command::new(tool).arg("--version").output().is_ok());
    if !found {
        eprintln!("skipped: there is no python3 or no curl");
    }
    found
}

#[test]
fn a_binary_is_installed_if_its_checksum_is_that_of_the_release() {
    if !has_tools() {
        return;
    }
    let runner = Runner::with_program(0);
    let release = runner.at(&format!("releases/download/v{VERSION}"));
    let (processor, system) = (std::env::consts::ARCH, std::env::consts::OS);
    let target = format!("{processor}-{}", if system == "macos" { "apple-darwin" } else { "unknown-linux-musl" });
    let pack = root().join(".github/packaging/archive.py");
    let packed =
        Command::new("python3").arg("-B").arg(pack).arg(runner.at("postlint")).arg(&target).arg(&release).output();
    assert!(packed.unwrap().status.success());
    let releases = format!("file://{}", runner.at("releases").display());
    let variables = [("POSTLINT_RELEASES", releases.as_str()), ("INPUT_VERSION", "")];
    let output = runner.run("install", &variables);
    assert_eq!(output.status.code(), Some(0), "{output:?}");
    let program = runner.at(&format!("postlint-{VERSION}/postlint-{target}/postlint"));
    assert_eq!(runner.output(), format!("program={}\n", program.display()));

    fs::write(release.join(format!("postlint-{target}.tar.gz.sha256")), format!("{}  x\n", "0".repeat(64))).unwrap();
    let output = runner.run("install", &variables);
    assert_eq!(output.status.code(), Some(2), "{output:?}");
    assert!(String::from_utf8_lossy(&output.stdout).starts_with("::error::the sha256 of "), "{output:?}");
}

#[test]
fn a_version_is_a_version() {
    let runner = Runner::with_program(0);
    for version in ["../../x", "1.0; touch owned", "0.1.0\n::error::x", "main"] {
        let output = runner.run("install", &[("INPUT_VERSION", version), ("POSTLINT_RELEASES", "file:///nowhere")]);
        assert_eq!(output.status.code(), Some(2), "{version}: {output:?}");
        assert_eq!(String::from_utf8_lossy(&output.stdout).matches("::error::").count(), 1, "{output:?}");
    }
    assert!(!runner.at("owned").exists());
}
