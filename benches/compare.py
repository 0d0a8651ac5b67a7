#!/usr/bin/env python3
"""Times postlint beside rumdl, mado and an older postlint: whole commands, in turn, on the same folders.

usage: benches/compare.py [OPTIONS] FOLDER …

    --runs N        how often each command runs (5)
    --mado FILE     the program mado, which reads Markdown only
    --before FILE   an older postlint
    --instructions  count instructions too, with valgrind: takes a minute for 10 MB
    --page FILE     write the figures into this page, between its marks

Needs `cargo build --release`, and rumdl (from PyPI) on the PATH. Prints the medians of CPU time (user and system), wall
time and peak memory, the throughput in MB of posts for each second of CPU time, and ratios of CPU times, pair by pair.
"""

import argparse
import datetime
import os
import platform
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
POSTLINT = ROOT / "target" / "release" / "postlint"
POSTS = {".md", ".markdown", ".mkd", ".mdx", ".html", ".htm"}
BEGIN, END = "<!-- figures -->\n", "<!-- end of figures -->\n"


def run(command, environment):
    """CPU seconds, wall seconds and peak memory in KiB of one run. Its output goes nowhere."""
    start = time.perf_counter()
    pid = os.fork()
    if pid == 0:
        sink = os.open(os.devnull, os.O_WRONLY)
        os.dup2(sink, 1)
        os.dup2(sink, 2)
        os.execvpe(command[0], command, {**os.environ, **environment})
    _, status, usage = os.wait4(pid, 0)
    if os.waitstatus_to_exitcode(status) not in (0, 1):
        sys.exit(f"{' '.join(command)} failed: status {status}")
    return usage.ru_utime + usage.ru_stime, time.perf_counter() - start, usage.ru_maxrss


def commands(arguments, cache):
    """The commands by name, each with its environment. The first of them is compared with the others."""
    folders = [str(folder) for folder in arguments.folder]
    check = ["check", "--exit-zero", "--format", "concise"]
    cold = {"POSTLINT_CACHE": "off"}
    ours = {
        "postlint, posts alone": ([str(POSTLINT), *check, "--ignore", "site", *folders], cold),
        "postlint": ([str(POSTLINT), *check, *folders], cold),
        "postlint, all rules": ([str(POSTLINT), *check, "--select", "all", *folders], cold),
        "postlint, nothing changed": ([str(POSTLINT), *check, *folders], {"POSTLINT_CACHE_DIR": cache}),
    }
    others = {"rumdl": (["rumdl", "check", "--no-cache", *folders], {})}
    if arguments.mado:
        others["mado"] = ([arguments.mado, "check", *folders], {})
    if arguments.before:
        others["postlint before, posts alone"] = ([arguments.before, *check, "--ignore", "site", *folders], cold)
    return ours | others


def size(folders):
    files = (path for folder in folders for path in folder.rglob("*"))
    return sum(path.stat().st_size for path in files if path.suffix.lower() in POSTS and path.is_file())


def instructions(command, environment):
    """The number of instructions in billions, counted by valgrind."""
    with tempfile.NamedTemporaryFile() as out:
        counted = ["valgrind", "--tool=callgrind", f"--callgrind-out-file={out.name}", *command]
        done = subprocess.run(counted, capture_output=True, text=True, env={**os.environ, **environment})
    found = re.search(r"Collected : (\d+)", done.stderr)
    return int(found[1]) / 1e9 if found else None


def table(measured, megabytes, counts):
    lines = ["| command | CPU | wall | MB/s of CPU | peak memory | ratio of CPU to the first | instructions |"]
    lines.append("|---|---:|---:|---:|---:|---:|---:|")
    first = next(iter(measured.values()))
    for name, runs in measured.items():
        cpu, wall, memory = (statistics.median(column) for column in zip(*runs))
        ratio = statistics.median(run[0] / other[0] for run, other in zip(runs, first))
        count = f"{counts[name]:.2f} G" if counts.get(name) else "–"
        lines.append(
            f"| {name} | {cpu:.2f} s | {wall:.2f} s | {megabytes / cpu:.0f} | {memory / 1024:.0f} MiB | {ratio:.2f} × | {count} |"
        )
    return "\n".join(lines)


def processor():
    try:
        names = re.findall(r"model name\s*: (.*)", Path("/proc/cpuinfo").read_text())
    except OSError:
        names = []
    return f"{os.cpu_count()} cores, {names[0] if names else platform.processor() or platform.machine()}"


def version(command):
    return subprocess.run([*command, "--version"], capture_output=True, text=True).stdout.strip()


def write_page(page, text):
    before, rest = page.read_text().split(BEGIN)
    _, after = rest.split(END)
    page.write_text(f"{before}{BEGIN}\n{text}\n\n{END}{after}")


def main():
    parser = argparse.ArgumentParser(usage=__doc__.split("\n\n", 1)[1])
    parser.add_argument("folder", nargs="+", type=Path)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--mado")
    parser.add_argument("--before")
    parser.add_argument("--instructions", action="store_true")
    parser.add_argument("--page", type=Path)
    arguments = parser.parse_args()
    if not shutil.which("rumdl") or not POSTLINT.exists():
        sys.exit("needs target/release/postlint (cargo build --release) and rumdl (PyPI)")
    with tempfile.TemporaryDirectory() as cache:
        all_commands = commands(arguments, cache)
        for command, environment in all_commands.values():
            run(command, environment)  # fills the caches of the system, and that of postlint
        measured = {name: [] for name in all_commands}
        for _ in range(arguments.runs):
            for name, (command, environment) in all_commands.items():
                measured[name].append(run(command, environment))
        counted = all_commands.items() if arguments.instructions else []
        counts = {name: instructions(*command) for name, command in counted}
    megabytes = size(arguments.folder) / 1e6
    programs = [version([str(POSTLINT)]), version(["rumdl"])]
    programs += [version([arguments.mado])] if arguments.mado else []
    head = (
        f"{datetime.date.today()}, {processor()}, {platform.system()}; {', '.join(programs)}. {len(arguments.folder)} folders with "
        f"{megabytes:.0f} MB of posts; medians of {arguments.runs} runs in turn."
    )
    text = f"{head}\n\n{table(measured, megabytes, counts)}"
    print(text)
    if arguments.page:
        write_page(arguments.page, text)


if __name__ == "__main__":
    main()
