#!/usr/bin/env python3
"""Compares what postlint reports about the cases from the field with the answers in field.toml.

    python3 tests/oracle/field.py [--fix] [--postlint PATH] [--cases DIR] [CASE...]

CASE is the name of a case or of one site in it (`fn-hugo-dates`, `fn-hugo-dates/hud04`). postlint runs in the folder of
each site. With `--fix`, what `postlint --fix` writes into a copy of the site is compared with the texts after fixes, a second
run must change nothing, and `never` is also asked of the fixed copy, without its lines. One line is printed for each site that is wrong, then a total; the exit code is 1 if any is wrong.
What the keys of the answers mean is written at the top of field.toml. Needs Python 3.11 and nothing else.
"""

import argparse
import json
import re
import shutil
import subprocess
import sys
import tempfile
import tomllib
from fnmatch import fnmatchcase
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[2]
ANSWERS = Path(__file__).with_suffix(".toml")
KEYS = {
    "site": {"generator", "must", "never", "fixed"},
    "matcher": {"rule", "file", "line", "column", "level", "message", "help", "marks", "fix", "at_least", "at_most"},
    "fixed": {"file", "line", "rule", "unsafe", "text", "has", "lacks"},
}

# How much of a site that is wrong is printed, unless its case is named.
SHOWN = 4

Finding = dict
Matcher = dict


def listed(value) -> list:
    return value if isinstance(value, list) else [value]


class Site:
    """A site, and what postlint reports about it."""

    def __init__(self, folder: Path, postlint: Path, writes: bool = False) -> None:
        self.folder = folder
        self.postlint = postlint
        self.writes = writes
        self.files = [str(path.relative_to(folder)) for path in sorted(folder.rglob("*")) if path.is_file()]
        self.findings: list[Finding] = self.run("check", "--exit-zero", "--no-baseline", "--format", "json-flat")
        for finding in self.findings:
            span = finding["span"]
            marked = self.bytes(finding["path"])[span["start"]["byte"] : span["end"]["byte"]]
            finding["marks"] = marked.decode("utf-8", "replace")

    def run(self, *arguments: str):
        command = [str(self.postlint), *arguments]
        done = subprocess.run(command, cwd=self.folder, capture_output=True, check=False)
        if done.returncode != 0:
            sys.exit(f"{self.folder}: {' '.join(command)}: {done.stderr.decode()}")
        return json.loads(done.stdout)

    def bytes(self, file: str) -> bytes:
        return (self.folder / file).read_bytes()

    def generators(self) -> set[str]:
        return {site["generator"] for site in self.run("site", "--format", "json")["sites"]}

    def matching(self, matcher: Matcher) -> list[Finding]:
        return [finding for finding in self.findings if matches(finding, matcher)]

    def after_fixes(self, file: str, rule: str, safeties: list[str]) -> str:
        """The file after its fixes. A fix that overlaps an earlier one is left out, unless `--fix` is asked."""
        if self.writes:
            with Fixed(self, rule, "unsafe" in safeties) as fixed:
                return (fixed.folder / file).read_bytes().decode()
        edits: list[dict] = []
        for finding in self.matching({"file": file, "rule": rule, "fix": safeties}):
            new = finding["fix"]["edits"]
            if not any(overlap(edit, other) for edit in new for other in edits):
                edits += new
        text = self.bytes(file)
        for edit in sorted(edits, key=lambda edit: edit["span"]["start"]["byte"], reverse=True):
            start, end = edit["span"]["start"]["byte"], edit["span"]["end"]["byte"]
            text = text[:start] + edit["text"].encode() + text[end:]
        return text.decode()


class Fixed:
    """A copy of a site, fixed by `postlint --fix-only`."""

    def __init__(self, site: Site, rule: str, with_unsafe: bool) -> None:
        self.site = site
        self.options = [*(["--unsafe-fixes"] if with_unsafe else []), *(["--select", rule] if rule != "*" else [])]

    def __enter__(self) -> "Fixed":
        self.above = tempfile.TemporaryDirectory()
        # No config, baseline or work tree is above the copy.
        self.folder = Path(self.above.name) / self.site.folder.name
        shutil.copytree(self.site.folder, self.folder)
        for path in self.folder.rglob("*"):
            path.chmod(0o755 if path.is_dir() else 0o644)
        self.fix()
        return self

    def __exit__(self, *_) -> None:
        self.above.cleanup()

    def fix(self) -> str:
        command = [str(self.site.postlint), "--fix-only", "--no-baseline", *self.options, "."]
        done = subprocess.run(command, cwd=self.folder, capture_output=True, check=False, text=True)
        if done.returncode != 0:
            sys.exit(f"{self.site.folder}: {' '.join(command)}: {done.stderr}")
        return done.stderr


def overlap(one: dict, other: dict) -> bool:
    start, end = (one["span"][side]["byte"] for side in ("start", "end"))
    other_start, other_end = (other["span"][side]["byte"] for side in ("start", "end"))
    return start == other_start or (start < other_end and other_start < end)


def matches(finding: Finding, matcher: Matcher) -> bool:
    def has(key: str, value) -> bool:
        match key:
            case "rule":
                return any(fnmatchcase(finding["ruleId"], rule) for rule in listed(value))
            case "file":
                return any(fnmatchcase(finding["path"], file) for file in listed(value))
            case "line" | "level":
                return finding[key] in listed(value)
            case "column":
                last = finding["endColumn"] if finding["line"] == finding["endLine"] else value + 1
                return finding["column"] <= value < max(last, finding["column"] + 1)
            case "message" | "help" | "marks":
                return re.search(value, finding[key] or "") is not None
            case "fix":
                return (finding["fix"] or {"safety": "none"})["safety"] in listed(value)
            case _:
                return True

    return all(has(key, value) for key, value in matcher.items())


def shown(finding: Finding) -> str:
    at = f"{finding['path']}:{finding['line']}:{finding['column']}"
    fix = f" ({finding['fix']['safety']} fix)" if finding["fix"] else ""
    return f"{at} {finding['level']}[{finding['ruleId']}] {finding['message']}{fix} (help: {finding['help']})"


def written(wanted: dict) -> str:
    return ", ".join(f"{key} {'|'.join(map(str, listed(value)))}" for key, value in wanted.items())


def missing(site: Site, wanted: Matcher) -> list[str]:
    """What `must` asks for and is not reported, or too often. A `file` asks it of each file of this name."""
    if "any_of" in wanted:
        wrong = [missing(site, one) for one in wanted["any_of"]]
        return [] if [] in wrong else [" or ".join(one for ones in wrong for one in ones)]
    files = [name for name in site.files if any(fnmatchcase(name, file) for file in listed(wanted.get("file", [])))]
    if "file" in wanted and not files:
        return [f"no such file: {wanted['file']}"]
    out = []
    for asked in [{**wanted, "file": file.replace("[", "[[]")} for file in files] or [wanted]:
        found = site.matching(asked)
        if len(found) < asked.get("at_least", 1) or len(found) > asked.get("at_most", len(found)):
            out.append(f"missing: {written(asked)} (found {len(found)})")
    return out


def unexpected(site: Site, unwanted: Matcher) -> list[str]:
    found = site.matching(unwanted)
    return [f"unexpected: {shown(finding)}" for finding in found] if len(found) > unwanted.get("at_most", 0) else []


def fixed(site: Site, wanted: dict) -> list[str]:
    safeties = ["safe", "unsafe"] if wanted.get("unsafe") else ["safe"]
    text = site.after_fixes(wanted["file"], wanted.get("rule", "*"), safeties)
    if "line" in wanted:
        text = (text.split("\n") + [""] * wanted["line"])[wanted["line"] - 1]
    good = (
        text in listed(wanted.get("text", text))
        and re.search(wanted.get("has", ""), text) is not None
        and ("lacks" not in wanted or re.search(wanted["lacks"], text) is None)
    )
    return [] if good else [f"fixed wrongly: {text!r}"]


def wrong(site: Site, answer: dict) -> list[str]:
    out = []
    if "generator" in answer and (generators := site.generators()) != {answer["generator"]}:
        out.append(f"generator: {', '.join(sorted(generators))} instead of {answer['generator']}")
    for key, judge in (("must", missing), ("never", unexpected), ("fixed", fixed)):
        out += [line for wanted in answer.get(key, []) for line in judge(site, wanted)]
    for with_unsafe in (False, True) if site.writes else ():
        with Fixed(site, "*", with_unsafe) as done:
            if "fixed 0 findings in 0 posts" not in (again := done.fix()):
                out.append(f"a second run: {again}")
            after = Site(done.folder, site.postlint)
        for unwanted in answer.get("never", []):
            anywhere = {key: value for key, value in unwanted.items() if key not in ("line", "column")}
            # What is found on another line of the site is not meant.
            if len(after.matching(anywhere)) > len(site.matching(anywhere)):
                out += [f"after fixes: {line}" for line in unexpected(after, anywhere)]
    return list(dict.fromkeys(out))


def check_keys(name: str, answer: dict) -> None:
    """Stops at a misspelled key, which would ask for nothing."""
    unknown = set(answer) - KEYS["site"]
    for wanted in answer.get("must", []) + answer.get("never", []):
        for matcher in wanted.get("any_of", [wanted]):
            unknown |= set(matcher) - KEYS["matcher"]
    for wanted in answer.get("fixed", []):
        unknown |= set(wanted) - KEYS["fixed"]
    if unknown:
        sys.exit(f"{ANSWERS}: {name}: unknown {', '.join(sorted(unknown))}")


def without_answer(cases: Path, sites: set[Path]) -> list[str]:
    out = []
    for case in (path.parent for path in cases.glob("*/expected.txt")):
        inside = {folder for folder in case.iterdir() if folder.is_dir()}
        folders = inside if case not in sites and inside & sites else {case}
        out += [str(folder.relative_to(cases)) for folder in folders - sites]
    return sorted(out)


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--postlint", type=Path, default=REPOSITORY / "target/release/postlint", metavar="PATH")
    parser.add_argument("--fix", action="store_true")
    parser.add_argument("--cases", type=Path, default=REPOSITORY.parent / "shared/cases/field", metavar="DIR")
    parser.add_argument("names", nargs="*", metavar="CASE")
    arguments = parser.parse_args()
    cases = arguments.cases.resolve()
    if not cases.is_dir():
        print(f"{arguments.cases} is not there")
        return 0
    postlint = arguments.postlint.resolve()
    if not postlint.is_file():
        sys.exit(f"{arguments.postlint} is not there: cargo build --release")

    answers: dict[Path, list[dict]] = {}
    for name, answer in tomllib.loads(ANSWERS.read_text("utf-8")).items():
        check_keys(name, answer)
        folders = [folder for folder in sorted(cases.glob(name)) if folder.is_dir()]
        if not folders:
            sys.exit(f"{ANSWERS}: no case is named {name}")
        for folder in folders:
            answers.setdefault(folder, []).append(answer)
    if not arguments.names and (forgotten := without_answer(cases, set(answers))):
        sys.exit(f"{ANSWERS}: no answer for {', '.join(forgotten)}")

    bad_sites, all_cases, bad_cases = 0, set(), set()
    for folder in sorted(answers):
        name = str(folder.relative_to(cases))
        case = name.split("/")[0]
        if arguments.names and not {name, case} & set(arguments.names):
            continue
        all_cases.add(case)
        site = Site(folder, postlint, arguments.fix)
        if lines := [line for answer in answers[folder] for line in wrong(site, answer)]:
            bad_sites += 1
            bad_cases.add(case)
            if len(lines) > SHOWN and not arguments.names:
                lines = [*lines[:SHOWN], f"and {len(lines) - SHOWN} more"]
            print(f"{name}: {'; '.join(lines)}".replace("\n", "\\n"))
    if not all_cases:
        sys.exit(f"no such case: {' '.join(arguments.names)}")
    print(f"{len(bad_cases)} of {len(all_cases)} cases are wrong ({bad_sites} sites)")
    return 1 if bad_cases else 0


if __name__ == "__main__":
    sys.exit(main())
