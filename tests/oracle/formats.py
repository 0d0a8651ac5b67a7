#!/usr/bin/env python3
"""Holds the formats for forges and CI services against validators of others, and against `--format json`.

    python3 tests/oracle/formats.py [--multitool PATH] [--rdformat PATH] [--select RULES] POSTLINT FOLDER...

postlint runs once in each folder and writes all formats. The first PATH is the folder of npm's @microsoft/sarif-multitool-linux,
whose program and whose JSON Schema validate SARIF, the second that of npm's @umbrelladocs/rdformat-validator, whose program
validates rdjson and rdjsonl. The published schemas validate JSON. junitparser reads JUnit, Python's XML parser Checkstyle, and a schema in this
file Code Quality, and GitHub's own parser makes HTML of Markdown. Besides, every format must have each finding of `--format json`, and regions of SARIF the same text.
One line is printed for each difference, one for each folder; the exit code is 1 if there are differences.
Needs: pip install junitparser jsonschema cmarkgfm
"""

import argparse
import copy
import gzip
import json
import os
import re
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ElementTree
from collections import Counter
from pathlib import Path
from urllib.parse import unquote

import cmarkgfm
import jsonschema
import junitparser
from cmarkgfm.cmark import Options

FORMATS = ["json", "sarif", "gitlab", "junit", "checkstyle", "markdown", "github", "rdjson", "rdjsonl", "unix", "agent"]
FORMATS += ["json-flat", "json-lines"]

# What GitHub accepts: documentation of SARIF support, of workflow commands, of comments.
MOST_RESULTS = 5000
MOST_COMPRESSED = 10_000_000
MOST_ANNOTATIONS = 10
MOST_OF_A_COMMENT = 65_536
MOST_OF_A_SUMMARY = 1 << 20

# https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format
CODE_QUALITY = {
    "type": "array",
    "items": {
        "type": "object",
        "required": ["description", "check_name", "fingerprint", "severity", "location"],
        "additionalProperties": False,
        "properties": {
            "description": {"type": "string", "minLength": 1},
            "check_name": {"type": "string", "minLength": 1},
            "fingerprint": {"type": "string", "pattern": "^[0-9a-f]+$"},
            "severity": {"enum": ["info", "minor", "major", "critical", "blocker"]},
            "location": {
                "type": "object",
                "required": ["path", "lines"],
                "properties": {
                    "path": {"type": "string", "pattern": r"^(?!/|\./)."},
                    "lines": {
                        "type": "object",
                        "required": ["begin"],
                        "properties": {"begin": {"type": "integer", "minimum": 1}, "end": {"type": "integer"}},
                    },
                },
            },
        },
    },
}

SCHEMAS = Path(__file__).resolve().parents[2] / "schemas"

# All that a comment consists of, and the beginning of all its links.
TAGS = {"h3", "p", "ul", "li", "strong", "table", "thead", "tbody", "tr", "th", "td", "a", "code", "br"}
PAGES = "https://github.com/postlint/postlint/blob/main/rules"

LEVELS = {"error": "error", "warn": "warning", "info": "note"}

# https://github.com/reviewdog/reviewdog/blob/master/proto/rdf/reviewdog.proto
SEVERITIES = {"error": "ERROR", "warn": "WARNING", "info": "INFO"}


class Checks:
    """The outputs of one run, and what is wrong with them."""

    def __init__(self, postlint: Path, folder: Path, select: str | None, multitool: Path | None, rdformat: Path | None):
        self.folder, self.multitool, self.rdformat, self.wrong = folder, multitool, rdformat, []
        self.work = tempfile.TemporaryDirectory()
        path = lambda name: Path(self.work.name) / name
        command = [postlint, "-q", "--exit-zero", "--no-baseline", "--summary-file", path("summary")]
        command += [f"--format={name}={path(name)}" for name in FORMATS] + ["--format=concise"]
        command += [f"--select={select}"] if select else []
        run = subprocess.run(command, cwd=folder, capture_output=True, text=True, encoding="utf-8")
        if run.returncode != 0:
            sys.exit(f"{folder}: exit code {run.returncode}\n{run.stderr}")
        self.path = path
        self.report = json.loads(self.text("json"))
        self.findings = self.report["findings"]

    def text(self, name: str) -> str:
        return self.path(name).read_text(encoding="utf-8")

    def hold(self, holds: bool, what: str):
        if not holds:
            self.wrong.append(what)

    def run(self):
        for check in (self.json, self.sarif, self.gitlab, self.junit, self.checkstyle, self.markdown, self.github, self.reviewdog, self.lines):
            check()

    # JSON

    def json(self):
        flat = json.loads(self.text("json-flat"))
        lines = [json.loads(line) for line in self.text("json-lines").splitlines()]
        self.hold(flat == lines == self.findings, "json: other findings in json-flat or json-lines")
        for name, values in (("json", [self.report]), ("json-flat", [flat]), ("json-lines", lines)):
            schema = json.loads((SCHEMAS / f"{name}-1.schema.json").read_text(encoding="utf-8"))
            validator = jsonschema.Draft202012Validator(schema)
            self.wrong += [f"{name}: {error.message[:200]}" for it in values for error in validator.iter_errors(it)]

    # SARIF

    def sarif(self):
        text = self.text("sarif")
        run = json.loads(text)["runs"][0]
        results = run["results"]
        self.hold(len(results) == min(len(self.findings), MOST_RESULTS), f"sarif: {len(results)} results")
        self.hold(len(gzip.compress(text.encode())) < MOST_COMPRESSED, "sarif: too large for an upload")
        notices = run["invocations"][0]["toolExecutionNotifications"]
        self.hold(any("5,000 of" in it["message"]["text"] for it in notices) == (len(self.findings) > MOST_RESULTS), "sarif: notice")
        by_fingerprint = {(it["ruleId"], it["path"], it["line"], it["column"], it["endLine"], it["endColumn"]): it for it in self.findings}
        for result in results:
            place = result["locations"][0]["physicalLocation"]
            region, file = place["region"], self.file(place)
            key = (result["ruleId"], os.path.relpath(file, self.folder), *(region[it] for it in ("startLine", "startColumn", "endLine", "endColumn")))
            finding = by_fingerprint.get(key)
            self.hold(finding is not None and LEVELS[finding["level"]] == result["level"], f"sarif: no finding for {key}")
            self.hold(run["tool"]["driver"]["rules"][result["ruleIndex"]]["id"] == result["ruleId"], "sarif: ruleIndex")
            if finding is not None:
                self.same_text(finding, region, file)
                self.same_fix(finding, result, file)
        if self.multitool:
            self.validate(json.loads(text))

    def file(self, place: dict) -> Path:
        uri = place["artifactLocation"]["uri"]
        self.hold(place["artifactLocation"].get("uriBaseId") == "%SRCROOT%", f"sarif: {uri} is not in the repository")
        return root_of(self.folder) / unquote(uri)

    def same_text(self, finding: dict, region: dict, file: Path):
        written = file.read_bytes()
        span = written[finding["span"]["start"]["byte"]:finding["span"]["end"]["byte"]]
        sliced = slice_of(written, region)
        # Offsets after the first byte that is not UTF-8 are not those of the file.
        self.hold(sliced is None or sliced == span, f"sarif: {file}: {region} is {sliced!r}, not {span!r}")

    def same_fix(self, finding: dict, result: dict, file: Path):
        edits = (finding["fix"] or {}).get("edits", [])
        replacements = [it for fix in result.get("fixes", []) for change in fix["artifactChanges"] for it in change["replacements"]]
        self.hold(len(edits) == len(replacements), f"sarif: {file}: {len(replacements)} replacements")
        for edit, replacement in zip(edits, replacements):
            self.hold(replacement.get("insertedContent", {}).get("text", "") == edit["text"], f"sarif: {file}: inserted text")
            self.same_text(edit, replacement["deletedRegion"], file)

    def validate(self, log: dict):
        schema = json.loads((self.multitool / "sarif-2.1.0.json").read_text(encoding="utf-8-sig"))
        validator = jsonschema.validators.validator_for(schema)(schema)
        self.wrong += [f"sarif: schema: {error.message[:200]}" for error in validator.iter_errors(log)]
        self.wrong += [f"sarif: {line}" for line in self.multitool_lines(log)]
        # Its exit code is always 0, and it prints nothing about a file that it cannot read: it must find this.
        damaged = copy.deepcopy(log)
        for rule in damaged["runs"][0]["tool"]["driver"]["rules"]:
            del rule["fullDescription"]
        if log["runs"][0]["results"]:
            self.hold(any("GH" in line for line in self.multitool_lines(damaged)), "sarif: the validator does not work")

    def multitool_lines(self, log: dict) -> list[str]:
        file = self.path("log.sarif")
        file.write_text(json.dumps(log), encoding="utf-8")
        command = [self.multitool / "Sarif.Multitool", "validate", file, "--rule-kind", "Sarif;Gh"]
        environment = {**os.environ, "DOTNET_SYSTEM_GLOBALIZATION_INVARIANT": "1"}
        run = subprocess.run(command, capture_output=True, text=True, env=environment)
        return [line for line in (run.stdout + run.stderr).splitlines() if re.search(r"\b(error|warning|note)\b", line)]

    # The others

    def gitlab(self):
        issues = json.loads(self.text("gitlab"))
        validator = jsonschema.Draft202012Validator(CODE_QUALITY)
        self.wrong += [f"gitlab: {error.message[:200]}" for error in validator.iter_errors(issues)]
        self.hold(len(issues) == len(self.findings), f"gitlab: {len(issues)} issues")
        self.hold(len({issue["fingerprint"] for issue in issues}) == len(issues), "gitlab: a fingerprint occurs twice")

    def junit(self):
        suites = list(junitparser.JUnitXml.fromfile(str(self.path("junit"))))
        cases = [case for suite in suites for case in suite]
        passed = [case for case in cases if case.name == "postlint"]
        self.hold(all(case.is_passed for case in passed), "junit: a post without findings fails")
        self.hold(len(cases) - len(passed) == len(self.findings), f"junit: {len(cases)} cases, {len(passed)} of them pass")
        failures = sum(1 for case in cases for it in case.result if isinstance(it, junitparser.Failure))
        errors = self.report["summary"]["errors"] + self.report["summary"]["warnings"]
        self.hold(failures == errors, f"junit: {failures} failures")
        names = Counter(suite.name for suite in suites)
        self.hold(all(times == 1 for times in names.values()), "junit: two suites have the same name")
        self.hold(len({it["path"] for it in self.findings}) + len(passed) == len(suites), f"junit: {len(suites)} suites")
        self.hold(sum(suite.tests for suite in suites) == len(cases), "junit: wrong totals")

    def checkstyle(self):
        root = ElementTree.parse(self.path("checkstyle")).getroot()
        shown = [(int(it.get("line")), int(it.get("column")), it.get("source")) for it in root.iter("error")]
        expected = [(it["line"], it["column"], f"postlint.{it['ruleId']}") for it in self.findings]
        self.hold(shown == expected, f"checkstyle: {len(shown)} errors")

    def markdown(self):
        comment, summary = self.text("markdown"), self.text("summary")
        self.hold(len(comment.encode("utf-16-le")) // 2 < MOST_OF_A_COMMENT, "markdown: too long for a comment")
        self.hold(len(summary.encode()) < MOST_OF_A_SUMMARY, "markdown: too long for the summary of a job")
        for name, text in (("comment", comment), ("summary", summary)):
            rows = [line for line in text.splitlines() if re.match(r"\| (error|warn|info) \|", line)]
            left_out = re.search(r"^([\d,]+) more findings? would be too long", text, re.MULTILINE)
            total = len(rows) + (int(left_out[1].replace(",", "")) if left_out else 0)
            self.hold(total == len(self.findings), f"markdown: {total} findings in the {name}")
            html = cmarkgfm.github_flavored_markdown_to_html(text, options=Options.CMARK_OPT_UNSAFE)
            foreign = set(re.findall(r"<([a-z0-9]+)", html)) - TAGS
            self.hold(not foreign, f"markdown: {foreign} in the {name}")
            links = re.findall(r'href="([^"]*)"', html)
            self.hold(all(link.startswith(PAGES) for link in links), f"markdown: a link in the {name} is not ours")
            cells = len(re.findall(r"<td", html[html.rindex("<table>"):])) if rows else 0
            self.hold(cells == 4 * len(rows), f"markdown: {cells} cells in the {name}")

    def github(self):
        text = self.text("github")
        annotations = Counter(re.findall(r"^::(error|warning|notice) ", text, re.MULTILINE))
        levels = Counter(it["level"] for it in self.findings)
        for level, name in (("error", "error"), ("warn", "warning"), ("info", "notice")):
            self.hold(annotations[name] == min(levels[level], MOST_ANNOTATIONS), f"github: {annotations[name]} {name}s")
        for path, line in re.findall(r"^::\w+ file=([^,]*),line=(\d+)", text, re.MULTILINE):
            for escape, char in (("%3A", ":"), ("%2C", ","), ("%25", "%")):
                path = path.replace(escape, char)
            self.hold((root_of(self.folder) / path).is_file(), f"github: there is no file {path}")
        headings = re.findall(r"^(?:error|warn|info)\[", text, re.MULTILINE)
        self.hold(len(headings) == len(self.findings), f"github: {len(headings)} findings in the text")

    def reviewdog(self):
        report = json.loads(self.text("rdjson"))
        diagnostics = report["diagnostics"]
        self.hold(len(diagnostics) == len(self.findings), f"rdjson: {len(diagnostics)} diagnostics")
        for finding, diagnostic in zip(self.findings, diagnostics):
            location = diagnostic["location"]
            said = (location["path"], diagnostic["severity"], diagnostic["code"]["value"], location["range"])
            due = (finding["path"], SEVERITIES[finding["level"]], finding["ruleId"], in_bytes(finding["span"]))
            self.hold(said == due, f"rdjson: {said}, not {due}")
            self.hold(diagnostic["message"].startswith(finding["message"]), f"rdjson: {diagnostic['message']!r}")
            self.same_suggestion(finding, diagnostic)
        lines = [json.loads(line) for line in self.text("rdjsonl").splitlines()]
        self.hold(lines == [{**it, "source": report["source"]} for it in diagnostics], "rdjsonl: not those of rdjson")
        if self.rdformat and diagnostics:
            self.wrong += [f"rdjson: {line}" for line in self.rdformat_lines(report)]
            self.wrong += [f"rdjsonl: {line}" for line in self.rdformat_lines(lines)]
            damaged = copy.deepcopy(report)
            del damaged["diagnostics"][-1]["location"]["path"]
            self.hold(self.rdformat_lines(damaged), "rdjson: the validator does not work")

    def same_suggestion(self, finding: dict, diagnostic: dict):
        """A suggestion, applied as reviewdog does, gives the same bytes as all edits of the fix."""
        edits = (finding["fix"] or {}).get("edits", [])
        suggestions = diagnostic.get("suggestions", [])
        self.hold(len(suggestions) <= min(1, len(edits)), f"rdjson: {len(suggestions)} suggestions")
        if not suggestions:
            return
        written = (self.folder / finding["path"]).read_bytes()
        try:
            written.decode("utf-8")
        except UnicodeDecodeError:
            return
        fixed = written
        for edit in reversed(edits):
            start, end = (edit["span"][it]["byte"] for it in ("start", "end"))
            fixed = fixed[:start] + edit["text"].encode() + fixed[end:]
        start, end = (offset_of(written, suggestions[0]["range"][it]) for it in ("start", "end"))
        suggested = written[:start] + suggestions[0]["text"].encode() + written[end:]
        self.hold(suggested == fixed, f"rdjson: {finding['path']}: another fix for {finding['ruleId']}")

    def rdformat_lines(self, report: dict | list) -> list[str]:
        file = self.path("report.json")
        file.write_text(json.dumps(report), encoding="utf-8")
        command = ["node", self.rdformat / "bin/rdformat-validator.js", "--strict", "--no-extra-fields", "--format", "json", file]
        run = subprocess.run(command, capture_output=True, text=True)
        return [] if run.returncode == 0 else [line[:200] for line in (run.stdout + run.stderr).splitlines()] or ["invalid"]

    def lines(self):
        for name, form in (("unix", r"(.+?):(\d+):(\d+): .* \[\w+/([^\]]+)\]"), ("agent", r"(.+?):(\d+):(\d+): \w+\[([^\]]+)\] .*")):
            shown = [re.fullmatch(form, line) for line in self.text(name).splitlines()]
            places = [(int(it[2]), int(it[3]), it[4]) if it else None for it in shown]
            self.hold(places == [(it["line"], it["column"], it["ruleId"]) for it in self.findings], f"{name}: other lines")


def root_of(folder: Path) -> Path:
    return next((it for it in (folder, *folder.parents) if (it / ".git").exists()), folder)


def in_bytes(span: dict) -> dict:
    """A range of rdjson."""
    return {end: {"line": span[end]["line"], "column": span[end]["columnByte"]} for end in ("start", "end")}


def offset_of(written: bytes, position: dict) -> int:
    """The offset in bytes of a position of rdjson. A byte order mark is not a column."""
    lines = re.split(rb"(\r\n|\n|\r)", written)
    before = sum(map(len, lines[: 2 * (position["line"] - 1)]))
    mark = 3 if position["line"] == 1 and written.startswith(b"\xef\xbb\xbf") else 0
    return before + mark + position["column"] - 1


def slice_of(written: bytes, region: dict) -> bytes | None:
    """The bytes of a region with columns in code points; None if the file is not UTF-8."""
    try:
        text = written.decode("utf-8")
    except UnicodeDecodeError:
        return None
    lines = re.split(r"(\r\n|\n|\r)", text.removeprefix("\ufeff"))
    starts = [0]
    for line, end in zip(lines[::2], lines[1::2]):
        starts.append(starts[-1] + len(line) + len(end))
    text = text.removeprefix("\ufeff")
    start = starts[region["startLine"] - 1] + region["startColumn"] - 1
    end = starts[region["endLine"] - 1] + region["endColumn"] - 1
    return text[start:end].encode()


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--multitool", type=Path)
    parser.add_argument("--rdformat", type=Path)
    parser.add_argument("--select")
    parser.add_argument("postlint", type=Path)
    parser.add_argument("folders", type=Path, nargs="+")
    arguments = parser.parse_args()
    is_wrong = False
    for folder in arguments.folders:
        checks = Checks(arguments.postlint.resolve(), folder.resolve(), arguments.select, arguments.multitool, arguments.rdformat)
        checks.run()
        for what, times in Counter(checks.wrong).most_common(20):
            print(f"{folder}: {what}" + (f" ({times} times)" if times > 1 else ""))
        posts, findings = checks.report["summary"]["posts"], len(checks.findings)
        print(f"{folder}: {posts:,} posts, {findings:,} findings, {len(checks.wrong)} differences")
        is_wrong |= bool(checks.wrong)
    return int(is_wrong)


if __name__ == "__main__":
    sys.exit(main())
